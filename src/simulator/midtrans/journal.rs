//! What was received and sent, in order, so that a test or a person can look afterwards.

use std::collections::{BTreeMap, VecDeque};

use axum::http::HeaderMap;
use chrono::{DateTime, Utc};
use serde::Serialize;

/// Older entries are forgotten beyond this many.
const LONGEST: usize = 10_000;

/// Headers worth keeping. The `Authorization` header is not: it is the secret.
const OF_INTEREST: [&str; 6] = [
    "content-type",
    "accept",
    "user-agent",
    "idempotency-key",
    "x-override-notification",
    "x-append-notification",
];

/// Which way an entry went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// A request that came in.
    Received,
    /// A notice that went out.
    Sent,
    /// A notice that was to go out and was dropped by a misbehaviour.
    Dropped,
}

/// One request with its answer, or one attempt at a notice with its answer.
#[derive(Debug, Clone, Serialize)]
pub struct JournalEntry {
    /// Counts from 0 and never repeats.
    pub number: u64,
    /// Simulator time.
    pub at: DateTime<Utc>,
    /// Which way it went.
    pub direction: Direction,
    /// HTTP method.
    pub method: String,
    /// Path and query of a request, whole address of a notice.
    pub path: String,
    /// Headers of interest, names in lower case.
    pub headers: BTreeMap<String, String>,
    /// The body as text.
    pub body: String,
    /// HTTP status of the answer; `None` while there is none, or when the connection was cut.
    pub answer_status: Option<u16>,
    /// Body of the answer, or the fault of the connection.
    pub answer_body: Option<String>,
}

#[derive(Debug, Default)]
pub(super) struct Journal {
    entries: VecDeque<JournalEntry>,
    next: u64,
}

impl Journal {
    /// Returns the entry's number, with which the answer is added later.
    pub(super) fn write(&mut self, mut entry: JournalEntry) -> u64 {
        let number = self.next;
        self.next += 1;
        entry.number = number;
        self.entries.push_back(entry);
        if self.entries.len() > LONGEST {
            self.entries.pop_front();
        }
        number
    }

    pub(super) fn answered(&mut self, number: u64, status: Option<u16>, body: String) {
        if let Some(entry) = self.entries.iter_mut().rev().find(|entry| entry.number == number) {
            entry.answer_status = status;
            entry.answer_body = Some(body);
        }
    }

    pub(super) fn entries(&self) -> Vec<JournalEntry> {
        self.entries.iter().cloned().collect()
    }
}

impl JournalEntry {
    pub(super) fn new(
        direction: Direction,
        at: DateTime<Utc>,
        method: &str,
        path: &str,
        body: String,
    ) -> Self {
        Self {
            number: 0,
            at,
            direction,
            method: method.to_owned(),
            path: path.to_owned(),
            headers: BTreeMap::new(),
            body,
            answer_status: None,
            answer_body: None,
        }
    }

    pub(super) fn with_headers(mut self, headers: &HeaderMap) -> Self {
        for name in OF_INTEREST {
            if let Some(value) = headers.get(name).and_then(|value| value.to_str().ok()) {
                self.headers.insert(name.to_owned(), value.to_owned());
            }
        }
        self
    }
}
