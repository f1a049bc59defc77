use axum::http::StatusCode;

use crate::domain::attempt::AttemptState;
use crate::domain::language::Language;
use crate::domain::ledger::EntryKind;
use crate::domain::order::OrderState;
use crate::domain::payment_method::PaymentMethod;
use crate::services::order_page::OrderPage;
use crate::web::order_view::OrderView;
use crate::web::receipt::ReceiptView;
use crate::web::samples::{attempt, moves, order_page, read, reader, settings, token};
use crate::web::visit::Visit;

/// A page whose only charge brought this much money, in minor units.
fn page_with(state: OrderState, received_minor: i64) -> OrderPage {
    let mut page = order_page(state, Some(attempt(PaymentMethod::BcaVa, AttemptState::Settled)));
    moves(&mut page, Some(EntryKind::Captured), received_minor);
    page
}

async fn drawn(name: &str, page: &OrderPage, sentences: [&str; 2]) -> [String; 2] {
    let mut both = [String::new(), String::new()];
    for ((language, sentence), html) in Language::ALL.into_iter().zip(sentences).zip(&mut both) {
        let view = OrderView::new(page, &token(), "m", &settings(), &reader(language), None);
        *html = read(name, language, view.draw(StatusCode::OK)).await;
        assert!(html.contains(sentence), "{name}: {sentence} not in {html}");
        assert!(html.contains("data-events="), "{name} follows its order");
        let contact = ["Hubungi Toko Ani", "Write to Toko Ani"];
        assert!(contact.iter().any(|words| html.contains(words)), "{name} says whom to ask: {html}");
    }
    both
}

fn has_row(html: &str, label: &str, value: &str) -> bool {
    html.contains(&format!("<dt>{label}</dt><dd>{value}"))
}

#[tokio::test]
async fn money_that_came_is_said_as_what_it_is() {
    for (state, name, sentences) in [
        (OrderState::Paid, "paid", ["Lunas. Terima kasih!", "Paid. Thank you!"]),
        (OrderState::PaidUnallocated, "unallocated", ["sudah kami terima", "We have your money"]),
        (OrderState::PartiallyRefunded, "part-refunded", ["Sebagian uang", "A part of your money"]),
        (OrderState::Refunded, "refunded", ["sudah dikembalikan", "was sent back"]),
        (OrderState::Reversed, "reversed", ["menarik kembali", "took this payment back"]),
        (OrderState::ChargedBack, "disputed", ["disengketakan", "disputed"]),
    ] {
        let page = page_with(state, 150_000);
        let has_receipt =
            matches!(state, OrderState::Paid | OrderState::PartiallyRefunded | OrderState::Refunded);
        for html in drawn(&format!("order-{name}"), &page, sentences).await {
            assert_eq!(html.contains("/receipt\""), has_receipt, "{name}");
            assert!(html.contains("BCA Virtual Account") && !html.contains("data-left=\""), "{name}");
        }
    }
    let mut page =
        order_page(OrderState::Awaiting, Some(attempt(PaymentMethod::BcaVa, AttemptState::Settled)));
    page.order.flags.mismatch = true;
    drawn("order-mismatch", &page, ["sedang diperiksa", "checking your payment"]).await;
}

#[tokio::test]
async fn too_little_money_is_told_with_what_came_and_what_is_missing() {
    let page = page_with(OrderState::Open, 60_000);
    let sentences =
        ["Jangan transfer lagi sebelum Toko Ani menjawab", "Do not transfer again until Toko Ani"];
    let [indonesian, english] = drawn("order-underpaid", &page, sentences).await;
    assert!(has_row(&indonesian, "Kurang", "Rp90.000") && has_row(&indonesian, "Diterima", "Rp60.000"));
    assert!(has_row(&english, "Missing", "IDR 90,000") && has_row(&english, "Price", "IDR 150,000"));
    assert!(!english.contains("<form"), "nothing asks for more money: {english}");
}

#[tokio::test]
async fn too_little_money_that_went_back_stands_above_the_next_choice_and_at_the_end() {
    let mut page = page_with(OrderState::Open, 60_000);
    moves(&mut page, None, 60_000);
    let [_, english] =
        drawn("order-underpaid-returning", &page, ["sedang dikembalikan", "on its way back"]).await;
    assert!(has_row(&english, "On its way back", "IDR 60,000") && !english.contains("<form"), "{english}");

    page.money.moves.pop();
    moves(&mut page, Some(EntryKind::Refunded), 60_000);
    let [_, english] = drawn("order-underpaid-back", &page, ["sudah dikembalikan", "was sent back"]).await;
    assert!(
        has_row(&english, "Sent back", "IDR 60,000<small class=\"soft\">Tue 24 Nov 16:05 WIB"),
        "{english}"
    );
    assert!(english.contains("How would you like to pay?") && !english.contains("Missing"), "{english}");

    page.may_choose = false;
    page.order.state = OrderState::Expired;
    let [_, english] = drawn("order-underpaid-over", &page, ["sudah dikembalikan", "was sent back"]).await;
    assert!(has_row(&english, "Received", "IDR 60,000"), "{english}");
    assert!(!english.contains("seen no payment"), "{english}");
}

#[tokio::test]
async fn too_much_money_is_highlighted_until_it_is_back() {
    let mut page = page_with(OrderState::Paid, 160_000);
    page.order.flags.overpaid = true;
    let [_, english] = drawn("order-overpaid", &page, ["lebih dari harganya", "more than the price"]).await;
    assert!(
        english.contains("<p class=\"note\">You sent more than the price: IDR 10,000 too much"),
        "{english}"
    );
    assert!(has_row(&english, "Too much", "IDR 10,000"), "{english}");
    let receipt = receipt(&page, Language::English).await;
    assert!(
        receipt.contains("IDR 10,000 too much") && has_row(&receipt, "Received", "IDR 160,000"),
        "{receipt}"
    );

    moves(&mut page, None, 10_000);
    drawn("order-overpaid-returning", &page, ["Rp10.000 sedang dalam", "IDR 10,000 is on its way"]).await;
    page.money.moves.pop();
    moves(&mut page, Some(EntryKind::Refunded), 10_000);
    let [_, english] =
        drawn("order-overpaid-back", &page, ["Kelebihannya sudah", "too much has been sent back"]).await;
    assert!(has_row(&english, "Sent back", "IDR 10,000") && !english.contains("class=\"note\""), "{english}");

    page.order.flags.duplicate_payment = true;
    moves(&mut page, Some(EntryKind::Captured), 150_000);
    drawn("order-twice", &page, ["masuk dua kali. Lebihnya Rp150.000", "arrived twice: IDR 150,000"]).await;
}

#[tokio::test]
async fn a_refund_is_told_with_its_amount_from_the_moment_it_is_asked_for() {
    let mut page = page_with(OrderState::Paid, 150_000);
    moves(&mut page, None, 150_000);
    let [_, english] = drawn("order-returning", &page, ["sedang dikembalikan", "on its way back"]).await;
    assert!(!english.contains("Paid. Thank you!") && has_row(&english, "On its way back", "IDR 150,000"));

    page.money.moves.pop();
    page.order.state = OrderState::PartiallyRefunded;
    moves(&mut page, Some(EntryKind::Refunded), 4_000);
    let paid = ["Anda membayar Rp150.000; Rp4.000 di antaranya", "You paid IDR 150,000; IDR 4,000 of it"];
    let [indonesian, _] = drawn("order-part-back", &page, paid).await;
    assert!(has_row(&indonesian, "Dikembalikan", "Rp4.000<small class=\"soft\">Sel 24 Nov 16.05 WIB"));
}

#[tokio::test]
async fn a_receipt_names_the_customer_and_no_contact() {
    let page = page_with(OrderState::Paid, 150_000);
    for (language, time) in Language::ALL.into_iter().zip(["24 Nov 2026 16.05 WIB", "24 Nov 2026 16:05 WIB"])
    {
        let html = receipt(&page, language).await;
        assert!(html.contains("Siti &#60;b&#62;Aminah") && html.contains("#K7Q2M"), "{html}");
        assert!(html.contains("<dd>KAOS-7-abc</dd>"), "what the bank knows this payment by: {html}");
        assert!(html.contains(time), "a receipt is kept for years: {html}");
    }
    let open = order_page(OrderState::Awaiting, None);
    assert!(ReceiptView::new(&open, &token(), &Visit::default()).is_none());
}

async fn receipt(page: &OrderPage, language: Language) -> String {
    let view = ReceiptView::new(page, &token(), &reader(language)).expect("a receipt");
    read("receipt", language, view.draw(StatusCode::OK)).await
}
