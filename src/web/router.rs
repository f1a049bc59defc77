//! Every route on one screen.

use std::sync::Arc;

use axum::Router;
use axum::http::{StatusCode, header};
use axum::middleware::{from_fn, from_fn_with_state};
use axum::response::IntoResponse;
use axum::routing::{get, post};
use tokio_util::sync::CancellationToken;
use tower_http::compression::CompressionLayer;

use super::client::{TrustedProxies, know_client};
use super::guards::{follow_request, guard_pages, guard_webhooks, say_goodbye};
use super::health::PeerHealth;
use super::page::PageSettings;
use super::rate_limits::{RateLimits, limit_views};
use super::{
    gateway_webhook, health, icons, key_form, link_page, link_photo, link_question, order_events, order_page,
    order_qr, plain_page, preview, receipt, shop_photo, turn,
};
use crate::services::Services;

/// What every handler needs.
#[derive(Debug, Clone)]
pub struct WebState {
    /// The use cases.
    pub services: Services,
    /// What the operator decides about pages.
    pub settings: Arc<PageSettings>,
    /// How our peers fare.
    pub peers: PeerHealth,
    /// Proxies whose word about a client's address is taken.
    pub proxies: TrustedProxies,
    /// What every network has asked for lately.
    pub limits: Arc<RateLimits>,
    /// Cancelled when the process is about to stop: it is not ready then, and still serves.
    pub retiring: CancellationToken,
    /// Cancelled when the process stops: streams end then.
    pub shutdown: CancellationToken,
}

/// All routes. `extra` are routes of programs that bring their own state (Telegram's webhook); they stand
/// behind the same net as the gateways'.
pub fn router(state: WebState, extra: Router) -> Router {
    let (settings, proxies, retiring) =
        (state.settings.clone(), state.proxies.clone(), state.retiring.clone());

    let webhooks = Router::new()
        .route("/webhooks/midtrans/{account}", post(gateway_webhook::take_midtrans_notice))
        .route("/webhooks/midtrans/{account}/", post(gateway_webhook::take_midtrans_notice))
        .with_state(state.clone())
        .merge(extra)
        .layer(from_fn(guard_webhooks));

    let health = Router::new()
        .route("/healthz", get(health::alive))
        .route("/readyz", get(health::ready))
        .with_state(state.clone());

    let pages = Router::new()
        .route("/", get(plain_page::landing))
        .route("/orders/{token}", get(order_page::show))
        .route("/orders/{token}/attempts", post(order_page::choose))
        .route("/orders/{token}/events", get(order_events::follow))
        .route("/orders/{token}/qr.png", get(order_qr::show))
        .route("/orders/{token}/receipt", get(receipt::show))
        .route("/orders/{token}/receipt.pdf", get(receipt::download))
        .route("/orders/{token}/turn", post(turn::change))
        .route("/setup/keys/{token}", get(key_form::show).post(key_form::connect))
        .route("/{slug}", get(link_page::show))
        .route("/{slug}/", get(link_page::show))
        .route("/{slug}/orders", post(link_page::place))
        .route("/{slug}/turn", get(turn::show).post(turn::wait))
        .route("/{slug}/question", post(link_question::ask))
        .route("/{slug}/photo/{digest}", get(link_photo::show))
        .route("/{slug}/shop/{photo}", get(shop_photo::show))
        .route("/{slug}/preview/{picture}", get(preview::show))
        .fallback(async || StatusCode::NOT_FOUND)
        .layer(from_fn_with_state(state.clone(), limit_views))
        .route("/robots.txt", get(robots))
        .route("/favicon.ico", get(icons::tab))
        .route("/apple-touch-icon.png", get(icons::home))
        .layer(from_fn_with_state(settings, guard_pages))
        .layer(CompressionLayer::new())
        .with_state(state);

    let everything = webhooks.merge(health).merge(pages).layer(from_fn_with_state(retiring, say_goodbye));
    everything.layer(from_fn_with_state(proxies, know_client)).layer(from_fn(follow_request))
}

/// Previews of links are welcome, orders are nobody's business.
async fn robots() -> impl IntoResponse {
    (
        [(header::CACHE_CONTROL, "public, max-age=86400")],
        "User-agent: *\nDisallow: /orders/\nDisallow: /setup/\n",
    )
}

#[cfg(test)]
#[path = "router_tests.rs"]
mod tests;
