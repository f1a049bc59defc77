//! Proofs of delivery: the long poll, and the webhook with its repeats.

use std::sync::Arc;

use axum::{
    Json, Router,
    extract::State,
    http::{HeaderMap, StatusCode},
    routing::post,
};
use serde_json::{Value, json};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

use super::{chat_tests::Stage, *};

#[tokio::test]
async fn a_poll_waits_confirms_and_ends_an_older_one() {
    let stage = Arc::new(Stage::open().await);
    let asking = stage.clone();
    let first = tokio::spawn(async move { asking.call("getUpdates", json!({ "timeout": 30 })).await });
    stage
        .ani
        .waits_until("the first poll hangs", |_| {
            stage.telegram.simulator.inner.look(|w| !w.latest.is_empty())
        })
        .await;
    let asking = stage.clone();
    let second = tokio::spawn(async move { asking.call("getUpdates", json!({ "timeout": 30 })).await });
    assert_eq!(first.await.unwrap()["error_code"], json!(409));
    let update_id = stage.ani.says("halo");
    let updates = second.await.unwrap();
    assert_eq!(updates["result"][0]["update_id"], json!(update_id));
    assert_eq!(stage.telegram.simulator.updates_pending(), 1, "seen is not yet confirmed");
    stage.result("getUpdates", json!({ "offset": update_id + 1 })).await;
    stage.ani.settles().await;
    stage.ani.says("one");
    stage.ani.blocks_bot();
    let kinds = json!(["my_chat_member"]);
    let updates = stage.result("getUpdates", json!({ "allowed_updates": kinds })).await;
    assert_eq!(updates.as_array().unwrap().len(), 1, "the text was not asked for: {updates}");
    assert_eq!(updates[0]["my_chat_member"]["new_chat_member"]["status"], json!("kicked"));
}

#[tokio::test]
async fn updates_are_doubled_held_and_reordered_on_request() {
    let stage = Stage::open().await;
    let simulator = &stage.telegram.simulator;
    simulator.misbehave(Misbehaviour::new(Fault::DuplicateUpdate).containing("twice"));
    simulator.misbehave(Misbehaviour::new(Fault::HoldUpdate).containing("later"));
    simulator.misbehave(Misbehaviour::new(Fault::ReorderUpdate).containing("early"));
    for text in ["later", "twice", "early"] {
        stage.ani.says(text);
    }
    let texts = |updates: &Value| -> Vec<String> {
        let texts =
            updates.as_array().unwrap().iter().map(|update| update["message"]["text"].as_str().unwrap());
        texts.map(str::to_owned).collect()
    };
    let updates = stage.result("getUpdates", json!({})).await;
    assert_eq!(texts(&updates), ["early", "twice", "twice"]);
    let last =
        updates.as_array().unwrap().iter().map(|update| update["update_id"].as_i64().unwrap()).max().unwrap();
    assert_eq!(stage.result("getUpdates", json!({ "offset": last + 1 })).await, json!([]));
    simulator.release_updates();
    assert_eq!(texts(&stage.result("getUpdates", json!({ "offset": last + 1 })).await), ["later"]);
}

type Seen = (String, Value, UnboundedSender<StatusCode>);

async fn bot_server() -> (String, UnboundedReceiver<Seen>) {
    let (send, receive) = unbounded_channel();
    let router = Router::new().route(
        "/hook",
        post(|State(send): State<UnboundedSender<Seen>>, headers: HeaderMap, Json(update): Json<Value>| async move {
            let secret = headers.get("x-telegram-bot-api-secret-token").and_then(|value| value.to_str().ok());
            let (answer, mut verdict) = unbounded_channel();
            send.send((secret.unwrap_or_default().to_owned(), update, answer)).unwrap();
            verdict.recv().await.unwrap()
        }),
    );
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/hook", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, router.with_state(send)).await });
    (url, receive)
}

#[tokio::test]
async fn a_webhook_gets_each_chat_in_order_until_it_says_yes() {
    let stage = Stage::open().await;
    let simulator = &stage.telegram.simulator;
    simulator.retry_webhooks_after(vec![Duration::ZERO, Duration::from_millis(1)]);
    let budi = simulator.person(Person::named(1002, "Budi", "id"));
    let (url, mut seen) = bot_server().await;
    let plain = json!({ "url": "http://bot.example/hook" });
    assert!(stage.refusal("setWebhook", plain).await.contains("HTTPS URL must be provided"));
    stage.result("setWebhook", json!({ "url": url, "secret_token": "s-1" })).await;
    assert_eq!(stage.call("getUpdates", json!({})).await["error_code"], json!(409));
    stage.ani.says("first");
    stage.ani.says("second");
    let (secret, update, first) = seen.recv().await.unwrap();
    assert_eq!((secret.as_str(), &update["message"]["text"]), ("s-1", &json!("first")));
    budi.says("from Budi");
    let (_, update, other) = seen.recv().await.unwrap();
    assert_eq!(update["message"]["text"], json!("from Budi"), "another chat does not wait");
    other.send(StatusCode::OK).unwrap();
    first.send(StatusCode::SERVICE_UNAVAILABLE).unwrap();
    let (_, update, again) = seen.recv().await.unwrap();
    assert_eq!(update["message"]["text"], json!("first"), "refused, so it comes again");
    let info = stage.result("getWebhookInfo", json!({})).await;
    assert!(info["last_error_message"].as_str().unwrap().contains("503"), "{info}");
    again.send(StatusCode::NO_CONTENT).unwrap();
    let (_, update, second) = seen.recv().await.unwrap();
    assert_eq!(update["message"]["text"], json!("second"));
    second.send(StatusCode::OK).unwrap();
    stage.ani.settles().await;
    budi.settles().await;
    assert_eq!(simulator.updates_pending(), 0);
    stage.result("deleteWebhook", json!({})).await;
    assert_eq!(stage.result("getWebhookInfo", json!({})).await["url"], json!(""));
}

#[tokio::test]
async fn a_doubled_update_reaches_the_webhook_twice() {
    let stage = Stage::open().await;
    stage.telegram.simulator.misbehave(Misbehaviour::new(Fault::DuplicateUpdate));
    let (url, mut seen) = bot_server().await;
    stage.ani.says("halo");
    stage.result("setWebhook", json!({ "url": url })).await;
    let (_, one, answer) = seen.recv().await.unwrap();
    answer.send(StatusCode::OK).unwrap();
    let (_, two, answer) = seen.recv().await.unwrap();
    answer.send(StatusCode::OK).unwrap();
    assert_eq!(one, two);
    stage.ani.settles().await;
}
