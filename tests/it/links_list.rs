//! Finding a link again among many, and its orders.

#![expect(clippy::unwrap_used, reason = "a story that cannot go on fails")]

use tautan::domain::id::TelegramId;
use tautan::domain::link_draft::LinkDraft;
use tautan::domain::money::{Currency, Money};
use tautan::domain::visible_text::ItemName;
use tautan::services::links::Creation;
use tautan::simulator::telegram::ShownMessage;
use url::Url;

use crate::support::seller::Seller;
use crate::support::test_app::TestApp;

#[tokio::test(flavor = "multi_thread")]
async fn thirty_links_are_paged_both_ways_without_gap_or_repeat() {
    let app = TestApp::start().await;
    let ani = with_a_shop(&app).await;
    for number in 1..=30 {
        makes(&app, &ani, &format!("Barang {number:02}")).await;
    }
    let mut page = ani.says_and_reads("/links", "Tautan · 30").await;
    let mut seen = Vec::new();
    loop {
        let rows = rows(&page);
        assert_eq!(rows.len(), 6, "{}", ani.phone.transcript());
        assert_eq!(page.button("◀ Lebih baru").is_some(), !seen.is_empty());
        seen.extend(rows);
        if page.button("Lebih lama ▶").is_none() {
            break;
        }
        page = turns(&ani, "Lebih lama ▶", &page).await;
    }
    let newest_first: Vec<String> = (1..=30).rev().map(|number| format!("Barang {number:02}")).collect();
    assert_eq!(seen, newest_first);

    let mut back: Vec<String> = rows(&page);
    while page.button("◀ Lebih baru").is_some() {
        page = turns(&ani, "◀ Lebih baru", &page).await;
        back.splice(0..0, rows(&page));
    }
    assert_eq!(back, newest_first, "the way back shows the same");
    assert_eq!(ani.phone.messages().iter().filter(|message| message.text.contains("Tautan · 30")).count(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_stay_where_they_are_while_new_links_come() {
    let app = TestApp::start().await;
    let ani = with_a_shop(&app).await;
    for number in 1..=13 {
        makes(&app, &ani, &format!("Barang {number:02}")).await;
    }
    let first = ani.says_and_reads("/links", "Tautan · 13").await;
    for number in 14..=17 {
        makes(&app, &ani, &format!("Barang {number:02}")).await;
    }
    let second = turns(&ani, "Lebih lama ▶", &first).await;
    assert_eq!(rows(&second)[0], "Barang 07", "the page goes on after the last row that was shown");
    let third = turns(&ani, "Lebih lama ▶", &second).await;
    assert_eq!(rows(&third), ["Barang 01"]);
    let again = turns(&ani, "◀ Lebih baru", &third).await;
    assert_eq!(rows(&again), rows(&second));
    let newer = turns(&ani, "◀ Lebih baru", &again).await;
    assert_eq!(rows(&newer), rows(&first));
    let newest = turns(&ani, "◀ Lebih baru", &newer).await;
    assert_eq!(rows(&newest)[0], "Barang 17", "and what came since is there");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_details_show_every_field() {
    let app = TestApp::start().await;
    let ani = app.ani();
    let line = "kaos hitam 150rb x10 3hari for:Budi, 0812-3456-7890, budi@example.test ref:INV-01";
    let link = ani.makes_a_link(line).await;
    let list = ani.says_and_reads("/links", "Tautan · 1").await;
    assert_eq!(list.buttons[0][0].text, "🟢 kaos hitam · 150rb · 0/10");
    ani.presses("🟢 kaos hitam").await;
    let card = ani.reads("🏷 Order ID: INV-01").await;
    let slug = link.path().trim_start_matches('/');
    for part in [
        "kaos hitam · Rp150.000",
        link.as_str(),
        "🟢 Aktif · 0 dari 10 terbayar",
        "⏳ Sampai",
        "🔁 Batas: 10",
        "💰 Terbayar: 0 · sedang bayar: 0",
        "👤 Untuk Budi",
        slug,
        "🧾 Pesanan: 0",
        "🗓 Dibuat",
        "🧪 Sandbox",
    ] {
        assert!(card.text.contains(part), "{part}: {}", card.text);
    }
    for button in ["📋 Salin", "↗ Kirim", "WhatsApp", "🧾 Pesanan (0)", "🗑 Hapus"] {
        assert!(card.button(button).is_some(), "{button}: {}", ani.phone.transcript());
    }
    ani.presses("🧾 Pesanan (0)").await;
    ani.reads("Belum ada pesanan").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_orders_of_a_link_are_eight_a_page_and_each_has_a_card() {
    let app = TestApp::start().await;
    let ani = with_a_shop(&app).await;
    let link = makes(&app, &ani, "Kaos").await;
    for number in 1..=10 {
        let mut customer = app.customer();
        customer.opens(&link).await;
        customer.fills_in(&format!("Budi {number:02}"), "0812-3456-7890", "budi@example.test").await;
    }
    ani.says_and_reads("/links", "Tautan · 1").await;
    ani.presses("🟢 Kaos").await;
    ani.presses("🧾 Pesanan (10)").await;
    let first = ani.reads("Pesanan · Kaos · 10").await;
    assert_eq!(names(&first), ["10", "09", "08", "07", "06", "05", "04", "03"]);
    let second = turns(&ani, "Lebih lama ▶", &first).await;
    assert_eq!(names(&second), ["02", "01"]);
    turns(&ani, "◀ Lebih baru", &second).await;

    ani.presses("Budi 07").await;
    let card = ani.reads("👤 Budi 07").await;
    for part in ["Rp75.000", "🛍 Kaos", "+6281234567890", "budi@example.test", "🗓 Dipesan", "🧪 Sandbox"]
    {
        assert!(card.text.contains(part), "{part}: {}", card.text);
    }
    let code = card.text.split_whitespace().find(|word| word.starts_with('#')).expect("an order code");
    ani.says_and_reads(&format!("/orders {}", code.to_lowercase()), "👤 Budi 07").await;
    ani.says_and_reads("/orders #99999", "tidak ada di toko Anda").await;
    ani.says_and_reads("/orders", "Pesanan · 10").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_empty_list_shows_how_to_begin() {
    let app = TestApp::start().await;
    let sam = app.sam();
    sam.says_and_reads("/new", "1 of 5").await;
    sam.says_and_reads("/links", "No link yet").await;
    sam.presses("➕ New link").await;
    sam.reads("1 of 5").await;
}

pub async fn with_a_shop(app: &TestApp) -> Seller {
    let ani = app.ani();
    ani.says_and_reads("/new", "1 dari 5").await;
    ani.says_and_reads("/cancel", "batal").await;
    ani
}

/// Makes a link for 75,000 rupiah without the chat, which would take its time.
pub async fn makes(app: &TestApp, seller: &Seller, name: &str) -> Url {
    let services = app.services();
    let person = TelegramId(seller.phone.id());
    let seat = services.seat(person).await.unwrap().expect("a shop");
    let draft = LinkDraft {
        item_name: Some(ItemName::parse(name).unwrap().value),
        price: Some(Money::new(75_000, Currency::IDR)),
        ..LinkDraft::new()
    };
    services.keep_draft(person, &draft).await.unwrap();
    match services.create_link(&seat, &draft).await.unwrap() {
        Creation::Made(view) => view.url,
        other => panic!("{name}: {other:?}"),
    }
}

/// Turns the page and waits until other rows are shown.
pub async fn turns(seller: &Seller, button: &str, from: &ShownMessage) -> ShownMessage {
    seller.phone.presses(button).unwrap();
    let changed = |messages: &[ShownMessage]| {
        messages.iter().any(|now| now.message_id == from.message_id && now.buttons != from.buttons)
    };
    let shown = seller.phone.waits_until("another page", changed).await;
    shown.into_iter().find(|message| message.message_id == from.message_id).expect("it was just there")
}

/// The names in the rows of a page.
fn rows(page: &ShownMessage) -> Vec<String> {
    let labels = page.buttons.iter().flatten().map(|button| button.text.as_str());
    let names = labels.filter_map(|label| label.strip_prefix("🟢 ")?.split_once(" · "));
    names.map(|(name, _)| name.to_owned()).collect()
}

/// The numbers of the customers in the rows of a page.
fn names(page: &ShownMessage) -> Vec<String> {
    let labels = page.buttons.iter().flatten().map(|button| button.text.as_str());
    let numbers = labels.filter_map(|label| label.split_once("Budi ")?.1.split_once(" · "));
    numbers.map(|(number, _)| number.to_owned()).collect()
}
