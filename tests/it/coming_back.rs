//! A customer opens a second tab, presses F5, goes back, and comes again days later: one order, and the truth.

use chrono::TimeDelta;

use crate::support::test_app::TestApp;

const DETAILS: [(&str, &str); 3] =
    [("name", "Budi"), ("phone", "0812-3456-7890"), ("email", "budi@example.test")];

#[tokio::test(flavor = "multi_thread")]
async fn two_tabs_a_reload_and_the_way_back_lead_to_the_one_order() {
    let app = TestApp::start().await;
    let ani = app.ani();
    let link = ani.makes_a_link("kaos hitam 150rb x5").await;
    let mut budi = app.customer();
    budi.opens(&link).await;
    let first_tab = budi.page.form("form[action$='/orders']");
    budi.opens(&link).await;
    // The second tab's form, and then F5 on its answer.
    budi.types(&DETAILS).await;
    let order = budi.page.url.clone();
    for _ in 0..2 {
        let fields: Vec<(String, String)> = first_tab.hidden.clone();
        let mut fields: Vec<(&str, &str)> =
            fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        fields.extend(DETAILS);
        budi.posts(first_tab.action.clone(), &fields).await;
        assert_eq!(budi.page.url, order, "the same details are the same order");
    }
    // A tap on a method in one tab, and another one in a tab that still shows the choice.
    let (choice, method) = budi.page.button("BCA Virtual Account");
    budi.presses("BCA Virtual Account").await;
    let number = app.order(&budi).await.attempt.expect("a charge").id;
    let method: Vec<(&str, &str)> =
        method.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    budi.posts(choice, &method).await;
    assert_eq!(app.order(&budi).await.attempt.expect("a charge").id, number, "it is the same number");
    // Back on the link's page there is the way on, and not a second order.
    budi.opens(&link).await;
    let on = budi.page.link("Lanjutkan pembayaran");
    assert_eq!(on, order);
    assert_eq!((app.orders_made(&link).await, app.units(&link).await), (1, (0, 1)));
    budi.opens(&on).await;
    budi.pays().await;
    budi.waits_for("Lunas. Terima kasih!").await;
    // The choice that a third tab still shows changes nothing any more.
    let late = order.join(&format!("{}/attempts", order.path())).expect("an address");
    budi.posts(late, &[("method", "qris")]).await;
    assert!(budi.page.text().contains("Lunas. Terima kasih!"), "{}", budi.page.text());
    ani.reads("dari Budi").await;
    assert_eq!(app.units(&link).await, (1, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn days_later_every_page_says_how_it_stands_then() {
    let app = TestApp::start().await;
    let ani = app.ani();
    let link = ani.makes_a_link("kaos hitam 150rb x5 3hari").await;
    let (mut budi, mut citra) = (app.customer(), app.customer());
    budi.orders(&link, "Budi", "QRIS").await;
    let paid = budi.page.url.clone();
    budi.pays().await;
    budi.waits_for("Lunas. Terima kasih!").await;
    citra.orders(&link, "Citra", "BCA Virtual Account").await;
    let unpaid = citra.page.url.clone();
    ani.reads("dari Budi").await;
    app.settles().await;

    app.advance(TimeDelta::days(5));
    citra.opens(&unpaid).await;
    citra.waits_for("Masa berlaku tautan ini sudah habis.").await;
    assert!(!citra.page.html.contains("data-left="), "no time is left to count: {}", citra.page.text());
    // The browser remembers both, and the link says what is true of each.
    assert!(budi.opens(&link).await.text().contains("Ini sudah Anda bayar."), "{}", budi.page.text());
    assert!(citra.opens(&link).await.text().contains("Masa berlaku tautan ini sudah habis."));
    assert!(!citra.page.has_form("form[action$='/orders']"), "{}", citra.page.text());
    assert!(budi.opens(&paid).await.text().contains("Lunas. Terima kasih!"), "{}", budi.page.text());
    let receipt = paid.join(&format!("{}/receipt", paid.path())).expect("an address");
    assert!(budi.opens(&receipt).await.text().contains("Rp150.000"), "{}", budi.page.text());
    // Somebody whose browser knows nothing has the address alone, which is enough.
    assert!(app.customer().opens(&paid).await.text().contains("Lunas. Terima kasih!"));
    assert_eq!(app.units(&link).await, (1, 0));
}
