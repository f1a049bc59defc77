//! Pictures going out to Telegram, with a card under them.

use teloxide::payloads::setters::*;
use teloxide::prelude::Requester;
use teloxide::types::{ChatAction, ChatId, InputFile, InputMedia, InputMediaPhoto, ParseMode};

use super::{Edited, MessageId, Messenger, delivered, keyboard, telegram_message_id};
use crate::domain::id::TelegramId;
use crate::messaging::card::Card;
use crate::messaging::html;
use crate::messaging::send_error::{Failure, SendError};

/// The longest text under a picture, in UTF-16 units once parsed.
const CAPTION_UNITS_MAX: usize = 1_024;

/// Whether a card's text can stand under a picture.
#[must_use]
pub fn fits_under_picture(card: &Card) -> bool {
    html::strip(&card.html).encode_utf16().count() <= CAPTION_UNITS_MAX
}

impl Messenger {
    /// Makes a message show this picture (PNG) with this card under it, also one that showed text; when it
    /// cannot be changed any more, sends it anew.
    ///
    /// # Errors
    /// As [`SendError`] sorts them.
    pub async fn edit_picture(
        &self,
        chat: TelegramId,
        message: MessageId,
        picture: Vec<u8>,
        card: &Card,
    ) -> Result<Edited, SendError> {
        let file = InputFile::memory(picture).file_name("chart.png");
        let edit = || async {
            let media = InputMediaPhoto::new(file.clone()).caption(&card.html).parse_mode(ParseMode::Html);
            let request = self
                .uploads
                .edit_message_media(ChatId(chat.0), telegram_message_id(message)?, InputMedia::Photo(media))
                .reply_markup(keyboard(card));
            delivered(request.await).map(|_| ())
        };
        match self.patiently(chat, edit).await {
            Ok(()) | Err(Failure::NotModified) => Ok(Edited::InPlace),
            Err(Failure::MessageGone) => {
                self.send_photo(chat, file.clone(), card).await.map(Edited::SentAnew)
            }
            Err(failure) => Err(failure.into_send_error()),
        }
    }

    /// Sends a picture (PNG) with a card under it.
    ///
    /// # Errors
    /// As [`SendError`] sorts them; after [`SendError::Unreachable`] it may have gone out.
    pub async fn send_picture(
        &self,
        chat: TelegramId,
        picture: Vec<u8>,
        card: &Card,
    ) -> Result<MessageId, SendError> {
        self.send_photo(chat, InputFile::memory(picture).file_name("chart.png"), card).await
    }

    /// Shows above the chat for five seconds that a picture is on its way. Nothing depends on it.
    pub async fn announce_picture(&self, chat: TelegramId) {
        self.announce(chat, ChatAction::UploadPhoto).await;
    }

    async fn send_photo(
        &self,
        chat: TelegramId,
        file: InputFile,
        card: &Card,
    ) -> Result<MessageId, SendError> {
        let send = || async {
            let request = self
                .uploads
                .send_photo(ChatId(chat.0), file.clone())
                .caption(card.html.as_str())
                .parse_mode(ParseMode::Html)
                .reply_markup(keyboard(card));
            delivered(request.await)
        };
        self.patiently(chat, send).await.map_err(Failure::into_send_error)
    }
}
