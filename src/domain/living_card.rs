//! The message that shows a link in a chat and follows it.

use chrono::{DateTime, TimeDelta, Utc};

use super::id::{LinkId, TelegramId};
use super::payment_link::PaymentLink;

/// The least time between two drawings of one card. Telegram counts edits as messages.
pub const CARD_GAP: TimeDelta = TimeDelta::seconds(30);

/// How a link is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CardFace {
    /// As it was just made: its address, and the ways to send it.
    Made,
    /// Every field.
    Details,
}

/// What a message shows of a link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShownLink {
    /// The link as it is shown.
    pub link: PaymentLink,
    /// How.
    pub face: CardFace,
    /// The instant that it is shown for.
    pub at: DateTime<Utc>,
}

/// A message that shows a link.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LivingCard {
    /// The link.
    pub link_id: LinkId,
    /// The chat, which is also the person's id.
    pub chat: TelegramId,
    /// Telegram's number of the message.
    pub message_id: i64,
    /// How it is laid out.
    pub face: CardFace,
}

impl CardFace {
    /// The word kept in the database.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Made => "made",
            Self::Details => "details",
        }
    }

    /// Reads [`CardFace::code`] back.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        [Self::Made, Self::Details].into_iter().find(|face| face.code() == code)
    }
}
