//! A seller takes the orders home as a file.

use chrono::TimeDelta;
use tautan::domain::figures::Period;
use tautan::messaging::buttons::{NumbersPress, Press};
use tautan::simulator::telegram::{Fault, Misbehaviour, ShownMessage};

use crate::support::seller::Seller;
use crate::support::test_app::TestApp;

#[tokio::test(flavor = "multi_thread")]
async fn orders_come_as_a_file_that_a_spreadsheet_opens_safely() {
    let app = TestApp::start().await;
    let ani = app.ani();
    let link = ani.makes_a_link("\"=SUM(A1)\" 75rb ref:INV-01").await;
    let mut budi = app.customer();
    budi.orders(&link, "Budi, S.Kom", "QRIS").await;
    budi.pays().await;
    app.settles().await;
    app.customer().orders(&link, "Sari", "QRIS").await;

    let ask = ani.says_and_reads("/export", "Masa yang mana?").await;
    assert!(ask.text.contains("🧪 Sandbox"), "{}", ask.text);
    ani.phone.presses("7 hari").expect("a button");
    let shown = file_of(&ani, "7 hari").await;
    let file = shown.file.clone().expect("a file");
    assert!(file.file_name.starts_with("sandbox-pesanan-20") && file.file_name.ends_with(".csv"), "{file:?}");
    assert!(shown.text.contains("2 pesanan") && shown.text.contains("🧪 Sandbox"), "{}", shown.text);
    let bytes = ani.phone.opens_file(&file).expect("what is in it");
    let text = String::from_utf8(bytes).expect("UTF-8");
    let lines: Vec<&str> = text.trim_end().split("\r\n").collect();
    assert_eq!(lines.len(), 3, "{text}");
    assert!(lines[0].starts_with("\u{feff}Kode,Dipesan,Status,Barang"), "{text}");
    for part in [
        "'=SUM(A1),INV-01,\"Budi, S.Kom\",'+6281234567890",
        ",IDR,75000,75000,0,75000,",
        "+07:00,QRIS",
        "Lunas",
    ] {
        assert!(lines[1].contains(part), "{part}:\n{}", lines[1]);
    }
    assert!(lines[2].contains("Menunggu pembayaran") && lines[2].contains(",75000,0,0,0,,,"), "{}", lines[2]);
    let actions = app.telegram.journal().iter().filter(|call| call.method == "sendChatAction").count();
    assert!(actions > 0, "what is on its way is shown");

    app.advance(TimeDelta::days(40));
    app.settles().await;
    ani.phone.presses("🗓 Masa lain").expect("a button");
    ani.reads("Masa yang mana?").await;
    ani.phone.presses("Hari ini").expect("a button");
    ani.reads("Tidak ada pesanan: Hari ini").await;
    ani.phone.presses("🗓 Masa lain").expect("a button");
    ani.reads("Masa yang mana?").await;
    ani.phone.presses("Sejak awal").expect("a button");
    file_of(&ani, "Sejak awal").await;
    assert_eq!(ani.phone.unanswered_taps(), []);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_does_not_go_out_is_said_and_can_be_asked_for_again() {
    let app = TestApp::start().await;
    let ani = app.ani();
    let link = ani.makes_a_link("Kaos polos 75rb").await;
    app.customer().orders(&link, "Budi", "BCA").await;
    app.settles().await;
    app.telegram.misbehave(Misbehaviour::on("sendDocument", Fault::BadRequest("file is too big".to_owned())));
    ani.says_and_reads("/export", "Masa yang mana?").await;
    ani.phone.presses("7 hari").expect("a button");
    ani.reads("belum berhasil dikirim").await;
    ani.phone.presses("🔄 Coba lagi").expect("a button");
    file_of(&ani, "7 hari").await;
    ani.reads("belum berhasil dikirim").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_may_only_look_gets_figures_and_no_customers() {
    let app = TestApp::start().await;
    let ani = app.ani();
    let link = ani.makes_a_link("Kaos polos 75rb").await;
    app.customer().orders(&link, "Budi", "BCA").await;
    let changed = app.database().execute("update staff set role = 'viewer'").await;
    assert_eq!(changed.expect("the database answers"), 1);
    ani.says_and_reads("/export", "hanya untuk pemilik dan staf").await;
    let message = ani.newest().message_id;
    ani.phone.presses_data(message, &Press::Numbers(NumbersPress::RecordExport(Period::Always)).encode());
    ani.phone.settles().await;
    ani.presses("📊 Statistik").await;
    ani.reads("📝 1 isi data").await;
    assert!(ani.phone.messages().iter().all(|message| message.file.is_none()), "{}", ani.phone.transcript());
}

/// Waits for a file of this period.
async fn file_of(seller: &Seller, period: &str) -> ShownMessage {
    let is_it = |message: &ShownMessage| message.file.is_some() && message.text.contains(period);
    let shown = seller.phone.waits_until("a file", |messages| messages.iter().any(is_it)).await;
    shown.into_iter().rfind(is_it).expect("it was just there")
}
