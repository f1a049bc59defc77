//! Cards and pay-later are paid on a page of the gateway, which knows nothing of a charge until something is
//! begun there.

use chrono::TimeDelta;
use serde_json::json;
use tautan::domain::alert::AlertKind;
use tautan::domain::attempt::{AFTER_DEADLINE, AttemptState};
use tautan::domain::order::OrderState;
use tautan::simulator::midtrans::{Conduct, Endpoint, Misbehaviour};
use url::Url;

use crate::support::customer::Customer;
use crate::support::test_app::TestApp;

const CARD: &str = "Visa / Mastercard / JCB";
const TO_THE_PAGE: &str = "Lanjut ke halaman pembayaran";

#[tokio::test(flavor = "multi_thread")]
async fn a_page_that_was_never_opened_is_left_for_another_method_and_back() {
    let app = TestApp::start().await;
    let ani = app.ani();
    let link = ani.makes_a_link("kaos hitam 150rb x1").await;
    let mut budi = app.customer();
    budi.orders(&link, "Budi", CARD).await;
    let left = budi.page.link(TO_THE_PAGE);

    budi.presses("BCA Virtual Account").await;
    assert!(budi.page.text().contains("Bayar dengan BCA Virtual Account"), "{}", budi.page.text());
    assert_eq!(states(&app, &budi).await, [AttemptState::Cancelled, AttemptState::Pending]);
    assert_eq!(app.units(&link).await, (0, 1), "one place, kept");
    let mut late = app.customer();
    late.opens(&left).await;
    assert_eq!(late.page.status, 404, "nobody can pay on the page that was left");

    budi.presses("Kredivo").await;
    budi.opens(&budi.page.link(TO_THE_PAGE)).await;
    budi.presses("Kredivo").await;
    budi.presses("Pay").await;
    budi.opens(&budi.page.link("Back to the shop")).await;
    budi.waits_for("Lunas. Terima kasih!").await;
    ani.reads("dari Budi").await;
    app.settles().await;
    assert_eq!(app.units(&link).await, (1, 0));
    assert_eq!(app.ledger_sum(&budi).await, 150_000);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_begun_on_the_page_is_called_off_with_it() {
    let app = TestApp::start().await;
    let link = app.ani().makes_a_link("kaos hitam 150rb x1").await;
    let mut budi = app.customer();
    budi.orders(&link, "Budi", CARD).await;
    let left = begins_on_the_page(&app, &mut budi, "Card").await;
    budi.presses("BCA Virtual Account").await;
    assert_eq!(states(&app, &budi).await, [AttemptState::Cancelled, AttemptState::Pending]);
    assert_eq!(charges(&app), ["cancel", "pending"]);
    let mut late = app.customer();
    late.opens(&left).await;
    assert_eq!(late.page.status, 404, "nor can anything be begun anew in another tab");
}

#[tokio::test(flavor = "multi_thread")]
async fn while_the_page_stays_open_behind_a_charge_that_was_ended_no_other_charge_is_made() {
    let app = TestApp::start().await;
    let link = app.ani().makes_a_link("kaos hitam 150rb x1").await;
    let mut budi = app.customer();
    budi.orders(&link, "Budi", CARD).await;
    let left = begins_on_the_page(&app, &mut budi, "Card").await;
    // It is not closed while the card is under way, and closing it a second time fails.
    app.bank.misbehave(Misbehaviour::once(Endpoint::Snap, Conduct::alter(json!({}))));
    app.bank.misbehave(Misbehaviour::once(Endpoint::Snap, Conduct::ServerError { status: 503 }));
    budi.presses("BCA Virtual Account").await;
    app.settles().await;
    assert_eq!(charges(&app), ["cancel"]);
    assert_eq!(states(&app, &budi).await, [AttemptState::Pending]);
    budi.presses("BCA Virtual Account").await;
    assert_eq!(states(&app, &budi).await, [AttemptState::Cancelled, AttemptState::Pending]);
    budi.opens(&left).await;
    assert_eq!(budi.page.status, 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_try_that_ran_out_may_be_followed_by_another() {
    let app = TestApp::start().await;
    let ani = app.ani();
    let link = ani.makes_a_link("kaos hitam 150rb x1").await;
    let mut budi = app.customer();
    budi.orders(&link, "Budi", "Kredivo").await;
    let order_page = budi.page.url.clone();
    let page = begins_on_the_page(&app, &mut budi, "Kredivo").await;
    app.bank.expire(&budi.gateway_order_id().await).await.expect("it waits");
    app.settles().await;
    assert_eq!(states(&app, &budi).await, [AttemptState::Pending], "its page can still be paid on");
    budi.opens(&page).await;
    budi.presses("Kredivo").await;
    budi.presses("Pay").await;
    budi.opens(&order_page).await;
    budi.waits_for("Lunas. Terima kasih!").await;
    ani.reads("dari Budi").await;
    app.settles().await;
    assert_eq!((charges(&app), app.units(&link).await), (words(&["expire", "settlement"]), (1, 0)));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_card_that_was_refused_may_be_followed_by_another() {
    let app = TestApp::start().await;
    let ani = app.ani();
    let link = ani.makes_a_link("kaos hitam 150rb x1").await;
    let mut budi = app.customer();
    budi.orders(&link, "Budi", CARD).await;
    let order_page = budi.page.url.clone();
    for refused in 0..2 {
        budi.opens(&order_page).await;
        budi.opens(&budi.page.link(TO_THE_PAGE)).await;
        budi.presses("Card").await;
        budi.presses("Deny").await;
        app.settles().await;
        budi.opens(&order_page).await;
        assert!(budi.page.text().contains(TO_THE_PAGE), "after {refused}: {}", budi.page.text());
        assert_eq!(states(&app, &budi).await, [AttemptState::Pending]);
    }
    budi.opens(&budi.page.link(TO_THE_PAGE)).await;
    budi.presses("Card").await;
    budi.presses("Pay").await;
    budi.opens(&order_page).await;
    budi.waits_for("Lunas. Terima kasih!").await;
    ani.reads("dari Budi").await;
    app.settles().await;
    assert_eq!((ani.count("dari Budi"), app.units(&link).await), (1, (1, 0)));
    let money: Vec<String> = app.bank.transactions().into_iter().map(|charge| charge.status).collect();
    assert_eq!(money, ["deny", "deny", "capture"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_card_is_left_for_another_method() {
    let app = TestApp::start().await;
    let link = app.ani().makes_a_link("kaos hitam 150rb x1").await;
    let mut budi = app.customer();
    budi.orders(&link, "Budi", CARD).await;
    let order_page = budi.page.url.clone();
    let left = budi.page.link(TO_THE_PAGE);
    budi.opens(&left).await;
    budi.presses("Card").await;
    budi.presses("Deny").await;
    app.settles().await;
    budi.opens(&order_page).await;
    budi.presses("BNI Virtual Account").await;
    assert!(budi.page.text().contains("Bayar dengan BNI Virtual Account"), "{}", budi.page.text());
    assert_eq!(states(&app, &budi).await, [AttemptState::Cancelled, AttemptState::Pending]);
    let mut late = app.customer();
    late.opens(&left).await;
    assert_eq!(late.page.status, 404, "the page is closed");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_paid_on_the_page_a_moment_ago_is_the_payment() {
    for (method, there, status) in [("Akulaku", "Akulaku", "settlement"), (CARD, "Card", "capture")] {
        let app = TestApp::start().await;
        let ani = app.ani();
        let link = ani.makes_a_link("kaos hitam 150rb x1").await;
        let mut budi = app.customer();
        budi.orders(&link, "Budi", method).await;
        pays_and_nobody_tells(&app, &mut budi, there).await;
        budi.presses("BCA Virtual Account").await;
        assert!(budi.page.text().contains("Lunas. Terima kasih!"), "{}", budi.page.text());
        ani.reads("dari Budi").await;
        assert_eq!(charges(&app), [status], "no second charge, and the first is not voided");
        assert_eq!(app.ledger_sum(&budi).await, 150_000);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_card_that_was_charged_before_the_deadline_is_not_voided_after_it() {
    let app = TestApp::start().await;
    let ani = app.ani();
    let link = ani.makes_a_link("kaos hitam 150rb x1").await;
    let mut budi = app.customer();
    budi.orders(&link, "Budi", CARD).await;
    pays_and_nobody_tells(&app, &mut budi, "Card").await;
    app.settles().await;
    app.advance(life(&app, &budi).await + AFTER_DEADLINE);
    ani.reads("dari Budi").await;
    app.settles().await;
    assert_eq!((charges(&app), app.units(&link).await), (words(&["capture"]), (1, 0)));
}

#[tokio::test(flavor = "multi_thread")]
async fn while_the_page_cannot_be_closed_it_stays_the_way_to_pay() {
    let app = TestApp::start().await;
    let link = app.ani().makes_a_link("kaos hitam 150rb x1").await;
    let mut budi = app.customer();
    budi.orders(&link, "Budi", CARD).await;
    app.bank.misbehave(Misbehaviour::once(Endpoint::Snap, Conduct::ServerError { status: 503 }));
    budi.presses("BCA Virtual Account").await;
    let page = budi.page.text();
    assert!(page.contains(TO_THE_PAGE) && page.contains("masih berlaku"), "{page}");
    assert_eq!(states(&app, &budi).await, [AttemptState::Pending]);
    // The answer to closing it is lost: it is closed all the same, and asking again finds that.
    app.bank.misbehave(Misbehaviour::once(Endpoint::Snap, Conduct::CutAfterAcceptance));
    budi.presses("BCA Virtual Account").await;
    budi.presses("BCA Virtual Account").await;
    assert_eq!(states(&app, &budi).await, [AttemptState::Cancelled, AttemptState::Pending]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_on_which_nothing_was_begun_runs_out_quietly() {
    let app = TestApp::start().await;
    let link = app.ani().makes_a_link("kaos hitam 150rb x1").await;
    let mut budi = app.customer();
    budi.orders(&link, "Budi", CARD).await;
    for _ in 0..2 {
        app.settles().await;
        app.advance(TimeDelta::minutes(5));
        app.settles().await;
        assert_eq!(states(&app, &budi).await, [AttemptState::Pending], "silence is no end");
    }
    assert!(app.bank_was_asked("/status") > 0, "it was asked about");
    app.advance(life(&app, &budi).await + AFTER_DEADLINE - TimeDelta::minutes(10));
    app.settles().await;
    assert_eq!(states(&app, &budi).await, [AttemptState::Expired]);
    assert_eq!(app.order(&budi).await.order.state, OrderState::Expired);
    assert_eq!(app.units(&link).await, (0, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_method_that_the_account_may_not_use_is_not_offered_again_for_a_day() {
    let app = TestApp::start().await;
    let ani = app.ani();
    let link = ani.makes_a_link("kaos hitam 150rb 30d").await;
    let not_active = Conduct::alter(json!({ "status_code": "402", "status_message": "not activated" }));
    app.bank.misbehave(Misbehaviour::once(Endpoint::Charge, not_active));
    let mut budi = app.customer();
    budi.orders(&link, "Budi", "Alfamart").await;
    assert!(offers(&budi, "bca_va") && !offers(&budi, "alfamart"), "{}", budi.page.text());

    let mut citra = app.customer();
    citra.opens(&link).await;
    citra.fills_in("Citra", "0812-3456-7891", "citra@example.test").await;
    assert!(offers(&citra, "indomaret") && !offers(&citra, "alfamart"), "{}", citra.page.text());
    let attempts = citra.page.url.join(&format!("{}/attempts", citra.page.url.path())).unwrap();
    citra.posts(attempts, &[("method", "alfamart")]).await;
    assert_eq!(states(&app, &citra).await, [], "an old tab cannot choose it either");

    app.advance(TimeDelta::hours(25));
    let mut dewi = app.customer();
    dewi.opens(&link).await;
    dewi.fills_in("Dewi", "0812-3456-7892", "dewi@example.test").await;
    assert!(offers(&dewi, "alfamart"), "it may be active by now");

    let not_active = Conduct::alter(json!({ "status_code": "402", "status_message": "not activated" }));
    app.bank.misbehave(Misbehaviour::once(Endpoint::Charge, not_active));
    dewi.presses("Alfamart").await;
    assert!(!offers(&dewi, "alfamart"), "{}", dewi.page.text());
    app.settles().await;
    let alerts = app.services().alerts().await.expect("the database answers");
    let told: Vec<_> = alerts.iter().map(|alert| (alert.kind, alert.subject.as_str(), alert.seen)).collect();
    assert_eq!(told, [(AlertKind::MethodRefused, "sandbox alfamart", 2)], "the operator hears of it, once");
}

/// Begins on the gateway's page and goes back to the order's; gives where the former is.
async fn begins_on_the_page(app: &TestApp, customer: &mut Customer, there: &str) -> Url {
    let order_page = customer.page.url.clone();
    let page = customer.page.link(TO_THE_PAGE);
    customer.opens(&page).await;
    customer.presses(there).await;
    app.settles().await;
    customer.opens(&order_page).await;
    page
}

/// Pays on the gateway's page, of which no notice comes, and goes back to the order's.
async fn pays_and_nobody_tells(app: &TestApp, customer: &mut Customer, there: &str) {
    let order_page = customer.page.url.clone();
    customer.opens(&customer.page.link(TO_THE_PAGE)).await;
    app.bank.misbehave(Misbehaviour::once(Endpoint::Notice, Conduct::Drop).times(2));
    customer.presses(there).await;
    customer.presses("Pay").await;
    customer.opens(&order_page).await;
}

/// How long the order's only charge may be paid.
async fn life(app: &TestApp, customer: &Customer) -> TimeDelta {
    let attempts = app.attempts(customer).await;
    attempts[0].pay_by - attempts[0].created_at
}

/// Where the bank's charges stand, oldest first.
fn charges(app: &TestApp) -> Vec<String> {
    app.bank.transactions().into_iter().map(|charge| charge.status).collect()
}

fn words(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

fn offers(customer: &Customer, code: &str) -> bool {
    customer.page.html.contains(&format!("name=\"method\" value=\"{code}\""))
}

async fn states(app: &TestApp, customer: &Customer) -> Vec<AttemptState> {
    app.attempts(customer).await.into_iter().map(|attempt| attempt.state).collect()
}
