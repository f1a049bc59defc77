//! When the process is asked to end.

use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio_util::sync::CancellationToken;

/// Hears the wish to end: Ctrl-C or SIGTERM, from the moment it is made. A second wish ends the process
/// at once, also while it still starts.
#[derive(Debug)]
pub struct Goodbye {
    wished: CancellationToken,
}

impl Goodbye {
    /// Listens from now on, so that a wish during the start is not lost.
    ///
    /// # Errors
    /// When the signals cannot be had.
    pub fn listen() -> std::io::Result<Self> {
        let mut interrupt = signal(SignalKind::interrupt())?;
        let mut terminate = signal(SignalKind::terminate())?;
        let wished = CancellationToken::new();
        let first = wished.clone();
        tokio::spawn(async move {
            next(&mut interrupt, &mut terminate).await;
            first.cancel();
            next(&mut interrupt, &mut terminate).await;
            std::process::exit(1);
        });
        Ok(Self { wished })
    }

    /// Returns when someone wants the process to end.
    pub async fn wished(&self) {
        self.wished.cancelled().await;
    }
}

async fn next(interrupt: &mut Signal, terminate: &mut Signal) {
    tokio::select! {
        _ = interrupt.recv() => {}
        _ = terminate.recv() => {}
    }
}
