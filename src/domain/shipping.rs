//! Goods on their way: the seller's word, which only fits an order whose money stays.

use chrono::{DateTime, Utc};

use super::apply::acts::ActRefusal;
use super::id::TelegramId;
use super::order::OrderState;

/// That the goods were sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shipped {
    /// When it was said.
    pub at: DateTime<Utc>,
    /// Who said so.
    pub by: TelegramId,
}

/// Whether goods may be marked as sent: only of an order that is paid and counted, with money that stays
/// when all has left that is on its way back. `staying_minor` is in minor units.
///
/// # Errors
/// [`ActRefusal`] in every other state.
pub const fn shipping(order: OrderState, staying_minor: i64) -> Result<(), ActRefusal> {
    match order {
        OrderState::Paid | OrderState::PartiallyRefunded if staying_minor > 0 => Ok(()),
        OrderState::Paid | OrderState::PartiallyRefunded => Err(ActRefusal::GoingBack),
        OrderState::PaidUnallocated => Err(ActRefusal::NotCounted),
        OrderState::Refunded => Err(ActRefusal::WentBack),
        OrderState::Reversed => Err(ActRefusal::TakenBack),
        OrderState::ChargedBack => Err(ActRefusal::Disputed),
        OrderState::Open | OrderState::Awaiting | OrderState::Expired | OrderState::Closed => {
            Err(ActRefusal::NotPaid)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_paid_and_stays_paid_is_sent() {
        for state in OrderState::ALL {
            let is_paid = matches!(state, OrderState::Paid | OrderState::PartiallyRefunded);
            assert_eq!(shipping(state, 1).is_ok(), is_paid, "{state:?}");
            assert!(shipping(state, 0).is_err(), "{state:?}");
        }
    }
}
