//! Snap, as far as a redirect needs it: a token for an order, and a page where the payer picks a method.
//! `page_expiry` is read over: a page lives until its order is paid, cancelled or asked for anew.

use axum::Router;
use axum::body::Bytes;
use axum::extract::{OriginalUri, Path, Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use chrono::{DateTime, Duration, Utc};
use serde_json::{Map, Value, json};
use url::{Url, form_urlencoded};
use uuid::Uuid;

use super::MidtransSimulator;
use super::bank_page::{Way, escape, not_found, page, rupiah};
use super::charge_request::{ChargeRequest, Rejection};
use super::clock::parse_order_time;
use super::core_api::base_url;
use super::payment_method::{PaymentMethod, SHORTEST_EXPIRY};
use super::reception::Answer;
use super::request_fields::{Complaints, custom_fields, customer, items, order};
use super::transaction::Status;

/// Seconds.
const LONGEST_EXPIRY: i64 = 7 * 24 * 3600;

#[derive(Debug, Clone)]
pub(super) struct SnapSession {
    pub(super) order_id: String,
    gross_amount: i64,
    echoes: Map<String, Value>,
    methods: Vec<PaymentMethod>,
    notify_urls: Vec<Url>,
    core: String,
    /// From where (the pick, when absent) and for how many seconds a payment may take.
    expiry: Option<(Option<DateTime<Utc>>, i64)>,
    finish_url: Option<Url>,
    canceled: bool,
}

pub(super) fn api_router() -> Router<MidtransSimulator> {
    Router::new()
        .route("/snap/v1/transactions", post(create))
        .route("/snap/v1/transactions/{token}/cancel", post(cancel))
}

pub(super) fn page_router(simulator: &MidtransSimulator) -> Router {
    Router::new()
        .route("/pay/{token}", get(choose))
        .route("/pay/{token}/{method}", post(chosen))
        .with_state(simulator.clone())
}

async fn create(
    State(simulator): State<MidtransSimulator>,
    OriginalUri(uri): OriginalUri,
    headers: HeaderMap,
    body: Bytes,
) -> Answer {
    let core = base_url(&headers, &uri, "/snap/v1/transactions");
    let session = match read(&body, simulator.notify_urls(&headers), &core) {
        Ok(session) => session,
        Err(rejection) => return refused(rejection.validation_messages),
    };
    let token = Uuid::new_v4().to_string();
    let redirect_url = format!("{}/pay/{token}", simulator.public_url(&core));
    let opened = simulator.books(|books| {
        let used = books.find(&session.order_id).is_some_and(|earlier| earlier.status != Status::Expire);
        if !used {
            books.snap_sessions.retain(|_, earlier| earlier.order_id != session.order_id);
            books.snap_sessions.insert(token.clone(), session);
        }
        !used
    });
    if opened {
        Answer { status: StatusCode::CREATED, body: json!({"token": token, "redirect_url": redirect_url}) }
    } else {
        let used = "transaction_details.order_id has been paid and utilized, please use another order ID";
        refused(vec![used.to_owned()])
    }
}

async fn cancel(State(simulator): State<MidtransSimulator>, Path(token): Path<String>) -> Answer {
    let now = simulator.inner.clock.now();
    let outcome = simulator.books(|books| {
        let started = books.snap_sessions.get(&token).is_some_and(|session| {
            books.find(&session.order_id).is_some_and(|t| t.status == Status::Pending)
        });
        match books.snap_sessions.get_mut(&token) {
            None => Err("token not found"),
            Some(session) if session.canceled => Err("token already canceled"),
            Some(_) if started => Err("Transaction is on progress"),
            Some(session) => {
                session.canceled = true;
                Ok(())
            }
        }
    });
    match outcome {
        Ok(()) => {
            let at = now.format("%Y-%m-%dT%H:%M:%SZ").to_string();
            Answer { status: StatusCode::OK, body: json!({"canceled_at": at}) }
        }
        Err(message) => refused(vec![message.to_owned()]),
    }
}

async fn choose(
    State(simulator): State<MidtransSimulator>,
    Path(token): Path<String>,
    Query(way): Query<Way>,
) -> Response {
    let now = simulator.inner.clock.now();
    let session = simulator.books(|books| books.snap_sessions.get(&token).cloned());
    let Some(session) = session.filter(|session| !session.canceled) else { return not_found() };
    if !session.is_open(now) {
        return page(StatusCode::GONE, &format!("<p>The time to pay is over.</p>{}", way.back_link()));
    }
    let query = escape(&way.query(None));
    let buttons: String = session
        .methods
        .iter()
        .map(|method| {
            let (name, label) = (method.snap_name(), method.label());
            format!("<form method=\"post\" action=\"{token}/{name}{query}\"><button>{label}</button></form>")
        })
        .collect();
    let order_id = escape(&session.order_id);
    let amount = rupiah(session.gross_amount);
    let back = way.back_link();
    page(
        StatusCode::OK,
        &format!("<p>How to pay order <b>{order_id}</b>?</p><p class=\"sum\">{amount}</p>{buttons}{back}"),
    )
}

async fn chosen(
    State(simulator): State<MidtransSimulator>,
    Path((token, method)): Path<(String, String)>,
    Query(way): Query<Way>,
) -> Response {
    let session = simulator.books(|books| books.snap_sessions.get(&token).cloned());
    let Some(session) = session.filter(|session| !session.canceled) else { return not_found() };
    let Some(method) = session.methods.iter().copied().find(|known| known.snap_name() == method) else {
        return not_found();
    };
    let order_id: String = form_urlencoded::byte_serialize(session.order_id.as_bytes()).collect();
    // A second tap finds the charge of the first; its page is the right place all the same.
    simulator.pick(session, method);
    let bank_page = format!("../../bank/{order_id}{}", way.query(None));
    (StatusCode::SEE_OTHER, [(header::LOCATION, bank_page)]).into_response()
}

impl SnapSession {
    /// Whether something may be begun on the page.
    pub(super) fn is_open(&self, now: DateTime<Utc>) -> bool {
        let ends = |(start, seconds): (Option<DateTime<Utc>>, i64)| {
            start.is_none_or(|start| now < start + Duration::seconds(seconds))
        };
        !self.canceled && self.expiry.is_none_or(ends)
    }
}

impl MidtransSimulator {
    /// The payer picks a method on Snap's page.
    fn pick(&self, session: SnapSession, method: PaymentMethod) {
        let now = self.inner.clock.now();
        let (start, seconds) = session.expiry.unwrap_or((None, method.limits().usual_expiry));
        let expires_at = start.unwrap_or(now) + Duration::seconds(seconds);
        let request = ChargeRequest {
            method,
            order_id: session.order_id,
            gross_amount: session.gross_amount,
            expires_at,
            wanted_number: None,
            echoes: session.echoes,
            finish_url: session.finish_url,
        };
        let _opened_or_there_already = self.open(request, &session.core, session.notify_urls);
    }

    /// Picks the only method of an order's page on which nothing is under way, as its payer would.
    pub(super) fn pick_at_once(&self, order_id: &str) {
        let now = self.inner.clock.now();
        let page = self.books(|books| books.open_page(order_id, now).map(|(_, page)| page.clone()));
        if let Some((page, method)) = page.and_then(|page| {
            let method = page.methods.first().copied()?;
            Some((page, method))
        }) {
            self.pick(page, method);
        }
    }
}

fn read(body: &[u8], notify_urls: Vec<Url>, core: &str) -> Result<SnapSession, Rejection> {
    let Ok(Value::Object(fields)) = serde_json::from_slice(body) else {
        return Err(Rejection::invalid(vec!["request body must be an object".to_owned()]));
    };
    let mut complaints = Complaints::default();
    let (order_id, gross_amount) = order(&fields, &mut complaints);
    items(&fields, gross_amount, PaymentMethod::Card, &mut complaints);
    customer(&fields, PaymentMethod::Card, &mut complaints);
    let echoes = custom_fields(&fields, &mut complaints);
    let wanted = match fields.get("enabled_payments") {
        None | Some(Value::Null) => None,
        Some(Value::Array(names)) if names.iter().all(Value::is_string) => Some(names),
        Some(_) => {
            complaints.add("enabled_payments must be a list of strings".to_owned());
            None
        }
    };
    let expiry = read_expiry(&fields, &mut complaints);
    let finish =
        fields.get("callbacks").and_then(|callbacks| callbacks.get("finish")).and_then(Value::as_str);
    let finish_url = finish
        .and_then(|finish| finish.parse::<Url>().ok())
        .filter(|url| matches!(url.scheme(), "http" | "https"));
    if finish.is_some() && finish_url.is_none() {
        complaints.add("callbacks.finish must be a web address".to_owned());
    }
    complaints.verdict()?;
    let offered = |method: &PaymentMethod| {
        let limits = method.limits();
        let fits = (limits.least..=limits.most).contains(&gross_amount);
        fits && wanted.is_none_or(|names| names.iter().any(|name| name == method.snap_name()))
    };
    let mut methods: Vec<PaymentMethod> = PaymentMethod::ALL.into_iter().filter(offered).collect();
    methods.dedup_by_key(|method| method.snap_name());
    let core = core.to_owned();
    Ok(SnapSession {
        order_id,
        gross_amount,
        echoes,
        methods,
        notify_urls,
        core,
        expiry,
        finish_url,
        canceled: false,
    })
}

/// `expiry`: 20 seconds to 7 days, from `start_time` or from the moment a method is picked.
fn read_expiry(
    fields: &Map<String, Value>,
    complaints: &mut Complaints,
) -> Option<(Option<DateTime<Utc>>, i64)> {
    let expiry = fields.get("expiry")?.as_object()?;
    let start = complaints.optional_text(expiry, "expiry.", "start_time", 255);
    let start_time = start.as_deref().and_then(parse_order_time);
    if start.is_some() && start_time.is_none() {
        complaints.add("expiry.start_time must have the form yyyy-MM-dd HH:mm:ss Z".to_owned());
    }
    let unit = complaints.optional_text(expiry, "expiry.", "unit", 255).unwrap_or_default();
    let unit_seconds = match unit.trim_end_matches('s') {
        "minute" => 60,
        "hour" => 3600,
        "day" => 24 * 3600,
        _ => 0,
    };
    let duration = expiry.get("duration").and_then(Value::as_i64).unwrap_or(0);
    let seconds = duration.saturating_mul(unit_seconds);
    if !(SHORTEST_EXPIRY..=LONGEST_EXPIRY).contains(&seconds) {
        complaints.add("expiry must be between 20 seconds and 7 days".to_owned());
    }
    Some((start_time, seconds))
}

/// Snap shows its errors in the HTTP status and has no envelope.
fn refused(messages: Vec<String>) -> Answer {
    Answer { status: StatusCode::BAD_REQUEST, body: json!({"error_messages": messages}) }
}
