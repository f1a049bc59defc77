//! Wake-ups: a commit that makes work rings for the worker that does it. They only save waiting;
//! every worker polls as well.

use std::sync::Arc;

use tokio::sync::{Notify, watch};

/// What there is to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Topic {
    /// Updates from Telegram wait in the inbox.
    Updates,
    /// Messages wait in the outbox.
    Outbox,
    /// A gateway is to be asked.
    Pulls,
    /// An order changed: pages that follow it look again.
    Changes,
}

impl Topic {
    pub(super) const ALL: [Self; 4] = [Self::Updates, Self::Outbox, Self::Pulls, Self::Changes];

    pub(super) const fn code(self) -> &'static str {
        match self {
            Self::Updates => "updates",
            Self::Outbox => "outbox",
            Self::Pulls => "pulls",
            Self::Changes => "changes",
        }
    }
}

/// A bell for one kind of worker. A ring while nobody listens is kept.
#[derive(Debug, Default)]
pub struct Signal {
    notify: Notify,
}

impl Signal {
    /// Waits for a ring, or returns at once when one was kept.
    pub async fn woken(&self) {
        self.notify.notified().await;
    }

    /// Rings.
    pub fn ring(&self) {
        self.notify.notify_one();
    }
}

/// Every bell of the house. Clones ring together.
#[derive(Debug, Clone)]
pub struct Signals {
    bells: Arc<Bells>,
}

#[derive(Debug)]
struct Bells {
    updates: Signal,
    outbox: Signal,
    pulls: Signal,
    changes: watch::Sender<u64>,
}

impl Signals {
    pub(super) fn new() -> Self {
        let bells = Bells {
            updates: Signal::default(),
            outbox: Signal::default(),
            pulls: Signal::default(),
            changes: watch::Sender::new(0),
        };
        Self { bells: Arc::new(bells) }
    }

    /// Rings when updates wait.
    #[must_use]
    pub fn updates(&self) -> &Signal {
        &self.bells.updates
    }

    /// Rings when messages wait.
    #[must_use]
    pub fn outbox(&self) -> &Signal {
        &self.bells.outbox
    }

    /// Rings when a gateway is to be asked.
    #[must_use]
    pub fn pulls(&self) -> &Signal {
        &self.bells.pulls
    }

    /// Changes whenever an order changed; any number may watch.
    #[must_use]
    pub fn changes(&self) -> watch::Receiver<u64> {
        self.bells.changes.subscribe()
    }

    pub(super) fn ring(&self, topic: Topic) {
        match topic {
            Topic::Updates => self.bells.updates.ring(),
            Topic::Outbox => self.bells.outbox.ring(),
            Topic::Pulls => self.bells.pulls.ring(),
            Topic::Changes => self.bells.changes.send_modify(|count| *count = count.wrapping_add(1)),
        }
    }
}
