//! The cells of a row, read as the parts of a line are.

use super::{RowReading, SheetColumn};
use crate::domain::customer::{NamedCustomer, TypedPart};
use crate::domain::expiry::{ExpiryError, ExpiryReading, parse_expiry};
use crate::domain::money::{Price, PriceError, parse_price};
use crate::domain::offer::{BuyerNote, ChosenPrice, PricingError, read_range};
use crate::domain::one_line::{
    LineError, LineExtras, LineReading, LineSetting, read_methods, read_opening, read_return_url,
};
use crate::domain::reference::Reference;
use crate::domain::return_url::ReturnUrl;
use crate::domain::slug::Slug;
use crate::domain::usage_limit::UsageLimit;
use crate::domain::visible_text::{ItemName, SellerNote};

/// A cell without the blanks around it, and without the apostrophe that keeps spreadsheets from reading it as a
/// formula.
pub(super) fn tidy(cell: &str) -> String {
    let cell = cell.trim_matches(|sign: char| sign.is_whitespace() || sign == '\u{feff}' || sign == '\u{1a}');
    let is_guarded = |rest: &&str| rest.starts_with(['=', '+', '-', '@']);
    cell.strip_prefix('\'').filter(is_guarded).unwrap_or(cell).to_owned()
}

/// What a row means.
pub(super) fn read(columns: &[Option<SheetColumn>], cells: &[String], setting: &LineSetting) -> RowReading {
    let row = Row { columns, cells };
    if row.cell(SheetColumn::Made).is_some() {
        return RowReading::MadeBefore;
    }
    row.read(setting).map_or_else(RowReading::Wrong, RowReading::Link)
}

/// Whether there is a price where one is looked for.
pub(super) fn has_price(columns: &[Option<SheetColumn>], cells: &[String], setting: &LineSetting) -> bool {
    let text = Row { columns, cells }.cell(SheetColumn::Price);
    text.is_some_and(|text| {
        read_price(text, setting).is_ok() || parse_price(text, setting.currency, setting.language).is_ok()
    })
}

struct Row<'a> {
    columns: &'a [Option<SheetColumn>],
    cells: &'a [String],
}

impl<'a> Row<'a> {
    /// What stands in a column; `None` when that is nothing.
    fn cell(&self, column: SheetColumn) -> Option<&'a str> {
        let at = self.columns.iter().position(|other| *other == Some(column))?;
        self.cells.get(at).map(String::as_str).filter(|cell| !cell.is_empty())
    }

    fn read(&self, setting: &LineSetting) -> Result<LineReading, LineError> {
        let name = self.cell(SheetColumn::Name).unwrap_or_default();
        let name = ItemName::parse(name).map_err(|error| LineError::Name { text: name.to_owned(), error })?;
        let price = self.cell(SheetColumn::Price).ok_or(LineError::MissingPrice)?;
        let (price, chosen) = read_price(price, setting)?;
        let limit = self.cell(SheetColumn::Limit);
        let usage_limit = limit.map(read_limit).transpose()?.flatten();
        let until = self.cell(SheetColumn::Expiry);
        let expiry = until.map_or(Ok(ExpiryReading::Never), |text| read_expiry(text, setting))?;
        let opens = self.cell(SheetColumn::Opens);
        let opens_at = opens.map(|text| read_opening(text.to_owned(), setting)).transpose()?;
        let methods = self.cell(SheetColumn::Methods);
        let methods = methods.map(|text| read_methods(text.to_owned())).transpose()?;
        Ok(LineReading {
            name,
            price,
            usage_limit,
            expiry,
            says_limit: limit.is_some(),
            says_expiry: until.is_some(),
            customer: self.customer()?,
            reference: self.cell(SheetColumn::Reference).map(read_reference).transpose()?,
            slug: self.cell(SheetColumn::Slug).map(read_slug).transpose()?,
            note: self.note()?,
            extras: LineExtras {
                chosen,
                pieces_max: None,
                opens_at,
                buyer_note: self.buyer_note()?,
                return_url: self.return_url()?,
                methods: methods.unwrap_or_default(),
            },
        })
    }

    fn customer(&self) -> Result<Option<NamedCustomer>, LineError> {
        let parts = [SheetColumn::Customer, SheetColumn::Phone, SheetColumn::Email];
        let text = parts.into_iter().filter_map(|part| self.cell(part)).collect::<Vec<_>>().join(", ");
        if text.is_empty() {
            return Ok(None);
        }
        let wrong = |error| LineError::Customer { text: TypedPart::new(&text), error };
        NamedCustomer::parse(&text).map(Some).map_err(wrong)
    }

    fn note(&self) -> Result<Option<SellerNote>, LineError> {
        let Some(text) = self.cell(SheetColumn::SellerNote) else { return Ok(None) };
        let wrong = |error| LineError::Note { text: text.to_owned(), error };
        SellerNote::parse(text).map(|note| Some(note.value)).map_err(wrong)
    }

    fn return_url(&self) -> Result<Option<ReturnUrl>, LineError> {
        self.cell(SheetColumn::ReturnUrl).map(|text| read_return_url(text.to_owned())).transpose()
    }

    fn buyer_note(&self) -> Result<Option<BuyerNote>, LineError> {
        let Some(text) = self.cell(SheetColumn::BuyerNote) else { return Ok(None) };
        let wrong = |error| LineError::Message { text: text.to_owned(), error };
        BuyerNote::parse(text).map(|note| Some(note.value)).map_err(wrong)
    }
}

/// A price with one meaning, or a range that the customer chooses from. There is nobody to ask about a thousand
/// rows, so what could mean two things is sent back.
fn read_price(text: &str, setting: &LineSetting) -> Result<(Price, Option<ChosenPrice>), LineError> {
    let wrong = |error| LineError::Price { text: text.to_owned(), error };
    match read_range(text, setting.currency, setting.language) {
        Some(Ok(chosen)) => return Ok((Price::Exact(chosen.minimum), Some(chosen))),
        Some(Err(PricingError::Price(error))) => return Err(wrong(error)),
        Some(Err(_)) => return Err(wrong(PriceError::Range)),
        None => {}
    }
    match parse_price(text, setting.currency, setting.language) {
        Ok(Price::Ambiguous(_)) => Err(wrong(PriceError::NotANumber { text: text.to_owned() })),
        Ok(price) => Ok((price, None)),
        Err(error) => Err(wrong(error)),
    }
}

fn read_limit(text: &str) -> Result<Option<UsageLimit>, LineError> {
    UsageLimit::parse_optional(text).map_err(|error| LineError::Limit { text: text.to_owned(), error })
}

fn read_expiry(text: &str, setting: &LineSetting) -> Result<ExpiryReading, LineError> {
    let wrong = |error| LineError::Expiry { text: text.to_owned(), error };
    match parse_expiry(text, setting.now, setting.zone, setting.language) {
        Ok(ExpiryReading::Ambiguous(_)) => Err(wrong(ExpiryError::UnclearDate { text: text.to_owned() })),
        Ok(expiry) => Ok(expiry),
        Err(error) => Err(wrong(error)),
    }
}

fn read_reference(text: &str) -> Result<Reference, LineError> {
    Reference::parse(text).map_err(|error| LineError::Reference { text: text.to_owned(), error })
}

fn read_slug(text: &str) -> Result<Slug, LineError> {
    Slug::parse_own(text).map_err(|error| LineError::Slug { text: text.to_owned(), error })
}
