//! T34: every old schema with data becomes the newest with sound books, however often the program is
//! killed on the way.

#![expect(clippy::unwrap_used, reason = "a story that cannot go on fails")]

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::process::Stdio;
use std::time::{Duration, Instant};

use tautan::domain::clock::ShiftedClock;
use tautan::domain::report::ReportedStatus;
use tautan::services::audit::audit;
use tautan::services::backup::{back_up, restore};
use tautan::services::sealing::Sealer;
use tautan::storage::Storage;
use tautan::storage::schema::{Column, ColumnKind, SchemaStep, Table, known_steps};
use tempfile::TempDir;

use super::{Promise, Size};
use crate::operator::{command, service_settings};
use crate::support::database::TestDatabase;
use crate::support::test_shop::TestShop;

/// A shop of every state that the oldest schema knew.
async fn shop_with_a_past() -> TestShop {
    let shop = TestShop::open().await;
    let link = shop.link(Some(9)).await;
    for status in [ReportedStatus::Settlement, ReportedStatus::Expire, ReportedStatus::Deny] {
        let purchase = shop.buys(&link).await;
        shop.bank_says(&purchase, status).await;
    }
    let returned = shop.buys(&link).await;
    let returned = shop.bank_says(&returned, ReportedStatus::Settlement).await;
    shop.bank_says(&returned, ReportedStatus::Refund).await;
    shop.buys(&link).await;
    shop
}

/// A database of an older schema that holds all of the shop that the schema had room for.
async fn as_it_was(shop: &TestShop, steps: &[SchemaStep]) -> TestDatabase {
    let database = TestDatabase::create().await;
    let old = Storage::open_empty(&database.url(), ShiftedClock::default(), steps).await.unwrap();
    let tables = old.read().await.unwrap().tables().await.unwrap();
    let newest = shop.services.storage().read().await.unwrap().tables().await.unwrap();
    let mut writer = old.write().await.unwrap();
    for table in &tables {
        // Columns that went away since hold what they held in a shop that is at rest.
        let (kept, gone): (Vec<_>, Vec<_>) =
            table.columns.iter().cloned().partition(|column| has(&newest, &table.name, column));
        let kept = Table { name: table.name.clone(), columns: kept };
        let pasted = [kept.columns.clone(), gone.clone()].concat();
        let pasted = Table { name: table.name.clone(), columns: pasted };
        for mut row in rows(shop.services.storage(), &kept).await {
            row.extend(gone.iter().map(at_rest));
            writer.paste_row(&pasted, &row).await.unwrap();
        }
    }
    writer.commit().await.unwrap();
    old.close().await;
    database
}

fn has(tables: &[Table], name: &str, column: &Column) -> bool {
    tables.iter().any(|table| table.name == name && table.columns.contains(column))
}

fn at_rest(column: &Column) -> serde_json::Value {
    match column.kind {
        ColumnKind::Bigint | ColumnKind::Timestamptz => 0.into(),
        ColumnKind::Boolean => false.into(),
        ColumnKind::Uuid | ColumnKind::Text | ColumnKind::Bytea => serde_json::Value::Null,
    }
}

/// The columns of old tables that are there to this day.
fn lasting(old: Vec<Table>, newest: &[Table]) -> Vec<Table> {
    let lasting = |table: Table| Table {
        columns: table.columns.into_iter().filter(|column| has(newest, &table.name, column)).collect(),
        name: table.name,
    };
    old.into_iter().map(lasting).filter(|table| !table.columns.is_empty()).collect()
}

async fn rows(storage: &Storage, table: &Table) -> Vec<Vec<serde_json::Value>> {
    let mut rows = Vec::new();
    let take = |row| {
        rows.push(row);
        ControlFlow::Continue(())
    };
    storage.read().await.unwrap().copy_rows(table, take).await.unwrap();
    rows.sort_by_key(|row| format!("{row:?}"));
    rows
}

/// Every old table of a database, row by row.
async fn contents(storage: &Storage, tables: &[Table]) -> BTreeMap<String, Vec<Vec<serde_json::Value>>> {
    let mut contents = BTreeMap::new();
    for table in tables {
        contents.insert(table.name.clone(), rows(storage, table).await);
    }
    contents
}

#[tokio::test(flavor = "multi_thread")]
async fn t34_every_old_schema_becomes_the_newest_and_its_books_fit() {
    let mut promise = Promise::new(34, "every old schema with data: newest schema, every row, sound books");
    let (shop, steps) = (shop_with_a_past().await, known_steps());
    let newest = shop.services.storage().read().await.unwrap().tables().await.unwrap();
    let (folder, sealer) = (TempDir::new().unwrap(), Sealer::new(&[7; 32]));
    for taken in 1..=steps.len() {
        let database = as_it_was(&shop, &steps[..taken]).await;
        let beside = Storage::open_beside(&database.url(), ShiftedClock::default()).await.unwrap();
        let tables = lasting(beside.read().await.unwrap().tables().await.unwrap(), &newest);
        let before = contents(&beside, &tables).await;
        let file = folder.path().join(format!("after-step-{taken}"));
        back_up(&beside, &sealer, &file, &mut |_| {}).await.unwrap();
        beside.close().await;
        let storage = Storage::open(&database.url(), shop.clock.clone()).await.unwrap();
        assert_eq!(contents(&storage, &tables).await, before, "nothing is lost from step {taken} on");
        assert_eq!(storage.read().await.unwrap().steps_taken().await.unwrap(), steps);
        let report = audit(&storage).await.unwrap();
        assert!(report.is_sound() && report.orders == 5, "from step {taken}: {report}");
        storage.close().await;
        // An old backup takes the same way.
        let empty = TestDatabase::create().await;
        let restored = restore(&empty.url(), shop.clock.clone(), &sealer, &file, &mut |_| {}).await.unwrap();
        assert!(restored.report.is_sound() && restored.report.orders == 5, "{}", restored.report);
        assert_eq!(empty.steps_taken().await, steps);
    }
    promise.measured(format!("{} schemas, in the database and in a backup", steps.len()));
}

#[tokio::test(flavor = "multi_thread")]
async fn t34_a_program_that_is_killed_while_it_migrates_leaves_the_old_schema_or_the_new() {
    let mut promise =
        Promise::new(34, "kill -9 inside a migration: a whole schema each time, every row there");
    let rounds = Size::of_run().pick(10, 30, 100);
    let (shop, steps) = (shop_with_a_past().await, known_steps());
    let mut landed: BTreeMap<usize, u32> = BTreeMap::new();
    let mut let_alone = Duration::ZERO;
    for round in 0..=rounds {
        let database = as_it_was(&shop, &steps[..1]).await;
        let settings = service_settings(&database.url());
        let settings: Vec<(&str, &str)> =
            settings.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let begun = Instant::now();
        let mut process = command(&["serve"], &settings);
        let mut process = process.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        if round == 0 {
            // The first one may finish: it tells how long the others are to be let alone.
            while database.steps_taken().await.len() < steps.len() && begun.elapsed().as_secs() < 60 {
                tokio::task::yield_now().await;
            }
            let_alone = begun.elapsed();
        } else {
            tokio::time::sleep(let_alone * rand::random_range(80_u32..120) / 100).await;
        }
        process.kill().unwrap();
        process.wait().unwrap();

        let taken = database.steps_taken().await;
        assert_eq!(taken, steps[..taken.len()], "round {round}: whole steps, in their order");
        *landed.entry(taken.len()).or_default() += 1;
        // Steered to where the migrations run, however busy the machine is.
        if round > 0 && taken.len() == steps.len() {
            let_alone = let_alone * 85 / 100;
        } else if taken.len() == 1 {
            let_alone = let_alone * 115 / 100;
        }
        let as_left = Storage::open_beside(&database.url(), ShiftedClock::default()).await.unwrap();
        let tables = as_left.read().await.unwrap().tables().await.unwrap();
        let clean = TestDatabase::create().await;
        let clean = Storage::open_empty(&clean.url(), ShiftedClock::default(), &taken).await.unwrap();
        assert_eq!(tables, clean.read().await.unwrap().tables().await.unwrap(), "round {round}");
        clean.close().await;
        as_left.close().await;
        let storage = Storage::open(&database.url(), shop.clock.clone()).await.unwrap();
        let report = audit(&storage).await.unwrap();
        assert!(report.is_sound() && report.orders == 5, "round {round}: {report}");
        storage.close().await;
    }
    promise.measured(format!(
        "{rounds} kills about {let_alone:?} after the start; steps taken → times: {landed:?}"
    ));
}
