//! The field in which a customer says how much or how many.

use super::link_view::Field;
use super::page_texts::PageTexts;
use crate::domain::money::Money;
use crate::domain::offer::{ChoiceError, ChosenPrice, PiecesMax, Pricing};
use crate::services::checkout::{CustomerForm, LinkPage};

/// The field, where the link leaves anything to be said. `typed` is what came back to be mended.
#[must_use]
pub(super) fn choice_field(
    page: &LinkPage,
    t: PageTexts,
    typed: &CustomerForm,
    error: Option<&ChoiceError>,
) -> Option<Field> {
    let error = error.map(|error| say_error(error, t));
    match &page.link.offer.pricing {
        Pricing::Fixed | Pricing::Bill(_) => None,
        Pricing::Chosen(chosen) => Some(amount_field(chosen, t, typed, error)),
        Pricing::PerPiece(most) => Some(pieces_field(page.link.price, *most, t, typed, error)),
    }
}

fn amount_field(chosen: &ChosenPrice, t: PageTexts, typed: &CustomerForm, error: Option<String>) -> Field {
    let suggested = chosen.suggested.map(|suggested| plain(suggested, t)).unwrap_or_default();
    let least = t.with("least", chosen.minimum.display(t.0));
    let hint = match chosen.maximum {
        Some(most) => least.with("most", most.display(t.0)).say("pay-own-amount-between"),
        None => least.say("pay-own-amount-from"),
    };
    let is_typed = !typed.amount.is_empty() || error.is_some();
    Field {
        name: "own_amount",
        label: t.say("pay-own-amount"),
        hint,
        input_type: "text",
        input_mode: if chosen.minimum.currency().exponent() == 0 { "numeric" } else { "decimal" },
        autocomplete: "off",
        characters_max: 40,
        value: if is_typed { typed.amount.clone() } else { suggested },
        error,
        is_first_fault: false,
    }
}

fn pieces_field(
    price: Money,
    most: PiecesMax,
    t: PageTexts,
    typed: &CustomerForm,
    error: Option<String>,
) -> Field {
    let is_typed = !typed.pieces.is_empty() || error.is_some();
    Field {
        name: "pieces",
        label: t.say("pay-pieces"),
        hint: t.with("count", most.get()).with("amount", price.display(t.0)).say("pay-pieces-hint"),
        input_type: "text",
        input_mode: "numeric",
        autocomplete: "off",
        characters_max: 10,
        value: if is_typed { typed.pieces.clone() } else { "1".to_owned() },
        error,
        is_first_fault: false,
    }
}

/// The amount without its currency, as it is typed.
fn plain(amount: Money, t: PageTexts) -> String {
    let text = amount.display(t.0);
    text.trim_start_matches(|character: char| !character.is_ascii_digit()).to_owned()
}

fn say_error(error: &ChoiceError, t: PageTexts) -> String {
    match error {
        ChoiceError::Empty => t.say("pay-error-amount-empty"),
        ChoiceError::NotANumber => t.say("pay-error-amount-odd"),
        ChoiceError::Unclear(amounts) => {
            let amounts: Vec<String> = amounts.iter().map(|amount| amount.display(t.0)).collect();
            t.with("amounts", amounts.join(" / ")).say("pay-error-amount-unclear")
        }
        ChoiceError::Below(least) => t.with("least", least.display(t.0)).say("pay-error-amount-below"),
        ChoiceError::Above(most) => t.with("most", most.display(t.0)).say("pay-error-amount-above"),
        ChoiceError::Pieces(most) => t.with("count", most.get()).say("pay-error-pieces"),
    }
}
