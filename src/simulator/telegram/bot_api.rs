//! One Bot API call, from the wire to the journal.

use std::{sync::Arc, time::Instant};

use axum::{
    Router,
    body::{Body, Bytes},
    extract::{DefaultBodyLimit, Path, RawQuery, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
    routing::{any, get},
};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::{
    Inner, calls, files,
    journal::{Call, wall_clock},
    misbehaviour::{self, Fault},
    params::Params,
    refusal::Refusal,
};

/// The `result`, or why not.
pub(super) type Answer = Result<Value, Refusal>;

/// Largest request: a document of 50 MB and what surrounds it.
const BODY_LIMIT: usize = 52 << 20;

pub(super) fn router(inner: Arc<Inner>) -> Router {
    Router::new()
        .route("/bot{token}/{method}", any(receive))
        .route("/file/bot{token}/{*path}", get(fetch))
        .layer(DefaultBodyLimit::max(BODY_LIMIT))
        .with_state(inner)
}

async fn receive(
    State(inner): State<Arc<Inner>>,
    Path((token, method)): Path<(String, String)>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let token = token.as_str();
    if !well_formed(token) {
        return envelope(&Err(Refusal::not_found()));
    }
    let content_type =
        headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let params = Params::read(query.as_deref().unwrap_or_default(), content_type, &body);
    let known = calls::canonical(&method);
    let mut call = Call {
        method: known.map_or(method, str::to_owned),
        body: params.as_ref().map(Params::to_json).unwrap_or_default(),
        answer: Value::Null,
        status: 0,
        bot_id: token.split(':').next().and_then(|id| id.parse().ok()).unwrap_or_default(),
        token_hash: Sha256::digest(token).into(),
        at: Instant::now(),
        wall: wall_clock(),
    };
    let (answer, fault) = match (known, params) {
        _ if inner.look(|world| world.revoked.contains(token)) => {
            (Err(Refusal::plain(401, "Unauthorized")), None)
        }
        (None, _) => (Err(Refusal::not_found()), None),
        (_, Err(refusal)) => (Err(refusal), None),
        (Some(name), Ok(params)) => work(&inner, token, name, &params).await,
    };
    let response = match fault {
        Some(Fault::CutBefore | Fault::CutAfterAcceptance) => cut(),
        Some(Fault::ServerError(code)) => broken_proxy(code),
        _ => envelope(&answer),
    };
    if !matches!(fault, Some(Fault::CutBefore)) {
        call.answer = as_json(&answer);
    }
    if !matches!(fault, Some(Fault::CutBefore | Fault::CutAfterAcceptance)) {
        call.status = response.status().as_u16();
    }
    inner.change(|world| world.record(call));
    response
}

/// A file that `getFile` told the way to, as bytes.
async fn fetch(State(inner): State<Arc<Inner>>, Path((token, path)): Path<(String, String)>) -> Response {
    if inner.look(|world| world.revoked.contains(&token)) {
        return envelope(&Err(Refusal::plain(401, "Unauthorized")));
    }
    let is_known = well_formed(&token) && inner.look(|world| world.bots.contains_key(&token));
    match inner.look(|world| files::fetch(world, &path)).filter(|_| is_known) {
        Some(bytes) => ([(header::CONTENT_TYPE, "application/octet-stream")], bytes).into_response(),
        None => envelope(&Err(Refusal::not_found())),
    }
}

/// Does what is asked unless a rule says otherwise; the fault is told so the wire can obey it too.
async fn work(inner: &Arc<Inner>, token: &str, method: &str, params: &Params) -> (Answer, Option<Fault>) {
    let chat = params.int("chat_id").unwrap_or_default();
    let text = params.text("text").or_else(|| params.text("caption")).unwrap_or_default();
    let fault = inner.look(|world| misbehaviour::take(&mut world.rules, Some(method), chat, &text));
    if let Some(Fault::TooManyRequests { retry_after }) = &fault {
        inner.change(|world| world.pacing.silence_on_request(chat, *retry_after, Instant::now()));
    }
    if let Some(refusal) = fault.as_ref().and_then(Fault::refusal) {
        return (Err(refusal), fault);
    }
    if matches!(fault, Some(Fault::CutBefore)) {
        return (Err(Refusal::plain(500, "cut")), fault);
    }
    let answer = calls::answer(inner, token, method, params).await;
    if let Some(Fault::SlowAnswer(wait)) = &fault {
        tokio::time::sleep(*wait).await;
    }
    (answer, fault)
}

/// A number, a colon, then letters, digits, `_` and `-`.
fn well_formed(token: &str) -> bool {
    token.split_once(':').is_some_and(|(id, secret)| {
        id.parse::<i64>().is_ok_and(|id| id > 0)
            && !secret.is_empty()
            && secret.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-')
    })
}

fn as_json(answer: &Answer) -> Value {
    match answer {
        Ok(result) => json!({ "ok": true, "result": result }),
        Err(refusal) => refusal.to_json(),
    }
}

fn envelope(answer: &Answer) -> Response {
    let code = answer.as_ref().err().map_or(200, |refusal| refusal.code);
    let status = StatusCode::from_u16(code).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    (status, axum::Json(as_json(answer))).into_response()
}

fn broken_proxy(code: u16) -> Response {
    let status = StatusCode::from_u16(code).unwrap_or(StatusCode::BAD_GATEWAY);
    (status, [(header::CONTENT_TYPE, "text/html")], "<html><title>Bad Gateway</title></html>").into_response()
}

/// A body that fails at its first byte makes the server drop the connection.
fn cut() -> Response {
    let broken = futures::stream::once(async { Err::<Bytes, _>(std::io::Error::other("cut on request")) });
    Response::new(Body::from_stream(broken))
}
