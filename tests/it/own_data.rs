//! A customer asks a seller for what the shop keeps about them, or wants it gone.

use crate::support::seller::Seller;
use crate::support::test_app::TestApp;

#[tokio::test(flavor = "multi_thread")]
async fn a_customers_data_are_handed_out_and_erased_in_this_shop_alone() {
    let app = TestApp::start().await;
    let (ani, lia) = (app.ani(), app.person("Lia", "id"));
    for seller in [&ani, &lia] {
        let link = seller.makes_a_link("kaos 75rb").await;
        let mut budi = app.customer();
        budi.orders(&link, "Budi", "BCA Virtual Account").await;
        budi.pays().await;
        seller.reads("dari Budi").await;
    }
    app.settles().await;
    asks(&ani, "0899-0000-0000").await;
    ani.reads("tidak menyimpan apa-apa").await;
    ani.presses("Data pembeli").await;
    ani.says_and_reads("siapa ya", "belum seperti nomor HP").await;
    let found = ani.says_and_reads("0812 3456 7890", "Pesanan: 1").await;
    assert!(found.button("Hapus datanya").is_some());
    ani.presses("Kirim berkasnya").await;
    let sent = ani.phone.messages().into_iter().rev().find_map(|message| message.file).expect("a file");
    assert!(!sent.is_photo, "{sent:?}");
    ani.presses("Hapus datanya").await;
    ani.reads("tidak bisa dikembalikan").await;
    let yes = ani.data_of("Ya, hapus");
    let card = ani.newest().message_id;
    ani.phone.presses_data(card, &yes);
    ani.phone.presses_data(card, &yes);
    app.settles().await;
    let names = app.database().texts("select customer_name from orders order by id").await.unwrap();
    assert_eq!(names, ["", "Budi"], "Lia's shop keeps its own");
    asks(&ani, "budi@example.test").await;
    ani.reads("tidak menyimpan apa-apa").await;
    assert_eq!(ani.phone.unanswered_taps(), []);
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_is_paying_just_now_is_left_and_nothing_else_is_said() {
    let app = TestApp::start().await;
    let ani = app.ani();
    let link = ani.makes_a_link("kaos 75rb").await;
    app.customer().orders(&link, "Budi", "BCA Virtual Account").await;
    asks(&ani, "0812 3456 7890").await;
    ani.presses("Hapus datanya").await;
    let left = ani.presses("Ya, hapus").await;
    assert!(left.text.contains("1 pesanan sedang dibayar dan dilewati"), "{}", left.text);
    assert!(!left.text.contains("tidak ada lagi"), "{}", left.text);
}

async fn asks(ani: &Seller, contact: &str) {
    ani.says_and_reads("/settings", "Pengaturan").await;
    ani.presses("Data toko").await;
    ani.presses("Data pembeli").await;
    ani.says(contact).await;
}
