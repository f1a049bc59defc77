//! GoPay leads to an address that only its app opens, and has its code as a picture: a telephone taps, a desk scans.

use chrono::TimeDelta;
use futures::FutureExt;
use reqwest::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use reqwest::{Response, StatusCode};
use serde_json::json;
use tautan::simulator::midtrans::{Conduct, Endpoint, Misbehaviour};
use tokio::net::TcpListener;
use url::Url;

use crate::support::customer::Customer;
use crate::support::test_app::{TestApp, any_port};

const DESK: &str = "Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0";
const FROM_A_PHONE: &str = "GoPay dibayar dari HP. Buka halaman ini di HP Anda";
const BY_CODE: &str = "Pindai dengan GoPay atau aplikasi dompet digital lain.";

#[tokio::test(flavor = "multi_thread")]
async fn a_telephone_opens_the_app_and_a_desk_scans_the_gateways_picture() {
    let app = TestApp::start().await;
    let ani = app.ani();
    let link = ani.makes_a_link("kaos hitam 150rb x1").await;
    let mut budi = app.customer();
    orders(&app, &mut budi, &link).await;
    let button = budi.page.link("Buka GoPay");
    assert_eq!(button.scheme(), "gojek");
    let (at_button, at_code) = (place(&budi, "gojek://"), place(&budi, "class=\"qr\""));
    assert!(at_button < at_code, "{}", budi.page.html);

    budi.user_agent = Some(DESK.to_owned());
    budi.reloads().await;
    assert!(budi.page.text().contains(BY_CODE), "{}", budi.page.text());
    let (at_button, at_code) = (place(&budi, "gojek://"), place(&budi, "class=\"qr\""));
    assert!(at_code < at_button, "{}", budi.page.html);
    assert!(budi.page.html.contains("alt=\"Kode QR GoPay untuk Rp150.000\" width=\"304\" height=\"304\""));

    for _ in 0..3 {
        budi.reloads().await;
        let answer = picture(&app, &budi).await;
        assert_eq!(answer.status(), StatusCode::OK);
        assert_eq!(answer.headers()[CONTENT_TYPE], "image/png");
        assert_eq!(answer.headers()[CACHE_CONTROL], "no-store");
        assert_eq!(answer.headers()[CONTENT_DISPOSITION], "inline; filename=\"qr.png\"");
        assert!(answer.bytes().await.expect("a picture").starts_with(b"\x89PNG\r\n\x1a\n"));
    }
    assert_eq!(asked_for_pictures(&app), 1, "the gateway is not asked at each look");

    budi.pays().await;
    budi.waits_for("Lunas. Terima kasih!").await;
    ani.reads("dari Budi").await;
    assert_eq!(picture(&app, &budi).await.status(), StatusCode::NOT_FOUND, "nobody pays it twice");
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_picture_the_page_asks_for_a_phone() {
    let app = TestApp::start().await;
    let link = app.ani().makes_a_link("kaos hitam 150rb").await;
    let elsewhere = TcpListener::bind(any_port()).await.expect("a port");
    let location = format!("http://{}/qr.png", elsewhere.local_addr().expect("an address"));
    let troubles = [
        Conduct::HtmlPage,
        Conduct::TooLong,
        Conduct::Redirect { location },
        Conduct::ServerError { status: 500 },
        Conduct::CutBeforeAcceptance,
    ];
    for trouble in troubles {
        app.bank.misbehave(Misbehaviour::once(Endpoint::QrPicture, trouble.clone()));
        let before = asked_for_pictures(&app);
        let mut budi = app.customer();
        budi.user_agent = Some(DESK.to_owned());
        orders(&app, &mut budi, &link).await;
        for _ in 0..2 {
            budi.reloads().await;
            assert_eq!(budi.page.status, StatusCode::OK, "{trouble:?}");
            assert!(budi.page.text().contains(FROM_A_PHONE), "{trouble:?}: {}", budi.page.text());
            assert!(!budi.page.html.contains("qr.png"), "{trouble:?}: a picture that does not come");
            assert_eq!(budi.page.link("Buka GoPay").scheme(), "gojek");
            assert_eq!(picture(&app, &budi).await.status(), StatusCode::NOT_FOUND, "{trouble:?}");
        }
        assert_eq!(asked_for_pictures(&app), before + 1, "{trouble:?}: it is left alone for a moment");

        app.advance(TimeDelta::seconds(31));
        budi.reloads().await;
        assert!(budi.page.text().contains(BY_CODE), "{trouble:?}: {}", budi.page.text());
        assert_eq!(picture(&app, &budi).await.status(), StatusCode::OK, "{trouble:?}");
    }
    assert!(elsewhere.accept().now_or_never().is_none(), "a picture that leads elsewhere is not followed");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_picture_of_another_house_is_never_fetched() {
    let app = TestApp::start().await;
    let link = app.ani().makes_a_link("kaos hitam 150rb").await;
    let elsewhere = TcpListener::bind(any_port()).await.expect("a port");
    let neighbour = format!("http://{}/latest/meta-data", elsewhere.local_addr().expect("an address"));
    let actions = json!({ "actions": [
        { "name": "generate-qr-code", "method": "GET", "url": neighbour },
        { "name": "deeplink-redirect", "method": "GET", "url": "gojek://gopay/merchanttransfer?tref=1" },
    ] });
    app.bank.misbehave(Misbehaviour::once(Endpoint::Charge, Conduct::alter(actions)));
    let mut budi = app.customer();
    budi.user_agent = Some(DESK.to_owned());
    budi.orders(&link, "Budi", "GoPay").await;
    assert!(budi.page.text().contains(FROM_A_PHONE), "{}", budi.page.text());
    assert_eq!(picture(&app, &budi).await.status(), StatusCode::NOT_FOUND);
    assert!(elsewhere.accept().now_or_never().is_none(), "nobody knocked there");
}

#[tokio::test(flavor = "multi_thread")]
async fn only_who_has_the_orders_address_gets_its_picture() {
    let app = TestApp::start().await;
    let link = app.ani().makes_a_link("kaos hitam 150rb").await;
    let (mut budi, mut tini) = (app.customer(), app.customer());
    orders(&app, &mut budi, &link).await;
    tini.orders(&link, "Tini", "BCA Virtual Account").await;
    let asked = asked_for_pictures(&app);
    assert_eq!(picture(&app, &tini).await.status(), StatusCode::NOT_FOUND, "her order has none");
    let own = budi.page.url.path().to_owned();
    let last = if own.ends_with('A') { "B" } else { "A" };
    for path in [format!("{}{last}", &own[..own.len() - 1]), "/orders/x".to_owned(), "/orders".to_owned()] {
        let answer = app.request("GET", &format!("{path}/qr.png")).send().await.expect("an answer");
        assert_eq!(answer.status(), StatusCode::NOT_FOUND, "{path}");
    }
    assert_eq!(asked_for_pictures(&app), asked, "a guess does not reach the gateway");
}

/// From the link to GoPay as the real one answers.
async fn orders(app: &TestApp, customer: &mut Customer, link: &Url) {
    app.bank.misbehave(Misbehaviour::once(Endpoint::Charge, Conduct::AppDeeplink));
    customer.orders(link, "Budi", "GoPay").await;
    assert_eq!(customer.page.status, StatusCode::OK, "{}", customer.page.text());
}

async fn picture(app: &TestApp, customer: &Customer) -> Response {
    let path = format!("{}/qr.png", customer.page.url.path());
    app.request("GET", &path).send().await.expect("an answer")
}

fn place(customer: &Customer, part: &str) -> usize {
    customer.page.html.find(part).unwrap_or_else(|| panic!("no {part} in {}", customer.page.html))
}

fn asked_for_pictures(app: &TestApp) -> usize {
    app.bank.journal().iter().filter(|entry| entry.path.ends_with("/qr-code")).count()
}
