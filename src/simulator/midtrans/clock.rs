//! The simulator's own idea of time: the real clock plus an offset, and Midtrans' ways to write an instant.

use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use chrono::{DateTime, FixedOffset, Utc};

const WIB_SECONDS_EAST: i32 = 7 * 3600;

#[derive(Debug, Default)]
pub(super) struct SimulatorClock {
    ahead_ms: AtomicI64,
}

impl SimulatorClock {
    #[expect(
        clippy::disallowed_methods,
        reason = "the simulator stands outside the house and keeps its own time"
    )]
    pub(super) fn now(&self) -> DateTime<Utc> {
        Utc::now() + chrono::Duration::milliseconds(self.ahead_ms.load(Ordering::SeqCst))
    }

    pub(super) fn advance(&self, by: Duration) {
        let milliseconds = i64::try_from(by.as_millis()).unwrap_or(i64::MAX / 4);
        self.ahead_ms.fetch_add(milliseconds, Ordering::SeqCst);
    }
}

/// Answers and notices carry Jakarta's wall time without saying so.
pub(super) fn wib(instant: DateTime<Utc>) -> String {
    in_jakarta(instant).format("%Y-%m-%d %H:%M:%S").to_string()
}

/// Requests carry the offset.
pub(super) fn parse_order_time(text: &str) -> Option<DateTime<Utc>> {
    DateTime::parse_from_str(text, "%Y-%m-%d %H:%M:%S %z").ok().map(|instant| instant.to_utc())
}

fn in_jakarta(instant: DateTime<Utc>) -> DateTime<FixedOffset> {
    match FixedOffset::east_opt(WIB_SECONDS_EAST) {
        Some(offset) => instant.with_timezone(&offset),
        None => instant.fixed_offset(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_instant_is_written_in_jakarta_time_without_a_zone() {
        let instant = parse_order_time("2026-01-07 09:00:05 +0700").unwrap();
        assert_eq!(instant.to_rfc3339(), "2026-01-07T02:00:05+00:00");
        assert_eq!(wib(instant), "2026-01-07 09:00:05");
    }

    #[test]
    fn an_order_time_without_seconds_or_offset_is_refused() {
        assert_eq!(parse_order_time("2026-01-07 09:00 +0700"), None);
        assert_eq!(parse_order_time("2026-01-07 09:00:05"), None);
    }

    #[test]
    fn the_clock_moves_ahead_when_told() {
        let clock = SimulatorClock::default();
        let before = clock.now();
        clock.advance(Duration::from_secs(3600));
        assert!(clock.now() - before >= chrono::Duration::hours(1));
    }
}
