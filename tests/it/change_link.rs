//! A seller changes a link that is out in the world, switches it off and on, and makes more of it.

use chrono::TimeDelta;
use url::Url;

use crate::support::seller::Seller;
use crate::support::test_app::TestApp;

async fn ani_with(app: &TestApp, line: &str) -> (Seller, Url) {
    let ani = app.ani();
    let link = ani.makes_a_link(line).await;
    ani.presses("📄 Detail").await;
    (ani, link)
}

#[tokio::test(flavor = "multi_thread")]
async fn every_field_can_be_changed_and_nothing_changes_before_it_is_saved() {
    let app = TestApp::start().await;
    let (ani, link) = ani_with(&app, "kaos 75rb x10 3hari").await;
    let card = ani.presses("✏️ Ubah").await;
    assert!(card.text.contains("Mengubah tautan") && card.button("Simpan").is_none(), "{}", card.text);
    ani.presses("✏️ Nama").await;
    ani.says("Kaos hitam").await;
    ani.presses("💰 Harga").await;
    ani.says("80rb").await;
    ani.presses("🔁 Batas").await;
    ani.presses("∞").await;
    ani.presses("⏳ Waktu").await;
    let card = ani.presses("∞ Tanpa waktu").await;
    for words in ["kaos\nKaos hitam", "💰 Rp75.000\n💰 Rp80.000", "Pesanan yang sudah dibuat tetap"] {
        assert!(card.text.contains(words), "{words:?} in {}", card.text);
    }
    let mut budi = app.customer();
    budi.opens(&link).await;
    assert!(budi.page.text().contains("Rp75.000"), "{}", budi.page.text());

    let saved = ani.presses("✅ Simpan").await;
    for words in ["Kaos hitam · Rp80.000", "🟢 Aktif", "Tanpa batas waktu"] {
        assert!(saved.text.contains(words), "{words:?} in {}", saved.text);
    }
    budi.opens(&link).await;
    let page = budi.page.text();
    assert!(page.contains("Kaos hitam") && page.contains("Rp80.000"), "{page}");
    assert_eq!(ani.phone.unanswered_taps(), []);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_that_is_left_changes_nothing_and_a_second_tap_on_save_shows_the_link() {
    let app = TestApp::start().await;
    let (ani, _) = ani_with(&app, "kaos 75rb").await;
    ani.presses("✏️ Ubah").await;
    ani.presses("💰 Harga").await;
    ani.says("80rb").await;
    let link = ani.presses("◀ Kembali").await;
    assert!(link.text.contains("kaos · Rp75.000"), "{}", link.text);

    ani.presses("✏️ Ubah").await;
    ani.presses("💰 Harga").await;
    ani.says("90rb").await;
    let save = ani.data_of("✅ Simpan");
    let card = ani.newest().message_id;
    ani.presses("✅ Simpan").await;
    ani.phone.presses_data(card, &save);
    ani.phone.settles().await;
    let link = ani.newest();
    assert!(link.text.contains("kaos · Rp90.000") && !link.text.contains("⚠️"), "{}", link.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_that_was_only_looked_at_is_nothing_to_continue() {
    let app = TestApp::start().await;
    let (ani, _) = ani_with(&app, "kaos 75rb").await;
    ani.says("/new topi 30rb").await;
    ani.says("/links").await;
    ani.presses("kaos").await;
    ani.presses("✏️ Ubah").await;
    let home = ani.says("/home").await;
    assert!(home.text.contains("topi") && !home.text.contains("kaos"), "{}", home.text);
    ani.says("/links").await;
    ani.presses("kaos").await;
    ani.presses("✏️ Ubah").await;
    ani.presses("💰 Harga").await;
    ani.says("80rb").await;
    let home = ani.says("/home").await;
    assert!(home.text.contains("kaos"), "{}", home.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_says_the_mode_of_the_link_and_not_of_the_shop() {
    let app = TestApp::start().await;
    let (ani, _) = ani_with(&app, "kaos 75rb").await;
    ani.presses("✏️ Ubah").await;
    // The shop goes live while its seller describes a change of a link of play money.
    app.database().execute("update merchants set mode = 'live'").await.unwrap();
    for field in ["✏️ Nama", "💰 Harga", "⏳ Waktu"] {
        let question = ani.presses(field).await;
        assert!(question.text.contains("🧪 Sandbox"), "{}", question.text);
        ani.presses("◀ Kembali").await;
    }
    ani.presses("⏳ Waktu").await;
    let refused = ani.says("kemarin").await;
    assert!(refused.text.contains("⚠️") && refused.text.contains("🧪 Sandbox"), "{}", refused.text);
    assert!(!refused.text.contains("Live"), "{}", refused.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_keeps_its_price_and_the_form_says_the_new_one() {
    let app = TestApp::start().await;
    let (ani, link) = ani_with(&app, "kaos 75rb").await;
    let (mut budi, mut sari) = (app.customer(), app.customer());
    budi.orders(&link, "Budi", "BCA Virtual Account").await;
    sari.opens(&link).await;
    ani.presses("✏️ Ubah").await;
    ani.presses("💰 Harga").await;
    ani.says("80rb").await;
    ani.presses("✅ Simpan").await;

    sari.fills_in("Sari", "081234567890", "sari@example.com").await;
    assert_eq!(sari.page.status, 409);
    assert!(sari.page.text().contains("Rp80.000"), "{}", sari.page.text());
    budi.pays().await;
    ani.reads("Rp75.000").await;
    budi.waits_for("Lunas. Terima kasih!").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_bought_keeps_the_name_that_it_was_bought_by() {
    let app = TestApp::start().await;
    let (ani, link) = ani_with(&app, "kaos 75rb").await;
    let mut budi = app.customer();
    budi.orders(&link, "Budi", "BCA Virtual Account").await;
    ani.presses("✏️ Ubah").await;
    ani.presses("✏️ Nama").await;
    ani.says("Topi").await;
    ani.presses("✅ Simpan").await;
    budi.pays().await;
    budi.waits_for("Lunas. Terima kasih!").await;
    let notice = ani.reads("dari Budi").await;
    assert!(notice.text.contains("kaos · BCA") && !notice.text.contains("Topi"), "{}", notice.text);
    let receipt = budi.page.link("Lihat bukti bayar");
    budi.opens(&receipt).await;
    assert!(budi.page.text().contains("kaos") && !budi.page.text().contains("Topi"), "{}", budi.page.text());
    let mut sari = app.customer();
    sari.opens(&link).await;
    assert!(sari.page.text().contains("Topi"), "{}", sari.page.text());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_limit_below_what_is_taken_is_refused_with_the_numbers_and_the_rest_is_kept() {
    let app = TestApp::start().await;
    let (ani, link) = ani_with(&app, "kaos 75rb x10").await;
    for name in ["Budi", "Citra"] {
        let mut customer = app.customer();
        customer.orders(&link, name, "BCA Virtual Account").await;
        customer.pays().await;
        customer.waits_for("Lunas").await;
    }
    app.customer().orders(&link, "Dewi", "BCA Virtual Account").await;
    app.settles().await;
    ani.says_and_reads("/links", "🔗 Tautan").await;
    ani.presses("🟢").await;
    ani.presses("✏️ Ubah").await;
    ani.presses("✏️ Nama").await;
    ani.says("Kaos hitam").await;
    ani.presses("🔁 Batas").await;
    ani.says("2").await;
    let refused = ani.presses("✅ Simpan").await;
    for words in ["paling sedikit 3", "2 sudah dibayar", "1 sedang dibayar", "Kaos hitam"] {
        assert!(refused.text.contains(words), "{words:?} in {}", refused.text);
    }
    ani.presses("🔁 Batas").await;
    ani.says("3").await;
    let saved = ani.presses("✅ Simpan").await;
    assert!(
        saved.text.contains("Kaos hitam") && saved.text.contains("Semua sedang dibayar"),
        "{}",
        saved.text
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_is_switched_off_and_on_and_who_is_paying_may_finish() {
    let app = TestApp::start().await;
    let (ani, link) = ani_with(&app, "kaos 75rb").await;
    let mut budi = app.customer();
    budi.orders(&link, "Budi", "BCA Virtual Account").await;
    let off = ani.presses("⏸ Matikan").await;
    assert!(off.text.contains("⏸ Mati"), "{}", off.text);
    let mut sari = app.customer();
    sari.opens(&link).await;
    assert!(!sari.page.has_form("form[action$='/orders']"), "{}", sari.page.text());
    budi.pays().await;
    budi.waits_for("Lunas. Terima kasih!").await;
    app.settles().await;
    ani.says_and_reads("/links", "🔗 Tautan").await;
    ani.presses("⏸").await;
    let on = ani.presses("▶️ Nyalakan").await;
    assert!(on.text.contains("🟢 Aktif"), "{}", on.text);
    sari.orders(&link, "Sari", "BCA Virtual Account").await;
    assert!(sari.page.text().contains("Bayar dengan BCA"), "{}", sari.page.text());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_ended_is_extended_and_what_is_sold_out_is_restocked() {
    let app = TestApp::start().await;
    let (ani, link) = ani_with(&app, "kaos 75rb x1 1jam").await;
    let mut budi = app.customer();
    budi.orders(&link, "Budi", "BCA Virtual Account").await;
    budi.pays().await;
    budi.waits_for("Lunas").await;
    ani.reads("🏁").await;
    app.settles().await;
    ani.says_and_reads("/links", "🔗 Tautan").await;
    let sold_out = ani.presses("🏁").await;
    assert!(sold_out.button("🔁 +5").is_some(), "{}", sold_out.text);
    let more = ani.presses("🔁 +1").await;
    assert!(more.text.contains("🟢 Aktif") && more.button("🔁 +5").is_none(), "{}", more.text);

    app.settles().await;
    app.advance(TimeDelta::hours(2));
    app.settles().await;
    let mut sari = app.customer();
    sari.opens(&link).await;
    assert!(sari.page.text().contains("sudah habis"), "{}", sari.page.text());
    ani.says_and_reads("/links", "🔗 Tautan").await;
    ani.presses("⌛").await;
    let longer = ani.presses("⏳ +24 jam").await;
    assert!(longer.text.contains("🟢 Aktif"), "{}", longer.text);
    sari.orders(&link, "Sari", "BCA Virtual Account").await;
    sari.pays().await;
    sari.waits_for("Lunas").await;
    app.settles().await;
    assert_eq!(ani.count("🏁"), 2, "it sold out twice, and was told twice\n{}", ani.phone.transcript());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_is_made_like_another_with_an_address_of_its_own() {
    let app = TestApp::start().await;
    let (ani, link) = ani_with(&app, "kaos 75rb x3").await;
    let card = ani.presses("📑 Buat serupa").await;
    for words in ["isi yang sama", "kaos · Rp75.000", "Menerima 3 pembayaran"] {
        assert!(card.text.contains(words), "{words:?} in {}", card.text);
    }
    ani.presses("✅ Buat").await;
    let links = ani.links();
    assert!(links.len() == 1 && links[0] != link, "{links:?}");
    ani.says_and_reads("/links", "Tautan · 2").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_restart_in_the_middle_of_a_change_loses_nothing() {
    let mut app = TestApp::start().await;
    let (ani, _) = ani_with(&app, "kaos 75rb").await;
    ani.presses("✏️ Ubah").await;
    ani.presses("💰 Harga").await;
    app.restart().await;
    ani.says("80rb").await;
    app.restart().await;
    let saved = ani.presses("✅ Simpan").await;
    assert!(saved.text.contains("kaos · Rp80.000"), "{}", saved.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_button_of_another_shops_link_changes_nothing() {
    let app = TestApp::start().await;
    let (ani, _) = ani_with(&app, "kaos 75rb").await;
    let theirs: Vec<String> =
        ["✏️ Ubah", "⏸ Matikan", "📑 Buat serupa"].iter().map(|label| ani.data_of(label)).collect();
    let sam = app.sam();
    sam.makes_a_link("mug 50k").await;
    for data in theirs {
        sam.phone.presses_data(sam.newest().message_id, &data);
        sam.phone.settles().await;
        assert!(!sam.newest().text.contains("kaos"), "{}", sam.phone.transcript());
    }
    ani.says_and_reads("/links", "🔗 Tautan").await;
    assert!(ani.newest().button("🟢 kaos").is_some(), "{}", ani.phone.transcript());
}
