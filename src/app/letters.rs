//! The worker that sends letters by e-mail.

use std::time::Duration;

use tokio_util::sync::CancellationToken;

use super::workers::{POLL, caught, rest};
use crate::services::Services;
use crate::services::letters::Posted;
use crate::web::health::PeerHealth;

/// Letters that one process sends at the same time: a mail server that answers slowly keeps others waiting less.
pub const SENDERS: usize = 4;

/// What `/readyz` calls the mail server.
const MAIL: &str = "mail";

/// How long a sender rests while the mail server is in trouble.
const TROUBLE_REST: Duration = Duration::from_secs(3);

/// Sends letters as they become due. `name` is the process's, and this sender's.
pub async fn send_letters(services: Services, peers: PeerHealth, name: String, stop: CancellationToken) {
    while !stop.is_cancelled() {
        match caught("letters", services.send_letter(&name)).await {
            // A server that refuses one letter talks to us, so the others may go.
            Ok(Posted::Sent | Posted::Kept) => peers.well(MAIL),
            Ok(Posted::Settled) => {}
            Ok(Posted::Trouble(reason)) => {
                peers.troubled(MAIL, reason);
                rest(&stop, TROUBLE_REST).await;
            }
            Ok(Posted::Nothing) => rest(&stop, POLL).await,
            Err(error) => {
                tracing::error!(%error, "a letter could not be sent; it is due again");
                rest(&stop, POLL).await;
            }
        }
    }
}
