//! Places where a shop's payments ring for everybody: groups, topics of forums, channels. Who is there is
//! not known, so that no place says more of a customer than a short name.

use chrono::{DateTime, NaiveTime, Utc};
use serde::{Deserialize, Serialize};

use super::apply::Tiding;
use super::id::{MerchantId, PlaceId, TelegramId};
use super::language::Language;
use super::notification::SellerMessage;

/// A place of a shop.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Its key.
    pub id: PlaceId,
    /// The shop.
    pub merchant_id: MerchantId,
    /// The group or channel; below zero.
    pub chat: TelegramId,
    /// The topic of a forum; `None`: General, or no forum.
    pub thread: Option<i64>,
    /// What the chat was called when the place was made.
    pub title: String,
    /// What it is.
    pub kind: PlaceKind,
    /// What is spoken there.
    pub language: Language,
    /// Whether payments, and money that went back as it should, are told there.
    pub tells_payments: bool,
    /// Whether what the shop must look at is told there.
    pub tells_problems: bool,
    /// When the recap of the day comes, in the shop's zone; `None`: never.
    pub recap_at: Option<NaiveTime>,
    /// Who made it.
    pub added_by: TelegramId,
    /// When.
    pub added_at: DateTime<Utc>,
    /// Why nothing is told there any more; `None` while it is.
    pub gone: Option<PlaceLoss>,
}

/// What a place is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PlaceKind {
    /// A group, perhaps with topics.
    Group,
    /// A channel: nobody writes there but its admins.
    Channel,
}

/// Why nothing is told in a place any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PlaceLoss {
    /// The bot was removed from there, or the chat is gone.
    Left,
    /// The bot may not write there.
    Muted,
    /// Somebody of the team switched it off.
    TakenOff,
}

/// What the owners of a shop are told of a place, in private.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PlaceNews {
    /// Somebody of the team made it.
    Added,
    /// The bot was removed from there, or the chat is gone.
    Left,
    /// The bot may not write there.
    Muted,
    /// It may again.
    Unmuted,
    /// The topic is gone or closed: General is used from now on.
    TopicLost,
    /// Who made it may not any more, so that it was taken off.
    Orphaned,
}

/// What can be switched on and off in a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PlaceTopic {
    /// [`Place::tells_payments`].
    Payments,
    /// [`Place::tells_problems`].
    Problems,
}

impl Place {
    /// Whether messages about this go there.
    #[must_use]
    pub const fn tells(&self, topic: PlaceTopic) -> bool {
        match topic {
            PlaceTopic::Payments => self.tells_payments,
            PlaceTopic::Problems => self.tells_problems,
        }
    }

    /// Whether anything rings there.
    #[must_use]
    pub const fn tells_something(&self) -> bool {
        self.tells_payments || self.tells_problems
    }
}

impl PlaceTopic {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Payments, Self::Problems];

    /// What a message is about, as far as places are concerned; `None` for what is told to people alone.
    #[must_use]
    pub const fn of(message: &SellerMessage) -> Option<Self> {
        match message {
            SellerMessage::SoldOut { .. } => Some(Self::Payments),
            SellerMessage::Order { tiding, .. } => Some(match tiding {
                Tiding::Paid
                | Tiding::PaidLate
                | Tiding::Restored
                | Tiding::PartiallyRefunded
                | Tiding::Refunded
                | Tiding::Accepted
                | Tiding::ReturnedByHand => Self::Payments,
                Tiding::PaidUnallocated
                | Tiding::Underpaid
                | Tiding::Overpaid
                | Tiding::DuplicatePayment
                | Tiding::DuplicateReversed
                | Tiding::Reversed
                | Tiding::ChargedBack
                | Tiding::RefundFailed => Self::Problems,
            }),
            _ => None,
        }
    }
}

impl PlaceKind {
    /// As it is stored.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Group => "group",
            Self::Channel => "channel",
        }
    }

    /// Reads what [`PlaceKind::code`] wrote.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        [Self::Group, Self::Channel].into_iter().find(|kind| kind.code() == code)
    }
}

impl PlaceLoss {
    /// As it is stored.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Left => "left",
            Self::Muted => "muted",
            Self::TakenOff => "taken_off",
        }
    }

    /// Reads what [`PlaceLoss::code`] wrote; a reason of a newer version is as good as being gone.
    #[must_use]
    pub fn parse(code: &str) -> Self {
        [Self::Muted, Self::TakenOff].into_iter().find(|loss| loss.code() == code).unwrap_or(Self::Left)
    }
}

/// The name of a customer as it may be said where anybody reads: `Budi S.`. `None` when what was typed as a
/// name is a number or an address.
#[must_use]
pub fn short_name(name: &str) -> Option<String> {
    const CHARACTERS_MAX: usize = 24;
    let reaches_somebody =
        |word: &str| word.contains('@') || word.chars().filter(char::is_ascii_digit).count() > 3;
    if reaches_somebody(&name.split_whitespace().collect::<String>()) {
        return None;
    }
    let mut words = name.split_whitespace();
    let first: String = words.next()?.chars().take(CHARACTERS_MAX).collect();
    let initial = words.next_back().and_then(|last| last.chars().find(|sign| sign.is_alphabetic()));
    Some(initial.map_or(first.clone(), |initial| format!("{first} {}.", initial.to_uppercase())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_short_and_reach_nobody() {
        for (typed, said) in [
            ("Budi Santoso", Some("Budi S.")),
            ("budi", Some("budi")),
            ("Siti Nur Aini", Some("Siti A.")),
            ("Ibu (RT 02)", Some("Ibu")),
            ("0812 3456 7890", None),
            ("Budi 08123456789", None),
            ("budi@mail.id", None),
            ("", None),
        ] {
            assert_eq!(short_name(typed).as_deref(), said, "{typed}");
        }
    }

    #[test]
    fn what_is_stored_is_read_back() {
        for loss in [PlaceLoss::Left, PlaceLoss::Muted, PlaceLoss::TakenOff] {
            assert_eq!(PlaceLoss::parse(loss.code()), loss);
        }
        for kind in [PlaceKind::Group, PlaceKind::Channel] {
            assert_eq!(PlaceKind::parse(kind.code()), Some(kind));
        }
    }
}
