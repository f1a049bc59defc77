//! How an order's page hears that it changed: server-sent events that say so and nothing more.

use std::convert::Infallible;
use std::time::Duration;

use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, TimeDelta, Utc};
use serde::Deserialize;
use tokio::time::{Instant, sleep, timeout};

use super::client::Client;
use super::order_page::token_in;
use super::page::PageFault;
use super::rate_limits::StreamPlace;
use super::router::WebState;
use crate::domain::order::OrderToken;
use crate::storage::OrderBell;

/// How often the order is looked at when its bell does not ring: how its link stands changes with other orders
/// and with time, and a ring of another replica may be lost.
const LOOK_EVERY: Duration = Duration::from_secs(4);

/// How often a quiet stream says that it is alive.
const HEARTBEAT: Duration = Duration::from_secs(20);

/// How long a stream lives. Browsers come back by themselves.
const STREAM_LIFE: Duration = Duration::from_secs(1_800);

/// How long a ring is let fade: an order and its charge ring together, and one look answers many rings.
const RING_FADES: Duration = Duration::from_millis(150);

/// How often a stream says that its order is looked at. An open page is asked about some 75 s after the last
/// time: once in a while is enough.
const WATCH_EVERY: TimeDelta = TimeDelta::seconds(15);

/// What the page knows already.
#[derive(Debug, Deserialize)]
pub struct EventsQuery {
    /// The mark of the state that the page was drawn from.
    mark: Option<String>,
}

/// One page that follows its order.
struct Follower {
    web: WebState,
    token: OrderToken,
    known: String,
    bell: OrderBell,
    until: Instant,
    watched_at: Option<DateTime<Utc>>,
    _place: StreamPlace,
}

/// `GET /orders/{token}/events`: a `changed` event when the order's page would be another one than that
/// of the mark, until the process stops.
pub async fn follow(
    State(web): State<WebState>,
    Path(token): Path<String>,
    Query(query): Query<EventsQuery>,
    client: Client,
) -> Result<Response, PageFault> {
    let token = token_in(&token)?;
    // Beyond the cap a page is as good as one without script: it is reloaded by hand.
    let place = web.limits.streams.enter(client)?;
    let (order_id, mark) = web.services.order_mark(&token).await?.ok_or(StatusCode::NOT_FOUND)?;
    let known = query.mark.unwrap_or(mark);
    // What changed before the bell was listened to is found by the first look after this.
    let bell = web.services.storage().signals().order(order_id);
    let shutdown = web.shutdown.clone();
    let until = Instant::now() + STREAM_LIFE;
    let follower = Follower { web, token, known, bell, until, watched_at: None, _place: place };
    let events = futures::stream::unfold(follower, Follower::next);
    let events = futures::StreamExt::take_until(events, shutdown.cancelled_owned());
    let events = Sse::new(events).keep_alive(KeepAlive::new().interval(HEARTBEAT));
    // nginx would keep the events back until a buffer is full.
    Ok(([("x-accel-buffering", "no")], events).into_response())
}

impl Follower {
    /// The next change; `None` ends the stream.
    async fn next(mut self) -> Option<(Result<Event, Infallible>, Self)> {
        while Instant::now() < self.until {
            self.watch().await;
            match self.web.services.order_mark(&self.token).await {
                Ok(Some((_, mark))) if mark != self.known => {
                    self.known = mark;
                    // Browsers drop an event without data (WHATWG HTML, section 9.2.6).
                    return Some((Ok(Event::default().event("changed").data("look")), self));
                }
                Ok(Some(_)) => {}
                Ok(None) => return None,
                Err(error) => tracing::warn!(%error, "a page cannot follow its order just now"),
            }
            // A ring or a while, whichever comes first.
            if timeout(LOOK_EVERY, self.bell.rung()).await.is_ok() {
                sleep(RING_FADES).await;
            }
        }
        None
    }

    async fn watch(&mut self) {
        let now = self.web.services.clock().now();
        // A clock that was set back is no reason to be silent.
        if self.watched_at.is_none_or(|watched_at| (now - watched_at).abs() >= WATCH_EVERY) {
            self.web.services.watch_order(&self.token).await;
            self.watched_at = Some(now);
        }
    }
}
