//! The edges that whole stories walk past: sums to the last rupiah, and what must not move.

use super::*;
use crate::domain::apply::NOT_FOUND_PATIENCE;
use crate::domain::ledger::LedgerLine;

fn line(kind: EntryKind, amount_minor: i64) -> LedgerLine {
    LedgerLine { kind, amount_minor, memo_minor: 0 }
}

fn beyond(memo_minor: i64) -> LedgerLine {
    LedgerLine { kind: EntryKind::ReturnBeyondCaptured, amount_minor: 0, memo_minor }
}

fn returned(status: ReportedStatus, returned_minor: Option<i64>) -> PaymentReport {
    PaymentReport { returned_minor, ..report(status) }
}

/// After a part went back.
fn partly_refunded() -> Purchase {
    let told = returned(ReportedStatus::PartialRefund, Some(50_000));
    advance(&paid(), &apply(&paid(), &told, instant(500)))
}

#[test]
fn a_word_that_does_not_fit_is_told_and_changes_nothing() {
    let before = paid();
    let outcome = apply(&before, &report(ReportedStatus::Cancel), instant(61));
    let told = Alert::Unexpected { state: AttemptState::Settled, status: ReportedStatus::Cancel };
    assert_eq!(outcome.alerts, [told]);
    assert_eq!(advance(&before, &outcome), before);
}

#[test]
fn a_captured_card_settles_without_a_word() {
    let captured = purchase(AttemptState::Captured, OrderState::Paid, Unit::Used);
    let outcome = apply(&captured, &report(ReportedStatus::Settlement), instant(61));
    assert_eq!((outcome.attempt, outcome.order), (AttemptState::Settled, OrderState::Paid));
    assert!(outcome.ledger.is_empty() && outcome.tidings.is_empty() && outcome.alerts.is_empty());
}

#[test]
fn only_a_reversed_order_can_be_paid_for_the_first_time_again() {
    let told = report(ReportedStatus::Settlement);
    let reversed = purchase(AttemptState::Pending, OrderState::Reversed, Unit::None);
    assert_eq!(apply(&reversed, &told, instant(61)).tidings, [Tiding::Paid]);
    for order in [OrderState::Refunded, OrderState::ChargedBack, OrderState::PaidUnallocated] {
        let again = purchase(AttemptState::Pending, order, Unit::None);
        let outcome = apply(&again, &told, instant(61));
        assert_eq!((outcome.order, outcome.tidings), (order, vec![Tiding::DuplicatePayment]));
    }
}

#[test]
fn restored_money_counts_when_it_is_enough_and_the_order_lost_it() {
    let restored = |order, received| {
        let mut reversed = purchase(AttemptState::Reversed, order, Unit::None);
        reversed.attempt.restoring_since = Some(instant(0));
        let told = PaymentReport { received: Some(rupiah(received)), ..report(ReportedStatus::Settlement) };
        apply(&reversed, &told, instant(60))
    };
    let paid = restored(OrderState::Reversed, 150_000);
    assert_eq!((paid.order, paid.tidings), (OrderState::Paid, vec![Tiding::Restored]));
    assert_eq!((paid.attempt, paid.restoring_since), (AttemptState::Settled, None));
    assert_eq!(paid.ledger, [line(EntryKind::Restored, 150_000)]);
    let twice = restored(OrderState::Paid, 150_000);
    assert_eq!((twice.flags.duplicate_payment, twice.tidings), (true, vec![Tiding::DuplicatePayment]));
    for (order, received) in
        [(OrderState::Reversed, 149_999), (OrderState::Paid, 149_999), (OrderState::Open, 150_000)]
    {
        let outcome = restored(order, received);
        assert_eq!((outcome.order, outcome.tidings), (order, vec![]), "{received}");
        assert!(!outcome.flags.duplicate_payment);
    }
}

#[test]
fn a_refund_without_a_sum_is_all_that_is_left() {
    let outcome = apply(&partly_refunded(), &returned(ReportedStatus::Refund, None), instant(600));
    assert_eq!(outcome.ledger, [line(EntryKind::Refunded, -100_000)]);
    assert_eq!((outcome.returned_minor, outcome.attempt), (150_000, AttemptState::Refunded));
    assert_eq!(outcome.tidings, [Tiding::Refunded]);
    // A part of which nobody says how large it is moves nothing.
    let before = paid();
    let part = apply(&before, &returned(ReportedStatus::PartialRefund, None), instant(600));
    assert_eq!(advance(&before, &part), before);
}

#[test]
fn a_part_that_goes_back_is_told_as_a_part() {
    let outcome = apply(&paid(), &returned(ReportedStatus::PartialRefund, Some(149_999)), instant(600));
    assert_eq!(outcome.tidings, [Tiding::PartiallyRefunded]);
    assert_eq!((outcome.order, outcome.unit), (OrderState::PartiallyRefunded, Unit::Used));
    // What is left of an overpaid order still pays it.
    let mut overpaid = paid();
    (overpaid.balance_minor, overpaid.attempt_balance_minor) = (160_000, 160_000);
    let outcome = apply(&overpaid, &returned(ReportedStatus::PartialRefund, Some(10_000)), instant(600));
    assert_eq!(outcome.order, OrderState::Paid);
}

#[test]
fn what_goes_back_beyond_all_that_came_is_a_memo_of_the_difference() {
    let told = returned(ReportedStatus::Refund, Some(170_000));
    let outcome = apply(&partly_refunded(), &told, instant(600));
    assert_eq!(outcome.ledger, [beyond(20_000), line(EntryKind::Refunded, -100_000)]);
    let refunded = advance(&partly_refunded(), &outcome);
    assert_eq!(refunded.attempt.returned_minor, 150_000);

    let more = apply(&refunded, &returned(ReportedStatus::Refund, Some(170_003)), instant(700));
    assert_eq!((more.ledger, more.alerts), (vec![beyond(3)], vec![Alert::ReturnBeyondCaptured]));
    for same in [None, Some(170_000), Some(150_001), Some(1)] {
        let outcome = apply(&refunded, &returned(ReportedStatus::Refund, same), instant(700));
        assert!(outcome.ledger.is_empty() && outcome.alerts.is_empty(), "{same:?}");
    }
}

#[test]
fn what_was_written_down_beyond_is_not_taken_from_what_is_left() {
    let noted = Purchase { memo_minor: 20_000, ..partly_refunded() };
    let same = apply(&noted, &returned(ReportedStatus::PartialRefund, Some(70_000)), instant(600));
    assert!(same.ledger.is_empty() && same.tidings.is_empty());
    let more = apply(&noted, &returned(ReportedStatus::PartialRefund, Some(80_000)), instant(600));
    assert_eq!((more.ledger, more.returned_minor), (vec![line(EntryKind::Refunded, -10_000)], 60_000));
}

#[test]
fn more_than_asked_is_marked_and_stays_marked() {
    let pays = |overpaid, received| {
        let mut before = waiting();
        before.flags.overpaid = overpaid;
        let told = PaymentReport { received: Some(rupiah(received)), ..report(ReportedStatus::Settlement) };
        let outcome = apply(&before, &told, instant(61));
        (outcome.flags.overpaid, outcome.tidings)
    };
    assert_eq!(pays(false, 150_001), (true, vec![Tiding::Overpaid]));
    assert_eq!(pays(false, 150_000), (false, vec![Tiding::Paid]));
    assert_eq!(pays(true, 150_000), (true, vec![Tiding::Paid]));
}

#[test]
fn a_dispute_takes_its_part_and_no_more() {
    let part = apply(&paid(), &returned(ReportedStatus::PartialChargeback, Some(60_000)), instant(600));
    assert_eq!(part.ledger, [line(EntryKind::ChargedBack, -60_000)]);
    assert_eq!((part.attempt, part.order), (AttemptState::PartiallyChargedBack, OrderState::Paid));
    assert_eq!((part.returned_minor, part.tidings.as_slice()), (60_000, [Tiding::ChargedBack].as_slice()));
    let disputed = advance(&paid(), &part);

    let more = apply(&disputed, &returned(ReportedStatus::PartialChargeback, Some(70_000)), instant(601));
    assert_eq!(more.ledger, [line(EntryKind::ChargedBack, -10_000)]);
    let same = apply(&disputed, &returned(ReportedStatus::PartialChargeback, Some(60_000)), instant(601));
    assert!(same.ledger.is_empty() && same.tidings.is_empty());
    let refund = apply(&disputed, &returned(ReportedStatus::PartialRefund, Some(80_000)), instant(601));
    assert_eq!(refund.ledger, [line(EntryKind::Refunded, -20_000)]);
    assert_eq!(refund.attempt, AttemptState::PartiallyChargedBack, "it goes on being disputed");

    let whole = apply(&disputed, &returned(ReportedStatus::Chargeback, Some(60_000)), instant(602));
    assert_eq!(whole.ledger, [line(EntryKind::ChargedBack, -90_000)]);
    assert_eq!((whole.attempt, whole.order), (AttemptState::ChargedBack, OrderState::ChargedBack));
    let unsaid = apply(&paid(), &returned(ReportedStatus::PartialChargeback, None), instant(602));
    assert_eq!(unsaid.attempt, AttemptState::ChargedBack, "a part of unknown size counts as all");
}

#[test]
fn a_dispute_about_returned_money_is_told_and_alerts() {
    let refunded = purchase(AttemptState::Refunded, OrderState::Refunded, Unit::Used);
    let outcome = apply(&refunded, &report(ReportedStatus::Chargeback), instant(600));
    assert_eq!((outcome.attempt, outcome.order), (AttemptState::ChargedBack, OrderState::ChargedBack));
    assert_eq!((outcome.ledger, outcome.tidings), (vec![], vec![Tiding::ChargedBack]));
    assert_eq!(outcome.alerts.len(), 1);
}

#[test]
fn the_reversal_of_one_of_two_payments_leaves_the_order_paid() {
    let mut one_of_two = paid();
    one_of_two.balance_minor = 300_000;
    let outcome = apply(&one_of_two, &report(ReportedStatus::Deny), instant(200));
    assert_eq!((outcome.order, outcome.unit), (OrderState::Paid, Unit::Used));
    assert_eq!(outcome.tidings, [Tiding::DuplicateReversed]);
    assert_eq!(outcome.ledger, [line(EntryKind::Reversed, -150_000)]);
    one_of_two.balance_minor = 299_999;
    assert_eq!(apply(&one_of_two, &report(ReportedStatus::Deny), instant(200)).order, OrderState::Reversed);
    // What never paid the order cannot take that away.
    let underpaid = purchase(AttemptState::Settled, OrderState::Open, Unit::None);
    let outcome = apply(&underpaid, &report(ReportedStatus::Deny), instant(200));
    assert_eq!((outcome.order, outcome.tidings), (OrderState::Open, vec![Tiding::Reversed]));
}

#[test]
fn money_without_an_instant_is_late_when_its_charge_had_ended() {
    let told = PaymentReport { settled_at: None, ..report(ReportedStatus::Settlement) };
    assert!(!apply(&waiting(), &told, instant(9_999)).flags.late);
    let ended = purchase(AttemptState::Expired, OrderState::Expired, Unit::None);
    assert!(apply(&ended, &told, instant(61)).flags.late);
}

#[test]
fn money_must_name_the_transaction_it_is_bound_to() {
    let wrong: [fn(&mut PaymentReport); 3] = [
        |report| report.transaction_id = None,
        |report| report.gateway_order_id = GatewayOrderId::from_text("T-1-abd"),
        |report| report.received = Some(Money::new(150_000, Currency::USD)),
    ];
    for spoil in wrong {
        let mut spoiled = report(ReportedStatus::Settlement);
        spoil(&mut spoiled);
        assert_eq!(apply(&waiting(), &spoiled, instant(61)).alerts, [Alert::Mismatch]);
    }
    let mut unbound = waiting();
    unbound.attempt.transaction_id = None;
    for told in [Some("first".to_owned()), None] {
        let told = PaymentReport { transaction_id: told, ..report(ReportedStatus::Settlement) };
        assert_eq!(apply(&unbound, &told, instant(61)).order, OrderState::Paid);
    }
    assert_eq!(NOT_FOUND_PATIENCE.num_minutes(), 10);
}
