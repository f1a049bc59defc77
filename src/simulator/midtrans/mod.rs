//! A pretend Midtrans: Core API, Snap, signed notices and pages where a person plays the bank.
//!
//! It is as strict as the real one about types, lengths, ids and keys, ignores unknown fields as the real one
//! does, writes down everything in a [journal](MidtransSimulator::journal), and goes wrong on request
//! ([`Misbehaviour`]). Its money, time and signing code is its own. Amounts are whole rupiah.
//!
//! Reading order: [`MidtransSimulator`] here; `charge_request` (what is accepted), `transaction` (what may
//! happen), `books` (what is remembered), `notices` (what is sent), `core_api` and `reception` (HTTP for
//! programs), `bank_page` and `snap` (HTML for people), `control` (HTTP for whoever plays the bank).
//!
//! Business errors come as HTTP 200 with their code in the body, as Midtrans does; only 401, 413, 429, 5xx
//! and the 202 of an idempotent twin show in the HTTP status as well.

mod bank_page;
mod bank_work;
mod books;
mod charge_request;
mod clock;
mod control;
mod core_api;
mod idempotency;
mod instructions;
mod journal;
mod misbehaviour;
mod notices;
mod payment_method;
mod qr_picture;
mod qris;
mod reception;
mod request_fields;
mod signature;
mod snap;
mod transaction;

#[cfg(test)]
mod tests;

use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::watch;
use tokio_util::sync::CancellationToken;
use url::Url;

use self::books::Books;
use self::clock::SimulatorClock;

pub use self::bank_work::{Signing, SimulatorError, TransactionView};
pub use self::journal::{Direction, JournalEntry};
pub use self::misbehaviour::{Conduct, Endpoint, Misbehaviour};

/// How often a running simulator looks for charges whose time is over.
const TICK: Duration = Duration::from_secs(1);
/// Open connections get this long when a running simulator stops.
const FAREWELL: Duration = Duration::from_secs(1);

/// Who the merchant is and where things are.
#[derive(Clone)]
pub struct MidtransSettings {
    /// The user name of Basic auth (the password is empty) and the key of every signature.
    pub server_key: String,
    /// Told in every answer and notice.
    pub merchant_id: String,
    /// Where notices go when a charge names no address of its own; `None`: nowhere.
    pub notify_url: Option<Url>,
    /// Where a person's browser reaches the bank's pages, such as
    /// `http://127.0.0.1:8080/simulator/midtrans`; `None`: at the host that received the charge.
    pub public_url: Option<Url>,
}

/// A handle on one pretend Midtrans; clones share it.
#[derive(Clone)]
pub struct MidtransSimulator {
    inner: Arc<Inner>,
}

struct Inner {
    settings: MidtransSettings,
    clock: SimulatorClock,
    books: Mutex<Books>,
    /// Rings after every change, so that nobody has to sleep and look.
    bell: watch::Sender<u64>,
    /// Counts `release_hangs`.
    releases: watch::Sender<u64>,
    retry_schedule: Mutex<Vec<Duration>>,
    http: reqwest::Client,
    stopping: CancellationToken,
}

/// A simulator that listens on a socket of its own.
#[derive(Debug)]
pub struct RunningMidtrans {
    /// `http://` address without a slash at the end: base of the Core API, of Snap and of the bank's pages.
    pub url: String,
    /// The handle.
    pub simulator: MidtransSimulator,
    server: tokio::task::JoinHandle<()>,
    ticker: tokio::task::JoinHandle<()>,
}

impl MidtransSimulator {
    /// Starts empty. Whoever nests the routers into a server of its own spawns [`Self::keep_time`] too.
    pub fn new(settings: MidtransSettings) -> Self {
        let books = Books::new(&settings.server_key, &settings.merchant_id);
        let inner = Inner {
            settings,
            clock: SimulatorClock::default(),
            books: Mutex::new(books),
            bell: watch::Sender::new(0),
            releases: watch::Sender::new(0),
            retry_schedule: Mutex::new(notices::REAL_SCHEDULE.to_vec()),
            http: notices::http_client(),
            stopping: CancellationToken::new(),
        };
        Self { inner: Arc::new(inner) }
    }

    /// Core API under `/v2`, Snap under `/snap/v1`, and the controls under `/control`; all want the server key.
    pub fn core_router(&self) -> axum::Router {
        core_api::router(self).merge(control::router(self))
    }

    /// The pages for people, `/bank/…` and `/pay/{snap token}`; links are relative, so any prefix will do.
    pub fn bank_router(&self) -> axum::Router {
        bank_page::router(self).merge(snap::page_router(self))
    }

    /// The list of recent charges, `/bank`: for whom the whole bank belongs to, so it stands apart.
    pub fn bank_list_router(&self) -> axum::Router {
        bank_page::list_router(self)
    }

    /// Serves both routers on a socket.
    ///
    /// # Errors
    /// When the address cannot be bound.
    pub async fn start(settings: MidtransSettings, listen: SocketAddr) -> std::io::Result<RunningMidtrans> {
        let listener = tokio::net::TcpListener::bind(listen).await?;
        let url = format!("http://{}", listener.local_addr()?);
        let simulator = Self::new(settings);
        let app = simulator.core_router().merge(simulator.bank_router()).merge(simulator.bank_list_router());
        let stopping = simulator.inner.stopping.clone();
        let server = tokio::spawn(async move {
            let serve = axum::serve(listener, app).with_graceful_shutdown(stopping.cancelled_owned());
            if let Err(fault) = serve.await {
                tracing::error!(%fault, "the simulated Midtrans stopped serving");
            }
        });
        let ticker = tokio::spawn(simulator.clone().keep_time());
        Ok(RunningMidtrans { url, simulator, server, ticker })
    }

    /// Expires what is overdue, each second, until the simulator stops.
    pub async fn keep_time(self) {
        let stopping = self.inner.stopping.clone();
        let ticks = async {
            loop {
                tokio::time::sleep(TICK).await;
                self.expire_overdue();
            }
        };
        stopping.run_until_cancelled(ticks).await;
    }

    /// Moves the simulator's clock ahead; what is overdue then expires and is announced, and repetitions
    /// of notices that became due go out.
    pub fn advance(&self, by: Duration) {
        self.inner.clock.advance(by);
        self.expire_overdue();
    }

    /// Waits between repetitions of a failed notice, the first first; an empty list: no repetition.
    /// Midtrans' own (2, 10, 30, 90, 210 minutes) unless set.
    pub fn set_retry_schedule(&self, schedule: Vec<Duration>) {
        *self.inner.retry_schedule.lock().unwrap_or_else(PoisonError::into_inner) = schedule;
    }

    /// Lets every method reverse a settlement, not only Permata, Mandiri Bill and Indomaret.
    pub fn let_any_method_reverse(&self) {
        self.books(|books| books.any_method_reverses = true);
    }

    /// More charges than this within a minute are answered 429; `None`: no limit.
    pub fn limit_charges(&self, per_minute: Option<usize>) {
        self.books(|books| books.charges_per_minute = per_minute);
    }

    /// The merchant makes a new server key in the dashboard: the old one is refused from now on, and notices are
    /// signed with the new one.
    pub fn change_server_key(&self, server_key: &str) {
        self.books(|books| server_key.clone_into(&mut books.server_key));
    }

    /// The user name of Basic auth, and the key of every signature.
    pub fn server_key(&self) -> String {
        self.books(|books| books.server_key.clone())
    }

    /// Plans a fault.
    pub fn misbehave(&self, misbehaviour: Misbehaviour) {
        self.books(|books| books.script.push(misbehaviour));
    }

    /// Forgets every planned fault.
    pub fn behave(&self) {
        self.books(|books| books.script.clear());
    }

    /// Lets every request go on that a fault holds.
    pub fn release_hangs(&self) {
        self.inner.releases.send_modify(|count| *count += 1);
    }

    /// Returns once at least this many requests are held by a fault.
    pub async fn wait_until_hanging(&self, requests: usize) {
        let mut bell = self.inner.bell.subscribe();
        while self.books(|books| books.hanging) < requests {
            if bell.changed().await.is_err() {
                return;
            }
        }
    }

    /// Every request received and every notice sent, oldest first; the last ten thousand.
    pub fn journal(&self) -> Vec<JournalEntry> {
        self.books(|books| books.journal.entries())
    }

    /// Ends background work: notices on their way are dropped, held requests are let go.
    pub fn shut_down(&self) {
        self.inner.stopping.cancel();
    }

    fn expire_overdue(&self) {
        let now = self.inner.clock.now();
        self.books(|books| books.expire_overdue(now));
        self.dispatch();
    }

    fn retry_schedule(&self) -> Vec<Duration> {
        self.inner.retry_schedule.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The one way to the books; never held across an await.
    fn books<Answer>(&self, work: impl FnOnce(&mut Books) -> Answer) -> Answer {
        work(&mut self.inner.books.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn ring(&self) {
        self.inner.bell.send_modify(|count| *count = count.wrapping_add(1));
    }
}

/// Without the key: settings end up in logs.
impl std::fmt::Debug for MidtransSettings {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut shown = formatter.debug_struct("MidtransSettings");
        shown.field("merchant_id", &self.merchant_id).field("notify_url", &self.notify_url);
        shown.field("public_url", &self.public_url).finish_non_exhaustive()
    }
}

impl std::fmt::Debug for MidtransSimulator {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("MidtransSimulator")
            .field("settings", &self.inner.settings)
            .finish_non_exhaustive()
    }
}

impl RunningMidtrans {
    /// Stops listening and ends background work.
    pub async fn stop(self) {
        self.simulator.shut_down();
        let mut server = self.server;
        if tokio::time::timeout(FAREWELL, &mut server).await.is_err() {
            server.abort();
        }
        self.ticker.abort();
    }
}
