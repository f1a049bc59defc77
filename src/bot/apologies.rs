//! What a person reads when an answer failed, and the button that asks for it again.
//!
//! ```text
//! Ani   /stats
//! Bot   😔 Maaf, ada gangguan. Tidak ada yang hilang. Kode 7F3A   [🔁 Coba lagi]
//! Ani   taps it
//! Bot   (the same message) ⏳ Saya coba lagi …
//! Bot   (the answer to /stats)
//! Bot   (the first message) ✅ Sudah saya ulangi.
//! ```
//!
//! The very update is answered again, so what it asked happens once however often the button is pressed.

use chrono::TimeDelta;
use rand::Rng;

use super::intake::{self, Arrival, Incoming};
use crate::domain::id::TelegramId;
use crate::domain::language::Language;
use crate::messaging::buttons::Press;
use crate::messaging::card::{Card, CardButton};
use crate::messaging::send_error::SendError;
use crate::messaging::telegram::{MessageId, Messenger};
use crate::messaging::texts::{Say, say};
use crate::storage::{Storage, StorageError};

/// How long what failed may be asked for again. Afterwards nobody remembers what it was about.
pub const REPEAT_FOR: TimeDelta = TimeDelta::hours(1);

/// An update as it is to be answered: its own, or that of an earlier one which is asked for again.
#[derive(Debug, Clone)]
pub struct Asked {
    /// What is asked.
    pub arrival: Arrival,
    /// The update that asks it.
    pub update_id: i64,
    /// The apology whose button asks for it again.
    pub apology: Option<MessageId>,
}

impl Asked {
    /// What an update asks, when it cannot be looked up which earlier one it asks for again.
    #[must_use]
    pub fn unknown(arrival: Arrival, update_id: i64) -> Self {
        match arrival.incoming {
            Incoming::Press(Press::Again(failed)) => {
                Self { apology: arrival.pressed_card, arrival, update_id: failed }
            }
            _ => Self { arrival, update_id, apology: None },
        }
    }

    /// Finds out what an update asks. `None` for a button whose question was answered since, or is too old, and for
    /// what was typed or sent in a talk that has gone on: it would answer another question now.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn find(
        storage: &Storage,
        chat: TelegramId,
        update_id: i64,
        arrival: &Arrival,
    ) -> Result<Option<Self>, StorageError> {
        let Incoming::Press(Press::Again(failed)) = arrival.incoming else {
            return Ok(Some(Self { arrival: arrival.clone(), update_id, apology: None }));
        };
        let body = storage.failed_update(failed, chat).await?;
        let Some(failed_arrival) = body.as_deref().and_then(intake::read) else { return Ok(None) };
        let answers_a_question =
            matches!(failed_arrival.incoming, Incoming::Text(_) | Incoming::Photo(_) | Incoming::Document(_));
        if answers_a_question && storage.talk_went_on(failed, chat).await? {
            return Ok(None);
        }
        let apology = arrival.pressed_card;
        // A tap is answered where the person is now: the card it stood under may be far above.
        let pressed_card = failed_arrival.pressed_card.and(apology);
        let callback_id = arrival.callback_id.clone();
        let arrival = Arrival { pressed_card, callback_id, ..failed_arrival };
        Ok(Some(Self { arrival, update_id: failed, apology }))
    }
}

/// "Sorry, something went wrong. Nothing is lost." Works without a database. An apology whose question failed
/// again says so itself.
///
/// # Errors
/// When Telegram does not take it.
pub async fn say_sorry(
    messenger: &Messenger,
    asked: &Asked,
    (language, code): (Language, &str),
    may_repeat: bool,
) -> Result<(), SendError> {
    if let Some(callback_id) = &asked.arrival.callback_id {
        messenger.answer(callback_id, None).await;
    }
    let text = Say::new(language, if may_repeat { "sorry" } else { "sorry-for-good" });
    let again = CardButton::press(say(language, "sorry-button-again"), Press::Again(asked.update_id));
    let home = CardButton::press(say(language, "button-home"), Press::Home);
    let card = Card::new(text.with_safe("code", code).html())
        .row(may_repeat.then_some(again).into_iter().chain([home]));
    match asked.apology {
        Some(apology) => messenger.edit(asked.arrival.person, apology, &card).await.map(|_| ()),
        None => messenger.send(asked.arrival.person, &card).await.map(|_| ()),
    }
}

/// Answers the button and says that it is being tried again.
///
/// # Errors
/// When Telegram does not take it.
pub async fn say_trying(messenger: &Messenger, asked: &Asked, language: Language) -> Result<(), SendError> {
    let Some(apology) = asked.apology else { return Ok(()) };
    if let Some(callback_id) = &asked.arrival.callback_id {
        messenger.answer(callback_id, Some(&say(language, "sorry-trying"))).await;
    }
    messenger
        .amend(asked.arrival.person, apology, &Card::new(say(language, "sorry-trying")))
        .await
        .map(|_| ())
}

/// Says below an apology that what failed is done.
///
/// # Errors
/// When Telegram does not take it.
pub async fn say_repeated(messenger: &Messenger, asked: &Asked, language: Language) -> Result<(), SendError> {
    let Some(apology) = asked.apology else { return Ok(()) };
    let home = CardButton::press(say(language, "button-home"), Press::Home);
    let card = Card::new(say(language, "sorry-repeated")).row([home]);
    messenger.amend(asked.arrival.person, apology, &card).await.map(|_| ())
}

/// Says that there is nothing to do again, kindly.
///
/// # Errors
/// When Telegram does not take it.
pub async fn say_too_late(
    messenger: &Messenger,
    arrival: &Arrival,
    language: Language,
) -> Result<(), SendError> {
    if let Some(callback_id) = &arrival.callback_id {
        messenger.answer(callback_id, Some(&say(language, "sorry-too-late-toast"))).await;
    }
    let Some(apology) = arrival.pressed_card else { return Ok(()) };
    let home = CardButton::press(say(language, "button-home"), Press::Home);
    let card = Card::new(say(language, "sorry-too-late")).row([home]);
    messenger.amend(arrival.person, apology, &card).await.map(|_| ())
}

/// What the person reads to the operator, and the operator finds in the log.
#[must_use]
pub fn fault_code() -> String {
    format!("{:04X}", rand::rng().random::<u16>())
}
