//! T20: every situation that a link can be in, in both languages and without script: the right page, the
//! right status, and nothing made.

#![expect(clippy::unwrap_used, reason = "a story that cannot go on fails")]

use chrono::TimeDelta;
use reqwest::StatusCode;
use url::Url;

use super::Promise;
use crate::support::customer::Customer;
use crate::support::test_app::{Options, TestApp};

/// What stands on the page, in Indonesian and in English.
type Words = [&'static str; 2];

const DELETED: Words = ["sudah menarik tautan ini.", "has taken this link back."];
const PAUSED: Words = ["Tautan ini sedang istirahat.", "This link is taking a break."];
const NOT_OPEN: Words = ["Belum waktunya.", "It is not time yet."];
const EXPIRED: Words = ["Masa berlaku tautan ini sudah habis.", "This link has ended."];
const SOLD_OUT: Words = ["Sudah habis.", "Sold out."];
const BUSY: Words = ["Sedang ada yang membayar.", "Someone is paying right now."];
const OWN: Words = ["Lanjutkan pembayaran", "Continue your payment"];
const OWN_PAID: Words = ["Ini sudah Anda bayar.", "You have paid this."];
const LOST: Words = ["Tidak ada apa-apa di alamat ini.", "There is nothing at this address."];
const SANDBOX: Words = ["Mode latihan", "Practice mode"];
const ENDED: Words = ["Pesanan ini berakhir tanpa pembayaran.", "This order has ended without a payment."];

const GOOD: [(&str, &str); 4] =
    [("name", "Budi"), ("phone", "081234567890"), ("email", "budi@example.test"), ("website", "")];

const ACTIVE_LINE: &str = "kaos hitam 150rb x1 3d";

#[tokio::test(flavor = "multi_thread")]
async fn t20_every_wrong_link_says_what_it_is_and_makes_nothing() {
    let mut promise = Promise::new(20, "13 situations, 2 languages: status and sentence; 0 orders, 0 holds");
    where_there_is_no_link_the_page_says_so().await;
    a_deleted_link_is_gone_for_looking_and_for_buying().await;
    a_paused_link_says_that_it_takes_a_break().await;
    a_link_before_its_time_says_when().await;
    an_expired_link_says_since_when().await;
    a_used_up_link_is_sold_out_and_a_busy_one_is_not().await;
    a_named_customers_link_knows_its_customer_and_shows_no_contact().await;
    an_order_that_is_over_offers_what_can_still_be_done().await;
    a_sandbox_link_says_that_no_money_moves().await;
    promise.measured("all as they should be");
}

async fn where_there_is_no_link_the_page_says_so() {
    let app = TestApp::start().await;
    app.ani().makes_a_link(ACTIVE_LINE).await;
    for path in ["no-such-link", "abcdefghijklmnopqrstuvwxyz", "wp-login.php", "%F0%9F%8E%81", "a%00b"] {
        let url = app.base_url.join(path).unwrap();
        sees(&mut app.customer(), &url, 404, LOST).await;
    }
    let order = app.base_url.join("orders/abcdefghijklmnopqrstuvwxy2").unwrap();
    sees(&mut app.customer(), &order, 404, LOST).await;
    let answer = order_by_hand(&app, &app.base_url.join("no-such-link").unwrap()).await;
    assert_eq!(answer, 404);
}

async fn a_deleted_link_is_gone_for_looking_and_for_buying() {
    let app = TestApp::start().await;
    let ani = app.ani();
    let link = ani.makes_a_link(ACTIVE_LINE).await;
    ani.presses("🗑 Hapus").await;
    ani.presses("🗑 Ya, hapus").await;
    ani.reads("Dihapus").await;
    stays_closed(&app, &link, DELETED, [410, 410]).await;
}

async fn a_paused_link_says_that_it_takes_a_break() {
    let app = TestApp::start().await;
    let link = app.ani().makes_a_link(ACTIVE_LINE).await;
    app.sets(&link, "paused_at", app.link(&link).await.created_at).await;
    stays_closed(&app, &link, PAUSED, [200, 409]).await;
}

async fn a_link_before_its_time_says_when() {
    let app = TestApp::start().await;
    let link = app.ani().makes_a_link(ACTIVE_LINE).await;
    let opens_at = app.link(&link).await.created_at + TimeDelta::days(1);
    app.sets(&link, "opens_at", opens_at).await;
    stays_closed(&app, &link, NOT_OPEN, [200, 409]).await;
    let when = tautan::domain::instant_text::display_instant(
        opens_at,
        chrono_tz::Asia::Jakarta,
        tautan::domain::language::Language::Indonesian,
    );
    let mut budi = app.customer();
    budi.opens(&link).await;
    assert!(budi.page.text().contains(&format!("mulai {when}")), "{}", budi.page.text());
}

async fn an_expired_link_says_since_when() {
    let app = TestApp::start().await;
    let link = app.ani().makes_a_link(ACTIVE_LINE).await;
    app.settles().await;
    app.advance(TimeDelta::days(3));
    stays_closed(&app, &link, EXPIRED, [200, 410]).await;
}

async fn a_used_up_link_is_sold_out_and_a_busy_one_is_not() {
    let app = TestApp::start().await;
    let ani = app.ani();
    let link = ani.makes_a_link(ACTIVE_LINE).await;
    let mut budi = app.customer();
    budi.orders(&link, "Budi", "QRIS").await;
    stays_closed(&app, &link, BUSY, [200, 409]).await;
    // For the one who pays it is no closed door, before and after.
    let order = budi.page.url.clone();
    sees(&mut budi, &link, 200, OWN).await;
    // A form that Budi had open in another tab leads to the order there is.
    budi.posts(order_form(&link), &GOOD).await;
    assert_eq!((budi.page.status.as_u16(), budi.page.url.path()), (200, order.path()));
    assert_eq!((app.orders_made(&link).await, app.units(&link).await), (1, (0, 1)));
    budi.opens(&order).await;
    budi.pays().await;
    ani.reads("dari Budi").await;
    stays_closed(&app, &link, SOLD_OUT, [200, 409]).await;
    sees(&mut budi, &link, 200, OWN_PAID).await;
    assert!(!budi.page.text().contains("Sold out."), "{}", budi.page.text());
    budi.posts(order_form(&link), &GOOD).await;
    assert_eq!(budi.page.status, 409, "paid is paid");
    assert_eq!((app.orders_made(&link).await, app.units(&link).await), (1, (1, 0)));
}

async fn a_named_customers_link_knows_its_customer_and_shows_no_contact() {
    let app = TestApp::start().await;
    let link = app.ani().makes_a_link("lukisan 150rb x1 for:Budi,08123456789,budi@toko.id").await;
    let mut anyone = app.customer();
    sees(&mut anyone, &link, 200, ["Halo Budi!", "Hello Budi!"]).await;
    for secret in ["8123456789", "budi@toko.id"] {
        assert!(!anyone.page.html.contains(secret), "{secret} is printed");
    }
    assert!(anyone.page.form("form[action$='/orders']").asks.iter().all(|field| field == "website"));
    anyone.fills_in("", "", "").await;
    anyone.presses("QRIS").await;
    sees(&mut app.customer(), &link, 200, OWN).await;
    assert_eq!(app.orders_made(&link).await, 1);
}

async fn an_order_that_is_over_offers_what_can_still_be_done() {
    let app = TestApp::start().await;
    let link = app.ani().makes_a_link("kaos hitam 150rb").await;
    let mut budi = app.customer();
    budi.opens(&link).await;
    budi.fills_in("Budi", "0812-3456-7890", "budi@example.test").await;
    let order = budi.page.url.clone();
    let choice = order.join(&format!("{}/attempts", order.path())).unwrap();
    app.settles().await;
    app.advance(TimeDelta::hours(25));
    app.services().forget_old_rows().await.unwrap();
    sees(&mut budi, &order, 200, ENDED).await;
    budi.posts(choice, &[("method", "qris")]).await;
    assert_eq!(budi.page.status, 409);
    assert_eq!((app.bank.transactions().len(), app.units(&link).await), (0, (0, 0)));
    budi.opens(&link).await;
    assert!(budi.page.has_form("form[action$='/orders']"), "a new one can be made: {}", budi.page.text());
}

async fn a_sandbox_link_says_that_no_money_moves() {
    let app = TestApp::start_with(Options { live_account: true, ..Options::default() }).await;
    let link = app.ani().makes_a_link(ACTIVE_LINE).await;
    sees(&mut app.customer(), &link, 200, SANDBOX).await;
    let mut budi = app.customer();
    budi.orders(&link, "Budi", "QRIS").await;
    assert!(budi.page.text().contains(SANDBOX[0]), "{}", budi.page.text());
    let preview = budi.opens(&link).await.html.clone();
    assert!(preview.contains("og:title"), "the preview is drawn");
}

#[tokio::test(flavor = "multi_thread")]
async fn looking_changes_nothing_whoever_looks() {
    let app = TestApp::start().await;
    let link = app.ani().makes_a_link(ACTIVE_LINE).await;
    let before = app.link(&link).await;
    let agents = [
        ("WhatsApp/2.23.20.0", ""),
        ("TelegramBot (like TwitterBot)", ""),
        ("facebookexternalhit/1.1", ""),
        ("Googlebot/2.1", ""),
        ("Mozilla/5.0", "prefetch"),
        ("Mozilla/5.0", "prefetch;prerender"),
    ];
    for (agent, purpose) in agents {
        for verb in ["GET", "HEAD"] {
            let mut request = app.request(verb, link.path()).header("user-agent", agent);
            if !purpose.is_empty() {
                request = request.header("sec-purpose", purpose);
            }
            let answer = request.send().await.unwrap();
            assert_eq!(answer.status(), StatusCode::OK, "{verb} by {agent}");
            assert!(!answer.headers().contains_key("set-cookie"), "{verb} by {agent} is remembered");
        }
    }
    // A crawler that follows the form's address by GET makes nothing either.
    let form = format!("{}/orders", link.path());
    assert_eq!(app.request("GET", &form).send().await.unwrap().status(), 405);
    assert_eq!(app.link(&link).await, before);
    assert_eq!(app.orders_made(&link).await, 0);
}

/// The page says how it stands, and a form that was opened before is refused; no order, no hold, no charge.
async fn stays_closed(app: &TestApp, link: &Url, words: Words, statuses: [u16; 2]) {
    let (orders, held) = (app.orders_made(link).await, app.units(link).await);
    let charges = app.bank.transactions().len();
    let mut stranger = app.customer();
    sees(&mut stranger, link, statuses[0], words).await;
    assert!(!stranger.page.has_form("form[action$='/orders']"), "{}", stranger.page.text());
    assert_eq!(order_by_hand(app, link).await, statuses[1]);
    if words != BUSY {
        // Only where all of it is being paid for is there a line.
        let turn = link.join(&format!("{}/turn", link.path())).expect("an address");
        let request = app.request("POST", turn.path()).form(&GOOD);
        assert_eq!(request.send().await.expect("an answer").status().as_u16(), statuses[1]);
    }
    assert_eq!((app.orders_made(link).await, app.units(link).await), (orders, held));
    assert_eq!(app.bank.transactions().len(), charges);
}

/// Opens a page in both languages.
async fn sees(customer: &mut Customer, url: &Url, status: u16, words: Words) {
    for (language, words) in ["id", "en"].into_iter().zip(words) {
        customer.accept_language = language.to_owned();
        customer.opens(&with_language(url, language)).await;
        assert_eq!(customer.page.status, status, "{url} in {language}: {}", customer.page.text());
        let page = customer.page.text();
        assert!(page.contains(words), "{url} in {language} says no {words:?}: {page}");
        assert!(customer.page.html.contains(&format!("<html lang=\"{language}\"")), "{url} in {language}");
    }
}

/// Orders keep the language they were made in, so it is asked for in the address.
fn with_language(url: &Url, language: &str) -> Url {
    let mut url = url.clone();
    url.set_query(Some(&format!("lang={language}")));
    url
}

/// Sends the form as someone does who had it open before.
async fn order_by_hand(app: &TestApp, link: &Url) -> u16 {
    let request = app.request("POST", order_form(link).path()).form(&GOOD);
    request.send().await.expect("an answer").status().as_u16()
}

fn order_form(link: &Url) -> Url {
    link.join(&format!("{}/orders", link.path())).expect("an address")
}
