//! Receipts as PDF: the same bytes for the same words, and room for any.

use super::*;

fn sheet() -> ReceiptSheet {
    ReceiptSheet {
        language: "id",
        title: "Bukti bayar K7QM2".to_owned(),
        store: "Toko Ani ✓".to_owned(),
        amount: "Rp150.000".to_owned(),
        practice: Some("Ini latihan.".to_owned()),
        facts: vec![Fact::new("Barang", "Kaos hitam"), Fact::new("Keadaan", "Lunas")],
        note: Some(("Pesan".to_owned(), "Terima kasih\nsampai jumpa".to_owned())),
        ending: vec!["Dibuat oleh Tautan".to_owned()],
    }
}

#[test]
fn the_same_words_are_the_same_bytes() {
    let drawn = draw_receipt(&sheet()).unwrap();
    assert_eq!(drawn, draw_receipt(&sheet()).unwrap());
    // To be looked at.
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/target/letters");
    std::fs::create_dir_all(folder).unwrap();
    std::fs::write(format!("{folder}/receipt.pdf"), &drawn).unwrap();
    assert!(drawn.starts_with(b"%PDF-") && drawn.len() < 40_000, "{} bytes", drawn.len());
}

#[test]
fn long_words_break_and_long_receipts_go_on() {
    let layout = Layout::new().unwrap();
    let lines = layout.faces[0].lines(&"W".repeat(300), 11, 300);
    assert!(lines.len() > 5 && lines.iter().all(|line| line.len() <= 40), "{lines:?}");
    assert_eq!(lines.concat().len(), 300);
    assert_eq!(layout.faces[0].lines("satu dua", 11, 300), ["satu dua"]);
    let mut long = sheet();
    long.facts = (0..200).map(|number| Fact::new("Barang", format!("kaos {number}"))).collect();
    let drawn = String::from_utf8_lossy(&draw_receipt(&long).unwrap()).into_owned();
    assert!(!drawn.contains("/Count 1\n"), "it takes several sheets");
}

#[test]
fn letters_stand_close_together() {
    let layout = Layout::new().unwrap();
    // Noto's zero is 0.572 of the letter size wide: 50 of them at 10 points take 286 points.
    assert_eq!(layout.faces[0].lines(&"0".repeat(50), 10, 286).len(), 1);
    assert_eq!(layout.faces[0].lines(&"0".repeat(50), 10, 280).len(), 2);
}

#[test]
fn signs_that_no_letter_draws_are_left_out() {
    let mut odd = sheet();
    odd.store = "🛍️ 店 \u{202e}Ani\u{0}".to_owned();
    assert!(draw_receipt(&odd).is_ok());
}
