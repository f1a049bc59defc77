//! Payments ring where everybody is: in groups, in topics of forums, in channels.

use chrono::TimeDelta;
use tautan::simulator::telegram::{ButtonKind, Fault, Group, GroupKind, Misbehaviour, ShownMessage};
use url::Url;

use crate::support::seller::Seller;
use crate::support::test_app::TestApp;

pub(crate) const GROUP: i64 = -7_001;

/// Where a button of the newest card leads.
fn address(seller: &Seller, label: &str) -> String {
    match seller.newest().button(label).map(|button| button.kind.clone()) {
        Some(ButtonKind::Url(address)) => address,
        other => panic!("{label:?} is {other:?}: {}", seller.phone.transcript()),
    }
}

/// Ani asks for a link that brings the bot into a group.
async fn asks_for_a_group(ani: &Seller) -> String {
    ani.says("/settings").await;
    ani.presses("📍 Kabar di grup").await;
    ani.presses("➕ Tambah grup").await;
    address(ani, "👥 Pilih grup")
}

/// A group in which Ani's payments ring.
pub(crate) async fn rings_in_a_group(app: &TestApp, ani: &Seller) -> Group {
    let group = app.telegram.group(GROUP, "Tim Kaos", GroupKind::Basic);
    let address = asks_for_a_group(ani).await;
    group.is_picked(&ani.phone, &address);
    group.reads("berbunyi di grup ini").await;
    app.settles().await;
    group
}

/// Somebody buys, and Ani hears of it.
pub(crate) async fn buys(app: &TestApp, ani: &Seller, link: &Url, name: &str) {
    let mut customer = app.customer();
    customer.orders(link, name, "BCA Virtual Account").await;
    customer.pays().await;
    ani.reads(&format!("dari {name}")).await;
    app.settles().await;
}

/// The chat that a tap in a group opened.
fn opened(seller: &Seller) -> Option<String> {
    seller.phone.toasts().last().and_then(|toast| toast.opens.clone())
}

fn toast(seller: &Seller) -> String {
    seller.phone.toasts().last().map(|toast| toast.text.clone()).unwrap_or_default()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_owner_brings_the_bot_into_a_group_and_payments_ring_there_without_contacts() {
    let app = TestApp::start().await;
    let (ani, eve) = (app.ani(), app.person("Eve", "id"));
    let link = ani.makes_a_link("kaos 75rb x1").await;
    let group = rings_in_a_group(&app, &ani).await;
    buys(&app, &ani, &link, "Budi Santoso").await;

    let notice = group.reads("dari Budi S.").await;
    assert!(!notice.silent && !notice.text.contains("Santoso"), "{notice:?}");
    assert_eq!(notice.buttons.iter().flatten().count(), 1, "{notice:?}");
    assert!(group.reads("sudah").await.silent, "that it is sold out does not ring");
    for message in group.messages() {
        let told = format!("{} {:?}", message.text, message.buttons);
        assert!(!told.contains("wa.me") && !told.contains('@') || told.contains("/start@"), "{told}");
    }

    // Somebody else's press changes and shows nothing; one of the team's opens the private chat.
    let before = group.messages();
    group.presses(&eve.phone, "🧾 Buka pesanan").unwrap();
    app.settles().await;
    assert_eq!((toast(&eve), opened(&eve)), ("Bukan milik Anda".to_owned(), None));
    assert_eq!(group.messages(), before);
    group.presses(&ani.phone, "🧾 Buka pesanan").unwrap();
    app.settles().await;
    let chat = opened(&ani).expect("a chat that opens");
    let payload = chat.split("start=").nth(1).expect("a parameter").to_owned();
    let order = ani.says(&format!("/start {payload}")).await;
    assert!(order.text.contains("Budi Santoso"), "{}", order.text);
    let strange = eve.says(&format!("/start {payload}")).await;
    assert!(!strange.text.contains("Budi"), "{}", strange.text);

    ani.says("/settings").await;
    ani.presses("👥 Tim").await;
    let log = ani.presses("📜 Catatan").await;
    assert!(log.text.contains("Ani · membuat pembayaran berbunyi"), "{}", log.text);
    assert_eq!((ani.phone.unanswered_taps(), eve.phone.unanswered_taps()), (vec![], vec![]));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_for_a_group_works_once_for_a_day_and_for_who_asked_for_it() {
    let app = TestApp::start().await;
    let (ani, eve) = (app.ani(), app.person("Eve", "id"));
    ani.makes_a_link("kaos 75rb").await;
    let group = app.telegram.group(GROUP, "Tim Kaos", GroupKind::Supergroup);
    let other = app.telegram.group(GROUP - 1, "Lain", GroupKind::Supergroup);
    let address = asks_for_a_group(&ani).await;
    other.is_picked(&eve.phone, &address);
    other.reads("milik orang lain").await;
    // Telegram may bring an update twice.
    app.telegram.misbehave(Misbehaviour::new(Fault::DuplicateUpdate).in_chat(GROUP).containing("startgroup"));
    app.telegram.misbehave(Misbehaviour::new(Fault::DuplicateUpdate).in_chat(GROUP).containing("/start@"));
    group.is_picked(&ani.phone, &address);
    group.reads("berbunyi di grup ini").await;
    app.settles().await;
    assert_eq!(group.count("berbunyi di grup ini"), 1, "{}", group.transcript());
    other.is_picked(&ani.phone, &address);
    app.settles().await;
    assert_eq!(other.count("sudah dipakai"), 2, "{}", other.transcript());
    let late = asks_for_a_group(&ani).await;
    app.advance(TimeDelta::hours(24));
    other.is_picked(&ani.phone, &late);
    app.settles().await;
    assert_eq!(other.count("sudah dipakai"), 3, "{}", other.transcript());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_topic_rings_and_general_takes_over_when_it_is_gone() {
    let app = TestApp::start().await;
    let ani = app.ani();
    let link = ani.makes_a_link("kaos 75rb").await;
    let forum = app.telegram.group(GROUP, "Forum Kaos", GroupKind::Forum);
    forum.adds_bot(&ani.phone);
    let (sales, other) = (forum.opens_topic(), forum.opens_topic());
    forum.says_in(other, &ani.phone, "/alerts@tautan_bot");
    forum.reads("berbunyi di topik ini").await;
    forum.says_in(sales, &ani.phone, "/alerts@tautan_bot");
    app.settles().await;
    buys(&app, &ani, &link, "Budi").await;
    assert_eq!(forum.reads("dari Budi").await.thread, Some(sales));
    assert_eq!(forum.count("dari Budi"), 1, "{}", forum.transcript());
    app.advance(TimeDelta::minutes(5));
    forum.deletes_topic(sales);
    buys(&app, &ani, &link, "Citra").await;
    assert_eq!(forum.reads("dari Citra").await.thread, None);
    ani.reads("Topik di Forum Kaos sudah tidak ada").await;
    app.settles().await;
    app.advance(TimeDelta::minutes(5));
    buys(&app, &ani, &link, "Dewi").await;
    assert_eq!(ani.count("Topik di Forum Kaos"), 1, "{}", ani.phone.transcript());
    forum.says_in(other, &ani.phone, "/alerts");
    app.settles().await;
    app.advance(TimeDelta::minutes(5));
    forum.closes_topic(other);
    buys(&app, &ani, &link, "Eka").await;
    assert_eq!(forum.reads("dari Eka").await.thread, None);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_channel_rings_for_who_asked_for_it_and_no_other() {
    let app = TestApp::start().await;
    let (ani, eve) = (app.ani(), app.person("Eve", "id"));
    let link = ani.makes_a_link("kaos 75rb").await;
    let strange = app.telegram.group(GROUP - 1, "Kabar Eve", GroupKind::Channel);
    strange.adds_bot(&eve.phone);
    ani.says("/settings").await;
    ani.presses("📍 Kabar di grup").await;
    ani.presses("📢 Tambah channel").await;
    assert!(address(&ani, "📢 Pilih channel").contains("startchannel&admin=post_messages"));
    let channel = app.telegram.group(GROUP, "Kabar Kaos", GroupKind::Channel);
    channel.adds_bot(&ani.phone);
    ani.reads("sekarang berbunyi di Kabar Kaos").await;
    app.settles().await;
    buys(&app, &ani, &link, "Budi").await;
    channel.reads("dari Budi").await;
    assert_eq!(strange.messages(), vec![], "{}", strange.transcript());

    channel.makes_bot_admin(&ani.phone, false);
    ani.reads("tidak boleh menulis di Kabar Kaos").await;
    app.settles().await;
    app.advance(TimeDelta::minutes(5));
    buys(&app, &ani, &link, "Citra").await;
    assert_eq!(channel.count("dari Citra"), 0);
    channel.makes_bot_admin(&ani.phone, true);
    ani.reads("bisa menulis lagi di Kabar Kaos").await;
    app.settles().await;
    app.advance(TimeDelta::minutes(5));
    buys(&app, &ani, &link, "Dewi").await;
    channel.reads("dari Dewi").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_bot_keeps_quiet_in_groups_and_answers_commands_alone() {
    let app = TestApp::start().await;
    let (ani, eve) = (app.ani(), app.person("Eve", "id"));
    let link = ani.makes_a_link("kaos 75rb").await;
    let group = app.telegram.group(GROUP, "Tim Kaos", GroupKind::Supergroup);
    group.adds_bot(&ani.phone);
    // An admin is sent all that is said.
    group.makes_bot_admin(&ani.phone, false);
    for text in
        ["halo", "Kaos polos 75rb", "/alerts@other_bot", "/today", "/help", "/new kaos 75rb", "/start"]
    {
        group.says(&eve.phone, text);
    }
    // Where nothing of ours rings, a command without a name may be another bot's.
    group.says(&eve.phone, "/alerts");
    group.says(&ani.phone, "/alerts");
    app.settles().await;
    let said = |message: &ShownMessage| message.from_bot;
    assert!(!group.messages().iter().any(said), "{}", group.transcript());

    group.says(&eve.phone, "/alerts@tautan_bot");
    group.reads("hanya untuk pemilik dan staf").await;
    group.says_anonymously("/alerts@tautan_bot");
    group.reads("matikan Tetap anonim").await;
    app.settles().await;
    assert_eq!(group.count("berbunyi"), 0, "{}", group.transcript());
    group.says(&ani.phone, "/alerts@tautan_bot");
    assert!(group.reads("berbunyi di grup ini").await.silent);
    app.settles().await;
    buys(&app, &ani, &link, "Budi").await;
    group.says(&eve.phone, "/today");
    let today = group.reads("Rp75.000").await;
    assert!(today.silent || today.text.contains("dari Budi"), "{today:?}");
    group.says(&eve.phone, "/help");
    group.reads("/alerts: pembayaran").await;
    app.settles().await;

    group.presses(&eve.phone, "🔕 Hentikan").unwrap();
    app.settles().await;
    assert_eq!((toast(&eve).as_str(), group.count("tidak berbunyi lagi")), ("Bukan milik Anda", 0));
    group.presses(&ani.phone, "🔕 Hentikan").unwrap();
    group.reads("tidak berbunyi lagi di sini").await;
    app.settles().await;
    app.advance(TimeDelta::minutes(5));
    let before = group.messages().len();
    buys(&app, &ani, &link, "Citra").await;
    assert_eq!(group.messages().len(), before, "{}", group.transcript());
    assert_eq!((ani.phone.unanswered_taps(), eve.phone.unanswered_taps()), (vec![], vec![]));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bot_that_is_removed_says_so_once_in_private_and_may_come_back() {
    let app = TestApp::start().await;
    let ani = app.ani();
    let link = ani.makes_a_link("kaos 75rb").await;
    let group = rings_in_a_group(&app, &ani).await;
    group.removes_bot(&ani.phone);
    ani.reads("Bot sudah tidak ada di Tim Kaos").await;
    app.settles().await;
    buys(&app, &ani, &link, "Budi").await;
    assert_eq!((group.count("dari Budi"), ani.count("Bot sudah tidak ada")), (0, 1));
    ani.says("/settings").await;
    assert!(ani.presses("📍 Kabar di grup").await.text.contains("Belum ada grup atau channel"));

    group.adds_bot(&ani.phone);
    group.says(&ani.phone, "/alerts@tautan_bot");
    app.settles().await;
    app.advance(TimeDelta::minutes(5));
    buys(&app, &ani, &link, "Citra").await;
    group.reads("dari Citra").await;
    assert_eq!(group.count("dari Budi"), 0, "{}", group.transcript());
    // Nobody tells the bot that a group was deleted: the next payment finds out.
    group.is_deleted();
    app.advance(TimeDelta::minutes(5));
    buys(&app, &ani, &link, "Dewi").await;
    app.settles().await;
    assert_eq!(ani.count("Bot sudah tidak ada di Tim Kaos"), 2, "{}", ani.phone.transcript());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_group_that_becomes_a_supergroup_goes_on_ringing_there() {
    for is_told in [true, false] {
        let app = TestApp::start().await;
        let ani = app.ani();
        let link = ani.makes_a_link("kaos 75rb").await;
        let group = rings_in_a_group(&app, &ani).await;
        let new = group.upgrades(is_told);
        app.settles().await;
        for name in ["Budi", "Citra"] {
            buys(&app, &ani, &link, name).await;
            app.advance(TimeDelta::minutes(5));
        }
        new.reads("dari Citra").await;
        assert_eq!((new.count("dari Budi"), group.count("dari")), (1, 0), "{}", new.transcript());
        let refused = app.telegram.calls_of("sendMessage").iter().filter(|call| !call.succeeded()).count();
        assert_eq!(refused, usize::from(!is_told), "the old id is asked once at most");
        ani.says("/settings").await;
        ani.presses("📍 Kabar di grup").await;
        ani.presses("👥 Tim Kaos").await;
        ani.presses("🔔 Kirim percobaan").await;
        new.reads("Percobaan dari").await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn two_shops_ring_in_one_group_and_one_person_says_for_which() {
    let app = TestApp::start().await;
    let (ani, budi) = (app.ani(), app.person("Budi", "id"));
    let kaos = ani.makes_a_link("kaos 75rb").await;
    let kue = budi.makes_a_link("kue 10rb").await;
    ani.says("/settings").await;
    ani.presses("🏪 Toko saya").await;
    ani.presses("➕ Buka toko lagi").await;
    ani.says("Kaos Dua").await;
    let group = app.telegram.group(GROUP, "Pasar", GroupKind::Supergroup);
    group.adds_bot(&ani.phone);
    group.says(&ani.phone, "/alerts@tautan_bot");
    let question = group.reads("toko mana").await;
    assert_eq!(question.buttons.len(), 2, "{question:?}");
    group.presses(&budi.phone, "Ani").unwrap();
    app.settles().await;
    assert_eq!(toast(&budi), "Bukan milik Anda");
    group.presses(&ani.phone, "Ani").unwrap();
    group.reads("Pembayaran Ani berbunyi").await;
    group.says(&budi.phone, "/alerts@tautan_bot");
    group.reads("Pembayaran Budi berbunyi").await;
    app.settles().await;
    buys(&app, &ani, &kaos, "Citra").await;
    buys(&app, &budi, &kue, "Dewi").await;
    assert!(group.reads("dari Citra").await.text.contains("🏪 Ani"), "{}", group.transcript());
    assert!(group.reads("dari Dewi").await.text.contains("🏪 Budi"), "{}", group.transcript());
    let before = (group.count("dari Citra"), group.count("dari Dewi"));
    assert_eq!(before, (1, 1), "{}", group.transcript());
}

#[tokio::test(flavor = "multi_thread")]
async fn many_payments_at_once_are_lines_of_one_message_there_too() {
    let app = TestApp::start().await;
    let ani = app.ani();
    let link = ani.makes_a_link("kaos 75rb").await;
    let group = rings_in_a_group(&app, &ani).await;
    for name in ["Budi Santoso", "Citra Dewi", "Dian Putri", "Eka Wati"] {
        let mut customer = app.customer();
        customer.orders(&link, name, "BCA Virtual Account").await;
        customer.pays().await;
    }
    app.settles().await;
    let list = group.reads("Dian P.").await;
    assert!(list.text.contains("Eka W.") && !list.text.contains("Putri"), "{}", list.text);
    assert!(list.button("🧾 Buka pesanan").is_some(), "{list:?}");
    group.presses(&ani.phone, "🧾 Buka pesanan").unwrap();
    app.settles().await;
    let payload = opened(&ani).expect("a chat").split("start=").nth(1).unwrap().to_owned();
    assert!(ani.says(&format!("/start {payload}")).await.text.contains("Pesanan"));
}

#[tokio::test(flavor = "multi_thread")]
async fn kinds_are_switched_off_the_recap_comes_and_a_place_is_taken_off_and_back() {
    let app = TestApp::start().await;
    let ani = app.ani();
    let link = ani.makes_a_link("kaos 75rb").await;
    let group = rings_in_a_group(&app, &ani).await;
    ani.says("/settings").await;
    ani.presses("📍 Kabar di grup").await;
    ani.presses("👥 Tim Kaos").await;
    let card = ani.presses("✅ Pembayaran").await;
    assert!(card.button("⬜ Pembayaran").is_some(), "{card:?}");
    ani.presses("🌙 Ringkasan").await;
    let card = ani.presses("20.00").await;
    assert!(card.text.contains("Ringkasan harian: 20.00"), "{}", card.text);
    app.settles().await;
    buys(&app, &ani, &link, "Budi").await;
    assert_eq!(group.count("dari Budi"), 0, "{}", group.transcript());
    app.until_hour(20).await;
    app.tells_recaps().await;
    let recap = group.reads("Ringkasan toko").await;
    assert!(recap.silent && !recap.text.contains("Budi"), "{recap:?}");
    app.settles().await;
    assert_eq!((group.count("Ringkasan toko"), ani.count("Ringkasan toko")), (1, 0));

    ani.presses("⬜ Pembayaran").await;
    ani.presses("🔕 Hentikan di sana").await;
    ani.reads("tidak dikabari lagi").await;
    buys(&app, &ani, &link, "Citra").await;
    assert_eq!(group.count("dari Citra"), 0);
    ani.presses("↩ Urungkan").await;
    app.settles().await;
    app.advance(TimeDelta::minutes(5));
    buys(&app, &ani, &link, "Dewi").await;
    group.reads("dari Dewi").await;
    app.settles().await;
}
