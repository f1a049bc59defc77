//! The load: `wrk` with a script that makes every request come from another network.

use std::process::Command;

use anyhow::Context;
use url::Url;

/// Connections at a time.
pub const CONNECTIONS: usize = 64;

/// How long a round takes, in seconds, after a shorter one that warms up.
const SECONDS: u32 = 8;

/// See [`SECONDS`].
const WARM_UP_SECONDS: u32 = 2;

/// The crowd's script.
const SCRIPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/pages/crowd.lua");

/// What a server did under load.
#[derive(Debug, Clone, Copy, Default)]
pub struct Load {
    /// Requests answered in a second.
    pub per_second: f64,
    /// Within how many milliseconds 99 of 100 were answered.
    pub p99_ms: f64,
}

impl Load {
    /// The better one of two rounds: on a machine that does other things, too, the best is the truest.
    pub fn or_better(self, other: Self) -> Self {
        if other.per_second > self.per_second { other } else { self }
    }
}

/// Makes sure that the load generator is installed.
pub fn is_there() -> anyhow::Result<()> {
    let found = Command::new("wrk").arg("--version").output();
    found.map(drop).context("wrk is missing: apt-get install wrk")
}

/// Loads a page for a round.
pub async fn run(url: Url) -> anyhow::Result<Load> {
    tokio::task::spawn_blocking(move || {
        load(&url, WARM_UP_SECONDS)?;
        load(&url, SECONDS)
    })
    .await?
}

fn load(url: &Url, seconds: u32) -> anyhow::Result<Load> {
    let (connections, seconds) = (format!("-c{CONNECTIONS}"), format!("-d{seconds}s"));
    let done = Command::new("wrk")
        .args(["-t1", &connections, &seconds, "--latency", "-s", SCRIPT, url.as_str()])
        .output()?;
    let said = String::from_utf8_lossy(&done.stdout);
    anyhow::ensure!(done.status.success(), "wrk failed: {}", String::from_utf8_lossy(&done.stderr));
    anyhow::ensure!(!said.contains("Non-2xx"), "some requests were refused:\n{said}");
    let after = |label: &str| {
        let line = said.lines().find_map(|line| line.trim().strip_prefix(label));
        line.map(str::trim).with_context(|| format!("no {label} in\n{said}"))
    };
    Ok(Load { per_second: after("Requests/sec:")?.parse()?, p99_ms: milliseconds(after("99%")?)? })
}

/// Reads `12.34ms`, `950.00us` and `1.20s`.
fn milliseconds(text: &str) -> anyhow::Result<f64> {
    let (number, factor) = match text {
        _ if text.ends_with("us") => (text.trim_end_matches("us"), 0.001),
        _ if text.ends_with("ms") => (text.trim_end_matches("ms"), 1.0),
        _ => (text.trim_end_matches('s'), 1_000.0),
    };
    Ok(number.parse::<f64>()? * factor)
}
