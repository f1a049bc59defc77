//! T30: who writes another address into a header at every request is still one client, unless the peer is
//! a proxy that we trust.

#![expect(clippy::unwrap_used, reason = "a story that cannot go on fails")]

use std::time::Instant;

use futures::stream::{self, StreamExt};
use reqwest::Client;

use super::{Promise, Size};
use crate::support::test_app::{Options, TestApp};

/// Forms that a network may send: so many at once, and then one every two seconds.
const BURST: usize = 40;

#[tokio::test(flavor = "multi_thread")]
async fn t30_a_thousand_made_up_addresses_are_one_client() {
    let mut promise =
        Promise::new(30, "1,000 fake X-Forwarded-For count as 1 client, unless a proxy says so");
    let requests = Size::of_run().pick(200, 1_000, 1_000);

    let strict = Options { trusted_proxies: vec!["10.9.9.9/32".parse().unwrap()], ..Options::default() };
    let app = TestApp::start_with(strict).await;
    let (taken, room) = send(&app, requests, fake).await;
    promise.measured(format!("a stranger: {taken} of {requests} taken"));
    assert!((BURST..=room).contains(&taken), "{taken} with room for {room}");
    drop(app);

    let app = TestApp::start().await;
    let (taken, room) = send(&app, requests, |index| format!("{}, 203.0.113.7", fake(index))).await;
    promise.measured(format!("behind a proxy, made up by the client: {taken}"));
    assert!((BURST..=room).contains(&taken), "{taken} with room for {room}");
    let (taken, _) = send(&app, requests, fake).await;
    promise.measured(format!("told by the proxy: {taken}"));
    assert_eq!(taken, requests, "each is a client of its own");
}

fn fake(index: usize) -> String {
    format!("198.51.{}.{}", index / 250, index % 250)
}

/// Sends so many empty forms, with such a header; gives how many were read and not answered by 429, and for
/// how many one client has room in that time.
async fn send(app: &TestApp, requests: usize, forwarded_for: impl Fn(usize) -> String) -> (usize, usize) {
    let link = app.ani().makes_a_link("kaos hitam 150rb").await;
    let form = link.join(&format!("{}/orders", link.path())).unwrap();
    let client = Client::builder().no_proxy().build().unwrap();
    let started = Instant::now();
    let answers = stream::iter(0..requests).map(|index| {
        let request = client.post(form.clone()).form(&[("name", "")]);
        let request = request.header("X-Forwarded-For", forwarded_for(index));
        async move { request.send().await.expect("an answer").status().as_u16() }
    });
    let statuses: Vec<u16> = answers.buffer_unordered(16).collect().await;
    assert!(statuses.iter().all(|status| [422, 429].contains(status)), "{statuses:?}");
    let taken = statuses.iter().filter(|status| **status == 422).count();
    (taken, BURST + usize::try_from(started.elapsed().as_secs() / 2).unwrap() + 2)
}
