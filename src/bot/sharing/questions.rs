//! A customer asks the seller, and the seller answers, each in their own chat with the bot.
//!
//! ```text
//! Budi  taps 💬 Tanya penjual below a link
//! Bot   💬 Tulis pertanyaannya …
//!       [✖ Batal]
//! Budi  Ada ukuran XL?
//! Bot   ✅ Sudah disampaikan …
//!                                  (Ani's chat)
//!                                  💬 Budi bertanya: “Ada ukuran XL?” [↩ Jawab] [🔗 Tautan]
//!                                  Ani taps ↩ Jawab, and types "Ada, kak"
//! Bot   💬 Toko Ani menjawab: “Ada, kak” [Bayar Rp75.000]
//! ```

use super::customers::{CustomerTalk, has_seen, not_yours};
use crate::bot::BotError;
use crate::bot::conversation::Conversation;
use crate::bot::links::link_gone;
use crate::bot::talk::Talk;
use crate::domain::id::{LinkId, QuestionId};
use crate::domain::visible_text::TextError;
use crate::messaging::buttons::{Press, SharingPress};
use crate::messaging::card::{Card, CardButton};
use crate::services::customer_questions::{Asker, Passing};

/// Asks what the customer wants to know.
pub(super) async fn begin(talk: &mut Talk, id: LinkId) -> Result<(), BotError> {
    if !has_seen(talk, id).await? {
        return not_yours(talk).await;
    }
    let card = ask_card(talk, id, talk.say("question-ask"));
    talk.go(Conversation::Customer(CustomerTalk::Asking(id)));
    talk.show_aside(card).await
}

/// The customer's question was typed.
pub(super) async fn asked(talk: &mut Talk, id: LinkId, text: &str) -> Result<(), BotError> {
    let (wish, name) = (talk.fingerprint, talk.first_name.clone());
    let asker = Asker { wish, chat: talk.person, name, language: talk.language };
    let key = match talk.services.ask_seller(&asker, id, text).await? {
        Passing::Unfit(error) => {
            let card = ask_card(talk, id, talk.say(refusal_key(&error)));
            return talk.show_aside(card).await;
        }
        Passing::Passed | Passing::Answered => "question-passed",
        Passing::TooOften => "question-too-often",
        Passing::Gone => "customer-unknown",
    };
    let card = Card::new(talk.say(key)).row([back(talk, id)]);
    talk.go(Conversation::Customer(CustomerTalk::Listing(id)));
    talk.show_aside(card).await
}

/// Asks the seller what to answer.
pub(super) async fn begin_answer(talk: &mut Talk, id: QuestionId) -> Result<(), BotError> {
    let Some(seat) = talk.seat.clone() else { return link_gone(talk).await };
    let Some(question) = talk.services.question(&seat, id).await? else { return link_gone(talk).await };
    if question.answer.is_some() {
        talk.toast("question-answered").await;
        return Ok(());
    }
    talk.leave_record();
    talk.go(Conversation::Customer(CustomerTalk::Answering(id)));
    let ask = talk.words("question-answer-ask").with("asker", question.asker).html();
    let card = answer_ask_card(talk, ask);
    talk.show(card).await
}

/// The seller's answer was typed.
pub(super) async fn answered(talk: &mut Talk, id: QuestionId, text: &str) -> Result<(), BotError> {
    let Some(seat) = talk.seat.clone() else { return link_gone(talk).await };
    let key = match talk.services.answer_customer(&seat, id, text).await? {
        Passing::Unfit(error) => {
            let card = answer_ask_card(talk, talk.say(refusal_key(&error)));
            return talk.tell(card).await;
        }
        Passing::Passed | Passing::TooOften => "question-answer-passed",
        Passing::Answered => "question-answered",
        Passing::Gone => "link-gone",
    };
    talk.go(Conversation::Idle);
    let home = talk.home_button();
    let card = Card::new(talk.say(key)).row([home]);
    talk.tell(card).await
}

fn ask_card(talk: &Talk, id: LinkId, text: String) -> Card {
    let cancel = Press::Sharing(SharingPress::Listing(id));
    Card::new(text).row([CardButton::press(talk.say("question-button-cancel"), cancel)])
}

fn answer_ask_card(talk: &Talk, text: String) -> Card {
    Card::new(text).row([CardButton::press(talk.say("question-button-cancel"), Press::Cancel)])
}

fn back(talk: &Talk, id: LinkId) -> CardButton {
    CardButton::press(talk.say("link-button-link"), Press::Sharing(SharingPress::Listing(id)))
}

const fn refusal_key(error: &TextError) -> &'static str {
    match error {
        TextError::Empty => "question-empty",
        TextError::TooLong { .. } => "question-too-long",
        TextError::CardNumber => "question-card-number",
    }
}
