//! Going live and back, and taking an account off.

use chrono::TimeDelta;

use super::{LIVE_KEY, app_at, connects, opens_gateway, settles};
use crate::support::midtrans_hall::MidtransHall;

#[tokio::test(flavor = "multi_thread")]
async fn going_live_is_a_checklist_and_the_name_of_the_shop() {
    let hall = MidtransHall::open().await;
    let merchant = hall.merchant(LIVE_KEY);
    let app = app_at(&hall).await;
    let ani = app.ani();
    let practice = ani.makes_a_link("kaos 75rb").await;
    opens_gateway(&ani).await;
    let missing = ani.presses("🚀 Jualan sungguhan").await;
    assert!(missing.text.contains("⬜ 💵 Live: belum tersambung"), "{}", missing.text);
    assert!(missing.text.contains("⬜ Satu pembayaran latihan"), "{}", missing.text);
    // An old button of an earlier version does nothing by itself.
    ani.phone.presses_data(missing.message_id, "v1:eg");
    app.settles().await;
    let mut budi = app.customer();
    budi.orders(&practice, "Budi", "QRIS").await;
    budi.pays().await;
    ani.reads("dari Budi").await;
    app.settles().await;

    connects(&app, &ani, "🔑 Sambungkan live", LIVE_KEY).await;
    ani.presses("🔌 Midtrans & mode").await;
    let ready = ani.presses("🚀 Jualan sungguhan").await;
    for words in [
        "✅ 💵 Live: kunci toko ini, …han2",
        "✅ Satu pembayaran",
        "⬜ Kabar langsung dari Midtrans",
        "ketik nama toko: Ani",
    ] {
        assert!(ready.text.contains(words), "{words}: {}", ready.text);
    }
    let wrong = ani.says("Toko Budi").await;
    assert!(wrong.text.contains("“Toko Budi” bukan nama toko ini"), "{}", wrong.text);
    let live = ani.says("  ANI ").await;
    assert!(live.text.contains("Ani sekarang live"), "{}", live.text);

    let link = ani.makes_a_link("topi 50rb").await;
    let mut citra = app.customer_of(&merchant);
    citra.orders(&link, "Citra", "QRIS").await;
    assert!(!citra.page.text().contains("Mode latihan"), "{}", citra.page.text());
    citra.pays().await;
    settles(&app, &[&merchant]).await;
    let told = ani.reads("dari Citra").await;
    assert!(!told.text.contains("latihan"), "{}", told.text);
    let mut dewi = app.customer();
    dewi.opens(&practice).await;
    assert!(dewi.page.text().contains("Mode latihan"), "old links stay as they were made");
    app.settles().await;
    let home = ani.says("/home").await;
    assert!(home.text.contains("Rp50.000") && !home.text.contains("Rp125.000"), "{}", home.text);

    opens_gateway(&ani).await;
    let back = ani.presses("🧪 Kembali ke sandbox").await;
    assert!(back.text.contains("Kembali ke sandbox") && back.button("🚀 Jualan sungguhan").is_some());
    ani.says("/settings").await;
    ani.presses("👥 Tim").await;
    let log = ani.presses("📜 Catatan").await;
    assert!(log.text.contains("beralih ke live") && log.text.contains("beralih ke sandbox"), "{}", log.text);
    assert_eq!(ani.phone.unanswered_taps(), []);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_account_is_taken_off_with_a_word_about_who_is_paying() {
    let hall = MidtransHall::open().await;
    let merchant = hall.merchant(LIVE_KEY);
    let app = app_at(&hall).await;
    let (ani, eve) = (app.ani(), app.person("Eve", "id"));
    ani.makes_a_link("kaos 75rb").await;
    eve.makes_a_link("kue 10rb").await;
    connects(&app, &ani, "🔑 Sambungkan live", LIVE_KEY).await;
    ani.presses("🔌 Midtrans & mode").await;
    ani.presses("🚀 Jualan sungguhan").await;
    ani.says("ani").await;
    let link = ani.makes_a_link("topi 50rb").await;
    let mut budi = app.customer_of(&merchant);
    budi.orders(&link, "Budi", "QRIS").await;
    settles(&app, &[&merchant]).await;

    opens_gateway(&ani).await;
    let question = ani.presses("🔓 Lepas live").await;
    assert!(question.text.contains("1 pembeli sedang membayar"), "{}", question.text);
    let yes = ani.data_of("🔓 Ya, lepas");
    eve.phone.presses_data(eve.newest().message_id, &yes);
    app.settles().await;
    let removed = ani.presses("🔓 Ya, lepas").await;
    for words in ["Kunci dilepas. 1 pembayaran", "Toko kembali ke sandbox", "Live: belum tersambung"] {
        assert!(removed.text.contains(words), "{words}: {}", removed.text);
    }
    budi.pays().await;
    settles(&app, &[&merchant]).await;
    budi.waits_for("Lunas").await;
    ani.reads("dari Budi").await;
    // Nobody's real money goes anywhere else.
    let mut citra = app.customer_of(&merchant);
    citra.opens(&link).await;
    citra.fills_in("Citra", "0812-3456-7890", "citra@example.test").await;
    assert!(!citra.page.text().contains("QRIS"), "{}", citra.page.text());
    assert_eq!((merchant.transactions().len(), app.bank.transactions().len()), (1, 0));
    app.settles().await;
    let old = ani.newest().message_id;
    ani.phone.presses_data(old, &yes);
    ani.reads("sudah tidak dipakai lagi").await;

    let kept = "select key_tail from gateway_accounts where sealed_key is not null";
    app.services().forget_old_rows().await.expect("the database answers");
    assert_eq!(app.database().texts(kept).await.expect("the database answers"), ["han2"]);
    app.time().advance(TimeDelta::days(191));
    app.settles().await;
    app.services().forget_old_rows().await.expect("the database answers");
    assert!(
        app.database().texts(kept).await.expect("the database answers").is_empty(),
        "no key is kept for ever"
    );
}
