//! The house is restarted at every step of a payment: nothing is lost, and everyone is told once.

use chrono::TimeDelta;
use tautan::simulator::midtrans::{Conduct, Endpoint, Misbehaviour};

use crate::support::test_app::TestApp;

#[tokio::test(flavor = "multi_thread")]
async fn between_any_two_steps_of_a_payment_the_house_may_start_again() {
    let mut app = TestApp::start().await;
    let ani = app.ani();
    let link = ani.makes_a_link("kaos hitam 150rb x1").await;
    app.restart().await;

    let mut budi = app.customer();
    budi.opens(&link).await;
    app.restart().await;
    budi.fills_in("Budi", "0812-3456-7890", "budi@example.test").await;
    assert!(budi.page.text().contains("Mau bayar dengan apa?"), "{}", budi.page.text());
    app.restart().await;
    budi.presses("BCA Virtual Account").await;
    assert!(budi.page.text().contains("Bayar dengan BCA Virtual Account"), "{}", budi.page.text());
    app.restart().await;
    budi.pays().await;
    app.restart().await;
    app.settles().await;
    // The bank found nobody in, perhaps, and knocks again two minutes later.
    app.advance(TimeDelta::minutes(3));
    budi.waits_for("Lunas. Terima kasih!").await;
    ani.reads("Rp150.000 dari Budi").await;
    app.restart().await;

    app.bank.send_notice_again(&budi.gateway_order_id().await).unwrap();
    app.settles().await;
    assert_eq!(ani.count("dari Budi"), 1, "{}", ani.phone.transcript());
    assert_eq!(ani.count("sudah habis"), 1);
    assert_eq!(app.units(&link).await, (1, 0));
    budi.reloads().await;
    assert!(budi.page.text().contains("Lunas. Terima kasih!"), "{}", budi.page.text());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_payment_made_while_the_house_is_down_is_seen_when_it_is_back() {
    let mut app = TestApp::start().await;
    let ani = app.ani();
    let link = ani.makes_a_link("kaos hitam 150rb x1").await;
    let mut budi = app.customer();
    budi.orders(&link, "Budi", "BCA Virtual Account").await;
    app.settles().await;
    app.bank.misbehave(Misbehaviour::once(Endpoint::Notice, Conduct::Hold));
    budi.pays().await;
    app.restart().await;
    app.bank.release_notices();
    budi.waits_for("Lunas. Terima kasih!").await;
    ani.reads("Rp150.000 dari Budi").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_charge_that_was_being_asked_for_is_found_after_the_restart() {
    let mut app = TestApp::start().await;
    let ani = app.ani();
    let link = ani.makes_a_link("kaos hitam 150rb x1").await;
    app.bank.misbehave(Misbehaviour::once(Endpoint::AnyRequest, Conduct::CutAfterAcceptance).times(3));
    let mut budi = app.customer();
    budi.orders(&link, "Budi", "BCA Virtual Account").await;
    app.restart().await;
    app.bank.behave();
    app.settles().await;
    app.advance(TimeDelta::seconds(50));
    budi.waits_for("Bayar dengan BCA Virtual Account").await;
    assert_eq!(app.bank.transactions().len(), 1);
    budi.pays().await;
    ani.reads("Rp150.000 dari Budi").await;
}
