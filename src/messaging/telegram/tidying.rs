//! Taking away what a person should not have sent.

use teloxide::requests::Requester;
use teloxide::types::ChatId;
use teloxide::{ApiError, RequestError};

use super::{MessageId, Messenger, telegram_message_id};
use crate::domain::id::TelegramId;

impl Messenger {
    /// Takes a message out of a private chat, whoever sent it; false when it stays there. One that is gone
    /// already is gone.
    pub async fn delete(&self, chat: TelegramId, message: MessageId) -> bool {
        let Ok(message_id) = telegram_message_id(message) else { return false };
        let request = || async {
            match self.bot.delete_message(ChatId(chat.0), message_id).await {
                Ok(_) | Err(RequestError::Api(ApiError::MessageToDeleteNotFound)) => Ok(()),
                Err(error) => Err(error),
            }
        };
        match self.patiently(chat, request).await {
            Ok(()) => true,
            Err(failure) => {
                tracing::warn!(chat.id = chat.0, ?failure, "a message that should go stays");
                false
            }
        }
    }
}
