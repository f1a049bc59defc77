use chrono::TimeDelta;

use super::*;
use crate::domain::attempt::AttemptState;
use crate::domain::customer::NamedCustomer;
use crate::domain::language::Language;
use crate::domain::ledger::EntryKind;
use crate::domain::order::OrderState;
use crate::domain::order_money::MoneyMove;
use crate::domain::payment_method::PaymentMethod;
use crate::domain::shop_colour::ShopColour;
use crate::domain::usage_limit::UsageLimit;
use crate::web::samples::{attempt, link_page, now, own, read, reader, settings, token};

async fn draw(name: &str, language: Language, page: &LinkPage, mending: Mending) -> String {
    let view = LinkView::new(page, &settings(), &reader(language), mending);
    read(name, language, view.draw(StatusCode::OK)).await
}

async fn in_both_languages(name: &str, page: &LinkPage, sentences: [&str; 2]) -> String {
    let mut html = String::new();
    for (language, sentence) in Language::ALL.into_iter().zip(sentences) {
        html = draw(name, language, page, Mending::default()).await;
        assert!(html.contains(sentence), "{name}: {sentence} not in {html}");
    }
    html
}

#[tokio::test]
async fn an_active_link_shows_what_is_sold_and_asks_who_buys() {
    let html =
        in_both_languages("link", &link_page(LinkState::Active), ["Siapa yang membayar?", "Who is paying?"])
            .await;
    for part in [
        "IDR 150,000",
        "Toko Ani",
        "7 left",
        "Valid until Fri 27 Nov 16:05 WIB",
        "autocomplete=\"tel\"",
        "<meta property=\"og:description\" content=\"IDR 150,000 to Toko Ani\">",
        "<meta property=\"og:url\" content=\"https://pay.toko.id/kaos-hitam\">",
        "name=\"shown_price\" value=\"150000\"",
        "action=\"/kaos-hitam/orders\"",
        "href=\"/kaos-hitam?lang=id\"",
    ] {
        assert!(html.contains(part), "{part} not in {html}");
    }
}

#[tokio::test]
async fn every_state_has_its_own_sentence_and_no_form() {
    let sentences = [
        (LinkState::Deleted, "deleted", ["menarik tautan ini", "taken this link back"]),
        (LinkState::Paused, "paused", ["sedang istirahat", "taking a break"]),
        (LinkState::NotOpenYet, "not-open", ["Belum waktunya", "not time yet"]),
        (LinkState::Expired, "expired", ["sampai Jum 27 Nov 16.05 WIB", "valid until Fri 27 Nov 16:05 WIB"]),
        (LinkState::Exhausted, "exhausted", ["Sudah habis", "Sold out"]),
        (LinkState::Busy, "busy", ["mulai Sel 24 Nov 16.17 WIB", "from Tue 24 Nov 16:17 WIB"]),
    ];
    for (state, name, sentences) in sentences {
        let html = in_both_languages(&format!("link-{name}"), &link_page(state), sentences).await;
        assert!(!html.contains("<form"), "{name}");
    }
    let html =
        in_both_languages("link-busy", &link_page(LinkState::Busy), ["", "data-again=\"30000\""]).await;
    assert!(
        html.contains("IDR 150,000 to Toko Ani. Someone is paying right now."),
        "the preview says so too"
    );
}

#[tokio::test]
async fn a_sandbox_link_says_that_no_money_moves() {
    let mut page = link_page(LinkState::Active);
    page.link.mode = Mode::Sandbox;
    in_both_languages("link-sandbox", &page, ["bukan uang sungguhan", "no real money"]).await;
}

#[tokio::test]
async fn whoever_comes_back_finds_the_own_order() {
    for (order_state, link_state, name, sentences) in [
        (
            OrderState::Awaiting,
            LinkState::Busy,
            "own-held",
            ["Lanjutkan pembayaran", "Continue your payment"],
        ),
        (OrderState::Open, LinkState::Active, "own-open", ["Buat pesanan baru", "Start a new order"]),
        (OrderState::Paid, LinkState::Exhausted, "own-paid", ["Ini sudah Anda bayar", "You have paid this"]),
        (OrderState::Paid, LinkState::Active, "own-paid-again", ["Beli sekali lagi", "Buy once more"]),
        (
            OrderState::Refunded,
            LinkState::Active,
            "own-refunded",
            ["Anda punya pesanan", "You have an order"],
        ),
    ] {
        let mut page = link_page(link_state);
        page.own_order = Some(own(order_state, Vec::new()));
        let html = in_both_languages(&format!("link-{name}"), &page, sentences).await;
        assert!(html.contains(&format!("href=\"/orders/{}\"", token().reveal())), "{name}");
        assert!(!html.contains("id=\"closed\""), "{name}: the own order explains it");
    }
    let mut page = link_page(LinkState::Active);
    let pending = attempt(PaymentMethod::BcaVa, AttemptState::Pending);
    page.own_order = Some(own(OrderState::Awaiting, vec![pending]));
    let html = in_both_languages("link-own-paying", &page, ["Lanjutkan", "Continue"]).await;
    assert!(!html.contains("<form"), "who is paying goes on with that order");
    let mut page = link_page(LinkState::Busy);
    page.own_order = Some(own(OrderState::Open, Vec::new()));
    let html = in_both_languages("link-own-late", &page, ["", "Someone is paying"]).await;
    assert!(!html.contains("id=\"own\""), "an order without a unit cannot continue while others pay");
}

#[tokio::test]
async fn an_order_with_money_in_it_is_found_again_however_the_link_stands() {
    let mut order = own(OrderState::Open, vec![attempt(PaymentMethod::BcaVa, AttemptState::Settled)]);
    let (attempt_id, at) = (order.attempts[0].id, now());
    let step = |kind| MoneyMove { entry: Some(kind), attempt_id, amount_minor: 60_000, at };
    order.money.moves.push(step(EntryKind::Captured));
    for state in [LinkState::Active, LinkState::Exhausted, LinkState::Deleted] {
        let mut page = link_page(state);
        page.own_order = Some(order.clone());
        let sentences =
            ["masuk Rp60.000 dari Rp150.000", "IDR 60,000 of IDR 150,000 has arrived for order #K7Q2M"];
        let html = in_both_languages("link-own-underpaid", &page, sentences).await;
        assert!(!html.contains("Continue your payment"), "{html}");
        assert_eq!(html.contains("<details"), state == LinkState::Active, "a new order is folded away");
    }
    order.money.moves.push(step(EntryKind::Refunded));
    order.order.state = OrderState::Expired;
    let mut page = link_page(LinkState::Exhausted);
    page.own_order = Some(order);
    let html = in_both_languages("link-own-back", &page, ["sudah kembali", "and went back"]).await;
    assert!(html.contains("Sold out."), "{html}");
}

#[tokio::test]
async fn an_order_that_is_used_up_waits_for_nothing_and_a_new_one_can_be_made() {
    let expired = attempt(PaymentMethod::BcaVa, AttemptState::Expired);
    let mut page = link_page(LinkState::Active);
    page.own_order = Some(own(OrderState::Expired, vec![expired; 5]));
    let html =
        in_both_languages("link-own-spent", &page, ["Anda pernah ke sini", "You were here before"]).await;
    assert!(
        html.contains("<form") && !html.contains("<details") && !html.contains("Continue your"),
        "{html}"
    );
}

#[tokio::test]
async fn who_can_still_pay_is_told_until_when_and_not_that_the_link_is_gone() {
    for state in [LinkState::Deleted, LinkState::Expired, LinkState::Paused] {
        let mut page = link_page(state);
        let pending = attempt(PaymentMethod::BcaVa, AttemptState::Pending);
        page.own_order = Some(own(OrderState::Awaiting, vec![pending]));
        let sentences =
            ["Masih bisa dibayar sampai Sel 24 Nov 17.04 WIB", "still pay it until Tue 24 Nov 17:04"];
        let html = in_both_languages("link-own-still", &page, sentences).await;
        assert!(!html.contains("id=\"closed\""), "{html}");
        page.now += TimeDelta::minutes(60);
        let html = in_both_languages("link-own-past", &page, ["", "We have seen no payment for order"]).await;
        assert!(html.contains("id=\"closed\""), "the time is over: {html}");
    }
}

#[tokio::test]
async fn the_form_for_a_turn_is_not_taken_away_while_it_is_filled_in() {
    let page = link_page(LinkState::Busy);
    let html = in_both_languages("link-busy", &page, ["Tunggu giliran", "Wait for my turn"]).await;
    assert!(html.contains("href=\"/kaos-hitam/turn\""), "{html}");
    for language in Language::ALL {
        let mending = Mending { wish: Wish::Turn, ..Mending::default() };
        let view = LinkView::new(&page, &settings(), &reader(language), mending);
        let html = read("link-turn", language, view.draw(StatusCode::OK)).await;
        assert!(html.contains("action=\"/kaos-hitam/turn\""), "{html}");
        assert!(!html.contains("data-again=") && !html.contains("http-equiv=\"refresh\""), "{html}");
    }
}

#[tokio::test]
async fn a_busy_link_promises_no_turn_after_its_end() {
    let mut page = link_page(LinkState::Busy);
    page.link.expires_at = Some(now() + TimeDelta::minutes(11));
    let sentences = ["berakhir Sel 24 Nov 16.16 WIB", "This link ends Tue 24 Nov 16:16 WIB"];
    let html = in_both_languages("link-busy-ending", &page, sentences).await;
    assert!(html.contains("Ask Toko Ani") && !html.contains("16:17"), "{html}");
}

#[tokio::test]
async fn a_named_customer_is_greeted_and_no_contact_is_printed() {
    let mut page = link_page(LinkState::Active);
    page.link.usage_limit = Some(UsageLimit::new(1).unwrap());
    page.link.used = 0;
    page.link.customer = Some(NamedCustomer::parse("Budi, 081234567890, budi@toko.id").unwrap());
    let html = in_both_languages("link-named", &page, ["Halo Budi!", "Hello Budi!"]).await;
    assert!(
        !html.contains("budi@toko")
            && !html.contains("type=\"tel\"")
            && !html.contains("class=\"facts\"><li>Only"),
        "{html}"
    );
    page.link.customer = Some(NamedCustomer::parse("budi@toko.id").unwrap());
    let html = in_both_languages("link-named-email", &page, ["type=\"tel\"", "autocomplete=\"name\""]).await;
    assert!(!html.contains("type=\"email\""), "only what is missing is asked for");
}

#[tokio::test]
async fn what_is_wrong_stands_beside_its_field_and_what_was_typed_stays() {
    let typed = CustomerForm {
        name: "Siti \"S\" <script>".to_owned(),
        phone: "abc".to_owned(),
        form_key: "same-key".to_owned(),
        ..CustomerForm::default()
    };
    let errors = FieldErrors {
        name: None,
        phone: Some(PhoneError::NotANumber),
        email: Some(EmailError::Empty),
        choice: None,
    };
    for language in Language::ALL {
        let notice = Some(FormNotice::CheckFields);
        let mending = Mending { typed: typed.clone(), errors: errors.clone(), notice, ..Mending::default() };
        let html = draw("link-mending", language, &link_page(LinkState::Active), mending).await;
        assert!(html.contains("value=\"Siti &#34;S&#34; &#60;script&#62;\""), "{html}");
        assert!(html.contains("aria-describedby=\"phone-hint phone-error\" aria-invalid=\"true\""), "{html}");
        assert!(html.contains("name=\"form_key\" value=\"same-key\""));
    }
    let changed = Some(FormNotice::PriceChanged(Money::new(175_000, crate::domain::money::Currency::IDR)));
    let mending = Mending { typed, notice: changed, ..Mending::default() };
    let html = draw("link-price", Language::Indonesian, &link_page(LinkState::Active), mending).await;
    assert!(html.contains("Harganya sekarang Rp175.000."), "{html}");
}

#[tokio::test]
async fn another_colour_of_the_shop_is_another_picture_in_the_preview() {
    let mut page = link_page(LinkState::Active);
    let picture = |page: &LinkPage| page.preview(Language::Indonesian).unwrap();
    let green = picture(&page);
    page.merchant.face.colour = ShopColour::Blue;
    let blue = picture(&page);
    assert_ne!(green.digest(), blue.digest());
    assert!(blue.svg(None).0.contains(ShopColour::Blue.light().accent));
    let address = format!("https://pay.toko.id/kaos-hitam/preview/{}.png", blue.digest());
    assert!(draw("link-blue", Language::Indonesian, &page, Mending::default()).await.contains(&address));
}
