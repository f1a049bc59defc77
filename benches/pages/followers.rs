//! Many open pages: each a connection that listens for the changes of an order.

use anyhow::Context;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// What this binary is told to be the crowd.
pub const ROLE: &str = "--followers";

/// The networks that the crowd comes from: one may have 200 streams.
const NETWORKS: usize = 8;

/// Opens so many streams of `address/path`, says so, and keeps them until its input ends.
pub async fn follow(address: &str, pages: usize) -> anyhow::Result<()> {
    tautan::app::open_files::allow_many();
    let (host, path) = address.split_once('/').context("a path")?;
    let mut streams = Vec::new();
    for number in 0..pages {
        let mut stream = TcpStream::connect(host).await?;
        let head = format!(
            "GET /{path} HTTP/1.1\r\nhost: {host}\r\nx-forwarded-for: 10.0.0.{}\r\naccept: text/event-stream\r\n\r\n",
            number % NETWORKS
        );
        stream.write_all(head.as_bytes()).await?;
        let mut answer = [0; 64];
        let read = stream.read(&mut answer).await?;
        let said = String::from_utf8_lossy(&answer[..read]).into_owned();
        anyhow::ensure!(said.starts_with("HTTP/1.1 200"), "page {number}: {said}");
        streams.push(stream);
    }
    println!("ready");
    tokio::task::spawn_blocking(|| std::io::read_to_string(std::io::stdin())).await??;
    drop(streams);
    Ok(())
}
