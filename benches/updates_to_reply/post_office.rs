//! The pretend Telegram on a socket, with an ear at its door: when did a chat hear something?

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use anyhow::Context;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use tautan::simulator::telegram::{Phone, TelegramSimulator};
use tokio::net::TcpListener;
use tokio::sync::oneshot;

/// Calls that a person sees.
const SEEN: [&str; 5] = ["sendmessage", "editmessagetext", "sendphoto", "senddocument", "editmessagemedia"];

/// How long somebody waits for an answer before the measuring is given up.
const PATIENCE: Duration = Duration::from_secs(60);

/// The largest call: a chart.
const CALL_BYTES_MAX: usize = 8 << 20;

/// Handles to the same office.
#[derive(Clone)]
pub struct PostOffice {
    telegram: TelegramSimulator,
    address: std::net::SocketAddr,
    waiting: Waiting,
}

/// Who waits for an answer, by chat; told when the call came in.
type Waiting = Arc<Mutex<HashMap<i64, oneshot::Sender<Instant>>>>;

impl PostOffice {
    /// Serves on a free port of this machine.
    pub async fn open() -> anyhow::Result<Self> {
        let telegram = TelegramSimulator::new();
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let address = listener.local_addr()?;
        let waiting = Waiting::default();
        let router = telegram.bot_api_router().layer(from_fn_with_state(waiting.clone(), listen));
        tokio::spawn(async move { axum::serve(listener, router).await });
        Ok(Self { telegram, address, waiting })
    }

    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    pub const fn telegram(&self) -> &TelegramSimulator {
        &self.telegram
    }

    pub fn close(&self) {
        self.telegram.close();
    }

    /// Does something in a chat, and gives the time until the bot's first word there came in.
    pub async fn hears_from(
        &self,
        phone: &Phone,
        does: impl FnOnce() -> anyhow::Result<()>,
    ) -> anyhow::Result<Duration> {
        let (sender, heard) = oneshot::channel();
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner).insert(phone.id(), sender);
        let begun = Instant::now();
        does()?;
        let waited = tokio::time::timeout(PATIENCE, heard).await;
        let at = waited.ok().and_then(Result::ok);
        let at = at.with_context(|| format!("no answer came:\n{}", phone.transcript()))?;
        Ok(at.saturating_duration_since(begun))
    }
}

/// Notes when a call came in, and tells whoever waits once the person can see it.
async fn listen(State(waiting): State<Waiting>, request: Request, next: Next) -> Response {
    let at = Instant::now();
    let method = request.uri().path().rsplit('/').next().unwrap_or_default().to_ascii_lowercase();
    if !SEEN.contains(&method.as_str()) {
        return next.run(request).await;
    }
    let (head, body) = request.into_parts();
    let Ok(bytes) = to_bytes(body, CALL_BYTES_MAX).await else {
        return StatusCode::PAYLOAD_TOO_LARGE.into_response();
    };
    let chat = chat_of(&bytes);
    let response = next.run(Request::from_parts(head, Body::from(bytes))).await;
    if let Some(chat) = chat
        && response.status().is_success()
    {
        let waits = waiting.lock().unwrap_or_else(PoisonError::into_inner).remove(&chat);
        if let Some(sender) = waits {
            let _ = sender.send(at);
        }
    }
    response
}

/// The chat that a call is about, in JSON or in a form with a file.
fn chat_of(body: &[u8]) -> Option<i64> {
    #[derive(Deserialize)]
    struct Addressed {
        chat_id: serde_json::Value,
    }
    if let Ok(addressed) = serde_json::from_slice::<Addressed>(body) {
        let text = addressed.chat_id.as_str().map(str::to_owned);
        return addressed.chat_id.as_i64().or_else(|| text?.parse().ok());
    }
    let head = String::from_utf8_lossy(&body[..body.len().min(2_000)]);
    let (_, rest) = head.split_once("name=\"chat_id\"")?;
    rest.lines().find_map(|line| line.trim().parse().ok())
}
