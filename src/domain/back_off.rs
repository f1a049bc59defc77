//! How long to wait before something that failed is tried again.

use chrono::TimeDelta;

/// A wait that doubles from failure to failure, up to a longest one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BackOff {
    /// The wait after the first failure.
    pub shortest: TimeDelta,
    /// No wait is longer.
    pub longest: TimeDelta,
}

impl BackOff {
    /// The wait before the next try, `failures` having come before the latest one.
    #[must_use]
    pub fn after(self, failures: i64) -> TimeDelta {
        /// Whatever is doubled so often is longer than any wait here.
        const DOUBLINGS_MAX: i64 = 16;
        let doublings = u32::try_from(failures.clamp(0, DOUBLINGS_MAX)).unwrap_or(0);
        (self.shortest * 2_i32.saturating_pow(doublings)).min(self.longest)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BACK_OFF: BackOff = BackOff { shortest: TimeDelta::seconds(5), longest: TimeDelta::minutes(4) };

    #[test]
    fn each_wait_is_twice_the_one_before_until_the_longest() {
        let waits: Vec<_> = (0..8).map(|failures| BACK_OFF.after(failures).num_seconds()).collect();
        assert_eq!(waits, [5, 10, 20, 40, 80, 160, 240, 240]);
    }

    #[test]
    fn no_number_of_failures_is_too_much() {
        for failures in [16, 17, 64, 1_000, i64::MAX] {
            assert_eq!(BACK_OFF.after(failures), BACK_OFF.longest, "{failures}");
        }
        for failures in [-1, i64::MIN] {
            assert_eq!(BACK_OFF.after(failures), BACK_OFF.shortest, "{failures}");
        }
    }
}
