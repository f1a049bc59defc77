//! Every state and every report, and the stories that money tells.

use chrono::{DateTime, Utc};
use proptest::prelude::*;

use super::table::{Step, step};
use super::{Alert, Outcome, Purchase, Tiding, apply};
use crate::domain::attempt::{AccountCode, AttemptState, GatewayOrderId, PaymentAttempt};
use crate::domain::id::{AttemptId, MerchantId, OrderId};
use crate::domain::ledger::EntryKind;
use crate::domain::merchant::Mode;
use crate::domain::money::{Currency, Money};
use crate::domain::order::{OrderFlags, OrderState, Unit};
use crate::domain::payment_method::PaymentMethod;
use crate::domain::report::{PaymentReport, ReportedStatus};

pub(super) fn instant(seconds: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_800_000_000 + seconds, 0).unwrap()
}

pub(super) fn rupiah(minor: i64) -> Money {
    Money::new(minor, Currency::IDR)
}

pub(super) fn purchase(state: AttemptState, order: OrderState, unit: Unit) -> Purchase {
    let has_money =
        matches!(state, AttemptState::Captured | AttemptState::Settled | AttemptState::PartiallyRefunded);
    let balance_minor = if has_money { 150_000 } else { 0 };
    Purchase {
        attempt: PaymentAttempt {
            id: AttemptId::generate(),
            order_id: OrderId::generate(),
            merchant_id: MerchantId::generate(),
            account: AccountCode("sandbox".into()),
            mode: Mode::Sandbox,
            gateway_order_id: GatewayOrderId::from_text("T-1-abc"),
            transaction_id: Some("tx".into()),
            method: PaymentMethod::BcaVa,
            state,
            amount: rupiah(150_000),
            instructions: None,
            pay_by: instant(3_600),
            returned_minor: 0,
            restoring_since: None,
            created_at: instant(0),
            version: 3,
        },
        order,
        unit,
        flags: OrderFlags::default(),
        another_is_live: false,
        changing_method: false,
        free_unit: true,
        captured_minor: balance_minor,
        balance_minor,
        attempt_balance_minor: balance_minor,
        memo_minor: 0,
    }
}

pub(super) fn waiting() -> Purchase {
    purchase(AttemptState::Pending, OrderState::Awaiting, Unit::Held)
}

pub(super) fn paid() -> Purchase {
    purchase(AttemptState::Settled, OrderState::Paid, Unit::Used)
}

pub(super) fn report(status: ReportedStatus) -> PaymentReport {
    PaymentReport {
        gateway_order_id: GatewayOrderId::from_text("T-1-abc"),
        transaction_id: Some("tx".into()),
        status,
        charged: Some(rupiah(150_000)),
        received: Some(rupiah(150_000)),
        merchant_matches: true,
        settled_at: Some(instant(60)),
        returned_minor: None,
        refunds: Vec::new(),
        instructions: None,
    }
}

/// Applies an outcome to the purchase it came from, as booking does.
pub(super) fn advance(purchase: &Purchase, outcome: &Outcome) -> Purchase {
    let mut next = purchase.clone();
    next.attempt.state = outcome.attempt;
    next.attempt.returned_minor = outcome.returned_minor;
    next.attempt.restoring_since = outcome.restoring_since;
    next.order = outcome.order;
    next.unit = outcome.unit;
    next.flags = outcome.flags;
    for line in &outcome.ledger {
        next.balance_minor += line.amount_minor;
        next.attempt_balance_minor += line.amount_minor;
        next.memo_minor += line.memo_minor;
        if matches!(line.kind, EntryKind::Captured | EntryKind::Restored) {
            next.captured_minor += line.amount_minor;
        }
    }
    next
}

#[test]
fn a_payment_in_time_is_paid_once_and_uses_the_held_unit() {
    let outcome = apply(&waiting(), &report(ReportedStatus::Settlement), instant(61));
    assert_eq!(
        (outcome.attempt, outcome.order, outcome.unit),
        (AttemptState::Settled, OrderState::Paid, Unit::Used)
    );
    assert_eq!(outcome.tidings, [Tiding::Paid]);
    assert_eq!(outcome.ledger.len(), 1);
    assert!(outcome.cancel_others && outcome.alerts.is_empty());

    let again = apply(&advance(&waiting(), &outcome), &report(ReportedStatus::Settlement), instant(90));
    assert_eq!((again.tidings.len(), again.ledger.len(), again.order), (0, 0, OrderState::Paid));
}

#[test]
fn wrong_money_is_never_paid() {
    let wrong: [fn(&mut PaymentReport); 6] = [
        |report| report.charged = Some(rupiah(149_999)),
        |report| report.charged = Some(rupiah(15_000_000)),
        |report| report.charged = None,
        |report| report.charged = Some(Money::new(150_000, Currency::USD)),
        |report| report.merchant_matches = false,
        |report| report.transaction_id = Some("another".into()),
    ];
    for spoil in wrong {
        let mut spoiled = report(ReportedStatus::Settlement);
        spoil(&mut spoiled);
        let outcome = apply(&waiting(), &spoiled, instant(61));
        assert_eq!(outcome.alerts, [Alert::Mismatch]);
        assert_eq!((outcome.order, outcome.unit), (OrderState::Awaiting, Unit::Held));
        assert!(outcome.flags.mismatch && outcome.ledger.is_empty() && outcome.tidings.is_empty());
    }
}

#[test]
fn late_money_takes_a_free_unit_or_waits_for_the_sellers_word() {
    let mut late = purchase(AttemptState::Expired, OrderState::Expired, Unit::None);
    let mut told = report(ReportedStatus::Settlement);
    told.settled_at = Some(instant(3_601));
    let outcome = apply(&late, &told, instant(4_000));
    assert_eq!((outcome.order, outcome.unit, outcome.flags.late), (OrderState::Paid, Unit::Used, true));
    assert_eq!(outcome.tidings, [Tiding::PaidLate]);

    late.free_unit = false;
    let outcome = apply(&late, &told, instant(4_000));
    assert_eq!((outcome.order, outcome.unit), (OrderState::PaidUnallocated, Unit::None));
    assert_eq!(outcome.tidings, [Tiding::PaidUnallocated]);

    // Paid in time and only heard of late is not late.
    late.free_unit = true;
    told.settled_at = Some(instant(3_600));
    assert!(!apply(&late, &told, instant(9_999)).flags.late);
}

#[test]
fn too_little_is_not_paid_and_too_much_is() {
    let mut told = report(ReportedStatus::Settlement);
    told.received = Some(rupiah(140_000));
    let outcome = apply(&waiting(), &told, instant(61));
    assert_eq!((outcome.order, outcome.unit), (OrderState::Open, Unit::None));
    assert_eq!(outcome.tidings, [Tiding::Underpaid]);
    assert_eq!(outcome.ledger[0].amount_minor, 140_000);

    told.received = Some(rupiah(160_000));
    let outcome = apply(&waiting(), &told, instant(61));
    assert_eq!(outcome.order, OrderState::Paid);
    assert_eq!(outcome.tidings, [Tiding::Overpaid], "one message says both");
}

#[test]
fn a_second_payment_is_told_and_takes_no_second_unit() {
    let mut second = purchase(AttemptState::Cancelled, OrderState::Paid, Unit::Used);
    second.balance_minor = 150_000;
    let outcome = apply(&second, &report(ReportedStatus::Settlement), instant(61));
    assert_eq!((outcome.order, outcome.unit), (OrderState::Paid, Unit::Used));
    assert_eq!(outcome.tidings, [Tiding::DuplicatePayment]);
    assert!(outcome.flags.duplicate_payment && !outcome.cancel_others);
}

#[test]
fn a_reversal_gives_the_unit_back_and_is_restored_only_by_two_pulls_that_lie_apart() {
    let outcome = apply(&paid(), &report(ReportedStatus::Deny), instant(200));
    assert_eq!(
        (outcome.attempt, outcome.order, outcome.unit),
        (AttemptState::Reversed, OrderState::Reversed, Unit::None)
    );
    assert_eq!(outcome.tidings, [Tiding::Reversed]);
    let reversed = advance(&paid(), &outcome);
    assert_eq!(reversed.balance_minor, 0);

    let settlement = report(ReportedStatus::Settlement);
    let first = apply(&reversed, &settlement, instant(300));
    assert!(first.pull_again && first.tidings.is_empty());
    let reversed = advance(&reversed, &first);
    let too_soon = apply(&reversed, &settlement, instant(359));
    assert!(too_soon.pull_again && too_soon.ledger.is_empty());
    let restored = apply(&reversed, &settlement, instant(360));
    assert_eq!((restored.order, restored.unit), (OrderState::Paid, Unit::Used));
    assert_eq!(restored.tidings, [Tiding::Restored]);
}

#[test]
fn refunds_follow_the_gateways_sum_and_never_pass_what_came() {
    let mut told = report(ReportedStatus::PartialRefund);
    told.returned_minor = Some(50_000);
    let part = apply(&paid(), &told, instant(500));
    assert_eq!((part.attempt, part.order), (AttemptState::PartiallyRefunded, OrderState::PartiallyRefunded));
    let after = advance(&paid(), &part);
    assert_eq!(apply(&after, &told, instant(501)).ledger, []);

    told.status = ReportedStatus::Refund;
    told.returned_minor = Some(170_000);
    let whole = apply(&after, &told, instant(600));
    assert_eq!(
        (whole.attempt, whole.order, whole.unit),
        (AttemptState::Refunded, OrderState::Refunded, Unit::Used)
    );
    assert_eq!(whole.alerts, [Alert::ReturnBeyondCaptured]);
    let over = advance(&after, &whole);
    assert_eq!(over.balance_minor, 0);
    let again = apply(&over, &told, instant(601));
    assert_eq!((again.ledger, again.alerts), (vec![], vec![]), "what was written down once is known");
}

#[test]
fn money_sent_by_hand_and_by_the_gateway_too_is_written_down_once() {
    let mut by_hand = paid();
    (by_hand.balance_minor, by_hand.attempt_balance_minor) = (110_000, 110_000);
    let mut told = report(ReportedStatus::Refund);
    told.returned_minor = Some(150_000);
    let first = apply(&by_hand, &told, instant(500));
    assert_eq!(first.ledger.iter().map(|line| line.memo_minor).sum::<i64>(), 40_000);
    assert_eq!(apply(&advance(&by_hand, &first), &told, instant(501)).ledger, []);
}

#[test]
fn a_dead_attempt_frees_the_unit_unless_someone_still_needs_it() {
    for (status, order) in [
        (ReportedStatus::Expire, OrderState::Expired),
        (ReportedStatus::Deny, OrderState::Open),
        (ReportedStatus::Cancel, OrderState::Open),
        (ReportedStatus::Failure, OrderState::Open),
    ] {
        let outcome = apply(&waiting(), &report(status), instant(61));
        assert_eq!((outcome.order, outcome.unit), (order, Unit::None));
        for keep in
            [Purchase { changing_method: true, ..waiting() }, Purchase { another_is_live: true, ..waiting() }]
        {
            let outcome = apply(&keep, &report(status), instant(61));
            assert_eq!((outcome.order, outcome.unit), (OrderState::Awaiting, Unit::Held));
        }
    }
}

#[test]
fn an_unknown_charge_fails_only_after_ten_minutes() {
    let lost = purchase(AttemptState::Unknown, OrderState::Awaiting, Unit::Held);
    let missing = PaymentReport { charged: None, received: None, ..report(ReportedStatus::NotFound) };
    assert_eq!(apply(&lost, &missing, instant(599)).attempt, AttemptState::Unknown);
    let outcome = apply(&lost, &missing, instant(600));
    assert_eq!((outcome.attempt, outcome.unit), (AttemptState::Failed, Unit::None));
}

#[test]
fn a_chargeback_of_paid_money_is_told_once() {
    let outcome = apply(&paid(), &report(ReportedStatus::Chargeback), instant(900));
    assert_eq!((outcome.attempt, outcome.order), (AttemptState::ChargedBack, OrderState::ChargedBack));
    assert_eq!((outcome.unit, outcome.tidings.as_slice()), (Unit::Used, [Tiding::ChargedBack].as_slice()));
    let again = apply(&advance(&paid(), &outcome), &report(ReportedStatus::Chargeback), instant(901));
    assert!(again.tidings.is_empty() && again.ledger.is_empty());
}

#[test]
fn a_word_that_nobody_knows_changes_nothing_and_is_told_to_the_operator() {
    for state in AttemptState::ALL {
        assert_eq!(step(state, ReportedStatus::Unrecognised), Step::Alert);
    }
}

#[test]
fn pending_never_overwrites_what_came_later() {
    for state in AttemptState::ALL {
        let before = purchase(state, OrderState::Paid, Unit::Used);
        let after = apply(&before, &report(ReportedStatus::Pending), instant(61));
        let waits = matches!(state, AttemptState::Creating | AttemptState::Unknown | AttemptState::Pending);
        let expected = if waits { AttemptState::Pending } else { state };
        assert_eq!(after.attempt, expected, "{state:?}");
        assert!(after.ledger.is_empty() && after.tidings.is_empty());
    }
}

fn any_report() -> impl Strategy<Value = PaymentReport> {
    let status = prop::sample::select(ReportedStatus::ALL.to_vec());
    let received = prop_oneof![Just(None), (1_i64..300_000).prop_map(Some)];
    let returned = prop_oneof![Just(None), (0_i64..400_000).prop_map(Some)];
    (status, received, returned, 0_i64..8_000).prop_map(|(status, received, returned_minor, settled)| {
        PaymentReport {
            received: received.map(rupiah),
            returned_minor,
            settled_at: Some(instant(settled)),
            ..report(status)
        }
    })
}

proptest! {
    #[test]
    fn no_sequence_of_reports_breaks_the_books(
        reports in prop::collection::vec((any_report(), 0_i64..10_000), 1..12),
        free_unit: bool,
    ) {
        let mut standing = Purchase { free_unit, ..waiting() };
        let mut told_paid = 0;
        for (report, seconds) in reports {
            let outcome = apply(&standing, &report, instant(seconds));
            let paid = |tiding: &&Tiding| matches!(tiding, Tiding::Paid | Tiding::PaidLate | Tiding::Overpaid);
            let reversed = outcome.tidings.contains(&Tiding::Reversed);
            told_paid += outcome.tidings.iter().filter(paid).count();
            standing = advance(&standing, &outcome);
            prop_assert!(standing.balance_minor >= 0);
            prop_assert!(standing.balance_minor <= standing.captured_minor);
            if standing.unit == Unit::Used {
                prop_assert!(standing.order.has_seen_money());
            }
            if reversed {
                prop_assert_eq!(standing.unit, Unit::None);
            }
        }
        prop_assert!(told_paid <= 1);
    }
}

mod edges;
mod whole_table;
