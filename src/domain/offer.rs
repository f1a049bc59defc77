//! What a link sells beyond one thing at one price, and what an order keeps of it: pieces, a price that the
//! customer chooses, several things on one bill, a picture, and words for whoever has paid.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::id::PhotoId;
use super::language::Language;
use super::method_set::MethodSet;
use super::money::{Currency, Money, PRICE_MAX_MAJOR, Price, PriceError, parse_price};
use super::return_url::ReturnUrl;
use super::visible_text::ItemName;

mod buyer_note;
mod reading;

pub use buyer_note::BuyerNote;
pub(in crate::domain) use reading::is_surely_a_range;
pub use reading::{PricingError, PricingReading, read_pricing, read_range};

/// What a link offers beside its name and its price.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Offer {
    /// How the price comes about.
    #[serde(default)]
    pub pricing: Pricing,
    /// The picture of what is sold.
    #[serde(default)]
    pub photo: Option<PhotoId>,
    /// What customers read once they have paid.
    #[serde(default)]
    pub buyer_note: Option<BuyerNote>,
    /// Where customers may go on once they have paid.
    #[serde(default)]
    pub return_url: Option<ReturnUrl>,
    /// The ways to pay that are taken, as far as the shop takes them.
    #[serde(default)]
    pub methods: MethodSet,
}

/// How a price comes about. The link's own price is what this comes to when nothing is chosen.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Pricing {
    /// One price for one thing.
    #[default]
    Fixed,
    /// The price is for one piece, and one order may be for several.
    PerPiece(PiecesMax),
    /// The customer says how much. The link's price is the suggestion, or else the least.
    Chosen(ChosenPrice),
    /// Several things; the link's price is what they come to.
    Bill(Bill),
}

/// The most pieces of one order: 2 to 1,000.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "i64", into = "i64")]
pub struct PiecesMax(i64);

/// Why a text is no number of pieces.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("an order is for 1 to {} pieces", PiecesMax::MAX)]
pub struct PiecesError;

/// What a customer may pay who chooses the price. All of it is in one currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChosenPrice {
    /// At least.
    pub minimum: Money,
    /// At most; `None`: as much as a link can ask for.
    #[serde(default)]
    pub maximum: Option<Money>,
    /// What stands in the field at first.
    #[serde(default)]
    pub suggested: Option<Money>,
}

/// Several things that are paid for together: 1 to 20 lines, and what is taken off.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bill {
    /// The things.
    pub lines: Vec<BillLine>,
    /// What is taken off, above nothing and below the sum.
    #[serde(default)]
    pub discount: Option<Money>,
}

/// A line of a bill.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BillLine {
    /// What it is.
    pub name: ItemName,
    /// How many, at least one.
    pub pieces: i64,
    /// What one of them costs.
    pub unit_price: Money,
}

/// What an order is for, as it was when it was ordered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderedGoods {
    /// How many pieces.
    pub pieces: i64,
    /// The things, where there are several.
    #[serde(default)]
    pub bill: Option<Bill>,
}

/// Why a customer's amount or number of pieces cannot be taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ChoiceError {
    /// Nothing was typed.
    Empty,
    /// It is no amount, or no number of pieces.
    NotANumber,
    /// It can mean several amounts.
    Unclear(Vec<Money>),
    /// Less than the least.
    Below(Money),
    /// More than the most.
    Above(Money),
    /// Not between one and this.
    Pieces(PiecesMax),
}

/// What a customer asked for, and what that comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chosen {
    /// What it costs.
    pub amount: Money,
    /// How many pieces.
    pub pieces: i64,
}

/// Whether an amount is one that a link may ask for.
#[must_use]
pub fn is_payable(amount: Money) -> bool {
    let largest =
        10i64.checked_pow(amount.currency().exponent()).and_then(|unit| PRICE_MAX_MAJOR.checked_mul(unit));
    largest.is_some_and(|largest| (1..=largest).contains(&amount.minor()))
}

/// Whether a link that opens then has time left before it ends.
#[must_use]
pub fn opens_before_it_ends(opens_at: Option<DateTime<Utc>>, expires_at: Option<DateTime<Utc>>) -> bool {
    opens_at.zip(expires_at).is_none_or(|(opens_at, expires_at)| opens_at < expires_at)
}

impl Pricing {
    /// The pieces of one order, where several are sold.
    #[must_use]
    pub const fn pieces_max(&self) -> Option<PiecesMax> {
        match self {
            Self::PerPiece(most) => Some(*most),
            _ => None,
        }
    }

    /// What the customer may choose from, where the customer chooses.
    #[must_use]
    pub const fn chosen(&self) -> Option<ChosenPrice> {
        match self {
            Self::Chosen(chosen) => Some(*chosen),
            _ => None,
        }
    }

    /// The things on the bill, where there are several.
    #[must_use]
    pub const fn bill(&self) -> Option<&Bill> {
        match self {
            Self::Bill(bill) => Some(bill),
            _ => None,
        }
    }

    /// What an order comes to. `price` is the link's; `typed` and `pieces` are what the customer typed,
    /// read as a reader of `language` means it.
    ///
    /// # Errors
    /// When that is not what the link takes. Fields that the link does not ask for are not read.
    pub fn choose(
        &self,
        price: Money,
        typed: &str,
        pieces: &str,
        language: Language,
    ) -> Result<Chosen, ChoiceError> {
        match self {
            Self::Fixed | Self::Bill(_) => Ok(Chosen { amount: price, pieces: 1 }),
            Self::Chosen(chosen) => chosen.read(typed, language).map(|amount| Chosen { amount, pieces: 1 }),
            Self::PerPiece(most) => {
                let pieces = read_pieces(pieces).filter(|pieces| (1..=most.get()).contains(pieces));
                let amount = pieces.and_then(|pieces| times(price, pieces).map(|amount| (amount, pieces)));
                let (amount, pieces) = amount.ok_or(ChoiceError::Pieces(*most))?;
                Ok(Chosen { amount, pieces })
            }
        }
    }

    /// Whether all that can be asked for through it is payable, at this price for one.
    #[must_use]
    pub fn is_payable_at(&self, price: Money) -> bool {
        match self {
            Self::PerPiece(most) => times(price, most.get()).is_some(),
            _ => is_payable(price),
        }
    }
}

impl PiecesMax {
    /// The highest number of pieces.
    pub const MAX: i64 = 1_000;

    /// The number of pieces.
    #[must_use]
    pub const fn get(self) -> i64 {
        self.0
    }

    /// Reads `5`, `5 pcs`, `x5`. One piece is no choice: `None`, as for `-`.
    ///
    /// # Errors
    /// When it is no number between 1 and [`PiecesMax::MAX`].
    pub fn parse(text: &str) -> Result<Option<Self>, PiecesError> {
        if matches!(text.trim(), "-" | "0") {
            return Ok(None);
        }
        match read_pieces(text) {
            Some(1) => Ok(None),
            Some(pieces) => Self::try_from(pieces).map(Some),
            None => Err(PiecesError),
        }
    }
}

impl ChosenPrice {
    /// What stands for the price where only one amount can be shown.
    #[must_use]
    pub fn shown(&self) -> Money {
        self.suggested.unwrap_or(self.minimum)
    }

    fn read(&self, typed: &str, language: Language) -> Result<Money, ChoiceError> {
        if typed.trim().is_empty() {
            return Err(ChoiceError::Empty);
        }
        let amount = match parse_price(typed, self.minimum.currency(), language) {
            Ok(Price::Exact(amount)) => amount,
            Ok(Price::Ambiguous(amounts)) => return Err(ChoiceError::Unclear(amounts)),
            Err(PriceError::Zero | PriceError::Negative) => return Err(ChoiceError::Below(self.minimum)),
            Err(_) => return Err(ChoiceError::NotANumber),
        };
        if amount.currency() != self.minimum.currency() {
            return Err(ChoiceError::NotANumber);
        }
        if amount.minor() < self.minimum.minor() {
            return Err(ChoiceError::Below(self.minimum));
        }
        match self.maximum.filter(|maximum| amount.minor() > maximum.minor()) {
            Some(maximum) => Err(ChoiceError::Above(maximum)),
            None => Ok(amount),
        }
    }
}

impl Bill {
    /// The most lines of a bill.
    pub const LINES_MAX: usize = 20;

    /// What it comes to; `None` when that is nothing, too much, or in several currencies.
    #[must_use]
    pub fn total(&self) -> Option<Money> {
        let first = self.lines.first()?.unit_price.currency();
        let sum =
            self.lines.iter().try_fold(Money::new(0, first), |sum, line| sum.checked_add(line.total()?))?;
        let total = match self.discount {
            Some(discount) => sum.checked_sub(discount)?,
            None => sum,
        };
        is_payable(total).then_some(total)
    }
}

impl BillLine {
    /// What the line comes to.
    #[must_use]
    pub fn total(&self) -> Option<Money> {
        times(self.unit_price, self.pieces)
    }

    /// `Kaos × 2`, or the name alone for one.
    #[must_use]
    pub fn title(&self) -> String {
        title(&self.name, self.pieces)
    }
}

impl OrderedGoods {
    /// Whether it says anything beyond one piece of one thing.
    #[must_use]
    pub fn is_plain(&self) -> bool {
        *self == Self::default()
    }
}

impl Default for OrderedGoods {
    fn default() -> Self {
        Self { pieces: 1, bill: None }
    }
}

/// `Kaos × 2`, or the name alone for one.
#[must_use]
pub fn title(name: &ItemName, pieces: i64) -> String {
    if pieces > 1 { format!("{name} × {pieces}") } else { name.to_string() }
}

/// So many of them, when that is still payable.
fn times(price: Money, pieces: i64) -> Option<Money> {
    let amount = Money::new(price.minor().checked_mul(pieces)?, price.currency());
    is_payable(amount).then_some(amount)
}

/// Reads `3`, `x3`, `3x`, `3 pcs`.
fn read_pieces(text: &str) -> Option<i64> {
    const WORDS: &[&str] = &["", "x", "×", "pcs", "pc", "buah", "bh", "biji", "pieces", "piece"];
    let text = text.trim().to_lowercase();
    let text = text.strip_prefix(['x', '×']).unwrap_or(&text).trim_start();
    let word = text.trim_start_matches(|digit: char| digit.is_ascii_digit());
    let digits = text.strip_suffix(word)?;
    let is_known = WORDS.contains(&word.trim());
    // Four digits are more than the most already.
    (is_known && (1..=4).contains(&digits.len())).then(|| digits.parse().ok()).flatten()
}

impl TryFrom<i64> for PiecesMax {
    type Error = PiecesError;

    fn try_from(pieces: i64) -> Result<Self, PiecesError> {
        if (2..=Self::MAX).contains(&pieces) { Ok(Self(pieces)) } else { Err(PiecesError) }
    }
}

impl From<PiecesMax> for i64 {
    fn from(most: PiecesMax) -> Self {
        most.0
    }
}

/// Whether all amounts are in this currency.
fn are_in(currency: Currency, amounts: &[Option<Money>]) -> bool {
    amounts.iter().flatten().all(|amount| amount.currency() == currency)
}

#[cfg(test)]
mod tests;
