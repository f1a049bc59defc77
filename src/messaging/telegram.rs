//! Cards going out to Telegram: one door for replies and for the outbox, so that one pacer sees all.

use std::sync::{Arc, Mutex};

use teloxide::Bot;
use teloxide::payloads::setters::*;
use teloxide::prelude::Requester;
use teloxide::types::{
    ChatAction, ChatId, CopyTextButton, EffectId, InlineKeyboardButton, InlineKeyboardMarkup,
    LinkPreviewOptions, Message, ParseMode, SwitchInlineQueryChosenChat, ThreadId,
};
use teloxide::{ApiError, RequestError};
use tokio::sync::OnceCell;

use super::card::{ButtonAction, Card, CardButton};
use super::html;
use super::pacer::{PATIENCE_OF_REPLIES, Pace, Pacer, Urgency};
use super::send_error::{Failure, SendError, classify};
use crate::domain::id::TelegramId;

mod files;
mod inline;
mod pictures;
mod taps;
mod tidying;

pub use files::Document;
pub use inline::{InlineAnswer, InlineArticle, InlineMessage};
pub use pictures::{PictureKind, PictureSource, SentPicture, fits_under_picture};

/// A message in a private chat.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(transparent)]
pub struct MessageId(pub i64);

/// What became of an edit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Edited {
    /// The message shows the card (also when it did before).
    InPlace,
    /// The message could not be changed: the card was sent as this one.
    SentAnew(MessageId),
}

/// What became of a change that must not become another message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Amended {
    /// The message shows the card (also when it did before).
    InPlace,
    /// The message is gone or cannot be changed any more.
    Gone,
}

/// Sends cards. Clones share the pacer.
#[derive(Clone)]
pub struct Messenger {
    bot: Bot,
    /// The same bot, with more patience.
    uploads: Bot,
    pacer: Pacer,
    urgency: Urgency,
    myself: Arc<OnceCell<BotSelf>>,
    /// What the chat of this answer was shown that the bot does.
    doing: Arc<Mutex<Option<ChatAction>>>,
}

/// What Telegram says of the bot.
#[derive(Debug)]
struct BotSelf {
    username: String,
    answers_inline: bool,
}

impl Messenger {
    /// A messenger over a bot whose client gives up after 17 s.
    #[must_use]
    pub fn new(bot: Bot) -> Self {
        let pacer = Pacer::new(Pace::TELEGRAM);
        let uploads = files::patient(&bot);
        Self { bot, uploads, pacer, urgency: Urgency::Reply, myself: Arc::default(), doing: Arc::default() }
    }

    /// The same messenger at another pace, such as [`Pace::NONE`] for a Telegram without limits.
    #[must_use]
    pub fn with_pace(self, pace: Pace) -> Self {
        Self { pacer: Pacer::new(pace), ..self }
    }

    /// The same messenger for what nobody is waiting for: replies go first, and it comes back with
    /// [`SendError::RetryAfter`] at once instead of waiting for a chat that is not rested.
    #[must_use]
    pub fn for_outbox(&self) -> Self {
        Self { urgency: Urgency::Outbox, ..self.clone() }
    }

    /// The bot, for calls that send nothing: commands, webhook, updates.
    pub const fn bot(&self) -> &Bot {
        &self.bot
    }

    /// The bot's user name, without `@`; `None` while Telegram does not say.
    pub async fn username(&self) -> Option<String> {
        self.myself().await.map(|myself| myself.username.clone())
    }

    async fn myself(&self) -> Option<&BotSelf> {
        let asked = self.myself.get_or_try_init(|| async {
            self.bot.get_me().await.map(|me| BotSelf {
                username: me.username().to_owned(),
                answers_inline: me.supports_inline_queries,
            })
        });
        asked.await.ok()
    }

    /// Sends a card as a new message.
    ///
    /// # Errors
    /// As [`SendError`] sorts them; after [`SendError::Unreachable`] it may have gone out.
    pub async fn send(&self, chat: TelegramId, card: &Card) -> Result<MessageId, SendError> {
        let mut sent = self.patiently(chat, || self.send_html(chat, card)).await;
        if matches!(sent, Err(Failure::Send(SendError::Malformed(_)))) && card.effect_in(chat).is_some() {
            tracing::warn!(chat.id = chat.0, "telegram refuses a message's effect; sending it without");
            self.rest_between(chat).await;
            let plain = Card { effect: None, ..card.clone() };
            sent = self.patiently(chat, || self.send_html(chat, &plain)).await;
        }
        match sent {
            Err(Failure::BadMarkup) => {
                tracing::error!(chat.id = chat.0, "telegram cannot read a card's markup; sending it plain");
                self.rest_between(chat).await;
                self.patiently(chat, || self.send_plain(chat, card)).await
            }
            outcome => outcome,
        }
        .map_err(Failure::into_send_error)
    }

    /// Makes a message show this card; when it cannot be changed any more, sends the card anew.
    ///
    /// # Errors
    /// As [`SendError`] sorts them.
    pub async fn edit(&self, chat: TelegramId, message: MessageId, card: &Card) -> Result<Edited, SendError> {
        match self.patiently(chat, || self.edit_html(chat, message, card)).await {
            Ok(()) | Err(Failure::NotModified) => Ok(Edited::InPlace),
            // A picture does not become a text: the card takes its place.
            Err(Failure::NoText) => {
                let sent = self.send(chat, card).await?;
                self.forget(chat, message).await;
                Ok(Edited::SentAnew(sent))
            }
            // `send` knows what to do about the markup.
            Err(Failure::MessageGone | Failure::BadMarkup) => {
                self.send(chat, card).await.map(Edited::SentAnew)
            }
            Err(failure) => Err(failure.into_send_error()),
        }
    }

    /// Makes a message show this card, and sends no other when that cannot be.
    ///
    /// # Errors
    /// As [`SendError`] sorts them. Repeating it does no harm.
    pub async fn amend(
        &self,
        chat: TelegramId,
        message: MessageId,
        card: &Card,
    ) -> Result<Amended, SendError> {
        let mut outcome = self.patiently(chat, || self.edit_html(chat, message, card)).await;
        if outcome == Err(Failure::BadMarkup) {
            tracing::error!(chat.id = chat.0, "telegram cannot read a card's markup; showing it plain");
            self.rest_between(chat).await;
            outcome = self.patiently(chat, || self.edit_plain(chat, message, card)).await;
        }
        match outcome {
            Ok(()) | Err(Failure::NotModified) => Ok(Amended::InPlace),
            Err(Failure::MessageGone | Failure::NoText) => Ok(Amended::Gone),
            Err(failure) => Err(failure.into_send_error()),
        }
    }

    /// The turns of all messengers that share this one's pacer.
    #[must_use]
    pub const fn pacer(&self) -> &Pacer {
        &self.pacer
    }

    /// Takes a message away whose place another one has taken; what is too old for that loses its buttons.
    async fn forget(&self, chat: TelegramId, message: MessageId) {
        let Ok(message_id) = telegram_message_id(message) else { return };
        let request = || async { self.bot.delete_message(ChatId(chat.0), message_id).await.map(|_| ()) };
        if let Err(failure) = self.patiently(chat, request).await {
            tracing::debug!(chat.id = chat.0, ?failure, "a message stays");
            self.strip_keyboard(chat, message).await;
        }
    }

    /// Takes the buttons off a message that is behind us. Nothing depends on it.
    pub async fn strip_keyboard(&self, chat: TelegramId, message: MessageId) {
        let Ok(message_id) = telegram_message_id(message) else { return };
        let request = || async {
            let empty = InlineKeyboardMarkup::new(Vec::<Vec<InlineKeyboardButton>>::new());
            self.bot
                .edit_message_reply_markup(ChatId(chat.0), message_id)
                .reply_markup(empty)
                .await
                .map(|_| ())
        };
        if let Err(Failure::Send(error)) = self.patiently(chat, request).await {
            tracing::debug!(%error, "the buttons of an old card stay");
        }
    }

    fn keyboard(&self, card: &Card) -> InlineKeyboardMarkup {
        let answers_inline = self.myself.get().is_some_and(|myself| myself.answers_inline);
        let row =
            |row: &Vec<CardButton>| row.iter().map(|shown| button(shown, answers_inline)).collect::<Vec<_>>();
        InlineKeyboardMarkup::new(card.rows.iter().map(row))
    }

    /// Takes its turn, calls, and for replies waits once when Telegram asks for a short wait.
    async fn patiently<Call, Answer, Value>(&self, chat: TelegramId, call: Call) -> Result<Value, Failure>
    where
        Call: Fn() -> Answer,
        Answer: Future<Output = Result<Value, RequestError>>,
    {
        let mut tries_left = if self.urgency == Urgency::Reply { 1 } else { 0 };
        loop {
            self.pacer
                .turn(chat, self.urgency)
                .await
                .map_err(|held| Failure::Send(SendError::RetryAfter(held)))?;
            let failure = match call().await {
                Ok(value) => {
                    self.pacer.answered(chat);
                    return Ok(value);
                }
                Err(error) => classify(&error),
            };
            self.pacer.answered(chat);
            if let Failure::Send(SendError::RetryAfter(wait)) = &failure {
                self.pacer.hold(chat, *wait);
                if tries_left > 0 && wait.to_std().is_ok_and(|wait| wait <= PATIENCE_OF_REPLIES) {
                    tries_left -= 1;
                    continue;
                }
            }
            return Err(failure);
        }
    }

    /// Before the second call for the same card: the outbox would be sent away by its own first one.
    async fn rest_between(&self, chat: TelegramId) {
        let pause = self.pacer.pause(chat).to_std().unwrap_or_default();
        if self.urgency == Urgency::Outbox {
            tokio::time::sleep(pause.min(PATIENCE_OF_REPLIES)).await;
        }
    }

    async fn send_html(&self, chat: TelegramId, card: &Card) -> Result<MessageId, RequestError> {
        let mut request = self
            .bot
            .send_message(ChatId(chat.0), card.html.as_str())
            .parse_mode(ParseMode::Html)
            .link_preview_options(no_preview());
        if card.silent {
            request = request.disable_notification(true);
        }
        if let Some(thread) = thread_of(card) {
            request = request.message_thread_id(thread);
        }
        if let Some(effect) = card.effect_in(chat) {
            request = request.message_effect_id(EffectId(effect.to_owned()));
        }
        if !card.rows.is_empty() {
            request = request.reply_markup(self.keyboard(card));
        }
        delivered(request.await)
    }

    async fn send_plain(&self, chat: TelegramId, card: &Card) -> Result<MessageId, RequestError> {
        let mut request =
            self.bot.send_message(ChatId(chat.0), html::strip(&card.html)).link_preview_options(no_preview());
        if let Some(thread) = thread_of(card) {
            request = request.message_thread_id(thread);
        }
        if card.silent {
            request = request.disable_notification(true);
        }
        if !card.rows.is_empty() {
            request = request.reply_markup(self.keyboard(card));
        }
        delivered(request.await)
    }

    async fn edit_html(&self, chat: TelegramId, message: MessageId, card: &Card) -> Result<(), RequestError> {
        let message_id = telegram_message_id(message)?;
        let request = self
            .bot
            .edit_message_text(ChatId(chat.0), message_id, card.html.as_str())
            .parse_mode(ParseMode::Html)
            .link_preview_options(no_preview())
            .reply_markup(self.keyboard(card));
        delivered(request.await).map(|_| ())
    }

    async fn edit_plain(
        &self,
        chat: TelegramId,
        message: MessageId,
        card: &Card,
    ) -> Result<(), RequestError> {
        let message_id = telegram_message_id(message)?;
        let request = self
            .bot
            .edit_message_text(ChatId(chat.0), message_id, html::strip(&card.html))
            .link_preview_options(no_preview())
            .reply_markup(self.keyboard(card));
        delivered(request.await).map(|_| ())
    }
}

/// Sorts the error of a call that sends no card.
#[must_use]
pub fn send_error(error: &RequestError) -> SendError {
    classify(error).into_send_error()
}

impl std::fmt::Debug for Messenger {
    // A bot's own Debug prints its token.
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Messenger").field("urgency", &self.urgency).finish_non_exhaustive()
    }
}

/// A message that teloxide cannot read was delivered all the same: its id is what we need of it.
fn delivered(answer: Result<Message, RequestError>) -> Result<MessageId, RequestError> {
    match answer {
        Ok(message) => Ok(MessageId(i64::from(message.id.0))),
        Err(RequestError::InvalidJson { source, raw }) => {
            let answer: serde_json::Value = serde_json::from_str(&raw).unwrap_or_default();
            match answer.pointer("/result/message_id").and_then(serde_json::Value::as_i64) {
                Some(id) => Ok(MessageId(id)),
                None => Err(RequestError::InvalidJson { source, raw }),
            }
        }
        Err(error) => Err(error),
    }
}

/// Telegram numbers a chat's messages with 32 bits; anything else was never a message.
fn telegram_message_id(message: MessageId) -> Result<teloxide::types::MessageId, RequestError> {
    i32::try_from(message.0)
        .map(teloxide::types::MessageId)
        .map_err(|_| RequestError::Api(ApiError::MessageToEditNotFound))
}

/// Telegram numbers topics by the message that opened them.
fn thread_of(card: &Card) -> Option<ThreadId> {
    let number = i32::try_from(card.thread?).ok()?;
    Some(ThreadId(teloxide::types::MessageId(number)))
}

/// None: the cards say what is behind their links.
const fn no_preview() -> LinkPreviewOptions {
    LinkPreviewOptions {
        is_disabled: true,
        url: None,
        prefer_small_media: false,
        prefer_large_media: false,
        show_above_text: false,
    }
}

fn button(button: &CardButton, answers_inline: bool) -> InlineKeyboardButton {
    let label = button.label.clone();
    match &button.action {
        ButtonAction::Press(press) => InlineKeyboardButton::callback(label, press.encode()),
        ButtonAction::Url(url) => InlineKeyboardButton::url(label, url.clone()),
        ButtonAction::Copy(text) => {
            InlineKeyboardButton::copy_text_button(label, CopyTextButton { text: text.clone() })
        }
        ButtonAction::Share { address, .. } if !answers_inline => {
            InlineKeyboardButton::url(label, address.clone())
        }
        ButtonAction::Share { query, .. } => InlineKeyboardButton::new(
            label,
            teloxide::types::InlineKeyboardButtonKind::SwitchInlineQueryChosenChat(
                SwitchInlineQueryChosenChat {
                    query: Some(query.clone()),
                    allow_user_chats: true,
                    allow_bot_chats: false,
                    allow_group_chats: true,
                    allow_channel_chats: true,
                },
            ),
        ),
    }
}
