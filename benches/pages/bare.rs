//! A bare handler that answers the bytes of a page from memory: as fast as this stack can be.

use anyhow::Context;
use axum::Router;
use axum::body::Bytes;
use axum::http::{HeaderMap, header};
use axum::routing::get;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use url::Url;

/// A bare server. Dropping it ends it.
pub struct Bare {
    /// Where it answers.
    pub url: Url,
    /// How long its body is.
    pub bytes: usize,
    task: JoinHandle<()>,
}

/// Fetches a page as a browser does and serves what came, headers and all.
pub async fn serve(page: &Url) -> anyhow::Result<Bare> {
    // What is unpacked on the way loses the header that says so.
    let client = reqwest::Client::builder().no_proxy().no_gzip().build()?;
    let request = client.get(page.clone()).header(header::ACCEPT_ENCODING, "gzip");
    let answer = request.header(header::ACCEPT_LANGUAGE, "id").send().await?.error_for_status()?;
    let packed = answer.headers().get(header::CONTENT_ENCODING).context("the page is not packed")?;
    anyhow::ensure!(packed == "gzip", "the page is packed in another way");
    let mut headers: HeaderMap = answer.headers().clone();
    // What belongs to the one connection is written by each server itself.
    for own in [header::TRANSFER_ENCODING, header::CONTENT_LENGTH, header::DATE, header::CONNECTION] {
        headers.remove(own);
    }
    let body: Bytes = answer.bytes().await?;
    let bytes = body.len();
    let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
    let url = Url::parse(&format!("http://{}/", listener.local_addr()?))?;
    let app = Router::new().route("/", get(async move || (headers, body)));
    let task = tokio::spawn(async move { drop(axum::serve(listener, app).await) });
    Ok(Bare { url, bytes, task })
}

impl Drop for Bare {
    fn drop(&mut self) {
        self.task.abort();
    }
}
