//! The Core API: charge, status and what a shop may ask for afterwards.

use axum::Router;
use axum::body::Bytes;
use axum::extract::{OriginalUri, Path, State};
use axum::http::{HeaderMap, Uri, header};
use axum::middleware::from_fn_with_state;
use axum::routing::{get, post};
use serde_json::{Map, Value, json};
use url::Url;

use super::MidtransSimulator;
use super::books::Counter;
use super::charge_request::{ChargeRequest, Rejection};
use super::payment_method::PaymentMethod;
use super::qr_picture;
use super::reception::{Answer, receive};
use super::snap;
use super::transaction::{Change, Refusal, Transaction, two_decimals};

/// More addresses in a notice header are ignored.
const MOST_NOTICE_URLS: usize = 3;

pub(super) fn router(simulator: &MidtransSimulator) -> Router {
    let guarded = Router::new()
        .route("/v2/charge", post(charge))
        .route("/v2/{id}/status", get(status))
        .route("/v2/{id}/status/b2b", get(status_b2b))
        .route("/v2/{id}/cancel", post(cancel))
        .route("/v2/{id}/expire", post(expire))
        .route("/v2/{id}/refund", post(refund))
        .route("/v2/{id}/refund/online/direct", post(refund))
        .route("/v2/{id}/approve", post(approve))
        .route("/v2/{id}/deny", post(deny))
        .merge(snap::api_router())
        .route_layer(from_fn_with_state(simulator.clone(), receive));
    guarded.route("/v2/qris/{id}/qr-code", get(qr_picture::show)).with_state(simulator.clone())
}

async fn charge(
    State(simulator): State<MidtransSimulator>,
    OriginalUri(uri): OriginalUri,
    headers: HeaderMap,
    body: Bytes,
) -> Answer {
    let core = base_url(&headers, &uri, "/v2/charge");
    let notify_urls = simulator.notify_urls(&headers);
    let now = simulator.inner.clock.now();
    match ChargeRequest::read(&body, now) {
        Ok(request) => match simulator.open(request, &core, notify_urls) {
            Ok(answer) => Answer::found(answer),
            Err(rejection) => rejection.into(),
        },
        Err(rejection) => rejection.into(),
    }
}

async fn status(State(simulator): State<MidtransSimulator>, Path(id): Path<String>) -> Answer {
    simulator.look_up(&id).map_or_else(unknown, |fields| {
        let code = fields.get("status_code").and_then(Value::as_str).unwrap_or("200").to_owned();
        let message = if code == "407" { "Transaction has expired" } else { "Success, transaction is found" };
        Answer::found(with_message(fields, message))
    })
}

async fn status_b2b(State(simulator): State<MidtransSimulator>, Path(id): Path<String>) -> Answer {
    simulator.look_up(&id).map_or_else(unknown, |fields| {
        let found = json!({"status_code": "200", "status_message": "Success, transactions found",
            "current_page": 0, "total_page": 1, "transactions": [fields]});
        Answer { status: axum::http::StatusCode::OK, body: found }
    })
}

async fn cancel(State(simulator): State<MidtransSimulator>, Path(id): Path<String>) -> Answer {
    simulator.act(&id, Change::Cancel, "200", "Success, transaction is canceled")
}

async fn expire(State(simulator): State<MidtransSimulator>, Path(id): Path<String>) -> Answer {
    simulator.act(&id, Change::Expire, "407", "Success, transaction is expired")
}

async fn approve(State(simulator): State<MidtransSimulator>, Path(id): Path<String>) -> Answer {
    simulator.act(&id, Change::Approve, "200", "Success, transaction is approved")
}

async fn deny(State(simulator): State<MidtransSimulator>, Path(id): Path<String>) -> Answer {
    simulator.act(&id, Change::Reject, "200", "Success, transaction is denied")
}

async fn refund(State(simulator): State<MidtransSimulator>, Path(id): Path<String>, body: Bytes) -> Answer {
    match read_refund(&body) {
        Ok(change) => simulator.act(&id, change, "200", "Success, refund request is approved"),
        Err(rejection) => rejection.into(),
    }
}

/// Address of the API as the caller sees it, also when it is nested under a prefix.
pub(super) fn base_url(headers: &HeaderMap, uri: &Uri, endpoint: &str) -> String {
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or("localhost");
    let prefix = uri.path().strip_suffix(endpoint).unwrap_or_default();
    format!("http://{host}{prefix}")
}

impl MidtransSimulator {
    /// Opens a transaction and composes the answer of the charge.
    pub(super) fn open(
        &self,
        request: ChargeRequest,
        core: &str,
        notify_urls: Vec<Url>,
    ) -> Result<Map<String, Value>, Rejection> {
        let public = self.public_url(core);
        let now = self.inner.clock.now();
        let answer = self.books(|books| {
            let counter = Counter { core, public: &public, store: "TAUTAN SIMULATOR", notify_urls };
            let transaction_id = books.open(request, counter, now)?;
            Ok(books.find(&transaction_id).map(describe_charge).unwrap_or_default())
        });
        self.dispatch();
        answer
    }

    /// Where people go; without a setting, the address that `core` names.
    pub(super) fn public_url(&self, core: &str) -> String {
        let set = self.inner.settings.public_url.as_ref().map(Url::as_str);
        set.unwrap_or(core).trim_end_matches('/').to_owned()
    }

    /// `X-Override-Notification` wins over everything; `X-Append-Notification` adds to the merchant's own.
    pub(super) fn notify_urls(&self, headers: &HeaderMap) -> Vec<Url> {
        let listed = |name: &str| -> Option<Vec<Url>> {
            let text = headers.get(name)?.to_str().ok()?;
            Some(text.split(',').filter_map(|url| url.trim().parse().ok()).take(MOST_NOTICE_URLS).collect())
        };
        if let Some(urls) = listed("x-override-notification") {
            return urls;
        }
        let own = self.inner.settings.notify_url.clone();
        own.into_iter().chain(listed("x-append-notification").unwrap_or_default()).collect()
    }

    fn look_up(&self, id: &str) -> Option<Map<String, Value>> {
        self.expire_overdue();
        self.books(|books| {
            let transaction = books.find(id)?;
            let mut fields = transaction.describe();
            fields.insert("status_code".to_owned(), json!(transaction.answer_code()));
            Some(books.signed(fields))
        })
    }

    fn act(&self, id: &str, change: Change, code: &str, message: &str) -> Answer {
        let now = self.inner.clock.now();
        let outcome = self.books(|books| {
            let outcome = books.change(id, change, now)?;
            Some(outcome.map(|()| books.find(id).map(describe_action).unwrap_or_default()))
        });
        match outcome {
            None => unknown(),
            Some(Ok(mut fields)) => {
                fields.insert("status_code".to_owned(), json!(code));
                Answer::found(with_message(fields, message))
            }
            Some(Err(Refusal::StatusCannotChange)) => {
                Answer::code(412, "Transaction status cannot be updated.")
            }
            Some(Err(Refusal::RefundAmount)) => {
                Answer::code(414, "Refund request is rejected: invalid amount")
            }
            Some(Err(Refusal::RefundKeyUsed)) => Answer::code(406, "Duplicate refund key"),
        }
    }
}

fn describe_charge(transaction: &Transaction) -> Map<String, Value> {
    let mut fields = transaction.describe();
    fields.remove("payment_amounts");
    fields.extend(transaction.instructions.in_charge.clone());
    fields.insert("status_code".to_owned(), json!("201"));
    let message = match transaction.method {
        PaymentMethod::MandiriBill => "OK, Mandiri Bill transaction is successful",
        PaymentMethod::QrisGopay | PaymentMethod::QrisShopee => "QRIS transaction is created",
        PaymentMethod::Gopay => "GoPay transaction is created",
        PaymentMethod::Shopeepay => "ShopeePay transaction is created",
        PaymentMethod::Indomaret | PaymentMethod::Alfamart => "Success, cstore transaction is successful",
        _ => "Success, Bank Transfer transaction is created",
    };
    with_message(fields, message)
}

/// The answer of a refund names the newest one at the top level.
fn describe_action(transaction: &Transaction) -> Map<String, Value> {
    let mut fields = transaction.describe();
    if let Some(refund) = transaction.refunds.last() {
        fields.insert("refund_chargeback_id".to_owned(), json!(refund.id));
        fields.insert("refund_chargeback_uuid".to_owned(), json!(refund.uuid));
        fields.insert("refund_amount".to_owned(), json!(two_decimals(refund.amount)));
        fields.insert("refund_key".to_owned(), json!(refund.key));
    }
    fields
}

fn read_refund(body: &[u8]) -> Result<Change, Rejection> {
    let invalid = |text: &str| Err(Rejection::invalid(vec![text.to_owned()]));
    let value: Value =
        if body.is_empty() { json!({}) } else { serde_json::from_slice(body).unwrap_or_default() };
    let Value::Object(fields) = value else {
        return Err(Rejection::new(
            413,
            "The request cannot be processed due to malformed syntax in the request body",
        ));
    };
    let present = |name: &str| fields.get(name).filter(|value| !value.is_null());
    let key = match present("refund_key") {
        None => None,
        Some(Value::String(key))
            if key.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte)) =>
        {
            Some(key.clone()).filter(|key| !key.is_empty())
        }
        Some(_) => return invalid("refund_key contains a character that is not allowed"),
    };
    let amount = match present("amount") {
        None => None,
        Some(value) => match value.as_i64() {
            Some(amount) => Some(amount),
            None => return invalid("amount must be a whole number"),
        },
    };
    let reason = match present("reason") {
        None => None,
        Some(Value::String(reason)) if reason.chars().count() <= 255 => Some(reason.clone()),
        Some(_) => return invalid("reason size must be between 0 and 255"),
    };
    Ok(Change::Refund { key, amount, reason })
}

fn with_message(mut fields: Map<String, Value>, message: &str) -> Map<String, Value> {
    fields.insert("status_message".to_owned(), json!(message));
    fields
}

fn unknown() -> Answer {
    Answer::code(404, "Transaction doesn't exist.")
}
