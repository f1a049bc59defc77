//! The screens about many links out of one file.

use std::fmt::Write;

use tautan::messaging::buttons::{ImportPress, Press};

use super::Walk;

/// A table that says all that can be said about one, in its longest words.
fn table() -> String {
    let mut table = "name,price,limit,time,reference,link made".to_owned();
    for column in 1..=6 {
        let _ = write!(table, ",{}{column}", "<&>".repeat(12));
    }
    let name = "<&>".repeat(33);
    for row in 1..=5 {
        let _ = write!(table, "\n\"{name}\",999rb,1000000,730d,INV-FILE-{row}");
    }
    for (name, price, limit, time) in [
        (name.as_str(), "", "1", "3d"),
        ("\"<&>\"", "75.00", "1", "3d"),
        (name.as_str(), "75rb", "0", "3d"),
        (name.as_str(), "75rb", "1", "\"<b>&amp; someday, when the sun shines\""),
        (name.as_str(), "USD 1", "1", "3d"),
        ("", "75rb", "1", "3d"),
        (&"<&>".repeat(40), "75rb", "1", "3d"),
    ] {
        let _ = write!(table, "\n{name},{price},{limit},{time}");
    }
    table + "\nKaos,75rb,1,3d,,https://tautan.example/a\n"
}

/// Every card of a file, and every reason not to read one.
pub(super) async fn screens(walk: &mut Walk<'_>) {
    let press = Press::Importing;
    walk.says("/new").await;
    walk.taps(press(ImportPress::Explain)).await;
    walk.taps(press(ImportPress::Template)).await;
    let file_name = format!("{}.csv", "<&>".repeat(30));
    walk.sends_file(&file_name, table().as_bytes()).await;
    walk.taps_like(|press| matches!(press, Press::Importing(ImportPress::Discard(_)))).await;
    walk.sends_file(&file_name, table().as_bytes()).await;
    walk.taps_like(|press| matches!(press, Press::Importing(ImportPress::Create(_)))).await;
    // What stood there until the links were made.
    let edits = walk.app.telegram.calls_of("editMessageText");
    let mut texts = edits.iter().rev().filter_map(|call| call.body["text"].as_str());
    let progress = texts.find(|text| text.starts_with('⏳')).expect("the progress");
    let _ = writeln!(walk.screens, "──── (while they are being made)\n{progress}\n");
    walk.sends_file(&file_name, b"name,price\n<b>,gratis sekali\n,5rb\n").await;
    let many = "kaos,75rb\n".repeat(1_001);
    for (name, bytes) in [
        ("picture.png", &b"picture"[..]),
        ("book.xlsx", b"book"),
        ("letter.pdf", b"letter"),
        ("empty.csv", b""),
        ("bytes.csv", b"\x01\x02\x03"),
        ("titles.csv", b"name,price\n"),
        ("prices.csv", b"price,limit\n5rb,1\n"),
        ("names.csv", b"name,limit\nKaos,1\n"),
        ("words.csv", b"just words\n"),
        ("many.csv", many.as_bytes()),
        ("large.csv", &[b'a'; 1_000_001]),
    ] {
        walk.sends_file(name, bytes).await;
    }
}
