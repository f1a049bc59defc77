//! Workers: each does one kind of work until there is none, then waits for a ring or a second.

use std::future::Future;
use std::panic::AssertUnwindSafe;
use std::time::Duration;

use chrono::TimeDelta;
use futures::FutureExt;
use tokio::sync::mpsc::{Receiver, UnboundedReceiver};
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

use crate::bot::links_by_file::making;
use crate::bot::sharing::answer_query;
use crate::messaging::inline_queries::InlineQuery;
use crate::messaging::pacer::Hold;
use crate::messaging::telegram::Messenger;
use crate::services::gateway_health::ASKING_MAX;
use crate::services::{ServiceError, Services};
use crate::storage::{QueueClaim, Signal};
use crate::web::health::PeerHealth;

/// How long a worker waits when nobody rings: a ring that was lost costs this much.
pub(super) const POLL: Duration = Duration::from_secs(1);

/// How long a ring is let fade that comes for every order of every shop.
const RING_FADES: Duration = Duration::from_millis(100);

/// How often old rows are forgotten.
const HOUSEKEEPING: Duration = Duration::from_secs(600);

/// How often it is written down who opened links.
const VIEWS_GAP: Duration = Duration::from_secs(3);

/// How often stranded units are looked for.
const HOLDS_GAP: Duration = Duration::from_secs(30);

/// How often orders that were left unpaid are looked for.
const FOLLOW_UP_GAP: Duration = Duration::from_secs(30);

/// How often a replica looks whether the hourly audit or somebody's recap is due, and whether an admin is to
/// be told.
const WATCH_GAP: Duration = Duration::from_secs(60);

/// What `/readyz` calls the database's disk, and how often it is looked at.
const DISK: &str = "disk";

/// See [`DISK`].
const DISK_GAP: Duration = Duration::from_secs(10);

/// How long an audit that found something waits before it looks again.
const SECOND_LOOK_GAP: Duration = Duration::from_secs(45);

/// What `/readyz` calls the books.
const BOOKS: &str = "books";

/// Inline questions that one process answers at once, and the longest an answer may take: Telegram forgets
/// them sooner.
const INLINE_ANSWERS_MAX: usize = 16;

/// See [`INLINE_ANSWERS_MAX`].
const INLINE_ANSWER_MAX: Duration = Duration::from_secs(20);

/// Chats that one process speaks in at once.
const DELIVERIES_MAX: usize = 64;

/// Workers of one kind in one process.
pub const WORKERS_PER_KIND: usize = 4;

const _: () = assert!(ASKING_MAX < WORKERS_PER_KIND, "one gateway account must not take all who pull");

/// Asks gateways about charges that are due.
pub async fn pull(services: Services, name: String, stop: CancellationToken) {
    let signals = services.storage().signals().clone();
    work(&stop, signals.pulls(), "pull", || services.pull_once(&name)).await;
}

/// Sends what waits in the outbox, in many chats beside each other: one that answers slowly takes one
/// place, not a worker. `name` is the process's.
pub async fn deliver(services: Services, messenger: Messenger, name: String, stop: CancellationToken) {
    let messenger = messenger.for_outbox();
    let mut deliveries = JoinSet::new();
    while !stop.is_cancelled() {
        while deliveries.try_join_next().is_some() {}
        if deliveries.len() >= DELIVERIES_MAX {
            tokio::select! {
                () = stop.cancelled() => {}
                _ = deliveries.join_next() => {}
            }
            continue;
        }
        let until_due = match caught("deliver", services.claim_delivery(&name)).await {
            Ok(QueueClaim::Taken(queue)) => {
                let (services, messenger, name) = (services.clone(), messenger.clone(), name.clone());
                deliveries.spawn(async move {
                    let delivered = services.deliver(&messenger, &name, *queue);
                    if let Err(error) = caught("deliver", delivered).await {
                        tracing::error!(%error, "a delivery could not be noted; it may be repeated");
                    }
                });
                continue;
            }
            Ok(QueueClaim::Nothing(until_due)) => until_due.and_then(|until_due| until_due.to_std().ok()),
            Err(error) => {
                tracing::error!(worker = "deliver", %error, "a worker's round failed; it goes on");
                None
            }
        };
        tokio::select! {
            () = stop.cancelled() => {}
            () = services.storage().signals().outbox().woken() => {}
            () = tokio::time::sleep(until_due.map_or(POLL, |until_due| until_due.min(POLL))) => {}
        }
    }
    while deliveries.join_next().await.is_some() {}
}

/// Answers questions that are typed in other chats, several beside each other, as long as they are worth it.
pub async fn answer_inline(
    services: Services,
    messenger: Messenger,
    mut questions: Receiver<InlineQuery>,
    stop: CancellationToken,
) {
    let mut answers = JoinSet::new();
    loop {
        let question = tokio::select! {
            () = stop.cancelled() => return,
            _ = answers.join_next(), if answers.len() >= INLINE_ANSWERS_MAX => continue,
            question = questions.recv(), if answers.len() < INLINE_ANSWERS_MAX => question,
        };
        let Some(question) = question else { return };
        while answers.try_join_next().is_some() {}
        let (services, messenger) = (services.clone(), messenger.clone());
        answers.spawn(async move {
            let answer = caught("inline", answer_query(&services, &messenger, &question));
            match tokio::time::timeout(INLINE_ANSWER_MAX, answer).await {
                Ok(Ok(())) => {}
                Ok(Err(error)) => tracing::error!(%error, "an inline question was not answered"),
                Err(_) => tracing::warn!("an inline question was not answered in time"),
            }
        });
    }
}

/// Makes messages in other chats say what is true, one after the other.
pub async fn redraw_shared(services: Services, messenger: Messenger, stop: CancellationToken) {
    while !stop.is_cancelled() {
        match caught("redraw", services.redraw_shared_message(&messenger)).await {
            Ok(true) => continue,
            Ok(false) => {}
            Err(error) => tracing::error!(%error, "messages in other chats were not looked at"),
        }
        rest(&stop, POLL).await;
    }
}

/// Makes the links of files, one file after the other. `name` is the process's.
pub async fn make_links_of_files(
    services: Services,
    messenger: Messenger,
    name: String,
    stop: CancellationToken,
) {
    while !stop.is_cancelled() {
        match caught("imports", making::make_once(&services, &messenger, &name, &stop)).await {
            Ok(true) => continue,
            Ok(false) => {}
            Err(error) => tracing::error!(%error, "links out of files are made later"),
        }
        rest(&stop, POLL).await;
    }
}

/// Keeps Telegram's wishes to be left alone, for other replicas and the next start.
pub async fn remember_holds(services: Services, mut holds: UnboundedReceiver<Hold>, stop: CancellationToken) {
    loop {
        let (chat, wait) = tokio::select! {
            () = stop.cancelled() => return,
            hold = holds.recv() => match hold {
                Some(hold) => hold,
                None => return,
            },
        };
        if let Err(error) = services.storage().hold_chat(chat, wait).await {
            tracing::warn!(chat.id = chat.0, %error, "other replicas do not know of a hold");
        }
    }
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
        match caught("holds", services.release_stranded_holds()).await {
            Ok(true) => continue,
            Ok(false) => {}
            Err(error) => tracing::error!(%error, "stranded units could not be given back"),
        }
        rest(&stop, HOLDS_GAP).await;
    }
}

/// Tells customers in line whose turn it is, when something changed and once in a while.
pub async fn move_lines(services: Services, stop: CancellationToken) {
    let mut changes = services.storage().signals().changes();
    while !stop.is_cancelled() {
        match caught("lines", services.move_lines()).await {
            Ok(true) => continue,
            Ok(false) => {}
            Err(error) => tracing::error!(%error, "whose turn it is could not be told"),
        }
        tokio::select! {
            () = rest(&stop, POLL) => {}
            // Many rings in a row are answered by one look.
            _ = changes.changed() => rest(&stop, RING_FADES).await,
        }
    }
}

/// Tells shops that want it of orders that were left unpaid.
pub async fn follow_up(services: Services, stop: CancellationToken) {
    while !stop.is_cancelled() {
        if let Err(error) = caught("follow-ups", services.follow_up()).await {
            tracing::error!(%error, "unpaid orders could not be followed up");
        }
        rest(&stop, FOLLOW_UP_GAP).await;
    }
}

/// Forgets what need not be kept.
/// `retention` is how long customers' details are kept.
pub async fn keep_house(services: Services, retention: TimeDelta, stop: CancellationToken) {
    while !stop.is_cancelled() {
        match caught("erasing", services.erase_old_customers(retention)).await {
            Ok(0) => {}
            Ok(orders) => tracing::info!(orders, "details of customers of old orders were erased"),
            Err(error) => tracing::error!(%error, "details of old orders could not be erased"),
        }
        if let Err(error) = caught("housekeeping", services.forget_old_rows()).await {
            tracing::error!(%error, "old rows could not be forgotten");
        }
        rest(&stop, HOUSEKEEPING).await;
    }
}

/// Audits the books: at the start, and every hour by one replica for all. Also tells the admins of
/// alerts that were raised when there was no admin yet.
pub async fn watch_books(services: Services, peers: PeerHealth, stop: CancellationToken) {
    // The start is looked at by each replica, whoever takes up the hour.
    let mut due = caught("audit", services.take_up_audit()).await.is_ok();
    while !stop.is_cancelled() {
        if due {
            tokio::select! {
                () = stop.cancelled() => return,
                () = audit_books(&services, &peers, &stop) => {}
            }
        }
        while let Ok(true) = caught("alerts", services.tell_untold_alert()).await {}
        rest(&stop, WATCH_GAP).await;
        due = !stop.is_cancelled() && caught("audit", services.take_up_audit()).await.unwrap_or(false);
    }
}

/// Writes down how often links were opened. What is counted after the last round is written when the
/// process ends.
pub async fn write_views(services: Services, stop: CancellationToken) {
    while !stop.is_cancelled() {
        rest(&stop, VIEWS_GAP).await;
        if let Err(error) = caught("views", services.write_views()).await {
            tracing::warn!(%error, "how often links were opened is written down later");
        }
    }
}

/// Writes the recaps of the day that are due. Every replica looks, and one writes each.
pub async fn tell_recaps(services: Services, stop: CancellationToken) {
    while !stop.is_cancelled() {
        match caught("recaps", services.tell_due_recap()).await {
            Ok(true) => continue,
            Ok(false) => {}
            Err(error) => tracing::error!(%error, "a recap could not be written; it is due again"),
        }
        rest(&stop, WATCH_GAP).await;
    }
}

/// Looks whether the database's disk has room for new orders.
pub async fn watch_disk(services: Services, peers: PeerHealth, stop: CancellationToken) {
    while !stop.is_cancelled() {
        match caught("disk", services.watch_disk()).await {
            Ok(true) => peers.well(DISK),
            Ok(false) => peers.troubled(DISK, "it is nearly full"),
            Err(error) => tracing::error!(%error, "the disk could not be looked at"),
        }
        rest(&stop, DISK_GAP).await;
    }
}

/// After a long rest some units wait to be given back: only what still does not fit after the other
/// workers had their time is worth an alarm.
async fn audit_books(services: &Services, peers: &PeerHealth, stop: &CancellationToken) {
    let looks_sound = caught("audit", services.audit()).await.map(|report| report.is_sound());
    if matches!(looks_sound, Ok(false)) {
        rest(stop, SECOND_LOOK_GAP).await;
    }
    let audited = match looks_sound {
        Ok(false) => caught("audit", services.watch_books()).await,
        looked => looked,
    };
    match audited {
        Ok(true) => peers.well(BOOKS),
        Ok(false) => peers.troubled(BOOKS, "they do not fit; run tautan verify"),
        Err(error) => tracing::error!(%error, "the books could not be audited"),
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
pub(super) async fn caught<T, E: From<ServiceError>>(
    kind: &str,
    doing: impl Future<Output = Result<T, E>>,
) -> Result<T, E> {
    AssertUnwindSafe(doing).catch_unwind().await.unwrap_or_else(|_| {
        tracing::error!(worker = kind, "a worker panicked; it goes on");
        Err(ServiceError::Interrupted.into())
    })
}

pub(super) async fn rest(stop: &CancellationToken, time: Duration) {
    tokio::select! {
        () = stop.cancelled() => {}
        () = tokio::time::sleep(time) => {}
    }
}

#[cfg(test)]
mod tests;
