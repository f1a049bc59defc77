//! The card of a link follows it in the seller's chat.

use chrono::TimeDelta;
use tautan::simulator::telegram::{Fault, Misbehaviour, ShownMessage};

use crate::support::seller::Seller;
use crate::support::test_app::TestApp;

/// Lets half a minute pass, after which every card may be drawn again.
async fn half_a_minute(app: &TestApp) {
    app.settles().await;
    app.advance(TimeDelta::seconds(30));
    app.settles().await;
}

/// A message of the chat as it is shown now.
fn shown(ani: &Seller, message_id: i64) -> ShownMessage {
    ani.phone.messages().into_iter().find(|message| message.message_id == message_id).expect("the card")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_card_says_who_is_paying_what_is_paid_and_when_nothing_is_left() {
    let app = TestApp::start().await;
    let ani = app.ani();
    let link = ani.makes_a_link("kaos 75rb x1").await;
    let card = ani.newest().message_id;
    let mut budi = app.customer();
    budi.orders(&link, "Budi", "BCA Virtual Account").await;
    half_a_minute(&app).await;
    let text = shown(&ani, card).text;
    assert!(text.contains("0 dari 1 terbayar, 1 sedang bayar"), "{text}");

    budi.pays().await;
    budi.waits_for("Lunas").await;
    half_a_minute(&app).await;
    let text = shown(&ani, card).text;
    assert!(text.contains("Habis · 1 dari 1 terbayar") && text.contains("Tautan siap dibagikan"), "{text}");
    assert!(ani.newest().message_id > card, "the notice came below and stayed");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_card_is_drawn_at_most_twice_a_minute_however_many_pay() {
    let app = TestApp::start().await;
    let ani = app.ani();
    let link = ani.makes_a_link("kaos 75rb").await;
    let card = ani.newest().message_id;
    let drawn = |app: &TestApp| {
        let edits = app.telegram.calls_of("editMessageText");
        edits.iter().filter(|call| call.body["message_id"] == card).count()
    };
    app.settles().await;
    let before = drawn(&app);
    for name in ["Budi", "Citra", "Dewi"] {
        let mut customer = app.customer();
        customer.orders(&link, name, "BCA Virtual Account").await;
        customer.pays().await;
        customer.waits_for("Lunas").await;
        app.settles().await;
    }
    assert_eq!(drawn(&app), before, "half a minute is not over");
    half_a_minute(&app).await;
    assert_eq!(drawn(&app), before + 1);
    assert!(shown(&ani, card).text.contains("3 terbayar"), "{}", shown(&ani, card).text);
    half_a_minute(&app).await;
    assert_eq!(drawn(&app), before + 1, "nothing changed since");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_card_says_by_itself_that_the_time_is_over() {
    let app = TestApp::start().await;
    let ani = app.ani();
    ani.makes_a_link("kaos 75rb 1j").await;
    let card = ani.presses("📄 Detail").await.message_id;
    app.settles().await;
    app.advance(TimeDelta::hours(1));
    app.settles().await;
    let card = shown(&ani, card);
    assert!(card.text.contains("⌛ Kedaluwarsa"), "{}", card.text);
    assert!(card.button("+24 jam").is_some() || card.button("24 jam").is_some(), "{:?}", card.buttons);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_that_shows_something_else_by_now_is_left_alone() {
    let app = TestApp::start().await;
    let ani = app.ani();
    let link = ani.makes_a_link("kaos 75rb").await;
    let card = ani.newest().message_id;
    ani.presses("✏️ Ubah").await;
    let mut budi = app.customer();
    budi.orders(&link, "Budi", "BCA Virtual Account").await;
    half_a_minute(&app).await;
    assert!(shown(&ani, card).text.contains("Mengubah tautan"), "{}", shown(&ani, card).text);
    // Back on the card, it follows again.
    ani.presses("◀ Kembali").await;
    budi.pays().await;
    half_a_minute(&app).await;
    assert!(shown(&ani, card).text.contains("1 terbayar"), "{}", shown(&ani, card).text);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_cards_of_a_link_the_newer_one_follows() {
    let app = TestApp::start().await;
    let ani = app.ani();
    let link = ani.makes_a_link("kaos 75rb").await;
    let older = ani.newest().message_id;
    ani.says("/links").await;
    let newer = ani.presses("kaos").await.message_id;
    let mut budi = app.customer();
    budi.orders(&link, "Budi", "BCA Virtual Account").await;
    half_a_minute(&app).await;
    assert!(shown(&ani, newer).text.contains("sedang bayar: 1"), "{}", shown(&ani, newer).text);
    assert!(!shown(&ani, older).text.contains("sedang bayar"), "{}", shown(&ani, older).text);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_card_that_was_deleted_in_the_chat_is_forgotten_and_one_that_failed_is_drawn_later() {
    let app = TestApp::start().await;
    let ani = app.ani();
    let link = ani.makes_a_link("kaos 75rb").await;
    let card = ani.newest().message_id;
    app.telegram.misbehave(Misbehaviour::on("editMessageText", Fault::ServerError(502)).times(1));
    let mut budi = app.customer();
    budi.orders(&link, "Budi", "BCA Virtual Account").await;
    half_a_minute(&app).await;
    assert!(!shown(&ani, card).text.contains("sedang bayar"), "{}", shown(&ani, card).text);
    half_a_minute(&app).await;
    half_a_minute(&app).await;
    assert!(shown(&ani, card).text.contains("1 sedang bayar"), "{}", shown(&ani, card).text);

    let gone = Fault::BadRequest("message to edit not found".to_owned());
    app.telegram.misbehave(Misbehaviour::on("editMessageText", gone).always());
    let messages = ani.phone.messages().len();
    let mut citra = app.customer();
    citra.orders(&link, "Citra", "BCA Virtual Account").await;
    half_a_minute(&app).await;
    let cards = app.database().texts("select cast(count(*) as text) from living_cards").await.unwrap();
    assert_eq!((cards, ani.phone.messages().len()), (vec!["0".to_owned()], messages));
}
