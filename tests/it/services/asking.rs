//! When a bank is asked about a charge.

#![expect(clippy::unwrap_used, reason = "a story that cannot go on fails")]

use chrono::TimeDelta;
use tautan::domain::attempt::{AttemptState, HOLD_GRACE};
use tautan::domain::payment_method::PaymentMethod;
use tautan::domain::report::ReportedStatus;
use tautan::services::payments::Choice;

use crate::support::scripted_gateway::ChargeConduct::{Lost, Made};
use crate::support::scripted_gateway::Mood;
use crate::support::test_shop::{Purchase, TestShop};

/// So exactly the stories know an instant, on a slow machine too.
const MARGIN: TimeDelta = TimeDelta::seconds(8);

/// Whether the bank is asked next after so long, and not before.
async fn asks_after(shop: &TestShop, wait: TimeDelta) -> bool {
    shop.clock.advance(wait - MARGIN);
    let too_soon = shop.asks_about_one().await;
    shop.clock.advance(MARGIN);
    !too_soon && shop.asks_about_one().await
}

async fn asks_no_more(shop: &TestShop) -> bool {
    shop.clock.advance(TimeDelta::days(30));
    !shop.asks_about_one().await
}

/// Lets so much of the time pass that the customer had from the start.
async fn waits_until(shop: &TestShop, purchase: &Purchase, since_start: TimeDelta) {
    let now = shop.services.storage().now().await.unwrap();
    shop.clock.advance(purchase.attempt.created_at + since_start - now);
}

#[tokio::test]
async fn a_charge_is_asked_about_after_its_deadline_and_when_its_place_is_given_up() {
    let shop = TestShop::open().await;
    let purchase = shop.buys(&shop.link(Some(1)).await).await;
    let (deadline, minute) = (purchase.attempt.pay_by - purchase.attempt.created_at, TimeDelta::minutes(1));
    waits_until(&shop, &purchase, deadline - minute * 5).await;
    assert!(shop.asks_about_one().await, "a look every ten minutes");
    assert!(asks_after(&shop, minute * 7).await, "two minutes after the deadline");
    assert!(asks_after(&shop, HOLD_GRACE - minute * 2).await, "at the end of the hold");
    let over = shop.look(&purchase.token).await;
    assert_eq!(over.attempt.state, AttemptState::Cancelled, "and it is called off");
    waits_until(&shop, &purchase, deadline + TimeDelta::hours(24) - MARGIN).await;
    assert!(!shop.asks_about_one().await);
    shop.clock.advance(MARGIN);
    assert!(shop.asks_about_one().await, "a day after the deadline, for money that came late");
    assert!(asks_no_more(&shop).await);
}

#[tokio::test]
async fn a_payment_that_banks_may_take_back_is_watched_for_six_minutes() {
    for (method, is_watched) in [(PaymentMethod::BcaVa, true), (PaymentMethod::Qris, false)] {
        let shop = TestShop::open().await;
        let token = shop.orders(&shop.link(None).await).await;
        let purchase = shop.chooses(&token, method).await;
        let now = shop.services.storage().now().await.unwrap();
        shop.bank.changes(&purchase.attempt.gateway_order_id, |report| report.settled_at = Some(now));
        shop.bank_says(&purchase, ReportedStatus::Settlement).await;
        assert_eq!(asks_after(&shop, TimeDelta::minutes(6)).await, is_watched, "{method:?}");
        assert!(asks_no_more(&shop).await, "{method:?}");
    }
}

#[tokio::test]
async fn a_captured_payment_is_asked_about_every_six_hours_until_it_settles() {
    let shop = TestShop::open().await;
    let purchase = shop.buys(&shop.link(None).await).await;
    shop.bank_says(&purchase, ReportedStatus::Capture).await;
    for _ in 0..2 {
        assert!(asks_after(&shop, TimeDelta::hours(6)).await);
    }
    shop.bank_says(&purchase, ReportedStatus::Settlement).await;
    assert!(asks_no_more(&shop).await);
}

#[tokio::test]
async fn a_customer_without_a_number_waits_for_twenty_seconds_at_a_time_and_no_longer_than_ten_minutes() {
    let shop = TestShop::open().await;
    let token = shop.orders(&shop.link(None).await).await;
    shop.bank.will([Made(ReportedStatus::Pending, None)]);
    shop.bank.will(std::iter::repeat_n(Lost, 60));
    assert_eq!(shop.services.choose_method(&token, PaymentMethod::BcaVa).await.unwrap(), Choice::Checking);
    for _ in 0..3 {
        assert!(asks_after(&shop, TimeDelta::seconds(20)).await);
    }
    shop.clock.advance(TimeDelta::minutes(9));
    assert!(shop.asks_about_one().await);
    // From now on it is a charge like others, and asked about every ten minutes.
    shop.clock.advance(TimeDelta::minutes(8));
    assert!(!shop.asks_about_one().await);
    shop.clock.advance(TimeDelta::minutes(2));
    assert!(shop.asks_about_one().await);
}

#[tokio::test]
async fn a_charge_that_nobody_knows_is_asked_about_every_twenty_seconds_and_given_up_after_ten_minutes() {
    let shop = TestShop::open().await;
    let token = shop.orders(&shop.link(Some(1)).await).await;
    shop.bank.will(std::iter::repeat_n(Lost, 60));
    assert_eq!(shop.services.choose_method(&token, PaymentMethod::BcaVa).await.unwrap(), Choice::Checking);
    for _ in 0..3 {
        assert!(asks_after(&shop, TimeDelta::seconds(20)).await);
        assert_eq!(shop.look(&token).await.attempt.state, AttemptState::Unknown);
    }
    shop.clock.advance(TimeDelta::minutes(9));
    assert!(shop.asks_about_one().await);
    assert!(shop.look(&token).await.attempt.state.is_dead());
}

#[tokio::test]
async fn a_bank_that_wants_to_be_left_alone_is() {
    let shop = TestShop::open().await;
    let purchase = shop.buys(&shop.link(None).await).await;
    shop.bank.is(Mood::Overrun(600));
    shop.asks(&purchase).await;
    assert!(asks_after(&shop, TimeDelta::seconds(600)).await);
}

#[tokio::test]
async fn a_deleted_link_lets_those_finish_who_are_paying_while_it_can_come_back() {
    let shop = TestShop::open().await;
    let link = shop.link(None).await;
    let purchase = shop.buys(&link).await;
    shop.services.delete_link(&shop.seat, link.id).await.unwrap();
    shop.clock.advance(TimeDelta::minutes(9));
    assert_eq!(shop.asks(&purchase).await.attempt.state, AttemptState::Pending);
    shop.clock.advance(TimeDelta::minutes(1));
    assert_eq!(shop.asks(&purchase).await.attempt.state, AttemptState::Cancelled);
}

#[tokio::test]
async fn what_could_not_be_called_off_is_tried_again_soon_while_it_can_be_paid_and_rarely_after_that() {
    let shop = TestShop::open().await;
    let link = shop.link(None).await;
    let purchase = shop.buys(&link).await;
    let (deadline, minute) = (purchase.attempt.pay_by - purchase.attempt.created_at, TimeDelta::minutes(1));
    shop.services.delete_link(&shop.seat, link.id).await.unwrap();
    shop.bank.calls_nothing_off();
    shop.clock.advance(minute * 10);
    assert_eq!(shop.asks(&purchase).await.attempt.state, AttemptState::Pending);
    shop.clock.advance(TimeDelta::seconds(5));
    assert!(shop.asks_about_one().await);

    waits_until(&shop, &purchase, deadline - minute * 5).await;
    assert!(shop.asks_about_one().await);
    shop.clock.advance(minute * 4);
    assert!(shop.asks_about_one().await);

    waits_until(&shop, &purchase, deadline + TimeDelta::days(10)).await;
    assert!(shop.asks_about_one().await);
    shop.clock.advance(TimeDelta::hours(5));
    assert!(!shop.asks_about_one().await);
}
