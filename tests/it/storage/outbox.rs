//! Messages that must reach someone: once each, in order, not before their time, chat by chat.

use chrono::TimeDelta;
use futures::future::join_all;
use tautan::domain::apply::Tiding;
use tautan::domain::burst::{Burst, BurstKey};
use tautan::domain::id::{LinkId, NotificationId, TelegramId};
use tautan::domain::notification::{NotificationKind, SellerMessage};
use tautan::domain::order::Order;
use tautan::storage::{ClaimedQueue, QueueClaim, Settlement};

use super::{Ground, LEASE};

const ANI: TelegramId = TelegramId(1);
const BUDI: TelegramId = TelegramId(2);
const WORKER: &str = "worker";

/// Writes a message whose key is its only content.
async fn enqueue(ground: &Ground, chat: TelegramId, key: &str) {
    let message = SellerMessage::SoldOut { link_id: LinkId::generate() };
    write(ground, chat, &message, key).await;
}

async fn write(ground: &Ground, chat: TelegramId, message: &SellerMessage, key: &str) {
    let mut writer = ground.storage.write().await.unwrap();
    writer.enqueue(ground.merchant.id, chat, message, key).await.unwrap();
    writer.commit().await.unwrap();
}

fn about(order: &Order, tiding: Tiding) -> SellerMessage {
    SellerMessage::Order { order_id: order.id, tiding, attempt_id: None, amount_minor: order.amount.minor() }
}

async fn claim_as(ground: &Ground, worker: &str) -> Option<ClaimedQueue> {
    match ground.storage.claim_queue(worker, LEASE).await.unwrap() {
        QueueClaim::Taken(queue) => Some(*queue),
        QueueClaim::Nothing(_) => None,
    }
}

async fn claim(ground: &Ground) -> Option<ClaimedQueue> {
    claim_as(ground, WORKER).await
}

async fn settle(ground: &Ground, chat: TelegramId, settlement: Settlement<'_>) -> bool {
    ground.storage.settle_queue(chat, WORKER, settlement).await.unwrap()
}

async fn tell(ground: &Ground, chat: TelegramId, ids: &[NotificationId]) {
    let told = Settlement::Told { ids, message_id: 5, burst: None, pause: TimeDelta::zero() };
    assert!(settle(ground, chat, told).await);
}

fn ids(queue: &ClaimedQueue) -> Vec<NotificationId> {
    queue.waiting.iter().map(|message| message.notification.id).collect()
}

async fn waiting(ground: &Ground) -> i64 {
    ground.storage.read().await.unwrap().count_waiting_notifications().await.unwrap()
}

async fn states(ground: &Ground) -> Vec<String> {
    ground.database.texts("select state from notifications order by id").await.unwrap()
}

#[tokio::test]
async fn a_key_is_told_once_also_after_it_was_sent() {
    let ground = Ground::lay().await;
    enqueue(&ground, ANI, "paid").await;
    enqueue(&ground, ANI, "paid").await;
    assert_eq!(waiting(&ground).await, 1);
    let claimed = claim(&ground).await.unwrap();
    tell(&ground, ANI, &ids(&claimed)).await;
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
    let first = claim(&ground).await.unwrap();
    let other = claim(&ground).await.unwrap();
    assert_eq!((first.chat, first.waiting.len(), other.chat), (ANI, 2, BUDI));
    assert_eq!(claim(&ground).await, None, "each chat has its worker");
    tell(&ground, ANI, &ids(&first)[..1]).await;
    let second = claim(&ground).await.unwrap();
    assert_eq!((second.chat, ids(&second)), (ANI, ids(&first)[1..].to_vec()));
}

#[tokio::test]
async fn a_retry_waits_its_time_and_what_comes_later_waits_behind_it() {
    let ground = Ground::lay().await;
    enqueue(&ground, ANI, "a1").await;
    let first = claim(&ground).await.unwrap();
    let (tried, wait) = (ids(&first), TimeDelta::minutes(5));
    assert!(settle(&ground, ANI, Settlement::Failed { ids: &tried, failure: "slow down", wait }).await);
    enqueue(&ground, ANI, "a2").await;
    assert_eq!(claim(&ground).await, None);
    ground.clock.advance(TimeDelta::minutes(5) - TimeDelta::seconds(10));
    assert_eq!(claim(&ground).await, None);
    ground.clock.advance(TimeDelta::seconds(10));
    let again = claim(&ground).await.unwrap();
    assert_eq!((ids(&again)[0], again.waiting.len(), again.failures), (tried[0], 2, 1));
    assert!(settle(&ground, ANI, Settlement::GivenUp { ids: &tried, failure: "wrong" }).await);
    let next = claim(&ground).await.unwrap();
    assert_ne!(ids(&next), tried, "the next one's turn");
    tell(&ground, ANI, &tried).await;
    assert_eq!(states(&ground).await, ["given_up", "pending"], "what was given up stays so");
}

#[tokio::test]
async fn a_message_that_nobody_can_read_is_given_up_after_an_hour_and_the_next_one_goes() {
    let ground = Ground::lay().await;
    for key in ["a1", "a2", "a3"] {
        enqueue(&ground, ANI, key).await;
    }
    let garble = "update notifications set message = '{\"of\":\"another version\"}'
                  where dedupe_key in ('a1', 'a2')";
    assert_eq!(ground.database.execute(garble).await.unwrap(), 2);
    assert_eq!(claim(&ground).await, None, "its turn is before the third's");
    ground.clock.advance(TimeDelta::hours(1));
    let claimed = claim(&ground).await.expect("the third goes");
    tell(&ground, ANI, &ids(&claimed)).await;
    assert_eq!(states(&ground).await, ["given_up", "given_up", "sent"]);
    let failures = "select failure from notifications where state = 'given_up'";
    assert_eq!(ground.database.texts(failures).await.unwrap().len(), 2, "why is kept");
}

#[tokio::test]
async fn what_a_newer_replica_wrote_is_left_to_it_and_holds_no_other_chat_up() {
    let ground = Ground::lay().await;
    for (chat, key) in [(ANI, "a1"), (ANI, "a2"), (ANI, "a3"), (BUDI, "b1")] {
        enqueue(&ground, chat, key).await;
    }
    let ours = "select message from notifications where dedupe_key = 'a2'";
    let ours = ground.database.texts(ours).await.unwrap().remove(0);
    let newer = "update notifications set message = '{\"of\":\"a newer version\"}' where dedupe_key = 'a2'";
    ground.database.execute(newer).await.unwrap();
    let first = claim(&ground).await.unwrap();
    assert_eq!(first.waiting.len(), 1, "what stands before it");
    tell(&ground, ANI, &ids(&first)).await;
    let theirs = claim(&ground).await.unwrap();
    assert_eq!(theirs.chat, BUDI);
    tell(&ground, BUDI, &ids(&theirs)).await;
    assert_eq!(claim(&ground).await, None);
    // The newer one reads it; here it is put back into words that this one knows.
    let readable = format!("update notifications set message = '{ours}' where dedupe_key = 'a2'");
    ground.database.execute(&readable).await.unwrap();
    ground.clock.advance(TimeDelta::minutes(1));
    assert_eq!(claim(&ground).await.expect("it is looked at again").waiting.len(), 2);
}

#[tokio::test]
async fn a_chat_whose_worker_crashed_is_claimed_again_and_the_late_one_changes_nothing() {
    let ground = Ground::lay().await;
    enqueue(&ground, ANI, "a1").await;
    let first = claim_as(&ground, "crashed").await.unwrap();
    assert!(ground.storage.renew_queue(ANI, "crashed", LEASE).await.unwrap());
    assert_eq!(claim(&ground).await, None);
    ground.clock.advance(LEASE);
    let again = claim(&ground).await.unwrap();
    assert_eq!(ids(&again), ids(&first));
    let (tried, wait) = (ids(&first), TimeDelta::hours(1));
    for late in [
        Settlement::Failed { ids: &tried, failure: "late", wait },
        Settlement::GivenUp { ids: &tried, failure: "late" },
        Settlement::Unreachable,
        Settlement::Moved(BUDI),
    ] {
        assert!(!ground.storage.settle_queue(ANI, "crashed", late).await.unwrap(), "{late:?}");
    }
    assert!(!ground.storage.renew_queue(ANI, "crashed", LEASE).await.unwrap());
    tell(&ground, ANI, &tried).await;
    assert_eq!(states(&ground).await, ["sent"]);
}

#[tokio::test]
async fn what_comes_while_a_chat_rests_or_is_spoken_in_is_looked_at_at_once() {
    let ground = Ground::lay().await;
    enqueue(&ground, ANI, "a1").await;
    let claimed = claim(&ground).await.unwrap();
    let later = claimed.now + TimeDelta::minutes(1);
    assert!(settle(&ground, ANI, Settlement::Resting(later)).await);
    assert_eq!(claim(&ground).await, None, "nothing new");
    enqueue(&ground, ANI, "a2").await;
    assert_eq!(claim(&ground).await.expect("something new").waiting.len(), 2);
    enqueue(&ground, ANI, "a3").await;
    assert!(settle(&ground, ANI, Settlement::Resting(later)).await);
    assert_eq!(claim(&ground).await.expect("it came meanwhile").waiting.len(), 3);
}

#[tokio::test]
async fn a_held_chat_is_left_alone_by_whoever_starts_next() {
    let ground = Ground::lay().await;
    enqueue(&ground, ANI, "a1").await;
    ground.storage.hold_chat(ANI, TimeDelta::minutes(2)).await.unwrap();
    ground.storage.hold_chat(ANI, TimeDelta::minutes(1)).await.unwrap();
    enqueue(&ground, ANI, "a2").await;
    ground.clock.advance(TimeDelta::seconds(100));
    assert_eq!(claim(&ground).await, None);
    let standing = ground.storage.read().await.unwrap().chat_standing(ANI).await.unwrap().unwrap();
    assert!(standing.held_until.is_some() && !standing.is_unreachable);
    ground.clock.advance(TimeDelta::seconds(20));
    assert!(claim(&ground).await.is_some());
}

#[tokio::test]
async fn who_is_gone_is_not_tried_until_someone_is_there_again() {
    let ground = Ground::lay().await;
    enqueue(&ground, ANI, "a1").await;
    claim(&ground).await.unwrap();
    assert!(settle(&ground, ANI, Settlement::Unreachable).await);
    enqueue(&ground, ANI, "a2").await;
    ground.clock.advance(TimeDelta::days(30));
    assert_eq!((claim(&ground).await, waiting(&ground).await), (None, 0));
    ground.storage.welcome_back(ANI).await.unwrap();
    // What is written in the very millisecond of the return counts as missed.
    ground.clock.advance(TimeDelta::milliseconds(1));
    enqueue(&ground, ANI, "a3").await;
    let back = claim(&ground).await.expect("all that waits");
    let returned_at = back.returned_at.expect("the return");
    let missed = back.waiting.iter().filter(|message| message.notification.created_at <= returned_at).count();
    assert_eq!((back.waiting.len(), missed, waiting(&ground).await), (3, 2, 3));
}

#[tokio::test]
async fn a_group_that_moved_is_told_where_it_is() {
    let ground = Ground::lay().await;
    let (old, new, newest) = (TelegramId(-1), TelegramId(-1_001), TelegramId(-1_002));
    enqueue(&ground, old, "a1").await;
    let first = claim(&ground).await.unwrap();
    assert!(settle(&ground, old, Settlement::Moved(new)).await);
    enqueue(&ground, old, "a2").await;
    let moved = claim(&ground).await.unwrap();
    assert_eq!((moved.chat, moved.waiting.len(), ids(&moved)[0]), (new, 2, ids(&first)[0]));
    assert!(settle(&ground, new, Settlement::Moved(newest)).await);
    enqueue(&ground, old, "a3").await;
    let moved = claim(&ground).await.unwrap();
    assert_eq!((moved.chat, moved.waiting.len()), (newest, 3));
}

#[tokio::test]
async fn a_burst_is_remembered_and_its_lines_are_those_of_its_message() {
    let ground = Ground::lay().await;
    let link = ground.write_link(|_| {}).await;
    let order = ground.write_order(&link).await;
    write(&ground, ANI, &about(&order, Tiding::Paid), "paid").await;
    let claimed = claim(&ground).await.unwrap();
    assert_eq!(claimed.waiting[0].order.as_ref().unwrap().code, order.code);
    let key =
        BurstKey { merchant_id: ground.merchant.id, mode: order.mode, currency: order.amount.currency() };
    let burst = Burst::after_list(key, 77, 1, claimed.now);
    let told = Settlement::Told {
        ids: &ids(&claimed),
        message_id: 77,
        burst: Some(burst),
        pause: TimeDelta::zero(),
    };
    assert!(settle(&ground, ANI, told).await);
    write(&ground, ANI, &about(&order, Tiding::Reversed), "reversed").await;
    let next = claim(&ground).await.unwrap();
    assert_eq!(next.bursts.len(), 1);
    assert_eq!((next.bursts[0].key, next.bursts[0].list.unwrap().message_id), (key, 77));
    let lines = ground.storage.read().await.unwrap().told_by_message(ANI, 77).await.unwrap();
    assert_eq!(lines, claimed.waiting);
}

#[tokio::test]
async fn a_payment_of_an_order_that_was_spoken_of_before_stands_alone() {
    let ground = Ground::lay().await;
    let link = ground.write_link(|_| {}).await;
    let order = ground.write_order(&link).await;
    for (tiding, key) in [(Tiding::Paid, "1"), (Tiding::Reversed, "2"), (Tiding::Paid, "3")] {
        write(&ground, ANI, &about(&order, tiding), key).await;
    }
    write(&ground, BUDI, &about(&order, Tiding::Paid), "4").await;
    let kinds = |queue: ClaimedQueue| -> Vec<NotificationKind> {
        queue.waiting.iter().map(|message| message.notification.kind).collect()
    };
    let (ani, budi) = (claim(&ground).await.unwrap(), claim(&ground).await.unwrap());
    use NotificationKind::{Decision, Payment};
    assert_eq!((kinds(ani), kinds(budi)), (vec![Payment, Decision, Decision], vec![Payment]));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn workers_who_claim_at_once_each_get_a_chat_while_there_are_enough() {
    let ground = Ground::lay().await;
    for round in 0..10 {
        for chat in 0..8 {
            enqueue(&ground, TelegramId(chat), &format!("{round} {chat}")).await;
        }
        let claims = (0..8).map(|_| {
            let storage = ground.storage.clone();
            tokio::spawn(async move { storage.claim_queue(WORKER, LEASE).await })
        });
        let mut chats = Vec::new();
        for claim in join_all(claims).await {
            let QueueClaim::Taken(queue) = claim.unwrap().unwrap() else { panic!("a message waits") };
            chats.push(queue.chat.0);
            tell(&ground, queue.chat, &ids(&queue)).await;
        }
        chats.sort_unstable();
        assert_eq!(chats, (0..8).collect::<Vec<_>>());
    }
}
