//! Updates from Telegram: once each, chat by chat, in order.

use futures::future::join_all;
use tautan::domain::id::TelegramId;

use super::{Ground, LEASE};

const ANI: TelegramId = TelegramId(1);
const BUDI: TelegramId = TelegramId(2);

async fn receive(ground: &Ground, update_id: i64, chat: TelegramId) -> bool {
    let mut writer = ground.storage.write().await.unwrap();
    let is_new = writer.store_update(update_id, chat, "{}").await.unwrap();
    writer.commit().await.unwrap();
    is_new
}

/// The chat and the updates that a worker gets.
async fn claim(ground: &Ground, worker: &str) -> Option<(TelegramId, Vec<i64>)> {
    let claimed = ground.storage.claim_chat(worker, LEASE).await.unwrap()?;
    Some((claimed.chat, claimed.updates.iter().map(|update| update.update_id).collect()))
}

#[tokio::test]
async fn the_same_update_twice_is_one() {
    let ground = Ground::lay().await;
    assert!(receive(&ground, 7, ANI).await);
    assert!(!receive(&ground, 7, ANI).await);
    assert_eq!(claim(&ground, "one").await, Some((ANI, vec![7])));
    ground.storage.finish_update(7).await.unwrap();
    ground.storage.release_chat(ANI, "one").await.unwrap();
    assert!(!receive(&ground, 7, ANI).await, "also when it is done");
    assert_eq!(claim(&ground, "one").await, None);
}

#[tokio::test]
async fn a_chat_is_one_workers_and_its_updates_come_in_order() {
    let ground = Ground::lay().await;
    // Within one transaction all are received at the same instant.
    let mut writer = ground.storage.write().await.unwrap();
    for (update_id, chat) in [(12, ANI), (11, ANI), (13, BUDI)] {
        writer.store_update(update_id, chat, "{}").await.unwrap();
    }
    writer.commit().await.unwrap();
    assert_eq!(claim(&ground, "one").await, Some((ANI, vec![11, 12])));
    assert_eq!(claim(&ground, "two").await, Some((BUDI, vec![13])));
    assert_eq!(claim(&ground, "three").await, None);
    receive(&ground, 14, ANI).await;
    assert_eq!(claim(&ground, "three").await, None, "the chat is taken");
    ground.storage.finish_update(11).await.unwrap();
    ground.storage.release_chat(ANI, "two").await.unwrap();
    assert_eq!(claim(&ground, "three").await, None, "only its worker gives it back");
    ground.storage.release_chat(ANI, "one").await.unwrap();
    assert_eq!(claim(&ground, "three").await, Some((ANI, vec![12, 14])));
}

#[tokio::test]
async fn a_chat_whose_lease_ran_out_is_claimed_again() {
    let ground = Ground::lay().await;
    receive(&ground, 1, ANI).await;
    assert!(claim(&ground, "crashed").await.is_some());
    ground.clock.advance(LEASE - chrono::TimeDelta::seconds(5));
    assert_eq!(claim(&ground, "other").await, None);
    ground.clock.advance(chrono::TimeDelta::seconds(5));
    let again = ground.storage.claim_chat("other", LEASE).await.unwrap().unwrap();
    assert_eq!(again.updates[0].tries, 2);
    ground.storage.release_chat(ANI, "crashed").await.unwrap();
    assert_eq!(claim(&ground, "third").await, None, "who lost it cannot give it away");
}

#[tokio::test]
async fn who_has_the_file_alone_takes_back_the_chats_of_a_process_that_died() {
    let ground = Ground::lay().await;
    receive(&ground, 1, ANI).await;
    assert!(claim(&ground, "killed").await.is_some());
    receive(&ground, 2, BUDI).await;
    assert!(claim(&ground, "resting").await.is_some());
    ground.storage.rest_chat(BUDI, "resting", chrono::TimeDelta::seconds(5)).await.unwrap();
    ground.storage.take_back_work().await.unwrap();
    if ground.database.is_postgres() {
        assert_eq!(claim(&ground, "another replica").await, None, "it may still be answering");
        return;
    }
    assert_eq!(claim(&ground, "next").await, Some((ANI, vec![1])));
    assert_eq!(claim(&ground, "next").await, None, "a chat that is to rest rests on");
    ground.storage.take_back_work().await.unwrap();
    assert_eq!(claim(&ground, "third").await, Some((ANI, vec![1])));
    ground.storage.take_back_work().await.unwrap();
    assert_eq!(claim(&ground, "fourth").await, None, "what may bring processes down waits out its lease");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn workers_who_claim_at_once_each_get_a_chat_while_there_are_enough() {
    let ground = Ground::lay().await;
    for round in 0..10 {
        for chat in 0..8 {
            receive(&ground, round * 8 + chat, TelegramId(chat)).await;
        }
        let claims = (0..8).map(|worker| {
            let storage = ground.storage.clone();
            tokio::spawn(async move { storage.claim_chat(&format!("worker {worker}"), LEASE).await })
        });
        let claimed = join_all(claims).await.into_iter().map(|claim| claim.unwrap().unwrap());
        let mut chats: Vec<_> = claimed.map(|claim| claim.expect("a chat waits").chat.0).collect();
        chats.sort_unstable();
        assert_eq!(chats, (0..8).collect::<Vec<_>>());
        for chat in 0..8 {
            ground.storage.finish_update(round * 8 + chat).await.unwrap();
        }
        ground.clock.advance(LEASE);
    }
}

#[tokio::test]
async fn done_updates_are_forgotten_after_two_days_and_waiting_ones_never() {
    let ground = Ground::lay().await;
    receive(&ground, 1, ANI).await;
    receive(&ground, 2, ANI).await;
    ground.storage.finish_update(1).await.unwrap();
    ground.clock.advance(chrono::TimeDelta::hours(47));
    assert_eq!(ground.storage.forget_updates().await.unwrap(), 0);
    ground.clock.advance(chrono::TimeDelta::hours(2));
    assert_eq!(ground.storage.forget_updates().await.unwrap(), 1);
    assert_eq!(claim(&ground, "one").await, Some((ANI, vec![2])));
}
