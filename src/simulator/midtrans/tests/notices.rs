//! Notices: when they go out, where to, how often and in what order.

use std::time::Duration;

use serde_json::json;

use super::super::{Conduct, Direction, Endpoint, Misbehaviour, Signing};
use super::{KEY, Scene, Shop, assert_signed, of_type, va};

#[tokio::test]
async fn each_status_is_told_in_order_and_signed() {
    let scene = Scene::set().await;
    scene.charge(&va("permata", "N-1")).await;
    scene.simulator().pay("N-1").await.unwrap();
    scene.simulator().reverse("N-1").await.unwrap();
    scene.simulator().deliver_all().await;
    assert_eq!(scene.shop.statuses(), ["pending", "settlement", "deny"]);
    for notice in scene.shop.received.lock().unwrap().iter() {
        assert_signed(notice);
        assert_eq!(notice["status_message"], "midtrans payment notification");
    }
    let sent =
        scene.simulator().journal().into_iter().find(|entry| entry.direction == Direction::Sent).unwrap();
    assert_eq!((sent.answer_status, sent.headers["user-agent"].as_str()), (Some(200), "Veritrans"));
}

#[tokio::test]
async fn only_some_methods_reverse_unless_all_may() {
    let scene = Scene::set().await;
    scene.charge(&va("bca", "N-2")).await;
    scene.simulator().pay("N-2").await.unwrap();
    assert!(scene.simulator().reverse("N-2").await.is_err());
    scene.simulator().let_any_method_reverse();
    scene.simulator().reverse("N-2").await.unwrap();
}

#[tokio::test]
async fn a_header_names_other_addresses() {
    let scene = Scene::set().await;
    let (second, third) = (Shop::open().await, Shop::open().await);
    let override_ = format!("{},{}", second.url, third.url);
    let request = scene.post("/v2/charge").header("X-Override-Notification", override_);
    request.header("X-Append-Notification", &scene.shop.url).json(&va("bca", "N-3")).send().await.unwrap();
    let request = scene.post("/v2/charge").header("X-Append-Notification", &third.url);
    request.json(&va("bca", "N-4")).send().await.unwrap();
    scene.simulator().deliver_all().await;
    let counts = [&scene.shop, &second, &third].map(|shop| shop.statuses().len());
    assert_eq!(counts, [1, 1, 2]);
}

#[tokio::test]
async fn time_expires_a_charge_and_tells_it() {
    let scene = Scene::set().await;
    let mut body = va("bca", "N-5");
    body["custom_expiry"] = json!({"expiry_duration": 20, "unit": "second"});
    scene.charge(&body).await;
    scene.simulator().advance(Duration::from_secs(21));
    scene.simulator().deliver_all().await;
    assert_eq!(scene.shop.statuses(), ["pending", "expire"]);
    assert_eq!(scene.shop.last()["status_code"], "202");
    assert!(scene.simulator().pay("N-5").await.is_err());
}

#[tokio::test]
async fn a_failed_notice_is_repeated_as_often_as_its_answer_deserves() {
    let scene = Scene::set().await;
    scene.simulator().set_retry_schedule(vec![Duration::from_millis(1); 5]);
    for (answer, deliveries) in [(500, 2), (400, 3), (503, 5), (418, 6), (302, 1), (204, 1)] {
        scene.shop.received.lock().unwrap().clear();
        *scene.shop.answers.lock().unwrap() = vec![answer; deliveries];
        scene.charge(&va("bca", &format!("N-6-{answer}"))).await;
        scene.simulator().deliver_all().await;
        assert_eq!(scene.shop.statuses().len(), deliveries, "after {answer}");
    }
}

#[tokio::test]
async fn a_repetition_follows_the_moved_clock_and_holds_nobody_up() {
    let scene = Scene::set().await;
    scene.shop.answers.lock().unwrap().push(500);
    scene.charge(&va("bca", "N-7")).await;
    scene.simulator().deliver_all().await;
    scene.simulator().pay("N-7").await.unwrap();
    scene.simulator().deliver_all().await;
    scene.simulator().advance(Duration::from_secs(120));
    scene.simulator().deliver_all().await;
    assert_eq!(scene.shop.statuses(), ["pending", "settlement", "pending"]);
}

#[tokio::test]
async fn a_refund_is_told_twice_and_confirmed_the_second_time() {
    let scene = Scene::set().await;
    scene.charge(&of_type("gopay", "N-8")).await;
    scene.simulator().pay("N-8").await.unwrap();
    scene.simulator().refund("N-8", 10_000).await.unwrap();
    scene.simulator().deliver_all().await;
    assert_eq!(scene.shop.statuses(), ["pending", "settlement", "partial_refund", "partial_refund"]);
    let received = scene.shop.received.lock().unwrap().clone();
    assert!(received[2]["refunds"][0].get("bank_confirmed_at").is_none());
    assert!(received[3]["refunds"][0]["bank_confirmed_at"].is_string());
}

#[tokio::test]
async fn notices_can_be_doubled_reordered_held_dropped_and_forged() {
    let scene = Scene::set().await;
    let simulator = scene.simulator();
    let notice = |conduct| Misbehaviour::once(Endpoint::Notice, conduct);

    simulator.misbehave(notice(Conduct::Duplicate { copies: 2 }));
    scene.charge(&va("bca", "F-1")).await;
    simulator.deliver_all().await;
    assert_eq!(scene.shop.statuses(), ["pending", "pending", "pending"]);

    simulator.misbehave(notice(Conduct::Reorder));
    scene.charge(&va("bca", "F-2")).await;
    simulator.pay("F-2").await.unwrap();
    simulator.deliver_all().await;
    assert_eq!(scene.shop.statuses()[3..], ["settlement", "pending"]);

    simulator.misbehave(notice(Conduct::Hold));
    simulator.misbehave(notice(Conduct::Drop));
    scene.charge(&va("bca", "F-3")).await;
    simulator.pay("F-3").await.unwrap();
    simulator.deliver_all().await;
    assert_eq!(scene.shop.statuses().len(), 5);
    simulator.release_notices();
    simulator.deliver_all().await;
    assert_eq!(scene.shop.statuses()[5..], ["pending"]);

    simulator.misbehave(notice(Conduct::ForgeSignature).for_order("F-4"));
    scene.charge(&va("bca", "F-4")).await;
    simulator.deliver_all().await;
    let forged = scene.shop.last();
    assert_ne!(forged["signature_key"], super::sign("F-4", "201", "50000.00", KEY));
}

#[tokio::test]
async fn a_notice_can_be_sent_again_or_made_up() {
    let scene = Scene::set().await;
    scene.charge(&va("bca", "N-9")).await;
    scene.simulator().send_notice_again("N-9").unwrap();
    let lie = json!({"transaction_status": "settlement", "status_code": "200"});
    scene.simulator().forge_notice("N-9", lie, Signing::Genuine).unwrap();
    scene.simulator().deliver_all().await;
    assert_eq!(scene.shop.statuses(), ["pending", "pending", "settlement"]);
    assert_signed(&scene.shop.last());
    assert_eq!(scene.status("N-9").await["transaction_status"], "pending");
    assert!(scene.simulator().send_notice_again("unknown").is_err());
}
