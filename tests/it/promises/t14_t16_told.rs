//! T14, T15 and T16: the seller is told, soon and once, whatever Telegram and the neighbours do.

#![expect(clippy::unwrap_used, reason = "a story that cannot go on fails")]

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::time::{Duration, Instant};

use chrono::TimeDelta;
use futures::future::join_all;
use rand::Rng;
use tautan::domain::id::TelegramId;
use tautan::domain::language::Language;
use tautan::domain::link_draft::LinkDraft;
use tautan::domain::money::{Currency, Money};
use tautan::domain::order::OrderCode;
use tautan::domain::payment_method::PaymentMethod;
use tautan::domain::visible_text::{ItemName, StoreName};
use tautan::messaging::pacer::Pace;
use tautan::services::checkout::{CustomerForm, Placement};
use tautan::services::links::Creation;
use tautan::services::merchants::NewShop;
use tautan::services::payments::Choice;
use tautan::simulator::telegram::{Call, Fault, Limits, Misbehaviour, Person};

use super::{Promise, Size};
use crate::support::test_app::{TOKEN, TestApp};
use crate::support::test_outbox::{TestOutbox, chat_of};

/// A time after which every test gives up.
const LONG: Duration = Duration::from_secs(600);

/// The real app from the bank's payment to the call that rings. Each shop has two orders, which ring;
/// Telegram's own thirty a second are off, since fifty single messages a second do not fit through.
#[tokio::test(flavor = "multi_thread")]
async fn t14_the_seller_is_told_within_two_seconds() {
    let mut promise = Promise::new(14, "told in < 2 s (p99) at 50 orders/s");
    let shops = Size::of_run().pick(10, 100, 1_000);
    let app = TestApp::start().await;
    let mut charges = Vec::new();
    for number in 0..shops {
        charges.extend(two_charges(&app, 600_001 + number).await);
    }
    app.settles().await;
    let begun = Instant::now();
    let mut ticks = tokio::time::interval(Duration::from_millis(20));
    let mut payments = Vec::new();
    // The second order of a shop comes when all shops had their first.
    for index in (0..charges.len()).step_by(2).chain((1..charges.len()).step_by(2)) {
        ticks.tick().await;
        let (gateway_order_id, code) = charges[index].clone();
        let bank = app.bank.clone();
        payments.push(tokio::spawn(async move {
            let paid_at = Instant::now();
            bank.pay(&gateway_order_id).await.expect("the bank takes the money");
            (code, paid_at)
        }));
    }
    let payments = join_all(payments).await;
    let rate = payments.len() as u64 * 1_000 / u64::try_from(begun.elapsed().as_millis()).unwrap().max(1);
    for _ in 0..20 {
        // One look of twenty seconds is too short for what a loaded machine has left.
        if waiting(&app).await == 0 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(500)).await;
    }
    app.settles().await;
    let calls = app.telegram.calls_of("sendMessage");
    let mut waits = Vec::new();
    for payment in payments {
        let (code, paid_at) = payment.unwrap();
        let told: Vec<&Call> = calls.iter().filter(|call| tells(call, &code)).collect();
        assert_eq!(told.len(), 1, "{code} is told once");
        waits.push(told[0].at.saturating_duration_since(paid_at));
    }
    let (median, p99, longest) = quantiles(&mut waits);
    promise.measured(format!(
        "{} orders at {rate}/s: median {median:?}, p99 {p99:?}, longest {longest:?}",
        waits.len()
    ));
    assert!(Size::of_run() != Size::Full || p99 < Duration::from_secs(2), "p99 {p99:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn t14_after_a_crash_the_seller_is_told_within_five_seconds_of_the_restart() {
    let mut promise = Promise::new(14, "told <= 5 s after a crash; duplicates <= crashes, same code");
    let crashes = Size::of_run().pick(2, 6, 30);
    let outbox = TestOutbox::of_shops(1).await;
    let mut codes = Vec::new();
    let mut waits = Vec::new();
    for _ in 0..crashes {
        // The message is shown, and its answer does not come before the process is gone.
        outbox.telegram.misbehave(Misbehaviour::on("sendMessage", Fault::SlowAnswer(LONG)));
        let courier = outbox.courier(Pace::NONE);
        let before = outbox.shown(0).len();
        codes.extend(outbox.pays(&[(0, "Budi")]).await);
        outbox.shops[0].phone.waits_until("the notice", |_| outbox.shown(0).len() > before).await;
        courier.crash().await;
        let restarted = Instant::now();
        let courier = outbox.courier(Pace::NONE);
        outbox.is_told(Duration::from_secs(20)).await;
        let told = outbox.calls().into_iter().rev().find(|call| tells(call, codes.last().unwrap()));
        waits.push(told.expect("a call").at.saturating_duration_since(restarted));
        courier.stop().await;
        outbox.clock.advance(TimeDelta::seconds(61));
    }
    let (median, _, longest) = quantiles(&mut waits);
    let times_shown: Vec<usize> = codes.iter().map(|code| times_shown(&outbox, code)).collect();
    let duplicates: usize = times_shown.iter().map(|times| times - 1).sum();
    promise.measured(format!(
        "{crashes} crashes: told after {median:?}, longest {longest:?}; {duplicates} twice"
    ));
    assert!(longest <= Duration::from_secs(if Size::of_run() == Size::Full { 5 } else { 15 }), "{longest:?}");
    assert!(duplicates <= crashes && times_shown.iter().all(|times| *times <= 2), "{times_shown:?}");
}

/// Telegram keeps its limits itself and refuses a third of all calls on top. The journal is the judge.
#[tokio::test(flavor = "multi_thread")]
async fn t15_a_storm_of_429_loses_and_doubles_nothing() {
    let mut promise =
        Promise::new(15, "30 % 429: all told once, 0 calls too early, <= 1/s a chat, <= 30/s, <= 20/min");
    let (shops, notices) = Size::of_run().pick((15, 300), (100, 2_000), (500, 10_000));
    let outbox = TestOutbox::of_shops(shops).await;
    outbox.telegram.enforce_limits(Some(Limits { chat_burst: 1, ..Limits::default() }));
    for retry_after in 1..=3 {
        let storm = Misbehaviour::new(Fault::TooManyRequests { retry_after });
        outbox.telegram.misbehave(storm.always().percent(11));
    }
    let begun = Instant::now();
    let courier = outbox.courier(Pace::TELEGRAM);
    let mut codes = Vec::new();
    let mut ticks = tokio::time::interval(Duration::from_millis(100));
    for _ in (0..notices).step_by(50) {
        ticks.tick().await;
        let payments: Vec<_> =
            (0..50).map(|_| (rand::rng().random_range(0..shops), "Budi Santoso")).collect();
        codes.extend(outbox.pays(&payments).await);
    }
    outbox.is_told(LONG).await;
    let took = begun.elapsed();
    courier.stop().await;
    let calls = outbox.calls();
    let refused = calls.iter().filter(|call| call.status == 429).count();
    let (per_minute, closest) = pace_of(&calls);
    promise.measured(format!(
        "{notices} notices to {shops} chats in {took:.1?}: {} calls, {refused} refused on request, {} by limits, \
         {} too early; {per_minute}/min in the busiest chat, closest calls of a chat {closest:?} apart",
        calls.len(),
        outbox.telegram.refused_by_limits(),
        outbox.telegram.violations(),
    ));
    assert_eq!(outbox.telegram.violations(), 0, "no call before retry_after ended");
    assert_eq!(outbox.telegram.refused_by_limits(), 0, "no chat and no second heard too much");
    assert!(per_minute <= 20 && closest >= Duration::from_secs(1), "{per_minute}/min, {closest:?}");
    assert!(refused * 100 >= calls.len() * 15, "it was a storm: {refused} of {}", calls.len());
    let shown = shown_codes(&outbox);
    for code in &codes {
        assert_eq!(shown.get(code.as_str()), Some(&1), "{code} stands in exactly one message");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn t16_dead_and_slow_neighbours_hold_nobody_up() {
    let mut promise = Promise::new(16, "10 % dead and 10 % slow chats: the others told in < 5 s (p99)");
    let shops: usize = Size::of_run().pick(20, 100, 400);
    let outbox = TestOutbox::of_shops(shops).await;
    let is_dead = |shop: usize| shop % 10 == 3;
    let is_slow = |shop: usize| shop % 10 == 7;
    for shop in 0..shops {
        let chat = outbox.shops[shop].phone.id();
        let fault = match shop {
            shop if is_dead(shop) => Fault::Refusal(403, "Forbidden: user is deactivated".to_owned()),
            shop if is_slow(shop) && shop % 20 == 7 => Fault::SlowAnswer(Duration::from_secs(8)),
            shop if is_slow(shop) => Fault::ServerError(502),
            _ => continue,
        };
        outbox.telegram.misbehave(Misbehaviour::new(fault).in_chat(chat).always());
    }
    let courier = outbox.courier(Pace::TELEGRAM);
    let mut written = Vec::new();
    let mut ticks = tokio::time::interval(Duration::from_millis(66));
    for shop in (0..shops).chain(0..shops) {
        ticks.tick().await;
        let codes = outbox.pays(&[(shop, "Budi")]).await;
        written.push((shop, codes[0].clone(), Instant::now()));
    }
    let healthy: Vec<_> = written.iter().filter(|(shop, ..)| !is_dead(*shop) && !is_slow(*shop)).collect();
    let told_at = |calls: &[Call], code: &OrderCode| {
        calls.iter().find(|call| call.succeeded() && tells(call, code)).map(|call| call.at)
    };
    let is_done = tokio::time::timeout(Duration::from_secs(60), async {
        while healthy.iter().any(|(_, code, _)| told_at(&outbox.calls(), code).is_none()) {
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    });
    is_done.await.expect("every healthy chat is told");
    courier.crash().await;
    let calls = outbox.calls();
    let mut waits: Vec<Duration> = healthy
        .iter()
        .map(|(_, code, at)| told_at(&calls, code).unwrap().saturating_duration_since(*at))
        .collect();
    let (median, p99, longest) = quantiles(&mut waits);
    let mut to_the_dead = BTreeMap::<i64, usize>::new();
    for call in calls.iter().filter(|call| call.status == 403) {
        *to_the_dead.entry(chat_of(call)).or_default() += 1;
    }
    promise.measured(format!(
        "{} notices to {shops} chats: median {median:?}, p99 {p99:?}, longest {longest:?}; {} dead chats tried once",
        waits.len(),
        to_the_dead.len()
    ));
    assert!(to_the_dead.values().all(|tries| *tries == 1), "{to_the_dead:?}");
    assert!(Size::of_run() != Size::Full || p99 < Duration::from_secs(5), "p99 {p99:?}");
}

/// Two orders of a new shop, charged and not paid yet: what the bank calls them, and their codes.
async fn two_charges(app: &TestApp, owner: i64) -> Vec<(String, OrderCode)> {
    let services = app.services();
    let phone = app.telegram.person(Person::named(owner, "Ani", "id")).with_bot(TOKEN);
    let shop = NewShop {
        owner: TelegramId(owner),
        name: StoreName::parse("Toko Ani").unwrap().value,
        language: Language::Indonesian,
        currency: Currency::IDR,
        time_zone: chrono_tz::Asia::Jakarta,
    };
    let seat = services.open_shop(shop).await.unwrap();
    phone.says("/start");
    let draft = LinkDraft {
        item_name: Some(ItemName::parse("Kaos hitam").unwrap().value),
        price: Some(Money::new(150_000, Currency::IDR)),
        ..LinkDraft::new()
    };
    let Creation::Made(view) = services.create_link(&seat, &draft).await.unwrap() else {
        panic!("the link is made")
    };
    let mut charges = Vec::new();
    for _ in 0..2 {
        let form = CustomerForm {
            name: "Budi Santoso".to_owned(),
            phone: "081234567890".to_owned(),
            email: "budi@example.com".to_owned(),
            ..CustomerForm::default()
        };
        let Placement::Placed(token) =
            services.place_order(view.link.slug.as_str(), &form, &[]).await.unwrap()
        else {
            panic!("the order is placed")
        };
        assert_eq!(services.choose_method(&token, PaymentMethod::BcaVa).await.unwrap(), Choice::Charged);
        let page = services.order_page(&token).await.unwrap().expect("an order");
        charges.push((page.attempt.expect("a charge").gateway_order_id.to_string(), page.order.code));
    }
    charges
}

async fn waiting(app: &TestApp) -> i64 {
    let mut reader = app.services().storage().read().await.unwrap();
    reader.count_waiting_notifications().await.unwrap()
}

fn tells(call: &Call, code: &OrderCode) -> bool {
    call.body["text"].as_str().is_some_and(|text| text.contains(&code.to_string()))
}

fn times_shown(outbox: &TestOutbox, code: &OrderCode) -> usize {
    outbox.shown(0).iter().filter(|text| text.contains(&code.to_string())).count()
}

/// How many messages hold each order code, over all chats.
fn shown_codes(outbox: &TestOutbox) -> HashMap<String, u32> {
    let mut counts = HashMap::new();
    for shop in 0..outbox.shops.len() {
        for text in outbox.shown(shop) {
            let words = text.split(|sign: char| sign.is_whitespace()).filter(|word| word.starts_with('#'));
            for word in words {
                *counts.entry(word.trim_start_matches('#').to_owned()).or_default() += 1;
            }
        }
    }
    counts
}

/// The most calls of one chat within a minute, and the closest two calls of one chat.
fn pace_of(calls: &[Call]) -> (usize, Duration) {
    let mut chats: HashMap<i64, VecDeque<Instant>> = HashMap::new();
    let (mut busiest, mut closest) = (0, Duration::MAX);
    let mut calls: Vec<&Call> = calls.iter().collect();
    calls.sort_by_key(|call| call.at);
    for call in calls {
        let minute = chats.entry(chat_of(call)).or_default();
        closest = closest.min(minute.back().map_or(Duration::MAX, |last| call.at - *last));
        minute.push_back(call.at);
        minute.retain(|at| call.at - *at < Duration::from_secs(60));
        busiest = busiest.max(minute.len());
    }
    (busiest, closest)
}

/// Median, 99th of a hundred, and the longest.
fn quantiles(times: &mut [Duration]) -> (Duration, Duration, Duration) {
    times.sort_unstable();
    let at = |percent: usize| times[(times.len() * percent / 100).min(times.len() - 1)];
    (at(50), at(99), at(100))
}
