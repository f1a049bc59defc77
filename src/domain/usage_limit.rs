//! How many payments a link takes. It counts paid orders: not visits, and not pieces.

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// 1 to 1,000,000 payments.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "i64", into = "i64")]
pub struct UsageLimit(i64);

/// Why a text or a number is not a usage limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum UsageLimitError {
    /// Nobody could pay; switching a link off is something else.
    #[error("a usage limit is at least 1")]
    Zero,
    /// No whole number: `1.5`, `-3`, `many`.
    #[error("a usage limit is a whole number")]
    NotWhole,
    /// Above one million, where "no limit" says it better.
    #[error("a usage limit is at most {}", UsageLimit::MAX)]
    TooLarge,
}

impl UsageLimit {
    /// The highest limit, in payments.
    pub const MAX: i64 = 1_000_000;

    /// Checks a number of payments.
    pub const fn new(payments: i64) -> Result<Self, UsageLimitError> {
        match payments {
            0 => Err(UsageLimitError::Zero),
            1..=Self::MAX => Ok(Self(payments)),
            ..0 => Err(UsageLimitError::NotWhole),
            _ => Err(UsageLimitError::TooLarge),
        }
    }

    /// The number of payments.
    pub const fn get(self) -> i64 {
        self.0
    }

    /// Reads `10`, `x10`, `10x`, `×10`, `1.000`.
    pub fn parse(text: &str) -> Result<Self, UsageLimitError> {
        let text = text.trim();
        let is_times = |character: char| matches!(character, 'x' | 'X' | '×');
        let number =
            text.strip_prefix(is_times).or_else(|| text.strip_suffix(is_times)).unwrap_or(text).trim();
        let groups: Vec<&str> = number.split(['.', ',']).collect();
        let all_digits =
            groups.iter().all(|group| !group.is_empty() && group.bytes().all(|digit| digit.is_ascii_digit()));
        let in_threes = groups.iter().skip(1).all(|group| group.len() == 3)
            && (groups.len() == 1 || groups.first().is_some_and(|head| head.len() <= 3));
        if !all_digits || !in_threes {
            return Err(UsageLimitError::NotWhole);
        }
        // All that can still go wrong with a row of digits is that there are too many.
        groups.concat().parse().map_or(Err(UsageLimitError::TooLarge), Self::new)
    }

    /// Like [`UsageLimit::parse`], and `None` for the words that mean no limit: `∞`, `-`, `none`, `tanpa batas`.
    pub fn parse_optional(text: &str) -> Result<Option<Self>, UsageLimitError> {
        let lower = text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
        match lower.as_str() {
            "∞" | "x∞" | "×∞" | "-" | "none" | "tanpa" | "tanpa batas" | "unlimited" | "no limit"
            | "bebas" | "tidak terbatas" | "tak terbatas" => Ok(None),
            number => Self::parse(without_piece(number)).map(Some),
        }
    }
}

/// `10 pcs` answers how many as `10` does.
fn without_piece(text: &str) -> &str {
    let number = text.trim_end_matches(char::is_alphabetic);
    match text.strip_prefix(number) {
        Some("pcs" | "pc" | "buah" | "bh" | "biji" | "kali" | "orang" | "pieces") => number.trim_end(),
        _ => text,
    }
}

impl TryFrom<i64> for UsageLimit {
    type Error = UsageLimitError;

    fn try_from(payments: i64) -> Result<Self, Self::Error> {
        Self::new(payments)
    }
}

impl From<UsageLimit> for i64 {
    fn from(limit: UsageLimit) -> Self {
        limit.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_are_read_in_every_usual_spelling() {
        for (text, payments) in [
            ("10", 10),
            ("x10", 10),
            ("10x", 10),
            ("X10", 10),
            ("×10", 10),
            ("10×", 10),
            ("x 10", 10),
            (" 1 ", 1),
            ("1.000", 1_000),
            ("1,000,000", 1_000_000),
            ("1000000", 1_000_000),
        ] {
            assert_eq!(UsageLimit::parse(text).map(UsageLimit::get), Ok(payments), "{text}");
            assert_eq!(UsageLimit::parse_optional(text), UsageLimit::parse(text).map(Some), "{text}");
        }
    }

    #[test]
    fn other_limits_are_refused() {
        for (text, error) in [
            ("0", UsageLimitError::Zero),
            ("x0", UsageLimitError::Zero),
            ("1.5", UsageLimitError::NotWhole),
            ("x1,5", UsageLimitError::NotWhole),
            ("-3", UsageLimitError::NotWhole),
            ("", UsageLimitError::NotWhole),
            ("x", UsageLimitError::NotWhole),
            ("many", UsageLimitError::NotWhole),
            ("1000.000", UsageLimitError::NotWhole),
            ("１０", UsageLimitError::NotWhole),
            ("1000001", UsageLimitError::TooLarge),
            ("x99999999999999999999", UsageLimitError::TooLarge),
        ] {
            assert_eq!(UsageLimit::parse(text), Err(error), "{text}");
        }
        for text in ["10pcs", "10 pcs", "10 buah"] {
            assert_eq!(UsageLimit::parse_optional(text), UsageLimit::new(10).map(Some), "{text}");
        }
        assert_eq!(UsageLimit::new(-1), Err(UsageLimitError::NotWhole));
    }

    #[test]
    fn no_limit_has_many_names() {
        for text in ["∞", "x∞", "-", "none", "None", "tanpa", "tanpa batas", "unlimited", "No limit", "bebas"]
        {
            assert_eq!(UsageLimit::parse_optional(text), Ok(None), "{text}");
        }
        assert_eq!(UsageLimit::parse_optional("0"), Err(UsageLimitError::Zero));
    }

    #[test]
    fn a_limit_is_stored_as_a_number() {
        assert_eq!(serde_json::to_string(&UsageLimit::new(10).unwrap()).unwrap(), "10");
        assert_eq!(serde_json::from_str::<UsageLimit>("10").unwrap().get(), 10);
        assert!(serde_json::from_str::<UsageLimit>("0").is_err());
    }
}
