//! T39: customers' details go when they are old, and when they are asked for.

#![expect(clippy::unwrap_used, reason = "a story that cannot go on fails")]

use std::time::{Duration, Instant};

use chrono::TimeDelta;
use tautan::domain::customer::{Email, Phone};
use tautan::domain::report::ReportedStatus;
use tautan::services::privacy::{CustomerContact, erase_customer, export_customer};

use super::{Promise, Size};
use crate::support::dump::dump_of;
use crate::support::test_app::TestApp;
use crate::support::test_shop::TestShop;

/// What may not stand anywhere once it was erased.
const DETAILS: [&str; 4] = ["Kanari", "81298765432", "kanari.budiman@example.test", "kanari"];

fn contact(phone: bool, email: bool) -> CustomerContact {
    CustomerContact {
        phone: phone.then(|| Phone::parse("0812-9876-5432").unwrap()),
        email: email.then(|| Email::parse("KANARI.budiman@example.test").unwrap()),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn t39_old_customers_are_forgotten_and_the_books_stay() {
    let mut promise = Promise::new(39, "after 365 days: 0 details left, every sum and seal as before");
    let app = TestApp::start().await;
    let ani = app.ani();
    let link =
        ani.makes_a_link("kaos hitam 150rb for: Kanari, 0812-9876-5432, kanari.budiman@example.test").await;
    let mut kanari = app.customer();
    kanari.opens(&link).await;
    if !kanari.page.text().contains("Mau bayar dengan apa?") {
        kanari.fills_in("Kanari", "0812-9876-5432", "kanari.budiman@example.test").await;
    }
    kanari.presses("BCA Virtual Account").await;
    kanari.pays().await;
    kanari.waits_for("Lunas. Terima kasih!").await;
    ani.reads("dari Kanari").await;
    app.settles().await;
    let services = app.services();
    app.advance(TimeDelta::days(364));
    assert_eq!(services.erase_old_customers(TimeDelta::days(365)).await.unwrap(), 0);
    app.advance(TimeDelta::days(2));
    assert_eq!(services.erase_old_customers(TimeDelta::days(365)).await.unwrap(), 1);
    services.forget_old_rows().await.unwrap();
    app.settles().await;

    let dump = dump_of(app.database()).await;
    let left: Vec<&str> =
        dump.lines().filter(|line| DETAILS.iter().any(|detail| line.contains(detail))).collect();
    promise.measured(format!("{} of {} values hold a detail", left.len(), dump.lines().count()));
    assert!(left.is_empty(), "{left:?}");
    let report = services.audit().await.unwrap();
    assert!(report.is_sound() && report.ledger_entries == 1, "{report}");

    // The receipt and the order's card still work, without the person.
    kanari.reloads().await;
    assert!(kanari.page.text().contains("Lunas. Terima kasih!"), "{}", kanari.page.text());
    assert!(!kanari.page.html.contains("Kanari"), "{}", kanari.page.text());
    let order = app.order(&kanari).await.order;
    let card = ani.says_and_reads(&format!("/orders {}", order.code), "sudah dihapus").await;
    assert!(card.text.contains("Rp150.000") && !card.text.contains("Kanari"), "{}", card.text);
    let mut someone = app.customer();
    someone.opens(&link).await;
    assert!(!someone.page.html.contains("Kanari"), "{}", someone.page.text());
}

#[tokio::test(flavor = "multi_thread")]
async fn t39_a_customer_is_exported_and_erased_on_request() {
    let mut promise = Promise::new(39, "export and erase within 10 s, among many orders");
    let orders = Size::of_run().pick(60, 500, 3_000);
    let shop = TestShop::open().await;
    let link = shop.link(None).await;
    for number in 0..orders {
        let purchase =
            shop.buys_as(&link, "Kanari Budiman", "081298765432", "kanari.budiman@example.test").await;
        if number % 2 == 0 {
            shop.bank_says(&purchase, ReportedStatus::Settlement).await;
        } else {
            shop.bank_says(&purchase, ReportedStatus::Expire).await;
        }
        if number % 10 == 0 {
            shop.buys(&link).await;
        }
    }
    let storage = shop.services.storage();
    for (phone, email) in [(true, false), (false, true), (true, true)] {
        let export = export_customer(storage, &contact(phone, email)).await.unwrap();
        assert_eq!(export["orders"].as_array().unwrap().len(), orders);
    }
    let begun = Instant::now();
    let export = export_customer(storage, &contact(true, true)).await.unwrap().to_string();
    let exported = begun.elapsed();
    assert!(export.contains("+6281298765432") && !export.contains("budi@example.com"));
    let begun = Instant::now();
    let erasure = erase_customer(storage, &contact(false, true)).await.unwrap();
    let erased = begun.elapsed();
    promise.measured(format!("{orders} orders: exported in {exported:?}, erased in {erased:?}"));
    assert_eq!((erasure.orders, erasure.left), (orders as u64, 0));
    if Size::of_run() == Size::Full {
        assert!(exported.max(erased) <= Duration::from_secs(10));
    }
    let dump = dump_of(&shop.database).await;
    let left = dump.lines().filter(|line| DETAILS.iter().any(|detail| line.contains(detail))).count();
    assert_eq!(left, 0);
    assert!(dump.contains("budi@example.com"), "others keep theirs");
    let report = shop.services.audit().await.unwrap();
    assert!(report.is_sound(), "{report}");
}
