//! How a shop shows itself to its customers.

use super::id::{PhotoId, TelegramId};
use super::shop_colour::ShopColour;

/// What customers see of a shop beside its name.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ShopFace {
    /// The colour of its pages.
    pub colour: ShopColour,
    /// Its picture.
    pub photo: Option<PhotoId>,
    /// The owner whose chat name customers read; `None`: nobody's.
    pub chat_person: Option<TelegramId>,
    /// That owner's chat name, while there is one.
    pub chat_name: Option<ChatName>,
}

/// A person's public name at Telegram, without the `@`: 4 to 32 letters, digits and underscores. It comes out
/// of Telegram's own words about who speaks, never out of what somebody typed.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ChatName(String);

impl ChatName {
    /// Reads what Telegram calls a `username`; `None` for what cannot be one.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let is_shaped = (4..=32).contains(&text.len())
            && text.starts_with(|first: char| first.is_ascii_alphabetic())
            && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
        is_shaped.then(|| Self(text.to_owned()))
    }

    /// The name without the `@`.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Where the person can be written to.
    #[must_use]
    pub fn address(&self) -> String {
        format!("https://t.me/{}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_telegram_gives_people_is_a_chat_name() {
        for name in ["ani_shop", "Toko_Ani_2026", "bang", &"a".repeat(32)] {
            assert_eq!(
                ChatName::parse(name).map(|name| name.address()),
                Some(format!("https://t.me/{name}"))
            );
        }
        for odd in
            ["", "ani", "1ani", "_ani", "ani-shop", "ani/../x", "ani?start=1", "anï_shop", &"a".repeat(33)]
        {
            assert_eq!(ChatName::parse(odd), None, "{odd}");
        }
    }
}
