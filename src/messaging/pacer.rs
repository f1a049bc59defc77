//! Telegram's patience: about one message a second in a chat with short bursts, about thirty a
//! second over all. The figures are soft; the only law is `retry_after`, which holds one chat.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use chrono::TimeDelta;
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

/// Gives out turns to call Telegram. Clones share their memory; replicas do not, and are told apart
/// by `retry_after` alone.
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
}

/// Messages that all chats together may burst.
const GLOBAL_BURST: u32 = 5;

/// Chats whose last message is remembered before the quiet ones are forgotten.
const CHATS_REMEMBERED: usize = 10_000;

impl Pace {
    /// Telegram's: one a second in a chat, 25 a second over all.
    pub const TELEGRAM: Self =
        Self { chat_interval: Duration::from_secs(1), global_interval: Duration::from_millis(40) };

    /// No pace at all: for a Telegram without limits, as the simulator is by default. What it asks to
    /// wait is still waited.
    pub const NONE: Self = Self { chat_interval: Duration::ZERO, global_interval: Duration::ZERO };
}

/// How long the outbox lets replies go first before it looks again.
const COURTESY: Duration = Duration::from_millis(40);

#[derive(Debug, Default)]
struct State {
    /// When a chat would be rested, were every message to take its interval.
    chats: HashMap<TelegramId, Rest>,
    /// The same over all chats.
    all: Rest,
    /// Replies that wait for the turn of all: the outbox lets them go first.
    replies_waiting: usize,
}

#[derive(Debug, Clone, Copy, Default)]
struct Rest {
    /// When the allowance would be full again.
    rested_at: Option<Instant>,
    /// Telegram said to wait until then.
    held_until: Option<Instant>,
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
    /// For the outbox, the time to wait when Telegram holds the chat: it has others to serve.
    pub async fn turn(&self, chat: TelegramId, urgency: Urgency) -> Result<(), TimeDelta> {
        let _waiting = (urgency == Urgency::Reply).then(|| Waiting::register(self));
        loop {
            match self.try_turn(chat, urgency) {
                Turn::Go => return Ok(()),
                Turn::Held(held) => return Err(held),
                Turn::Wait(at) => tokio::time::sleep_until(at).await,
            }
        }
    }

    /// Lets a chat rest because Telegram asked for it; other chats go on.
    pub fn hold(&self, chat: TelegramId, wait: TimeDelta) {
        let wait = wait.to_std().unwrap_or(Pace::TELEGRAM.chat_interval);
        self.lock().chats.entry(chat).or_default().held_until = Some(Instant::now() + wait);
    }

    fn try_turn(&self, chat: TelegramId, urgency: Urgency) -> Turn {
        let now = Instant::now();
        let mut state = self.lock();
        let rest = state.chats.get(&chat).copied().unwrap_or_default();
        if let Some(held_until) = rest.held_until.filter(|held_until| *held_until > now) {
            let held = TimeDelta::from_std(held_until - now).unwrap_or(TimeDelta::seconds(1));
            return match urgency {
                Urgency::Reply => Turn::Wait(held_until),
                Urgency::Outbox => Turn::Held(held),
            };
        }
        let chat_may = rest.may_at(self.pace.chat_interval, urgency.chat_burst());
        let all_may = state.all.may_at(self.pace.global_interval, GLOBAL_BURST);
        let may_at = [chat_may, all_may].into_iter().flatten().max();
        if let Some(may_at) = may_at.filter(|may_at| *may_at > now) {
            return Turn::Wait(may_at);
        }
        if urgency == Urgency::Outbox && state.replies_waiting > 0 {
            return Turn::Wait(now + COURTESY);
        }
        state.forget_quiet_chats(now);
        state.chats.entry(chat).or_default().take(self.pace.chat_interval, now);
        state.all.take(self.pace.global_interval, now);
        Turn::Go
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, State> {
        // A panic while counting leaves counters that are at worst one off.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What the pacer says to who asks.
enum Turn {
    Go,
    Wait(Instant),
    Held(TimeDelta),
}

/// A reply that waits, counted for as long as this lives.
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
                rest.rested_at.is_some_and(|at| at > now) || rest.held_until.is_some_and(|at| at > now)
            });
        }
    }
}

impl Rest {
    /// When the next message may go, if `burst` may follow each other at once.
    fn may_at(&self, interval: Duration, burst: u32) -> Option<Instant> {
        let allowance = interval * burst.saturating_sub(1);
        self.rested_at.and_then(|rested_at| rested_at.checked_sub(allowance))
    }

    fn take(&mut self, interval: Duration, now: Instant) {
        self.rested_at = Some(self.rested_at.map_or(now, |rested_at| rested_at.max(now)) + interval);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ANI: TelegramId = TelegramId(1);
    const BUDI: TelegramId = TelegramId(2);

    async fn seconds_for(pacer: &Pacer, chat: TelegramId, urgency: Urgency, turns: u32) -> u64 {
        let start = Instant::now();
        for _ in 0..turns {
            pacer.turn(chat, urgency).await.unwrap();
        }
        start.elapsed().as_secs()
    }

    #[tokio::test(start_paused = true)]
    async fn a_chat_bursts_shortly_and_then_keeps_to_one_a_second() {
        let pacer = Pacer::new(Pace::TELEGRAM);
        assert_eq!(seconds_for(&pacer, ANI, Urgency::Reply, 4).await, 0);
        assert_eq!(seconds_for(&pacer, ANI, Urgency::Reply, 3).await, 3);
    }

    #[tokio::test(start_paused = true)]
    async fn the_outbox_keeps_the_pace_from_the_second_message_on() {
        let pacer = Pacer::new(Pace::TELEGRAM);
        assert_eq!(seconds_for(&pacer, ANI, Urgency::Outbox, 5).await, 4);
    }

    #[tokio::test(start_paused = true)]
    async fn all_chats_together_stay_under_twenty_five_a_second() {
        let pacer = Pacer::new(Pace::TELEGRAM);
        let start = Instant::now();
        for chat in 0..105 {
            pacer.turn(TelegramId(chat), Urgency::Outbox).await.unwrap();
        }
        assert_eq!(start.elapsed().as_secs(), 4);
    }

    #[tokio::test(start_paused = true)]
    async fn a_held_chat_delays_no_other() {
        let pacer = Pacer::new(Pace::TELEGRAM);
        pacer.hold(ANI, TimeDelta::seconds(30));
        assert_eq!(seconds_for(&pacer, BUDI, Urgency::Reply, 1).await, 0);
        assert!(pacer.turn(ANI, Urgency::Outbox).await.is_err());
        assert_eq!(seconds_for(&pacer, ANI, Urgency::Reply, 1).await, 30);
    }

    #[tokio::test(start_paused = true)]
    async fn a_reply_goes_before_the_outbox() {
        let pacer = Pacer::new(Pace::TELEGRAM);
        for chat in 10..15 {
            pacer.turn(TelegramId(chat), Urgency::Outbox).await.unwrap();
        }
        let order = Arc::new(Mutex::new(Vec::new()));
        let note = |chat: TelegramId, urgency: Urgency| {
            let (pacer, order) = (pacer.clone(), Arc::clone(&order));
            async move {
                pacer.turn(chat, urgency).await.unwrap();
                order.lock().unwrap().push(chat);
            }
        };
        tokio::join!(note(ANI, Urgency::Outbox), note(BUDI, Urgency::Reply));
        assert_eq!(*order.lock().unwrap(), [BUDI, ANI]);
    }
}
