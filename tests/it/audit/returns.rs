//! What went back must be what was asked, in the book and beside it.

use tautan::domain::apply::acts::SellerAct;
use tautan::domain::order::OrderState;
use tautan::domain::report::{ReportedRefund, ReportedStatus};
use tautan::services::seller_acts::{ActSubject, Asked, Confirmed};

use super::audit;
use crate::support::test_shop::{Purchase, TestShop};

#[tokio::test]
async fn a_return_by_hand_that_the_book_does_not_have_is_named() {
    let (shop, purchase) = a_paid_order().await;
    sends_back(&shop, &purchase, 50_000).await;
    assert!(audit(&shop).await.is_sound(), "{}", audit(&shop).await);
    assert_eq!(shop.look(&purchase.token).await.order.state, OrderState::PartiallyRefunded);
    for statement in ["update refunds set amount_minor = 60000", "update refunds set state = 'failed'"] {
        assert_eq!(shop.database.execute(statement).await.unwrap(), 1);
        let faults = audit(&shop).await.faults;
        assert_eq!((faults.len(), faults[0].table), (1, "payment_attempts"), "{faults:?}");
        assert!(faults[0].what.contains("by hand"), "{}", faults[0]);
    }
}

#[tokio::test]
async fn a_refund_that_was_confirmed_without_a_row_in_the_book_is_named() {
    let (shop, purchase) = a_paid_order().await;
    let statement =
        "insert into refunds (id, merchant_id, order_id, attempt_id, amount_minor, currency, way, state,
             refund_key, asked_by, requested_at)
         select id, merchant_id, order_id, id, 50000, currency, 'gateway', 'requested', 'r-1', 1, created_at
         from payment_attempts";
    assert_eq!(shop.database.execute(statement).await.unwrap(), 1);
    assert!(audit(&shop).await.is_sound(), "what is asked is not booked");

    // The report that shows it confirms it and books it at once.
    shop.bank.changes(&purchase.attempt.gateway_order_id, |report| {
        report.status = ReportedStatus::PartialRefund;
        report.returned_minor = Some(50_000);
        let (key, at) = ("r-1".to_owned(), report.settled_at);
        report.refunds = vec![ReportedRefund { key, amount_minor: 50_000, bank_confirmed_at: at }];
    });
    shop.asks(&purchase).await;
    assert_eq!(shop.database.texts("select state from refunds").await.unwrap(), ["confirmed"]);
    assert!(audit(&shop).await.is_sound(), "{}", audit(&shop).await);

    shop.database.execute("update refunds set amount_minor = 70000").await.unwrap();
    let faults = audit(&shop).await.faults;
    assert!(faults[0].what.contains("refunds of 70000 are confirmed, the book has 50000"), "{}", faults[0]);
}

async fn a_paid_order() -> (TestShop, Purchase) {
    let shop = TestShop::open().await;
    let link = shop.link(Some(1)).await;
    let purchase = shop.buys(&link).await;
    let purchase = shop.bank_says(&purchase, ReportedStatus::Settlement).await;
    (shop, purchase)
}

async fn sends_back(shop: &TestShop, purchase: &Purchase, amount_minor: i64) {
    let subject = ActSubject::Attempt(purchase.attempt.id);
    let asked =
        shop.services.ask_act(&shop.seat, subject, SellerAct::SentBack { amount_minor }).await.unwrap();
    let Asked::Question(question) = asked else { panic!("{asked:?}") };
    let confirmed = shop.services.confirm_act(&shop.seat, question.confirmation).await.unwrap();
    assert!(matches!(confirmed, Confirmed::Done(..)), "{confirmed:?}");
}
