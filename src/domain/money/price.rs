//! Reading a price the way people type it: `75000`, `75.000`, `75rb`, `1,5jt`, `Rp 75.000,-`, `USD 12.50`.
//!
//! What has one meaning is read; what has several is handed back as a question ([`Price::Ambiguous`]); the
//! rest is refused with a reason that says how to mend it.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::{Currency, Money};
use crate::domain::language::Language;

/// The highest price in major units (whole rupiah, whole dollars).
pub const PRICE_MAX_MAJOR: i64 = 999_999_999_999;

/// A price as it was understood.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Price {
    /// The text has one meaning.
    Exact(Money),
    /// The text has several meanings, cheapest first and at least two: ask which one was meant.
    Ambiguous(Vec<Money>),
}

/// Why a text is not a price. A price lies between one minor unit and [`PRICE_MAX_MAJOR`].
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum PriceError {
    /// No number could be made of it: `abc`, `1e6`, `7.5000`, nothing at all.
    #[error("{text:?} is not a price")]
    NotANumber {
        /// What was typed, without the space around it.
        text: String,
    },
    /// Cents in a currency that has none: `10.000,50` in rupiah.
    #[error("the currency has no cents")]
    NoCents,
    /// More digits behind the decimal mark than the currency has.
    #[error("the currency has {exponent} digits behind the decimal mark")]
    TooManyDecimals {
        /// How many digits the currency has there.
        exponent: u32,
    },
    /// Nothing to pay: `0`, `free`, `gratis`.
    #[error("a price is more than nothing")]
    Zero,
    /// Below zero.
    #[error("a price is not negative")]
    Negative,
    /// Above [`PRICE_MAX_MAJOR`].
    #[error("a price is at most {PRICE_MAX_MAJOR}")]
    TooLarge,
    /// Two prices: `10-20rb`.
    #[error("a price is one amount, not a range")]
    Range,
    /// Digits other than 0 to 9, which look alike to one reader and not to the next.
    #[error("a price is written with the digits 0 to 9")]
    ForeignDigits,
    /// Three letters that are no currency we know.
    #[error("{code:?} is not a currency")]
    UnknownCurrency {
        /// The letters, in upper case.
        code: String,
    },
}

/// Reads `text` as a price in the currency it names, else in `default`. The language decides only what is a
/// matter of language: what `m` stands for, and which mark is the decimal one where both would do.
pub fn parse_price(text: &str, default: Currency, language: Language) -> Result<Price, PriceError> {
    let text = text.trim();
    let not_a_number = || PriceError::NotANumber { text: text.to_owned() };
    if text.chars().any(|character| character.is_numeric() && !character.is_ascii_digit()) {
        return Err(PriceError::ForeignDigits);
    }
    let lower = text.to_lowercase().replace(['−', '–', '—'], "-");
    let lower = without_piece(&lower);
    if matches!(lower, "free" | "gratis") {
        return Err(PriceError::Zero);
    }
    if let Some(sign) = foreign_sign(lower) {
        return Err(PriceError::UnknownCurrency { code: sign.to_string() });
    }
    let (negative, rest) = strip_minus(lower);
    let (currency, rest) = strip_currency(rest, default)?;
    let (negative_inside, rest) = strip_minus(rest);
    let rest = [",--", ",-", ".-"].iter().find_map(|tail| rest.strip_suffix(tail)).unwrap_or(rest);
    if is_range(rest) {
        return Err(PriceError::Range);
    }
    let (number, scales) = strip_suffix_word(rest, language).ok_or_else(not_a_number)?;
    let readings = read_number(number, currency, language, !scales.is_empty()).ok_or_else(not_a_number)?;
    if negative || negative_inside {
        return Err(PriceError::Negative);
    }
    settle(&readings, &scales, currency)
}

/// A number as digits and where its decimal mark stands: `12.50` is 1250 with two decimals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Number {
    digits: u128,
    decimals: u32,
}

/// `@75rb` and `75rb/pcs` say that the price is for one piece, which every price here is.
fn without_piece(text: &str) -> &str {
    const PIECES: &[&str] = &[
        "pcs", "pc", "buah", "bh", "biji", "bj", "item", "lembar", "pasang", "box", "pack", "pak", "kg",
        "porsi", "orang", "org", "piece", "each",
    ];
    let text = text.strip_prefix('@').map_or(text, str::trim_start);
    match text.rsplit_once('/') {
        Some((price, piece)) if PIECES.contains(&piece.trim_start()) => price.trim_end(),
        _ => text,
    }
}

/// A sign of a currency other than the dollar on either side of a number.
fn foreign_sign(text: &str) -> Option<char> {
    let sign = [text.chars().next(), text.chars().next_back()]
        .into_iter()
        .flatten()
        .find(|character| matches!(character, '€' | '£' | '¥' | '₩' | '₹' | '₽' | '฿' | '₫' | '₱' | '₺'))?;
    text.contains(|character: char| character.is_ascii_digit()).then_some(sign)
}

fn strip_minus(text: &str) -> (bool, &str) {
    match text.strip_prefix('-') {
        Some(rest) => (true, rest.trim_start()),
        None => (false, text),
    }
}

/// Takes a currency sign or code off either end.
fn strip_currency(text: &str, default: Currency) -> Result<(Currency, &str), PriceError> {
    for (sign, currency) in [("us$", Currency::USD), ("$", Currency::USD)] {
        if let Some(rest) = text.strip_prefix(sign) {
            return Ok((currency, rest.trim_start()));
        }
    }
    let without_letters = text.trim_start_matches(|letter: char| letter.is_ascii_lowercase());
    let letters = &text[..text.len() - without_letters.len()];
    if letters == "rp" {
        let rest = without_letters.strip_prefix('.').unwrap_or(without_letters);
        return Ok((Currency::IDR, rest.trim_start()));
    }
    if letters.len() == 3 && is_readable_number(without_letters.trim_start()) {
        return Ok((known_currency(letters)?, without_letters.trim_start()));
    }
    let before_code = text.trim_end_matches(|letter: char| letter.is_ascii_lowercase());
    let code = &text[before_code.len()..];
    match (code, Currency::parse(code)) {
        ("rupiah", _) => Ok((Currency::IDR, before_code.trim_end())),
        (_, Some(currency)) => Ok((currency, before_code.trim_end())),
        _ => Ok((default, text)),
    }
}

/// Whether letters before it may be a currency: in `INV 01` and `kue-lapis` they are a name.
fn is_readable_number(text: &str) -> bool {
    let (_, text) = strip_minus(text);
    let zeros_only = text.bytes().all(|byte| matches!(byte, b'0' | b'.' | b','));
    let leads_with_zero =
        text.strip_prefix('0').is_some_and(|rest| rest.starts_with(|next: char| next.is_ascii_digit()));
    text.starts_with(|next: char| next.is_ascii_digit()) && (zeros_only || !leads_with_zero)
}

fn known_currency(letters: &str) -> Result<Currency, PriceError> {
    Currency::parse(letters).ok_or_else(|| PriceError::UnknownCurrency { code: letters.to_ascii_uppercase() })
}

/// Two amounts with a dash between: `10-20rb`, `10rb - 20rb`.
fn is_range(text: &str) -> bool {
    text.split_once('-').is_some_and(|(low, high)| {
        let has_digit = |side: &str| side.contains(|character: char| character.is_ascii_digit());
        has_digit(low) && has_digit(high)
    })
}

/// Takes the word for thousands or millions off the end: the number before it, and the powers of ten that
/// the word may stand for (none without a word). `None` when other letters stand there.
fn strip_suffix_word(text: &str, language: Language) -> Option<(&str, Vec<u32>)> {
    let number = text.trim_end_matches(char::is_alphabetic);
    let scales = match &text[number.len()..] {
        "" => vec![],
        "rb" | "ribu" | "k" => vec![3],
        "jt" | "juta" => vec![6],
        "miliar" | "milyar" => vec![9],
        // English readers mean a million by it, Indonesian ones mostly a thousand million (miliar).
        "m" if language == Language::English => vec![6],
        "m" => vec![6, 9],
        _ => return None,
    };
    Some((number.trim_end(), scales))
}

/// Every way to read a number made of digits, dots and commas.
fn read_number(text: &str, currency: Currency, language: Language, scaled: bool) -> Option<Vec<Number>> {
    let well_formed = text.starts_with(|first: char| first.is_ascii_digit())
        && text.ends_with(|last: char| last.is_ascii_digit())
        && text.chars().all(|character| character.is_ascii_digit() || matches!(character, '.' | ','));
    if !well_formed {
        return None;
    }
    let marks: Vec<char> = text.chars().filter(|character| !character.is_ascii_digit()).collect();
    let groups: Vec<&str> = text.split(['.', ',']).collect();
    // A leading zero is a telephone number or a slip, except in 0 and 0,5jt.
    let head = groups.first().copied().unwrap_or_default();
    let all_zero = groups.iter().all(|group| group.bytes().all(|digit| digit == b'0'));
    if head.len() > 1 && head.starts_with('0') && !all_zero {
        return None;
    }
    let tail = groups.last().copied().unwrap_or_default();
    let whole = number(&groups, 0);
    let with_decimals = number(&groups, tail.len());
    let uniform = marks.windows(2).all(|pair| pair.first() == pair.last());
    let in_threes = head.len() <= 3 && head != "0" && groups.iter().skip(1).all(|group| group.len() == 3);
    match marks.as_slice() {
        [] => Some(vec![whole]),
        [_] if in_threes && scaled => Some(vec![with_decimals, whole]),
        [mark] if in_threes && currency.exponent() == 3 && *mark == decimal_mark(language) => {
            Some(vec![with_decimals])
        }
        [_] if in_threes => Some(vec![whole]),
        // "75.00" rupiah: a habit from dollars, a slip of the finger, or a zero too few.
        [_] if tail == "00" && currency.exponent() == 0 && !scaled && !all_zero => {
            let zero_too_few = Number { digits: whole.digits.saturating_mul(10), decimals: 0 };
            Some(vec![with_decimals, whole, zero_too_few])
        }
        [_] if tail.len() > 2 && !scaled && currency.exponent() < 3 => None,
        [_] => Some(vec![with_decimals]),
        _ if uniform => in_threes.then(|| vec![whole]),
        // Both marks: the last one is the decimal mark, and the ones before it group.
        [grouping @ .., decimal] => {
            let grouping_uniform = grouping.iter().all(|mark| mark != decimal);
            let groups_in_threes = groups.iter().skip(1).take(grouping.len()).all(|group| group.len() == 3);
            (grouping_uniform && groups_in_threes && head.len() <= 3).then(|| vec![with_decimals])
        }
    }
}

const fn decimal_mark(language: Language) -> char {
    match language {
        Language::Indonesian => ',',
        Language::English => '.',
    }
}

/// Joins the groups. So many digits that they do not fit count as the largest number, which is too large.
fn number(groups: &[&str], decimals: usize) -> Number {
    let digits = groups.concat().parse().unwrap_or(u128::MAX);
    Number { digits, decimals: u32::try_from(decimals).unwrap_or(u32::MAX) }
}

/// Turns the readings into amounts within bounds. The first failure is told when no reading remains.
fn settle(readings: &[Number], scales: &[u32], currency: Currency) -> Result<Price, PriceError> {
    let scales = if scales.is_empty() { &[0] } else { scales };
    let (mut amounts, mut failure) = (Vec::new(), None);
    for (reading, scale) in
        readings.iter().flat_map(|reading| scales.iter().map(move |scale| (reading, scale)))
    {
        match amount(*reading, *scale, currency) {
            Ok(minor) => amounts.push(minor),
            Err(error) => failure = failure.or(Some(error)),
        }
    }
    amounts.sort_unstable();
    amounts.dedup();
    match (amounts.as_slice(), failure) {
        ([], failure) => Err(failure.unwrap_or(PriceError::Zero)),
        ([minor], _) => Ok(Price::Exact(Money::new(*minor, currency))),
        (several, _) => {
            Ok(Price::Ambiguous(several.iter().map(|minor| Money::new(*minor, currency)).collect()))
        }
    }
}

/// The minor units of `number` × 10^`scale`.
fn amount(number: Number, scale: u32, currency: Currency) -> Result<i64, PriceError> {
    let exponent = currency.exponent();
    let mut digits = number.digits;
    let mut decimals = number.decimals;
    if digits == 0 {
        return Err(PriceError::Zero);
    }
    while decimals > 0 && digits.is_multiple_of(10) {
        digits /= 10;
        decimals -= 1;
    }
    let Some(power) = (scale + exponent).checked_sub(decimals) else {
        return Err(match exponent {
            0 => PriceError::NoCents,
            exponent => PriceError::TooManyDecimals { exponent },
        });
    };
    let max = i128::from(PRICE_MAX_MAJOR) * 10i128.pow(exponent);
    10u128
        .checked_pow(power)
        .and_then(|factor| digits.checked_mul(factor))
        .and_then(|minor| i128::try_from(minor).ok())
        .filter(|minor| *minor <= max)
        .and_then(|minor| i64::try_from(minor).ok())
        .ok_or(PriceError::TooLarge)
}

#[cfg(test)]
mod tests;
