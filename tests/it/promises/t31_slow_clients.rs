//! T31: clients that dawdle, fall silent or never stop are cut off, and nobody else notices.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use futures::future::join_all;
use reqwest::Client;
use tautan::web::server::Limits;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpSocket, TcpStream};
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

/// Asks for pages and reads none, until it is hung up on; gives after how long.
async fn never_reads(address: SocketAddr, path: String) -> Duration {
    let socket = TcpSocket::new_v4().expect("a socket");
    // A small window: what is sent and not read fills up soon.
    socket.set_recv_buffer_size(4_096).expect("a small buffer");
    let mut stream = socket.connect(address).await.expect("a connection");
    let begun = Instant::now();
    let requests = format!("GET {path} HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n").repeat(50);
    while stream.write_all(requests.as_bytes()).await.is_ok() {}
    begun.elapsed()
}

/// Opens a page's stream and reads its head alone.
async fn half_reads(address: SocketAddr, path: &str, number: usize) -> TcpStream {
    let mut stream = TcpStream::connect(address).await.expect("a connection");
    let network = format!("10.0.0.{}", number % 8);
    let head = format!("GET {path} HTTP/1.1\r\nhost: 127.0.0.1\r\nx-forwarded-for: {network}\r\n\r\n");
    stream.write_all(head.as_bytes()).await.expect("something is sent");
    let mut answer = [0; 12];
    stream.read_exact(&mut answer).await.expect("an answer");
    assert_eq!(&answer, b"HTTP/1.1 200");
    stream
}

#[tokio::test(flavor = "multi_thread")]
async fn t31_who_asks_and_does_not_read_is_cut_off_and_open_pages_cost_nobody() {
    let mut promise =
        Promise::new(31, "pages unread: closed within 30 s; streams half read: healthy pages come");
    let size = Size::of_run();
    let (deaf, open) = (size.pick(8, 64, 64), size.pick(120, 1_000, 1_000));
    let write_time =
        size.pick(Duration::from_secs(1), Limits::default().write_time, Limits::default().write_time);
    let limits = Limits { write_time, ..Limits::default() };
    let app = TestApp::start_with(Options { limits, ..Options::default() }).await;
    let link = app.ani().makes_a_link("kaos hitam 150rb").await;
    let mut budi = app.customer();
    budi.orders(&link, "Budi", "QRIS").await;
    let events = format!("{}/events", budi.page.url.path());
    let address = app.base_url.socket_addrs(|| None).unwrap()[0];

    let streams = join_all((0..open).map(|number| half_reads(address, &events, number))).await;
    let silent = join_all((0..deaf).map(|_| never_reads(address, link.path().to_owned())));
    let healthy = async {
        let mut times = Vec::new();
        for _ in 0..50 {
            let asked = Instant::now();
            assert_eq!(budi.reloads().await.status, 200);
            times.push(asked.elapsed());
        }
        times
    };
    let (ended, mut times) = tokio::join!(timeout(Duration::from_secs(60), silent), healthy);
    let last = ended.expect("all are hung up on").into_iter().max().unwrap_or_default();
    let p99 = percentile(&mut times, 99);
    promise.measured(format!(
        "{deaf} deaf, the last cut off after {last:.1?}; {open} streams; healthy p99 {p99:.1?}"
    ));
    if size == Size::Full {
        assert!(last <= Duration::from_secs(30) && p99 < Duration::from_millis(500), "{last:?}, {p99:?}");
    }
    // Who only half reads is told all the same, as soon as there is something to tell.
    budi.pays().await;
    for mut stream in streams {
        let told = async {
            let (mut heard, mut piece) = (String::new(), [0; 1_024]);
            while !heard.contains("event: changed") {
                let read = stream.read(&mut piece).await.expect("the stream holds");
                assert!(read > 0, "the stream ended: {heard}");
                heard.push_str(&String::from_utf8_lossy(&piece[..read]));
            }
        };
        timeout(Duration::from_secs(60), told).await.expect("the page is told");
    }
    budi.waits_for("Lunas. Terima kasih!").await;
}
