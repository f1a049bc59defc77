//! The server's process, and its verdict.

use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::support::peers;

/// How long it may take until it listens, on a machine that is busy with other tests.
const START: Duration = Duration::from_secs(60);

/// The server, ended when dropped.
pub struct Emulator {
    child: Child,
    address: SocketAddr,
    journal: PathBuf,
    _folder: TempDir,
}

impl Emulator {
    /// Starts it and waits until it listens.
    pub async fn start() -> Self {
        let folder = TempDir::with_prefix("tautan-emulator-").expect("a folder");
        let journal = folder.path().join("requests.jsonl");
        let address = free_address();
        let child = program()
            .args(["--port", &address.port().to_string(), "--enable-control"])
            .arg("--allow-insecure-loopback-webhooks")
            .arg("--journal")
            .arg(&journal)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .spawn()
            .unwrap_or_else(|error| panic!("the emulator does not start: {error}"));
        let emulator = Self { child, address, journal, _folder: folder };
        let begun = Instant::now();
        while TcpStream::connect(address).is_err() {
            assert!(begun.elapsed() < START, "the emulator does not listen");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        emulator
    }

    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Puts an update where the bot finds it; with a webhook, brings it there first.
    pub async fn enqueue(&self, token: &str, update: Value) {
        let url = format!("{}/__fixture/updates", self.url());
        let body = json!({ "token": token, "update": update });
        let answer = reqwest::Client::new().post(url).json(&body).send().await.expect("the emulator answers");
        let status = answer.status();
        assert!(status.is_success(), "{status}: {}", answer.text().await.unwrap_or_default());
    }

    /// What the server says of all requests: an error unless none was refused and each of these methods
    /// was used.
    pub fn verdict(&self, methods: &[&str]) -> Result<(), String> {
        let mut command = program();
        command.arg("verdict").arg(&self.journal).arg("--require-response");
        for method in methods {
            command.args(["--require-method", method]);
        }
        let output = command.output().map_err(|error| error.to_string())?;
        if output.status.success() {
            return Ok(());
        }
        Err(String::from_utf8_lossy(&output.stdout).into_owned())
    }
}

impl Drop for Emulator {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

fn program() -> Command {
    let packages = peers::installed("emulator").unwrap_or_else(|missing| panic!("{missing}"));
    let mut command = Command::new("python3");
    command.env("PYTHONPATH", packages).args(["-c", "from lo_bot_api_emulator import main; main()"]);
    command
}

/// Below the range that the kernel hands out, so that nobody gets it meanwhile.
fn free_address() -> SocketAddr {
    loop {
        let address = SocketAddr::from(([127, 0, 0, 1], rand::random_range(20_000..30_000)));
        if TcpListener::bind(address).is_ok() {
            return address;
        }
    }
}
