//! Time as a parameter.
//!
//! A [`Clock`] serves display and pacing. What decides (expiry, holds, leases) asks the database:
//! `storage::Writer::now`.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use chrono::{DateTime, DurationRound, TimeDelta, Utc};

/// Tells the time, in whole milliseconds.
pub trait Clock: Send + Sync + std::fmt::Debug {
    /// The present instant.
    fn now(&self) -> DateTime<Utc>;
}

/// The machine's own clock.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "the one place where the process asks its clock")]
    fn now(&self) -> DateTime<Utc> {
        whole_milliseconds(Utc::now())
    }
}

/// The machine's clock, moved: what a test or a rehearsal uses to let days pass at once.
///
/// Clones share the shift.
#[derive(Debug, Clone, Default)]
pub struct ShiftedClock {
    shift_ms: Arc<AtomicI64>,
}

impl ShiftedClock {
    /// Moves the clock forward (or back) by `by`; adds to earlier moves.
    pub fn advance(&self, by: TimeDelta) {
        self.shift_ms.fetch_add(by.num_milliseconds(), Ordering::SeqCst);
    }

    /// How far the clock stands from the machine's.
    #[must_use]
    pub fn shift(&self) -> TimeDelta {
        TimeDelta::milliseconds(self.shift_ms.load(Ordering::SeqCst))
    }
}

impl Clock for ShiftedClock {
    fn now(&self) -> DateTime<Utc> {
        SystemClock.now() + self.shift()
    }
}

/// Cuts an instant to whole milliseconds, the resolution that every database here keeps alike.
#[must_use]
pub fn whole_milliseconds(instant: DateTime<Utc>) -> DateTime<Utc> {
    instant.duration_trunc(TimeDelta::milliseconds(1)).unwrap_or(instant)
}
