//! Names people type, kind and unkind.

use proptest::prelude::*;

use super::*;

#[test]
fn names_are_tidied_and_marks_are_reported() {
    for (text, value, removed_marks) in [
        ("Kaos polos", "Kaos polos", false),
        ("  Kaos \t\n polos  ", "Kaos polos", false),
        ("<b>Kaos</b> _*[ =HYPERLINK()", "<b>Kaos</b> _*[ =HYPERLINK()", false),
        ("Kao\u{200B}s\u{202E} polos\u{0}", "Kaos polos", true),
        ("Cafe\u{301}", "Café", false),
        ("e\u{200D}\u{301}", "é", true),
        ("Z\u{351}\u{352}\u{353}\u{354}\u{355}\u{356}x", "Z\u{353}\u{354}\u{355}x", true),
        ("\u{301}a", "a", true),
        ("👨\u{200D}👩\u{200D}👧 set", "👨\u{200D}👩\u{200D}👧 set", false),
        ("👨\u{200D}x x\u{200D}👨", "👨x x👨", true),
        ("👨\u{200B}👩", "👨👩", true),
        ("❤\u{FE0F}", "❤\u{FE0F}", false),
        ("a\u{2028}b", "a b", false),
        ("ผู้ชาย", "ผู้ชาย", false),
    ] {
        let cleaned = ItemName::parse(text).unwrap();
        assert_eq!(cleaned.value.as_str(), value, "{text:?}");
        assert_eq!(cleaned.removed_marks, removed_marks, "{text:?}");
    }
}

#[test]
fn a_name_needs_something_to_see() {
    for text in [
        "",
        "   ",
        "\n",
        "\u{200B}\u{FEFF}",
        "\u{301}\u{301}",
        "\u{202E}",
        "\u{3164}",
        "\u{2800}",
        "\u{FE0F}",
    ] {
        assert_eq!(ItemName::parse(text), Err(TextError::Empty), "{text:?}");
    }
}

#[test]
fn the_length_is_counted_in_characters_after_cleaning() {
    assert!(ItemName::parse(&"a".repeat(100)).is_ok());
    assert!(ItemName::parse(&"字".repeat(100)).is_ok());
    assert!(ItemName::parse(&format!("{}{}", "a".repeat(100), "\u{200B}".repeat(50))).is_ok());
    assert_eq!(ItemName::parse(&"a".repeat(101)), Err(TextError::TooLong { max: 100, length: 101 }));
    assert_eq!(ItemName::parse(&"a".repeat(5_000)), Err(TextError::TooLong { max: 100, length: 5_000 }));
    assert!(StoreName::parse(&"a".repeat(50)).is_ok());
    assert_eq!(StoreName::parse(&"a".repeat(51)), Err(TextError::TooLong { max: 50, length: 51 }));
}

#[test]
fn card_numbers_are_refused_even_with_invisible_marks_inside() {
    for text in ["4111 1111 1111 1111", "bayar 4111-1111-1111-1111", "4111\u{200B}111111111111"] {
        assert_eq!(ItemName::parse(text), Err(TextError::CardNumber), "{text:?}");
    }
}

#[test]
fn names_are_stored_as_plain_text_and_checked_when_read_back() {
    let name = ItemName::parse("Kaos").unwrap().value;
    assert_eq!(serde_json::to_string(&name).unwrap(), "\"Kaos\"");
    assert_eq!(serde_json::from_str::<ItemName>("\"Kaos\"").unwrap(), name);
    assert!(serde_json::from_str::<ItemName>("\"\"").is_err());
    let store = StoreName::parse("Toko").unwrap().value;
    assert_eq!(serde_json::to_string(&store).unwrap(), "\"Toko\"");
    assert_eq!((store.as_str(), format!("{name} {store}").as_str()), ("Toko", "Kaos Toko"));
}

proptest! {
    #[test]
    fn cleaning_twice_changes_nothing_more(text in any::<String>()) {
        let once = clean(&text);
        let twice = clean(&once.value);
        prop_assert_eq!(&twice.value, &once.value);
        prop_assert!(!twice.removed_marks);
    }

    #[test]
    fn a_name_never_exceeds_its_bytes(text in "\\PC{0,120}") {
        if let Ok(cleaned) = ItemName::parse(&text) {
            prop_assert!(cleaned.value.as_str().len() <= 400);
        }
    }
}
