//! A Midtrans of a few lines: it takes one call for each reply it was given, and keeps what was asked.

use std::collections::HashMap;
use std::io;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// A call as it came over the wire.
#[derive(Debug, Clone)]
pub(super) struct Asked {
    /// Method and path, such as `GET /v2/INV-7/status`.
    pub(super) line: String,
    /// By names in small letters.
    pub(super) headers: HashMap<String, String>,
    pub(super) body: String,
}

/// What a call is answered with.
#[derive(Debug, Clone)]
pub(super) struct Reply {
    bytes: Vec<u8>,
    /// Says no more, but does not hang up either.
    hangs: bool,
}

impl Reply {
    pub(super) fn says(http_status: u16, body: &str) -> Self {
        Self::with_header(http_status, "X-Unread: 1", body)
    }

    pub(super) fn with_header(http_status: u16, header: &str, body: &str) -> Self {
        let length = body.len();
        Self::hangs_up_after(&format!(
            "HTTP/1.1 {http_status} Told\r\nContent-Length: {length}\r\nConnection: close\r\n{header}\r\n\r\n{body}"
        ))
    }

    pub(super) fn hangs_up_after(text: &str) -> Self {
        Self { bytes: text.as_bytes().to_vec(), hangs: false }
    }

    pub(super) fn hangs_up_after_bytes(bytes: Vec<u8>) -> Self {
        Self { bytes, hangs: false }
    }

    pub(super) fn falls_silent_after(text: &str) -> Self {
        Self { bytes: text.as_bytes().to_vec(), hangs: true }
    }
}

/// Listens on a port of its own until its last reply is given; nobody is there afterwards.
#[derive(Debug)]
pub(super) struct ScriptedMidtrans {
    pub(super) url: String,
    asked: Arc<Mutex<Vec<Asked>>>,
}

impl ScriptedMidtrans {
    pub(super) async fn start(replies: Vec<Reply>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let asked = Arc::new(Mutex::new(Vec::new()));
        let journal = Arc::clone(&asked);
        tokio::spawn(async move {
            let mut silent = Vec::new();
            for reply in replies {
                // Whoever gives up before the call is out has not called.
                let (mut connection, call) = loop {
                    let (mut connection, _) = listener.accept().await.unwrap();
                    if let Ok(call) = read(&mut connection).await {
                        break (connection, call);
                    }
                };
                journal.lock().unwrap_or_else(PoisonError::into_inner).push(call);
                // Whoever has read enough hangs up before the end.
                let _ = connection.write_all(&reply.bytes).await;
                if reply.hangs {
                    silent.push(connection);
                }
            }
            drop(listener);
            if !silent.is_empty() {
                std::future::pending::<()>().await;
            }
        });
        Self { url, asked }
    }

    pub(super) fn asked(&self) -> Vec<Asked> {
        self.asked.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Method and path of every call so far.
    pub(super) fn lines(&self) -> Vec<String> {
        self.asked().into_iter().map(|asked| asked.line).collect()
    }
}

async fn read(connection: &mut TcpStream) -> io::Result<Asked> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(connection.read_u8().await?);
    }
    let head = String::from_utf8(head).unwrap();
    let (first, rest) = head.split_once("\r\n").unwrap();
    let headers: HashMap<_, _> = rest
        .lines()
        .filter_map(|line| line.split_once(": "))
        .map(|(name, value)| (name.to_lowercase(), value.to_owned()))
        .collect();
    let length = headers.get("content-length").map_or(0, |length| length.parse().unwrap());
    let mut body = vec![0; length];
    connection.read_exact(&mut body).await?;
    let line = first.trim_end_matches(" HTTP/1.1").to_owned();
    Ok(Asked { line, headers, body: String::from_utf8(body).unwrap() })
}
