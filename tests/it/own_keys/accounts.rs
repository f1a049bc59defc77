//! What an account of a shop's may do to others, and how long its key is kept.

use chrono::TimeDelta;
use sha2::{Digest, Sha512};
use tautan::simulator::midtrans::{Conduct, Endpoint, Misbehaviour};
use tautan::simulator::telegram::ButtonKind;

use super::{SANDBOX_KEY, app_at, connects, newest_form, opens_gateway, settles, types};
use crate::support::midtrans_hall::MidtransHall;
use crate::support::seller::Seller;
use crate::support::test_app::TestApp;

/// The path of the notices of the shop's account.
async fn notice_path(ani: &Seller) -> String {
    opens_gateway(ani).await;
    let text = ani.newest().text;
    let code = text.split("/webhooks/midtrans/").nth(1).and_then(|rest| rest.split_whitespace().next());
    format!("/webhooks/midtrans/{}", code.expect("an address of notices"))
}

/// Sends what who has the key can sign.
async fn notifies(app: &TestApp, path: &str, order_id: &str, transaction_id: &str) -> u16 {
    let (code, amount) = ("200", "75000.00");
    let notice = serde_json::json!({
        "order_id": order_id, "status_code": code, "gross_amount": amount, "transaction_status": "settlement",
        "transaction_id": transaction_id,
        "signature_key": hex::encode(Sha512::digest(format!("{order_id}{code}{amount}{SANDBOX_KEY}"))),
    });
    app.request("POST", path).json(&notice).send().await.expect("an answer").status().as_u16()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_shops_account_says_of_strange_charges_leaves_no_trace() {
    let hall = MidtransHall::open().await;
    let merchant = hall.merchant(SANDBOX_KEY);
    let app = app_at(&hall).await;
    let ani = app.ani();
    let link = ani.makes_a_link("kaos 75rb").await;
    connects(&app, &ani, "🔑 Sambungkan sandbox", SANDBOX_KEY).await;
    let path = notice_path(&ani).await;
    let notices = "select fingerprint from gateway_notices";
    let alerts = "select kind from alerts";
    let alerts_before = app.database().texts(alerts).await.expect("the database answers");
    for strange in ["pesanan-di-toko-lain-1", "kaos-aaaaa-aaaaaaaaaaaaa"] {
        assert_eq!(notifies(&app, &path, strange, "made-up").await, 200);
    }
    assert_eq!(app.database().texts(notices).await.expect("the database answers"), [""; 0]);
    assert_eq!(app.database().texts(alerts).await.expect("the database answers"), alerts_before);

    let mut budi = app.customer_of(&merchant);
    budi.orders(&link, "Budi", "QRIS").await;
    settles(&app, &[&merchant]).await;
    let charge = app.attempts(&budi).await[0].gateway_order_id.clone();
    for made_up in ["one", "two", "three"] {
        assert_eq!(notifies(&app, &path, charge.as_str(), made_up).await, 200);
    }
    let claims = format!("{notices} where claimed_status = 'settlement'");
    assert_eq!(app.database().texts(&claims).await.expect("the database answers").len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_that_was_taken_off_is_kept_for_the_charges_that_are_being_made() {
    let hall = MidtransHall::open().await;
    hall.merchant(SANDBOX_KEY);
    let app = app_at(&hall).await;
    let ani = app.ani();
    ani.makes_a_link("kaos 75rb").await;
    // Nothing shows that a key is of the same merchant before a charge was made: the earlier one stays as it is.
    connects(&app, &ani, "🔑 Sambungkan sandbox", SANDBOX_KEY).await;
    connects(&app, &ani, "♻️ Ganti sandbox", SANDBOX_KEY).await;
    opens_gateway(&ani).await;
    ani.presses("🔓 Lepas sandbox").await;
    ani.presses("🔓 Ya, lepas").await;
    app.settles().await;
    let kept =
        "select key_tail from gateway_accounts where sealed_key is not null and retired_at is not null";
    app.services().forget_old_rows().await.expect("the database answers");
    assert_eq!(app.database().texts(kept).await.expect("the database answers"), ["han1", "han1"]);
    app.time().advance(TimeDelta::minutes(61));
    app.services().forget_old_rows().await.expect("the database answers");
    assert_eq!(app.database().texts(kept).await.expect("the database answers"), [""; 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_old_card_is_about_the_shop_that_it_names() {
    let hall = MidtransHall::open().await;
    hall.merchant(SANDBOX_KEY);
    let app = app_at(&hall).await;
    let ani = app.ani();
    ani.makes_a_link("kaos 75rb").await;
    opens_gateway(&ani).await;
    let (old, connect) = (ani.newest().message_id, ani.data_of("🔑 Sambungkan sandbox"));
    ani.says("/settings").await;
    ani.presses("🏪 Toko saya").await;
    ani.presses("➕ Buka toko lagi").await;
    ani.says("Kaos Dua").await;
    opens_gateway(&ani).await;
    assert!(ani.newest().text.contains("Midtrans & mode · Kaos Dua"), "{}", ani.newest().text);
    ani.phone.presses_data(old, &connect);
    ani.reads("Sambungkan Midtrans sandbox · Ani").await;
    app.settles().await;
    let page = app.customer().opens(&newest_form(&ani)).await.text();
    assert!(page.contains("Toko: Ani") && !page.contains("Kaos Dua"), "{page}");
    // So are what is told of the account, and the card that led to the form.
    let page = types(&mut app.customer(), &newest_form(&ani), SANDBOX_KEY).await;
    assert!(page.text().contains("Midtrans tersambung"), "{}", page.text());
    app.settles().await;
    let used = ani.reads("Formulir untuk Ani sudah dipakai").await;
    let back = used.button("◀ Kembali").map(|button| button.kind.clone());
    let Some(ButtonKind::Callback(back)) = back else { panic!("{used:?}") };
    for press in [ani.data_of("🔌 Midtrans & mode"), back] {
        ani.says("/settings").await;
        ani.presses("🏪 Toko saya").await;
        ani.presses("Kaos Dua").await;
        ani.says_and_reads("/links", "Belum ada tautan").await;
        ani.phone.presses_data(used.message_id, &press);
        app.settles().await;
        let shown = ani.reads("Midtrans & mode · Ani").await;
        assert!(shown.text.contains("kunci toko ini, …han1"), "{}", shown.text);
        ani.says_and_reads("/links", "Tautan · 1").await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_owner_hears_once_that_the_account_may_not_use_a_method() {
    let hall = MidtransHall::open().await;
    let merchant = hall.merchant(SANDBOX_KEY);
    let app = app_at(&hall).await;
    let ani = app.ani();
    let link = ani.makes_a_link("kaos 75rb").await;
    connects(&app, &ani, "🔑 Sambungkan sandbox", SANDBOX_KEY).await;
    for day in 0..2 {
        let not_active = serde_json::json!({ "status_code": "402", "status_message": "not activated" });
        merchant.misbehave(Misbehaviour::once(Endpoint::Charge, Conduct::alter(not_active)));
        let mut budi = app.customer_of(&merchant);
        budi.orders(&link, "Budi", "Alfamart").await;
        let told = ani.reads("belum membolehkan toko ini menerima Alfamart").await;
        assert!(told.text.contains("…han1"), "day {day}: {}", told.text);
        settles(&app, &[&merchant]).await;
        app.advance(TimeDelta::hours(25));
    }
    assert_eq!(ani.count("belum membolehkan"), 1, "{}", ani.phone.transcript());
}
