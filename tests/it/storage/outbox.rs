//! Messages that must reach someone: once each, in order, not before their time.

use chrono::TimeDelta;
use futures::future::join_all;
use tautan::domain::id::{LinkId, TelegramId};
use tautan::domain::notification::SellerMessage;
use tautan::storage::ClaimedNotification;

use super::{Ground, LEASE};

const ANI: TelegramId = TelegramId(1);
const BUDI: TelegramId = TelegramId(2);

/// Writes a message whose key is its only content.
async fn enqueue(ground: &Ground, chat: TelegramId, key: &str) {
    let mut writer = ground.storage.write().await.unwrap();
    let message = SellerMessage::SoldOut { link_id: LinkId::generate() };
    writer.enqueue(ground.merchant.id, chat, &message, key).await.unwrap();
    writer.commit().await.unwrap();
}

async fn claim(ground: &Ground) -> Option<ClaimedNotification> {
    ground.storage.claim_notification("worker", LEASE).await.unwrap()
}

async fn waiting(ground: &Ground) -> i64 {
    ground.storage.read().await.unwrap().count_waiting_notifications().await.unwrap()
}

#[tokio::test]
async fn a_key_is_told_once_also_after_it_was_sent() {
    let ground = Ground::lay().await;
    enqueue(&ground, ANI, "paid").await;
    enqueue(&ground, ANI, "paid").await;
    assert_eq!(waiting(&ground).await, 1);
    let claimed = claim(&ground).await.unwrap();
    ground.storage.mark_sent(claimed.notification.id, 5).await.unwrap();
    enqueue(&ground, ANI, "paid").await;
    assert_eq!(waiting(&ground).await, 0);
    assert_eq!(claim(&ground).await, None);
}

#[tokio::test]
async fn a_chat_hears_in_order_and_waits_for_nobody_else() {
    let ground = Ground::lay().await;
    for (chat, key) in [(ANI, "a1"), (ANI, "a2"), (BUDI, "b1")] {
        enqueue(&ground, chat, key).await;
    }
    let first = claim(&ground).await.unwrap().notification;
    let other = claim(&ground).await.unwrap().notification;
    assert_eq!((first.chat, other.chat), (ANI, BUDI));
    assert_eq!(claim(&ground).await, None, "the second to Ani waits for the first");
    ground.storage.mark_sent(first.id, 1).await.unwrap();
    let second = claim(&ground).await.unwrap().notification;
    assert_eq!(second.chat, ANI);
    assert!(second.id > first.id);
}

#[tokio::test]
async fn a_retry_waits_its_time_and_what_comes_later_waits_behind_it() {
    let ground = Ground::lay().await;
    enqueue(&ground, ANI, "a1").await;
    enqueue(&ground, ANI, "a2").await;
    let first = claim(&ground).await.unwrap().notification;
    ground.storage.retry_notification(first.id, TimeDelta::minutes(5), "slow down").await.unwrap();
    assert_eq!(claim(&ground).await, None);
    ground.clock.advance(TimeDelta::minutes(5) - TimeDelta::seconds(10));
    assert_eq!(claim(&ground).await, None);
    ground.clock.advance(TimeDelta::seconds(10));
    let again = claim(&ground).await.unwrap().notification;
    assert_eq!((again.id, again.attempts), (first.id, 2));
    ground.storage.give_up_notification(first.id, "blocked").await.unwrap();
    assert_ne!(claim(&ground).await.unwrap().notification.id, first.id, "the next one's turn");
    ground.storage.mark_sent(first.id, 1).await.unwrap();
    let states = ground.database.texts("select state from notifications order by id").await.unwrap();
    assert_eq!(states, ["given_up", "pending"], "what was given up stays so");
}

#[tokio::test]
async fn a_message_that_nobody_can_read_is_given_up_and_the_next_one_goes() {
    let ground = Ground::lay().await;
    for key in ["a1", "a2", "a3"] {
        enqueue(&ground, ANI, key).await;
    }
    let garble = "update notifications set message = '{\"of\":\"another version\"}'
                  where dedupe_key in ('a1', 'a2')";
    assert_eq!(ground.database.execute(garble).await.unwrap(), 2);
    let claimed = claim(&ground).await.expect("the third goes");
    ground.storage.mark_sent(claimed.notification.id, 1).await.unwrap();
    let states = ground.database.texts("select state from notifications order by id").await.unwrap();
    assert_eq!(states, ["given_up", "given_up", "sent"]);
    let failures = "select failure from notifications where state = 'given_up'";
    assert_eq!(ground.database.texts(failures).await.unwrap().len(), 2, "why is kept");
}

#[tokio::test]
async fn a_message_whose_sender_crashed_is_claimed_again() {
    let ground = Ground::lay().await;
    enqueue(&ground, ANI, "a1").await;
    let first = claim(&ground).await.unwrap();
    assert_eq!(claim(&ground).await, None);
    ground.clock.advance(LEASE);
    let again = claim(&ground).await.unwrap();
    assert_eq!(again.notification.id, first.notification.id);
    assert_eq!(again.notification.attempts, 2);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn workers_who_claim_at_once_each_get_a_message_while_there_are_enough() {
    let ground = Ground::lay().await;
    for round in 0..10 {
        for chat in 0..8 {
            enqueue(&ground, TelegramId(chat), &format!("{round} {chat}")).await;
        }
        let claims = (0..8).map(|worker| {
            let storage = ground.storage.clone();
            tokio::spawn(async move { storage.claim_notification(&format!("worker {worker}"), LEASE).await })
        });
        let claimed = join_all(claims).await.into_iter().map(|claim| claim.unwrap().unwrap());
        let mut chats = Vec::new();
        for claim in claimed {
            let notification = claim.expect("a message waits").notification;
            chats.push(notification.chat.0);
            ground.storage.mark_sent(notification.id, 1).await.unwrap();
        }
        chats.sort_unstable();
        assert_eq!(chats, (0..8).collect::<Vec<_>>());
    }
}
