//! Somebody stands before a closed link and asks; the seller opens it with one tap.

use chrono::TimeDelta;
use reqwest::StatusCode;
use url::Url;

use crate::support::seller::Seller;
use crate::support::test_app::{Options, TestApp};

/// Ani's link for kaos, of one hour, which is over.
async fn an_ended_link() -> (TestApp, Seller, Url) {
    let app = TestApp::start().await;
    let ani = app.ani();
    let link = ani.makes_a_link("kaos 75rb 1j").await;
    app.settles().await;
    app.advance(TimeDelta::hours(2));
    app.settles().await;
    (app, ani, link)
}

#[tokio::test(flavor = "multi_thread")]
async fn an_ended_link_is_asked_for_and_opened_with_one_tap() {
    let (app, ani, link) = an_ended_link().await;
    let mut budi = app.customer();
    let page = budi.opens(&link).await;
    assert!(page.text().contains("Masa berlaku tautan ini sudah habis"), "{}", page.text());
    let page = budi.presses("Masih ada?").await;
    assert_eq!((page.status, page.url.path()), (StatusCode::OK, link.path()));
    assert!(page.text().contains("sudah diberi tahu"), "{}", page.text());
    assert!(!page.text().contains("Masih ada?"), "{}", page.text());
    let notice = ani.reads("Seseorang menanyakan kaos yang sudah berakhir").await;
    assert!(notice.silent && notice.text.contains("Sandbox"), "{}", notice.text);

    app.settles().await;
    let card = ani.presses("+1 jam").await;
    assert!(card.text.contains("🟢 Aktif"), "{}", card.text);
    assert!(ani.count("Seseorang menanyakan") == 1, "the notice stays");
    assert!(budi.reloads().await.html.contains("form_key"), "it is open again");

    // The old button finds it open, and makes it no longer.
    let until = app.link(&link).await.expires_at;
    let data = ani.data_of("+24 jam");
    ani.phone.presses_data(notice.message_id, &data);
    app.settles().await;
    ani.phone.settles().await;
    assert_eq!(app.link(&link).await.expires_at, until);
    assert_eq!(ani.phone.unanswered_taps(), []);
}

#[tokio::test(flavor = "multi_thread")]
async fn many_ask_and_the_seller_hears_it_once_an_hour() {
    let (app, ani, link) = an_ended_link().await;
    let question = link.join(&format!("{}/question", link.path())).unwrap();
    for _ in 0..5 {
        app.customer().posts(question.clone(), &[]).await;
    }
    app.settles().await;
    assert_eq!(ani.count("Seseorang menanyakan"), 1);
    app.advance(TimeDelta::minutes(61));
    app.customer().posts(question.clone(), &[]).await;
    app.settles().await;
    assert_eq!(ani.count("Seseorang menanyakan"), 2);

    // A shop hears five questions an hour, about whatever.
    app.advance(TimeDelta::minutes(61));
    for number in 0..6 {
        let other = ani.makes_a_link(&format!("topi{number} 50rb")).await;
        app.settles().await;
        ani.presses("⏸ Matikan").await;
        let mut citra = app.customer();
        citra.opens(&other).await;
        if number < 5 {
            assert!(citra.presses("Masih ada?").await.text().contains("sudah diberi tahu"));
        } else {
            assert!(citra.page.text().contains("banyak pertanyaan"), "{}", citra.page.text());
        }
        app.settles().await;
    }
    assert_eq!(ani.count("Seseorang menanyakan"), 7);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_no_is_told_to_the_customer_and_asks_nobody_for_a_day() {
    let (app, ani, link) = an_ended_link().await;
    let mut budi = app.customer();
    budi.opens(&link).await;
    budi.presses("Masih ada?").await;
    app.settles().await;
    let answer = ani.presses("Tidak").await;
    assert!(answer.text.contains("belum ada lagi"), "{}", answer.text);
    let page = budi.reloads().await;
    assert!(page.text().contains("menjawab: untuk saat ini belum ada lagi"), "{}", page.text());
    let question = link.join(&format!("{}/question", link.path())).unwrap();
    app.settles().await;
    app.advance(TimeDelta::hours(5));
    budi.posts(question.clone(), &[]).await;
    app.settles().await;
    assert_eq!(ani.count("Seseorang menanyakan"), 1);
    app.advance(TimeDelta::hours(20));
    budi.opens(&link).await;
    budi.presses("Masih ada?").await;
    app.settles().await;
    assert_eq!(ani.count("Seseorang menanyakan"), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sold_out_link_gets_more_and_a_new_price_opens_for_a_day() {
    let app = TestApp::start().await;
    let ani = app.ani();
    let link = ani.makes_a_link("kaos 75rb x1").await;
    app.sells_the_last_one(&ani, &link).await;
    let mut budi = app.customer();
    budi.opens(&link).await;
    budi.presses("Masih ada?").await;
    ani.reads("Seseorang menanyakan kaos yang sudah habis").await;
    app.settles().await;
    ani.presses("+5").await;
    assert_eq!(app.link(&link).await.remaining(), Some(5));
    assert!(budi.reloads().await.html.contains("form_key"));

    let other = ani.makes_a_link("topi 50rb 1j").await;
    app.settles().await;
    app.advance(TimeDelta::hours(2));
    app.settles().await;
    budi.opens(&other).await;
    budi.presses("Masih ada?").await;
    ani.reads("Seseorang menanyakan topi").await;
    app.settles().await;
    let card = ani.presses("💰 Harga baru").await;
    assert!(card.text.contains("harga") || card.text.contains("Harga"), "{}", card.text);
    let card = ani.says("40rb").await;
    assert!(card.text.contains("Rp50.000") && card.text.contains("Rp40.000"), "{}", card.text);
    let card = ani.presses("✅ Simpan").await;
    assert!(card.text.contains("🟢 Aktif") && card.text.contains("Rp40.000"), "{}", card.text);
    assert!(budi.reloads().await.html.contains("form_key"));
}

#[tokio::test(flavor = "multi_thread")]
async fn machines_strange_sites_and_floods_tell_the_seller_nothing() {
    let proxies = Options::default();
    let app = TestApp::start_with(proxies).await;
    let ani = app.ani();
    let link = ani.makes_a_link("kaos 75rb 1j").await;
    app.settles().await;
    app.advance(TimeDelta::hours(2));
    let question = link.join(&format!("{}/question", link.path())).unwrap();
    let mut bot = app.customer();
    let page = bot.posts(question.clone(), &[("website", "https://spam.example")]).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    let request = app.request("POST", question.path().trim_start_matches('/'));
    let answer = request.header("sec-fetch-site", "cross-site").form(&[("lang", "id")]).send().await.unwrap();
    assert_eq!(answer.status(), StatusCode::FORBIDDEN);
    app.settles().await;
    assert_eq!(ani.count("Seseorang menanyakan"), 0);
    let mut flood = app.customer().from("203.0.113.9");
    let mut refused = 0;
    for _ in 0..60 {
        refused +=
            i32::from(flood.posts(question.clone(), &[]).await.status == StatusCode::TOO_MANY_REQUESTS);
    }
    assert!(refused > 0);
    app.settles().await;
    assert_eq!(ani.count("Seseorang menanyakan"), 1);

    // Who may only look, or works elsewhere, opens nothing.
    let data = ani.data_of("+24 jam");
    let sam = app.sam();
    sam.makes_a_link("cap 50k").await;
    sam.phone.presses_data(sam.newest().message_id, &data);
    app.settles().await;
    sam.phone.settles().await;
    assert_eq!(sam.phone.unanswered_taps(), []);
    assert!(app.customer().opens(&link).await.text().contains("Masa berlaku"));
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_offered_where_there_is_nothing_to_ask() {
    let app = TestApp::start().await;
    let ani = app.ani();
    let open = ani.makes_a_link("kaos 75rb").await;
    let theirs = ani.makes_a_link("topi 50rb x1 for:Citra").await;
    let mut citra = app.customer();
    assert!(!citra.opens(&open).await.text().contains("Masih ada?"));
    let question = open.join(&format!("{}/question", open.path())).unwrap();
    citra.posts(question, &[]).await;
    app.sells_the_last_one(&ani, &theirs).await;
    assert!(!app.customer().opens(&theirs).await.text().contains("Masih ada?"));
    app.settles().await;
    assert_eq!(ani.count("menanyakan"), 0);
    let none = app.base_url.join("nothing-here-at-all/question").unwrap();
    assert_eq!(citra.posts(none, &[]).await.status, StatusCode::NOT_FOUND);
}
