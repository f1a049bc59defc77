//! Money that goes away again, comes twice, or comes in another amount.

use chrono::TimeDelta;
use tautan::domain::attempt::AttemptState;
use tautan::domain::order::{OrderState, Unit};
use tautan::simulator::midtrans::{Conduct, Endpoint, Misbehaviour};
use url::Url;

use crate::support::customer::Customer;
use crate::support::seller::Seller;
use crate::support::test_app::TestApp;

#[tokio::test(flavor = "multi_thread")]
async fn a_payment_that_the_bank_takes_back_stops_the_delivery_and_frees_the_unit() {
    let (app, ani, mut budi, link) = a_paid_order("Permata Virtual Account").await;
    app.advance(TimeDelta::minutes(3));
    app.bank.reverse(&budi.gateway_order_id().await).await.unwrap();
    let notice = ani.reads("JANGAN DIKIRIM").await;
    for words in ["Rp150.000", "Budi", "kaos hitam", "tidak lunas"] {
        assert!(notice.text.contains(words), "no {words:?}: {}", notice.text);
    }
    assert!(!notice.silent);
    budi.waits_for("Bank menarik kembali pembayaran ini.").await;
    app.settles().await;
    let order = app.order(&budi).await.order;
    assert_eq!((order.state, order.unit), (OrderState::Reversed, Unit::None));
    assert_eq!(app.units(&link).await, (0, 0));
    assert_eq!(ani.count("JANGAN DIKIRIM"), 1);
    assert!(notice.button("WhatsApp").is_some(), "{}", ani.phone.transcript());
    ani.presses("Pesanan ini").await;
    let card = ani.reads("🛑 Rp150.000 ditarik bank").await;
    assert!(card.text.contains("✅ Rp150.000 masuk"), "{}", card.text);
    let mut citra = app.customer();
    citra.opens(&link).await;
    assert!(citra.page.has_form("form[action$='/orders']"), "someone else may buy: {}", citra.page.text());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reversal_without_a_notice_is_seen_within_minutes() {
    let (app, ani, budi, _) = a_paid_order("Permata Virtual Account").await;
    app.bank.misbehave(Misbehaviour::once(Endpoint::Notice, Conduct::Drop));
    app.bank.reverse(&budi.gateway_order_id().await).await.unwrap();
    app.advance(TimeDelta::minutes(7));
    ani.reads("JANGAN DIKIRIM").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn reversed_money_that_comes_back_is_believed_at_the_second_look() {
    let (app, ani, mut budi, link) = a_paid_order("Permata Virtual Account").await;
    let id = budi.gateway_order_id().await;
    app.bank.reverse(&id).await.unwrap();
    ani.reads("JANGAN DIKIRIM").await;
    app.settles().await;

    // The pretend bank knows no way back, so its answers are made to say so.
    let fields = serde_json::json!({ "status_code": "200", "transaction_status": "settlement" });
    let conduct = Conduct::alter(fields);
    app.bank.misbehave(Misbehaviour::once(Endpoint::Status, conduct).times(100));
    app.advance(TimeDelta::seconds(11));
    app.bank.send_notice_again(&id).unwrap();
    app.settles().await;
    app.advance(TimeDelta::seconds(11));
    app.settles().await;
    assert_eq!(app.order(&budi).await.order.state, OrderState::Reversed, "one look proves nothing");
    assert_eq!(ani.count("lunas lagi"), 0);

    app.advance(TimeDelta::seconds(61));
    ani.reads("lunas lagi").await;
    budi.waits_for("Lunas. Terima kasih!").await;
    app.settles().await;
    assert_eq!(ani.count("lunas lagi"), 1);
    assert_eq!(app.units(&link).await, (1, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refund_in_parts_at_the_bank_is_told_once_each() {
    let (app, ani, mut budi, link) = a_paid_order("QRIS").await;
    let id = budi.gateway_order_id().await;
    app.bank.refund(&id, 50_000).await.unwrap();
    let part = ani.reads("(harga pesanan").await;
    assert!(part.text.contains("Rp50.000") && part.text.contains("Rp150.000"), "{}", part.text);
    assert!(part.text.contains("Pesanannya tetap jalan: kirim"), "{}", part.text);
    budi.waits_for("Sebagian uang Anda sudah dikembalikan.").await;
    app.settles().await;
    assert_eq!(ani.count("(harga pesanan"), 1, "{}", ani.phone.transcript());
    assert_eq!(app.order(&budi).await.order.state, OrderState::PartiallyRefunded);

    app.bank.refund(&id, 100_000).await.unwrap();
    let rest = ani.reads("Rp100.000 kembali ke Budi").await;
    assert!(!rest.text.contains("sebagian"), "{}", rest.text);
    assert!(rest.text.contains("jangan dikirim"), "{}", rest.text);
    assert!(rest.text.contains("sisa di tautan tidak bertambah"), "{}", rest.text);
    budi.waits_for("Uang Anda sudah dikembalikan.").await;
    app.settles().await;
    assert_eq!(ani.count("Rp100.000 kembali ke Budi"), 1);
    let order = app.order(&budi).await.order;
    assert_eq!((order.state, order.unit), (OrderState::Refunded, Unit::Used), "a sale happened");
    assert_eq!(app.units(&link).await, (1, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_whole_refund_at_the_bank_is_told_once() {
    let (app, ani, mut budi, _) = a_paid_order("QRIS").await;
    app.bank.refund(&budi.gateway_order_id().await, 150_000).await.unwrap();
    ani.reads("Rp150.000 kembali ke Budi").await;
    budi.waits_for("Uang Anda sudah dikembalikan.").await;
    app.settles().await;
    assert_eq!(ani.count("kembali ke Budi"), 1, "{}", ani.phone.transcript());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_disputed_payment_is_told() {
    let (app, ani, mut budi, _) = a_paid_order("QRIS").await;
    app.bank.chargeback(&budi.gateway_order_id().await).await.unwrap();
    ani.reads("menyengketakan Rp150.000").await;
    budi.waits_for("Pembayaran ini sedang disengketakan.").await;
    ani.presses("Pesanan ini").await;
    let card = ani.reads("🛑 Rp150.000 ditahan bank pembeli").await;
    assert!(card.text.contains("✅ Rp150.000 masuk") && !card.text.contains('↩'), "{}", card.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_that_is_paid_twice_counts_once_and_says_give_one_back() {
    let app = TestApp::start().await;
    let ani = app.ani();
    let link = ani.makes_a_link("kaos hitam 150rb x3").await;
    let mut budi = app.customer();
    budi.orders(&link, "Budi", "BCA Virtual Account").await;
    let first = budi.gateway_order_id().await;
    budi.presses("BNI Virtual Account").await;
    budi.pays().await;
    ani.reads("Rp150.000 dari Budi").await;

    // The number that was called off is paid all the same.
    let fields = serde_json::json!({ "status_code": "200", "transaction_status": "settlement" });
    let conduct = Conduct::alter(fields.clone());
    app.bank.misbehave(Misbehaviour::once(Endpoint::Status, conduct).times(100).for_order(first.as_str()));
    app.bank.forge_notice(&first, fields, tautan::simulator::midtrans::Signing::Genuine).unwrap();
    let notice = ani.reads("Budi membayar lagi: Rp150.000").await;
    assert!(notice.text.contains("kembalikan pembayaran kedua"), "{}", notice.text);
    assert!(
        notice.text.contains("kaos hitam · BCA Virtual Account"),
        "this payment's method: {}",
        notice.text
    );
    budi.waits_for("Uang Anda masuk dua kali.").await;
    app.settles().await;
    assert_eq!(app.units(&link).await, (1, 0), "one unit");
    assert!(app.order(&budi).await.order.flags.duplicate_payment);
    assert_eq!(ani.count("membayar lagi"), 1);

    ani.presses("Pesanan ini").await;
    let card = ani.reads("Masih di Anda: Rp300.000").await;
    let came = |method: &str| {
        let is_it = |line: &&str| line.starts_with("✅ Rp150.000 masuk") && line.ends_with(method);
        card.text.lines().filter(is_it).count()
    };
    assert_eq!((came("BCA Virtual Account"), came("BNI Virtual Account")), (1, 1), "{}", card.text);
    ani.presses("Kembalikan uang").await;
    let choice = ani.reads("Pembayaran mana yang dikembalikan?").await;
    let surplus = choice.text.lines().find(|line| line.ends_with("kelebihan")).unwrap_or_default().to_owned();
    assert!(surplus.starts_with("1. Rp150.000 · BCA Virtual Account"), "{}", choice.text);
    assert!(ani.buttons()[0].starts_with("↩ 1. Rp150.000 · "), "{:?}", ani.buttons());
}

#[tokio::test(flavor = "multi_thread")]
async fn too_little_money_is_not_paid_and_both_are_told() {
    let app = TestApp::start().await;
    let ani = app.ani();
    let link = ani.makes_a_link("kaos hitam 150rb x1").await;
    let mut budi = app.customer();
    budi.orders(&link, "Budi", "BCA Virtual Account").await;
    app.bank.pay_amount(&budi.gateway_order_id().await, 100_000).await.unwrap();
    let notice = ani.reads("belum lunas").await;
    assert!(notice.text.contains("Rp100.000 dari Rp150.000"), "{}", notice.text);
    budi.waits_for("Uang yang masuk kurang dari harganya.").await;
    app.settles().await;
    let order = app.order(&budi).await.order;
    assert!(order.flags.underpaid && !order.state.has_seen_money(), "{:?}", order.state);
    assert_eq!(app.units(&link).await, (0, 0));
    assert_eq!(ani.count("belum lunas"), 1);
    for words in ["Budi baru membayar", "tidak bisa dibayar di pesanan yang sama", "tautan baru"] {
        assert!(notice.text.contains(words), "no {words:?}: {}", notice.text);
    }
    let whatsapp = notice.button("WhatsApp").expect("a way to the customer");
    assert!(format!("{whatsapp:?}").contains("https://wa.me/62"), "{whatsapp:?}");

    ani.presses("Pesanan ini").await;
    let card = ani.reads("Masih di Anda: Rp100.000").await;
    assert!(card.text.contains("✅ Rp100.000 masuk"), "{}", card.text);
    ani.presses("Kembalikan uang").await;
    ani.presses("Sudah ditransfer").await;
    ani.presses("Ya, sudah").await;
    let card = ani.reads("↩ Rp100.000 dikembalikan manual").await;
    assert!(!card.text.contains("Masih di Anda"), "{}", card.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn too_much_money_is_paid_and_the_rest_goes_back() {
    let app = TestApp::start().await;
    let ani = app.ani();
    let link = ani.makes_a_link("kaos hitam 150rb x1").await;
    let mut budi = app.customer();
    budi.orders(&link, "Budi", "BCA Virtual Account").await;
    app.bank.pay_amount(&budi.gateway_order_id().await, 160_000).await.unwrap();
    let notice = ani.reads("Kembalikan kelebihannya").await;
    assert!(notice.text.contains("Rp150.000"), "{}", notice.text);
    budi.waits_for("Anda mengirim lebih dari harganya.").await;
    app.settles().await;
    let order = app.order(&budi).await.order;
    assert_eq!((order.state, order.flags.overpaid), (OrderState::Paid, true));
    assert_eq!(app.units(&link).await, (1, 0));
    assert_eq!(app.attempts(&budi).await[0].state, AttemptState::Settled);
    assert_eq!(ani.count("Kembalikan kelebihannya"), 1);

    ani.presses("Pesanan ini").await;
    ani.reads("✅ Rp160.000 masuk").await;
    ani.presses("Kembalikan uang").await;
    ani.presses("Sudah ditransfer").await;
    ani.presses("Ya, sudah").await;
    let card = ani.reads("↩ Rp10.000 dikembalikan manual").await;
    assert!(card.text.contains("✅ Lunas") && card.text.contains("✅ Rp160.000 masuk"), "{}", card.text);
    assert!(!card.text.contains("Masih di Anda"), "all is settled: {}", card.text);
}

async fn a_paid_order(method: &str) -> (TestApp, Seller, Customer, Url) {
    let app = TestApp::start().await;
    let ani = app.ani();
    let link = ani.makes_a_link("kaos hitam 150rb x1").await;
    let mut budi = app.customer();
    budi.orders(&link, "Budi", method).await;
    budi.pays().await;
    ani.reads("Rp150.000 dari Budi").await;
    budi.waits_for("Lunas. Terima kasih!").await;
    app.settles().await;
    (app, ani, budi, link)
}
