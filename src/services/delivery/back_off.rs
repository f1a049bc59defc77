//! How long a message waits that may not have arrived.

use chrono::TimeDelta;

/// The shortest and the longest wait after a send whose outcome is unknown.
const RETRY_GAPS: (TimeDelta, TimeDelta) = (TimeDelta::seconds(1), TimeDelta::seconds(60));

/// One second after the first failure, twice as long after each further one.
pub(super) fn backed_off(failures: i64) -> TimeDelta {
    let doublings = u32::try_from(failures.clamp(0, 16)).unwrap_or(0);
    let (shortest, longest) = RETRY_GAPS;
    (shortest * 2_i32.saturating_pow(doublings)).min(longest)
}
