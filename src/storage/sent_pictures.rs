//! Pictures that Telegram has already.

use chrono::{DateTime, Utc};

use super::query::{execute, fetch_optional};
use super::{Reader, StorageError, Writer};

impl Reader {
    /// Telegram's handle of a picture with this digest.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn sent_picture(&mut self, digest: &str) -> Result<Option<String>, StorageError> {
        let row =
            fetch_optional!(self, (String,), "select file_id from sent_pictures where digest = $1", digest)?;
        Ok(row.map(|(file_id,)| file_id))
    }
}

impl Writer {
    /// Notes Telegram's handle of a picture that went out.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn remember_picture(&mut self, digest: &str, file_id: &str) -> Result<(), StorageError> {
        let now = self.now();
        execute!(
            self,
            "insert into sent_pictures (digest, file_id, used_at) values ($1, $2, $3)
             on conflict (digest) do update set file_id = excluded.file_id, used_at = excluded.used_at",
            digest,
            file_id,
            now
        )?;
        Ok(())
    }

    /// Forgets pictures that went out before an instant and never since; gives how many.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn forget_pictures(&mut self, used_before: DateTime<Utc>) -> Result<u64, StorageError> {
        execute!(self, "delete from sent_pictures where used_at < $1", used_before)
    }
}
