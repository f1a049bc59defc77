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

/// The longest a reply waits for its turn: later, and whoever answers has other chats to serve.
pub(super) const PATIENCE_OF_REPLIES: Duration = Duration::from_secs(10);

/// The longest the outbox waits for a turn. A message that turns out to be unreadable takes two turns
/// and two calls, and all of them fit into the lease under which it is delivered.
const PATIENCE_OF_THE_OUTBOX: Duration = Duration::from_secs(3);

#[derive(Debug, Default)]
struct State {
    /// When a chat would be rested, were every message to take its interval.
    chats: HashMap<TelegramId, Rest>,
    /// The same over all chats.
    all: Rest,
    /// Replies that wait for the turn of all, not for their own chat: the outbox lets them go first.
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
    /// after ten seconds, for the outbox after three, or at all when Telegram holds the chat.
    pub async fn turn(&self, chat: TelegramId, urgency: Urgency) -> Result<(), TimeDelta> {
        let patience_ends = Instant::now() + urgency.patience();
        let mut waiting = None;
        loop {
            let (until, delays_all) = match self.try_turn(chat, urgency) {
                Turn::Go => return Ok(()),
                Turn::Held(until) => return Err(time_until(until)),
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
            return match urgency {
                Urgency::Reply => Turn::WaitForChat(held_until),
                Urgency::Outbox => Turn::Held(held_until),
            };
        }
        let chat_may = rest.may_at(self.pace.chat_interval, urgency.chat_burst());
        if let Some(chat_may) = chat_may.filter(|chat_may| *chat_may > now) {
            return Turn::WaitForChat(chat_may);
        }
        let all_may = state.all.may_at(self.pace.global_interval, GLOBAL_BURST);
        if let Some(all_may) = all_may.filter(|all_may| *all_may > now) {
            return Turn::WaitForAll(all_may);
        }
        if urgency == Urgency::Outbox && state.replies_waiting > 0 {
            return Turn::WaitForAll(now + COURTESY);
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
    /// The chat itself is not rested, which is no other chat's concern.
    WaitForChat(Instant),
    /// All chats together are too fast.
    WaitForAll(Instant),
    /// Nobody waits for this message: it comes back when Telegram lets go of the chat.
    Held(Instant),
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

fn time_until(instant: Instant) -> TimeDelta {
    TimeDelta::from_std(instant - Instant::now()).unwrap_or(TimeDelta::seconds(1))
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
        pacer.hold(ANI, TimeDelta::seconds(8));
        assert_eq!(seconds_for(&pacer, BUDI, Urgency::Reply, 1).await, 0);
        assert!(pacer.turn(ANI, Urgency::Outbox).await.is_err());
        assert_eq!(seconds_for(&pacer, ANI, Urgency::Reply, 1).await, 8);
    }

    #[tokio::test(start_paused = true)]
    async fn a_reply_to_a_held_chat_delays_no_outbox_of_another() {
        let pacer = Pacer::new(Pace::TELEGRAM);
        pacer.hold(ANI, TimeDelta::seconds(8));
        let (reply, ring) = tokio::join!(
            seconds_for(&pacer, ANI, Urgency::Reply, 1),
            seconds_for(&pacer, BUDI, Urgency::Outbox, 1),
        );
        assert_eq!((reply, ring), (8, 0));
    }

    #[tokio::test(start_paused = true)]
    async fn a_reply_comes_back_from_a_long_hold_at_once() {
        let pacer = Pacer::new(Pace::TELEGRAM);
        pacer.hold(ANI, TimeDelta::hours(5));
        let start = Instant::now();
        assert_eq!(pacer.turn(ANI, Urgency::Reply).await, Err(TimeDelta::hours(5)));
        assert_eq!(start.elapsed(), Duration::ZERO);
    }

    #[tokio::test(start_paused = true)]
    async fn the_outbox_comes_back_from_a_chat_that_is_far_from_rested() {
        let pacer = Pacer::new(Pace::TELEGRAM);
        seconds_for(&pacer, ANI, Urgency::Reply, 8).await;
        let start = Instant::now();
        assert_eq!(pacer.turn(ANI, Urgency::Outbox).await, Err(TimeDelta::seconds(4)));
        assert_eq!(start.elapsed(), Duration::ZERO);
    }

    #[tokio::test(start_paused = true)]
    async fn the_outbox_comes_back_when_replies_never_cease() {
        let pacer = Pacer::new(Pace::TELEGRAM);
        let replies = async {
            for round in 0.. {
                let chats = (0..9).map(|chat| pacer.turn(TelegramId(10 + round * 9 + chat), Urgency::Reply));
                futures::future::join_all(chats).await;
            }
        };
        let start = Instant::now();
        tokio::select! {
            biased;
            () = replies => {}
            turn = pacer.turn(ANI, Urgency::Outbox) => assert!(turn.is_err()),
        }
        assert!(start.elapsed() <= PATIENCE_OF_THE_OUTBOX);
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
