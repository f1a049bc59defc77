//! T23: money that comes late, short, in excess or twice ends where it should, and the seller hears of
//! each once, with buttons that lead to that end.

use chrono::TimeDelta;
use tautan::domain::order::{OrderState, Unit};
use tautan::messaging::buttons::Press;
use tautan::simulator::telegram::ShownMessage;
use url::Url;

use super::Promise;
use crate::support::customer::Customer;
use crate::support::seller::Seller;
use crate::support::test_app::TestApp;

const GOAL: &str = "late, under, over, double: its state, one notice with actions, ledger sum right";

/// Longer than any charge and its hold live on a limited link.
const LATE: TimeDelta = TimeDelta::minutes(4 * 60 + 1);

#[tokio::test(flavor = "multi_thread")]
async fn t23_late_money_with_a_place_is_paid_and_may_be_delivered_or_given_back() {
    let mut promise = Promise::new(23, GOAL);
    let (app, ani, link) = a_shop("x3").await;
    let budi = late_customer(&app, &link, "Budi", "BCA Virtual Account").await;
    pays_after_all(&app, &budi).await;
    let notice = ani.reads("terlambat 3 jam").await;
    assert_offers(&notice, &["Kirim barang", "Kembalikan"]);
    assert_eq!(ani.count("terlambat"), 1, "{}", ani.phone.transcript());
    let order = app.order(&budi).await.order;
    assert_eq!((order.state, order.unit, order.flags.late), (OrderState::Paid, Unit::Used, true));
    assert_eq!((app.ledger_sum(&budi).await, app.units(&link).await), (150_000, (1, 0)));

    ani.presses("Kirim barang").await;
    ani.reads("Dihitung lunas").await;
    sends_back_by_hand(&app, &ani, notice.message_id, &budi, "Rp150.000").await;
    let order = app.order(&budi).await.order;
    assert_eq!((order.state, order.unit), (OrderState::Refunded, Unit::Used));
    assert_eq!(app.ledger_sum(&budi).await, 0);
    promise.measured("late with a place: paid, delivered, then refunded by hand; 1 notice");
}

#[tokio::test(flavor = "multi_thread")]
async fn t23_late_money_without_a_place_is_accepted_over_the_limit() {
    let mut promise = Promise::new(23, GOAL);
    let (app, ani, link) = a_shop("x1").await;
    let budi = late_customer(&app, &link, "Budi", "BCA Virtual Account").await;
    app.sells_the_last_one(&ani, &link).await;
    pays_after_all(&app, &budi).await;
    let notice = ani.reads("datang terlambat 3 jam, padahal sudah habis").await;
    assert_offers(&notice, &["Terima", "Kembalikan"]);
    assert!(notice.text.contains("kaos hitam") && !notice.silent, "{}", notice.text);
    let order = app.order(&budi).await.order;
    assert_eq!((order.state, order.unit), (OrderState::PaidUnallocated, Unit::None));
    assert_eq!((app.ledger_sum(&budi).await, app.units(&link).await), (150_000, (1, 0)));

    ani.presses("✅ Terima").await;
    ani.reads("dihitung melebihi batas").await;
    ani.presses("✅ Terima").await;
    ani.reads("Diterima.").await;
    app.settles().await;
    let order = app.order(&budi).await.order;
    assert_eq!((order.state, order.unit, order.flags.over_limit), (OrderState::Paid, Unit::Used, true));
    assert_eq!((app.ledger_sum(&budi).await, app.units(&link).await), (150_000, (2, 0)));
    assert_eq!(ani.count("padahal sudah habis"), 1);
    assert_eq!(ani.count("pembayaran sudah masuk"), 1, "sold out is told once: {}", ani.phone.transcript());

    // The old button in the notice answers kindly and counts nothing twice.
    press_under(&ani, notice.message_id, "Terima");
    ani.reads("sudah lunas dan sudah dihitung").await;
    assert_eq!(app.units(&link).await, (2, 0));
    promise.measured("late without a place: accepted, 2 of 1 used");
}

#[tokio::test(flavor = "multi_thread")]
async fn t23_late_money_without_a_place_goes_back_through_the_gateway() {
    let mut promise = Promise::new(23, GOAL);
    let (app, ani, link) = a_shop("x1").await;
    let mut budi = late_customer(&app, &link, "Budi", "QRIS").await;
    app.sells_the_last_one(&ani, &link).await;
    pays_after_all(&app, &budi).await;
    let notice = ani.reads("padahal sudah habis").await;
    press_under(&ani, notice.message_id, "Kembalikan");
    gives_back_at_the_gateway(&app, &ani, "QRIS", "Rp150.000 kembali ke Budi").await;
    let order = app.order(&budi).await.order;
    assert_eq!((order.state, order.unit), (OrderState::Refunded, Unit::None));
    assert_eq!((app.ledger_sum(&budi).await, app.units(&link).await), (0, (1, 0)));
    assert_eq!(app.bank_was_asked("/refund"), 1);
    budi.waits_for("Uang Anda sudah dikembalikan.").await;
    promise.measured("late without a place: given back by the gateway");
}

#[tokio::test(flavor = "multi_thread")]
async fn t23_too_little_is_not_paid_and_goes_back() {
    let mut promise = Promise::new(23, GOAL);
    let (app, ani, link) = a_shop("x1").await;
    let mut budi = app.customer();
    budi.orders(&link, "Budi", "BCA Virtual Account").await;
    app.bank.pay_amount(&budi.gateway_order_id().await, 100_000).await.expect("a payment");
    let notice = ani.reads("belum lunas").await;
    assert_offers(&notice, &["Kembalikan"]);
    app.settles().await;
    assert_eq!((app.ledger_sum(&budi).await, app.units(&link).await), (100_000, (0, 0)));
    sends_back_by_hand(&app, &ani, notice.message_id, &budi, "Rp100.000").await;
    let order = app.order(&budi).await.order;
    assert_eq!((order.state, order.unit, order.flags.underpaid), (OrderState::Open, Unit::None, true));
    assert_eq!(app.ledger_sum(&budi).await, 0);
    assert_eq!(ani.count("belum lunas"), 1);
    // Nothing is left of it, so the customer may pay after all.
    budi.reloads().await;
    budi.presses("BNI Virtual Account").await;
    budi.pays().await;
    ani.reads("Rp150.000 dari Budi").await;
    app.settles().await;
    assert_eq!((app.ledger_sum(&budi).await, app.units(&link).await), (150_000, (1, 0)));
    promise.measured("under: not paid, sent back by hand");
}

#[tokio::test(flavor = "multi_thread")]
async fn t23_too_much_is_paid_and_the_excess_goes_back() {
    let mut promise = Promise::new(23, GOAL);
    for (method, by_hand) in
        [("QRIS", false), ("GoPay", false), ("BCA Virtual Account", true), ("Indomaret", true)]
    {
        let (app, ani, link) = a_shop("x1").await;
        let mut budi = app.customer();
        budi.orders(&link, "Budi", method).await;
        app.bank.pay_amount(&budi.gateway_order_id().await, 160_000).await.expect("a payment");
        let notice = ani.reads("Kembalikan kelebihannya").await;
        assert_offers(&notice, &["Kembalikan"]);
        assert!(notice.text.contains("Rp160.000, seharusnya Rp150.000"), "{}", notice.text);
        app.settles().await;
        assert_eq!(ani.count("dari Budi"), 1, "one message says it: {}", ani.phone.transcript());
        if by_hand {
            sends_back_by_hand(&app, &ani, notice.message_id, &budi, "Rp10.000").await;
        } else {
            press_under(&ani, notice.message_id, "Kembalikan");
            gives_back_at_the_gateway(&app, &ani, method, "Rp10.000 kembali ke Budi").await;
        }
        let order = app.order(&budi).await.order;
        assert_eq!((order.state, order.unit, order.flags.overpaid), (OrderState::Paid, Unit::Used, true));
        assert_eq!((app.ledger_sum(&budi).await, app.units(&link).await), (150_000, (1, 0)));
    }
    promise.measured("over: paid, excess back by gateway and by hand");
}

#[tokio::test(flavor = "multi_thread")]
async fn t23_the_second_of_two_payments_goes_back_and_the_first_stays() {
    let mut promise = Promise::new(23, GOAL);
    for (first, by_hand) in [
        ("QRIS", false),
        ("BCA Virtual Account", true),
        ("Alfamart", true),
        ("GoPay", false),
        ("Visa / Mastercard / JCB", false),
    ] {
        let (app, ani, link) = a_shop("x3").await;
        let mut budi = app.customer();
        budi.orders(&link, "Budi", first).await;
        if first.starts_with("Visa") {
            begins_on_the_page(&mut budi, "Card").await;
        }
        let called_off = budi.gateway_order_id().await;
        budi.presses("BNI Virtual Account").await;
        budi.pays().await;
        ani.reads("Rp150.000 dari Budi").await;
        app.settles().await;
        app.bank.pay_after_all(&called_off, None).await.expect("a payment");
        let notice = ani.reads("membayar lagi").await;
        assert_offers(&notice, &["Kembalikan"]);
        app.settles().await;
        assert_eq!((app.ledger_sum(&budi).await, app.units(&link).await), (300_000, (1, 0)));
        if by_hand {
            sends_back_by_hand(&app, &ani, notice.message_id, &budi, "Rp150.000").await;
        } else {
            press_under(&ani, notice.message_id, "Kembalikan");
            gives_back_at_the_gateway(&app, &ani, first, "Rp150.000 kembali ke Budi").await;
        }
        let order = app.order(&budi).await.order;
        assert_eq!((order.state, order.unit), (OrderState::Paid, Unit::Used));
        assert!(order.flags.duplicate_payment);
        assert_eq!((app.ledger_sum(&budi).await, app.units(&link).await), (150_000, (1, 0)));
        assert_eq!(ani.count("membayar lagi"), 1);
    }
    promise.measured("double: paid once, second back by gateway and by hand");
}

#[tokio::test(flavor = "multi_thread")]
async fn t23_late_money_of_a_page_or_a_counter_is_late_money() {
    let mut promise = Promise::new(23, GOAL);
    let ways = [
        ("Visa / Mastercard / JCB", Some("Card")),
        ("Kredivo", Some("Kredivo")),
        ("Akulaku", Some("Akulaku")),
        ("GoPay", None),
        ("ShopeePay", None),
        ("Indomaret", None),
        ("Alfamart", None),
    ];
    for (method, begun) in ways {
        let (app, ani, link) = a_shop("x3").await;
        let mut budi = app.customer();
        budi.orders(&link, "Budi", method).await;
        if let Some(there) = begun {
            begins_on_the_page(&mut budi, there).await;
        }
        app.advance(LATE);
        app.settles().await;
        assert_eq!(app.units(&link).await, (0, 0), "{method}: the hold has come back");
        pays_after_all(&app, &budi).await;
        assert_offers(&ani.reads("terlambat").await, &["Kirim barang", "Kembalikan"]);
        let order = app.order(&budi).await.order;
        assert_eq!((order.state, order.flags.late), (OrderState::Paid, true), "{method}");
        assert_eq!((app.ledger_sum(&budi).await, app.units(&link).await), (150_000, (1, 0)), "{method}");
        assert_eq!(ani.count("terlambat"), 1, "{}", ani.phone.transcript());
    }
    promise.measured("late by card, pay-later, wallet and counter: paid late, 1 notice each");
}

/// Begins on the gateway's page and goes back to the order's.
async fn begins_on_the_page(customer: &mut Customer, there: &str) {
    let order_page = customer.page.url.clone();
    customer.opens(&customer.page.link("Lanjut ke halaman pembayaran")).await;
    customer.presses(there).await;
    customer.opens(&order_page).await;
}

async fn a_shop(limit: &str) -> (TestApp, Seller, Url) {
    let app = TestApp::start().await;
    let ani = app.ani();
    let link = ani.makes_a_link(&format!("kaos hitam 150rb {limit}")).await;
    (app, ani, link)
}

/// Someone who chose a method and let its time pass; the place is free again.
async fn late_customer(app: &TestApp, link: &Url, name: &str, method: &str) -> Customer {
    let mut customer = app.customer();
    customer.orders(link, name, method).await;
    app.advance(LATE);
    app.settles().await;
    assert_eq!(app.units(link).await, (0, 0), "the hold has come back");
    customer
}

async fn pays_after_all(app: &TestApp, customer: &Customer) {
    let id = customer.gateway_order_id().await;
    app.bank.pay_after_all(&id, None).await.expect("the bank takes it");
    app.settles().await;
}

/// From the notice's button over the contact and the question to the book.
async fn sends_back_by_hand(app: &TestApp, ani: &Seller, notice: i64, customer: &Customer, amount: &str) {
    press_under(ani, notice, "Kembalikan");
    let contact = ani.reads(&format!("Kembalikan sendiri {amount}")).await;
    for words in ["Budi", "+6281234567890", "budi@example.test"] {
        assert!(contact.text.contains(words), "no {words:?}: {}", contact.text);
    }
    let before = app.ledger_sum(customer).await;
    ani.presses("Sudah ditransfer").await;
    ani.reads(&format!("Benar {amount} sudah Anda kembalikan")).await;
    assert_eq!(app.ledger_sum(customer).await, before, "asked once before it is booked");
    ani.presses("Ya, sudah").await;
    ani.reads("Dicatat:").await;
    app.settles().await;
}

/// From the question to the gateway's word.
async fn gives_back_at_the_gateway(app: &TestApp, ani: &Seller, method: &str, told: &str) {
    ani.reads(&format!("Uangnya dikirim otomatis lewat {method}")).await;
    ani.presses("Ya, kembalikan").await;
    ani.reads("sedang dikembalikan").await;
    ani.reads(told).await;
    app.settles().await;
    assert_eq!(ani.count(told), 1, "{}", ani.phone.transcript());
}

fn press_under(ani: &Seller, message_id: i64, label: &str) {
    let shown = ani.phone.messages();
    let message = shown.iter().find(|message| message.message_id == message_id).expect("the message");
    let button = message.button(label).unwrap_or_else(|| panic!("no {label:?}: {}", ani.phone.transcript()));
    let tautan::simulator::telegram::ButtonKind::Callback(data) = &button.kind else { panic!("{button:?}") };
    assert!(Press::decode(data).is_some());
    ani.phone.presses_data(message_id, data);
}

fn assert_offers(notice: &ShownMessage, labels: &[&str]) {
    for label in labels {
        assert!(notice.button(label).is_some(), "no {label:?} under {:?}", notice.text);
    }
}
