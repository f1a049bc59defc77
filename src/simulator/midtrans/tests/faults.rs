//! Requests that go wrong on purpose.

use serde_json::{Value, json};

use super::super::{Conduct, Endpoint, Misbehaviour};
use super::{Scene, va};

#[tokio::test]
async fn an_answer_can_fail_before_or_after_the_charge_was_accepted() {
    let scene = Scene::set().await;
    let plan = |conduct| scene.simulator().misbehave(Misbehaviour::once(Endpoint::Charge, conduct));
    let send = |order: &'static str| scene.post("/v2/charge").json(&va("bca", order)).send();
    let exists = |order: &str| scene.simulator().transaction(order).is_some();

    plan(Conduct::ServerError { status: 503 });
    assert_eq!(send("E-1").await.unwrap().status(), 503);
    plan(Conduct::TooManyRequests);
    assert_eq!(send("E-1").await.unwrap().status(), 429);
    assert!(!exists("E-1"));

    plan(Conduct::ServerErrorAfterAcceptance { status: 500 });
    assert_eq!(send("E-2").await.unwrap().status(), 500);
    plan(Conduct::GarbageJson);
    assert!(send("E-3").await.unwrap().json::<Value>().await.is_err());
    plan(Conduct::CutAfterAcceptance);
    let cut = send("E-4").await;
    assert!(cut.is_err() || cut.unwrap().bytes().await.is_err());
    assert!(exists("E-2") && exists("E-3") && exists("E-4"));
    assert_eq!(send("E-5").await.unwrap().status(), 200, "each fault struck once");
}

#[tokio::test]
async fn a_status_answer_can_lie() {
    let scene = Scene::set().await;
    scene.charge(&va("bca", "E-6")).await;
    let lie = Conduct::alter(json!({"gross_amount": "1.00", "currency": "USD", "merchant_id": null}));
    let lie = Misbehaviour::once(Endpoint::Status, lie).for_order("E-6").times(2);
    scene.simulator().misbehave(lie);
    for _ in 0..2 {
        let status = scene.status("E-6").await;
        assert_eq!((&status["gross_amount"], &status["currency"]), (&json!("1.00"), &json!("USD")));
        assert!(status.get("merchant_id").is_none());
    }
    assert_eq!(scene.status("E-6").await["gross_amount"], "50000.00");
}

#[tokio::test]
async fn a_held_charge_is_served_on_release_and_its_twin_is_told_to_wait() {
    let scene = Scene::set().await;
    scene.simulator().misbehave(Misbehaviour::once(Endpoint::Charge, Conduct::Hang));
    let send = || scene.post("/v2/charge").header("Idempotency-Key", "k").json(&va("bca", "H-1")).send();
    let held = send();
    let release = async {
        scene.simulator().wait_until_hanging(1).await;
        assert_eq!(send().await.unwrap().status(), 202);
        assert!(scene.simulator().transaction("H-1").is_none());
        scene.simulator().release_hangs();
    };
    let (answer, ()) = tokio::join!(held, release);
    let answer = answer.unwrap().json::<Value>().await.unwrap();
    assert_eq!(answer["status_code"], "201");
    assert_eq!(send().await.unwrap().json::<Value>().await.unwrap(), answer);
}

#[tokio::test]
async fn a_caller_who_leaves_before_the_release_was_never_served() {
    let scene = Scene::set().await;
    scene.simulator().misbehave(Misbehaviour::once(Endpoint::Charge, Conduct::Hang));
    let held = tokio::spawn(scene.post("/v2/charge").json(&va("bca", "H-2")).send());
    scene.simulator().wait_until_hanging(1).await;
    held.abort();
    let mut bell = scene.simulator().inner.bell.subscribe();
    while scene.simulator().books(|books| books.hanging) > 0 {
        bell.changed().await.unwrap();
    }
    scene.simulator().release_hangs();
    assert!(scene.simulator().transaction("H-2").is_none());
}

#[tokio::test]
async fn charges_beyond_the_limit_are_turned_away_for_a_minute() {
    let scene = Scene::set().await;
    scene.simulator().limit_charges(Some(1));
    assert_eq!(scene.charge(&va("bca", "L-1")).await["status_code"], "201");
    assert_eq!(scene.charge(&va("bca", "L-2")).await["status_code"], "429");
    scene.simulator().advance(std::time::Duration::from_secs(61));
    assert_eq!(scene.charge(&va("bca", "L-2")).await["status_code"], "201");
}
