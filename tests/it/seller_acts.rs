//! What a seller does about an order's money, and what is answered when it does not fit.

use chrono::TimeDelta;
use tautan::domain::id::{AttemptId, TelegramId};
use tautan::domain::order::OrderState;
use tautan::messaging::buttons::Press;
use tautan::services::seller_acts::Asked;
use tautan::simulator::midtrans::{Conduct, Endpoint, Misbehaviour};

use crate::support::customer::Customer;
use crate::support::seller::Seller;
use crate::support::test_app::TestApp;

#[tokio::test(flavor = "multi_thread")]
async fn a_refund_whose_answer_was_lost_is_made_once_and_told_once() {
    let (app, ani, budi) = a_paid_order("QRIS").await;
    app.bank.misbehave(Misbehaviour::once(Endpoint::Refund, Conduct::CutAfterAcceptance));
    asks_for_a_refund(&ani).await;
    ani.presses("Ya, kembalikan").await;
    app.settles().await;
    app.advance(TimeDelta::minutes(6));
    ani.reads("Rp150.000 kembali ke Budi").await;
    app.settles().await;
    assert_eq!(listed_refunds(&app, &budi).await, 1);
    assert_eq!(ani.count("kembali ke Budi"), 1, "{}", ani.phone.transcript());
    assert_eq!((app.order(&budi).await.order.state, app.ledger_sum(&budi).await), (OrderState::Refunded, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refund_is_finished_after_a_restart() {
    let (mut app, ani, budi) = a_paid_order("QRIS").await;
    app.bank
        .misbehave(Misbehaviour::once(Endpoint::Refund, Conduct::ServerError { status: 503 }).times(1_000));
    asks_for_a_refund(&ani).await;
    ani.presses("Ya, kembalikan").await;
    ani.reads("sedang dikembalikan").await;
    app.settles().await;
    assert_eq!((app.ledger_sum(&budi).await, listed_refunds(&app, &budi).await), (150_000, 0));
    app.restart().await;
    app.bank.behave();
    app.advance(TimeDelta::minutes(6));
    ani.reads("Rp150.000 kembali ke Budi").await;
    app.settles().await;
    assert_eq!((app.ledger_sum(&budi).await, listed_refunds(&app, &budi).await), (0, 1));
    ani.says_and_reads("/links", "Tautan").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn only_what_the_gateway_shows_is_booked() {
    let (app, ani, budi) = a_paid_order("QRIS").await;
    ani.says_and_reads("/start", "Hari ini: 1 pembayaran · Rp150.000").await;
    // The gateway says yes, and shows nothing of it yet.
    let fields =
        serde_json::json!({ "transaction_status": "settlement", "refunds": null, "refund_amount": null });
    let unchanged = Conduct::alter(fields);
    app.bank.misbehave(Misbehaviour::once(Endpoint::Status, unchanged).times(1_000));
    asks_for_a_refund(&ani).await;
    ani.presses("Ya, kembalikan").await;
    app.settles().await;
    assert_eq!((app.ledger_sum(&budi).await, listed_refunds(&app, &budi).await), (150_000, 1));
    assert_eq!(ani.count("kembali ke Budi"), 0);
    ani.presses("Pesanan").await;
    press_newest_order(&ani).await;
    let card = ani.reads("dalam perjalanan kembali").await;
    assert!(card.button("Kembalikan uang").is_none(), "nothing more to give back");
    assert!(card.text.contains("🔄 Uang sedang dikembalikan"), "{}", card.text);
    assert!(!card.text.contains("Masih di Anda"), "{}", card.text);
    app.bank.behave();
    app.advance(TimeDelta::minutes(2));
    ani.reads("Rp150.000 kembali ke Budi").await;
    app.settles().await;
    assert_eq!(app.ledger_sum(&budi).await, 0);
    assert_eq!(app.bank_was_asked("/refund"), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_part_is_typed_and_more_than_is_left_is_refused_with_both_numbers() {
    let (app, ani, budi) = a_paid_order("QRIS").await;
    asks_for_a_refund(&ani).await;
    ani.presses("Jumlah lain").await;
    ani.reads("Paling banyak Rp150.000").await;
    ani.says_and_reads("200rb", "Rp200.000 lebih besar dari yang ada: yang bisa dikembalikan Rp150.000")
        .await;
    for (typed, answer) in [
        ("banyak", "Jumlah “banyak” belum jelas"),
        ("😀", "Jumlah “😀” belum jelas"),
        ("USD 5", "Jumlah “USD 5” belum jelas"),
        ("9999999999999", "Jumlah “9999999999999” belum jelas"),
        ("-5", "Jumlahnya harus lebih dari nol"),
        ("0", "Jumlahnya harus lebih dari nol"),
        ("4811 1111 1111 1114", "Jumlah “…” belum jelas"),
    ] {
        let answer = ani.says_and_reads(typed, answer).await;
        assert!(answer.text.contains("Paling banyak Rp150.000"), "{}", answer.text);
        assert!(!answer.text.contains("arga") && !answer.text.contains("4811"), "{}", answer.text);
    }
    ani.says_and_reads("50rb", "Kembalikan Rp50.000 ke Budi").await;
    ani.presses("Ya, kembalikan").await;
    ani.reads("harga pesanan Rp150.000").await;
    app.settles().await;
    assert_eq!(app.order(&budi).await.order.state, OrderState::PartiallyRefunded);
    assert_eq!(app.ledger_sum(&budi).await, 100_000);
    ani.says_and_reads("/start", "Hari ini: 1 pembayaran · Rp100.000").await;

    ani.says_and_reads(&format!("/orders {}", app.order(&budi).await.order.code), "Rp50.000 dikembalikan")
        .await;
    ani.presses("Kembalikan uang").await;
    ani.reads("Kembalikan Rp100.000 ke Budi").await;
    ani.presses("Ya, kembalikan").await;
    ani.reads("Rp100.000 kembali ke Budi").await;
    app.settles().await;
    assert_eq!((app.order(&budi).await.order.state, app.ledger_sum(&budi).await), (OrderState::Refunded, 0));
    assert_eq!(listed_refunds(&app, &budi).await, 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn when_the_gateways_time_is_over_the_seller_sends_it_by_hand() {
    let (app, ani, budi) = a_paid_order("QRIS").await;
    asks_for_a_refund(&ani).await;
    app.advance(TimeDelta::days(8));
    ani.presses("Ya, kembalikan").await;
    ani.reads("sudah lewat sepuluh menit").await;
    ani.presses("Kembalikan uang").await;
    ani.reads("batas waktunya sudah lewat").await;
    ani.presses("Sudah ditransfer").await;
    ani.presses("Ya, sudah").await;
    ani.reads("Dicatat:").await;
    app.settles().await;
    assert_eq!((app.bank_was_asked("/refund"), app.ledger_sum(&budi).await), (0, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_confirm_button_works_for_ten_minutes_once_and_for_one_person() {
    let (app, ani, budi) = a_paid_order("BCA Virtual Account").await;
    ani.presses("Pesanan").await;
    ani.presses("Kembalikan uang").await;
    ani.presses("Sudah ditransfer").await;
    let question = ani.reads("Benar Rp150.000 sudah Anda kembalikan").await;
    let data = ani.data_of("Ya, sudah");
    let mallory = app.person("Mallory", "id");
    mallory.makes_a_link("topi 10rb").await;
    mallory.phone.presses_data(mallory.newest().message_id, &data);
    app.settles().await;
    assert_eq!(app.ledger_sum(&budi).await, 150_000, "another person's press does nothing");

    app.advance(TimeDelta::minutes(11));
    // The link's card is drawn again meanwhile.
    app.settles().await;
    ani.phone.presses_data(question.message_id, &data);
    ani.reads("sudah lewat sepuluh menit").await;
    assert_eq!(app.ledger_sum(&budi).await, 150_000, "too late");

    ani.presses("Kembalikan uang").await;
    ani.presses("Sudah ditransfer").await;
    let data = ani.data_of("Ya, sudah");
    ani.presses("Ya, sudah").await;
    ani.reads("Dicatat:").await;
    ani.phone.presses_data(question.message_id, &data);
    ani.reads("Itu sudah dilakukan, satu kali.").await;
    app.settles().await;
    assert_eq!(app.ledger_sum(&budi).await, 0);
    assert_eq!(mallory.phone.unanswered_taps(), []);
}

#[tokio::test(flavor = "multi_thread")]
async fn after_a_reversal_nothing_is_delivered_and_nothing_given_back() {
    let (app, ani, budi) = a_paid_order("Permata Virtual Account").await;
    let attempt_id = app.attempts(&budi).await[0].id;
    app.bank.reverse(&budi.gateway_order_id().await).await.expect("a reversal");
    let notice = ani.reads("JANGAN DIKIRIM").await;
    assert!(notice.button("Kembalikan").is_none() && !notice.silent);
    app.settles().await;
    for press in [Press::Return(attempt_id, None), Press::SentBack(attempt_id, 150_000)] {
        ani.phone.presses_data(notice.message_id, &press.encode());
        app.settles().await;
        assert!(ani.newest().text.contains("bank menarik kembali uang ini"), "{}", ani.newest().text);
    }
    let order_id = app.order(&budi).await.order.id;
    ani.phone.presses_data(notice.message_id, &Press::Deliver(order_id).encode());
    app.settles().await;
    assert!(ani.newest().text.contains("Jangan dikirim"), "{}", ani.newest().text);
    assert_eq!(app.ledger_sum(&budi).await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refund_that_the_gateway_refuses_is_told_with_a_way_on() {
    let (app, ani, budi) = a_paid_order("QRIS").await;
    // The customer disputes a part, and nobody has heard of it yet.
    app.bank.misbehave(Misbehaviour::once(Endpoint::Notice, Conduct::Drop));
    app.bank.chargeback_part(&budi.gateway_order_id().await, 50_000).await.expect("a dispute");
    asks_for_a_refund(&ani).await;
    ani.presses("Ya, kembalikan").await;
    let failed = ani.reads("gagal dikembalikan ke Budi").await;
    ani.reads("menyengketakan Rp50.000").await;
    for label in ["Coba lagi", "Sudah ditransfer"] {
        assert!(failed.button(label).is_some(), "{}", ani.phone.transcript());
    }
    app.settles().await;
    let order = app.order(&budi).await.order;
    assert_eq!((order.state, app.ledger_sum(&budi).await), (OrderState::Paid, 100_000));
    ani.presses("Coba lagi").await;
    ani.reads("bank pembeli menyengketakannya").await;

    app.bank.chargeback_part(&budi.gateway_order_id().await, 100_000).await.expect("a dispute");
    ani.reads("menyengketakan Rp100.000").await;
    app.settles().await;
    let order = app.order(&budi).await.order;
    assert_eq!((order.state, app.ledger_sum(&budi).await), (OrderState::ChargedBack, 0));
    assert_eq!(ani.count("gagal dikembalikan ke"), 1, "{}", ani.phone.transcript());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_others_of_the_shop_hear_what_one_did_and_a_viewer_may_only_look() {
    let (app, ani, budi) = a_paid_order("BCA Virtual Account").await;
    let (sari, wati) = (app.person("Sari", "id"), app.person("Wati", "en"));
    for (person, role, language) in [(&sari, "staff", "id"), (&wati, "viewer", "en")] {
        let joins = format!(
            "insert into staff (merchant_id, telegram_id, role, language, joined_at)
             select merchant_id, {}, '{role}', '{language}', (select max(updated_at) from orders)
             from staff where telegram_id = {}",
            person.phone.id(),
            ani.phone.id()
        );
        // The statement is the story's own.
        app.database().execute(Box::leak(joins.into_boxed_str())).await.expect("a new member of staff");
    }
    let attempt_id = app.attempts(&budi).await[0].id;
    wati.says("/start").await;
    wati.phone.presses_data(wati.newest().message_id, &Press::SentBack(attempt_id, 150_000).encode());
    wati.reads("not move money").await;
    let seat = app.services().seat(TelegramId(wati.phone.id())).await.expect("a database").expect("a seat");
    let asked = app.services().ask_refund(&seat, attempt_id, None).await.expect("a database");
    assert!(matches!(asked, Asked::NotAllowed), "{asked:?}");

    sari.says_and_reads("/links", "Tautan · 1").await;
    sari.phone.presses_data(sari.newest().message_id, &Press::SentBack(attempt_id, 150_000).encode());
    sari.reads("Benar Rp150.000").await;
    sari.presses("Ya, sudah").await;
    ani.reads("Rp150.000 sudah dikembalikan manual ke Budi").await;
    wati.reads("IDR 150,000 was sent back to Budi by hand").await;
    app.settles().await;
    assert_eq!(sari.count("dikembalikan manual ke"), 0, "who did it knows it");
    assert_eq!(app.ledger_sum(&budi).await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_charge_of_another_shop_or_of_none_is_not_found() {
    let (app, ani, budi) = a_paid_order("QRIS").await;
    let attempt_id = app.attempts(&budi).await[0].id;
    let mallory = app.person("Mallory", "id");
    mallory.makes_a_link("topi 10rb").await;
    let card = mallory.newest().message_id;
    for id in [attempt_id, AttemptId::generate()] {
        for press in [
            Press::Return(id, None),
            Press::ReturnAmount(id),
            Press::SentBack(id, 1),
            Press::RecordReturn(id, Some(5)),
        ] {
            mallory.phone.presses_data(card, &press.encode());
        }
    }
    app.settles().await;
    assert_eq!(mallory.phone.unanswered_taps(), []);
    assert!(!mallory.phone.transcript().contains("Budi"), "{}", mallory.phone.transcript());
    assert_eq!(app.ledger_sum(&budi).await, 150_000);
    assert_eq!(ani.count("kembali ke"), 0);
}

async fn a_paid_order(method: &str) -> (TestApp, Seller, Customer) {
    let app = TestApp::start().await;
    let ani = app.ani();
    let link = ani.makes_a_link("kaos hitam 150rb x1").await;
    let mut budi = app.customer();
    budi.orders(&link, "Budi", method).await;
    budi.pays().await;
    ani.reads("Rp150.000 dari Budi").await;
    app.settles().await;
    (app, ani, budi)
}

async fn asks_for_a_refund(ani: &Seller) {
    ani.presses("Pesanan ini").await;
    ani.presses("Kembalikan uang").await;
    ani.reads("Uangnya dikirim otomatis lewat QRIS").await;
}

/// Opens the only order of the list that is shown.
async fn press_newest_order(ani: &Seller) {
    if ani.newest().button("Budi").is_some() {
        ani.presses("Budi").await;
    }
}

async fn listed_refunds(app: &TestApp, customer: &Customer) -> usize {
    let charge = app.charge(customer).await;
    charge.fields.get("refunds").and_then(|refunds| refunds.as_array()).map_or(0, Vec::len)
}
