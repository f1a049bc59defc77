//! A database that is not this program's to use is refused by a sentence that says what to do, and is
//! left as it is.

use std::os::unix::fs::PermissionsExt;

use tautan::domain::clock::ShiftedClock;
use tautan::storage::{Storage, StorageError};
use tempfile::TempDir;

use super::{printed, service_settings, tautan};
use crate::support::database::TestDatabase;
use crate::support::test_shop::TestShop;

/// Serving and looking are refused with exit code 2 and these words.
fn refused(database_url: &str, words: &str) {
    let settings = service_settings(database_url);
    let settings: Vec<(&str, &str)> = settings.iter().map(|(name, value)| (*name, value.as_str())).collect();
    for arguments in [&["serve"][..], &["verify"], &["backup", "/nonexistent/never"]] {
        let output = tautan(arguments, &settings);
        let said = printed(&output);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {said}");
        assert!(said.contains(words), "{arguments:?}: {said}");
    }
}

#[tokio::test]
async fn a_newer_versions_database_is_refused() {
    let shop = TestShop::open().await;
    shop.services.storage().close().await;
    let (database, statement) = (
        shop.database,
        "insert into _sqlx_migrations (version, description, success, checksum, execution_time)
         select 9999, 'later', success, checksum, 0 from _sqlx_migrations where version = 1",
    );
    drop(shop.services);
    database.execute(statement).await.unwrap();
    refused(&database.url(), "belongs to a newer version of Tautan (its schema is at 9999");
    let opened = Storage::open(&database.url(), ShiftedClock::default()).await;
    assert!(matches!(opened, Err(StorageError::Newer { theirs: 9999, .. })), "{opened:?}");
}

#[tokio::test]
async fn someone_elses_database_is_refused_and_left_alone() {
    let database = TestDatabase::create().await;
    if !database.is_postgres() {
        let file = database.url().replace("sqlite://", "");
        std::fs::File::create(file).unwrap();
    }
    database.execute("create table cats (name text not null)").await.unwrap();
    refused(&database.url(), "holds something that is not Tautan's");
    let tables = if database.is_postgres() {
        "select cast(table_name as text) from information_schema.tables where table_schema = current_schema()"
    } else {
        "select name from sqlite_schema where type = 'table'"
    };
    assert_eq!(database.texts(tables).await.unwrap(), ["cats"]);
}

#[tokio::test]
async fn a_database_whose_steps_are_not_ours_is_refused() {
    let shop = TestShop::open().await;
    shop.services.storage().close().await;
    let database = shop.database;
    drop(shop.services);
    let other = if database.is_postgres() { "'\\x00'" } else { "x'00'" };
    database
        .execute(&format!("update _sqlx_migrations set checksum = {other} where version = 1"))
        .await
        .unwrap();
    refused(&database.url(), "holds something that is not Tautan's");
}

#[tokio::test]
async fn a_file_that_is_no_database_is_refused_and_left_alone() {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("tautan.db");
    let garbage = "this was a shopping list ".repeat(400);
    std::fs::write(&file, &garbage).unwrap();
    refused(&format!("sqlite://{}", file.display()), "is damaged or no SQLite database");
    assert_eq!(std::fs::read_to_string(&file).unwrap(), garbage);
}

#[tokio::test]
async fn a_second_service_on_the_file_is_refused() {
    let shop = TestShop::open().await;
    if shop.database.is_postgres() {
        return;
    }
    let settings = service_settings(&shop.database.url());
    let settings: Vec<(&str, &str)> = settings.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let output = tautan(&["serve"], &settings);
    assert_eq!(output.status.code(), Some(2));
    assert!(printed(&output).contains("another process is using"), "{}", printed(&output));
}

#[tokio::test]
async fn the_files_of_a_database_are_their_owners_alone() {
    let folder = TempDir::new().unwrap();
    let data = folder.path().join("data");
    let data_dir = data.display().to_string();
    let output = tautan(&["verify"], &[("TAUTAN_DATA_DIR", &data_dir)]);
    assert_eq!(output.status.code(), Some(2), "{}", printed(&output));
    assert!(printed(&output).contains("there is no database at"), "{}", printed(&output));
    let mode = |path: &std::path::Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&data), 0o700);
    let file = data.join("tautan.db");
    let storage =
        Storage::open(&format!("sqlite:{}", file.display()), ShiftedClock::default()).await.unwrap();
    for entry in std::fs::read_dir(&data).unwrap() {
        let path = entry.unwrap().path();
        assert_eq!(mode(&path), 0o600, "{}", path.display());
    }
    storage.close().await;
}
