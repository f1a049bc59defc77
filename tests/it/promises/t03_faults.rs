//! T3: what fails below the program costs answers, never payments, and needs nobody to mend it.

use std::collections::BTreeMap;
use std::time::Duration;

use super::chaos::faulty_disk::FaultyDisk;
use super::chaos::load::Load;
use super::chaos::{self, Aftermath, Town};
use super::{Promise, Size};
use crate::support::database::TestDatabase;
use crate::support::process::Site;

/// Customers beside each other.
const CUSTOMERS: usize = 12;

/// How soon everything must be well again.
const HEALING: Duration = Duration::from_secs(2);

#[tokio::test(flavor = "multi_thread")]
async fn t03_a_failing_disk_loses_nothing_and_heals_without_a_restart() {
    let database = TestDatabase::create().await;
    if database.is_postgres() {
        return;
    }
    let mut promise = Promise::new(
        3,
        "fsync and write errors: every 200 stored, others 503, all well 2 s after, no restart",
    );
    let (per_mille, seconds) = Size::of_run().pick((50, 4), (20, 15), (10, 60));
    let site = Site::open(&database.url(), &[]).await;
    let address = site.address().await;
    let mut process = site.start_with(address, FaultyDisk::under(&site)).await;
    let disk = FaultyDisk::of(&site, &process);
    let mut town = Town::open(site).await;
    let load = Load::start(CUSTOMERS, &town.links, &town.site.bank, chaos::seed());
    tokio::time::sleep(Duration::from_millis(500)).await;

    disk.fails(per_mille).await;
    tokio::time::sleep(Duration::from_secs(seconds)).await;
    disk.heals().await;
    tokio::time::sleep(HEALING).await;
    let (before, answered_before) = (failures(&load.statuses()), load.orders());
    tokio::time::sleep(HEALING).await;
    let (after, answered_after) = (failures(&load.statuses()), load.orders());
    assert!(process.runs(), "it is the same process");
    let answers = load.ends().await;
    let statuses = answers.statuses.clone();
    let (status, _) = process.terminate().await;
    assert!(status.success(), "the program ends in order: {status}");

    let aftermath = Aftermath::begin(&town.site, address).await;
    let figures = aftermath.compares(&mut town, &answers, &database).await;
    promise.measured(format!(
        "{per_mille} ‰ for {seconds} s: {} orders, {} notices, {} faults; {} failures; after: {} failures",
        figures.orders,
        figures.notices,
        figures.faults.len(),
        before,
        after - before,
    ));
    eprintln!("answers by status: {statuses:?}, notices: {:?}", town.journals.notice_answers());
    assert!(figures.faults.is_empty(), "{}", figures.faults.join("\n"));
    assert!(before > 0, "the disk failed: {statuses:?}");
    assert_eq!(after, before, "everything is well {HEALING:?} after the faults ended");
    assert!(answered_after > answered_before, "there was load afterwards");
    let odd = town.journals.notice_answers().into_keys().find(|status| !matches!(status, Some(200 | 503)));
    assert_eq!(odd, None, "a notice that cannot be stored is answered with 503");
}

/// How many requests were answered with an error of ours, or not at all.
fn failures(statuses: &BTreeMap<u16, usize>) -> usize {
    statuses.iter().filter(|(status, _)| **status == 0 || **status >= 500).map(|(_, count)| count).sum()
}
