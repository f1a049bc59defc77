//! Where each private chat is in a talk with the bot, and the few values an instance keeps.

use super::query::{execute, fetch_optional};
use super::{Reader, StorageError, Writer};
use crate::domain::id::TelegramId;

impl Reader {
    /// The chat's conversation, as the bot wrote it.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn conversation(&mut self, chat: TelegramId) -> Result<Option<String>, StorageError> {
        let row = fetch_optional!(self, (String,), "select body from conversations where chat = $1", chat.0)?;
        Ok(row.map(|(body,)| body))
    }

    /// A value of the instance.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn setting(&mut self, key: &str) -> Result<Option<String>, StorageError> {
        let row =
            fetch_optional!(self, (String,), "select value from instance_settings where key = $1", key)?;
        Ok(row.map(|(value,)| value))
    }
}

impl Writer {
    /// Keeps the chat's conversation (JSON).
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn save_conversation(&mut self, chat: TelegramId, body: &str) -> Result<(), StorageError> {
        let now = self.now();
        execute!(
            self,
            "insert into conversations (chat, body, updated_at) values ($1, $2, $3)
             on conflict (chat) do update set body = excluded.body, updated_at = excluded.updated_at",
            chat.0,
            body,
            now
        )?;
        Ok(())
    }

    /// Keeps a value of the instance.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn set_setting(&mut self, key: &str, value: &str) -> Result<(), StorageError> {
        execute!(
            self,
            "insert into instance_settings (key, value) values ($1, $2)
             on conflict (key) do update set value = excluded.value",
            key,
            value
        )?;
        Ok(())
    }
}
