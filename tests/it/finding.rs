//! Finding links and orders again: by filter, by words, across links.

use chrono::TimeDelta;
use tautan::simulator::midtrans::{Conduct, Endpoint, Misbehaviour};
use tautan::simulator::telegram::{ButtonKind, ShownMessage};

use crate::links_list::{makes, turns, with_a_shop};
use crate::support::seller::Seller;
use crate::support::test_app::TestApp;

#[tokio::test(flavor = "multi_thread")]
async fn each_filter_shows_what_stands_so_and_the_way_back_keeps_it() {
    let app = TestApp::start().await;
    let ani = app.ani();
    ani.makes_a_link("Habis 50rb x1").await;
    let sold_out = ani.links().pop().expect("a link");
    let mut budi = app.customer();
    budi.orders(&sold_out, "Budi", "BCA").await;
    budi.pays().await;
    app.settles().await;
    ani.makes_a_link("Lewat 50rb 30m").await;
    ani.makes_a_link("Mati 50rb").await;
    ani.says_and_reads("/links", "Tautan · 3").await;
    ani.presses("🟢 Mati").await;
    ani.presses("⏸ Matikan").await;
    app.settles().await;
    app.advance(TimeDelta::minutes(31));
    for number in 1..=8 {
        makes(&app, &ani, &format!("Buka {number}")).await;
    }

    let all = ani.says_and_reads("/links", "Tautan · 11").await;
    assert!(all.button("✓ Semua").is_some(), "{}", ani.phone.transcript());
    let active = filters(&ani, "Aktif", "Tautan · Aktif · 8").await;
    assert_eq!(rows(&active).len(), 6);
    assert!(active.button("✓ Aktif").is_some() && active.button("✓ Semua").is_none());
    assert_eq!(rows(&filters(&ani, "Habis", "Tautan · Habis · 1").await), ["🏁 Habis · 50rb · habis"]);
    assert_eq!(rows(&filters(&ani, "Kedaluwarsa", "Kedaluwarsa · 1").await), ["⌛ Lewat · 50rb · lewat"]);
    assert_eq!(rows(&filters(&ani, "Mati", "Tautan · Mati · 1").await), ["⏸ Mati · 50rb · mati"]);

    // From the second page of a filter into a link, and back to that very page.
    let first = filters(&ani, "Aktif", "Tautan · Aktif · 8").await;
    let second = turns(&ani, "Lebih lama ▶", &first).await;
    assert_eq!(rows(&second), ["🟢 Buka 2 · 75rb · 0 terbayar", "🟢 Buka 1 · 75rb · 0 terbayar"]);
    ani.presses("🟢 Buka 2").await;
    ani.reads("Buka 2 · Rp75.000").await;
    ani.presses("◀ Kembali").await;
    assert_eq!(rows(&ani.reads("Tautan · Aktif · 8").await), rows(&second));
    assert_eq!(ani.count("Tautan · Aktif"), 1, "going to and fro edits one message");

    // A filter that lets nothing through says so and offers the way out.
    ani.presses("Mati").await;
    ani.presses("⏸ Mati").await;
    ani.presses("▶️ Nyalakan").await;
    ani.says_and_reads("/links", "Tautan · 11").await;
    let empty = filters(&ani, "Mati", "Tautan · Mati · 0").await;
    assert!(empty.text.contains("Tidak ada.") && empty.text.contains("🧪 Sandbox"), "{}", empty.text);
    filters(&ani, "✖ Hapus filter", "Tautan · 11").await;
    assert_eq!(ani.phone.unanswered_taps(), []);
}

#[tokio::test(flavor = "multi_thread")]
async fn words_find_links_whatever_their_case_and_none_is_a_wildcard() {
    let mut app = TestApp::start().await;
    let ani = with_a_shop(&app).await;
    for number in 1..=9 {
        makes(&app, &ani, &format!("Kaos {number}")).await;
    }
    makes(&app, &ani, "Topi ÉLAN 50%").await;
    ani.makes_a_link("kue 35rb x1 for:Siti ref:INV-77").await;

    // Plain words, a command, and its longer name find alike.
    for words in ["KAOS", "/links kaos", "/search kaos", "/cari kAoS"] {
        let found = ani.says(words).await;
        assert_eq!(rows(&found).len(), 6, "{words}: {}", found.text);
        assert!(found.text.contains("· 9\n"), "{words}: {}", found.text);
    }
    for (words, name) in [("siti", "kue"), ("inv-77", "kue"), ("élan", "Topi ÉLAN"), ("50%", "Topi ÉLAN")]
    {
        let found = ani.says_and_reads(&format!("/links {words}"), &format!("“{words}” · 1")).await;
        assert!(rows(&found)[0].contains(name), "{words}: {found:?}");
    }
    // Words in another order, and apart.
    ani.says_and_reads("/links 50% topi", "“50% topi” · 1").await;
    for words in ["%", "_", "k_os", "!", "\\"] {
        let found = ani.says(&format!("/links {words}")).await;
        let expected = usize::from(words == "%");
        assert_eq!(rows(&found).len(), expected, "{words}: {}", found.text);
    }

    // Two searches stand in the chat, and the pages of each turn, also after a restart.
    let older_search = ani.says("/links kaos").await;
    ani.says_and_reads("/links topi", "“topi” · 1").await;
    ani.says_and_reads("/search", "🔎 Cari tautan").await;
    app.restart().await;
    ani.says_and_reads("kue", "“kue” · 1").await;
    let next = data(&older_search, "Lebih lama ▶");
    ani.phone.presses_data(older_search.message_id, &next);
    ani.phone
        .waits_until("the second page", |messages| {
            let page = messages.iter().find(|message| message.message_id == older_search.message_id);
            page.is_some_and(|page| rows(page).len() == 3 && page.text.contains("“kaos” · 9"))
        })
        .await;
    let page = ani.phone.messages().into_iter().find(|message| message.message_id == older_search.message_id);
    let row = page.expect("it is there").buttons[0][0].text.clone();
    ani.presses(&row).await;
    ani.presses("◀ Kembali").await;
    ani.reads("“kaos” · 9").await;
    assert_eq!(ani.phone.unanswered_taps(), []);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_search_is_asked_for_refused_kindly_and_one_s_own() {
    let app = TestApp::start().await;
    let ani = with_a_shop(&app).await;
    makes(&app, &ani, "Kaos <b>polos</b>").await;
    ani.says_and_reads("/links", "Tautan · 1").await;
    ani.presses("🔎 Cari").await;
    ani.reads("🔎 Cari tautan").await;
    ani.says_and_reads("4111 1111 1111 1111", "mirip nomor kartu").await;
    ani.says_and_reads(&"k".repeat(101), "terlalu panjang").await;
    ani.says_and_reads("<b>polos", "“<b>polos” · 1").await;
    let number = data(&ani.newest(), "🟢 Kaos");
    ani.says_and_reads("/search", "🔎 Cari tautan").await;
    ani.says_and_reads("sepatu", "“sepatu” · 0").await;
    ani.presses("🔗 Semua tautan").await;
    ani.reads("Tautan · 1").await;
    // Words that find nothing are answered as ever; words with a price make a link.
    ani.says_and_reads("hmm", "Maksudnya bagaimana").await;

    // Another shop's person presses a copy of the button: nothing of Ani's is shown.
    let eve = app.person("Eve", "id");
    eve.says_and_reads("/new", "1 dari 5").await;
    let card = eve.says_and_reads("/cancel", "batal").await;
    eve.phone.presses_data(card.message_id, &number);
    app.settles().await;
    assert!(!eve.phone.transcript().contains("<b>polos"), "{}", eve.phone.transcript());
    assert_eq!((ani.phone.unanswered_taps(), eve.phone.unanswered_taps()), (vec![], vec![]));
}

#[tokio::test(flavor = "multi_thread")]
async fn orders_are_found_across_links_by_where_they_stand_and_by_whom() {
    let app = TestApp::start().await;
    let ani = with_a_shop(&app).await;
    let shirts = makes(&app, &ani, "Kaos").await;
    let hats = makes(&app, &ani, "Topi").await;
    let mut budi = app.customer();
    budi.orders(&shirts, "Budi Santoso", "BCA Virtual Account").await;
    budi.pays().await;
    let mut sari = app.customer();
    sari.orders(&hats, "Sari", "QRIS").await;
    let mut dewi = app.customer();
    dewi.orders(&hats, "Dewi", "BCA Virtual Account").await;
    app.bank.pay_amount(&dewi.gateway_order_id().await, 100_000).await.expect("a payment");
    let mut eko = app.customer();
    eko.orders(&shirts, "Eko", "Permata").await;
    eko.pays().await;
    app.settles().await;
    app.bank.reverse(&eko.gateway_order_id().await).await.expect("a reversal");
    app.settles().await;

    ani.says_and_reads("/start", "Menunggu dibayar: 1").await;
    ani.presses("🧾 Pesanan").await;
    let all = ani.reads("🧾 Pesanan · 4").await;
    assert_eq!(buyers(&all), ["⛔ Eko", "✅ Dewi", "⏳ Sari", "✅ Budi Santoso"]);
    for (filter, title, expected) in [
        ("Lunas", "Lunas · 2", vec!["✅ Dewi", "✅ Budi Santoso"]),
        ("Menunggu", "Menunggu · 1", vec!["⏳ Sari"]),
        ("Masalah", "Masalah · 2", vec!["⛔ Eko", "✅ Dewi"]),
        ("Perlu dikirim", "Perlu dikirim · 2", vec!["✅ Dewi", "✅ Budi Santoso"]),
    ] {
        assert_eq!(buyers(&filters(&ani, filter, title).await), expected, "{filter}");
    }
    ani.presses("✅ Budi").await;
    ani.reads("👤 Budi Santoso").await;
    ani.presses("◀ Kembali").await;
    ani.reads("Perlu dikirim · 2").await;

    // By a part of the name, by the telephone number however it is written, and by the code.
    for words in ["santoso", "SANTO", "toso bud"] {
        let found = ani.says(&format!("/orders {words}")).await;
        assert_eq!(buyers(&found), ["✅ Budi Santoso"], "{words}");
    }
    let found = ani.says_and_reads("/pesanan 0812-3456 7890", "“0812-3456 7890” · 4").await;
    assert_eq!(buyers(&found).len(), 4);
    ani.says_and_reads("/orders siapa", "“siapa” · 0").await;
    ani.presses("🔎 Cari lagi").await;
    ani.reads("🔎 Cari pesanan").await;
    ani.says_and_reads("dewi", "“dewi” · 1").await;
    ani.presses("✅ Dewi").await;
    let card = ani.reads("👤 Dewi").await;
    let code =
        card.text.split_whitespace().find(|word| word.starts_with('#')).expect("a code").to_lowercase();
    ani.says_and_reads(&code, "👤 Dewi").await;
    assert_eq!(ani.phone.unanswered_taps(), []);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_links_own_orders_are_narrowed_and_show_money_on_its_way_back() {
    let app = TestApp::start().await;
    let ani = with_a_shop(&app).await;
    let link = makes(&app, &ani, "Kaos").await;
    let mut budi = app.customer();
    budi.orders(&link, "Budi", "QRIS").await;
    budi.pays().await;
    app.settles().await;
    let mut sari = app.customer();
    sari.orders(&link, "Sari", "QRIS").await;

    ani.presses("🧾 Pesanan ini").await;
    ani.presses("↩ Kembalikan").await;
    // The gateway answers later, so that the list is seen while the money is on its way.
    let busy = Conduct::ServerError { status: 503 };
    app.bank.misbehave(Misbehaviour::once(Endpoint::Refund, busy));
    ani.presses("↩ Ya, kembalikan").await;
    app.settles().await;
    ani.says_and_reads("/links", "Tautan · 1").await;
    ani.presses("🟢 Kaos").await;
    ani.presses("🧾 Pesanan (2)").await;
    let all = ani.reads("Pesanan · Kaos · 2").await;
    assert_eq!(buyers(&all), ["⏳ Sari", "🔄 Budi"]);
    assert_eq!(buyers(&filters(&ani, "Menunggu", "Kaos · Menunggu · 1").await), ["⏳ Sari"]);
    assert_eq!(buyers(&filters(&ani, "Lunas", "Kaos · Lunas · 1").await), ["🔄 Budi"]);
    ani.presses("🔄 Budi").await;
    ani.presses("◀ Kembali").await;
    ani.reads("Kaos · Lunas · 1").await;
    filters(&ani, "Lainnya", "Kaos · Lainnya · 0").await;
    filters(&ani, "✖ Hapus filter", "Pesanan · Kaos · 2").await;

    ani.says_and_reads("/orders", "Pesanan · 2").await;
    assert_eq!(buyers(&filters(&ani, "Masalah", "Masalah · 1").await), ["🔄 Budi"]);
    filters(&ani, "Perlu dikirim", "Perlu dikirim · 0").await;
    app.advance(TimeDelta::seconds(61));
    app.settles().await;
    ani.presses("Masalah").await;
    ani.reads("Masalah · 0").await;
    assert_eq!(ani.phone.unanswered_taps(), []);
}

/// Presses a filter's button and reads the page with this title.
async fn filters(seller: &Seller, button: &str, title: &str) -> ShownMessage {
    seller.presses(button).await;
    seller.reads(title).await
}

/// The labels of a page's rows.
fn rows(page: &ShownMessage) -> Vec<String> {
    let labels = page.buttons.iter().flatten().map(|button| button.text.clone());
    labels.filter(|label| label.contains(" · ")).collect()
}

/// Picture and name of each row of orders.
fn buyers(page: &ShownMessage) -> Vec<String> {
    let first = |label: String| label.split(" · ").next().unwrap_or_default().to_owned();
    rows(page).into_iter().map(first).collect()
}

/// What the bot is told by a button.
fn data(message: &ShownMessage, label: &str) -> String {
    match message.button(label).map(|button| button.kind.clone()) {
        Some(ButtonKind::Callback(data)) => data,
        other => panic!("{label:?} is {other:?}"),
    }
}
