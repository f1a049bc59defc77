//! Each letter: who gets it, in which language, and what stands in it.

use chrono::TimeDelta;

use super::{app_with, fates, sends_all};
use crate::support::mailbox::{Mail, Mailbox};

#[tokio::test(flavor = "multi_thread")]
async fn a_named_customer_gets_the_link_the_number_and_the_receipt() {
    let mailbox = Mailbox::open();
    let app = app_with(&mailbox).await;
    let ani = app.ani();
    let link = ani.makes_a_link("kaos hitam 150rb x1 3d for:Budi, 0812-3456-7890, budi@kotak.test").await;
    let card = ani.reads("siap dibagikan").await;
    assert!(card.text.contains("dikirim lewat surel ke budi@kotak.test"), "{}", card.text);

    let brought = mailbox.gets("tautan bayar untuk kaos hitam").await;
    assert_eq!(brought.to, ["budi@kotak.test"]);
    is_a_good_letter(&brought, &["Halo Budi", "Rp150.000", "kaos hitam", link.as_str()]);

    let mut budi = app.customer();
    budi.opens(&link).await;
    budi.fills_in("Budi", "", "").await;
    budi.presses("BCA Virtual Account").await;
    let told = mailbox.gets("cara membayar Rp150.000").await;
    let number = page_number(&budi.page.text());
    is_a_good_letter(&told, &["BCA Virtual Account", &number, "Mohon bayar sebelum", "Kode pesanan"]);

    budi.pays().await;
    let receipt = mailbox.gets("bukti bayar kaos hitam").await;
    is_a_good_letter(&receipt, &["Rp150.000 sudah masuk", "Lunas", "/receipt"]);
    let [(name, kind, words)] = receipt.files.as_slice() else { panic!("{:?}", receipt.files) };
    assert!(name.starts_with("bukti-bayar-") && name.ends_with(".pdf"), "{name}");
    assert_eq!(kind, "application/pdf");
    for said in ["Bukti bayar", "Rp150.000", "kaos hitam", "Budi", "BCA Virtual Account", "Lunas", "latihan"]
    {
        assert!(words.contains(said), "{said} in {words}");
    }
    assert!(!words.contains("kotak.test") && !words.contains("0812"), "a receipt may be passed on: {words}");
    sends_all(&app).await;
    assert_eq!(fates(&app).await, ["link sent", "instructions sent", "receipt sent"]);
    assert_eq!(mailbox.letters().len(), 3, "once each");
}

#[tokio::test(flavor = "multi_thread")]
async fn letters_speak_the_readers_language() {
    let mailbox = Mailbox::open();
    let app = app_with(&mailbox).await;
    let sam = app.sam();
    let link = sam.makes_a_link("black shirt 150k x1 for:Budi, budi@kotak.test").await;
    let brought = mailbox.gets("payment link for black shirt").await;
    is_a_good_letter(&brought, &["Hello Budi", "Open the payment page"]);
    let mut budi = app.customer();
    budi.accept_language = "en".to_owned();
    budi.opens(&link).await;
    budi.fills_in("Budi", "0812-3456-7890", "").await;
    budi.presses("QRIS").await;
    let told = mailbox.gets("how to pay IDR 150,000").await;
    is_a_good_letter(&told, &["by QRIS", "scan the QR code"]);
    budi.pays().await;
    let receipt = mailbox.gets("receipt for black shirt").await;
    is_a_good_letter(&receipt, &["IDR 150,000 has arrived", "attached as a PDF"]);
    assert!(receipt.files[0].2.contains("Paid with"), "{:?}", receipt.files);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_did_not_pay_in_time_is_told_and_may_try_again() {
    let mailbox = Mailbox::open();
    let app = app_with(&mailbox).await;
    let ani = app.ani();
    let link = ani.makes_a_link("kaos 75rb x1 for:Budi, 0812-3456-7890, budi@kotak.test").await;
    let mut budi = app.customer();
    budi.opens(&link).await;
    budi.fills_in("Budi", "", "").await;
    budi.presses("QRIS").await;
    mailbox.gets("cara membayar").await;
    app.advance(TimeDelta::minutes(40));
    let over = mailbox.gets("belum dibayar sampai batas waktu").await;
    is_a_good_letter(&over, &["belum melihat pembayaran", "masih bisa memilih cara bayar", "/orders/"]);
    sends_all(&app).await;
    assert_eq!(fates(&app).await, ["link sent", "instructions sent", "expiry sent"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_that_a_stranger_typed_gets_nothing_where_orders_cost_nothing() {
    let mailbox = Mailbox::open();
    let app = app_with(&mailbox).await;
    let ani = app.ani();
    let link = ani.makes_a_link("kaos 75rb").await;
    for name in ["Budi", "Citra", "Dewi"] {
        app.customer().orders(&link, name, "BCA Virtual Account").await;
    }
    app.settles().await;
    app.advance(TimeDelta::hours(30));
    let mut eka = app.customer();
    eka.orders(&link, "Eka", "BCA Virtual Account").await;
    eka.pays().await;
    ani.reads("dari Eka").await;
    sends_all(&app).await;
    assert_eq!((fates(&app).await, mailbox.letters().len()), (Vec::new(), 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn who_waits_in_line_is_told_once_whose_turn_it_is() {
    let mailbox = Mailbox::open();
    let app = app_with(&mailbox).await;
    let ani = app.ani();
    let link = ani.makes_a_link("kaos 75rb x2 for:Budi, 0812-3456-7890, budi@example.test").await;
    let (mut first, mut second, mut third) = (app.customer(), app.customer(), app.customer());
    first.orders(&link, "Budi", "BCA Virtual Account").await;
    second.orders(&link, "Budi", "BCA Virtual Account").await;
    third.waits_in_line(&link, "Budi").await;
    app.bank.deny(&first.gateway_order_id().await).await.expect("the bank says no");
    third.waits_for("Giliran Anda!").await;
    let turn = mailbox.gets("giliran Anda untuk kaos").await;
    is_a_good_letter(&turn, &["Giliran Anda", "Mohon pilih sebelum", "Rp75.000", "/orders/"]);
    app.settles().await;
    app.advance(TimeDelta::minutes(20));
    sends_all(&app).await;
    assert_eq!(count_of("turn sent", &fates(&app).await), 1);
}

fn count_of(fate: &str, fates: &[String]) -> usize {
    fates.iter().filter(|found| *found == fate).count()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_receipt_is_a_file_on_its_page_too() {
    let mailbox = Mailbox::closed();
    let app = app_with(&mailbox).await;
    let ani = app.ani();
    let link = ani.makes_a_link("kaos 75rb").await;
    let mut budi = app.customer();
    budi.orders(&link, "Budi", "BCA Virtual Account").await;
    let order = budi.page.url.clone();
    let order = order.path().trim_end_matches("/attempts").to_owned();
    let file = app.base_url.join(&format!("{order}/receipt.pdf")).unwrap();
    budi.opens(&file).await;
    assert!(budi.page.text().contains("Virtual Account"), "back to what is to be paid: {}", budi.page.text());
    budi.reloads().await;
    budi.pays().await;
    app.settles().await;
    budi.opens(&app.base_url.join(&format!("{order}/receipt")).unwrap()).await;
    assert!(budi.page.html.contains(&format!("{order}/receipt.pdf")), "{}", budi.page.html);
    budi.opens(&file).await;
    assert_eq!(budi.page.headers["content-type"], "application/pdf");
    assert!(budi.page.headers["content-disposition"].to_str().unwrap().starts_with("attachment"));
    assert_eq!(budi.page.headers["cache-control"], "no-store");
    assert!(budi.page.html.starts_with("%PDF-"));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_sellers_and_customers_typed_stays_words() {
    let mailbox = Mailbox::open();
    let app = app_with(&mailbox).await;
    let ani = app.ani();
    let hostile = "<img src=x onerror=alert(1)> & \"kaos\" <a href='https://evil.test'>";
    let line = format!("{hostile} 75rb x1 for:<script>alert(1)</script>, 0812-3456-7890, budi@kotak.test");
    let link = ani.makes_a_link(&line).await;
    mailbox.gets("tautan bayar").await;
    let mut budi = app.customer();
    budi.opens(&link).await;
    budi.fills_in("Budi", "", "").await;
    budi.presses("BCA Virtual Account").await;
    mailbox.gets("cara membayar").await;
    budi.pays().await;
    mailbox.gets("bukti bayar").await;
    sends_all(&app).await;
    let letters = mailbox.letters();
    assert_eq!(letters.len(), 3, "{:?}", fates(&app).await);
    for mail in letters {
        for markup in ["<img", "<script", "<a href='", "evil.test'>"] {
            assert!(!mail.html.contains(markup), "{markup} in {}", mail.html);
        }
        assert_eq!(mail.html.matches("<a ").count(), 1, "{}", mail.html);
        assert!(
            mail.text.contains("<script>alert(1)</script>") || mail.text.contains("<img"),
            "{}",
            mail.text
        );
        assert!(mail.header("Bcc").is_none() && mail.header("Cc").is_none());
    }
}

/// Leaves the letter in `target/letters`, to be looked at.
fn leave(mail: &Mail) {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/target/letters");
    std::fs::create_dir_all(folder).expect("a folder");
    let name: String = mail.subject.chars().filter(|sign| sign.is_ascii_alphanumeric()).collect();
    std::fs::write(format!("{folder}/{name}.html"), &mail.html).expect("a file");
}

/// What every letter is: told to be practice first, without pictures or anything from elsewhere, as text and as HTML
/// with the same words.
fn is_a_good_letter(mail: &Mail, words: &[&str]) {
    leave(mail);
    for said in words {
        let html = said.replace('&', "&amp;");
        assert!(mail.text.contains(said), "{said} in {}", mail.text);
        assert!(mail.html.contains(said) || mail.html.contains(&html), "{said} in {}", mail.html);
    }
    let practice = ["Ini latihan.", "This is practice."];
    assert!(practice.iter().any(|said| mail.text.starts_with(said)), "{}", mail.text);
    assert!(
        mail.subject.starts_with("[Latihan] ") || mail.subject.starts_with("[Practice] "),
        "{}",
        mail.subject
    );
    for elsewhere in ["<img", "src=", "url(", "@import", "<link", "<script"] {
        assert!(!mail.html.contains(elsewhere), "{elsewhere} in {}", mail.html);
    }
    assert_eq!(mail.from, "pay@tautan.test");
    assert_eq!(mail.header("From"), Some("Tautan <pay@tautan.test>"));
    assert_eq!(mail.header("Auto-Submitted"), Some("auto-generated"));
    let id = mail.header("Message-ID").expect("every letter has its own");
    assert!(id.ends_with("@tautan.test>"), "{id}");
}

/// The number on the page, without blanks.
fn page_number(text: &str) -> String {
    let digits: Vec<&str> = text
        .split_whitespace()
        .skip_while(|word| !(word.len() == 4 && word.bytes().all(|byte| byte.is_ascii_digit())))
        .take_while(|word| word.bytes().all(|byte| byte.is_ascii_digit()))
        .collect();
    digits.concat()
}
