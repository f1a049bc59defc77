//! How a shop shows itself to its customers: colour, picture, who sells, and what was sold.

use chrono::TimeDelta;
use tautan::domain::id::TelegramId;
use tautan::simulator::telegram::Person;
use url::Url;

use crate::goods_photo::jpeg;
use crate::support::seller::Seller;
use crate::support::test_app::{Options, TestApp};

const ANI: i64 = 900_001;

/// The same person under another public name.
fn is_called(app: &TestApp, id: i64, chat_name: Option<&str>) {
    let username = chat_name.map(str::to_owned);
    app.telegram.person(Person { username, ..Person::named(id, "Ani", "id") });
}

async fn opens_the_face(seller: &Seller) -> String {
    seller.says("/settings").await;
    seller.presses("🎨 Tampilan toko").await.text
}

async fn page_of(app: &TestApp, link: &Url) -> String {
    let mut budi = app.customer();
    budi.opens(link).await;
    budi.page.html.clone()
}

/// The path of the shop's picture on a page.
fn logo(html: &str) -> Option<&str> {
    let (_, rest) = html.split_once("<p class=\"store\"><img src=\"")?;
    rest.split('"').next()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_shop_has_a_colour_and_a_picture() {
    let app = TestApp::start().await;
    let (ani, citra) = (app.ani(), app.person("Citra", "id"));
    let link = ani.makes_a_link("kaos 75rb").await;
    let foreign = citra.makes_a_link("topi 50rb").await;
    assert!(!page_of(&app, &link).await.contains("@media screen{:root"));

    let face = opens_the_face(&ani).await;
    for words in ["Foto: belum ada", "Warna: 🟢 Hijau", "Nama chat: tidak ditampilkan"] {
        assert!(face.contains(words), "{words:?} in {face}");
    }
    ani.presses("🎨 Warna").await;
    let face = ani.presses("🔵 Biru").await;
    assert!(face.text.contains("Warna: 🔵 Biru"), "{}", face.text);
    let html = page_of(&app, &link).await;
    assert!(html.contains("--accent:#1a56b0") && html.contains("--accent:#8fbcff"), "{html}");

    ani.presses("🖼 Foto").await;
    let asked = ani.says("ini").await;
    assert!(asked.text.contains("Kirim sebagai foto"), "{}", asked.text);
    let face = ani.sends_picture(&jpeg(320, 320, 1), "").await;
    assert!(face.text.contains("Foto: ada"), "{}", face.text);
    let html = page_of(&app, &link).await;
    let shown = logo(&html).expect("a picture").to_owned();
    assert!(!page_of(&app, &foreign).await.contains("<p class=\"store\"><img"));
    let response = app.request("GET", &shown).send().await.unwrap();
    assert_eq!(response.headers()["content-type"], "image/jpeg");
    assert!(response.headers()["cache-control"].to_str().unwrap().contains("immutable"));
    assert_eq!(response.bytes().await.unwrap().as_ref(), jpeg(320, 320, 1));
    let elsewhere = shown.replacen(link.path(), foreign.path(), 1);
    for path in [elsewhere.as_str(), &format!("{}/shop/none", link.path())] {
        assert_eq!(app.request("GET", path).send().await.unwrap().status(), 404, "{path}");
    }

    ani.presses("🖼 Foto").await;
    ani.sends_picture(&jpeg(320, 320, 2), "").await;
    let html = page_of(&app, &link).await;
    assert_ne!(logo(&html), Some(shown.as_str()));
    ani.presses("🖼 Foto").await;
    let face = ani.presses("🗑 Tanpa foto").await;
    assert!(face.text.contains("Foto: belum ada"), "{}", face.text);
    assert_eq!(logo(&page_of(&app, &link).await), None);
    assert_eq!(app.request("GET", &shown).send().await.unwrap().status(), 404);
    assert_eq!(app.database().texts("select cast(count(*) as text) from link_photos").await.unwrap(), ["0"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn customers_read_the_chat_name_that_telegram_gives_and_no_other() {
    let app = TestApp::start().await;
    let ani = app.person_of(ANI, "Ani", "id");
    let link = ani.makes_a_link("kaos 75rb").await;
    opens_the_face(&ani).await;
    let told = ani.presses("💬 Nama chat").await;
    assert!(told.text.contains("belum punya nama pengguna"), "{}", told.text);

    is_called(&app, ANI, Some("toko_ani"));
    opens_the_face(&ani).await;
    assert!(!page_of(&app, &link).await.contains("toko_ani"));
    let face = ani.presses("💬 Tampilkan @toko_ani").await;
    assert!(face.text.contains("Nama chat: @toko_ani"), "{}", face.text);
    let html = page_of(&app, &link).await;
    assert!(
        html.contains("<a href=\"https://t.me/toko_ani\" rel=\"noopener noreferrer\">@toko_ani</a>"),
        "{html}"
    );

    is_called(&app, ANI, Some("ani_baru"));
    ani.says("/home").await;
    let html = page_of(&app, &link).await;
    assert!(html.contains("https://t.me/ani_baru") && !html.contains("toko_ani"), "{html}");
    is_called(&app, ANI, None);
    let face = opens_the_face(&ani).await;
    assert!(face.contains("pemiliknya belum punya nama"), "{face}");
    assert!(!page_of(&app, &link).await.contains("ani_baru"));
    is_called(&app, ANI, Some("ani_lagi"));
    ani.says("/home").await;
    assert!(page_of(&app, &link).await.contains("https://t.me/ani_lagi"));
    opens_the_face(&ani).await;
    let face = ani.presses("🙈 Sembunyikan").await;
    assert!(face.text.contains("Nama chat: tidak ditampilkan"), "{}", face.text);
    assert!(!page_of(&app, &link).await.contains("ani_lagi"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_chat_name_that_nobody_confirms_is_not_shown() {
    let app = TestApp::start().await;
    let ani = app.person_of(ANI, "Ani", "id");
    let link = ani.makes_a_link("kaos 75rb").await;
    is_called(&app, ANI, Some("toko_ani"));
    opens_the_face(&ani).await;
    let face = ani.presses("💬 Tampilkan @toko_ani").await;
    assert!(face.text.contains("paling lambat setiap 7 hari"), "{}", face.text);

    // Each word of hers confirms the name for a week.
    for _ in 0..2 {
        app.settles().await;
        app.advance(TimeDelta::days(6));
        app.services().forget_old_rows().await.unwrap();
        assert!(page_of(&app, &link).await.contains("https://t.me/toko_ani"));
        ani.says("/home").await;
    }
    // Meanwhile the name may be anybody's.
    app.settles().await;
    app.advance(TimeDelta::days(7) + TimeDelta::minutes(1));
    app.services().forget_old_rows().await.unwrap();
    assert!(!page_of(&app, &link).await.contains("toko_ani"));
    ani.says("/home").await;
    assert!(page_of(&app, &link).await.contains("https://t.me/toko_ani"));
}

#[tokio::test(flavor = "multi_thread")]
async fn staff_look_and_change_nothing_and_who_is_no_owner_any_more_is_not_named() {
    let app = TestApp::start().await;
    let (ani, budi) = (app.person_of(ANI, "Ani", "id"), app.person("Budi", "id"));
    let link = ani.makes_a_link("kaos 75rb").await;
    ani.invites(&budi, "🧑 Staf").await;
    let face = opens_the_face(&budi).await;
    assert!(face.contains("Warna: 🟢 Hijau"), "{face}");
    assert_eq!(budi.buttons(), ["◀ Kembali"]);

    is_called(&app, ANI, Some("toko_ani"));
    opens_the_face(&ani).await;
    ani.presses("💬 Tampilkan").await;
    assert!(page_of(&app, &link).await.contains("toko_ani"));
    for (person, label) in [(&ani, "🧑 Budi"), (&ani, "👑 Pemilik"), (&budi, "👑 Ani"), (&budi, "🧑 Staf")]
    {
        if label.ends_with("Budi") || label.ends_with("Ani") {
            person.says("/settings").await;
            person.presses("👥 Tim").await;
        }
        person.presses(label).await;
    }
    assert!(!page_of(&app, &link).await.contains("toko_ani"));
}

#[tokio::test(flavor = "multi_thread")]
async fn paid_orders_are_counted_once_and_only_with_real_money() {
    let options = Options { live_account: true, admins: vec![TelegramId(ANI)], ..Options::default() };
    let app = TestApp::start_with(options).await;
    let ani = app.person_of(ANI, "Ani", "id");
    let practice = ani.makes_a_link("latihan 10rb").await;
    let mut siti = app.customer();
    siti.orders(&practice, "Siti", "BCA").await;
    siti.pays().await;
    siti.waits_for("Lunas").await;
    app.database().execute("update merchants set mode = 'live'").await.unwrap();
    let link = ani.makes_a_link("kaos 75rb").await;
    assert!(!page_of(&app, &link).await.contains("sudah lunas di sini"));

    for (name, words) in [("Budi", "1 pesanan sudah lunas"), ("Citra", "2 pesanan sudah lunas")] {
        let mut customer = app.customer();
        customer.orders(&link, name, "BCA").await;
        customer.pays().await;
        customer.waits_for("Lunas").await;
        app.settles().await;
        let html = page_of(&app, &link).await;
        assert!(html.contains(words), "{words}: {html}");
    }
    assert!(!page_of(&app, &practice).await.contains("sudah lunas di sini"));
    assert!(app.services().watch_books().await.unwrap());

    // What a program of an earlier version did not count is counted again; what never was is a fault.
    app.database().execute("update merchants set paid_orders = 0").await.unwrap();
    assert!(app.services().watch_books().await.unwrap());
    assert!(page_of(&app, &link).await.contains("2 pesanan sudah lunas"));
    app.database().execute("update merchants set paid_orders = 3").await.unwrap();
    let report = app.services().audit().await.unwrap();
    assert_eq!(report.faults[0].what, "it says 3 paid orders, there are 2");
    app.database().execute("update merchants set paid_orders = 2").await.unwrap();
}
