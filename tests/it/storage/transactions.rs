//! All or nothing, and never a connection that cannot be used any more.

use futures::FutureExt;
use tautan::domain::clock::ShiftedClock;
use tautan::storage::{Storage, StorageError};

use super::Ground;
use crate::support::database::TestDatabase;

/// More than any pool here has connections.
const MANY: usize = 25;

async fn set(storage: &Storage, key: &str) {
    let mut writer = storage.write().await.unwrap();
    writer.set_setting(key, "kept").await.unwrap();
    writer.commit().await.unwrap();
}

async fn is_kept(storage: &Storage, key: &str) -> bool {
    storage.read().await.unwrap().setting(key).await.unwrap().is_some()
}

#[tokio::test]
async fn a_writer_dropped_without_commit_leaves_nothing_and_the_pool_still_works() {
    let ground = Ground::lay().await;
    for number in 0..MANY {
        let mut writer = ground.storage.write().await.unwrap();
        writer.set_setting(&format!("lost {number}"), "lost").await.unwrap();
        drop(writer);
        set(&ground.storage, &format!("kept {number}")).await;
    }
    for number in 0..MANY {
        assert!(!is_kept(&ground.storage, &format!("lost {number}")).await);
        assert!(is_kept(&ground.storage, &format!("kept {number}")).await);
    }
}

#[tokio::test]
async fn a_rolled_back_writer_leaves_nothing() {
    let ground = Ground::lay().await;
    let mut writer = ground.storage.write().await.unwrap();
    writer.set_setting("lost", "lost").await.unwrap();
    writer.roll_back().await.unwrap();
    assert!(!is_kept(&ground.storage, "lost").await);
}

#[tokio::test]
async fn a_statement_that_fails_takes_its_whole_transaction_along() {
    let ground = Ground::lay().await;
    let mut writer = ground.storage.write().await.unwrap();
    writer.set_setting("lost", "lost").await.unwrap();
    let twice = writer.insert_merchant(&ground.merchant).await;
    assert!(matches!(twice, Err(StorageError::Database(_))), "{twice:?}");
    drop(writer);
    set(&ground.storage, "kept").await;
    assert!(!is_kept(&ground.storage, "lost").await);
    assert!(is_kept(&ground.storage, "kept").await);
}

/// sqlx 0.9.0: who hangs up while a transaction begins must not leave it open on a pooled connection,
/// where later writes would say that they are done and vanish.
#[tokio::test]
async fn callers_who_hang_up_half_way_poison_no_connection() {
    let ground = Ground::lay().await;
    for polls in 0..MANY {
        let mut beginning = Box::pin(ground.storage.write());
        for _ in 0..polls {
            if let Some(writer) = beginning.as_mut().now_or_never() {
                let mut writer = writer.unwrap();
                assert!(writer.set_setting("lost", "lost").now_or_never().is_none_or(|done| done.is_ok()));
                break;
            }
            tokio::task::yield_now().await;
        }
    }
    for number in 0..MANY {
        set(&ground.storage, &format!("kept {number}")).await;
    }
    // Another connection than any of the pool's must see them all.
    let kept = ground.database.texts("select key from instance_settings").await.unwrap();
    assert_eq!(kept.len(), MANY, "{kept:?}");
    assert!(!kept.contains(&"lost".to_owned()));
}

#[tokio::test]
async fn a_snapshot_sees_one_instant_and_writers_go_on() {
    let ground = Ground::lay().await;
    let mut snapshot = ground.storage.snapshot().await.unwrap();
    assert_eq!(snapshot.setting("later").await.unwrap(), None);
    set(&ground.storage, "later").await;
    assert_eq!(snapshot.setting("later").await.unwrap(), None);
    snapshot.end().await.unwrap();
    for _ in 0..MANY {
        let mut snapshot = ground.storage.snapshot().await.unwrap();
        assert!(snapshot.setting("later").await.unwrap().is_some());
    }
    assert!(is_kept(&ground.storage, "later").await);
}

#[tokio::test]
async fn a_second_process_on_the_same_file_is_refused_until_the_first_has_gone() {
    let database = TestDatabase::sqlite();
    let first = Storage::open(&database.url(), ShiftedClock::default()).await.unwrap();
    let second = Storage::open(&database.url(), ShiftedClock::default()).await;
    assert!(matches!(second, Err(StorageError::InUse(_))), "{second:?}");
    set(&first, "kept").await;
    first.close().await;
    drop(first);
    let third = Storage::open(&database.url(), ShiftedClock::default()).await.unwrap();
    assert!(is_kept(&third, "kept").await);
}

#[tokio::test]
async fn an_address_of_neither_database_is_refused() {
    let opened = Storage::open("mysql://localhost/tautan", ShiftedClock::default()).await;
    assert!(matches!(opened, Err(StorageError::UnknownDatabase)));
}
