//! "Still available?": somebody stands before a link that takes no payment, and its seller could open it.

use chrono::{DateTime, TimeDelta, Utc};

use super::payment_link::{LinkState, PaymentLink};

/// A link's seller is asked once in so long.
pub const QUESTION_GAP: TimeDelta = TimeDelta::hours(1);

/// A shop is asked so often within [`QUESTION_GAP`], about whatever links.
pub const QUESTIONS_OF_SHOP_MAX: i64 = 5;

/// After a no nobody is asked again for so long.
pub const DECLINED_FOR: TimeDelta = TimeDelta::hours(24);

/// What became of the last question about a link. Nobody remembers whose it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LinkQuestion {
    /// When the seller was asked.
    pub asked_at: DateTime<Utc>,
    /// When the seller said no.
    pub declined_at: Option<DateTime<Utc>>,
}

/// Whether a link's page offers to ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asking {
    /// There is nothing to ask.
    Pointless,
    /// The seller can be asked.
    Possible,
    /// The seller was asked a while ago, at this instant.
    Told(DateTime<Utc>),
    /// The seller said no a while ago.
    Declined,
    /// Too many ask this seller just now.
    Later,
}

impl Asking {
    /// Whether the page of a link offers to ask, with its last question and how often the shop was asked
    /// lately.
    #[must_use]
    pub fn about(
        link: &PaymentLink,
        question: Option<LinkQuestion>,
        asked_of_shop: i64,
        now: DateTime<Utc>,
    ) -> Self {
        if !is_worth_asking(link, now) {
            return Self::Pointless;
        }
        let lasts = |since: DateTime<Utc>, time| now - since < time;
        match question {
            Some(LinkQuestion { declined_at: Some(declined_at), .. }) if lasts(declined_at, DECLINED_FOR) => {
                Self::Declined
            }
            Some(LinkQuestion { asked_at, declined_at: None }) if lasts(asked_at, QUESTION_GAP) => {
                Self::Told(asked_at)
            }
            _ if asked_of_shop >= QUESTIONS_OF_SHOP_MAX => Self::Later,
            _ => Self::Possible,
        }
    }
}

/// Whether the seller could open it again for whoever asks. What one named customer paid is that customer's
/// and nobody else's.
#[must_use]
pub fn is_worth_asking(link: &PaymentLink, now: DateTime<Utc>) -> bool {
    match link.state(now) {
        LinkState::Expired | LinkState::Paused => true,
        LinkState::Exhausted => !link.is_for_one_named_customer(),
        LinkState::Deleted | LinkState::NotOpenYet | LinkState::Busy | LinkState::Active => false,
    }
}
