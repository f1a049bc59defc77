//! Readings that would be right by the rules and wrong by the meaning, and words that are no part of a line.

use super::keywords::Word;
use super::positional::{has_currency_in_front, text_of};
use super::{LineError, LineSetting};
use crate::domain::expiry::ExpiryError;
use crate::domain::money::{Price, PriceError, parse_price};

/// A number from here on in a name is as likely a price as one behind it.
const BARE_PRICE_MIN: u64 = 1_000;

/// Why `text`, which was read as the price, may not be what was meant.
pub(super) fn doubt(name: &[Word], text: &str, price: &Price, setting: &LineSetting) -> Option<LineError> {
    let two_prices = |first: &str| LineError::TwoPrices { first: first.to_owned(), second: text.to_owned() };
    if let [.., low, dash] = name
        && is_dash(&dash.typed)
        && parse_price(&low.plain, setting.currency, setting.language).is_ok()
    {
        return Some(LineError::Price { text: text.to_owned(), error: PriceError::Range });
    }
    // "kaos 150rb 10", "kaos 150rb 17.00": a limit without its x and a time without its day are no prices.
    let is_bare = text.chars().all(|character| character.is_ascii_digit() || matches!(character, '.' | ','));
    let is_doubtful = is_short_number(text) || (is_bare && matches!(price, Price::Ambiguous(_)));
    let marked = name.iter().find(|word| !word.quoted && is_marked_price(&word.plain, setting));
    if let Some(marked) = marked.filter(|_| is_doubtful) {
        return Some(two_prices(&marked.plain));
    }
    // "2 kaos 50rb sama topi 20rb" is two things; so is "1jt 500rb" half of one price.
    (0..name.len()).rev().find_map(|start| {
        let one = name.get(start).filter(|word| !word.quoted)?;
        let pair = name.get(start..start + 2).filter(|pair| pair.iter().all(|word| !word.quoted));
        let pair = pair.map(|_| text_of(name, start, start + 2)).filter(|pair| says_rupiah(pair, setting));
        let found = pair.or_else(|| says_rupiah(&one.plain, setting).then(|| one.plain.clone()));
        let found = found.or_else(|| is_larger(&one.plain, price, setting).then(|| one.plain.clone()));
        found.map(|first| two_prices(&first))
    })
}

/// Words behind the price that are neither limit nor time, and what they were meant as.
pub(super) fn not_understood(words: &[Word], start: usize, end: usize) -> LineError {
    const TIME_WORDS: &[&str] =
        &["sampai", "hingga", "until", "till", "s.d.", "s.d", "s/d", "sd", "jam", "pukul", "tgl", "tanggal"];
    let text = text_of(words, start, end);
    match words.get(start) {
        Some(word) if word.behind_key => LineError::Spaced { text },
        Some(word) if TIME_WORDS.contains(&word.plain.to_lowercase().as_str()) => {
            LineError::Expiry { text: text.clone(), error: ExpiryError::NotATime { text } }
        }
        _ => LineError::NotUnderstood { text },
    }
}

/// Where a count of pieces starts that ends before `end`: `10pcs`, `12 buah`.
pub(super) fn pieces_before(words: &[Word], end: usize) -> Option<usize> {
    [2, 1].into_iter().find_map(|count| {
        let start = end.checked_sub(count)?;
        let is_plain = words.get(start..end)?.iter().all(|word| !word.quoted);
        let text = text_of(words, start, end).to_lowercase();
        let piece = text.trim_start_matches(|first: char| first.is_ascii_digit());
        let is_piece = matches!(piece.trim_start(), "pcs" | "pc" | "buah" | "bh" | "biji" | "pieces");
        (is_plain && piece.len() < text.len() && is_piece).then_some(start)
    })
}

/// What stands between a name and its price.
pub(super) fn is_dash(word: &str) -> bool {
    matches!(word, "-" | "–" | "—")
}

/// A number that is more likely a size, a model or a count than a price.
pub(super) fn is_short_number(text: &str) -> bool {
    text.len() <= 3 && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether the word says by itself that it is an amount: `150rb`, `Rp5.000`, `$3`.
fn is_marked_price(word: &str, setting: &LineSetting) -> bool {
    let is_bare = word.bytes().all(|byte| byte.is_ascii_digit());
    let starts_like_a_price =
        word.starts_with(|first: char| first.is_ascii_digit()) || has_currency_in_front(&word.to_lowercase());
    !is_bare && starts_like_a_price && parse_price(word, setting.currency, setting.language).is_ok()
}

/// Whether the text is an amount in words that nothing but an amount has. `2m` may be two metres, and `4K` is
/// how sharp a screen is.
fn says_rupiah(text: &str, setting: &LineSetting) -> bool {
    let lower = text.to_lowercase();
    let starts = ["rp", "idr", "$", "us$", "usd"].iter().any(|sign| lower.starts_with(sign));
    let number = lower.trim_end_matches(char::is_alphabetic);
    let word = lower.strip_prefix(number).unwrap_or_default();
    let ends = number.starts_with(|first: char| first.is_ascii_digit())
        && matches!(word, "rb" | "ribu" | "k" | "jt" | "juta" | "miliar" | "milyar" | "rupiah");
    let is_sharpness = matches!(text, "2K" | "4K" | "5K" | "8K");
    (starts || ends) && !is_sharpness && parse_price(text, setting.currency, setting.language).is_ok()
}

/// Whether a bare number is at least [`BARE_PRICE_MIN`] and more than the price.
fn is_larger(text: &str, price: &Price, setting: &LineSetting) -> bool {
    let digits: String = text.chars().filter(|character| !matches!(character, '.' | ',')).collect();
    let is_large = digits.parse::<u64>().is_ok_and(|number| number >= BARE_PRICE_MIN);
    let cheapest = match price {
        Price::Exact(money) => Some(money.minor()),
        Price::Ambiguous(several) => several.iter().map(|money| money.minor()).min(),
    };
    match parse_price(text, setting.currency, setting.language) {
        Ok(Price::Exact(first)) if is_large => cheapest.is_some_and(|minor| first.minor() > minor),
        _ => false,
    }
}
