//! Money that goes back: who asked, how it travels, and where it is.

use chrono::{DateTime, Utc};

use super::attempt::PaymentAttempt;
use super::id::{AttemptId, MerchantId, OrderId, RefundId, TelegramId};
use super::money::Money;
use super::payment_method::RefundWay;

/// One return of money, asked for by a seller.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refund {
    /// Its key.
    pub id: RefundId,
    /// The shop.
    pub merchant_id: MerchantId,
    /// The order.
    pub order_id: OrderId,
    /// The charge whose money goes back.
    pub attempt_id: AttemptId,
    /// How much.
    pub amount: Money,
    /// How it travels.
    pub way: ReturnWay,
    /// Where it stands.
    pub state: RefundState,
    /// What the gateway knows it by: the same at every try, so that it is never sent twice.
    pub key: String,
    /// Who asked.
    pub asked_by: TelegramId,
    /// When.
    pub requested_at: DateTime<Utc>,
    /// When it was confirmed, or failed.
    pub settled_at: Option<DateTime<Utc>>,
    /// When the customer's bank confirmed it, as far as the gateway says.
    pub bank_confirmed_at: Option<DateTime<Utc>>,
}

/// How money goes back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ReturnWay {
    /// The gateway sends it.
    Gateway,
    /// The seller sent it.
    ByHand,
}

/// Where a return of money stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RefundState {
    /// Asked for; the gateway may or may not have heard of it.
    Requested,
    /// The gateway said yes. No report has shown it yet, so nothing is booked.
    Accepted,
    /// A report shows it, or the seller said so: it is in the book.
    Confirmed,
    /// The gateway would not.
    Failed,
}

impl Refund {
    /// What the gateway is to know a new return by.
    #[must_use]
    pub fn key_of(id: RefundId) -> String {
        format!("r-{}", id.0.simple())
    }
}

impl ReturnWay {
    /// The word kept in the database.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Gateway => "gateway",
            Self::ByHand => "by_hand",
        }
    }

    /// Reads [`ReturnWay::code`] back.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        [Self::Gateway, Self::ByHand].into_iter().find(|way| way.code() == code)
    }
}

impl RefundState {
    /// The word kept in the database.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Requested => "requested",
            Self::Accepted => "accepted",
            Self::Confirmed => "confirmed",
            Self::Failed => "failed",
        }
    }

    /// Reads [`RefundState::code`] back.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        [Self::Requested, Self::Accepted, Self::Confirmed, Self::Failed]
            .into_iter()
            .find(|state| state.code() == code)
    }

    /// Whether the money is on its way and not yet in the book.
    #[must_use]
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Requested | Self::Accepted)
    }
}

/// What decides how money of a charge can go back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RefundTerms {
    /// What the method can do.
    pub way: RefundWay,
    /// When the money came.
    pub settled_at: Option<DateTime<Utc>>,
    /// What is on its way back already and not yet in the book, in minor units.
    pub under_way_minor: i64,
}

/// How a certain amount can go back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReturnRoute {
    /// The gateway sends it.
    AtGateway,
    /// Only the seller can.
    ByHand(ByHandBecause),
}

/// Why the gateway cannot send money back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ByHandBecause {
    /// The method knows no way back.
    Method,
    /// The gateway's time for it is over.
    TooLate,
    /// The method gives all back or nothing.
    OnlyWhole,
    /// The gateway gives back no more than was charged.
    BeyondCharge,
}

/// How this amount (minor units) of the attempt's money can go back at `now`.
#[must_use]
pub fn route(
    attempt: &PaymentAttempt,
    terms: &RefundTerms,
    amount_minor: i64,
    now: DateTime<Utc>,
) -> ReturnRoute {
    let RefundWay::AtGateway { window, partial } = terms.way else {
        return ReturnRoute::ByHand(ByHandBecause::Method);
    };
    let chargeable_minor = attempt.amount.minor() - attempt.returned_minor - terms.under_way_minor;
    if terms.settled_at.is_some_and(|settled_at| now >= settled_at + window) {
        ReturnRoute::ByHand(ByHandBecause::TooLate)
    } else if amount_minor > chargeable_minor {
        ReturnRoute::ByHand(ByHandBecause::BeyondCharge)
    } else if amount_minor < chargeable_minor && !partial {
        ReturnRoute::ByHand(ByHandBecause::OnlyWhole)
    } else {
        ReturnRoute::AtGateway
    }
}
