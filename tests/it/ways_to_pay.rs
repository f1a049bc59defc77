//! Which ways to pay a shop and a link take, and what becomes of the others.

use axum::http::StatusCode;
use chrono::TimeDelta;
use tautan::simulator::midtrans::{Conduct, Endpoint, Misbehaviour};

use crate::support::customer::Customer;
use crate::support::seller::Seller;
use crate::support::test_app::TestApp;

/// Some of the methods that there are.
const CODES: [&str; 3] = ["qris", "bca_va", "bni_va"];

/// Ani, whose shop is open and has no link.
async fn ani_of(app: &TestApp) -> Seller {
    let ani = app.ani();
    ani.says_and_reads("/new", "Mau jual apa?").await;
    ani.says("/cancel").await;
    ani
}

async fn chooses_from(customer: &mut Customer, link: &url::Url) -> Vec<&'static str> {
    customer.opens(link).await;
    customer.fills_in("Budi", "0812-3456-7890", "budi@example.test").await;
    let page = customer.page.html.clone();
    CODES.into_iter().filter(|code| page.contains(&format!("name=\"method\" value=\"{code}\""))).collect()
}

async fn posts(customer: &mut Customer, method: &str) -> StatusCode {
    let form = format!("{}/attempts", customer.page.url.path().trim_end_matches("/attempts"));
    let form = customer.page.url.join(&form).expect("an address");
    customer.posts(form, &[("method", method)]).await.status
}

#[tokio::test(flavor = "multi_thread")]
async fn a_shop_switches_a_way_to_pay_off_and_on_again() {
    let app = TestApp::start().await;
    let ani = ani_of(&app).await;
    let link = ani.makes_a_link("kaos hitam 150rb").await;
    let mut early = app.customer();
    assert_eq!(chooses_from(&mut early, &link).await, CODES);

    ani.says("/settings").await;
    ani.presses("💳 Cara bayar").await;
    let card = ani.presses("✅ QRIS").await;
    assert!(card.button("⬜ QRIS").is_some() && card.button("✅ BCA").is_some(), "{card:?}");
    let mut budi = app.customer();
    assert_eq!(chooses_from(&mut budi, &link).await, &CODES[1..]);

    // Who had the page open before still has the button.
    assert_eq!(posts(&mut early, "qris").await, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(early.page.text().contains("Cara ini tidak tersedia"), "{}", early.page.text());
    assert!(!early.page.html.contains("value=\"qris\""), "the page is as it should be now");
    assert_eq!(app.units(&link).await, (0, 0), "nothing was charged or held");
    early.presses("BCA Virtual Account").await;
    assert!(early.page.text().contains("Bayar dengan BCA Virtual Account"), "{}", early.page.text());

    let card = ani.presses("✅ Nyalakan semua").await;
    assert!(card.button("✅ QRIS").is_some() && card.button("✅ Nyalakan semua").is_none(), "{card:?}");
    assert_eq!(chooses_from(&mut app.customer(), &link).await, CODES);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_shop_is_told_which_links_nobody_could_pay_and_keeps_one_way() {
    let app = TestApp::start().await;
    let ani = ani_of(&app).await;
    let link = ani.makes_a_link("topi 90rb bayar: qris").await;
    ani.makes_a_link("kaos hitam 150rb").await;
    ani.says("/settings").await;
    ani.presses("💳 Cara bayar").await;
    let card = ani.presses("✅ QRIS").await;
    assert!(card.text.contains("belum ada cara bayar untuk: topi"), "{}", card.text);
    let mut budi = app.customer();
    assert!(chooses_from(&mut budi, &link).await.is_empty());
    assert!(budi.page.text().contains("belum ada cara bayar"), "{}", budi.page.text());

    // All others go, one by one; the last stays.
    let ticked = || {
        let labels = ani.buttons().into_iter();
        labels.filter(|label| label.starts_with("✅ ") && !label.contains("semua")).collect::<Vec<String>>()
    };
    for left in (1..ticked().len()).rev() {
        ani.presses(&ticked()[0]).await;
        assert_eq!(ticked().len(), left);
    }
    ani.phone.presses(&ticked()[0]).expect("the last one");
    app.settles().await;
    assert_eq!(ticked().len(), 1, "{}", ani.phone.transcript());
    let toast = ani.phone.toasts().pop().expect("a toast");
    assert!(toast.text.contains("Paling sedikit satu cara bayar"), "{toast:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_takes_what_its_line_says_and_its_change_says_otherwise() {
    let app = TestApp::start().await;
    let ani = ani_of(&app).await;
    let asked = ani.says("/new kaos hitam 150rb bayar: qris, bca x10 3d").await;
    assert!(asked.text.contains("💳 Cara bayar: QRIS, BCA"), "{}", asked.text);
    assert!(asked.text.contains("10 pembayaran"), "{}", asked.text);
    ani.presses("✅ Buat").await;
    let link = ani.links().pop().expect("a link");
    assert_eq!(chooses_from(&mut app.customer(), &link).await, &CODES[..2]);

    ani.presses("📄 Detail").await;
    ani.presses("✏️ Ubah").await;
    ani.presses("🧺 Foto & opsi").await;
    let card = ani.presses("💳 Cara bayar").await;
    assert!(card.button("✅ QRIS").is_some() && card.button("⬜ BNI").is_some(), "{card:?}");
    ani.presses("✅ QRIS").await;
    let kept = ani.newest();
    assert!(kept.button("⬜ QRIS").is_some(), "{kept:?}");
    ani.presses("⬜ BNI").await;
    let change = ani.presses("◀ Kembali").await;
    assert!(change.text.contains("Cara bayar: BCA, BNI"), "{}", change.text);
    ani.presses("✅ Simpan").await;
    assert_eq!(chooses_from(&mut app.customer(), &link).await, &CODES[1..]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_that_nobody_could_pay_is_not_made() {
    let app = TestApp::start().await;
    let ani = ani_of(&app).await;
    // BCA takes Rp10.000 and more.
    ani.says("/new stiker 5rb bayar: bca").await;
    let refused = ani.presses("✅ Buat").await;
    assert!(refused.text.contains("Cara bayar yang dipilih tidak bisa untuk Rp5.000"), "{}", refused.text);
    let card = ani.presses("💳 Cara bayar").await;
    assert!(card.text.contains("tidak bisa untuk Rp5.000"), "{}", card.text);
    let card = ani.presses("⬜ QRIS").await;
    assert!(!card.text.contains("tidak bisa untuk"), "{}", card.text);
    ani.presses("◀ Kembali").await;
    ani.presses("✅ Buat").await;
    let link = ani.links().pop().expect("a link");
    let mut budi = app.customer();
    assert_eq!(chooses_from(&mut budi, &link).await, &CODES[..1]);
    let page = budi.page.text();
    assert!(page.contains("Tidak untuk jumlah ini") && page.contains("mulai Rp10.000"), "{page}");
    assert_eq!(posts(&mut budi, "bca_va").await, StatusCode::UNPROCESSABLE_ENTITY);

    let wrong = ani.says("/new kaos 150rb bayar: tunai").await;
    assert!(wrong.text.contains("“tunai” bukan cara bayar yang saya kenal"), "{}", wrong.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_seller_is_warned_of_links_whose_only_way_to_pay_the_gateway_refuses() {
    let app = TestApp::start().await;
    let ani = ani_of(&app).await;
    let link = ani.makes_a_link("topi 90rb bayar: bca").await;
    ani.makes_a_link("kaos hitam 150rb").await;
    let refusal = serde_json::json!({ "status_code": "402", "status_message": "not active" });
    app.bank.misbehave(Misbehaviour::once(Endpoint::Charge, Conduct::alter(refusal)));
    let mut budi = app.customer();
    budi.orders(&link, "Budi", "BCA Virtual Account").await;
    let page = budi.page.text();
    assert!(page.contains("belum ada cara bayar yang bisa dipakai"), "{page}");
    assert!(!page.contains("untuk jumlah ini"), "{page}");

    ani.says("/settings").await;
    let card = ani.presses("💳 Cara bayar").await;
    assert!(card.text.contains("Midtrans sedang tidak membolehkan BCA"), "{}", card.text);
    assert!(card.text.contains("belum ada cara bayar untuk: topi"), "{}", card.text);
    assert!(!card.text.contains("kaos"), "{}", card.text);

    let card = ani.says("/new syal 20rb bayar: bca").await;
    assert!(card.text.contains("padahal tautan ini tidak punya cara bayar lain"), "{}", card.text);
    let card = ani.presses("💳 Cara bayar").await;
    assert!(card.text.contains("padahal tautan ini tidak punya cara bayar lain"), "{}", card.text);
    let card = ani.presses("⬜ QRIS").await;
    assert!(!card.text.contains("padahal"), "{}", card.text);
    assert!(card.text.contains("Midtrans sedang tidak membolehkan BCA"), "{}", card.text);
    let card = ani.presses("◀ Kembali").await;
    assert!(!card.text.contains("tidak membolehkan"), "{}", card.text);

    app.settles().await;
    app.advance(TimeDelta::days(1) + TimeDelta::minutes(2));
    ani.says("/settings").await;
    let card = ani.presses("💳 Cara bayar").await;
    assert!(!card.text.contains("⚠️"), "it is tried again after a day: {}", card.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_column_of_a_file_says_how_each_link_is_paid() {
    let app = TestApp::start().await;
    let ani = ani_of(&app).await;
    let csv = "nama;harga;cara bayar\nKaos;75rb;qris, bca\nTopi;50rb;\nTas;90rb;tunai\n";
    let ready = ani.sends_file("tautan.csv", csv.as_bytes(), "siap dibuat").await;
    assert!(ready.text.contains("2 tautan siap dibuat") && ready.text.contains("tunai"), "{}", ready.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_code_to_scan_is_a_picture_until_it_is_paid() {
    let app = TestApp::start().await;
    let link = app.ani().makes_a_link("kaos hitam 150rb").await;
    let mut budi = app.customer();
    budi.orders(&link, "Budi", "QRIS").await;
    let path = format!("{}/qr.png", budi.page.url.path().trim_start_matches('/'));
    let answer = app.request("GET", &path).send().await.expect("an answer");
    assert_eq!(answer.status(), 200);
    assert_eq!(
        (&answer.headers()["content-type"], &answer.headers()["cache-control"]),
        (&"image/png".parse().unwrap(), &"no-store".parse().unwrap())
    );
    let picture = answer.bytes().await.expect("a picture");
    assert!(picture.starts_with(b"\x89PNG") && picture.len() < 8_000, "{} bytes", picture.len());

    budi.pays().await;
    budi.waits_for("Lunas").await;
    assert_eq!(app.request("GET", &path).send().await.expect("an answer").status(), 404);
    app.settles().await;
}
