//! `/test`: a seller plays a customer, and hears it ring before the first sale.

use chrono::TimeDelta;
use tautan::domain::id::TelegramId;
use tautan::domain::merchant::Mode;
use tautan::simulator::midtrans::{Conduct, Endpoint, Misbehaviour};
use tautan::simulator::telegram::{ButtonKind, Fault, Misbehaviour as Trouble};

use crate::support::seller::Seller;
use crate::support::test_app::{Options, TestApp};

/// An instance as it is on its first day: nobody connected a gateway.
async fn first_day() -> (TestApp, Seller) {
    let app = TestApp::start_with(Options { own_bank: true, ..Options::default() }).await;
    let ani = app.ani();
    opens(&ani).await;
    (app, ani)
}

async fn opens(ani: &Seller) {
    ani.says_and_reads("/start", "1/4").await;
    for label in ["Lanjut", "Pakai", "WIB", "Coba (Sandbox)"] {
        ani.presses(label).await;
    }
    ani.reads("sudah buka!").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_payment_is_played_from_the_page_to_the_recap_and_rings_before_the_first_sale() {
    let (app, ani) = first_day().await;
    let first = ani.presses("Latihan pembayaran").await;
    assert!(
        first.text.contains("1/6") && first.text.contains("Contoh: Kaos polos · Rp75.000"),
        "{}",
        first.text
    );
    assert!(first.text.contains("🧪 Sandbox"), "{}", first.text);
    let page = ani.links().pop().expect("the page of the sample");
    let mut looker = app.customer();
    assert!(looker.opens(&page).await.text().contains("Contoh: Kaos polos"), "the real page");

    let filled = ani.presses("Isi data").await;
    assert!(filled.text.contains("2/6") && filled.text.contains("Pembeli Contoh"), "{}", filled.text);
    ani.presses("Pilih cara bayar").await;
    let told = ani.presses("BCA VA").await;
    assert!(told.text.contains("4/6") && told.text.contains("Nomor: "), "{}", told.text);
    assert_eq!(told.message_id, first.message_id, "one card, edited in place");

    ani.presses("Bayar (pura-pura)").await;
    let rang = ani.reads("💰 Rp75.000 dari Pembeli Contoh").await;
    app.settles().await;
    assert!(!rang.silent, "it rings: {}", ani.phone.transcript());
    assert!(rang.message_id > first.message_id, "as a message of its own");
    let card = message(&ani, first.message_id);
    assert!(card.contains("5/6"), "{card}");
    ani.presses("Lihat ringkasan").await;
    let card = message(&ani, first.message_id);
    assert!(card.contains("6/6") && card.contains("Lunas: 1 · Rp75.000"), "{card}");

    ani.presses("Coba kembalikan").await;
    ani.reads("Kembalikan").await;
    ani.presses("Buang contohnya").await;
    assert_eq!(ani.count("Tautan contohnya sudah saya buang"), 1, "{}", ani.phone.transcript());
    ani.says_and_reads("/links", "Belum ada tautan").await;
    assert_eq!(looker.opens(&page).await.status, 410);
    assert!(!looker.page.has_form("form[action$='/orders']"), "nobody can order it any more");
    assert_eq!(ani.phone.unanswered_taps(), []);
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_leaves_or_presses_twice_goes_on_where_it_was() {
    let (mut app, ani) = first_day().await;
    ani.says_and_reads("/test", "1/6").await;
    let sample = ani.data_of("Isi data");
    let card = ani.newest().message_id;
    ani.presses("Isi data").await;
    app.restart().await;
    ani.phone.presses_data(card, &sample);
    app.settles().await;
    assert_eq!(orders(&app).await, 1, "the same customer");
    let again = ani.says_and_reads("/test", "langkah 2 dari 6").await;
    assert!(again.button("Lanjutkan").is_some() && again.button("Mulai baru").is_some());
    ani.presses("Lanjutkan").await;
    ani.presses("Pilih cara bayar").await;
    ani.presses("QRIS").await;
    app.restart().await;
    // The bank of an instance forgets its charges with it.
    let forgotten = ani.presses("Bayar (pura-pura)").await;
    assert!(forgotten.text.contains("lupa tagihan tadi"), "{}", forgotten.text);
    ani.presses("BNI VA").await;
    let pay = ani.data_of("Bayar (pura-pura)");
    app.telegram.misbehave(Trouble::new(Fault::DuplicateUpdate).always());
    let card = ani.newest().message_id;
    ani.phone.presses_data(card, &pay);
    ani.phone.presses_data(card, &pay);
    ani.reads("💰").await;
    app.settles().await;
    assert_eq!(orders(&app).await, 1);
    assert_eq!(ani.count("💰"), 1, "{}", ani.phone.transcript());
    assert!(message(&ani, card).contains("5/6"), "{}", ani.phone.transcript());
    assert_eq!(ani.phone.unanswered_taps(), []);
}

#[tokio::test(flavor = "multi_thread")]
async fn one_begins_anew_or_with_an_own_link_and_what_is_left_ends_by_itself() {
    let (app, ani) = first_day().await;
    ani.makes_a_link("topi 50rb x3").await;
    ani.makes_a_link("kue 90rb for:Budi, 08123456789, budi@toko.id").await;
    let offer = ani.says_and_reads("/test", "Pakai tautan yang mana?").await;
    assert!(offer.button("topi").is_some() && offer.button("kue").is_none(), "{offer:?}");
    ani.presses("topi").await;
    let begun = ani.reads("1/6").await;
    assert!(begun.text.contains("topi · Rp50.000"), "{}", begun.text);
    ani.says_and_reads("/test", "langkah 1 dari 6").await;
    ani.presses("Mulai baru").await;
    ani.presses("Contoh: Kaos polos").await;
    ani.presses("Isi data").await;
    ani.presses("Pilih cara bayar").await;
    ani.presses("BCA VA").await;
    ani.reads("4/6").await;
    app.settles().await;
    app.advance(TimeDelta::hours(25));
    app.settles().await;
    ani.presses("Bayar (pura-pura)").await;
    ani.reads("Latihan yang tadi sudah berakhir").await;
    ani.presses("topi").await;
    ani.presses("Cukup").await;
    assert_eq!(ani.count("Tautan Anda tetap seperti semula"), 1, "{}", ani.phone.transcript());
    ani.says_and_reads("/links topi", "topi").await;
    assert_eq!(orders_paid(&app).await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_live_shop_rehearses_in_sandbox_mode_and_no_live_number_moves() {
    let owner = 900_001;
    let options =
        Options { own_bank: true, live_account: true, admins: vec![TelegramId(owner)], ..Options::default() };
    let app = TestApp::start_with(options).await;
    let ani = app.person_of(owner, "Ani", "id");
    opens(&ani).await;
    ani.says_and_reads("/settings", "Pengaturan").await;
    ani.presses("Midtrans & mode").await;
    ani.presses("Jualan sungguhan").await;
    ani.says("Ani").await;
    app.settles().await;
    ani.says_and_reads("/test", "1/6").await;
    for label in ["Isi data", "Pilih cara bayar", "QRIS", "Bayar (pura-pura)"] {
        ani.presses(label).await;
    }
    ani.reads("💰").await;
    app.settles().await;
    let home = ani.says("/home").await;
    assert!(home.text.contains("💵 Live") && home.text.contains("belum ada pembayaran"), "{}", home.text);
    let modes = app.database().texts("select mode from orders").await.unwrap();
    assert_eq!(modes, [Mode::Sandbox.code()]);
}

#[tokio::test(flavor = "multi_thread")]
async fn at_a_real_sandbox_the_seller_pays_on_the_gateways_page_and_the_card_follows() {
    let app = TestApp::start().await;
    let ani = app.ani();
    opens(&ani).await;
    ani.says_and_reads("/test", "1/6").await;
    for label in ["Isi data", "Pilih cara bayar", "BCA VA"] {
        ani.presses(label).await;
    }
    let told = ani.reads("bayarnya di simulator").await;
    let simulator = told.button("Buka simulator").map(|button| button.kind.clone());
    let Some(ButtonKind::Url(url)) = simulator else { panic!("{simulator:?}") };
    assert!(url.starts_with("https://simulator.sandbox.midtrans.com/bca/va"), "{url}");
    assert!(told.button("Bayar (pura-pura)").is_none(), "nobody here can pay it");
    let id = app.bank.transactions().pop().expect("a charge").order_id;
    app.bank.pay(&id).await.expect("a payment");
    ani.reads("💰").await;
    app.settles().await;
    ani.presses("Periksa").await;
    assert!(message(&ani, told.message_id).contains("5/6"), "{}", ani.phone.transcript());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_gateway_that_refuses_or_is_silent_is_told_with_a_way_on() {
    let app = TestApp::start().await;
    let ani = app.ani();
    opens(&ani).await;
    ani.says_and_reads("/test", "1/6").await;
    ani.presses("Isi data").await;
    ani.presses("Pilih cara bayar").await;
    let refusal = Conduct::ServerError { status: 401 };
    app.bank.misbehave(Misbehaviour::once(Endpoint::Charge, refusal));
    let refused = ani.presses("BNI VA").await;
    assert!(refused.text.contains("menolak cara ini") && refused.text.contains("3/6"), "{}", refused.text);
    let paid = ani.presses("BCA VA").await;
    assert!(paid.text.contains("4/6"), "{}", paid.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_may_only_look_is_told_who_can() {
    let (app, ani) = first_day().await;
    ani.says_and_reads("/settings", "Pengaturan").await;
    ani.presses("👥").await;
    ani.presses("Undang").await;
    ani.presses("Pemantau").await;
    let invitation = ani.newest().text;
    let token = invitation.split("start=").nth(1).expect("a link");
    let budi = app.person("Budi", "id");
    budi.says_and_reads(&format!("/start {}", token.split_whitespace().next().expect("a token")), "🏪").await;
    budi.says_and_reads("/test", "hanya untuk pemilik dan staf").await;
    assert_eq!(orders(&app).await, 0);
    let links = app.database().texts("select slug from payment_links").await.unwrap();
    assert!(links.is_empty(), "{links:?}");
}

async fn orders(app: &TestApp) -> usize {
    app.database().texts("select code from orders").await.expect("the orders").len()
}

async fn orders_paid(app: &TestApp) -> usize {
    app.database().texts("select code from orders where state = 'paid'").await.expect("the orders").len()
}

fn message(seller: &Seller, id: i64) -> String {
    let found = seller.phone.messages().into_iter().find(|message| message.message_id == id);
    found.expect("the message is there").text
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_is_tried_from_its_own_card() {
    let (app, ani) = first_day().await;
    ani.makes_a_link("topi 50rb").await;
    let first = ani.presses("Coba bayar").await;
    assert!(first.text.contains("1/6") && first.text.contains("topi · Rp50.000"), "{}", first.text);
    app.settles().await;
    assert_eq!(ani.phone.unanswered_taps(), []);
}
