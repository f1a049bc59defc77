//! A seller types several links at once, and links that are made without a question.

use chrono::TimeDelta;

use crate::support::seller::Seller;
use crate::support::test_app::TestApp;

/// Ani, whose shop is open and has no link.
async fn ani_of(app: &TestApp) -> Seller {
    let ani = app.ani();
    ani.says_and_reads("/new", "Mau jual apa?").await;
    ani.says("/cancel").await;
    ani
}

#[tokio::test(flavor = "multi_thread")]
async fn several_lines_are_made_by_one_tap() {
    let app = TestApp::start().await;
    let ani = ani_of(&app).await;
    ani.says_and_reads("/new kaos 10rb\ntopi murah\nsyal 30rb x2 3hari\nikat 75.00", "Sudah benar?").await;
    let refused = ani.reads("perlu sedikit diperbaiki").await;
    for words in ["2 baris", "Baris 2:", "topi murah", "Baris 4:", "ikat 75.00"] {
        assert!(refused.text.contains(words), "{words:?} in {}", refused.text);
    }
    let card = ani.newest();
    for words in ["2 tautan", "1. kaos · Rp10.000", "🔁 ∞ · ", "2. syal · Rp30.000", "🔁 2×", "🧪 Sandbox"]
    {
        assert!(card.text.contains(words), "{words:?} in {}", card.text);
    }
    assert_eq!(ani.buttons(), ["✅ Buat 2 tautan", "✏️ 1", "✏️ 2", "✖ Batal"]);
    let create = ani.data_of("✅ Buat 2 tautan");
    let made = ani.presses("✅ Buat 2 tautan").await;
    assert!(made.text.contains("2 tautan siap dibagikan"), "{}", made.text);
    assert_eq!(ani.links().len(), 2, "{}", made.text);
    assert_eq!(ani.buttons(), ["📋 1", "📋 2", "🔗 Semua tautan", "🏠 Beranda"]);
    // A second tap, or an old card, makes nothing twice.
    ani.phone.presses_data(made.message_id, &create);
    app.settles().await;
    ani.says_and_reads("/links", "Tautan · 2").await;
    assert_eq!(ani.phone.unanswered_taps(), []);
}

#[tokio::test(flavor = "multi_thread")]
async fn one_line_of_several_is_mended_or_dropped_before_they_are_made() {
    let app = TestApp::start().await;
    let ani = ani_of(&app).await;
    ani.says("/new kaos 10rb\ntopi 20rb\nsyal 30rb").await;
    ani.presses("✏️ 2").await;
    assert!(!ani.buttons().contains(&"✅ Buat".to_owned()), "{:?}", ani.buttons());
    ani.presses("💰 Harga").await;
    ani.says("25rb").await;
    ani.presses("◀ Ke daftar").await;
    ani.presses("✏️ 3").await;
    let list = ani.presses("🗑 Buang baris").await;
    assert!(list.text.contains("2. topi · Rp25.000") && !list.text.contains("syal"), "{}", list.text);
    ani.presses("✅ Buat 2 tautan").await;
    ani.says_and_reads("/links", "Tautan · 2").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_line_that_cannot_be_made_holds_up_no_other() {
    let app = TestApp::start().await;
    let ani = app.ani();
    ani.makes_a_link("lama 10rb link:kaosku").await;
    ani.says("/new kaos 10rb link:kaosku\ntopi 20rb").await;
    let card = ani.presses("✅ Buat 2 tautan").await;
    for words in ["⚠️ Baris 1:", "kaosku", "1 tautan sudah jadi, 1 belum", "topi · Rp20.000"] {
        assert!(card.text.contains(words), "{words:?} in {}", card.text);
    }
    ani.presses("✏️ 1").await;
    ani.presses("🔒 Tambah acak").await;
    ani.presses("◀ Ke daftar").await;
    let made = ani.presses("✅ Buat 1 tautan").await;
    assert!(made.text.contains("2 tautan siap dibagikan"), "{}", made.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn lines_that_were_left_are_offered_again_and_can_be_thrown_away() {
    let app = TestApp::start().await;
    let ani = ani_of(&app).await;
    ani.says("kaos 10rb\ntopi 20rb").await;
    let home = ani.says("/home").await;
    assert!(home.text.contains("beberapa tautan"), "{}", home.text);
    let list = ani.presses("Lanjutkan").await;
    assert!(list.text.contains("2 tautan. Sudah benar?"), "{}", list.text);
    ani.presses("✖ Batal").await;
    let home = ani.says("/home").await;
    assert!(!home.text.contains("Belum selesai"), "{}", home.text);
    ani.says("kaos 10rb\ntopi 20rb").await;
    ani.says("/cancel").await;
    let home = ani.says("/home").await;
    assert!(!home.text.contains("Belum selesai"), "{}", home.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clear_line_becomes_a_link_at_once_where_the_shop_wishes_so_and_is_taken_back() {
    let app = TestApp::start().await;
    let ani = ani_of(&app).await;
    ani.says("/settings").await;
    ani.presses("🔗 Pilihan awal").await;
    let card = ani.presses("✅ Periksa dulu").await;
    assert!(
        card.text.contains("langsung jadi tautan") && card.button("⬜ Periksa dulu").is_some(),
        "{}",
        card.text
    );

    let made = ani.says("/new kaos 75rb x3").await;
    assert!(made.text.contains("Tautan siap dibagikan"), "{}", made.text);
    let link = ani.links().pop().expect("a link");
    let draft = ani.presses("↩ Urungkan").await;
    for words in ["Sudah dibatalkan", "kaos · Rp75.000", "Menerima 3 pembayaran"] {
        assert!(draft.text.contains(words), "{words:?} in {}", draft.text);
    }
    let mut budi = app.customer();
    budi.opens(&link).await;
    assert_eq!(budi.page.status, 410);

    // What could mean two things, and what was not asked for, is asked about all the same.
    ani.says_and_reads("/new kaos 75.00", "Mana yang dimaksud?").await;
    ani.says_and_reads("topi 50rb", "Sudah benar?").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_that_somebody_ordered_through_or_that_is_old_is_not_taken_back_by_the_quick_way() {
    let app = TestApp::start().await;
    let ani = ani_of(&app).await;
    ani.says("/settings").await;
    ani.presses("🔗 Pilihan awal").await;
    ani.presses("✅ Periksa dulu").await;
    ani.says("/new kaos 75rb").await;
    let link = ani.links().pop().expect("a link");
    let mut budi = app.customer();
    budi.orders(&link, "Budi", "BCA Virtual Account").await;
    let kept = ani.presses("↩ Urungkan").await;
    assert!(kept.text.contains("dalam 30 detik dan sebelum ada pesanan"), "{}", kept.text);

    let made = ani.says("/new topi 75rb").await;
    let undo = ani.data_of("↩ Urungkan");
    app.settles().await;
    app.advance(TimeDelta::seconds(30));
    ani.phone.presses_data(made.message_id, &undo);
    app.settles().await;
    let kept = ani.newest();
    assert!(kept.text.contains("topi · Rp75.000"), "{}", kept.text);
    assert!(kept.text.contains("dalam 30 detik"), "{}", kept.text);
    ani.says_and_reads("/links", "Tautan · 2").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_line_does_not_say_the_shops_defaults_do() {
    let app = TestApp::start().await;
    let ani = ani_of(&app).await;
    ani.says("/settings").await;
    ani.presses("🔗 Pilihan awal").await;
    ani.presses("10×").await;
    let card = ani.presses("⏳ 3 hari").await;
    assert!(card.button("✓ 10×").is_some() && card.button("✓ ⏳ 3 hari").is_some(), "{:?}", ani.buttons());

    let card = ani.says("/new kaos 75rb").await;
    assert!(card.text.contains("Menerima 10 pembayaran") && card.text.contains("⏳ Sampai"), "{}", card.text);
    let card = ani.says("/new kaos 75rb ∞ -").await;
    assert!(card.text.contains("Tanpa batas: ") && card.text.contains("Tanpa batas waktu"), "{}", card.text);

    ani.says("/new").await;
    ani.says("kaos").await;
    ani.says("75rb").await;
    assert_eq!(ani.buttons()[..3], ["⭐ 10×", "1×", "5×"], "{:?}", ani.buttons());
    ani.presses("⭐ 10×").await;
    ani.presses("⭐ 3 hari").await;
    let card = ani.presses("👥 Siapa saja").await;
    assert!(card.text.contains("Menerima 10 pembayaran"), "{}", card.text);
}
