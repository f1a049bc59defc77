//! Orders as CSV: in the seller's language, safe to open in a spreadsheet, in files that Telegram takes.

use chrono::{DateTime, Utc};

use crate::bot::links::link_orders::state_words;
use crate::bot::links::wording::Reader;
use crate::domain::merchant::Mode;
use crate::domain::money::Money;
use crate::domain::order_line::OrderLine;
use crate::domain::payment_method::PaymentMethod;

/// The largest file in bytes: Telegram takes 50 MB from a bot.
pub const FILE_BYTES_MAX: usize = 45_000_000;

/// Spreadsheets read a file as UTF-8 when it begins with this.
pub(in crate::bot) const BYTE_ORDER_MARK: &str = "\u{feff}";

/// A file that grows line by line.
#[derive(Debug)]
pub struct Sheet {
    reader: Reader,
    mode: Mode,
    bytes: Vec<u8>,
    bytes_max: usize,
    lines: i64,
}

/// A whole file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetFile {
    /// CSV (RFC 4180) in UTF-8 with a byte order mark.
    pub bytes: Vec<u8>,
    /// How many orders are in it.
    pub lines: i64,
}

impl Sheet {
    /// An empty file for orders of this mode, of at most so many bytes.
    #[must_use]
    pub fn new(reader: Reader, mode: Mode, bytes_max: usize) -> Self {
        Self { reader, mode, bytes: Vec::new(), bytes_max, lines: 0 }
    }

    /// Adds an order. Gives the file before it when it has no room for this one.
    pub fn add(&mut self, line: &OrderLine) -> Option<SheetFile> {
        let record = record(&cells(&self.reader, self.mode, line), b',');
        let full = if self.bytes.len() + record.len() > self.bytes_max { self.take() } else { None };
        if self.bytes.is_empty() {
            self.bytes.extend_from_slice(BYTE_ORDER_MARK.as_bytes());
            self.bytes.extend(record_of_titles(&self.reader));
        }
        self.bytes.extend(record);
        self.lines += 1;
        full
    }

    /// What was added since the last whole file; `None` when that is nothing.
    pub fn take(&mut self) -> Option<SheetFile> {
        let lines = std::mem::take(&mut self.lines);
        let bytes = std::mem::take(&mut self.bytes);
        (lines > 0).then_some(SheetFile { bytes, lines })
    }
}

/// Text as a cell that no spreadsheet reads as a formula (OWASP, CSV injection): what begins like one, or
/// would once its blanks are trimmed, gets an apostrophe before it, which spreadsheets do not show.
#[must_use]
pub fn safe_cell(text: &str) -> String {
    let is_blank = |sign: char| sign.is_whitespace() || sign.is_control() || sign == '\u{feff}';
    let begins = text.trim_start_matches(is_blank).chars().next();
    let is_formula =
        begins.is_some_and(|sign| "=+-@＝＋－＠".contains(sign)) || text.starts_with(['\t', '\r', '\n']);
    if is_formula { format!("'{text}") } else { text.to_owned() }
}

/// An amount as a plain number in major units, as spreadsheets add it up: `75000`, `12.50`.
#[must_use]
pub fn plain_number(amount: Money) -> String {
    let digits = usize::try_from(amount.currency().exponent()).unwrap_or(0);
    let sign = if amount.minor() < 0 { "-" } else { "" };
    let number = format!("{:0>width$}", amount.minor().unsigned_abs(), width = digits + 1);
    match number.split_at_checked(number.len() - digits) {
        Some((whole, part)) if !part.is_empty() => format!("{sign}{whole}.{part}"),
        _ => format!("{sign}{number}"),
    }
}

fn record_of_titles(reader: &Reader) -> Vec<u8> {
    record(
        &[
            reader.say("export-code"),
            reader.say("export-made"),
            reader.say("export-state"),
            reader.say("export-item"),
            reader.say("export-reference"),
            reader.say("export-name"),
            reader.say("export-phone"),
            reader.say("export-email"),
            reader.say("export-currency"),
            reader.say("export-price"),
            reader.say("export-came"),
            reader.say("export-went"),
            reader.say("export-left"),
            reader.say("export-paid"),
            reader.say("export-method"),
            reader.say("export-mode"),
        ],
        b',',
    )
}

fn cells(reader: &Reader, mode: Mode, line: &OrderLine) -> [String; 16] {
    let (_, state) = state_words(line.state);
    let currency = line.amount.currency();
    let sum = |minor| plain_number(Money::new(minor, currency));
    let mode = match mode {
        Mode::Sandbox => reader.say("export-sandbox"),
        Mode::Live => reader.say("export-live"),
    };
    [
        safe_cell(&line.code.to_string()),
        moment(reader, line.created_at),
        reader.say(state),
        safe_cell(line.item_name.as_str()),
        safe_cell(line.reference.as_str()),
        safe_cell(line.customer.name.as_str()),
        // The plus of a number makes it text: no spreadsheet takes it for a sum.
        safe_cell(line.customer.phone.as_str()),
        safe_cell(line.customer.email.as_str()),
        currency.code().to_owned(),
        plain_number(line.amount),
        sum(line.came_minor),
        sum(line.went_minor),
        sum(line.came_minor - line.went_minor),
        line.paid_at.map(|at| moment(reader, at)).unwrap_or_default(),
        line.paid_with.map(PaymentMethod::name).unwrap_or_default().to_owned(),
        mode,
    ]
}

/// `2026-11-23 14:02:05 +07:00`: the time in the shop's zone, and its distance from Greenwich.
fn moment(reader: &Reader, at: DateTime<Utc>) -> String {
    at.with_timezone(&reader.zone).format("%Y-%m-%d %H:%M:%S %:z").to_string()
}

/// A line of a file, its cells set apart by `separator`.
pub(in crate::bot) fn record(cells: &[String], separator: u8) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new()
        .delimiter(separator)
        .terminator(csv::Terminator::CRLF)
        .from_writer(Vec::with_capacity(256));
    // Writing to a buffer in memory does not fail.
    drop(writer.write_record(cells));
    writer.into_inner().unwrap_or_default()
}

#[cfg(test)]
mod tests;
