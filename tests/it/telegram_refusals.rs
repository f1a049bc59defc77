//! Telegram refuses, for each reason that it gives, and people are told what they can do, once.

use chrono::TimeDelta;
use tautan::simulator::telegram::{Fault, Misbehaviour};

use crate::support::test_app::TestApp;

#[tokio::test(flavor = "multi_thread")]
async fn what_is_our_own_fault_is_said_with_a_code_and_not_tried_again() {
    let app = TestApp::start().await;
    let ani = app.ani();
    ani.makes_a_link("kaos 75rb").await;
    for reason in
        ["message is too long", "reply markup is too long", "BUTTON_DATA_INVALID", "BUTTON_URL_INVALID"]
    {
        let (asked, sorry) = (app.telegram.calls_of("sendMessage").len(), ani.count("Maaf, ada gangguan"));
        let fault = Fault::BadRequest(reason.to_owned());
        app.telegram.misbehave(Misbehaviour::on("sendMessage", fault));
        ani.says_and_reads("/links", "Maaf, ada gangguan").await;
        app.settles().await;
        assert_eq!(ani.count("Maaf, ada gangguan"), sorry + 1, "{reason}: {}", ani.phone.transcript());
        assert_eq!(app.telegram.calls_of("sendMessage").len(), asked + 2, "{reason}: the card, the apology");
        ani.says_and_reads("/links", "Tautan · 1").await;
        app.settles().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_card_that_already_looks_so_is_left_as_it_is() {
    let app = TestApp::start().await;
    let ani = app.ani();
    ani.makes_a_link("kaos 75rb").await;
    ani.says("/links").await;
    app.settles().await;
    let messages = ani.phone.messages().len();
    let fault = Fault::BadRequest(
        "message is not modified: specified new message content and reply markup are exactly the same"
            .to_owned(),
    );
    app.telegram.misbehave(Misbehaviour::on("editMessageText", fault));
    ani.phone.presses("🏠").expect("a way home");
    app.settles().await;
    assert_eq!((ani.phone.messages().len(), ani.phone.unanswered_taps()), (messages, vec![]));
    assert_eq!(ani.count("Maaf, ada gangguan"), 0, "{}", ani.phone.transcript());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_picture_that_cannot_be_taken_away_stops_nobody() {
    let app = TestApp::start().await;
    let ani = app.ani();
    let link = ani.makes_a_link("kaos 75rb").await;
    let mut budi = app.customer();
    budi.orders(&link, "Budi", "QRIS").await;
    budi.pays().await;
    ani.reads("dari Budi").await;
    app.settles().await;
    for reason in ["message can't be deleted", "message to delete not found"] {
        let chart = ani.says_and_reads("/stats", "7 hari").await;
        assert!(chart.file.is_some(), "{chart:?}");
        app.telegram.misbehave(Misbehaviour::on("deleteMessage", Fault::BadRequest(reason.to_owned())));
        ani.phone.presses("🏠 Beranda").expect("a way home");
        app.settles().await;
        assert!(ani.newest().text.contains("🏪 Ani"), "{reason}: {}", ani.phone.transcript());
        assert_eq!((ani.phone.unanswered_taps(), ani.count("ada gangguan")), (vec![], 0));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_waits_until_the_token_is_good_again() {
    let app = TestApp::start().await;
    let ani = app.ani();
    ani.makes_a_link("kaos 75rb").await;
    app.settles().await;
    for (code, words) in [(401, "Unauthorized"), (404, "Not Found")] {
        let before = ani.count("Tautan · 1");
        app.telegram.misbehave(Misbehaviour::on("sendMessage", Fault::Refusal(code, words.to_owned())));
        ani.phone.says("/links");
        let asked = || app.telegram.calls_of("sendMessage").iter().filter(|call| call.status == code).count();
        ani.phone.waits_until("the refusal", |_| asked() == 1).await;
        let resting =
            "select cast(chat as text) from chats where leased_by is null and leased_until is not null";
        while app.database().texts(resting).await.expect("the database answers").is_empty() {
            tokio::time::sleep(std::time::Duration::from_millis(10)).await;
        }
        app.advance(TimeDelta::seconds(61));
        ani.phone.waits_until("the answer", |_| ani.count("Tautan · 1") == before + 1).await;
        app.settles().await;
        assert_eq!(ani.count("Maaf, ada gangguan"), 0, "{}", ani.phone.transcript());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_are_served_while_telegram_is_away_at_the_start() {
    let mut app = TestApp::start().await;
    let ani = app.ani();
    let link = ani.makes_a_link("kaos 75rb").await;
    app.settles().await;
    app.telegram.misbehave(Misbehaviour::new(Fault::ServerError(502)).always());
    app.restart().await;
    assert_eq!(app.customer().opens(&link).await.status, 200);
    ani.phone.says("/links");
    app.telegram.behave();
    ani.reads("Tautan · 1").await;
}
