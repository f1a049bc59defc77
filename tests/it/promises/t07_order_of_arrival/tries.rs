//! On a page of the gateway a customer may try more than once, each time by a transaction of its own.

use chrono::{DateTime, TimeDelta, Utc};
use tautan::domain::apply::{Purchase, apply};
use tautan::domain::attempt::{AttemptState, HOLD_GRACE};
use tautan::domain::gateway_page::read_from_page;
use tautan::domain::order::{OrderState, Unit};
use tautan::domain::payment_method::{PaymentInstructions, PaymentMethod};
use tautan::domain::report::{PaymentReport, ReportedStatus as Status};

use super::house::attempt;
use super::{PAY_BY, PRICE, permutations};
use crate::promises::Promise;
use crate::support::scripted_gateway::report;

/// What the gateway says of three tries, in the order in which it happens: two are refused, one pays.
const TRIES: [(Status, Option<&str>); 6] = [
    (Status::NotFound, None),
    (Status::Pending, Some("one")),
    (Status::Deny, Some("one")),
    (Status::Failure, Some("two")),
    (Status::Pending, Some("three")),
    (Status::Settlement, Some("three")),
];

#[test]
fn t07_tries_on_a_page_end_with_the_one_that_paid_in_whatever_order_they_are_told() {
    let mut promise = Promise::new(7, "all permutations of tries on a page: paid once");
    let mut tried = 0;
    for order in permutations(TRIES.len()) {
        let told: Vec<_> = order.iter().map(|index| TRIES[*index]).collect();
        let purchase = hear(&told, TimeDelta::minutes(1));
        assert_eq!(purchase.attempt.state, AttemptState::Settled, "{told:?}");
        assert_eq!((purchase.order, purchase.unit), (OrderState::Paid, Unit::Used), "{told:?}");
        assert_eq!((purchase.balance_minor, purchase.captured_minor), (PRICE, PRICE), "{told:?}");
        assert_eq!(purchase.attempt.transaction_id.as_deref(), Some("three"), "{told:?}");
        tried += 1;
    }
    promise.measured(format!("{tried} permutations, each paid once"));
}

#[test]
fn t07_tries_on_a_page_that_all_fail_end_with_its_time() {
    let mut promise = Promise::new(7, "refused tries on a page end with its time, and free the unit");
    let mut tried = 0;
    for order in permutations(TRIES.len() - 1) {
        let told: Vec<_> = order.iter().map(|index| TRIES[*index]).collect();
        let waits = hear(&told, TimeDelta::minutes(1));
        assert_eq!((waits.attempt.state, waits.unit), (AttemptState::Pending, Unit::Held), "{told:?}");
        let over = TimeDelta::seconds(PAY_BY) + HOLD_GRACE;
        let (_, last) = told.split_last().map(|(last, rest)| (rest, *last)).expect("tries");
        let ended = hear(&[last], over);
        let is_open = last.0 == Status::Pending;
        assert_eq!(
            (ended.attempt.state.is_dead(), ended.unit == Unit::None),
            (!is_open, !is_open),
            "{last:?}"
        );
        tried += 1;
    }
    promise.measured(format!("{tried} permutations, none an end before its time"));
}

/// Books what is told, one after another, `after` the charge was asked for.
fn hear(told: &[(Status, Option<&str>)], after: TimeDelta) -> Purchase {
    let mut purchase = purchase();
    let now = purchase.attempt.created_at + after;
    for (status, transaction) in told {
        let told = PaymentReport {
            transaction_id: transaction.map(str::to_owned),
            ..report(&purchase.attempt.gateway_order_id, *status, Some(purchase.attempt.amount))
        };
        book(&mut purchase, &told, now);
    }
    purchase
}

/// As booking does: what is believed binds the transaction.
fn book(purchase: &mut Purchase, told: &PaymentReport, now: DateTime<Utc>) {
    let told = read_from_page(&purchase.attempt, told.clone(), false, now);
    let outcome = apply(purchase, &told, now);
    if !outcome.flags.mismatch && purchase.attempt.transaction_id.is_none() {
        purchase.attempt.transaction_id.clone_from(&told.transaction_id);
    }
    purchase.attempt.state = outcome.attempt;
    (purchase.order, purchase.unit) = (outcome.order, outcome.unit);
    let booked: i64 = outcome.ledger.iter().map(|line| line.amount_minor).sum();
    purchase.balance_minor += booked;
    purchase.attempt_balance_minor += booked;
    purchase.captured_minor += booked.max(0);
}

fn purchase() -> Purchase {
    let mut attempt = attempt(AttemptState::Pending, PRICE, PAY_BY);
    let url = "https://gateway.example.test/pay/t0ken".to_owned();
    attempt.method = PaymentMethod::Card;
    attempt.transaction_id = None;
    attempt.instructions = Some(PaymentInstructions::Redirect { url });
    Purchase {
        attempt,
        order: OrderState::Awaiting,
        unit: Unit::Held,
        flags: tautan::domain::order::OrderFlags::default(),
        another_is_live: false,
        changing_method: false,
        free_unit: true,
        captured_minor: 0,
        balance_minor: 0,
        attempt_balance_minor: 0,
        memo_minor: 0,
    }
}
