//! An answer fails, and one tap asks for it again; one that takes long is announced.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use chrono::TimeDelta;
use futures::future::BoxFuture;
use tautan::bot::company::Patience;
use tautan::bot::routes::{Routes, SharedTalk, routes};
use tautan::bot::{BotError, intake::Incoming};
use tautan::messaging::card::Card;
use tautan::services::admission::ShopPolicy;
use tautan::simulator::telegram::{Fault, Misbehaviour};

use crate::shop_talk::Stage;
use crate::support::seller::Seller;
use crate::support::test_app::TestApp;

/// What Telegram refuses for no reason that anybody knows.
fn nonsense() -> Fault {
    Fault::BadRequest("MOON_IN_THE_WRONG_PHASE".to_owned())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_command_whose_answer_failed_is_asked_again_by_one_tap() {
    let app = TestApp::start().await;
    let ani = app.ani();
    ani.makes_a_link("kaos 75rb").await;
    app.telegram.misbehave(Misbehaviour::on("sendMessage", nonsense()));
    let sorry = ani.says_and_reads("/links", "Maaf, ada gangguan. Tidak ada yang hilang.").await;
    assert!(sorry.text.contains("Kode "), "{}", sorry.text);
    ani.presses("Coba lagi").await;
    ani.reads("Tautan · 1").await;
    app.settles().await;
    assert!(message(&ani, sorry.message_id).contains("Sudah saya ulangi"), "{}", ani.phone.transcript());
    assert_eq!(ani.phone.unanswered_taps(), []);
}

#[tokio::test(flavor = "multi_thread")]
async fn words_that_made_something_make_it_once_however_often_the_button_is_pressed() {
    let app = TestApp::start().await;
    let ani = app.ani();
    ani.says_and_reads("/new kaos 75rb x10", "Sudah benar?").await;
    app.telegram.misbehave(Misbehaviour::on("editMessageText", nonsense()));
    ani.presses("✅ Buat").await;
    let sorry = ani.reads("Maaf, ada gangguan").await;
    let again = ani.data_of("Coba lagi");
    ani.phone.presses_data(sorry.message_id, &again);
    ani.phone.presses_data(sorry.message_id, &again);
    ani.reads("kaos · Rp75.000").await;
    app.settles().await;
    ani.phone.presses_data(sorry.message_id, &again);
    app.settles().await;
    let links = app.database().texts("select slug from payment_links").await.unwrap();
    assert_eq!(links.len(), 1, "{}", ani.phone.transcript());
    assert!(
        ani.phone.toasts().iter().any(|toast| toast.text.contains("Sudah diulang")),
        "{:?}",
        ani.phone.toasts()
    );
    assert_eq!(ani.phone.unanswered_taps(), []);
}

#[tokio::test(flavor = "multi_thread")]
async fn typed_words_are_read_again_and_their_question_stays_open() {
    let app = TestApp::start().await;
    let ani = app.ani();
    ani.says_and_reads("/new", "1 dari 5").await;
    app.telegram.misbehave(Misbehaviour::on("sendMessage", nonsense()));
    ani.says_and_reads("Kaos polos", "Maaf, ada gangguan").await;
    ani.presses("Coba lagi").await;
    ani.reads("2 dari 5").await;
    ani.says_and_reads("75rb", "3 dari 5").await;
    app.settles().await;
    let kept = app.database().texts("select body from telegram_updates where body <> ''").await.unwrap();
    assert!(kept.is_empty(), "what was said is forgotten: {kept:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn typed_words_answer_no_question_that_was_asked_later() {
    let app = TestApp::start().await;
    let ani = app.ani();
    ani.says_and_reads("/new", "1 dari 5").await;
    app.telegram.misbehave(Misbehaviour::on("sendMessage", nonsense()));
    let sorry = ani.says_and_reads("Kaos polos", "Maaf, ada gangguan").await;
    let again = ani.data_of("Coba lagi");
    ani.says_and_reads("/settings", "Pengaturan").await;
    ani.phone.presses_data(sorry.message_id, &again);
    app.settles().await;
    assert!(message(&ani, sorry.message_id).contains("sudah terlalu lama"), "{}", ani.phone.transcript());
    assert_eq!(ani.count("2 dari 5"), 0, "{}", ani.phone.transcript());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_fails_again_says_so_in_the_same_place_and_what_is_old_is_told_kindly() {
    let app = TestApp::start().await;
    let ani = app.ani();
    ani.makes_a_link("kaos 75rb").await;
    app.telegram.misbehave(Misbehaviour::on("sendMessage", nonsense()));
    let sorry = ani.says_and_reads("/links", "Maaf, ada gangguan").await;
    app.telegram.misbehave(Misbehaviour::on("sendMessage", nonsense()));
    ani.phone.presses("Coba lagi").expect("the button");
    app.settles().await;
    assert_eq!(ani.count("Maaf, ada gangguan"), 1, "{}", ani.phone.transcript());
    assert!(message(&ani, sorry.message_id).contains("Maaf, ada gangguan"));

    let budi = app.person("Budi", "id");
    budi.says("/start").await;
    budi.phone.presses_data(budi.newest().message_id, &ani.data_of("Coba lagi"));
    app.settles().await;
    assert_eq!(budi.count("Tautan · 1"), 0, "{}", budi.phone.transcript());

    app.advance(TimeDelta::hours(2));
    ani.presses("Coba lagi").await;
    ani.reads("sudah terlalu lama").await;
    app.settles().await;
    app.services().storage().forget_updates().await.unwrap();
    let kept = app.database().texts("select body from telegram_updates where body <> ''").await.unwrap();
    assert!(kept.is_empty(), "{kept:?}");
    assert_eq!(ani.phone.unanswered_taps(), []);
}

#[tokio::test]
async fn a_handler_that_panicked_may_be_asked_again() {
    let stage = Stage::open(ShopPolicy::Anyone).await;
    let panics = Arc::new(AtomicI64::new(1));
    let stage = stage.with_worker(|worker| worker.with_routes(panicking(Arc::clone(&panics))));
    let ani = stage.person(42, "Ani", "id");
    stage.says(&ani, "/start").await;
    assert!(ani.transcript().contains("Maaf, ada gangguan"), "{}", ani.transcript());
    stage.presses(&ani, "🔁 Coba lagi").await;
    assert!(ani.transcript().contains("1/4"), "{}", ani.transcript());
    assert!(ani.transcript().contains("Sudah saya ulangi"), "{}", ani.transcript());
    assert_eq!(ani.unanswered_taps(), []);
}

#[tokio::test]
async fn what_takes_long_shows_that_it_is_being_done_and_comes_below() {
    let stage = Stage::open(ShopPolicy::Anyone).await;
    let patience = Patience { quiet: Duration::from_millis(100), unsaid: Duration::from_millis(400) };
    let routes = slow(Duration::from_millis(700));
    let stage = stage.with_worker(|worker| worker.with_routes(routes).with_patience(patience));
    let ani = stage.person(42, "Ani", "id");
    stage.says(&ani, "/start").await;
    let actions = stage.telegram.simulator.calls_of("sendChatAction");
    assert_eq!(actions.first().map(|call| call.body["action"].clone()), Some("typing".into()));
    let texts: Vec<String> = ani.messages().into_iter().map(|message| message.text).collect();
    assert!(texts[1].contains("agak lama") && texts[2].contains("done"), "{texts:?}");
}

/// The bot, panicking so many times before it answers.
fn panicking(panics: Arc<AtomicI64>) -> Routes {
    dptree::entry()
        .branch(dptree::filter(move |_: Incoming| panics.fetch_sub(1, Ordering::SeqCst) > 0).endpoint(
            |_: SharedTalk| -> BoxFuture<'static, Result<(), BotError>> {
                Box::pin(async { panic!("this handler panics on purpose") })
            },
        ))
        .branch(routes())
}

/// Answers after so long.
fn slow(pause: Duration) -> Routes {
    fn answer(talk: SharedTalk, pause: Duration) -> BoxFuture<'static, Result<(), BotError>> {
        Box::pin(async move {
            tokio::time::sleep(pause).await;
            talk.lock().await.show(Card::new("done")).await
        })
    }
    dptree::endpoint(move |talk: SharedTalk| answer(talk, pause))
}

fn message(seller: &Seller, id: i64) -> String {
    let found = seller.phone.messages().into_iter().find(|message| message.message_id == id);
    found.expect("the message is there").text
}
