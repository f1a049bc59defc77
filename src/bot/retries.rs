//! When an answer that did not reach its chat is given again.

use chrono::TimeDelta;

use super::BotError;
use crate::domain::back_off::BackOff;
use crate::messaging::send_error::SendError;

/// An update that was handed out more often brought a process down each time. An answer that failed
/// this often is not tried again: Telegram was away for two minutes.
pub const TRIES_MAX: i64 = 8;

/// The longest a chat rests when Telegram could not be reached.
pub const REST_MAX: TimeDelta = TimeDelta::seconds(60);

/// How long it rests.
const BACK_OFF: BackOff = BackOff { shortest: TimeDelta::seconds(1), longest: REST_MAX };

/// How long an answer rests that may succeed later; `None` for one that will not, or was tried often enough.
pub fn rest_before_retry(error: &BotError, tries: i64) -> Option<TimeDelta> {
    let rest = match error {
        BotError::Send(SendError::RetryAfter(wait)) => *wait,
        BotError::Send(SendError::Unauthorized) => REST_MAX,
        BotError::TookTooLong | BotError::Send(SendError::Unreachable(_)) => BACK_OFF.after(tries - 1),
        _ => return None,
    };
    (tries < TRIES_MAX).then_some(rest)
}
