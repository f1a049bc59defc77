//! A table of links in a file, as spreadsheets write it: a row is a link, and its cells are read the way people
//! type them to `/new`.
//!
//! The first row may name the columns, in Indonesian or English; without names they stand in the order of
//! [`USUAL_ORDER`]. Columns of other names stay in the table and mean nothing here.

mod columns;
mod decoding;
mod rows;

use std::borrow::Cow;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::card_number::masked;
use super::one_line::{LineError, LineReading, LineSetting};
use super::server_key::masked_keys;

pub use columns::{SheetColumn, USUAL_ORDER};

/// The largest file that is read, in bytes.
pub const SHEET_BYTES_MAX: usize = 1_000_000;
/// The most rows that are read as links in one file.
pub const SHEET_ROWS_MAX: usize = 1_000;
/// The most cells that are kept of a row.
const CELLS_MAX: usize = 60;
/// Rows that are looked at to find out how cells are set apart.
const ROWS_LOOKED_AT: usize = 20;

/// What sets cells apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Separator {
    /// `,`
    Comma,
    /// `;`, where the comma stands in numbers.
    Semicolon,
    /// A tab.
    Tab,
}

/// A file as it was understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkSheet {
    /// What sets its cells apart.
    pub separator: Separator,
    /// The names of its columns as written; empty where it names none.
    pub titles: Vec<String>,
    /// Its rows, none of them blank.
    pub rows: Vec<SheetRow>,
}

/// A row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetRow {
    /// Its number in the spreadsheet, from 1 on, names and blank rows counted.
    pub number: i64,
    /// Its cells as written, without card numbers and gateway keys.
    pub cells: Vec<String>,
    /// What it means.
    pub reading: RowReading,
}

/// What a row means.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(clippy::large_enum_variant, reason = "at most a thousand, and most are links")]
pub enum RowReading {
    /// A link to be made. Neither its price nor its time is a question.
    Link(LineReading),
    /// It has an address: a link was made from it before.
    MadeBefore,
    /// No link can be made from it.
    Wrong(LineError),
}

/// Why a file is no table of links.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum SheetError {
    /// Nothing is in it.
    #[error("the file is empty")]
    Empty,
    /// A workbook of a spreadsheet program, not text.
    #[error("the file is a workbook")]
    Workbook,
    /// Neither text nor a workbook.
    #[error("the file is no text")]
    NoText,
    /// It names columns and has nothing below them.
    #[error("the file has no row below its titles")]
    OnlyTitles,
    /// No row has a name and a price where they are looked for.
    #[error("the columns of the file are not known")]
    UnknownColumns,
    /// Columns are named, and none of them is the item.
    #[error("no column holds names")]
    NoNames,
    /// Columns are named, and none of them is the price.
    #[error("no column holds prices")]
    NoPrices,
    /// More rows than [`SHEET_ROWS_MAX`].
    #[error("the file has {rows} rows")]
    TooManyRows {
        /// How many there are.
        rows: usize,
    },
}

impl Separator {
    /// All of them, the most usual first.
    pub const ALL: [Self; 3] = [Self::Comma, Self::Semicolon, Self::Tab];

    /// The sign, one byte in every encoding that is read.
    #[must_use]
    pub const fn byte(self) -> u8 {
        match self {
            Self::Comma => b',',
            Self::Semicolon => b';',
            Self::Tab => b'\t',
        }
    }

    /// The name that it is kept by.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Comma => "comma",
            Self::Semicolon => "semicolon",
            Self::Tab => "tab",
        }
    }

    /// Reads what [`Separator::code`] gives.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|separator| separator.code() == code)
    }
}

impl LinkSheet {
    /// The names of columns that mean nothing here, as written.
    #[must_use]
    pub fn unused_titles(titles: &[String]) -> Vec<&str> {
        let columns = columns::named(titles);
        let unused =
            titles.iter().zip(columns).filter(|(title, column)| column.is_none() && !title.is_empty());
        unused.map(|(title, _)| title.as_str()).collect()
    }

    /// Where a file that was a result before says which link was made and what became of the row, counted from
    /// 0; `None` for any other file.
    #[must_use]
    pub fn outcome_places(titles: &[String]) -> Option<(usize, usize)> {
        let named = columns::named(titles);
        let place = |wanted| named.iter().position(|column| *column == Some(wanted));
        place(SheetColumn::Made).zip(place(SheetColumn::Outcome))
    }
}

/// Reads a file.
///
/// # Errors
/// See [`SheetError`]. A row that cannot be used is no error of the file.
pub fn read_sheet(bytes: &[u8], setting: &LineSetting) -> Result<LinkSheet, SheetError> {
    let text = decoding::decode(bytes)?;
    let (separator, records) = split(&text, setting);
    let mut records = records.into_iter();
    let Some(first) = records.next() else { return Err(SheetError::Empty) };
    let named = columns::named(&first.cells);
    let (titles, columns, below) = if columns::are_titles(&first.cells, &named) {
        if !named.contains(&Some(SheetColumn::Name)) {
            return Err(SheetError::NoNames);
        }
        if !named.contains(&Some(SheetColumn::Price)) {
            return Err(SheetError::NoPrices);
        }
        (first.cells, named, records.collect::<Vec<_>>())
    } else {
        let columns = USUAL_ORDER.into_iter().map(Some).collect::<Vec<_>>();
        (Vec::new(), columns, std::iter::once(first).chain(records).collect())
    };
    if below.is_empty() {
        return Err(SheetError::OnlyTitles);
    }
    if below.len() > SHEET_ROWS_MAX {
        return Err(SheetError::TooManyRows { rows: below.len() });
    }
    if titles.is_empty() && !below.iter().any(|record| rows::has_price(&columns, &record.cells, setting)) {
        return Err(SheetError::UnknownColumns);
    }
    let row = |record: Record| SheetRow {
        number: record.number,
        reading: rows::read(&columns, &record.cells, setting),
        cells: record.cells.iter().map(|cell| without_secrets(cell)).collect(),
    };
    Ok(LinkSheet { separator, titles, rows: below.into_iter().map(row).collect() })
}

/// The text, with the digits of a card number masked.
#[must_use]
pub fn without_card_number(text: &str) -> Cow<'_, str> {
    masked(text).map_or(Cow::Borrowed(text), Cow::Owned)
}

/// A cell as it is kept: neither a card number nor a key of a gateway is to be read in it.
fn without_secrets(cell: &str) -> String {
    let cell = without_card_number(cell);
    masked_keys(&cell).unwrap_or_else(|| cell.into_owned())
}

/// A row that is not blank.
struct Record {
    number: i64,
    cells: Vec<String>,
}

/// Finds out what sets cells apart: what makes most of the titles known, then of the rows priced.
fn split(text: &str, setting: &LineSetting) -> (Separator, Vec<Record>) {
    // Excel's own way to say it, in a line before the table.
    if let Some((sign, rest)) = text.strip_prefix("sep=").and_then(|rest| {
        let sign = rest.chars().next()?;
        Some((sign, rest.get(sign.len_utf8()..)?))
    }) && let Some(separator) =
        Separator::ALL.into_iter().find(|separator| char::from(separator.byte()) == sign)
    {
        return (separator, records(rest.trim_start_matches(['\r', '\n']), separator, 2));
    }
    let usual: Vec<_> = USUAL_ORDER.into_iter().map(Some).collect();
    let tried = Separator::ALL.into_iter().map(|separator| {
        let records = records(text, separator, 1);
        let named = records.first().map(|first| columns::named(&first.cells)).unwrap_or_default();
        let known = named.iter().flatten().count();
        let columns = if known > 0 { &named } else { &usual };
        let looked_at = records.iter().take(ROWS_LOOKED_AT);
        let priced = looked_at.filter(|record| rows::has_price(columns, &record.cells, setting)).count();
        ((known, priced), separator, records)
    });
    // The first of equals is the most usual.
    let best = tried.reduce(|best, other| if other.0 > best.0 { other } else { best });
    best.map_or((Separator::Comma, Vec::new()), |(_, separator, records)| (separator, records))
}

/// The rows that are not blank, `first` being the number of the first.
fn records(text: &str, separator: Separator, first: i64) -> Vec<Record> {
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(separator.byte())
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    let mut records = Vec::new();
    let mut record = csv::StringRecord::new();
    let mut number = first;
    loop {
        let line = reader.position().line();
        // Text in memory that is text throughout reads without error.
        if !reader.read_record(&mut record).unwrap_or(false) {
            return records;
        }
        let breaks_inside = record.iter().map(|cell| cell.matches('\n').count()).sum::<usize>();
        let lines = usize::try_from(reader.position().line() - line).unwrap_or(0);
        // Blank lines before the row are skipped by the reader, and are rows to the seller.
        number += i64::try_from(lines.saturating_sub(breaks_inside + 1)).unwrap_or(0);
        let cells: Vec<String> = record.iter().take(CELLS_MAX).map(rows::tidy).collect();
        if cells.iter().any(|cell| !cell.is_empty()) {
            records.push(Record { number, cells });
        }
        number += 1;
    }
}

#[cfg(test)]
mod tests;
