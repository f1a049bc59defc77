//! Files that people sent, fetched from Telegram.

use std::time::Duration;

use futures::StreamExt;
use teloxide::net::Download;
use teloxide::prelude::Requester;
use teloxide::types::FileId;

use super::telegram::Messenger;

/// The longest a download takes.
const DOWNLOAD_TIME_MAX: Duration = Duration::from_secs(15);

/// Why a file did not come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DownloadFault {
    /// More bytes than were allowed.
    #[error("the file is larger than was asked for")]
    TooLarge,
    /// Telegram did not give it, or not in time.
    #[error("telegram did not give the file")]
    Unavailable,
}

impl Messenger {
    /// Fetches a file of at most `bytes_max` bytes.
    ///
    /// # Errors
    /// See [`DownloadFault`]. The errors below it hold the bot's token in an address, so none is passed on.
    pub async fn download(&self, file_id: &str, bytes_max: usize) -> Result<Vec<u8>, DownloadFault> {
        let fetched = tokio::time::timeout(DOWNLOAD_TIME_MAX, self.fetch(file_id, bytes_max)).await;
        fetched.unwrap_or(Err(DownloadFault::Unavailable))
    }

    async fn fetch(&self, file_id: &str, bytes_max: usize) -> Result<Vec<u8>, DownloadFault> {
        let file = self.bot().get_file(FileId(file_id.to_owned())).await;
        let file = file.map_err(|_| DownloadFault::Unavailable)?;
        let mut chunks = Box::pin(self.bot().download_file_stream(&file.path));
        let mut bytes = Vec::new();
        while let Some(chunk) = chunks.next().await {
            let chunk = chunk.map_err(|_| DownloadFault::Unavailable)?;
            if bytes.len() + chunk.len() > bytes_max {
                return Err(DownloadFault::TooLarge);
            }
            bytes.extend_from_slice(&chunk);
        }
        Ok(bytes)
    }
}
