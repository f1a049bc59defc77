//! What once went wrong with money that came in pieces, was taken away, or stopped half way.

use chrono::TimeDelta;
use tautan::domain::attempt::AttemptState;
use tautan::domain::money::Money;
use tautan::domain::order::{OrderState, Unit};
use tautan::domain::payment_method::PaymentMethod;
use tautan::domain::report::ReportedStatus;
use tautan::services::payments::Choice;

use super::audit;
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

/// What is left does not pay the order, so the unit is free again.
#[tokio::test]
async fn a_payment_reversed_beside_an_underpaid_one_takes_the_order_back() {
    let shop = TestShop::open().await;
    let link = shop.link(Some(1)).await;
    let first = shop.buys(&link).await;
    pays_one_rupiah(&shop, &first).await;
    let second = shop.chooses(&first.token, PaymentMethod::BcaVa).await;
    shop.bank_says(&second, ReportedStatus::Settlement).await;
    let second = shop.bank_says(&second, ReportedStatus::Deny).await;
    assert_eq!((second.attempt.state, second.order.state), (AttemptState::Reversed, OrderState::Reversed));
    assert_eq!(second.order.unit, Unit::None);
    assert!(audit(&shop).await.is_sound());
}

/// An order that was never paid cannot be reversed, nor restored to paid.
#[tokio::test]
async fn an_underpaid_charge_that_is_reversed_and_restored_pays_nothing() {
    let shop = TestShop::open().await;
    let link = shop.link(Some(1)).await;
    let purchase = shop.buys(&link).await;
    pays_one_rupiah(&shop, &purchase).await;
    let reversed = shop.bank_says(&purchase, ReportedStatus::Deny).await;
    assert_eq!(reversed.order.state, OrderState::Open);
    shop.bank_says(&purchase, ReportedStatus::Settlement).await;
    shop.clock.advance(TimeDelta::minutes(2));
    let restored = shop.asks(&purchase).await;
    assert_eq!((restored.attempt.state, restored.order.state), (AttemptState::Settled, OrderState::Open));
    assert!(audit(&shop).await.is_sound());
}

/// No new charge could follow, so the living one is left alone: nobody locks himself out.
#[tokio::test]
async fn a_change_of_method_that_would_be_refused_calls_nothing_off() {
    let shop = TestShop::open().await;
    let link = shop.link(Some(1)).await;
    let purchase = shop.buys(&link).await;
    shop.services.delete_link(&shop.seat, link.id).await.unwrap();
    let choice = shop.services.choose_method(&purchase.token, PaymentMethod::Qris).await.unwrap();
    assert!(matches!(choice, Choice::Refused(_)), "{choice:?}");
    let after = shop.look(&purchase.token).await;
    assert_eq!((after.attempt.state, after.order.unit), (AttemptState::Pending, Unit::Held));
    assert!(audit(&shop).await.is_sound());
}

/// The process died after the earlier charge was called off, with the customer still changing.
#[tokio::test]
async fn a_change_of_method_that_nobody_finishes_gives_the_unit_back_in_time() {
    let shop = TestShop::open().await;
    let link = shop.link(Some(1)).await;
    let purchase = shop.buys(&link).await;
    shop.database
        .execute("update payment_attempts set state = 'cancelled', pull_due_at = null")
        .await
        .unwrap();
    let changing = shop.services.storage().now().await.unwrap() + TimeDelta::minutes(2);
    let mut writer = shop.services.storage().write().await.unwrap();
    let mut order = writer.order(purchase.order.merchant_id, purchase.order.id).await.unwrap().unwrap();
    order.changing_until = Some(changing);
    assert!(writer.update_order(&order).await.unwrap());
    writer.commit().await.unwrap();
    assert!(!shop.services.release_stranded_holds().await.unwrap());
    shop.clock.advance(TimeDelta::minutes(2));
    assert!(shop.services.release_stranded_holds().await.unwrap());
    let order = shop.look(&purchase.token).await.order;
    assert_eq!((order.unit, order.state), (Unit::None, OrderState::Open), "another method may be chosen");
    assert!(audit(&shop).await.is_sound());
}

/// The last thing the seller heard was "the bank took it away, do not deliver".
#[tokio::test]
async fn an_order_that_is_paid_again_after_a_reversal_rings_again() {
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
    assert_eq!(tidings, [false, true, false], "{messages:?}");
}
