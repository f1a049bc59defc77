//! Wake-ups: a commit that makes work rings for the worker that does it. They only save waiting;
//! every worker polls as well.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::{Notify, watch};

use crate::domain::id::OrderId;

/// What there is to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Topic {
    /// Updates from Telegram wait in the inbox.
    Updates,
    /// Messages wait in the outbox.
    Outbox,
    /// A gateway is to be asked.
    Pulls,
}

impl Topic {
    pub(super) const ALL: [Self; 3] = [Self::Updates, Self::Outbox, Self::Pulls];

    pub(super) const fn code(self) -> &'static str {
        match self {
            Self::Updates => "updates",
            Self::Outbox => "outbox",
            Self::Pulls => "pulls",
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
    /// A bell for each order that somebody follows now.
    orders: Mutex<HashMap<OrderId, watch::Sender<()>>>,
}

/// Rings when one order changed, and for no other. Dropped, it leaves nothing behind.
#[derive(Debug)]
pub struct OrderBell {
    id: OrderId,
    heard: watch::Receiver<()>,
    bells: Arc<Bells>,
}

impl OrderBell {
    /// Waits for a ring, or returns at once when there was one since the last time.
    pub async fn rung(&mut self) {
        // The bell cannot be gone: it hangs as long as somebody listens.
        let _ = self.heard.changed().await;
    }
}

impl Drop for OrderBell {
    fn drop(&mut self) {
        let mut orders = self.bells.orders.lock().unwrap_or_else(PoisonError::into_inner);
        // This one still counts.
        if orders.get(&self.id).is_some_and(|bell| bell.receiver_count() <= 1) {
            orders.remove(&self.id);
        }
    }
}

impl Signals {
    pub(super) fn new() -> Self {
        let bells = Bells {
            updates: Signal::default(),
            outbox: Signal::default(),
            pulls: Signal::default(),
            changes: watch::Sender::new(0),
            orders: Mutex::default(),
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

    /// Changes whenever any order changed; any number may watch.
    #[must_use]
    pub fn changes(&self) -> watch::Receiver<u64> {
        self.bells.changes.subscribe()
    }

    pub(super) fn ring(&self, topic: Topic) {
        match topic {
            Topic::Updates => self.bells.updates.ring(),
            Topic::Outbox => self.bells.outbox.ring(),
            Topic::Pulls => self.bells.pulls.ring(),
        }
    }

    /// The bell of one order, for a page that follows it.
    #[must_use]
    pub fn order(&self, id: OrderId) -> OrderBell {
        let mut orders = self.bells.orders.lock().unwrap_or_else(PoisonError::into_inner);
        let heard = orders.entry(id).or_insert_with(|| watch::Sender::new(())).subscribe();
        OrderBell { id, heard, bells: self.bells.clone() }
    }

    pub(super) fn ring_order(&self, id: OrderId) {
        if let Some(bell) = self.bells.orders.lock().unwrap_or_else(PoisonError::into_inner).get(&id) {
            bell.send_replace(());
        }
        self.bells.changes.send_modify(|count| *count = count.wrapping_add(1));
    }
}

#[cfg(test)]
mod tests {
    use futures::FutureExt;

    use super::*;

    #[test]
    fn an_order_rings_for_those_who_follow_it_and_leaves_nothing_behind() {
        let signals = Signals::new();
        let (own, other) = (OrderId::generate(), OrderId::generate());
        let (mut one, mut two) = (signals.order(own), signals.order(own));
        let mut stranger = signals.order(other);
        let mut all = signals.changes();
        signals.ring_order(own);
        signals.ring_order(own);
        assert!(one.rung().now_or_never().is_some() && two.rung().now_or_never().is_some());
        assert!(one.rung().now_or_never().is_none(), "many rings are one");
        assert!(stranger.rung().now_or_never().is_none(), "nobody is woken for somebody else's order");
        assert!(all.changed().now_or_never().is_some());
        drop(one);
        signals.ring_order(own);
        assert!(two.rung().now_or_never().is_some());
        drop((two, stranger));
        assert!(signals.bells.orders.lock().unwrap().is_empty());
    }
}
