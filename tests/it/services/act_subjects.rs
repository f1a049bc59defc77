//! Which charge a seller's act is about, and whose button it is.

#![expect(clippy::unwrap_used, reason = "a story that cannot go on fails")]

use tautan::domain::apply::acts::SellerAct;
use tautan::domain::id::{AttemptId, ConfirmationId, MerchantId, TelegramId};
use tautan::domain::payment_method::PaymentMethod;
use tautan::domain::report::ReportedStatus;
use tautan::services::seller_acts::{ActSubject, Asked, Confirmed};

use crate::support::test_shop::{Purchase, TestShop};

/// Asks to note that all of the order's money was sent back.
async fn button_of(shop: &TestShop, purchase: &Purchase) -> ConfirmationId {
    let (subject, act) =
        (ActSubject::Order(purchase.order.id), SellerAct::SentBack { amount_minor: 150_000 });
    match shop.services.ask_act(&shop.seat, subject, act).await.unwrap() {
        Asked::Question(question) => question.confirmation,
        other => panic!("{other:?}"),
    }
}

async fn sends_back(shop: &TestShop, purchase: &Purchase) {
    let button = button_of(shop, purchase).await;
    let done = shop.services.confirm_act(&shop.seat, button).await.unwrap();
    assert!(matches!(done, Confirmed::Done(..)), "{done:?}");
}

async fn balance(shop: &TestShop, id: AttemptId) -> i64 {
    shop.services.storage().read().await.unwrap().attempt_balance(id).await.unwrap()
}

#[tokio::test]
async fn the_charge_that_brought_the_money_is_meant_and_not_an_older_one() {
    let shop = TestShop::open().await;
    let link = shop.link(None).await;
    let first = shop.buys(&link).await;
    let second = shop.chooses(&first.token, PaymentMethod::Qris).await;
    shop.bank_says(&second, ReportedStatus::Settlement).await;
    sends_back(&shop, &second).await;
    assert_eq!(balance(&shop, second.attempt.id).await, 0);
}

#[tokio::test]
async fn the_charge_that_brought_the_money_is_meant_and_not_a_newer_one() {
    let shop = TestShop::open().await;
    let link = shop.link(None).await;
    let first = shop.buys(&link).await;
    let second = shop.chooses(&first.token, PaymentMethod::Qris).await;
    shop.bank_says(&second, ReportedStatus::Expire).await;
    // The number that was called off was paid all the same.
    shop.bank_says(&first, ReportedStatus::Settlement).await;
    assert_eq!(balance(&shop, first.attempt.id).await, 150_000);
    sends_back(&shop, &first).await;
    assert_eq!(balance(&shop, first.attempt.id).await, 0);
}

#[tokio::test]
async fn a_button_is_its_persons_in_its_shop_and_nobody_elses() {
    let shop = TestShop::open().await;
    let link = shop.link(None).await;
    let paid = shop.buys(&link).await;
    shop.bank_says(&paid, ReportedStatus::Settlement).await;
    let button = button_of(&shop, &paid).await;
    let (mut colleague, mut elsewhere) = (shop.seat.clone(), shop.seat.clone());
    colleague.member.telegram_id = TelegramId(shop.seat.member.telegram_id.0 + 1);
    elsewhere.merchant.id = MerchantId(uuid::Uuid::now_v7());
    for stranger in [colleague, elsewhere] {
        let pressed = shop.services.confirm_act(&stranger, button).await.unwrap();
        assert!(matches!(pressed, Confirmed::NotYours), "{pressed:?}");
    }
    assert_eq!(balance(&shop, paid.attempt.id).await, 150_000);
}

#[tokio::test]
async fn what_is_under_way_is_not_offered_again() {
    let shop = TestShop::open().await;
    let link = shop.link(None).await;
    let paid = shop.chooses(&shop.orders(&link).await, PaymentMethod::Qris).await;
    shop.bank_says(&paid, ReportedStatus::Settlement).await;
    let asked = shop.services.ask_refund(&shop.seat, paid.attempt.id, Some(100_000)).await.unwrap();
    let Asked::Question(question) = asked else { panic!("{asked:?}") };
    shop.services.confirm_act(&shop.seat, question.confirmation).await.unwrap();
    let asked = shop.services.ask_refund(&shop.seat, paid.attempt.id, None).await.unwrap();
    let Asked::Question(question) = asked else { panic!("{asked:?}") };
    assert_eq!(question.act, SellerAct::Refund { amount_minor: 50_000 }, "the rest alone");
}
