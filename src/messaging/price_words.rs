//! How a link's price is said where one line must do.

use super::texts::Say;
use crate::domain::language::Language;
use crate::domain::money::Money;
use crate::domain::offer::{ChosenPrice, Pricing};

/// `Rp75.000`, `Rp75.000 per buah`, `mulai Rp50.000` or `Rp50.000–Rp200.000`. Nothing in it needs escaping.
#[must_use]
pub fn price_words(language: Language, price: Money, pricing: &Pricing) -> String {
    match pricing {
        Pricing::Fixed | Pricing::Bill(_) => price.display(language),
        Pricing::PerPiece(_) => {
            Say::new(language, "goods-price-each").with_safe("price", price.display(language)).plain()
        }
        Pricing::Chosen(chosen) => range_words(language, chosen),
    }
}

/// The same in as few letters as possible, for a row of a list: `75rb`, `mulai 50rb`, `50rb–200rb`.
#[must_use]
pub fn price_words_short(language: Language, price: Money, pricing: &Pricing) -> String {
    match pricing {
        Pricing::Fixed | Pricing::Bill(_) | Pricing::PerPiece(_) => price.display_short(language),
        Pricing::Chosen(chosen) => range(language, chosen, |money| money.display_short(language)),
    }
}

/// What a customer may choose from.
#[must_use]
pub fn range_words(language: Language, chosen: &ChosenPrice) -> String {
    range(language, chosen, |money| money.display(language))
}

fn range(language: Language, chosen: &ChosenPrice, shown: impl Fn(Money) -> String) -> String {
    let least = shown(chosen.minimum);
    match chosen.maximum {
        Some(most) => format!("{least}–{}", shown(most)),
        None => Say::new(language, "goods-price-from").with_safe("price", least).plain(),
    }
}
