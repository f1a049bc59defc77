//! Pictures going out to Telegram: sent by the handle of an earlier one where there is one.

use teloxide::RequestError;
use teloxide::payloads::setters::*;
use teloxide::prelude::Requester;
use teloxide::types::{
    ChatAction, ChatId, FileId, InputFile, InputMedia, InputMediaPhoto, Message, ParseMode,
};

use super::{Edited, MessageId, Messenger, delivered, telegram_message_id};
use crate::domain::id::TelegramId;
use crate::messaging::card::Card;
use crate::messaging::html;
use crate::messaging::send_error::{Failure, SendError};

/// The longest text under a picture, in UTF-16 units once parsed.
const CAPTION_UNITS_MAX: usize = 1_024;

/// What a chart is called where it is saved.
const CHART_NAME: &str = "chart.png";

/// Whether a card's text can stand under a picture.
#[must_use]
pub fn fits_under_picture(card: &Card) -> bool {
    html::strip(&card.html).encode_utf16().count() <= CAPTION_UNITS_MAX
}

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
        self.announce(chat, action).await;
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
        let file = InputFile::memory(picture.clone()).file_name(CHART_NAME);
        let edit = || async {
            let media = InputMediaPhoto::new(file.clone()).caption(&card.html).parse_mode(ParseMode::Html);
            let request = self
                .uploads
                .edit_message_media(ChatId(chat.0), telegram_message_id(message)?, InputMedia::Photo(media))
                .reply_markup(self.keyboard(card));
            delivered(request.await).map(|_| ())
        };
        match self.patiently(chat, edit).await {
            Ok(()) | Err(Failure::NotModified) => Ok(Edited::InPlace),
            Err(Failure::MessageGone) => self.send_chart(chat, picture, card).await.map(Edited::SentAnew),
            Err(failure) => Err(failure.into_send_error()),
        }
    }

    /// Sends a chart (PNG) with a card under it.
    ///
    /// # Errors
    /// As [`SendError`] sorts them; after [`SendError::Unreachable`] it may have gone out.
    pub async fn send_chart(
        &self,
        chat: TelegramId,
        picture: Vec<u8>,
        card: &Card,
    ) -> Result<MessageId, SendError> {
        let how = (PictureKind::Photo, CHART_NAME);
        let sent = self.send_picture(chat, &PictureSource::Drawn(picture), how, card).await?;
        Ok(sent.message)
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
                let request = self.uploads.send_photo(chat_id, file).caption(caption).reply_markup(buttons);
                request.parse_mode(ParseMode::Html).await
            }
            (PictureKind::Photo, false) => {
                self.uploads.send_photo(chat_id, file).caption(caption).reply_markup(buttons).await
            }
            (PictureKind::Document, true) => {
                let request =
                    self.uploads.send_document(chat_id, file).caption(caption).reply_markup(buttons);
                request.parse_mode(ParseMode::Html).await
            }
            (PictureKind::Document, false) => {
                self.uploads.send_document(chat_id, file).caption(caption).reply_markup(buttons).await
            }
        };
        let file_id = answer.as_ref().ok().and_then(handle_of);
        delivered(answer).map(|message| SentPicture { message, file_id })
    }
}

/// The handle of the largest size of a photo, or of a document.
fn handle_of(message: &Message) -> Option<String> {
    let photo = message.photo().and_then(|sizes| sizes.last()).map(|size| &size.file);
    let document = message.document().map(|document| &document.file);
    photo.or(document).map(|file| file.id.0.clone())
}
