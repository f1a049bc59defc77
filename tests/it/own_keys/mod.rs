//! A shop connects its own Midtrans account.

use chrono::TimeDelta;
use tautan::simulator::midtrans::{Conduct, Endpoint, MidtransSimulator, Misbehaviour};
use tautan::simulator::telegram::{ButtonKind, Fault, Misbehaviour as TelegramMisbehaviour};
use url::Url;

use crate::support::customer::{Customer, Page};
use crate::support::dump::dump_of;
use crate::support::midtrans_hall::MidtransHall;
use crate::support::seller::Seller;
use crate::support::test_app::{Options, TestApp, midtrans_at};

mod accounts;
mod going_live;

const SANDBOX_KEY: &str = "SB-Mid-server-toko-ani-latihan1";
const LIVE_KEY: &str = "Mid-server-toko-ani-sungguhan2";

/// An app whose shops' own accounts are in the hall.
async fn app_at(hall: &MidtransHall) -> TestApp {
    TestApp::start_with(Options { midtrans: Some(midtrans_at(&hall.url)), ..Options::default() }).await
}

async fn opens_gateway(ani: &Seller) {
    ani.says("/settings").await;
    ani.presses("🔌 Midtrans & mode").await;
}

/// Where the newest form is.
fn newest_form(ani: &Seller) -> Url {
    let shown = ani.phone.messages();
    let button = shown.iter().rev().find_map(|message| message.button("🔑 Buka formulir"));
    match button.map(|button| &button.kind) {
        Some(ButtonKind::Url(url)) => url.parse().expect("an address"),
        other => panic!("{other:?}\n{}", ani.phone.transcript()),
    }
}

/// Asks for a form and opens it.
async fn asks_for_form(app: &TestApp, ani: &Seller, button: &str) -> Url {
    opens_gateway(ani).await;
    ani.presses(button).await;
    // Nobody fills in a form faster than its card is noted.
    app.settles().await;
    newest_form(ani)
}

async fn types(browser: &mut Customer, form: &Url, key: &str) -> Page {
    browser.posts(form.clone(), &[("server_key", key), ("lang", "id")]).await.clone()
}

/// Connects an account and reads that it is.
async fn connects(app: &TestApp, ani: &Seller, button: &str, key: &str) {
    let form = asks_for_form(app, ani, button).await;
    let page = types(&mut app.customer(), &form, key).await;
    assert!(page.text().contains("Midtrans tersambung"), "{}", page.text());
    app.settles().await;
    let tail = &key[key.len() - 4..];
    assert!(ani.newest().text.contains(&format!("…{tail}")), "{}", ani.phone.transcript());
}

/// Everything that waits at the merchants' and at ours is done.
async fn settles(app: &TestApp, merchants: &[&MidtransSimulator]) {
    for merchant in merchants {
        merchant.deliver_all().await;
    }
    app.settles().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_seller_connects_her_own_account_by_a_form_and_is_paid_there() {
    let hall = MidtransHall::open().await;
    let merchant = hall.merchant(SANDBOX_KEY);
    let app = app_at(&hall).await;
    let ani = app.ani();
    let link = ani.makes_a_link("kaos 75rb").await;
    opens_gateway(&ani).await;
    let before = ani.newest().text;
    assert!(before.contains("akun bersama") && before.contains("Live: belum tersambung"), "{before}");
    let led_there = ani.presses("🔑 Sambungkan sandbox").await;
    assert!(led_there.text.contains("10 menit"), "{}", led_there.text);

    app.settles().await;
    let form = newest_form(&ani);
    let mut browser = app.customer();
    for _ in 0..2 {
        let page = browser.opens(&form).await;
        assert_eq!(page.status, 200);
        let text = page.text();
        assert!(text.contains("Sambungkan Midtrans (sandbox)") && text.contains("Access Keys"), "{text}");
        assert_eq!(page.headers["cache-control"], "no-store");
        assert_eq!(page.headers["referrer-policy"], "same-origin");
        let policy = page.headers["content-security-policy"].to_str().expect("a policy");
        assert!(
            policy.starts_with("default-src 'none'") && policy.contains("form-action 'self'"),
            "{policy}"
        );
        assert!(page.html.contains("type=\"password\" autocomplete=\"off\""), "{}", page.html);
    }
    assert_eq!(hall.asked(), 0, "looking at the form does nothing");
    let page = types(&mut browser, &form, &format!(" {SANDBOX_KEY}\n")).await;
    assert!(page.status == 200 && page.text().contains("Midtrans tersambung"), "{}", page.text());
    assert!(!page.html.contains(SANDBOX_KEY));
    let told = ani.reads("Midtrans tersambung (sandbox)").await;
    assert!(told.text.contains("…han1"), "{}", told.text);
    app.settles().await;
    let card = ani.phone.messages().into_iter().find(|message| message.message_id == led_there.message_id);
    let card = card.expect("the card that led to the form");
    assert!(card.text.contains("sudah dipakai") && card.button("🔑 Buka").is_none(), "{card:?}");
    let shown = ani.presses("🔌 Midtrans & mode").await;
    assert!(shown.text.contains("kunci toko ini, …han1") && shown.text.contains("/webhooks/midtrans/"));
    assert!(shown.button("📋 Alamat sandbox").is_some(), "{:?}", shown.buttons);

    let mut budi = app.customer_of(&merchant);
    budi.orders(&link, "Budi", "QRIS").await;
    budi.pays().await;
    settles(&app, &[&merchant]).await;
    budi.waits_for("Lunas").await;
    ani.reads("dari Budi").await;
    assert_eq!(app.bank.transactions().len(), 0, "the shared account has nothing to do with it");
    let dump = dump_of(app.database()).await;
    assert!(!dump.contains(SANDBOX_KEY) && !dump.contains(&hex::encode(SANDBOX_KEY)));
    assert!(!ani.phone.transcript().contains(SANDBOX_KEY));
    app.settles().await;
    ani.says("/settings").await;
    ani.presses("👥 Tim").await;
    let log = ani.presses("📜 Catatan").await;
    assert!(log.text.contains("menyambungkan Midtrans"), "{}", log.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_key_of_the_account_is_named_and_the_form_stays() {
    let hall = MidtransHall::open().await;
    hall.merchant(SANDBOX_KEY);
    let app = app_at(&hall).await;
    let ani = app.ani();
    ani.makes_a_link("kaos 75rb").await;
    let form = asks_for_form(&app, &ani, "🔑 Sambungkan sandbox").await;
    let mut browser = app.customer();
    for (typed, said) in [
        ("", "Tempel server key-nya dulu"),
        ("SB-Mid-client-toko-ani-latihan1", "Ini client key"),
        (LIVE_KEY, "Ini kunci untuk uang sungguhan"),
        ("G123456789", "belum seperti server key"),
    ] {
        let page = types(&mut browser, &form, typed).await;
        assert_eq!(page.status, 422, "{typed}");
        assert!(page.text().contains(said), "{typed}: {}", page.text());
        assert!(
            typed.is_empty() || !page.html.contains(&format!("\"{typed}\"")),
            "what was typed is not sent back"
        );
    }
    assert_eq!(hall.asked(), 0, "Midtrans hears only of what may be a key");
    let wrong = "SB-Mid-server-salah-sama-sekali";
    let page = types(&mut browser, &form, wrong).await;
    assert!(page.status == 422 && page.text().contains("tidak mengenal kunci ini"), "{}", page.text());
    hall.close(true);
    let page = types(&mut browser, &form, SANDBOX_KEY).await;
    assert!(page.status == 502 && page.text().contains("belum bisa ditanya"), "{}", page.text());
    opens_gateway(&ani).await;
    assert!(ani.newest().text.contains("akun bersama"), "{}", ani.newest().text);

    hall.close(false);
    let foreign = app.request("POST", form.path()).header("Origin", "https://evil.example");
    let answer = foreign.form(&[("server_key", SANDBOX_KEY)]).send().await.expect("an answer");
    assert_eq!(answer.status(), 403);
    let page = types(&mut browser, &form, SANDBOX_KEY).await;
    assert!(page.text().contains("Midtrans tersambung"), "{}", page.text());
    let dump = dump_of(app.database()).await;
    assert!([wrong, SANDBOX_KEY, LIVE_KEY].iter().all(|key| !dump.contains(key)));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_works_for_ten_minutes_once_and_only_the_newest_one() {
    let hall = MidtransHall::open().await;
    hall.merchant(SANDBOX_KEY);
    let app = app_at(&hall).await;
    let ani = app.ani();
    ani.makes_a_link("kaos 75rb").await;
    let mut browser = app.customer();
    let over = |page: &Page, status: u16| {
        assert_eq!(page.status.as_u16(), status);
        assert!(
            page.text().contains("tidak berlaku lagi") && page.text().contains("/settings"),
            "{}",
            page.text()
        );
    };
    let late = asks_for_form(&app, &ani, "🔑 Sambungkan sandbox").await;
    app.settles().await;
    app.advance(TimeDelta::minutes(10));
    over(browser.opens(&late).await, 410);
    over(&types(&mut browser, &late, SANDBOX_KEY).await, 410);

    let withdrawn = asks_for_form(&app, &ani, "🔑 Sambungkan live").await;
    let form = asks_for_form(&app, &ani, "🔑 Sambungkan sandbox").await;
    over(&types(&mut browser, &withdrawn, LIVE_KEY).await, 404);
    let made_up = app.base_url.join("setup/keys/aaaaaaaaaaaaaaaaaaaaaaaaaa").expect("an address");
    over(browser.opens(&made_up).await, 404);
    for _ in 0..10 {
        types(&mut browser, &form, "SB-Mid-server-salah-lagi").await;
    }
    over(&types(&mut browser, &form, SANDBOX_KEY).await, 410);

    let form = asks_for_form(&app, &ani, "🔑 Sambungkan sandbox").await;
    types(&mut browser, &form, SANDBOX_KEY).await;
    let asked = hall.asked();
    for _ in 0..2 {
        let page = types(&mut browser, &form, SANDBOX_KEY).await;
        assert!(page.text().contains("sudah dipakai"), "{}", page.text());
    }
    assert_eq!(hall.asked(), asked, "a used form asks nobody");
    app.settles().await;
    assert_eq!(ani.count("Midtrans tersambung (sandbox)"), 1, "{}", ani.phone.transcript());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_in_the_chat_is_taken_away_and_the_form_is_offered() {
    let hall = MidtransHall::open().await;
    hall.merchant(SANDBOX_KEY);
    let app = app_at(&hall).await;
    let ani = app.ani();
    ani.makes_a_link("kaos 75rb").await;
    ani.says("/new").await;
    app.telegram.misbehave(TelegramMisbehaviour::new(Fault::DuplicateUpdate));
    ani.says_and_reads(&format!("ini kuncinya {SANDBOX_KEY} ya"), "saya hapus dari chat").await;
    app.settles().await;
    assert!(!ani.phone.transcript().contains(SANDBOX_KEY), "{}", ani.phone.transcript());
    assert_eq!(ani.count("saya hapus dari chat"), 1);
    // What was being asked is still asked.
    let form = newest_form(&ani);
    let next = ani.says("Topi").await;
    assert!(next.text.contains("Topi"), "{}", next.text);
    let page = types(&mut app.customer(), &form, SANDBOX_KEY).await;
    assert!(page.text().contains("Midtrans tersambung"), "{}", page.text());
    app.settles().await;

    ani.sends_picture(&crate::goods_photo::jpeg(64, 64, 1), LIVE_KEY).await;
    app.settles().await;
    assert!(!ani.phone.transcript().contains(LIVE_KEY), "{}", ani.phone.transcript());
    let refused = Fault::BadRequest("message can't be deleted".to_owned());
    app.telegram.misbehave(TelegramMisbehaviour::on("deleteMessage", refused));
    ani.says_and_reads(&format!("/links {LIVE_KEY}"), "Hapus pesan itu sendiri").await;

    // Nobody else is handed a form.
    let budi = app.person("Budi", "id");
    let told = budi.says("Mid-client-toko-ani-sungguhan2").await;
    assert!(told.text.contains("hanya untuk pemilik toko"), "{}", told.text);
    app.settles().await;
    let dump = dump_of(app.database()).await;
    for key in [SANDBOX_KEY, LIVE_KEY, "Mid-client-toko-ani-sungguhan2"] {
        assert!(!dump.contains(key), "{key} stands in the database");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn orders_are_followed_at_the_account_they_began_at() {
    let hall = MidtransHall::open().await;
    let earlier = hall.merchant(SANDBOX_KEY);
    let later = hall.merchant("SB-Mid-server-akun-yang-lain-9");
    let app = app_at(&hall).await;
    let ani = app.ani();
    let link = ani.makes_a_link("kaos 75rb").await;
    connects(&app, &ani, "🔑 Sambungkan sandbox", SANDBOX_KEY).await;
    let (mut budi, mut citra) = (app.customer_of(&earlier), app.customer_of(&earlier));
    budi.orders(&link, "Budi", "QRIS").await;
    citra.orders(&link, "Citra", "QRIS").await;
    settles(&app, &[&earlier]).await;

    connects(&app, &ani, "♻️ Ganti sandbox", "SB-Mid-server-akun-yang-lain-9").await;
    budi.pays().await;
    settles(&app, &[&earlier]).await;
    budi.waits_for("Lunas").await;
    // No notice comes of the other one: it is asked about all the same.
    earlier.misbehave(Misbehaviour::once(Endpoint::Notice, Conduct::Drop));
    citra.pays().await;
    settles(&app, &[&earlier]).await;
    app.advance(TimeDelta::minutes(10));
    app.settles().await;
    citra.waits_for("Lunas").await;
    ani.reads("dari Citra").await;

    let mut dewi = app.customer_of(&later);
    dewi.orders(&link, "Dewi", "QRIS").await;
    dewi.pays().await;
    settles(&app, &[&later]).await;
    dewi.waits_for("Lunas").await;
    assert_eq!((earlier.transactions().len(), later.transactions().len()), (2, 1));
    assert_ne!(app.attempts(&dewi).await[0].account, app.attempts(&budi).await[0].account);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_renewed_key_takes_the_place_of_the_old_one_also_for_old_orders() {
    let hall = MidtransHall::open().await;
    let merchant = hall.merchant(SANDBOX_KEY);
    let app = app_at(&hall).await;
    let ani = app.ani();
    let link = ani.makes_a_link("kaos 75rb").await;
    connects(&app, &ani, "🔑 Sambungkan sandbox", SANDBOX_KEY).await;
    let mut budi = app.customer_of(&merchant);
    budi.orders(&link, "Budi", "QRIS").await;
    settles(&app, &[&merchant]).await;
    merchant.change_server_key("SB-Mid-server-kunci-baru-5678");
    app.settles().await;
    app.advance(TimeDelta::minutes(10));
    let told = ani.reads("Midtrans menolak kunci toko ini").await;
    assert!(told.text.contains("…han1"), "{}", told.text);
    opens_gateway(&ani).await;
    assert!(ani.newest().text.contains("ditolak Midtrans"), "{}", ani.newest().text);

    // Taking it off first is no mistake that cannot be mended.
    let question = ani.presses("🔓 Lepas sandbox").await;
    assert!(question.text.contains("tidak bisa dicek"), "{}", question.text);
    ani.presses("🔓 Ya, lepas").await;
    connects(&app, &ani, "🔑 Sambungkan sandbox", "SB-Mid-server-kunci-baru-5678").await;
    budi.pays().await;
    merchant.deliver_all().await;
    app.settles().await;
    app.advance(TimeDelta::minutes(5));
    app.settles().await;
    budi.waits_for("Lunas").await;
    let mut citra = app.customer_of(&merchant);
    citra.orders(&link, "Citra", "QRIS").await;
    let accounts = (&app.attempts(&budi).await[0].account.0, &app.attempts(&citra).await[0].account.0);
    assert_eq!(accounts.0, accounts.1, "it is the same account");
    assert_eq!(ani.count("Midtrans menolak kunci toko ini"), 1, "told once");
    settles(&app, &[&merchant]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn only_the_owner_touches_the_accounts() {
    let hall = MidtransHall::open().await;
    hall.merchant(SANDBOX_KEY);
    let app = app_at(&hall).await;
    let (ani, budi) = (app.ani(), app.person("Budi", "id"));
    ani.makes_a_link("kaos 75rb").await;
    ani.says("/settings").await;
    ani.presses("👥 Tim").await;
    ani.presses("➕ Undang").await;
    ani.presses("👑 Pemilik").await;
    let text = ani.newest().text;
    let token = text.split("start=").nth(1).and_then(|rest| rest.split_whitespace().next()).expect("a token");
    budi.says_and_reads(&format!("/start {token}"), "Tautan aktif").await;
    // Owners hear of what another one connects.
    connects(&app, &budi, "🔑 Sambungkan sandbox", SANDBOX_KEY).await;
    ani.reads("Midtrans tersambung (sandbox)").await;
    let asked = hall.asked();
    let form = asks_for_form(&app, &budi, "♻️ Ganti sandbox").await;
    ani.presses("👥 Ke tim").await;
    ani.presses("👑 Budi").await;
    ani.presses("👀 Pemantau").await;

    let page = types(&mut app.customer(), &form, SANDBOX_KEY).await;
    assert!(page.status == 410 && page.text().contains("tidak berlaku lagi"), "{}", page.text());
    assert_eq!(hall.asked(), asked);
    budi.says("/settings").await;
    let refused = budi.presses("🔌 Midtrans & mode").await;
    assert!(refused.text.contains("Hanya pemilik"), "{}", refused.text);
    for data in ["v1:kc:l", "v1:kr:s", "v1:kl", "v1:kb", "v1:k"] {
        budi.phone.presses_data(refused.message_id, data);
    }
    app.settles().await;
    assert_eq!(
        (budi.phone.unanswered_taps(), budi.count("Buka formulirnya")),
        (vec![], 1),
        "no further form"
    );
    let told = budi.says(SANDBOX_KEY).await;
    assert!(told.text.contains("hanya untuk pemilik toko"), "{}", told.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_shop_may_begin_with_its_own_account() {
    let hall = MidtransHall::open().await;
    hall.merchant(SANDBOX_KEY);
    let app = app_at(&hall).await;
    let ani = app.ani();
    ani.says("/start").await;
    for label in ["Lanjut ▶", "Pakai “Ani”", "WIB"] {
        ani.presses(label).await;
    }
    let opened = ani.presses("🔑 Pakai Midtrans").await;
    assert!(
        opened.text.contains("Ani sudah buka") && opened.text.contains("Midtrans & mode"),
        "{}",
        opened.text
    );
    ani.presses("🔑 Sambungkan sandbox").await;
    let page = types(&mut app.customer(), &newest_form(&ani), SANDBOX_KEY).await;
    assert!(page.text().contains("Midtrans tersambung"), "{}", page.text());
    ani.reads("Midtrans tersambung (sandbox)").await;
}
