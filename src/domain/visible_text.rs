//! Text that people read: cleaned of what cannot be seen, bounded in length, free of card numbers.
//!
//! Markup is not our enemy here: `<b>` is a name like any other, stored and shown literally.

use std::fmt;

use serde::{Deserialize, Serialize};
use thiserror::Error;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::card_number::contains_card_number;

/// Marks above this on one letter are decoration that paints over its neighbours ("zalgo"). No living
/// spelling needs more once the text is composed.
const COMBINING_MARKS_MAX: usize = 3;

/// A value read from human text, and whether something invisible was taken out, which people are told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cleaned<T> {
    /// What remained.
    pub value: T,
    /// Zero-width, direction or control characters, or piled-up marks were removed. Joining white space to
    /// one space does not count.
    pub removed_marks: bool,
}

/// Why a text cannot stand as a name.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum TextError {
    /// Nothing to see: empty, or only white space and marks.
    #[error("the text is empty")]
    Empty,
    /// More characters than fit.
    #[error("the text has {length} characters, at most {max} fit")]
    TooLong {
        /// The most characters that fit.
        max: usize,
        /// How many there are after cleaning.
        length: usize,
    },
    /// It holds what looks like a payment card number, which we never store.
    #[error("the text contains a card number")]
    CardNumber,
}

/// What is sold through a link: 1 to 100 characters (so at most 400 bytes), one line.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ItemName(String);

impl ItemName {
    /// The most characters in an item's name.
    pub const CHARACTERS_MAX: usize = 100;

    /// Reads and cleans what someone typed.
    pub fn parse(text: &str) -> Result<Cleaned<Self>, TextError> {
        Ok(clean_within(text, Self::CHARACTERS_MAX)?.map(Self))
    }

    /// The cleaned name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The name of a shop: 1 to 50 characters, one line.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct StoreName(String);

impl StoreName {
    /// The most characters in a shop's name.
    pub const CHARACTERS_MAX: usize = 50;

    /// Reads and cleans what someone typed.
    pub fn parse(text: &str) -> Result<Cleaned<Self>, TextError> {
        Ok(clean_within(text, Self::CHARACTERS_MAX)?.map(Self))
    }

    /// The cleaned name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// What the team writes down about a link for itself: 1 to 200 characters, one line. No customer reads it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct SellerNote(String);

impl SellerNote {
    /// The most characters in a note.
    pub const CHARACTERS_MAX: usize = 200;

    /// Reads and cleans what someone typed.
    pub fn parse(text: &str) -> Result<Cleaned<Self>, TextError> {
        Ok(clean_within(text, Self::CHARACTERS_MAX)?.map(Self))
    }

    /// The cleaned note.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl<T> Cleaned<T> {
    /// Keeps what was said about the cleaning and changes the value.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Cleaned<U> {
        Cleaned { value: change(self.value), removed_marks: self.removed_marks }
    }
}

/// Cleans `text` and checks that 1 to `max` characters remain, none of them part of a card number.
pub fn clean_within(text: &str, max: usize) -> Result<Cleaned<String>, TextError> {
    let cleaned = clean(text);
    let length = cleaned.value.chars().count();
    if length == 0 {
        return Err(TextError::Empty);
    }
    // The length comes first: looking for card numbers in a book would be slow.
    if length > max {
        return Err(TextError::TooLong { max, length });
    }
    if contains_card_number(&cleaned.value) {
        return Err(TextError::CardNumber);
    }
    Ok(cleaned)
}

/// Composes the text (NFC), joins white space and line breaks to single spaces, and removes what cannot be
/// seen, turns the direction of reading, or piles up.
pub fn clean(text: &str) -> Cleaned<String> {
    let characters: Vec<char> = text.nfc().collect();
    let mut kept = String::with_capacity(text.len());
    let mut removed_marks = false;
    let mut marks_on_base = None;
    for (index, &character) in characters.iter().enumerate() {
        let next = characters.get(index + 1).copied();
        if character.is_whitespace() {
            if !kept.is_empty() && !kept.ends_with(' ') {
                kept.push(' ');
            }
            marks_on_base = None;
        } else if is_invisible(character) && !joins_emoji(kept.chars().last(), character, next) {
            removed_marks = true;
        } else if is_combining_mark(character) {
            match marks_on_base.as_mut() {
                Some(marks) if *marks < COMBINING_MARKS_MAX => {
                    *marks += 1;
                    kept.push(character);
                }
                _ => removed_marks = true,
            }
        } else {
            marks_on_base = Some(0);
            kept.push(character);
        }
    }
    // Once more, because removing a joiner can bring a letter and its mark together.
    Cleaned { value: kept.trim_end().nfc().collect(), removed_marks }
}

/// Families and professions are several emoji glued by U+200D; there it is part of the picture.
fn joins_emoji(previous: Option<char>, character: char, next: Option<char>) -> bool {
    let is_picture =
        |picture: char| matches!(picture, '\u{2190}'..='\u{2BFF}' | '\u{FE0F}' | '\u{1F000}'..='\u{1FAFF}');
    character == '\u{200D}' && previous.is_some_and(is_picture) && next.is_some_and(is_picture)
}

/// Control, zero-width, direction, filler, tag, private and non-characters.
fn is_invisible(character: char) -> bool {
    character.is_control()
        || matches!(character,
            '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}'
            | '\u{180B}'..='\u{180F}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}' | '\u{2800}' | '\u{3164}' | '\u{E000}'..='\u{F8FF}'
            | '\u{FDD0}'..='\u{FDEF}' | '\u{FE00}'..='\u{FE0D}' | '\u{FEFF}' | '\u{FFA0}'
            | '\u{FFF0}'..='\u{FFFC}' | '\u{FFFE}' | '\u{FFFF}' | '\u{1D173}'..='\u{1D17A}'
            | '\u{E0000}'..='\u{10FFFF}')
}

impl fmt::Display for ItemName {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl fmt::Display for StoreName {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl TryFrom<String> for ItemName {
    type Error = TextError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Ok(Self::parse(&text)?.value)
    }
}

impl TryFrom<String> for StoreName {
    type Error = TextError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Ok(Self::parse(&text)?.value)
    }
}

impl TryFrom<String> for SellerNote {
    type Error = TextError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Ok(Self::parse(&text)?.value)
    }
}

impl From<SellerNote> for String {
    fn from(note: SellerNote) -> Self {
        note.0
    }
}

impl From<ItemName> for String {
    fn from(name: ItemName) -> Self {
        name.0
    }
}

impl From<StoreName> for String {
    fn from(name: StoreName) -> Self {
        name.0
    }
}

#[cfg(test)]
mod tests;
