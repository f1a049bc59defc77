//! What the gateway sends is a hint: repeated, reordered, late, lost, forged or wrong, the truth is asked for.

use chrono::TimeDelta;
use serde_json::{Value, json};
use sha2::{Digest, Sha512};
use tautan::domain::order::OrderState;
use tautan::simulator::midtrans::{Conduct, Endpoint, Misbehaviour, Signing};

use crate::support::customer::Customer;
use crate::support::seller::Seller;
use crate::support::test_app::{SERVER_KEY, TestApp};

const HOOK: &str = "webhooks/midtrans/sandbox";

#[tokio::test(flavor = "multi_thread")]
async fn the_settlement_may_arrive_before_the_news_that_someone_is_paying() {
    let app = TestApp::start().await;
    let ani = app.ani();
    let link = ani.makes_a_link("kaos hitam 150rb x3").await;
    app.bank.misbehave(Misbehaviour::once(Endpoint::Notice, Conduct::Reorder));
    let mut budi = app.customer();
    budi.orders(&link, "Budi", "BCA Virtual Account").await;
    budi.pays().await;
    ani.reads("dari Budi").await;
    app.settles().await;
    assert_eq!(ani.count("dari Budi"), 1);
    assert_eq!(app.order(&budi).await.order.state, OrderState::Paid);
    assert_eq!(app.units(&link).await, (1, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn notices_that_come_hours_late_change_nothing_that_is_known() {
    let (app, ani, mut budi) = a_customer_who_pays().await;
    app.bank.misbehave(Misbehaviour::once(Endpoint::Notice, Conduct::Hold));
    budi.pays().await;
    app.advance(TimeDelta::minutes(10));
    budi.waits_for("Lunas. Terima kasih!").await;
    app.settles().await;
    app.advance(TimeDelta::hours(5));
    app.bank.release_notices();
    app.settles().await;
    assert_eq!(ani.count("dari Budi"), 1, "{}", ani.phone.transcript());
    assert_eq!(app.order(&budi).await.order.state, OrderState::Paid);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_notice_that_never_comes_is_not_needed() {
    let (app, ani, mut budi) = a_customer_who_pays().await;
    app.bank.misbehave(Misbehaviour::once(Endpoint::Notice, Conduct::Drop));
    budi.pays().await;
    app.settles().await;
    assert_eq!(app.order(&budi).await.order.state, OrderState::Awaiting, "nobody has asked yet");
    app.advance(TimeDelta::minutes(10));
    budi.waits_for("Lunas. Terima kasih!").await;
    let notice = ani.reads("dari Budi").await;
    assert!(!notice.text.contains("terlambat"), "{}", notice.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_forged_notice_is_refused_and_asks_for_nothing() {
    let (app, ani, budi) = a_customer_who_pays().await;
    let id = budi.gateway_order_id().await;
    app.settles().await;
    let asked = app.bank_was_asked("/status");
    app.bank.set_retry_schedule(Vec::new());
    let claim = json!({ "transaction_status": "settlement", "status_code": "200" });
    app.bank.forge_notice(&id, claim, Signing::Forged).unwrap();
    app.settles().await;
    assert_eq!(app.notice_answers().last(), Some(&Some(401)));
    assert_eq!(app.bank_was_asked("/status"), asked, "a forger makes nobody work");
    assert_eq!(app.order(&budi).await.order.state, OrderState::Awaiting);
    assert_eq!(ani.count("dari Budi"), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_genuine_signature_proves_no_status() {
    let (app, ani, budi) = a_customer_who_pays().await;
    let id = budi.gateway_order_id().await;
    let claim = json!({ "transaction_status": "settlement", "status_code": "200" });
    app.bank.forge_notice(&id, claim, Signing::Genuine).unwrap();
    app.settles().await;
    assert_eq!(app.notice_answers().last(), Some(&Some(200)));
    assert_eq!(app.order(&budi).await.order.state, OrderState::Awaiting, "the pull said pending");
    assert_eq!(ani.count("dari Budi"), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bank_that_comes_to_its_senses_is_believed() {
    let (app, ani, mut budi) = a_customer_who_pays().await;
    let conduct = Conduct::alter(json!({ "gross_amount": "1.00" }));
    app.bank.misbehave(Misbehaviour::once(Endpoint::Status, conduct).times(100));
    budi.pays().await;
    budi.waits_for("Pembayaran Anda sedang diperiksa.").await;
    app.bank.behave();
    app.advance(TimeDelta::minutes(10));
    budi.waits_for("Lunas. Terima kasih!").await;
    ani.reads("dari Budi").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_genuine_notice_about_a_charge_that_is_not_ours_is_kept_as_an_orphan() {
    let app = TestApp::start().await;
    let link = app.ani().makes_a_link("kaos hitam 150rb").await;
    let notice = signed("someone-elses-1", "200", "150000.00");
    for _ in 0..2 {
        let answer = app.request("POST", HOOK).json(&notice).send().await.unwrap();
        assert_eq!(answer.status(), 200);
        assert_eq!(answer.text().await.unwrap(), "");
    }
    assert_eq!(app.units(&link).await, (0, 0));
    assert_eq!(app.bank_was_asked("/status"), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_notice_is_refused_by_its_shape() {
    let app = TestApp::start().await;
    let genuine = signed("someone-elses-1", "200", "150000.00").to_string();
    let twice = genuine.replacen('{', "{\"order_id\":\"first\",", 1);
    let long = format!("{{\"filler\":\"{}\"}}", "a".repeat(300 * 1024));
    let json = Some("application/json");
    let cases = [
        ("an array", json, "[]".to_owned(), 400),
        ("a field twice", json, twice, 400),
        ("half a body", json, genuine[..20].to_owned(), 400),
        ("300 KB", json, long, 413),
        ("a form", Some("application/x-www-form-urlencoded"), "order_id=1".to_owned(), 415),
        ("a text", Some("text/plain"), genuine.clone(), 415),
    ];
    for (what, content_type, body, status) in cases {
        let mut request = app.request("POST", HOOK);
        if let Some(content_type) = content_type {
            request = request.header("content-type", content_type);
        }
        assert_eq!(request.body(body).send().await.unwrap().status(), status, "{what}");
    }
    let packed = app.request("POST", HOOK).header("content-type", "application/json");
    let packed = packed.header("content-encoding", "gzip").body("\u{1f}").send().await.unwrap();
    assert_eq!(packed.status(), 415);
    assert_eq!(app.request("GET", HOOK).send().await.unwrap().status(), 405);
    let elsewhere = app.request("POST", "webhooks/midtrans/nobody").json(&json!({})).send().await.unwrap();
    assert_eq!(elsewhere.status(), 404);
    let unsigned = json!({ "order_id": "x-1", "status_code": "200", "gross_amount": "1.00" });
    assert_eq!(app.request("POST", HOOK).json(&unsigned).send().await.unwrap().status(), 401);
}

/// A link for anyone, and Budi before its BCA number.
async fn a_customer_who_pays() -> (TestApp, Seller, Customer) {
    let app = TestApp::start().await;
    let ani = app.ani();
    let link = ani.makes_a_link("kaos hitam 150rb").await;
    let mut budi = app.customer();
    budi.orders(&link, "Budi", "BCA Virtual Account").await;
    app.settles().await;
    (app, ani, budi)
}

/// A notice as Midtrans signs it.
fn signed(order_id: &str, code: &str, amount: &str) -> Value {
    let signature = hex::encode(Sha512::digest(format!("{order_id}{code}{amount}{SERVER_KEY}")));
    json!({
        "order_id": order_id, "status_code": code, "gross_amount": amount, "currency": "IDR",
        "transaction_status": "settlement", "transaction_id": "a", "signature_key": signature,
    })
}
