//! T31: clients that dawdle, fall silent or never stop are cut off, and nobody else notices.

use std::time::{Duration, Instant};

use futures::future::join_all;
use reqwest::Client;
use tautan::web::server::Limits;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;

use super::t29_slot_grabbing::percentile;
use super::{Promise, Size};
use crate::support::test_app::{Options, TestApp};

const FORM: &str = "application/x-www-form-urlencoded";

/// Ways to keep a server waiting, as what is sent.
const DAWDLERS: [&str; 4] = [
    // Nothing at all.
    "",
    // Half a head.
    "GET / HTTP/1.1\r\nhost: x\r\nx-slow: ",
    // A request, and then silence on the connection that was kept.
    "GET /robots.txt HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n",
    // A form that does not come.
    "POST /kaos/orders HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/x-www-form-urlencoded\r\n\
     content-length: 1000\r\n\r\nname=Bu",
];

#[tokio::test(flavor = "multi_thread")]
async fn t31_slow_clients_are_cut_off_and_nobody_else_notices() {
    let mut promise =
        Promise::new(31, "1,000 slow sockets closed within 15 s, healthy p99 < 500 ms; long bodies 413");
    let size = Size::of_run();
    let sockets = size.pick(150, 1_000, 1_000);
    // In the gate heads have a second, and forms, whose ten seconds are fixed, are left to the long runs.
    let dawdlers = size.pick(&DAWDLERS[..3], &DAWDLERS, &DAWDLERS);
    let head_time =
        size.pick(Duration::from_secs(1), Limits::default().head_time, Limits::default().head_time);
    let limits = Limits { head_time, ..Limits::default() };
    let app = TestApp::start_with(Options { limits, ..Options::default() }).await;
    let link = app.ani().makes_a_link("kaos hitam 150rb").await;

    let address = app.base_url.socket_addrs(|| None).unwrap()[0];
    let started = Instant::now();
    let slow = join_all((0..sockets).map(|number| async move {
        let mut stream = TcpStream::connect(address).await.expect("a connection");
        stream.write_all(dawdlers[number % dawdlers.len()].as_bytes()).await.expect("something is sent");
        // Whatever comes back, the end must come.
        let mut answer = Vec::new();
        let ended = timeout(Duration::from_secs(30), stream.read_to_end(&mut answer)).await;
        ended.is_ok().then(|| started.elapsed())
    }));
    let healthy = async {
        let client = Client::builder().no_proxy().build().unwrap();
        let mut times = Vec::new();
        for _ in 0..200 {
            let asked = Instant::now();
            let answer = client.get(link.clone()).send().await.expect("a page");
            assert_eq!(answer.status(), 200);
            answer.bytes().await.expect("a whole page");
            times.push(asked.elapsed());
        }
        times
    };
    let (ended, mut times) = tokio::join!(slow, healthy);
    let last = ended.iter().flatten().max().copied().unwrap_or_default();
    let p99 = percentile(&mut times, 99);
    promise.measured(format!("{sockets} slow, the last closed after {last:.1?}; healthy p99 {p99:.1?}"));
    assert!(ended.iter().all(Option::is_some), "some were never closed");
    assert!(last <= Duration::from_secs(15), "{last:?}");
    if size == Size::Full {
        assert!(p99 < Duration::from_millis(500), "{p99:?}");
    }

    let form = format!("{}/orders", link.path());
    for (path, kind, bytes, is_too_long) in [
        (form.as_str(), FORM, 64 * 1024, false),
        (form.as_str(), FORM, 64 * 1024 + 1, true),
        ("webhooks/midtrans/sandbox", "application/json", 256 * 1024, false),
        ("webhooks/midtrans/sandbox", "application/json", 256 * 1024 + 1, true),
    ] {
        let request = app.request("POST", path).header("content-type", kind);
        let status = request.body(vec![b'a'; bytes]).send().await.expect("an answer").status();
        assert_eq!(status == 413, is_too_long, "{path} with {bytes} bytes: {status}");
    }
    promise.measured("65,537 and 262,145 bytes: 413");
    assert_eq!(app.orders_made(&link).await, 0);
}
