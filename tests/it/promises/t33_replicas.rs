//! T33: replicas die one after the other, and what one had begun another one ends.

use std::time::Duration;

use super::chaos::load::Load;
use super::chaos::{self, Aftermath, Town};
use super::{Promise, Size};
use crate::support::database::TestDatabase;
use crate::support::process::Site;

/// Customers beside each other.
const CUSTOMERS: usize = 24;

/// How often one of the replicas is killed.
const KILL_EVERY: Duration = Duration::from_secs(2);

#[tokio::test(flavor = "multi_thread")]
async fn t33_replicas_that_die_lose_nothing() {
    let database = TestDatabase::create().await;
    if !database.is_postgres() {
        return;
    }
    let goal = Size::of_run().pick(200, 2_000, 10_000);
    let mut promise = Promise::new(33, "3 replicas, one killed every 2 s, 10,000 events: 0 lost");
    let site = Site::open(&database.url(), &[("TAUTAN_TELEGRAM_UPDATES", "webhook")]).await;
    let addresses = chaos::addresses(&site, 3).await;
    let mut replicas = chaos::start_all(&site, &addresses).await;
    let mut town = Town::open(site).await;
    let load = Load::start(CUSTOMERS, &town.links, &town.site.bank, chaos::seed());
    let (mut kills, mut events) = (0, 0);
    while events < goal || kills < replicas.len() {
        tokio::time::sleep(KILL_EVERY).await;
        let victim = &mut replicas[kills % addresses.len()];
        victim.kill();
        *victim = town.site.start(victim.address).await;
        kills += 1;
        town.journals.read(&town.site);
        let notices: i64 = town.journals.answered_notices().values().sum();
        events = load.orders() + usize::try_from(notices).expect("a count");
    }
    let answers = load.ends().await;
    for mut process in replicas {
        process.kill();
    }
    let aftermath = Aftermath::begin(&town.site, addresses[0]).await;
    let figures = aftermath.compares(&mut town, &answers, &database).await;
    promise.measured(format!(
        "{kills} kills, {events} events, {} orders, {} paid, {} repeated messages, {} faults",
        figures.orders,
        figures.paid,
        figures.repeats,
        figures.faults.len()
    ));
    assert!(figures.faults.is_empty(), "{}", figures.faults.join("\n"));
    // A repeat carries the code of the message that it repeats, or it would be a ring without money.
    assert!(figures.repeats <= kills + addresses.len(), "repeats come from crashes alone");
}

#[tokio::test(flavor = "multi_thread")]
async fn t33_a_second_process_on_one_sqlite_file_is_refused() {
    let database = TestDatabase::create().await;
    if database.is_postgres() {
        return;
    }
    let mut promise = Promise::new(33, "SQLite: a second process is refused");
    let site = Site::open(&database.url(), &[]).await;
    let process = site.start(site.address().await).await;
    let link = site.seller(700_001, "Ani").makes_a_link("kaos hitam 150rb").await;
    let (status, said) = site.fails_to_start(site.address().await).await;
    promise.measured(format!("refused, {status}"));
    assert!(!status.success(), "{status}");
    assert!(said.contains("another process is using") && said.contains("PostgreSQL"), "{said}");
    let page = reqwest::get(link).await.expect("the first one serves on");
    assert_eq!(page.status(), 200);
    assert!(process.terminate().await.0.success());
}
