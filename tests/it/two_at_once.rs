//! Two people of one shop do the same thing at the same moment: both are answered, it happens once, and
//! nobody's change is lost.

use tautan::domain::order::OrderState;
use url::Url;

use crate::support::seller::Seller;
use crate::support::test_app::TestApp;

/// Ani, Budi of her staff, and a link that both see.
async fn a_shop_of_two(app: &TestApp) -> (Seller, Seller, Url) {
    let (ani, budi) = (app.ani(), app.person("Budi", "id"));
    let link = ani.makes_a_link("kaos 75rb x10").await;
    ani.invites(&budi, "🧑 Staf").await;
    (ani, budi, link)
}

async fn opens_the_link(person: &Seller) {
    person.says("/links").await;
    person.presses("kaos").await;
}

/// Begins a change of the link that is shown, as far as the button that saves it.
async fn changes(person: &Seller, field: &str, value: &str) {
    person.presses("✏️ Ubah").await;
    person.presses(field).await;
    person.says_and_reads(value, "Mengubah tautan").await;
}

/// Both press at the same moment, and everything that follows happens.
async fn both_press(app: &TestApp, people: [&Seller; 2], label: &str) {
    app.settles().await;
    for person in people {
        person.phone.presses(label).unwrap_or_else(|missing| panic!("{missing}"));
    }
    app.settles().await;
    for person in people {
        person.phone.settles().await;
        assert_eq!(person.phone.unanswered_taps(), [], "{label}");
        assert_eq!(person.count("ada gangguan"), 0, "{}", person.phone.transcript());
    }
}

async fn takes_orders(app: &TestApp, link: &Url) -> bool {
    app.customer().opens(link).await.has_form("form[action$='/orders']")
}

#[tokio::test(flavor = "multi_thread")]
async fn changes_of_different_fields_are_both_kept_and_of_one_field_the_last() {
    let app = TestApp::start().await;
    let (ani, budi, link) = a_shop_of_two(&app).await;
    for person in [&ani, &budi] {
        opens_the_link(person).await;
    }
    changes(&ani, "💰 Harga", "80rb").await;
    changes(&budi, "✏️ Nama", "kaos hitam").await;
    both_press(&app, [&ani, &budi], "✅ Simpan").await;
    let mut customer = app.customer();
    customer.opens(&link).await;
    let page = customer.page.text();
    assert!(page.contains("kaos hitam") && page.contains("Rp80.000"), "{page}");

    for (person, price) in [(&ani, "90rb"), (&budi, "95rb")] {
        opens_the_link(person).await;
        changes(person, "💰 Harga", price).await;
    }
    both_press(&app, [&ani, &budi], "✅ Simpan").await;
    customer.opens(&link).await;
    let page = customer.page.text();
    let kept =
        ["Rp90.000", "Rp95.000"].into_iter().find(|price| page.contains(price)).expect("one of the two");
    for person in [&ani, &budi] {
        opens_the_link(person).await;
        assert!(person.newest().text.contains(kept), "{kept}: {}", person.newest().text);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn money_that_both_give_back_goes_back_once() {
    let app = TestApp::start().await;
    let (ani, budi, link) = a_shop_of_two(&app).await;
    let mut cici = app.customer();
    cici.orders(&link, "Cici", "QRIS").await;
    cici.pays().await;
    for person in [&ani, &budi] {
        person.reads("dari Cici").await;
    }
    both_press(&app, [&ani, &budi], "Pesanan ini").await;
    both_press(&app, [&ani, &budi], "📦 Tandai dikirim").await;
    both_press(&app, [&ani, &budi], "Kembalikan uang").await;
    both_press(&app, [&ani, &budi], "Ya, kembalikan").await;
    for person in [&ani, &budi] {
        person.reads("Rp75.000 kembali ke Cici").await;
        assert_eq!(person.count("Rp75.000 kembali ke Cici"), 1, "{}", person.phone.transcript());
    }
    assert_eq!(app.bank_was_asked("/refund"), 1);
    assert_eq!((app.order(&cici).await.order.state, app.ledger_sum(&cici).await), (OrderState::Refunded, 0));
    let shipped = "select event from shop_log where event = 'goods-shipped'";
    assert_eq!(app.database().texts(shipped).await.expect("the log").len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_that_both_switch_delete_and_bring_back_is_there_once() {
    let app = TestApp::start().await;
    let (ani, budi, link) = a_shop_of_two(&app).await;
    for person in [&ani, &budi] {
        opens_the_link(person).await;
    }
    both_press(&app, [&ani, &budi], "⏸ Matikan").await;
    assert!(!takes_orders(&app, &link).await, "both meant off");
    both_press(&app, [&ani, &budi], "▶").await;
    assert!(takes_orders(&app, &link).await);
    both_press(&app, [&ani, &budi], "🗑 Hapus").await;
    both_press(&app, [&ani, &budi], "Ya, hapus").await;
    assert!(!takes_orders(&app, &link).await);
    both_press(&app, [&ani, &budi], "↩ Urungkan").await;
    assert!(takes_orders(&app, &link).await);
    let log = "select event from shop_log order by event";
    let log = app.database().texts(log).await.expect("the log").join(" ");
    for action in ["link-off", "link-on", "link-deleted", "link-restored"] {
        assert_eq!(log.matches(action).count(), 1, "{action}: {log}");
    }
}
