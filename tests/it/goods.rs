//! What a link sells beside one thing at one price: pieces, a price that the customer chooses, several
//! things, an opening, and words for whoever has paid.

use chrono::TimeDelta;
use reqwest::StatusCode;
use serde_json::Value;

use crate::support::customer::Customer;
use crate::support::test_app::TestApp;

const BUDI: [(&str, &str); 3] = [("name", "Budi"), ("phone", "081234567890"), ("email", "budi@example.com")];

fn budi_and(field: &'static str, value: &'static str) -> Vec<(&'static str, &'static str)> {
    BUDI.into_iter().chain([(field, value)]).collect()
}

/// The lines of the latest charge that the bank was asked for, as name, price and pieces.
fn items(app: &TestApp) -> Vec<(String, i64, i64)> {
    let journal = app.bank.journal();
    let charge = journal.iter().rev().find(|entry| entry.path.ends_with("/charge")).expect("a charge");
    let body: Value = serde_json::from_str(&charge.body).expect("JSON");
    let items = body["item_details"].as_array().expect("items");
    let whole = |item: &Value, field: &str| item[field].as_i64().expect("a whole number");
    let sum: i64 = items.iter().map(|item| whole(item, "price") * whole(item, "quantity")).sum();
    assert_eq!(Some(sum), body["transaction_details"]["gross_amount"].as_i64());
    let item = |item: &Value| {
        let name = item["name"].as_str().expect("a name").to_owned();
        (name, whole(item, "price"), whole(item, "quantity"))
    };
    items.iter().map(item).collect()
}

async fn pays_by_bca(customer: &mut Customer) {
    customer.presses("BCA Virtual Account").await;
    customer.pays().await;
    customer.waits_for("Lunas. Terima kasih!").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_customer_says_how_much_and_all_follows_the_order() {
    let app = TestApp::start().await;
    let ani = app.ani();
    let link = ani.makes_a_link("Donasi 50rb-200rb saran 100rb").await;
    let mut budi = app.customer();
    budi.opens(&link).await;
    assert!(budi.page.text().contains("Rp50.000 – Rp200.000"), "{}", budi.page.text());
    assert_eq!(budi.page.typed("own_amount"), "100.000");

    for (typed, words) in [
        ("49.999", "Paling sedikit Rp50.000."),
        ("1jt", "Paling banyak Rp200.000."),
        ("", "Mohon isi jumlahnya"),
        ("75.00", "Ini bisa berarti Rp75 / Rp7.500 / Rp75.000"),
        ("<b>", "Tulis angkanya saja"),
    ] {
        budi.types(&budi_and("own_amount", typed)).await;
        assert_eq!(budi.page.status, StatusCode::UNPROCESSABLE_ENTITY, "{typed}");
        assert!(budi.page.text().contains(words), "{words:?} in {}", budi.page.text());
        assert_eq!((budi.page.typed("name"), budi.page.typed("own_amount")), ("Budi".into(), typed.into()));
    }
    budi.types(&budi_and("own_amount", "75rb")).await;
    assert!(budi.page.text().contains("Rp75.000"), "{}", budi.page.text());
    pays_by_bca(&mut budi).await;
    assert_eq!(items(&app), [("Donasi".to_owned(), 75_000, 1)]);
    assert_eq!(app.ledger_sum(&budi).await, 75_000);
    let notice = ani.reads("dari Budi").await;
    assert!(notice.text.contains("Rp75.000") && !notice.text.contains("Rp100.000"), "{}", notice.text);
    let receipt = budi.page.link("Lihat bukti bayar");
    budi.opens(&receipt).await;
    assert!(budi.page.text().contains("Rp75.000") && !budi.page.text().contains("Rp100.000"));
}

#[tokio::test(flavor = "multi_thread")]
async fn another_amount_is_another_order_and_the_same_one_is_not() {
    let app = TestApp::start().await;
    let link = app.ani().makes_a_link("Donasi mulai 50rb").await;
    let mut budi = app.customer();
    for (amount, orders) in [("60rb", 1), ("60.000", 1), ("70rb", 2)] {
        budi.opens(&link).await;
        budi.types(&budi_and("own_amount", amount)).await;
        assert_eq!(app.orders_made(&link).await, orders, "{amount}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_one_customer_of_a_link_may_think_again_until_a_method_is_chosen() {
    let app = TestApp::start().await;
    let link = app.ani().makes_a_link("Donasi mulai 50rb x1 for:Budi, 081234567890, budi@example.com").await;
    let mut budi = app.customer();
    for amount in ["60rb", "80rb"] {
        budi.opens(&link).await;
        budi.types(&[("own_amount", amount)]).await;
    }
    assert!(budi.page.text().contains("Rp80.000"), "{}", budi.page.text());
    budi.presses("BCA Virtual Account").await;
    budi.opens(&link).await;
    assert!(!budi.page.has_form("form[action$='/orders']"), "{}", budi.page.text());
    budi.opens(&budi.page.link("Lanjutkan pembayaran")).await;
    budi.pays().await;
    budi.waits_for("Lunas. Terima kasih!").await;
    assert_eq!(app.ledger_sum(&budi).await, 80_000);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_seller_chooses_who_names_the_price_by_tapping() {
    let app = TestApp::start().await;
    let ani = app.ani();
    ani.makes_a_link("awal 10rb").await;
    ani.says_and_reads("/new", "1 dari 5").await;
    ani.says_and_reads("Donasi", "2 dari 5").await;
    let asks = ani.presses("✍️ Pembeli yang isi").await;
    assert!(asks.text.contains("2 dari 5") && asks.text.contains("mulai 50rb"), "{}", asks.text);
    let refused = ani.says("200rb-50rb").await;
    assert!(refused.text.contains("dari yang kecil ke yang besar"), "{}", refused.text);
    ani.says_and_reads("mulai 50rb", "3 dari 5").await;
    ani.presses("∞").await;
    ani.presses("∞ Tanpa waktu").await;
    let card = ani.presses("Siapa saja").await;
    assert!(card.text.contains("Donasi · mulai Rp50.000"), "{}", card.text);
    let made = ani.presses("✅ Buat").await;
    assert!(made.text.contains("Donasi · mulai Rp50.000"), "{}", made.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_keeps_what_it_costs_when_the_price_becomes_a_choice() {
    let app = TestApp::start().await;
    let ani = app.ani();
    let link = ani.makes_a_link("Kaos 75rb").await;
    let (mut budi, mut sari) = (app.customer(), app.customer());
    budi.orders(&link, "Budi", "BCA Virtual Account").await;
    sari.opens(&link).await;
    ani.presses("📄 Detail").await;
    ani.presses("✏️ Ubah").await;
    ani.presses("💰 Harga").await;
    ani.presses("✍️ Pembeli yang isi").await;
    let card = ani.says("50rb-200rb").await;
    for words in ["💰 Rp75.000\n💰 Rp50.000–Rp200.000", "Pesanan yang sudah dibuat tetap"] {
        assert!(card.text.contains(words), "{words:?} in {}", card.text);
    }
    let saved = ani.presses("✅ Simpan").await;
    assert!(saved.text.contains("Kaos · Rp50.000–Rp200.000"), "{}", saved.text);
    sari.types(&[("name", "Sari"), ("phone", "081234567891"), ("email", "sari@example.com")]).await;
    assert_eq!(sari.page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(sari.page.text().contains("Mohon isi jumlahnya"), "{}", sari.page.text());
    budi.pays().await;
    budi.waits_for("Lunas. Terima kasih!").await;
    assert_eq!(app.ledger_sum(&budi).await, 75_000);

    app.settles().await;
    ani.presses("✏️ Ubah").await;
    ani.presses("💰 Harga").await;
    ani.presses("🧾 Beberapa barang").await;
    ani.says("Kaos 75rb\nTopi 50rb").await;
    let saved = ani.presses("✅ Simpan").await;
    assert!(saved.text.contains("Kaos · Rp125.000") && saved.text.contains("▫️ Topi"), "{}", saved.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn several_pieces_are_one_payment_of_the_limit() {
    let app = TestApp::start().await;
    let ani = app.ani();
    let link = ani.makes_a_link("Kaos 75rb x2 qty:5").await;
    let mut budi = app.customer();
    budi.opens(&link).await;
    assert_eq!(budi.page.typed("pieces"), "1");
    assert!(budi.page.text().contains("boleh sampai 5"), "{}", budi.page.text());
    for typed in ["6", "0", "", "dua"] {
        budi.types(&budi_and("pieces", typed)).await;
        assert!(
            budi.page.text().contains("Isi angka bulat dari 1 sampai 5"),
            "{typed}: {}",
            budi.page.text()
        );
    }
    budi.types(&budi_and("pieces", "3")).await;
    for words in ["Kaos × 3", "Rp225.000", "3 × Rp75.000"] {
        assert!(budi.page.text().contains(words), "{words:?} in {}", budi.page.text());
    }
    pays_by_bca(&mut budi).await;
    assert_eq!(items(&app), [("Kaos".to_owned(), 75_000, 3)]);
    assert_eq!(app.units(&link).await, (1, 0));
    assert_eq!(app.ledger_sum(&budi).await, 225_000);
    let notice = ani.reads("dari Budi").await;
    assert!(notice.text.contains("Kaos × 3") && notice.text.contains("Rp225.000"), "{}", notice.text);
    let receipt = budi.page.link("Lihat bukti bayar");
    budi.opens(&receipt).await;
    assert!(budi.page.text().contains("Kaos × 3"), "{}", budi.page.text());
    app.settles().await;
    let card = ani.presses("🧾 Pesanan ini").await;
    assert!(card.text.contains("🛍 Kaos × 3"), "{}", card.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn pieces_whose_sum_no_link_can_ask_for_are_refused() {
    let app = TestApp::start().await;
    let ani = app.ani();
    ani.makes_a_link("awal 10rb").await;
    ani.says_and_reads("/new Rumah 999999999999 qty:5", "Sudah benar?").await;
    let refused = ani.presses("✅ Buat").await;
    assert!(
        refused.text.contains("melebihi") || refused.text.contains("Belum ada cara bayar"),
        "{}",
        refused.text
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_of_another_time_charges_nothing_it_did_not_show() {
    let app = TestApp::start().await;
    let ani = app.ani();
    let link = ani.makes_a_link("Kaos 75rb qty:5").await;
    let mut budi = app.customer();
    budi.opens(&link).await;
    ani.presses("📄 Detail").await;
    ani.presses("✏️ Ubah").await;
    ani.presses("🧺 Foto").await;
    ani.presses("🔢 Jumlah").await;
    ani.presses("1️⃣ Satu saja").await;
    ani.presses("✅ Simpan").await;
    budi.types(&budi_and("pieces", "3")).await;
    assert_eq!(budi.page.status, StatusCode::CONFLICT);
    assert_eq!(app.orders_made(&link).await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn several_things_and_a_discount_are_one_link() {
    let app = TestApp::start().await;
    let ani = app.ani();
    ani.makes_a_link("awal 10rb").await;
    ani.says_and_reads("/new", "1 dari 5").await;
    ani.says_and_reads("Paket lebaran", "2 dari 5").await;
    let asks = ani.presses("🧾 Beberapa barang").await;
    assert!(asks.text.contains("satu barang per baris"), "{}", asks.text);
    let refused = ani.says("Kaos 75rb\nTopi").await;
    assert!(refused.text.contains("Baris 2:"), "{}", refused.text);
    ani.says_and_reads("Kaos <hitam> 75rb x2\nTopi 50rb\nDiskon 10rb", "3 dari 5").await;
    ani.presses("∞").await;
    ani.presses("∞ Tanpa waktu").await;
    let card = ani.presses("Siapa saja").await;
    let lines = ["Paket lebaran · Rp190.000", "▫️ Kaos <hitam> × 2 · Rp150.000", "➖ Diskon · Rp10.000"];
    for words in lines {
        assert!(card.text.contains(words), "{words:?} in {}", card.text);
    }
    ani.presses("✅ Buat").await;
    let link = ani.links().pop().unwrap();
    let mut budi = app.customer();
    budi.opens(&link).await;
    for words in ["Kaos <hitam> × 2", "Rp150.000", "Topi", "-Rp10.000", "Rp190.000"] {
        assert!(budi.page.text().contains(words), "{words:?} in {}", budi.page.text());
    }
    budi.types(&BUDI).await;
    pays_by_bca(&mut budi).await;
    let expected = [("Kaos <hitam>", 75_000, 2), ("Topi", 50_000, 1), ("Diskon", -10_000, 1)];
    assert_eq!(items(&app), expected.map(|(name, price, pieces)| (name.to_owned(), price, pieces)));
    let receipt = budi.page.link("Lihat bukti bayar");
    budi.opens(&receipt).await;
    assert!(budi.page.text().contains("Kaos <hitam> × 2: Rp150.000"), "{}", budi.page.text());
    app.settles().await;
    let card = ani.presses("🧾 Pesanan ini").await;
    assert!(card.text.contains("▫️ Topi · Rp50.000"), "{}", card.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_opens_when_its_time_comes() {
    let app = TestApp::start().await;
    let ani = app.ani();
    let link = ani.makes_a_link("Kaos 75rb 3hari buka:2jam").await;
    assert!(ani.newest().text.contains("🕒 Dibuka"), "{}", ani.newest().text);
    let card = ani.presses("📄 Detail").await;
    assert!(card.text.contains("🕒 Dibuka") && card.text.contains("Belum dibuka"), "{}", card.text);
    let mut budi = app.customer();
    budi.opens(&link).await;
    assert!(budi.page.text().contains("Belum waktunya."), "{}", budi.page.text());
    app.settles().await;
    app.advance(TimeDelta::hours(2));
    // The link's card is drawn again when it opens.
    app.settles().await;
    budi.opens(&link).await;
    assert!(!budi.page.text().contains("Belum waktunya."), "{}", budi.page.text());

    ani.presses("✏️ Ubah").await;
    ani.presses("🧺 Foto").await;
    ani.presses("🕒 Mulai dibuka").await;
    let card = ani.says("7hari").await;
    assert!(card.text.contains("🕒 Dibuka"), "{}", card.text);
    let refused = ani.presses("✅ Simpan").await;
    assert!(refused.text.contains("setelah waktunya berakhir"), "{}", refused.text);
    ani.presses("🧺 Foto").await;
    ani.presses("🕒 Mulai dibuka").await;
    ani.says("1jam").await;
    let saved = ani.presses("✅ Simpan").await;
    assert!(saved.text.contains("Belum dibuka"), "{}", saved.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_has_paid_reads_what_the_seller_says_as_it_was_when_they_ordered() {
    let app = TestApp::start().await;
    let ani = app.ani();
    let link = ani.makes_a_link("E-book 75rb pesan:\"Unduh di <a href=x>sini</a>\"").await;
    let mut budi = app.customer();
    budi.opens(&link).await;
    assert!(!budi.page.text().contains("Unduh"), "only who has paid reads it");
    budi.types(&BUDI).await;

    ani.presses("📄 Detail").await;
    ani.presses("✏️ Ubah").await;
    ani.presses("🧺 Foto").await;
    ani.presses("💬 Pesan").await;
    let refused = ani.says(&"x".repeat(501)).await;
    assert!(refused.text.contains("501 karakter"), "{}", refused.text);
    ani.says("Terima kasih!\nKami kirim besok.").await;
    ani.presses("✅ Simpan").await;

    assert!(!budi.page.text().contains("Unduh"));
    pays_by_bca(&mut budi).await;
    assert!(budi.page.text().contains("Pesan dari") && budi.page.text().contains("<a href=x>sini</a>"));
    let receipt = budi.page.link("Lihat bukti bayar");
    budi.opens(&receipt).await;
    assert!(budi.page.text().contains("Unduh di <a href=x>sini</a>"), "{}", budi.page.text());

    let mut sari = app.customer();
    sari.opens(&link).await;
    sari.types(&[("name", "Sari"), ("phone", "081234567891"), ("email", "sari@example.com")]).await;
    pays_by_bca(&mut sari).await;
    assert!(sari.page.html.contains("Terima kasih!\nKami kirim besok."), "{}", sari.page.text());
}
