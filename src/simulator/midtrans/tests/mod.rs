//! The pretend Midtrans, talked to over real sockets.

mod bank;
mod charges;
mod faults;
mod notices;

use std::sync::{Arc, Mutex};

use axum::extract::State;
use axum::http::StatusCode;
use serde_json::{Value, json};

use super::signature::sign;
use super::{MidtransSettings, MidtransSimulator, RunningMidtrans};

const KEY: &str = "SB-Mid-server-EXAMPLE_not_a_real_key_0001";

/// A running simulator and a shop that takes its notices.
struct Scene {
    running: RunningMidtrans,
    shop: Shop,
    client: reqwest::Client,
}

/// Remembers notices and answers 200 unless told otherwise.
#[derive(Clone, Default)]
struct Shop {
    url: String,
    received: Arc<Mutex<Vec<Value>>>,
    answers: Arc<Mutex<Vec<u16>>>,
}

impl Shop {
    async fn open() -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/notices", listener.local_addr().unwrap());
        let shop = Self { url, ..Self::default() };
        let app =
            axum::Router::new().route("/notices", axum::routing::post(Self::take)).with_state(shop.clone());
        tokio::spawn(async move { axum::serve(listener, app).await.unwrap() });
        shop
    }

    async fn take(State(shop): State<Shop>, body: String) -> StatusCode {
        shop.received.lock().unwrap().push(serde_json::from_str(&body).unwrap());
        let next = shop.answers.lock().unwrap().pop();
        StatusCode::from_u16(next.unwrap_or(200)).unwrap()
    }

    fn statuses(&self) -> Vec<String> {
        let received = self.received.lock().unwrap();
        received.iter().map(|notice| notice["transaction_status"].as_str().unwrap().to_owned()).collect()
    }

    fn last(&self) -> Value {
        self.received.lock().unwrap().last().unwrap().clone()
    }
}

impl Scene {
    async fn set() -> Self {
        let shop = Shop::open().await;
        let settings = MidtransSettings {
            server_key: KEY.to_owned(),
            merchant_id: "G000000001".to_owned(),
            notify_url: Some(shop.url.parse().unwrap()),
            public_url: None,
        };
        let running = MidtransSimulator::start(settings, "127.0.0.1:0".parse().unwrap()).await.unwrap();
        let client = reqwest::Client::builder()
            .no_proxy()
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .unwrap();
        Self { running, shop, client }
    }

    fn simulator(&self) -> &MidtransSimulator {
        &self.running.simulator
    }

    fn post(&self, path: &str) -> reqwest::RequestBuilder {
        self.client.post(format!("{}{path}", self.running.url)).basic_auth(KEY, Some(""))
    }

    fn get(&self, path: &str) -> reqwest::RequestBuilder {
        self.client.get(format!("{}{path}", self.running.url)).basic_auth(KEY, Some(""))
    }

    async fn charge(&self, body: &Value) -> Value {
        self.post("/v2/charge").json(body).send().await.unwrap().json().await.unwrap()
    }

    async fn act(&self, path: &str) -> Value {
        self.post(path).send().await.unwrap().json().await.unwrap()
    }

    async fn status(&self, id: &str) -> Value {
        self.get(&format!("/v2/{id}/status")).send().await.unwrap().json().await.unwrap()
    }
}

fn va(bank: &str, order_id: &str) -> Value {
    json!({
        "payment_type": "bank_transfer",
        "bank_transfer": {"bank": bank},
        "transaction_details": {"order_id": order_id, "gross_amount": 50_000},
    })
}

fn of_type(payment_type: &str, order_id: &str) -> Value {
    let mut body = va("bca", order_id);
    body["payment_type"] = json!(payment_type);
    body
}

fn assert_signed(body: &Value) {
    let text = |name: &str| body[name].as_str().unwrap();
    let expected = sign(text("order_id"), text("status_code"), text("gross_amount"), KEY);
    assert_eq!(text("signature_key"), expected);
}
