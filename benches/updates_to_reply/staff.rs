//! The bot that is measured, in a process of its own.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::time::Duration;

use anyhow::Context;
use tokio::sync::mpsc;

use super::{ROLE, TELEGRAM_URL};

/// What the process says once it hears from Telegram, and once its shops are furnished.
pub const OPEN: &str = "open";
pub const FURNISHED: &str = "furnished";

/// How long it may take until it says so.
const PATIENCE: Duration = Duration::from_secs(300);

/// Ticks a second in `/proc/<pid>/stat`: the same on every Linux that people run.
const TICKS_PER_SECOND: u64 = 100;

/// A running bot. It is ended when dropped.
pub struct Staff {
    child: Child,
    input: ChildStdin,
    lines: mpsc::UnboundedReceiver<String>,
}

impl Staff {
    /// Starts the bot with this role and waits until it hears.
    pub async fn hire(role: &str, telegram_url: &str) -> anyhow::Result<Self> {
        let mut child = Command::new(std::env::current_exe()?)
            .env(ROLE, role)
            .env(TELEGRAM_URL, telegram_url)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        let input = child.stdin.take().context("its input is ours")?;
        let output = child.stdout.take().context("its output is ours")?;
        let (sender, lines) = mpsc::unbounded_channel();
        std::thread::spawn(move || {
            for line in BufReader::new(output).lines().map_while(Result::ok) {
                drop(sender.send(line));
            }
        });
        let mut staff = Self { child, input, lines };
        staff.waits_for(OPEN).await?;
        Ok(staff)
    }

    /// Lets it put into the shops what is to be there before anybody measures.
    pub async fn furnishes(&mut self) -> anyhow::Result<()> {
        writeln!(self.input)?;
        self.waits_for(FURNISHED).await
    }

    /// What its process has taken of the processor so far; `None` where the system does not tell.
    pub fn processor_time(&self) -> Option<Duration> {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.child.id())).ok()?;
        // The name in brackets may hold spaces; the times are the 12th and 13th word after it.
        let words: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
        let ticks: u64 = words.get(11)?.parse::<u64>().ok()? + words.get(12)?.parse::<u64>().ok()?;
        Some(Duration::from_millis(ticks * 1_000 / TICKS_PER_SECOND))
    }

    async fn waits_for(&mut self, word: &str) -> anyhow::Result<()> {
        loop {
            let line =
                tokio::time::timeout(PATIENCE, self.lines.recv()).await.context("the bot is silent")?;
            if line.context("the bot ended")? == word {
                return Ok(());
            }
        }
    }
}

impl Drop for Staff {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}
