//! A customer chooses how to pay: what is reserved, for how long, and what is refused.

#![expect(clippy::unwrap_used, reason = "a story that cannot go on fails")]

use chrono::TimeDelta;
use tautan::domain::attempt::HOLD_GRACE;
use tautan::domain::id::LinkId;
use tautan::domain::order::{OrderState, Unit};
use tautan::domain::payment_link::LinkState;
use tautan::domain::payment_method::PaymentMethod;
use tautan::domain::report::ReportedStatus;
use tautan::services::payments::Choice;

use crate::support::scripted_gateway::QRIS_MAXIMUM;
use crate::support::test_shop::{Purchase, TestShop};

async fn chooses(shop: &TestShop, price: i64, method: PaymentMethod) -> Choice {
    let token = shop.orders(&shop.link_for(price, None).await).await;
    shop.services.choose_method(&token, method).await.unwrap()
}

async fn expire(shop: &TestShop, id: LinkId) {
    let ended = "update payment_links set expires_at = created_at where id = ";
    let id =
        if shop.database.is_postgres() { format!("'{}'", id.0) } else { format!("x'{}'", id.0.simple()) };
    assert_eq!(shop.database.execute(&format!("{ended}{id}")).await.unwrap(), 1);
}

/// The method is changed, and the process that did it died before it made the new charge.
async fn half_changed(shop: &TestShop, purchase: &Purchase) {
    let mut writer = shop.services.storage().write().await.unwrap();
    let order = writer.order(purchase.order.merchant_id, purchase.order.id).await.unwrap();
    let mut order = order.unwrap();
    order.changing_until = Some(writer.now() + TimeDelta::minutes(2));
    assert!(writer.update_order(&order).await.unwrap());
    writer.commit().await.unwrap();
    let changing = shop.bank_says(purchase, ReportedStatus::Cancel).await;
    assert_eq!((changing.order.state, changing.order.unit), (OrderState::Awaiting, Unit::Held));
}

#[tokio::test]
async fn a_method_takes_the_amounts_that_it_can() {
    let shop = TestShop::open().await;
    for (price, method, choice) in [
        (QRIS_MAXIMUM, PaymentMethod::Qris, Choice::Charged),
        (QRIS_MAXIMUM + 1, PaymentMethod::Qris, Choice::MethodNotTaken),
        (QRIS_MAXIMUM + 1, PaymentMethod::BcaVa, Choice::Charged),
        (150_000, PaymentMethod::BniVa, Choice::MethodNotTaken),
    ] {
        assert_eq!(chooses(&shop, price, method).await, choice, "{price} by {method:?}");
    }
}

#[tokio::test]
async fn a_place_is_promised_until_the_charge_and_its_grace_are_over() {
    let shop = TestShop::open().await;
    let purchase = shop.buys(&shop.link(Some(1)).await).await;
    assert_eq!(purchase.order.hold_until, Some(purchase.attempt.pay_by + HOLD_GRACE));
}

#[tokio::test]
async fn a_charge_that_dies_right_after_a_change_of_method_frees_the_place() {
    let shop = TestShop::open().await;
    let first = shop.buys(&shop.link(Some(1)).await).await;
    let second = shop.chooses(&first.token, PaymentMethod::Qris).await;
    let order = shop.bank_says(&second, ReportedStatus::Deny).await.order;
    assert_eq!((order.state, order.unit), (OrderState::Open, Unit::None));
}

#[tokio::test]
async fn a_place_that_was_kept_through_a_change_buys_nothing_once_the_link_has_ended() {
    let shop = TestShop::open().await;
    let link = shop.link(Some(1)).await;
    let purchase = shop.buys(&link).await;
    half_changed(&shop, &purchase).await;
    expire(&shop, link.id).await;
    let choice = shop.services.choose_method(&purchase.token, PaymentMethod::Qris).await.unwrap();
    assert_eq!(choice, Choice::Refused(LinkState::Expired));
    let order = shop.look(&purchase.token).await.order;
    assert_eq!((order.state, order.unit), (OrderState::Open, Unit::None), "and the place is free");
}
