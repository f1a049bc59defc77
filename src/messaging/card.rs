//! A message with its buttons, before it is Telegram's.

use chrono::{DateTime, Utc};
use url::Url;

use super::buttons::Press;
use crate::domain::id::TelegramId;
use crate::domain::living_card::{CardFace, ShownLink};
use crate::domain::payment_link::PaymentLink;

/// A message: HTML and rows of buttons.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Card {
    /// Telegram HTML, at most 4096 UTF-16 units once parsed.
    pub html: String,
    /// Rows of buttons, at most three in a row and twelve rows.
    pub rows: Vec<Vec<CardButton>>,
    /// Whether it arrives without a sound.
    pub silent: bool,
    /// Telegram's number of the effect that it arrives with, in private chats; a chat that refuses it gets the
    /// card without.
    pub effect: Option<&'static str>,
    /// The link that it shows and follows.
    pub shows: Option<Box<ShownLink>>,
}

/// A button under a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CardButton {
    /// At most 20 characters, verb first.
    pub label: String,
    /// What a tap does.
    pub action: ButtonAction,
}

/// What a tap on a button does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ButtonAction {
    /// The bot is told.
    Press(Press),
    /// A page opens.
    Url(Url),
    /// The text (1 to 256 characters) is copied.
    Copy(String),
    /// The person picks a chat to send something to.
    Share {
        /// An address of Telegram's that does it by itself.
        address: Url,
        /// What the bot is asked there, where it answers inline: then its message is kept true.
        query: String,
    },
}

impl Card {
    /// A card without buttons, arriving with a sound.
    #[must_use]
    pub fn new(html: impl Into<String>) -> Self {
        Self { html: html.into(), rows: Vec::new(), silent: false, effect: None, shows: None }
    }

    /// Adds a row of buttons; an empty one is left out.
    #[must_use]
    pub fn row(mut self, buttons: impl IntoIterator<Item = CardButton>) -> Self {
        let row: Vec<CardButton> = buttons.into_iter().collect();
        if !row.is_empty() {
            self.rows.push(row);
        }
        self
    }

    /// The same card, which is drawn again when the link changes; `at`: the instant that it shows.
    #[must_use]
    pub fn following(mut self, link: &PaymentLink, face: CardFace, at: DateTime<Utc>) -> Self {
        self.shows = Some(Box::new(ShownLink { link: link.clone(), face, at }));
        self
    }

    /// The effect, where it can be shown: groups and channels, whose ids are below zero, have none.
    #[must_use]
    pub fn effect_in(&self, chat: TelegramId) -> Option<&'static str> {
        self.effect.filter(|_| chat.0 > 0)
    }

    /// The same card, arriving without a sound.
    #[must_use]
    pub fn silent(mut self) -> Self {
        self.silent = true;
        self
    }
}

impl CardButton {
    /// A button that tells the bot.
    #[must_use]
    pub fn press(label: impl Into<String>, press: Press) -> Self {
        Self { label: label.into(), action: ButtonAction::Press(press) }
    }

    /// A button that opens a page.
    #[must_use]
    pub fn url(label: impl Into<String>, url: Url) -> Self {
        Self { label: label.into(), action: ButtonAction::Url(url) }
    }

    /// A button that copies a text.
    #[must_use]
    pub fn copy(label: impl Into<String>, text: impl Into<String>) -> Self {
        Self { label: label.into(), action: ButtonAction::Copy(text.into()) }
    }
}
