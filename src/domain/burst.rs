//! When many payments come at once: the first two ring, the later ones become lines of one message
//! that is changed in place. What is waiting goes in, the next step comes out.
//!
//! Only plain payments become lines. What needs a decision stands alone and waits for no line, but
//! nothing overtakes an earlier word about the same order.

use std::collections::HashSet;

use chrono::{DateTime, TimeDelta, Utc};

use super::id::{MerchantId, OrderId};
use super::merchant::Mode;
use super::money::Currency;
use super::notification::NotificationKind;

/// Payments that ring, each as a message of its own, before the others become lines.
pub const RINGS: u32 = 2;

/// The most lines of a message; the next payment begins a new one, which rings.
pub const LINES_MAX: usize = 20;

/// The shortest time between two changes of the same message: Telegram counts them like messages.
pub const EDIT_GAP: TimeDelta = TimeDelta::seconds(5);

/// A burst is over when nothing was added to it for so long.
pub const QUIET: TimeDelta = TimeDelta::seconds(60);

/// What payments of one burst have in common, so that their amounts can be added up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct BurstKey {
    /// The shop.
    pub merchant_id: MerchantId,
    /// Real or play money.
    pub mode: Mode,
    /// The currency.
    pub currency: Currency,
}

/// A burst in one chat, as far as it was told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Burst {
    /// What its payments have in common.
    pub key: BurstKey,
    /// How many of its payments rang on their own.
    pub rung: u32,
    /// When a payment was told last.
    pub told_at: DateTime<Utc>,
    /// The message that takes further lines.
    pub list: Option<BurstList>,
}

/// A message with a line for each payment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BurstList {
    /// Telegram's number of the message.
    pub message_id: i64,
    /// How many lines it has.
    pub lines: usize,
    /// When it was sent or changed last.
    pub shown_at: DateTime<Utc>,
}

/// A message that waits, as far as the plan depends on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Waiting {
    /// How it may be told.
    pub kind: NotificationKind,
    /// The order it is about.
    pub order_id: Option<OrderId>,
    /// The burst it belongs to, when its order is known.
    pub key: Option<BurstKey>,
    /// Whether it was written while nobody was there.
    pub missed: bool,
}

/// What to do next in a chat. Numbers are places in what waits, in its order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// Send this as a message of its own.
    Alone(usize),
    /// Send this payment as a message of its own; it counts for its burst.
    Ring(usize, BurstKey),
    /// Send these as the lines of a new message.
    NewList {
        /// The payments.
        lines: Vec<usize>,
        /// Their burst.
        key: BurstKey,
        /// Whether it rings: the message before it is full.
        rings: bool,
    },
    /// Add these as lines to the message that is there.
    MoreLines {
        /// The payments.
        lines: Vec<usize>,
        /// Their burst.
        key: BurstKey,
        /// The message.
        list: BurstList,
    },
    /// Send these as a list of what was missed.
    Missed(Vec<usize>),
    /// Nothing before this instant.
    Rest(DateTime<Utc>),
    /// Nothing waits.
    Nothing,
}

/// The next step in a chat where `waiting` waits, in the order in which it was written.
#[must_use]
pub fn next_step(waiting: &[Waiting], bursts: &[Burst], now: DateTime<Utc>) -> Step {
    let mut spoken_for: HashSet<OrderId> = HashSet::new();
    let mut rest_until: Option<DateTime<Utc>> = None;
    for (index, message) in waiting.iter().enumerate() {
        let is_free = message.order_id.is_none_or(|order_id| !spoken_for.contains(&order_id));
        if is_free {
            let step = match (message.kind, message.key) {
                (NotificationKind::Decision, _) => Step::Alone(index),
                _ if message.missed => Step::Missed(followers(waiting, index, |other| {
                    other.missed && other.kind != NotificationKind::Decision
                })),
                (NotificationKind::Payment, Some(key)) => payment_step(waiting, index, key, bursts, now),
                _ => Step::Alone(index),
            };
            match step {
                Step::Rest(until) => {
                    rest_until = Some(rest_until.map_or(until, |earlier| earlier.min(until)));
                }
                step => return step,
            }
        }
        spoken_for.extend(message.order_id);
    }
    rest_until.map_or(Step::Nothing, Step::Rest)
}

/// What becomes of the first waiting payment of a burst, and of those that can go with it.
fn payment_step(
    waiting: &[Waiting],
    first: usize,
    key: BurstKey,
    bursts: &[Burst],
    now: DateTime<Utc>,
) -> Step {
    let burst = bursts.iter().find(|burst| burst.key == key && now - burst.told_at < QUIET);
    let Some(burst) = burst.filter(|burst| burst.rung >= RINGS) else { return Step::Ring(first, key) };
    let mut lines = followers(waiting, first, |other| {
        other.kind == NotificationKind::Payment && other.key == Some(key) && !other.missed
    });
    match burst.list.filter(|list| list.lines < LINES_MAX) {
        Some(list) if now < list.shown_at + EDIT_GAP => Step::Rest(list.shown_at + EDIT_GAP),
        Some(list) => {
            lines.truncate(LINES_MAX - list.lines);
            Step::MoreLines { lines, key, list }
        }
        None => {
            lines.truncate(LINES_MAX);
            Step::NewList { lines, key, rings: burst.list.is_some() }
        }
    }
}

/// The places from `first` on that belong together, without those that would overtake an earlier word
/// about the same order.
fn followers(waiting: &[Waiting], first: usize, belongs: impl Fn(&Waiting) -> bool) -> Vec<usize> {
    let mut left_behind: HashSet<OrderId> = HashSet::new();
    let mut chosen = Vec::new();
    for (index, message) in waiting.iter().enumerate() {
        let is_free = message.order_id.is_none_or(|order_id| !left_behind.contains(&order_id));
        if index >= first && is_free && belongs(message) {
            chosen.push(index);
        } else {
            left_behind.extend(message.order_id);
        }
    }
    chosen
}

impl Burst {
    /// The burst of `key` after one more of its payments rang.
    #[must_use]
    pub fn after_ring(bursts: &[Self], key: BurstKey, now: DateTime<Utc>) -> Self {
        let running = bursts.iter().find(|burst| burst.key == key && now - burst.told_at < QUIET);
        let rung = running.map_or(0, |burst| burst.rung) + 1;
        Self { key, rung, told_at: now, list: None }
    }

    /// The burst of `key` after a message with so many lines was sent or changed.
    #[must_use]
    pub const fn after_list(key: BurstKey, message_id: i64, lines: usize, now: DateTime<Utc>) -> Self {
        Self { key, rung: RINGS, told_at: now, list: Some(BurstList { message_id, lines, shown_at: now }) }
    }

    /// The burst of `key` after someone deleted its list.
    #[must_use]
    pub const fn without_list(key: BurstKey, now: DateTime<Utc>) -> Self {
        Self { key, rung: RINGS, told_at: now, list: None }
    }

    /// The same, told at another instant: when Telegram answered.
    #[must_use]
    pub fn told_at(self, now: DateTime<Utc>) -> Self {
        Self { told_at: now, list: self.list.map(|list| BurstList { shown_at: now, ..list }), ..self }
    }
}

#[cfg(test)]
mod tests;
