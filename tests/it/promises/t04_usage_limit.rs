//! T4: a limit holds, however many buyers come at once.

#![expect(clippy::unwrap_used, reason = "a story that cannot go on fails")]

use std::sync::Arc;
use std::time::Instant;

use futures::future::join_all;
use futures::stream::{self, StreamExt};
use tautan::domain::order::OrderToken;
use tautan::domain::payment_link::{LinkState, PaymentLink};
use tautan::domain::payment_method::PaymentMethod;
use tautan::services::Services;
use tautan::services::audit::audit;
use tautan::services::checkout::{CustomerForm, Placement};
use tautan::services::payments::Choice;
use tokio::sync::{Barrier, Semaphore};

use super::{Promise, Size};
use crate::support::test_shop::TestShop;

const LIMIT: i64 = 10;

/// How many requests a process serves at one instant; the others wait at its door.
const AT_THE_COUNTER: usize = 100;

/// Fewer buyers are enough for the broken twin: all of them overrun the limit.
const TWIN_BUYERS: usize = 100;

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn t04_usage_limit_is_never_overrun() {
    let mut promise = Promise::new(4, "exactly 10 of 10,000 buyers at once");
    let buyers = Size::of_run().pick(300, 2_000, 10_000);
    let one = TestShop::open().await;
    let processes = [one.services.clone()];
    promise.measured(rush(&one, &processes, buyers).await);
    if one.database.is_postgres() {
        let three = TestShop::open().await;
        let processes = [three.services.clone(), three.replica().await, three.replica().await];
        promise.measured(rush(&three, &processes, buyers).await);
    }
    let shop = TestShop::open().await;
    let overrun = rush_through_the_broken_twin(&shop).await;
    promise.measured(format!("looking first and then taking: {overrun} of {TWIN_BUYERS}"));
    assert!(overrun > LIMIT, "the twin shows that this could fail");
}

/// Everybody has an order; all choose their method at one instant, spread over the processes.
async fn rush(shop: &TestShop, processes: &[Services], buyers: usize) -> String {
    let link = shop.link(Some(LIMIT)).await;
    let orders = (0..buyers).map(|buyer| order(&shop.services, &link, buyer));
    let tokens: Vec<OrderToken> = stream::iter(orders).buffer_unordered(8).collect().await;
    let start = Arc::new(Barrier::new(buyers + 1));
    let doors: Vec<_> = processes.iter().map(|_| Arc::new(Semaphore::new(AT_THE_COUNTER))).collect();
    let buyers_at_the_door: Vec<_> = tokens
        .into_iter()
        .enumerate()
        .map(|(buyer, token)| {
            let number = buyer % processes.len();
            let (services, door, start) = (processes[number].clone(), doors[number].clone(), start.clone());
            tokio::spawn(async move {
                start.wait().await;
                let _served = door.acquire().await.unwrap();
                choose(&services, &token).await
            })
        })
        .collect();
    start.wait().await;
    let began = Instant::now();
    let choices: Vec<Choice> =
        join_all(buyers_at_the_door).await.into_iter().map(|choice| choice.unwrap()).collect();
    let took = began.elapsed();
    let charged = choices.iter().filter(|choice| **choice == Choice::Charged).count();
    let refused = choices.iter().filter(|choice| **choice == Choice::Refused(LinkState::Busy)).count();
    let processes = processes.len();
    let measured = format!("{charged} of {buyers} buyers at {processes} processes in {took:.1?}");
    assert_eq!((charged, refused), (10, buyers - 10), "{measured}");
    let mut reader = shop.services.storage().read().await.unwrap();
    let link = reader.link(link.merchant_id, link.id).await.unwrap().unwrap();
    drop(reader);
    assert_eq!((link.held, link.used), (LIMIT, 0));
    let report = audit(shop.services.storage()).await.unwrap();
    assert!(report.is_sound(), "{report}");
    measured
}

async fn order(services: &Services, link: &PaymentLink, buyer: usize) -> OrderToken {
    let form = CustomerForm {
        name: format!("Buyer {buyer}"),
        phone: "081234567890".to_owned(),
        email: "budi@example.com".to_owned(),
        form_key: format!("form of buyer {buyer}"),
        ..CustomerForm::default()
    };
    match services.place_order(link.slug.as_str(), &form, &[]).await.unwrap() {
        Placement::Placed(token) => token,
        other => panic!("the order was not placed: {other:?}"),
    }
}

/// Who finds the house too full to be served tries again, as people do.
async fn choose(services: &Services, token: &OrderToken) -> Choice {
    for _ in 0..10 {
        if let Ok(choice) = services.choose_method(token, PaymentMethod::BcaVa).await {
            return choice;
        }
    }
    panic!("nobody was served");
}

/// How it must not be done: everybody looks whether there is a place, and then takes one.
async fn rush_through_the_broken_twin(shop: &TestShop) -> i64 {
    let link = shop.link(Some(LIMIT)).await;
    let everybody_looked = Arc::new(Barrier::new(TWIN_BUYERS));
    let buyers = (0..TWIN_BUYERS).map(|_| look_then_take(shop, &link, everybody_looked.clone()));
    let taken = join_all(buyers).await.into_iter().filter(|taken| *taken).count();
    i64::try_from(taken).unwrap()
}

async fn look_then_take(shop: &TestShop, link: &PaymentLink, everybody_looked: Arc<Barrier>) -> bool {
    let storage = shop.services.storage();
    let mut reader = storage.read().await.unwrap();
    let seen = reader.link(link.merchant_id, link.id).await.unwrap().unwrap();
    drop(reader);
    everybody_looked.wait().await;
    if seen.used + seen.held >= seen.usage_limit.unwrap().get() {
        return false;
    }
    let mut writer = storage.write().await.unwrap();
    let taken = writer.move_units(link.id, 1, 0).await.unwrap();
    writer.commit().await.unwrap();
    taken
}
