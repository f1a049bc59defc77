//! How fast a bot may speak: about one message a second in a chat, thirty over all, and the
//! `retry_after` that follows when it does not listen.

use std::{
    collections::{HashMap, VecDeque},
    time::{Duration, Instant},
};

/// Limits to enforce. Short bursts pass, as they do at Telegram.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Messages and edits a chat takes at once before one a second is the rule.
    pub chat_burst: u32,
    /// Messages and edits a second over all chats.
    pub overall_per_second: u32,
    /// Messages and edits within a minute in a group, whose id is negative.
    pub group_per_minute: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { chat_burst: 5, overall_per_second: 30, group_per_minute: 20 }
    }
}

const MINUTE: Duration = Duration::from_secs(60);

/// Buckets in thousandths of a message, refilled by the millisecond.
#[derive(Debug, Default)]
pub(super) struct Pacing {
    pub(super) limits: Option<Limits>,
    pub(super) violations: u64,
    /// Calls refused because they were too many, not on request.
    pub(super) refused: u64,
    overall: Option<Bucket>,
    chats: HashMap<i64, Bucket>,
    silenced: HashMap<i64, Instant>,
    /// What each group took within the last minute.
    groups: HashMap<i64, VecDeque<Instant>>,
}

#[derive(Debug)]
struct Bucket {
    thousandths: u64,
    at: Instant,
}

impl Pacing {
    /// Asks whether a message or edit may pass now; if not, says the seconds to wait.
    pub(super) fn admit(&mut self, chat: i64, now: Instant) -> Result<(), u64> {
        if let Some(until) = self.silenced.get(&chat).copied() {
            if now < until {
                self.violations += 1;
                return Err(seconds_up(until - now));
            }
            self.silenced.remove(&chat);
        }
        let Some(limits) = self.limits else { return Ok(()) };
        let overall = u64::from(limits.overall_per_second);
        let all = self.overall.get_or_insert(Bucket { thousandths: overall * 1000, at: now });
        all.refill(now, overall, overall);
        let burst = u64::from(limits.chat_burst);
        let one = self.chats.entry(chat).or_insert(Bucket { thousandths: burst * 1000, at: now });
        one.refill(now, 1, burst);
        let taken = self.groups.entry(chat).or_default();
        taken.retain(|at| now.duration_since(*at) < MINUTE);
        let group_is_full = chat < 0 && taken.len() >= limits.group_per_minute;
        if all.thousandths >= 1000 && one.thousandths >= 1000 && !group_is_full {
            all.thousandths -= 1000;
            one.thousandths -= 1000;
            if chat < 0 {
                taken.push_back(now);
            }
            return Ok(());
        }
        let full_until = taken.front().filter(|_| group_is_full).map(|first| *first + MINUTE);
        let seconds = full_until.map_or(1, |until| seconds_up(until - now).max(1));
        self.refused += 1;
        self.silence(chat, seconds, now);
        Err(seconds)
    }

    /// The same on request; coming back during an earlier silence is a violation.
    pub(super) fn silence_on_request(&mut self, chat: i64, seconds: u64, now: Instant) {
        if self.silenced.get(&chat).is_some_and(|until| now < *until) {
            self.violations += 1;
        }
        self.silence(chat, seconds, now);
    }

    /// From now on the chat takes nothing for so many seconds.
    pub(super) fn silence(&mut self, chat: i64, seconds: u64, now: Instant) {
        self.silenced.insert(chat, now + Duration::from_secs(seconds));
    }
}

impl Bucket {
    fn refill(&mut self, now: Instant, per_second: u64, capacity: u64) {
        let passed = u64::try_from(now.duration_since(self.at).as_millis()).unwrap_or(u64::MAX);
        self.thousandths =
            self.thousandths.saturating_add(passed.saturating_mul(per_second)).min(capacity * 1000);
        self.at = now;
    }
}

fn seconds_up(wait: Duration) -> u64 {
    wait.as_secs() + u64::from(wait.subsec_nanos() > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_burst_passes_then_one_a_second() {
        let mut pacing =
            Pacing { limits: Some(Limits { chat_burst: 2, ..Limits::default() }), ..Pacing::default() };
        let start = Instant::now();
        assert_eq!(pacing.admit(7, start), Ok(()));
        assert_eq!(pacing.admit(7, start), Ok(()));
        assert_eq!(pacing.admit(7, start), Err(1));
        assert_eq!(pacing.admit(8, start), Ok(()), "another chat is not held up");
        assert_eq!(pacing.violations, 0, "the first refusal is not yet a violation");
        assert_eq!(pacing.admit(7, start), Err(1));
        assert_eq!(pacing.violations, 1);
        assert_eq!(pacing.admit(7, start + Duration::from_millis(1000)), Ok(()));
    }

    #[test]
    fn thirty_a_second_over_all_chats() {
        let mut pacing = Pacing { limits: Some(Limits::default()), ..Pacing::default() };
        let start = Instant::now();
        let passed = (0..40).filter(|chat| pacing.admit(*chat, start).is_ok()).count();
        assert_eq!(passed, 30);
    }

    #[test]
    fn twenty_a_minute_in_a_group_and_no_such_limit_elsewhere() {
        let limits = Limits { chat_burst: 1, ..Limits::default() };
        let mut pacing = Pacing { limits: Some(limits), ..Pacing::default() };
        let start = Instant::now();
        for second in 0..20 {
            assert_eq!(pacing.admit(-7, start + Duration::from_secs(second)), Ok(()));
            assert_eq!(pacing.admit(7, start + Duration::from_secs(second)), Ok(()));
        }
        assert_eq!(pacing.admit(-7, start + Duration::from_secs(20)), Err(40));
        assert_eq!(pacing.admit(7, start + Duration::from_secs(20)), Ok(()));
        assert_eq!(pacing.admit(-7, start + Duration::from_secs(60)), Ok(()));
        assert_eq!((pacing.refused, pacing.violations), (1, 0));
    }
}
