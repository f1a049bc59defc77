//! A link described step by step, with every way to turn round.

use chrono::TimeDelta;

use crate::support::test_app::TestApp;

#[tokio::test(flavor = "multi_thread")]
async fn a_link_is_made_step_by_step() {
    let app = TestApp::start().await;
    let ani = app.ani();
    ani.says_and_reads("/new", "1 dari 5").await;
    ani.says_and_reads("Kaos polos", "2 dari 5").await;
    let limit = ani.says_and_reads("75rb", "3 dari 5").await;
    ani.presses("10×").await;
    let time = ani.reads("4 dari 5").await;
    assert_eq!(time.message_id, limit.message_id, "a tapped answer edits the card in place");
    ani.presses("3 hari").await;
    ani.reads("5 dari 5").await;
    ani.presses("Siapa saja").await;
    let card = ani.reads("Sudah benar?").await;
    for line in ["Kaos polos · Rp75.000", "Menerima 10 pembayaran", "⏳ Sampai", "Untuk siapa saja"] {
        assert!(card.text.contains(line), "{line}: {}", card.text);
    }
    ani.presses("✅ Buat").await;
    ani.reads("Tautan siap dibagikan").await;
    assert_eq!(ani.links().len(), 1);
    assert_eq!(ani.phone.unanswered_taps(), []);
}

#[tokio::test(flavor = "multi_thread")]
async fn back_keeps_the_later_answers() {
    let app = TestApp::start().await;
    let sam = app.sam();
    sam.says_and_reads("/new", "1 of 5").await;
    sam.says_and_reads("Black shirt", "2 of 5").await;
    sam.says_and_reads("150k", "3 of 5").await;
    sam.presses("5×").await;
    sam.reads("4 of 5").await;
    sam.presses("7 days").await;
    for (step, kept) in [("4 of 5", "Now:"), ("3 of 5", "Now: 5×"), ("2 of 5", "Now: IDR 150,000")] {
        sam.reads(if step == "4 of 5" { "5 of 5" } else { "Now:" }).await;
        sam.presses("◀ Back").await;
        let card = sam.reads(step).await;
        assert!(card.text.contains(kept), "{kept}: {}", card.text);
    }
    sam.says_and_reads("160k", "3 of 5").await;
    sam.presses("✔️ Keep").await;
    sam.reads("4 of 5").await;
    sam.presses("✔️ Keep").await;
    sam.reads("5 of 5").await;
    sam.presses("Anyone").await;
    let card = sam.reads("Is this right?").await;
    assert!(card.text.contains("Black shirt · IDR 160,000"), "{}", card.text);
    assert!(card.text.contains("Takes 5 payments") && card.text.contains("⏳ Until"), "{}", card.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn cancel_makes_nothing() {
    let app = TestApp::start().await;
    let ani = app.ani();
    ani.says_and_reads("/new", "1 dari 5").await;
    ani.says_and_reads("Kaos polos", "2 dari 5").await;
    ani.presses("✖ Batal").await;
    ani.reads("Dibatalkan. Tidak ada yang dibuat.").await;
    ani.says_and_reads("/links", "Belum ada tautan").await;
    let home = ani.says_and_reads("/start", "🏪 Ani").await;
    assert!(!home.text.contains("Belum selesai"), "{}", home.text);

    ani.says_and_reads("/new", "1 dari 5").await;
    ani.says_and_reads("/batal", "Oke, dibatalkan.").await;
    ani.says_and_reads("Topi", "Maksudnya bagaimana").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_restart_at_any_step_loses_nothing() {
    let mut app = TestApp::start().await;
    let ani = app.ani();
    ani.says_and_reads("/new", "1 dari 5").await;
    for (answer, next) in [("Kaos polos", "2 dari 5"), ("75rb", "3 dari 5"), ("10", "4 dari 5")] {
        app.restart().await;
        ani.says_and_reads(answer, next).await;
    }
    app.restart().await;
    ani.presses("3 hari").await;
    ani.reads("5 dari 5").await;
    app.restart().await;
    ani.says_and_reads("Budi, 08123456789", "Sudah benar?").await;
    app.restart().await;
    ani.presses("✅ Buat").await;
    let made = ani.reads("Tautan siap dibagikan").await;
    assert!(made.text.contains("Kaos polos · Rp75.000"), "{}", made.text);
    assert!(made.text.contains("0 dari 10 terbayar"), "{}", made.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_said_while_the_bot_was_away_is_answered_later() {
    let mut app = TestApp::start().await;
    let ani = app.ani();
    ani.says_and_reads("/new", "1 dari 5").await;
    ani.phone.says("Kaos polos");
    app.restart().await;
    ani.reads("2 dari 5").await;
    assert_eq!(ani.count("2 dari 5"), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_voice_answers_no_question() {
    let app = TestApp::start().await;
    let ani = app.ani();
    ani.says_and_reads("/new", "1 dari 5").await;
    ani.phone.sends_voice();
    ani.reads("Saya hanya bisa membaca tulisan").await;
    ani.says_and_reads("Kaos polos", "2 dari 5").await;
    ani.phone.sends_voice();
    ani.phone.waits_until("a second kind word", |_| ani.count("Saya hanya bisa membaca tulisan") == 2).await;
    ani.says_and_reads("75rb", "3 dari 5").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_answer_keeps_the_question_open() {
    let app = TestApp::start().await;
    let ani = app.ani();
    ani.says_and_reads("/new", "1 dari 5").await;
    ani.says_and_reads("Kaos polos", "2 dari 5").await;
    let refusal = ani.says_and_reads("murah", "Harga “murah” belum jelas").await;
    assert!(refusal.button("✖ Batal").is_some(), "{}", ani.phone.transcript());
    ani.says_and_reads("75rb", "3 dari 5").await;
    ani.says_and_reads("0", "paling sedikit 1 pembayaran").await;
    ani.says_and_reads("2", "4 dari 5").await;
    ani.says_and_reads("31/02", "tidak ada di kalender").await;
    ani.says_and_reads("-", "5 dari 5").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_goes_on_from_the_home_card() {
    let app = TestApp::start().await;
    let ani = app.ani();
    ani.says_and_reads("/new", "1 dari 5").await;
    ani.says_and_reads("Kaos polos", "2 dari 5").await;
    ani.says_and_reads("/start", "Belum selesai: Kaos polos").await;
    ani.presses("Lanjutkan").await;
    ani.reads("Berapa harganya?").await;
    ani.says_and_reads("75rb", "3 dari 5").await;

    ani.says_and_reads("/start", "Belum selesai: Kaos polos").await;
    ani.presses("Buang").await;
    ani.reads("Dibatalkan").await;
    let home = ani.says_and_reads("/start", "🏪 Ani").await;
    assert!(!home.text.contains("Belum selesai"), "{}", home.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_dies_after_a_day_untouched() {
    let app = TestApp::start().await;
    let (ani, lia) = (app.ani(), app.person("Lia", "id"));
    for seller in [&ani, &lia] {
        seller.says_and_reads("/new", "1 dari 5").await;
        seller.says_and_reads("Kaos polos", "2 dari 5").await;
    }
    // An answer that is out may not be noted as such yet, and would be given again after its lease.
    app.settles().await;
    app.advance(TimeDelta::hours(25));
    ani.says_and_reads("75rb", "Draf ini sudah tidak ada").await;
    ani.presses("Mulai lagi").await;
    ani.reads("1 dari 5").await;

    lia.presses("✖ Batal").await;
    let home = lia.says_and_reads("/start", "🏪 Lia").await;
    assert!(!home.text.contains("Belum selesai"), "{}", home.text);
}
