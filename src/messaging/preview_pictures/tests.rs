use chrono::TimeDelta;
use resvg::tiny_skia::Pixmap;

use super::*;
use crate::domain::money::{Currency, Money};
use crate::domain::payment_link::LinkState;
use crate::messaging::picture::draw_around;
use crate::messaging::storefront::tests::{link, noon};

/// The most bytes for which WhatsApp shows a picture.
const BYTES_MAX: usize = 300_000;

/// A red photo of 12 by 8 pixels.
const RED_PHOTO: &str = "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDABALDA4MChAODQ4SERATGCgaGBYWGDEjJR0oOjM9PDkzODdASFxOQERXRTc4UG1RV19iZ2hnPk1xeXBkeFxlZ2P/2wBDARESEhgVGC8aGi9jQjhCY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2P/wAARCAAIAAwDASIAAhEBAxEB/8QAFQABAQAAAAAAAAAAAAAAAAAAAAX/xAAUEAEAAAAAAAAAAAAAAAAAAAAA/8QAFQEBAQAAAAAAAAAAAAAAAAAABQb/xAAUEQEAAAAAAAAAAAAAAAAAAAAA/9oADAMBAAIRAxEAPwCKALXj/9k=";

const STATES: [(LinkState, &str); 7] = [
    (LinkState::Active, "active"),
    (LinkState::Busy, "busy"),
    (LinkState::NotOpenYet, "not_open"),
    (LinkState::Exhausted, "sold_out"),
    (LinkState::Expired, "expired"),
    (LinkState::Paused, "paused"),
    (LinkState::Deleted, "deleted"),
];

fn preview(shop: &str, link: &PaymentLink, state: LinkState, language: Language) -> PreviewPicture {
    let shop = StoreName::parse(shop).unwrap().value;
    let seen = Seen { standing: Standing::when(link, state), now: noon(), zone: chrono_tz::Asia::Jakarta };
    PreviewPicture::new(&shop, link, seen, brand::GREEN, language)
}

fn scheduled(name: &str) -> PaymentLink {
    let mut link = link(name);
    link.opens_at = Some(noon() + TimeDelta::hours(2));
    link.expires_at = Some(noon() + TimeDelta::days(3));
    link
}

async fn drawn(picture: &PreviewPicture, photo: Option<Vec<u8>>, name: &str) -> Pixmap {
    let (svg, inlay) = picture.svg(photo);
    let png = draw_around(svg, inlay).await.unwrap();
    // `TAUTAN_PICTURES=folder` keeps them, to be looked at.
    if let Ok(folder) = std::env::var("TAUTAN_PICTURES") {
        std::fs::write(std::path::Path::new(&folder).join(format!("preview_{name}.png")), &png).unwrap();
    }
    assert!(png.len() <= BYTES_MAX, "{name} has {} bytes", png.len());
    let picture = Pixmap::decode_png(&png).unwrap();
    assert_eq!((picture.width(), picture.height()), (WIDTH, HEIGHT), "{name}");
    picture
}

fn color(picture: &Pixmap, x: u32, y: u32) -> (u8, u8, u8) {
    let pixel = picture.pixel(x, y).unwrap();
    (pixel.red(), pixel.green(), pixel.blue())
}

const WHITE: (u8, u8, u8) = (255, 255, 255);
const MARK: (u8, u8, u8) = (255, 179, 0);

#[tokio::test]
async fn every_state_in_every_language_and_mode_is_a_picture_of_its_own() {
    let mut digests = std::collections::BTreeSet::new();
    let mut seen = Vec::new();
    for (language, mode) in Language::ALL
        .into_iter()
        .flat_map(|language| [Mode::Live, Mode::Sandbox].map(|mode| (language, mode)))
    {
        for (state, name) in STATES {
            let mut link = scheduled("Kaos polos hitam lengan panjang");
            link.mode = mode;
            let picture = preview("Toko Ani", &link, state, language);
            let name = format!("{name}_{}_{}", language.code(), mode.code());
            // Deleted links have none; were one drawn, it would say what a paused one's says.
            assert!(digests.insert(picture.digest()) || state == LinkState::Deleted, "{name}");
            let drawn = drawn(&picture, None, &name).await;
            assert_eq!(color(&drawn, 5, 36) == MARK, mode == Mode::Sandbox, "{name}");
            assert!(!seen.contains(&drawn) || state == LinkState::Deleted, "{name} looks like another one");
            seen.push(drawn);
        }
    }
    assert_eq!(digests.len(), 24);
}

#[tokio::test]
async fn the_picture_says_who_sells_what_for_how_much_and_until_when() {
    let svg =
        preview("Toko <Ani>", &scheduled("Kaos & topi"), LinkState::Active, Language::English).svg(None).0;
    for part in
        [">Toko &lt;Ani&gt;<", ">Kaos &amp; topi<", ">IDR 75,000<", ">Tap to pay<", ">Tautan<", "Fri 27 Nov"]
    {
        assert!(svg.contains(part), "{part} not in {svg}");
    }
    let svg =
        preview("Toko Ani", &scheduled("Kaos"), LinkState::NotOpenYet, Language::Indonesian).svg(None).0;
    assert!(svg.contains(">BELUM DIBUKA<") && svg.contains("Dibuka Sel 24 Nov 14.00 WIB"), "{svg}");
    let mut only_one = link("Kaos");
    only_one.usage_limit = crate::domain::usage_limit::UsageLimit::new(1).ok();
    let svg = preview("Toko Ani", &only_one, LinkState::Exhausted, Language::Indonesian).svg(None).0;
    assert!(svg.contains(">SUDAH DIBAYAR<"), "{svg}");
}

#[tokio::test]
async fn the_longest_words_stay_on_the_card_and_strange_letters_do_no_harm() {
    let mut long =
        scheduled(&"Kaos polos lengan panjang warna hitam ".repeat(3).chars().take(100).collect::<String>());
    long.price = Money::new(999_999_999_999, Currency::IDR);
    let photo = data_encoding::BASE64.decode(RED_PHOTO.as_bytes()).unwrap();
    for (photo, name) in [(None, "long"), (Some(photo), "long_photo")] {
        let picture = preview(&"W".repeat(50), &long, LinkState::Active, Language::Indonesian);
        let picture = drawn(&picture, photo, name).await;
        for y in 200..510 {
            for x in [70, 1_130] {
                assert_eq!(color(&picture, x, y), WHITE, "the card's edge at {x}, {y}");
            }
        }
        for x in 120..1_080 {
            for y in [CARD_TOP + 4, CARD_TOP + CARD_HEIGHT - 5] {
                assert_eq!(color(&picture, x, y), WHITE, "the card's edge at {x}, {y}");
            }
        }
    }
    let strange = preview("衣服店 🛍", &link("<b>👕 衣服</b> &"), LinkState::Active, Language::Indonesian);
    drawn(&strange, None, "strange").await;
    let nothing = preview("衣服店", &link("👕"), LinkState::Active, Language::Indonesian);
    drawn(&nothing, None, "nothing").await;
}

#[tokio::test]
async fn the_photo_stands_on_the_card_and_what_is_none_is_left_out() {
    let picture =
        preview("Toko Ani", &scheduled("Kaos polos hitam"), LinkState::Active, Language::Indonesian);
    let with_photo = picture.clone().with_photo(Some("ab12".to_owned()));
    assert_ne!(picture.digest(), with_photo.digest());
    let photo = data_encoding::BASE64.decode(RED_PHOTO.as_bytes()).unwrap();
    let shown = drawn(&with_photo, Some(photo), "photo").await;
    let (left, top) = (CARD_LEFT + PHOTO_INSET, CARD_TOP + PHOTO_INSET);
    for (x, y) in [(left + 30, top + 1), (left + PHOTO_SIDE / 2, top + PHOTO_SIDE / 2), (left + 1, top + 300)]
    {
        let (red, green, blue) = color(&shown, x, y);
        assert!(red > 240 && green < 16 && blue < 16, "{red} {green} {blue} at {x}, {y}");
    }
    for (x, y) in [(left, top), (left + PHOTO_SIDE, top + 100), (left + 100, top + PHOTO_SIDE)] {
        assert_eq!(color(&shown, x, y), WHITE, "round corners, and nothing beside the photo: {x}, {y}");
    }
    let broken = drawn(&with_photo, Some(vec![0xff, 0xd8, 0xff, 0xd9]), "broken_photo").await;
    assert_eq!(color(&broken, left + 100, top + 100), WHITE);
    // `TAUTAN_PHOTO=file` draws one with a real photo.
    if let Ok(file) = std::env::var("TAUTAN_PHOTO") {
        drawn(&with_photo, Some(std::fs::read(file).unwrap()), "real_photo").await;
    }
}

/// Whoever changes how previews look raises [`EDITION`], then changes this: else messengers and browsers go on
/// showing the old ones.
#[test]
fn a_new_look_is_a_new_edition() {
    let (svg, _) = preview("Toko Ani", &scheduled("Kaos"), LinkState::Active, Language::English).svg(None);
    let look = hex::encode(Sha256::digest(&svg));
    assert_eq!((EDITION, look.get(..8)), (1, Some("e663b924")));
}
