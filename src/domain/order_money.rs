//! What came of an order's money and where it went, as its customer is told.

use chrono::{DateTime, Utc};

use super::id::AttemptId;
use super::ledger::EntryKind;

/// Every movement of one order's money: the booked ones oldest first, then what is under way.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct OrderMoney {
    /// The movements.
    pub moves: Vec<MoneyMove>,
}

/// Money that came, went, or is about to go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MoneyMove {
    /// What happened.
    pub kind: MoneyMoveKind,
    /// The charge whose money it is.
    pub attempt_id: AttemptId,
    /// How much, in minor units, never negative.
    pub amount_minor: i64,
    /// When it came by the bank's word, was booked, or was asked for.
    pub at: DateTime<Utc>,
}

/// What happened to money.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MoneyMoveKind {
    /// It came, for the first time or again after the bank had taken it.
    Received,
    /// It went back to the customer.
    SentBack,
    /// The bank took it away again.
    TakenBack,
    /// The customer's bank took it for a dispute.
    Disputed,
    /// It is on its way back and not booked yet.
    UnderWay,
}

impl OrderMoney {
    /// All that came, in minor units.
    #[must_use]
    pub fn received_minor(&self) -> i64 {
        self.sum_minor(MoneyMoveKind::Received)
    }

    /// All that went back to the customer, in minor units.
    #[must_use]
    pub fn sent_back_minor(&self) -> i64 {
        self.sum_minor(MoneyMoveKind::SentBack)
    }

    /// All that is on its way back, in minor units.
    #[must_use]
    pub fn under_way_minor(&self) -> i64 {
        self.sum_minor(MoneyMoveKind::UnderWay)
    }

    /// What is left in the book, in minor units: money on its way back is still in it.
    #[must_use]
    pub fn balance_minor(&self) -> i64 {
        let gone = [MoneyMoveKind::SentBack, MoneyMoveKind::TakenBack, MoneyMoveKind::Disputed];
        self.received_minor() - gone.map(|kind| self.sum_minor(kind)).iter().sum::<i64>()
    }

    /// What will be left when all that is on its way has left, in minor units.
    #[must_use]
    pub fn staying_minor(&self) -> i64 {
        self.balance_minor() - self.under_way_minor()
    }

    fn sum_minor(&self, kind: MoneyMoveKind) -> i64 {
        self.moves.iter().filter(|step| step.kind == kind).map(|step| step.amount_minor).sum()
    }
}

impl MoneyMoveKind {
    /// What a row of the book means to the customer; `None` for what is only noted.
    #[must_use]
    pub const fn of(kind: EntryKind) -> Option<Self> {
        match kind {
            EntryKind::Captured | EntryKind::Restored => Some(Self::Received),
            EntryKind::Refunded | EntryKind::RefundedByHand => Some(Self::SentBack),
            EntryKind::Reversed => Some(Self::TakenBack),
            EntryKind::ChargedBack => Some(Self::Disputed),
            EntryKind::ReturnBeyondCaptured => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeZone;

    use super::*;

    #[test]
    fn what_is_on_its_way_is_still_in_the_book_but_does_not_stay() {
        let attempt_id = AttemptId::generate();
        let at = Utc.with_ymd_and_hms(2026, 11, 24, 9, 5, 0).unwrap();
        let step = |kind, amount_minor| MoneyMove { kind, attempt_id, amount_minor, at };
        let money = OrderMoney {
            moves: vec![
                step(MoneyMoveKind::Received, 100),
                step(MoneyMoveKind::TakenBack, 100),
                step(MoneyMoveKind::Received, 100),
                step(MoneyMoveKind::SentBack, 20),
                step(MoneyMoveKind::Disputed, 10),
                step(MoneyMoveKind::UnderWay, 5),
            ],
        };
        assert_eq!((money.received_minor(), money.sent_back_minor()), (200, 20));
        assert_eq!((money.balance_minor(), money.under_way_minor(), money.staying_minor()), (70, 5, 65));
        assert_eq!(OrderMoney::default().staying_minor(), 0);
    }

    #[test]
    fn only_notes_in_the_book_are_no_movement() {
        for kind in EntryKind::ALL {
            assert_eq!(MoneyMoveKind::of(kind).is_none(), kind == EntryKind::ReturnBeyondCaptured);
        }
    }
}
