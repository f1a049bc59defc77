//! What someone is to be told, as it waits in the outbox. Texts are made when it is sent, in the
//! reader's language and from what is true then.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::alert::AlertKind;
use super::apply::Tiding;
use super::id::{AttemptId, LinkId, MerchantId, NotificationId, OrderId, PlaceId, QuestionId, TelegramId};
use super::language::Language;
use super::merchant::Mode;
use super::place::PlaceNews;

/// A message that must reach someone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notification {
    /// Its key.
    pub id: NotificationId,
    /// The shop it speaks of.
    pub merchant_id: MerchantId,
    /// The chat it goes to.
    pub chat: TelegramId,
    /// What it says.
    pub message: SellerMessage,
    /// How it may be told.
    pub kind: NotificationKind,
    /// When it was written.
    pub created_at: DateTime<Utc>,
}

/// What a seller's chat is told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum SellerMessage {
    /// Something about an order's money.
    Order {
        /// The order.
        order_id: OrderId,
        /// What about it.
        tiding: Tiding,
        /// The charge it is about; older messages name none.
        #[serde(default)]
        attempt_id: Option<AttemptId>,
        /// The amount it is about, in minor units of the order's currency.
        amount_minor: i64,
    },
    /// The link's last payment was made.
    SoldOut {
        /// The link.
        link_id: LinkId,
    },
    /// The letter that brings a link cannot reach its customer; goes to owners.
    LetterFailed {
        /// The link.
        link_id: LinkId,
        /// Whether too many letters were to go: it is one of those that waited in vain, and the others are not told.
        #[serde(default)]
        is_one_of_many: bool,
    },
    /// How an order stands now; goes to its customer.
    CustomerNews {
        /// The order.
        order_id: OrderId,
        /// What the bot speaks with the customer.
        language: Language,
        /// Whether it is told that a unit is free for who waits in line: nothing is said when that is over.
        #[serde(default)]
        is_turn: bool,
    },
    /// A customer asks something about a link.
    Question {
        /// The question.
        question_id: QuestionId,
    },
    /// A question was answered; goes to its customer.
    Answer {
        /// The question.
        question_id: QuestionId,
    },
    /// An order was left unpaid for as long as the shop lets pass.
    FollowUp {
        /// The order.
        order_id: OrderId,
    },
    /// An order ended, or waits again, without any money.
    Unpaid {
        /// The order.
        order_id: OrderId,
    },
    /// Somebody asks for more of what a link sold that takes no payment now.
    Asked {
        /// The link.
        link_id: LinkId,
    },
    /// What happened since the last recap.
    Recap {
        /// Real or play money.
        mode: Mode,
        /// From when on it looks.
        from: DateTime<Utc>,
        /// Until when.
        until: DateTime<Utc>,
    },
    /// Somebody followed an invitation into the team; goes to who made it.
    Joined {
        /// Who.
        person: TelegramId,
    },
    /// Something about a place where payments ring; goes to the owners.
    Place {
        /// The place.
        place_id: PlaceId,
        /// What about it.
        news: PlaceNews,
    },
    /// An own gateway account was connected; goes to owners.
    KeysConnected {
        /// For real or play money.
        mode: Mode,
        /// The last characters of its key.
        tail: String,
        /// The message that led to the form, in the chat of who asked for it.
        card: Option<i64>,
    },
    /// The gateway refuses the key of the shop's own account; goes to owners.
    KeyRefused {
        /// For real or play money.
        mode: Mode,
        /// The last characters of the key.
        tail: String,
    },
    /// The gateway does not let the shop's own account use a method; goes to owners.
    MethodRefused {
        /// For real or play money.
        mode: Mode,
        /// The last characters of the key.
        tail: String,
        /// The method, as [`PaymentMethod::code`](super::payment_method::PaymentMethod::code).
        method: String,
    },
    /// Something an operator should look at; goes to admins.
    Alert {
        /// What kind of trouble.
        alert: AlertKind,
        /// What it is about.
        subject: String,
        /// What was seen; may be empty.
        what: String,
    },
}

/// How a message may be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NotificationKind {
    /// A plain payment: may be a line among others.
    Payment,
    /// Nothing to decide: stands alone, and may be a line when it comes long after the fact.
    News,
    /// The seller must know or do something: always a message of its own.
    Decision,
}

impl SellerMessage {
    /// The order whose money it is about, if it is about any.
    #[must_use]
    pub const fn order_id(&self) -> Option<OrderId> {
        match self {
            Self::Order { order_id, .. }
            | Self::Unpaid { order_id }
            | Self::CustomerNews { order_id, .. } => Some(*order_id),
            // A reminder says nothing about money: a payment after it is as plain as any.
            Self::SoldOut { .. }
            | Self::LetterFailed { .. }
            | Self::FollowUp { .. }
            | Self::Asked { .. }
            | Self::Recap { .. }
            | Self::Question { .. }
            | Self::Answer { .. }
            | Self::Joined { .. }
            | Self::Place { .. }
            | Self::KeysConnected { .. }
            | Self::KeyRefused { .. }
            | Self::MethodRefused { .. }
            | Self::Alert { .. } => None,
        }
    }

    /// How it may be told, when nothing was told about its order before.
    #[must_use]
    pub const fn kind(&self) -> NotificationKind {
        match self {
            Self::Order { tiding: Tiding::Paid, .. } => NotificationKind::Payment,
            Self::Order {
                tiding:
                    Tiding::Restored | Tiding::PartiallyRefunded | Tiding::Refunded | Tiding::ReturnedByHand,
                ..
            }
            | Self::SoldOut { .. }
            | Self::Unpaid { .. }
            | Self::Asked { .. }
            | Self::Recap { .. } => NotificationKind::News,
            // What is not known to be harmless stands alone.
            Self::Order { .. }
            | Self::CustomerNews { .. }
            | Self::LetterFailed { .. }
            | Self::Question { .. }
            | Self::Answer { .. }
            | Self::FollowUp { .. }
            | Self::Joined { .. }
            | Self::Place { .. }
            | Self::KeysConnected { .. }
            | Self::KeyRefused { .. }
            | Self::MethodRefused { .. }
            | Self::Alert { .. } => NotificationKind::Decision,
        }
    }
}

impl NotificationKind {
    /// As it is stored.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Payment => "payment",
            Self::News => "news",
            Self::Decision => "decision",
        }
    }

    /// Reads what [`NotificationKind::code`] wrote.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        [Self::Payment, Self::News, Self::Decision].into_iter().find(|kind| kind.code() == code)
    }
}
