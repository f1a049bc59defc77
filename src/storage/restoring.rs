//! What becomes of a restored copy before the service starts on it.

use chrono::{DateTime, Utc};

use super::query::execute;
use super::{StorageError, Writer};
use crate::domain::id::MerchantId;

impl Writer {
    /// Makes every charge due that may have moved on: the living, and those that came to an end
    /// after an instant. Gives how many.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn pull_everything(&mut self, changed_since: DateTime<Utc>) -> Result<u64, StorageError> {
        let now = self.now();
        execute!(
            self,
            "update payment_attempts set pull_due_at = $1, pull_failures = 0
             where state in ('creating', 'unknown', 'pending', 'challenge', 'authorized', 'captured')
                or updated_at >= $2",
            now,
            changed_since
        )
    }

    /// Makes every charge of a shop due that may still move on. Gives how many.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn pull_shop(&mut self, merchant_id: MerchantId) -> Result<u64, StorageError> {
        let now = self.now();
        execute!(
            self,
            "update payment_attempts set pull_due_at = $1
             where merchant_id = $2
               and state in ('creating', 'unknown', 'pending', 'challenge', 'authorized', 'captured')",
            now,
            merchant_id.0
        )
    }

    /// Leaves the bot's waiting updates unanswered: they were handled by the service that was lost,
    /// or asked too long ago.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn finish_waiting_updates(&mut self) -> Result<u64, StorageError> {
        let now = self.now();
        execute!(self, "update telegram_updates set done_at = $1, body = '' where done_at is null", now)
    }
}
