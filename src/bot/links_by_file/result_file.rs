//! The file that goes back: the columns as they were sent, and what became of each row. Mended and sent again, it
//! makes only what is not made yet.

use url::Url;

use crate::bot::links::wording::Reader;
use crate::bot::numbers::sheet::{BYTE_ORDER_MARK, record, safe_cell};
use crate::domain::language::Language;
use crate::domain::link_import::{ImportRow, LinkImport, RowState};
use crate::domain::link_sheet::{LinkSheet, Separator, USUAL_ORDER};
use crate::domain::money::Currency;
use crate::domain::slug::Slug;

/// Texts that name the columns which stand in the usual order.
const USUAL_TITLES: [&str; USUAL_ORDER.len()] = [
    "import-column-name",
    "import-column-price",
    "import-column-limit",
    "import-column-time",
    "import-column-reference",
    "import-column-message",
];

/// A file to fill in.
#[must_use]
pub fn template(reader: &Reader, currency: Currency) -> Vec<u8> {
    // Spreadsheets in Indonesia take the comma for a part of a number.
    let separator = match reader.language {
        Language::Indonesian => Separator::Semicolon,
        Language::English => Separator::Comma,
    };
    let [low, high] = if currency == Currency::IDR { ["75rb", "150000"] } else { ["7", "15.50"] };
    let say = |key| reader.say(key);
    let rows = [
        [say("import-sample-shirt"), low.to_owned(), "10".to_owned(), say("import-sample-days")],
        [say("import-sample-hat"), high.to_owned(), "∞".to_owned(), "-".to_owned()],
    ];
    let mut bytes = BYTE_ORDER_MARK.as_bytes().to_vec();
    bytes.extend(record(&USUAL_TITLES.map(|key| reader.say(key)), separator.byte()));
    for (row, number) in rows.iter().zip(1..) {
        let mut cells: Vec<String> = row.to_vec();
        cells.extend([format!("INV-{number:03}"), say("import-sample-thanks")]);
        bytes.extend(record(&cells, separator.byte()));
    }
    bytes
}

/// The result of a file.
#[must_use]
pub fn result(
    reader: &Reader,
    import: &LinkImport,
    rows: &[ImportRow],
    address: impl Fn(&Slug) -> Url,
) -> Vec<u8> {
    let titles = if import.titles.is_empty() {
        USUAL_TITLES.iter().map(|key| reader.say(key)).collect()
    } else {
        import.titles.clone()
    };
    let widest = rows.iter().map(|row| row.cells.len()).chain([titles.len()]).max().unwrap_or_default();
    let places = LinkSheet::outcome_places(&titles).unwrap_or((widest, widest + 1));
    let with_outcome = |cells: &[String], outcome: [String; 2]| {
        let mut cells: Vec<String> = cells.iter().map(|cell| safe_cell(cell)).collect();
        let [link, said] = outcome;
        cells.resize(cells.len().max(widest).max(places.0 + 1).max(places.1 + 1), String::new());
        for (place, cell) in [(places.0, link), (places.1, said)] {
            // What stood there was of an earlier result, unless nothing new is known.
            if let Some(at) = cells.get_mut(place).filter(|_| !cell.is_empty()) {
                *at = safe_cell(&cell);
            }
        }
        record(&cells, import.separator.byte())
    };
    let mut bytes = BYTE_ORDER_MARK.as_bytes().to_vec();
    bytes.extend(with_outcome(
        &titles,
        [reader.say("import-column-link"), reader.say("import-column-result")],
    ));
    for row in rows {
        let link = row.made.as_ref().map(|(_, slug)| address(slug).to_string()).unwrap_or_default();
        let said = match row.state {
            RowState::Made => reader.say("import-outcome-made"),
            RowState::Skipped => reader.say("import-outcome-before"),
            RowState::Waiting => reader.say("import-outcome-not"),
            RowState::Wrong => row.problem.clone(),
        };
        bytes.extend(with_outcome(&row.cells, [link, said]));
    }
    bytes
}

/// What the result of a file is called.
#[must_use]
pub fn result_name(reader: &Reader, file_name: &str) -> String {
    let stem = file_name.rsplit_once('.').map_or(file_name, |(stem, _)| stem);
    let kept: String = stem.chars().filter(|sign| sign.is_alphanumeric() || "-_ ".contains(*sign)).collect();
    let kept = kept.trim().replace(' ', "-");
    let prefix = reader.say("import-result-file");
    let kept = kept.strip_prefix(&format!("{prefix}-")).unwrap_or(&kept);
    if kept.is_empty() { format!("{prefix}.csv") } else { format!("{prefix}-{kept}.csv") }
}
