//! Telegram misbehaves, and neither a seller nor a notice suffers more than it must.

use std::time::Duration;

use tautan::app::config::UpdatesBy;
use tautan::simulator::telegram::{Fault, Misbehaviour};

use crate::support::customer::Customer;
use crate::support::seller::Seller;
use crate::support::test_app::{Options, TOKEN, TestApp};

#[tokio::test(flavor = "multi_thread")]
async fn a_chat_that_must_wait_delays_no_other() {
    let app = TestApp::start().await;
    let (ani, sam) = (app.ani(), app.sam());
    let patience = Fault::TooManyRequests { retry_after: 2 };
    app.telegram.misbehave(Misbehaviour::on("sendMessage", patience).in_chat(ani.phone.id()));
    ani.phone.says("/start");
    sam.says_and_reads("/start", "Welcome, Sam!").await;
    ani.reads("Selamat datang, Ani!").await;
    app.settles().await;
    assert_eq!(app.telegram.violations(), 0, "nothing was asked of the chat before its time");
    assert_eq!(ani.phone.messages().len(), 2, "{}", ani.phone.transcript());
    let sent_at = |chat: i64| {
        let calls = app.telegram.calls_of("sendMessage");
        let to = |call: &&_| is_to(call, chat) && call.succeeded();
        calls.iter().find(to).expect("a message").at
    };
    assert!(sent_at(sam.phone.id()) < sent_at(ani.phone.id()), "Sam was served while Ani's chat rested");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_notice_that_must_wait_delays_no_other() {
    let app = TestApp::start().await;
    let (ani, lia) = (app.ani(), app.person("Lia", "id"));
    let (anis, lias) = (has_a_waiting_customer(&app, &ani).await, has_a_waiting_customer(&app, &lia).await);
    let patience = Fault::TooManyRequests { retry_after: 2 };
    let rule = Misbehaviour::on("sendMessage", patience).in_chat(ani.phone.id()).containing("dari Budi");
    app.telegram.misbehave(rule);
    anis.pays().await;
    lias.pays().await;
    lia.reads("Rp150.000 dari Budi").await;
    ani.reads("Rp150.000 dari Budi").await;
    app.settles().await;
    assert_eq!(ani.count("dari Budi"), 1);
    assert_eq!(app.telegram.violations(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_chat_that_must_wait_is_left_alone_after_a_restart_too() {
    let mut app = TestApp::start().await;
    let ani = app.ani();
    let customer = has_a_waiting_customer(&app, &ani).await;
    let patience = Fault::TooManyRequests { retry_after: 4 };
    app.telegram.misbehave(Misbehaviour::on("sendMessage", patience).containing("dari Budi"));
    customer.pays().await;
    // The hold is noted beside the notice, so that whoever starts next knows it.
    let held = "select cast(chat as text) from outbox_chats where held_until is not null";
    while app.database().texts(held).await.unwrap().is_empty() {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    app.restart().await;
    ani.phone.says("/links");
    ani.reads("Tautan · 1").await;
    ani.reads("Rp150.000 dari Budi").await;
    app.settles().await;
    assert_eq!(app.telegram.violations(), 0, "neither a reply nor a notice came before its time");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_card_whose_message_is_gone_is_sent_anew() {
    let app = TestApp::start().await;
    let ani = app.ani();
    let gone = ["message to edit not found", "message can't be edited", "MESSAGE_ID_INVALID"];
    for (what, name) in gone.into_iter().zip(["kaos", "topi", "syal"]) {
        let asked = ani.says_and_reads(&format!("/new {name} 150rb"), &format!("{name} · Rp150.000")).await;
        app.telegram.misbehave(Misbehaviour::on("editMessageText", Fault::BadRequest(what.to_owned())));
        ani.presses("✅ Buat").await;
        let made = ani.reads("Tautan siap dibagikan").await;
        assert!(made.message_id > asked.message_id, "{what}: {}", ani.phone.transcript());
        assert!(made.text.contains(name), "{what}: {}", made.text);
    }
    assert_eq!(ani.phone.unanswered_taps(), []);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_card_that_telegram_cannot_parse_is_sent_plain() {
    let app = TestApp::start().await;
    let ani = app.ani();
    let fault = Fault::BadRequest("can't parse entities: Unsupported start tag at byte offset 7".to_owned());
    app.telegram.misbehave(Misbehaviour::on("sendMessage", fault));
    let welcome = ani.says_and_reads("/start", "Selamat datang, Ani!").await;
    assert!(!welcome.text.contains("<b>"), "{}", welcome.text);
    assert!(welcome.button("Lanjut").is_some(), "the buttons come along");
    app.settles().await;
    let calls = app.telegram.calls_of("sendMessage");
    let modes: Vec<bool> = calls.iter().map(|call| call.body.get("parse_mode").is_some()).collect();
    assert_eq!(modes, [true, false]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_silent_card_stays_silent_when_it_is_sent_plain() {
    let app = TestApp::start().await;
    let ani = app.ani();
    let fault = Fault::BadRequest("can't parse entities: Unsupported start tag at byte offset 7".to_owned());
    app.telegram.misbehave(Misbehaviour::on("sendMessage", fault));
    ani.says_and_reads("/new kaos 150rb", "kaos · Rp150.000").await;
    app.settles().await;
    let messages = ani.phone.messages();
    let opened = messages.iter().find(|message| message.text.contains("sudah saya buka")).expect("the shop");
    assert!(!opened.text.contains("<b>"), "it came plain: {}", opened.text);
    assert!(opened.silent, "{}", ani.phone.transcript());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_notice_whose_answer_was_lost_is_repeated_under_the_same_code() {
    let app = TestApp::start().await;
    let ani = app.ani();
    let customer = has_a_waiting_customer(&app, &ani).await;
    let cut = Misbehaviour::on("sendMessage", Fault::CutAfterAcceptance).containing("dari Budi");
    app.telegram.misbehave(cut);
    customer.pays().await;
    ani.phone.waits_until("the notice and its repetition", |_| ani.count("dari Budi") == 2).await;
    app.settles().await;
    let shown = ani.phone.messages();
    let notices: Vec<&str> =
        shown.iter().filter(|m| m.text.contains("dari Budi")).map(|m| m.text.as_str()).collect();
    assert_eq!(notices.len(), 2, "once more at most");
    assert_eq!(order_code(notices[0]), order_code(notices[1]), "a person sees that it is one payment");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_notice_that_never_arrived_is_sent_again() {
    let app = TestApp::start().await;
    let ani = app.ani();
    let customer = has_a_waiting_customer(&app, &ani).await;
    for fault in [Fault::CutBefore, Fault::ServerError(502)] {
        app.telegram.misbehave(Misbehaviour::on("sendMessage", fault).containing("dari Budi"));
    }
    customer.pays().await;
    ani.reads("Rp150.000 dari Budi").await;
    app.settles().await;
    assert_eq!(ani.count("dari Budi"), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reply_that_never_arrived_is_sent_soon() {
    let app = TestApp::start().await;
    let ani = app.ani();
    for fault in [Fault::CutBefore, Fault::ServerError(502)] {
        app.telegram.misbehave(Misbehaviour::on("sendMessage", fault));
    }
    ani.says_and_reads("/start", "Selamat datang, Ani!").await;
    assert_eq!(ani.count("Selamat datang"), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn updates_that_come_twice_change_nothing() {
    let app = TestApp::start().await;
    app.telegram.misbehave(Misbehaviour::new(Fault::DuplicateUpdate).always());
    let ani = app.ani();
    ani.says_and_reads("/new", "1 dari 5").await;
    ani.says_and_reads("Kaos polos", "2 dari 5").await;
    ani.says_and_reads("75rb", "3 dari 5").await;
    for (tap, shown) in [("10×", "4 dari 5"), ("3 hari", "5 dari 5"), ("Siapa saja", "Sudah benar?")] {
        ani.presses(tap).await;
        ani.reads(shown).await;
    }
    ani.presses("✅ Buat").await;
    ani.reads("Tautan siap dibagikan").await;
    ani.says_and_reads("/links", "Tautan · 1").await;
    app.settles().await;
    for once in ["1 dari 5", "2 dari 5", "Tautan siap", "Tautan · 1", "Toko Anda sudah saya buka"] {
        assert!(ani.count(once) <= 1, "{once}:\n{}", ani.phone.transcript());
    }
    assert_eq!(ani.phone.unanswered_taps(), []);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_main_job_is_done_by_webhook_too() {
    let app = TestApp::start_with(Options { updates: UpdatesBy::Webhook, ..Options::default() }).await;
    let ani = app.ani();
    let customer = has_a_waiting_customer(&app, &ani).await;
    customer.pays().await;
    ani.reads("Rp150.000 dari Budi").await;
    assert!(app.telegram.calls_of("getUpdates").is_empty());

    let update = serde_json::json!({ "update_id": 1, "message": { "message_id": 1, "date": 1, "text": "/start",
        "chat": { "id": 66, "type": "private" }, "from": { "id": 66, "is_bot": false, "first_name": "M" } } });
    let address = app.base_url.join("webhooks/telegram").unwrap();
    for secret in [None, Some(""), Some("guessed")] {
        let mut request = reqwest::Client::new().post(address.clone()).json(&update);
        if let Some(secret) = secret {
            request = request.header("X-Telegram-Bot-Api-Secret-Token", secret);
        }
        assert_eq!(request.send().await.unwrap().status(), 401, "{secret:?}");
    }
    app.settles().await;
    assert!(app.telegram.calls_of("sendMessage").iter().all(|call| !is_to(call, 66)));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_poller_is_outlived() {
    let app = TestApp::start().await;
    let ani = app.ani();
    ani.says_and_reads("/start", "1/4").await;
    let address = format!("{}bot{TOKEN}/getUpdates", app.telegram_url());
    let client = reqwest::Client::builder().timeout(Duration::from_secs(5)).build().unwrap();
    client.post(address).json(&serde_json::json!({ "timeout": 0 })).send().await.unwrap();
    ani.presses("Lanjut").await;
    ani.reads("2/4").await;
    let refused = app.telegram.calls_of("getUpdates").iter().filter(|call| call.status == 409).count();
    assert_eq!(refused, 1, "it waits before it polls again, and does not fight");
}

/// A customer who has chosen how to pay 150,000 rupiah for a link of the seller's.
async fn has_a_waiting_customer(app: &TestApp, seller: &Seller) -> Customer {
    let link = seller.makes_a_link("kaos 150rb").await;
    let mut budi = app.customer();
    budi.orders(&link, "Budi", "BCA").await;
    budi
}

fn is_to(call: &tautan::simulator::telegram::Call, chat: i64) -> bool {
    let value = &call.body["chat_id"];
    value.as_i64() == Some(chat) || value.as_str() == Some(&chat.to_string())
}

fn order_code(notice: &str) -> &str {
    notice.split_whitespace().find(|word| word.starts_with('#')).expect("an order code")
}
