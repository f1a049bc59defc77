//! Messages that must reach someone. They are written in the transaction that makes them true.

use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

use super::query::{execute, fetch_one, fetch_optional};
use super::{CLAIM_TRIES, Reader, Storage, StorageError, Topic, Writer};
use crate::domain::id::{MerchantId, NotificationId, TelegramId};
use crate::domain::notification::{Notification, SellerMessage};

/// A message to send, this worker's for the time of the lease.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClaimedNotification {
    /// The message.
    pub notification: Notification,
}

#[derive(sqlx::FromRow)]
struct NotificationRow {
    id: Uuid,
    merchant_id: Uuid,
    chat: i64,
    message: String,
    attempts: i64,
    created_at: DateTime<Utc>,
}

impl Reader {
    /// How many messages wait.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn count_waiting_notifications(&mut self) -> Result<i64, StorageError> {
        let (waiting,): (i64,) = fetch_one!(
            self,
            (i64,),
            "select cast(count(*) as bigint) from notifications where state = 'pending'"
        )?;
        Ok(waiting)
    }
}

impl Writer {
    /// Writes a message, once for each `dedupe_key`.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn enqueue(
        &mut self,
        merchant_id: MerchantId,
        chat: TelegramId,
        message: &SellerMessage,
        dedupe_key: &str,
    ) -> Result<(), StorageError> {
        let now = self.now();
        let message = serde_json::to_string(message).map_err(|error| sqlx::Error::Encode(error.into()))?;
        execute!(
            self,
            "insert into notifications (id, merchant_id, chat, message, dedupe_key, state, not_before, created_at)
             values ($1, $2, $3, $4, $5, 'pending', $6, $6)
             on conflict (dedupe_key) do nothing",
            NotificationId::at(now).0,
            merchant_id.0,
            chat.0,
            message,
            dedupe_key,
            now
        )?;
        self.ring(Topic::Outbox);
        Ok(())
    }

    async fn settle_as_given_up(&mut self, id: NotificationId, failure: &str) -> Result<(), StorageError> {
        let now = self.now();
        execute!(
            self,
            "update notifications set state = 'given_up', failure = $2, settled_at = $3,
                 leased_by = null, leased_until = null
             where id = $1 and state = 'pending'",
            id.0,
            failure,
            now
        )?;
        // The chat's next message may go now.
        self.ring(Topic::Outbox);
        Ok(())
    }
}

impl Storage {
    /// Takes the message that waits longest, one a chat at a time, so that a chat hears in order.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn claim_notification(
        &self,
        worker: &str,
        lease: TimeDelta,
    ) -> Result<Option<ClaimedNotification>, StorageError> {
        for _ in 0..CLAIM_TRIES {
            if !self.notification_is_due().await? {
                return Ok(None);
            }
            // Another replica may take the very row that was chosen here, or nobody may be able to read
            // it: then there may be others.
            let claimed = self.try_claim_notification(worker, lease).await?;
            if claimed.is_some() {
                return Ok(claimed);
            }
        }
        Ok(None)
    }

    async fn notification_is_due(&self) -> Result<bool, StorageError> {
        let now = self.now().await?;
        let mut reader = self.read().await?;
        let due = fetch_optional!(
            reader,
            (Uuid,),
            "select waiting.id from notifications waiting
             where waiting.state = 'pending' and waiting.not_before <= $1
               and (waiting.leased_until is null or waiting.leased_until <= $1)
               and not exists (select 1 from notifications earlier
                               where earlier.chat = waiting.chat and earlier.state = 'pending'
                                 and earlier.id < waiting.id)
             order by waiting.not_before, waiting.id limit 1",
            now
        )?;
        Ok(due.is_some())
    }

    async fn try_claim_notification(
        &self,
        worker: &str,
        lease: TimeDelta,
    ) -> Result<Option<ClaimedNotification>, StorageError> {
        let mut writer = self.write().await?;
        let now = writer.now();
        let row = fetch_optional!(
            writer,
            NotificationRow,
            "update notifications set leased_by = $1, leased_until = $2, attempts = attempts + 1
             where id = (select waiting.id from notifications waiting
                         where waiting.state = 'pending' and waiting.not_before <= $3
                           and (waiting.leased_until is null or waiting.leased_until <= $3)
                           and not exists (select 1 from notifications earlier
                                           where earlier.chat = waiting.chat and earlier.state = 'pending'
                                             and earlier.id < waiting.id)
                         order by waiting.not_before, waiting.id limit 1)
               and state = 'pending' and not_before <= $3 and (leased_until is null or leased_until <= $3)
             returning id, merchant_id, chat, message, attempts, created_at",
            worker,
            now + lease,
            now
        )?;
        let Some(row) = row else {
            writer.roll_back().await?;
            return Ok(None);
        };
        let id = row.id;
        let claimed = match row.read() {
            Ok(claimed) => Some(claimed),
            // Nothing else would ever reach the chat: its messages go in order.
            Err(error) => {
                tracing::error!(notification.id = %id, %error, "a message that cannot be read is given up");
                writer.settle_as_given_up(NotificationId(id), &error.to_string()).await?;
                None
            }
        };
        writer.commit().await?;
        Ok(claimed)
    }

    /// Notes that a message was sent.
    ///
    /// # Errors
    /// When the database cannot be asked; the message is sent again then, with the same order code.
    pub async fn mark_sent(&self, id: NotificationId, message_id: i64) -> Result<(), StorageError> {
        let mut writer = self.write().await?;
        let now = writer.now();
        execute!(
            writer,
            "update notifications set state = 'sent', telegram_message_id = $2, settled_at = $3,
                 leased_by = null, leased_until = null
             where id = $1 and state = 'pending'",
            id.0,
            message_id,
            now
        )?;
        // The chat's next message may go now.
        writer.ring(Topic::Outbox);
        writer.commit().await
    }

    /// Notes that a message is to be tried again after a while.
    ///
    /// # Errors
    /// When the database cannot be asked; the lease ends by itself.
    pub async fn retry_notification(
        &self,
        id: NotificationId,
        after: TimeDelta,
        failure: &str,
    ) -> Result<(), StorageError> {
        let mut writer = self.write().await?;
        let not_before = writer.now() + after;
        execute!(
            writer,
            "update notifications set not_before = $2, failure = $3, leased_by = null, leased_until = null
             where id = $1 and state = 'pending'",
            id.0,
            not_before,
            failure
        )?;
        writer.commit().await
    }

    /// Notes that a message cannot be delivered: it is kept for the seller's next visit.
    ///
    /// # Errors
    /// When the database cannot be asked; the lease ends by itself.
    pub async fn give_up_notification(&self, id: NotificationId, failure: &str) -> Result<(), StorageError> {
        let mut writer = self.write().await?;
        writer.settle_as_given_up(id, failure).await?;
        writer.commit().await
    }
}

impl NotificationRow {
    fn read(self) -> Result<ClaimedNotification, StorageError> {
        let message = serde_json::from_str(&self.message).map_err(|error| StorageError::Unreadable {
            table: "notifications",
            row: self.id.to_string(),
            reason: error.to_string(),
        })?;
        Ok(ClaimedNotification {
            notification: Notification {
                id: NotificationId(self.id),
                merchant_id: MerchantId(self.merchant_id),
                chat: TelegramId(self.chat),
                message,
                attempts: self.attempts,
                created_at: self.created_at,
            },
        })
    }
}
