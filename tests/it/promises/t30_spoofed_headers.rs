//! T30: who writes another address into a header at every request is still one client, unless the peer is
//! a proxy that we trust.

use std::time::Instant;

use futures::stream::{self, StreamExt};
use reqwest::Client;

use super::{Promise, Size};
use crate::support::test_app::{Options, TestApp};

/// What a network may look at: so many at once, and so many in a second.
const BURST: usize = 600;
const A_SECOND: f64 = 20.0;

#[tokio::test(flavor = "multi_thread")]
async fn t30_a_thousand_made_up_addresses_are_one_client() {
    let mut promise =
        Promise::new(30, "1,000 fake X-Forwarded-For count as 1 client, unless a proxy says so");
    let requests = Size::of_run().pick(750, 1_000, 1_000);

    let strict = Options { trusted_proxies: vec!["10.9.9.9/32".parse().unwrap()], ..Options::default() };
    let app = TestApp::start_with(strict).await;
    let started = Instant::now();
    let seen = look(&app, requests, |index| format!("203.0.{}.{}", index / 250, index % 250)).await;
    let more = (started.elapsed().as_secs_f64() * A_SECOND) as usize + 1;
    promise.measured(format!("a stranger: {seen} of {requests} answered"));
    assert!((BURST..=BURST + more).contains(&seen), "{seen} with {more} more in that time");
    drop(app);

    let app = TestApp::start().await;
    let started = Instant::now();
    let seen = look(&app, requests, |index| format!("{}, 203.0.113.7", fake(index))).await;
    let more = (started.elapsed().as_secs_f64() * A_SECOND) as usize + 1;
    promise.measured(format!("behind a proxy, made up by the client: {seen}"));
    assert!((BURST..=BURST + more).contains(&seen), "{seen} with {more} more in that time");
    let seen = look(&app, requests, fake).await;
    promise.measured(format!("told by the proxy: {seen}"));
    assert_eq!(seen, requests, "each is a client of its own");
}

fn fake(index: usize) -> String {
    format!("198.51.{}.{}", index / 250, index % 250)
}

/// Looks so often, with such a header; gives how often there was a page and not 429.
async fn look(app: &TestApp, requests: usize, forwarded_for: impl Fn(usize) -> String) -> usize {
    let client = Client::builder().no_proxy().build().unwrap();
    let answers = stream::iter(0..requests).map(|index| {
        let request = client.get(app.base_url.clone()).header("X-Forwarded-For", forwarded_for(index));
        async move { request.send().await.expect("an answer").status().as_u16() }
    });
    let statuses: Vec<u16> = answers.buffer_unordered(16).collect().await;
    assert!(statuses.iter().all(|status| [200, 429].contains(status)), "{statuses:?}");
    statuses.iter().filter(|status| **status == 200).count()
}
