//! What keeps letters from becoming a nuisance, and what is not told any more.

use chrono::TimeDelta;
use tautan::domain::letter::LetterKind;
use tautan::storage::letters::NewLetter;

use super::{app_with, fates, sends_all};
use crate::support::mailbox::Mailbox;
use crate::support::seller::Seller;
use crate::support::test_app::TestApp;

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_told_of_what_is_gone() {
    let mut mailbox = Mailbox::closed();
    let app = app_with(&mailbox).await;
    let ani = app.ani();
    ani.makes_a_link("topi 50rb x1 for:Budi, 0812-3456-7890, budi@kotak.test").await;
    ani.presses("Hapus").await;
    ani.presses("Ya, hapus").await;
    let link = ani.makes_a_link("kaos 75rb for:Budi, 0812-3456-7890, budi@example.test").await;
    let mut budi = app.customer();
    budi.orders(&link, "Budi", "BCA Virtual Account").await;
    budi.pays().await;
    ani.reads("dari Budi").await;
    app.settles().await;
    ani.says_and_reads("/settings", "Pengaturan").await;
    ani.presses("Data toko").await;
    ani.presses("Data pembeli").await;
    ani.says_and_reads("0812 3456 7890", "Pesanan: 1").await;
    ani.presses("Hapus datanya").await;
    ani.presses("Ya, hapus").await;
    app.settles().await;
    mailbox.opens();
    app.advance(TimeDelta::minutes(15));
    sends_all(&app).await;
    assert_eq!(fates(&app).await, ["link void", "link void", "instructions void", "receipt void"]);
    assert_eq!(mailbox.letters().len(), 0);
    let kept = "select column_name || '' from information_schema.columns where table_name = 'letters'";
    if app.database().is_postgres() {
        let columns = app.database().texts(kept).await.unwrap();
        assert!(!columns.iter().any(|column| column.contains("mail") || column.contains("address")));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn one_address_is_not_flooded() {
    let mailbox = Mailbox::open();
    let app = app_with(&mailbox).await;
    let ani = app.ani();
    for number in 1..=12 {
        ani.makes_a_link(&format!("kaos {number} 75rb x1 for:Budi, 0812-3456-7890, budi@kotak.test")).await;
        sends_all(&app).await;
    }
    assert_eq!(count(&app, "link sent").await, 10);
    assert_eq!(count(&app, "link waiting").await, 2);
    ani.makes_a_link("kaos lain 75rb x1 for:Citra, 0812-3456-7891, citra@kotak.test").await;
    mailbox.gets("kaos lain").await;
    app.settles().await;
    app.advance(TimeDelta::hours(25));
    sends_all(&app).await;
    assert_eq!(count(&app, "link sent").await, 13, "they went on another day");
}

/// As many letters to Budi as go to one address in a day.
async fn brings_ten_links(app: &TestApp, ani: &Seller) {
    for number in 1..=10 {
        ani.makes_a_link(&format!("kaos {number} 75rb x1 for:Budi, 0812-3456-7890, budi@kotak.test")).await;
    }
    sends_all(app).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn another_address_on_old_links_makes_no_room_for_more_letters() {
    let mailbox = Mailbox::open();
    let app = app_with(&mailbox).await;
    let ani = app.ani();
    brings_ten_links(&app, &ani).await;
    let change = "update payment_links set customer_email = 'citra@kotak.test'";
    assert_eq!(app.database().execute(change).await.unwrap(), 10);
    ani.makes_a_link("kaos lagi 75rb x1 for:Budi, 0812-3456-7890, Budi@kotak.test").await;
    sends_all(&app).await;
    assert_eq!((mailbox.letters().len(), count(&app, "link waiting").await), (10, 1));
    let marks = "select distinct cast(length(sent_to_mark) as text) from letters where state = 'sent'";
    assert_eq!(app.database().texts(marks).await.unwrap(), ["32"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn receipts_of_real_money_leave_room_for_other_letters() {
    let mailbox = Mailbox::open();
    let app = app_with(&mailbox).await;
    let ani = app.ani();
    brings_ten_links(&app, &ani).await;
    let were_receipts = "update letters set kind = 'receipt'";
    assert_eq!(app.database().execute(were_receipts).await.unwrap(), 10);
    ani.makes_a_link("topi 75rb x1 for:Budi, 0812-3456-7890, budi@kotak.test").await;
    sends_all(&app).await;
    assert_eq!(count(&app, "link waiting").await, 1, "in practice a receipt is a letter like others");
    let real = "update payment_links set mode = 'live' where item_name like 'kaos%'";
    assert_eq!(app.database().execute(real).await.unwrap(), 10);
    ani.makes_a_link("jaket 75rb x1 for:Budi, 0812-3456-7890, budi@kotak.test").await;
    mailbox.gets("tautan bayar untuk jaket").await;
    sends_all(&app).await;
    assert_eq!(mailbox.letters().len(), 11);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_letter_that_is_refused_takes_no_room() {
    let mailbox = Mailbox::open();
    let app = app_with(&mailbox).await;
    let ani = app.ani();
    ani.makes_a_link("kaos 75rb x1 for:Budi, 0812-3456-7890, nobody@kotak.test").await;
    ani.makes_a_link("topi 75rb x1 for:Budi, 0812-3456-7890, later@kotak.test").await;
    sends_all(&app).await;
    assert_eq!(fates(&app).await, ["link failed", "link waiting"]);
    let counted = "select id || '' from letters where sent_to_mark is not null";
    assert_eq!(app.database().texts(counted).await.unwrap().len(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn links_that_waited_for_too_long_are_told_once_a_day() {
    let mailbox = Mailbox::open();
    let app = app_with(&mailbox).await;
    let ani = app.ani();
    let link = ani.makes_a_link("kaos 75rb for:Budi, 0812-3456-7890, budi@kotak.test").await;
    let link = app.link(&link).await;
    let mut writer = app.services().storage().write().await.unwrap();
    let letter = NewLetter {
        merchant_id: link.merchant_id,
        kind: LetterKind::Link,
        link_id: link.id,
        order_id: None,
        attempt_id: None,
    };
    let now = writer.now();
    for number in 0..40 {
        writer.write_letter(&letter, now, &format!("many:{number}")).await.unwrap();
    }
    writer.commit().await.unwrap();
    for day in 1..=3 {
        sends_all(&app).await;
        assert_eq!(count(&app, "link sent").await, 10 * day, "four senders, and no letter too many");
        // Who found the last room reserved looks again in a minute.
        app.advance(TimeDelta::minutes(2));
        sends_all(&app).await;
        app.advance(TimeDelta::hours(24) - TimeDelta::minutes(12));
        sends_all(&app).await;
        assert_eq!(count(&app, "link sent").await, 10 * day, "the rest of the day is waited for");
        app.advance(TimeDelta::minutes(11));
    }
    sends_all(&app).await;
    ani.reads("Ada tautan yang tidak terkirim").await;
    assert_eq!(count(&app, "link waiting").await, 0);
    assert_eq!(count(&app, "link void").await, 11);
    assert_eq!(ani.count("Ada tautan yang tidak terkirim"), 1);
    assert_eq!(ani.count("Surel tidak sampai"), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_that_is_paused_is_brought_when_it_goes_on() {
    let mut mailbox = Mailbox::closed();
    let app = app_with(&mailbox).await;
    let ani = app.ani();
    let link = ani.makes_a_link("kaos 75rb x1 for:Budi, 0812-3456-7890, budi@kotak.test").await;
    let paused = |at: &str| format!("update payment_links set paused_at = {at}");
    assert_eq!(app.database().execute(&paused("created_at")).await.unwrap(), 1);
    assert!(app.link(&link).await.paused_at.is_some());
    mailbox.opens();
    app.settles().await;
    app.advance(TimeDelta::hours(1));
    sends_all(&app).await;
    assert_eq!((mailbox.letters().len(), fates(&app).await), (0, vec!["link waiting".to_owned()]));
    app.database().execute(&paused("null")).await.unwrap();
    app.advance(TimeDelta::minutes(11));
    mailbox.gets("tautan bayar untuk kaos").await;
    sends_all(&app).await;
    assert_eq!(fates(&app).await, ["link sent"]);
}

/// How many letters have this kind and this fate.
async fn count(app: &TestApp, fate: &str) -> usize {
    fates(app).await.into_iter().filter(|found| found == fate).count()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rehearsal_writes_no_letter() {
    let mailbox = Mailbox::open();
    let app = app_with(&mailbox).await;
    let ani = app.ani();
    ani.makes_a_link("kaos 75rb").await;
    let written = "select cast(count(*) as text) from letters";
    let mut budi = app.customer();
    let link = ani.links().pop().expect("a link");
    budi.opens(&link).await;
    budi.fills_in("Contoh", "0812-3456-7890", "contoh@example.com").await;
    budi.presses("BCA Virtual Account").await;
    budi.pays().await;
    ani.reads("dari Contoh").await;
    sends_all(&app).await;
    assert_eq!(app.database().texts(written).await.unwrap(), ["0"]);
}
