//! What a handler holds while it answers one update: who speaks, where the talk is, and how to say
//! something.

use std::sync::atomic::Ordering;

use super::BotError;
use super::company::Lateness;
use super::conversation::{Conversation, KeptConversation};
use super::intake::Arrival;
use crate::domain::id::{DraftId, Fingerprint, TelegramId};
use crate::domain::language::Language;
use crate::domain::living_card::ShownLink;
use crate::domain::shop_face::ChatName;
use crate::messaging::buttons::Press;
use crate::messaging::card::{Card, CardButton};
use crate::messaging::telegram::{Edited, MessageId, Messenger};
use crate::messaging::texts::{Say, say};
use crate::services::Services;
use crate::services::merchants::Seat;

/// One update being answered.
#[derive(Debug)]
pub struct Talk {
    /// What a shop can do.
    pub services: Services,
    /// The way out.
    pub messenger: Messenger,
    /// Who speaks, and the private chat.
    pub person: TelegramId,
    /// What the person is called at Telegram.
    pub first_name: String,
    /// What the person is called in public at Telegram, if anything.
    pub chat_name: Option<ChatName>,
    /// What the bot speaks with the person.
    pub language: Language,
    /// The shop the person works in.
    pub seat: Option<Seat>,
    /// Whether a person without a shop may open one.
    pub may_open_shop: bool,
    /// Where the talk is; changed by [`Talk::go`].
    pub conversation: Conversation,
    /// The message whose button was pressed, or the card that was shown last in this answer.
    pub card: Option<MessageId>,
    /// The tap to be answered.
    pub callback_id: Option<String>,
    /// The update that is answered.
    pub update_id: i64,
    /// Of that update: what it makes is made once, also when it is answered once more.
    pub fingerprint: Fingerprint,
    /// Whether it was said that this takes long: then the answer is a message of its own.
    pub lateness: Lateness,
    /// Whether the tap came from a record: a question that is open elsewhere keeps its card.
    is_beside: bool,
    /// The card that asked for what was typed now.
    asking_card: Option<MessageId>,
    confirm_card: Option<(DraftId, MessageId)>,
    was_unreadable: bool,
    /// What each message shows that was sent or changed in this answer.
    drawn: Vec<(i64, Option<ShownLink>)>,
    /// The row as it was, so that an answer that moves nothing writes nothing.
    kept: KeptConversation,
}

/// How an answer ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Closed {
    /// The numbers of the messages that were changed, and of those sent that show a link.
    pub drawn: Vec<i64>,
    /// Whether the update is noted as done: it is, where the talk moved.
    pub is_noted: bool,
}

impl Talk {
    /// Looks up who speaks and where the talk is.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn open(
        services: Services,
        messenger: Messenger,
        arrival: &Arrival,
        update_id: i64,
    ) -> Result<Self, BotError> {
        let person = arrival.person;
        let mut reader = services.storage().read().await?;
        let mut seat = Seat::of(&mut reader, person).await?;
        let kept = KeptConversation::load(&mut reader, person).await?;
        let name = arrival.chat_name.as_ref();
        let shown = if seat.is_some() { reader.shown_chat_names(person).await? } else { Vec::new() };
        drop(reader);
        if services.note_chat_name(person, name, &shown).await? {
            seat = services.seat(person).await?;
        }
        let may_open_shop = seat.is_none() && services.may_open_shop(person).await?;
        let guess = Language::guess(arrival.language_code.as_deref());
        let language = match (&seat, &kept.conversation) {
            (Some(seat), _) => seat.member.language,
            (None, Conversation::Start(start)) => start.language,
            (None, _) => guess,
        };
        Ok(Self {
            services,
            messenger,
            person,
            first_name: arrival.first_name.clone(),
            chat_name: arrival.chat_name.clone(),
            language,
            seat,
            may_open_shop,
            conversation: kept.conversation.clone(),
            card: arrival.pressed_card,
            callback_id: arrival.callback_id.clone(),
            update_id,
            fingerprint: arrival.fingerprint,
            lateness: Lateness::default(),
            is_beside: false,
            asking_card: kept.asking_card,
            confirm_card: kept.confirm_card,
            was_unreadable: kept.was_unreadable,
            drawn: Vec::new(),
            kept,
        })
    }

    /// Shows a card: in place of the one whose button was pressed, or as a new message when the
    /// person typed. A further card in the same answer takes the place of the first.
    ///
    /// # Errors
    /// When Telegram does not take it.
    pub async fn show(&mut self, card: Card) -> Result<(), BotError> {
        self.answer_tap(None).await;
        let Some(shown) = self.place() else {
            return self.tell(card).await;
        };
        let edited = self.messenger.edit(self.person, shown, &card).await?;
        let message = if let Edited::SentAnew(message) = edited { message } else { shown };
        self.card = Some(message);
        self.note(message, card);
        Ok(())
    }

    /// Shows a picture (PNG) with a card under it: in place of the card whose button was pressed, or as a
    /// new message when the person typed.
    ///
    /// # Errors
    /// When Telegram does not take it.
    pub async fn show_picture(&mut self, picture: Vec<u8>, card: Card) -> Result<(), BotError> {
        self.answer_tap(None).await;
        let Some(shown) = self.place() else {
            let message = self.messenger.send_chart(self.person, picture, &card).await?;
            self.was_sent(message, card).await;
            return Ok(());
        };
        let edited = self.messenger.edit_picture(self.person, shown, picture, &card).await?;
        let message = if let Edited::SentAnew(message) = edited { message } else { shown };
        self.card = Some(message);
        self.note(message, card);
        Ok(())
    }

    /// Sends a card as a new message. The buttons of the card that asked for what was typed go.
    ///
    /// # Errors
    /// When Telegram does not take it.
    pub async fn tell(&mut self, card: Card) -> Result<(), BotError> {
        self.answer_tap(None).await;
        let message = self.messenger.send(self.person, &card).await?;
        self.was_sent(message, card).await;
        Ok(())
    }

    /// A new message stands in the chat: the buttons of the card that asked for what was typed go.
    async fn was_sent(&mut self, message: MessageId, card: Card) {
        self.card = Some(message);
        // A new message was no card of a link before.
        if card.shows.is_some() {
            self.note(message, card);
        }
        if !self.leaves_question_open()
            && let Some(asked) = self.asking_card.take()
            && asked != message
        {
            self.messenger.strip_keyboard(self.person, asked).await;
        }
    }

    /// The button stands under a record: the answer is a message of its own.
    pub fn leave_record(&mut self) {
        self.card = None;
        self.is_beside = true;
    }

    /// Shows a card that asks nothing, beside what is being asked: the card that asks keeps its place
    /// and its buttons.
    ///
    /// # Errors
    /// When Telegram does not take it.
    pub async fn show_aside(&mut self, card: Card) -> Result<(), BotError> {
        self.answer_tap(None).await;
        match self.card.take().filter(|pressed| self.asking_card != Some(*pressed)) {
            Some(pressed) => {
                self.messenger.edit(self.person, pressed, &card).await?;
                self.note(pressed, card);
            }
            None => {
                self.messenger.send(self.person, &card).await?;
            }
        }
        Ok(())
    }

    /// Says a line over the chat, for a tap; nothing for what was typed. It comes before the card:
    /// a tap is answered once.
    pub async fn toast(&mut self, key: &str) {
        let line = say(self.language, key);
        self.answer_tap(Some(&line)).await;
    }

    /// Moves the talk; kept when the answer is complete.
    pub fn go(&mut self, conversation: Conversation) {
        self.conversation = conversation;
    }

    /// The draft whose confirm card is open.
    #[must_use]
    pub fn open_confirm_card(&self) -> Option<DraftId> {
        self.confirm_card.map(|(draft_id, _)| draft_id)
    }

    /// The card that was shown last asks whether this draft is right; `None` when no card does any more.
    pub fn confirms(&mut self, draft_id: Option<DraftId>) {
        self.confirm_card = draft_id.zip(self.card);
    }

    /// Takes the buttons off the open confirm card.
    pub async fn close_confirm_card(&mut self) {
        if let Some((_, card)) = self.confirm_card.take()
            && self.card != Some(card)
        {
            self.messenger.strip_keyboard(self.person, card).await;
        }
    }

    /// A text in the person's language, for [`Say::html`] or [`Say::plain`].
    pub fn words<'a>(&self, key: &'a str) -> Say<'a> {
        Say::new(self.language, key)
    }

    /// A text without arguments in the person's language.
    #[must_use]
    pub fn say(&self, key: &str) -> String {
        say(self.language, key)
    }

    /// The button that leads home.
    #[must_use]
    pub fn home_button(&self) -> CardButton {
        CardButton::press(self.say("button-home"), Press::Home)
    }

    /// Whether the bot forgot where the talk was, because the row is of another version; asked once.
    pub fn take_was_unreadable(&mut self) -> bool {
        std::mem::take(&mut self.was_unreadable)
    }

    /// Ends the answer to an update: a tap that nobody answered is answered, and the talk is kept where
    /// it is.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn close(&mut self, update_id: i64) -> Result<Closed, BotError> {
        self.answer_tap(None).await;
        let drawn = std::mem::take(&mut self.drawn);
        self.services.note_cards(self.person, &drawn).await?;
        let drawn = drawn.into_iter().map(|(message, _)| message).collect();
        let asks = self.conversation != Conversation::Idle;
        let kept = KeptConversation {
            conversation: self.conversation.clone(),
            asking_card: match self.card {
                _ if !asks => None,
                Some(card) if !self.leaves_question_open() => Some(card),
                _ => self.asking_card,
            },
            confirm_card: self.confirm_card,
            was_unreadable: false,
        };
        let is_noted = kept != self.kept;
        if is_noted {
            kept.save(&self.services, self.person, update_id).await?;
        }
        Ok(Closed { drawn, is_noted })
    }

    /// The message that the next card takes the place of. Once it was said that this takes long, the first
    /// card comes below that.
    fn place(&mut self) -> Option<MessageId> {
        if self.lateness.swap(false, Ordering::Relaxed) {
            self.card = None;
        }
        self.card
    }

    /// What a message shows now, for the end of the answer.
    fn note(&mut self, message: MessageId, card: Card) {
        self.drawn.retain(|(other, _)| *other != message.0);
        self.drawn.push((message.0, card.shows.map(|shown| *shown)));
    }

    fn leaves_question_open(&self) -> bool {
        self.is_beside && self.conversation == self.kept.conversation
    }

    /// Answers the tap, once.
    pub async fn answer_tap(&mut self, line: Option<&str>) {
        if let Some(callback_id) = self.callback_id.take() {
            self.messenger.answer(&callback_id, line).await;
        }
    }
}
