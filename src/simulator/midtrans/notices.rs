//! Sends notices: in order for each transaction, repeated on failure, and never in the caller's way.

use std::collections::{HashMap, HashSet, VecDeque};
use std::time::Duration;

use axum::http::HeaderMap;
use axum::http::header::{ACCEPT, CONTENT_TYPE, HeaderValue, USER_AGENT};
use chrono::{DateTime, Utc};
use futures::future::BoxFuture;
use url::Url;

use super::MidtransSimulator;
use super::journal::{Direction, JournalEntry};

/// Waits before the first to the fifth repetition.
pub(super) const REAL_SCHEDULE: [Duration; 5] = [
    Duration::from_secs(2 * 60),
    Duration::from_secs(10 * 60),
    Duration::from_secs(30 * 60),
    Duration::from_secs(90 * 60),
    Duration::from_secs(210 * 60),
];
const ANSWER_TIMEOUT: Duration = Duration::from_secs(15);
const MOST_HOPS: usize = 5;
/// `deliver_all` waits for repetitions that are due within this span, and never longer than the second one.
const WORTH_WAITING: chrono::Duration = chrono::Duration::seconds(5);
const LONGEST_WAIT: Duration = Duration::from_secs(10);

#[derive(Debug, Clone)]
pub(super) struct Notice {
    pub(super) transaction_id: String,
    pub(super) url: Url,
    pub(super) body: String,
}

#[derive(Debug, Default)]
pub(super) struct Outbox {
    queues: HashMap<String, VecDeque<Notice>>,
    /// Transactions whose queue is being worked off.
    busy: HashSet<String>,
    /// Repetitions: when they are due, `None` while on their way.
    repetitions: HashMap<u64, Option<DateTime<Utc>>>,
    next_repetition: u64,
    held: Vec<Notice>,
    postponed: HashMap<String, Vec<Notice>>,
}

impl Outbox {
    /// A postponed notice of the same transaction follows right after.
    pub(super) fn push(&mut self, notice: Notice, extra_copies: u32) {
        let postponed = self.postponed.remove(&notice.transaction_id).unwrap_or_default();
        let queue = self.queues.entry(notice.transaction_id.clone()).or_default();
        for _ in 0..extra_copies {
            queue.push_back(notice.clone());
        }
        queue.push_back(notice);
        queue.extend(postponed);
    }

    pub(super) fn hold(&mut self, notice: Notice) {
        self.held.push(notice);
    }

    pub(super) fn postpone(&mut self, notice: Notice) {
        self.postponed.entry(notice.transaction_id.clone()).or_default().push(notice);
    }

    pub(super) fn release(&mut self) {
        for notice in std::mem::take(&mut self.held) {
            self.push(notice, 0);
        }
    }

    /// Marks every queue that nobody works on and returns the transactions.
    fn claim_queues(&mut self) -> Vec<String> {
        let idle: Vec<String> = self.queues.keys().filter(|id| !self.busy.contains(*id)).cloned().collect();
        self.busy.extend(idle.iter().cloned());
        idle
    }

    fn next(&mut self, transaction_id: &str) -> Option<Notice> {
        let notice = self.queues.get_mut(transaction_id).and_then(VecDeque::pop_front);
        if notice.is_none() {
            self.queues.remove(transaction_id);
            self.busy.remove(transaction_id);
        }
        notice
    }

    fn is_quiet(&self, now: DateTime<Utc>) -> bool {
        let far_away = |due: &Option<DateTime<Utc>>| due.is_some_and(|due| due - now > WORTH_WAITING);
        self.queues.is_empty() && self.busy.is_empty() && self.repetitions.values().all(far_away)
    }
}

impl MidtransSimulator {
    /// Returns when no notice is queued or on its way, at the latest after ten seconds. Notices that are
    /// held, postponed or due for repetition in more than five seconds are not waited for.
    pub async fn deliver_all(&self) {
        let mut bell = self.inner.bell.subscribe();
        let quiet = async {
            loop {
                bell.mark_unchanged();
                self.dispatch();
                let now = self.inner.clock.now();
                if self.books(|books| books.outbox.is_quiet(now)) || bell.changed().await.is_err() {
                    return;
                }
            }
        };
        if tokio::time::timeout(LONGEST_WAIT, quiet).await.is_err() {
            tracing::warn!("the simulated Midtrans still has notices on their way");
        }
    }

    /// Puts the notices that `Hold` kept back into their queues.
    pub fn release_notices(&self) {
        self.books(|books| books.outbox.release());
        self.dispatch();
    }

    /// Starts a task for each queue that has none. Without a runtime they wait for the next occasion.
    pub(super) fn dispatch(&self) {
        let Ok(runtime) = tokio::runtime::Handle::try_current() else { return };
        for transaction_id in self.books(|books| books.outbox.claim_queues()) {
            let simulator = self.clone();
            runtime.spawn(self.inner.stopping.clone().run_until_cancelled_owned(async move {
                while let Some(notice) = simulator.books(|books| books.outbox.next(&transaction_id)) {
                    simulator.deliver(notice, 0).await;
                }
                simulator.ring();
            }));
        }
        self.ring();
    }

    /// Sends one notice; on failure plans the repetition, which does not keep later notices waiting.
    async fn deliver(&self, notice: Notice, repetition: usize) {
        let status = self.post(&notice).await;
        let schedule = self.retry_schedule();
        let Some(wait) = schedule.get(repetition).filter(|_| repetition < repetitions_after(status)) else {
            return;
        };
        let wait = chrono::Duration::from_std(*wait).unwrap_or_default();
        let due = self.inner.clock.now() + wait;
        let number = self.books(|books| {
            books.outbox.next_repetition += 1;
            let number = books.outbox.next_repetition;
            books.outbox.repetitions.insert(number, Some(due));
            number
        });
        let simulator = self.clone();
        tokio::spawn(self.inner.stopping.clone().run_until_cancelled_owned(async move {
            simulator.until(due).await;
            simulator.repeat(notice, repetition + 1, number).await;
        }));
    }

    /// Boxed, because a repetition may plan the next one.
    fn repeat(self, notice: Notice, repetition: usize, number: u64) -> BoxFuture<'static, ()> {
        Box::pin(async move {
            self.books(|books| books.outbox.repetitions.insert(number, None));
            self.deliver(notice, repetition).await;
            self.books(|books| books.outbox.repetitions.remove(&number));
            self.ring();
        })
    }

    /// Waits on the simulator's clock, which tests may move.
    async fn until(&self, due: DateTime<Utc>) {
        let mut bell = self.inner.bell.subscribe();
        loop {
            bell.mark_unchanged();
            let Ok(left) = (due - self.inner.clock.now()).to_std() else { return };
            if left.is_zero() {
                return;
            }
            tokio::select! {
                () = tokio::time::sleep(left) => {}
                _ = bell.changed() => {}
            }
        }
    }

    /// The HTTP status of the answer, `None` when there was none.
    async fn post(&self, notice: &Notice) -> Option<u16> {
        let mut headers = HeaderMap::new();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
        headers.insert(USER_AGENT, HeaderValue::from_static("Veritrans"));
        let now = self.inner.clock.now();
        let entry = JournalEntry::new(Direction::Sent, now, "POST", notice.url.as_str(), notice.body.clone());
        let number = self.books(|books| books.journal.write(entry.with_headers(&headers)));
        let request = self.inner.http.post(notice.url.clone()).headers(headers).body(notice.body.clone());
        let (status, text) = match request.send().await {
            Ok(answer) => {
                let status = answer.status().as_u16();
                (Some(status), answer.text().await.unwrap_or_default())
            }
            Err(fault) => (None, with_causes(&fault)),
        };
        self.books(|books| books.journal.answered(number, status, text));
        status
    }
}

/// An error and what lies beneath it.
fn with_causes(fault: &dyn std::error::Error) -> String {
    let causes = std::iter::successors(Some(fault), |fault| fault.source());
    causes.map(ToString::to_string).collect::<Vec<_>>().join(": ")
}

/// Follows 307 and 308 with the same body, and no other redirect.
pub(super) fn http_client() -> reqwest::Client {
    let follow_some = reqwest::redirect::Policy::custom(|attempt| {
        let same_body = matches!(attempt.status().as_u16(), 307 | 308);
        if same_body && attempt.previous().len() <= MOST_HOPS { attempt.follow() } else { attempt.stop() }
    });
    reqwest::Client::builder()
        .timeout(ANSWER_TIMEOUT)
        // Each notice comes on a connection of its own, as through a proxy that keeps none.
        .pool_max_idle_per_host(0)
        .redirect(follow_some)
        .no_proxy()
        .build()
        .unwrap_or_default()
}

/// How often Midtrans repeats a notice, by the answer it got.
fn repetitions_after(status: Option<u16>) -> usize {
    match status {
        Some(200..=299 | 301..=303) => 0,
        Some(500) => 1,
        Some(400 | 404) => 2,
        Some(503) => 4,
        _ => 5,
    }
}
