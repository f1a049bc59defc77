//! The steps of the table, taken over a whole purchase.

use chrono::{DateTime, Utc};

use super::{Alert, Outcome, Purchase, RESTORATION_GAP, Tiding};
use crate::domain::attempt::AttemptState;
use crate::domain::ledger::{EntryKind, LedgerLine};
use crate::domain::order::{OrderState, Unit};
use crate::domain::report::{PaymentReport, ReportedStatus};

/// A purchase while a report is being booked.
pub(super) struct Booking<'a> {
    purchase: &'a Purchase,
    outcome: Outcome,
    attempt_balance_minor: i64,
    order_balance_minor: i64,
}

impl<'a> Booking<'a> {
    pub(super) fn new(purchase: &'a Purchase) -> Self {
        Self {
            purchase,
            attempt_balance_minor: purchase.attempt_balance_minor,
            order_balance_minor: purchase.balance_minor,
            outcome: Outcome {
                attempt: purchase.attempt.state,
                returned_minor: purchase.attempt.returned_minor,
                restoring_since: purchase.attempt.restoring_since,
                order: purchase.order,
                unit: purchase.unit,
                flags: purchase.flags,
                ledger: Vec::new(),
                tidings: Vec::new(),
                alerts: Vec::new(),
                cancel_others: false,
                pull_again: false,
            },
        }
    }

    pub(super) fn finish(self) -> Outcome {
        self.outcome
    }

    pub(super) fn mismatch(&mut self) {
        self.outcome.flags.mismatch = true;
        self.outcome.alerts.push(Alert::Mismatch);
    }

    pub(super) fn unexpected(&mut self, status: ReportedStatus) {
        self.outcome.alerts.push(Alert::Unexpected { state: self.purchase.attempt.state, status });
    }

    pub(super) fn follow(&mut self, state: AttemptState) {
        self.outcome.attempt = state;
    }

    /// A captured card settles. Nothing moves: the money was counted at capture.
    pub(super) fn settle(&mut self) {
        self.outcome.attempt = AttemptState::Settled;
    }

    /// The attempt is certainly dead. Its unit goes back unless another attempt, or the customer's
    /// change of method, still needs it.
    pub(super) fn end(&mut self, state: AttemptState) {
        self.outcome.attempt = state;
        let after = if state == AttemptState::Expired { OrderState::Expired } else { OrderState::Open };
        self.stop_waiting(after);
    }

    /// Nobody waits for this order any more, unless another attempt or a change of method does.
    fn stop_waiting(&mut self, after: OrderState) {
        let still_waiting = self.purchase.another_is_live || self.purchase.changing_method;
        if self.purchase.order == OrderState::Awaiting && !still_waiting {
            self.outcome.order = after;
            self.outcome.unit = Unit::None;
        }
    }

    /// The money is there: one order, one unit, one ring.
    pub(super) fn succeed(&mut self, state: AttemptState, report: &PaymentReport) {
        let asked_minor = self.purchase.attempt.amount.minor();
        let received_minor = report.received.map_or(asked_minor, |received| received.minor());
        self.outcome.attempt = state;
        self.book(EntryKind::Captured, received_minor);
        if received_minor < asked_minor {
            self.outcome.flags.underpaid = true;
            self.outcome.tidings.push(Tiding::Underpaid);
            self.stop_waiting(OrderState::Open);
            return;
        }
        // A reversed order has lost its money: a new payment is its first again.
        let was_paid = self.purchase.order.has_seen_money() && self.purchase.order != OrderState::Reversed;
        if was_paid {
            self.outcome.flags.duplicate_payment = true;
            self.outcome.tidings.push(Tiding::DuplicatePayment);
            return;
        }
        let late = report.settled_at.map_or(self.purchase.attempt.state.is_dead(), |settled_at| {
            settled_at > self.purchase.attempt.pay_by
        });
        self.outcome.flags.late = late;
        self.outcome.cancel_others = true;
        let is_more = received_minor > asked_minor;
        self.outcome.flags.overpaid |= is_more;
        // One message says all of it.
        self.count(match (is_more, late) {
            (true, _) => Tiding::Overpaid,
            (false, true) => Tiding::PaidLate,
            (false, false) => Tiding::Paid,
        });
    }

    /// Counts the payment: the unit that was held, else a free one, else the seller decides.
    fn count(&mut self, tiding: Tiding) {
        let has_unit = self.purchase.unit != Unit::None || self.purchase.free_unit;
        if has_unit {
            self.outcome.order = OrderState::Paid;
            self.outcome.unit = Unit::Used;
            self.outcome.flags.over_limit = false;
            self.outcome.tidings.push(tiding);
        } else {
            self.outcome.order = OrderState::PaidUnallocated;
            self.outcome.tidings.push(Tiding::PaidUnallocated);
        }
    }

    /// The seller counts a payment for which nothing was left; a unit that has become free since is taken.
    pub(super) fn accept(&mut self) {
        self.outcome.order = OrderState::Paid;
        self.outcome.unit = Unit::Used;
        self.outcome.flags.over_limit = !self.purchase.free_unit;
        self.outcome.tidings.push(Tiding::Accepted);
    }

    /// The seller sent this much back without the gateway.
    pub(super) fn return_by_hand(&mut self, amount_minor: i64) {
        self.book(EntryKind::RefundedByHand, -amount_minor);
        self.outcome.attempt = if self.attempt_balance_minor == 0 {
            AttemptState::Refunded
        } else {
            AttemptState::PartiallyRefunded
        };
        self.follow_the_balance(OrderState::PartiallyRefunded, OrderState::Refunded);
        self.outcome.tidings.push(Tiding::ReturnedByHand);
    }

    /// The bank took the money away: the unit is free again, and nothing may leave the shop.
    pub(super) fn reverse(&mut self) {
        self.outcome.attempt = AttemptState::Reversed;
        self.outcome.restoring_since = None;
        self.book(EntryKind::Reversed, -self.attempt_balance_minor);
        let still_paid = self.order_balance_minor >= self.purchase.attempt.amount.minor();
        if still_paid {
            // Another payment of the same order counts: nothing is to be returned any more.
            self.outcome.tidings.push(Tiding::DuplicateReversed);
            return;
        }
        self.outcome.tidings.push(Tiding::Reversed);
        // What was never paid cannot stop being paid.
        if self.purchase.order.has_seen_money() {
            self.outcome.order = OrderState::Reversed;
            self.outcome.unit = Unit::None;
        }
    }

    /// Reversed money shows again. One pull is not believed; two that lie apart are.
    pub(super) fn confirm_restoration(&mut self, report: &PaymentReport, now: DateTime<Utc>) {
        match self.purchase.attempt.restoring_since {
            Some(since) if now - since >= RESTORATION_GAP => {
                let received_minor =
                    report.received.map_or(self.purchase.attempt.amount.minor(), |received| received.minor());
                self.outcome.attempt = AttemptState::Settled;
                self.outcome.restoring_since = None;
                self.book(EntryKind::Restored, received_minor);
                let is_enough = received_minor >= self.purchase.attempt.amount.minor();
                if self.purchase.order == OrderState::Reversed && is_enough {
                    self.count(Tiding::Restored);
                } else if is_enough && self.purchase.order.has_seen_money() {
                    // Meanwhile another charge paid the order.
                    self.outcome.flags.duplicate_payment = true;
                    self.outcome.tidings.push(Tiding::DuplicatePayment);
                }
            }
            Some(_) => self.outcome.pull_again = true,
            None => {
                self.outcome.restoring_since = Some(now);
                self.outcome.pull_again = true;
                self.unexpected(report.status);
            }
        }
    }

    /// Money went back. What the gateway says is the sum of all returns so far.
    pub(super) fn give_back(&mut self, report: &PaymentReport) {
        let earlier_minor = self.outcome.returned_minor;
        // What was written down once is not written down again by the next report that says the same.
        let known_minor = earlier_minor + self.purchase.memo_minor;
        let told_minor = match (report.status, report.returned_minor) {
            (_, Some(returned_minor)) => returned_minor,
            (ReportedStatus::Refund, None) => known_minor + self.attempt_balance_minor,
            (_, None) => known_minor,
        };
        let asked_back_minor = (told_minor - known_minor).max(0);
        let booked_minor = asked_back_minor.min(self.attempt_balance_minor);
        if booked_minor < asked_back_minor {
            self.memo(asked_back_minor - booked_minor);
        }
        if booked_minor == 0 {
            return;
        }
        self.book(EntryKind::Refunded, -booked_minor);
        self.outcome.returned_minor = earlier_minor + booked_minor;
        let is_disputed = self.purchase.attempt.state == AttemptState::PartiallyChargedBack;
        if self.attempt_balance_minor == 0 {
            self.outcome.attempt = AttemptState::Refunded;
        } else if !is_disputed {
            self.outcome.attempt = AttemptState::PartiallyRefunded;
        }
        self.follow_the_balance(OrderState::PartiallyRefunded, OrderState::Refunded);
        let all_back = self.attempt_balance_minor == 0;
        self.outcome.tidings.push(if all_back { Tiding::Refunded } else { Tiding::PartiallyRefunded });
    }

    pub(super) fn alert_if_more_returned(&mut self, report: &PaymentReport) {
        let told_minor = report.returned_minor.unwrap_or(self.outcome.returned_minor);
        let known_minor = self.outcome.returned_minor + self.purchase.memo_minor;
        if told_minor > known_minor {
            self.memo(told_minor - known_minor);
        }
    }

    /// The customer's bank disputes the payment, a part of it or all.
    pub(super) fn charge_back(&mut self, report: &PaymentReport) {
        let whole = report.status == ReportedStatus::Chargeback;
        let told_minor = match report.returned_minor {
            Some(returned_minor) if !whole => (returned_minor - self.outcome.returned_minor).max(0),
            _ => self.attempt_balance_minor,
        };
        let booked_minor = told_minor.min(self.attempt_balance_minor);
        if booked_minor > 0 {
            self.book(EntryKind::ChargedBack, -booked_minor);
            self.outcome.returned_minor += booked_minor;
        }
        self.outcome.attempt = if whole || self.attempt_balance_minor == 0 {
            AttemptState::ChargedBack
        } else {
            AttemptState::PartiallyChargedBack
        };
        if self.outcome.order.has_seen_money() && self.order_balance_minor == 0 {
            self.outcome.order = OrderState::ChargedBack;
        }
        if booked_minor > 0 || whole {
            self.outcome.tidings.push(Tiding::ChargedBack);
        }
    }

    /// The order's state follows from what is left of its money.
    fn follow_the_balance(&mut self, part: OrderState, whole: OrderState) {
        let counts = matches!(
            self.outcome.order,
            OrderState::Paid | OrderState::PaidUnallocated | OrderState::PartiallyRefunded
        );
        if !counts {
            return;
        }
        if self.order_balance_minor == 0 {
            self.outcome.order = whole;
        } else if self.order_balance_minor < self.purchase.attempt.amount.minor() {
            self.outcome.order = part;
        }
    }

    fn book(&mut self, kind: EntryKind, amount_minor: i64) {
        self.attempt_balance_minor += amount_minor;
        self.order_balance_minor += amount_minor;
        self.outcome.ledger.push(LedgerLine { kind, amount_minor, memo_minor: 0 });
    }

    /// Writes down a return beyond all that came: outside the sum, for a person to look at.
    fn memo(&mut self, memo_minor: i64) {
        self.outcome.ledger.push(LedgerLine {
            kind: EntryKind::ReturnBeyondCaptured,
            amount_minor: 0,
            memo_minor,
        });
        self.outcome.alerts.push(Alert::ReturnBeyondCaptured);
    }
}
