//! A PostgreSQL server that a test may crash: its own, and what it commits survives.

use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::process::{Command, Output};

use tempfile::TempDir;

/// A server that runs `tests/peers/postgres`. Stopped when dropped.
pub struct PostgresServer {
    /// Its address, the same after a crash.
    pub url: String,
    home: PathBuf,
    _folder: TempDir,
}

impl PostgresServer {
    /// Makes one and starts it, which takes some seconds.
    pub async fn start() -> Self {
        let folder = TempDir::with_prefix("tautan-postgres-").expect("a folder");
        // The server's own user walks through it.
        let passable = std::fs::Permissions::from_mode(0o711);
        std::fs::set_permissions(folder.path(), passable).expect("a folder of ours");
        let home = folder.path().join("server");
        let url = run(vec!["start".into(), home.clone().into(), "durable".into()]).await;
        Self { url, home, _folder: folder }
    }

    /// Stops it as a power cut would.
    pub async fn crash(&self) {
        run(vec!["crash".into(), self.home.clone().into()]).await;
    }

    /// Starts it again; it mends its files first.
    pub async fn start_again(&self) {
        run(vec!["again".into(), self.home.clone().into()]).await;
    }
}

impl Drop for PostgresServer {
    fn drop(&mut self) {
        drop(script().arg("stop").arg(&self.home).output());
    }
}

async fn run(arguments: Vec<std::ffi::OsString>) -> String {
    let output = tokio::task::spawn_blocking(move || script().args(&arguments).output());
    let Output { status, stdout, stderr } = output.await.expect("no panic").expect("the script runs");
    assert!(status.success(), "tests/peers/postgres: {}", String::from_utf8_lossy(&stderr));
    String::from_utf8_lossy(&stdout).trim().to_owned()
}

fn script() -> Command {
    Command::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/peers/postgres"))
}
