//! What happened since yesterday, in one message at the hour that each person chose.

use chrono::TimeDelta;
use url::Url;

use crate::support::seller::Seller;
use crate::support::test_app::TestApp;

#[tokio::test(flavor = "multi_thread")]
async fn the_recap_says_what_was_paid_and_what_waits_once_a_day() {
    let mut app = TestApp::start().await;
    let ani = app.ani();
    let link = ani.makes_a_link("kaos 75rb").await;
    wants_a_recap(&ani, "20.00").await;
    app.until_hour(19).await;
    // Whatever the hour at which the story began: what was due until now is told.
    app.tells_recaps().await;
    for name in ["Budi", "Citra"] {
        let mut customer = app.customer();
        customer.orders(&link, name, "BCA Virtual Account").await;
        customer.pays().await;
        ani.reads(&format!("dari {name}")).await;
    }
    let mut dewi = app.customer();
    dewi.orders(&link, "Dewi", "BCA Virtual Account").await;
    app.tells_recaps().await;
    assert_eq!(ani.count("Ringkasan toko"), 0, "it is seven");

    app.until_hour(20).await;
    app.tells_recaps().await;
    let recap = ani.reads("Ringkasan toko").await;
    assert!(recap.silent && recap.text.contains("Lunas: 2 · Rp150.000"), "{}", recap.text);
    assert!(recap.text.contains("menunggu pembeli: 1") && recap.text.contains("Sandbox"), "{}", recap.text);
    assert!(ani.presses("🧾 Pesanan").await.text.contains("kaos") || !ani.buttons().is_empty());
    let stays = ani.phone.messages().iter().any(|message| message.message_id == recap.message_id);
    assert!(stays, "the answer came below");

    // Neither a restart nor another hour gives the day a second one.
    app.restart().await;
    app.tells_recaps().await;
    wants_a_recap(&ani, "22.00").await;
    app.until_hour(22).await;
    app.tells_recaps().await;
    assert_eq!(ani.count("Ringkasan toko"), 1, "{}", ani.phone.transcript());

    // The next evening only Dewi's order is new: nobody paid it.
    app.advance(TimeDelta::hours(12));
    app.settles().await;
    app.until_hour(22).await;
    app.settles().await;
    app.tells_recaps().await;
    let recap = ani.reads("Tidak jadi dibayar: 1").await;
    assert!(recap.text.contains("Tidak ada pembayaran baru"), "{}", recap.text);

    // And then there is nothing to say.
    app.advance(TimeDelta::days(1));
    app.tells_recaps().await;
    assert_eq!(ani.count("Ringkasan toko"), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn another_zone_gives_no_second_recap_for_a_day() {
    let app = TestApp::start().await;
    let ani = app.ani();
    let link = ani.makes_a_link("kaos 75rb").await;
    wants_a_recap(&ani, "20.00").await;
    sells(&app, &ani, &link, "Budi").await;
    app.until_hour(20).await;
    app.tells_recaps().await;
    assert_eq!(ani.count("Ringkasan toko"), 1);
    sells(&app, &ani, &link, "Citra").await;
    ani.says("/settings").await;
    ani.presses("🕐 Zona waktu").await;
    ani.says("London").await;
    // Eight in the evening of the same day, in London.
    app.settles().await;
    app.advance(TimeDelta::hours(8));
    app.tells_recaps().await;
    assert_eq!(ani.count("Ringkasan toko"), 1, "{}", ani.phone.transcript());
    app.advance(TimeDelta::days(1));
    app.tells_recaps().await;
    let recap = ani.reads("Lunas: 1 · Rp75.000").await;
    assert!(recap.text.contains("Ringkasan toko"), "{}", recap.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn many_who_look_at_once_tell_a_recap_once_and_who_switched_it_off_hears_none() {
    let app = TestApp::start().await;
    let ani = app.ani();
    let link = ani.makes_a_link("kaos 75rb").await;
    wants_a_recap(&ani, "20").await;
    sells(&app, &ani, &link, "Budi").await;
    app.until_hour(20).await;
    let looks = (0..8).map(|_| app.services().tell_due_recap());
    for looked in futures::future::join_all(looks).await {
        looked.expect("the database answers");
    }
    app.tells_recaps().await;
    assert_eq!(ani.count("Ringkasan toko"), 1);
    sells(&app, &ani, &link, "Citra").await;
    ani.says("/settings").await;
    ani.presses("🔔 Kabar untuk saya").await;
    ani.presses("🌙 Ringkasan").await;
    assert!(ani.presses("Mati").await.text.contains("harian: mati"));
    app.settles().await;
    app.advance(TimeDelta::days(1));
    app.tells_recaps().await;
    assert_eq!(ani.count("Ringkasan toko"), 1);
}

async fn wants_a_recap(ani: &Seller, time: &str) {
    ani.says("/settings").await;
    ani.presses("🔔 Kabar untuk saya").await;
    ani.presses("🌙 Ringkasan").await;
    let card = ani.says(time).await;
    assert!(card.text.contains("harian: tiap hari"), "{}", card.text);
}

async fn sells(app: &TestApp, ani: &Seller, link: &Url, name: &str) {
    let mut customer = app.customer();
    customer.orders(link, name, "BCA Virtual Account").await;
    customer.pays().await;
    ani.reads(&format!("dari {name}")).await;
    app.settles().await;
}
