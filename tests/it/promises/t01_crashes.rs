//! T1: whatever moment a process is killed at, no acknowledged payment is lost and none is doubled.

use crate::support::database::TestDatabase;
use crate::support::process::Site;

#[tokio::test(flavor = "multi_thread")]
async fn the_program_serves_dies_and_serves_again() {
    let database = TestDatabase::create().await;
    let site = Site::open(&database.url(), &[]).await;
    let address = site.address().await;
    let process = site.start(address).await;
    let ani = site.seller(700_001, "Ani");
    let link = ani.makes_a_link("kaos hitam 150rb x3").await;
    process.kill();
    let process = site.start(address).await;
    let page = reqwest::get(link).await.expect("the page comes");
    assert_eq!(page.status(), 200);
    let (status, _) = process.terminate().await;
    assert!(status.success(), "{status}");
}
