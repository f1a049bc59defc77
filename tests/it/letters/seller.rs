//! What the seller is told of letters before and after they go.

use chrono::TimeDelta;
use tautan::domain::letter::LetterKind;
use tautan::messaging::buttons::Press;
use tautan::storage::letters::NewLetter;

use crate::support::mailbox::Mailbox;
use crate::support::seller::Seller;
use crate::support::test_app::TestApp;

use super::{app_with, fates, sends_all};

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

#[tokio::test(flavor = "multi_thread")]
async fn a_links_card_says_where_its_letter_is() {
    let mailbox = Mailbox::open();
    let app = app_with(&mailbox).await;
    let ani = app.ani();
    let link = ani.makes_a_link("kaos 75rb x1 for:Budi, 0812-3456-7890, later@kotak.test").await;
    sends_all(&app).await;
    let waits = ani.presses("📄 Detail").await;
    assert!(waits.text.contains("✉️ Tautannya dikirim lewat surel ke later@kotak.test."), "{}", waits.text);
    assert!(waits.button("Kirim surel lagi").is_none());
    let link = app.link(&link).await;
    ani.phone.presses_data(waits.message_id, &Press::LinkLetter(link.id).encode());
    app.settles().await;
    assert_eq!(fates(&app).await, ["link waiting"], "what waits is not sent twice");
    app.advance(TimeDelta::minutes(3));
    mailbox.gets("tautan bayar untuk kaos").await;
    sends_all(&app).await;
    ani.reads("Tautannya sudah dikirim lewat surel ke later@kotak.test").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_letter_that_did_not_arrive_is_sent_again_when_its_seller_says_so() {
    let mailbox = Mailbox::open();
    let app = app_with(&mailbox).await;
    let ani = app.ani();
    let link = ani.makes_a_link("kaos 75rb x1 for:Budi, 0812-3456-7890, nobody@kotak.test").await;
    ani.reads("Surel tidak sampai").await;
    sends_all(&app).await;
    ani.says("/links").await;
    let card = ani.presses("kaos").await;
    assert!(card.text.contains("⚠️ Surel ke nobody@kotak.test tidak sampai."), "{}", card.text);
    let again = ani.data_of("Kirim surel lagi");
    // It is the shop's own, and nobody else sends letters with it.
    let citra = app.person("Citra", "id");
    citra.makes_a_link("topi 50rb").await;
    let theirs = citra.newest();
    citra.phone.presses_data(theirs.message_id, &again);
    app.settles().await;
    assert_eq!(fates(&app).await, ["link failed"]);
    assert!(!citra.phone.transcript().contains("nobody@"), "{}", citra.phone.transcript());
    ani.phone.presses_data(card.message_id, &again);
    app.settles().await;
    sends_all(&app).await;
    assert_eq!(fates(&app).await, ["link failed", "link failed"]);
    let link = app.link(&link).await;
    let about = NewLetter {
        merchant_id: link.merchant_id,
        kind: LetterKind::Link,
        link_id: link.id,
        order_id: None,
        attempt_id: None,
    };
    let mut writer = app.services().storage().write().await.unwrap();
    for number in 3..=10 {
        let now = writer.now();
        writer.write_letter(&about, now, &format!("many:{number}")).await.unwrap();
    }
    writer.commit().await.unwrap();
    sends_all(&app).await;
    assert_eq!(fates(&app).await, ["link failed"; 10]);
    ani.phone.presses_data(card.message_id, &again);
    app.settles().await;
    sends_all(&app).await;
    assert_eq!(fates(&app).await.len(), 10, "one address is not tried without end");
    assert!(ani.phone.toasts().iter().any(|toast| toast.text.contains("cukup sering dicoba")));
    let change = "update payment_links set customer_email = 'budi@kotak.test' where item_name = 'kaos'";
    assert_eq!(app.database().execute(change).await.unwrap(), 1);
    app.advance(TimeDelta::hours(25));
    ani.phone.presses_data(card.message_id, &again);
    mailbox.gets("tautan bayar untuk kaos").await;
    sends_all(&app).await;
    ani.reads("Tautannya sudah dikirim lewat surel ke budi@kotak.test").await;
    assert_eq!(mailbox.letters().len(), 1);
}
