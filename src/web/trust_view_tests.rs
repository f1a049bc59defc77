use axum::http::StatusCode;

use super::*;
use crate::domain::attempt::AttemptState;
use crate::domain::order::OrderState;
use crate::domain::payment_link::LinkState;
use crate::domain::payment_method::PaymentMethod;
use crate::domain::shop_colour::ShopColour;
use crate::domain::shop_face::ChatName;
use crate::web::link_view::{LinkView, Mending};
use crate::web::order_view::OrderView;
use crate::web::samples::{attempt, link_page, merchant, order_page, read, reader, settings, token};

const ENGLISH: PageTexts = PageTexts(Language::English);

#[test]
fn paid_orders_are_told_of_real_links_alone_and_from_the_first_on() {
    let mut shop = merchant();
    let facts = |shop: &Merchant, mode| TrustView::new(shop, mode, Ahead::All, ENGLISH).facts;
    assert_eq!(facts(&shop, Mode::Live), ["Selling here since Nov 2026"]);
    shop.paid_orders = 1;
    assert_eq!(facts(&shop, Mode::Live), ["Selling here since Nov 2026", "One order paid here"]);
    shop.paid_orders = 1_204;
    assert_eq!(facts(&shop, Mode::Live).last().map(String::as_str), Some("1,204 orders paid here"));
    assert_eq!(facts(&shop, Mode::Sandbox), ["Selling here since Nov 2026"]);
}

#[test]
fn a_chat_name_leads_to_that_chat() {
    let mut shop = merchant();
    let chat = |shop: &Merchant| TrustView::new(shop, Mode::Live, Ahead::Nothing, ENGLISH).chat;
    assert!(chat(&shop).is_none());
    shop.face.chat_name = ChatName::parse("toko_ani");
    let shown = chat(&shop).unwrap();
    assert_eq!((shown.name.as_str(), shown.href.as_str()), ("@toko_ani", "https://t.me/toko_ani"));
}

#[test]
fn what_is_practice_says_so_in_its_title() {
    let mut frame = Frame::new(ENGLISH, "Kaos".to_owned(), "/kaos".to_owned());
    assert_eq!(frame.whole_title(), "Kaos");
    frame.sandbox = true;
    assert_eq!(frame.whole_title(), "[PRACTICE] Kaos");
}

#[test]
fn a_colour_stands_in_the_style_of_both_schemes_and_the_usual_one_costs_nothing() {
    let mut frame = Frame::new(ENGLISH, "Kaos".to_owned(), "/kaos".to_owned());
    assert_eq!(frame.colours(), "");
    frame.colour = ShopColour::Blue;
    let rules = "@media screen{:root{--accent:#1a56b0;--on:#ffffff;--tint:#e6eefb}\
                 @media(prefers-color-scheme:dark){:root{--accent:#8fbcff;--on:#06203f;--tint:#182c4a}}}";
    assert_eq!(frame.colours(), rules);
}

#[test]
fn the_way_on_names_the_website_alone() {
    let url = ReturnUrl::parse("https://www.toko-ani.id/lunas?dari=tautan").unwrap();
    let view = ReturnView::new(&url, ENGLISH);
    assert_eq!(view.label, "Go on to toko-ani.id");
    assert_eq!(view.going, "You are taken to toko-ani.id in # seconds.");
    assert_eq!(view.href, "https://www.toko-ani.id/lunas?dari=tautan");
}

/// A shop that made use of all this.
fn known_shop() -> Merchant {
    let mut shop = merchant();
    shop.face.colour = ShopColour::Indigo;
    shop.face.chat_name = ChatName::parse("toko_ani");
    shop.paid_orders = 1_204;
    shop
}

#[tokio::test]
async fn pages_of_a_known_shop_say_who_sells_where_to_ask_and_where_to_go_on() {
    let ask = || Url::parse("https://t.me/tautan_bot?start=p_kaos-hitam").ok();
    for language in Language::ALL {
        let mut page = link_page(LinkState::Active);
        page.merchant = known_shop();
        let view = LinkView::new(&page, &settings(), &reader(language), Mending::default()).with_ask(ask());
        let html = read("link-known-shop", language, view.draw(StatusCode::OK)).await;
        for words in ["https://t.me/toko_ani", "start=p_kaos-hitam", "204", "--accent:#4a46b5"] {
            assert!(html.contains(words), "{words} in {html}");
        }

        let attempt = attempt(PaymentMethod::BcaVa, AttemptState::Settled);
        let mut page = order_page(OrderState::Paid, Some(attempt));
        page.merchant = known_shop();
        page.link.offer.return_url = ReturnUrl::parse("https://toko-ani.id/terima-kasih").ok();
        let view = OrderView::new(&page, &token(), "1", &settings(), &reader(language), None);
        let html = read("order-way-on", language, view.with_chat(None, ask()).draw(StatusCode::OK)).await;
        assert!(
            html.contains("href=\"https://toko-ani.id/terima-kasih\" rel=\"noreferrer\" data-go"),
            "{html}"
        );
        page.order.state = OrderState::Refunded;
        let view = OrderView::new(&page, &token(), "1", &settings(), &reader(language), None);
        let html = read("order-no-way-on", language, view.draw(StatusCode::OK)).await;
        assert!(!html.contains("toko-ani.id"), "{html}");
    }
}
