//! A pretend Telegram: the Bot API for any token, and a phone page where a person chats.
//!
//! Strict where Telegram is strict (HTML, lengths, buttons, one poller at a time) and able to
//! misbehave on request. Tests hold a [`Phone`] and read what a person would see; the demo shows
//! the same chat as a page.
//!
//! Reading order: [`Phone`], `bot_api` (a call from wire to journal), `sending`, `editing`,
//! `world` (all state), `updates` and `webhook` (delivery), `page`.

mod bot_api;
mod calls;
mod detect;
mod editing;
mod files;
mod group;
mod group_state;
mod html;
mod inline;
mod journal;
mod keyboard;
mod message;
mod misbehaviour;
mod pacing;
mod page;
mod page_groups;
mod page_state;
mod params;
mod phone;
mod refusal;
mod sending;
mod settings;
mod updates;
mod webhook;
mod world;

use std::{
    net::SocketAddr,
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use axum::Router;
use tokio::{net::TcpListener, sync::watch, task::JoinHandle};
use tokio_util::sync::CancellationToken;

use world::World;

pub use group::Group;
pub use group_state::GroupKind;
pub use journal::Call;
pub use message::{ButtonKind, Entity, ShownButton, ShownFile, ShownMessage, Toast};
pub use misbehaviour::{Fault, Misbehaviour};
pub use pacing::Limits;
pub use phone::{NoSuchButton, Phone};
pub use world::Person;

/// A whole pretend Telegram. Clones are handles to the same one.
#[derive(Clone)]
pub struct TelegramSimulator {
    inner: Arc<Inner>,
}

struct Inner {
    world: Mutex<World>,
    /// Ticks with every change; waiters look again.
    changed: watch::Sender<u64>,
    closed: CancellationToken,
    http: reqwest::Client,
}

impl Inner {
    /// Looks or bookkeeps without waking anybody.
    fn look<R>(&self, work: impl FnOnce(&mut World) -> R) -> R {
        work(&mut self.world.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Changes something that others may be waiting for.
    fn change<R>(&self, work: impl FnOnce(&mut World) -> R) -> R {
        let result = self.look(work);
        self.changed.send_modify(|tick| *tick = tick.wrapping_add(1));
        result
    }
}

impl Default for TelegramSimulator {
    fn default() -> Self {
        Self::new()
    }
}

impl TelegramSimulator {
    /// Nobody in it yet, limits off, no faults.
    pub fn new() -> Self {
        // A proxy or a redirect is never followed: Telegram follows neither.
        let http = reqwest::Client::builder()
            .no_proxy()
            .redirect(reqwest::redirect::Policy::none())
            .timeout(Duration::from_secs(60))
            .build()
            .unwrap_or_default();
        let (changed, _) = watch::channel(0);
        let closed = CancellationToken::new();
        Self { inner: Arc::new(Inner { world: Mutex::new(World::new()), changed, closed, http }) }
    }

    /// `/bot{token}/{method}`, any case, GET or POST, JSON, form or multipart.
    pub fn bot_api_router(&self) -> Router {
        bot_api::router(self.inner.clone())
    }

    /// `/phone/{user_id}` and what belongs to it. All links are relative, so it nests anywhere.
    pub fn phone_router(&self) -> Router {
        page::router(self.clone())
    }

    /// Serves both routers on one socket; port 0 picks a free one.
    ///
    /// # Errors
    /// When the address cannot be bound.
    pub async fn start(listen: SocketAddr) -> std::io::Result<RunningTelegram> {
        let simulator = Self::new();
        let listener = TcpListener::bind(listen).await?;
        let url = format!("http://{}", listener.local_addr()?);
        let router = simulator.bot_api_router().merge(simulator.phone_router());
        let closed = simulator.inner.closed.clone();
        let server = tokio::spawn(async move {
            let ended = axum::serve(listener, router).with_graceful_shutdown(closed.cancelled_owned()).await;
            if let Err(error) = ended {
                tracing::warn!(%error, "the pretend Telegram stopped serving");
            }
        });
        Ok(RunningTelegram { url, simulator, server })
    }

    /// Ends long polls, page streams and webhook pushers; needed only where a router is embedded.
    pub fn close(&self) {
        self.inner.closed.cancel();
    }

    /// Registers a person, or renames the one with this id, and hands over the phone.
    pub fn person(&self, person: Person) -> Phone {
        let id = person.id;
        self.inner.change(|world| world.persons.insert(id, person));
        Phone::new(self.inner.clone(), id)
    }

    /// Makes a group or a channel without the bot; its id is below zero.
    pub fn group(&self, id: i64, title: &str, kind: GroupKind) -> Group {
        Group::open(self.inner.clone(), id, title, kind)
    }

    /// The latest 20,000 calls, oldest first.
    pub fn journal(&self) -> Vec<Call> {
        self.inner.look(|world| world.journal.iter().cloned().collect())
    }

    /// The calls of one method, by its Bot API spelling.
    pub fn calls_of(&self, method: &str) -> Vec<Call> {
        self.journal().into_iter().filter(|call| call.method == method).collect()
    }

    /// Adds a rule; earlier rules win.
    pub fn misbehave(&self, misbehaviour: Misbehaviour) {
        self.inner.change(|world| world.rules.push(misbehaviour));
    }

    /// Forgets all rules.
    pub fn behave(&self) {
        self.inner.change(|world| world.rules.clear());
    }

    /// Lets updates go that were held back or delayed.
    pub fn release_updates(&self) {
        let now = Instant::now();
        self.inner.change(|world| {
            for update in world.bots.values_mut().flat_map(|bot| bot.pending.iter_mut()) {
                update.held = false;
                update.not_before = update.not_before.min(now);
            }
        });
    }

    /// Delivers the latest thousand updates of every bot once more, the newest first, as if none had been
    /// confirmed.
    pub fn repeat_updates(&self) {
        self.inner.change(|world| {
            for bot in world.bots.values_mut() {
                bot.pending.extend(bot.past.iter().rev().cloned());
            }
        });
    }

    /// Updates no bot has confirmed yet, by offset or by a 2xx.
    pub fn updates_pending(&self) -> usize {
        self.inner.look(|world| world.bots.values().map(|bot| bot.pending.len()).sum())
    }

    /// Enforces sending limits, or stops doing so.
    pub fn enforce_limits(&self, limits: Option<Limits>) {
        self.inner.change(|world| world.pacing.limits = limits);
    }

    /// Calls that came before a `retry_after` had passed.
    pub fn violations(&self) -> u64 {
        self.inner.look(|world| world.pacing.violations)
    }

    /// Calls that were refused because they were too many, not on request.
    pub fn refused_by_limits(&self) -> u64 {
        self.inner.look(|world| world.pacing.refused)
    }

    /// From now on this token is answered with 401.
    pub fn revoke(&self, token: &str) {
        self.inner.change(|world| world.revoked.insert(token.to_owned()));
    }

    /// All taps not yet answered become too old to answer.
    pub fn expire_taps(&self) {
        self.inner.change(|world| world.taps.clear());
    }

    /// How long to wait before each repeat of a failed webhook; the last one goes on for ever.
    pub fn retry_webhooks_after(&self, schedule: Vec<Duration>) {
        self.inner.change(|world| world.retry_schedule = schedule);
    }
}

/// A pretend Telegram on a socket. Stops when it is told to or dropped.
pub struct RunningTelegram {
    /// `http://127.0.0.1:<port>`, without a slash at the end.
    pub url: String,
    /// The handle for tests.
    pub simulator: TelegramSimulator,
    server: JoinHandle<()>,
}

impl RunningTelegram {
    /// Ends every connection and gives the port back.
    pub async fn stop(mut self) {
        self.simulator.close();
        // A client that keeps an idle connection must not keep the simulator.
        if tokio::time::timeout(Duration::from_secs(2), &mut self.server).await.is_err() {
            self.server.abort();
        }
    }
}

impl Drop for RunningTelegram {
    fn drop(&mut self) {
        self.simulator.close();
    }
}

#[cfg(test)]
mod chat_tests;
#[cfg(test)]
mod delivery_tests;
#[cfg(test)]
mod fault_tests;
#[cfg(test)]
mod group_tests;
#[cfg(test)]
mod page_tests;
