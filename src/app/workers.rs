//! Workers: each does one kind of work until there is none, then waits for a ring or a second.

use std::future::Future;
use std::panic::AssertUnwindSafe;
use std::time::Duration;

use futures::FutureExt;
use tokio_util::sync::CancellationToken;

use crate::messaging::telegram::Messenger;
use crate::services::{ServiceError, Services};
use crate::storage::Signal;

/// How long a worker waits when nobody rings: a ring that was lost costs this much.
const POLL: Duration = Duration::from_secs(1);

/// How often old rows are forgotten.
const HOUSEKEEPING: Duration = Duration::from_secs(600);

/// How often stranded units are looked for.
const HOLDS_GAP: Duration = Duration::from_secs(30);

/// Workers of one kind in one process.
pub const WORKERS_PER_KIND: usize = 4;

/// Asks gateways about charges that are due.
pub async fn pull(services: Services, name: String, stop: CancellationToken) {
    let signals = services.storage().signals().clone();
    work(&stop, signals.pulls(), "pull", || services.pull_once(&name)).await;
}

/// Sends what waits in the outbox.
pub async fn deliver(services: Services, messenger: Messenger, name: String, stop: CancellationToken) {
    let signals = services.storage().signals().clone();
    let messenger = messenger.for_outbox();
    work(&stop, signals.outbox(), "deliver", || services.deliver_once(&messenger, &name)).await;
}

/// Passes on the rings of other replicas; reconnects when the database went away.
pub async fn listen(services: Services, stop: CancellationToken) {
    loop {
        let heard = tokio::select! {
            () = stop.cancelled() => return,
            heard = services.storage().listen() => heard,
        };
        match heard {
            // SQLite: there is nobody else to hear.
            Ok(()) => return,
            Err(error) => tracing::warn!(%error, "other replicas are not heard; polling meanwhile"),
        }
        rest(&stop, Duration::from_secs(5)).await;
    }
}

/// Gives back units that nobody can use any more.
pub async fn release_holds(services: Services, stop: CancellationToken) {
    while !stop.is_cancelled() {
        match caught("holds", services.release_stranded_hold()).await {
            Ok(true) => continue,
            Ok(false) => {}
            Err(error) => tracing::error!(%error, "stranded units could not be given back"),
        }
        rest(&stop, HOLDS_GAP).await;
    }
}

/// Forgets what need not be kept.
pub async fn keep_house(services: Services, stop: CancellationToken) {
    while !stop.is_cancelled() {
        if let Err(error) = caught("housekeeping", services.forget_old_rows()).await {
            tracing::error!(%error, "old rows could not be forgotten");
        }
        rest(&stop, HOUSEKEEPING).await;
    }
}

/// Works until told to stop. What was begun is finished first.
async fn work<Work, Doing>(stop: &CancellationToken, signal: &Signal, kind: &str, work: Work)
where
    Work: Fn() -> Doing,
    Doing: Future<Output = Result<bool, ServiceError>>,
{
    while !stop.is_cancelled() {
        match caught(kind, work()).await {
            Ok(true) => {
                // More may wait than this worker can do alone.
                signal.ring();
            }
            Ok(false) => {
                tokio::select! {
                    () = stop.cancelled() => {}
                    () = signal.woken() => {}
                    () = tokio::time::sleep(POLL) => {}
                }
            }
            Err(error) => {
                tracing::error!(worker = kind, %error, "a worker's round failed; it goes on");
                rest(stop, POLL).await;
            }
        }
    }
}

/// A row that makes a worker panic must not end the worker: others wait behind it.
async fn caught<T>(
    kind: &str,
    doing: impl Future<Output = Result<T, ServiceError>>,
) -> Result<T, ServiceError> {
    AssertUnwindSafe(doing).catch_unwind().await.unwrap_or_else(|_| {
        tracing::error!(worker = kind, "a worker panicked; it goes on");
        Err(ServiceError::Interrupted)
    })
}

async fn rest(stop: &CancellationToken, time: Duration) {
    tokio::select! {
        () = stop.cancelled() => {}
        () = tokio::time::sleep(time) => {}
    }
}
