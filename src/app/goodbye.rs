//! When the process is asked to end.

use tokio::signal::unix::{Signal, SignalKind, signal};

/// Hears the wish to end: Ctrl-C or SIGTERM, from the moment it is made.
#[derive(Debug)]
pub struct Goodbye {
    interrupt: Signal,
    terminate: Signal,
}

impl Goodbye {
    /// Listens from now on, so that a wish during the start is not lost.
    ///
    /// # Errors
    /// When the signals cannot be had.
    pub fn listen() -> std::io::Result<Self> {
        Ok(Self { interrupt: signal(SignalKind::interrupt())?, terminate: signal(SignalKind::terminate())? })
    }

    /// Returns when someone wants the process to end. A second wish ends it at once.
    pub async fn wished(mut self) {
        self.once().await;
        tokio::spawn(async move {
            self.once().await;
            std::process::exit(1);
        });
    }

    async fn once(&mut self) {
        tokio::select! {
            _ = self.interrupt.recv() => {}
            _ = self.terminate.recv() => {}
        }
    }
}
