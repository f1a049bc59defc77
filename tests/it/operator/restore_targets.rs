//! Where a backup may be restored to, and what stands in a database beside ours.

#![expect(clippy::unwrap_used, reason = "a story that cannot go on fails")]

use std::path::{Path, PathBuf};

use tautan::domain::clock::ShiftedClock;
use tautan::services::backup::{BackupError, back_up, restore};
use tautan::services::sealing::Sealer;
use tautan::storage::schema::{SchemaStep, known_steps};
use tautan::storage::{Storage, StorageError};
use tempfile::TempDir;

use crate::support::database::TestDatabase;
use crate::support::test_shop::TestShop;

/// An empty database whose schema has taken these steps.
async fn database_of(steps: &[SchemaStep]) -> (TestDatabase, Storage) {
    let database = TestDatabase::create().await;
    let storage = Storage::open_empty(&database.url(), ShiftedClock::default(), steps).await.unwrap();
    (database, storage)
}

async fn copy_of(storage: &Storage, folder: &TempDir) -> PathBuf {
    let file = folder.path().join("tautan.backup");
    back_up(storage, &Sealer::new(&[7; 32]), &file, &mut |_| {}).await.unwrap();
    file
}

async fn restoring(database: &TestDatabase, file: &Path) -> Result<u64, BackupError> {
    let (time, sealer) = (ShiftedClock::default(), Sealer::new(&[7; 32]));
    Ok(restore(&database.url(), time, &sealer, file, &mut |_| {}).await?.rows)
}

#[tokio::test(flavor = "multi_thread")]
async fn an_older_database_with_rows_is_refused_and_left_at_its_schema() {
    let (shop, folder, steps) = (TestShop::open().await, TempDir::new().unwrap(), known_steps());
    let file = copy_of(shop.services.storage(), &folder).await;
    let (database, storage) = database_of(&steps[..2]).await;
    storage.close().await;
    drop(storage);
    database.execute("insert into instance_settings (key, value) values ('mood', 'calm')").await.unwrap();
    let refused = restoring(&database, &file).await;
    assert!(
        matches!(&refused, Err(BackupError::Storage(StorageError::NotEmpty(table))) if table == "instance_settings")
    );
    assert_eq!(database.steps_taken().await, steps[..2]);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_older_backup_asks_for_a_database_without_newer_tables() {
    let (folder, steps) = (TempDir::new().unwrap(), known_steps());
    let (_older, storage) = database_of(&steps[..2]).await;
    let file = copy_of(&storage, &folder).await;
    let (newer, storage) = database_of(&steps).await;
    storage.close().await;
    drop(storage);
    let refused = restoring(&newer, &file).await;
    assert!(matches!(refused, Err(BackupError::Storage(StorageError::Ahead))), "{refused:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_table_of_others_is_neither_copied_nor_in_the_way() {
    let (shop, folder) = (TestShop::open().await, TempDir::new().unwrap());
    shop.database.execute("create table spatial_notes (srid integer, place varchar(40))").await.unwrap();
    shop.database.execute("insert into spatial_notes values (4326, 'Jakarta')").await.unwrap();
    let file = copy_of(shop.services.storage(), &folder).await;
    let (target, storage) = database_of(&known_steps()).await;
    storage.close().await;
    drop(storage);
    target.execute("create table visitors (name varchar(40))").await.unwrap();
    target.execute("insert into visitors values ('Ani')").await.unwrap();
    assert!(restoring(&target, &file).await.unwrap() > 0);
    assert!(target.execute("select srid from spatial_notes").await.is_err(), "it is not ours");
    assert_eq!(target.texts("select name from visitors").await.unwrap(), ["Ani"], "nor that one");
}
