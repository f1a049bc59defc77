//! The parts of a line that are known by their shape and place: name, price, limit, time.

use super::doubts::{doubt, is_dash, is_short_number, not_understood, pieces_before};
use super::keywords::Word;
use super::{LineError, LineSetting};
use crate::domain::customer::words_in_phones;
use crate::domain::expiry::{ExpiryError, ExpiryReading, parse_expiry};
use crate::domain::money::{Currency, Price, PriceError, parse_price};
use crate::domain::usage_limit::{UsageLimit, UsageLimitError};

/// "s.d. 25 des 2026 17.00 WIB".
const EXPIRY_WORDS_MAX: usize = 6;
/// "Rp 75 rb".
const PRICE_WORDS_MAX: usize = 3;

/// Codes that may stand apart from their number. Every other code must be joined to it or be the shop's own,
/// because so many are words: PEN, TOP, ALL, PHP.
const SEPARATE_CODES: &[&str] =
    &["rp", "rp.", "idr", "$", "us$", "usd", "eur", "sgd", "myr", "aud", "gbp", "jpy"];
const SCALE_WORDS: &[&str] = &["rb", "ribu", "k", "jt", "juta", "miliar", "milyar", "rupiah", "idr", "usd"];

/// The positional parts of a line.
#[derive(Debug)]
pub(super) struct Parts {
    pub(super) name: String,
    pub(super) price: Price,
    pub(super) usage_limit: Option<UsageLimit>,
    pub(super) expiry: ExpiryReading,
    pub(super) says_limit: bool,
    pub(super) says_expiry: bool,
}

/// What stands behind the price, each with its words.
#[derive(Debug, Default)]
struct Tail {
    limit: Option<(String, Result<Option<UsageLimit>, UsageLimitError>)>,
    expiry: Option<(String, Result<ExpiryReading, ExpiryError>)>,
    pieces: Option<String>,
}

/// A price and the words that are the name.
struct Found {
    price: Price,
    name: Vec<Word>,
}

/// Reads the words from the right.
pub(super) fn read(words: &[Word], setting: &LineSetting) -> Result<Parts, LineError> {
    let (mut tail, mut end) = take_tail(words, setting);
    let mut found = price_before(words, end, setting);
    // "2m" is two minutes behind a price; where a price is missing it is two million.
    if let (Err(LineError::MissingPrice), Some(longer_end)) =
        (&found, time_that_is_a_price(words, end, &tail, setting))
    {
        tail.expiry = None;
        end = longer_end;
        found = price_before(words, end, setting);
    }
    let found = match found {
        Err(
            missing @ (LineError::MissingPrice
            | LineError::Price { error: PriceError::NotANumber { .. }, .. }),
        ) => price_elsewhere(words, end, setting, missing)?,
        found => found?,
    };
    if let Some(text) = tail.pieces {
        return Err(LineError::Pieces { text });
    }
    let (says_limit, says_expiry) = (tail.limit.is_some(), tail.expiry.is_some());
    let usage_limit = match tail.limit {
        Some((text, limit)) => limit.map_err(|error| LineError::Limit { text, error })?,
        None => None,
    };
    let expiry = match tail.expiry {
        Some((text, expiry)) => expiry.map_err(|error| LineError::Expiry { text, error })?,
        None => ExpiryReading::Never,
    };
    let name = match found.name.as_slice() {
        [] => return Err(LineError::MissingName),
        [only] if only.quoted => only.plain.clone(),
        several => joined(several, |word| &word.typed),
    };
    Ok(Parts { name, price: found.price, usage_limit, expiry, says_limit, says_expiry })
}

/// Limit and time at the end of the line, and how many words stand before them.
fn take_tail(words: &[Word], setting: &LineSetting) -> (Tail, usize) {
    let mut tail = Tail::default();
    let mut end = words.len();
    loop {
        if tail.limit.is_none()
            && let Some((start, limit)) = limit_before(words, end)
        {
            tail.limit = Some((text_of(words, start, end), limit));
            end = start;
        } else if tail.expiry.is_none()
            && let Some((start, expiry)) = expiry_before(words, end, setting)
        {
            tail.expiry = Some((text_of(words, start, end), expiry));
            end = start;
        } else if tail.pieces.is_none()
            && let Some(start) = pieces_before(words, end)
        {
            tail.pieces = Some(text_of(words, start, end));
            end = start;
        } else {
            return (tail, end);
        }
    }
}

type Limit = Result<Option<UsageLimit>, UsageLimitError>;

/// One or two words with the shape of a limit: `∞`, or a number with a times sign on either side.
fn limit_before(words: &[Word], end: usize) -> Option<(usize, Limit)> {
    let window = |count: usize| {
        let start = end.checked_sub(count)?;
        let is_plain = words.get(start..end)?.iter().all(|word| !word.quoted);
        is_plain.then(|| (start, text_of(words, start, end).to_lowercase()))
    };
    let stands_apart = |text: &str| {
        ["x ", "× "].iter().any(|sign| text.starts_with(sign))
            || [" x", " ×"].iter().any(|sign| text.ends_with(sign))
    };
    let apart = window(2).filter(|(_, text)| stands_apart(text));
    let joined =
        apart.map(|(start, text)| (start, text.replace(' ', ""))).filter(|(_, text)| has_limit_shape(text));
    let (start, text) = joined.or_else(|| window(1).filter(|(_, text)| has_limit_shape(text)))?;
    Some((start, UsageLimit::parse_optional(&text)))
}

fn has_limit_shape(text: &str) -> bool {
    let is_times = |character: char| matches!(character, 'x' | '×');
    let number = text.strip_prefix(is_times).or_else(|| text.strip_suffix(is_times));
    let is_number = number.is_some_and(|number| {
        let digits = number.trim_start_matches('-');
        digits.starts_with(|first: char| first.is_ascii_digit())
            && digits.chars().all(|character| character.is_ascii_digit() || matches!(character, '.' | ','))
    });
    is_number || matches!(text, "∞" | "x∞" | "×∞")
}

type Expiry = Result<ExpiryReading, ExpiryError>;

/// The longest run of words up to `end` with the shape of a time.
fn expiry_before(words: &[Word], end: usize, setting: &LineSetting) -> Option<(usize, Expiry)> {
    (end.saturating_sub(EXPIRY_WORDS_MAX)..end).find_map(|start| {
        if words.get(start..end)?.iter().any(|word| word.quoted) {
            return None;
        }
        let expiry = parse_expiry(&text_of(words, start, end), setting.now, setting.zone, setting.language);
        (!matches!(expiry, Err(ExpiryError::NotATime { .. }))).then_some((start, expiry))
    })
}

/// Where the line's price would end if the leftmost part of the tail were it.
fn time_that_is_a_price(words: &[Word], end: usize, tail: &Tail, setting: &LineSetting) -> Option<usize> {
    let (text, _) = tail.expiry.as_ref()?;
    let count = text.split(' ').count();
    let longer_end = end + count;
    let is_leftmost = text_of(words, end, longer_end) == *text;
    // "jam 20" is a watch and its price where nothing stands before it.
    let last = words.get(longer_end.checked_sub(1)?)?;
    let is_alone = count == 1 || (end == 0 && count == 2);
    let is_price = parse_price(&last.plain, setting.currency, setting.language).is_ok();
    (is_leftmost && is_alone && is_price).then_some(longer_end)
}

/// The price whose last word is the one before `end`.
fn price_before(words: &[Word], end: usize, setting: &LineSetting) -> Result<Found, LineError> {
    let Some((start, price)) = price_ending_at(words, end, setting) else {
        return Err(LineError::MissingPrice);
    };
    let text = text_of(words, start, end);
    let price = price.map_err(|error| LineError::Price { text: text.clone(), error })?;
    let name = words.get(..start).unwrap_or_default();
    match doubt(name, &text, &price, setting) {
        Some(doubt) => Err(doubt),
        None => Ok(Found { price, name: name_before(name) }),
    }
}

/// The words before the price without what only separates the two: "kaos - 75rb", "kaos: 75rb".
fn name_before(words: &[Word]) -> Vec<Word> {
    let mut name = words.to_vec();
    while name
        .last()
        .is_some_and(|word| is_dash(&word.typed) || matches!(word.typed.as_str(), "=" | ":" | "@" | "|"))
    {
        name.pop();
    }
    if let Some(last) = name.last_mut().filter(|word| !word.quoted) {
        last.typed = last.typed.trim_end_matches([':', ',', ';']).to_owned();
    }
    name
}

/// A price further left: in front of the name, or before words that nobody understands.
fn price_elsewhere(
    words: &[Word],
    end: usize,
    setting: &LineSetting,
    missing: LineError,
) -> Result<Found, LineError> {
    let priced = (1..end).rev().find_map(|price_end| {
        let (start, price) = price_ending_at(words, price_end, setting)?;
        price.ok().map(|price| (start, price_end, price))
    });
    match priced {
        Some((start, price_end, _)) if is_short_number(&text_of(words, start, price_end)) => Err(missing),
        Some((0, price_end, price)) => {
            let name = words.get(price_end..end).unwrap_or_default().to_vec();
            Ok(Found { price, name })
        }
        Some((_, price_end, _)) => Err(not_understood(words, price_end, end)),
        None => Err(missing),
    }
}

type Priced = Result<Price, PriceError>;

/// The price that ends before `end` and where it starts; `None` when nothing there was meant as a price.
fn price_ending_at(words: &[Word], end: usize, setting: &LineSetting) -> Option<(usize, Priced)> {
    let plain: Vec<&str> = words.iter().map(|word| word.plain.as_str()).collect();
    let in_phones = words_in_phones(&plain);
    if end.checked_sub(1).and_then(|last| in_phones.get(last)).copied().unwrap_or_default() {
        return None;
    }
    let read = |start: usize| {
        let price = parse_price(&text_of(words, start, end), setting.currency, setting.language);
        (start, price)
    };
    let shaped = (end.saturating_sub(PRICE_WORDS_MAX)..end)
        .filter(|start| words.get(*start..end).is_some_and(|window| has_price_shape(window, setting)));
    let readings: Vec<_> = shaped.map(read).collect();
    let understood = readings.iter().find(|(_, price)| price.is_ok());
    understood
        .or_else(|| readings.iter().find(|(start, price)| was_meant(words, *start, end, price)))
        .cloned()
}

/// Whether these words may be a price together: a currency apart, a number, a word of scale apart.
fn has_price_shape(window: &[Word], setting: &LineSetting) -> bool {
    if window.iter().any(|word| word.quoted) {
        return false;
    }
    let plain: Vec<String> = window.iter().map(|word| word.plain.to_lowercase()).collect();
    let is_code =
        |word: &str| SEPARATE_CODES.contains(&word) || word.eq_ignore_ascii_case(setting.currency.code());
    let is_scale =
        |word: &str| SCALE_WORDS.contains(&word) || word.eq_ignore_ascii_case(setting.currency.code());
    let is_number = |word: &str| word.trim_start_matches(['-', '−', '@']).starts_with(char::is_numeric);
    match plain.as_slice() {
        [word] => {
            is_number(word) || has_currency_in_front(word) || matches!(word.as_str(), "free" | "gratis")
        }
        [first, second] => (is_code(first) && is_number(second)) || (is_number(first) && is_scale(second)),
        [first, second, third] => is_code(first) && is_number(second) && is_scale(third),
        _ => false,
    }
}

/// `rp75.000`, `$12.50`, `-rp5`, `thb500`.
pub(super) fn has_currency_in_front(word: &str) -> bool {
    let word = word.trim_start_matches(['-', '−', '@']);
    let digits = word.find(char::is_numeric);
    let Some((front, _)) = digits.and_then(|digits| word.split_at_checked(digits)) else { return false };
    let front = front.trim_end_matches(['-', '−']);
    let is_sign = matches!(front, "€" | "£" | "¥" | "₩" | "₹" | "₽" | "฿" | "₫" | "₱" | "₺");
    is_sign || SEPARATE_CODES.contains(&front) || Currency::parse(front).is_some()
}

/// Whether words that are no valid price were meant as one, rather than as `3XL` or `2in1`.
fn was_meant(words: &[Word], start: usize, end: usize, price: &Priced) -> bool {
    let text = text_of(words, start, end);
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let letters = text.chars().filter(|character| character.is_alphabetic()).count();
    match price {
        Err(PriceError::NotANumber { .. }) => digits > letters || starts_with_scale(&text),
        _ => true,
    }
}

/// `75rbu`, `75ribuan`, `75k-an`: thousands, with a slip of the finger or an ending.
fn starts_with_scale(text: &str) -> bool {
    let letters = text.trim_start_matches(|first: char| first.is_ascii_digit() || matches!(first, '.' | ','));
    ["rb", "rib", "jt", "jut", "k-"].iter().any(|scale| letters.to_lowercase().starts_with(scale))
}

pub(super) fn text_of(words: &[Word], start: usize, end: usize) -> String {
    joined(words.get(start..end).unwrap_or_default(), |word| &word.plain)
}

fn joined(words: &[Word], part: impl Fn(&Word) -> &str) -> String {
    words.iter().map(part).collect::<Vec<_>>().join(" ")
}
