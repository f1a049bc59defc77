//! What a place says when it has little to say, when money cannot go back, and once it is there again.

use tautan::simulator::midtrans::{Conduct, Endpoint, Misbehaviour};
use tautan::simulator::telegram::{Group, GroupKind};

use crate::places::{GROUP, buys, rings_in_a_group};
use crate::support::seller::Seller;
use crate::support::test_app::TestApp;

/// The card of the group, in the settings.
async fn opens_the_group(ani: &Seller) {
    ani.says("/settings").await;
    ani.presses("📍 Kabar di grup").await;
    ani.presses("👥 Tim Kaos").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_place_in_which_nothing_rings_says_so() {
    let app = TestApp::start().await;
    let ani = app.ani();
    ani.makes_a_link("kaos 75rb").await;
    let group = app.telegram.group(GROUP, "Tim Kaos", GroupKind::Forum);
    group.adds_bot(&ani.phone);
    group.says(&ani.phone, "/alerts@tautan_bot");
    app.settles().await;
    opens_the_group(&ani).await;
    let card = ani.newest();
    assert!(
        card.text.contains("Berbunyi di grup ini") && card.text.contains("bayar dua kali"),
        "{}",
        card.text
    );
    ani.presses("✅ Pembayaran").await;
    let card = ani.presses("✅ Masalah").await;
    assert!(card.text.contains("Tidak ada yang berbunyi di sini"), "{}", card.text);
    assert!(!card.text.contains("Berbunyi di grup"), "{}", card.text);
    // Nor does the group hear that it rings there.
    group.says_in(group.opens_topic(), &ani.phone, "/alerts@tautan_bot");
    group.reads("kabar pembayaran dan masalah dimatikan").await;
    app.settles().await;
    assert_eq!(group.count("berbunyi di topik ini"), 0, "{}", group.transcript());
    assert_eq!(ani.phone.unanswered_taps(), []);
}

#[tokio::test(flavor = "multi_thread")]
async fn money_that_could_not_go_back_leads_from_the_group_into_the_private_chat() {
    let app = TestApp::start().await;
    let ani = app.ani();
    let link = ani.makes_a_link("kaos 75rb").await;
    let group = rings_in_a_group(&app, &ani).await;
    let mut budi = app.customer();
    budi.orders(&link, "Budi", "QRIS").await;
    budi.pays().await;
    ani.reads("dari Budi").await;
    app.settles().await;
    // The customer disputes a part, and nobody has heard of it yet.
    app.bank.misbehave(Misbehaviour::once(Endpoint::Notice, Conduct::Drop));
    app.bank.chargeback_part(&budi.gateway_order_id().await, 50_000).await.expect("a dispute");
    ani.presses("🧾 Pesanan ini").await;
    ani.presses("↩ Kembalikan uang").await;
    ani.presses("↩ Ya, kembalikan").await;
    let private = ani.reads("gagal dikembalikan ke Budi").await;
    assert!(private.text.contains("tekan Sudah ditransfer"), "{}", private.text);
    let notice = group.reads("gagal dikembalikan ke").await;
    assert!(notice.text.contains("Ketuk Buka pesanan"), "{}", notice.text);
    assert!(!notice.text.contains("Sudah ditransfer"), "{}", notice.text);
    assert!(notice.button("🧾 Buka pesanan").is_some(), "{notice:?}");
}

/// A group whose recap comes at eight.
async fn with_a_recap(app: &TestApp, ani: &Seller) -> Group {
    let group = rings_in_a_group(app, ani).await;
    opens_the_group(ani).await;
    ani.presses("🌙 Ringkasan").await;
    ani.presses("20.00").await;
    app.settles().await;
    group
}

#[tokio::test(flavor = "multi_thread")]
async fn a_place_that_is_there_again_hears_its_recap_at_the_next_hour_and_not_at_once() {
    let app = TestApp::start().await;
    let ani = app.ani();
    let link = ani.makes_a_link("kaos 75rb").await;
    app.until_hour(10).await;
    let group = with_a_recap(&app, &ani).await;
    buys(&app, &ani, &link, "Budi").await;
    for (told, how) in ["removed", "muted"].into_iter().enumerate() {
        match how {
            "removed" => group.removes_bot(&ani.phone),
            _ => group.mutes_bot(&ani.phone),
        }
        app.settles().await;
        // Its hour passes while nobody is there.
        app.until_hour(21).await;
        app.tells_recaps().await;
        group.adds_bot(&ani.phone);
        group.says(&ani.phone, "/alerts@tautan_bot");
        app.settles().await;
        app.tells_recaps().await;
        assert_eq!(group.count("Ringkasan toko"), told, "{how}: {}", group.transcript());
        buys(&app, &ani, &link, ["Citra", "Dewi"][told]).await;
        app.until_hour(20).await;
        app.settles().await;
        app.tells_recaps().await;
        assert_eq!(group.count("Ringkasan toko"), told + 1, "{how}: {}", group.transcript());
    }
    // Taken off in the settings, and brought back.
    opens_the_group(&ani).await;
    ani.presses("🔕 Hentikan di sana").await;
    app.settles().await;
    app.until_hour(21).await;
    app.tells_recaps().await;
    ani.presses("↩ Urungkan").await;
    app.settles().await;
    app.tells_recaps().await;
    assert_eq!(group.count("Ringkasan toko"), 2, "{}", group.transcript());
    buys(&app, &ani, &link, "Eka").await;
    app.until_hour(20).await;
    app.settles().await;
    app.tells_recaps().await;
    assert_eq!(group.count("Ringkasan toko"), 3, "{}", group.transcript());
}
