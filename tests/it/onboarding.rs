//! Opening a shop: four taps at most, and who may.

use tautan::domain::id::TelegramId;
use tautan::services::admission::ShopPolicy;

use crate::support::seller::Seller;
use crate::support::test_app::{Options, TestApp};

/// Who runs the instance in these stories.
const OPERATOR: i64 = 900_001;

#[tokio::test(flavor = "multi_thread")]
async fn a_shop_opens_in_four_taps_in_indonesian() {
    let app = TestApp::start().await;
    let ani = app.ani();
    let welcome = ani.says_and_reads("/start", "1/4").await;
    assert!(welcome.text.contains("Selamat datang, Ani"), "{}", welcome.text);
    ani.presses("Lanjut").await;
    ani.reads("2/4 · Apa nama toko Anda?").await;
    ani.presses("Pakai “Ani”").await;
    ani.reads("3/4 · Toko Anda di mana?").await;
    ani.presses("WIB").await;
    let ready = ani.reads("4/4 · Siap!").await;
    assert!(ready.text.contains("IDR") && ready.text.contains("WIB"), "{}", ready.text);
    ani.presses("Coba (Sandbox)").await;
    let open = ani.reads("Ani sudah buka!").await;
    assert_eq!(open.message_id, welcome.message_id, "one card, edited in place");
    assert_eq!(ani.buttons(), ["➕ Tautan pertama", "▶ Latihan pembayaran", "❓ Bantuan", "🏠 Beranda"]);

    let home = ani.says_and_reads("/start", "Hari ini: belum ada pembayaran").await;
    assert!(home.text.contains("🏪 Ani") && home.text.contains("🧪 Sandbox"), "{}", home.text);
    assert_eq!(ani.phone.unanswered_taps(), []);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_shop_opens_in_four_taps_in_english() {
    let app = TestApp::start().await;
    let sam = app.sam();
    sam.says_and_reads("/start", "1/4 · Welcome, Sam!").await;
    sam.presses("Next").await;
    sam.presses("Use “Sam”").await;
    sam.presses("WITA").await;
    sam.presses("Try it (sandbox)").await;
    sam.reads("Sam is open!").await;
    sam.presses("Home").await;
    sam.reads("Today: no payment yet").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_language_is_guessed_and_changed_on_the_same_card() {
    let app = TestApp::start().await;
    let guesses = [
        ("id", "Selamat datang"),
        ("id-ID", "Selamat datang"),
        ("ms", "Selamat datang"),
        ("en-GB", "Welcome"),
        ("fr", "Welcome"),
    ];
    for (code, greeting) in guesses {
        app.person("Tamu", code).says_and_reads("/start", greeting).await;
    }

    let ani = app.person("Ani", "en");
    let card = ani.says_and_reads("/start", "Welcome, Ani!").await;
    ani.presses("Bahasa Indonesia").await;
    let next = ani.reads("2/4 · Apa nama toko Anda?").await;
    assert_eq!(next.message_id, card.message_id);
    ani.presses("Kembali").await;
    let changed = ani.reads("Selamat datang, Ani!").await;
    assert!(changed.button("✓ Bahasa Indonesia").is_some(), "{}", ani.phone.transcript());
    ani.presses("✓ Bahasa Indonesia").await;
    ani.reads("2/4 · Apa nama toko Anda?").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn words_at_the_first_card_are_a_language_or_offered_as_the_shops_name() {
    let app = TestApp::start().await;
    let ani = app.person("Ani", "en");
    ani.says_and_reads("/start", "1/4").await;
    ani.says_and_reads("bahasa indonesia", "2/4 · Apa nama toko Anda?").await;
    ani.presses("Kembali").await;
    ani.reads("1/4").await;
    ani.says_and_reads("Kaos Ani", "2/4 · Apa nama toko Anda?").await;
    ani.presses("Pakai “Kaos Ani”").await;
    ani.reads("3/4").await;
    ani.presses("WIB").await;
    ani.reads("🏪 Kaos Ani").await;

    let sam = app.sam();
    sam.says_and_reads("/start", "1/4").await;
    sam.says_and_reads(&"shop ".repeat(20), "at most 50").await;
    sam.presses("Use “Sam”").await;
    sam.reads("3/4").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_name_and_the_place_of_a_shop_may_be_typed() {
    let app = TestApp::start().await;
    let ani = app.ani();
    ani.says_and_reads("/start", "1/4").await;
    ani.presses("Lanjut").await;
    let too_long = "Toko ".repeat(11);
    ani.says_and_reads(&too_long, "paling banyak 50").await;
    ani.says_and_reads("4811 1111 1111 1114", "seperti nomor kartu").await;
    assert_eq!(ani.count("4811"), 0, "a card number is never said back");
    ani.says_and_reads("Toko <Ani> & Adik", "3/4").await;
    ani.says_and_reads("Entah di mana", "belum kenal “Entah di mana”").await;
    ani.says_and_reads("bali", "4/4").await;
    let ready = ani.newest();
    assert!(ready.text.contains("🏪 Toko <Ani> & Adik"), "{}", ready.text);
    assert!(ready.text.contains("WITA"), "{}", ready.text);
    ani.presses("Coba (Sandbox)").await;
    ani.reads("Toko <Ani> & Adik sudah buka!").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn back_leads_to_the_card_before() {
    let app = TestApp::start().await;
    let ani = app.ani();
    ani.says_and_reads("/start", "1/4").await;
    ani.presses("Lanjut").await;
    ani.presses("Pakai").await;
    ani.presses("WIT").await;
    for card in ["3/4", "2/4", "1/4"] {
        ani.presses("Kembali").await;
        ani.reads(card).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_before_the_start_opens_a_shop_with_defaults() {
    let app = TestApp::start().await;
    let ani = app.ani();
    ani.says_and_reads("/new kaos hitam 150rb", "Sudah benar?").await;
    assert_eq!(ani.count("Toko Anda sudah saya buka: Ani"), 1, "{}", ani.phone.transcript());
    ani.presses("✅ Buat").await;
    ani.reads("Tautan siap dibagikan").await;

    let sam = app.sam();
    sam.says_and_reads("/new", "1 of 5").await;
    assert_eq!(sam.count("I opened your shop: Sam"), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_private_bot_tells_strangers_their_id() {
    for shops in [ShopPolicy::Admins, ShopPolicy::Invited] {
        let app = TestApp::start_with(private(shops)).await;
        let stranger = app.ani();
        let id = stranger.phone.id().to_string();
        let answers = ["/start", "/new kaos 10rb", "/links", "halo", "/help", "/settings"];
        for said in answers {
            let answer = stranger.says(said).await;
            assert!(answer.text.contains("Bot ini pribadi"), "{said}: {}", answer.text);
            assert!(answer.text.contains(&id), "{said}: {}", answer.text);
        }
        let operator = app.person_of(OPERATOR, "Rani", "id");
        operator.says_and_reads("/start", "1/4").await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_invitation_lets_one_person_in() {
    let app = TestApp::start_with(private(ShopPolicy::Invited)).await;
    let operator = app.person_of(OPERATOR, "Rani", "id");
    let invitation = operator.says_and_reads("/invite", "Undangan untuk satu orang").await;
    let token = start_parameter(&invitation.text);

    let guest = app.ani();
    guest.says_and_reads(&format!("/start {token}"), "1/4").await;
    assert_eq!(guest.count("Undangan Anda berlaku"), 1);
    let late = app.person("Lia", "id");
    late.says_and_reads(&format!("/start {token}"), "Bot ini pribadi").await;
    assert_eq!(late.count("sudah dipakai, habis masanya, atau keliru"), 1);
    // Who tapped the link twice is welcome twice.
    guest.says(&format!("/start {token}")).await;
    guest.says_and_reads("/new kaos 10rb", "Sudah benar?").await;
    guest.says_and_reads("/invite", "Hanya pengelola bot").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_claim_link_makes_the_first_admin() {
    let options = Options { shops: ShopPolicy::Admins, ..Options::default() };
    let app = TestApp::start_with(options).await;
    let token = app.services().claim_token().await.unwrap().expect("nobody runs this instance yet");
    let rani = app.person("Rani", "id");
    rani.says_and_reads("/start", "Bot ini pribadi").await;
    rani.says_and_reads(&format!("/start a_{token}"), "Sekarang Anda pengelola bot ini").await;
    rani.says_and_reads("/me", "Anda pengelola bot ini").await;
    rani.says_and_reads("/invite", "start=i_").await;

    let other = app.ani();
    other.says_and_reads(&format!("/start a_{token}"), "sudah dipakai").await;
    assert_eq!(app.services().claim_token().await.unwrap(), None);
    assert!(app.services().is_admin(telegram_id(&rani)).await.unwrap());
    assert!(!app.services().is_admin(telegram_id(&other)).await.unwrap());
}

fn private(shops: ShopPolicy) -> Options {
    Options { shops, admins: vec![TelegramId(OPERATOR)], ..Options::default() }
}

fn telegram_id(seller: &Seller) -> TelegramId {
    TelegramId(seller.phone.id())
}

/// What stands behind `?start=` in the invitation.
fn start_parameter(text: &str) -> String {
    let (_, parameter) = text.split_once("?start=").expect("a link with a start parameter");
    parameter.split_whitespace().next().expect("a parameter").to_owned()
}
