//! A page costs one look at the database, and says what the tables say one by one.

#![expect(clippy::unwrap_used, reason = "a story that cannot go on fails")]

use chrono::TimeDelta;
use tautan::domain::order::OrderToken;
use tautan::domain::payment_link::{LinkState, PaymentLink};
use tautan::domain::payment_method::PaymentMethod;
use tautan::domain::report::ReportedStatus;
use tautan::services::checkout::{CustomerForm, Placement, Wish};
use tautan::services::seller_acts::{Asked, Confirmed};

use crate::support::test_shop::TestShop;

/// Looks at an order both ways: at its page, and at one table after the other.
async fn agrees(shop: &TestShop, token: &OrderToken) -> String {
    let storage = shop.services.storage();
    // What gateways refuse is read by the first page in a while.
    shop.services.order_page(token).await.unwrap();
    let before = storage.statements_run();
    let page = shop.services.order_page(token).await.unwrap().expect("a page");
    assert_eq!(storage.statements_run() - before, 1, "an order's page is one read");
    let mut reader = storage.read().await.unwrap();
    let order = reader.order_by_token(&token.hash()).await.unwrap().expect("an order");
    assert_eq!(page.order, order);
    assert_eq!(Some(&page.link), reader.link(order.merchant_id, order.link_id).await.unwrap().as_ref());
    assert_eq!(Some(&page.merchant), reader.merchant(order.merchant_id).await.unwrap().as_ref());
    assert_eq!(page.attempts, reader.attempts(order.id).await.unwrap());
    assert_eq!(page.money, reader.order_money(&order).await.unwrap());
    let soonest = reader.soonest_hold_end(order.link_id).await.unwrap();
    assert_eq!(page.next_chance, soonest.filter(|_| page.link_state == LinkState::Busy));
    let places_before = reader.places_before(&order).await.unwrap();
    assert!(page.turn.is_none_or(|turn| turn.place == places_before + 1));
    let own = reader.shop_account_in_use(order.merchant_id, order.mode).await.unwrap();
    let read = storage.read_order_page(&token.hash(), &[]).await.unwrap().expect("an order");
    assert_eq!(read.own_account, own);
    assert_eq!(read.purchase.planned.len(), reader.planned_pulls(&token.hash()).await.unwrap().len());
    drop(reader);
    assert!((storage.now().await.unwrap() - page.now).abs() < TimeDelta::seconds(10), "{}", page.now);
    let before = storage.statements_run();
    let (id, mark) = shop.services.order_mark(token).await.unwrap().expect("a mark");
    assert_eq!(storage.statements_run() - before, 1, "following an order is one read a look");
    assert_eq!((id, &mark), (order.id, &page.mark), "the mark of the page is the mark of its order");
    mark
}

/// Looks at a link's page; gives how many reads it took.
async fn looks(shop: &TestShop, link: &PaymentLink, known: &[OrderToken]) -> u64 {
    let storage = shop.services.storage();
    let before = storage.statements_run();
    let page = shop.services.link_page(link.slug.as_str(), known).await.unwrap().expect("a page");
    let reads = storage.statements_run() - before;
    let mut reader = storage.read().await.unwrap();
    assert_eq!(Some(&page.link), reader.link_by_slug(link.slug.as_str()).await.unwrap().as_ref());
    assert_eq!(Some(&page.merchant), reader.merchant(link.merchant_id).await.unwrap().as_ref());
    let soonest = reader.soonest_hold_end(link.id).await.unwrap();
    assert_eq!(page.next_chance, soonest.filter(|_| page.state == LinkState::Busy));
    if let Some(own) = page.own_order {
        assert_eq!(Some(&own.order), reader.order_by_token(&own.token.hash()).await.unwrap().as_ref());
        assert_eq!(own.attempts, reader.attempts(own.order.id).await.unwrap());
        assert_eq!(own.money, reader.order_money(&own.order).await.unwrap());
    }
    reads
}

#[tokio::test]
async fn every_step_of_a_payment_is_the_same_in_one_read_and_table_by_table() {
    let shop = TestShop::open().await;
    let link = shop.link(Some(2)).await;
    assert_eq!(looks(&shop, &link, &[]).await, 1, "a link's page is one read");
    let token = shop.orders(&link).await;
    let known = [token.clone()];
    let mut marks = vec![agrees(&shop, &token).await];
    shop.chooses(&token, PaymentMethod::BcaVa).await;
    marks.push(agrees(&shop, &token).await);
    assert_eq!(looks(&shop, &link, &known).await, 2, "with an own order it is two");
    let purchase = shop.chooses(&token, PaymentMethod::Qris).await;
    assert_eq!(purchase.attempt.method, PaymentMethod::Qris);
    marks.push(agrees(&shop, &token).await);

    shop.bank_says(&purchase, ReportedStatus::Settlement).await;
    marks.push(agrees(&shop, &token).await);
    for amount_minor in [50_000, 60_000] {
        let asked = shop.services.ask_refund(&shop.seat, purchase.attempt.id, Some(amount_minor)).await;
        let Asked::Question(question) = asked.unwrap() else { panic!("no question") };
        let done = shop.services.confirm_act(&shop.seat, question.confirmation).await.unwrap();
        assert!(matches!(done, Confirmed::Done(..)), "{done:?}");
        marks.push(agrees(&shop, &token).await);
        shop.asks(&purchase).await;
        marks.push(agrees(&shop, &token).await);
    }
    looks(&shop, &link, &known).await;
    marks.dedup();
    assert!(marks.len() >= 6, "what changes the page changes its mark: {marks:?}");
    let nobody = OrderToken::new([9; 17]);
    assert!(shop.services.order_page(&nobody).await.unwrap().is_none());
    assert!(shop.services.order_mark(&nobody).await.unwrap().is_none());
}

#[tokio::test]
async fn a_busy_link_and_its_line_are_the_same_both_ways() {
    let shop = TestShop::open().await;
    let link = shop.link(Some(1)).await;
    let purchase = shop.buys(&link).await;
    assert_eq!(looks(&shop, &link, &[]).await, 1);
    let mut line = Vec::new();
    for number in 0..3 {
        let form = CustomerForm {
            name: format!("Citra {number}"),
            phone: "081234567890".to_owned(),
            email: "citra@example.com".to_owned(),
            ..CustomerForm::default()
        };
        let placed =
            shop.services.place_order_for((Wish::Turn, None), link.slug.as_str(), &form, &[]).await.unwrap();
        let Placement::Placed(token) = placed else { panic!("{placed:?}") };
        agrees(&shop, &token).await;
        let page = shop.services.order_page(&token).await.unwrap().unwrap();
        assert_eq!(page.turn.map(|turn| (turn.place, turn.is_now)), Some((number + 1, false)));
        line.push(token);
    }
    assert!(!shop.services.move_lines().await.unwrap(), "nobody has the turn");
    let before = agrees(&shop, &line[1]).await;
    shop.services.leave_line(&line[0]).await.unwrap();
    assert_ne!(agrees(&shop, &line[1]).await, before, "the next one moves up");
    shop.bank_says(&purchase, ReportedStatus::Expire).await;
    assert!(shop.services.move_lines().await.unwrap());
    assert!(!shop.services.move_lines().await.unwrap(), "it is told once");
    for (index, is_now) in [(1, true), (2, false)] {
        agrees(&shop, &line[index]).await;
        let page = shop.services.order_page(&line[index]).await.unwrap().unwrap();
        assert_eq!(page.turn.map(|turn| turn.is_now), Some(is_now));
    }
    agrees(&shop, &line[0]).await;
    agrees(&shop, &purchase.token).await;
    // Eight orders that a browser knows are one read, whoever's they are.
    assert_eq!(looks(&shop, &link, &line).await, 2);
}
