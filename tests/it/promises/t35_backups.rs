//! A copy that is an hour old brings everything in it to the truth, and names what it does not know.

#![expect(clippy::unwrap_used, reason = "a story that cannot go on fails")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use chrono::TimeDelta;
use futures::future::join_all;
use tautan::domain::alert::AlertKind;
use tautan::domain::clock::ShiftedClock;
use tautan::domain::id::TelegramId;
use tautan::services::backup::{back_up, restore};
use tautan::storage::Storage;
use tempfile::TempDir;
use url::Url;

use super::{Promise, Size};
use crate::support::customer::Customer;
use crate::support::database::TestDatabase;
use crate::support::dump::{dump_of, row_counts};
use crate::support::test_app::{Options, TestApp};

/// The first person of each story.
const ADMIN: TelegramId = TelegramId(500_001);

/// Writes a backup as another process does, while the app runs.
async fn copy(app: &TestApp, file: &Path) {
    let storage = Storage::open_beside(&app.database().url(), app.time()).await.unwrap();
    back_up(&storage, &app.sealer(), file, &mut |_| {}).await.unwrap();
    storage.close().await;
}

async fn copy_all(app: &TestApp, files: &[PathBuf]) {
    for file in files {
        copy(app, file).await;
    }
}

async fn buyers(app: &TestApp, link: &Url, names: impl Iterator<Item = String>) -> Vec<Customer> {
    let buyer = async |name: String| {
        let mut customer = app.customer();
        customer.orders(link, &name, "BCA Virtual Account").await;
        customer
    };
    join_all(names.map(buyer)).await
}

#[tokio::test(flavor = "multi_thread")]
async fn t35_an_old_copy_is_brought_to_the_truth_and_names_what_it_does_not_know() {
    let mut promise = Promise::new(35, "a copy 1 h old: all in it reconciled, unknown ones told once each");
    let size = Size::of_run().pick(6, 40, 200);
    let mut app = TestApp::start_with(Options { admins: vec![ADMIN], ..Options::default() }).await;
    let sam = app.sam();
    let link = sam.makes_a_link("black shirt 150k").await;
    let folder = TempDir::new().unwrap();
    let files = [0, 1, 2].map(|number| folder.path().join(format!("copy-{number}")));

    // A third has paid, a third is paying, and copies are made while the last third orders and pays.
    let paid = buyers(&app, &link, (0..size).map(|number| format!("Paid {number}"))).await;
    for buyer in &paid {
        buyer.pays().await;
    }
    let paying = buyers(&app, &link, (0..size).map(|number| format!("Paying {number}"))).await;
    let during = async {
        let during = buyers(&app, &link, (0..size).map(|number| format!("During {number}"))).await;
        join_all(during.iter().map(Customer::pays)).await;
    };
    let ((), ()) = tokio::join!(during, copy_all(&app, &files));
    app.settles().await;

    // Then more happens: half of those who were paying pay, and others come.
    for buyer in paying.iter().step_by(2) {
        buyer.pays().await;
    }
    let after = buyers(&app, &link, (0..size).map(|number| format!("After {number}"))).await;
    join_all(after.iter().map(Customer::pays)).await;
    app.settles().await;
    app.advance(TimeDelta::hours(1));
    app.settles().await;
    let later = join_all(after.iter().map(Customer::gateway_order_id)).await;

    for file in &files[..2] {
        fits(&app, file).await;
    }
    let restored = app.restores(&files[2], TestDatabase::create().await).await;
    assert!(restored.report.is_sound(), "the copy itself fits: {}", restored.report);
    app.settles().await;
    let unlike = unlike_the_truth(&app).await;
    for id in &later {
        for _ in 0..2 {
            app.bank.send_notice_again(id).unwrap();
        }
    }
    app.settles().await;

    let orphans = app.services().storage().read().await.unwrap().orphans().await.unwrap();
    let alerts = app.services().alerts().await.unwrap();
    let told = alerts.iter().filter(|alert| alert.kind == AlertKind::OrphanNotice);
    let told: Vec<&String> = told.map(|alert| &alert.subject).collect();
    promise.measured(format!(
        "{} orders in the copy, {} charges asked about, {unlike} unlike the bank; {} of {size} later ones told",
        row_counts(app.database()).await.iter().find(|(table, _)| table == "orders").unwrap().1,
        restored.charges_to_ask,
        told.len()
    ));
    assert_eq!(unlike, 0);
    for id in &later {
        assert!(orphans.contains(id), "{id} is listed");
        assert_eq!(told.iter().filter(|subject| **subject == id).count(), 1, "{id} is told once");
        assert_eq!(sam.count(&format!("unknown here: {id}")), 1, "{}", sam.phone.transcript());
    }
    assert_eq!(sam.count("A backup was restored"), 1, "{}", sam.phone.transcript());
    let report = app.services().audit().await.unwrap();
    assert!(report.is_sound(), "{report}");
}

/// A copy restored aside is sound in itself.
async fn fits(app: &TestApp, file: &Path) {
    let (aside, time) = (TestDatabase::create().await, app.time());
    let restored = restore(&aside.url(), time, &app.sealer(), file, &mut |_| {}).await.unwrap();
    assert!(restored.report.is_sound(), "each copy fits: {}", restored.report);
}

/// How many charges of the copy stand otherwise than at the bank, and that some of each kind were
/// looked at.
async fn unlike_the_truth(app: &TestApp) -> usize {
    let truth: BTreeMap<String, String> =
        app.bank.transactions().into_iter().map(|charge| (charge.order_id, charge.status)).collect();
    let query = "select gateway_order_id || ' ' || payment_attempts.state || ' ' || orders.state
                 from payment_attempts join orders on orders.id = order_id";
    let mut looked_at = BTreeSet::new();
    let mut unlike = 0;
    for row in app.database().texts(query).await.unwrap() {
        let [id, attempt, order] = row.split(' ').collect::<Vec<_>>().try_into().unwrap();
        let fits = match truth[id].as_str() {
            "settlement" => (attempt, order) == ("settled", "paid"),
            "pending" => (attempt, order) == ("pending", "awaiting"),
            _ => false,
        };
        unlike += usize::from(!fits);
        looked_at.insert(truth[id].clone());
    }
    assert_eq!(looked_at.len(), 2, "{looked_at:?}");
    unlike
}

#[tokio::test(flavor = "multi_thread")]
async fn t35_a_backup_restores_into_either_database_and_is_the_same_there() {
    let Some(other) = TestDatabase::of_the_other_kind().await else { return };
    let mut promise = Promise::new(35, "into the other database and back: every row the same");
    let app = TestApp::start().await;
    let link = app.ani().makes_a_link("kaos hitam 150rb x9").await;
    for buyer in buyers(&app, &link, (0..4).map(|number| format!("Budi O'Neill \"{number}\" 🙂"))).await {
        buyer.pays().await;
    }
    app.settles().await;
    keeps_views(&app, "4").await;
    let folder = TempDir::new().unwrap();
    let (first, second) = (folder.path().join("first"), folder.path().join("second"));
    copy(&app, &first).await;
    let (sealer, time) = (app.sealer(), ShiftedClock::default);
    restore(&other.url(), time(), &sealer, &first, &mut |_| {}).await.unwrap();
    let beside = Storage::open_beside(&other.url(), time()).await.unwrap();
    back_up(&beside, &sealer, &second, &mut |_| {}).await.unwrap();
    let same_kind = TestDatabase::create().await;
    restore(&same_kind.url(), time(), &sealer, &second, &mut |_| {}).await.unwrap();
    let (one, two) = (lasting(app.database()).await, lasting(&same_kind).await);
    promise.measured(format!("{} values over both databases and back", one.len()));
    assert_eq!(one, two);
}

/// Waits until so many openings of pages are kept: they are counted in memory, and written a while later.
async fn keeps_views(app: &TestApp, views: &str) {
    let kept = async || {
        app.services().write_views().await.unwrap();
        let query = "select coalesce(cast(sum(views) as text), '0') from link_views";
        app.database().texts(query).await.unwrap().remove(0)
    };
    let all = async { while kept().await != views {} };
    tokio::time::timeout(std::time::Duration::from_secs(30), all).await.expect("they are written");
}

/// What stands in a database, but for what a restoration changes on purpose.
async fn lasting(database: &TestDatabase) -> Vec<String> {
    let changed = ["alerts.", "pull_due_at", "pull_failures", "leased_", "telegram_updates.", "duties."];
    let dump = dump_of(database).await;
    let lines = dump.lines().filter(|line| !changed.iter().any(|word| line.contains(word)));
    let mut lines: Vec<String> = lines.map(str::to_owned).collect();
    lines.sort();
    lines
}
