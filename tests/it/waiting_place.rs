//! All of it is being paid for: who would like to have it stands in line, and hears when one comes free.

use chrono::TimeDelta;
use reqwest::StatusCode;
use tautan::domain::order::Unit;
use tautan::simulator::telegram::{Fault, Misbehaviour};
use url::Url;

use crate::support::customer::Customer;
use crate::support::seller::Seller;
use crate::support::test_app::{Options, TestApp};

const NEXT: &str = "Anda yang berikutnya.";
const SECOND: &str = "Anda nomor 2 dalam antrean.";
const TURN: &str = "Giliran Anda!";
const PASSED: &str = "Giliran Anda tadi sudah lewat";
const CHOOSE: &str = "Mau bayar dengan apa?";

/// Ani's link whose last piece Budi is paying for.
async fn a_busy_link() -> (TestApp, Seller, Url, Customer) {
    let app = TestApp::start().await;
    let ani = app.ani();
    let link = ani.makes_a_link("kaos hitam 150rb x1").await;
    let mut budi = app.customer();
    budi.orders(&link, "Budi", "BCA Virtual Account").await;
    (app, ani, link, budi)
}

async fn gives_up(app: &TestApp, customer: &Customer) {
    app.bank.deny(&customer.gateway_order_id().await).await.expect("the bank says no");
}

/// The chat of a customer who waits in line and wants to be told there.
async fn follows_in_chat(app: &TestApp, customer: &Customer) -> Seller {
    let start = customer.page.html.split("?start=").find(|rest| rest.starts_with("o_"));
    let start = start.and_then(|rest| rest.split('"').next()).expect("a way into the chat");
    let chat = app.person("Citra", "id");
    let card = chat.says(&format!("/start {start}")).await;
    assert!(card.text.contains("Menunggu giliran, nomor 1 dalam antrean"), "{}", card.text);
    chat.presses("🔔 Kabari saat giliran saya").await;
    app.settles().await;
    chat
}

#[tokio::test(flavor = "multi_thread")]
async fn the_first_in_line_is_told_first_and_nothing_is_kept_for_anybody() {
    let (app, ani, link, budi) = a_busy_link().await;
    let (mut citra, mut dewi) = (app.customer(), app.customer());
    let page = citra.waits_in_line(&link, "Citra").await.clone();
    assert!(page.status == StatusCode::OK && page.text().contains(NEXT), "{}", page.text());
    assert!(page.html.contains("data-events=\""), "the page follows");
    assert!(dewi.waits_in_line(&link, "Dewi").await.text().contains(SECOND), "{}", dewi.page.text());
    assert!(!dewi.page.text().contains(CHOOSE), "{}", dewi.page.text());
    // A place in line is no hold, and nobody was asked for money.
    assert_eq!((app.units(&link).await, app.bank.transactions().len()), ((0, 1), 1));
    assert_eq!(app.order(&citra).await.order.unit, Unit::None);

    gives_up(&app, &budi).await;
    citra.waits_for(TURN).await;
    assert!(citra.page.text().contains(CHOOSE), "{}", citra.page.text());
    assert_eq!(app.units(&link).await, (0, 0), "it is not kept for Citra");
    dewi.waits_for("yang di depan Anda sedang diberi tahu").await;
    assert!(!dewi.page.text().contains(CHOOSE), "{}", dewi.page.text());

    // Citra lets it pass: after five minutes Dewi is told as well.
    app.advance(TimeDelta::minutes(5) + TimeDelta::seconds(1));
    dewi.waits_for(TURN).await;
    dewi.presses("QRIS").await;
    // Who had the whole time has left the line, and is told so.
    citra.waits_for(PASSED).await;
    assert!(citra.page.text().contains("Tunggu giliran"), "{}", citra.page.text());
    assert!(citra.presses("Tunggu giliran").await.text().contains(NEXT), "{}", citra.page.text());
    assert!(!citra.page.text().contains(PASSED), "{}", citra.page.text());
    dewi.pays().await;
    ani.reads("dari Dewi").await;
    citra.waits_for("Antreannya sudah berakhir").await;
    assert!(citra.page.text().contains("Sudah habis"), "{}", citra.page.text());
    assert_eq!((app.units(&link).await, app.bank.transactions().len()), ((1, 0), 2));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_faster_stranger_costs_nobody_the_place_in_line() {
    let (app, _ani, link, budi) = a_busy_link().await;
    let (mut citra, mut dewi, mut eko) = (app.customer(), app.customer(), app.customer());
    citra.waits_in_line(&link, "Citra").await;
    dewi.waits_in_line(&link, "Dewi").await;
    gives_up(&app, &budi).await;
    citra.waits_for(TURN).await;
    eko.orders(&link, "Eko", "BNI Virtual Account").await;
    citra.waits_for(NEXT).await;
    assert!(dewi.reloads().await.text().contains(SECOND), "{}", dewi.page.text());
    // A choice that comes too late is refused, as ever, and the place stays.
    let choice = citra.page.url.join(&format!("{}/attempts", citra.page.url.path())).unwrap();
    assert_eq!(citra.posts(choice, &[("method", "qris")]).await.status, StatusCode::CONFLICT);
    assert!(citra.page.text().contains(NEXT), "{}", citra.page.text());

    // Told again, and this time the turn passes unused: Citra waits no more, and Dewi comes first.
    gives_up(&app, &eko).await;
    citra.waits_for(TURN).await;
    app.advance(TimeDelta::minutes(6));
    dewi.waits_for(TURN).await;
    let mut fitri = app.customer();
    fitri.orders(&link, "Fitri", "QRIS").await;
    dewi.waits_for(NEXT).await;
    citra.waits_for(PASSED).await;
    assert_eq!(app.units(&link).await, (0, 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn one_leaves_the_line_and_may_come_back_to_its_end() {
    let (app, _ani, link, _budi) = a_busy_link().await;
    let (mut citra, mut dewi) = (app.customer(), app.customer());
    citra.waits_in_line(&link, "Citra").await;
    let order = citra.page.url.clone();
    dewi.waits_in_line(&link, "Dewi").await;
    // Two tabs, and the way back: the same place.
    assert!(
        citra.opens(&link).await.text().contains("Anda sedang menunggu giliran."),
        "{}",
        citra.page.text()
    );
    let own = citra.page.link("Lihat antrean");
    assert_eq!(own, order);
    let form = link.join(&format!("{}/turn", link.path())).unwrap();
    assert_eq!(citra.opens(&form).await.url, link);

    citra.opens(&order).await;
    assert_eq!(citra.presses("Keluar dari antrean").await.url, link);
    assert!(citra.page.text().contains("Tunggu giliran"), "{}", citra.page.text());
    dewi.waits_for(NEXT).await;
    // The order there is stands in line again, at its end.
    assert!(citra.waits_in_line(&link, "Citra").await.text().contains(SECOND), "{}", citra.page.text());
    assert_eq!(citra.page.url, order);
    citra.presses("Keluar dari antrean").await;
    citra.opens(&order).await;
    assert!(citra.presses("Tunggu giliran").await.text().contains(SECOND), "{}", citra.page.text());
    assert_eq!(app.orders_made(&link).await, 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_line_ends_kindly_with_its_link_and_moves_when_there_is_more() {
    let (app, _ani, link, budi) = a_busy_link().await;
    let (mut citra, mut dewi) = (app.customer(), app.customer());
    citra.waits_in_line(&link, "Citra").await;
    dewi.waits_in_line(&link, "Dewi").await;
    budi.pays().await;
    citra.waits_for("Antreannya sudah berakhir").await;
    assert!(citra.page.text().contains("Sudah habis"), "{}", citra.page.text());
    app.settles().await;
    // The seller finds three more: the line is told before anybody has to ask.
    app.sets(&link, "usage_limit", 4_i64).await;
    citra.waits_for(TURN).await;
    dewi.waits_for(TURN).await;
    // Whoever never comes back is forgotten with the order that was left lying.
    app.advance(TimeDelta::hours(25));
    app.services().forget_old_rows().await.unwrap();
    assert!(
        dewi.reloads().await.text().contains("Pesanan ini berakhir tanpa pembayaran."),
        "{}",
        dewi.page.text()
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn machines_and_strange_sites_get_no_place_and_named_links_have_no_line() {
    let (app, ani, link, _budi) = a_busy_link().await;
    let turn = link.join(&format!("{}/turn", link.path())).unwrap();
    let good = [("name", "Citra"), ("phone", "081234567890"), ("email", "citra@example.test")];
    let machine = [&good[..], &[("website", "https://spam.example")]].concat();
    let mut citra = app.customer();
    assert_eq!(citra.posts(turn.clone(), &machine).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let request = app.request("POST", turn.path().trim_start_matches('/'));
    let answer = request.header("sec-fetch-site", "cross-site").form(&good).send().await.unwrap();
    assert_eq!(answer.status(), StatusCode::FORBIDDEN);
    let odd = [("name", "Citra"), ("phone", "1"), ("email", "citra@example.test")];
    assert_eq!(citra.posts(turn.clone(), &odd).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(citra.page.has_form("form[action$='/turn']"), "the form comes back: {}", citra.page.text());
    assert_eq!(app.orders_made(&link).await, 1);
    // An order is refused as before.
    let orders = link.join(&format!("{}/orders", link.path())).unwrap();
    assert_eq!(citra.posts(orders, &good).await.status, StatusCode::CONFLICT);

    let theirs = ani.makes_a_link("lukisan 150rb x1 for:Budi,08123456789,budi@toko.id").await;
    let mut budi = app.customer();
    budi.opens(&theirs).await;
    budi.fills_in("", "", "").await;
    budi.presses("QRIS").await;
    assert!(!app.customer().opens(&theirs).await.text().contains("Tunggu giliran"));
    let turn = theirs.join(&format!("{}/turn", theirs.path())).unwrap();
    app.customer().posts(turn, &good).await;
    assert_eq!(app.orders_made(&theirs).await, 1);

    // Where one is free there is nothing to wait for: the form leads to paying.
    let open = ani.makes_a_link("topi 50rb x2").await;
    let turn = open.join(&format!("{}/turn", open.path())).unwrap();
    let mut dewi = app.customer();
    assert_eq!(dewi.opens(&turn).await.url, open);
    assert!(dewi.posts(turn, &good).await.text().contains(CHOOSE), "{}", dewi.page.text());
    assert_eq!(app.order(&dewi).await.order.line, None);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_open_page_hears_that_it_is_its_turn() {
    let (app, _ani, link, budi) = a_busy_link().await;
    let mut citra = app.customer();
    citra.waits_in_line(&link, "Citra").await;
    let events = citra.page.html.split("data-events=\"").nth(1).and_then(|rest| rest.split('"').next());
    let events = events.expect("a stream").replace("&amp;", "&");
    let mut stream = app.request("GET", events.trim_start_matches('/')).send().await.expect("a stream");
    gives_up(&app, &budi).await;
    let mut heard = String::new();
    while !heard.contains("event: changed") {
        let piece = stream.chunk().await.expect("a piece").expect("the stream goes on");
        heard.push_str(&String::from_utf8_lossy(&piece));
    }
    citra.waits_for(TURN).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_network_leaves_others_their_share_of_the_line() {
    let options = Options { trusted_proxies: vec!["127.0.0.1/32".parse().unwrap()], ..Options::default() };
    let app = TestApp::start_with(options).await;
    let link = app.ani().makes_a_link("kaos hitam 150rb x1").await;
    let mut budi = app.customer();
    budi.orders(&link, "Budi", "BCA Virtual Account").await;
    // As many as may hold units of a link this small.
    let mut line = Vec::new();
    for number in 1..=4 {
        let mut bot = app.customer().from("203.0.113.7");
        let way = bot.opens(&link).await.link("Tunggu giliran");
        bot.opens(&way).await;
        app.settles().await;
        app.advance(TimeDelta::seconds(3));
        bot.sends_the_waiting_form(&format!("Bot {number}")).await;
        line.push(bot);
    }
    let fourth = line.pop().unwrap();
    assert_eq!(fourth.page.status, StatusCode::TOO_MANY_REQUESTS);
    assert!(fourth.page.text().contains("sudah banyak yang menunggu"), "{}", fourth.page.text());
    assert!(fourth.page.has_form("form[action$='/turn']"), "it can be sent again: {}", fourth.page.text());
    assert_eq!(app.orders_made(&link).await, 4, "Budi's and three in line");
    // Others stand in line as ever, and there is room again once somebody left.
    let mut citra = app.customer();
    assert!(
        citra.waits_in_line(&link, "Citra").await.text().contains("Anda nomor 4"),
        "{}",
        citra.page.text()
    );
    line[0].presses("Keluar dari antrean").await;
    let mut fourth = fourth;
    fourth.sends_the_waiting_form("Bot 4").await;
    assert!(fourth.page.text().contains("Anda nomor 4"), "{}", fourth.page.text());
}

#[tokio::test(flavor = "multi_thread")]
async fn who_follows_an_order_in_chat_hears_there_whose_turn_it_is() {
    let (app, _ani, link, budi) = a_busy_link().await;
    let mut citra = app.customer();
    citra.waits_in_line(&link, "Citra").await;
    let chat = follows_in_chat(&app, &citra).await;
    let heard = chat.phone.messages().len();

    gives_up(&app, &budi).await;
    citra.waits_for(TURN).await;
    let news = chat.reads(TURN).await;
    assert!(news.text.contains("siapa yang lebih dulu memilih"), "{}", news.text);
    assert!(news.text.contains("/orders/"), "it leads to the order's page: {}", news.text);
    app.settles().await;
    assert_eq!(chat.phone.messages().len(), heard + 1, "{}", chat.phone.transcript());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_turn_that_is_over_when_the_chat_can_be_reached_is_not_told() {
    let (app, _ani, link, budi) = a_busy_link().await;
    let mut citra = app.customer();
    citra.waits_in_line(&link, "Citra").await;
    let chat = follows_in_chat(&app, &citra).await;
    let heard = chat.phone.messages().len();
    let away = Fault::ServerError(503);
    app.telegram.misbehave(Misbehaviour::on("sendMessage", away).in_chat(chat.phone.id()).times(1));
    gives_up(&app, &budi).await;
    citra.waits_for(TURN).await;
    app.customer().orders(&link, "Dewi", "QRIS").await;
    app.advance(TimeDelta::minutes(2));
    app.settles().await;
    assert_eq!(chat.phone.messages().len(), heard, "{}", chat.phone.transcript());
}
