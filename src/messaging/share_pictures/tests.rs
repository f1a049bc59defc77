use resvg::tiny_skia::Pixmap;
use url::Url;

use super::*;
use crate::domain::payment_link::PaymentLink;
use crate::domain::usage_limit::UsageLimit;
use crate::messaging::picture;
use crate::messaging::storefront::tests::{link, listing};

async fn drawn(svg: String, name: &str) -> Pixmap {
    let png = picture::draw(svg).await.unwrap();
    // `TAUTAN_PICTURES=folder` keeps them, to be looked at.
    if let Ok(folder) = std::env::var("TAUTAN_PICTURES") {
        std::fs::write(std::path::Path::new(&folder).join(format!("{name}.png")), &png).unwrap();
    }
    Pixmap::decode_png(&png).unwrap()
}

fn qr_of(link: &PaymentLink) -> String {
    let url = Url::parse("https://bayar.example/kaos-polos").unwrap();
    qr_picture(&listing(link, &url), Language::Indonesian).unwrap()
}

fn story_of(shop: &str, link: &PaymentLink) -> String {
    let url = Url::parse("https://bayar.example/kaos-polos").unwrap();
    let shop = StoreName::parse(shop).unwrap().value;
    story_picture(&listing(link, &url), &shop, Language::Indonesian).unwrap()
}

fn color(picture: &Pixmap, x: u32, y: u32) -> (u8, u8, u8) {
    let pixel = picture.pixel(x, y).unwrap();
    (pixel.red(), pixel.green(), pixel.blue())
}

const WHITE: (u8, u8, u8) = (255, 255, 255);
const BLACK: (u8, u8, u8) = (0, 0, 0);
const MARK: (u8, u8, u8) = (255, 179, 0);

#[tokio::test]
async fn a_qr_picture_is_large_sharp_and_has_its_rim() {
    let svg = qr_of(&link("Kaos"));
    let picture = drawn(svg, "qr").await;
    assert!(picture.width() >= 720 && picture.width() == picture.height());
    let side = u32::try_from(QrCode::encode("https://bayar.example/kaos-polos").unwrap().side).unwrap();
    let module = picture.width() / side;
    assert_eq!(picture.width() % side, 0, "whole pixels for each module");
    for at in 0..4 * module {
        assert_eq!(color(&picture, at, picture.height() / 2), WHITE);
        assert_eq!(color(&picture, picture.width() / 2, at), WHITE);
    }
    assert_eq!(color(&picture, 4 * module, 4 * module), BLACK, "the first finder pattern");
    assert_eq!(color(&picture, 5 * module - 1, 5 * module - 1), BLACK);
}

#[tokio::test]
async fn play_money_is_marked_on_both_pictures() {
    let mut practice = link("Kaos");
    practice.mode = Mode::Sandbox;
    let qr = drawn(qr_of(&practice), "qr_sandbox").await;
    assert_eq!(color(&qr, 5, qr.height() - 5), MARK);
    let story = drawn(story_of("Toko Ani", &practice), "story_sandbox").await;
    assert_eq!((color(&story, 5, 200), color(&story, 5, 1_750)), (MARK, MARK));
    let real = drawn(story_of("Toko Ani", &link("Kaos")), "story").await;
    assert_ne!(color(&real, 5, 200), MARK);
    assert_eq!((real.width(), real.height()), (1_080, 1_920));
}

#[tokio::test]
async fn a_story_of_what_cannot_be_paid_says_so_and_has_no_code() {
    let mut gone = link("Kaos polos hitam");
    gone.used = 10;
    let svg = story_of("Toko Ani", &gone);
    assert!(svg.contains(">HABIS<") && !svg.contains("crispEdges"), "{svg}");
    drawn(svg, "story_sold_out").await;
    gone.usage_limit = UsageLimit::new(1).ok();
    gone.used = 1;
    assert!(story_of("Toko Ani", &gone).contains(">SUDAH<"));
}

#[tokio::test]
async fn the_longest_names_and_prices_stay_inside_and_strange_letters_do_no_harm() {
    let mut long =
        link(&"Kaos polos lengan panjang warna hitam ".repeat(3).chars().take(100).collect::<String>());
    long.price = crate::domain::money::Money::new(999_999_999_999, crate::domain::money::Currency::IDR);
    let picture = drawn(story_of(&"W".repeat(50), &long), "story_long").await;
    for y in 500..900 {
        for x in [100, 979] {
            assert_eq!(color(&picture, x, y), WHITE, "the card's edge at {x}, {y}");
        }
    }
    let svg = story_of("衣服店 🛍", &link("<b>👕 衣服</b> &"));
    drawn(svg, "story_strange").await;
}

#[test]
fn the_same_picture_is_found_again_and_another_bots_is_not() {
    let svg = qr_of(&link("Kaos"));
    let other = qr_of(&link("Topi"));
    assert_eq!(svg, other, "a code says its address and nothing else");
    assert_eq!(digest("1", &svg), digest("1", &other));
    assert_ne!(digest("1", &svg), digest("2", &svg));
}
