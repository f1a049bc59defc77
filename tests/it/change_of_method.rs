//! A customer changes the method: the place is kept, and there is never a second number to pay.

use serde_json::json;
use tautan::domain::attempt::AttemptState;
use tautan::domain::order::OrderState;
use tautan::simulator::midtrans::{Conduct, Endpoint, Misbehaviour};

use crate::support::test_app::TestApp;

#[tokio::test(flavor = "multi_thread")]
async fn another_method_keeps_the_unit_and_calls_the_old_charge_off() {
    let app = TestApp::start().await;
    let ani = app.ani();
    let link = ani.makes_a_link("kaos hitam 150rb x1").await;
    let mut budi = app.customer();
    budi.orders(&link, "Budi", "BCA Virtual Account").await;
    let old = budi.gateway_order_id().await;
    assert!(budi.page.text().contains("Giliran Anda tetap disimpan"), "{}", budi.page.text());

    budi.presses("Mandiri Bill Payment").await;
    assert!(budi.page.text().contains("Bayar dengan Mandiri Bill Payment"), "{}", budi.page.text());
    assert_eq!(app.units(&link).await, (0, 1), "one place, kept");
    assert_eq!(app.bank.transaction(&old).unwrap().status, "cancel");

    let mut citra = app.customer();
    citra.opens(&link).await;
    assert!(citra.page.text().contains("Sedang ada yang membayar."), "{}", citra.page.text());

    budi.pays().await;
    budi.waits_for("Lunas. Terima kasih!").await;
    let notice = ani.reads("dari Budi").await;
    assert!(notice.text.contains("Mandiri Bill Payment"), "{}", notice.text);
    app.settles().await;
    assert_eq!(app.units(&link).await, (1, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_method_again_is_the_same_charge() {
    let app = TestApp::start().await;
    let link = app.ani().makes_a_link("kaos hitam 150rb").await;
    let mut budi = app.customer();
    budi.orders(&link, "Budi", "BCA Virtual Account").await;
    let first = budi.gateway_order_id().await;
    // The page offers only other ways; a second tab that was left at the choice sends it again.
    let choice = budi.page.url.join(&format!("{}/attempts", budi.page.url.path())).unwrap();
    budi.posts(choice, &[("method", "bca_va")]).await;
    assert!(budi.page.text().contains("Bayar dengan BCA Virtual Account"), "{}", budi.page.text());
    assert_eq!(budi.gateway_order_id().await, first);
    assert_eq!(app.bank.transactions().len(), 1);
}

/// Banks refuse to call off what has been paid; some with another code than Midtrans writes down.
#[tokio::test(flavor = "multi_thread")]
async fn an_old_charge_that_turns_out_paid_is_the_payment() {
    let another_code = Conduct::alter(json!({ "status_code": "410", "status_message": "not now" }));
    for refusal in [None, Some(another_code)] {
        let app = TestApp::start().await;
        let ani = app.ani();
        let link = ani.makes_a_link("kaos hitam 150rb x1").await;
        let mut budi = app.customer();
        budi.orders(&link, "Budi", "BCA Virtual Account").await;
        // Paid in the bank's app a moment ago; the notice is lost.
        app.bank.misbehave(Misbehaviour::once(Endpoint::Notice, Conduct::Drop));
        budi.pays().await;
        if let Some(refusal) = refusal {
            app.bank.misbehave(Misbehaviour::once(Endpoint::Cancel, refusal));
        }

        budi.presses("BNI Virtual Account").await;
        assert!(budi.page.text().contains("Lunas. Terima kasih!"), "{}", budi.page.text());
        assert_eq!(app.bank.transactions().len(), 1, "no second charge");
        let notice = ani.reads("dari Budi").await;
        assert!(notice.text.contains("BCA Virtual Account"), "{}", notice.text);
        app.settles().await;
        assert_eq!(ani.count("dari Budi"), 1);
        assert_eq!(app.units(&link).await, (1, 0));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn while_the_bank_cannot_be_reached_the_old_number_stays_valid() {
    let app = TestApp::start().await;
    let ani = app.ani();
    let link = ani.makes_a_link("kaos hitam 150rb x1").await;
    let mut budi = app.customer();
    budi.orders(&link, "Budi", "BCA Virtual Account").await;
    let old = budi.gateway_order_id().await;
    app.bank.misbehave(Misbehaviour::once(Endpoint::Cancel, Conduct::ServerError { status: 503 }));

    budi.presses("BNI Virtual Account").await;
    let page = budi.page.text();
    assert!(page.contains("Nomor itu masih berlaku"), "{page}");
    assert!(page.contains("Bayar dengan BCA Virtual Account"), "{page}");
    assert_eq!(budi.gateway_order_id().await, old);
    assert_eq!(app.bank.transactions().len(), 1);
    assert_eq!(app.units(&link).await, (0, 1));

    budi.pays().await;
    budi.waits_for("Lunas. Terima kasih!").await;
    ani.reads("dari Budi").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cancellation_whose_answer_is_lost_is_looked_up_before_the_next_charge() {
    let app = TestApp::start().await;
    let link = app.ani().makes_a_link("kaos hitam 150rb x1").await;
    let mut budi = app.customer();
    budi.orders(&link, "Budi", "BCA Virtual Account").await;
    app.bank.misbehave(Misbehaviour::once(Endpoint::Cancel, Conduct::CutAfterAcceptance));
    budi.presses("BNI Virtual Account").await;
    // The number is dead at the bank. Saying that it is good would send a customer astray for long.
    app.settles().await;
    budi.reloads().await;
    let live = app.attempts(&budi).await.into_iter().filter(|attempt| attempt.state.is_live()).count();
    let payable = app.bank.transactions().iter().filter(|charge| charge.status == "pending").count();
    assert_eq!(live, payable, "{}", budi.page.text());
    assert!(app.units(&link).await.1 <= 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn after_five_charges_the_last_one_stands() {
    let app = TestApp::start().await;
    let ani = app.ani();
    let link = ani.makes_a_link("kaos hitam 150rb x1").await;
    let mut budi = app.customer();
    budi.orders(&link, "Budi", "BCA Virtual Account").await;
    for method in ["BNI Virtual Account", "BRI Virtual Account", "CIMB Niaga", "Permata"] {
        budi.presses(method).await;
        assert!(budi.page.text().contains("Bayar dengan"), "{}", budi.page.text());
    }
    assert!(!budi.page.text().contains("Pilih cara bayar lain"), "{}", budi.page.text());
    // A tab that was opened before the last change still offers one more.
    let attempts = format!("{}/attempts", budi.page.url.path());
    budi.posts(app.base_url.join(&attempts).unwrap(), &[("method", "qris")]).await;
    assert_eq!(budi.page.status, 409);
    assert!(budi.page.text().contains("Anda sudah sering mengganti cara bayar"), "{}", budi.page.text());
    assert!(budi.page.text().contains("Bayar dengan Permata Virtual Account"), "{}", budi.page.text());
    let attempts = app.attempts(&budi).await;
    assert_eq!(attempts.len(), 5);
    assert!(attempts[..4].iter().all(|attempt| attempt.state == AttemptState::Cancelled));

    budi.pays().await;
    budi.waits_for("Lunas. Terima kasih!").await;
    ani.reads("dari Budi").await;
    assert_eq!(app.order(&budi).await.order.state, OrderState::Paid);
    app.settles().await;
    assert_eq!(app.bank.transactions().iter().filter(|charge| charge.status == "settlement").count(), 1);
}
