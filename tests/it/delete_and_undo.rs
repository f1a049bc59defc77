//! Deleting a link and bringing it back.

#![expect(clippy::unwrap_used, reason = "a story that cannot go on fails")]

use chrono::TimeDelta;
use sqlx::{Connection, PgConnection, SqliteConnection};
use url::Url;

use crate::support::seller::Seller;
use crate::support::test_app::TestApp;

#[tokio::test(flavor = "multi_thread")]
async fn deleting_asks_and_closes_the_page_at_once() {
    let app = TestApp::start().await;
    let (ani, link) = ani_with_a_link(&app).await;
    let mut budi = app.customer();
    budi.orders(&link, "Budi", "BCA").await;
    budi.pays().await;
    budi.waits_for("Lunas").await;
    let mut sari = app.customer();
    sari.orders(&link, "Sari", "BCA").await;

    opens_details(&ani).await;
    ani.presses("🗑 Hapus").await;
    let question = ani.reads("Hapus “kaos”?").await;
    assert!(question.text.contains("2 pesanan tetap tersimpan"), "{}", question.text);
    assert!(question.text.contains("1 pembeli sedang membayar"), "{}", question.text);
    let choices: Vec<&str> = question.buttons.iter().flatten().map(|button| button.text.as_str()).collect();
    assert_eq!(choices, ["◀ Tidak jadi", "🗑 Ya, hapus"], "the safe choice stands left");
    ani.presses("Ya, hapus").await;
    ani.reads("🗑 Dihapus").await;

    let mut late = app.customer();
    assert_eq!(late.opens(&link).await.status, 410);
    // Who paid still sees the receipt, and the seller the order.
    budi.reloads().await;
    assert!(budi.page.text().contains("Lunas"), "{}", budi.page.text());
    ani.presses("🧾 Pesanan (2)").await;
    ani.presses("✅ Budi").await;
    ani.reads("masuk").await;
    let list = ani.says_and_reads("/links", "🔗 Tautan").await;
    assert!(list.button("🟢").is_none(), "{}", ani.phone.transcript());
    assert_eq!(ani.phone.unanswered_taps(), []);
}

#[tokio::test(flavor = "multi_thread")]
async fn keeping_it_changes_nothing() {
    let app = TestApp::start().await;
    let (ani, link) = ani_with_a_link(&app).await;
    opens_details(&ani).await;
    ani.presses("🗑 Hapus").await;
    ani.presses("Tidak jadi").await;
    ani.reads("🟢 Aktif").await;
    assert_eq!(app.customer().opens(&link).await.status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn it_comes_back_within_ten_minutes() {
    let app = TestApp::start().await;
    let (ani, link) = ani_with_a_link(&app).await;
    deletes(&ani).await;
    app.advance(TimeDelta::minutes(9));
    ani.presses("↩ Urungkan").await;
    let card = ani.reads("↩ Tautan kembali").await;
    assert!(card.text.contains("🟢 Aktif"), "{}", card.text);
    assert_eq!(app.customer().opens(&link).await.status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn after_ten_minutes_it_is_too_late() {
    let app = TestApp::start().await;
    let (ani, link) = ani_with_a_link(&app).await;
    deletes(&ani).await;
    app.advance(TimeDelta::minutes(11));
    ani.presses("↩ Urungkan").await;
    ani.reads("Sepuluh menitnya sudah lewat").await;
    assert_eq!(app.customer().opens(&link).await.status, 410);
}

#[tokio::test(flavor = "multi_thread")]
async fn tapping_twice_deletes_once_and_restores_once() {
    let app = TestApp::start().await;
    let (ani, link) = ani_with_a_link(&app).await;
    opens_details(&ani).await;
    ani.presses("🗑 Hapus").await;
    let question = ani.reads("Hapus “kaos”?").await;
    let yes = ani.data_of("Ya, hapus");
    ani.phone.presses_data(question.message_id, &yes);
    ani.phone.presses_data(question.message_id, &yes);
    ani.reads("🗑 Dihapus").await;
    let undo = ani.data_of("↩ Urungkan");
    ani.phone.presses_data(question.message_id, &undo);
    ani.phone.presses_data(question.message_id, &undo);
    ani.reads("↩ Tautan kembali").await;
    app.settles().await;
    assert_eq!(app.customer().opens(&link).await.status, 200);
    assert_eq!(ani.phone.unanswered_taps(), []);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_viewer_looks_and_changes_nothing() {
    let app = TestApp::start().await;
    let (ani, link) = ani_with_a_link(&app).await;
    opens_details(&ani).await;
    ani.presses("🗑 Hapus").await;
    let question = ani.reads("Hapus “kaos”?").await;
    let yes = ani.data_of("Ya, hapus");
    becomes_a_viewer(&app, &ani).await;
    ani.phone.presses_data(question.message_id, &yes);
    ani.reads("belum bisa mengubah tautan").await;
    let refused = ani.count("belum bisa mengubah tautan");
    ani.phone.says("/new topi 10rb");
    ani.phone.waits_until("a refusal", |_| ani.count("belum bisa mengubah tautan") > refused).await;
    let list = ani.says_and_reads("/links", "Tautan · 1").await;
    assert!(list.button("➕").is_none(), "{}", ani.phone.transcript());
    assert_eq!(app.customer().opens(&link).await.status, 200);
}

async fn ani_with_a_link(app: &TestApp) -> (Seller, Url) {
    let ani = app.ani();
    let link = ani.makes_a_link("kaos 150rb").await;
    (ani, link)
}

async fn opens_details(ani: &Seller) {
    ani.presses("📄 Detail").await;
    ani.reads("🏷 Order ID").await;
}

async fn deletes(ani: &Seller) {
    opens_details(ani).await;
    ani.presses("🗑 Hapus").await;
    ani.presses("Ya, hapus").await;
    ani.reads("🗑 Dihapus").await;
}

/// Nobody can change a role in chat yet.
async fn becomes_a_viewer(app: &TestApp, seller: &Seller) {
    let statement = "update staff set role = 'viewer' where telegram_id = $1";
    let (url, id) = (app.database().url(), seller.phone.id());
    if app.database().is_postgres() {
        let mut connection = PgConnection::connect(&url).await.unwrap();
        sqlx::query(statement).bind(id).execute(&mut connection).await.unwrap();
    } else {
        let mut connection = SqliteConnection::connect(&url).await.unwrap();
        sqlx::query(statement).bind(id).execute(&mut connection).await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_paying_sees_until_when_that_is_still_possible() {
    let app = TestApp::start().await;
    let (ani, link) = ani_with_a_link(&app).await;
    let mut budi = app.customer();
    budi.orders(&link, "Budi", "BCA Virtual Account").await;
    let before = budi.page.text();
    opens_details(&ani).await;
    ani.presses("🗑 Hapus").await;
    let deleted = ani.presses("Ya, hapus").await;
    budi.reloads().await;
    let page = budi.page.text();
    let deadline = |page: &str| {
        let (_, rest) = page.split_once("Bayar sebelum ").expect("a deadline");
        rest.split_inclusive("WIB").next().expect("a zone").to_owned()
    };
    assert_ne!(deadline(&page), deadline(&before));
    assert!(deleted.text.contains(&deadline(&page)), "{} in {}", deadline(&page), deleted.text);
    app.settles().await;
    app.advance(TimeDelta::minutes(11));
    app.settles().await;
    budi.reloads().await;
    assert!(!budi.page.text().contains("Bayar sebelum"), "{}", budi.page.text());
}
