//! Messages that others send for the bot, in chats it is not in.

use teloxide::RequestError;
use teloxide::payloads::setters::*;
use teloxide::prelude::Requester;
use teloxide::types::{
    InlineKeyboardButton, InlineKeyboardMarkup, InlineQueryId, InlineQueryResult, InlineQueryResultArticle,
    InlineQueryResultsButton, InlineQueryResultsButtonKind, InputMessageContent, InputMessageContentText,
    ParseMode,
};
use url::Url;

use super::{Amended, Messenger};
use crate::domain::id::TelegramId;
use crate::messaging::send_error::{Failure, SendError};

/// Changes of messages in other chats are counted as if they all stood in one, which nobody has.
const ELSEWHERE: TelegramId = TelegramId(0);

/// A message about something, with a button that opens a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InlineMessage {
    /// Telegram HTML, at most 4096 UTF-16 units once parsed.
    pub html: String,
    /// The label and the address of its button.
    pub button: Option<(String, Url)>,
}

/// A message that is offered to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InlineArticle {
    /// Its key among the others, 1 to 64 bytes; Telegram repeats it when the article is chosen.
    pub id: String,
    /// What stands in the list.
    pub title: String,
    /// What stands below the title.
    pub description: String,
    /// What is sent.
    pub message: InlineMessage,
}

/// What answers a question.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct InlineAnswer {
    /// At most 50.
    pub articles: Vec<InlineArticle>,
    /// A button on top: its label, and the payload of `/start` (1 to 64 of A–Z, a–z, 0–9, `_`, `-`).
    pub button: Option<(String, String)>,
}

impl Messenger {
    /// Answers a question, for this person and this moment alone. One that cannot be answered any more is
    /// nobody's problem.
    pub async fn answer_inline(&self, query_id: &str, answer: InlineAnswer) {
        let articles = answer.articles.into_iter().map(article).collect::<Vec<_>>();
        let id = InlineQueryId(query_id.to_owned());
        let mut request = self.bot().answer_inline_query(id, articles).is_personal(true).cache_time(0);
        if let Some((text, payload)) = answer.button {
            let kind = InlineQueryResultsButtonKind::StartParameter(payload);
            request = request.button(InlineQueryResultsButton { text, kind });
        }
        if let Err(error) = request.await
            && super::classify(&error) != Failure::TooOld
        {
            tracing::warn!(error = %super::send_error(&error), "an inline question could not be answered");
        }
    }

    /// Makes a message in another chat show this.
    ///
    /// # Errors
    /// As [`SendError`] sorts them. Repeating it does no harm.
    pub async fn amend_inline(
        &self,
        inline_message_id: &str,
        message: &InlineMessage,
    ) -> Result<Amended, SendError> {
        self.pacer().turn(ELSEWHERE, self.urgency).await.map_err(SendError::RetryAfter)?;
        let outcome = self.edit_elsewhere(inline_message_id, message).await;
        self.pacer().answered(ELSEWHERE);
        match outcome.map_err(|error| super::classify(&error)) {
            Ok(()) | Err(Failure::NotModified) => Ok(Amended::InPlace),
            Err(Failure::MessageGone) => Ok(Amended::Gone),
            Err(failure) => Err(failure.into_send_error()),
        }
    }

    async fn edit_elsewhere(&self, id: &str, message: &InlineMessage) -> Result<(), RequestError> {
        self.bot()
            .edit_message_text_inline(id, message.html.as_str())
            .parse_mode(ParseMode::Html)
            .reply_markup(buttons(message))
            .await
            .map(|_| ())
    }
}

fn article(article: InlineArticle) -> InlineQueryResult {
    let content = InputMessageContentText::new(article.message.html.clone()).parse_mode(ParseMode::Html);
    let content = InputMessageContent::Text(content);
    let mut result =
        InlineQueryResultArticle::new(article.id, article.title, content).description(article.description);
    if article.message.button.is_some() {
        result = result.reply_markup(buttons(&article.message));
    }
    InlineQueryResult::Article(result)
}

fn buttons(message: &InlineMessage) -> InlineKeyboardMarkup {
    let row = message.button.iter().map(|(label, url)| InlineKeyboardButton::url(label.clone(), url.clone()));
    let rows: Vec<Vec<InlineKeyboardButton>> =
        Vec::from_iter(message.button.is_some().then(|| row.collect()));
    InlineKeyboardMarkup::new(rows)
}
