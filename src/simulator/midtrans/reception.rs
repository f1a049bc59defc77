//! Stands in front of the Core API and Snap: journal, key check, planned faults, idempotency.

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use data_encoding::BASE64;
use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::MidtransSimulator;
use super::charge_request::{ChargeRequest, Rejection};
use super::idempotency::{Claim, IdempotencyKeys};
use super::journal::{Direction, JournalEntry};
use super::misbehaviour::{Conduct, Endpoint, alter, take};

/// About 16 kB of body, and not one byte more.
const LONGEST_BODY: usize = 16_000;
const LONGEST_ANSWER: usize = 1 << 20;

/// An answer in JSON whose business code stands in the body.
pub(super) struct Answer {
    pub(super) status: StatusCode,
    pub(super) body: Value,
}

impl Answer {
    pub(super) fn found(body: Map<String, Value>) -> Self {
        Self { status: StatusCode::OK, body: Value::Object(body) }
    }

    /// HTTP 200 with the code in the body, except for the few codes that HTTP shows too.
    pub(super) fn code(code: u16, message: &str) -> Self {
        let status = match code {
            202 | 401 | 405 | 413 | 429 | 500.. => StatusCode::from_u16(code).unwrap_or(StatusCode::OK),
            _ => StatusCode::OK,
        };
        let body = json!({"status_code": code.to_string(), "status_message": message, "id": Uuid::new_v4()});
        Self { status, body }
    }
}

impl From<Rejection> for Answer {
    fn from(rejection: Rejection) -> Self {
        let mut answer = Self::code(rejection.code, &rejection.message);
        if !rejection.validation_messages.is_empty() {
            answer.body["validation_messages"] = json!(rejection.validation_messages);
        }
        answer
    }
}

impl IntoResponse for Answer {
    fn into_response(self) -> Response {
        (self.status, axum::Json(self.body)).into_response()
    }
}

/// Journals the request, and its answer as it finally leaves.
pub(super) async fn receive(
    State(simulator): State<MidtransSimulator>,
    request: Request,
    next: Next,
) -> Response {
    let (parts, body) = request.into_parts();
    let body = to_bytes(body, LONGEST_BODY).await;
    let readable =
        body.as_ref().map_or_else(ToString::to_string, |body| String::from_utf8_lossy(body).into_owned());
    let path = parts.uri.path_and_query().map_or("/", |path| path.as_str());
    let now = simulator.inner.clock.now();
    let entry = JournalEntry::new(Direction::Received, now, parts.method.as_str(), path, readable)
        .with_headers(&parts.headers);
    let number = simulator.books(|books| books.journal.write(entry));
    let outcome = if !holds_key(&parts.headers, &simulator.server_key()) {
        let denied = "Transaction cannot be authorized with the current client/server key.";
        Outcome::of(Answer::code(401, denied))
    } else if let Ok(body) = body {
        simulator.misbehave_or_serve(Arrived { parts, body }, next).await
    } else {
        Outcome::of(Answer::code(413, "The request body is too large"))
    };
    let (status, text) = match &outcome {
        Outcome::Answered { status, body } => (Some(status.as_u16()), body.clone()),
        Outcome::Cut => (None, "the connection was cut".to_owned()),
    };
    simulator.books(|books| books.journal.answered(number, status, text));
    simulator.dispatch();
    outcome.into_response()
}

/// HTTP Basic: the key as user name, an empty password.
pub(super) fn holds_key(headers: &HeaderMap, server_key: &str) -> bool {
    let given = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let encoded = given
        .and_then(|value| value.split_once(' '))
        .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("basic"));
    let decoded = encoded.and_then(|(_, encoded)| BASE64.decode(encoded.trim().as_bytes()).ok());
    decoded.is_some_and(|decoded| decoded == format!("{server_key}:").as_bytes())
}

struct Arrived {
    parts: axum::http::request::Parts,
    body: Bytes,
}

enum Outcome {
    Answered { status: StatusCode, body: String },
    Cut,
}

impl Outcome {
    fn of(answer: Answer) -> Self {
        Self::Answered { status: answer.status, body: answer.body.to_string() }
    }
}

impl IntoResponse for Outcome {
    fn into_response(self) -> Response {
        match self {
            Self::Answered { status, body } => {
                let json = HeaderValue::from_static("application/json");
                (status, [(header::CONTENT_TYPE, json)], body).into_response()
            }
            Self::Cut => cut(),
        }
    }
}

/// A body that fails before its first byte makes the server drop the connection unanswered.
pub(super) fn cut() -> Response {
    let broken = futures::stream::once(async {
        Err::<Bytes, _>(std::io::Error::from(std::io::ErrorKind::ConnectionReset))
    });
    Body::from_stream(broken).into_response()
}

impl MidtransSimulator {
    async fn misbehave_or_serve(&self, arrived: Arrived, next: Next) -> Outcome {
        let endpoint = endpoint_of(&arrived.parts.method, arrived.parts.uri.path());
        let order_id = self.order_id_of(&arrived);
        let now = self.inner.clock.now();
        let conduct = endpoint
            .and_then(|endpoint| self.books(|books| take(&mut books.script, endpoint, order_id.as_deref())));
        let admitted = endpoint != Some(Endpoint::Charge) || self.books(|books| books.admit_charge(now));
        match &conduct {
            Some(Conduct::ServerError { status }) => return broken(*status),
            Some(Conduct::CutBeforeAcceptance) => return Outcome::Cut,
            Some(Conduct::TooManyRequests) => return too_many(),
            _ if !admitted => return too_many(),
            _ => {}
        }
        let held = conduct == Some(Conduct::Hang);
        let served = self.serve_once(arrived, next, held).await;
        match conduct {
            Some(Conduct::HangAfterAcceptance) => {
                self.dispatch();
                self.hang().await;
                served
            }
            Some(Conduct::ServerErrorAfterAcceptance { status }) => broken(status),
            Some(Conduct::CutAfterAcceptance) => Outcome::Cut,
            Some(Conduct::GarbageJson) => {
                Outcome::Answered { status: StatusCode::OK, body: "{\"status_code\":\"20".to_owned() }
            }
            Some(Conduct::AppDeeplink) => led_to_the_app(served),
            Some(Conduct::Alter { fields }) => altered(served, &fields),
            _ => served,
        }
    }

    /// Honours `Idempotency-Key`: an old answer is given again, a running twin is told so.
    async fn serve_once(&self, arrived: Arrived, next: Next, held: bool) -> Outcome {
        let key = arrived.parts.headers.get("idempotency-key").and_then(|value| value.to_str().ok());
        let usable = key.filter(|key| {
            arrived.parts.method == Method::POST
                && IdempotencyKeys::is_usable(key)
                && !self.ignores_key(&arrived)
        });
        let Some(key) = usable.map(str::to_owned) else { return self.serve(arrived, next, held).await };
        let now = self.inner.clock.now();
        match self.books(|books| books.idempotency.claim(&key, now)) {
            Claim::Repeat(status, body) => return Outcome::Answered { status, body },
            Claim::TwinInFlight => {
                return Outcome::of(Answer::code(202, "A request with this Idempotency-Key is in progress"));
            }
            Claim::New => {}
        }
        // Dropped when the caller leaves before the answer, too.
        let _claim = ClaimGuard { simulator: self.clone(), key: key.clone() };
        let outcome = self.serve(arrived, next, held).await;
        if let Outcome::Answered { status, body } = &outcome
            && status.is_success()
            && is_success(body)
        {
            let now = self.inner.clock.now();
            self.books(|books| books.idempotency.keep(&key, *status, body.clone(), now));
        }
        outcome
    }

    async fn serve(&self, arrived: Arrived, next: Next, held: bool) -> Outcome {
        if held {
            self.hang().await;
        }
        let response = next.run(Request::from_parts(arrived.parts, Body::from(arrived.body))).await;
        let status = response.status();
        let body = to_bytes(response.into_body(), LONGEST_ANSWER).await.unwrap_or_default();
        Outcome::Answered { status, body: String::from_utf8_lossy(&body).into_owned() }
    }

    fn ignores_key(&self, arrived: &Arrived) -> bool {
        arrived.parts.uri.path().ends_with("/charge")
            && ChargeRequest::read(&arrived.body, self.inner.clock.now())
                .is_ok_and(|request| request.method.ignores_idempotency())
    }

    async fn hang(&self) {
        let mut releases = self.inner.releases.subscribe();
        let _held = HangGuard::new(self);
        let stopping = self.inner.stopping.clone();
        stopping.run_until_cancelled(releases.changed()).await;
    }

    /// The order a request is about, also when it names the transaction.
    fn order_id_of(&self, arrived: &Arrived) -> Option<String> {
        if let Ok(body) = serde_json::from_slice::<Value>(&arrived.body) {
            let named = body.get("transaction_details").and_then(|details| details.get("order_id"));
            if let Some(order_id) = named.and_then(Value::as_str) {
                return Some(order_id.to_owned());
            }
        }
        let id = arrived.parts.uri.path().split('/').nth(2)?;
        self.books(|books| books.find(id).map(|transaction| transaction.order_id.clone()))
    }
}

struct ClaimGuard {
    simulator: MidtransSimulator,
    key: String,
}

impl Drop for ClaimGuard {
    fn drop(&mut self) {
        self.simulator.books(|books| books.idempotency.give_up(&self.key));
    }
}

struct HangGuard<'a>(&'a MidtransSimulator);

impl<'a> HangGuard<'a> {
    fn new(simulator: &'a MidtransSimulator) -> Self {
        simulator.books(|books| books.hanging += 1);
        simulator.ring();
        Self(simulator)
    }
}

impl Drop for HangGuard<'_> {
    fn drop(&mut self) {
        self.0.books(|books| books.hanging = books.hanging.saturating_sub(1));
        self.0.ring();
    }
}

fn endpoint_of(method: &Method, path: &str) -> Option<Endpoint> {
    if path.starts_with("/snap/") {
        return Some(Endpoint::Snap);
    }
    let mut segments = path.trim_start_matches('/').split('/').skip(1);
    let (first, second) = (segments.next()?, segments.next());
    match (method, first, second) {
        (&Method::POST, "charge", None) => Some(Endpoint::Charge),
        (&Method::GET, _, Some("status")) => Some(Endpoint::Status),
        (&Method::POST, _, Some("cancel")) => Some(Endpoint::Cancel),
        (&Method::POST, _, Some("expire")) => Some(Endpoint::Expire),
        (&Method::POST, _, Some("refund")) => Some(Endpoint::Refund),
        (&Method::POST, _, Some("approve")) => Some(Endpoint::Approve),
        (&Method::POST, _, Some("deny")) => Some(Endpoint::Deny),
        _ => None,
    }
}

/// Only successful answers are stored under a key; 407 is what a successful expire says.
fn is_success(body: &str) -> bool {
    let value: Value = serde_json::from_str(body).unwrap_or_default();
    let code = value.get("status_code").and_then(Value::as_str).and_then(|code| code.parse::<u16>().ok());
    code.is_none_or(|code| code < 300 || code == 407)
}

fn altered(served: Outcome, fields: &Map<String, Value>) -> Outcome {
    let Outcome::Answered { status, body } = served else { return served };
    let Ok(Value::Object(mut object)) = serde_json::from_str(&body) else {
        return Outcome::Answered { status, body };
    };
    alter(&mut object, fields);
    Outcome::Answered { status, body: Value::Object(object).to_string() }
}

/// What the real GoPay leads to: an address that no browser opens, and no camera.
fn led_to_the_app(served: Outcome) -> Outcome {
    let Outcome::Answered { status, body } = served else { return served };
    let mut answer: Value = serde_json::from_str(&body).unwrap_or_default();
    let id = answer["transaction_id"].as_str().unwrap_or_default();
    let address = format!("gojek://gopay/merchanttransfer?tref={id}");
    let actions = answer.get_mut("actions").and_then(Value::as_array_mut);
    let Some(action) = actions.and_then(|all| all.iter_mut().find(|it| it["name"] == "deeplink-redirect"))
    else {
        return Outcome::Answered { status, body };
    };
    action["url"] = json!(address);
    Outcome::Answered { status, body: answer.to_string() }
}

fn broken(status: u16) -> Outcome {
    Outcome::of(Answer::code(status, "Sorry, we encountered internal server error. We will fix this soon."))
}

fn too_many() -> Outcome {
    Outcome::of(Answer::code(429, "API rate limit exceeded"))
}
