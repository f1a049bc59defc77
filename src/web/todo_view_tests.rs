//! What stands on the page of a charge for each kind of method, on a telephone and on a desk.

use axum::http::StatusCode;

use crate::domain::attempt::AttemptState;
use crate::domain::language::Language;
use crate::domain::money::{Currency, Money};
use crate::domain::order::OrderState;
use crate::domain::payment_method::{MethodOffer, PaymentInstructions, PaymentMethod, RefundWay};
use crate::services::order_page::OrderPage;
use crate::web::in_app::{Browser, Telephone};
use crate::web::order_view::OrderView;
use crate::web::samples::{attempt, order_page, read, reader, settings, token};
use crate::web::visit::Visit;

const DESK: Browser = Browser { is_desktop: true, window_on: None };

async fn drawn(name: &str, page: &OrderPage, browser: Browser) -> [String; 2] {
    let mut drawn = Vec::new();
    for language in [Language::Indonesian, Language::English] {
        let visit = Visit { browser, ..reader(language) };
        let view = OrderView::new(page, &token(), "m", &settings(), &visit, None);
        drawn.push(read(name, language, view.draw(StatusCode::OK)).await);
    }
    drawn.try_into().unwrap()
}

fn paying(method: PaymentMethod) -> OrderPage {
    order_page(OrderState::Awaiting, Some(attempt(method, AttemptState::Pending)))
}

fn place_of(html: &str, part: &str) -> usize {
    html.find(part).unwrap_or_else(|| panic!("no {part} in {html}"))
}

#[tokio::test]
async fn a_wallet_is_a_button_on_a_telephone_and_a_code_on_a_desk() {
    for method in [PaymentMethod::Gopay, PaymentMethod::Shopeepay] {
        let page = paying(method);
        let [html, _] = drawn(&format!("order-pay-{}", method.code()), &page, Browser::default()).await;
        let (button, picture) =
            (place_of(&html, "https://wallet.example.test"), place_of(&html, "/qr.png\" alt"));
        let folded = place_of(&html, "<summary>Bayar dengan HP lain</summary>");
        assert!(button < folded && folded < picture, "{html}");
        let [html, english] = drawn(&format!("order-pay-{}-desk", method.code()), &page, DESK).await;
        let (button, picture) =
            (place_of(&html, "https://wallet.example.test"), place_of(&html, "/qr.png\" alt"));
        let folded = place_of(&html, "<summary>Bayar di perangkat ini</summary>");
        assert!(picture < folded && folded < button, "{html}");
        assert!(english.contains(&format!("alt=\"{} QR code for IDR 150,000\"", method.name())), "{english}");
        assert!(!html.contains("QRIS sebagai teks"), "a wallet's address is no code of QRIS");
    }
}

#[tokio::test]
async fn a_code_can_be_kept_without_a_script_and_read_as_text() {
    let [html, english] = drawn("order-pay-qris", &paying(PaymentMethod::Qris), Browser::default()).await;
    let src = format!("/orders/{}/qr.png", token().reveal());
    assert!(
        html.contains(&format!("<img class=\"qr\" src=\"{src}\" alt=\"Kode QRIS untuk Rp150.000\"")),
        "{html}"
    );
    assert!(html.contains(&format!("href=\"{src}\" download=\"qris-K7Q2M.png\"")), "{html}");
    assert!(english.contains(&format!("data-copy=\"{}\"", crate::web::samples::QRIS)), "{english}");
}

#[tokio::test]
async fn a_counter_is_told_what_to_hear_and_how_much_cash_it_takes() {
    let mut page = paying(PaymentMethod::Alfamart);
    let [html, english] = drawn("order-pay-alfamart", &page, Browser::default()).await;
    assert!(html.contains("Bilang ke kasir:") && html.contains("Kode bayar untuk Alfamart"), "{html}");
    assert!(english.contains("Say to the cashier:") && !english.contains("in cash"), "{english}");
    page.order.amount = Money::new(2_500_001, Currency::IDR);
    let attempt = page.attempt.as_mut().unwrap();
    attempt.amount = page.order.amount;
    let [html, _] = drawn("order-pay-alfamart-much", &page, Browser::default()).await;
    assert!(html.contains("Uang tunai di Alfamart paling banyak Rp2.500.000."), "{html}");
}

#[tokio::test]
async fn a_wallet_says_what_it_needs() {
    let mut page = paying(PaymentMethod::Gopay);
    let gojek = "gojek://gopay/pay?tref=1".to_owned();
    let attempt = page.attempt.as_mut().unwrap();
    attempt.instructions =
        Some(PaymentInstructions::Deeplink { url: gojek, qr_payload: None, picture_url: None });
    let [html, english] = drawn("order-pay-gopay-desk-without-code", &page, DESK).await;
    assert!(html.contains("GoPay dibayar dari HP.") && !html.contains("kode QR di halaman ini"), "{html}");
    assert!(english.contains("GoPay is paid from a phone."), "{english}");
    page.order.amount = Money::new(2_000_001, Currency::IDR);
    page.attempt.as_mut().unwrap().amount = page.order.amount;
    let [html, _] = drawn("order-pay-gopay-much", &page, Browser::default()).await;
    assert!(html.contains("lebih dari Rp2.000.000, akun GoPay Anda harus sudah diverifikasi"), "{html}");
}

#[tokio::test]
async fn a_code_that_only_the_gateway_can_draw_is_for_any_wallet() {
    let mut page = paying(PaymentMethod::Gopay);
    page.has_code_picture = true;
    let gojek = "gojek://gopay/pay?tref=1";
    page.attempt.as_mut().unwrap().instructions = Some(PaymentInstructions::Deeplink {
        url: gojek.to_owned(),
        qr_payload: None,
        picture_url: Some("https://api.midtrans.com/qr".to_owned()),
    });
    let [html, english] = drawn("order-pay-gopay-picture-desk", &page, DESK).await;
    let (button, picture) = (place_of(&html, gojek), place_of(&html, "/qr.png\" alt"));
    let folded = place_of(&html, "<summary>Bayar di perangkat ini</summary>");
    assert!(picture < folded && folded < button, "{html}");
    assert!(html.contains("Pindai dengan GoPay atau aplikasi dompet digital lain."), "{html}");
    assert!(html.contains("width=\"304\" height=\"304\"") && !html.contains("api.midtrans.com"), "{html}");
    assert!(english.contains("Scan it with GoPay or any other e-wallet app."), "{english}");
    assert!(!english.contains("tap the link") && !english.contains("is paid from a phone"), "{english}");
    let [html, _] = drawn("order-pay-gopay-picture", &page, Browser::default()).await;
    let (button, picture) = (place_of(&html, gojek), place_of(&html, "/qr.png\" alt"));
    let folded = place_of(&html, "<summary>Bayar dengan HP lain</summary>");
    assert!(button < folded && folded < picture, "{html}");
}

#[tokio::test]
async fn a_card_is_never_typed_here() {
    for browser in [Browser::default(), DESK] {
        let [html, english] = drawn("order-pay-card", &paying(PaymentMethod::Card), browser).await;
        assert!(html.contains("Nomornya tidak pernah sampai ke kami, tidak juga ke Toko Ani."), "{html}");
        assert!(english.contains("never comes to us, nor to Toko Ani"), "{english}");
        assert_eq!(html.matches("https://gateway.example.test").count(), 1, "{html}");
        assert!(!html.contains("<input") && !html.contains("qr.png"), "{html}");
    }
}

#[tokio::test]
async fn the_way_out_of_an_app_is_shown_where_another_app_must_open() {
    let window = |telephone| Browser { is_desktop: false, window_on: Some(telephone) };
    for method in [PaymentMethod::Gopay, PaymentMethod::Card, PaymentMethod::Qris] {
        let name = format!("order-pay-{}-in", method.code());
        let [html, _] = drawn(&format!("{name}-android"), &paying(method), window(Telephone::Android)).await;
        assert!(
            html.contains("data-copy=\"https://pay.toko.id/orders/"),
            "not every app lets a page out: {html}"
        );
        let intent = format!("intent://pay.toko.id/orders/{}#Intent;scheme=https;end", token().reveal());
        assert!(html.contains(&format!("href=\"{intent}\">Buka di browser</a>")), "{html}");
        let [_, english] = drawn(&format!("{name}-iphone"), &paying(method), window(Telephone::Iphone)).await;
        let address = format!("https://pay.toko.id/orders/{}", token().reveal());
        assert!(
            english.contains(&format!("data-copy=\"{address}\"")) && !english.contains("intent:"),
            "{english}"
        );
    }
    for method in [PaymentMethod::BcaVa, PaymentMethod::Indomaret] {
        let name = format!("order-pay-{}", method.code());
        let [html, _] = drawn(&name, &paying(method), window(Telephone::Android)).await;
        assert!(!html.contains("intent:"), "{method:?} opens no other app");
    }
}

#[tokio::test]
async fn what_does_not_take_the_amount_says_why() {
    let offer = |method, minimum_minor, maximum_minor| MethodOffer {
        method,
        minimum_minor,
        maximum_minor,
        refund_way: RefundWay::ByHand,
    };
    let mut page = order_page(OrderState::Open, None);
    page.unfit =
        vec![offer(PaymentMethod::Card, 200_000, None), offer(PaymentMethod::Alfamart, 1, Some(100_000))];
    let [html, english] = drawn("order-choose-unfit", &page, Browser::default()).await;
    assert!(html.contains("<summary>Tidak untuk jumlah ini</summary>"), "{html}");
    assert!(html.contains("mulai Rp200.000") && html.contains("sampai Rp100.000"), "{html}");
    assert!(english.contains("from IDR 200,000") && english.contains("up to IDR 100,000"), "{english}");
    page.offers.clear();
    let [html, _] = drawn("order-choose-none-fits", &page, Browser::default()).await;
    assert!(
        html.contains("<details class=\"more\" open>") && html.contains("belum ada cara bayar"),
        "{html}"
    );
}
