//! The people who run the instance hear of each trouble once.

#![expect(clippy::unwrap_used, reason = "a story that cannot go on fails")]

use chrono::TimeDelta;
use serde_json::json;
use sha2::{Digest, Sha512};
use tautan::domain::alert::{AlertKind, KeptAlert};
use tautan::domain::id::TelegramId;
use tautan::simulator::midtrans::{Conduct, Endpoint, Misbehaviour};

use crate::support::customer::Customer;
use crate::support::seller::Seller;
use crate::support::test_app::{Options, SERVER_KEY, TestApp};
use crate::support::test_shop::TestShop;

/// The first person of each story.
const ADMIN: TelegramId = TelegramId(500_001);

async fn app_with_an_admin() -> (TestApp, Seller, Customer) {
    let app = TestApp::start_with(Options { admins: vec![ADMIN], ..Options::default() }).await;
    let sam = app.sam();
    let link = sam.makes_a_link("black shirt 150k").await;
    let mut budi = app.customer();
    budi.orders(&link, "Budi", "BCA Virtual Account").await;
    app.settles().await;
    (app, sam, budi)
}

async fn alerts(app: &TestApp) -> Vec<KeptAlert> {
    app.services().alerts().await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn money_that_does_not_fit_its_charge_is_told_once_however_often_it_is_seen() {
    let (app, sam, budi) = app_with_an_admin().await;
    let id = budi.gateway_order_id().await;
    let conduct = Conduct::alter(json!({ "gross_amount": "1.00" }));
    app.bank.misbehave(Misbehaviour::once(Endpoint::Status, conduct).times(100));
    budi.pays().await;
    app.settles().await;
    for _ in 0..3 {
        app.advance(TimeDelta::minutes(10));
        app.settles().await;
    }
    let told = sam.reads("does not fit its charge").await;
    assert!(told.text.contains(&id), "{}", told.text);
    assert_eq!(sam.count("does not fit its charge"), 1, "{}", sam.phone.transcript());
    let kept = alerts(&app).await;
    assert_eq!(kept.len(), 1, "{kept:?}");
    assert_eq!((kept[0].kind, &kept[0].subject), (AlertKind::Mismatch, &id));
    assert!(kept[0].seen >= 3 && kept[0].told_at.is_some(), "{kept:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_key_is_told_once_a_day() {
    let (app, sam, _budi) = app_with_an_admin().await;
    let conduct = Conduct::alter(json!({ "status_code": "401" }));
    app.bank.misbehave(Misbehaviour::once(Endpoint::Status, conduct).times(1000));
    app.advance(TimeDelta::minutes(10));
    app.settles().await;
    sam.reads("refuses the key of account sandbox").await;
    app.advance(TimeDelta::days(1));
    app.settles().await;
    app.bank.behave();
    app.advance(TimeDelta::minutes(10));
    app.settles().await;
    let refused: Vec<_> =
        alerts(&app).await.into_iter().filter(|alert| alert.kind == AlertKind::KeyRefused).collect();
    assert_eq!(refused.len(), 2, "{refused:?}");
    assert_eq!(sam.count("refuses the key"), 2, "{}", sam.phone.transcript());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_gateway_that_is_silent_for_a_day_after_the_end_of_a_hold_is_told() {
    let (app, sam, _budi) = app_with_an_admin().await;
    app.bank.misbehave(
        Misbehaviour::once(Endpoint::AnyRequest, Conduct::ServerError { status: 503 }).times(10_000),
    );
    app.advance(TimeDelta::hours(25));
    app.settles().await;
    assert_eq!(sam.count("has not said how charges"), 0, "{}", sam.phone.transcript());
    app.advance(TimeDelta::hours(24));
    app.settles().await;
    sam.reads("has not said how charges of account sandbox ended").await;
    app.bank.behave();
    app.advance(TimeDelta::minutes(10));
    app.settles().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refund_that_the_gateway_agreed_to_and_never_shows_is_told_once() {
    let app = TestApp::start_with(Options { admins: vec![ADMIN], ..Options::default() }).await;
    let sam = app.sam();
    let link = sam.makes_a_link("black shirt 150k").await;
    let mut budi = app.customer();
    budi.orders(&link, "Budi", "QRIS").await;
    budi.pays().await;
    sam.reads("from Budi").await;
    // What it says of the charge stays what it was before.
    let fields = json!({ "transaction_status": "settlement", "refund_amount": null, "refunds": null });
    let conduct = Conduct::alter(fields);
    app.bank.misbehave(Misbehaviour::once(Endpoint::Status, conduct).times(100_000));
    for button in ["This order", "Give money back", "Yes, give it back"] {
        sam.presses(button).await;
    }
    app.settles().await;
    app.advance(TimeDelta::hours(23));
    app.settles().await;
    assert_eq!(sam.count("asked a day ago to give money back"), 0, "{}", sam.phone.transcript());
    for _ in 0..4 {
        app.advance(TimeDelta::hours(7));
        app.settles().await;
    }
    let told = sam.reads("asked a day ago to give money back").await;
    assert!(told.text.contains(&budi.gateway_order_id().await), "{}", told.text);
    assert_eq!(sam.count("asked a day ago to give money back"), 1, "{}", sam.phone.transcript());
    // When it shows up after all, the books follow.
    app.bank.behave();
    app.advance(TimeDelta::hours(7));
    sam.reads("went back to Budi").await;
    app.settles().await;
    assert_eq!(app.ledger_sum(&budi).await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_notice_of_an_unknown_charge_is_told_when_it_looks_like_ours() {
    let (app, sam, _budi) = app_with_an_admin().await;
    for order_id in ["someone-elses-1", "INV-7-abcdefghij234", "INV-7-abcdefghij234"] {
        let signature = hex::encode(Sha512::digest(format!("{order_id}200150000.00{SERVER_KEY}")));
        let notice = json!({
            "order_id": order_id, "status_code": "200", "gross_amount": "150000.00", "currency": "IDR",
            "transaction_status": "settlement", "transaction_id": "a", "signature_key": signature,
        });
        let answer = app.request("POST", "webhooks/midtrans/sandbox").json(&notice).send().await.unwrap();
        assert_eq!(answer.status(), 200);
    }
    sam.reads("names a charge that is unknown here: INV-7-abcdefghij234").await;
    app.settles().await;
    assert_eq!(sam.count("unknown here"), 1);
    assert_eq!(alerts(&app).await.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn books_that_do_not_fit_are_told_with_the_first_bad_row() {
    let (app, sam, budi) = app_with_an_admin().await;
    budi.pays().await;
    app.settles().await;
    assert!(app.services().watch_books().await.unwrap());
    app.database().execute("update payment_links set used = used + 1").await.unwrap();
    for _ in 0..2 {
        assert!(!app.services().watch_books().await.unwrap());
    }
    sam.reads("The books do not fit: payment_links").await;
    app.settles().await;
    assert_eq!(sam.count("used is 2, but 1 order use a unit"), 1, "{}", sam.phone.transcript());
    app.database().execute("update payment_links set used = used - 1").await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn an_alert_without_an_admin_waits_for_one() {
    let app = TestApp::start().await;
    let ani = app.ani();
    ani.makes_a_link("kaos hitam 150rb").await;
    app.database().execute("update payment_links set used = 1").await.unwrap();
    assert!(!app.services().watch_books().await.unwrap());
    assert_eq!(alerts(&app).await[0].told_at, None);
    assert!(!app.services().tell_untold_alert().await.unwrap());
    let token = app.services().claim_token().await.unwrap().unwrap();
    app.services().accept_invitation(ADMIN, &token).await.unwrap();
    assert!(app.services().tell_untold_alert().await.unwrap());
    ani.reads("Pembukuan tidak cocok").await;
    assert!(alerts(&app).await[0].told_at.is_some());
    app.database().execute("update payment_links set used = 0").await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn one_replica_an_hour_takes_up_the_audit() {
    let shop = TestShop::open().await;
    let services = &shop.services;
    for _ in 0..2 {
        let (one, other) = tokio::join!(services.take_up_audit(), services.take_up_audit());
        assert!(one.unwrap() ^ other.unwrap());
        shop.clock.advance(TimeDelta::minutes(59));
        assert!(!services.take_up_audit().await.unwrap());
        shop.clock.advance(TimeDelta::minutes(1));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_disk_that_is_nearly_full_takes_no_new_orders_and_still_takes_payments() {
    let (app, sam, mut budi) = app_with_an_admin().await;
    if app.database().is_postgres() {
        return;
    }
    let link = sam.links().pop().unwrap();
    let mut cita = app.customer();
    cita.opens(&link).await;
    app.services().storage().keep_free(u64::MAX);
    assert!(!app.services().watch_disk().await.unwrap());
    cita.fills_in("Cita", "0812-3456-7891", "cita@example.test").await;
    assert_eq!(cita.page.status, 503, "{}", cita.page.text());
    sam.reads("the disk is nearly full").await;
    budi.pays().await;
    budi.waits_for("Lunas. Terima kasih!").await;

    app.services().storage().keep_free(0);
    assert!(app.services().watch_disk().await.unwrap());
    cita.orders(&link, "Cita", "BCA Virtual Account").await;
    assert!(cita.page.text().contains("Bayar dengan BCA Virtual Account"), "{}", cita.page.text());
    assert_eq!(alerts(&app).await.len(), 1);
}
