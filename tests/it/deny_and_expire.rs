//! The bank says no, or the customer is too slow: nothing is lost, and one can try again.

use chrono::TimeDelta;
use tautan::domain::attempt::AttemptState;
use tautan::domain::order::{OrderState, Unit};

use crate::support::test_app::TestApp;

#[tokio::test(flavor = "multi_thread")]
async fn after_a_denial_the_customer_chooses_again_and_pays() {
    let app = TestApp::start().await;
    let ani = app.ani();
    let link = ani.makes_a_link("kaos hitam 150rb x1").await;
    let mut budi = app.customer();
    budi.orders(&link, "Budi", "BCA Virtual Account").await;
    assert_eq!(app.units(&link).await, (0, 1));

    app.bank.deny(&budi.gateway_order_id().await).await.unwrap();
    budi.waits_for("Bank menolak percobaan terakhir").await;
    assert!(budi.page.text().contains("Mau bayar dengan apa?"), "{}", budi.page.text());
    let order = app.order(&budi).await.order;
    assert_eq!((order.state, order.unit), (OrderState::Open, Unit::None));
    assert_eq!(app.units(&link).await, (0, 0), "the unit is free again");

    budi.presses("BNI Virtual Account").await;
    budi.pays().await;
    budi.waits_for("Lunas. Terima kasih!").await;
    app.settles().await;
    assert_eq!(ani.count("dari Budi"), 1, "{}", ani.phone.transcript());
    assert_eq!(app.units(&link).await, (1, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_charge_that_runs_out_says_so_and_frees_the_unit_for_someone_else() {
    let app = TestApp::start().await;
    let ani = app.ani();
    let link = ani.makes_a_link("kaos hitam 150rb x1").await;
    let mut budi = app.customer();
    budi.orders(&link, "Budi", "BCA Virtual Account").await;

    app.settles().await;
    app.advance(TimeDelta::minutes(61));
    budi.waits_for("Waktu percobaan terakhir sudah habis").await;
    assert_eq!(app.units(&link).await, (0, 0));
    assert_eq!(app.attempts(&budi).await[0].state, AttemptState::Expired);

    let mut citra = app.customer();
    citra.orders(&link, "Citra", "BRI Virtual Account").await;
    citra.pays().await;
    ani.reads("dari Citra").await;
    budi.waits_for("Sudah habis").await;
    assert_eq!(app.units(&link).await, (1, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_customer_whose_time_ran_out_tries_again_with_the_same_order() {
    let app = TestApp::start().await;
    let ani = app.ani();
    let link = ani.makes_a_link("kaos hitam 150rb x1").await;
    let mut budi = app.customer();
    budi.orders(&link, "Budi", "QRIS").await;
    app.settles().await;
    app.advance(TimeDelta::minutes(16));
    budi.waits_for("Waktu percobaan terakhir sudah habis").await;

    budi.presses("QRIS").await;
    assert!(budi.page.text().contains("Bayar dengan QRIS"), "{}", budi.page.text());
    budi.pays().await;
    budi.waits_for("Lunas. Terima kasih!").await;
    ani.reads("dari Budi").await;
    assert_eq!(app.orders_made(&link).await, 1);
    assert_eq!(app.attempts(&budi).await.len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn between_deadline_and_the_banks_word_the_page_says_that_the_time_is_over() {
    let app = TestApp::start().await;
    let link = app.ani().makes_a_link("kaos hitam 150rb").await;
    let mut budi = app.customer();
    budi.orders(&link, "Budi", "QRIS").await;
    // The bank is slow to say so: its notice is lost, and it cannot be asked.
    let silent = tautan::simulator::midtrans::Conduct::ServerError { status: 503 };
    app.bank.misbehave(tautan::simulator::midtrans::Misbehaviour {
        endpoint: tautan::simulator::midtrans::Endpoint::AnyRequest,
        conduct: silent,
        times: u32::MAX,
        order_id: None,
    });
    app.settles().await;
    app.advance(TimeDelta::minutes(15) + TimeDelta::seconds(5));
    budi.waits_for("Waktu bayar sudah habis.").await;
    assert!(!budi.page.html.contains("<img class=\"qr\""), "nothing to scan any more");

    app.bank.behave();
    app.advance(TimeDelta::minutes(5));
    budi.waits_for("Waktu percobaan terakhir sudah habis").await;
}
