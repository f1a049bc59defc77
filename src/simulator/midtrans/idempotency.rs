//! Answers that were given under an `Idempotency-Key`, kept for five minutes.

use std::collections::HashMap;

use axum::http::StatusCode;
use chrono::{DateTime, Duration, Utc};

const REMEMBERED_MINUTES: i64 = 5;
/// A longer key is ignored without a word.
const LONGEST_KEY: usize = 46;

#[derive(Debug, Default)]
pub(super) struct IdempotencyKeys {
    keys: HashMap<String, Remembered>,
}

#[derive(Debug)]
enum Remembered {
    InFlight,
    Answered { at: DateTime<Utc>, status: StatusCode, body: String },
}

/// What to do with a request that carries a key.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Claim {
    /// Serve it, then call `finish`.
    New,
    /// Its twin is still being served.
    TwinInFlight,
    /// Give the old answer, whatever the new body says.
    Repeat(StatusCode, String),
}

impl IdempotencyKeys {
    pub(super) fn is_usable(key: &str) -> bool {
        !key.is_empty() && key.len() <= LONGEST_KEY
    }

    pub(super) fn claim(&mut self, key: &str, now: DateTime<Utc>) -> Claim {
        self.keys.retain(|_, remembered| match remembered {
            Remembered::InFlight => true,
            Remembered::Answered { at, .. } => now - *at < Duration::minutes(REMEMBERED_MINUTES),
        });
        match self.keys.get(key) {
            Some(Remembered::InFlight) => Claim::TwinInFlight,
            Some(Remembered::Answered { status, body, .. }) => Claim::Repeat(*status, body.clone()),
            None => {
                self.keys.insert(key.to_owned(), Remembered::InFlight);
                Claim::New
            }
        }
    }

    pub(super) fn keep(&mut self, key: &str, status: StatusCode, body: String, now: DateTime<Utc>) {
        self.keys.insert(key.to_owned(), Remembered::Answered { at: now, status, body });
    }

    /// Forgets a request that failed or whose caller left before it was served.
    pub(super) fn give_up(&mut self, key: &str) {
        if matches!(self.keys.get(key), Some(Remembered::InFlight)) {
            self.keys.remove(key);
        }
    }
}
