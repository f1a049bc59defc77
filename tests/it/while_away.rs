//! Someone is not there, and comes back.

use chrono::TimeDelta;
use tautan::domain::apply::Tiding;
use tautan::messaging::pacer::Pace;
use tautan::simulator::telegram::{Fault, Misbehaviour};

use crate::support::seller::Seller;
use crate::support::test_app::TestApp;
use crate::support::test_outbox::{TestOutbox, chat_of};

#[tokio::test(flavor = "multi_thread")]
async fn who_was_away_is_told_what_was_missed_and_others_hear_meanwhile() {
    let app = TestApp::start().await;
    let (ani, lia) = (app.ani(), app.person("Lia", "id"));
    let link = ani.makes_a_link("kaos 150rb").await;
    let (mut budi, mut sari, mut lias) = (app.customer(), app.customer(), app.customer());
    budi.orders(&link, "Budi", "BCA").await;
    sari.orders(&link, "Sari", "BCA").await;
    lias.orders(&lia.makes_a_link("topi 150rb").await, "Budi", "BCA").await;
    ani.phone.blocks_bot();
    ani.phone.settles().await;
    for customer in [&budi, &sari, &lias] {
        customer.pays().await;
    }
    lia.reads("Rp150.000 dari Budi").await;
    app.settles().await;
    assert_eq!(ani.count("Rp150.000 dari"), 0);
    let calls = app.telegram.calls_of("sendMessage");
    assert!(calls.iter().all(|call| call.status != 403), "who said good-bye is not even tried");

    ani.phone.says("/links");
    let list = ani.reads("Selama Anda pergi, ada 2 kabar").await;
    for customer in [&budi, &sari] {
        let code = app.order(customer).await.order.code;
        assert!(list.text.contains(&code.to_string()), "{}", list.text);
    }
    assert!(!list.silent && list.button("Semua tautan").is_some());
    app.settles().await;
    assert_eq!(ani.count("Selama Anda pergi"), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_unblocks_the_bot_hears_without_saying_a_word() {
    let app = TestApp::start().await;
    let ani = app.ani();
    let mut budi = app.customer();
    budi.orders(&ani.makes_a_link("kaos 150rb").await, "Budi", "BCA").await;
    deactivated(&app, &ani);
    budi.pays().await;
    app.settles().await;
    app.telegram.behave();
    ani.phone.blocks_bot();
    ani.phone.unblocks_bot();
    ani.reads("Selama Anda pergi").await;
}

/// The account is gone, and no update says so.
fn deactivated(app: &TestApp, seller: &Seller) {
    let fault = Fault::Refusal(403, "Forbidden: user is deactivated".to_owned());
    app.telegram.misbehave(Misbehaviour::on("sendMessage", fault).in_chat(seller.phone.id()).always());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dead_chat_is_asked_once_however_much_waits() {
    for wording in [
        "Forbidden: bot was blocked by the user",
        "Forbidden: user is deactivated",
        "Forbidden: bot was kicked from the supergroup chat",
        "Bad Request: chat not found",
    ] {
        let outbox = TestOutbox::of_shops(2).await;
        let dead = outbox.shops[0].phone.id();
        let fault = Fault::Refusal(if wording.starts_with('F') { 403 } else { 400 }, wording.to_owned());
        outbox.telegram.misbehave(Misbehaviour::new(fault).in_chat(dead).always());
        outbox.pays(&[(0, "Budi"), (0, "Sari"), (1, "Budi")]).await;
        let courier = outbox.courier(Pace::NONE);
        outbox.is_told(std::time::Duration::from_secs(10)).await;
        outbox.pays(&[(0, "Dewi"), (1, "Sari")]).await;
        outbox.clock.advance(TimeDelta::days(1));
        outbox.is_told(std::time::Duration::from_secs(10)).await;
        let to_the_dead = outbox.calls().iter().filter(|call| chat_of(call) == dead).count();
        assert_eq!((to_the_dead, outbox.shown(1).len()), (1, 2), "{wording}");
        courier.stop().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_long_absence_is_one_list_and_decisions_are_told_in_full() {
    let outbox = TestOutbox::of_shops(1).await;
    outbox.shops[0].phone.blocks_bot();
    let courier = outbox.courier(Pace::NONE);
    let codes = outbox.pays(&[(0, "Budi"); 34]).await;
    outbox.tells(0, &codes[3], Tiding::Reversed).await;
    outbox.is_told(std::time::Duration::from_secs(10)).await;
    outbox.shops[0].phone.unblocks_bot();
    let chat = tautan::domain::id::TelegramId(outbox.shops[0].phone.id());
    outbox.clock.advance(TimeDelta::days(3));
    outbox.services.storage().welcome_back(chat).await.unwrap();
    let new = outbox.pays(&[(0, "Sari")]).await;
    outbox.is_told(std::time::Duration::from_secs(10)).await;
    let shown = outbox.shown(0);
    assert_eq!(shown.len(), 3, "{}", outbox.shops[0].phone.transcript());
    assert!(shown[0].contains("34 kabar") && shown[0].contains("dan 14 lagi"), "{}", shown[0]);
    let listed = codes.iter().filter(|code| shown[0].contains(&code.to_string())).count();
    assert_eq!(listed, 20, "the newest ones");
    assert!(shown[0].contains(&codes[33].to_string()) && shown[1].contains("JANGAN DIKIRIM"));
    assert!(shown[2].contains(&new[0].to_string()) && shown[2].contains("dari Sari"));
    courier.stop().await;
}
