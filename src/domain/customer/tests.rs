//! Contact details as customers and sellers type them.

use proptest::prelude::*;

use super::*;

#[test]
fn phones_become_international() {
    for (text, number) in [
        ("0812-3456-789", "+628123456789"),
        ("0812 3456 7890", "+6281234567890"),
        ("628123456789", "+628123456789"),
        ("+62 812-3456-789", "+628123456789"),
        ("+62 (0)812 3456 789", "+628123456789"),
        ("8123456789", "+628123456789"),
        ("00628123456789", "+628123456789"),
        ("(021) 555-1234", "+62215551234"),
        ("+1 650 253 0000", "+16502530000"),
        // Both would do as card numbers, were they one digit longer or begun with a 3.
        ("+4222222222222", "+4222222222222"),
        ("0812345678901", "+62812345678901"),
        ("+62812345678901", "+62812345678901"),
        ("\u{202A}+62 812\u{2011}3456\u{A0}789\u{202C}", "+628123456789"),
    ] {
        assert_eq!(Phone::parse(text).unwrap().as_str(), number, "{text:?}");
    }
}

#[test]
fn what_is_no_phone_is_refused() {
    for (text, error) in [
        ("", PhoneError::Empty),
        ("abc", PhoneError::NotANumber),
        ("+", PhoneError::NotANumber),
        ("0812x3456789", PhoneError::NotANumber),
        ("٠٨١٢٣٤٥٦٧٨٩", PhoneError::NotANumber),
        ("0812", PhoneError::TooShort),
        ("+1234567", PhoneError::TooShort),
        ("1234567890123456789012345", PhoneError::TooLong),
        ("+1234567890123456", PhoneError::TooLong),
        ("0812345678901234567890", PhoneError::TooLong),
        ("6502530000", PhoneError::MissingCountryCode),
        ("123456789012345", PhoneError::MissingCountryCode),
        ("1234567890123456", PhoneError::TooLong),
        ("+0812345678", PhoneError::MissingCountryCode),
        ("0000000000000", PhoneError::MissingCountryCode),
    ] {
        assert_eq!(Phone::parse(text), Err(error), "{text:?}");
    }
}

#[test]
fn e_mail_addresses_keep_their_name_and_lower_their_domain() {
    for (text, address) in [
        ("budi@x.id", "budi@x.id"),
        (" Budi.S+toko@Example.CO.ID ", "Budi.S+toko@example.co.id"),
        ("o'hara_1@mail-server.example", "o'hara_1@mail-server.example"),
    ] {
        assert_eq!(Email::parse(text).unwrap().as_str(), address);
    }
}

#[test]
fn what_is_no_e_mail_address_is_refused() {
    for text in [
        "budi",
        "budi@",
        "@x.id",
        "budi@x",
        "budi@@x.id",
        "a@b@x.id",
        "bu..di@x.id",
        "budi@x..id",
        ".budi@x.id",
        "budi.@x.id",
        "budi@.x.id",
        "budi@x.id.",
        "budi s@x.id",
        "Budi <budi@x.id>",
        "\"a@b\"@x.id",
        "budi@[127.0.0.1]",
        "budi@x.id,ani@x.id",
        "budi@-x.id",
        "budi＠x.id",
        "bu\u{200B}di@x.id",
        "mailto:budi@x.id",
        "\"budi\"@x.id",
        "büdi@x.id",
    ] {
        assert_eq!(Email::parse(text), Err(EmailError::NotAnAddress), "{text:?}");
    }
    assert_eq!(Email::parse(" "), Err(EmailError::Empty));
    assert_eq!(Email::parse("budi@x.id\r\nBcc: ani@x.id"), Err(EmailError::ControlCharacter));
    let longest = format!("{}@{}.{}.{}.id", "a".repeat(64), "b".repeat(63), "c".repeat(63), "d".repeat(58));
    assert_eq!((longest.len(), Email::parse(&longest).is_ok()), (Email::BYTES_MAX, true));
    assert_eq!(Email::parse(&longest.replace(".id", ".com")), Err(EmailError::TooLong));
}

#[test]
fn what_was_taken_before_is_read_though_it_looks_like_a_card() {
    let email = "4111111111111111@shop.id";
    assert_eq!(Email::parse(email), Err(EmailError::CardNumber));
    assert_eq!(Email::kept(email).unwrap().as_str(), email);
    let phone = "+371449635398431";
    assert_eq!(Phone::parse(phone), Err(PhoneError::TooLong));
    assert_eq!(Phone::kept(phone).unwrap().as_str(), phone);
}

#[test]
fn details_are_erased_when_nothing_is_left_to_reach_anyone_by() {
    let erased = CustomerDetails::erased();
    assert!(erased.is_erased());
    let phone = Phone::parse("08123456789").unwrap();
    assert!(!CustomerDetails { phone, ..erased.clone() }.is_erased());
    assert!(!CustomerDetails { email: Email::parse("budi@x.id").unwrap(), ..erased }.is_erased());
}

#[test]
fn names_are_cleaned_and_bounded() {
    assert_eq!(CustomerName::parse(" Budi\nSantoso ").unwrap().as_str(), "Budi Santoso");
    assert_eq!(CustomerName::parse(""), Err(TextError::Empty));
    assert_eq!(CustomerName::parse(&"a".repeat(101)), Err(TextError::TooLong { max: 100, length: 101 }));
    assert_eq!(CustomerName::parse("4111111111111111"), Err(TextError::CardNumber));
}

#[test]
fn debug_output_hides_who_it_is() {
    let details = CustomerDetails {
        name: CustomerName::parse("Budi").unwrap(),
        phone: Phone::parse("08123456789").unwrap(),
        email: Email::parse("budi@x.id").unwrap(),
    };
    let shown = format!("{details:?} {:?}", NamedCustomer::parse("budi@@x.id"));
    assert!(!shown.to_lowercase().contains("budi") && !shown.contains("812"), "{shown}");
    let parts =
        format!("{:?} {:?} {:?} {:?}", details.name, details.phone, details.email, TypedPart::new("Budi"));
    assert_eq!(parts, "CustomerName(…) Phone(…) Email(…) TypedPart(…)");
    let json = serde_json::to_string(&details).unwrap();
    assert_eq!(json, r#"{"name":"Budi","phone":"+628123456789","email":"budi@x.id"}"#);
    assert_eq!(serde_json::from_str::<CustomerDetails>(&json).unwrap(), details);
}

#[test]
fn a_customer_is_named_in_any_order() {
    let full = NamedCustomer::parse("Budi, 0812-3456-789, budi@x.id").unwrap();
    for text in
        ["budi@x.id,Budi,08123456789", "0812 3456 789, budi@x.id, Budi,", " ,Budi,, +628123456789;budi@X.ID"]
    {
        assert_eq!(NamedCustomer::parse(text).unwrap(), full, "{text}");
    }
    for text in
        ["Budi 0812-3456-789 budi@x.id", "Budi budi@x.id 0812 3456 789", "Budi 0812 345 6789, budi@x.id"]
    {
        assert_eq!(NamedCustomer::parse(text).unwrap(), full, "{text}");
    }
    let only_name = NamedCustomer::parse("Budi 2").unwrap();
    assert_eq!(only_name.name.unwrap().as_str(), "Budi 2");
    assert_eq!((only_name.phone, only_name.email), (None, None));
    for text in ["Keluarga Besar 123456", "abcdef 123456"] {
        let named = NamedCustomer::parse(text).unwrap();
        assert_eq!(named.name.as_ref().map(CustomerName::as_str), Some(text), "more letters than digits");
    }
    assert_eq!(NamedCustomer::parse("08123456789").unwrap().phone, full.phone);
}

#[test]
fn the_bad_part_is_named() {
    assert_eq!(NamedCustomer::parse(" , "), Err(NamedCustomerError::Empty));
    match NamedCustomer::parse("Budi, 0812") {
        Err(NamedCustomerError::Phone { part, error: PhoneError::TooShort }) => {
            assert_eq!(part.as_str(), "0812")
        }
        other => panic!("{other:?}"),
    }
    match NamedCustomer::parse("Budi, 0812x345678") {
        Err(NamedCustomerError::Phone { error: PhoneError::NotANumber, .. }) => {}
        other => panic!("{other:?}"),
    }
    match NamedCustomer::parse("Budi, budi@x") {
        Err(NamedCustomerError::Email { part, .. }) => assert_eq!(part.as_str(), "budi@x"),
        other => panic!("{other:?}"),
    }
    match NamedCustomer::parse("\u{200B}") {
        Err(NamedCustomerError::Name { error: TextError::Empty, .. }) => {}
        other => panic!("{other:?}"),
    }
    match NamedCustomer::parse("Budi, budi@x.id, Ani") {
        Err(NamedCustomerError::Twice { field: CustomerField::Name, part }) => {
            assert_eq!(part.as_str(), "Ani")
        }
        other => panic!("{other:?}"),
    }
}

proptest! {
    #[test]
    fn no_text_makes_the_reader_fall_over(text in "\\PC{0,60}") {
        let _ = NamedCustomer::parse(&text);
        let _ = Phone::parse(&text);
    }

    #[test]
    fn a_phone_reads_back_as_itself(text in "[+0-9 -]{6,18}") {
        if let Ok(phone) = Phone::parse(&text) {
            prop_assert_eq!(Phone::parse(phone.as_str()), Ok(phone.clone()));
            prop_assert!((9..=16).contains(&phone.as_str().len()));
        }
    }
}
