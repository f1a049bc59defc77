//! The main job: a link made in chat, paid on the page, and the chat rings.

use crate::support::test_app::TestApp;

#[tokio::test(flavor = "multi_thread")]
async fn a_link_made_in_chat_is_paid_on_the_page_and_the_chat_rings() {
    let app = TestApp::start().await;
    let ani = app.ani();
    let link = ani.makes_a_link("kaos hitam 150rb x10 3d").await;

    let mut budi = app.customer();
    budi.opens(&link).await;
    assert!(budi.page.text().contains("kaos hitam"), "{}", budi.page.text());
    budi.fills_in("Budi", "0812-3456-7890", "budi@example.test").await;
    budi.presses("BCA Virtual Account").await;
    budi.pays().await;

    let notice = ani.reads("Rp150.000 dari Budi").await;
    assert!(notice.text.contains("kaos hitam"), "{}", notice.text);
    assert!(!notice.silent);
    budi.waits_for("Lunas").await;
}
