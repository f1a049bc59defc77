//! What a process had begun when it was killed, taken back by the next one before its leases are over.

use chrono::TimeDelta;

use super::database::Database;
use super::query::execute;
use super::{Storage, StorageError};

/// How often an update is handed out before a chat that a dead process had is not taken back at once.
const TAKEN_BACK_MAX: i64 = 3;

/// How long a file or a letter rests that is taken back. Nobody counts how often it was begun: should it be what brings
/// the process down, others are served in between.
const FILE_REST: TimeDelta = TimeDelta::seconds(5);

/// How long a charge rests: longer than a call of the process before may still be on its way to the gateway, so
/// that it has answered when it is asked what became of that.
const CHARGE_REST: TimeDelta = TimeDelta::seconds(35);

impl Storage {
    /// Takes back the chats that a process of before was answering in when it ended, the charges it was asking
    /// about, the files it was making links of and the letters it was sending. On SQLite alone, where one process has the file: on PostgreSQL
    /// others may still be at work, and a lease has to run out.
    ///
    /// It has to as well where an update was handed out three times and more: it may be what
    /// brings the process down, and the others are to be answered in between.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn take_back_work(&self) -> Result<(), StorageError> {
        if matches!(self.database, Database::Postgres(_)) {
            return Ok(());
        }
        let mut writer = self.write().await?;
        let now = writer.now();
        // A chat that nobody has and that is to rest, rests on.
        execute!(
            writer,
            "update chats set leased_by = null, leased_until = null
             where leased_by is not null and not exists
                (select 1 from telegram_updates
                 where telegram_updates.chat = chats.chat and done_at is null and tries >= $1)",
            TAKEN_BACK_MAX
        )?;
        execute!(
            writer,
            "update payment_attempts set leased_by = null, leased_until = null,
                 pull_due_at = case when pull_due_at > $1 then $1 else pull_due_at end
             where leased_by is not null",
            now + CHARGE_REST
        )?;
        execute!(
            writer,
            "update link_imports set due_at = $1
             where leased_by is not null and state = 'making' and due_at > $1",
            now + FILE_REST
        )?;
        execute!(
            writer,
            "update letters set leased_by = null, leased_until = null, due_at = $1
             where leased_by is not null and settled_at is null",
            now + FILE_REST
        )?;
        writer.commit().await
    }
}
