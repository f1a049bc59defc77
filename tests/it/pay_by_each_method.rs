//! Every method, from the link to the receipt.

use tautan::simulator::telegram::ButtonKind;

use crate::support::customer::Customer;
use crate::support::seller::Seller;
use crate::support::test_app::TestApp;

#[tokio::test(flavor = "multi_thread")]
async fn a_bca_number_is_paid() {
    pays_with("BCA Virtual Account").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bni_number_is_paid() {
    pays_with("BNI Virtual Account").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bri_number_is_paid() {
    pays_with("BRI Virtual Account").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_permata_number_is_paid() {
    pays_with("Permata Virtual Account").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cimb_number_is_paid() {
    pays_with("CIMB Niaga Virtual Account").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mandiri_bill_is_paid() {
    pays_with("Mandiri Bill Payment").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_qris_code_is_paid() {
    pays_with("QRIS").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn gopay_is_paid_in_its_app() {
    pays_with("GoPay").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn shopeepay_is_paid_in_its_app() {
    pays_with("ShopeePay").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_indomaret_code_is_paid() {
    pays_with("Indomaret").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_alfamart_code_is_paid() {
    pays_with("Alfamart").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_card_is_paid_on_the_gateways_page() {
    pays_on_a_page("Visa / Mastercard / JCB", "Card").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn kredivo_is_paid_on_the_gateways_page() {
    pays_on_a_page("Kredivo", "Kredivo").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn akulaku_is_paid_on_the_gateways_page() {
    pays_on_a_page("Akulaku", "Akulaku").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn in_english_everything_is_said_in_english() {
    let app = TestApp::start().await;
    let sam = app.sam();
    let link = sam.makes_a_link("black shirt 150k").await;
    let mut kim = app.customer();
    kim.accept_language = "en".to_owned();
    kim.orders(&link, "Kim", "BNI Virtual Account").await;
    let page = kim.page.text();
    assert!(page.contains("Pay with BNI Virtual Account"), "{page}");
    assert!(page.contains("IDR 150,000"), "{page}");
    kim.pays().await;
    let notice = sam.reads("from Kim").await;
    for words in ["IDR 150,000", "black shirt", "BNI Virtual Account", "WIB", "no limit", "#"] {
        assert!(notice.text.contains(words), "no {words}: {}", notice.text);
    }
    kim.waits_for("Paid. Thank you!").await;
}

async fn pays_with(method: &str) {
    let app = TestApp::start().await;
    let ani = app.ani();
    let link = ani.makes_a_link("kaos hitam 150rb x10 3d").await;
    let mut budi = app.customer();
    budi.orders(&link, "Budi", method).await;
    finds_the_instructions(&app, &budi, method).await;

    budi.pays().await;
    ends_well(&app, &ani, budi, &link, method).await;
}

/// The customer follows the button to the gateway's page, pays there without script, and comes back.
async fn pays_on_a_page(method: &str, there: &str) {
    let app = TestApp::start().await;
    let ani = app.ani();
    let link = ani.makes_a_link("kaos hitam 150rb x10 3d").await;
    let mut budi = app.customer();
    budi.orders(&link, "Budi", method).await;
    let page = budi.page.text();
    assert!(page.contains(&format!("Bayar dengan {method}")) && page.contains("Bayar sebelum"), "{page}");
    let order_page = budi.page.url.clone();
    budi.opens(&budi.page.link("Lanjut ke halaman pembayaran")).await;
    assert!(budi.page.text().contains("Rp 150.000"), "{}", budi.page.text());
    budi.presses(there).await;
    budi.presses("Pay").await;
    // The gateway adds what it has to say; the page believes its own book.
    let back = budi.page.link("Back to the shop");
    assert_eq!((back.path(), back.query().is_some()), (order_page.path(), true));
    budi.opens(&back).await;
    ends_well(&app, &ani, budi, &link, method).await;
}

async fn ends_well(app: &TestApp, ani: &Seller, mut budi: Customer, link: &url::Url, method: &str) {
    let order_code = app.order(&budi).await.order.code.to_string();
    let notice = ani.reads("dari Budi").await;
    for words in ["Rp150.000", "kaos hitam", method, "WIB", "sisa 9", &order_code] {
        assert!(notice.text.contains(words), "no {words:?}: {}", notice.text);
    }
    assert!(!notice.silent, "money rings");
    budi.waits_for("Lunas. Terima kasih!").await;
    app.settles().await;
    assert_eq!(ani.count("dari Budi"), 1, "{}", ani.phone.transcript());

    let button = notice.button("🧾 Pesanan").expect("a button to the order");
    assert!(matches!(button.kind, ButtonKind::Callback(_)));
    let card = ani.presses("🧾 Pesanan").await;
    for words in [&order_code, "Lunas", "Budi", "+6281234567890", "budi@example.test", method] {
        assert!(card.text.contains(words), "no {words:?}: {}", card.text);
    }
    finds_the_payment_counted(app, ani, link).await;
    reads_the_receipt(&mut budi, method, &order_code).await;
}

/// The page repeats what the bank wants, digit for digit.
async fn finds_the_instructions(app: &TestApp, customer: &Customer, method: &str) {
    let page = customer.page.text();
    assert!(page.contains(&format!("Bayar dengan {method}")), "{page}");
    assert!(page.contains("Rp150.000"), "{page}");
    assert!(page.contains("Bayar sebelum") && page.contains("WIB"), "{page}");
    let charge = app.charge(customer).await;
    assert_eq!((charge.gross_amount, charge.status.as_str()), (150_000, "pending"));
    if let "GoPay" | "ShopeePay" = method {
        let app_link = customer.page.link(&format!("Buka {method}"));
        assert!(app_link.path().ends_with(&charge.order_id), "{app_link}");
        return;
    }
    assert!(!charge.instructions.is_empty());
    for (label, value) in &charge.instructions {
        if method == "QRIS" {
            assert!(value.starts_with("000201"), "{label} is no QRIS payload: {value}");
            assert!(customer.page.html.contains("<img class=\"qr\""), "{page}");
        } else {
            let digits: String = page.chars().filter(char::is_ascii_digit).collect();
            assert!(digits.contains(value), "no {label} {value} on the page: {page}");
        }
    }
}

async fn finds_the_payment_counted(app: &TestApp, ani: &Seller, link: &url::Url) {
    assert_eq!(app.units(link).await, (1, 0), "used and held");
    let card = ani.presses("🔗 Tautan").await;
    assert!(card.text.contains("1 dari 10 terbayar"), "{}", card.text);
}

async fn reads_the_receipt(customer: &mut Customer, method: &str, order_code: &str) {
    let url = customer.page.url.join(&format!("{}/receipt", customer.page.url.path())).expect("an address");
    customer.opens(&url).await;
    let receipt = customer.page.text();
    for words in ["Bukti bayar", "Rp150.000", "kaos hitam", "Budi", method, order_code, "Lunas", "WIB"] {
        assert!(receipt.contains(words), "no {words:?}: {receipt}");
    }
    assert!(!receipt.contains("budi@example.test") && !receipt.contains("81234567890"), "{receipt}");
}
