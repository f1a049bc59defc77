//! Serves the routes over HTTP/1.1 with limits on everything a client can draw out.
//!
//! `axum::serve` never closes a slow client, so the connections are driven here. HTTP/2 and TLS end at
//! the proxy in front.

use std::convert::Infallible;
use std::io;
use std::net::SocketAddr;
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
use hyper_util::server::graceful::{GracefulShutdown, Watcher};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio_io_timeout::TimeoutStream;
use tokio_util::sync::CancellationToken;
use tower::ServiceExt;

/// How long to wait when the process has no file handles left.
const BREATHER: Duration = Duration::from_millis(100);

/// How long a client may leave an answer unread before it is taken for gone.
const WRITE_TIME_MAX: Duration = Duration::from_secs(15);

/// What clients can draw out at most.
#[derive(Debug, Clone, Copy)]
struct Limits {
    /// How long a client may take to send the head of a request, and to start the next one.
    head_time: Duration,
    /// How long running requests may take to finish once the process stops.
    drain_time: Duration,
    /// Connections at a time; more wait in the kernel's queue.
    connections: usize,
}

const LIMITS: Limits =
    Limits { head_time: Duration::from_secs(10), drain_time: Duration::from_secs(6), connections: 4_096 };

/// Serves `app` until `shutdown` is cancelled and every connection has ended, or 6 seconds after.
pub async fn serve(listener: TcpListener, app: Router, shutdown: CancellationToken) {
    serve_within(LIMITS, listener, app, shutdown).await;
}

async fn serve_within(limits: Limits, listener: TcpListener, app: Router, shutdown: CancellationToken) {
    let graceful = GracefulShutdown::new();
    let slots = Arc::new(Semaphore::new(limits.connections));
    let cut = CancellationToken::new();
    loop {
        let (stream, peer, slot) = tokio::select! {
            biased;
            () = shutdown.cancelled() => break,
            connection = next_connection(&listener, &slots) => match connection {
                Ok(connection) => connection,
                Err(error) => {
                    tracing::warn!(%error, "a connection could not be taken");
                    tokio::time::sleep(BREATHER).await;
                    continue;
                }
            },
        };
        let client = Client { stream, peer, slot, head_time: limits.head_time };
        tokio::spawn(drive(client, app.clone(), graceful.watcher(), cut.clone()));
    }
    drop(listener);
    if tokio::time::timeout(limits.drain_time, graceful.shutdown()).await.is_err() {
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

/// A connection that was taken.
struct Client {
    stream: TcpStream,
    peer: SocketAddr,
    slot: OwnedSemaphorePermit,
    head_time: Duration,
}

async fn drive(client: Client, app: Router, watcher: Watcher, cut: CancellationToken) {
    let Client { stream, peer, slot, head_time } = client;
    // Answers are small and the customer waits for them.
    let _ = stream.set_nodelay(true);
    let service = service_fn(move |request: Request<Incoming>| {
        let mut request = request.map(Body::new);
        request.extensions_mut().insert(ConnectInfo(peer));
        let app = app.clone();
        async move { Ok::<_, Infallible>(app.oneshot(request).await.unwrap_or_else(|never| match never {})) }
    });
    let mut builder = Builder::new(TokioExecutor::new()).http1_only();
    builder.http1().timer(TokioTimer::new()).header_read_timeout(head_time);
    let mut stream = TimeoutStream::new(stream);
    stream.set_write_timeout(Some(WRITE_TIME_MAX));
    let connection = watcher.watch(builder.serve_connection(TokioIo::new(Box::pin(stream)), service));
    tokio::select! {
        ended = connection => {
            if let Err(error) = ended {
                tracing::debug!(%error, "a connection broke off");
            }
        }
        () = cut.cancelled() => {}
    }
    drop(slot);
}

#[cfg(test)]
mod tests {
    use axum::routing::get;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};

    use super::*;

    /// A server with short patience, its address, and the task that ends with it.
    async fn started(connections: usize) -> (SocketAddr, CancellationToken, tokio::task::JoinHandle<()>) {
        let moment = Duration::from_millis(100);
        let limits = Limits { head_time: moment, drain_time: moment, connections };
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let shutdown = CancellationToken::new();
        let app = Router::new()
            .route("/peer", get(async |ConnectInfo(peer): ConnectInfo<SocketAddr>| peer.to_string()))
            .route("/never", get(async || std::future::pending::<()>().await));
        let task = tokio::spawn(serve_within(limits, listener, app, shutdown.clone()));
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
}
