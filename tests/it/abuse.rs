//! Forms that are sent too quickly, too often or twice, and notices that somebody makes up.

use chrono::TimeDelta;
use futures::future::join_all;
use serde_json::{Value, json};
use sha2::{Digest, Sha512};
use url::Url;

use crate::support::customer::Customer;
use crate::support::test_app::{SERVER_KEY, TestApp};

const HOOK: &str = "webhooks/midtrans/sandbox";
const AGAIN: &str = "Silakan tekan tombolnya sekali lagi.";

#[tokio::test(flavor = "multi_thread")]
async fn a_form_sent_at_once_is_asked_for_once_more_with_all_that_was_typed() {
    let app = TestApp::start().await;
    let link = app.ani().makes_a_link("kaos hitam 150rb").await;
    let mut hasty = app.customer().from("203.0.113.7");
    hasty.opens(&link).await;
    fills_in(&mut hasty).await;
    assert_eq!(hasty.page.status, 422);
    assert!(hasty.page.text().contains(AGAIN), "{}", hasty.page.text());
    assert_eq!(hasty.page.typed("name"), "Budi");
    assert_eq!(app.orders_made(&link).await, 0);
    // The second press counts from when the page was first made: nobody is asked twice.
    app.settles().await;
    app.advance(TimeDelta::seconds(2));
    fills_in(&mut hasty).await;
    assert!(hasty.page.url.path().starts_with("/orders/"), "{}", hasty.page.text());
    // Who ordered before may be as quick as the browser fills in.
    hasty.opens(&link).await;
    hasty.fills_in("Budi Kedua", "0812-3456-7890", "budi@example.test").await;
    assert!(hasty.page.url.path().starts_with("/orders/"), "{}", hasty.page.text());
    assert_eq!(app.orders_made(&link).await, 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_that_was_open_for_days_still_works_and_one_of_nobody_is_replaced() {
    let app = TestApp::start().await;
    let link = app.ani().makes_a_link("kaos hitam 150rb").await;
    let mut patient = app.customer().from("203.0.113.7");
    patient.opens(&link).await;
    app.settles().await;
    app.advance(TimeDelta::days(3));
    fills_in(&mut patient).await;
    assert!(patient.page.url.path().starts_with("/orders/"), "{}", patient.page.text());

    let mut program = app.customer().from("203.0.113.8");
    let form =
        [("name", "Budi"), ("phone", "081234567890"), ("email", "budi@example.test"), ("form_key", "k-1")];
    program.posts(orders(&link), &form).await;
    assert_eq!(program.page.status, 422);
    app.advance(TimeDelta::seconds(2));
    fills_in(&mut program).await;
    assert!(program.page.url.path().starts_with("/orders/"), "the page that came back is ours");
}

#[tokio::test(flavor = "multi_thread")]
async fn where_there_is_nothing_to_type_nobody_is_too_quick() {
    let app = TestApp::start().await;
    let link = app.ani().makes_a_link("lukisan 150rb x1 for:Budi,08123456789,budi@toko.id").await;
    let mut budi = app.customer().from("203.0.113.7");
    budi.opens(&link).await;
    budi.fills_in("", "", "").await;
    assert!(budi.page.url.path().starts_with("/orders/"), "{}", budi.page.text());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_network_that_sends_many_forms_is_told_when_to_press_again() {
    let app = TestApp::start().await;
    let link = app.ani().makes_a_link("kaos hitam 150rb").await;
    let mut crowd: Vec<Customer> = (0..60).map(|_| app.customer().from("203.0.113.7")).collect();
    join_all(crowd.iter_mut().map(|customer| customer.opens(&link))).await;
    app.settles().await;
    app.advance(TimeDelta::seconds(2));
    join_all(crowd.iter_mut().map(fills_in)).await;
    let late = crowd.iter_mut().find(|customer| customer.page.status == 429).expect("one is told to wait");
    assert!(late.page.text().contains("Isian Anda tidak hilang"), "{}", late.page.text());
    assert_eq!((late.page.typed("name"), late.page.typed("phone")), ("Budi".into(), "0812-3456-7890".into()));
    let seconds: i64 = late.page.headers["retry-after"].to_str().unwrap().parse().unwrap();
    assert!((1..=4).contains(&seconds), "{seconds}");
    // Somebody else is not kept waiting, and neither is this one for long.
    let mut other = app.customer().from("203.0.113.8");
    other.opens(&link).await;
    app.advance(TimeDelta::seconds(seconds.max(2)));
    for customer in [late, &mut other] {
        fills_in(customer).await;
        assert!(customer.page.url.path().starts_with("/orders/"), "{}", customer.page.text());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_double_click_a_second_tab_and_a_reload_are_one_order() {
    let app = TestApp::start().await;
    let link = app.ani().makes_a_link("kaos hitam 150rb x3").await;
    let mut budi = app.customer();
    budi.opens(&link).await;
    let form = budi.page.form("form[action$='/orders']");
    let mut fields = form.hidden.clone();
    fields.extend([("name", "Budi"), ("phone", "081234567890"), ("email", "budi@example.test")].map(owned));
    let clicks = join_all((0..20).map(|_| async {
        let answer = app.request("POST", form.action.path()).form(&fields).send().await.expect("an answer");
        assert_eq!(answer.status(), 303);
        answer.headers()["location"].to_str().unwrap().to_owned()
    }));
    let mut places = clicks.await;
    places.dedup();
    assert_eq!(places.len(), 1, "{places:?}");
    assert_eq!(app.orders_made(&link).await, 1);

    // A second tab of the same browser, with a form of its own.
    let mut tabs = app.customer();
    tabs.opens(&link).await;
    let first = tabs.page.clone();
    tabs.opens(&link).await;
    fills_in(&mut tabs).await;
    let order = tabs.page.url.clone();
    tabs.page = first;
    fills_in(&mut tabs).await;
    assert_eq!(tabs.page.url, order);
    assert_eq!(app.orders_made(&link).await, 2);

    // The button of a method, pressed by two impatient fingers: one charge.
    let (action, fields) = tabs.page.button("BCA Virtual Account");
    let taps = join_all((0..10).map(|_| async {
        app.request("POST", action.path()).form(&fields).send().await.expect("an answer").status().as_u16()
    }));
    assert!(taps.await.iter().all(|status| *status == 303));
    assert_eq!((app.bank.transactions().len(), app.units(&link).await), (1, (0, 1)));
    app.settles().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn forged_notices_are_limited_and_genuine_ones_from_the_same_place_are_not() {
    let app = TestApp::start().await;
    let ani = app.ani();
    let link = ani.makes_a_link("kaos hitam 150rb").await;
    let mut budi = app.customer();
    budi.orders(&link, "Budi", "BCA Virtual Account").await;
    app.settles().await;
    let id = budi.gateway_order_id().await;
    let asked = app.bank_was_asked("/status");
    let mut answers = Vec::new();
    for _ in 0..25 {
        answers.push(posts(&app, &notice(&id, "another key")).await);
    }
    assert_eq!(answers[..20], [401; 20]);
    assert_eq!(answers[24], 429);
    assert_eq!(app.bank_was_asked("/status"), asked, "a forger makes nobody work");
    assert_eq!(posts(&app, &notice(&id, SERVER_KEY)).await, 200);
    app.settles().await;
    assert_eq!(app.bank_was_asked("/status"), asked + 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_status_that_nobody_knows_and_fields_that_nobody_needs_are_a_reason_to_ask() {
    let app = TestApp::start().await;
    let link = app.ani().makes_a_link("kaos hitam 150rb").await;
    let mut budi = app.customer();
    budi.orders(&link, "Budi", "BCA Virtual Account").await;
    app.settles().await;
    let id = budi.gateway_order_id().await;
    for (field, value) in [("transaction_status", json!("teleported")), ("moon_phase", json!({"full": true}))]
    {
        app.advance(TimeDelta::seconds(11));
        let asked = app.bank_was_asked("/status");
        let mut strange = notice(&id, SERVER_KEY);
        strange[field] = value;
        assert_eq!(posts(&app, &strange).await, 200, "{field}");
        app.settles().await;
        assert_eq!(app.bank_was_asked("/status"), asked + 1, "{field}");
    }
}

async fn fills_in(customer: &mut Customer) {
    customer.fills_in("Budi", "0812-3456-7890", "budi@example.test").await;
}

async fn posts(app: &TestApp, notice: &Value) -> u16 {
    let request = app.request("POST", HOOK).header("x-forwarded-for", "203.0.113.7");
    request.json(notice).send().await.expect("an answer").status().as_u16()
}

/// A notice signed with a key.
fn notice(id: &str, key: &str) -> Value {
    let signature = hex::encode(Sha512::digest(format!("{id}200150000.00{key}")));
    json!({
        "order_id": id, "status_code": "200", "gross_amount": "150000.00", "currency": "IDR",
        "transaction_status": "pending", "transaction_id": "a", "signature_key": signature,
    })
}

fn owned((name, value): (&str, &str)) -> (String, String) {
    (name.to_owned(), value.to_owned())
}

fn orders(link: &Url) -> Url {
    link.join(&format!("{}/orders", link.path())).expect("an address")
}
