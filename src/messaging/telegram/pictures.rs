//! Pictures going out to Telegram: sent by the handle of an earlier one where there is one.

use teloxide::RequestError;
use teloxide::payloads::setters::*;
use teloxide::prelude::Requester;
use teloxide::types::{ChatAction, ChatId, FileId, InputFile, Message, ParseMode};

use super::{MessageId, Messenger};
use crate::domain::id::TelegramId;
use crate::messaging::card::Card;
use crate::messaging::html;
use crate::messaging::send_error::{Failure, SendError};

/// What a picture is made of.
#[derive(Debug, Clone)]
pub enum PictureSource {
    /// Telegram has it under this handle.
    Known(String),
    /// A PNG to upload.
    Drawn(Vec<u8>),
}

/// How Telegram shows a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PictureKind {
    /// In the chat, made smaller where Telegram likes it smaller.
    Photo,
    /// As a file, in full size.
    Document,
}

/// A picture that went out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SentPicture {
    /// The message it is in.
    pub message: MessageId,
    /// Telegram's handle of it; `None` when the answer could not be read.
    pub file_id: Option<String>,
}

impl Messenger {
    /// The bot's number: what handles of files are bound to.
    #[must_use]
    pub fn bot_number(&self) -> &str {
        self.bot().token().split(':').next().unwrap_or_default()
    }

    /// Says over the chat that a picture is on its way. Nothing depends on it.
    pub async fn say_uploading(&self, chat: TelegramId, kind: PictureKind) {
        let action = match kind {
            PictureKind::Photo => ChatAction::UploadPhoto,
            PictureKind::Document => ChatAction::UploadDocument,
        };
        if let Err(error) = self.bot().send_chat_action(ChatId(chat.0), action).await {
            tracing::debug!(error = %super::send_error(&error), "a chat action was not shown");
        }
    }

    /// Sends a picture under a name of at most 60 characters; `card` is its caption (at most 1024 UTF-16
    /// units once parsed) and its buttons.
    ///
    /// # Errors
    /// As [`SendError`] sorts them: [`SendError::Malformed`] for a handle that is another bot's.
    pub async fn send_picture(
        &self,
        chat: TelegramId,
        source: &PictureSource,
        (kind, file_name): (PictureKind, &str),
        card: &Card,
    ) -> Result<SentPicture, SendError> {
        let file = || match source {
            PictureSource::Known(file_id) => InputFile::file_id(FileId(file_id.clone())),
            PictureSource::Drawn(png) => InputFile::memory(png.clone()).file_name(file_name.to_owned()),
        };
        let send = |is_html| self.upload(chat, file(), kind, card, is_html);
        match self.patiently(chat, || send(true)).await {
            Err(Failure::BadMarkup) => {
                tracing::error!(
                    chat.id = chat.0,
                    "telegram cannot read a caption's markup; sending it plain"
                );
                self.rest_between(chat).await;
                self.patiently(chat, || send(false)).await
            }
            outcome => outcome,
        }
        .map_err(Failure::into_send_error)
    }

    async fn upload(
        &self,
        chat: TelegramId,
        file: InputFile,
        kind: PictureKind,
        card: &Card,
        is_html: bool,
    ) -> Result<SentPicture, RequestError> {
        let caption = if is_html { card.html.clone() } else { html::strip(&card.html) };
        let (chat_id, buttons) = (ChatId(chat.0), self.keyboard(card));
        let answer = match (kind, is_html) {
            (PictureKind::Photo, true) => {
                let request = self.bot().send_photo(chat_id, file).caption(caption).reply_markup(buttons);
                request.parse_mode(ParseMode::Html).await
            }
            (PictureKind::Photo, false) => {
                self.bot().send_photo(chat_id, file).caption(caption).reply_markup(buttons).await
            }
            (PictureKind::Document, true) => {
                let request = self.bot().send_document(chat_id, file).caption(caption).reply_markup(buttons);
                request.parse_mode(ParseMode::Html).await
            }
            (PictureKind::Document, false) => {
                self.bot().send_document(chat_id, file).caption(caption).reply_markup(buttons).await
            }
        };
        let file_id = answer.as_ref().ok().and_then(handle_of);
        super::delivered(answer).map(|message| SentPicture { message, file_id })
    }
}

/// The handle of the largest size of a photo, or of a document.
fn handle_of(message: &Message) -> Option<String> {
    let photo = message.photo().and_then(|sizes| sizes.last()).map(|size| &size.file);
    let document = message.document().map(|document| &document.file);
    photo.or(document).map(|file| file.id.0.clone())
}
