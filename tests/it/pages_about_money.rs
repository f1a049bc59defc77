//! The customer's pages tell the truth about money: what came, what went back, what is on its way, and what to
//! do now, wherever the customer looks.

use std::time::Duration;

use chrono::TimeDelta;
use tautan::simulator::midtrans::{Conduct, Endpoint, Misbehaviour};
use url::Url;

use crate::support::customer::Customer;
use crate::support::seller::Seller;
use crate::support::test_app::TestApp;

/// Longer than any charge and its hold live on a limited link.
const LATE: TimeDelta = TimeDelta::minutes(4 * 60 + 1);

#[tokio::test(flavor = "multi_thread")]
async fn an_open_page_without_a_payment_hears_of_money_that_comes_late() {
    let (app, ani, link) = a_shop("kaos hitam 150rb x1").await;
    let mut budi = app.customer();
    budi.orders(&link, "Budi", "BCA Virtual Account").await;
    app.advance(LATE);
    app.settles().await;
    app.sells_the_last_one(&ani, &link).await;
    budi.waits_for("Belum ada pembayaran yang kami lihat.").await;
    let page = budi.page.text();
    for words in ["Simpan buktinya", "jangan bayar lagi", "Sudah habis.", "sebutkan #"] {
        assert!(page.contains(words), "no {words:?}: {page}");
    }
    assert!(!page.contains("Tidak ada uang") && !page.contains("tanpa pembayaran"), "{page}");
    assert!(budi.page.html.contains("http-equiv=\"refresh\""), "without script it is looked at again");

    let id = budi.gateway_order_id().await;
    let bank = app.bank.clone();
    let pays = async move { bank.pay_after_all(&id, None).await.expect("a payment") };
    hears_of(&app, &budi, pays).await;
    budi.waits_for("Uang Anda sudah kami terima.").await;
    ani.reads("padahal sudah habis").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn too_little_money_is_told_in_figures_and_found_again_from_the_link() {
    let (app, ani, link) = a_shop("kaos hitam 150rb x1").await;
    let mut budi = app.customer();
    budi.orders(&link, "Budi", "BCA Virtual Account").await;
    app.bank.pay_amount(&budi.gateway_order_id().await, 100_000).await.expect("a payment");
    ani.reads("belum lunas").await;
    budi.waits_for("Uang yang masuk kurang dari harganya.").await;
    let page = budi.page.text();
    for words in ["Harga Rp150.000", "Diterima Rp100.000 BCA", "Kurang Rp50.000", "Jangan transfer lagi"] {
        assert!(page.contains(words), "no {words:?}: {page}");
    }
    let order = budi.page.url.clone();
    budi.opens(&link).await;
    let page = budi.page.text();
    assert!(page.contains("masuk Rp100.000 dari Rp150.000"), "{page}");
    assert!(!page.contains("Lanjutkan pembayaran"), "nobody asks for more: {page}");
    assert!(budi.page.html.contains("<details"), "a new order is folded away");

    app.sells_the_last_one(&ani, &link).await;
    budi.opens(&link).await;
    assert_eq!(budi.page.link("Lihat pesanan Anda"), order, "sold out, and the way back is there");
    budi.opens(&order).await;
    let notice = ani.reads("belum lunas").await;
    assert!(notice.button("Kembalikan").is_some(), "{}", ani.phone.transcript());
    ani.says(&format!("/orders {}", app.order(&budi).await.order.code)).await;
    ani.presses("Kembalikan").await;
    sends_back_by_hand(&app, &ani).await;
    budi.waits_for("Uang Anda sudah dikembalikan.").await;
    let page = budi.page.text();
    for words in ["Diterima Rp100.000", "Dikembalikan Rp100.000", "Sudah habis."] {
        assert!(page.contains(words), "no {words:?}: {page}");
    }
    assert!(!page.contains("Kurang") && !page.contains("Belum ada pembayaran"), "{page}");
    budi.opens(&link).await;
    assert!(budi.page.text().contains("dan sudah kembali"), "{}", budi.page.text());
}

#[tokio::test(flavor = "multi_thread")]
async fn too_much_money_stands_out_with_its_amount_until_it_is_back() {
    let (app, ani, link) = a_shop("kaos hitam 150rb x1").await;
    let mut budi = app.customer();
    budi.orders(&link, "Budi", "BCA Virtual Account").await;
    app.bank.pay_amount(&budi.gateway_order_id().await, 160_000).await.expect("a payment");
    ani.reads("Kembalikan kelebihannya").await;
    budi.waits_for("Anda mengirim lebih dari harganya. Lebihnya Rp10.000").await;
    assert!(budi.page.text().contains("Diterima Rp160.000"), "{}", budi.page.text());
    let order = budi.page.url.clone();
    let reference = budi.gateway_order_id().await;
    let receipt = budi.page.link("Lihat bukti bayar");
    budi.opens(&receipt).await;
    for words in ["Lebihnya Rp10.000", "Diterima Rp160.000", reference.as_str()] {
        assert!(budi.page.text().contains(words), "no {words:?}: {}", budi.page.text());
    }

    budi.opens(&order).await;
    // The word that it sold out comes too, and is no answer to a tap.
    app.settles().await;
    ani.presses("Kembalikan").await;
    sends_back_by_hand(&app, &ani).await;
    budi.waits_for("Kelebihannya sudah dikembalikan kepada Anda.").await;
    let page = budi.page.text();
    assert!(page.contains("Dikembalikan Rp10.000") && page.contains("Lunas. Terima kasih!"), "{page}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refund_is_on_the_page_from_the_press_of_the_button() {
    let (app, ani, link) = a_shop("kaos hitam 150rb x1").await;
    let mut budi = app.customer();
    budi.orders(&link, "Budi", "QRIS").await;
    budi.pays().await;
    ani.reads("Rp150.000 dari Budi").await;
    budi.waits_for("Lunas. Terima kasih!").await;
    app.settles().await;
    // Nothing of it but the row in our own book is known until the bank answers.
    let busy = Conduct::ServerError { status: 503 };
    app.bank.misbehave(Misbehaviour::once(Endpoint::Refund, busy).times(1_000));
    let sends = async {
        ani.presses("Pesanan").await;
        ani.presses("Kembalikan uang").await;
        ani.presses("Jumlah lain").await;
        ani.says_and_reads("4rb", "Kembalikan Rp4.000 ke Budi").await;
        ani.presses("Ya, kembalikan").await;
    };
    hears_of(&app, &budi, sends).await;
    budi.waits_for("Rp4.000 sedang dalam perjalanan kembali kepada Anda.").await;
    assert!(budi.page.text().contains("Lunas. Terima kasih!"), "the rest is paid: {}", budi.page.text());
    app.bank.behave();
    app.settles().await;
    app.advance(TimeDelta::minutes(6));
    budi.waits_for("Anda membayar Rp150.000; Rp4.000 di antaranya sudah dikembalikan.").await;
    assert!(budi.page.text().contains("Dikembalikan Rp4.000"), "{}", budi.page.text());
    ani.reads("harga pesanan Rp150.000").await;
    app.settles().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn after_the_last_try_starting_again_starts_a_new_order() {
    let (app, _, link) = a_shop("kaos hitam 150rb x1").await;
    let mut budi = app.customer();
    budi.orders(&link, "Budi", "BCA Virtual Account").await;
    for method in ["BNI Virtual Account", "BRI Virtual Account", "CIMB Niaga"] {
        budi.presses(method).await;
        assert!(budi.page.text().contains("yang tadi tidak berlaku lagi"), "{}", budi.page.text());
    }
    assert!(budi.page.text().contains("Ini kesempatan terakhir"), "{}", budi.page.text());
    budi.presses("Permata").await;
    assert!(budi.page.text().contains("tidak bisa diganti lagi"), "{}", budi.page.text());

    app.advance(LATE);
    budi.waits_for("sudah dicoba sebanyak yang bisa").await;
    let again = budi.page.link("Mulai lagi");
    budi.opens(&again).await;
    let page = budi.page.text();
    assert!(!page.contains("Lanjutkan pembayaran") && !budi.page.html.contains("<details"), "{page}");
    budi.fills_in("Budi", "0812-3456-7890", "budi@example.test").await;
    assert!(budi.page.text().contains("Mau bayar dengan apa?"), "{}", budi.page.text());
    assert_eq!(app.orders_made(&link).await, 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_number_whose_time_is_over_is_not_to_be_paid_again() {
    let (app, _, link) = a_shop("kaos hitam 150rb x1").await;
    let mut budi = app.customer();
    budi.orders(&link, "Budi", "BCA Virtual Account").await;
    app.advance(LATE);
    budi.waits_for("BCA Virtual Account yang tadi tidak berlaku lagi").await;
    assert!(budi.page.text().contains("Sudah membayar ke sana? Jangan bayar lagi"), "{}", budi.page.text());
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_paying_a_link_that_ends_or_is_gone_is_told_until_when_and_others_that_no_turn_is_sure() {
    let (app, ani, link) = a_shop("kaos hitam 150rb x1 3d").await;
    let expires_at = app.link(&link).await.expires_at.expect("an end");
    let now = app.services().storage().now().await.expect("the database answers");
    app.advance(expires_at - TimeDelta::minutes(8) - now);
    let mut budi = app.customer();
    budi.orders(&link, "Budi", "BCA Virtual Account").await;
    let mut citra = app.customer();
    citra.opens(&link).await;
    let page = citra.page.text();
    assert!(page.contains("Tautan ini berakhir") && !page.contains("Anda bisa membayar mulai"), "{page}");

    ani.presses("🗑 Hapus").await;
    ani.presses("🗑 Ya, hapus").await;
    ani.reads("Dihapus").await;
    budi.opens(&link).await;
    let page = budi.page.text();
    assert!(page.contains("Masih bisa dibayar sampai") && !page.contains("menarik tautan ini"), "{page}");
    let own = budi.page.link("Lanjutkan pembayaran");
    budi.opens(&own).await;
    assert!(budi.page.text().contains("Bayar dengan BCA Virtual Account"), "{}", budi.page.text());
    app.advance(LATE);
    app.settles().await;
}

async fn a_shop(line: &str) -> (TestApp, Seller, Url) {
    let app = TestApp::start().await;
    let ani = app.ani();
    let link = ani.makes_a_link(line).await;
    (app, ani, link)
}

/// From the contact over the question to the book.
async fn sends_back_by_hand(app: &TestApp, ani: &Seller) {
    ani.presses("Sudah ditransfer").await;
    ani.presses("Ya, sudah").await;
    ani.reads("Dicatat:").await;
    app.settles().await;
}

/// The open page's script hears of what happens.
async fn hears_of(app: &TestApp, customer: &Customer, happens: impl Future<Output = ()>) {
    let html = &customer.page.html;
    let (_, events) = html.split_once("data-events=\"").expect("the page follows its order");
    let events = events.split('"').next().unwrap_or_default().replace("&#38;", "&");
    let mut stream = app.request("GET", &events).send().await.expect("a stream");
    happens.await;
    let hears = async {
        while let Some(piece) = stream.chunk().await.expect("the stream goes on") {
            if String::from_utf8_lossy(&piece).contains("event: changed") {
                return;
            }
        }
        panic!("the stream ended");
    };
    tokio::time::timeout(Duration::from_secs(20), hears).await.expect("the page hears of it");
}
