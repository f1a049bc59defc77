//! Where a customer may go on once an order is paid: the seller's own website, by a tap, and nowhere else.

use reqwest::StatusCode;
use url::Url;

use crate::support::customer::Customer;
use crate::support::seller::Seller;
use crate::support::test_app::TestApp;

/// What is no website of a seller's own: other schemes, other hosts than they seem, other places than the open
/// web, and what ends a header or an attribute.
const PAYLOADS: [&str; 60] = [
    "http://jahat.test/",
    "//jahat.test",
    "///jahat.test",
    "////jahat.test//",
    "/\\jahat.test",
    "\\\\jahat.test",
    "https:jahat.test",
    "https:/jahat.test",
    "https:\\\\jahat.test",
    "https://\\jahat.test",
    "https:///jahat.test",
    "https:////jahat.test",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "java%0ascript:alert(1)",
    "javascript://toko.id/%0aalert(1)",
    "data:text/html,<script>alert(1)</script>",
    "data:text/html;base64,PHNjcmlwdD4=",
    "vbscript:msgbox(1)",
    "file:///etc/passwd",
    "ftp://jahat.test/",
    "mailto:ani@jahat.test",
    "tel:+628123456789",
    "intent://jahat.test#Intent;scheme=https;end",
    "blob:https://jahat.test/1",
    "https://toko.id@jahat.test/",
    "https://toko.id:rahasia@jahat.test/",
    "https://@jahat.test/",
    "https://toko.id%40jahat.test/",
    "https://toko.id\\@jahat.test/",
    "https://toko.id\\.jahat.test/",
    "https://toko.id%2f@jahat.test/",
    "https://toko.id%00.jahat.test/",
    "https://toko.id%23.jahat.test/",
    "https://toko.id#@jahat.test/",
    "https://toko.id/#/lunas",
    "https://jahat",
    "https://localhost/",
    "https://shop.localhost/",
    "https://kasir.internal/",
    "https://127.0.0.1/",
    "https://127.1/",
    "https://0x7f000001/",
    "https://2130706433/",
    "https://[::1]/",
    "https://169.254.169.254/latest/meta-data/",
    "https://toko.id:8443/",
    "https://toko.id:/",
    "https://toko.id./",
    "https://.toko.id/",
    "https://toko..id/",
    "https://-toko.id/",
    "https://tоko.id/",
    "https://toko。id/",
    "https://toko\u{200b}.id/",
    "https://toko.id/a\u{202e}gpj.exe",
    "https://toko.id/%0d%0aLocation: https://jahat.test/",
    "https://toko.id/\"onmouseover=alert(1)",
    "https://toko.id/<svg/onload=alert(1)>",
    "https://toko.id/4811111111111114",
];

/// Leads to the question for the website of the link that sells this.
async fn asks_for_the_website(ani: &Seller, name: &str) {
    ani.says("/links").await;
    ani.presses(name).await;
    ani.presses("✏️ Ubah").await;
    ani.presses("🧺 Foto").await;
    ani.presses("↩️ Situs").await;
}

/// Addresses in a chat are broken by signs that nobody sees, so that none becomes a link by itself.
fn seen(text: &str) -> String {
    text.replace('\u{2060}', "")
}

/// The way on, as the page has it.
fn way_on(customer: &Customer) -> Option<Url> {
    let (before, _) = customer.page.html.split_once("data-go>")?;
    let (_, href) = before.rsplit_once("href=\"")?;
    Url::parse(&href.split('"').next()?.replace("&#38;", "&")).ok()
}

#[tokio::test(flavor = "multi_thread")]
async fn who_has_paid_may_go_on_to_the_sellers_website() {
    let app = TestApp::start().await;
    let ani = app.ani();
    let line = "/new kaos 75rb kembali:toko-ani.id/terima-kasih?dari=tautan&ya=1";
    let card = ani.says_and_reads(line, "Sudah benar?").await;
    assert!(seen(&card.text).contains("https://toko-ani.id/terima-kasih?dari=tautan&ya=1"), "{}", card.text);
    ani.presses("✅ Buat").await;
    let link = ani.links().pop().expect("a link");

    let mut budi = app.customer();
    budi.opens(&link).await;
    assert_eq!(way_on(&budi), None);
    budi.orders(&link, "Budi", "BCA").await;
    assert_eq!(way_on(&budi), None);
    budi.pays().await;
    budi.waits_for("Lunas").await;
    let way = way_on(&budi).expect("a way on");
    assert_eq!(way.as_str(), "https://toko-ani.id/terima-kasih?dari=tautan&ya=1");
    assert!(budi.page.text().contains("Lanjut ke toko-ani.id"), "{}", budi.page.text());
    assert!(budi.page.html.contains("rel=\"noreferrer\" data-go"), "{}", budi.page.html);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_website_is_asked_for_changed_taken_off_and_read_from_a_file() {
    let app = TestApp::start().await;
    let ani = app.ani();
    ani.makes_a_link("topi 50rb").await;
    asks_for_the_website(&ani, "topi").await;
    let card = ani.says("toko-ani.id").await;
    assert!(seen(&card.text).contains("https://toko-ani.id/"), "{}", card.text);
    let card = ani.presses("✅ Simpan").await;
    assert!(seen(&card.text).contains("https://toko-ani.id/"), "{}", card.text);
    asks_for_the_website(&ani, "topi").await;
    ani.presses("🗑 Tanpa situs").await;
    let card = ani.presses("✅ Simpan").await;
    assert!(!seen(&card.text).contains("toko-ani.id"), "{}", card.text);

    let table = "nama;harga;situs\r\nSyal;30rb;https://toko-ani.id/lunas\r\nPita;5rb;http://toko-ani.id\r\n";
    ani.says_and_reads("/new", "Mau jual apa?").await;
    let card = ani.sends_file("barang.csv", table.as_bytes(), "1 tautan siap").await;
    assert!(card.text.contains("harus mulai dengan"), "{}", card.text);
    ani.presses("✅ Buat 1 tautan").await;
    ani.reads("1 tautan jadi").await;
    ani.says("/links").await;
    let card = ani.presses("Syal").await;
    assert!(seen(&card.text).contains("https://toko-ani.id/lunas"), "{}", card.text);
}

/// T28: no address of others is ever gone to by itself. What is no website is refused where it is typed, with a
/// reason, and no response leads off our own origin.
#[tokio::test(flavor = "multi_thread")]
async fn t28_nothing_that_is_typed_or_asked_for_leads_off_our_own_pages() {
    let app = TestApp::start().await;
    let ani = app.ani();
    let link = ani.makes_a_link("topi 50rb").await;
    asks_for_the_website(&ani, "topi").await;
    // What starts with a slash is a command in a chat; in a line it is not.
    for payload in PAYLOADS.into_iter().filter(|payload| !payload.starts_with('/')) {
        let answer = ani.says(payload).await;
        assert!(answer.text.contains("https://toko-ani.id/terima-kasih"), "{payload:?}: {}", answer.text);
    }
    // In a line, blanks end the address, and signs that nobody sees are taken out of it.
    let unseen = |sign: char| sign.is_whitespace() || matches!(sign, '\u{200b}' | '\u{202e}');
    for payload in PAYLOADS.into_iter().filter(|payload| !payload.contains(unseen)) {
        let answer = ani.says(&format!("/new kaos 75rb kembali:{payload}")).await;
        assert!(answer.text.contains("https://toko-ani.id/terima-kasih"), "{payload:?}: {}", answer.text);
    }
    let mut budi = app.customer();
    budi.orders(&link, "Budi", "BCA").await;
    let order = format!("/orders/{}", budi.page.order_token().reveal());
    for payload in PAYLOADS {
        let encoded: String = url::form_urlencoded::byte_serialize(payload.as_bytes()).collect();
        for (method, path) in [
            ("GET", format!("{}?return_url={encoded}&next={encoded}&lang={encoded}", link.path())),
            ("GET", format!("{order}?return_url={encoded}&said={encoded}&redirect={encoded}")),
            ("GET", format!("{order}/receipt?return_url={encoded}")),
            ("GET", format!("/{encoded}")),
            ("GET", format!("/{encoded}/")),
            ("POST", format!("{}/question?return_url={encoded}", link.path())),
            ("POST", format!("{order}/attempts?return_url={encoded}")),
        ] {
            let response = app.request(method, &path).send().await.unwrap();
            let location = response.headers().get("location").map(|to| to.to_str().unwrap().to_owned());
            let is_own = location.as_deref().is_none_or(|to| to.starts_with('/') && !to.starts_with("//"));
            assert!(is_own, "{method} {path}: {location:?}");
            assert_ne!(response.status(), StatusCode::INTERNAL_SERVER_ERROR, "{method} {path}");
        }
    }
}
