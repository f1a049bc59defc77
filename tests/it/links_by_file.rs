//! A seller sends a file, and many links are made from it.

use std::fmt::Write;
use std::time::{Duration, Instant};

use chrono::TimeDelta;
use tautan::domain::customer::Phone;
use tautan::messaging::pacer::Pace;
use tautan::services::privacy::{CustomerContact, erase_customer, export_customer};
use tautan::simulator::telegram::ShownMessage;

use crate::support::seller::Seller;
use crate::support::test_app::{Options, TestApp};

const TABLE: &str = "Nama;Harga;Batas;Waktu;Referensi;Warna\r\n\
    Kaos <polos>;75rb;x10;3 hari;INV-1;merah\r\n\
    Topi;50.000;;;INV-2;biru\r\n\
    Syal;75.00;;;;=1+1\r\n\
    Pita;5000;∞;-;INV-1;\r\n\
    Kopi;Rp30.000;2;;;hitam\r\n";

/// Ani, whose shop is open and has no link.
async fn ani_of(app: &TestApp) -> Seller {
    let ani = app.ani();
    ani.says_and_reads("/new", "Mau jual apa?").await;
    ani.says("/cancel").await;
    ani
}

fn table_of(rows: usize) -> String {
    (1..=rows).fold("nama,harga,referensi\n".to_owned(), |mut table, row| {
        let _ = writeln!(table, "Barang {row},{row}rb,NO-{row}");
        table
    })
}

/// The text of the newest file that the bot sent, without its mark.
fn result(seller: &Seller) -> (ShownMessage, String) {
    let sent =
        seller.phone.messages().into_iter().rev().find(|message| message.from_bot && message.file.is_some());
    let sent = sent.expect("a file");
    let bytes = seller.phone.opens_file(sent.file.as_ref().expect("a file")).expect("it is kept");
    let text = String::from_utf8(bytes).expect("text");
    let text = text.strip_prefix('\u{feff}').expect("spreadsheets read UTF-8 by its mark").to_owned();
    (sent, text)
}

async fn count_of(app: &TestApp, table: &str) -> String {
    let query = format!("select cast(count(*) as text) from {table}");
    app.database().texts(&query).await.expect("the database answers").remove(0)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_becomes_links_and_comes_back_with_their_addresses() {
    let app = TestApp::start().await;
    let ani = ani_of(&app).await;
    let card = ani.sends_file("produk baru.csv", TABLE.as_bytes(), "siap dibuat").await;
    for words in [
        "3 tautan siap dibuat dari produk baru.csv",
        "1. Kaos <polos> · Rp75.000",
        "🔁 10× · ⏳",
        "3. Kopi · Rp30.000",
        "2 baris perlu dibetulkan",
        "Baris 4: Harga “75.00” belum jelas",
        "Baris 5: Order ID INV-1",
        "“Warna”",
        "🧪 Sandbox",
    ] {
        assert!(card.text.contains(words), "{words:?} in {}", card.text);
    }
    assert_eq!(ani.buttons(), ["✅ Buat 3 tautan", "✖ Batal"]);
    assert_eq!(count_of(&app, "payment_links").await, "0");

    ani.presses("✅ Buat 3 tautan").await;
    app.settles().await;
    let (sent, text) = result(&ani);
    assert_eq!(sent.file.as_ref().map(|file| file.file_name.as_str()), Some("hasil-produk-baru.csv"));
    for words in ["3 tautan jadi", "2 baris belum jadi", "🧪 Sandbox"] {
        assert!(sent.text.contains(words), "{words:?} in {}", sent.text);
    }
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines[0], "Nama;Harga;Batas;Waktu;Referensi;Warna;tautan jadi;hasil");
    assert!(lines[1].starts_with("Kaos <polos>;75rb;x10;3 hari;INV-1;merah;http"), "{text}");
    assert!(lines[3].starts_with("Syal;75.00;;;;'=1+1;;Harga “75.00” belum jelas"), "{text}");
    assert!(lines[5].ends_with(";jadi"), "{text}");
    let told = ani.reads("3 tautan jadi dari produk baru.csv").await;
    assert!(told.button("🏠 Beranda").is_some());

    let address = lines[1].split(';').nth(6).expect("an address");
    let mut budi = app.customer();
    budi.opens(&address.parse().expect("an address")).await;
    assert!(budi.page.text().contains("Rp75.000"), "{}", budi.page.text());
    ani.says_and_reads("/links", "Tautan · 3").await;
    let events = app.database().texts("select event from shop_log order by id").await.unwrap();
    assert_eq!(events.iter().filter(|event| *event == "link-made").count(), 3, "{events:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_result_that_was_mended_makes_only_what_is_left() {
    let app = TestApp::start().await;
    let ani = ani_of(&app).await;
    ani.sends_file("a.csv", TABLE.as_bytes(), "siap dibuat").await;
    ani.presses("✅ Buat 3 tautan").await;
    app.settles().await;
    let mended = result(&ani).1.replace("Syal;75.00", "Syal;75rb").replace("-;INV-1;", "-;INV-3;");
    let card = ani.sends_file("hasil-a.csv", mended.as_bytes(), "2 tautan siap dibuat").await;
    assert!(card.text.contains("3 baris sudah jadi tautan sebelumnya"), "{}", card.text);
    ani.presses("✅ Buat 2 tautan").await;
    app.settles().await;
    let (sent, text) = result(&ani);
    assert_eq!(sent.file.map(|file| file.file_name), Some("hasil-a.csv".to_owned()));
    assert_eq!(text.lines().next(), Some("Nama;Harga;Batas;Waktu;Referensi;Warna;tautan jadi;hasil"));
    assert_eq!(text.matches("http://").count(), 5, "{text}");
    assert_eq!(count_of(&app, "payment_links").await, "5");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_press_a_second_delivery_and_an_old_button_make_nothing_twice() {
    let app = TestApp::start().await;
    let ani = ani_of(&app).await;
    let card = ani.sends_file("a.csv", table_of(30).as_bytes(), "30 tautan siap").await;
    let (create, discard) = (ani.data_of("✅ Buat"), ani.data_of("✖ Batal"));
    for data in [&create, &create, &discard, &create] {
        ani.phone.presses_data(card.message_id, data);
    }
    app.settles().await;
    ani.reads("30 tautan jadi dari a.csv").await;
    ani.phone.presses_data(card.message_id, &create);
    ani.phone.presses_data(card.message_id, &discard);
    app.settles().await;
    assert_eq!(count_of(&app, "payment_links").await, "30");
    assert_eq!(ani.count("Alamat tiap tautan ada di berkas ini"), 1);
    assert_eq!(ani.phone.unanswered_taps(), []);
    // The same message, handed out once more after a crash.
    app.database()
        .execute("update telegram_updates set done_at = null, tries = 0 where body like '%a.csv%'")
        .await
        .unwrap();
    app.settles().await;
    assert_eq!(count_of(&app, "link_imports").await, "1");
    assert_eq!(count_of(&app, "payment_links").await, "30");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_restart_interrupts_is_gone_on_with_and_made_once() {
    let mut app = TestApp::start().await;
    let ani = ani_of(&app).await;
    ani.sends_file("banyak.csv", table_of(300).as_bytes(), "300 tautan siap").await;
    app.restart().await;
    ani.presses("✅ Buat 300 tautan").await;
    ani.reads("0 dari 300").await;
    for _ in 0..3 {
        app.restart().await;
    }
    app.settles().await;
    assert_eq!(count_of(&app, "payment_links").await, "300");
    assert_eq!(count_of(&app, "link_import_rows where state = 'made'").await, "300");
    assert_eq!(ani.count("Alamat tiap tautan ada di berkas ini"), 1);
    assert_eq!(result(&ani).1.matches("http://").count(), 300);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_card_follows_while_the_links_are_being_made() {
    let app = TestApp::start().await;
    let ani = ani_of(&app).await;
    let card = ani.sends_file("a.csv", table_of(900).as_bytes(), "900 tautan siap").await;
    ani.phone.presses("✅ Buat 900 tautan").expect("the button");
    let is_told = || ani.count("900 tautan jadi") > 0;
    let mut made = "0".to_owned();
    let patience = Instant::now() + Duration::from_secs(60);
    while !is_told() {
        assert!(Instant::now() < patience, "{}", ani.phone.transcript());
        // So often the card may change; some links later it can.
        app.advance(TimeDelta::seconds(3));
        let before = made.clone();
        while made == before && !is_told() && Instant::now() < patience {
            made = count_of(&app, "link_import_rows where state = 'made'").await;
        }
    }
    app.settles().await;
    let shown = shown_by(&app, card.message_id);
    assert!(shown.len() > 2 && shown[0] == 0 && shown[1] > 0, "{shown:?}");
    assert!(shown.is_sorted() && shown.iter().all(|made| *made < 900), "{shown:?}");
    let ended = ani.phone.messages().into_iter().find(|message| message.message_id == card.message_id);
    assert!(ended.is_some_and(|ended| ended.text.contains("900 tautan jadi")), "{}", ani.phone.transcript());
}

/// How many of nine hundred links a card said that there were, each time it was changed.
fn shown_by(app: &TestApp, card: i64) -> Vec<u32> {
    let made = |text: &str| {
        let before = text.split(" dari 900").next().filter(|before| before.len() < text.len())?;
        before.rsplit(|sign: char| !sign.is_ascii_digit()).next()?.parse().ok()
    };
    let edits = app.telegram.calls_of("editMessageText");
    let texts = edits.iter().filter(|call| call.body["message_id"] == card);
    texts.filter_map(|call| made(call.body["text"].as_str()?)).collect()
}

/// A process that is killed leaves its lease, and perhaps links whose rows do not say so yet.
#[tokio::test(flavor = "multi_thread")]
async fn what_a_killed_process_had_begun_is_taken_up_by_the_next_one() {
    let mut app = TestApp::start().await;
    let ani = ani_of(&app).await;
    ani.sends_file("a.csv", table_of(8).as_bytes(), "8 tautan siap").await;
    ani.presses("✅ Buat 8 tautan").await;
    app.settles().await;
    app.restart().await;
    let database = app.database();
    database
        .execute("update link_import_rows set state = 'waiting', link_id = null where number > 3")
        .await
        .unwrap();
    let due = if database.is_postgres() { "to_timestamp(0)" } else { "0" };
    let lease = format!("update link_imports set state = 'making', leased_by = 'gone', due_at = {due}");
    database.execute(&lease).await.unwrap();
    app.settles().await;
    assert_eq!(count_of(&app, "payment_links").await, "8");
    assert_eq!(count_of(&app, "link_import_rows where state = 'made'").await, "8");
    assert_eq!(ani.count("Alamat tiap tautan ada di berkas ini"), 2, "told again rather than never");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_read_says_how_to_mend_it_and_changes_nothing() {
    let app = TestApp::start().await;
    let ani = ani_of(&app).await;
    let many = table_of(1_001);
    let large = vec![b'a'; 1_000_001];
    for (name, bytes, words) in [
        ("produk.xlsx", &b"PK\x03\x04"[..], "Simpan sebagai"),
        ("produk.csv", b"PK\x03\x04", "berkas Excel"),
        ("catatan.pdf", b"%PDF", "belum bisa saya baca"),
        ("kosong.csv", b"", "Berkasnya kosong"),
        ("judul.csv", b"nama,harga\r\n", "Baru ada judul kolomnya"),
        ("biner.csv", b"\x00\x01\x02\x03\x04", "bukan tulisan"),
        ("harga.csv", b"nama,stok\nKaos,2\n", "Kolom harganya belum ketemu"),
        ("surat.txt", b"halo apa kabar\n", "belum mengerti kolomnya"),
        ("banyak.csv", many.as_bytes(), "Ada 1.001 baris"),
        ("besar.csv", &large, "terlalu besar"),
        ("salah.csv", b"nama,harga\nKaos,gratis sekali\n", "Belum ada tautan yang bisa dibuat"),
    ] {
        let answer = ani.sends_file(name, bytes, words).await;
        app.settles().await;
        assert!(answer.button("🏠").is_some(), "{name}: {answer:?}");
    }
    let picture = ani.phone.sends_file("kaos.png", "image/png", b"\x89PNG");
    assert!(picture > 0);
    ani.reads("Kirim sebagai foto biasa").await;
    assert_eq!(count_of(&app, "link_imports").await, "0");
    assert_eq!(count_of(&app, "payment_links").await, "0");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_picture_as_a_file_leaves_the_open_question_open() {
    let app = TestApp::start().await;
    let ani = ani_of(&app).await;
    ani.says_and_reads("/new", "Mau jual apa?").await;
    ani.phone.sends_file("kaos.heic", "image/heic", b"picture");
    ani.reads("Kirim sebagai foto biasa").await;
    ani.says_and_reads("Kaos", "2 dari 5").await;
    // A table is another matter: the draft waits on the home card.
    ani.sends_file("a.csv", table_of(2).as_bytes(), "2 tautan siap").await;
    let home = ani.says("/home").await;
    assert!(home.text.contains("Kaos"), "{}", home.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_way_there_explains_and_gives_a_file_that_can_be_sent_as_it_is() {
    let app = TestApp::start().await;
    let ani = ani_of(&app).await;
    ani.says("/new").await;
    let card = ani.presses("📄 Banyak sekaligus").await;
    assert!(
        card.text.contains("satu baris satu tautan") && card.text.contains("🧪 Sandbox"),
        "{}",
        card.text
    );
    assert!(
        !ani.says("/home").await.text.contains("Belum selesai"),
        "an empty draft is nothing to go on with"
    );
    let many = ["kaos 10rb"; 11].join("\n");
    ani.says_and_reads(&format!("/new {many}"), "Ada 11 baris").await;
    ani.presses("📄 Banyak sekaligus").await;
    ani.presses("⬇ Contoh berkas").await;
    app.settles().await;
    let (sent, text) = result(&ani);
    assert_eq!(sent.file.map(|file| file.file_name), Some("contoh-tautan.csv".to_owned()));
    let card = ani.sends_file("contoh.csv", text.as_bytes(), "2 tautan siap").await;
    assert!(!card.text.contains("perlu dibetulkan") && !card.text.contains("tidak ikut"), "{}", card.text);
    ani.presses("✖ Batal").await;
    ani.reads("Tidak ada tautan yang dibuat").await;
    ani.says("/language").await;
    ani.presses("English").await;
    ani.says("/new").await;
    ani.presses("📄 Many at once").await;
    ani.presses("⬇ Sample file").await;
    app.settles().await;
    let text = result(&ani).1;
    let card = ani.sends_file("sample.csv", text.as_bytes(), "2 links are ready").await;
    assert!(!card.text.contains("fixing") && !card.text.contains("do not become"), "{}", card.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_may_only_look_makes_no_links_and_nobody_makes_those_of_another() {
    let app = TestApp::start().await;
    let ani = ani_of(&app).await;
    let eka = app.person("Eka", "id");
    eka.makes_a_link("awal 10rb").await;
    ani.sends_file("a.csv", table_of(2).as_bytes(), "2 tautan siap").await;
    let create = ani.data_of("✅ Buat");
    let card = eka.newest().message_id;
    eka.phone.presses_data(card, &create);
    app.settles().await;
    assert!(eka.newest().text.contains("sudah tidak saya simpan"), "{}", eka.newest().text);
    app.database().execute("update staff set role = 'viewer'").await.unwrap();
    ani.presses("✅ Buat 2 tautan").await;
    ani.phone.sends_file("b.csv", "text/csv", table_of(2).as_bytes());
    ani.reads("belum bisa mengubah tautan").await;
    app.settles().await;
    assert_eq!(count_of(&app, "payment_links").await, "1");
    assert_eq!(count_of(&app, "link_imports").await, "1");
}

#[tokio::test(flavor = "multi_thread")]
async fn links_are_of_the_mode_that_was_shown() {
    let app = TestApp::start_with(Options { live_account: true, ..Options::default() }).await;
    let ani = ani_of(&app).await;
    ani.sends_file("a.csv", table_of(2).as_bytes(), "2 tautan siap").await;
    app.database().execute("update merchants set mode = 'live'").await.unwrap();
    let card = ani.presses("✅ Buat 2 tautan").await;
    assert!(card.text.contains("mode toko sudah berganti") && card.text.contains("💵 Live"), "{}", card.text);
    assert_eq!(count_of(&app, "payment_links").await, "0");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_is_forgotten_after_a_day_and_its_links_stay() {
    let app = TestApp::start().await;
    let ani = ani_of(&app).await;
    ani.sends_file("a.csv", table_of(2).as_bytes(), "2 tautan siap").await;
    ani.presses("✅ Buat 2 tautan").await;
    app.settles().await;
    ani.sends_file("b.csv", b"nama,harga\nKopi,9rb\n", "1 tautan siap").await;
    app.settles().await;
    app.advance(TimeDelta::hours(25));
    app.services().forget_old_rows().await.unwrap();
    assert_eq!(
        (count_of(&app, "link_imports").await, count_of(&app, "payment_links").await),
        ("0".into(), "2".into())
    );
    let answer = ani.presses("✅ Buat 1 tautan").await;
    assert!(answer.text.contains("Kirim sekali lagi"), "{}", answer.text);
}

/// Telegram's own pace: the result comes all the same, and says all.
#[tokio::test(flavor = "multi_thread")]
async fn a_large_file_is_made_at_the_pace_of_telegram() {
    let app = TestApp::start_with(Options { pace: Pace::TELEGRAM, ..Options::default() }).await;
    let ani = ani_of(&app).await;
    ani.sends_file("a.csv", table_of(1_000).as_bytes(), "1.000 tautan siap").await;
    ani.presses("✅ Buat 1.000 tautan").await;
    app.settles().await;
    ani.reads("1.000 tautan jadi dari a.csv").await;
    assert_eq!(result(&ani).1.matches("http://").count(), 1_000);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_customer_who_is_to_be_forgotten_is_forgotten_in_files_too() {
    let app = TestApp::start().await;
    let ani = ani_of(&app).await;
    let table = "nama,harga,pembeli,hp\nKaos,75rb,Budi,0812-3456-7890\nTopi,50rb,Sari,0813-1111-2222\n";
    ani.sends_file("a.csv", table.as_bytes(), "2 tautan siap").await;
    let contact = CustomerContact { phone: Phone::parse("081234567890").ok(), email: None };
    let storage = app.services().storage();
    assert_eq!(export_customer(storage, &contact).await.expect("an answer")["further_mentions"], 1);
    assert_eq!(erase_customer(storage, &contact).await.expect("an erasure").mentions, 1);
    let cells = app.database().texts("select cells from link_import_rows").await.expect("the rows").concat();
    assert!(cells.contains("Sari") && !cells.contains("Budi"), "{cells}");
}
