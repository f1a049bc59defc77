//! A customer asks the seller about a link, and the seller answers: both through the bot, so that neither
//! has to show who they are at Telegram.

use chrono::TimeDelta;

use super::merchants::Seat;
use super::{ServiceError, Services};
use crate::domain::id::{Fingerprint, LinkId, QuestionId, TelegramId};
use crate::domain::language::Language;
use crate::domain::notification::SellerMessage;
use crate::domain::visible_text::{TextError, clean_within};
use crate::messaging::card::Card;
use crate::messaging::customer_cards::{answer_card, question_card};
use crate::messaging::storefront::Listing;
use crate::storage::CustomerQuestion;

/// The most characters of a question and of an answer.
pub const QUESTION_CHARACTERS_MAX: usize = 500;

/// Questions that one chat may ask in an hour: a seller's chat is no place to be shouted at.
const QUESTIONS_PER_HOUR: i64 = 5;

/// Who asks.
#[derive(Debug, Clone)]
pub struct Asker {
    /// What the question is known by: asked once more under it, it is passed on once.
    pub wish: Fingerprint,
    /// The chat.
    pub chat: TelegramId,
    /// What the person is called at Telegram.
    pub name: String,
    /// What the bot speaks with the person.
    pub language: Language,
}

/// What became of a question or an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Passing {
    /// It is on its way.
    Passed,
    /// It cannot be passed on as it is.
    Unfit(TextError),
    /// The chat asked too often within an hour.
    TooOften,
    /// Somebody answered before.
    Answered,
    /// What it is about is not there, or not this person's.
    Gone,
}

impl Services {
    /// Passes a question on to everyone who may answer it.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn ask_seller(
        &self,
        asker: &Asker,
        link_id: LinkId,
        text: &str,
    ) -> Result<Passing, ServiceError> {
        let question = match clean_within(text, QUESTION_CHARACTERS_MAX) {
            Ok(cleaned) => cleaned.value,
            Err(error) => return Ok(Passing::Unfit(error)),
        };
        let mut writer = self.storage.write().await?;
        let now = writer.now();
        let Some(link) = writer.link_of_any_shop(link_id).await? else { return Ok(Passing::Gone) };
        let id = QuestionId::of(asker.wish);
        if writer.question(id).await?.is_some() {
            writer.roll_back().await?;
            return Ok(Passing::Passed);
        }
        if writer.count_questions(asker.chat, now - TimeDelta::hours(1)).await? >= QUESTIONS_PER_HOUR {
            writer.roll_back().await?;
            return Ok(Passing::TooOften);
        }
        let question = CustomerQuestion {
            id,
            merchant_id: link.merchant_id,
            link_id,
            chat: asker.chat,
            asker: asker.name.clone(),
            language: asker.language,
            question,
            answer: None,
        };
        writer.insert_question(&question).await?;
        let message = SellerMessage::Question { question_id: question.id };
        for member in writer.staff(link.merchant_id).await? {
            if member.role.may_change_links() {
                let key = format!("question:{}:{}", question.id, member.telegram_id);
                writer.enqueue(link.merchant_id, member.telegram_id, &message, &key).await?;
            }
        }
        writer.commit().await?;
        Ok(Passing::Passed)
    }

    /// A question that was asked of this shop.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn question(
        &self,
        seat: &Seat,
        id: QuestionId,
    ) -> Result<Option<CustomerQuestion>, ServiceError> {
        let question = self.storage.read().await?.question(id).await?;
        let may_answer = seat.member.role.may_change_links();
        Ok(question.filter(|question| may_answer && question.merchant_id == seat.merchant.id))
    }

    /// Passes the answer on to who asked, once.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn answer_customer(
        &self,
        seat: &Seat,
        id: QuestionId,
        text: &str,
    ) -> Result<Passing, ServiceError> {
        let answer = match clean_within(text, QUESTION_CHARACTERS_MAX) {
            Ok(cleaned) => cleaned.value,
            Err(error) => return Ok(Passing::Unfit(error)),
        };
        let Some(question) = self.question(seat, id).await? else { return Ok(Passing::Gone) };
        if question.answer.as_deref() == Some(answer.as_str()) {
            return Ok(Passing::Passed);
        }
        let mut writer = self.storage.write().await?;
        if !writer.answer_question(id, &answer).await? {
            writer.roll_back().await?;
            return Ok(Passing::Answered);
        }
        let message = SellerMessage::Answer { question_id: id };
        writer.enqueue(seat.merchant.id, question.chat, &message, &format!("answer:{id}")).await?;
        writer.commit().await?;
        Ok(Passing::Passed)
    }

    /// What the seller's chat is told of a question; `None` when it is forgotten.
    pub(super) async fn question_notice(
        &self,
        id: QuestionId,
        language: Language,
    ) -> Result<Option<Card>, ServiceError> {
        let mut reader = self.storage.read().await?;
        let Some(question) = reader.question(id).await? else { return Ok(None) };
        let Some(link) = reader.link(question.merchant_id, question.link_id).await? else { return Ok(None) };
        Ok(Some(question_card(&question.asker, &question.question, (id, &link), language)))
    }

    /// What the customer's chat is told when the question was answered.
    pub(super) async fn answer_notice(&self, id: QuestionId) -> Result<Option<Card>, ServiceError> {
        let Some(question) = self.storage.read().await?.question(id).await? else { return Ok(None) };
        let CustomerQuestion { answer: Some(answer), merchant_id, link_id, language, .. } = question else {
            return Ok(None);
        };
        let mut reader = self.storage.read().await?;
        let Some(merchant) = reader.merchant(merchant_id).await? else { return Ok(None) };
        let Some(link) = reader.link(merchant_id, link_id).await? else { return Ok(None) };
        drop(reader);
        let view = self.view_link(link).await?;
        let listing = Listing { link: &view.link, url: &view.url, zone: merchant.time_zone, now: view.now };
        Ok(Some(answer_card(&answer, &listing, &merchant.name, language)))
    }
}
