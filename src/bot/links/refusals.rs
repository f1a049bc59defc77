//! What is wrong with what someone typed: the reason and a right example, for every error of the domain.

use crate::domain::card_number::contains_card_number;
use crate::domain::customer::{CustomerField, EmailError, NamedCustomerError, PhoneError};
use crate::domain::expiry::ExpiryError;
use crate::domain::language::Language;
use crate::domain::merchant::Mode;
use crate::domain::money::{Currency, PriceError};
use crate::domain::offer::PricingError;
use crate::domain::one_line::LineError;
use crate::domain::reference::ReferenceError;
use crate::domain::return_url::{ReturnUrl, ReturnUrlError};
use crate::domain::slug::SlugError;
use crate::domain::usage_limit::UsageLimitError;
use crate::domain::visible_text::TextError;
use crate::messaging::card::cut;
use crate::messaging::html::code;
use crate::messaging::texts::Value::Number;
use crate::messaging::texts::{Say, Value, say, say_with};

use super::wording::Reader;

/// Why a line is no link, as HTML. `currency` is the shop's.
#[must_use]
pub fn line_refusal(language: Language, error: &LineError, currency: Currency) -> String {
    match error {
        LineError::MissingPrice => say(language, "new-no-price"),
        LineError::MissingName => say(language, "new-no-name"),
        LineError::TwoPrices { first, second } => {
            let prices = [("first", typed(first)), ("second", typed(second))];
            say_with(language, "new-twice-price", &prices)
        }
        LineError::NotUnderstood { text } if names_a_buyer(text) => say(language, "new-for-colon"),
        LineError::Spaced { .. } => say(language, "new-key-space"),
        LineError::Pieces { text } => say_with(language, "new-pieces", &[("typed", typed(text))]),
        LineError::NotUnderstood { text } => {
            say_with(language, "new-unknown-word", &[("word", typed(&shortened(text)))])
        }
        LineError::Repeated { keyword } => say(language, repeated_key(keyword)),
        LineError::Name { error, .. } => name_refusal(language, error),
        LineError::Price { error, .. } => price_refusal(language, error, currency),
        LineError::Limit { error, .. } => limit_refusal(language, *error),
        LineError::Expiry { error, .. } => time_refusal(language, error),
        LineError::Customer { error, .. } => customer_refusal(language, error),
        LineError::Reference { error, .. } => reference_refusal(language, error),
        LineError::Slug { error, .. } => address_refusal(language, error),
        LineError::Note { error, .. } => note_refusal(language, error),
        LineError::Quantity { .. } => say(language, "goods-wrong-pieces"),
        LineError::ChosenPieces => say(language, "goods-wrong-chosen-pieces"),
        LineError::Opens { error, .. } => opens_refusal(language, error),
        LineError::Message { error, .. } => message_refusal(language, error),
        LineError::ReturnUrl { error, .. } => return_refusal(language, *error),
        LineError::Methods { text } => {
            say_with(language, "methods-wrong-word", &[("typed", typed(&shortened(text)))])
        }
    }
}

/// Why a text is no item name, as HTML.
#[must_use]
pub fn name_refusal(language: Language, error: &TextError) -> String {
    match error {
        TextError::Empty => say(language, "new-name-empty"),
        TextError::TooLong { max, length } => {
            say_with(language, "new-name-long", &[("max", whole(*max)), ("length", whole(*length))])
        }
        TextError::CardNumber => say(language, "new-name-card"),
    }
}

/// Why a text is no price, as HTML. `currency` is the shop's.
#[must_use]
pub fn price_refusal(language: Language, error: &PriceError, currency: Currency) -> String {
    match error {
        PriceError::NotANumber { text } => say_with(language, "new-price-unclear", &[("typed", typed(text))]),
        PriceError::NoCents => say_with(language, "new-price-cents", &[("currency", typed(currency.code()))]),
        PriceError::TooManyDecimals { exponent } => {
            say_with(language, "new-price-decimals", &[("digits", Number(i64::from(*exponent)))])
        }
        PriceError::Zero => say(language, "new-price-zero"),
        PriceError::Negative => say(language, "new-price-negative"),
        PriceError::TooLarge => say(language, "new-price-large"),
        PriceError::Range => say(language, "new-price-range"),
        PriceError::ForeignDigits => say(language, "new-price-digits"),
        PriceError::UnknownCurrency { code } => {
            say_with(language, "new-price-currency", &[("code", typed(code))])
        }
    }
}

/// Why a text is no usage limit, as HTML.
#[must_use]
pub fn limit_refusal(language: Language, error: UsageLimitError) -> String {
    match error {
        UsageLimitError::Zero => say(language, "new-limit-zero"),
        UsageLimitError::NotWhole => say(language, "new-limit-whole"),
        UsageLimitError::TooLarge => say(language, "new-limit-large"),
    }
}

/// Why a text is no expiry, as HTML.
#[must_use]
pub fn time_refusal(language: Language, error: &ExpiryError) -> String {
    match error {
        ExpiryError::NotATime { text } | ExpiryError::UnclearDate { text } => {
            say_with(language, "new-time-unclear", &[("typed", typed(text))])
        }
        ExpiryError::NoSuchDate { .. } => say(language, "new-time-no-such-day"),
        ExpiryError::NoSuchTime { .. } => say(language, "new-time-no-such-hour"),
        ExpiryError::Past => say(language, "new-time-past"),
        ExpiryError::TooSoon => say(language, "new-time-soon"),
        ExpiryError::TooFar => say(language, "new-time-far"),
    }
}

/// Why a text names no customer, as HTML.
#[must_use]
pub fn customer_refusal(language: Language, error: &NamedCustomerError) -> String {
    let about = |key, part: &str| say_with(language, key, &[("part", typed(part))]);
    match error {
        NamedCustomerError::Empty => say(language, "new-buyer-empty"),
        // A card number is not said back, so that it stands in the chat once at most.
        NamedCustomerError::Name { error: TextError::CardNumber, .. }
        | NamedCustomerError::Email { error: EmailError::CardNumber, .. } => say(language, "new-buyer-card"),
        NamedCustomerError::Name { part, .. }
        | NamedCustomerError::Phone { part, .. }
        | NamedCustomerError::Email { part, .. }
            if holds_several(part.as_str()) =>
        {
            say(language, "new-buyer-comma")
        }
        NamedCustomerError::Name { part, .. } => about("new-buyer-name", &shortened(part.as_str())),
        NamedCustomerError::Phone { part, error } => about(phone_key(error), &shortened(part.as_str())),
        NamedCustomerError::Email { part, error } => about(email_key(error), &shortened(part.as_str())),
        NamedCustomerError::Twice { field, part } => about(twice_key(*field), &shortened(part.as_str())),
    }
}

/// Why a text is no Order ID, as HTML.
#[must_use]
pub fn reference_refusal(language: Language, error: &ReferenceError) -> String {
    match error {
        ReferenceError::Empty => say(language, "new-reference-empty"),
        ReferenceError::CardNumber => say(language, "new-id-card"),
        ReferenceError::TooLong { length } => {
            say_with(language, "new-reference-long", &[("length", whole(*length))])
        }
        ReferenceError::OddCharacters { characters } => {
            say_with(language, "new-reference-odd", &[("characters", typed(&shortened(characters)))])
        }
    }
}

/// Why a text is no address, as HTML.
#[must_use]
pub fn address_refusal(language: Language, error: &SlugError) -> String {
    match error {
        SlugError::Empty => say(language, "new-address-empty"),
        SlugError::CardNumber => say(language, "new-id-card"),
        SlugError::TooLong { length } => {
            say_with(language, "new-address-long", &[("length", whole(*length))])
        }
        SlugError::OddCharacters { characters } => {
            say_with(language, "new-address-odd", &[("characters", typed(&shortened(characters)))])
        }
        SlugError::EdgeDash => say(language, "new-address-dash"),
        SlugError::Reserved { name } => say_with(language, "new-address-reserved", &[("name", typed(name))]),
        SlugError::LooksGenerated => say(language, "new-address-generated"),
    }
}

/// A refusal: why, what was typed (to be tapped and copied), and the mode. A card number is not said back:
/// it should stand in the chat no second time.
#[must_use]
pub fn refused(reader: &Reader, reason: &str, text: &str, mode: Mode) -> String {
    /// Leaves room for the reason within Telegram's 4096.
    const CHARACTERS_MAX: usize = 1500;
    let refusal = if contains_card_number(text) {
        format!("⚠️ {reason}")
    } else {
        Say::new(reader.language, "new-refused")
            .with_safe("reason", reason)
            .with_safe("typed", code(&cut(text.trim(), CHARACTERS_MAX)))
            .html()
    };
    format!("{refusal}\n\n{}", reader.mode(mode))
}

/// The first characters of something typed, where only a glimpse of it is needed.
#[must_use]
pub fn shortened(text: &str) -> String {
    const CHARACTERS_MAX: usize = 60;
    cut(text, CHARACTERS_MAX)
}

/// `for Budi`, which lacks its colon.
fn names_a_buyer(text: &str) -> bool {
    text.split_once(' ').is_some_and(|(first, _)| matches!(first.to_lowercase().as_str(), "for" | "untuk"))
}

/// A name together with what may be a phone or an e-mail address.
fn holds_several(part: &str) -> bool {
    let has_letters = part.chars().any(char::is_alphabetic);
    let has_contact = part.contains('@') || part.chars().filter(char::is_ascii_digit).take(6).count() == 6;
    part.contains(char::is_whitespace) && has_letters && has_contact
}

/// Why a text is no time of opening, as HTML.
#[must_use]
pub fn opens_refusal(language: Language, error: &ExpiryError) -> String {
    match error {
        ExpiryError::NotATime { text } | ExpiryError::UnclearDate { text } => {
            say_with(language, "goods-wrong-opens", &[("typed", typed(text))])
        }
        ExpiryError::TooSoon => say(language, "goods-wrong-opens-soon"),
        error => time_refusal(language, error),
    }
}

/// Why a text is no message to customers, as HTML.
#[must_use]
pub fn message_refusal(language: Language, error: &TextError) -> String {
    match error {
        TextError::Empty => say(language, "goods-wrong-note-empty"),
        TextError::TooLong { max, length } => {
            say_with(language, "goods-wrong-note-long", &[("max", whole(*max)), ("length", whole(*length))])
        }
        TextError::CardNumber => say(language, "goods-wrong-note-card"),
    }
}

/// Why a text says no price, of whatever kind, as HTML. `currency` is the shop's.
#[must_use]
pub fn pricing_refusal(language: Language, error: &PricingError, currency: Currency) -> String {
    let line = |key, number: usize| say_with(language, key, &[("number", whole(number))]);
    match error {
        PricingError::Price(error) => price_refusal(language, error, currency),
        PricingError::Range => say(language, "new-price-range"),
        PricingError::Line { number, error } => {
            let reason = line_refusal(language, error, currency);
            format!("{} {reason}", line("goods-wrong-line", *number))
        }
        PricingError::LineTooMuch { number } => line("goods-wrong-line-much", *number),
        PricingError::TooManyLines => say(language, "goods-wrong-lines"),
        PricingError::NoTotal => say(language, "goods-wrong-total"),
    }
}

/// Why a text is no note for oneself, as HTML.
#[must_use]
pub fn note_refusal(language: Language, error: &TextError) -> String {
    match error {
        TextError::Empty => say(language, "new-note-empty"),
        TextError::TooLong { max, length } => {
            say_with(language, "new-note-long", &[("max", whole(*max)), ("length", whole(*length))])
        }
        TextError::CardNumber => say(language, "note-wrong-card"),
    }
}

/// Why a text is no address to go on to, as HTML.
#[must_use]
pub fn return_refusal(language: Language, error: ReturnUrlError) -> String {
    match error {
        ReturnUrlError::NotHttps => say(language, "return-wrong-https"),
        ReturnUrlError::NoWebsite => say(language, "return-wrong-website"),
        ReturnUrlError::OddCharacters => say(language, "return-wrong-characters"),
        ReturnUrlError::TooLong => {
            let max = whole(ReturnUrl::BYTES_MAX);
            say_with(language, "return-wrong-long", &[("max", max)])
        }
        ReturnUrlError::CardNumber => say(language, "return-wrong-card"),
    }
}

fn repeated_key(keyword: &str) -> &'static str {
    match keyword {
        "ref" => "new-twice-reference",
        "link" => "new-twice-address",
        "note" => "new-twice-note",
        "qty" | "opens" | "message" | "return" | "pay" => "goods-wrong-twice",
        _ => "new-twice-customer",
    }
}

const fn phone_key(error: &PhoneError) -> &'static str {
    match error {
        PhoneError::Empty | PhoneError::NotANumber => "new-buyer-phone-letters",
        PhoneError::TooShort => "new-buyer-phone-short",
        PhoneError::TooLong => "new-buyer-phone-long",
        PhoneError::MissingCountryCode => "new-buyer-phone-country",
    }
}

const fn email_key(error: &EmailError) -> &'static str {
    match error {
        EmailError::Empty | EmailError::ControlCharacter | EmailError::NotAnAddress => "new-buyer-email",
        EmailError::TooLong => "new-buyer-email-long",
        EmailError::CardNumber => "new-buyer-card",
    }
}

const fn twice_key(field: CustomerField) -> &'static str {
    match field {
        CustomerField::Name => "new-buyer-two-names",
        CustomerField::Phone => "new-buyer-two-phones",
        CustomerField::Email => "new-buyer-two-emails",
    }
}

fn typed(text: &str) -> Value<'_> {
    Value::Text(text.into())
}

fn whole(count: usize) -> Value<'static> {
    Number(i64::try_from(count).unwrap_or(i64::MAX))
}
