//! The end of a link's time, to the millisecond where that can be shown.

use chrono::TimeDelta;
use tautan::domain::attempt::pay_by;
use tautan::domain::order::{OrderState, Unit};
use tautan::domain::payment_link::LinkState;
use tautan::simulator::midtrans::{Conduct, Endpoint, Misbehaviour};
use url::Url;

use crate::support::customer::Customer;
use crate::support::test_app::TestApp;

/// Real time flows while a story runs, so the pages are shown on both sides of the instant, as near as
/// slow machines allow, and the very millisecond by the rule that they all ask.
#[tokio::test(flavor = "multi_thread")]
async fn a_link_takes_payments_until_its_last_millisecond_and_none_from_then_on() {
    let app = TestApp::start().await;
    let link_url = app.ani().makes_a_link("kaos hitam 150rb 3d").await;
    let link = app.link(&link_url).await;
    let expires_at = link.expires_at.expect("an end");
    assert_eq!(link.state(expires_at - TimeDelta::milliseconds(1)), LinkState::Active);
    assert_eq!(link.state(expires_at), LinkState::Expired);

    let (mut budi, mut citra) = (app.customer(), app.customer());
    citra.opens(&link_url).await;
    citra.fills_in("Citra", "0812-3456-7891", "citra@example.test").await;
    moves_to(&app, expires_at - TimeDelta::seconds(60)).await;
    budi.orders(&link_url, "Budi", "QRIS").await;
    assert!(budi.page.text().contains("Bayar dengan QRIS"), "{}", budi.page.text());

    moves_to(&app, expires_at).await;
    citra.presses("QRIS").await;
    assert_eq!(citra.page.status, 410);
    assert!(citra.page.text().contains("Masa berlaku tautan ini sudah habis."), "{}", citra.page.text());
    assert_eq!(app.bank.transactions().len(), 1, "only Budi was charged");
    assert_eq!(app.units(&link_url).await, (0, 1));
}

/// The reservation is one statement with the deciding clock of its own transaction: the link's end is put
/// exactly on that clock's millisecond, then one after it.
#[tokio::test(flavor = "multi_thread")]
async fn the_reserving_statement_refuses_the_very_instant_and_takes_the_one_before() {
    let app = TestApp::start().await;
    let link_url = app.ani().makes_a_link("kaos hitam 150rb 3d").await;
    for (milliseconds_left, taken) in [(0, false), (1, true)] {
        let mut tried = 0;
        loop {
            // The writer's instant is fixed when it begins, so the end is set by what it read before;
            // a try whose clocks did not meet is repeated.
            let aim = app.services().storage().now().await.unwrap() + TimeDelta::milliseconds(40);
            app.sets(&link_url, "expires_at", aim + TimeDelta::milliseconds(milliseconds_left)).await;
            let link = app.link(&link_url).await;
            while app.services().storage().now().await.unwrap() < aim {
                tokio::task::yield_now().await;
            }
            let mut writer = app.services().storage().write().await.unwrap();
            let met = writer.now() == aim;
            let reserved = writer.reserve_unit(link.id).await.unwrap();
            writer.roll_back().await.unwrap();
            if met {
                assert_eq!(reserved, taken, "{milliseconds_left} ms before the end");
                break;
            }
            tried += 1;
            assert!(tried < 400, "the clocks never met");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_that_is_sent_after_the_end_makes_no_order() {
    let app = TestApp::start().await;
    let link = app.ani().makes_a_link("kaos hitam 150rb 3d").await;
    let mut budi = app.customer();
    budi.opens(&link).await;
    app.settles().await;
    app.advance(TimeDelta::days(3));
    budi.fills_in("Budi", "0812-3456-7890", "budi@example.test").await;
    assert_eq!(budi.page.status, 410);
    assert!(budi.page.text().contains("Masa berlaku tautan ini sudah habis."), "{}", budi.page.text());
    assert_eq!(app.orders_made(&link).await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_charge_that_runs_when_the_link_ends_keeps_its_time() {
    let app = TestApp::start().await;
    let ani = app.ani();
    let link_url = ani.makes_a_link("kaos hitam 150rb 3d").await;
    let expires_at = app.link(&link_url).await.expires_at.unwrap();
    moves_to(&app, expires_at - TimeDelta::minutes(2)).await;
    let mut budi = app.customer();
    budi.orders(&link_url, "Budi", "BCA Virtual Account").await;
    let attempt = app.attempts(&budi).await.remove(0);
    assert_eq!(attempt.pay_by, pay_by(attempt.created_at, TimeDelta::hours(24), Some(expires_at)));
    assert_eq!(
        attempt.pay_by,
        attempt.created_at + TimeDelta::minutes(15),
        "never under a quarter of an hour"
    );

    app.advance(TimeDelta::minutes(5));
    budi.reloads().await;
    assert!(budi.page.text().contains("Bayar dengan BCA Virtual Account"), "{}", budi.page.text());
    budi.pays().await;
    budi.waits_for("Lunas. Terima kasih!").await;
    let notice = ani.reads("dari Budi").await;
    assert!(!notice.text.contains("terlambat"), "paid in time: {}", notice.text);
    assert!(!app.order(&budi).await.order.flags.late);
}

#[tokio::test(flavor = "multi_thread")]
async fn late_money_that_finds_a_free_unit_is_paid_and_marked_late() {
    let app = TestApp::start().await;
    let ani = app.ani();
    let link = ani.makes_a_link("kaos hitam 150rb x1").await;
    let mut budi = app.customer();
    budi.orders(&link, "Budi", "BCA Virtual Account").await;
    let late = pays_after_the_house_gave_up(&app, &budi, &link).await;
    late.await;
    let notice = ani.reads("terlambat").await;
    assert!(notice.text.contains("Rp150.000") && notice.text.contains("dihitung lunas"), "{}", notice.text);
    budi.waits_for("Lunas. Terima kasih!").await;
    let order = app.order(&budi).await.order;
    assert_eq!((order.state, order.unit, order.flags.late), (OrderState::Paid, Unit::Used, true));
    assert_eq!(app.units(&link).await, (1, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn late_money_that_finds_nothing_left_is_kept_for_the_seller_to_decide() {
    let app = TestApp::start().await;
    let ani = app.ani();
    let link = ani.makes_a_link("kaos hitam 150rb x1").await;
    let mut budi = app.customer();
    budi.orders(&link, "Budi", "BCA Virtual Account").await;
    let late = pays_after_the_house_gave_up(&app, &budi, &link).await;
    let mut citra = app.customer();
    citra.orders(&link, "Citra", "QRIS").await;
    citra.pays().await;
    ani.reads("dari Citra").await;

    late.await;
    let notice = ani.reads("padahal sudah habis").await;
    assert!(
        notice.text.contains("dari Budi") && notice.text.contains("kembalikan uangnya"),
        "{}",
        notice.text
    );
    budi.waits_for("Uang Anda sudah kami terima.").await;
    let order = app.order(&budi).await.order;
    assert_eq!((order.state, order.unit), (OrderState::PaidUnallocated, Unit::None));
    assert_eq!(app.units(&link).await, (1, 0), "the limit holds");
    app.settles().await;
    assert_eq!(ani.count("padahal sudah habis"), 1);
}

/// Moves both clocks to an instant.
async fn moves_to(app: &TestApp, instant: chrono::DateTime<chrono::Utc>) {
    let now = app.services().storage().now().await.expect("the database answers");
    app.advance(instant - now);
}

/// The bank expires the charge and says so; later it changes its mind, as banks do: the status that it
/// answers is a settlement after the deadline. Gives what makes it say so.
async fn pays_after_the_house_gave_up(
    app: &TestApp,
    customer: &Customer,
    link: &Url,
) -> impl Future<Output = ()> {
    let id = customer.gateway_order_id().await;
    app.advance(TimeDelta::minutes(62));
    app.settles().await;
    assert_eq!(app.units(link).await, (0, 0), "the unit went back");
    let bank = app.bank.clone();
    async move {
        let charge = bank.transaction(&id).expect("a charge");
        let settled_at = (charge.expires_at + TimeDelta::minutes(20) + TimeDelta::hours(7)).naive_utc();
        let fields = serde_json::json!({
            "status_code": "200", "transaction_status": "settlement",
            "settlement_time": settled_at.format("%Y-%m-%d %H:%M:%S").to_string(),
        });
        let conduct = Conduct::alter(fields.clone());
        bank.misbehave(Misbehaviour::once(Endpoint::Status, conduct).times(100).for_order(id.as_str()));
        bank.forge_notice(&id, fields, tautan::simulator::midtrans::Signing::Genuine).expect("a charge");
    }
}
