//! T32: a process that is asked to end ends soon and in order, and a rolling restart fails no request.
//!
//! What leads requests to replicas opens a connection for each, and tries the next replica only when
//! one is refused, so before any byte was sent.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use tautan::simulator::midtrans::{Conduct, Direction, Endpoint, Misbehaviour};

use super::chaos::load::Load;
use super::chaos::{self, Aftermath, Town};
use super::{Promise, Size};
use crate::support::customer::{Customer, House};
use crate::support::database::TestDatabase;
use crate::support::process::{Process, Site};
use crate::support::test_app::is_settled;

/// Customers beside each other.
const CUSTOMERS: usize = 24;

/// Orders that are made between two restarts, at least.
const ORDERS_BETWEEN: usize = 5;

/// Rows that somebody still works on.
const LEASES: &str = "select leased_by from payment_attempts where leased_by is not null
    union all select leased_by from outbox_chats where leased_by is not null
    union all select leased_by from chats where leased_by is not null";

#[tokio::test(flavor = "multi_thread")]
async fn t32_a_process_that_is_asked_to_end_leaves_nothing_half_done() {
    let restarts = Size::of_run().pick(4, 12, 100);
    let mut promise = Promise::new(32, "SIGTERM under load: exit 0 <= 10 s, nothing half done");
    let database = TestDatabase::create().await;
    let site = Site::open(&database.url(), &[]).await;
    let address = site.address().await;
    let mut process = site.start(address).await;
    let mut town = Town::open(site).await;
    let load = Load::start(CUSTOMERS, &town.links, &town.site.bank, chaos::seed());
    let (mut slowest, mut half_done) = (Duration::ZERO, 0);
    for _ in 0..restarts {
        until_busy(&load).await;
        let (status, took) = process.terminate().await;
        assert!(status.success(), "it ends in order: {status}");
        slowest = slowest.max(took);
        half_done += database.texts(LEASES).await.expect("the database answers").len();
        process = town.site.start(address).await;
        town.journals.read(&town.site);
    }
    let answers = load.ends().await;
    let (status, took) = process.terminate().await;
    assert!(status.success(), "{status}");
    slowest = slowest.max(took);

    let aftermath = Aftermath::begin(&town.site, address).await;
    until_settled(&aftermath, &town).await;
    let figures = aftermath.compares(&mut town, &answers, &database).await;
    promise.measured(format!(
        "{restarts} restarts, slowest {:.1} s, {half_done} half done, {} orders, {} paid, {} repeated messages",
        slowest.as_secs_f32(),
        figures.orders,
        figures.paid,
        figures.repeats
    ));
    assert!(figures.faults.is_empty(), "{}", figures.faults.join("\n"));
    assert_eq!((half_done, figures.repeats), (0, 0));
    assert!(Size::of_run() != Size::Full || slowest <= Duration::from_secs(10), "{slowest:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn t32_a_rolling_restart_fails_no_request() {
    let database = TestDatabase::create().await;
    if !database.is_postgres() {
        return;
    }
    let restarts = Size::of_run().pick(3, 12, 60);
    let mut promise = Promise::new(32, "rolling restart of three replicas: 0 requests fail");
    let site = Site::open(&database.url(), &[("TAUTAN_TELEGRAM_UPDATES", "webhook")]).await;
    let addresses = chaos::addresses(&site, 3).await;
    let mut replicas = chaos::start_all(&site, &addresses).await;
    let mut town = Town::open(site).await;
    let load = Load::start(CUSTOMERS, &town.links, &town.site.bank, chaos::seed());
    let mut refused = BTreeMap::new();
    for turn in 0..restarts {
        until_busy(&load).await;
        let process = replicas.remove(0);
        let address = addresses[turn % addresses.len()];
        let (status, _) = process.terminate().await;
        assert!(status.success(), "{status}");
        replicas.push(town.site.start(address).await);
        town.journals.read(&town.site);
        note_refused_notices(&town.site, &mut refused);
    }
    let answers = load.ends().await;
    town.site.bank.deliver_all().await;
    note_refused_notices(&town.site, &mut refused);
    for process in replicas {
        assert!(process.terminate().await.0.success());
    }
    let aftermath = Aftermath::begin(&town.site, addresses[0]).await;
    let figures = aftermath.compares(&mut town, &answers, &database).await;

    let asked: usize = answers.statuses.values().sum();
    // 409: the link that sells only fifty is sold out.
    let failed: usize = answers
        .statuses
        .iter()
        .filter(|(status, _)| !matches!(status, 200 | 303 | 409))
        .map(|(_, count)| count)
        .sum();
    promise.measured(format!(
        "{restarts} restarts, {asked} requests, {failed} failed; {} notices, {} failed",
        figures.notices,
        refused.len()
    ));
    assert_eq!(failed, 0, "{:?}", answers.statuses);
    assert!(refused.is_empty(), "{refused:?}");
    assert!(figures.faults.is_empty(), "{}", figures.faults.join("\n"));
}

#[tokio::test(flavor = "multi_thread")]
async fn t32_who_asks_twice_does_not_wait() {
    let mut promise = Promise::new(32, "SIGTERM twice: forced exit <= 1 s");
    let database = TestDatabase::create().await;
    let site = Site::open(&database.url(), &[]).await;
    let process = site.start(site.address().await).await;
    let link = site.seller(700_001, "Ani").makes_a_link("kaos hitam 150rb").await;
    let mut budi = Customer::new(site.base_url.clone(), site.bank.clone(), House::default());
    budi.opens(&link).await;
    budi.fills_in("Budi", "0812-3456-7890", "budi@example.test").await;
    // A bank that thinks for long is what a stop waits for.
    site.bank.misbehave(Misbehaviour::once(Endpoint::Charge, Conduct::Hang));
    let (action, fields) = budi.page.button("BCA Virtual Account");
    let choice = tokio::spawn(reqwest::Client::new().post(action).form(&fields).send());
    site.bank.wait_until_hanging(1).await;

    process.ask_to_end();
    until_not_ready(&process).await;
    let (status, took) = process.terminate().await;
    choice.abort();
    promise.measured(format!("{} ms, {status}", took.as_millis()));
    assert_eq!(status.code(), Some(1), "a forced end is no success");
    assert!(took <= Duration::from_secs(1), "{took:?}");
    // What was cut off is taken up by the next one.
    site.bank.behave();
    site.bank.release_hangs();
    let process = site.start(site.address().await).await;
    assert!(process.terminate().await.0.success());
}

#[tokio::test(flavor = "multi_thread")]
async fn t32_a_process_that_is_about_to_end_says_so_and_still_serves() {
    let database = TestDatabase::create().await;
    let site = Site::open(&database.url(), &[]).await;
    let process = site.start(site.address().await).await;
    let link = site.seller(700_001, "Ani").makes_a_link("kaos hitam 150rb").await;
    process.ask_to_end();
    until_not_ready(&process).await;
    let page = reqwest::get(link).await.expect("the page comes");
    assert_eq!((page.status().as_u16(), page.headers()["connection"].as_bytes()), (200, &b"close"[..]));
    // A second wish would force the end; this one only waits for it.
    assert!(process.ends().await.0.success());
}

/// Waits until customers have ordered again.
async fn until_busy(load: &Load) {
    let goal = load.orders() + ORDERS_BETWEEN;
    let begun = Instant::now();
    while load.orders() < goal {
        assert!(begun.elapsed() < Duration::from_secs(60), "customers order");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

/// Nothing was half done, so no lease has to end before everything settles.
async fn until_settled(aftermath: &Aftermath, town: &Town) {
    let begun = Instant::now();
    while !is_settled(&aftermath.running.services, &town.site.telegram, false).await {
        assert!(begun.elapsed() < Duration::from_secs(40), "everything settles without waiting for a lease");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

async fn until_not_ready(process: &Process) {
    let url = format!("http://{}/readyz", process.address);
    for _ in 0..2_000 {
        if reqwest::get(&url).await.is_ok_and(|answer| answer.status() == 503) {
            return;
        }
    }
    panic!("{} is still ready", process.address);
}

/// Notes the notices that were not taken at once, by their number in the bank's journal.
fn note_refused_notices(site: &Site, refused: &mut BTreeMap<u64, String>) {
    for entry in site.bank.journal().into_iter().filter(|entry| entry.direction == Direction::Sent) {
        // Without a body the notice is still on its way.
        if entry.answer_status != Some(200)
            && let Some(body) = entry.answer_body
        {
            refused.insert(entry.number, format!("{:?} {body}", entry.answer_status));
        }
    }
}
