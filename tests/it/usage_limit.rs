//! A usage limit counts payments: who pays holds a place, who comes later is told when to look again.

use chrono::TimeDelta;
use tautan::domain::instant_text::display_instant;
use tautan::domain::language::Language;

use crate::support::test_app::TestApp;

#[tokio::test(flavor = "multi_thread")]
async fn while_one_pays_the_last_one_the_next_is_told_when_to_come_back() {
    let app = TestApp::start().await;
    let ani = app.ani();
    let link = ani.makes_a_link("kaos hitam 150rb x1").await;
    let (mut budi, mut citra) = (app.customer(), app.customer());
    citra.opens(&link).await;
    citra.fills_in("Citra", "0812-3456-7891", "citra@example.test").await;
    budi.orders(&link, "Budi", "BCA Virtual Account").await;

    // Citra filled in the form first, but only a charge holds a place.
    citra.presses("BNI Virtual Account").await;
    assert_eq!(citra.page.status, 409);
    assert!(citra.page.text().contains("Sedang ada yang membayar."), "{}", citra.page.text());
    assert_eq!(app.bank.transactions().len(), 1, "no charge for Citra");

    let chance = app.order(&budi).await.order.hold_until.expect("a hold");
    let chance = display_instant(chance, chrono_tz::Asia::Jakarta, Language::Indonesian);
    let mut dewi = app.customer();
    dewi.opens(&link).await;
    assert_eq!(dewi.page.status, 200);
    let page = dewi.page.text();
    assert!(page.contains("Sedang ada yang membayar.") && page.contains(&chance), "{chance}: {page}");
    assert!(dewi.page.html.contains("data-again="), "the page looks again by itself");
    // Citra's order waits for its turn and knows the same time.
    citra.reloads().await;
    let page = citra.page.text();
    assert!(page.contains(&chance) && !page.contains("berakhir tanpa"), "{chance}: {page}");
    assert_eq!(citra.page.link("Kembali ke tautan").path(), link.path());

    budi.opens(&link).await;
    assert!(budi.page.text().contains("Lanjutkan pembayaran"), "{}", budi.page.text());
    assert!(!budi.page.text().contains("Sedang ada yang membayar."), "it is Budi who pays");
    let own = budi.page.link("Lanjutkan pembayaran");
    budi.opens(&own).await;
    assert!(budi.page.text().contains("Bayar dengan BCA Virtual Account"), "{}", budi.page.text());
    budi.pays().await;
    ani.reads("dari Budi").await;
    citra.waits_for("Sudah habis.").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_last_payment_is_told_as_sold_out_once_and_said_on_the_page() {
    let app = TestApp::start().await;
    let ani = app.ani();
    let link = ani.makes_a_link("kaos hitam 150rb x2").await;
    for name in ["Budi", "Citra"] {
        let mut customer = app.customer();
        customer.orders(&link, name, "BCA Virtual Account").await;
        customer.pays().await;
        ani.reads(&format!("dari {name}")).await;
        app.bank.send_notice_again(&customer.gateway_order_id().await).unwrap();
    }
    let sold_out = ani.reads("sudah habis").await;
    assert!(sold_out.text.contains("kaos hitam") && sold_out.silent, "{}", sold_out.text);
    app.settles().await;
    assert_eq!(ani.count("sudah habis"), 1, "{}", ani.phone.transcript());
    assert_eq!(app.units(&link).await, (2, 0));

    let mut dewi = app.customer();
    dewi.opens(&link).await;
    assert_eq!(dewi.page.status, 200);
    assert!(dewi.page.text().contains("Sudah habis."), "{}", dewi.page.text());
    assert!(!dewi.page.has_form("form[action$='/orders']"), "nothing to fill in");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_place_that_nobody_pays_for_comes_back_by_itself() {
    let app = TestApp::start().await;
    let link = app.ani().makes_a_link("kaos hitam 150rb x1").await;
    let mut budi = app.customer();
    budi.orders(&link, "Budi", "QRIS").await;
    assert_eq!(app.units(&link).await, (0, 1));
    // Not even the bank's word that the time is over arrives.
    use tautan::simulator::midtrans::{Conduct, Endpoint, Misbehaviour};
    app.bank.misbehave(Misbehaviour::once(Endpoint::Notice, Conduct::Drop).times(9));
    app.settles().await;
    app.advance(TimeDelta::minutes(32));
    app.settles().await;
    assert_eq!(app.units(&link).await, (0, 0));
    let mut citra = app.customer();
    citra.opens(&link).await;
    assert!(citra.page.has_form("form[action$='/orders']"), "{}", citra.page.text());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_named_customers_own_link_shows_that_order_to_whoever_opens_it() {
    let app = TestApp::start().await;
    let ani = app.ani();
    let link = ani.makes_a_link("lukisan 150rb x1 for:Budi").await;
    let mut phone = app.customer();
    phone.opens(&link).await;
    assert!(phone.page.text().contains("Halo Budi!"), "{}", phone.page.text());
    phone.fills_in("", "0812-3456-7890", "budi@example.test").await;
    phone.presses("BCA Virtual Account").await;

    // The same person on another device, without the cookie.
    let mut laptop = app.customer();
    laptop.opens(&link).await;
    assert!(laptop.page.text().contains("Lanjutkan pembayaran"), "{}", laptop.page.text());
    let own = laptop.page.link("Lanjutkan pembayaran");
    laptop.opens(&own).await;
    assert_eq!(laptop.gateway_order_id().await, phone.gateway_order_id().await);
    laptop.pays().await;
    ani.reads("dari Budi").await;

    let mut tablet = app.customer();
    tablet.opens(&link).await;
    assert!(tablet.page.text().contains("Ini sudah Anda bayar."), "{}", tablet.page.text());
    assert_eq!(app.orders_made(&link).await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_with_limit_and_time_ends_by_its_limit_when_that_comes_first() {
    let app = TestApp::start().await;
    let ani = app.ani();
    let link = ani.makes_a_link("kaos hitam 150rb x1 3d").await;
    let mut budi = app.customer();
    budi.orders(&link, "Budi", "QRIS").await;
    budi.pays().await;
    ani.reads("dari Budi").await;
    let mut citra = app.customer();
    citra.opens(&link).await;
    assert!(citra.page.text().contains("Sudah habis."), "{}", citra.page.text());
    app.advance(TimeDelta::days(3));
    citra.reloads().await;
    assert!(citra.page.text().contains("Masa berlaku tautan ini sudah habis."), "{}", citra.page.text());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_with_limit_and_time_ends_by_its_time_when_that_comes_first() {
    let app = TestApp::start().await;
    let ani = app.ani();
    let link = ani.makes_a_link("kaos hitam 150rb x2 3d").await;
    let mut budi = app.customer();
    budi.orders(&link, "Budi", "QRIS").await;
    budi.pays().await;
    ani.reads("dari Budi").await;
    app.advance(TimeDelta::days(3));
    let mut citra = app.customer();
    citra.opens(&link).await;
    assert_eq!(citra.page.status, 200);
    assert!(citra.page.text().contains("Masa berlaku tautan ini sudah habis."), "{}", citra.page.text());
    assert_eq!(app.units(&link).await, (1, 0), "one was left, and time ended it");
}
