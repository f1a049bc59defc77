//! What came of an order's money and where it went, by the book and by what is on its way.

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
    /// As what it stands in the book; `None` while it is on its way back and not booked yet.
    pub entry: Option<EntryKind>,
    /// The charge whose money it is.
    pub attempt_id: AttemptId,
    /// How much, in minor units, never negative.
    pub amount_minor: i64,
    /// When it came by the bank's word, was booked, or was asked for.
    pub at: DateTime<Utc>,
}

/// What happened to money, as its customer is told: by which hand it went back is the seller's to know.
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
    /// What is in the book, oldest first.
    pub fn booked(&self) -> impl Iterator<Item = &MoneyMove> {
        self.moves.iter().filter(|step| step.entry.is_some())
    }

    /// What is on its way back and not booked yet.
    pub fn under_way(&self) -> impl Iterator<Item = &MoneyMove> {
        self.moves.iter().filter(|step| step.entry.is_none())
    }

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
        self.booked().map(MoneyMove::change_minor).sum()
    }

    /// What is left of one charge's money in the book, in minor units.
    #[must_use]
    pub fn balance_of_minor(&self, attempt_id: AttemptId) -> i64 {
        self.booked().filter(|step| step.attempt_id == attempt_id).map(MoneyMove::change_minor).sum()
    }

    /// What will be left when all that is on its way has left, in minor units.
    #[must_use]
    pub fn staying_minor(&self) -> i64 {
        self.moves.iter().map(MoneyMove::change_minor).sum()
    }

    /// What will be left of one charge's money when all of it that is on its way has left, in minor units.
    #[must_use]
    pub fn staying_of_minor(&self, attempt_id: AttemptId) -> i64 {
        self.moves.iter().filter(|step| step.attempt_id == attempt_id).map(MoneyMove::change_minor).sum()
    }

    fn sum_minor(&self, kind: MoneyMoveKind) -> i64 {
        self.moves.iter().filter(|step| step.kind() == kind).map(|step| step.amount_minor).sum()
    }
}

impl MoneyMove {
    /// What it means to the customer.
    #[must_use]
    pub const fn kind(&self) -> MoneyMoveKind {
        match self.entry {
            Some(EntryKind::Captured | EntryKind::Restored) => MoneyMoveKind::Received,
            // A return beyond what came is only noted: its amount in the book is nothing.
            Some(EntryKind::Refunded | EntryKind::RefundedByHand | EntryKind::ReturnBeyondCaptured) => {
                MoneyMoveKind::SentBack
            }
            Some(EntryKind::Reversed) => MoneyMoveKind::TakenBack,
            Some(EntryKind::ChargedBack) => MoneyMoveKind::Disputed,
            None => MoneyMoveKind::UnderWay,
        }
    }

    /// What it adds to the shop's money (positive) or takes from it (negative), in minor units.
    const fn change_minor(&self) -> i64 {
        match self.kind() {
            MoneyMoveKind::Received => self.amount_minor,
            MoneyMoveKind::SentBack
            | MoneyMoveKind::TakenBack
            | MoneyMoveKind::Disputed
            | MoneyMoveKind::UnderWay => -self.amount_minor,
        }
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeZone;

    use super::*;

    #[test]
    fn what_is_on_its_way_is_still_in_the_book_but_does_not_stay() {
        let (first, second) = (AttemptId::generate(), AttemptId::generate());
        let at = Utc.with_ymd_and_hms(2026, 11, 24, 9, 5, 0).unwrap();
        let step = |attempt_id, entry, amount_minor| MoneyMove { entry, attempt_id, amount_minor, at };
        let money = OrderMoney {
            moves: vec![
                step(first, Some(EntryKind::Captured), 100),
                step(first, Some(EntryKind::Reversed), 100),
                step(first, Some(EntryKind::Restored), 100),
                step(second, Some(EntryKind::Captured), 50),
                step(first, Some(EntryKind::Refunded), 20),
                step(second, Some(EntryKind::RefundedByHand), 7),
                step(first, Some(EntryKind::ChargedBack), 10),
                step(first, None, 5),
            ],
        };
        assert_eq!((money.received_minor(), money.sent_back_minor()), (250, 27));
        assert_eq!((money.balance_minor(), money.under_way_minor(), money.staying_minor()), (113, 5, 108));
        assert_eq!((money.balance_of_minor(first), money.staying_of_minor(first)), (70, 65));
        assert_eq!((money.balance_of_minor(second), money.staying_of_minor(second)), (43, 43));
        assert_eq!((money.booked().count(), money.under_way().count()), (7, 1));
        assert_eq!(OrderMoney::default().staying_minor(), 0);
    }
}
