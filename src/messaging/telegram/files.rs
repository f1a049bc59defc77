//! Files going out to Telegram.

use std::sync::{Arc, PoisonError};
use std::time::Duration;

use teloxide::Bot;
use teloxide::payloads::setters::*;
use teloxide::prelude::Requester;
use teloxide::types::{ChatAction, ChatId, InputFile, ParseMode};

use super::{MessageId, Messenger, delivered};
use crate::domain::id::TelegramId;
use crate::messaging::card::Card;
use crate::messaging::send_error::{Failure, SendError};

/// The longest a file may take to go out: 45 MB over a line of 2 Mbit/s. What else is said may not wait so
/// long.
const UPLOAD_MAX: Duration = Duration::from_secs(180);

/// A file to be sent.
#[derive(Debug, Clone)]
pub struct Document {
    /// What it is called, with its ending.
    pub name: String,
    /// What is in it, at most 50 MB.
    pub bytes: Vec<u8>,
}

/// The same bot over a client that has patience with files.
pub(super) fn patient(bot: &Bot) -> Bot {
    let client = reqwest::Client::builder()
        .connect_timeout(Duration::from_secs(5))
        .timeout(UPLOAD_MAX)
        .build()
        .unwrap_or_else(|_| bot.client().clone());
    Bot::with_client(bot.token(), client).set_api_url(bot.api_url())
}

impl Messenger {
    /// Sends a file with a card under it, whose text is at most 1024 UTF-16 units once parsed.
    ///
    /// # Errors
    /// As [`SendError`] sorts them; after [`SendError::Unreachable`] it may have gone out.
    pub async fn send_document(
        &self,
        chat: TelegramId,
        document: Document,
        card: &Card,
    ) -> Result<MessageId, SendError> {
        // Cheap to repeat: clones share the bytes.
        let file = InputFile::memory(document.bytes).file_name(document.name);
        let send = || async {
            let mut request = self
                .uploads
                .send_document(ChatId(chat.0), file.clone())
                .caption(card.html.as_str())
                .parse_mode(ParseMode::Html);
            if !card.rows.is_empty() {
                request = request.reply_markup(self.keyboard(card));
            }
            delivered(request.await)
        };
        self.patiently(chat, send).await.map_err(Failure::into_send_error)
    }

    /// Shows above the chat for five seconds that a file is on its way. Nothing depends on it.
    pub async fn announce_document(&self, chat: TelegramId) {
        self.announce(chat, ChatAction::UploadDocument).await;
    }

    /// The same messenger for one answer.
    #[must_use]
    pub fn for_answer(&self) -> Self {
        Self { doing: Arc::default(), ..self.clone() }
    }

    /// Shows above the chat for five seconds that the bot is at work: at what was announced for this answer,
    /// else at typing. A chat that Telegram wants left alone is left alone.
    pub async fn show_busy(&self, chat: TelegramId) {
        let doing = self.doing.lock().unwrap_or_else(PoisonError::into_inner).take();
        self.announce(chat, doing.unwrap_or(ChatAction::Typing)).await;
    }

    pub(super) async fn announce(&self, chat: TelegramId, action: ChatAction) {
        *self.doing.lock().unwrap_or_else(PoisonError::into_inner) = Some(action);
        if self.pacer.is_held(chat) {
            return;
        }
        if let Err(error) = self.bot.send_chat_action(ChatId(chat.0), action).await {
            let error = super::send_error(&error);
            tracing::debug!(chat.id = chat.0, %error, "what is being prepared is not shown");
        }
    }
}
