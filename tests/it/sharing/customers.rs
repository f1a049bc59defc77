//! Customers in chat: a link they were sent, an order they made. They need no shop, and are shown nobody's.

use tautan::domain::id::TelegramId;
use tautan::services::admission::ShopPolicy;
use tautan::services::privacy::{CustomerContact, erase_customer, export_customer};
use tautan::simulator::telegram::ShownMessage;
use url::Url;

use crate::support::seller::Seller;
use crate::support::test_app::{Options, TestApp};

/// Words that only sellers are shown.
const SELLERS_WORDS: [&str; 6] =
    ["Beranda", "Pengaturan", "Tautan baru", "Semua tautan", "toko Anda", "privat"];

fn slug_of(link: &Url) -> String {
    link.path().trim_start_matches('/').to_owned()
}

fn assert_no_shop(customer: &Seller) {
    for message in customer.phone.messages().iter().filter(|message| message.from_bot) {
        let labels = message.buttons.iter().flatten().map(|button| button.text.clone());
        let seen = format!("{} {}", message.text, labels.collect::<Vec<_>>().join(" "));
        for words in SELLERS_WORDS {
            assert!(!seen.contains(words), "{words:?} in {seen}");
        }
    }
}

/// A private instance: nobody but Ani may open a shop.
async fn stage() -> (TestApp, Seller) {
    let ani = TelegramId(700_001);
    let options = Options { shops: ShopPolicy::Admins, admins: vec![ani], ..Options::default() };
    let app = TestApp::start_with(options).await;
    let ani = app.person_of(ani.0, "Ani", "id");
    (app, ani)
}

async fn start_link_on(page: &crate::support::customer::Page) -> String {
    // Another way leads to the seller, with the link.
    let start = page.html.split("?start=").find(|rest| rest.starts_with("o_")).expect("a way into the chat");
    start.split('"').next().expect("an end").to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_customer_sees_a_link_as_it_stands_and_nobodys_shop() {
    let (app, ani) = stage().await;
    ani.says("/start").await;
    let link = ani.makes_a_link("Kaos <polos> 75rb x1").await;
    let budi = app.person("Budi", "id");

    let card = budi.says(&format!("/start p_{}", slug_of(&link))).await;
    assert!(card.text.starts_with("Kaos <polos> · Rp75.000\n🏪 Ani"), "{}", card.text);
    assert!(card.text.contains(link.as_str()) && card.text.contains("🧪 Sandbox"), "{}", card.text);

    // Words, pictures and commands are answered as a customer's.
    for said in ["halo kak", "/links", "/settings", "/cancel"] {
        let card = budi.says(said).await;
        assert!(card.text.starts_with("Kaos <polos>"), "{said}: {}", card.text);
    }
    budi.phone.sends_photo();
    app.settles().await;
    assert!(budi.newest().text.starts_with("Kaos <polos>"));

    let mut sari = app.customer();
    sari.orders(&link, "Sari", "QRIS").await;
    budi.presses("🔄 Perbarui").await;
    assert!(budi.newest().text.contains("🟡 Semua sedang dibayar"), "{}", budi.newest().text);
    sari.pays().await;
    app.settles().await;
    budi.presses("🔄 Perbarui").await;
    assert!(budi.newest().text.contains("✅ Sudah dibayar."), "{}", budi.newest().text);
    assert!(!budi.newest().text.contains(link.as_str()), "there is nothing to pay");

    assert!(budi.says("/start p_nothing-like-it").await.text.contains("tidak kenal tautan itu"));
    assert_no_shop(&budi);
    assert_eq!(budi.phone.unanswered_taps(), []);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_customer_follows_an_order_and_gets_the_receipt_in_chat() {
    let (app, ani) = stage().await;
    ani.says("/start").await;
    let link = ani.makes_a_link("Kaos 75rb x5").await;
    let mut browser = app.customer();
    browser.orders(&link, "Budi", "Permata").await;
    let payload = start_link_on(&browser.page).await;
    assert!(payload.starts_with("o_") && payload.len() <= 64, "{payload}");

    let budi = app.person("Budi", "id");
    let card = budi.says(&format!("/start {payload}")).await;
    assert!(
        card.text.contains("🧾 Pesanan #") && card.text.contains("⏳ Menunggu pembayaran"),
        "{}",
        card.text
    );
    budi.presses("🔔 Kabari kalau lunas").await;
    app.settles().await;
    assert!(budi.newest().text.contains("🔔 Begitu ada kabar"), "{}", budi.newest().text);
    let heard = budi.phone.messages().len();

    browser.pays().await;
    app.settles().await;
    let receipt = budi.newest();
    assert_eq!(budi.phone.messages().len(), heard + 1, "{}", budi.phone.transcript());
    assert!(
        receipt.text.contains("✅ Lunas · Permata") && receipt.text.contains("Rp75.000"),
        "{}",
        receipt.text
    );
    assert!(!receipt.silent && receipt.text.contains("🧪 Sandbox"));
    // The money goes back, and that is told as well.
    app.bank.reverse(&browser.gateway_order_id().await).await.expect("a reversal");
    app.settles().await;
    assert!(budi.newest().text.contains("⚠️ Bank menarik kembali"), "{}", budi.newest().text);
    assert_no_shop(&budi);

    // Told no more, once that is wished.
    budi.presses("🔕 Tidak usah dikabari").await;
    app.settles().await;
    assert!(!budi.newest().text.contains("🔔 Begitu ada kabar"));
    assert_eq!(budi.phone.unanswered_taps(), []);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_is_shown_to_nobody_who_never_had_its_address() {
    let (app, ani) = stage().await;
    ani.says("/start").await;
    let link = ani.makes_a_link("Kaos 75rb x5").await;
    let mut browser = app.customer();
    browser.orders(&link, "Budi", "QRIS").await;
    let payload = start_link_on(&browser.page).await;
    let budi = app.person("Budi", "id");
    budi.says(&format!("/start {payload}")).await;
    let stolen = budi.data_of("🔔 Kabari");

    for thief in [app.person("Tono", "id"), ani.clone()] {
        thief.says(&format!("/start p_{}", slug_of(&link))).await;
        let card = thief.newest().message_id;
        thief.phone.presses_data(card, &stolen);
        app.settles().await;
        assert_eq!(
            thief.phone.toasts().last().map(|toast| toast.text.clone()).unwrap_or_default(),
            "Pesanan itu tidak ada di sini"
        );
        assert_eq!(thief.count("🧾 Pesanan #"), 0, "{}", thief.phone.transcript());
    }
    let thief = app.person("Tini", "id");
    assert!(thief.says("/start o_aaaaaaaaaaaaaaaaaaaaaaaaaa").await.text.contains("tidak kenal tautan itu"));
    assert!(thief.says("/start o_x").await.text.contains("tidak kenal tautan itu"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_seller_is_a_customer_too_and_finds_the_way_home() {
    let app = TestApp::start().await;
    let (ani, sari) = (app.ani(), app.person("Sari", "id"));
    ani.says("/start").await;
    let link = ani.makes_a_link("Kaos 75rb").await;
    sari.makes_a_link("Topi 50rb").await;

    let card = sari.says(&format!("/start p_{}", slug_of(&link))).await;
    assert!(card.button("🏠 Beranda").is_some() && card.button("Kartu tautan").is_none());
    let card = sari.says(&format!("/start l_{}", slug_of(&link))).await;
    assert!(
        card.text.contains("🏪 Ani") && card.button("🗑").is_none(),
        "another shop's card is a customer's"
    );
    let card = ani.says(&format!("/start p_{}", slug_of(&link))).await;
    assert!(card.button("Kartu tautan").is_some());
    let card = ani.says(&format!("/start l_{}", slug_of(&link))).await;
    assert!(card.button("🗑").is_some(), "{}", card.text);
    assert!(ani.says("/start zzz").await.text.contains("Saya tidak kenal tautan itu"));
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_blocks_the_bot_is_told_no_more() {
    let app = TestApp::start().await;
    let ani = app.ani();
    ani.says("/start").await;
    let link = ani.makes_a_link("Kaos 75rb x5").await;
    let mut browser = app.customer();
    browser.orders(&link, "Budi", "QRIS").await;
    let payload = start_link_on(&browser.page).await;
    let budi = app.person("Budi", "id");
    budi.says(&format!("/start {payload}")).await;
    budi.presses("🔔 Kabari kalau lunas").await;
    app.settles().await;
    budi.phone.blocks_bot();
    app.settles().await;
    browser.pays().await;
    app.settles().await;
    budi.phone.unblocks_bot();
    app.settles().await;
    assert_eq!(budi.count("✅ Lunas"), 0, "{}", budi.phone.transcript());
    // The order can still be looked at.
    let shown = budi.says(&format!("/start {payload}")).await;
    assert!(shown.text.contains("✅ Lunas"), "{}", shown.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn erasing_a_customer_forgets_the_chat() {
    let app = TestApp::start().await;
    let ani = app.ani();
    ani.says("/start").await;
    let link = ani.makes_a_link("Kaos 75rb x5").await;
    let mut browser = app.customer();
    browser.orders(&link, "Budi", "QRIS").await;
    let payload = start_link_on(&browser.page).await;
    let budi = app.person("Budi", "id");
    budi.says(&format!("/start {payload}")).await;
    budi.presses("🔔 Kabari kalau lunas").await;
    browser.pays().await;
    app.settles().await;
    let status = budi.data_of("🔄 Perbarui");

    let phone = tautan::domain::customer::Phone::parse("0812-3456-7890").ok();
    let contact = CustomerContact { phone, email: None };
    let storage = app.services().storage();
    let export = export_customer(storage, &contact).await.expect("an export");
    assert_eq!(export["orders"][0]["telegram_chats"], serde_json::json!([budi.phone.id()]));
    assert_eq!(erase_customer(storage, &contact).await.expect("an erasure").orders, 1);
    for table in ["order_followers", "conversations", "notifications"] {
        let kept = format!("select cast(chat as text) from {table}");
        let chats = app.database().texts(&kept).await.expect("the database answers");
        assert!(!chats.contains(&budi.phone.id().to_string()), "{table}");
    }
    let card: ShownMessage = budi.newest();
    budi.phone.presses_data(card.message_id, &status);
    app.settles().await;
    assert!(budi.newest().text.contains("tidak kenal tautan itu"), "{}", budi.phone.transcript());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_customer_asks_the_seller_and_neither_shows_who_they_are() {
    let (app, ani) = stage().await;
    ani.says("/start").await;
    let link = ani.makes_a_link("Kaos 75rb").await;
    let budi = app.person("Budi <b>", "id");
    budi.says(&format!("/start p_{}", slug_of(&link))).await;
    budi.presses("💬 Tanya penjual").await;
    assert!(budi.says(&"x".repeat(501)).await.text.contains("Terlalu panjang"));
    assert!(budi.says("4111 1111 1111 1111").await.text.contains("nomor kartu"));
    assert!(budi.says("Ada ukuran <XL>?").await.text.contains("✅ Sudah disampaikan"));
    app.settles().await;

    let notice = ani.reads("bertanya").await;
    assert!(notice.text.starts_with("💬 Budi <b> bertanya:\n“Ada ukuran <XL>?”"), "{}", notice.text);
    assert!(notice.text.contains("Kaos · Rp75.000") && notice.text.contains("🧪 Sandbox"));
    let stolen = ani.data_of("↩ Jawab");
    budi.phone.presses_data(budi.newest().message_id, &stolen);
    ani.presses("↩ Jawab").await;
    ani.says("Ada, kak").await;
    app.settles().await;
    let answer = budi.newest();
    assert!(answer.text.starts_with("💬 Ani menjawab:\n“Ada, kak”\n\nKaos · Rp75.000"), "{}", answer.text);
    ani.phone.presses_data(notice.message_id, &stolen);
    app.settles().await;
    assert_eq!(ani.phone.toasts().last().expect("a toast").text, "Pertanyaan itu sudah dijawab");
    assert_eq!(budi.count("menjawab"), 1);

    // No seller is shouted at.
    for _ in 0..4 {
        budi.presses("💬 Tanya penjual").await;
        assert!(budi.says("Halo?").await.text.contains("✅ Sudah disampaikan"));
        budi.presses("◀ Tautan").await;
    }
    budi.presses("💬 Tanya penjual").await;
    assert!(budi.says("Halo?").await.text.contains("Coba lagi nanti"));
    app.settles().await;
    assert_eq!(ani.count("bertanya"), 5);
    assert_no_shop(&budi);
}
