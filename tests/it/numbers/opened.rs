//! How often people opened a link is counted, without keeping anything about them.

#![expect(clippy::unwrap_used, reason = "a story that cannot go on fails")]

use chrono::TimeDelta;
use reqwest::{Client, Method};
use tautan::domain::figures::{Funnel, Period};
use tautan::domain::id::TelegramId;
use tautan::services::Services;
use url::Url;

use crate::support::seller::Seller;
use crate::support::test_app::TestApp;

const PHONE: &str =
    "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/131.0.0.0 Mobile Safari/537.36";

#[tokio::test(flavor = "multi_thread")]
async fn people_who_open_a_link_are_counted_and_programs_are_not() {
    let app = TestApp::start().await;
    let ani = app.ani();
    let link = ani.makes_a_link("Kaos polos 75rb").await;
    let person = [("sec-fetch-dest", "document"), ("user-agent", PHONE)];
    for _ in 0..3 {
        fetches(Method::GET, &link, &person).await;
    }
    fetches(Method::HEAD, &link, &person).await;
    fetches(Method::GET, &link, &[("user-agent", "TelegramBot (like TwitterBot)"), person[0]]).await;
    fetches(Method::GET, &link, &[("sec-purpose", "prefetch;prerender"), person[0], person[1]]).await;
    fetches(Method::GET, &link, &[person[1]]).await;
    fetches(Method::GET, &app.base_url.join("nobody").unwrap(), &person).await;

    let mut budi = app.customer();
    budi.orders(&link, "Budi", "BCA").await;
    budi.pays().await;
    app.settles().await;
    let mut sari = app.customer();
    sari.opens(&link).await;
    sari.fills_in("Sari", "0812-3456-7890", "sari@example.test").await;

    app.services().write_views().await.unwrap();
    let expected = Funnel { opened: 5, details: 2, method: 1, paid: 1 };
    assert_eq!(funnel(app.services(), &ani, Period::Today).await, expected);
    assert_eq!(app.services().write_views().await.unwrap(), 0, "nothing is written twice");
    let kept = app.database().texts("select cast(sum(views) as text) from link_views").await.unwrap();
    assert_eq!(kept, ["5"]);

    app.advance(TimeDelta::days(1));
    assert_eq!(funnel(app.services(), &ani, Period::Today).await, Funnel::default());
    assert_eq!(funnel(app.services(), &ani, Period::SevenDays).await, expected);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_counted_survives_a_restart_and_replicas_add_up() {
    let mut app = TestApp::start().await;
    let ani = app.ani();
    let link = ani.makes_a_link("Kaos polos 75rb").await;
    app.customer().opens(&link).await;
    app.customer().opens(&link).await;
    app.restart().await;
    assert_eq!(funnel(app.services(), &ani, Period::Today).await.opened, 2);

    app.customer().opens(&link).await;
    if app.database().is_postgres() {
        let replica = app.replica().await;
        let mut elsewhere = link.clone();
        elsewhere.set_port(Some(replica.address.port())).unwrap();
        fetches(Method::GET, &elsewhere, &[("sec-fetch-dest", "document")]).await;
        // Whoever ends writes down what it counted.
        replica.stop().await;
    } else {
        app.customer().opens(&link).await;
    }
    app.services().write_views().await.unwrap();
    assert_eq!(funnel(app.services(), &ani, Period::Today).await.opened, 4);
}

async fn funnel(services: &Services, seller: &Seller, period: Period) -> Funnel {
    let seat = services.seat(TelegramId(seller.phone.id())).await.unwrap().unwrap();
    services.figures(&seat, period).await.unwrap().funnel
}

async fn fetches(method: Method, url: &Url, fields: &[(&str, &str)]) {
    let mut request = Client::builder().no_proxy().build().unwrap().request(method, url.clone());
    for (name, value) in fields {
        request = request.header(*name, *value);
    }
    request.send().await.unwrap();
}
