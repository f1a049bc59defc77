//! T10: money that is not exactly what we asked for, where we asked for it, pays nothing.

#![expect(clippy::unwrap_used, reason = "a story that cannot go on fails")]

use serde_json::{Value, json};
use tautan::domain::alert::AlertKind;
use tautan::domain::order::OrderState;
use tautan::simulator::midtrans::{Conduct, Direction, Endpoint, Misbehaviour};

use super::Promise;
use crate::support::customer::Customer;
use crate::support::test_app::{Options, TestApp};

/// What the bank's answer says instead of the truth.
fn lies() -> Vec<Value> {
    vec![
        json!({ "gross_amount": "150001.00" }),
        json!({ "gross_amount": "149999.00" }),
        json!({ "gross_amount": "150000.01" }),
        json!({ "gross_amount": "15000000.00" }),
        json!({ "gross_amount": "1500.00" }),
        json!({ "gross_amount": "-150000.00" }),
        json!({ "gross_amount": null }),
        json!({ "currency": "USD" }),
        json!({ "currency": "XXX" }),
        json!({ "currency": null }),
        json!({ "merchant_id": "G999999999" }),
        json!({ "merchant_id": null }),
        json!({ "transaction_id": "00000000-0000-4000-8000-000000000000" }),
        json!({ "transaction_id": null }),
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn t10_wrong_money_pays_nothing_and_is_told_once() {
    let mut promise =
        Promise::new(10, "wrong amount, currency, merchant or transaction: 0 paid, 1 alert each");
    let app = TestApp::start().await;
    let ani = app.ani();
    let link = ani.makes_a_link("kaos hitam 150rb").await;
    let (mut paid, mut alerts) = (0, 0);
    for (index, lie) in lies().into_iter().enumerate() {
        let mut customer = app.customer();
        customer.orders(&link, &format!("Budi {index}"), "BCA Virtual Account").await;
        let id = customer.gateway_order_id().await;
        app.settles().await;
        let conduct = Conduct::alter(lie.clone());
        app.bank.misbehave(Misbehaviour::once(Endpoint::Status, conduct).times(100).for_order(id.as_str()));
        customer.pays().await;
        // Asked twice, it is still one alert.
        app.bank.send_notice_again(&id).unwrap();
        app.settles().await;
        let order = app.order(&customer).await.order;
        paid += usize::from(order.state.has_seen_money());
        alerts += count_alerts(&app, AlertKind::Mismatch, &id).await;
        assert_eq!(order.state, OrderState::Awaiting, "{lie}");
        assert!(order.flags.mismatch, "{lie} is flagged");
        customer.reloads().await;
        let page = customer.page.text();
        assert!(page.contains("Pembayaran Anda sedang diperiksa."), "{lie}: {page}");
    }
    let told = lies().len();
    promise.measured(format!("{told} lies of the bank: {paid} paid, {alerts} alerts"));
    assert_eq!((paid, alerts), (0, told));
    assert_eq!(ani.count("dari Budi"), 0, "{}", ani.phone.transcript());
    assert_eq!(app.units(&link).await, (0, i64::try_from(told).unwrap()));
    assert!(app.database().texts("select kind from ledger_entries").await.unwrap().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn t10_practice_money_and_live_money_are_never_mixed() {
    let mut promise = Promise::new(10, "sandbox and live mixed: 0 paid, 1 alert");
    // Both accounts have one key here, so that even the signature fits.
    let app = TestApp::start_with(Options { live_account: true, ..Options::default() }).await;
    let ani = app.ani();
    let link = ani.makes_a_link("kaos hitam 150rb").await;
    let mut budi = app.customer();
    budi.orders(&link, "Budi", "BCA Virtual Account").await;
    let id = budi.gateway_order_id().await;
    app.settles().await;
    app.bank.misbehave(Misbehaviour::once(Endpoint::Notice, Conduct::Drop));
    budi.pays().await;
    let hook = the_other_account(&app, &budi).await;
    let journal = app.bank.journal();
    let notice = &journal.iter().rfind(|entry| entry.direction == Direction::Dropped).unwrap().body;
    let asked = app.bank_was_asked("/status");
    for _ in 0..2 {
        let request = app.request("POST", &hook).header("content-type", "application/json");
        assert_eq!(request.body(notice.clone()).send().await.unwrap().status(), 200);
    }
    app.settles().await;
    let order = app.order(&budi).await.order;
    let alerts = count_alerts(&app, AlertKind::OrphanNotice, &id).await;
    promise.measured(format!("{} paid, {alerts} alert", usize::from(order.state.has_seen_money())));
    assert_eq!(order.state, OrderState::Awaiting, "{hook} says nothing about this charge");
    assert_eq!(alerts, 1);
    assert_eq!(app.bank_was_asked("/status"), asked, "nobody was asked because of it");
    assert_eq!(ani.count("dari Budi"), 0);
}

/// Where the notices of the account go that did not make the charge.
async fn the_other_account(app: &TestApp, customer: &Customer) -> String {
    let own = &app.attempts(customer).await[0].account;
    let other = if own.0 == "sandbox" { "live" } else { "sandbox" };
    format!("webhooks/midtrans/{other}")
}

async fn count_alerts(app: &TestApp, kind: AlertKind, id: &str) -> usize {
    let alerts = app.services().alerts().await.unwrap();
    alerts.iter().filter(|alert| alert.kind == kind && alert.subject.contains(id)).count()
}
