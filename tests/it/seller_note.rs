//! What a seller writes down about a link for the team alone.

use crate::support::seller::Seller;
use crate::support::test_app::TestApp;

async fn reads_all_of(ani: &Seller, name: &str) -> String {
    ani.says("/links").await;
    ani.presses(name).await.text
}

/// Leads to the question for the note of the link that sells caps.
async fn asks_for_the_note(ani: &Seller) {
    reads_all_of(ani, "topi").await;
    ani.presses("✏️ Ubah").await;
    ani.presses("🧺 Foto").await;
    ani.presses("📌 Catatan").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_note_stays_with_the_team() {
    let app = TestApp::start().await;
    let ani = app.ani();
    let card = ani.says_and_reads("/new kaos 75rb catatan:\"rak <3>, titip Wati\"", "Sudah benar?").await;
    assert!(card.text.contains("📌 Catatan tim: rak <3>, titip Wati"), "{}", card.text);
    ani.presses("✅ Buat").await;
    let link = ani.links().pop().expect("a link");
    let card = reads_all_of(&ani, "kaos").await;
    assert!(card.contains("📌 Catatan tim: rak <3>, titip Wati"), "{card}");
    ani.says_and_reads("/links wati", "“wati” · 1").await;

    let mut budi = app.customer();
    budi.opens(&link).await;
    assert!(!budi.page.html.contains("titip"), "{}", budi.page.text());
    budi.orders(&link, "Budi", "BCA").await;
    assert!(!budi.page.html.contains("titip"), "{}", budi.page.text());
    budi.pays().await;
    assert!(!ani.reads("dari Budi").await.text.contains("titip"), "{}", ani.phone.transcript());
    ani.says("/orders Budi").await;
    let order = ani.presses("Budi").await;
    assert!(order.text.contains("📌 Catatan tim"), "{}", order.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_note_is_written_changed_and_taken_off() {
    let app = TestApp::start().await;
    let ani = app.ani();
    ani.makes_a_link("topi 50rb").await;
    asks_for_the_note(&ani).await;
    for (says, reads) in [
        ("x".repeat(201), "201 karakter"),
        ("4111 1111 1111 1111".to_owned(), "nomor kartu"),
        ("COD Sabtu\njam 9".to_owned(), "📌 Catatan tim: COD Sabtu jam 9"),
    ] {
        let answer = ani.says(&says).await;
        assert!(answer.text.contains(reads), "{reads:?} in {}", answer.text);
    }
    let card = ani.presses("✅ Simpan").await;
    assert!(card.text.contains("📌 Catatan tim: COD Sabtu jam 9"), "{}", card.text);

    let again = ani.presses("📑 Buat serupa").await;
    assert!(again.text.contains("📌 Catatan tim: COD Sabtu jam 9"), "{}", again.text);
    ani.says("/cancel").await;

    asks_for_the_note(&ani).await;
    ani.presses("🗑 Tanpa catatan").await;
    let card = ani.presses("✅ Simpan").await;
    assert!(!card.text.contains('📌'), "{}", card.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_of_links_has_a_column_for_notes() {
    let app = TestApp::start().await;
    let ani = app.ani();
    ani.says_and_reads("/new", "Mau jual apa?").await;
    let table = "nama;harga;keterangan\r\nSyal;30rb;warna biru\r\nPita;5rb;\r\n";
    ani.sends_file("barang.csv", table.as_bytes(), "siap dibuat").await;
    ani.presses("✅ Buat 2 tautan").await;
    ani.reads("2 tautan jadi").await;
    let card = reads_all_of(&ani, "Syal").await;
    assert!(card.contains("📌 Catatan tim: warna biru"), "{card}");
}
