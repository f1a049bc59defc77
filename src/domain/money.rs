//! Money: whole minor units with a currency, and how people write it.
//!
//! Reading what a person typed as a price is [`parse_price`]. Nothing here rounds, and there are no floats.

mod price;

use std::fmt;

use fixed_decimal::Decimal;
use icu_decimal::DecimalFormatter;
use icu_locale_core::locale;
use serde::{Deserialize, Serialize};

use super::language::Language;

pub use price::{PRICE_MAX_MAJOR, Price, PriceError, parse_price};

/// An amount in whole minor units (the smallest unit we trade in) of one currency. May be negative: ledger
/// rows are signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Money {
    minor: i64,
    currency: Currency,
}

impl Money {
    /// An amount of `minor` units: `new(75_000, IDR)` is Rp75.000, `new(1250, USD)` is $12.50.
    pub const fn new(minor: i64, currency: Currency) -> Self {
        Self { minor, currency }
    }

    /// The amount in minor units; see [`Currency::exponent`].
    pub const fn minor(self) -> i64 {
        self.minor
    }

    /// The currency that the minor units belong to.
    pub const fn currency(self) -> Currency {
        self.currency
    }

    /// The sum, or `None` when the currencies differ or the sum does not fit.
    pub fn checked_add(self, other: Self) -> Option<Self> {
        self.same_currency(other)?;
        Some(Self::new(self.minor.checked_add(other.minor)?, self.currency))
    }

    /// The difference, or `None` when the currencies differ or it does not fit.
    pub fn checked_sub(self, other: Self) -> Option<Self> {
        self.same_currency(other)?;
        Some(Self::new(self.minor.checked_sub(other.minor)?, self.currency))
    }

    /// The amount as a reader of `language` writes it: `Rp75.000` or `IDR 75,000`, `USD 12,50` or
    /// `USD 12.50`. [`parse_price`] reads it back to the same amount.
    pub fn display(self, language: Language) -> String {
        let sign = if self.minor < 0 { "-" } else { "" };
        let number = grouped(self.minor.unsigned_abs(), self.currency.exponent(), language);
        match (self.currency, language) {
            (Currency::IDR, Language::Indonesian) => format!("{sign}Rp{number}"),
            (currency, _) => format!("{sign}{} {number}", currency.code()),
        }
    }

    /// The amount for a button: `75rb` or `75k`, `1,5jt` or `1.5m`. Only rupiah are shortened, and only when
    /// the short form is exact; everything else is [`Money::display`].
    pub fn display_short(self, language: Language) -> String {
        let full = || self.display(language);
        if self.currency != Currency::IDR {
            return full();
        }
        let (thousand, million) = match language {
            Language::Indonesian => ("rb", "jt"),
            Language::English => ("k", "m"),
        };
        // The step keeps the tail within one digit for thousands and two for millions.
        let (unit_power, step, suffix) = match self.minor {
            1_000..=999_999 => (3, 100, thousand),
            1_000_000..=999_999_999 => (6, 10_000, million),
            _ => return full(),
        };
        if self.minor % step != 0 {
            return full();
        }
        let mut decimal = Decimal::from(self.minor);
        decimal.multiply_pow10(-unit_power);
        decimal.absolute.trim_end();
        format!("{}{suffix}", in_language(&decimal, language))
    }

    fn same_currency(self, other: Self) -> Option<()> {
        (self.currency == other.currency).then_some(())
    }
}

/// A currency of ISO 4217 that one can trade in; funds, metals and test codes are not.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "&'static str")]
pub struct Currency(iso_currency::Currency);

impl Currency {
    /// Indonesian rupiah.
    pub const IDR: Self = Self(iso_currency::Currency::IDR);
    /// United States dollar.
    pub const USD: Self = Self(iso_currency::Currency::USD);

    /// Reads a three-letter ISO 4217 code in either case.
    pub fn parse(code: &str) -> Option<Self> {
        let currency = iso_currency::Currency::from_code(&code.to_ascii_uppercase())?;
        let tradable = currency.exponent().is_some() && !currency.is_fund() && !currency.is_special();
        tradable.then_some(Self(currency))
    }

    /// The three upper-case letters of ISO 4217.
    pub fn code(self) -> &'static str {
        self.0.code()
    }

    /// How many digits of an amount are minor units: 2 for dollars, 0 for yen.
    ///
    /// ISO 4217 lists 2 for the rupiah too, but the sen has been out of use since the 1950s, people write
    /// prices without it, and Midtrans refuses an amount with cents. So one minor unit is one rupiah here.
    pub fn exponent(self) -> u32 {
        match self {
            Self::IDR => 0,
            Self(currency) => currency.exponent().map_or(0, u32::from),
        }
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.code())
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.code())
    }
}

impl From<Currency> for &'static str {
    fn from(currency: Currency) -> Self {
        currency.code()
    }
}

impl TryFrom<String> for Currency {
    type Error = String;

    fn try_from(code: String) -> Result<Self, Self::Error> {
        Self::parse(&code).ok_or_else(|| format!("unknown currency {code:?}"))
    }
}

/// `minor` units with the decimal mark and the group marks of the language.
fn grouped(minor: u64, exponent: u32, language: Language) -> String {
    let mut decimal = Decimal::from(minor);
    let places = i16::try_from(exponent).unwrap_or(0);
    decimal.multiply_pow10(-places);
    in_language(&decimal, language)
}

fn in_language(decimal: &Decimal, language: Language) -> String {
    let locale = match language {
        Language::Indonesian => locale!("id"),
        Language::English => locale!("en"),
    };
    match DecimalFormatter::try_new(locale.into(), Default::default()) {
        Ok(formatter) => formatter.format(decimal).to_string(),
        // The number data is compiled in, so this arm is for a build without it: right, if plain.
        Err(_) => decimal.to_string(),
    }
}

#[cfg(test)]
mod tests;
