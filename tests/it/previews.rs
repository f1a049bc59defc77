//! A link is sent to somebody, and their messenger shows what it is.

#![expect(clippy::unwrap_used, reason = "a story that cannot go on fails")]

use std::collections::{BTreeMap, BTreeSet};

use chrono::TimeDelta;
use futures::future::join_all;
use reqwest::Response;
use scraper::{Html, Selector};
use tautan::domain::language::Language;
use tautan::domain::merchant::Mode;
use url::Url;

use crate::support::test_app::TestApp;

/// How the programs call themselves that fetch previews. Instagram's is Facebook's.
const MESSENGERS: [&str; 4] = [
    "WhatsApp/2.24.10.78 A",
    "TelegramBot (like TwitterBot)",
    "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)",
    "Twitterbot/1.0",
];

/// The most bytes for which WhatsApp shows a picture.
const PICTURE_BYTES_MAX: usize = 300_000;

/// Within so many bytes of the page WhatsApp looks for tags.
const HEAD_BYTES_MAX: usize = 10_000;

type Tags = BTreeMap<String, String>;

/// The tags of a page, as this messenger is answered.
async fn tags(app: &TestApp, path: &str, messenger: &str) -> Tags {
    let request = app.request("GET", path).header("user-agent", messenger);
    let answer = request.header("range", "bytes=0-524287").send().await.unwrap();
    assert_eq!(answer.headers()["x-robots-tag"], "noindex");
    let html = answer.text().await.unwrap();
    assert!(html.find("twitter:image:alt").is_none_or(|end| end < HEAD_BYTES_MAX), "the tags stand first");
    let page = Html::parse_document(&html);
    let named = Selector::parse("meta[property], meta[name]").unwrap();
    let tag = |element: scraper::ElementRef<'_>| {
        let name = element.attr("property").or(element.attr("name"))?;
        Some((name.to_owned(), element.attr("content")?.to_owned()))
    };
    page.select(&named).filter_map(tag).collect()
}

/// The picture that the tags name, as a messenger fetches it.
async fn picture(app: &TestApp, tags: &Tags) -> Response {
    let url = Url::parse(&tags["og:image"]).unwrap();
    let request = app.request("GET", url.path()).header("user-agent", MESSENGERS[2]);
    request.header("range", "bytes=0-524287").send().await.unwrap()
}

fn header(answer: &Response, name: &str) -> String {
    answer.headers().get(name).map(|value| value.to_str().unwrap().to_owned()).unwrap_or_default()
}

fn size_of(png: &[u8]) -> (u32, u32) {
    assert!(png.starts_with(b"\x89PNG\r\n\x1a\n"));
    let number = |at: usize| u32::from_be_bytes(png[at..at + 4].try_into().unwrap());
    (number(16), number(20))
}

#[tokio::test(flavor = "multi_thread")]
async fn every_messenger_is_told_who_sells_what_and_shown_it() {
    let app = TestApp::start().await;
    let link = app.ani().makes_a_link("Kaos <hitam> 150rb x3").await;
    for messenger in MESSENGERS {
        let tags = tags(&app, link.path(), messenger).await;
        for (name, content) in [
            ("og:type", "website"),
            ("og:title", "Kaos <hitam>"),
            ("twitter:title", "Kaos <hitam>"),
            ("og:url", link.as_str()),
            ("og:locale", "id_ID"),
            ("og:locale:alternate", "en_US"),
            ("og:image:type", "image/png"),
            ("og:image:width", "1200"),
            ("og:image:height", "630"),
            ("twitter:card", "summary_large_image"),
            ("robots", "noindex"),
        ] {
            assert_eq!(tags[name], content, "{messenger}: {name}");
        }
        assert_eq!(tags["twitter:image"], tags["og:image"]);
        for name in ["og:description", "twitter:description", "og:image:alt", "twitter:image:alt"] {
            assert!(
                tags[name].contains("Rp150.000") && tags[name].contains("Mode latihan"),
                "{}",
                tags[name]
            );
        }
        let answer = picture(&app, &tags).await;
        assert_eq!(answer.status(), 200, "{messenger}");
        assert_eq!(header(&answer, "content-type"), "image/png");
        assert_eq!(header(&answer, "cache-control"), "public, max-age=31536000, immutable");
        assert_eq!(header(&answer, "x-robots-tag"), "noindex");
        assert!(header(&answer, "content-encoding").is_empty(), "it is packed already");
        let length: usize = header(&answer, "content-length").parse().unwrap();
        let png = answer.bytes().await.unwrap();
        assert_eq!((png.len(), size_of(&png)), (length, (1_200, 630)));
        assert!(length <= PICTURE_BYTES_MAX, "{length} bytes");
    }
    assert_eq!(app.services().write_views().await.unwrap(), 0, "none of it is somebody's look at the page");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_picture_is_kept_for_good_and_an_old_one_leads_to_how_the_link_stands() {
    let app = TestApp::start().await;
    let ani = app.ani();
    let link = ani.makes_a_link("Kaos 150rb x3").await;
    let get = async |path: &str, known: &str| {
        app.request("GET", path).header("if-none-match", known).send().await.unwrap()
    };
    let path =
        Url::parse(&tags(&app, link.path(), MESSENGERS[0]).await["og:image"]).unwrap().path().to_owned();
    let first = get(&path, "").await;
    let tag = header(&first, "etag");
    let first = first.bytes().await.unwrap();
    let known = get(&path, &tag).await;
    assert_eq!((known.status().as_u16(), header(&known, "etag")), (304, tag));
    let head = app.request("HEAD", &path).send().await.unwrap();
    assert_eq!(header(&head, "content-length"), first.len().to_string());

    app.sets(&link, "paused_at", app.link(&link).await.created_at).await;
    let late = get(&path, "").await;
    assert_eq!(
        (late.status().as_u16(), header(&late, "cache-control").as_str()),
        (200, "public, max-age=60")
    );
    assert_ne!(late.bytes().await.unwrap(), first, "whoever sent the link long ago sees how it stands");
    let slug = link.path();
    for wrong in
        [format!("{slug}/preview/00"), format!("{slug}/preview/"), "/nobody/preview/00.png".to_owned()]
    {
        assert_eq!(get(&wrong, "").await.status(), 404, "{wrong}");
    }
    ani.presses("🗑 Hapus").await;
    ani.presses("🗑 Ya, hapus").await;
    ani.reads("Dihapus").await;
    assert_eq!(get(&path, "").await.status(), 410);
    let gone = tags(&app, link.path(), MESSENGERS[0]).await;
    assert_eq!((gone.get("og:image"), gone["twitter:card"].as_str()), (None, "summary"));
}

#[tokio::test(flavor = "multi_thread")]
async fn every_state_of_a_link_has_its_own_picture_in_each_language() {
    let app = TestApp::start().await;
    let ani = app.ani();
    let mut links = Vec::new();
    for item in ["buka", "libur", "nanti", "antre", "habis"] {
        links.push(ani.makes_a_link(&format!("{item} 150rb x2 3d")).await);
    }
    links.push(ani.makes_a_link("lewat 150rb x2 1d").await);
    let made_at = app.link(&links[0]).await.created_at;
    app.sets(&links[1], "paused_at", made_at).await;
    app.sets(&links[2], "opens_at", made_at + TimeDelta::days(2)).await;
    app.sets(&links[3], "held", 2_i64).await;
    app.sets(&links[4], "used", 2_i64).await;
    app.settles().await;
    app.advance(TimeDelta::hours(25));
    let mut pictures = BTreeSet::new();
    for mode in [Mode::Sandbox, Mode::Live] {
        for link in &links {
            app.sets(link, "mode", mode.code().to_owned()).await;
            for language in Language::ALL {
                let page = format!("{}?lang={}", link.path(), language.code());
                let tags = tags(&app, &page, MESSENGERS[1]).await;
                let answer = picture(&app, &tags).await;
                let place = format!("{page} {}", mode.code());
                assert!(header(&answer, "cache-control").contains("immutable"), "{place}");
                assert!(pictures.insert(answer.bytes().await.unwrap()), "{place} looks like another one");
            }
        }
    }
    assert_eq!(pictures.len(), 24);
    // What never happened is taken back before the books are looked at.
    app.sets(&links[3], "held", 0_i64).await;
    app.sets(&links[4], "used", 0_i64).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_flood_of_previews_waits_for_its_easel_and_pages_do_not() {
    let app = TestApp::start().await;
    let ani = app.ani();
    let mut paths = Vec::new();
    for number in 0..6 {
        let link = ani.makes_a_link(&format!("Kaos {number} 150rb")).await;
        for language in Language::ALL {
            let page = format!("{}?lang={}", link.path(), language.code());
            let tags = tags(&app, &page, MESSENGERS[0]).await;
            paths.push(Url::parse(&tags["og:image"]).unwrap().path().to_owned());
        }
    }
    let link = ani.links().pop().unwrap();
    let asked = paths.iter().cycle().take(300).map(|path| app.request("GET", path).send());
    let flood = tokio::spawn(join_all(asked));
    let mut budi = app.customer();
    for _ in 0..3 {
        budi.opens(&link).await;
        assert_eq!(budi.page.status, 200);
    }
    assert!(!flood.is_finished(), "pages are answered while pictures are still waited for");
    for answer in flood.await.unwrap() {
        let answer = answer.unwrap();
        assert_eq!(answer.status(), 200);
        assert_eq!(size_of(&answer.bytes().await.unwrap()), (1_200, 630));
    }
}
