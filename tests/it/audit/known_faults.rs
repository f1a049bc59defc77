//! What goes wrong today and the audit finds, or a seller would. Whoever mends one turns its story around.

use chrono::TimeDelta;
use tautan::domain::attempt::AttemptState;
use tautan::domain::money::Money;
use tautan::domain::order::{OrderState, Unit};
use tautan::domain::payment_method::PaymentMethod;
use tautan::domain::report::ReportedStatus;
use tautan::services::payments::Choice;

use super::{audit, tables};
use crate::support::test_shop::{Purchase, TestShop};

/// One rupiah comes for an order of Rp150.000.
async fn pays_one_rupiah(shop: &TestShop, purchase: &Purchase) -> Purchase {
    shop.bank.changes(&purchase.attempt.gateway_order_id, |report| {
        report.status = ReportedStatus::Settlement;
        report.received = Some(Money::new(1, purchase.order.amount.currency()));
    });
    let underpaid = shop.asks(purchase).await;
    assert!(underpaid.order.flags.underpaid);
    underpaid
}

/// Should be `Reversed` with its unit given back: what is left does not pay the order. The seller is
/// told nothing.
#[tokio::test]
async fn a_payment_reversed_beside_an_underpaid_one_leaves_the_order_paid() {
    let shop = TestShop::open().await;
    let link = shop.link(Some(1)).await;
    let first = shop.buys(&link).await;
    pays_one_rupiah(&shop, &first).await;
    let second = shop.chooses(&first.token, PaymentMethod::BcaVa).await;
    shop.bank_says(&second, ReportedStatus::Settlement).await;
    let second = shop.bank_says(&second, ReportedStatus::Deny).await;
    assert_eq!((second.attempt.state, second.order.state), (AttemptState::Reversed, OrderState::Paid));
    assert_eq!(tables(&audit(&shop).await.faults), ["orders"]);
}

/// Should stay unpaid: an order that was never paid cannot be reversed, nor restored to paid.
#[tokio::test]
async fn an_underpaid_charge_that_is_reversed_and_restored_pays_the_order() {
    let shop = TestShop::open().await;
    let link = shop.link(Some(1)).await;
    let purchase = shop.buys(&link).await;
    pays_one_rupiah(&shop, &purchase).await;
    let reversed = shop.bank_says(&purchase, ReportedStatus::Deny).await;
    assert_eq!(reversed.order.state, OrderState::Reversed);
    shop.bank_says(&purchase, ReportedStatus::Settlement).await;
    shop.clock.advance(TimeDelta::minutes(2));
    let restored = shop.asks(&purchase).await;
    assert_eq!(restored.order.state, OrderState::Paid);
    assert_eq!(tables(&audit(&shop).await.faults), ["orders"]);
}

/// Should give the unit back when `changing_until` is over: after the earlier charge was called off and
/// no new one was made (here because the link was deleted meanwhile; a crash in between is the same),
/// no charge is left whose end would release it, and no worker looks at `hold_until`.
#[tokio::test]
async fn a_change_of_method_that_is_refused_half_way_keeps_the_unit_for_ever() {
    let shop = TestShop::open().await;
    let link = shop.link(Some(1)).await;
    let purchase = shop.buys(&link).await;
    shop.services.delete_link(&shop.seat, link.id).await.unwrap();
    let choice = shop.services.choose_method(&purchase.token, PaymentMethod::Qris).await.unwrap();
    assert!(matches!(choice, Choice::Refused(_)), "{choice:?}");
    shop.services.restore_link(&shop.seat, link.id).await.unwrap();
    for _ in 0..30 {
        shop.clock.advance(TimeDelta::hours(1));
        while shop.services.pull_once("worker").await.unwrap() {}
    }
    let stuck = shop.look(&purchase.token).await;
    assert_eq!((stuck.order.unit, stuck.attempt.state), (Unit::Held, AttemptState::Cancelled));
    assert_eq!(tables(&audit(&shop).await.faults), ["orders"]);
}

/// Should tell the seller: the last thing they heard is "the bank took it away, do not deliver", but
/// the message that it is paid after all has the key of the first one.
#[tokio::test]
async fn an_order_that_is_paid_again_after_a_reversal_rings_nobody() {
    let shop = TestShop::open().await;
    let link = shop.link(None).await;
    let first = shop.buys(&link).await;
    let second = shop.chooses(&first.token, PaymentMethod::Qris).await;
    shop.bank_says(&second, ReportedStatus::Settlement).await;
    shop.bank_says(&second, ReportedStatus::Deny).await;
    // Money for the first number, which had been called off, came all the same.
    let paid = shop.bank_says(&first, ReportedStatus::Settlement).await;
    assert_eq!(paid.order.state, OrderState::Paid);
    let messages = shop.database.texts("select message from notifications order by id").await.unwrap();
    let tidings: Vec<_> = messages.iter().map(|message| message.contains("\"reversed\"")).collect();
    assert_eq!(tidings, [false, true], "{messages:?}");
}
