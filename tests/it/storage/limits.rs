//! One statement carries the usage limit and the expiry.

use chrono::TimeDelta;
use tautan::domain::id::LinkId;
use tautan::storage::Storage;

use super::Ground;

async fn reserve(storage: Storage, id: LinkId) -> bool {
    let mut writer = storage.write().await.unwrap();
    let reserved = writer.reserve_unit(id).await.unwrap();
    if reserved {
        writer.commit().await.unwrap()
    } else {
        writer.roll_back().await.unwrap()
    }
    reserved
}

#[tokio::test]
async fn a_link_takes_a_payment_at_minus_one_millisecond_and_none_at_zero() {
    let ground = Ground::lay().await;
    let mut writer = ground.storage.write().await.unwrap();
    let now = writer.now();
    let millisecond = TimeDelta::milliseconds(1);
    let cases = [
        (None, Some(now + millisecond), true),
        (None, Some(now), false),
        (None, Some(now - millisecond), false),
        (Some(now), None, true),
        (Some(now + millisecond), None, false),
        (Some(now), Some(now + millisecond), true),
    ];
    for (opens_at, expires_at, takes) in cases {
        let mut link = ground.link(now);
        (link.opens_at, link.expires_at) = (opens_at, expires_at);
        assert!(writer.insert_link(&link).await.unwrap());
        assert_eq!(writer.reserve_unit(link.id).await.unwrap(), takes, "{opens_at:?} to {expires_at:?}");
        let read = writer.link(ground.merchant.id, link.id).await.unwrap().unwrap();
        assert_eq!((read.opens_at, read.expires_at), (opens_at, expires_at), "kept to the millisecond");
    }
    writer.roll_back().await.unwrap();
}

#[tokio::test]
async fn the_moved_clock_decides_about_expiry() {
    let ground = Ground::lay().await;
    let link = ground.write_link(|link| link.expires_at = Some(link.created_at + TimeDelta::hours(1))).await;
    ground.clock.advance(TimeDelta::minutes(59));
    assert!(reserve(ground.storage.clone(), link.id).await);
    ground.clock.advance(TimeDelta::minutes(1));
    assert!(!reserve(ground.storage.clone(), link.id).await);
    ground.clock.advance(TimeDelta::minutes(-1));
    assert!(reserve(ground.storage.clone(), link.id).await);
    assert_eq!(ground.reread(&link).await.held, 2);
}

#[tokio::test]
async fn a_deleted_link_takes_nothing_until_it_is_back_and_counters_never_fall_below_zero() {
    let ground = Ground::lay().await;
    let link = ground.write_link(|_| {}).await;
    let mut writer = ground.storage.write().await.unwrap();
    let now = writer.now();
    assert!(writer.delete_link(ground.merchant.id, link.id).await.unwrap());
    assert!(!writer.delete_link(ground.merchant.id, link.id).await.unwrap(), "only once");
    assert!(!writer.reserve_unit(link.id).await.unwrap());
    assert!(!writer.restore_link(ground.merchant.id, link.id, now).await.unwrap(), "deleted at that instant");
    let before = now - TimeDelta::milliseconds(1);
    assert!(writer.restore_link(ground.merchant.id, link.id, before).await.unwrap());
    assert!(writer.reserve_unit(link.id).await.unwrap());
    assert!(!writer.move_units(link.id, -2, 1).await.unwrap());
    assert!(!writer.move_units(link.id, 0, -1).await.unwrap());
    assert!(writer.move_units(link.id, -1, 1).await.unwrap());
    writer.commit().await.unwrap();
    let link = ground.reread(&link).await;
    assert_eq!((link.held, link.used), (0, 1));
}
