//! What customers asked about links, and what they were answered.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::query::{execute, fetch_one, fetch_optional};
use super::{Reader, StorageError, Writer};
use crate::domain::id::{LinkId, MerchantId, QuestionId, TelegramId};
use crate::domain::language::Language;

/// A customer's question about a link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CustomerQuestion {
    /// Its key.
    pub id: QuestionId,
    /// The shop that is asked.
    pub merchant_id: MerchantId,
    /// The link it is about.
    pub link_id: LinkId,
    /// Who asks.
    pub chat: TelegramId,
    /// What the person is called at Telegram.
    pub asker: String,
    /// What the bot speaks with the person.
    pub language: Language,
    /// The question, at most 500 characters.
    pub question: String,
    /// The answer, at most 500 characters.
    pub answer: Option<String>,
}

impl Reader {
    /// A question.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn question(&mut self, id: QuestionId) -> Result<Option<CustomerQuestion>, StorageError> {
        let row = fetch_optional!(
            self,
            (Uuid, Uuid, i64, String, String, String, Option<String>),
            "select merchant_id, link_id, chat, asker, language, question, answer from customer_questions
             where id = $1",
            id.0
        )?;
        Ok(row.map(|(merchant_id, link_id, chat, asker, language, question, answer)| CustomerQuestion {
            id,
            merchant_id: MerchantId(merchant_id),
            link_id: LinkId(link_id),
            chat: TelegramId(chat),
            asker,
            language: Language::parse(&language).unwrap_or(Language::Indonesian),
            question,
            answer,
        }))
    }

    /// How many questions a chat asked since an instant.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn count_questions(
        &mut self,
        chat: TelegramId,
        since: DateTime<Utc>,
    ) -> Result<i64, StorageError> {
        let (count,): (i64,) = fetch_one!(
            self,
            (i64,),
            "select cast(count(*) as bigint) from customer_questions where chat = $1 and asked_at > $2",
            chat.0,
            since
        )?;
        Ok(count)
    }
}

impl Writer {
    /// Writes a question.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn insert_question(&mut self, question: &CustomerQuestion) -> Result<(), StorageError> {
        let now = self.now();
        execute!(
            self,
            "insert into customer_questions (id, merchant_id, link_id, chat, asker, language, question, asked_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8)",
            question.id.0,
            question.merchant_id.0,
            question.link_id.0,
            question.chat.0,
            question.asker.as_str(),
            question.language.code(),
            question.question.as_str(),
            now
        )?;
        Ok(())
    }

    /// Writes the answer; false when there is one.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn answer_question(&mut self, id: QuestionId, answer: &str) -> Result<bool, StorageError> {
        let now = self.now();
        let answered = execute!(
            self,
            "update customer_questions set answer = $2, answered_at = $3 where id = $1 and answer is null",
            id.0,
            answer,
            now
        )?;
        Ok(answered == 1)
    }

    /// Forgets questions that were asked before an instant; gives how many.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn forget_questions(&mut self, asked_before: DateTime<Utc>) -> Result<u64, StorageError> {
        execute!(self, "delete from customer_questions where asked_at < $1", asked_before)
    }
}
