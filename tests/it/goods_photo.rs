//! A seller sends a picture of what is sold, and customers see it.

use chrono::TimeDelta;
use tautan::domain::merchant::Role;
use tautan::services::backup::back_up;
use tautan::storage::Storage;
use tempfile::TempDir;
use url::Url;

use crate::support::customer::Customer;
use crate::support::database::TestDatabase;
use crate::support::test_app::TestApp;

/// The smallest file that says it is a picture of this size; `mark` makes two of them differ.
pub fn jpeg(width: u16, height: u16, mark: u8) -> Vec<u8> {
    let [wide, narrow] = width.to_be_bytes();
    let [high, low] = height.to_be_bytes();
    let mut bytes = vec![0xff, 0xd8, 0xff, 0xe0, 0, 4, 1, mark];
    bytes.extend([0xff, 0xc0, 0, 11, 8, high, low, wide, narrow, 1, 1, 0x11, 0]);
    bytes.extend([0xff, 0xda, 0, 2, 0xff, 0xd9]);
    bytes
}

/// The address in an attribute of the page.
fn attribute(customer: &Customer, before: &str) -> Option<Url> {
    let (_, rest) = customer.page.html.split_once(before)?;
    customer.page.url.join(rest.split('"').next()?).ok()
}

fn picture(customer: &Customer) -> Option<Url> {
    attribute(customer, "<img class=\"photo\" src=\"")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_captioned_picture_is_a_link_and_its_page_and_preview_show_it() {
    let app = TestApp::start().await;
    let ani = app.ani();
    ani.makes_a_link("awal 10rb").await;
    let card = ani.sends_picture(&jpeg(1280, 960, 1), "Kaos <polos> 75rb x10").await;
    for words in ["Sudah benar?", "Kaos <polos> · Rp75.000", "🖼 Dengan foto"] {
        assert!(card.text.contains(words), "{words:?} in {}", card.text);
    }
    ani.presses("✅ Buat").await;
    let link = ani.links().pop().unwrap();
    let mut budi = app.customer();
    budi.opens(&link).await;
    let shown = picture(&budi).expect("a picture on the page");
    for words in ["width=\"1280\" height=\"960\"", "alt=\"Kaos &#60;polos&#62;\"", "fetchpriority=\"high\""] {
        assert!(budi.page.html.contains(words), "{words:?} in {}", budi.page.html);
    }
    let preview = attribute(&budi, "og:image\" content=\"").expect("a picture in the preview");
    let drawn = app.request("GET", preview.path()).send().await.unwrap();
    assert_eq!(drawn.status(), 200);
    assert_eq!(drawn.headers()["content-type"], "image/png");
    assert!(budi.page.html.contains("summary_large_image"));

    let response = app.request("GET", shown.path()).send().await.unwrap();
    let header = |name: &str| response.headers()[name].to_str().unwrap().to_owned();
    assert_eq!(header("content-type"), "image/jpeg");
    assert_eq!(header("x-content-type-options"), "nosniff");
    assert!(header("cache-control").contains("immutable"));
    assert_eq!(response.bytes().await.unwrap().as_ref(), jpeg(1280, 960, 1));
    for wrong in ["00", "zz", &"0".repeat(64)] {
        let path = format!("{}/photo/{wrong}", link.path());
        assert_eq!(app.request("GET", &path).send().await.unwrap().status(), 404, "{path}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_picture_alone_begins_a_link_and_one_at_any_question_belongs_to_its_draft() {
    let app = TestApp::start().await;
    let ani = app.ani();
    ani.makes_a_link("awal 10rb").await;
    let asked = ani.sends_picture(&jpeg(800, 800, 1), "").await;
    assert!(
        asked.text.contains("Fotonya sudah saya simpan") && asked.text.contains("1 dari 5"),
        "{}",
        asked.text
    );
    ani.says_and_reads("Topi", "2 dari 5").await;
    let asked = ani.sends_picture(&jpeg(900, 800, 2), "yang ini saja").await;
    assert!(asked.text.contains("2 dari 5") && asked.text.contains("Topi"), "{}", asked.text);
    ani.says_and_reads("50rb", "3 dari 5").await;
    ani.presses("∞").await;
    ani.presses("∞ Tanpa waktu").await;
    ani.presses("Siapa saja").await;
    ani.presses("✅ Buat").await;
    let link = ani.links().pop().unwrap();
    let mut budi = app.customer();
    budi.opens(&link).await;
    assert!(budi.page.html.contains("width=\"900\" height=\"800\""), "{}", budi.page.html);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_picture_is_replaced_taken_off_and_copied_to_a_link_like_it() {
    let app = TestApp::start().await;
    let ani = app.ani();
    let link = ani.makes_a_link("Kaos 75rb").await;
    let mut budi = app.customer();
    budi.opens(&link).await;
    assert_eq!(picture(&budi), None);

    ani.presses("📄 Detail").await;
    ani.presses("✏️ Ubah").await;
    ani.presses("🧺 Foto").await;
    let asks = ani.presses("🖼 Foto").await;
    assert!(asks.text.contains("Kirim fotonya ke sini"), "{}", asks.text);
    let card = ani.sends_picture(&jpeg(640, 480, 1), "").await;
    assert!(card.text.contains("Mengubah tautan") && card.text.contains("🖼 Dengan foto"), "{}", card.text);
    ani.presses("✅ Simpan").await;
    budi.opens(&link).await;
    let first = picture(&budi).expect("a picture");

    ani.presses("📑 Buat serupa").await;
    ani.presses("✅ Buat").await;
    let alike = ani.links().pop().unwrap();
    let mut sari = app.customer();
    sari.opens(&alike).await;
    assert!(picture(&sari).is_some());

    ani.presses("📄 Detail").await;
    ani.presses("✏️ Ubah").await;
    ani.presses("🧺 Foto").await;
    ani.presses("🖼 Foto").await;
    ani.presses("🗑 Lepas foto").await;
    ani.presses("✅ Simpan").await;
    sari.opens(&alike).await;
    assert_eq!(picture(&sari), None);
    assert_eq!(
        app.request("GET", first.path()).send().await.unwrap().status(),
        200,
        "the other link keeps it"
    );
    assert_eq!(app.database().texts("select cast(count(*) as text) from link_photos").await.unwrap(), ["1"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_fetched_or_read_changes_nothing_and_says_so() {
    let app = TestApp::start().await;
    let ani = app.ani();
    ani.says_and_reads("/new Kaos 75rb", "Sudah benar?").await;
    ani.phone.sends_photo();
    ani.reads("belum bisa saya ambil").await;
    let odd = ani.sends_picture(b"\x89PNG\r\n\x1a\n0123456789", "").await;
    assert!(odd.text.contains("belum bisa dibaca sebagai foto"), "{}", odd.text);
    let mut large = jpeg(4000, 3000, 1);
    large.resize((1 << 20) + 1, 0);
    let large = ani.sends_picture(&large, "").await;
    assert!(large.text.contains("terlalu besar"), "{}", large.text);
    let card = ani.presses("▶").await;
    assert!(card.text.contains("Kaos · Rp75.000") && !card.text.contains("Dengan foto"), "{}", card.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_picture_that_no_link_shows_is_forgotten_some_days_later() {
    let app = TestApp::start().await;
    let ani = app.ani();
    ani.makes_a_link("awal 10rb").await;
    ani.sends_picture(&jpeg(800, 600, 1), "Kaos 75rb").await;
    ani.presses("✅ Buat").await;
    ani.sends_picture(&jpeg(800, 600, 2), "Topi 75rb").await;
    let pictures =
        async || app.database().texts("select cast(count(*) as text) from link_photos").await.unwrap();
    assert_eq!(pictures().await, ["2"]);
    app.settles().await;
    app.advance(TimeDelta::days(8));
    app.services().forget_old_rows().await.unwrap();
    assert_eq!(pictures().await, ["1"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_may_only_look_adds_no_picture() {
    let app = TestApp::start().await;
    let ani = app.ani();
    ani.makes_a_link("awal 10rb").await;
    app.database().execute(&format!("update staff set role = '{}'", Role::Viewer.code())).await.unwrap();
    let answer = ani.sends_picture(&jpeg(800, 600, 1), "Kaos 75rb").await;
    assert!(answer.text.contains("belum bisa mengubah tautan"), "{}", answer.text);
    assert_eq!(app.database().texts("select cast(count(*) as text) from link_photos").await.unwrap(), ["0"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_picture_and_what_was_ordered_survive_a_backup() {
    let mut app = TestApp::start().await;
    let ani = app.ani();
    let folder = TempDir::new().unwrap();
    let mut large = jpeg(800, 600, 1);
    large.resize(1 << 20, 7);
    ani.makes_a_link("awal 10rb").await;
    ani.sends_picture(&large, "Kaos 75rb qty:5 pesan:\"Terima kasih!\"").await;
    ani.presses("✅ Buat").await;
    let link = ani.links().pop().unwrap();
    let mut budi = app.customer();
    budi.opens(&link).await;
    budi.types(&[("name", "Budi"), ("phone", "081234567890"), ("email", "b@example.com"), ("pieces", "2")])
        .await;
    let before = (app.link(&link).await, app.order(&budi).await.order);
    let backup = folder.path().join("backup.tautan");
    let storage = Storage::open_beside(&app.database().url(), app.time()).await.unwrap();
    back_up(&storage, &app.sealer(), &backup, &mut |_| {}).await.unwrap();
    storage.close().await;
    app.restores(&backup, TestDatabase::create().await).await;
    assert_eq!((app.link(&link).await, app.order(&budi).await.order), before);
    budi.opens(&link).await;
    let shown = picture(&budi).expect("a picture");
    let response = app.request("GET", shown.path()).send().await.unwrap();
    assert!(response.bytes().await.unwrap() == large);
}
