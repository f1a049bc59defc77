//! Letters: what people typed stays words, and both forms say the same.

use super::*;

fn sheet() -> Sheet {
    Sheet {
        language: "id",
        subject: "Kaos".to_owned(),
        practice: None,
        title: "<script>alert(1)</script>".to_owned(),
        lines: vec!["\"><img src=x onerror=alert(1)>".to_owned()],
        numbers: vec![Fact::new("Nomor", "8810000000042")],
        facts: vec![Fact { notes: vec!["<b>x</b>".to_owned()], ..Fact::new("Barang", "Kaos & 'topi'") }],
        note: Some(("Pesan".to_owned(), "</td><a href=\"https://evil.example\">".to_owned())),
        button: "Buka".to_owned(),
        page: "https://pay.example.com/kaos?a=1&b=\"2".to_owned(),
        ending: vec!["{{ 7 * 7 }}".to_owned()],
    }
}

#[test]
fn what_people_typed_stays_words() {
    let html = sheet().html();
    for markup in ["<script", "<img", "<b>", "evil.example\"", "&b=\"2"] {
        assert!(!html.contains(markup), "{markup} in {html}");
    }
    assert_eq!(html.matches("<a ").count(), 1, "the button is the one link");
    assert!(!html.contains("src=") || html.contains("src=x onerror"), "no picture is asked for");
    assert!(html.contains("{{ 7 * 7 }}"));
}

#[test]
fn both_forms_say_the_same() {
    let (html, text) = (sheet().html(), sheet().text());
    for words in ["8810000000042", "Nomor", "Barang", "Pesan", "Buka", "{{ 7 * 7 }}"] {
        assert!(html.contains(words) && text.contains(words), "{words}");
    }
    assert!(text.contains("Buka:\nhttps://pay.example.com/kaos?a=1&b=\"2"), "{text}");
}

#[test]
fn a_letter_of_practice_says_so_first() {
    let practice = Some("Ini latihan.".to_owned());
    let sheet = Sheet { practice, ..sheet() };
    assert!(sheet.text().starts_with("Ini latihan.\n\n"));
    let html = sheet.html();
    assert!(html.find("Ini latihan.").unwrap() < html.find("<h1").unwrap());
}

#[test]
fn who_was_too_late_is_told_what_the_page_still_does() {
    for (link, left, way_on) in [
        (LinkState::Active, 1, WayOn::Now),
        (LinkState::Active, 0, WayOn::None),
        (LinkState::Busy, 3, WayOn::Later),
        (LinkState::Busy, 0, WayOn::None),
        (LinkState::Paused, 3, WayOn::Later),
        (LinkState::NotOpenYet, 3, WayOn::Later),
        (LinkState::Exhausted, 3, WayOn::None),
        (LinkState::Expired, 3, WayOn::None),
        (LinkState::Deleted, 3, WayOn::None),
    ] {
        assert_eq!(WayOn::of(link, left), way_on, "{link:?}, {left} left");
    }
}
