//! What was done is done, and its answer is lost: asked for again, or pressed again, it is told the same and
//! nothing happens twice.

use chrono::TimeDelta;
use tautan::simulator::telegram::{Fault, Misbehaviour};
use url::Url;

use crate::support::seller::Seller;
use crate::support::test_app::TestApp;

/// The next answer in this chat is refused by Telegram, when all else is done.
fn answer_is_lost(app: &TestApp, person: &Seller, method: &str) {
    let refused = Fault::BadRequest("MOON_IN_THE_WRONG_PHASE".to_owned());
    app.telegram.misbehave(Misbehaviour::on(method, refused).in_chat(person.phone.id()));
}

/// Says something whose answer is lost, and asks for it again.
async fn says_twice(app: &TestApp, person: &Seller, text: &str) {
    answer_is_lost(app, person, "sendMessage");
    person.says_and_reads(text, "Maaf, ada gangguan").await;
    asks_again(app, person).await;
}

/// The same with a button.
async fn presses_twice(app: &TestApp, person: &Seller, label: &str) {
    answer_is_lost(app, person, "editMessageText");
    person.phone.presses(label).unwrap_or_else(|missing| panic!("{missing}"));
    person.reads("Maaf, ada gangguan").await;
    asks_again(app, person).await;
}

async fn asks_again(app: &TestApp, person: &Seller) {
    app.settles().await;
    person.phone.presses("Coba lagi").unwrap_or_else(|missing| panic!("{missing}"));
    app.settles().await;
    assert_eq!(person.phone.unanswered_taps(), []);
}

async fn count_of(app: &TestApp, table: &str) -> String {
    let query = format!("select cast(count(*) as text) from {table}");
    app.database().texts(&query).await.expect("the database answers").remove(0)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_that_is_made_without_a_question_is_made_once_and_taken_back_once() {
    let app = TestApp::start().await;
    let ani = app.ani();
    ani.makes_a_link("awal 10rb").await;
    ani.says("/settings").await;
    ani.presses("🔗 Pilihan awal").await;
    ani.presses("✅ Periksa dulu").await;
    says_twice(&app, &ani, "/new kaos 75rb x3").await;
    ani.reads("Tautan siap dibagikan").await;
    assert_eq!(count_of(&app, "payment_links").await, "2", "{}", ani.phone.transcript());

    presses_twice(&app, &ani, "↩ Urungkan").await;
    let draft = ani.reads("Sudah dibatalkan").await;
    assert!(draft.text.contains("kaos · Rp75.000"), "{}", draft.text);
    assert_eq!(count_of(&app, "payment_links where deleted_at is null").await, "1");
}

#[tokio::test(flavor = "multi_thread")]
async fn one_more_shop_is_opened_once() {
    let app = TestApp::start().await;
    let ani = app.ani();
    ani.makes_a_link("awal 10rb").await;
    ani.says("/settings").await;
    ani.presses("🏪 Toko saya").await;
    ani.presses("➕ Buka toko lagi").await;
    says_twice(&app, &ani, "Kue Ani").await;
    ani.reads("🏪 Kue Ani").await;
    assert_eq!(count_of(&app, "merchants").await, "2", "{}", ani.phone.transcript());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_first_shop_is_told_to_be_open() {
    let app = TestApp::start().await;
    let ani = app.ani();
    ani.says_and_reads("/start", "1/4").await;
    for label in ["Lanjut", "Pakai", "WIB"] {
        ani.presses(label).await;
    }
    presses_twice(&app, &ani, "Coba (Sandbox)").await;
    ani.reads("sudah buka!").await;
    assert!(
        !ani.phone.toasts().iter().any(|toast| toast.text.contains("sudah lama")),
        "{:?}",
        ani.phone.toasts()
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_joins_is_welcomed_and_whoever_leaves_one_shop_stays_in_the_other() {
    let app = TestApp::start().await;
    let (ani, eka, budi) = (app.ani(), app.person("Eka", "id"), app.person("Budi", "id"));
    for owner in [&ani, &eka] {
        owner.makes_a_link("awal 10rb").await;
        owner.says("/settings").await;
        for label in ["👥 Tim", "➕ Undang", "🧑 Staf"] {
            owner.presses(label).await;
        }
        says_twice(&app, &budi, &owner.invitation()).await;
        assert!(!budi.phone.transcript().contains("Anda sudah di tim"), "{}", budi.phone.transcript());
    }
    assert_eq!(budi.count("🎉 Anda sekarang staf"), 2, "{}", budi.phone.transcript());

    budi.says("/settings").await;
    budi.presses("👥 Tim").await;
    budi.presses("🚪 Keluar").await;
    presses_twice(&app, &budi, "🚪 Ya, keluar").await;
    let own = format!("staff where telegram_id = {}", budi.phone.id());
    assert_eq!(count_of(&app, &own).await, "1", "{}", budi.phone.transcript());
    // A button of an earlier version does not say which shop is left: it asks.
    budi.phone.presses_data(budi.newest().message_id, &format!("v1:ty:{}", budi.phone.id()));
    app.settles().await;
    assert!(budi.newest().text.contains("Keluar dari tim Ani?"), "{}", budi.newest().text);
    assert_eq!(count_of(&app, &own).await, "1");

    // Out of the only one, nobody is told that the button was old.
    presses_twice(&app, &budi, "🚪 Ya, keluar").await;
    assert_eq!(count_of(&app, &own).await, "0");
    assert_eq!(budi.phone.toasts().last().map(|toast| toast.text.clone()), Some("✅ Selesai".to_owned()));
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_is_taken_off_the_team_is_taken_off_once() {
    let app = TestApp::start().await;
    let (ani, budi) = (app.ani(), app.person("Budi", "id"));
    ani.makes_a_link("awal 10rb").await;
    ani.invites(&budi, "🧑 Staf").await;
    app.settles().await;
    ani.says("/settings").await;
    for label in ["👥 Tim", "🧑 Budi", "🗑 Keluarkan"] {
        ani.presses(label).await;
    }
    presses_twice(&app, &ani, "🗑 Ya, keluarkan").await;
    assert!(ani.newest().text.contains("· 1 orang"), "{}", ani.newest().text);
    assert_eq!(ani.count("tidak ada di tim"), 0, "{}", ani.phone.transcript());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_question_and_its_answer_are_passed_on_once() {
    let app = TestApp::start().await;
    let (ani, budi) = (app.ani(), app.person("Budi", "id"));
    let link = ani.makes_a_link("kaos 75rb").await;
    budi.says(&format!("/start p_{}", link.path().trim_start_matches('/'))).await;
    budi.presses("💬 Tanya penjual").await;
    says_twice(&app, &budi, "Ada ukuran XL?").await;
    budi.reads("disampaikan").await;
    assert_eq!(ani.count("Ada ukuran XL?"), 1, "{}", ani.phone.transcript());

    ani.presses("↩ Jawab").await;
    says_twice(&app, &ani, "Ada, kak").await;
    assert_eq!(budi.count("Ada, kak"), 1, "{}", budi.phone.transcript());
    assert_eq!(ani.count("sudah dijawab"), 0, "{}", ani.phone.transcript());
}

#[tokio::test(flavor = "multi_thread")]
async fn more_time_and_more_payments_are_added_once() {
    let app = TestApp::start().await;
    let ani = app.ani();
    let over = ani.makes_a_link("kaos 75rb 1j").await;
    let sold_out = ani.makes_a_link("topi 50rb x1").await;
    app.sells_the_last_one(&ani, &sold_out).await;
    app.settles().await;
    app.advance(TimeDelta::hours(2));
    app.settles().await;

    let card = shows(&ani, "kaos").await;
    let (hour, week) = (ani.data_of("+1 jam"), ani.data_of("+7 hari"));
    presses_twice(&app, &ani, "+1 jam").await;
    let until = app.link(&over).await.expires_at;
    for data in [&hour, &hour, &week] {
        ani.phone.presses_data(card, data);
    }
    app.settles().await;
    assert_eq!(app.link(&over).await.expires_at, until, "an old button adds nothing");

    let card = shows(&ani, "topi").await;
    let five = ani.data_of("🔁 +5");
    presses_twice(&app, &ani, "🔁 +5").await;
    ani.phone.presses_data(card, &five);
    app.settles().await;
    assert_eq!(remaining(&app, &sold_out).await, Some(5), "{}", ani.phone.transcript());
}

/// Opens the card of a link; gives its message.
async fn shows(ani: &Seller, item: &str) -> i64 {
    ani.says_and_reads("/links", "🔗 Tautan").await;
    ani.presses(item).await.message_id
}

async fn remaining(app: &TestApp, link: &Url) -> Option<i64> {
    app.link(link).await.remaining()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_line_that_is_asked_again_keeps_what_was_changed_since() {
    let app = TestApp::start().await;
    let ani = app.ani();
    ani.makes_a_link("awal 10rb").await;
    answer_is_lost(&app, &ani, "sendMessage");
    ani.says_and_reads("/new kaos 75rb", "Maaf, ada gangguan").await;
    let (apology, again) = (ani.newest().message_id, ani.data_of("Coba lagi"));
    ani.says("/start").await;
    ani.presses("Lanjutkan").await;
    ani.presses("💰 Harga").await;
    ani.says_and_reads("80rb", "kaos · Rp80.000").await;
    ani.phone.presses_data(apology, &again);
    app.settles().await;
    assert!(ani.newest().text.contains("kaos · Rp80.000"), "{}", ani.phone.transcript());
    ani.presses("✅ Buat").await;
    let prices = app.database().texts("select cast(price_minor as text) from payment_links order by 1").await;
    assert_eq!(prices.expect("the database answers"), ["10000", "80000"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn several_lines_are_made_once() {
    let app = TestApp::start().await;
    let ani = app.ani();
    ani.makes_a_link("awal 10rb").await;
    says_twice(&app, &ani, "/new kaos 75rb\ntopi 50rb\nsyal 30rb").await;
    let card = ani.reads("3 tautan").await;
    for words in ["1. kaos", "2. topi", "3. syal"] {
        assert!(card.text.contains(words), "{words:?} in {}", card.text);
    }
    assert_eq!(count_of(&app, "link_drafts where batch_id is not null").await, "3");
    ani.presses("✅ Buat 3 tautan").await;
    assert_eq!(count_of(&app, "payment_links").await, "4", "{}", ani.phone.transcript());
}
