//! The pages where a person plays the bank. They work without script, in a frame and under any prefix.

use axum::Router;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::{get, post};
use serde::Deserialize;
use url::form_urlencoded;

use super::MidtransSimulator;
use super::bank_work::{SimulatorError, TransactionView};
use super::clock::wib;
use super::instructions::QR_TEXT;
use super::qr_picture::svg;

/// The list shows this many charges, newest first.
const LONGEST_LIST: usize = 50;

const STYLE: &str = "*{box-sizing:border-box}body{margin:0;padding:16px;background:#eef1f5;color:#1b2430;\
font:16px/1.5 system-ui,sans-serif}main{max-width:420px;margin:auto;background:#fff;border-radius:12px;\
padding:16px;box-shadow:0 1px 4px #0002}header{max-width:420px;margin:0 auto 12px;padding:8px 12px;border-radius:8px;\
background:#ffe9a8;color:#5b4300;font-weight:600;font-size:14px}dl{margin:0}dt{color:#596579;font-size:13px}\
dd{margin:0 0 10px;overflow-wrap:anywhere}.sum{font-size:26px;font-weight:700;margin:4px 0 12px}.number{\
font:18px/1.4 ui-monospace,monospace}.qr svg{width:100%;max-width:260px;display:block;margin:0 auto 8px}\
button,.back{display:block;width:100%;min-height:48px;margin:8px 0;padding:10px;border:1px solid #c3cbd6;\
border-radius:8px;background:#fff;color:#1b2430;font:inherit;text-align:center;text-decoration:none}\
button.pay{background:#0a6b3d;border-color:#0a6b3d;color:#fff;font-weight:600}.note{padding:8px 12px;\
border-radius:8px;background:#fde7e7}ul{list-style:none;margin:0;padding:0}li{padding:10px 0;\
border-bottom:1px solid #e3e8ee}li a{color:inherit;overflow-wrap:anywhere}";

pub(super) fn router(simulator: &MidtransSimulator) -> Router {
    Router::new()
        .route("/bank/{order_id}", get(show))
        .route("/bank/{order_id}/{action}", post(act))
        .with_state(simulator.clone())
}

pub(super) fn list_router(simulator: &MidtransSimulator) -> Router {
    Router::new().route("/bank", get(list)).with_state(simulator.clone())
}

#[derive(Debug, Default, Deserialize)]
pub(super) struct Way {
    /// Where the payer came from.
    back: Option<String>,
    /// The action that was not possible, told once.
    refused: Option<String>,
}

impl Way {
    /// Only a path on this origin: anything else would make the page an open redirect.
    fn safe_back(&self) -> Option<&str> {
        let back = self.back.as_deref()?;
        let own = back.starts_with('/') && !back[1..].starts_with(['/', '\\']);
        (own && !back.chars().any(|c| c.is_control() || c == '\\')).then_some(back)
    }

    pub(super) fn query(&self, refused: Option<&str>) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        if let Some(back) = self.safe_back() {
            query.append_pair("back", back);
        }
        if let Some(action) = refused {
            query.append_pair("refused", action);
        }
        let query = query.finish();
        if query.is_empty() { query } else { format!("?{query}") }
    }

    /// The way to where the payer came from; nothing where that is unknown.
    pub(super) fn back_link(&self) -> String {
        let Some(back) = self.safe_back() else { return String::new() };
        format!("<a class=\"back\" href=\"{}\">Back to the payment page</a>", escape(back))
    }
}

async fn list(State(simulator): State<MidtransSimulator>) -> Response {
    let charges = simulator.transactions();
    let rows: String = charges
        .iter()
        .rev()
        .take(LONGEST_LIST)
        .map(|charge| {
            let order_id = escape(&charge.order_id);
            let (amount, status) = (rupiah(charge.gross_amount), escape(&charge.status));
            let method = escape(&charge.method);
            format!("<li><a href=\"bank/{order_id}\">{order_id}</a><br>{amount} · {method} · {status}</li>")
        })
        .collect();
    let rows = if rows.is_empty() { "<p>No charges yet.</p>".to_owned() } else { format!("<ul>{rows}</ul>") };
    page(StatusCode::OK, &rows)
}

async fn show(
    State(simulator): State<MidtransSimulator>,
    Path(order_id): Path<String>,
    Query(way): Query<Way>,
) -> Response {
    let charge = simulator.transaction(&order_id);
    let now = simulator.inner.clock.now();
    // Snap's page is where an order is paid whose payer has begun nothing yet, or was refused.
    let snap_page = simulator.books(|books| {
        let (token, _) = books.open_page(&order_id, now)?;
        Some(format!("../pay/{token}{}", way.query(None)))
    });
    match (charge, snap_page) {
        (Some(charge), snap_page) => page(StatusCode::OK, &draw(&charge, snap_page.as_deref(), &way)),
        (None, Some(snap_page)) => (StatusCode::SEE_OTHER, [(header::LOCATION, snap_page)]).into_response(),
        (None, None) => not_found(),
    }
}

/// Always back to the page: it shows what became of the charge.
async fn act(
    State(simulator): State<MidtransSimulator>,
    Path((order_id, action)): Path<(String, String)>,
    Query(way): Query<Way>,
) -> Response {
    let refused = match simulator.play(&order_id, &action).await {
        None | Some(Err(SimulatorError::UnknownOrder(_))) => return not_found(),
        Some(Ok(())) => None,
        Some(Err(SimulatorError::NotPossible { .. })) => Some(action.as_str()),
    };
    let segment: String = form_urlencoded::byte_serialize(order_id.as_bytes()).collect();
    let location = format!("../{segment}{}", way.query(refused));
    (StatusCode::SEE_OTHER, [(header::LOCATION, location)]).into_response()
}

fn draw(charge: &TransactionView, snap_page: Option<&str>, way: &Way) -> String {
    let order_id = escape(&charge.order_id);
    let status = if charge.challenged { "capture (challenged)" } else { charge.status.as_str() };
    let amount = rupiah(charge.gross_amount);
    let mut html = String::new();
    if let Some(action) = &way.refused {
        let action = escape(action);
        html.push_str(&format!("<p class=\"note\" role=\"alert\">Not possible any more: {action}</p>"));
    }
    html.push_str(&format!(
        "<p class=\"sum\">{amount}</p><dl><dt>Status</dt><dd><b>{}</b></dd>",
        escape(status)
    ));
    html.push_str(&format!(
        "<dt>Order</dt><dd>{order_id}</dd><dt>Method</dt><dd>{}</dd>",
        escape(&charge.method)
    ));
    for (label, value) in &charge.instructions {
        if label != QR_TEXT {
            let (label, value) = (escape(label), escape(value));
            html.push_str(&format!("<dt>{label}</dt><dd class=\"number\">{value}</dd>"));
        }
    }
    html.push_str(&format!("<dt>Payable until</dt><dd>{} WIB</dd></dl>", wib(charge.expires_at)));
    for (action, label, class) in choices(charge) {
        let query = escape(&way.query(None));
        html.push_str(&format!(
            "<form method=\"post\" action=\"./{order_id}/{action}{query}\">\
             <button class=\"{class}\">{label}</button></form>"
        ));
    }
    if let Some(again) = snap_page {
        let again = escape(again);
        html.push_str(&format!("<a class=\"back\" href=\"{again}\">Try another way</a>"));
    }
    if let Some(finish) = &charge.finish_url {
        let finish = escape(finish);
        html.push_str(&format!("<a class=\"back\" href=\"{finish}\">Back to the shop</a>"));
    }
    html.push_str(&way.back_link());
    // Below the buttons: the bank's visitor has it already, and a thumb should reach Pay at once.
    if let Some((_, text)) = charge.instructions.iter().find(|(label, _)| label == QR_TEXT) {
        html.push_str(&format!("<div class=\"qr\">{}</div>", svg(text).unwrap_or_default()));
    }
    html
}

fn choices(charge: &TransactionView) -> &'static [(&'static str, &'static str, &'static str)] {
    match (charge.status.as_str(), charge.challenged) {
        ("pending", _) => &[("pay", "Pay", "pay"), ("deny", "Deny", "no"), ("expire", "Let it expire", "no")],
        ("capture", true) => &[("accept", "Accept", "pay"), ("deny", "Deny", "no")],
        ("capture", false) => &[("pay", "Settle", "pay")],
        ("settlement", _) if !charge.may_reverse => &[("chargeback", "Dispute", "no")],
        ("settlement", _) => &[("reverse", "Reverse", "no"), ("chargeback", "Dispute", "no")],
        ("expire" | "cancel" | "deny", _) => &[("pay_after_all", "Pay after all", "no")],
        _ => &[],
    }
}

pub(super) fn page(status: StatusCode, content: &str) -> Response {
    let html = format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>Simulated bank</title>\
         <meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\
         <meta name=\"robots\" content=\"noindex\"><style>{STYLE}</style></head>\
         <body><header>Simulated bank – no real money</header><main>{content}</main></body></html>"
    );
    let no_store = HeaderValue::from_static("no-store");
    let policy = HeaderValue::from_static(
        "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; form-action 'self'; \
         base-uri 'none'",
    );
    let headers = [(header::CACHE_CONTROL, no_store), (header::CONTENT_SECURITY_POLICY, policy)];
    (status, headers, Html(html)).into_response()
}

pub(super) fn not_found() -> Response {
    page(StatusCode::NOT_FOUND, "<p>The simulated bank knows no such charge.</p>")
}

/// For text and for attribute values in double quotes.
pub(super) fn escape(text: &str) -> String {
    text.chars().fold(String::with_capacity(text.len()), |mut safe, c| {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            other => safe.push(other),
        }
        safe
    })
}

/// `Rp 135.000`, from whole rupiah above zero.
pub(super) fn rupiah(amount: i64) -> String {
    let digits = amount.to_string();
    let grouped: Vec<&str> = digits
        .as_bytes()
        .rchunks(3)
        .rev()
        .map(|group| std::str::from_utf8(group).unwrap_or_default())
        .collect();
    format!("Rp {}", grouped.join("."))
}
