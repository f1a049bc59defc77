//! After an order was placed: its goods are sent, its customer is written to, and an unpaid one is followed up.

use chrono::TimeDelta;
use tautan::messaging::buttons::{FindingPress, Press};
use tautan::simulator::telegram::{ButtonKind, ShownMessage};
use url::Url;

use crate::links_list::{makes, with_a_shop};
use crate::support::customer::Customer;
use crate::support::seller::Seller;
use crate::support::test_app::TestApp;

#[tokio::test(flavor = "multi_thread")]
async fn goods_are_marked_as_sent_once_and_everyone_concerned_sees_it() {
    let app = TestApp::start().await;
    let ani = with_a_shop(&app).await;
    let mut budi = paid(&app, &makes(&app, &ani, "Kaos").await).await;
    ani.says_and_reads("/orders", "Pesanan · 1").await;
    ani.presses("Perlu dikirim").await;
    ani.presses("✅ Budi").await;
    let ship = ani.data_of("📦 Tandai dikirim");
    let card = ani.presses("📦 Tandai dikirim").await;
    assert!(card.text.contains("📦 Dikirim") && card.text.contains("ditandai Anda"), "{}", card.text);
    assert_eq!(toast(&ani), "📦 Ditandai dikirim");
    let came = card.text.find("Rp75.000 masuk").expect("the payment");
    assert!(came < card.text.find("📦 Dikirim").expect("the goods"), "first the money: {}", card.text);
    ani.presses("◀ Kembali").await;
    ani.reads("Perlu dikirim · 0").await;
    // An old button and a double tap change nothing: the first instant stays.
    app.advance(TimeDelta::hours(3));
    ani.phone.presses_data(card.message_id, &ship);
    app.settles().await;
    assert_eq!(toast(&ani), "Sudah begitu dari tadi");
    assert_eq!(app.order(&budi).await.order.shipped.map(|shipped| shipped.by.0), Some(ani.phone.id()));
    let shown = ani.newest().text;
    assert_eq!(line(&shown, "📦 Dikirim"), line(&card.text, "📦 Dikirim"));
    ani.says_and_reads("/orders", "Pesanan · 1").await;
    ani.presses("Perlu dikirim").await;
    ani.reads("Perlu dikirim · 0").await;
    ani.presses("Lunas").await;
    assert!(ani.reads("Lunas · 1").await.button("📦 Budi").is_some());
    let page = budi.reloads().await.text();
    assert!(page.contains("Barang sudah dikirim"), "{page}");

    // Taken back: the page and the list say so.
    ani.presses("📦 Budi").await;
    ani.presses("↩ Belum dikirim").await;
    assert_eq!(toast(&ani), "↩ Belum dikirim lagi");
    assert!(!budi.reloads().await.text().contains("Barang sudah dikirim"));
    ani.says_and_reads("/orders", "Pesanan · 1").await;
    ani.presses("Perlu dikirim").await;
    ani.reads("Perlu dikirim · 1").await;
    assert_eq!(ani.phone.unanswered_taps(), []);
}

#[tokio::test(flavor = "multi_thread")]
async fn only_staff_marks_and_only_what_is_paid_and_stays_paid() {
    let app = TestApp::start().await;
    let ani = with_a_shop(&app).await;
    let link = makes(&app, &ani, "Kaos").await;
    let budi = paid(&app, &link).await;
    let (sari, wati) = (app.person("Sari", "id"), app.person("Wati", "id"));
    joins(&app, &ani, &sari, ("staff", "id")).await;
    joins(&app, &ani, &wati, ("viewer", "id")).await;
    let ship = |order| Press::Finding(FindingPress::Ship(order, None)).encode();
    let id = app.order(&budi).await.order.id;
    wati.says_and_reads("/orders", "Pesanan · 1").await;
    wati.phone.presses_data(wati.newest().message_id, &ship(id));
    wati.reads("👤 Budi").await;
    assert_eq!(toast(&wati), "🔒 Hanya staf toko yang bisa menandai");
    assert_eq!(app.order(&budi).await.order.shipped, None);

    let mallory = with_a_shop_of(&app, "Mallory").await;
    mallory.phone.presses_data(mallory.newest().message_id, &ship(id));
    app.settles().await;
    assert_eq!(app.order(&budi).await.order.shipped, None);
    assert!(!mallory.phone.transcript().contains("Budi"), "{}", mallory.phone.transcript());

    let mut dewi = app.customer();
    dewi.orders(&link, "Dewi", "QRIS").await;
    let unpaid = app.order(&dewi).await.order.id;
    sari.says_and_reads("/orders dewi", "“dewi” · 1").await;
    sari.presses("⏳ Dewi").await;
    assert!(sari.reads("👤 Dewi").await.button("📦 Tandai dikirim").is_none());
    sari.phone.presses_data(sari.newest().message_id, &ship(unpaid));
    app.settles().await;
    assert_eq!(app.order(&dewi).await.order.shipped, None, "{}", sari.phone.transcript());

    sari.says_and_reads("/orders budi", "· 2").await;
    sari.presses("✅ Budi").await;
    sari.presses("📦 Tandai dikirim").await;
    ani.says_and_reads("/orders", "Pesanan · 2").await;
    ani.presses("📦 Budi").await;
    // Who joined beside the chat has no name yet.
    ani.reads(&format!("ditandai {}", sari.phone.id())).await;

    // The bank takes the money back after the goods left: notice, card and page say what is true.
    app.bank.reverse(&budi.gateway_order_id().await).await.expect("a reversal");
    app.settles().await;
    let notice = ani.reads("JANGAN DIKIRIM").await;
    assert!(notice.text.contains("📦 Barangnya sudah ditandai dikirim"), "{}", notice.text);
    ani.presses("🧾 Pesanan ini").await;
    let card = ani.reads("sudah ditandai dikirim sebelum uangnya pergi").await;
    assert!(card.button("📦 Tandai dikirim").is_none());
    let mut budi = budi;
    assert!(!budi.reloads().await.text().contains("Barang sudah dikirim"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_customer_is_written_to_politely_in_their_language_and_about_what_is_true() {
    let app = TestApp::start().await;
    let ani = with_a_shop(&app).await;
    let link = makes(&app, &ani, &"🧵".repeat(100)).await;
    let mut sam = app.customer();
    sam.accept_language = "en".to_owned();
    sam.opens(&link).await;
    sam.fills_in(&"☕".repeat(100), "0812-3456-7890", "sam@example.test").await;
    let page = sam.page.url.clone();
    ani.says_and_reads("/orders", "Pesanan · 1").await;
    ani.presses("📝 ").await;
    let card = ani.reads("📞 +6281234567890").await;
    for (button, start) in [
        ("💬 WhatsApp", "https://wa.me/6281234567890?text="),
        ("✈️ Telegram", "https://t.me/+6281234567890?text="),
    ] {
        let url = url_of(&card, button);
        assert!(url.as_str().starts_with(start) && url.as_str().len() < 2_000, "{url}");
        let text = text_of(&url);
        assert!(text.contains("still waiting to be paid") && text.ends_with(page.as_str()), "{text}");
    }
    ani.presses("🔔 Ingatkan").await;
    let reminder = ani.reads("🔔 Pengingat untuk").await;
    assert!(reminder.text.contains("If you have paid, please ignore"), "{}", reminder.text);
    ani.presses("◀ Kembali").await;
    ani.reads("📞 +6281234567890").await;

    sam.presses("BCA Virtual Account").await;
    sam.pays().await;
    app.settles().await;
    ani.says_and_reads("/orders", "Pesanan · 1").await;
    ani.presses("✅ ").await;
    let card = ani.reads("✅ Lunas").await;
    assert!(card.button("🔔 Ingatkan").is_none(), "{}", card.text);
    assert!(text_of(&url_of(&card, "💬 WhatsApp")).contains("Thank you!"));
    ani.presses("📦 Tandai dikirim").await;
    assert!(text_of(&url_of(&ani.newest(), "✈️ Telegram")).contains("is on its way"));

    let mut dewi = app.customer();
    dewi.orders(&link, "Dewi", "BCA Virtual Account").await;
    app.bank.pay_amount(&dewi.gateway_order_id().await, 10_000).await.expect("a payment");
    app.settles().await;
    ani.says_and_reads("/orders dewi", "“dewi” · 1").await;
    ani.presses("Dewi").await;
    let card = ani.reads("⚠️ Dibayar kurang").await;
    assert!(text_of(&url_of(&card, "💬 WhatsApp")).contains("Ada yang ingin kami tanyakan"));
    assert!(card.button("🔔 Ingatkan").is_none());
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unpaid_order_is_followed_up_once_and_never_after_money_came() {
    let app = TestApp::start().await;
    let ani = with_a_shop(&app).await;
    let sari = app.person("Sari", "en");
    joins(&app, &ani, &sari, ("staff", "en")).await;
    let link = makes(&app, &ani, "Kaos").await;
    // Nobody asked for it: nothing is said.
    orders(&app, &link, "Lama").await;
    app.advance(TimeDelta::hours(2));
    follow_up(&app).await;
    assert_eq!((ani.count("Belum dibayar"), sari.count("Not paid yet")), (0, 0));

    sari.says_and_reads("/settings", "Settings").await;
    sari.presses("🔔 Unpaid alerts").await;
    sari.phone.presses("1 h").expect("a choice");
    app.settles().await;
    assert_eq!(toast(&sari), "🔒 Only the owner can change this");
    ani.says_and_reads("/settings", "Pengaturan").await;
    ani.presses("🔔 Kabar belum bayar").await;
    ani.reads("Sekarang: mati").await;
    ani.presses("1 jam").await;
    assert!(ani.reads("Sekarang: 1 jam").await.button("✓ 1 jam").is_some());
    follow_up(&app).await;
    assert_eq!(ani.count("🔔 Belum dibayar:"), 0, "what waited before is not told of");

    let budi = orders(&app, &link, "Budi").await;
    orders(&app, &link, "Dewi").await;
    app.advance(TimeDelta::minutes(59));
    follow_up(&app).await;
    assert_eq!(ani.count("🔔 Belum dibayar:"), 0);
    budi.pays().await;
    app.settles().await;
    app.advance(TimeDelta::minutes(2));
    follow_up(&app).await;
    follow_up(&app).await;
    let notice = ani.reads("🔔 Belum dibayar: Dewi · Rp75.000").await;
    assert!(text_of(&url_of(&notice, "💬 WhatsApp")).contains("masih menunggu pembayaran"));
    sari.reads("🔔 Not paid yet: Dewi · IDR 75,000").await;
    assert_eq!((ani.count("🔔 Belum dibayar:"), sari.count("🔔 Not paid yet:")), (1, 1), "once each");

    // While the seller is away a follow-up waits; the money comes first, and it is never said.
    ani.phone.blocks_bot();
    app.settles().await;
    let eko = orders(&app, &link, "Eko").await;
    orders(&app, &link, "Fitri").await;
    app.advance(TimeDelta::minutes(61));
    app.services().follow_up().await.expect("a database");
    sari.reads("🔔 Not paid yet: Fitri").await;
    eko.pays().await;
    app.bank.deliver_all().await;
    sari.reads("from Eko").await;
    ani.phone.unblocks_bot();
    ani.reads("🔔 Belum dibayar: Fitri").await;
    app.settles().await;
    assert_eq!(ani.count("🔔 Belum dibayar: Eko"), 0, "{}", ani.phone.transcript());
    assert_eq!(ani.phone.unanswered_taps(), []);
}

async fn follow_up(app: &TestApp) {
    app.settles().await;
    app.services().follow_up().await.expect("a database");
    app.settles().await;
}

/// Someone who chose a virtual account and has not paid.
async fn orders(app: &TestApp, link: &Url, name: &str) -> Customer {
    let mut customer = app.customer();
    customer.orders(link, name, "BCA Virtual Account").await;
    customer
}

/// Budi, who paid; this bank can take money back.
async fn paid(app: &TestApp, link: &Url) -> Customer {
    let mut budi = app.customer();
    budi.orders(link, "Budi", "Permata").await;
    budi.pays().await;
    app.settles().await;
    budi
}

async fn with_a_shop_of(app: &TestApp, name: &str) -> Seller {
    let seller = app.person(name, "id");
    seller.says_and_reads("/new", "1 dari 5").await;
    seller.says_and_reads("/cancel", "batal").await;
    seller
}

/// Nobody can invite others in chat yet.
async fn joins(app: &TestApp, owner: &Seller, other: &Seller, (role, language): (&str, &str)) {
    let joins = format!(
        "insert into staff (merchant_id, telegram_id, role, language, joined_at)
         select merchant_id, {}, '{role}', '{language}', joined_at from staff where telegram_id = {}",
        other.phone.id(),
        owner.phone.id()
    );
    // The statement is the story's own.
    app.database().execute(Box::leak(joins.into_boxed_str())).await.expect("a new member of staff");
}

fn toast(seller: &Seller) -> String {
    seller.phone.toasts().into_iter().rev().find(|toast| !toast.text.is_empty()).expect("a toast").text
}

/// The line that begins so.
fn line<'a>(text: &'a str, start: &str) -> Option<&'a str> {
    text.lines().find(|line| line.starts_with(start))
}

fn url_of(message: &ShownMessage, label: &str) -> Url {
    match message.button(label).map(|button| button.kind.clone()) {
        Some(ButtonKind::Url(url)) => Url::parse(&url).expect("an address"),
        other => panic!("{label:?} is {other:?}"),
    }
}

/// What is written already when the address opens.
fn text_of(url: &Url) -> String {
    url.query_pairs().find(|(name, _)| name == "text").expect("a text").1.into_owned()
}
