//! The shop's links in any chat, by typing the bot's name: offered, sent, and true from then on.

use chrono::TimeDelta;
use serde_json::Value;
use tautan::app::config::UpdatesBy;
use tautan::domain::id::TelegramId;
use tautan::services::admission::ShopPolicy;
use tautan::simulator::telegram::{ButtonKind, Fault, Misbehaviour, ShownMessage};

use crate::support::seller::Seller;
use crate::support::test_app::{Options, TestApp};

/// Asks, and waits for what is offered.
async fn asks(app: &TestApp, person: &Seller, words: &str) -> Vec<Value> {
    let answered = |app: &TestApp| {
        app.telegram.journal().iter().filter(|call| call.method == "answerInlineQuery").count()
    };
    let before = answered(app);
    person.phone.asks_inline(words);
    person.phone.waits_until("an answer to an inline question", |_| answered(app) > before).await;
    person.phone.offered()
}

fn titles(offered: &[Value]) -> Vec<String> {
    offered.iter().filter_map(|article| article["title"].as_str()).map(str::to_owned).collect()
}

fn button(offered: &[Value]) -> Option<(String, String)> {
    let button = offered.iter().find_map(|article| article.get("button"))?;
    Some((button["text"].as_str()?.to_owned(), button["start_parameter"].as_str()?.to_owned()))
}

/// Waits until the message that was sent elsewhere looks like this.
async fn sees(app: &TestApp, person: &Seller, handle: &str, words: &str) -> ShownMessage {
    let shown = || person.phone.sent_elsewhere(handle).expect("a message");
    person.phone.waits_until(words, |_| shown().text.contains(words)).await;
    app.settles().await;
    shown()
}

/// A shop with two links; the bot hears from Telegram in this way.
async fn stage(updates: UpdatesBy) -> (TestApp, Seller) {
    let app = TestApp::start_with(Options { updates, ..Options::default() }).await;
    let ani = app.ani();
    ani.says("/start").await;
    ani.makes_a_link("Kaos <polos> 75rb x1").await;
    ani.makes_a_link("Topi 50rb x5 3d").await;
    (app, ani)
}

#[tokio::test(flavor = "multi_thread")]
async fn ani_sends_a_link_from_any_chat_and_it_says_when_it_is_paid() {
    let (app, ani) = stage(UpdatesBy::Polling).await;
    let offered = asks(&app, &ani, "").await;
    assert_eq!(titles(&offered), ["Topi", "Kaos <polos>"]);
    let kaos = asks(&app, &ani, "KAOS").await;
    assert_eq!(titles(&kaos), ["Kaos <polos>"]);
    assert_eq!(kaos[0]["description"], "Rp75.000 · 🟢 Aktif · 0 dari 1 terbayar");

    let handle = ani.phone.chooses(kaos[0]["id"].as_str().expect("an id")).expect("a message with a button");
    app.settles().await;
    let sent = ani.phone.sent_elsewhere(&handle).expect("a message");
    assert!(sent.text.starts_with("Kaos <polos> · Rp75.000\n🏪 Ani"), "{}", sent.text);
    assert!(sent.text.contains("🧪 Sandbox"));
    let pay = sent.button("Bayar Rp75.000").expect("a button to pay");
    assert!(matches!(&pay.kind, ButtonKind::Url(url) if url.starts_with("https://")), "{pay:?}");

    let link = ani.links().into_iter().next().expect("the first link");
    let mut budi = app.customer();
    budi.orders(&link, "Budi", "QRIS").await;
    budi.pays().await;
    app.settles().await;
    app.advance(TimeDelta::seconds(31));
    let paid = sees(&app, &ani, &handle, "✅ Sudah dibayar.").await;
    assert!(paid.buttons.is_empty(), "there is nothing left to pay");
    // It is offered no more by itself, and with its state when it is looked for.
    assert_eq!(titles(&asks(&app, &ani, "").await), ["Topi"]);
    assert_eq!(asks(&app, &ani, "polos").await[0]["description"], "Rp75.000 · 🏁 Habis · 1 dari 1 terbayar");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_elsewhere_follows_its_link_off_on_and_over() {
    let (app, ani) = stage(UpdatesBy::Webhook).await;
    let offered = asks(&app, &ani, "topi").await;
    let handle = ani.phone.chooses(offered[0]["id"].as_str().expect("an id")).expect("a handle");
    // The same update twice is one message.
    app.settles().await;
    ani.says("/links").await;
    ani.presses("Topi").await;
    ani.presses("⏸ Matikan").await;
    app.settles().await;
    app.advance(TimeDelta::seconds(31));
    sees(&app, &ani, &handle, "⏸ Sedang ditutup penjual.").await;
    ani.presses("▶").await;
    app.settles().await;
    // The next change is held up by Telegram, and made later.
    app.telegram.misbehave(Misbehaviour::on("editMessageText", Fault::TooManyRequests { retry_after: 1 }));
    app.advance(TimeDelta::seconds(31));
    let open = sees(&app, &ani, &handle, "⏳ Sampai").await;
    assert!(open.button("Bayar Rp50.000").is_some());
    // Its time ends without anybody doing anything.
    app.advance(TimeDelta::days(4));
    let over = sees(&app, &ani, &handle, "⌛ Waktunya sudah berakhir.").await;
    assert!(over.buttons.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_name_and_a_price_lead_to_a_new_link_and_back() {
    let (app, ani) = stage(UpdatesBy::Polling).await;
    let offered = asks(&app, &ani, "Jaket & Sarung 120rb").await;
    let (label, payload) = button(&offered).expect("a way to make it");
    assert_eq!(label, "➕ Buat dulu “Jaket & Sarung 120rb”");
    let card = ani.says(&format!("/start {payload}")).await;
    assert!(
        card.text.contains("Jaket & Sarung · Rp120.000") && card.button("✅ Buat").is_some(),
        "{}",
        card.text
    );
    ani.presses("✅ Buat").await;
    // The card's own way to other chats finds the link by its address.
    let share = ani.newest().button("↗ Kirim").expect("a way to send it").clone();
    let ButtonKind::SwitchInline(words) = share.kind else { panic!("{share:?}") };
    assert_eq!(titles(&asks(&app, &ani, &words).await), ["Jaket & Sarung"]);
    // Words too long for a start link lead to the questions.
    let long = format!("{} 75rb", "x".repeat(80));
    let (_, payload) = button(&asks(&app, &ani, &long).await).expect("a way to make it");
    assert_eq!(payload, "n_");
    assert!(ani.says("/start n_").await.text.contains("1 dari 5"));
}

#[tokio::test(flavor = "multi_thread")]
async fn strangers_are_offered_nothing_of_anybodys() {
    let (app, ani) = stage(UpdatesBy::Polling).await;
    let budi = app.person("Budi", "id");
    let offered = asks(&app, &budi, "kaos").await;
    assert_eq!(titles(&offered), Vec::<String>::new());
    let (label, payload) = button(&offered).expect("a way to open a shop");
    assert_eq!(label, "🏪 Buka toko");
    assert!(budi.says(&format!("/start {payload}")).await.text.contains("1/4"));
    // What a stranger claims to have sent is kept for nobody.
    let id = asks(&app, &ani, "kaos").await[0]["id"].as_str().expect("an id").to_owned();
    let sari = app.person("Sari", "id");
    sari.makes_a_link("Tas 90rb").await;
    asks(&app, &sari, "").await;
    let own = sari.phone.offered()[0]["id"].as_str().expect("an id").to_owned();
    assert_ne!(own, id);
    sari.phone.chooses(&own).expect("a handle");
    app.settles().await;
    let kept = app.database().texts("select cast(count(*) as text) from shared_messages").await;
    assert_eq!(kept.expect("the database answers"), ["1"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_private_bot_offers_strangers_no_shop() {
    let ani = TelegramId(700_001);
    let options = Options { shops: ShopPolicy::Admins, admins: vec![ani], ..Options::default() };
    let app = TestApp::start_with(options).await;
    let budi = app.person("Budi", "en");
    assert_eq!(asks(&app, &budi, "").await, Vec::<Value>::new());
}
