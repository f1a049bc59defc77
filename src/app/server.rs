//! The routes of the whole service, put together.

use std::sync::Arc;

use axum::Router;
use tokio_util::sync::CancellationToken;
use url::Url;

use crate::services::Services;
use crate::web::client::TrustedProxies;
use crate::web::health::PeerHealth;
use crate::web::page::PageSettings;
use crate::web::router::{WebState, router as web_router};

/// What the routes need beside the services.
#[derive(Debug)]
pub struct ServerParts {
    /// The public address of the pages.
    pub base_url: Url,
    /// How our peers fare.
    pub peers: PeerHealth,
    /// Proxies whose word about a client's address is taken.
    pub proxies: TrustedProxies,
    /// Telegram's webhook.
    pub telegram: Router,
    /// Pages of the demo and the simulated bank.
    pub pages: Router,
    /// Whether pages may stand in a frame of our own pages.
    pub framed_by_own_pages: bool,
}

/// Every route that this process serves.
pub fn router(
    services: &Services,
    parts: ServerParts,
    (retiring, shutdown): (&CancellationToken, &CancellationToken),
) -> Router {
    let settings = PageSettings { base_url: parts.base_url, framed_by_own_pages: parts.framed_by_own_pages };
    let state = WebState {
        services: services.clone(),
        settings: Arc::new(settings),
        peers: parts.peers,
        proxies: parts.proxies,
        limits: Arc::default(),
        retiring: retiring.clone(),
        shutdown: shutdown.clone(),
    };
    web_router(state, parts.telegram).merge(parts.pages)
}
