//! A seller looks at what was sold.

use chrono::TimeDelta;
use tautan::domain::id::TelegramId;
use tautan::domain::merchant::Mode;
use tautan::services::merchants::ShopChange;
use tautan::simulator::telegram::ShownMessage;

use crate::support::test_app::{Options, TestApp};

#[tokio::test(flavor = "multi_thread")]
async fn a_seller_sees_what_stayed_and_how_far_customers_came() {
    let app = TestApp::start().await;
    let ani = app.ani();
    let link = ani.makes_a_link("Kaos polos 75rb").await;
    for (name, method) in [("Budi", "BCA"), ("Sari", "BCA"), ("Eko", "Permata")] {
        let mut buyer = app.customer();
        buyer.orders(&link, name, method).await;
        buyer.pays().await;
        ani.reads(name).await;
        if name == "Eko" {
            // The bank takes the money back: it is not the shop's.
            app.settles().await;
            app.bank.reverse(&buyer.gateway_order_id().await).await.expect("a reversal");
        }
    }
    app.customer().orders(&link, "Dewi", "QRIS").await;
    app.customer().opens(&link).await;
    app.settles().await;
    app.services().write_views().await.expect("the database answers");

    let week = ani.says_and_reads("/stats", "7 hari").await;
    for part in [
        "💰 Rp150.000 · 2 pembayaran · rata-rata Rp75.000",
        "👁 5 dibuka → 📝 4 isi data → 💳 4 pilih cara bayar → ✅ 3 lunas",
        "▇▇▇▇▇▇▇▇▇▇ Rp150.000",
        "1. Kaos polos · Rp150.000 · 2×",
        "dikurangi yang sudah kembali",
        "🧪 Sandbox",
    ] {
        assert!(week.text.contains(part), "{part}:\n{}", week.text);
    }
    let picture = week.file.clone().expect("a chart");
    assert!(picture.is_photo && (picture.width, picture.height) == (1200, 675), "{picture:?}");
    for label in ["Hari ini", "30 hari", "Bulan ini", "7 hari"] {
        ani.phone.presses(label).expect("a period");
        let marked = format!("✓ {label}");
        let is_marked = |messages: &[ShownMessage]| {
            messages.last().is_some_and(|message| message.button(&marked).is_some())
        };
        let shown = ani.phone.waits_until("the figures of another period", is_marked).await;
        let shown = shown.last().expect("it was just there");
        assert_ne!(shown.file.as_ref().map(|file| &file.file_id), Some(&picture.file_id), "another chart");
        assert_eq!(shown.message_id, week.message_id, "one message is changed");
        assert!(shown.text.contains("Rp150.000 · 2 pembayaran"), "{}", shown.text);
    }
    app.advance(TimeDelta::days(1));
    app.settles().await;
    ani.phone.presses("Hari ini").expect("a period");
    let today = ani.reads("Belum ada pembayaran").await;
    assert!(today.file.is_none(), "{}", today.text);
    let is_gone =
        |messages: &[ShownMessage]| messages.iter().all(|message| message.message_id != week.message_id);
    ani.phone.waits_until("the picture has made room for the text", is_gone).await;
    ani.phone.presses("🏠 Beranda").expect("a way back");
    let home = ani.reads("Menunggu dibayar").await;
    ani.phone.presses("📊 Statistik").expect("the way to the figures");
    let again = ani.reads("· 7 hari").await;
    assert!(again.file.is_some(), "{}", again.text);
    assert_eq!(again.message_id, home.message_id, "the home card becomes the picture");
    let actions = app.telegram.journal().iter().filter(|call| call.method == "sendChatAction").count();
    assert!(actions >= 2, "what is on its way is shown");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_has_its_own_figures_and_a_day_its_short_answer() {
    let app = TestApp::start().await;
    let ani = app.ani();
    let shirt = ani.makes_a_link("Kaos polos 75rb").await;
    ani.makes_a_link("Topi 50rb").await;
    let mut budi = app.customer();
    budi.orders(&shirt, "Budi", "BCA").await;
    budi.pays().await;
    app.settles().await;
    app.services().write_views().await.expect("the database answers");

    ani.phone.presses("📊 Statistik").expect("the newest link has figures");
    let cap = ani.reads("Topi · 30 hari").await;
    assert!(cap.text.contains("Belum ada"), "{}", cap.text);
    ani.says_and_reads("/links", "Tautan · 2").await;
    ani.presses("Kaos polos").await;
    ani.presses("📊 Statistik").await;
    ani.presses("Sejak awal").await;
    let always = ani.reads("Kaos polos · Sejak awal").await;
    for part in ["Kaos polos · Sejak awal", "Rp75.000 · 1 pembayaran", "👁 1 dibuka", "100% dari", "🧪"]
    {
        assert!(always.text.contains(part), "{part}:\n{}", always.text);
    }
    ani.presses("◀ Tautan").await;
    ani.reads("🏷 Order ID").await;
    ani.says_and_reads("/today", "hari ini: 1 pembayaran · Rp75.000, 0 menunggu").await;
    ani.presses("📊 Selengkapnya").await;
    ani.reads("Rp75.000 · 1 pembayaran").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn play_money_is_no_part_of_live_figures() {
    let admin = TelegramId(77);
    let options = Options { live_account: true, admins: vec![admin], ..Options::default() };
    let app = TestApp::start_with(options).await;
    let ani = app.person_of(admin.0, "Ani", "id");
    let link = ani.makes_a_link("Kaos polos 75rb").await;
    let mut budi = app.customer();
    budi.orders(&link, "Budi", "BCA").await;
    budi.pays().await;
    app.settles().await;
    app.services().write_views().await.expect("the database answers");
    let seat = app.services().seat(admin).await.expect("the database answers").expect("a shop");
    let live = app.services().change_shop(&seat, ShopChange::Mode(Mode::Live)).await;
    live.expect("the database answers").expect("an admin may");

    let figures = ani.says_and_reads("/stats", "7 hari").await;
    assert!(figures.text.contains("Belum ada pembayaran"), "{}", figures.text);
    assert!(figures.text.contains("👁 0 dibuka → 📝 0 isi data"), "{}", figures.text);
    assert!(figures.text.contains("💵 Live"), "{}", figures.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stranger_s_button_shows_no_figures() {
    let app = TestApp::start().await;
    let (ani, sam) = (app.ani(), app.sam());
    ani.makes_a_link("Kaos polos 75rb").await;
    let data = ani.data_of("📊 Statistik");
    sam.makes_a_link("Shirt 75000").await;
    let before = sam.newest();
    sam.phone.presses_data(before.message_id, &data);
    let list = sam.reads("Links · 1").await;
    assert!(!list.text.contains("Kaos"), "{}", sam.phone.transcript());
    assert_eq!(sam.phone.unanswered_taps(), []);
}
