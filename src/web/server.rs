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
use tokio_util::sync::CancellationToken;
use tower::ServiceExt;

/// How long a client may take to send the head of a request, and to start the next one.
const HEAD_TIME_MAX: Duration = Duration::from_secs(10);

/// Connections at a time; more wait in the kernel's queue.
const CONNECTIONS_MAX: usize = 4_096;

/// How long running requests may take to finish once the process stops.
const DRAIN_TIME_MAX: Duration = Duration::from_secs(8);

/// How long to wait when the process has no file handles left.
const BREATHER: Duration = Duration::from_millis(100);

/// Serves `app` until `shutdown` is cancelled and every connection has ended, or 8 seconds after.
pub async fn serve(listener: TcpListener, app: Router, shutdown: CancellationToken) {
    let graceful = GracefulShutdown::new();
    let slots = Arc::new(Semaphore::new(CONNECTIONS_MAX));
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
        tokio::spawn(drive(stream, peer, slot, app.clone(), graceful.watcher(), cut.clone()));
    }
    drop(listener);
    if tokio::time::timeout(DRAIN_TIME_MAX, graceful.shutdown()).await.is_err() {
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

async fn drive(
    stream: TcpStream,
    peer: SocketAddr,
    slot: OwnedSemaphorePermit,
    app: Router,
    watcher: Watcher,
    cut: CancellationToken,
) {
    // Answers are small and the customer waits for them.
    let _ = stream.set_nodelay(true);
    let service = service_fn(move |request: Request<Incoming>| {
        let mut request = request.map(Body::new);
        request.extensions_mut().insert(ConnectInfo(peer));
        let app = app.clone();
        async move { Ok::<_, Infallible>(app.oneshot(request).await.unwrap_or_else(|never| match never {})) }
    });
    let mut builder = Builder::new(TokioExecutor::new()).http1_only();
    builder.http1().timer(TokioTimer::new()).header_read_timeout(HEAD_TIME_MAX);
    let connection = watcher.watch(builder.serve_connection(TokioIo::new(stream), service));
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
