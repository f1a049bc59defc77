//! Whether the process is alive and whether it can do its work.

use std::collections::BTreeMap;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use serde_json::json;

use super::router::WebState;
use crate::domain::attempt::AccountCode;

/// How long the database may take to answer.
const DATABASE_PATIENCE: Duration = Duration::from_secs(3);

/// How our peers (Telegram, the gateways) fare, as the workers that talk to them know it. A peer in
/// trouble never makes us unready: pages must not go down because Telegram did.
#[derive(Debug, Clone, Default)]
pub struct PeerHealth {
    troubles: Arc<RwLock<BTreeMap<&'static str, String>>>,
}

impl PeerHealth {
    /// Notes that a peer does not answer as it should, and why, in words without secrets.
    pub fn troubled(&self, peer: &'static str, reason: impl Into<String>) {
        self.troubles.write().unwrap_or_else(PoisonError::into_inner).insert(peer, reason.into());
    }

    /// Notes that a peer answers.
    pub fn well(&self, peer: &'static str) {
        self.troubles.write().unwrap_or_else(PoisonError::into_inner).remove(peer);
    }

    /// Every peer in trouble.
    #[must_use]
    pub fn troubles(&self) -> BTreeMap<&'static str, String> {
        self.troubles.read().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// `GET /healthz`: the process is alive.
pub async fn alive() -> &'static str {
    "ok\n"
}

/// `GET /readyz`: 200 while the database answers, with the peers in trouble named; 503 otherwise, and
/// while the process is about to stop.
pub async fn ready(State(web): State<WebState>) -> impl IntoResponse {
    let check = web.services.storage().check();
    let database = match tokio::time::timeout(DATABASE_PATIENCE, check).await {
        Ok(Ok(())) => "ok",
        Ok(Err(_)) => "failing",
        Err(_) => "slow",
    };
    let stopping = web.retiring.is_cancelled();
    let is_ready = database == "ok" && !stopping;
    let status = if is_ready { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    // Names for everyone; the reasons are in the log.
    // A shop's own account is that shop's trouble.
    let of_operator = |code: &String| AccountCode(code.clone()).shop_account().is_none();
    let troubles = web.services.gateway_health().troubles().into_keys();
    let mut degraded: Vec<String> = troubles.filter(of_operator).collect();
    degraded.extend(web.peers.troubles().into_keys().map(str::to_owned));
    (status, Json(json!({ "database": database, "degraded": degraded, "stopping": stopping })))
}
