//! What stands before and after every handler: names for requests, a net for panics, and pages for
//! whatever is refused.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Instant;

use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use futures::FutureExt;
use tokio_util::sync::CancellationToken;
use tracing::Instrument;

use super::page::{Drawn, PageSettings};
use super::plain_page::refusal;
use super::request_origin::is_for_us;
use super::visit::{SecureSite, Visit};
use crate::domain::card_number::contains_card_number;

const REQUEST_ID: &str = "x-request-id";

/// What a request is called in the log, and on the page when something went wrong.
#[derive(Debug, Clone)]
pub struct RequestId(pub String);

/// Names the request (or keeps the name a proxy gave it) and logs what became of it: the route, never
/// the path, which may open an order, and never the query.
pub async fn follow_request(mut request: Request, next: Next) -> Response {
    let id = named(&request).unwrap_or_else(random_id);
    let route = request.extensions().get::<MatchedPath>().map_or("(none)", MatchedPath::as_str);
    let method = request.method();
    let span = tracing::info_span!("request", request.id = id, http.method = %method, http.route = route);
    request.extensions_mut().insert(RequestId(id.clone()));
    let started = Instant::now();
    let mut response = next.run(request).instrument(span.clone()).await;
    let elapsed_ms = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX);
    let status = response.status().as_u16();
    span.in_scope(|| tracing::debug!(http.status = status, elapsed_ms, "a request was answered"));
    if let Ok(id) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(REQUEST_ID, id);
    }
    response
}

/// Once the process is about to stop, tells with each answer that its connection ends here: no client
/// should send its next request on it.
pub async fn say_goodbye(
    State(retiring): State<CancellationToken>,
    request: Request,
    next: Next,
) -> Response {
    let mut response = next.run(request).await;
    if retiring.is_cancelled() {
        response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
    }
    response
}

/// Lets only requests for us through, catches panics, draws a page for whatever was refused without
/// one, remembers the language asked for, and tells the browser our rules.
pub async fn guard_pages(
    State(settings): State<Arc<PageSettings>>,
    mut request: Request,
    next: Next,
) -> Response {
    if settings.secure() {
        request.extensions_mut().insert(SecureSite);
    }
    let visit = Visit::read(request.headers(), request.uri().query(), settings.secure());
    let path = request.uri().path().to_owned();
    let id = request.extensions().get::<RequestId>().map(|id| id.0.clone()).unwrap_or_default();
    let answer = if is_for_us(request.headers(), &settings.base_url) {
        caught(next.run(request), StatusCode::INTERNAL_SERVER_ERROR).await
    } else {
        StatusCode::BAD_REQUEST.into_response()
    };
    let mut response = with_page(answer, &visit, &path, &id);
    if let Some(language) = visit.asked
        && let Some(cookie) = settings.cookies().remember_language(language)
    {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    settings.dress(&mut response);
    response
}

/// Catches panics on the routes of gateways and programs, which come again after a 503.
pub async fn guard_webhooks(request: Request, next: Next) -> Response {
    let mut response = caught(next.run(request), StatusCode::SERVICE_UNAVAILABLE).await;
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    response
}

async fn caught(answer: impl Future<Output = Response>, status: StatusCode) -> Response {
    AssertUnwindSafe(answer).catch_unwind().await.unwrap_or_else(|panic| {
        let message = panic
            .downcast_ref::<&str>()
            .copied()
            .or_else(|| panic.downcast_ref::<String>().map(String::as_str))
            .unwrap_or("no message");
        tracing::error!(panic.message = message, "a handler panicked");
        status.into_response()
    })
}

fn with_page(answer: Response, visit: &Visit, path: &str, reference: &str) -> Response {
    let status = answer.status();
    let is_refusal = status.is_client_error() || status.is_server_error();
    if !is_refusal || answer.extensions().get::<Drawn>().is_some() {
        return answer;
    }
    let mut page = refusal(status, visit, path, reference);
    for told in [header::ALLOW, header::RETRY_AFTER] {
        if let Some(value) = answer.headers().get(&told) {
            page.headers_mut().insert(told, value.clone());
        }
    }
    page
}

/// The name that a proxy gave the request, if it is one: it goes into logs and pages.
fn named(request: &Request) -> Option<String> {
    let id = request.headers().get(REQUEST_ID)?.to_str().ok()?;
    let is_plain = id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    let is_ours_to_log = is_plain && (8..=64).contains(&id.len()) && !contains_card_number(id);
    is_ours_to_log.then(|| id.to_owned())
}

fn random_id() -> String {
    let random: [u8; 10] = rand::random();
    data_encoding::BASE32_NOPAD.encode(&random).to_lowercase()
}

#[cfg(test)]
mod tests {
    use axum::Router;
    use axum::body::{Body, to_bytes};
    use axum::middleware::{from_fn, from_fn_with_state};
    use axum::routing::{get, post};
    use tower::ServiceExt;
    use url::Url;

    use super::*;

    async fn boom() -> &'static str {
        panic!("boom")
    }

    fn app(base_url: &str) -> Router {
        let settings = PageSettings { base_url: Url::parse(base_url).unwrap(), framed_by_own_pages: false };
        let pages = Router::new()
            .route("/boom", get(boom))
            .route("/form", post(async || "ok"))
            .fallback(async || StatusCode::NOT_FOUND)
            .layer(from_fn_with_state(Arc::new(settings), guard_pages));
        let webhooks = Router::new().route("/hook", post(boom)).layer(from_fn(guard_webhooks));
        webhooks.merge(pages).layer(from_fn(follow_request))
    }

    async fn ask(request: Request) -> (Response, String) {
        let response = app("https://pay.toko.id/").oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let body = to_bytes(body, 100_000).await.unwrap();
        (Response::from_parts(parts, Body::empty()), String::from_utf8(body.to_vec()).unwrap())
    }

    fn get_request(path: &str) -> Request {
        Request::get(path).header("host", "pay.toko.id").body(Body::empty()).unwrap()
    }

    #[tokio::test]
    async fn a_panic_is_a_kind_page_with_a_reference_and_a_503_for_a_gateway() {
        let (response, html) = ask(get_request("/boom")).await;
        assert_eq!(response.status(), 500);
        assert!(html.contains(response.headers()[REQUEST_ID].to_str().unwrap()), "{html}");
        assert!(!html.contains("boom</"));
        let (response, body) = ask(Request::post("/hook").body(Body::empty()).unwrap()).await;
        assert_eq!((response.status().as_u16(), body.as_str()), (503, ""));
    }

    #[tokio::test]
    async fn refusals_are_pages_and_browsers_are_told_our_rules() {
        for (path, status) in [("/nothing", 404), ("/form", 405)] {
            let (response, html) = ask(get_request(path)).await;
            assert_eq!(response.status(), status);
            let policy = response.headers()["content-security-policy"].to_str().unwrap();
            let nonce = policy.split("'nonce-").nth(1).unwrap().split('\'').next().unwrap();
            assert!(policy.ends_with("frame-ancestors 'none'"), "{policy}");
            assert!(html.contains(&format!("<style nonce=\"{nonce}\">")), "{html}");
            assert_eq!(response.headers()["referrer-policy"], "same-origin");
            assert_eq!(response.headers()["cache-control"], "no-store");
            assert!(response.headers().contains_key("strict-transport-security"));
        }
        assert_eq!(ask(get_request("/form")).await.0.headers()["allow"], "POST");
    }

    #[tokio::test]
    async fn a_foreign_host_is_refused_and_a_proxys_name_for_the_request_is_kept() {
        let request = Request::get("/boom").header("host", "evil.example").body(Body::empty()).unwrap();
        assert_eq!(ask(request).await.0.status(), 400);
        for (sent, kept) in
            [("abc-12345", true), ("<script>", false), ("short", false), ("4111111111111111", false)]
        {
            let mut request = get_request("/nothing");
            request.headers_mut().insert(REQUEST_ID, sent.parse().unwrap());
            assert_eq!(ask(request).await.0.headers()[REQUEST_ID] == sent, kept, "{sent}");
        }
    }

    #[tokio::test]
    async fn a_language_asked_for_is_remembered() {
        let (response, html) = ask(get_request("/nothing?lang=id")).await;
        assert!(html.contains("<html lang=\"id\">"));
        assert!(response.headers()["set-cookie"].to_str().unwrap().starts_with("__Host-lang=id;"));
    }
}
