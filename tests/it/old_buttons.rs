//! Buttons that are forged, somebody else's, or older than what they speak of.

use tautan::domain::id::{AttemptId, ConfirmationId, DraftId, LinkId, OrderId};
use tautan::messaging::buttons::{DraftChoice, DraftField, PageFrom, Press};

use crate::support::seller::Seller;
use crate::support::test_app::TestApp;

#[tokio::test(flavor = "multi_thread")]
async fn forged_and_ancient_buttons_are_answered_kindly() {
    let app = TestApp::start().await;
    let ani = app.ani();
    ani.makes_a_link("kaos 150rb").await;
    let card = ani.newest().message_id;
    let garbage = [
        "",
        "x",
        "v0:l:abc",
        "v2:h",
        "v1",
        "v1:",
        "v1:zz",
        "v1:l:",
        "v1:l:not-a-key",
        "v1:ly:AAAA",
        "buy_now|7",
        "v1:ds:AAAAAAAAAAAAAAAAAAAAAA:p-5",
        "v1:l:AAAAAAAAAAAAAAAAAAAAAA:more",
        "💥",
        "v1:ll:oAAAA",
        "v1:s5; drop table links",
        "{\"a\":1}",
    ];
    for data in garbage {
        taps_and_is_answered(&ani, card, data).await;
    }
    assert!(ani.phone.toasts().iter().any(|toast| toast.text.contains("Tombol itu sudah lama")));
    assert_eq!(ani.count("ada gangguan"), 0, "{}", ani.phone.transcript());
    ani.says_and_reads("/links", "Tautan · 1").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn buttons_that_name_nothing_show_what_is_there() {
    let app = TestApp::start().await;
    let ani = app.ani();
    ani.makes_a_link("kaos 150rb").await;
    let card = ani.newest().message_id;
    for press in presses_of(DraftId::generate(), LinkId::generate(), OrderId::generate()) {
        taps_and_is_answered(&ani, card, &press.encode()).await;
    }
    assert_eq!(ani.count("ada gangguan"), 0, "{}", ani.phone.transcript());
    ani.says_and_reads("/links", "Tautan · 1").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn another_sellers_buttons_show_and_change_nothing() {
    let app = TestApp::start().await;
    let (ani, mallory) = (app.ani(), app.person("Mallory", "id"));
    let link = ani.makes_a_link("kaos rahasia 150rb").await;
    let mut budi = app.customer();
    budi.orders(&link, "Budi", "BCA").await;
    ani.presses("📄 Detail").await;
    ani.presses("🧾 Pesanan (1)").await;
    let order_data = ani.data_of("Budi");
    ani.says_and_reads("/new topi rahasia 20rb", "Sudah benar?").await;
    let draft_data = ani.data_of("✅ Buat");
    ani.says_and_reads("/links", "Tautan · 1").await;
    let link_data = ani.data_of("🟢 kaos rahasia");
    let (Some(Press::DraftCreate(draft)), Some(Press::Link(link_id)), Some(Press::Order(order))) =
        (Press::decode(&draft_data), Press::decode(&link_data), Press::decode(&order_data))
    else {
        panic!("{draft_data} {link_data} {order_data}");
    };

    mallory.makes_a_link("pisang 5rb").await;
    let card = mallory.newest().message_id;
    for press in presses_of(draft, link_id, order) {
        taps_and_is_answered(&mallory, card, &press.encode()).await;
        let chat = mallory.phone.transcript();
        assert!(!chat.contains("rahasia") && !chat.contains("Budi"), "{press:?}:\n{chat}");
    }
    assert!(mallory.phone.toasts().iter().any(|toast| toast.text.contains("Bukan milik Anda")));
    assert_eq!(app.customer().opens(&link).await.status, 200, "the link is still open");
    ani.phone.presses("✅ Buat").unwrap();
    ani.says_and_reads("/links", "Tautan · 2").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_button_under_a_message_that_is_gone_is_answered() {
    let app = TestApp::start().await;
    let ani = app.ani();
    ani.makes_a_link("kaos 150rb").await;
    ani.phone.presses_data(4_000_000, &Press::Home.encode());
    ani.reads("Hari ini: belum ada pembayaran").await;
    ani.phone.presses_data(i64::from(i32::MAX), "nonsense");
    ani.phone.waits_until("an answered tap", |_| ani.phone.unanswered_taps().is_empty()).await;
    ani.says_and_reads("/links", "Tautan · 1").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn buttons_of_the_onboarding_do_nothing_to_a_shop_that_is_open() {
    let app = TestApp::start().await;
    let ani = app.ani();
    ani.makes_a_link("kaos 150rb").await;
    let card = ani.newest().message_id;
    for press in [Press::StartNext, Press::StartUseName, Press::StartSandbox, Press::StartBack] {
        taps_and_is_answered(&ani, card, &press.encode()).await;
    }
    ani.reads("🏪 Ani").await;
    assert!(ani.phone.toasts().iter().any(|toast| toast.text.contains("Tombol itu sudah lama")));
    ani.says_and_reads("/links", "Tautan · 1").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stranger_with_an_old_button_is_shown_the_beginning() {
    let app = TestApp::start().await;
    let ani = app.ani();
    let welcome = ani.says_and_reads("halo", "1/4").await;
    for press in presses_of(DraftId::generate(), LinkId::generate(), OrderId::generate()) {
        taps_and_is_answered(&ani, welcome.message_id, &press.encode()).await;
    }
    ani.says_and_reads("/start", "1/4").await;
    assert_eq!(ani.count("ada gangguan"), 0, "{}", ani.phone.transcript());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tap_that_became_too_old_still_does_its_work() {
    let app = TestApp::start().await;
    let ani = app.ani();
    ani.says_and_reads("/new kaos 150rb", "Sudah benar?").await;
    ani.phone.presses("✅ Buat").unwrap();
    app.telegram.expire_taps();
    ani.reads("Tautan siap dibagikan").await;
}

/// Every button that names a draft, a link or an order.
fn presses_of(draft: DraftId, link: LinkId, order: OrderId) -> Vec<Press> {
    vec![
        Press::DraftShow(draft),
        Press::DraftEdit(draft, DraftField::Price),
        Press::DraftBack(draft),
        Press::DraftSet(draft, DraftChoice::Limit(5)),
        Press::DraftSet(draft, DraftChoice::Candidate(3)),
        Press::DraftSet(draft, DraftChoice::Price(-1)),
        Press::DraftCreate(draft),
        Press::DraftCancel(draft),
        Press::Links(PageFrom::OlderThan(link)),
        Press::Links(PageFrom::NewerThan(link)),
        Press::Link(link),
        Press::LinkShare(link),
        Press::LinkLetter(link),
        Press::LinkOrders(link, PageFrom::Start),
        Press::LinkOrders(link, PageFrom::OlderThan(order)),
        Press::Order(order),
        Press::Accept(order),
        Press::Deliver(order),
        Press::ReturnOf(order),
        Press::Return(AttemptId(order.0), None),
        Press::Return(AttemptId(order.0), Some(i64::MAX)),
        Press::ReturnAmount(AttemptId(order.0)),
        Press::SentBack(AttemptId(order.0), 1),
        Press::Confirm(ConfirmationId(order.0)),
        Press::RecordAccept(order),
        Press::RecordReturn(AttemptId(order.0), Some(1)),
        Press::Delete(link),
        Press::DeleteYes(link),
        Press::Restore(link),
    ]
}

async fn taps_and_is_answered(seller: &Seller, message_id: i64, data: &str) {
    let answered = seller.phone.toasts().len();
    seller.phone.presses_data(message_id, data);
    seller
        .phone
        .waits_until(&format!("an answer to {data:?}"), |_| {
            seller.phone.toasts().len() > answered && seller.phone.unanswered_taps().is_empty()
        })
        .await;
}
