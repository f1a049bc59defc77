//! Telegram's patience: about one message a second in a chat with short bursts, about thirty a
//! second over all, twenty a minute in a group. The figures are soft; the only law is `retry_after`,
//! which holds one chat.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use chrono::TimeDelta;
use tokio::sync::mpsc;
use tokio::time::Instant;

use crate::domain::id::TelegramId;

/// Who is waiting for a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Urgency {
    /// A person who just pressed or typed something.
    Reply,
    /// Nobody: the outbox sends it when it may.
    Outbox,
}

/// Gives out turns to call Telegram. Clones share their memory; of what replicas know, only Telegram's
/// holds are shared, by [`Pacer::watch_holds`] and [`Pacer::recall_hold`].
#[derive(Debug, Clone)]
pub struct Pacer {
    pace: Pace,
    state: Arc<Mutex<State>>,
}

/// How much time lies between messages, in the long run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pace {
    /// Between two messages of a chat.
    pub chat_interval: Duration,
    /// Between two messages over all chats.
    pub global_interval: Duration,
    /// The most messages within [`Pace::MINUTE`] in a group, and of the outbox in any chat.
    pub chat_per_minute: usize,
}

/// Messages that all chats together may burst.
const GLOBAL_BURST: u32 = 5;

/// Chats whose last message is remembered before the quiet ones are forgotten.
const CHATS_REMEMBERED: usize = 10_000;

impl Pace {
    /// Telegram's: one a second in a chat, 25 a second over all.
    pub const TELEGRAM: Self = Self {
        chat_interval: Duration::from_secs(1),
        global_interval: Duration::from_millis(40),
        chat_per_minute: 20,
    };

    /// A minute, with something to spare for calls that are longer on their way than others.
    pub const MINUTE: Duration = Duration::from_millis(60_500);

    /// No pace at all: for a Telegram without limits, as the simulator is by default. What it asks to
    /// wait is still waited.
    pub const NONE: Self =
        Self { chat_interval: Duration::ZERO, global_interval: Duration::ZERO, chat_per_minute: usize::MAX };
}

/// How long the outbox lets replies go first before it looks again.
const COURTESY: Duration = Duration::from_millis(40);

/// The longest a reply waits for its turn: later, and whoever answers has other chats to serve.
pub(super) const PATIENCE_OF_REPLIES: Duration = Duration::from_secs(10);

/// The longest the outbox waits while all chats together are too fast. For its own chat it never waits:
/// others may go meanwhile.
const PATIENCE_OF_THE_OUTBOX: Duration = Duration::from_secs(3);

#[derive(Debug, Default)]
struct State {
    /// When a chat would be rested, were every message to take its interval.
    chats: HashMap<TelegramId, Rest>,
    /// The same over all chats.
    all: Rest,
    /// Replies that wait for the turn of all, not for their own chat: the outbox lets them go first.
    replies_waiting: usize,
    /// Who wants to know of Telegram's holds.
    watcher: Option<mpsc::UnboundedSender<Hold>>,
}

/// Telegram asked to leave a chat alone for a while.
pub type Hold = (TelegramId, TimeDelta);

#[derive(Debug, Clone, Default)]
struct Rest {
    /// When the allowance would be full again.
    rested_at: Option<Instant>,
    /// Telegram said to wait until then.
    held_until: Option<Instant>,
    /// Turns of the last minute that count for its limit.
    last_minute: VecDeque<Instant>,
}

impl Urgency {
    /// Messages of a chat that may follow each other at once. A person who taps quickly is answered
    /// quickly; the outbox keeps the pace.
    const fn chat_burst(self) -> u32 {
        match self {
            Self::Reply => 4,
            Self::Outbox => 1,
        }
    }

    /// The longest wait for a turn.
    const fn patience(self) -> Duration {
        match self {
            Self::Reply => PATIENCE_OF_REPLIES,
            Self::Outbox => PATIENCE_OF_THE_OUTBOX,
        }
    }
}

impl Pacer {
    /// A pacer that keeps this pace.
    #[must_use]
    pub fn new(pace: Pace) -> Self {
        Self { pace, state: Arc::default() }
    }

    /// Waits for the turn to call Telegram for this chat; edits count like messages.
    ///
    /// # Errors
    /// The time to wait when the turn comes later than anybody should stand here for it: for replies
    /// after ten seconds; for the outbox after three, or at all when the chat itself is not rested.
    pub async fn turn(&self, chat: TelegramId, urgency: Urgency) -> Result<(), TimeDelta> {
        let patience_ends = Instant::now() + urgency.patience();
        let mut waiting = None;
        loop {
            let (until, delays_all) = match self.try_turn(chat, urgency) {
                Turn::Go => return Ok(()),
                Turn::NotYet(until) => return Err(time_until(until)),
                Turn::WaitForChat(until) => (until, false),
                Turn::WaitForAll(until) => (until, true),
            };
            if until > patience_ends {
                return Err(time_until(until));
            }
            if !delays_all {
                drop(waiting.take());
            } else if waiting.is_none() && urgency == Urgency::Reply {
                waiting = Some(Waiting::register(self));
            }
            tokio::time::sleep_until(until).await;
        }
    }

    /// Notes that a call to this chat was answered: Telegram counts from when it heard it, not from
    /// when it was sent.
    pub fn answered(&self, chat: TelegramId) {
        let rested_at = Instant::now() + self.pace.chat_interval;
        if let Some(rest) = self.lock().chats.get_mut(&chat) {
            rest.rested_at = rest.rested_at.max(Some(rested_at));
        }
    }

    /// How long the outbox leaves a chat alone from now on.
    #[must_use]
    pub fn pause(&self, chat: TelegramId) -> TimeDelta {
        let now = Instant::now();
        let state = self.lock();
        let rest = state.chats.get(&chat);
        let next =
            rest.and_then(|rest| rest.held_until.max(rest.may_at(&self.pace, chat, Urgency::Outbox, now)));
        next.filter(|next| *next > now).map_or(TimeDelta::zero(), time_until)
    }

    /// Whether Telegram wants a chat left alone now.
    #[must_use]
    pub fn is_held(&self, chat: TelegramId) -> bool {
        let held_until = self.lock().chats.get(&chat).and_then(|rest| rest.held_until);
        held_until.is_some_and(|held_until| held_until > Instant::now())
    }

    /// Lets a chat rest because Telegram asked for it; other chats go on.
    pub fn hold(&self, chat: TelegramId, wait: TimeDelta) {
        self.recall_hold(chat, wait);
        if let Some(watcher) = &self.lock().watcher {
            // Nobody listens any more when the process ends.
            let _ = watcher.send((chat, wait));
        }
    }

    /// Lets a chat rest because Telegram asked another replica for it, or before a restart.
    pub fn recall_hold(&self, chat: TelegramId, wait: TimeDelta) {
        let wait = wait.to_std().unwrap_or(Pace::TELEGRAM.chat_interval);
        let mut state = self.lock();
        let rest = state.chats.entry(chat).or_default();
        rest.held_until = rest.held_until.max(Some(Instant::now() + wait));
    }

    /// Every hold that Telegram asks for from now on; the last one who asks is told.
    #[must_use]
    pub fn watch_holds(&self) -> mpsc::UnboundedReceiver<Hold> {
        let (watcher, holds) = mpsc::unbounded_channel();
        self.lock().watcher = Some(watcher);
        holds
    }

    fn try_turn(&self, chat: TelegramId, urgency: Urgency) -> Turn {
        let now = Instant::now();
        let mut state = self.lock();
        let rest = state.chats.entry(chat).or_default();
        let chat_may = rest.may_at(&self.pace, chat, urgency, now);
        if let Some(chat_may) = rest.held_until.max(chat_may).filter(|chat_may| *chat_may > now) {
            return match urgency {
                Urgency::Reply => Turn::WaitForChat(chat_may),
                Urgency::Outbox => Turn::NotYet(chat_may),
            };
        }
        let all_may = state.all.allowed_at(self.pace.global_interval, GLOBAL_BURST);
        if let Some(all_may) = all_may.filter(|all_may| *all_may > now) {
            return Turn::WaitForAll(all_may);
        }
        if urgency == Urgency::Outbox && state.replies_waiting > 0 {
            return Turn::WaitForAll(now + COURTESY);
        }
        state.forget_quiet_chats(now);
        let rest = state.chats.entry(chat).or_default();
        rest.take(self.pace.chat_interval, now);
        if self.counts_for_minute(chat, urgency) {
            rest.last_minute.push_back(now);
        }
        state.all.take(self.pace.global_interval, now);
        Turn::Go
    }

    /// Groups have a limit a minute for everything; in a private chat a person who taps is answered.
    fn counts_for_minute(&self, chat: TelegramId, urgency: Urgency) -> bool {
        self.pace.chat_per_minute < usize::MAX && (chat.0 < 0 || urgency == Urgency::Outbox)
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, State> {
        // A panic while counting leaves counters that are at worst one off.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What the pacer says to who asks.
enum Turn {
    Go,
    /// The chat itself is not rested, which is no other chat's concern.
    WaitForChat(Instant),
    /// All chats together are too fast.
    WaitForAll(Instant),
    /// Nobody waits for this message: it comes back when the chat is rested.
    NotYet(Instant),
}

/// A reply that waits for the turn of all, counted for as long as this lives.
struct Waiting<'a>(&'a Pacer);

impl<'a> Waiting<'a> {
    fn register(pacer: &'a Pacer) -> Self {
        pacer.lock().replies_waiting += 1;
        Self(pacer)
    }
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.0.lock().replies_waiting -= 1;
    }
}

impl State {
    fn forget_quiet_chats(&mut self, now: Instant) {
        if self.chats.len() >= CHATS_REMEMBERED {
            self.chats.retain(|_, rest| {
                let is_after = |at: &Instant| *at > now;
                rest.rested_at.as_ref().is_some_and(is_after)
                    || rest.held_until.as_ref().is_some_and(is_after)
                    || rest.last_minute.back().is_some_and(|last| *last + Pace::MINUTE > now)
            });
        }
    }
}

impl Rest {
    /// When the next message of this chat may go.
    fn may_at(&self, pace: &Pace, chat: TelegramId, urgency: Urgency, now: Instant) -> Option<Instant> {
        let rested = self.allowed_at(pace.chat_interval, urgency.chat_burst());
        let is_limited = chat.0 < 0 || urgency == Urgency::Outbox;
        let recent = self.last_minute.iter().filter(|at| **at + Pace::MINUTE > now);
        let excess = (recent.clone().count() + 1).saturating_sub(pace.chat_per_minute);
        let minute = (is_limited && excess > 0).then(|| recent.copied().nth(excess - 1)).flatten();
        rested.max(minute.map(|at| at + Pace::MINUTE))
    }

    /// When the next message may go, if `burst` may follow each other at once.
    fn allowed_at(&self, interval: Duration, burst: u32) -> Option<Instant> {
        let allowance = interval * burst.saturating_sub(1);
        self.rested_at.and_then(|rested_at| rested_at.checked_sub(allowance))
    }

    fn take(&mut self, interval: Duration, now: Instant) {
        self.rested_at = Some(self.rested_at.map_or(now, |rested_at| rested_at.max(now)) + interval);
        self.last_minute.retain(|at| *at + Pace::MINUTE > now);
    }
}

fn time_until(instant: Instant) -> TimeDelta {
    TimeDelta::from_std(instant - Instant::now()).unwrap_or(TimeDelta::seconds(1))
}

#[cfg(test)]
mod tests;
