//! How a seller narrows long lists: by where links and orders stand, and by words.

use super::payment_link::LinkState;
use super::visible_text::{TextError, clean_within};

/// Which of a shop's links a list shows. Deleted ones are in none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum LinkFilter {
    /// Whatever their state.
    #[default]
    All,
    /// Those that take payments, or will.
    Active,
    /// Those whose every payment was made.
    SoldOut,
    /// Those whose time is over.
    Expired,
    /// Those that are switched off.
    Off,
}

/// Which orders a list shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum OrderFilter {
    /// Whatever became of them.
    #[default]
    All,
    /// Paid and counted, with money that stays, or some of it.
    Paid,
    /// Not paid yet, and still payable.
    Waiting,
    /// The seller must decide something, or money is not where it should be.
    Problem,
    /// Paid, and not marked as sent.
    ToShip,
    /// Neither paid nor waiting.
    Other,
}

/// Words to search for: 1 to 100 characters, no card number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SearchWords(String);

impl LinkFilter {
    /// Every filter, in the order of their buttons.
    pub const ALL: [Self; 5] = [Self::All, Self::Active, Self::SoldOut, Self::Expired, Self::Off];

    /// The word by which statements know it.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Active => "active",
            Self::SoldOut => "sold_out",
            Self::Expired => "expired",
            Self::Off => "off",
        }
    }

    /// The one narrow filter that shows links in this state; `None` for deleted ones.
    #[must_use]
    pub const fn of(state: LinkState) -> Option<Self> {
        match state {
            LinkState::Deleted => None,
            LinkState::Paused => Some(Self::Off),
            LinkState::Expired => Some(Self::Expired),
            LinkState::Exhausted => Some(Self::SoldOut),
            LinkState::NotOpenYet | LinkState::Busy | LinkState::Active => Some(Self::Active),
        }
    }
}

impl OrderFilter {
    /// Every filter.
    pub const ALL: [Self; 6] =
        [Self::All, Self::Paid, Self::Waiting, Self::Problem, Self::ToShip, Self::Other];

    /// The filters of a shop's orders, in the order of their buttons.
    pub const OF_SHOP: [Self; 5] = [Self::All, Self::Paid, Self::Waiting, Self::Problem, Self::ToShip];

    /// The filters of one link's orders, in the order of their buttons.
    pub const OF_LINK: [Self; 4] = [Self::All, Self::Paid, Self::Waiting, Self::Other];

    /// The word by which statements know it.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Paid => "paid",
            Self::Waiting => "waiting",
            Self::Problem => "problem",
            Self::ToShip => "to_ship",
            Self::Other => "other",
        }
    }
}

impl SearchWords {
    /// The most characters that are looked for.
    pub const CHARACTERS_MAX: usize = 100;

    /// How many words are looked for in any order; the rest must follow the last of them.
    pub const PATTERNS: usize = 3;

    /// Reads and cleans what someone typed.
    ///
    /// # Errors
    /// Nothing to see, too long, or a card number, which is never kept.
    pub fn parse(text: &str) -> Result<Self, TextError> {
        clean_within(text, Self::CHARACTERS_MAX).map(|cleaned| Self(cleaned.value))
    }

    /// The words as they were typed.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What `like … escape '!'` compares folded text with: all of them must fit. Unused places fit
    /// anything.
    #[must_use]
    pub fn patterns(&self) -> [String; Self::PATTERNS] {
        let folded = fold(&self.0);
        let words: Vec<&str> = folded.split_whitespace().collect();
        let (alone, together) = words.split_at(words.len().min(Self::PATTERNS - 1));
        let escaped = |words: &[&str]| words.iter().map(|word| escape(word)).collect::<Vec<_>>().join("%");
        std::array::from_fn(|index| match alone.get(index..=index) {
            Some(word) => format!("%{}%", escaped(word)),
            None if index == Self::PATTERNS - 1 && !together.is_empty() => format!("%{}%", escaped(together)),
            None => "%".to_owned(),
        })
    }

    /// What `like` compares kept telephone numbers with, when the words can only be one or a part of one:
    /// at least four digits, without the zero or the country code in front.
    #[must_use]
    pub fn phone_pattern(&self) -> Option<String> {
        let is_phone = |character: char| character.is_ascii_digit() || " +-().".contains(character);
        if !self.0.chars().all(is_phone) {
            return None;
        }
        let digits: String = self.0.chars().filter(char::is_ascii_digit).collect();
        let local = digits.trim_start_matches('0');
        (local.len() >= 4).then(|| format!("%{local}%"))
    }
}

/// What is compared: lower case in every alphabet. Keep what is searched and what is searched for alike.
#[must_use]
pub fn fold(text: &str) -> String {
    text.to_lowercase()
}

/// A word in which nothing is a wildcard.
fn escape(word: &str) -> String {
    word.replace('!', "!!").replace('%', "!%").replace('_', "!_")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_in_any_order_and_nothing_typed_is_a_wildcard() {
        let patterns = |text: &str| SearchWords::parse(text).unwrap().patterns();
        assert_eq!(patterns("Kaos"), ["%kaos%", "%", "%"]);
        assert_eq!(patterns("  KAOS   hitam "), ["%kaos%", "%hitam%", "%"]);
        assert_eq!(patterns("a b c d"), ["%a%", "%b%", "%c%d%"]);
        assert_eq!(patterns("50%_!"), ["%50!%!_!!%", "%", "%"]);
        assert_eq!(patterns("ÉLAN"), ["%élan%", "%", "%"]);
    }

    #[test]
    fn a_phone_number_is_found_however_it_is_written() {
        let pattern = |text: &str| SearchWords::parse(text).unwrap().phone_pattern();
        assert_eq!(pattern("0812-3456 7890").as_deref(), Some("%81234567890%"));
        assert_eq!(pattern("+62 812 3456 7890").as_deref(), Some("%6281234567890%"));
        assert_eq!(pattern("7890").as_deref(), Some("%7890%"));
        for text in ["789", "000", "Budi 0812", "x10"] {
            assert_eq!(pattern(text), None, "{text}");
        }
    }

    #[test]
    fn nothing_and_card_numbers_are_not_looked_for() {
        for text in ["", " ", "\u{200b}", "4111 1111 1111 1111", &"k".repeat(101)] {
            assert!(SearchWords::parse(text).is_err(), "{text}");
        }
    }
}
