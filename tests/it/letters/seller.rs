//! What the seller is told of letters before and after they go.

use crate::support::mailbox::Mailbox;
use crate::support::seller::Seller;
use crate::support::test_app::TestApp;

use super::{app_with, sends_all};

/// Ani, whose shop is open and has no link.
async fn ani_of(app: &TestApp) -> Seller {
    let ani = app.ani();
    ani.says_and_reads("/new", "Mau jual apa?").await;
    ani.says("/cancel").await;
    ani
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_types_several_links_reads_first_how_many_go_to_customers() {
    let mailbox = Mailbox::open();
    let app = app_with(&mailbox).await;
    let ani = ani_of(&app).await;
    let lines = "/new kaos 10rb for: Budi, budi@kotak.id\ntopi 20rb\nsyal 30rb for: citra@kotak.id";
    let card = ani.says_and_reads(lines, "Sudah benar?").await;
    assert!(card.text.contains("✉️ 2 tautan langsung dikirim ke surel pembelinya."), "{}", card.text);
    assert_eq!(mailbox.letters().len(), 0);
    let made = ani.presses("✅ Buat 3 tautan").await;
    assert!(made.text.contains("✉️ 2 tautan langsung dikirim ke surel pembelinya."), "{}", made.text);
    sends_all(&app).await;
    assert_eq!(mailbox.letters().len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_says_first_and_last_how_many_of_its_links_go_to_customers() {
    let mailbox = Mailbox::open();
    let app = app_with(&mailbox).await;
    let ani = ani_of(&app).await;
    ani.says("/new").await;
    let explained = ani.presses("📄 Banyak sekaligus").await;
    assert!(explained.text.contains("langsung dikirim ke pembelinya begitu dibuat"), "{}", explained.text);
    let table = "nama,harga,email\nKaos,75rb,budi@kotak.id\nTopi,50rb,\nSyal,30rb,contoh@example.com\n\
        \"\"\"email\"\":\"\"a\",20rb,\nPita,gratis,citra@kotak.id\n";
    let card = ani.sends_file("a.csv", table.as_bytes(), "siap dibuat").await;
    assert!(card.text.contains("✉️ 1 tautan langsung dikirim ke surel pembelinya."), "{}", card.text);
    ani.presses("✅ Buat 4 tautan").await;
    app.settles().await;
    let result = ani.reads("4 tautan jadi").await;
    assert!(result.text.contains("✉️ 1 tautan langsung dikirim ke surel pembelinya."), "{}", result.text);
    sends_all(&app).await;
    assert_eq!(mailbox.letters().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn where_no_letters_go_out_none_are_promised() {
    let app = TestApp::start().await;
    let ani = ani_of(&app).await;
    ani.says("/new").await;
    let explained = ani.presses("📄 Banyak sekaligus").await;
    assert!(!explained.text.contains("✉️"), "{}", explained.text);
    let table = b"nama,harga,email\nKaos,75rb,budi@kotak.id\n";
    let card = ani.sends_file("a.csv", table, "siap dibuat").await;
    assert!(!card.text.contains("✉️"), "{}", card.text);
    let card = ani.says_and_reads("/new kaos 10rb for: budi@kotak.id\ntopi 20rb", "Sudah benar?").await;
    assert!(!card.text.contains("✉️"), "{}", card.text);
}
