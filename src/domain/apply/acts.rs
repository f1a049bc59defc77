//! What a seller may decide about money, in every state: the table of acts, beside the table of
//! reports. An act that does not fit is refused with its reason and changes nothing.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::booking::Booking;
use super::{Outcome, Purchase};
use crate::domain::attempt::AttemptState;
use crate::domain::order::OrderState;
use crate::domain::refund::{RefundTerms, ReturnRoute, route};

/// Something a seller does about an order's money.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "act", rename_all = "snake_case")]
pub enum SellerAct {
    /// Count a payment for which nothing was left, and deliver.
    Accept,
    /// Deliver what is paid: money that came late counts as any other.
    Deliver,
    /// Give this much back, in minor units.
    Refund {
        /// How much, in minor units.
        amount_minor: i64,
    },
    /// Say that this much was sent back without the gateway.
    SentBack {
        /// How much, in minor units.
        amount_minor: i64,
    },
}

/// Why an act does not fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ActRefusal {
    /// No money came.
    NotPaid,
    /// The order is paid and counted already.
    CountedAlready,
    /// Nothing was left for it: it must be accepted first.
    NotCounted,
    /// The money went back, or a part of it.
    WentBack,
    /// The money is on its way back.
    GoingBack,
    /// The bank took the money away.
    TakenBack,
    /// The customer's bank disputes the money.
    Disputed,
    /// The gateway has charged the card and not settled it yet.
    NotSettled,
    /// There is not so much left.
    TooMuch {
        /// What was asked, in minor units.
        asked_minor: i64,
        /// What is left to give back, in minor units.
        left_minor: i64,
    },
    /// Nothing or less than nothing.
    NotAnAmount,
    /// The gateway can no longer send it: only the seller can.
    OnlyByHand,
}

/// What an act does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deed {
    /// What to write now. A refund that the gateway sends writes nothing yet: only a report books it.
    pub outcome: Outcome,
    /// How the money can go back, where the act asks that.
    pub route: Option<ReturnRoute>,
}

/// Does an act to a purchase, or says why it does not fit.
///
/// # Errors
/// [`ActRefusal`], from the tables below or from the amounts.
pub fn act(
    purchase: &Purchase,
    terms: &RefundTerms,
    act: SellerAct,
    now: DateTime<Utc>,
) -> Result<Deed, ActRefusal> {
    let mut booking = Booking::new(purchase);
    let mut taken = None;
    match act {
        SellerAct::Accept => {
            accepting(purchase.order)?;
            if terms.under_way_minor > 0 {
                return Err(ActRefusal::GoingBack);
            }
            booking.accept();
        }
        SellerAct::Deliver => {
            delivering(purchase.order)?;
            staying(purchase.balance_minor - terms.under_way_minor, purchase.attempt.amount.minor())?;
        }
        SellerAct::Refund { amount_minor } => {
            returning(purchase.attempt.state)?;
            check_amount(purchase, terms, amount_minor)?;
            taken = Some(route(&purchase.attempt, terms, amount_minor, now));
        }
        SellerAct::SentBack { amount_minor } => {
            returning(purchase.attempt.state)?;
            check_amount(purchase, terms, amount_minor)?;
            booking.return_by_hand(amount_minor);
        }
    }
    Ok(Deed { outcome: booking.finish(), route: taken })
}

/// What can be given back of an attempt's money, in minor units: what is left, without what is on its
/// way already.
#[must_use]
pub fn left_minor(purchase: &Purchase, terms: &RefundTerms) -> i64 {
    (purchase.attempt_balance_minor - terms.under_way_minor).max(0)
}

/// Whether a payment may be counted beyond the limit: only one for which nothing was left.
///
/// # Errors
/// [`ActRefusal`] in every other state.
pub const fn accepting(order: OrderState) -> Result<(), ActRefusal> {
    match order {
        OrderState::PaidUnallocated => Ok(()),
        OrderState::Paid => Err(ActRefusal::CountedAlready),
        OrderState::PartiallyRefunded | OrderState::Refunded => Err(ActRefusal::WentBack),
        OrderState::Reversed => Err(ActRefusal::TakenBack),
        OrderState::ChargedBack => Err(ActRefusal::Disputed),
        OrderState::Open | OrderState::Awaiting | OrderState::Expired | OrderState::Closed => {
            Err(ActRefusal::NotPaid)
        }
    }
}

/// Whether an order may be delivered: only one that is paid and counted.
///
/// # Errors
/// [`ActRefusal`] in every other state.
pub const fn delivering(order: OrderState) -> Result<(), ActRefusal> {
    match order {
        OrderState::Paid => Ok(()),
        OrderState::PaidUnallocated => Err(ActRefusal::NotCounted),
        OrderState::PartiallyRefunded | OrderState::Refunded => Err(ActRefusal::WentBack),
        OrderState::Reversed => Err(ActRefusal::TakenBack),
        OrderState::ChargedBack => Err(ActRefusal::Disputed),
        OrderState::Open | OrderState::Awaiting | OrderState::Expired | OrderState::Closed => {
            Err(ActRefusal::NotPaid)
        }
    }
}

/// Whether enough stays to call an order paid, once what is on its way back has left. Both in minor
/// units.
///
/// # Errors
/// [`ActRefusal::GoingBack`] when it does not.
pub const fn staying(left_minor: i64, amount_minor: i64) -> Result<(), ActRefusal> {
    if left_minor < amount_minor { Err(ActRefusal::GoingBack) } else { Ok(()) }
}

/// Whether money of an attempt may be given back: only what came, stayed and is not disputed.
///
/// # Errors
/// [`ActRefusal`] in every other state.
pub const fn returning(attempt: AttemptState) -> Result<(), ActRefusal> {
    match attempt {
        AttemptState::Settled | AttemptState::PartiallyRefunded => Ok(()),
        AttemptState::Captured => Err(ActRefusal::NotSettled),
        AttemptState::Refunded => Err(ActRefusal::WentBack),
        AttemptState::Reversed => Err(ActRefusal::TakenBack),
        AttemptState::PartiallyChargedBack | AttemptState::ChargedBack => Err(ActRefusal::Disputed),
        AttemptState::Creating
        | AttemptState::Unknown
        | AttemptState::Pending
        | AttemptState::Challenge
        | AttemptState::Authorized
        | AttemptState::Denied
        | AttemptState::Cancelled
        | AttemptState::Expired
        | AttemptState::Failed => Err(ActRefusal::NotPaid),
    }
}

fn check_amount(purchase: &Purchase, terms: &RefundTerms, asked_minor: i64) -> Result<(), ActRefusal> {
    if asked_minor <= 0 {
        return Err(ActRefusal::NotAnAmount);
    }
    let left_minor = left_minor(purchase, terms);
    if left_minor == 0 && terms.under_way_minor > 0 {
        return Err(ActRefusal::GoingBack);
    }
    if asked_minor > left_minor {
        return Err(ActRefusal::TooMuch { asked_minor, left_minor });
    }
    Ok(())
}

#[cfg(test)]
mod tests;
