//! Serves the routes over HTTP/1.1 with limits on everything a client can draw out.
//!
//! `axum::serve` never closes a slow client, so the connections are driven here. HTTP/2 and TLS end at
//! the proxy in front.

use std::convert::Infallible;
use std::io;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::Request;
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto::Builder;
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio_io_timeout::TimeoutStream;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use tower::ServiceExt;

use super::client::TrustedProxies;
use super::rate_limits::{Share, Shares};
use crate::services::networks::Network;

/// Connections that the kernel keeps until they are taken: what a link that was just shared brings in its
/// first second. Linux allows `net.core.somaxconn` at most. One more is dropped, and its browser tries
/// again a second later.
const BACKLOG: u32 = 4_096;

/// How long to wait when the process has no file handles left.
const BREATHER: Duration = Duration::from_millis(100);

/// The most bytes of a request's head, and of a body that waits to be read.
const BUFFER_BYTES_MAX: usize = 64 * 1024;

/// How long a client that had connected before the process stopped may take to begin its first request:
/// it was let in, so it is served.
const FIRST_REQUEST_TIME: Duration = Duration::from_secs(1);

/// What clients can draw out at most.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// How long a client may take to send the head of a request, and to start the next one.
    pub head_time: Duration,
    /// How long a client may leave an answer unread before it is taken for gone.
    pub write_time: Duration,
    /// How long running requests may take to finish once the process stops.
    pub drain_time: Duration,
    /// Connections at a time; more wait in the kernel's queue.
    pub connections: usize,
    /// Connections of one network at a time; more are closed at once. Proxies may have them all.
    pub connections_of_one_network: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            head_time: Duration::from_secs(10),
            write_time: Duration::from_secs(15),
            drain_time: Duration::from_secs(5),
            connections: 4_096,
            connections_of_one_network: 512,
        }
    }
}

/// Listens for connections.
///
/// # Errors
/// When the address is not this machine's, or its port is taken or not allowed.
pub fn listen(address: SocketAddr) -> io::Result<TcpListener> {
    let socket = if address.is_ipv4() { TcpSocket::new_v4()? } else { TcpSocket::new_v6()? };
    // A restart does not wait until the connections of the last process are forgotten.
    socket.set_reuseaddr(true)?;
    socket.bind(address)?;
    socket.listen(BACKLOG)
}

/// Serves `app` until `shutdown` is cancelled and every connection has ended, or 5 seconds after.
pub async fn serve(
    listener: TcpListener,
    app: Router,
    (limits, proxies): (Limits, TrustedProxies),
    shutdown: CancellationToken,
) {
    let (slots, clients) = (Arc::new(Semaphore::new(limits.connections)), TaskTracker::new());
    let shares = Arc::new(Shares::new(limits.connections_of_one_network));
    let cut = CancellationToken::new();
    let let_in = |(stream, peer, slot): (TcpStream, SocketAddr, OwnedSemaphorePermit)| {
        let share = if proxies.contain(peer.ip()) {
            None
        } else {
            // Who has its share already is hung up on: the places that are left are for the others.
            let Some(share) = Shares::enter(&shares, Network::of(peer.ip())) else { return };
            Some(share)
        };
        let connection = Taken { stream, peer, _slot: slot, _share: share };
        clients.spawn(drive(connection, limits, app.clone(), (shutdown.clone(), cut.clone())));
    };
    loop {
        tokio::select! {
            biased;
            () = shutdown.cancelled() => break,
            connection = next_connection(&listener, &slots) => match connection {
                Ok(connection) => let_in(connection),
                Err(error) => {
                    tracing::warn!(%error, "a connection could not be taken");
                    tokio::time::sleep(BREATHER).await;
                }
            },
        }
    }
    // Whoever connected before the door closed is served: only a connection that was refused may be
    // tried elsewhere without fear of doing it twice.
    for (stream, peer) in waiting_at_the_door(listener) {
        if let Ok(slot) = slots.clone().try_acquire_owned() {
            let_in((stream, peer, slot));
        }
    }
    clients.close();
    if tokio::time::timeout(limits.drain_time, clients.wait()).await.is_err() {
        tracing::warn!("some connections were cut off");
    }
    cut.cancel();
}

/// The next connection and its slot. The slot comes first, so that what waits, waits unaccepted.
async fn next_connection(
    listener: &TcpListener,
    slots: &Arc<Semaphore>,
) -> io::Result<(TcpStream, SocketAddr, OwnedSemaphorePermit)> {
    let slot = slots.clone().acquire_owned().await.map_err(io::Error::other)?;
    let (stream, peer) = listener.accept().await?;
    Ok((stream, peer, slot))
}

/// Closes the listener; gives the connections that the kernel had taken already.
fn waiting_at_the_door(listener: TcpListener) -> Vec<(TcpStream, SocketAddr)> {
    let Ok(listener) = listener.into_std() else { return Vec::new() };
    let mut waiting = Vec::new();
    while let Ok((stream, peer)) = listener.accept() {
        let stream = stream.set_nonblocking(true).and_then(|()| TcpStream::from_std(stream));
        waiting.extend(stream.ok().map(|stream| (stream, peer)));
    }
    waiting
}

/// A connection that was taken, with its places.
struct Taken {
    stream: TcpStream,
    peer: SocketAddr,
    _slot: OwnedSemaphorePermit,
    _share: Option<Share<Network>>,
}

async fn drive(
    taken: Taken,
    limits: Limits,
    app: Router,
    (shutdown, cut): (CancellationToken, CancellationToken),
) {
    let Taken { stream, peer, _slot, _share } = taken;
    // Answers are small and the customer waits for them.
    let _ = stream.set_nodelay(true);
    let begun = CancellationToken::new();
    let first_request = begun.clone();
    let service = service_fn(move |request: Request<Incoming>| {
        first_request.cancel();
        let mut request = request.map(Body::new);
        request.extensions_mut().insert(ConnectInfo(peer));
        let app = app.clone();
        async move { Ok::<_, Infallible>(app.oneshot(request).await.unwrap_or_else(|never| match never {})) }
    });
    let mut builder = Builder::new(TokioExecutor::new()).http1_only();
    builder
        .http1()
        .timer(TokioTimer::new())
        .header_read_timeout(limits.head_time)
        .max_buf_size(BUFFER_BYTES_MAX);
    let mut stream = TimeoutStream::new(stream);
    stream.set_write_timeout(Some(limits.write_time));
    let mut connection = pin!(builder.serve_connection(TokioIo::new(Box::pin(stream)), service));
    let mut ended = tokio::select! {
        ended = connection.as_mut() => Some(ended),
        () = time_to_close(&shutdown, &begun) => None,
    };
    if ended.is_none() {
        connection.as_mut().graceful_shutdown();
        ended = cut.run_until_cancelled(connection).await;
    }
    if let Some(Err(error)) = ended {
        tracing::debug!(%error, "a connection broke off");
    }
}

/// When a connection is told to end after what it does: at once, unless its first request has not begun,
/// because hyper closes such a connection though the request may be on its way.
async fn time_to_close(shutdown: &CancellationToken, begun: &CancellationToken) {
    shutdown.cancelled().await;
    let _late = tokio::time::timeout(FIRST_REQUEST_TIME, begun.cancelled()).await;
}

#[cfg(test)]
mod tests {
    use axum::routing::get;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};

    use super::*;

    /// A server with short patience, its address, and the task that ends with it.
    async fn started(connections: usize) -> (SocketAddr, CancellationToken, tokio::task::JoinHandle<()>) {
        let moment = Duration::from_millis(100);
        let limits = Limits {
            head_time: moment,
            write_time: moment,
            drain_time: moment,
            connections,
            connections_of_one_network: connections.min(4),
        };
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let shutdown = CancellationToken::new();
        let app = Router::new()
            .route("/peer", get(async |ConnectInfo(peer): ConnectInfo<SocketAddr>| peer.to_string()))
            .route("/never", get(async || std::future::pending::<()>().await))
            .route(
                "/endless",
                get(async || {
                    Body::from_stream(futures::stream::repeat_with(|| {
                        Ok::<_, Infallible>(vec![b'x'; 64 * 1024])
                    }))
                }),
            );
        let strangers = TrustedProxies::default();
        let task = tokio::spawn(serve(listener, app, (limits, strangers), shutdown.clone()));
        (address, shutdown, task)
    }

    async fn ask(address: SocketAddr, head: &str) -> (TcpStream, String) {
        let mut stream = TcpStream::connect(address).await.unwrap();
        stream.write_all(head.as_bytes()).await.unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.unwrap();
        (stream, answer)
    }

    #[tokio::test]
    async fn a_request_is_answered_and_knows_its_peer() {
        let (address, shutdown, task) = started(4).await;
        let (stream, answer) =
            ask(address, "GET /peer HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n").await;
        assert!(answer.starts_with("HTTP/1.1 200 OK\r\n"), "{answer}");
        assert!(answer.ends_with(&stream.local_addr().unwrap().to_string()), "{answer}");
        shutdown.cancel();
        task.await.unwrap();
    }

    #[tokio::test]
    async fn slow_heads_are_cut_off_and_make_room_for_the_next() {
        let (address, _shutdown, _task) = started(1).await;
        let (_stream, answer) = ask(address, "GET /peer HTT").await;
        assert!(!answer.contains("200 OK"), "{answer}");
        let (_stream, answer) = ask(address, "GET /peer HTTP/1.0\r\n\r\n").await;
        assert!(answer.contains("200 OK"), "{answer}");
    }

    #[tokio::test]
    async fn an_answer_that_nobody_reads_is_given_up() {
        let (address, _shutdown, _task) = started(1).await;
        let mut deaf = TcpStream::connect(address).await.unwrap();
        deaf.write_all(b"GET /endless HTTP/1.1\r\nhost: x\r\n\r\n").await.unwrap();
        // The only place comes free though the one who has it neither reads nor leaves.
        let (_stream, answer) = ask(address, "GET /peer HTTP/1.0\r\n\r\n").await;
        assert!(answer.contains("200 OK"), "{answer}");
        let mut rest = Vec::new();
        assert!(deaf.read_to_end(&mut rest).await.is_err() || !rest.ends_with(b"0\r\n\r\n"), "it was cut");
    }

    #[tokio::test]
    async fn one_network_cannot_take_every_place() {
        let (address, _shutdown, _task) = started(6).await;
        let mut greedy = Vec::new();
        for _ in 0..8 {
            let mut stream = TcpStream::connect(address).await.unwrap();
            stream.write_all(b"GET /never HTTP/1.1\r\nhost: x\r\n\r\n").await.unwrap();
            greedy.push(stream);
        }
        for (index, stream) in greedy.iter_mut().enumerate().skip(4) {
            let cut = stream.read(&mut [0; 16]).await;
            assert!(matches!(cut, Ok(0) | Err(_)), "connection {index} was kept");
        }
        // Somebody else on another address of the same machine.
        let socket = tokio::net::TcpSocket::new_v4().unwrap();
        socket.bind("127.0.0.2:0".parse().unwrap()).unwrap();
        let mut other = socket.connect(address).await.unwrap();
        other.write_all(b"GET /peer HTTP/1.0\r\n\r\n").await.unwrap();
        let mut answer = String::new();
        other.read_to_string(&mut answer).await.unwrap();
        assert!(answer.contains("200 OK"), "{answer}");
    }

    #[tokio::test]
    async fn a_request_that_never_ends_does_not_keep_the_process() {
        let (address, shutdown, task) = started(4).await;
        let mut stream = TcpStream::connect(address).await.unwrap();
        stream.write_all(b"GET /never HTTP/1.1\r\nhost: x\r\n\r\n").await.unwrap();
        let (_stream, answer) = ask(address, "GET /peer HTTP/1.0\r\n\r\n").await;
        assert!(answer.contains("200 OK"), "{answer}");
        shutdown.cancel();
        task.await.unwrap();
        assert_eq!(stream.read(&mut [0; 16]).await.unwrap(), 0, "the connection was cut");
        assert!(TcpStream::connect(address).await.is_err(), "nobody listens any more");
    }

    #[tokio::test]
    async fn who_connected_before_the_stop_is_served_after_it() {
        let (address, shutdown, task) = started(4).await;
        let mut waiting = Vec::new();
        for _ in 0..3 {
            waiting.push(TcpStream::connect(address).await.unwrap());
        }
        shutdown.cancel();
        for mut stream in waiting {
            stream.write_all(b"GET /peer HTTP/1.1\r\nhost: x\r\n\r\n").await.unwrap();
            let mut answer = String::new();
            stream.read_to_string(&mut answer).await.unwrap();
            assert!(answer.starts_with("HTTP/1.1 200 OK\r\n"), "{answer}");
        }
        task.await.unwrap();
    }
}
