//! What a line may say beyond thing, price, limit, time and customer.

use chrono::{DateTime, Utc};

use super::keywords::{KeyedLine, Word};
use super::{LineError, LineSetting};
use crate::domain::expiry::{ExpiryError, ExpiryReading, parse_expiry};
use crate::domain::method_set::{MethodSet, MethodSetError};
use crate::domain::offer::{BuyerNote, ChosenPrice, PiecesMax, is_surely_a_range, read_range};
use crate::domain::return_url::ReturnUrl;

/// The words of the longest range: `50 rb - 200 rb saran 100 rb`.
const RANGE_WORDS_MAX: usize = 8;

/// What a line says beside.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LineExtras {
    /// What the customer may choose from; the line's price is then the least.
    pub chosen: Option<ChosenPrice>,
    /// The most pieces of one order, `qty:`.
    pub pieces_max: Option<PiecesMax>,
    /// From when it takes payments, `buka:`.
    pub opens_at: Option<DateTime<Utc>>,
    /// What customers read once they have paid, `pesan:`.
    pub buyer_note: Option<BuyerNote>,
    /// Where customers may go on once they have paid, `kembali:`.
    pub return_url: Option<ReturnUrl>,
    /// The ways to pay, `bayar:`.
    pub methods: MethodSet,
}

impl LineExtras {
    /// Whether it says nothing.
    #[must_use]
    pub fn is_plain(&self) -> bool {
        *self == Self::default()
    }
}

/// Takes what is said beside out of a line. A range of prices leaves its least behind, as the price.
pub(super) fn take_out(line: &mut KeyedLine, setting: &LineSetting) -> Result<LineExtras, LineError> {
    let pieces_max = match line.pieces.take() {
        Some(text) => PiecesMax::parse(&text).map_err(|_| LineError::Quantity { text })?,
        None => None,
    };
    let buyer_note = match line.message.take() {
        Some(text) => match BuyerNote::parse(&text) {
            Ok(note) => Some(note.value),
            Err(error) => return Err(LineError::Message { text, error }),
        },
        None => None,
    };
    let opens_at = line.opens.take().map(|text| read_opening(text, setting)).transpose()?;
    let return_url = line.return_url.take().map(read_return_url).transpose()?;
    let methods = line.methods.take().map(read_methods).transpose()?.unwrap_or_default();
    let chosen = take_range(&mut line.rest, setting);
    if chosen.is_some() && pieces_max.is_some() {
        return Err(LineError::ChosenPieces);
    }
    Ok(LineExtras { chosen, pieces_max, opens_at, buyer_note, return_url, methods })
}

/// Reads from when a link takes payments.
///
/// # Errors
/// [`LineError::Opens`].
pub fn read_opening(text: String, setting: &LineSetting) -> Result<DateTime<Utc>, LineError> {
    let error = match parse_expiry(&text, setting.now, setting.zone, setting.language) {
        Ok(ExpiryReading::At(instant)) => return Ok(instant),
        Ok(ExpiryReading::Never) => ExpiryError::NotATime { text: text.clone() },
        Ok(ExpiryReading::Ambiguous(_)) => ExpiryError::UnclearDate { text: text.clone() },
        Err(error) => error,
    };
    Err(LineError::Opens { text, error })
}

/// Reads where customers may go on once they have paid.
///
/// # Errors
/// [`LineError::ReturnUrl`].
pub fn read_return_url(text: String) -> Result<ReturnUrl, LineError> {
    ReturnUrl::parse(&text).map_err(|error| LineError::ReturnUrl { text, error })
}

/// Reads which ways to pay a link takes.
///
/// # Errors
/// [`LineError::Methods`].
pub fn read_methods(text: String) -> Result<MethodSet, LineError> {
    MethodSet::parse(&text).map_err(|MethodSetError { word }| LineError::Methods { text: word })
}

fn take_range(words: &mut Vec<Word>, setting: &LineSetting) -> Option<ChosenPrice> {
    let longest_first = (1..=RANGE_WORDS_MAX.min(words.len())).rev();
    let windows =
        longest_first.flat_map(|count| (0..=words.len() - count).map(move |start| (start, start + count)));
    let (start, end, chosen) = windows.into_iter().find_map(|(start, end)| {
        let window = words.get(start..end)?;
        if window.iter().any(|word| word.quoted || word.behind_key) {
            return None;
        }
        let text = window.iter().map(|word| word.plain.as_str()).collect::<Vec<_>>().join(" ");
        let chosen = read_range(&text, setting.currency, setting.language)?.ok()?;
        is_surely_a_range(&text, &chosen).then_some((start, end, chosen))
    })?;
    let least = least_price(&chosen)?;
    let word = Word { typed: least.clone(), plain: least, quoted: false, behind_key: false };
    words.splice(start..end, [word]);
    Some(chosen)
}

/// The least as one word that reads the same in every language; `None` where no such word is.
fn least_price(chosen: &ChosenPrice) -> Option<String> {
    let (minor, currency) = (chosen.minimum.minor(), chosen.minimum.currency());
    let code = currency.code();
    match currency.exponent() {
        0 => Some(format!("{code}{minor}")),
        2 => Some(format!("{code}{}.{:02}", minor / 100, minor % 100)),
        _ => None,
    }
}
