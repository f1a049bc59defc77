//! T6: a notice that comes again and again is one payment and one message.

use std::time::Instant;

use futures::stream::{self, StreamExt};
use tautan::domain::attempt::AttemptState;
use tautan::simulator::midtrans::{Conduct, Direction, Endpoint, Misbehaviour};

use super::{Promise, Size};
use crate::support::test_app::TestApp;

/// How many copies are on their way at one instant.
const AT_ONCE: usize = 20;

#[tokio::test(flavor = "multi_thread")]
async fn t06_a_notice_that_comes_a_thousand_times_is_one_payment_and_one_message() {
    let mut promise = Promise::new(6, "the same notice 1,000×: 1 transition, 1 message, 1,000 × 200");
    let copies = Size::of_run().pick(50, 1_000, 1_000);
    let app = TestApp::start().await;
    let ani = app.ani();
    let link = ani.makes_a_link("kaos hitam 150rb x3").await;
    let mut budi = app.customer();
    budi.orders(&link, "Budi", "BCA Virtual Account").await;
    app.settles().await;
    // The bank's own notice stays away, so that the copies are also the first that is heard of it.
    app.bank.misbehave(Misbehaviour::once(Endpoint::Notice, Conduct::Drop));
    budi.pays().await;
    let journal = app.bank.journal();
    let notice = journal.iter().rfind(|entry| entry.direction == Direction::Dropped).unwrap().body.clone();

    let began = Instant::now();
    let answers: Vec<u16> = stream::iter((0..copies).map(|_| {
        let request = app.request("POST", "webhooks/midtrans/sandbox");
        let request = request.header("content-type", "application/json").body(notice.clone());
        async move { request.send().await.unwrap().status().as_u16() }
    }))
    .buffer_unordered(AT_ONCE)
    .collect()
    .await;
    let took = began.elapsed();
    budi.waits_for("Lunas. Terima kasih!").await;
    app.settles().await;
    let transitions = app.database().texts("select kind from ledger_entries").await.unwrap();
    let (taken, messages) = (answers.iter().filter(|answer| **answer == 200).count(), ani.count("dari Budi"));
    promise
        .measured(format!("{taken} × 200 in {took:.1?}, {} booked, {messages} message", transitions.len()));
    assert_eq!(taken, copies, "{answers:?}");
    assert_eq!(transitions, ["captured"]);
    assert_eq!(messages, 1, "{}", ani.phone.transcript());
    assert_eq!(app.attempts(&budi).await[0].state, AttemptState::Settled);
    assert_eq!(app.units(&link).await, (1, 0));
}
