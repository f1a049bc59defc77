use chrono::TimeDelta;

use super::*;
use crate::domain::language::Language;
use crate::domain::order::OrderState;
use crate::domain::payment_link::LinkState;
use crate::domain::payment_method::PaymentMethod;
use crate::domain::waiting_line::PlaceInLine;
use crate::web::samples::{attempt, order_page, read, reader, settings, token};

async fn in_both_languages(name: &str, page: &OrderPage, sentences: [&str; 2]) -> String {
    let mut html = String::new();
    for (language, sentence) in Language::ALL.into_iter().zip(sentences) {
        let view = OrderView::new(page, &token(), "a b&c", &settings(), &reader(language), None);
        html = read(name, language, view.draw(StatusCode::OK)).await;
        assert!(html.contains(sentence), "{name}: {sentence} not in {html}");
    }
    html
}

fn follows(html: &str) -> bool {
    html.contains(&format!("data-events=\"/orders/{}/events?mark=a+b%26c\"", token().reveal()))
}

#[tokio::test]
async fn a_method_is_chosen_by_one_tap() {
    let page = order_page(OrderState::Open, None);
    let html =
        in_both_languages("order-choose", &page, ["Mau bayar dengan apa?", "would you like to pay"]).await;
    for method in PaymentMethod::ALL {
        assert!(html.contains(&format!("<button name=\"method\" value=\"{}\">", method.code())), "{html}");
    }
    assert!(follows(&html) && !html.contains("http-equiv=\"refresh\""), "choosing is not interrupted");
    let page = order_page(OrderState::Expired, Some(attempt(PaymentMethod::BcaVa, AttemptState::Denied)));
    in_both_languages("order-denied", &page, ["Bank menolak", "The bank declined"]).await;
    let mut page = order_page(OrderState::Open, None);
    page.offers.clear();
    in_both_languages("order-no-method", &page, ["belum ada cara bayar", "no way to pay"]).await;
}

#[tokio::test]
async fn every_method_shows_what_to_do() {
    for method in PaymentMethod::ALL {
        let page = order_page(OrderState::Awaiting, Some(attempt(method, AttemptState::Pending)));
        let name = format!("order-pay-{}", method.code());
        let html = in_both_languages(&name, &page, ["Sel 24 Nov 17.04 WIB", "Tue 24 Nov 17:04 WIB"]).await;
        let part = match method {
            PaymentMethod::Qris => "<img class=\"qr\" src=\"/orders/",
            PaymentMethod::MandiriBill => "data-copy=\"70012\"",
            PaymentMethod::Gopay | PaymentMethod::Shopeepay => "https://wallet.example.test/pay",
            PaymentMethod::Card | PaymentMethod::Kredivo | PaymentMethod::Akulaku => {
                "https://gateway.example.test/pay"
            }
            _ => "<b>8810 0000 0004 2</b>",
        };
        assert!(html.contains(part), "{name}: {html}");
        assert!(html.contains("data-copy=\"150000\"") && html.contains("data-left=\"3540000\""), "{name}");
        assert!(html.contains("<ol class=\"guide\"><li>"), "{name}");
        assert!(follows(&html) && html.contains("<noscript><meta http-equiv=\"refresh\""), "{name}");
    }
}

#[tokio::test]
async fn a_practice_bank_is_a_link_that_knows_the_way_back() {
    let mut page =
        order_page(OrderState::Awaiting, Some(attempt(PaymentMethod::BcaVa, AttemptState::Pending)));
    page.order.mode = Mode::Sandbox;
    page.practice_url = Some(Url::parse("http://127.0.0.1:9/bank/X").unwrap());
    let html = in_both_languages("order-practice", &page, ["bank tiruan", "simulated bank"]).await;
    assert!(html.contains("id=\"practice\" href=\"http://127.0.0.1:9/bank/X\""), "{html}");
    page.practice_url = Some(Url::parse("https://pay.toko.id/bank/X").unwrap());
    let html = in_both_languages("order-practice-own", &page, ["", ""]).await;
    assert!(html.contains(&format!("/bank/X?back=%2Forders%2F{}\"", token().reveal())), "{html}");
}

#[tokio::test]
async fn waiting_says_for_what() {
    for (state, name, sentences) in [
        (AttemptState::Unknown, "unknown", ["bertanya ke bank", "Asking the bank"]),
        (AttemptState::Creating, "creating", ["bertanya ke bank", "Asking the bank"]),
        (AttemptState::Challenge, "challenge", ["memeriksa pembayaran", "looking at your payment"]),
    ] {
        let page = order_page(OrderState::Awaiting, Some(attempt(PaymentMethod::BcaVa, state)));
        let html = in_both_languages(&format!("order-{name}"), &page, sentences).await;
        assert!(follows(&html) && html.contains("http-equiv=\"refresh\""), "{name}");
    }
    let mut page =
        order_page(OrderState::Awaiting, Some(attempt(PaymentMethod::BcaVa, AttemptState::Pending)));
    page.now += TimeDelta::minutes(59);
    let html =
        in_both_languages("order-closing", &page, ["Waktu bayar sudah habis", "time to pay is over"]).await;
    assert!(follows(&html) && !html.contains("8810"), "a dead number is not shown");
}

#[tokio::test]
async fn an_order_that_cannot_be_paid_says_why_and_what_then() {
    let mut page = order_page(OrderState::Open, None);
    page.may_choose = false;
    page.link_state = LinkState::Busy;
    page.next_chance = Some(page.now + TimeDelta::minutes(12));
    let html =
        in_both_languages("order-busy", &page, ["mulai Sel 24 Nov 16.17", "from Tue 24 Nov 16:17"]).await;
    assert!(follows(&html) && html.contains("href=\"/kaos-hitam\">Back to the link"), "{html}");
    let mut page = order_page(OrderState::Closed, None);
    in_both_languages("order-closed", &page, ["Mulai lagi", "Start again"]).await;
    page.link_state = LinkState::Exhausted;
    let html = in_both_languages("order-closed-sold-out", &page, ["Sudah habis", "Sold out"]).await;
    assert!(!html.contains("Start again"));
}

#[tokio::test]
async fn who_stands_in_line_reads_the_place_and_then_that_it_is_time() {
    let mut page = order_page(OrderState::Open, None);
    page.order.line = Some(PlaceInLine { since: page.now, told_at: None });
    (page.may_choose, page.link_state) = (false, LinkState::Busy);
    page.turn = Some(Turn { place: 3, is_now: false });
    let html = in_both_languages("order-turn", &page, ["Anda nomor 3", "number 3 in line"]).await;
    assert!(follows(&html) && html.contains("name=\"turn\" value=\"leave\""), "{html}");
    page.turn = Some(Turn { place: 1, is_now: false });
    in_both_languages("order-turn-next", &page, ["Anda yang berikutnya", "You are next"]).await;
    (page.may_choose, page.link_state) = (true, LinkState::Active);
    in_both_languages("order-turn-others", &page, ["sedang diberi tahu", "are being told"]).await;
    page.turn = Some(Turn { place: 1, is_now: true });
    let html =
        in_both_languages("order-turn-now", &page, ["<title>Giliran Anda! ·", "<title>Your turn! ·"]).await;
    assert!(html.contains("value=\"qris\"") && !html.contains("value=\"leave\""), "{html}");
    (page.turn, page.may_choose, page.link_state) = (None, false, LinkState::Expired);
    in_both_languages("order-turn-over", &page, ["Antreannya sudah berakhir", "The line has ended"]).await;
}

#[tokio::test]
async fn an_end_without_money_never_says_that_none_was_sent_once_a_number_was_given() {
    let mut page =
        order_page(OrderState::Expired, Some(attempt(PaymentMethod::BcaVa, AttemptState::Expired)));
    page.may_choose = false;
    for state in [LinkState::Exhausted, LinkState::Expired, LinkState::Deleted, LinkState::Active] {
        page.link_state = state;
        let html = in_both_languages(
            "order-unseen",
            &page,
            ["Belum ada pembayaran yang kami lihat", "seen no payment"],
        )
        .await;
        assert!(html.contains("keep your proof") && html.contains("name #K7Q2M"), "{html}");
        assert!(!html.contains("No money was taken") && !html.contains("without a payment"), "{html}");
        assert!(follows(&html) && html.contains("http-equiv=\"refresh\""), "late money is still looked for");
    }
    page.link_state = LinkState::Paused;
    let html = in_both_languages("order-unseen-paused", &page, ["istirahat", "taking a break"]).await;
    assert!(html.contains("keep your proof") && !html.contains("has ended"), "its turn may come: {html}");
    page.attempts[0].instructions = None;
    page.link_state = LinkState::Active;
    in_both_languages("order-never-asked", &page, ["tanpa pembayaran", "without a payment"]).await;
}

#[tokio::test]
async fn a_number_that_is_dead_is_said_to_be_dead() {
    let expired = attempt(PaymentMethod::BcaVa, AttemptState::Expired);
    let mut page = order_page(OrderState::Expired, Some(expired.clone()));
    let html = in_both_languages("order-expired", &page, ["Jangan bayar lagi", "Do not pay again"]).await;
    assert!(html.contains("BCA Virtual Account no longer works") && html.contains("ask Toko Ani"), "{html}");

    let pending = attempt(PaymentMethod::BniVa, AttemptState::Pending);
    page.order = crate::web::samples::order(OrderState::Awaiting);
    page.attempts = vec![attempt(PaymentMethod::BcaVa, AttemptState::Cancelled), pending.clone()];
    page.attempt = Some(pending.clone());
    let sentences =
        ["BCA Virtual Account yang tadi tidak berlaku lagi", "earlier BCA Virtual Account no longer"];
    let html = in_both_languages("order-changed", &page, sentences).await;
    assert!(html.contains("provider instead of Toko Ani. The amount must be exactly IDR 150,000"), "{html}");

    page.attempts = vec![expired.clone(), expired.clone(), expired.clone(), pending.clone()];
    let last = ["kesempatan terakhir", "the last time you can change"];
    in_both_languages("order-last-change", &page, last).await;
    page.attempts.insert(0, expired);
    page.may_choose = false;
    in_both_languages("order-no-change", &page, ["tidak bisa diganti lagi", "cannot be changed any more"])
        .await;
}

#[tokio::test]
async fn what_a_choice_came_to_is_said_above() {
    let notices = [
        OrderNotice::EarlierStillValid,
        OrderNotice::MethodRefused,
        OrderNotice::TooManyAttempts,
        OrderNotice::OrderOver,
        OrderNotice::UnknownMethod,
        OrderNotice::PressAgain,
    ];
    let page = order_page(OrderState::Open, None);
    for language in Language::ALL {
        for notice in notices {
            let view = OrderView::new(&page, &token(), "m", &settings(), &reader(language), Some(notice));
            let html = read("order-notice", language, view.draw(StatusCode::CONFLICT)).await;
            assert!(html.contains("<p class=\"note\" role=\"alert\">"), "{notice:?}");
        }
    }
}
