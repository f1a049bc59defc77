//! The Order ID of a link, as the seller sees it.

use std::fmt;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::card_number::contains_card_number;

/// The letters and digits of Crockford's base 32: no I, L, O or U, so nothing is misread aloud or on paper.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// 1 to 36 of `A-Za-z0-9._~-`: what Midtrans takes as an order id, with room for the attempt's tail.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Reference(String);

/// Why a text is not a reference.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ReferenceError {
    /// Nothing was typed.
    #[error("the reference is empty")]
    Empty,
    /// More than [`Reference::CHARACTERS_MAX`].
    #[error("the reference has {length} characters, at most {} fit", Reference::CHARACTERS_MAX)]
    TooLong {
        /// How many characters were typed.
        length: usize,
    },
    /// Characters outside `A-Za-z0-9._~-`.
    #[error("the reference cannot hold {characters:?}")]
    OddCharacters {
        /// Each odd character once, in the order typed.
        characters: String,
    },
    /// It holds what looks like a payment card number, which we never store.
    #[error("the reference contains a card number")]
    CardNumber,
}

impl Reference {
    /// The most characters in a reference.
    pub const CHARACTERS_MAX: usize = 36;

    /// Reads a reference that the seller gave. Nothing but outer white space is changed: it is an id in
    /// someone's books.
    pub fn parse(text: &str) -> Result<Self, ReferenceError> {
        let reference = Self::read(text.trim())?;
        if contains_card_number(&reference.0) { Err(ReferenceError::CardNumber) } else { Ok(reference) }
    }

    fn read(text: &str) -> Result<Self, ReferenceError> {
        let mut characters = String::new();
        for character in text.chars() {
            let allowed = character.is_ascii_alphanumeric() || "._~-".contains(character);
            if !allowed && !characters.contains(character) {
                characters.push(character);
            }
        }
        match text.chars().count() {
            0 => Err(ReferenceError::Empty),
            length if length > Self::CHARACTERS_MAX => Err(ReferenceError::TooLong { length }),
            _ if !characters.is_empty() => Err(ReferenceError::OddCharacters { characters }),
            _ => Ok(Self(text.to_owned())),
        }
    }

    /// A short one for people, such as `T-7K3QM2`. Thirty random bits are for reading, not for guarding:
    /// whoever stores it draws again when the shop already has it.
    pub fn generate(random: [u8; 6]) -> Self {
        let letter = |byte: u8| char::from(ALPHABET[usize::from(byte % 32)]);
        Self(["T-".to_owned(), random.into_iter().map(letter).collect()].concat())
    }

    /// The reference as typed.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Reference {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// Reads back a reference that exists: the shape is checked, not whether it could be given today.
impl TryFrom<String> for Reference {
    type Error = ReferenceError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::read(&text)
    }
}

impl From<Reference> for String {
    fn from(reference: Reference) -> Self {
        reference.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn given_references_are_kept_as_they_are() {
        for text in ["INV-01", "a", "A.b_c~d-9", &"x".repeat(36)] {
            assert_eq!(Reference::parse(text).unwrap().as_str(), text);
        }
        assert_eq!(Reference::parse(" INV-01 ").unwrap().as_str(), "INV-01");
    }

    #[test]
    fn other_references_are_refused() {
        assert_eq!(Reference::parse(" "), Err(ReferenceError::Empty));
        assert_eq!(Reference::parse(&"x".repeat(37)), Err(ReferenceError::TooLong { length: 37 }));
        let odd = |characters: &str| Err(ReferenceError::OddCharacters { characters: characters.to_owned() });
        assert_eq!(Reference::parse("INV/01/26"), odd("/"));
        assert_eq!(Reference::parse("é #1 #2"), odd("é #"));
        assert_eq!(Reference::parse("INV-4111.1111.1111.1111"), Err(ReferenceError::CardNumber));
        assert!(Reference::try_from("4111111111111111".to_owned()).is_ok(), "what is there stays readable");
    }

    #[test]
    fn generated_references_are_short_and_valid() {
        assert_eq!(Reference::generate([0, 31, 32, 63, 255, 10]).as_str(), "T-0Z0ZZA");
        for byte in 0..=255 {
            let reference = Reference::generate([byte; 6]);
            assert_eq!(Reference::parse(reference.as_str()), Ok(reference));
        }
    }

    #[test]
    fn a_reference_is_stored_as_its_text() {
        let reference = Reference::parse("INV-01").unwrap();
        assert_eq!(serde_json::to_string(&reference).unwrap(), "\"INV-01\"");
        assert!(serde_json::from_str::<Reference>("\"a b\"").is_err());
    }
}
