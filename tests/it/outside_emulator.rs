//! The seller's work before a Bot API server that nobody here wrote: it refuses what it does not know, and
//! has the last word.

use std::sync::Arc;

use tautan::app::config::UpdatesBy;
use url::Url;

use crate::support::outside::emulator::Emulator;
use crate::support::outside::gate::Gate;
use crate::support::outside::person::OutsidePerson;
use crate::support::test_app::{Options, TestApp};

/// What must have been asked for, whichever way updates come.
const METHODS: [&str; 7] = [
    "sendMessage",
    "editMessageText",
    "sendPhoto",
    "sendDocument",
    "answerCallbackQuery",
    "answerInlineQuery",
    "setMyCommands",
];

#[tokio::test(flavor = "multi_thread")]
async fn a_seller_works_before_an_outside_server_by_polling() {
    works_before_an_outside_server(UpdatesBy::Polling, "getUpdates").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_seller_works_before_an_outside_server_by_webhook() {
    works_before_an_outside_server(UpdatesBy::Webhook, "setWebhook").await;
}

async fn works_before_an_outside_server(updates: UpdatesBy, way: &str) {
    let emulator = Arc::new(Emulator::start().await);
    let gate = Gate::open(emulator.url()).await;
    let telegram_url = Some(Url::parse(&gate.url()).expect("an address"));
    let app = TestApp::start_with(Options { updates, telegram_url, ..Options::default() }).await;
    let ani = OutsidePerson::new(Arc::clone(&emulator), gate.clone(), 42, "Ani");
    opens_and_creates(&ani).await;
    sells(&app, &ani).await;
    finds_changes_and_deletes(&app, &ani).await;
    shares_and_exports(&ani).await;
    app.settles().await;
    drop(app);
    assert_eq!(gate.faults(), Vec::<String>::new());
    let methods: Vec<&str> = METHODS.into_iter().chain([way]).collect();
    emulator.verdict(&methods).unwrap_or_else(|verdict| panic!("{verdict}"));
}

/// The four taps, the wizard, and one line.
async fn opens_and_creates(ani: &OutsidePerson) {
    ani.says("/start", "1/4").await;
    ani.presses("Lanjut", "2/4").await;
    ani.presses("Pakai “Ani”", "3/4").await;
    ani.presses("WIB", "4/4").await;
    ani.presses("Coba (Sandbox)", "sudah buka!").await;
    ani.says("/new", "1 dari 5").await;
    ani.says("Kaos <polos>", "2 dari 5").await;
    ani.says("75rb", "3 dari 5").await;
    ani.presses("10×", "4 dari 5").await;
    ani.presses("3 hari", "5 dari 5").await;
    ani.presses("Siapa saja", "Sudah benar?").await;
    ani.presses("✅ Buat", "siap dibagikan").await;
    ani.says("/new Topi 50rb x5", "Topi").await;
    ani.presses("✅ Buat", "siap dibagikan").await;
}

async fn sells(app: &TestApp, ani: &OutsidePerson) {
    let card = ani.reads("Topi").await;
    let text = card.text();
    let address = text.split_whitespace().find(|word| word.starts_with(app.base_url.as_str()));
    let address = address.expect("the link's address");
    let mut budi = app.customer();
    budi.orders(&Url::parse(address).expect("an address"), "Budi", "BCA Virtual Account").await;
    budi.pays().await;
    ani.reads("dari Budi").await;
    app.settles().await;
}

async fn finds_changes_and_deletes(app: &TestApp, ani: &OutsidePerson) {
    ani.says("/links", "🔗 Tautan").await;
    ani.presses("Topi", "1 dari 5 terbayar").await;
    ani.presses("✏️ Ubah", "Mengubah tautan").await;
    ani.presses("💰 Harga", "harga").await;
    ani.says("60rb", "Rp60.000").await;
    ani.presses("✅ Simpan", "Rp60.000").await;
    app.settles().await;
    ani.presses("🗑 Hapus", "Hapus “Topi”?").await;
    ani.presses("Ya, hapus", "🗑 Dihapus").await;
    ani.presses("↩ Urungkan", "Tautan kembali").await;
}

async fn shares_and_exports(ani: &OutsidePerson) {
    let qr = ani.presses("▦ QR", "Topi").await;
    assert_eq!(qr.file, Some("photo"), "{qr:?}");
    let titles = |offered: Vec<serde_json::Value>| -> Vec<String> {
        offered.iter().filter_map(|article| article["title"].as_str().map(str::to_owned)).collect()
    };
    assert_eq!(titles(ani.asks_inline("").await), ["Topi", "Kaos <polos>"]);
    assert_eq!(titles(ani.asks_inline("kaos").await), ["Kaos <polos>"]);
    ani.says("/stats", "7 hari").await;
    ani.says("/export", "Masa yang mana?").await;
    let file = ani.presses("7 hari", "1 pesanan").await;
    assert_eq!(file.file, Some("document"), "{file:?}");
}
