//! T2: what was acknowledged is on disk before the answer leaves, so a power cut takes none of it.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use tautan::domain::clock::ShiftedClock;
use tautan::domain::order::OrderToken;
use tautan::services::audit::audit;
use tautan::storage::Storage;
use tempfile::TempDir;

use super::chaos::load::Load;
use super::chaos::trace::{self, Acknowledged, Answer};
use super::chaos::{self, Town};
use super::{Promise, Size};
use crate::support::database::TestDatabase;
use crate::support::process::Site;

/// Customers beside each other.
const CUSTOMERS: usize = 16;

/// The log is copied into the database when it is some four megabytes long; the trial ends before.
const LOG_BYTES: u64 = 3_200_000;

/// How long the log may take to grow so far.
const GROWING: Duration = Duration::from_secs(60);

#[tokio::test(flavor = "multi_thread")]
async fn t02_a_power_cut_takes_nothing_that_was_acknowledged() {
    if TestDatabase::create().await.is_postgres() {
        return;
    }
    let mut promise =
        Promise::new(2, "synced before every answer: 0 acknowledged rows missing after a power cut");
    if !trace::may_trace() {
        promise.measured("not tried: strace may trace nothing here");
        eprintln!("not tried: strace is missing (tests/run installs it) or may trace nothing here");
        return;
    }
    let (laps, copies) = Size::of_run().pick((1, 20), (2, 25), (5, 40));
    let database = TestDatabase::sqlite();
    let file = PathBuf::from(database.url().trim_start_matches("sqlite://"));
    let site = Site::open(&database.url(), &[]).await;
    let address = site.address().await;
    let process = site.start(address).await;
    let town = Town::open(site).await;
    process.terminate().await;

    let (mut traced, mut faults) = (0, Vec::new());
    for _ in 0..laps {
        let answers = answers_until_killed(&town, address, &file).await;
        for copy in 1..=copies {
            let (so_far, _) = answers.split_at(answers.len() * copy / copies);
            faults.extend(missing_after_power_cut(&file, so_far, synced_by(so_far)).await);
        }
        // A log that was synced less often would have lost something.
        let twin = missing_after_power_cut(&file, &answers, synced_by(&answers) / 2).await;
        assert!(!twin.is_empty(), "half a log holds less than all");
        assert!(answers.len() >= copies, "there was load: {} answers", answers.len());
        traced += answers.len();
    }
    let cuts = laps * copies;
    let wrong = faults.len();
    promise
        .measured(format!("{traced} answers, log cut {cuts} times at its last synced byte: {wrong} missing"));
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// A life under load that ends before the log is copied into the database; gives what it answered.
async fn answers_until_killed(town: &Town, address: SocketAddr, file: &Path) -> Vec<Answer> {
    // An orderly end copies what the log holds, and a new one begins.
    let (status, _) = town.site.start(address).await.terminate().await;
    assert!(status.success());
    let traced = town.site.folder().join("trace");
    let mut process = town.site.start_with(address, trace::traced(&traced)).await;
    let load = Load::start(CUSTOMERS, &town.links, &town.site.bank, chaos::seed());
    let begun = Instant::now();
    while log_bytes(file) < LOG_BYTES && begun.elapsed() < GROWING {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    process.kill();
    load.gives_up();
    let trace = trace::complete(traced, process.id()).await;
    trace::answers_in(&trace)
}

/// How many bytes of the log were safe when the last of these answers left.
fn synced_by(answers: &[Answer]) -> u64 {
    answers.last().map_or(0, |answer| answer.synced)
}

/// What of these answers would be lost with a log of so many bytes.
async fn missing_after_power_cut(file: &Path, answers: &[Answer], synced: u64) -> Vec<String> {
    let folder = TempDir::with_prefix("tautan-cut-").expect("a folder");
    let copy = folder.path().join("tautan.sqlite");
    std::fs::copy(file, &copy).expect("a copy");
    let log = std::fs::read(beside(file, "-wal")).expect("the log");
    let synced = usize::try_from(synced).expect("a length");
    std::fs::write(beside(&copy, "-wal"), &log[..synced]).expect("a copy");

    let url = format!("sqlite://{}", copy.display());
    let storage = Storage::open(&url, ShiftedClock::default()).await.expect("the copy opens");
    let mut reader = storage.read().await.expect("the copy can be read");
    let mut faults = Vec::new();
    let (mut notices, mut orders) = (0, BTreeMap::<&str, usize>::new());
    for answer in answers {
        match &answer.what {
            Acknowledged::Notice => notices += 1,
            Acknowledged::Order(token) => *orders.entry(token).or_default() += 1,
        }
    }
    for (token, answered) in orders {
        let hash = OrderToken::parse(token).expect("a token").hash();
        let order = reader.order_by_token(&hash).await.expect("the copy can be read");
        let Some(order) = order else {
            faults.push(format!("cut at {synced}: an order is missing"));
            continue;
        };
        // The first answer named the order, the second acknowledged a choice of method.
        let attempts = reader.attempts(order.id).await.expect("the copy can be read");
        if answered > 1 && attempts.is_empty() {
            faults.push(format!("cut at {synced}: the chosen method of {} is missing", order.code));
        }
    }
    drop(reader);
    let report = audit(&storage).await.expect("the copy can be audited");
    storage.close().await;
    if !report.is_sound() {
        faults.push(format!("cut at {synced}: {report}"));
    }
    let stored = stored_notices(&copy).await;
    if stored < notices {
        faults.push(format!("cut at {synced}: {notices} notices answered with 200, {stored} kept"));
    }
    faults
}

async fn stored_notices(file: &Path) -> i64 {
    let options = sqlx::sqlite::SqliteConnectOptions::new().filename(file);
    let mut connection = sqlx::ConnectOptions::connect(&options).await.expect("the copy opens");
    let stored = sqlx::query_scalar("select coalesce(sum(seen), 0) from gateway_notices");
    stored.fetch_one(&mut connection).await.expect("the copy can be read")
}

fn log_bytes(file: &Path) -> u64 {
    std::fs::metadata(beside(file, "-wal")).map_or(0, |metadata| metadata.len())
}

fn beside(file: &Path, end: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(end);
    name.into()
}
