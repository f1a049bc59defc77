use axum::http::StatusCode;

use super::*;
use crate::domain::attempt::AttemptState;
use crate::domain::language::Language;
use crate::domain::ledger::EntryKind;
use crate::domain::offer::{BillLine, BuyerNote, ChoiceError, PiecesMax};
use crate::domain::payment_method::PaymentMethod;
use crate::domain::photo::PhotoFacts;
use crate::domain::visible_text::ItemName;
use crate::services::checkout::{CustomerForm, FieldErrors};
use crate::web::link_view::{FormNotice, LinkView, Mending};
use crate::web::receipt::ReceiptView;
use crate::web::samples::{attempt, link_page, moves, order_page, read, reader, settings, token};

fn rupiah(minor: i64) -> Money {
    Money::new(minor, crate::domain::money::Currency::IDR)
}

fn bill() -> Bill {
    let line = |name: &str, pieces, minor| BillLine {
        name: ItemName::parse(name).unwrap().value,
        pieces,
        unit_price: rupiah(minor),
    };
    Bill {
        lines: vec![line("Kaos <hitam> lengan panjang", 2, 75_000), line("Topi", 1, 50_000)],
        discount: Some(rupiah(50_000)),
    }
}

async fn draw(name: &str, language: Language, page: &LinkPage, mending: Mending) -> String {
    let view = LinkView::new(page, &settings(), &reader(language), mending);
    read(name, language, view.draw(StatusCode::OK)).await
}

#[tokio::test]
async fn a_page_with_a_picture_and_a_bill_says_what_each_thing_costs() {
    let mut page = link_page(LinkState::Active);
    page.photo = Some(PhotoFacts { digest: "ab12".to_owned(), width: 1280, height: 960 });
    page.link.offer.pricing = Pricing::Bill(bill());
    for language in Language::ALL {
        let html = draw("link-bill", language, &page, Mending::default()).await;
        for part in [
            "<img class=\"photo\" src=\"/kaos-hitam/photo/ab12\" width=\"1280\" height=\"960\"",
            "Kaos &#60;hitam&#62; lengan panjang × 2",
        ] {
            assert!(html.contains(part), "{part} not in {html}");
        }
        page.state = LinkState::Deleted;
        let gone = draw("link-bill-deleted", language, &page, Mending::default()).await;
        assert!(!gone.contains("photo/ab12") && !gone.contains("og:image"), "{gone}");
        page.state = LinkState::Active;
    }
}

#[tokio::test]
async fn a_price_to_choose_is_asked_for_and_every_fault_is_said_beside_it() {
    let mut page = link_page(LinkState::Active);
    let chosen = ChosenPrice {
        minimum: rupiah(50_000),
        maximum: Some(rupiah(200_000)),
        suggested: Some(rupiah(100_000)),
    };
    page.link.offer.pricing = Pricing::Chosen(chosen);
    let html = draw("link-chosen", Language::English, &page, Mending::default()).await;
    for part in ["IDR 50,000 – IDR 200,000", "value=\"100,000\"", "inputmode=\"numeric\""] {
        assert!(html.contains(part), "{part} not in {html}");
    }
    for error in [
        ChoiceError::Empty,
        ChoiceError::NotANumber,
        ChoiceError::Unclear(vec![rupiah(75), rupiah(75_000)]),
        ChoiceError::Below(rupiah(50_000)),
        ChoiceError::Above(rupiah(200_000)),
    ] {
        for language in Language::ALL {
            let typed = CustomerForm { amount: "<1>".to_owned(), ..CustomerForm::default() };
            let errors = FieldErrors { choice: Some(error.clone()), ..FieldErrors::default() };
            let mending =
                Mending { typed, errors, notice: Some(FormNotice::CheckFields), ..Mending::default() };
            let html = draw("link-chosen-mend", language, &page, mending).await;
            let said = "value=\"&#60;1&#62;\" required aria-describedby=\"own_amount-hint own_amount-error\"";
            assert!(html.contains(said), "{error:?} in {html}");
        }
    }
    page.link.offer.pricing = Pricing::Chosen(ChosenPrice { maximum: None, suggested: None, ..chosen });
    let html = draw("link-chosen-from", Language::Indonesian, &page, Mending::default()).await;
    assert!(html.contains("Mulai Rp50.000") && html.contains("name=\"own_amount\""), "{html}");
}

#[tokio::test]
async fn pieces_are_asked_for_and_stand_on_the_receipt_with_the_message() {
    let mut link = link_page(LinkState::Active);
    link.link.offer.pricing = Pricing::PerPiece(PiecesMax::try_from(5).unwrap());
    let html = draw("link-pieces", Language::Indonesian, &link, Mending::default()).await;
    assert!(html.contains("name=\"pieces\"") && html.contains("boleh sampai 5"), "{html}");

    let mut page = order_page(OrderState::Paid, Some(attempt(PaymentMethod::BcaVa, AttemptState::Settled)));
    moves(&mut page, Some(EntryKind::Captured), 150_000);
    page.order.goods.pieces = 3;
    page.order.buyer_note =
        BuyerNote::parse("Terima kasih!\n<b>Kami</b> kirim besok.").ok().map(|note| note.value);
    let receipt = ReceiptView::new(&page, &token(), &reader(Language::Indonesian)).unwrap();
    let html = read("receipt-pieces", Language::Indonesian, receipt.draw(StatusCode::OK)).await;
    for part in ["Kaos hitam × 3", "3 × Rp50.000", "Pesan dari Toko Ani", "&#60;b&#62;Kami&#60;/b&#62; kirim"]
    {
        assert!(html.contains(part), "{part} not in {html}");
    }
    page.order.state = OrderState::Refunded;
    let receipt = ReceiptView::new(&page, &token(), &reader(Language::Indonesian)).unwrap();
    let html = read("receipt-refunded-pieces", Language::Indonesian, receipt.draw(StatusCode::OK)).await;
    assert!(!html.contains("Pesan dari"), "{html}");
}
