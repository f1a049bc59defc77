//! Reading how a price comes about, the way people type it: `75rb`, `50rb-200rb`, `mulai 50rb`,
//! `50rb-200rb saran 100rb`, or one thing to a line.

use thiserror::Error;

use super::{Bill, BillLine, ChosenPrice, are_in, is_payable};
use crate::domain::language::Language;
use crate::domain::money::{Currency, Money, Price, PriceError, parse_price};
use crate::domain::one_line::{LineError, LineSetting, read_line};
use crate::domain::visible_text::ItemName;

/// A price as it was understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PricingReading {
    /// One price; perhaps it is still a question.
    One(Price),
    /// The customer says how much.
    Chosen(ChosenPrice),
    /// Several things.
    Bill(Bill),
}

/// Why a text says no price.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum PricingError {
    /// One price, or a part of a range, that cannot be used.
    #[error(transparent)]
    Price(#[from] PriceError),
    /// The least, the most and the suggestion do not fit each other.
    #[error("a range goes from less to more, in one currency")]
    Range,
    /// A line of a bill cannot be used.
    #[error("line {number} cannot be used: {error}")]
    Line {
        /// Which line, from 1 on.
        number: usize,
        /// What is wrong with it.
        error: Box<LineError>,
    },
    /// A line of a bill says more than a thing, its price and how many.
    #[error("line {number} says more than a bill has")]
    LineTooMuch {
        /// Which line, from 1 on.
        number: usize,
    },
    /// More lines than a bill has.
    #[error("a bill has at most {} lines", Bill::LINES_MAX)]
    TooManyLines,
    /// The lines come to nothing, to too much, or are in several currencies.
    #[error("the lines come to no payable amount")]
    NoTotal,
}

/// Words before the least amount.
const FROM_WORDS: &[&str] =
    &["mulai", "mulai dari", "minimal", "minimum", "min", "dari", "from", "starting at"];
/// Words before the suggestion.
const SUGGESTED_WORDS: &[&str] = &["saran", "disarankan", "usul", "suggested", "suggest", "default"];
/// Words before what is taken off.
const DISCOUNT_WORDS: &[&str] = &["diskon", "discount", "disc", "potongan", "hemat"];
/// A bare number from here on in a range is an amount; below it may be a year or a size.
const BARE_AMOUNT_MIN: i64 = 10_000;

/// Reads what was typed where the price is asked for.
///
/// # Errors
/// See [`PricingError`].
pub fn read_pricing(text: &str, setting: &LineSetting) -> Result<PricingReading, PricingError> {
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    if lines.len() > 1 {
        return read_bill(&lines, setting).map(PricingReading::Bill);
    }
    match read_range(text, setting.currency, setting.language) {
        Some(range) => range.map(PricingReading::Chosen),
        None => Ok(PricingReading::One(parse_price(text, setting.currency, setting.language)?)),
    }
}

/// Reads a range of prices that the customer chooses from; `None` for a text that is none.
pub fn read_range(
    text: &str,
    currency: Currency,
    language: Language,
) -> Option<Result<ChosenPrice, PricingError>> {
    let text =
        text.trim().to_lowercase().replace(['−', '–', '—'], "-").replace("s/d", "-").replace(" sampai ", "-");
    let (range, suggested) = split_suggestion(&text);
    let read = |text: &str| exact(text, currency, language);
    let (low, high) = match after_word(range, FROM_WORDS) {
        Some(low) => match low.split_once('-') {
            Some((low, high)) => (low.trim(), Some(high.trim())),
            None => (low, None),
        },
        None => {
            let (low, high) = range.split_once('-')?;
            let has_digit = |side: &str| side.contains(|character: char| character.is_ascii_digit());
            if !has_digit(low) || !has_digit(high) {
                return None;
            }
            (low.trim(), Some(high.trim()))
        }
    };
    // "mulai" alone is a name like any other.
    if !low.contains(|character: char| character.is_ascii_digit()) {
        return None;
    }
    let with_scale = high.map(|high| scaled_like(low, high)).unwrap_or_else(|| low.to_owned());
    let chosen = (|| {
        let minimum = read(&with_scale)?;
        let maximum = high.map(read).transpose()?;
        let suggested = suggested.map(read).transpose()?;
        let fits = |least: Option<Money>, most: Option<Money>| {
            least.zip(most).is_none_or(|(least, most)| least.minor() <= most.minor())
        };
        let is_in_order = maximum.is_none_or(|maximum| minimum.minor() < maximum.minor())
            && fits(Some(minimum), suggested)
            && fits(suggested, maximum)
            && are_in(minimum.currency(), &[maximum, suggested]);
        if is_in_order { Ok(ChosenPrice { minimum, maximum, suggested }) } else { Err(PricingError::Range) }
    })();
    Some(chosen)
}

/// Whether a text that [`read_range`] reads can only be a range of prices, also within a longer line.
pub(in crate::domain) fn is_surely_a_range(text: &str, chosen: &ChosenPrice) -> bool {
    let says_so = text.contains(|character: char| character.is_alphabetic() || character == '$');
    says_so || chosen.minimum.minor() >= BARE_AMOUNT_MIN
}

/// `50-200rb` says thousands once and means them twice.
fn scaled_like(low: &str, high: &str) -> String {
    let is_bare = low.bytes().all(|byte| byte.is_ascii_digit()) && low.len() <= 3;
    let number = high.trim_end_matches(char::is_alphabetic);
    match high.strip_prefix(number).filter(|word| is_bare && !word.is_empty()) {
        Some(word) => format!("{low}{word}"),
        None => low.to_owned(),
    }
}

/// The range, and the suggestion behind it.
fn split_suggestion(text: &str) -> (&str, Option<&str>) {
    for word in SUGGESTED_WORDS {
        if let Some((range, suggested)) = text.split_once(&format!(" {word}")) {
            let suggested = suggested.trim_start_matches([':', '=', ' ']);
            return (range.trim_end_matches([',', ' ']), Some(suggested));
        }
    }
    (text, None)
}

/// What follows the longest of the words at the start of a text.
fn after_word<'a>(text: &'a str, words: &[&str]) -> Option<&'a str> {
    let followed = words.iter().filter_map(|word| {
        let rest = text.strip_prefix(word)?;
        rest.starts_with([' ', ':']).then(|| rest.trim_start_matches([':', ' ']))
    });
    followed.min_by_key(|rest| rest.len())
}

fn exact(text: &str, currency: Currency, language: Language) -> Result<Money, PricingError> {
    match parse_price(text, currency, language)? {
        Price::Exact(amount) => Ok(amount),
        Price::Ambiguous(_) => Err(PriceError::NotANumber { text: text.to_owned() }.into()),
    }
}

fn read_bill(lines: &[&str], setting: &LineSetting) -> Result<Bill, PricingError> {
    let mut bill = Bill { lines: Vec::new(), discount: None };
    for (line, number) in lines.iter().zip(1..) {
        let lower = line.to_lowercase();
        match after_word(&lower, DISCOUNT_WORDS) {
            Some(amount) => {
                let amount = exact(amount.trim_start_matches('-'), setting.currency, setting.language)?;
                let before = bill.discount.replace(amount);
                if before.is_some() {
                    return Err(PricingError::LineTooMuch { number });
                }
            }
            None => bill.lines.push(read_bill_line(line, number, setting)?),
        }
    }
    if bill.lines.len() > Bill::LINES_MAX {
        return Err(PricingError::TooManyLines);
    }
    bill.total().map(|_| bill).ok_or(PricingError::NoTotal)
}

/// `Kaos 75rb`, `Kaos 75rb x2`, `Kaos x2 75rb` or `2x Kaos 75rb`.
fn read_bill_line(line: &str, number: usize, setting: &LineSetting) -> Result<BillLine, PricingError> {
    let wrong = |error| PricingError::Line { number, error: Box::new(error) };
    let reading = read_line(line, setting).map_err(wrong)?;
    let is_plain = reading.customer.is_none()
        && reading.reference.is_none()
        && reading.slug.is_none()
        && reading.note.is_none()
        && reading.extras.is_plain()
        && reading.expiry == crate::domain::expiry::ExpiryReading::Never;
    if !is_plain {
        return Err(PricingError::LineTooMuch { number });
    }
    let unit_price = match reading.price {
        Price::Exact(price) => price,
        Price::Ambiguous(_) => {
            return Err(PriceError::NotANumber { text: line.to_owned() }.into());
        }
    };
    let name = reading.name.value;
    let counted = match reading.usage_limit {
        Some(limit) => (name, limit.get()),
        None => pieces_in_name(&name).unwrap_or((name, 1)),
    };
    let (name, pieces) = counted;
    let line = BillLine { name, pieces, unit_price };
    if line.total().is_none_or(|total| !is_payable(total)) || pieces > super::PiecesMax::MAX {
        return Err(PricingError::NoTotal);
    }
    Ok(line)
}

/// `Kaos x2` and `2x Kaos` say how many.
fn pieces_in_name(name: &ItemName) -> Option<(ItemName, i64)> {
    let text = name.as_str();
    let count = |word: &str| {
        let word = word.to_lowercase();
        let digits = word.strip_prefix(['x', '×']).or_else(|| word.strip_suffix(['x', '×']))?;
        digits.parse::<i64>().ok().filter(|pieces| *pieces >= 1)
    };
    let behind = text.rsplit_once(' ').and_then(|(rest, word)| Some((rest, count(word)?)));
    let before = || text.split_once(' ').and_then(|(word, rest)| Some((rest, count(word)?)));
    let (rest, pieces) = behind.or_else(before)?;
    Some((ItemName::parse(rest).ok()?.value, pieces))
}
