//! What a report about one charge does to an order, its other charges and its link, rule by rule.

#![expect(clippy::unwrap_used, reason = "a story that cannot go on fails")]

use chrono::TimeDelta;
use tautan::domain::attempt::{AttemptState, HOLD_GRACE};
use tautan::domain::order::{OrderState, Unit};
use tautan::domain::payment_link::PaymentLink;
use tautan::domain::payment_method::PaymentMethod;
use tautan::domain::report::ReportedStatus;

use crate::support::test_shop::{Purchase, TestShop};

async fn units(shop: &TestShop, link: &PaymentLink) -> (i64, i64) {
    let mut reader = shop.services.storage().read().await.unwrap();
    let link = reader.link(link.merchant_id, link.id).await.unwrap().unwrap();
    (link.used, link.held)
}

#[tokio::test]
async fn late_money_finds_no_place_where_the_last_one_is_being_paid_for() {
    let shop = TestShop::open().await;
    let link = shop.link(Some(2)).await;
    let late = shop.buys_as(&link, "Late", "081234567001", "late@example.test").await;
    shop.bank_says(&late, ReportedStatus::Expire).await;
    let paid = shop.buys_as(&link, "Paid", "081234567002", "paid@example.test").await;
    shop.bank_says(&paid, ReportedStatus::Settlement).await;
    let _paying = shop.buys_as(&link, "Paying", "081234567003", "paying@example.test").await;
    assert_eq!(units(&shop, &link).await, (1, 1));
    let late = shop.bank_says(&late, ReportedStatus::Settlement).await;
    assert_eq!((late.order.state, late.order.unit), (OrderState::PaidUnallocated, Unit::None));
    assert_eq!(units(&shop, &link).await, (1, 1));
}

#[tokio::test]
async fn a_charge_that_waits_for_its_customer_is_not_asked_about_at_once() {
    let shop = TestShop::open().await;
    let link = shop.link(None).await;
    shop.buys(&link).await;
    assert!(!shop.asks_about_one().await);
    shop.clock.advance(TimeDelta::minutes(10));
    assert!(shop.asks_about_one().await);
}

#[tokio::test]
async fn a_charge_that_the_gateway_does_not_know_keeps_its_unit_until_its_time_and_grace_are_over() {
    let shop = TestShop::open().await;
    let link = shop.link(Some(1)).await;
    let purchase = shop.buys(&link).await;
    let purchase = shop.bank_says(&purchase, ReportedStatus::NotFound).await;
    assert_eq!((purchase.attempt.state, units(&shop, &link).await), (AttemptState::Pending, (0, 1)));
    shop.clock.advance(purchase.attempt.pay_by - purchase.attempt.created_at);
    let purchase = shop.asks(&purchase).await;
    assert_eq!((purchase.attempt.state, units(&shop, &link).await), (AttemptState::Pending, (0, 1)));
    shop.clock.advance(HOLD_GRACE);
    let purchase = shop.asks(&purchase).await;
    assert_eq!((purchase.attempt.state, units(&shop, &link).await), (AttemptState::Expired, (0, 0)));
}

#[tokio::test]
async fn a_charge_that_should_be_over_and_is_not_is_asked_about_ever_more_rarely() {
    let shop = TestShop::open().await;
    let link = shop.link(Some(1)).await;
    let purchase = shop.buys(&link).await;
    let purchase = shop.bank_says(&purchase, ReportedStatus::Authorize).await;
    let hold = purchase.attempt.pay_by - purchase.attempt.created_at + HOLD_GRACE;
    for (over, wait) in [(1, 2), (8, 2), (40, 10), (400, 100), (40_000, 360)] {
        shop.clock.advance(hold + TimeDelta::minutes(over) - elapsed(&shop, &purchase).await);
        shop.asks(&purchase).await;
        let planned = {
            let mut reader = shop.services.storage().read().await.unwrap();
            reader.planned_pulls(&purchase.token.hash()).await.unwrap()
        };
        let waits = planned[0].due_at - planned[0].asked_at;
        assert_eq!(waits.num_minutes(), wait, "{over} minutes after the end: {waits}");
    }
}

#[tokio::test]
async fn another_number_that_could_still_be_paid_is_called_off_as_soon_as_money_came() {
    let shop = TestShop::open().await;
    let link = shop.link(None).await;
    let first = shop.buys(&link).await;
    let second = shop.chooses(&first.token, PaymentMethod::Qris).await;
    assert_eq!(second.attempt.state, AttemptState::Pending);
    // The first one was called off, and a bank took its money all the same.
    let now = shop.bank_says(&first, ReportedStatus::Settlement).await;
    assert_eq!((now.order.state, now.attempt.id), (OrderState::Paid, second.attempt.id));
    assert_eq!(now.attempt.state, AttemptState::Cancelled);
}

#[tokio::test]
async fn a_change_of_method_keeps_the_unit_and_one_that_was_left_long_ago_does_not() {
    for (since_now, state, unit) in [
        (TimeDelta::minutes(2), OrderState::Awaiting, Unit::Held),
        (TimeDelta::minutes(-2), OrderState::Open, Unit::None),
    ] {
        let shop = TestShop::open().await;
        let link = shop.link(Some(1)).await;
        let purchase = shop.buys(&link).await;
        let mut writer = shop.services.storage().write().await.unwrap();
        let mut order = writer.order(purchase.order.merchant_id, purchase.order.id).await.unwrap().unwrap();
        order.changing_until = Some(writer.now() + since_now);
        assert!(writer.update_order(&order).await.unwrap());
        writer.commit().await.unwrap();
        let order = shop.bank_says(&purchase, ReportedStatus::Cancel).await.order;
        assert_eq!((order.state, order.unit), (state, unit), "{since_now}");
    }
}

#[tokio::test]
async fn a_bank_that_forgets_what_it_settled_says_nothing_by_that() {
    let shop = TestShop::open_at_a_bank_that_forgets().await;
    let link = shop.link(Some(1)).await;
    let purchase = shop.buys(&link).await;
    shop.bank_says(&purchase, ReportedStatus::Expire).await;
    let paid = shop.bank_says(&purchase, ReportedStatus::Settlement).await;
    assert_eq!(paid.order.state, OrderState::Paid, "what it does remember counts");
    let forgotten = shop.bank_says(&purchase, ReportedStatus::NotFound).await;
    assert_eq!((forgotten.order.state, units(&shop, &link).await), (OrderState::Paid, (1, 0)));
    assert!(shop.services.alerts().await.unwrap().is_empty());
    shop.clock.advance(TimeDelta::days(2));
    assert!(!shop.asks_about_one().await, "it is not asked again");
}

#[tokio::test]
async fn a_bank_that_forgets_a_charge_that_it_made_lets_it_end() {
    let shop = TestShop::open_at_a_bank_that_forgets().await;
    let link = shop.link(Some(1)).await;
    let purchase = shop.buys(&link).await;
    let forgotten = shop.bank_says(&purchase, ReportedStatus::NotFound).await;
    assert_eq!((forgotten.attempt.state, units(&shop, &link).await), (AttemptState::Expired, (0, 0)));
}

async fn elapsed(shop: &TestShop, purchase: &Purchase) -> TimeDelta {
    shop.services.storage().now().await.unwrap() - purchase.attempt.created_at
}
