//! T1: whatever moment a process is killed at, no acknowledged payment is lost and none is doubled.

use super::chaos::{self, Plan};
use super::{Promise, Size};
use crate::support::database::TestDatabase;

#[tokio::test(flavor = "multi_thread")]
async fn t01_no_acknowledged_payment_is_lost_by_kills_of_one_process() {
    let goal = "0 acknowledged payments lost, 0 doubled, audit sound, by kill -9 of one process";
    let mut promise = Promise::new(1, goal);
    let kills = Size::of_run().pick(200, 50, 1_000);
    chaos::run(&mut promise, Plan { replicas: 1, kills }).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn t01_no_acknowledged_payment_is_lost_by_kills_of_three_replicas() {
    if !TestDatabase::create().await.is_postgres() {
        return;
    }
    let goal = "0 acknowledged payments lost, 0 doubled, audit sound, by kill -9 of three replicas";
    let mut promise = Promise::new(1, goal);
    let kills = Size::of_run().pick(200, 50, 1_000);
    chaos::run(&mut promise, Plan { replicas: 3, kills }).await;
}
