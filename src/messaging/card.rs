//! A message with its buttons, before it is Telegram's.

use chrono::{DateTime, Utc};
use unicode_segmentation::UnicodeSegmentation;
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
    /// Rows of buttons, at most four in a row (of a grid eight) and twelve rows.
    pub rows: Vec<Vec<CardButton>>,
    /// Whether it arrives without a sound.
    pub silent: bool,
    /// Telegram's number of the effect that it arrives with, in private chats; a chat that refuses it gets the
    /// card without.
    pub effect: Option<&'static str>,
    /// The topic that it goes to, in a forum.
    pub thread: Option<i64>,
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

/// The widest label that a phone of 360 points shows whole when two stand in a row, in letters: the bubble is
/// some 290 points wide, a letter some 8.
pub const HALF_WIDTH: usize = 17;

/// The same when three stand in a row.
const THIRD_WIDTH: usize = 10;

/// The same when four stand in a row.
const QUARTER_WIDTH: usize = 6;

impl Card {
    /// A card without buttons, arriving with a sound.
    #[must_use]
    pub fn new(html: impl Into<String>) -> Self {
        Self { html: html.into(), rows: Vec::new(), silent: false, effect: None, thread: None, shows: None }
    }

    /// Adds a row of buttons, or several rows where their labels are too long to stand beside each other: a phone
    /// cuts off what has no room. An empty one is left out.
    #[must_use]
    pub fn row(mut self, buttons: impl IntoIterator<Item = CardButton>) -> Self {
        let mut rest: Vec<CardButton> = buttons.into_iter().collect();
        while !rest.is_empty() {
            let later = rest.split_off(beside_each_other(&rest));
            self.rows.push(rest);
            rest = later;
        }
        self
    }

    /// Adds a row of a grid, as it is: the columns stand below each other. At most eight buttons of three
    /// letters, or four of five.
    #[must_use]
    pub fn grid_row(mut self, buttons: impl IntoIterator<Item = CardButton>) -> Self {
        self.rows.push(buttons.into_iter().collect());
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

    /// The same card, for a topic of a forum.
    #[must_use]
    pub const fn in_thread(mut self, thread: Option<i64>) -> Self {
        self.thread = thread;
        self
    }

    /// The same card, arriving without a sound.
    #[must_use]
    pub fn silent(mut self) -> Self {
        self.silent = true;
        self
    }
}

/// At most so many characters, the last of them an ellipsis when something was cut off.
#[must_use]
pub fn cut(text: &str, characters_max: usize) -> String {
    if text.chars().count() <= characters_max {
        return text.to_owned();
    }
    let kept: String = text.chars().take(characters_max.saturating_sub(1)).collect();
    format!("{}…", kept.trim_end())
}

/// How many of these buttons fit into one row, from the first on.
fn beside_each_other(buttons: &[CardButton]) -> usize {
    let fit = |count: usize, width: usize| {
        let row = buttons.get(..count)?;
        row.iter().all(|button| label_width(&button.label) <= width).then_some(count)
    };
    fit(4, QUARTER_WIDTH).or_else(|| fit(3, THIRD_WIDTH)).or_else(|| fit(2, HALF_WIDTH)).unwrap_or(1)
}

/// How wide a label is, in letters; a picture takes the room of two.
fn label_width(label: &str) -> usize {
    let width = |cluster: &str| match cluster.chars().next() {
        Some(first) if u32::from(first) >= 0x2190 => 2,
        _ => 1,
    };
    label.graphemes(true).map(width).sum()
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_that_a_phone_would_cut_off_get_a_row_of_their_own() {
        let rows = |labels: &[&str]| {
            let buttons = labels.iter().map(|label| CardButton::press(*label, Press::Home));
            Card::new("").row(buttons).rows.iter().map(Vec::len).collect::<Vec<_>>()
        };
        assert_eq!(rows(&["📋 Salin", "↗️ Kirim", "▦ QR"]), [3]);
        assert_eq!(rows(&["🔎 Cari", "➕ Baru", "🏠 Beranda"]), [3]);
        assert_eq!(rows(&["🧾 Pesanan (0)", "📊 Statistik", "📄 Detail"]), [2, 1]);
        assert_eq!(rows(&["💬 WhatsApp pembeli", "✈️ Telegram"]), [1, 1]);
        assert_eq!(rows(&["Kedaluwarsa", "Mati"]), [2]);
        assert_eq!(rows(&["1×", "✓ 5×", "10×", "50×"]), [4]);
        assert_eq!(rows(&[]), [0; 0]);
    }
}
