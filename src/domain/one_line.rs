//! A whole link in one line: `/new kaos hitam 150rb x10 3d for:Budi, 0812-3456-789 ref:INV-01`.
//!
//! Words that start with a key and a colon (`for:`, `ref:`, `link:`, `note:`, `qty:`, `buka:`, `pesan:`,
//! `kembali:`, `bayar:`) are taken out first, and a range of prices becomes its least. What is left is read from
//! the right: time and limit in any order, then the price; everything before it is the name. A name that would be
//! misread goes in quotes: `"iPhone 12" 5jt`.

mod doubts;
mod extras;
mod keywords;
mod positional;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use thiserror::Error;

use super::customer::{NamedCustomer, NamedCustomerError, TypedPart};
use super::expiry::{ExpiryError, ExpiryReading};
use super::language::Language;
use super::money::{Currency, Price, PriceError};
use super::reference::{Reference, ReferenceError};
use super::return_url::ReturnUrlError;
use super::slug::{Slug, SlugError};
use super::usage_limit::{UsageLimit, UsageLimitError};
use super::visible_text::{Cleaned, ItemName, SellerNote, TextError};

pub use extras::{LineExtras, read_methods, read_opening, read_return_url};

/// The most lines that are read as links in one message.
pub const LINES_MAX: usize = 10;

/// What a line depends on besides its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LineSetting {
    /// When the line was written.
    pub now: DateTime<Utc>,
    /// Where the shop is.
    pub zone: Tz,
    /// What its seller speaks.
    pub language: Language,
    /// What a price without a currency is in.
    pub currency: Currency,
}

/// A line as it was understood. Prices and expiries may still be questions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineReading {
    /// What is sold.
    pub name: Cleaned<ItemName>,
    /// What it costs.
    pub price: Price,
    /// How many payments; `None` when none was given or `∞`.
    pub usage_limit: Option<UsageLimit>,
    /// Until when; [`ExpiryReading::Never`] when none was given or `-`.
    pub expiry: ExpiryReading,
    /// Whether a limit was given, `∞` among them: where not, the shop's default holds.
    pub says_limit: bool,
    /// Whether a time was given, `-` among them: where not, the shop's default holds.
    pub says_expiry: bool,
    /// Whom it is for.
    pub customer: Option<NamedCustomer>,
    /// The seller's own Order ID.
    pub reference: Option<Reference>,
    /// The seller's own address text.
    pub slug: Option<Slug>,
    /// The seller's own note.
    pub note: Option<SellerNote>,
    /// What it says beside.
    pub extras: LineExtras,
}

/// Why a line is not a link. Each names the part that was typed and what is wrong with it.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum LineError {
    /// No part of the line is a price.
    #[error("the price is missing")]
    MissingPrice,
    /// There is a price but nothing that it is for.
    #[error("the name is missing")]
    MissingName,
    /// Two parts could be the price: `kaos 150rb 10`.
    #[error("both {first:?} and {second:?} could be the price")]
    TwoPrices {
        /// The one further left.
        first: String,
        /// The one further right.
        second: String,
    },
    /// Words behind the price that are neither limit nor time.
    #[error("{text:?} is neither a limit nor a time")]
    NotUnderstood {
        /// The words.
        text: String,
    },
    /// Words behind the price that follow a `link:` or `ref:`, which take one word: `link:my shop`.
    #[error("{text:?} stands apart from its key")]
    Spaced {
        /// The words.
        text: String,
    },
    /// A count of pieces, which is no limit: `10pcs`.
    #[error("{text:?} counts pieces, not payments")]
    Pieces {
        /// As typed.
        text: String,
    },
    /// A key such as `for:` stands twice.
    #[error("{keyword:?} is given twice")]
    Repeated {
        /// The key without its colon, in English.
        keyword: &'static str,
    },
    /// The name cannot be used.
    #[error("the name {text:?} cannot be used: {error}")]
    Name {
        /// The name as typed.
        text: String,
        /// What is wrong with it.
        error: TextError,
    },
    /// The price cannot be used.
    #[error("the price {text:?} cannot be used: {error}")]
    Price {
        /// The price as typed.
        text: String,
        /// What is wrong with it.
        error: PriceError,
    },
    /// The usage limit cannot be used.
    #[error("the usage limit {text:?} cannot be used: {error}")]
    Limit {
        /// The limit as typed.
        text: String,
        /// What is wrong with it.
        error: UsageLimitError,
    },
    /// The expiry cannot be used.
    #[error("the expiry {text:?} cannot be used: {error}")]
    Expiry {
        /// The expiry as typed.
        text: String,
        /// What is wrong with it.
        error: ExpiryError,
    },
    /// The customer cannot be used.
    #[error("the customer cannot be used: {error}")]
    Customer {
        /// The customer as typed: contact data, so `Debug` hides it.
        text: TypedPart,
        /// What is wrong with it.
        error: NamedCustomerError,
    },
    /// The reference cannot be used.
    #[error("the reference {text:?} cannot be used: {error}")]
    Reference {
        /// The reference as typed.
        text: String,
        /// What is wrong with it.
        error: ReferenceError,
    },
    /// The address text cannot be used.
    #[error("the link text {text:?} cannot be used: {error}")]
    Slug {
        /// The address text as typed.
        text: String,
        /// What is wrong with it.
        error: SlugError,
    },
    /// `qty:` is no number of pieces.
    #[error("{text:?} is no number of pieces")]
    Quantity {
        /// As typed.
        text: String,
    },
    /// A price that the customer chooses is for no number of pieces.
    #[error("a price to choose is not per piece")]
    ChosenPieces,
    /// The time of opening cannot be used.
    #[error("the opening {text:?} cannot be used: {error}")]
    Opens {
        /// As typed.
        text: String,
        /// What is wrong with it.
        error: ExpiryError,
    },
    /// `bayar:` names no way to pay.
    #[error("{text:?} is no way to pay")]
    Methods {
        /// The part that is none, as typed.
        text: String,
    },
    /// The message to customers cannot be used.
    #[error("the message cannot be used: {error}")]
    Message {
        /// As typed.
        text: String,
        /// What is wrong with it.
        error: TextError,
    },
    /// Where customers may go on cannot be used.
    #[error("the website {text:?} cannot be used: {error}")]
    ReturnUrl {
        /// As typed.
        text: String,
        /// What is wrong with it.
        error: ReturnUrlError,
    },
    /// The note cannot be used.
    #[error("the note {text:?} cannot be used: {error}")]
    Note {
        /// The note as typed.
        text: String,
        /// What is wrong with it.
        error: TextError,
    },
}

/// Reads one line, with or without `/new` (or `/baru`) in front.
pub fn read_line(text: &str, setting: &LineSetting) -> Result<LineReading, LineError> {
    let mut line = keywords::take_out(without_command(text))?;
    let extras = extras::take_out(&mut line, setting)?;
    let parts = positional::read(&line.rest, setting)?;
    let name = ItemName::parse(&parts.name).map_err(|error| LineError::Name { text: parts.name, error })?;
    Ok(LineReading {
        name,
        price: parts.price,
        usage_limit: parts.usage_limit,
        expiry: parts.expiry,
        says_limit: parts.says_limit,
        says_expiry: parts.says_expiry,
        customer: line.customer.map(|text| customer(&text)).transpose()?,
        reference: line.reference.map(reference).transpose()?,
        slug: line.slug.map(slug).transpose()?,
        note: line.note.map(note).transpose()?,
        extras,
    })
}

/// Reads each line that is not blank as a link of its own, the first [`LINES_MAX`] of them; each reading
/// comes with its line as typed. [`count_lines`] tells whether there were more.
pub fn read_lines(text: &str, setting: &LineSetting) -> Vec<(String, Result<LineReading, LineError>)> {
    lines(text).take(LINES_MAX).map(|line| (line.to_owned(), read_line(line, setting))).collect()
}

/// How many lines [`read_lines`] would read if it had no bound.
pub fn count_lines(text: &str) -> usize {
    lines(text).count()
}

fn lines(text: &str) -> impl Iterator<Item = &str> {
    without_command(text).lines().map(str::trim).filter(|line| !line.is_empty())
}

/// The text behind `/new`, `/new@our_bot` or `/baru`.
fn without_command(text: &str) -> &str {
    let text = text.trim();
    let (first, rest) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
    let command = first.split('@').next().unwrap_or_default();
    let is_ours = command.eq_ignore_ascii_case("/new") || command.eq_ignore_ascii_case("/baru");
    if is_ours { rest.trim_start() } else { text }
}

fn customer(text: &str) -> Result<NamedCustomer, LineError> {
    NamedCustomer::parse(text).map_err(|error| LineError::Customer { text: TypedPart::new(text), error })
}

fn reference(text: String) -> Result<Reference, LineError> {
    Reference::parse(&text).map_err(|error| LineError::Reference { text, error })
}

fn slug(text: String) -> Result<Slug, LineError> {
    Slug::parse_own(&text).map_err(|error| LineError::Slug { text, error })
}

fn note(text: String) -> Result<SellerNote, LineError> {
    let note = SellerNote::parse(&text).map_err(|error| LineError::Note { text, error })?;
    Ok(note.value)
}

#[cfg(test)]
mod tests;
