//! Two processes on one PostgreSQL: they share the work, and nobody hears anything twice.

use tautan::app::config::UpdatesBy;

use crate::support::test_app::{Options, TestApp};

#[tokio::test(flavor = "multi_thread")]
async fn two_replicas_share_the_work_and_ring_once_for_each_payment() {
    let app = TestApp::start_with(Options { updates: UpdatesBy::Webhook, ..Options::default() }).await;
    // An SQLite file serves one process; the second one is refused, as the storage's own story tells.
    if !app.database().is_postgres() {
        return;
    }
    let replica = app.replica().await;
    let ani = app.ani();
    let link = ani.makes_a_link("kaos hitam 150rb x4").await;
    for number in 1..=4 {
        let mut buyer = app.customer();
        buyer.orders(&link, &format!("Pembeli {number}"), "BCA Virtual Account").await;
        buyer.pays().await;
        ani.reads(&format!("Pembeli {number}")).await;
    }
    app.settles().await;
    for number in 1..=4 {
        assert_eq!(ani.count(&format!("Pembeli {number}")), 1);
    }
    replica.stop().await;
}
