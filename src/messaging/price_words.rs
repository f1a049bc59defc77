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

/// What a customer may choose from.
#[must_use]
pub fn range_words(language: Language, chosen: &ChosenPrice) -> String {
    let least = chosen.minimum.display(language);
    match chosen.maximum {
        Some(most) => format!("{least}–{}", most.display(language)),
        None => Say::new(language, "goods-price-from").with_safe("price", least).plain(),
    }
}
