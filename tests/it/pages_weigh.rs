//! A page is there after one round trip on a bad line: head, style and script in it, as it goes over the wire.

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use url::Url;

use tautan::domain::id::TelegramId;
use tautan::simulator::telegram::Person;

use crate::goods_photo::jpeg;
use crate::support::seller::Seller;
use crate::support::test_app::{Options, TestApp};

/// Ani, whose public name is as long as Telegram lets it be.
const ANI: i64 = 7_001;

/// Ten packets of 1,460 bytes are what a server may send before it hears back (RFC 6928), less what TLS adds.
const LINK_PAGE_MAX: usize = 14_336;

/// What Chromium on a phone sends with every page that it opens.
const USUAL: &str = "Accept: text/html,application/xhtml+xml;q=0.9,*/*;q=0.8\r\nSec-Fetch-Dest: document\r\n\
                     Accept-Encoding: gzip, deflate, br, zstd\r\nConnection: close\r\n";

#[tokio::test(flavor = "multi_thread")]
async fn the_fullest_pages_of_links_come_with_the_first_round_trip() {
    let options = Options { live_account: true, admins: vec![TelegramId(ANI)], ..Options::default() };
    let app = TestApp::start_with(options).await;
    let ani = app.person_of(ANI, "Ani", "id");
    let mut links = the_fullest_links(&app, &ani).await;
    // Real money brings the count of paid orders, and takes the band that says that it is play money.
    app.database().execute("update merchants set mode = 'live'").await.unwrap();
    let sold = with_photo(&ani).await;
    let mut budi = app.customer();
    budi.orders(&sold, "Budi", "BCA Virtual Account").await;
    budi.pays().await;
    budi.waits_for("Lunas").await;
    app.settles().await;
    assert!(body(&app, &sold).await.contains("1 pesanan sudah lunas"));
    links.push(("real money", sold));
    for (kind, link) in links {
        for language in ["id", "en"] {
            let bytes = weight(&link, language).await;
            assert!(body(&app, &link).await.contains(">@toko_ani_yang"), "{kind}: its face is on it");
            println!("link, {kind}, {language}: {bytes} bytes");
            assert!(bytes <= LINK_PAGE_MAX, "{kind}, {language}: {bytes} bytes on the wire");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_weight_of_the_other_pages_is_told() {
    let app = TestApp::start().await;
    let link = app.ani().makes_a_link(&format!("{} 150rb 3d", words(90))).await;
    for method in ["QRIS", "BCA Virtual Account", "Mandiri Bill Payment"] {
        let mut budi = app.customer();
        budi.opens(&link).await;
        budi.fills_in("Budi Santoso", "0812-3456-7890", "budi@example.test").await;
        let order = budi.page.url.clone();
        tells("choosing", &order).await;
        budi.presses(method).await;
        tells(method, &order).await;
        budi.pays().await;
        budi.waits_for("Lunas").await;
        tells("paid", &order).await;
        tells("receipt", &budi.page.link("Lihat bukti bayar")).await;
    }
    tells("icon", &link.join("/favicon.ico").expect("an address")).await;
    app.settles().await;
}

/// Links with as much on their pages as a seller can put there.
async fn the_fullest_links(app: &TestApp, ani: &Seller) -> Vec<(&'static str, Url)> {
    ani.makes_a_link("awal 10rb").await;
    ani.says("/settings").await;
    ani.presses("🏪").await;
    ani.says(&words(50)).await;
    shows_its_face(app, ani).await;

    let pieces = with_photo(ani).await;

    ani.says_and_reads("/new", "1 dari 5").await;
    ani.says_and_reads(&words(100), "2 dari 5").await;
    ani.presses("🧾 Beberapa barang").await;
    let lines: Vec<String> = (1..=20).map(|line| format!("{} {line}rb x2", words(60 + line))).collect();
    ani.says_and_reads(&lines.join("\n"), "3 dari 5").await;
    ani.presses("∞").await;
    ani.presses("∞ Tanpa waktu").await;
    ani.presses("Siapa saja").await;
    ani.presses("✅ Buat").await;
    let bill = ani.links().pop().expect("a link");

    let line = format!("{} 50rb-200rb saran 100rb 3d", words(100));
    let own_amount = ani.makes_a_link(&line).await;
    vec![("photo and pieces", pieces), ("bill of twenty", bill), ("own amount", own_amount)]
}

/// A colour, a picture and a verified chat name.
async fn shows_its_face(app: &TestApp, ani: &Seller) {
    let name = "toko_ani_yang_namanya_panjang_32".to_owned();
    app.telegram.person(Person { username: Some(name), ..Person::named(ANI, "Ani", "id") });
    ani.says("/settings").await;
    ani.presses("🎨 Tampilan toko").await;
    ani.presses("🎨 Warna").await;
    ani.presses("🔵 Biru").await;
    ani.presses("🖼 Foto").await;
    ani.sends_picture(&jpeg(320, 320, 1), "").await;
    ani.presses("💬 Tampilkan @").await;
}

/// A link with a photo for several pieces.
async fn with_photo(ani: &Seller) -> Url {
    ani.sends_picture(&jpeg(1280, 960, 1), &format!("{} 75rb x10 qty:5 3d", words(100))).await;
    ani.presses("✅ Buat").await;
    ani.links().pop().expect("a link")
}

/// So many characters that say nothing twice, as far as letters can.
fn words(characters: usize) -> String {
    let mut state = 7 + characters as u64;
    let mut next = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let letter = b"abcdefghijklmnoprstu"[(state >> 33) as usize % 20];
        char::from(letter)
    };
    (0..characters)
        .map(|place| if place % 8 == 7 { ' ' } else { next() })
        .collect::<String>()
        .trim()
        .to_owned()
}

async fn body(app: &TestApp, link: &Url) -> String {
    let mut customer = app.customer();
    customer.opens(link).await;
    customer.page.html.clone()
}

async fn tells(kind: &str, page: &Url) {
    println!("{kind}: {} bytes", weight(page, "id").await);
}

/// Bytes that come over the wire for a page: head and body, packed as browsers ask for it.
async fn weight(page: &Url, language: &str) -> usize {
    let address = page.socket_addrs(|| None).expect("an address")[0];
    let mut stream = TcpStream::connect(address).await.expect("a connection");
    let head = format!(
        "GET {} HTTP/1.1\r\nHost: {address}\r\nAccept-Language: {language}\r\n{USUAL}\r\n",
        page.path()
    );
    stream.write_all(head.as_bytes()).await.expect("the request is sent");
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await.expect("the whole page");
    let head_end = answer.windows(4).position(|four| four == b"\r\n\r\n").expect("a head");
    let head = String::from_utf8_lossy(&answer[..head_end]).to_ascii_lowercase();
    assert!(head.starts_with("http/1.1 200"), "{page}: {head}");
    assert!(page.path().ends_with(".ico") || head.contains("content-encoding: gzip"), "{page}: {head}");
    answer.len()
}
