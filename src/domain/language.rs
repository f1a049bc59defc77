//! The languages the shop speaks. Texts live in `locales/`; this is only the choice between them.

use serde::{Deserialize, Serialize};

/// A language that every text of the shop exists in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "&'static str")]
pub enum Language {
    /// Bahasa Indonesia, `id`.
    Indonesian,
    /// English, `en`: also what everyone hears whose language is not here.
    English,
}

impl Language {
    /// Every language, in the order in which a person is offered them.
    pub const ALL: [Self; 2] = [Self::Indonesian, Self::English];

    /// The ISO 639-1 code, which also names the folder in `locales/`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Indonesian => "id",
            Self::English => "en",
        }
    }

    /// Reads back what [`Language::code`] gives; `None` for a language we do not speak.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|language| language.code() == code)
    }

    /// The best guess from an IETF language tag, such as Telegram's `language_code` or a browser's first
    /// choice. Malay readers are given Indonesian, and `in` is the code that old Android still sends for it.
    pub fn guess(language_code: Option<&str>) -> Self {
        let tag = language_code.unwrap_or_default().to_ascii_lowercase();
        match tag.split(['-', '_']).next() {
            Some("id" | "ind" | "in" | "ms") => Self::Indonesian,
            _ => Self::English,
        }
    }

    /// A whole number with its thousands set apart: `1.000` or `1,000`.
    #[must_use]
    pub fn count(self, count: i64) -> String {
        let mark = match self {
            Self::Indonesian => '.',
            Self::English => ',',
        };
        let digits = count.unsigned_abs().to_string();
        let mut grouped = String::with_capacity(digits.len() + digits.len() / 3 + 1);
        if count < 0 {
            grouped.push('-');
        }
        for (index, digit) in digits.chars().enumerate() {
            if index > 0 && (digits.len() - index).is_multiple_of(3) {
                grouped.push(mark);
            }
            grouped.push(digit);
        }
        grouped
    }
}

impl From<Language> for &'static str {
    fn from(language: Language) -> Self {
        language.code()
    }
}

impl TryFrom<String> for Language {
    type Error = String;

    fn try_from(code: String) -> Result<Self, Self::Error> {
        Self::parse(&code).ok_or_else(|| format!("unknown language {code:?}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_set_apart() {
        for (count, indonesian, english) in [
            (0, "0", "0"),
            (999, "999", "999"),
            (1_000, "1.000", "1,000"),
            (-1_000_000, "-1.000.000", "-1,000,000"),
            (i64::MIN, "-9.223.372.036.854.775.808", "-9,223,372,036,854,775,808"),
        ] {
            assert_eq!(Language::Indonesian.count(count), indonesian);
            assert_eq!(Language::English.count(count), english);
        }
    }

    #[test]
    fn codes_read_back_as_the_same_language() {
        for language in Language::ALL {
            assert_eq!(Language::parse(language.code()), Some(language));
            let json = serde_json::to_string(&language).unwrap();
            assert_eq!(json, format!("{:?}", language.code()));
            assert_eq!(serde_json::from_str::<Language>(&json).unwrap(), language);
        }
        assert_eq!(Language::parse("fr"), None);
        assert!(serde_json::from_str::<Language>("\"fr\"").is_err());
    }

    #[test]
    fn the_guess_knows_old_codes_and_falls_back_to_english() {
        for tag in ["id", "id-ID", "ID", "in", "in_ID", "ms", "ms-MY"] {
            assert_eq!(Language::guess(Some(tag)), Language::Indonesian, "{tag}");
        }
        for tag in [Some("en"), Some("en-GB"), Some("de"), Some("inh"), Some(""), None] {
            assert_eq!(Language::guess(tag), Language::English, "{tag:?}");
        }
    }
}
