//! Everybody decides how the shop's news sound.

use chrono::TimeDelta;
use tautan::messaging::buttons::Press;
use tautan::simulator::telegram::{Fault, Misbehaviour, ShownMessage};

use crate::support::seller::Seller;
use crate::support::test_app::TestApp;

#[tokio::test(flavor = "multi_thread")]
async fn at_night_payments_arrive_at_once_and_without_a_sound() {
    let app = TestApp::start().await;
    let ani = app.ani();
    let link = ani.makes_a_link("kaos 75rb").await;
    ani.says("/settings").await;
    let card = ani.presses("🔔 Kabar untuk saya").await;
    assert!(card.text.contains("Jam tenang: mati") && card.text.contains("Sandbox"), "{}", card.text);
    ani.presses("🌙 Jam tenang").await;
    let card = ani.says("besok malam").await;
    assert!(card.text.contains("“besok malam” belum jelas"), "{}", card.text);
    let card = ani.says("22-6").await;
    assert!(card.text.contains("Tersimpan") && card.text.contains("22.00–06.00 WIB"), "{}", card.text);

    app.until_hour(23).await;
    let notice = sells(&app, &ani, &link, "Budi").await;
    assert!(notice.silent, "it is eleven at night");
    app.until_hour(12).await;
    let notice = sells(&app, &ani, &link, "Citra").await;
    assert!(!notice.silent, "it is noon");

    // What must not be sent off rings at any hour.
    app.until_hour(23).await;
    let mut dewi = app.customer();
    dewi.orders(&link, "Dewi", "Permata").await;
    dewi.pays().await;
    app.settles().await;
    app.bank.reverse(&dewi.gateway_order_id().await).await.expect("a reversal");
    app.settles().await;
    let notice = ani.reads("JANGAN DIKIRIM").await;
    assert!(!notice.silent);

    ani.says("/settings").await;
    ani.presses("🔔 Kabar untuk saya").await;
    ani.presses("🌙 Jam tenang").await;
    assert!(ani.presses("Mati").await.text.contains("Jam tenang: mati"));
    let notice = sells(&app, &ani, &link, "Eko").await;
    assert!(!notice.silent);
}

#[tokio::test(flavor = "multi_thread")]
async fn hours_are_tapped_too_and_a_forged_button_changes_nothing() {
    let app = TestApp::start().await;
    let ani = app.ani();
    ani.makes_a_link("kaos 75rb").await;
    ani.says("/settings").await;
    ani.presses("🔔 Kabar untuk saya").await;
    ani.presses("🌙 Jam tenang").await;
    let card = ani.presses("23–05").await;
    assert!(card.text.contains("23.00–05.00 WIB"), "{}", card.text);
    ani.presses("🌙 Jam tenang").await;
    assert!(ani.buttons().contains(&"✓ 23–05".to_owned()), "{:?}", ani.buttons());
    for data in ["v1:yp:9999:5", "v1:yp:300:300", "v1:yh:1440", "v1:yk:x:1"] {
        ani.phone.presses_data(ani.newest().message_id, data);
        app.settles().await;
        ani.phone.settles().await;
    }
    assert_eq!(ani.phone.unanswered_taps(), []);
    ani.says("/settings").await;
    let card = ani.presses("🔔 Kabar untuk saya").await;
    assert!(card.text.contains("23.00–05.00 WIB") && card.text.contains("harian: mati"), "{}", card.text);
    assert!(ani.presses("◀ Kembali").await.text.contains("⚙️ Pengaturan"));
}

#[tokio::test(flavor = "multi_thread")]
async fn sold_out_rings_for_who_wants_it_and_a_return_need_not() {
    let app = TestApp::start().await;
    let ani = app.ani();
    let first = ani.makes_a_link("kaos 75rb x1").await;
    let second = ani.makes_a_link("topi 50rb x1").await;
    app.sells_the_last_one(&ani, &first).await;
    assert!(ani.reads("kaos sudah habis").await.silent);
    ani.says("/settings").await;
    ani.presses("🔔 Kabar untuk saya").await;
    ani.presses("⬜ Habis terjual").await;
    let card = ani.presses("✅ Uang kembali").await;
    assert!(card.button("✅ Habis terjual").is_some() && card.button("⬜ Uang kembali").is_some());
    let mut budi = app.customer();
    budi.orders(&second, "Budi", "QRIS").await;
    budi.pays().await;
    assert!(!ani.reads("topi sudah habis").await.silent);
    app.settles().await;
    // She takes it in the bank's own dashboard: nothing of hers to decide.
    app.bank.refund(&budi.gateway_order_id().await, 50_000).await.expect("a refund");
    assert!(ani.reads("kembali ke Budi").await.silent);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_that_nobody_paid_is_told_once_to_who_asked_for_it() {
    let app = TestApp::start().await;
    let ani = app.ani();
    let link = ani.makes_a_link("kaos 75rb").await;
    let mut budi = app.customer();
    budi.orders(&link, "Budi", "BCA Virtual Account").await;
    app.settles().await;
    app.advance(TimeDelta::days(2));
    app.settles().await;
    assert_eq!(ani.count("Budi"), 0, "off by default\n{}", ani.phone.transcript());

    ani.says("/settings").await;
    ani.presses("🔔 Kabar untuk saya").await;
    ani.presses("⬜ Tidak jadi bayar").await;
    let mut citra = app.customer();
    citra.orders(&link, "Citra", "BCA Virtual Account").await;
    app.settles().await;
    app.advance(TimeDelta::days(2));
    app.settles().await;
    let notice = ani.reads("Citra tidak jadi membayar").await;
    assert!(notice.silent && notice.text.contains("Sandbox"), "{}", notice.text);
    app.advance(TimeDelta::days(2));
    app.settles().await;
    assert_eq!(ani.count("tidak jadi membayar"), 1);

    // She pays and is told as ever.
    let mut dewi = app.customer();
    dewi.orders(&link, "Dewi", "BCA Virtual Account").await;
    dewi.pays().await;
    ani.reads("dari Dewi").await;
    app.advance(TimeDelta::days(2));
    app.settles().await;
    assert_eq!(ani.count("tidak jadi membayar"), 1, "money came");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_first_payment_is_celebrated_and_offers_a_recap() {
    let app = TestApp::start().await;
    let ani = app.ani();
    let link = ani.makes_a_link("kaos 75rb").await;
    let notice = sells(&app, &ani, &link, "Budi").await;
    assert!(notice.text.contains("🎉 Pembayaran latihan pertama!"), "{}", notice.text);
    assert_eq!(notice.effect.as_deref(), Some("5046509860389126442"));
    assert_eq!(ani.count("dari Budi"), 1);
    let second = sells(&app, &ani, &link, "Citra").await;
    assert!(!second.text.contains("🎉") && second.effect.is_none(), "{}", second.text);

    let card = ani.presses("🌙 Ringkasan harian").await;
    assert!(card.text.contains("tiap hari 20.00 WIB"), "{}", card.text);
    assert!(ani.phone.messages().iter().any(|message| message.text == notice.text), "the notice stays");
    // Again, and typed at once.
    ani.presses("🌙 Ringkasan harian").await;
    let card = ani.says("19.30").await;
    assert!(card.text.contains("tiap hari 19.30 WIB"), "{}", card.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_effect_that_telegram_refuses_costs_only_the_effect() {
    let app = TestApp::start().await;
    let ani = app.ani();
    let link = ani.makes_a_link("kaos 75rb").await;
    let refusal = Fault::BadRequest("EFFECT_ID_INVALID".to_owned());
    app.telegram.misbehave(Misbehaviour::on("sendMessage", refusal).times(1));
    let notice = sells(&app, &ani, &link, "Budi").await;
    assert!(notice.text.contains("🎉") && notice.effect.is_none(), "{}", notice.text);
    assert_eq!(ani.count("dari Budi"), 1);
    assert!(Press::decode(&ani.data_of("🌙 Ringkasan harian")).is_some());
}

async fn sells(app: &TestApp, ani: &Seller, link: &url::Url, name: &str) -> ShownMessage {
    let mut customer = app.customer();
    customer.orders(link, name, "BCA Virtual Account").await;
    customer.pays().await;
    let notice = ani.reads(&format!("dari {name}")).await;
    app.settles().await;
    notice
}
