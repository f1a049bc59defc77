//! A link in one line: what is understood, what is asked back, and what is refused with help.

#![expect(clippy::unwrap_used, reason = "a story that cannot go on fails")]

use crate::support::seller::Seller;
use crate::support::telegram_parser;
use crate::support::test_app::TestApp;

/// What Telegram keeps a name from becoming a link with.
const WORD_JOINER: char = '\u{2060}';

#[tokio::test(flavor = "multi_thread")]
async fn one_line_says_everything_in_indonesian() {
    let app = TestApp::start().await;
    let ani = app.ani();
    let line = "/new kaos hitam 150rb x10 3hari for:Budi, 0812-3456-7890, budi@example.test ref:INV-01 \
                link:kaos-hitam";
    let card = ani.says_and_reads(line, "Sudah benar?").await;
    for part in [
        "kaos hitam · Rp150.000",
        "Menerima 10 pembayaran",
        "⏳ Sampai",
        "👤 Untuk Budi",
        "+6281234567890",
        "Order ID: INV-01",
        "Alamat: kaos-hitam-",
        "26 karakter acak",
        "🧪 Sandbox",
    ] {
        assert!(card.text.contains(part), "{part}: {}", card.text);
    }
    ani.presses("✅ Buat").await;
    let made = ani.reads("Tautan siap dibagikan").await;
    assert_eq!(made.message_id, card.message_id, "the same message becomes the link's card");
    assert!(made.text.contains("0 dari 10 terbayar"), "{}", made.text);
    let link = ani.links().pop().expect("a link");
    assert!(link.path().starts_with("/kaos-hitam-"), "{link}");
    let mut budi = app.customer();
    assert_eq!(budi.opens(&link).await.status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn one_line_says_everything_in_english() {
    let app = TestApp::start().await;
    let sam = app.sam();
    let line = "/new black shirt 150k x10 3d for:Budi, budi@example.test ref:INV-01";
    let card = sam.says_and_reads(line, "Is this right?").await;
    for part in [
        "black shirt · IDR 150,000",
        "Takes 10 payments",
        "⏳ Until",
        "👤 For Budi",
        "Order ID: INV-01",
        "made for you, not guessable",
    ] {
        assert!(card.text.contains(part), "{part}: {}", card.text);
    }
    sam.presses("✅ Create").await;
    sam.reads("Your link is ready").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_line_without_a_command_makes_a_link_too() {
    let app = TestApp::start().await;
    let ani = app.ani();
    ani.says_and_reads("/start", "1/4").await;
    for tap in ["Lanjut", "Pakai", "WIB", "Coba (Sandbox)"] {
        ani.presses(tap).await;
    }
    let card = ani.says_and_reads("kaos polos 75rb", "Sudah benar?").await;
    assert!(card.text.contains("kaos polos · Rp75.000"), "{}", card.text);
    ani.says_and_reads("/baru topi 20rb", "topi · Rp20.000").await;
    ani.says_and_reads("terima kasih", "Maksudnya bagaimana, ya?").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_confirm_card_changes_each_part() {
    let app = TestApp::start().await;
    let ani = app.ani();
    ani.says_and_reads("/new kaos 150rb", "kaos · Rp150.000").await;
    let edits = [
        ("✏️ Nama", "Kaos biru", "Kaos biru · Rp150.000"),
        ("💰 Harga", "160rb", "Kaos biru · Rp160.000"),
        ("🔁 Batas", "7", "Menerima 7 pembayaran"),
        ("⏳ Waktu", "3hari", "⏳ Sampai"),
        ("🏷 Order ID", "INV-7", "Order ID: INV-7"),
    ];
    for (button, typed, shown) in edits {
        ani.presses(button).await;
        let card = ani.says_and_reads(typed, shown).await;
        assert!(card.text.contains("Sudah benar?"), "{}", card.text);
    }
    ani.presses("🔗 Alamat").await;
    ani.says_and_reads("kaos-biru", "bisa ditebak siapa saja").await;
    ani.presses("Pakai apa adanya").await;
    ani.reads("Alamat: kaos-biru").await;
    ani.presses("✅ Buat").await;
    let made = ani.reads("Tautan siap dibagikan").await;
    assert!(made.text.contains("Kaos biru · Rp160.000"), "{}", made.text);
    assert!(ani.links().iter().any(|link| link.path() == "/kaos-biru"), "{:?}", ani.links());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_double_tap_on_create_makes_one_link() {
    let app = TestApp::start().await;
    let ani = app.ani();
    let card = ani.says_and_reads("/new kaos 150rb", "Sudah benar?").await;
    let create = ani.data_of("✅ Buat");
    for _ in 0..3 {
        ani.phone.presses_data(card.message_id, &create);
    }
    app.settles().await;
    let made = ani.newest();
    assert_eq!(made.message_id, card.message_id, "{}", ani.phone.transcript());
    // A tap that is answered once more, as after an end of the process, says the same.
    assert!(made.text.contains("Tautan siap dibagikan"), "{}", made.text);
    ani.presses("⏸ Matikan").await;
    ani.phone.presses_data(card.message_id, &create);
    app.settles().await;
    assert!(!ani.newest().text.contains("siap dibagikan"), "{}", ani.newest().text);
    ani.says_and_reads("/links", "Tautan · 1").await;
    assert_eq!(ani.links().len(), 1);
    assert_eq!(ani.phone.unanswered_taps(), []);
}

#[tokio::test(flavor = "multi_thread")]
async fn more_than_ten_lines_are_too_many() {
    let app = TestApp::start().await;
    let ani = app.ani();
    let eleven = ["topi 10rb"; 11].join("\n");
    ani.says_and_reads(&format!("/new {eleven}"), "Paling banyak sepuluh").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_price_with_two_meanings_is_asked_back() {
    let app = TestApp::start().await;
    let ani = app.ani();
    ani.says_and_reads("/new kaos 75.00 x3", "Mana yang dimaksud?").await;
    assert_eq!(ani.buttons(), ["Rp75", "Rp7.500", "Rp75.000", "✖ Batal"]);
    ani.presses("Rp75.000").await;
    let card = ani.reads("Sudah benar?").await;
    assert!(card.text.contains("kaos · Rp75.000"), "{}", card.text);
    assert!(card.text.contains("Menerima 3 pembayaran"), "{}", card.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_time_with_two_meanings_is_asked_back() {
    let app = TestApp::start().await;
    let ani = app.ani();
    ani.says_and_reads("/new kaos 75.00 3h", "Harga ini bisa berarti beberapa jumlah").await;
    ani.presses("Rp75.000").await;
    ani.reads("Waktunya bisa 3 jam atau 3 hari. Mana yang dimaksud?").await;
    assert_eq!(ani.buttons().len(), 3, "hours, days, cancel: {:?}", ani.buttons());
    let label = ani.buttons()[1].clone();
    assert!(ani.buttons()[0].starts_with("3 jam · ") && label.starts_with("3 hari · "), "{label}");
    let chosen = label.split(" · ").last().unwrap_or_default().to_owned();
    ani.presses(&label).await;
    let card = ani.reads("Sudah benar?").await;
    assert!(card.text.contains("kaos · Rp75.000") && card.text.contains(&chosen), "{}", card.text);

    let sam = app.sam();
    let hours = sam.says_and_reads("/new shirt 75k 3h", "Is this right?").await;
    assert!(hours.text.contains("⏳ Until"), "{}", hours.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn every_refusal_says_what_is_wrong_and_how_it_is_right() {
    let app = TestApp::start().await;
    let lines = [
        "kaos",
        "kaos murah",
        "75000",
        "kaos gratis",
        "kaos 0",
        "kaos -5000",
        "kaos 1000000000000",
        "kaos 20rb-10rb",
        "kaos ٧٥",
        "kaos USD 12.5055",
        "kaos 75.000,50",
        "kaos 75rb x0",
        "kaos 75rb x1.5",
        "kaos 75rb x2000000",
        "kaos 75rb cepat",
        "kaos 75rb 32/12",
        "kaos 75rb 31/02",
        "kaos 75rb 01/01/2020",
        "kaos 75rb 1m",
        "kaos 75rb 3000d",
        "kaos 75rb 2099-01-01",
        "kaos 75rb 2027-01-01 25:00",
        "kaos 75rb for:",
        "kaos 75rb for:Budi, Ani",
        "kaos 75rb for:08",
        "kaos 75rb for:budi@",
        "kaos 75rb ref:",
        "kaos 75rb ref:INV/01",
        "kaos 75rb link:Kaos_Ku",
        "kaos 75rb link:-kaos",
        "kaos 75rb link:orders",
        "kaos 75rb ref:A ref:B",
        "4811 1111 1111 1114 75rb",
    ];
    for (language, name) in [("id", "refusals_in_indonesian"), ("en", "refusals_in_english")] {
        // Each in a chat of its own: chats are answered beside each other.
        let people: Vec<Seller> = lines.iter().map(|_| app.person("Ani", language)).collect();
        for (seller, line) in people.iter().zip(lines) {
            seller.phone.says(&format!("/new {line}"));
        }
        let mut answers = String::new();
        for (seller, line) in people.iter().zip(lines) {
            let shown = seller.phone.waits_until("an answer", |messages| messages.len() >= 3).await;
            let answer = shown.last().expect("the answer");
            answers += &format!("/new {line}\n{}\n{}\n\n", answer.text, seller.buttons().join(" | "));
        }
        insta::assert_snapshot!(name, answers);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn invisible_marks_are_taken_out_of_a_name() {
    let app = TestApp::start().await;
    let ani = app.ani();
    let card = ani.says_and_reads("/new ka\u{202e}os\u{200b} 75rb", "Ada tanda tak terlihat").await;
    assert!(card.text.contains("kaos · Rp75.000"), "{}", card.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn hostile_names_are_delivered_literally_and_lead_nowhere() {
    let app = TestApp::start().await;
    let names = [
        "<b>",
        "</code>&amp;",
        "_*[",
        "[a](http://b.id)",
        "@toko",
        "/new",
        "#promo",
        "$TLKM",
        "kaos.id",
        "http://kaos.id/x",
        "t.me/toko",
        "a@b.co.id",
        "=HYPERLINK(\"x\")",
        "< A />",
        "{ $name }",
        "0812-3456-7890",
        "z̸̢̛a̷͝l̶͠g̷̈o̸",
        "ﷺ 👩‍👩‍👧‍👦 ½ ﬀ",
        "كاوس قماش",
        "Ⓚⓐⓞⓢ",
        "'; drop table links; --",
        "%s%n\\n",
        "NULL",
    ];
    let people: Vec<Seller> = names.iter().map(|_| app.person("Ani", "id")).collect();
    for (seller, name) in people.iter().zip(names) {
        let quoted = if name.contains('"') { name.to_owned() } else { format!("\"{name}\"") };
        seller.phone.says(&format!("/new {quoted} 75rb"));
    }
    for (seller, name) in people.iter().zip(names) {
        let card = seller.reads("Sudah benar?").await;
        is_shown_literally(&card.text, name);
        seller.presses("✅ Buat").await;
        is_shown_literally(&seller.reads("Tautan siap dibagikan").await.text, name);
        let list = seller.says_and_reads("/links", "Tautan · 1").await;
        assert_eq!(list.buttons.len(), 4, "a row for the link: {}", seller.phone.transcript());
        seller.presses("🟢").await;
        seller.presses("Hapus").await;
        is_shown_literally(&seller.reads("Hapus “").await.text, name);
    }
}

/// The name stands in the text letter by letter, and Telegram makes no link of any part of it.
fn is_shown_literally(text: &str, name: &str) {
    let visible = text.replace(WORD_JOINER, "");
    assert!(visible.contains(name), "{name}: {text}");
    for live in telegram_parser::live_parts(text).unwrap() {
        let part = live.part.replace(WORD_JOINER, "");
        assert!(!name.contains(&part), "{part:?} of {name:?} became a {}: {text}", live.kind);
    }
}
