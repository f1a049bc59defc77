//! T3: what fails below the program costs answers, never payments, and needs nobody to mend it.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::time::Duration;

use super::chaos::faulty_disk::FaultyDisk;
use super::chaos::load::Load;
use super::chaos::small_disk::SmallDisk;
use super::chaos::{self, Aftermath, Town};
use super::{Promise, Size};
use crate::support::database::TestDatabase;
use crate::support::postgres_server::PostgresServer;
use crate::support::process::{Process, Site};

/// Customers beside each other.
const CUSTOMERS: usize = 30;

/// How soon everything must be well again.
const HEALING: Duration = Duration::from_secs(2);

#[tokio::test(flavor = "multi_thread")]
async fn t03_a_failing_disk_loses_nothing_and_heals_without_a_restart() {
    let database = TestDatabase::create().await;
    if database.is_postgres() {
        return;
    }
    let mut promise =
        Promise::new(3, "fsync and write errors: every 200 stored, others 503, well 2 s after, no restart");
    let (per_mille, seconds) = Size::of_run().pick((50, 4), (20, 15), (10, 60));
    let site = Site::open(&database.url(), &[]).await;
    let address = site.address().await;
    let process = site.start_with(address, FaultyDisk::under(&site)).await;
    let disk = FaultyDisk::of(&site, &process);
    let trial = Trial::begin(site, process, address).await;
    disk.fails(per_mille).await;
    tokio::time::sleep(Duration::from_secs(seconds)).await;
    disk.heals().await;
    let verdict = trial.ends(&database).await;
    promise.measured(format!("{per_mille} ‰ for {seconds} s: {}", verdict.said));
    verdict.holds();
}

#[tokio::test(flavor = "multi_thread")]
async fn t03_a_full_disk_loses_nothing_and_heals_when_there_is_space_again() {
    if TestDatabase::create().await.is_postgres() {
        return;
    }
    let mut promise =
        Promise::new(3, "full disk: 503, nothing acknowledged lost, well 2 s after, no restart");
    let seconds = Size::of_run().pick(3, 10, 60);
    let disk = SmallDisk::mount();
    let database = match &disk {
        Some(disk) => TestDatabase::sqlite_on(disk.path()),
        None => TestDatabase::sqlite(),
    };
    let site = Site::open(&database.url(), &[]).await;
    let address = site.address().await;
    let process = match &disk {
        Some(_) => site.start(address).await,
        None => site.start_with(address, FaultyDisk::under(&site)).await,
    };
    let simulated = FaultyDisk::of(&site, &process);
    let trial = Trial::begin(site, process, address).await;
    match &disk {
        Some(disk) => disk.fill(),
        None => simulated.is_full().await,
    }
    tokio::time::sleep(Duration::from_secs(seconds)).await;
    match &disk {
        Some(disk) => disk.empty(),
        None => simulated.heals().await,
    }
    let verdict = trial.ends(&database).await;
    let kind = if disk.is_some() { "tmpfs" } else { "ENOSPC by libfiu, since nothing may be mounted here" };
    promise.measured(format!("{kind}, {seconds} s: {}", verdict.said));
    verdict.holds();
}

#[tokio::test(flavor = "multi_thread")]
async fn t03_a_database_that_crashes_under_load_loses_nothing_and_is_found_again() {
    if !TestDatabase::create().await.is_postgres() {
        return;
    }
    let mut promise =
        Promise::new(3, "PostgreSQL crashed under load: nothing lost, well 2 s after, no restart");
    let crashes = Size::of_run().pick(2, 3, 20);
    let server = PostgresServer::start().await;
    let database = TestDatabase::postgres_at(server.url.clone()).await;
    let site = Site::open(&database.url(), &[]).await;
    let address = site.address().await;
    let process = site.start(address).await;
    let trial = Trial::begin(site, process, address).await;
    for _ in 0..crashes {
        server.crash().await;
        tokio::time::sleep(Duration::from_millis(700)).await;
        server.start_again().await;
        tokio::time::sleep(Duration::from_millis(700)).await;
    }
    let verdict = trial.ends(&database).await;
    promise.measured(format!("{crashes} crashes: {}", verdict.said));
    verdict.holds();
}

/// The program under load while something below it fails.
struct Trial {
    town: Town,
    load: Load,
    process: Process,
    address: SocketAddr,
}

/// What came out of a trial.
struct Verdict {
    said: String,
    faults: Vec<String>,
}

impl Trial {
    async fn begin(site: Site, process: Process, address: SocketAddr) -> Self {
        let town = Town::open(site).await;
        let load = Load::start(CUSTOMERS, &town.links, &town.site.bank, chaos::seed());
        while load.orders() < CUSTOMERS {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        Self { town, load, process, address }
    }

    /// To be called when nothing fails any more.
    async fn ends(mut self, database: &TestDatabase) -> Verdict {
        tokio::time::sleep(HEALING).await;
        let (failed, answered) = (failures(&self.load.statuses()), self.load.orders());
        tokio::time::sleep(HEALING).await;
        let failed_later = failures(&self.load.statuses()) - failed;
        let answered_later = self.load.orders() - answered;
        let is_same_process = self.process.runs();
        let answers = self.load.ends().await;
        let (status, _) = self.process.terminate().await;
        let aftermath = Aftermath::begin(&self.town.site, self.address).await;
        let figures = aftermath.compares(&mut self.town, &answers, database).await;

        let notices = self.town.journals.notice_answers();
        eprintln!("answers by status: {:?}, to notices: {notices:?}", answers.statuses);
        let mut faults = figures.faults;
        let mut must = |holds: bool, what: &str| {
            if !holds {
                faults.push(what.to_owned());
            }
        };
        must(is_same_process && status.success(), "the program did not live on and end in order");
        must(failed > 0, "nothing failed");
        must(failed_later == 0, &format!("{failed_later} failures after it was to be well again"));
        must(answered_later > 0, "there was no load afterwards");
        // Those without an answer came while the program was ending.
        let is_kind = |status: &Option<u16>| matches!(status, None | Some(200 | 503));
        must(notices.keys().all(is_kind), &format!("notices were answered with {notices:?}"));
        let said = format!(
            "{} orders, {} notices, {failed} requests failed, {failed_later} afterwards, {} faults",
            figures.orders,
            figures.notices,
            faults.len()
        );
        Verdict { said, faults }
    }
}

impl Verdict {
    fn holds(self) {
        assert!(self.faults.is_empty(), "{}\n{}", self.said, self.faults.join("\n"));
    }
}

/// How many requests were answered with an error of ours, or not at all.
fn failures(statuses: &BTreeMap<u16, usize>) -> usize {
    statuses.iter().filter(|(status, _)| **status == 0 || **status >= 500).map(|(_, count)| count).sum()
}
