//! Several people run a shop, and one person runs several.

use chrono::TimeDelta;
use tautan::simulator::telegram::{ButtonKind, GroupKind};

use crate::support::test_app::TestApp;

#[tokio::test(flavor = "multi_thread")]
async fn staff_make_links_and_hear_of_payments_and_the_owner_reads_who_did_what() {
    let app = TestApp::start().await;
    let (ani, budi) = (app.ani(), app.person("Budi", "id"));
    ani.makes_a_link("kaos 75rb").await;
    ani.invites(&budi, "🧑 Staf").await;
    let link = budi.makes_a_link("topi 50rb").await;
    let mut cici = app.customer();
    cici.orders(&link, "Cici", "BCA Virtual Account").await;
    cici.pays().await;
    cici.waits_for("Lunas").await;
    for person in [&ani, &budi] {
        person.reads("dari Cici").await;
        assert_eq!(person.count("dari Cici"), 1, "{}", person.phone.transcript());
    }
    app.settles().await;
    budi.says("/links").await;
    budi.presses("topi").await;
    budi.presses("⏸ Matikan").await;
    budi.says("/export").await;
    budi.presses("Hari ini").await;

    ani.says("/settings").await;
    ani.presses("👥 Tim").await;
    let log = ani.presses("📜 Catatan").await;
    for words in [
        "Budi · mengambil berkas pesanan",
        "Budi · mematikan topi",
        "Budi · membuat topi",
        "Budi · bergabung",
        "Ani · membuat kaos",
    ] {
        assert!(log.text.contains(words), "{words:?} in {}", log.text);
    }
    budi.says("/settings").await;
    let team = budi.presses("👥 Tim").await;
    assert!(team.text.contains("Budi · staf (Anda)") && team.text.contains("Ani · pemilik"), "{}", team.text);
    assert!(team.button("📜 Catatan").is_none() && team.button("➕ Undang").is_none(), "{:?}", team.buttons);
    assert_eq!((ani.phone.unanswered_taps(), budi.phone.unanswered_taps()), (vec![], vec![]));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_viewer_looks_and_changes_nothing_until_the_owner_gives_another_role() {
    let app = TestApp::start().await;
    let (ani, budi) = (app.ani(), app.person("Budi", "id"));
    ani.makes_a_link("kaos 75rb").await;
    ani.invites(&budi, "👀 Pemantau").await;
    budi.says_and_reads("/new topi 50rb", "melihat").await;
    ani.says("/settings").await;
    ani.presses("👥 Tim").await;
    ani.presses("👀 Budi").await;
    let member = ani.presses("🧑 Staf").await;
    assert!(member.button("✓ 🧑 Staf").is_some(), "{:?}", member.buttons);
    budi.makes_a_link("topi 50rb").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_group_goes_with_who_added_it_and_the_owner_hears_of_it() {
    let app = TestApp::start().await;
    let (ani, budi) = (app.ani(), app.person("Budi", "id"));
    ani.makes_a_link("kaos 75rb").await;
    ani.invites(&budi, "🧑 Staf").await;
    let group = app.telegram.group(-7_002, "Teman Budi", GroupKind::Supergroup);
    group.adds_bot(&budi.phone);
    group.says(&budi.phone, "/alerts@tautan_bot");
    group.reads("berbunyi di grup ini").await;
    app.settles().await;
    ani.says("/settings").await;
    ani.presses("👥 Tim").await;
    ani.presses("🧑 Budi").await;
    ani.presses("👀 Pemantau").await;
    let told = ani.reads("tidak berbunyi lagi di Teman Budi").await;
    assert!(told.silent, "{told:?}");
    ani.says("/settings").await;
    assert!(ani.presses("📍 Kabar di grup").await.text.contains("Belum ada grup atau channel"));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_invitation_works_once_for_a_day_and_only_the_newest_one() {
    let app = TestApp::start().await;
    let (ani, budi, eve) = (app.ani(), app.person("Budi", "id"), app.person("Eve", "id"));
    ani.makes_a_link("kaos 75rb").await;
    ani.says("/settings").await;
    ani.presses("👥 Tim").await;
    ani.presses("➕ Undang").await;
    ani.presses("🧑 Staf").await;
    let withdrawn = ani.invitation();
    ani.presses("👥 Ke tim").await;
    ani.presses("➕ Undang").await;
    ani.presses("🧑 Staf").await;
    let command = ani.invitation();
    budi.says_and_reads(&withdrawn, "sudah dipakai atau sudah lewat").await;
    budi.says_and_reads(&command, "Anda sekarang staf").await;
    budi.says_and_reads(&command, "sudah di tim").await;
    eve.says_and_reads(&command, "sudah dipakai atau sudah lewat").await;

    ani.presses("👥 Ke tim").await;
    ani.presses("➕ Undang").await;
    ani.presses("🧑 Staf").await;
    let late = ani.invitation();
    app.settles().await;
    app.advance(TimeDelta::hours(24));
    eve.says("/me").await;
    eve.says(&late).await;
    assert_eq!(eve.count("sudah dipakai atau sudah lewat"), 2, "{}", eve.phone.transcript());
}

#[tokio::test(flavor = "multi_thread")]
async fn who_was_taken_off_the_team_hears_and_sees_nothing_more() {
    let app = TestApp::start().await;
    let (ani, budi) = (app.ani(), app.person("Budi", "id"));
    let link = ani.makes_a_link("kaos 75rb").await;
    ani.invites(&budi, "🧑 Staf").await;
    budi.says("/links").await;
    let card = budi.presses("kaos").await;
    let off = budi.data_of("⏸ Matikan");
    ani.presses("👥 Ke tim").await;
    ani.presses("🧑 Budi").await;
    let question = ani.presses("🗑 Keluarkan").await;
    assert!(question.text.contains("Keluarkan Budi dari tim?"), "{}", question.text);
    ani.presses("🗑 Ya, keluarkan").await;

    budi.phone.presses_data(card.message_id, &off);
    let mut cici = app.customer();
    cici.orders(&link, "Cici", "BCA Virtual Account").await;
    cici.pays().await;
    cici.waits_for("Lunas").await;
    ani.reads("dari Cici").await;
    app.settles().await;
    assert_eq!(budi.count("Cici"), 0, "{}", budi.phone.transcript());
    ani.says("/links").await;
    assert!(
        ani.newest().text.contains("Tautan · 1") && ani.buttons()[0].contains("🟢 kaos"),
        "{:?}",
        ani.buttons()
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_shop_keeps_an_owner_and_strangers_change_no_team() {
    let app = TestApp::start().await;
    let (ani, budi, eve) = (app.ani(), app.person("Budi", "id"), app.person("Eve", "id"));
    ani.makes_a_link("kaos 75rb").await;
    eve.makes_a_link("kue 10rb").await;
    ani.invites(&budi, "🧑 Staf").await;
    ani.presses("👥 Ke tim").await;
    ani.presses("🧑 Budi").await;
    let (owner, remove) = (ani.data_of("👑 Pemilik"), ani.data_of("🗑 Keluarkan"));
    for stranger in [&eve, &budi] {
        let card = stranger.newest().message_id;
        for data in [&owner, &remove] {
            stranger.phone.presses_data(card, data);
        }
    }
    app.settles().await;
    ani.presses("👥 Ke tim").await;
    assert!(ani.newest().text.contains("Budi · staf"), "{}", ani.newest().text);

    ani.presses("🚪 Keluar").await;
    let refused = ani.presses("🚪 Ya, keluar").await;
    assert!(refused.text.contains("Toko harus punya pemilik"), "{}", refused.text);
    ani.presses("🧑 Budi").await;
    ani.presses("👑 Pemilik").await;
    ani.presses("👥 Ke tim").await;
    ani.presses("🚪 Keluar").await;
    let left = ani.presses("🚪 Ya, keluar").await;
    assert!(left.text.contains("Anda sudah keluar dari"), "{}", left.text);
    budi.says("/settings").await;
    let team = budi.presses("👥 Tim").await;
    assert!(team.text.contains("1 orang") && team.text.contains("Budi · pemilik (Anda)"), "{}", team.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn one_person_runs_several_shops_and_a_notice_says_whose_it_is() {
    let app = TestApp::start().await;
    let ani = app.ani();
    let link = ani.makes_a_link("kaos 75rb").await;
    ani.says("/settings").await;
    ani.presses("🏪 Toko saya").await;
    ani.presses("➕ Buka toko lagi").await;
    let home = ani.says("Kue Ani").await;
    assert!(home.text.contains("Kue Ani"), "{}", home.text);
    ani.says_and_reads("/links", "Belum ada tautan").await;

    let mut budi = app.customer();
    budi.orders(&link, "Budi", "BCA Virtual Account").await;
    budi.pays().await;
    budi.waits_for("Lunas").await;
    let notice = ani.reads("dari Budi").await;
    assert!(notice.text.ends_with("🏪 Ani"), "{}", notice.text);
    // Its button leads into the shop that it is about.
    let order = ani.presses("🧾 Pesanan ini").await;
    assert!(order.text.contains("kaos"), "{}", order.text);
    ani.says_and_reads("/links", "Tautan · 1").await;
    ani.says("/settings").await;
    let shops = ani.presses("🏪 Toko saya").await;
    assert!(shops.button("✓ Ani").is_some() && shops.button("Kue Ani").is_some(), "{:?}", shops.buttons);
    ani.presses("Ani").await;
    let citra = app.person("Citra", "id");
    ani.invites(&citra, "🧑 Staf").await;
    ani.says("/settings").await;
    ani.presses("🏪 Toko saya").await;
    ani.presses("Kue Ani").await;
    assert!(ani.says("/links").await.text.contains("Belum ada tautan"));
    // That somebody joined leads to the team of that shop.
    let team = ani.presses("👥 Ke tim").await;
    assert!(team.text.contains("Tim Ani · 2 orang"), "{}", team.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_stands_under_a_notice_leads_into_its_own_shop() {
    let app = TestApp::start().await;
    let ani = app.ani();
    let link = ani.makes_a_link("kaos 75rb qty:5").await;
    ani.says("/settings").await;
    ani.presses("🏪 Toko saya").await;
    ani.presses("➕ Buka toko lagi").await;
    ani.says("Kue Ani").await;
    ani.says_and_reads("/links", "Belum ada tautan").await;
    for (name, pieces) in [("Budi", "1"), ("Citra", "1"), ("Dewi", "3"), ("Eko", "1")] {
        let mut customer = app.customer();
        customer.opens(&link).await;
        let details =
            [("name", name), ("phone", "08123456789"), ("email", "a@example.com"), ("pieces", pieces)];
        customer.types(&details).await;
        customer.presses("BCA Virtual Account").await;
        customer.pays().await;
        customer.waits_for("Lunas").await;
        app.settles().await;
    }
    let notice = ani.reads("dari Budi").await;
    let thanks = notice.button("💬 WhatsApp").expect("a way to write to the customer");
    assert!(
        matches!(&thanks.kind, ButtonKind::Url(url) if url.starts_with("https://wa.me/628123456789?text="))
    );
    let list = ani.reads("2 pembayaran").await;
    assert!(list.text.contains("Dewi · × 3 · Rp225.000"), "{}", list.text);
    let paid = ani.presses("👀 Lihat semua").await;
    assert!(paid.text.contains("Pesanan") && paid.button("Dewi").is_some(), "{paid:?}");
    assert!(paid.button("✓ Lunas").is_some(), "{:?}", paid.buttons);
    ani.says_and_reads("/links", "Tautan · 1").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_invited_somebody_hears_quietly_that_they_joined() {
    let app = TestApp::start().await;
    let (ani, budi) = (app.ani(), app.person("Budi", "id"));
    ani.makes_a_link("kaos 75rb").await;
    ani.says("/settings").await;
    ani.presses("👥 Tim").await;
    ani.presses("➕ Undang").await;
    ani.presses("👀 Pemantau").await;
    let text = ani.newest().text;
    let token = text.split("start=").nth(1).and_then(|rest| rest.split_whitespace().next()).unwrap();
    let command = format!("/start {token}");
    budi.says_and_reads(&command, "Anda sekarang").await;
    let joined = ani.reads("Budi bergabung di").await;
    assert!(joined.silent && joined.text.contains("pemantau"), "{joined:?}");
    budi.says_and_reads(&command, "sudah di tim").await;
    app.settles().await;
    assert_eq!(ani.count("bergabung di"), 1, "{}", ani.phone.transcript());
    assert!(ani.presses("👥 Ke tim").await.text.contains("Budi"));

    // Whoever only looks may neither see a place's switches nor make one.
    let group = app.telegram.group(-7_001, "Tim Kaos", GroupKind::Supergroup);
    group.adds_bot(&budi.phone);
    group.says(&budi.phone, "/alerts@tautan_bot");
    group.reads("hanya untuk pemilik dan staf").await;
    budi.says("/settings").await;
    assert!(budi.presses("📍 Kabar di grup").await.button("➕ Tambah grup").is_none());
}
