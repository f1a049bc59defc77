//! Money that a gateway was asked to send back, and that does not show.

#![expect(clippy::unwrap_used, reason = "a story that cannot go on fails")]

use chrono::TimeDelta;
use tautan::domain::alert::AlertKind;
use tautan::domain::payment_method::PaymentMethod;
use tautan::domain::report::ReportedStatus;
use tautan::services::seller_acts::{Asked, Confirmed};

use crate::support::scripted_gateway::Mood;
use crate::support::test_shop::{Purchase, TestShop};

async fn paid_by_qris(shop: &TestShop) -> Purchase {
    let token = shop.orders(&shop.link(None).await).await;
    let purchase = shop.chooses(&token, PaymentMethod::Qris).await;
    shop.bank_says(&purchase, ReportedStatus::Settlement).await
}

async fn gives_back(shop: &TestShop, purchase: &Purchase, amount_minor: i64) {
    let asked = shop.services.ask_refund(&shop.seat, purchase.attempt.id, Some(amount_minor)).await.unwrap();
    let Asked::Question(question) = asked else { panic!("{asked:?}") };
    let done = shop.services.confirm_act(&shop.seat, question.confirmation).await.unwrap();
    assert!(matches!(done, Confirmed::Done(..)), "{done:?}");
    shop.asks(purchase).await;
}

/// How many alerts about returns there are.
async fn alerts(shop: &TestShop) -> usize {
    let alerts = shop.services.alerts().await.unwrap();
    alerts.iter().filter(|alert| alert.kind == AlertKind::RefundNotShown).count()
}

/// Whether the bank is asked again within so long, and not before half of it.
async fn asks_after(shop: &TestShop, wait: TimeDelta) -> bool {
    shop.clock.advance(wait / 2);
    let too_soon = shop.asks_about_one().await;
    shop.clock.advance(wait / 2);
    !too_soon && shop.asks_about_one().await
}

#[tokio::test]
async fn each_return_that_never_shows_is_told_and_a_younger_one_is_asked_about_every_minute() {
    let shop = TestShop::open().await;
    let purchase = paid_by_qris(&shop).await;
    gives_back(&shop, &purchase, 100_000).await;
    assert!(asks_after(&shop, TimeDelta::minutes(1)).await);
    shop.clock.advance(TimeDelta::hours(24));
    shop.asks(&purchase).await;
    assert_eq!(alerts(&shop).await, 1);
    assert!(asks_after(&shop, TimeDelta::hours(6)).await, "rarely from now on");

    gives_back(&shop, &purchase, 50_000).await;
    assert!(asks_after(&shop, TimeDelta::minutes(1)).await, "the younger one sets the pace");
    assert_eq!(alerts(&shop).await, 1);
    shop.clock.advance(TimeDelta::hours(24));
    shop.asks(&purchase).await;
    assert_eq!(alerts(&shop).await, 2, "each is told");
}

#[tokio::test]
async fn a_return_that_the_gateway_does_not_answer_is_sent_again_soon_and_told_after_a_day() {
    let shop = TestShop::open().await;
    let purchase = paid_by_qris(&shop).await;
    shop.bank.takes_refunds(Mood::Mute);
    gives_back(&shop, &purchase, 150_000).await;
    assert!(shop.services.gateway_health().troubles().contains_key("sandbox"));
    assert_eq!(alerts(&shop).await, 0);
    shop.clock.advance(TimeDelta::hours(24));
    shop.asks(&purchase).await;
    assert_eq!(alerts(&shop).await, 1);
    shop.clock.advance(TimeDelta::minutes(4));
    assert!(shop.asks_about_one().await, "it is still sent again within four minutes");
    shop.bank.takes_refunds(Mood::Open);
    shop.clock.advance(TimeDelta::minutes(4));
    shop.asks(&purchase).await;
    assert!(shop.services.gateway_health().troubles().is_empty());
    assert!(asks_after(&shop, TimeDelta::hours(6)).await, "it said yes, and shows nothing");
}

#[tokio::test]
async fn a_return_that_is_refused_is_told_while_there_is_money_left_to_send() {
    for (went_back, told) in [(None, 1), (Some(150_000), 0)] {
        let shop = TestShop::open().await;
        let purchase = paid_by_qris(&shop).await;
        shop.bank.takes_refunds(Mood::Refusing);
        if went_back.is_some() {
            // Sent back in the provider's dashboard a moment ago; what came of that is told by itself.
            shop.bank.changes(&purchase.attempt.gateway_order_id, |report| {
                report.status = ReportedStatus::Refund;
                report.returned_minor = went_back;
            });
        }
        gives_back(&shop, &purchase, 150_000).await;
        let failed = "select message from notifications where message like '%refund_failed%'";
        assert_eq!(shop.database.texts(failed).await.unwrap().len(), told, "{went_back:?}");
        assert!(shop.services.gateway_health().troubles().is_empty(), "a no is an answer");
    }
}
