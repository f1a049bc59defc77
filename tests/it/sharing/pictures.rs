//! A link as a picture: a QR code to print, and one for a story.

use serde_json::Value;
use tautan::simulator::telegram::{ShownFile, ShownMessage};

use crate::support::seller::Seller;
use crate::support::test_app::TestApp;

#[tokio::test(flavor = "multi_thread")]
async fn ani_prints_the_code_of_her_link_and_telegram_is_given_it_once() {
    let app = TestApp::start().await;
    let ani = app.ani();
    ani.says("/start").await;
    let link = ani.makes_a_link("Kaos <polos> 75rb x2").await;

    ani.presses("▦ QR").await;
    let picture = ani.newest();
    let file = photo_in(&picture);
    assert!(file.width >= 600 && file.height >= file.width, "{file:?}");
    assert!(picture.text.contains("Kaos <polos> · Rp75.000"), "{}", picture.text);
    assert!(picture.text.contains(link.as_str()) && picture.text.contains("🧪 Sandbox"), "{}", picture.text);
    assert_eq!(file.file_name, format!("qr-{}.png", link.path().trim_start_matches('/')));
    app.settles().await;
    assert_eq!(last_call(&app, "sendChatAction")["action"], "upload_photo");

    // The same code again costs no upload.
    ani.presses("🖼 Story").await;
    let story = photo_in(&ani.newest());
    assert_eq!((story.width, story.height), (1_080, 1_920));
    ani.presses("▦ QR").await;
    assert_eq!(photo_in(&ani.newest()).file_id, file.file_id);
    app.settles().await;
    assert_eq!(last_call(&app, "sendPhoto")["photo"], file.file_id);

    // The picture stays, and the way back leads to the link.
    let card = ani.presses("◀ Tautan").await;
    assert!(card.text.contains("0 dari 2 terbayar") && card.file.is_none(), "{}", card.text);
    assert_eq!(ani.phone.unanswered_taps(), []);
}

#[tokio::test(flavor = "multi_thread")]
async fn pictures_of_what_was_sold_say_so() {
    let app = TestApp::start().await;
    let ani = app.ani();
    ani.says("/start").await;
    let link = ani.makes_a_link("Topi 50rb x1").await;
    ani.presses("🖼 Story").await;
    let before = photo_in(&ani.newest());

    let mut budi = app.customer();
    budi.orders(&link, "Budi", "QRIS").await;
    budi.pays().await;
    app.settles().await;

    ani.presses("🖼 Story").await;
    assert_ne!(photo_in(&ani.newest()).file_id, before.file_id, "another picture is drawn");
    assert!(ani.newest().text.contains("✅ Sudah dibayar."), "{}", ani.newest().text);
    ani.presses("📎 Ukuran penuh").await;
    let document = ani.newest().file.expect("a file");
    app.settles().await;
    assert!(!document.is_photo && document.file_name.starts_with("story-"), "{document:?}");
    assert_eq!(last_call(&app, "sendChatAction")["action"], "upload_document");
    ani.presses("▦ QR").await;
    assert!(ani.newest().text.contains("✅ Sudah dibayar."), "{}", ani.newest().text);
    // What is sent along to friends says it, too.
    let card = ani.presses("◀ Tautan").await;
    let whatsapp = format!("{:?}", card.button("WhatsApp"));
    assert!(whatsapp.contains("Sudah%20dibayar"), "{whatsapp}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_strangers_press_draws_nothing() {
    let app = TestApp::start().await;
    let ani = app.ani();
    ani.says("/start").await;
    ani.makes_a_link("Kaos 75rb").await;
    let stolen = ani.data_of("▦ QR");
    for thief in [with_a_shop(&app).await, app.person("Tono", "id")] {
        thief.says("/start").await;
        let card = thief.newest().message_id;
        thief.phone.presses_data(card, &stolen);
        app.settles().await;
        assert_eq!(thief.phone.unanswered_taps(), []);
        assert!(thief.phone.messages().iter().all(|message| message.file.is_none()));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_handle_that_telegram_lost_is_drawn_anew() {
    let mut app = TestApp::start().await;
    let ani = app.ani();
    ani.says("/start").await;
    ani.makes_a_link("Kaos 75rb").await;
    ani.presses("▦ QR").await;
    app.settles().await;
    let lost = "update sent_pictures set file_id = 'AgAC-of-another-bot'";
    assert_eq!(app.database().execute(lost).await.expect("the database answers"), 1);
    ani.presses("▦ QR").await;
    assert!(photo_in(&ani.newest()).width >= 600);
    app.settles().await;
    app.restart().await;
    ani.presses("▦ QR").await;
    assert!(last_call(&app, "sendPhoto")["photo"].is_string(), "the new handle is kept");
}

/// A shop of somebody else's.
async fn with_a_shop(app: &TestApp) -> Seller {
    let other = app.person("Sari", "id");
    other.says("/new Topi 50rb").await;
    app.settles().await;
    other
}

fn photo_in(message: &ShownMessage) -> ShownFile {
    message.file.clone().filter(|file| file.is_photo).expect("a picture")
}

fn last_call(app: &TestApp, method: &str) -> Value {
    let calls = app.telegram.journal();
    calls.into_iter().rev().find(|call| call.method == method).expect("such a call").body
}
