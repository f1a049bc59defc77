//! The payment link id: the tail of a link's address.

use std::fmt;

use data_encoding::BASE32_NOPAD;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::card_number::contains_card_number;

/// 26 letters of base 32 are 130 bits, above the 128 that make guessing hopeless.
const RANDOM_CHARACTERS: usize = 26;
/// An own text before a random suffix: 23 + `-` + 26 is 50.
const OWN_BEFORE_SUFFIX_MAX: usize = 23;

/// First parts of addresses that the web server or a browser means something else by, now or one day.
const RESERVED: &[&str] = &[
    "about",
    "admin",
    "api",
    "assets",
    "demo",
    "favicon",
    "health",
    "healthz",
    "help",
    "l",
    "link",
    "links",
    "login",
    "logout",
    "manifest",
    "metrics",
    "o",
    "order",
    "orders",
    "p",
    "pay",
    "privacy",
    "q",
    "readyz",
    "robots",
    "s",
    "security",
    "setup",
    "simulator",
    "sitemap",
    "static",
    "status",
    "telegram",
    "terms",
    "webhook",
    "webhooks",
    "well-known",
];

/// The tail of a link's address: generated, or own text of a–z, 0–9 and `-`, at most 50.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Slug(String);

/// Why a text cannot be the tail of an address.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum SlugError {
    /// Nothing was typed.
    #[error("the link text is empty")]
    Empty,
    /// More than [`Slug::CHARACTERS_MAX`].
    #[error("the link text has {length} characters, at most {} fit", Slug::CHARACTERS_MAX)]
    TooLong {
        /// How many characters were typed.
        length: usize,
    },
    /// Characters other than a–z, 0–9 and `-`.
    #[error("the link text cannot hold {characters:?}")]
    OddCharacters {
        /// Each odd character once, in the order typed.
        characters: String,
    },
    /// It starts or ends with `-`, which gets lost when the address is copied.
    #[error("the link text starts or ends with a dash")]
    EdgeDash,
    /// The server uses this address itself.
    #[error("{name:?} is reserved")]
    Reserved {
        /// The reserved name.
        name: String,
    },
    /// It has the shape of a generated id, so nobody could tell that it is guessable.
    #[error("the link text looks like a generated one")]
    LooksGenerated,
    /// It holds what looks like a payment card number, which we never store.
    #[error("the link text contains a card number")]
    CardNumber,
}

impl Slug {
    /// The most characters in a slug.
    pub const CHARACTERS_MAX: usize = 50;

    /// A slug that nobody guesses: 26 characters of `random`.
    pub fn generate(random: [u8; 17]) -> Self {
        Self(random_text(random))
    }

    /// Reads the seller's own text: upper case becomes lower case, spaces become dashes. What it leads to is
    /// guessable until a random suffix is added.
    pub fn parse_own(text: &str) -> Result<Self, SlugError> {
        let text = text.trim().to_ascii_lowercase();
        let text = text.split_whitespace().collect::<Vec<_>>().join("-");
        check_shape(&text)?;
        if contains_card_number(&text) {
            return Err(SlugError::CardNumber);
        }
        if RESERVED.contains(&text.as_str()) {
            return Err(SlugError::Reserved { name: text });
        }
        let slug = Self(text);
        if slug.is_guessable() { Ok(slug) } else { Err(SlugError::LooksGenerated) }
    }

    /// The own text, shortened to 23 characters where need be, with 26 random characters behind it.
    #[must_use]
    pub fn with_random_suffix(&self, random: [u8; 17]) -> Self {
        let own: String = self.0.chars().take(OWN_BEFORE_SUFFIX_MAX).collect();
        Self(format!("{}-{}", own.trim_end_matches('-'), random_text(random)))
    }

    /// Whether someone who knows the shop could guess it: no generated part of ≥ 128 random bits in it.
    pub fn is_guessable(&self) -> bool {
        let tail = self.0.rsplit('-').next().unwrap_or_default();
        let is_base32 = |byte: u8| byte.is_ascii_lowercase() || matches!(byte, b'2'..=b'7');
        tail.len() != RANDOM_CHARACTERS || !tail.bytes().all(is_base32)
    }

    /// The tail of the address.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn random_text(random: [u8; 17]) -> String {
    let mut text = BASE32_NOPAD.encode(&random).to_ascii_lowercase();
    text.truncate(RANDOM_CHARACTERS);
    text
}

fn check_shape(text: &str) -> Result<(), SlugError> {
    let mut characters = String::new();
    for character in text.chars() {
        let allowed = character.is_ascii_lowercase() || character.is_ascii_digit() || character == '-';
        if !allowed && !characters.contains(character) {
            characters.push(character);
        }
    }
    match text.chars().count() {
        0 => Err(SlugError::Empty),
        length if length > Slug::CHARACTERS_MAX => Err(SlugError::TooLong { length }),
        _ if !characters.is_empty() => Err(SlugError::OddCharacters { characters }),
        _ if text.starts_with('-') || text.ends_with('-') => Err(SlugError::EdgeDash),
        _ => Ok(()),
    }
}

impl fmt::Display for Slug {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// Reads back a slug that exists: generated ones pass, and the shape is still checked.
impl TryFrom<String> for Slug {
    type Error = SlugError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        check_shape(&text)?;
        Ok(Self(text))
    }
}

impl From<Slug> for String {
    fn from(slug: Slug) -> Self {
        slug.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn own_texts_become_addresses() {
        for (text, slug) in [
            ("kaos-hitam", "kaos-hitam"),
            (" Kaos  Hitam XL ", "kaos-hitam-xl"),
            ("a", "a"),
            ("2026", "2026"),
            ("orders-2", "orders-2"),
            (&"x".repeat(50), &"x".repeat(50)),
        ] {
            let parsed = Slug::parse_own(text).unwrap();
            assert_eq!(parsed.as_str(), slug);
            assert!(parsed.is_guessable());
        }
    }

    #[test]
    fn other_own_texts_are_refused() {
        let odd = |characters: &str| SlugError::OddCharacters { characters: characters.to_owned() };
        for (text, error) in [
            ("", SlugError::Empty),
            (&"x".repeat(51), SlugError::TooLong { length: 51 }),
            ("kaos_hitam!", odd("_!")),
            ("../x", odd("./")),
            ("robots.txt", odd(".")),
            ("kaös", odd("ö")),
            ("\u{212A}aos", odd("\u{212A}")),
            ("-kaos", SlugError::EdgeDash),
            ("kaos-", SlugError::EdgeDash),
            ("-", SlugError::EdgeDash),
            ("Orders", SlugError::Reserved { name: "orders".to_owned() }),
            ("p", SlugError::Reserved { name: "p".to_owned() }),
            ("abcdefghijklmnopqrstuvwxyz", SlugError::LooksGenerated),
            ("kaos-abcdefghijklmnopqrstuvwxyz", SlugError::LooksGenerated),
        ] {
            assert_eq!(Slug::parse_own(text), Err(error), "{text}");
        }
    }

    #[test]
    fn generated_slugs_hold_all_their_random_bits() {
        assert_eq!(Slug::generate([0; 17]).as_str(), "a".repeat(26));
        assert_eq!(Slug::generate([0; 17]).to_string(), "a".repeat(26));
        assert_eq!(Slug::generate([0xff; 17]).as_str(), "7".repeat(26));
        let mut last = [0; 17];
        last[15] = 1;
        assert_ne!(Slug::generate(last), Slug::generate([0; 17]), "bit 128 counts");
        assert!(!Slug::generate([7; 17]).is_guessable());
    }

    #[test]
    fn a_suffix_makes_an_own_text_safe_within_fifty_characters() {
        let suffix = "7".repeat(26);
        let safe = Slug::parse_own("kaos-hitam").unwrap().with_random_suffix([0xff; 17]);
        assert_eq!(safe.as_str(), format!("kaos-hitam-{suffix}"));
        assert!(!safe.is_guessable());
        let long = Slug::parse_own("kaos-hitam-lengan-saya-panjang-sekali").unwrap();
        let cut = long.with_random_suffix([0xff; 17]);
        assert_eq!(cut.as_str(), format!("kaos-hitam-lengan-saya-{suffix}").replace("--", "-"));
        assert!(cut.as_str().len() <= Slug::CHARACTERS_MAX);
    }

    #[test]
    fn a_slug_is_stored_as_its_text() {
        for slug in [Slug::generate([9; 17]), Slug::parse_own("kaos").unwrap()] {
            let json = serde_json::to_string(&slug).unwrap();
            assert_eq!(serde_json::from_str::<Slug>(&json).unwrap(), slug);
        }
        assert!(serde_json::from_str::<Slug>("\"a b\"").is_err());
    }
}
