//! T8: whoever has no key is not believed, whatever is sent.

#![expect(clippy::unwrap_used, reason = "a story that cannot go on fails")]

use axum::body::Body;
use axum::http::{HeaderValue, Request, StatusCode};
use rand::SeedableRng;
use rand::rngs::StdRng;
use reqwest::header::HeaderMap;
use secrecy::ExposeSecret;
use serde_json::Value;
use tautan::domain::clock::ShiftedClock;
use tautan::domain::order::OrderState;
use tautan::gateways::PaymentGateway;
use tautan::gateways::midtrans::{MidtransGateway, MidtransSettings, Timeouts};
use tautan::simulator::midtrans::Direction;
use tautan::storage::Storage;
use tautan::web::telegram_webhook::{
    TELEGRAM_WEBHOOK_PATH, TelegramWebhook, telegram_webhook, webhook_secret,
};
use tower::ServiceExt;

use self::mutants::{Genuine, mutate, wrong_secret};
use super::{Promise, Size};
use crate::support::database::TestDatabase;
use crate::support::test_app::{SERVER_KEY, TestApp};

mod mutants;

const HOOK: &str = "webhooks/midtrans/sandbox";

/// A failure names the seed, and the same seed sends the same forgeries.
const SEED: u64 = 0x7a_75_74_61_6e;

#[tokio::test(flavor = "multi_thread")]
async fn t08_no_forged_notice_is_accepted() {
    let mut promise = Promise::new(8, "of 60,000 mutated notices none is accepted");
    let count = Size::of_run().pick(1_200, 15_000, 60_000);
    let genuine = Genuine::signed("T-4K2J9M-abcdefghijklm", "201", "150000.00");
    let gateway = gateway();
    assert!(gateway.verify_notice(&HeaderMap::new(), genuine.text().as_bytes()).is_ok(), "before any change");
    let mut random = StdRng::seed_from_u64(SEED);
    let mut accepted = Vec::new();
    for _ in 0..count {
        let (how, body) = mutate(&genuine, &mut random);
        let taken = gateway.verify_notice(&HeaderMap::new(), &body);
        // A shifted field hashes the same; it names another charge then, which is looked up and not found.
        if taken.is_ok_and(|notice| notice.gateway_order_id.as_str() == genuine.order_id) {
            accepted.push((how, String::from_utf8_lossy(&body).into_owned()));
        }
    }
    promise.measured(format!("{count} mutated notices, {} accepted", accepted.len()));
    assert!(accepted.is_empty(), "{accepted:#?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn t08_no_forged_notice_makes_anybody_ask_or_pay() {
    let mut promise = Promise::new(8, "of 10,000 mutated notices over HTTP none is accepted");
    let count = Size::of_run().pick(200, 2_000, 10_000);
    let app = TestApp::start().await;
    let ani = app.ani();
    let link = ani.makes_a_link("kaos hitam 150rb").await;
    let mut budi = app.customer();
    budi.orders(&link, "Budi", "BCA Virtual Account").await;
    let id = budi.gateway_order_id().await;
    app.settles().await;
    let journal = app.bank.journal();
    let notice = &journal.iter().rfind(|entry| entry.direction == Direction::Sent).unwrap().body;
    let genuine = Genuine::read(serde_json::from_str::<Value>(notice).unwrap());
    assert_eq!(genuine.order_id, id);
    let asked = app.bank_was_asked("/status");
    let known = notices_about(&app, &id).await;
    let mut random = StdRng::seed_from_u64(SEED + 1);
    let (mut refused, mut about_nothing) = (0, 0);
    for _ in 0..count {
        let (how, body) = mutate(&genuine, &mut random);
        let request = app.request("POST", HOOK).header("content-type", "application/json");
        match request.body(body.clone()).send().await.unwrap().status().as_u16() {
            400 | 401 => refused += 1,
            // Genuine, but shifted: kept as a notice about a charge that does not exist.
            200 => about_nothing += 1,
            other => panic!("{how}: {other} for {}", String::from_utf8_lossy(&body)),
        }
    }
    app.settles().await;
    let accepted = notices_about(&app, &id).await - known;
    promise
        .measured(format!("{refused} refused, {about_nothing} about no charge of ours, {accepted} accepted"));
    assert_eq!(accepted, 0);
    assert_eq!(app.bank_was_asked("/status"), asked, "a forger makes nobody work");
    assert_eq!(app.order(&budi).await.order.state, OrderState::Awaiting);
    assert_eq!(ani.count("dari Budi"), 0);
}

#[tokio::test]
async fn t08_no_forged_update_is_accepted() {
    let mut promise = Promise::new(8, "of 30,000 updates with a wrong secret none is accepted");
    let count = Size::of_run().pick(600, 6_000, 30_000);
    let database = TestDatabase::create().await;
    let storage = Storage::open(&database.url(), ShiftedClock::default()).await.unwrap();
    let secret = webhook_secret(&[7; 32], &"700000001:the-token-of-the-bot".to_owned().into());
    let genuine = secret.expose_secret().to_owned();
    let router = telegram_webhook(TelegramWebhook { storage: storage.clone(), secret, inline: None });
    let mut random = StdRng::seed_from_u64(SEED + 2);
    let mut accepted = Vec::new();
    for number in 0..count {
        let update = format!(r#"{{"update_id":{number},"message":{{"chat":{{"id":1}},"text":"/start"}}}}"#);
        let mut request = Request::post(TELEGRAM_WEBHOOK_PATH);
        let shown = wrong_secret(&genuine, &mut random);
        if let Some(shown) = shown.as_ref().and_then(|shown| HeaderValue::from_bytes(shown).ok()) {
            request = request.header("X-Telegram-Bot-Api-Secret-Token", shown);
        }
        let answer = router.clone().oneshot(request.body(Body::from(update)).unwrap()).await.unwrap();
        if answer.status() != StatusCode::UNAUTHORIZED {
            accepted.push((shown, answer.status()));
        }
    }
    let stored = storage.read().await.unwrap().count_waiting_updates().await.unwrap();
    promise.measured(format!("{count} updates with a wrong secret, {} accepted", accepted.len()));
    assert!(accepted.is_empty(), "{accepted:?}");
    assert_eq!(stored, 0);
}

fn gateway() -> MidtransGateway {
    MidtransGateway::new(MidtransSettings {
        server_key: SERVER_KEY.into(),
        api_url: "http://127.0.0.1:9/".parse().unwrap(),
        snap_url: "http://127.0.0.1:9/".parse().unwrap(),
        merchant_id: None,
        timeouts: Timeouts::default(),
    })
    .unwrap()
}

/// How many different notices were taken as being about a charge.
async fn notices_about(app: &TestApp, id: &str) -> usize {
    let query = format!("select fingerprint from gateway_notices where gateway_order_id = '{id}'");
    app.database().texts(&query).await.unwrap().len()
}
