//! When a gateway is asked: never twice at once, never too late, and no notice is lost.

use chrono::{DateTime, TimeDelta, Utc};
use futures::future::join_all;
use tautan::domain::attempt::AccountCode;
use tautan::domain::id::AttemptId;
use tautan::storage::DuePull;

use super::{Ground, LEASE};

const NEVER: Option<DateTime<Utc>> = None;

async fn arm(ground: &Ground, id: AttemptId, is_repeat: bool) {
    let mut writer = ground.storage.write().await.unwrap();
    writer.arm_pull(id, is_repeat).await.unwrap();
    writer.commit().await.unwrap();
}

async fn claim(ground: &Ground) -> Option<DuePull> {
    ground.storage.claim_pull("worker", LEASE, &[]).await.unwrap()
}

async fn settle(ground: &Ground, pull: &DuePull, next: Option<DateTime<Utc>>, failures: i64) {
    let mut writer = ground.storage.write().await.unwrap();
    writer.settle_pull(pull, next, failures).await.unwrap();
    writer.commit().await.unwrap();
}

#[tokio::test]
async fn a_charge_is_asked_about_when_it_is_due_and_by_one_worker() {
    let ground = Ground::lay().await;
    let attempt = ground.write_attempt(TimeDelta::seconds(45)).await;
    assert_eq!(claim(&ground).await, None);
    ground.clock.advance(TimeDelta::seconds(45));
    let pull = claim(&ground).await.unwrap();
    assert_eq!((pull.attempt_id, pull.failures), (attempt.id, 0));
    assert_eq!(claim(&ground).await, None);
    let now = ground.storage.now().await.unwrap();
    settle(&ground, &pull, Some(now + TimeDelta::minutes(10)), 1).await;
    assert_eq!(claim(&ground).await, None);
    ground.clock.advance(TimeDelta::minutes(10));
    let pull = claim(&ground).await.unwrap();
    assert_eq!(pull.failures, 1);
    settle(&ground, &pull, NEVER, 0).await;
    ground.clock.advance(TimeDelta::days(365));
    assert_eq!(claim(&ground).await, None);
}

#[tokio::test]
async fn a_notice_that_comes_while_the_gateway_is_being_asked_is_not_lost() {
    let ground = Ground::lay().await;
    let attempt = ground.write_attempt(TimeDelta::zero()).await;
    let pull = claim(&ground).await.unwrap();
    arm(&ground, attempt.id, false).await;
    assert_eq!(claim(&ground).await, None, "one worker at a time");
    settle(&ground, &pull, NEVER, 0).await;
    let pull = claim(&ground).await.expect("the notice asks once more");
    arm(&ground, attempt.id, true).await;
    settle(&ground, &pull, NEVER, 0).await;
    assert_eq!(claim(&ground).await, None, "a repeat waits");
    ground.clock.advance(TimeDelta::seconds(10));
    assert!(claim(&ground).await.is_some(), "and is not lost either");
}

#[tokio::test]
async fn a_first_notice_asks_at_once_and_its_repeats_once_in_ten_seconds() {
    let ground = Ground::lay().await;
    let attempt = ground.write_attempt(TimeDelta::minutes(10)).await;
    arm(&ground, attempt.id, false).await;
    let pull = claim(&ground).await.expect("at once");
    settle(&ground, &pull, NEVER, 0).await;
    for _ in 0..5 {
        arm(&ground, attempt.id, true).await;
    }
    assert_eq!(claim(&ground).await, None);
    ground.clock.advance(TimeDelta::seconds(8));
    arm(&ground, attempt.id, true).await;
    assert_eq!(claim(&ground).await, None);
    ground.clock.advance(TimeDelta::seconds(2));
    let pull = claim(&ground).await.expect("ten seconds after the first repeat, whatever came since");
    settle(&ground, &pull, NEVER, 0).await;
    assert_eq!(claim(&ground).await, None, "five repeats are one");
    arm(&ground, attempt.id, false).await;
    assert!(claim(&ground).await.is_some(), "another notice says something new");
}

#[tokio::test]
async fn a_worker_who_came_too_late_does_not_take_the_charge_from_the_next() {
    let ground = Ground::lay().await;
    ground.write_attempt(TimeDelta::zero()).await;
    let slow = claim(&ground).await.unwrap();
    ground.clock.advance(LEASE);
    let next = claim(&ground).await.expect("the lease ran out");
    settle(&ground, &slow, NEVER, 0).await;
    ground.clock.advance(TimeDelta::seconds(1));
    assert_eq!(claim(&ground).await, None, "it is still being asked about");
    ground.clock.advance(LEASE);
    assert!(claim(&ground).await.is_some(), "and again if that worker is never heard of");
    assert_ne!(slow.leased_until, next.leased_until);
}

#[tokio::test]
async fn an_earlier_plan_stays_and_a_later_one_gives_way() {
    let ground = Ground::lay().await;
    let attempt = ground.write_attempt(TimeDelta::minutes(5)).await;
    let mut writer = ground.storage.write().await.unwrap();
    let now = writer.now();
    writer.pull_by(attempt.id, now + TimeDelta::minutes(9)).await.unwrap();
    writer.commit().await.unwrap();
    ground.clock.advance(TimeDelta::minutes(5));
    assert!(claim(&ground).await.is_some());
    let other = ground.write_attempt(TimeDelta::minutes(5)).await;
    let mut writer = ground.storage.write().await.unwrap();
    let now = writer.now();
    writer.pull_by(other.id, now).await.unwrap();
    writer.commit().await.unwrap();
    assert_eq!(claim(&ground).await.unwrap().attempt_id, other.id);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn workers_who_claim_at_once_each_get_a_charge_while_there_are_enough() {
    let ground = Ground::lay().await;
    for _ in 0..8 {
        ground.write_attempt(TimeDelta::zero()).await;
    }
    for _ in 0..10 {
        let claims = (0..8).map(|worker| {
            let storage = ground.storage.clone();
            tokio::spawn(async move { storage.claim_pull(&format!("worker {worker}"), LEASE, &[]).await })
        });
        let claimed = join_all(claims).await.into_iter().map(|claim| claim.unwrap().unwrap());
        let mut attempts: Vec<_> = claimed.map(|claim| claim.expect("a charge is due").attempt_id).collect();
        attempts.sort_unstable();
        attempts.dedup();
        assert_eq!(attempts.len(), 8);
        ground.clock.advance(LEASE);
    }
}

#[tokio::test]
async fn charges_of_a_busy_account_stay_due() {
    let ground = Ground::lay().await;
    let attempt = ground.write_attempt(TimeDelta::zero()).await;
    let busy = [AccountCode("another".to_owned()), attempt.account.clone()];
    let claim = async |busy: &[AccountCode]| ground.storage.claim_pull("worker", LEASE, busy).await.unwrap();
    assert!(claim(&busy).await.is_none());
    assert_eq!(claim(&busy[..1]).await.unwrap().attempt_id, attempt.id);
}

#[tokio::test]
async fn who_has_the_file_alone_takes_back_a_charge_when_no_call_can_be_on_its_way_any_more() {
    let ground = Ground::lay().await;
    ground.write_attempt(TimeDelta::zero()).await;
    assert!(claim(&ground).await.is_some());
    ground.storage.take_back_work().await.unwrap();
    ground.clock.advance(TimeDelta::seconds(34));
    assert_eq!(claim(&ground).await, None);
    ground.clock.advance(TimeDelta::seconds(1));
    let taken_back = claim(&ground).await.is_some();
    assert_ne!(taken_back, ground.database.is_postgres(), "another process may still have it there");
    ground.clock.advance(LEASE);
    assert!(claim(&ground).await.is_some());
}
