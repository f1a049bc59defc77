//! What the bot asked for and what it was told.

use std::{
    fmt,
    time::{Instant, SystemTime},
};

use serde_json::Value;

/// One Bot API call.
#[derive(Clone)]
pub struct Call {
    /// Telegram's spelling, `sendMessage`, whatever case the bot wrote.
    pub method: String,
    /// The parameters as they came; files as name, media type and size.
    pub body: Value,
    /// The envelope that was answered; null when the connection was cut before any work.
    pub answer: Value,
    /// HTTP status of the answer; 0 when the connection was cut.
    pub status: u16,
    /// The number before the colon of the token.
    pub bot_id: i64,
    /// SHA-256 of the whole token, to tell bots apart; never printed.
    pub token_hash: [u8; 32],
    /// When it came, for measuring.
    pub at: Instant,
    /// When it came, for reading.
    pub wall: SystemTime,
}

impl Call {
    /// Whether it was answered with `"ok": true`.
    pub fn succeeded(&self) -> bool {
        self.answer["ok"] == Value::Bool(true)
    }
}

impl fmt::Debug for Call {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} {} -> {} {}", self.method, self.body, self.status, self.answer)
    }
}

/// The wall clock of the pretend Telegram.
#[expect(clippy::disallowed_methods, reason = "Telegram lives outside and has a clock of its own")]
pub(super) fn wall_clock() -> SystemTime {
    SystemTime::now()
}

/// Unix seconds of now, as Telegram dates things.
pub(super) fn unix_seconds() -> i64 {
    let since = wall_clock().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_secs()).unwrap_or(i64::MAX)
}
