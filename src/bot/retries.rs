//! When an answer that did not reach its chat is given again.

use chrono::TimeDelta;

use super::BotError;
use crate::messaging::send_error::SendError;

/// An update that was handed out more often brought a process down each time. An answer that failed
/// this often is not tried again: Telegram was away for two minutes.
pub const TRIES_MAX: i64 = 8;

/// The longest a chat rests when Telegram could not be reached.
pub const REST_MAX: TimeDelta = TimeDelta::seconds(60);

/// How long an answer rests that may succeed later; `None` for one that will not, or was tried often enough.
pub fn rest_before_retry(error: &BotError, tries: i64) -> Option<TimeDelta> {
    let rest = match error {
        BotError::Send(SendError::RetryAfter(wait)) => *wait,
        BotError::Send(SendError::Unauthorized) => REST_MAX,
        BotError::TookTooLong | BotError::Send(SendError::Unreachable(_)) => rest_after(tries),
        _ => return None,
    };
    (tries < TRIES_MAX).then_some(rest)
}

/// One second after the first failure, twice as long after each further one.
fn rest_after(tries: i64) -> TimeDelta {
    let doublings = u32::try_from((tries - 1).clamp(0, 6)).unwrap_or(0);
    TimeDelta::seconds(2_i64.pow(doublings)).min(REST_MAX)
}
