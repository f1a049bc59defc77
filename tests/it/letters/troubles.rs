//! The mail server is away, busy, slow, or says no: every letter arrives once, or its seller is told.

use chrono::TimeDelta;

use super::{app_with, fates, sends_all};
use crate::support::database::TestDatabase;
use crate::support::mailbox::Mailbox;
use crate::support::process::Site;
use crate::support::test_app::{Options, TestApp};

#[tokio::test(flavor = "multi_thread")]
async fn a_mail_server_that_is_away_gets_every_letter_once_when_it_is_back() {
    let mut mailbox = Mailbox::closed();
    let mail = Some(mailbox.settings());
    let mut app = TestApp::start_with(Options { mail, ..Options::default() }).await;
    let ani = app.ani();
    ani.makes_a_link("kaos 75rb x1 for:Budi, 0812-3456-7890, budi@kotak.test").await;
    let ready = app.base_url.join("readyz").unwrap();
    let mut told = String::new();
    for _ in 0..1_000 {
        told = reqwest::get(ready.clone()).await.unwrap().text().await.unwrap();
        if told.contains("mail") {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    assert!(told.contains("\"mail\""), "the operator sees it: {told}");
    app.restart().await;
    mailbox.opens();
    app.advance(TimeDelta::minutes(15));
    mailbox.gets("tautan bayar untuk kaos").await;
    sends_all(&app).await;
    app.restart().await;
    sends_all(&app).await;
    assert_eq!(fates(&app).await, ["link sent"]);
    assert_eq!(mailbox.letters().len(), 1);
    let told = reqwest::get(ready).await.unwrap().text().await.unwrap();
    assert!(!told.contains("\"mail\""), "{told}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_busy_mail_server_gets_the_letter_later() {
    let mailbox = Mailbox::open();
    let app = app_with(&mailbox).await;
    let ani = app.ani();
    ani.makes_a_link("kaos 75rb x1 for:Budi, 0812-3456-7890, later@kotak.test").await;
    sends_all(&app).await;
    assert_eq!((mailbox.letters().len(), fates(&app).await), (0, vec!["link waiting".to_owned()]));
    app.settles().await;
    app.advance(TimeDelta::minutes(3));
    mailbox.gets("tautan bayar untuk kaos").await;
    sends_all(&app).await;
    assert_eq!(fates(&app).await, ["link sent"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_seller_is_told_once_that_a_link_did_not_arrive() {
    let mailbox = Mailbox::open();
    let app = app_with(&mailbox).await;
    let ani = app.ani();
    ani.makes_a_link("kaos 75rb x1 for:Budi, 0812-3456-7890, nobody@kotak.test").await;
    let notice = ani.reads("Surel tidak sampai").await;
    assert!(notice.text.contains("nobody@kotak.test"), "{}", notice.text);
    sends_all(&app).await;
    app.advance(TimeDelta::days(1));
    sends_all(&app).await;
    assert_eq!(ani.count("Surel tidak sampai"), 1);
    assert_eq!(fates(&app).await, ["link failed"]);
    let log = app.database().texts("select dedupe_key from letters").await.unwrap().concat();
    assert!(!log.contains("kotak"), "the address stands with its link alone");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_letter_that_may_have_arrived_is_sent_twice_more_hours_apart_and_never_again() {
    let mailbox = Mailbox::open();
    let app = app_with(&mailbox).await;
    let ani = app.ani();
    ani.makes_a_link("kaos 75rb x1 for:Budi, 0812-3456-7890, cut@kotak.test").await;
    mailbox.gets("tautan bayar untuk kaos").await;
    sends_all(&app).await;
    app.settles().await;
    app.advance(TimeDelta::hours(3));
    sends_all(&app).await;
    assert_eq!((mailbox.letters().len(), fates(&app).await), (1, vec!["link waiting".to_owned()]));
    for taken in [2, 3] {
        app.advance(TimeDelta::hours(4));
        sends_all(&app).await;
        assert_eq!(mailbox.letters().len(), taken);
    }
    assert_eq!(fates(&app).await, ["link failed"]);
    ani.reads("Surel tidak sampai").await;
    app.advance(TimeDelta::days(1));
    sends_all(&app).await;
    assert_eq!((mailbox.letters().len(), ani.count("Surel tidak sampai")), (3, 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_never_says_good_bye_has_the_letter() {
    let mailbox = Mailbox::open();
    let app = app_with(&mailbox).await;
    app.ani().makes_a_link("kaos 75rb x1 for:Budi, 0812-3456-7890, quiet@kotak.test").await;
    mailbox.gets("tautan bayar untuk kaos").await;
    sends_all(&app).await;
    assert_eq!(fates(&app).await, ["link sent"]);
    app.settles().await;
    app.advance(TimeDelta::hours(5));
    sends_all(&app).await;
    assert_eq!(mailbox.letters().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn one_slow_letter_keeps_no_other_waiting() {
    let mailbox = Mailbox::open();
    let app = app_with(&mailbox).await;
    let ani = app.ani();
    ani.makes_a_link("topi 50rb x1 for:Budi, 0812-3456-7890, slow@kotak.test").await;
    ani.makes_a_link("kaos 75rb x1 for:Citra, 0812-3456-7891, citra@kotak.test").await;
    mailbox.gets("tautan bayar untuk kaos").await;
    assert_eq!(mailbox.letters().len(), 1);
}

/// On PostgreSQL others may be at work, so a killed process's lease has to run out there, which takes minutes.
#[tokio::test(flavor = "multi_thread")]
async fn a_letter_that_a_killed_process_was_sending_is_sent_by_the_next_one() {
    let database = TestDatabase::create().await;
    if database.is_postgres() {
        return;
    }
    let mailbox = Mailbox::open();
    let url = mailbox.url();
    let variables = [("TAUTAN_SMTP_URL", url.as_str()), ("TAUTAN_MAIL_FROM", "pay@tautan.test")];
    let site = Site::open(&database.url(), &variables).await;
    let mut process = site.start(site.address().await).await;
    let ani = site.seller(500_001, "Ani");
    ani.makes_a_link("kaos 75rb x1 for:Budi, 0812-3456-7890, once@kotak.test").await;
    mailbox.holds_one().await;
    process.kill();
    let next = site.start(process.address).await;
    let mail = mailbox.gets("tautan bayar untuk kaos").await;
    assert_eq!(mail.to, ["once@kotak.test"]);
    let said = next.said();
    assert!(!said.contains("kotak.test"), "no log holds an address: {said}");
    let (status, _) = next.terminate().await;
    assert!(status.success());
    assert_eq!(mailbox.letters().len(), 1);
    assert_eq!(database.texts("select kind || ' ' || state from letters").await.unwrap(), ["link sent"]);
}
