//! The cards of a file: what was understood, how far it is, what came of it.

use crate::bot::links::several_links::open_line;
use crate::bot::links::wording::Reader;
use crate::domain::link_import::{ImportCounts, ImportRow, ImportView, RowState};
use crate::domain::link_sheet::LinkSheet;
use crate::domain::merchant::Mode;
use crate::messaging::buttons::{ImportPress, Press};
use crate::messaging::card::{Card, CardButton, cut};
use crate::messaging::html::code;
use crate::messaging::texts::Say;

/// The most characters of a file's name.
const NAME_CHARACTERS_MAX: usize = 60;
/// Columns that mean nothing here, on a card.
const UNUSED_MAX: usize = 5;
/// Rows that cannot be used, on a card that says nothing else.
const WRONG_MAX: usize = 8;

/// A file's name as it is kept and shown.
#[must_use]
pub fn file_name(name: &str) -> String {
    let name: String = name.chars().filter(|sign| !sign.is_control()).collect();
    cut(name.trim(), NAME_CHARACTERS_MAX)
}

/// What was understood, and the question whether to make it.
#[must_use]
pub fn ready_card(reader: &Reader, view: &ImportView) -> Card {
    let counts = view.counts;
    let title = Say::new(reader.language, "import-ready")
        .with_number("count", counts.waiting)
        .with_safe("file", code(&view.import.file_name))
        .html();
    let mut parts = vec![title];
    let drafts = view.sample.iter().filter_map(|row| row.draft.as_ref());
    parts.extend(drafts.zip(1usize..).map(|(draft, number)| open_line(reader, draft, number)));
    let more = counts.waiting - i64::try_from(view.sample.len()).unwrap_or(0);
    if more > 0 {
        parts.push(Say::new(reader.language, "import-more").with_number("count", more).html());
    }
    parts.extend(wrong_rows(reader, &counts, &view.wrong));
    let mut asides = Vec::new();
    if counts.skipped > 0 {
        asides.push(Say::new(reader.language, "import-skipped").with_number("count", counts.skipped).html());
    }
    asides.extend(unused_columns(reader, &view.import.titles));
    if !asides.is_empty() {
        parts.push(asides.join("\n"));
    }
    parts.extend(reader.letters_line(counts.letters));
    parts.push(reader.mode(view.import.mode));
    let label =
        Say::new(reader.language, "import-button-create").with_number("count", counts.waiting).plain();
    let press = |press| Press::Importing(press);
    Card::new(parts.join("\n\n"))
        .row([CardButton::press(label, press(ImportPress::Create(view.import.id)))])
        .row([CardButton::press(
            reader.say("draft-button-cancel"),
            press(ImportPress::Discard(view.import.id)),
        )])
}

/// How far making the links is. The worker changes it, so its buttons answer below it.
#[must_use]
pub fn progress_card(reader: &Reader, view: &ImportView) -> Card {
    let counts = view.counts;
    let text = Say::new(reader.language, "import-progress")
        .with_safe("made", reader.count(counts.made))
        .with_safe("all", reader.count(counts.links()))
        .with_safe("file", code(&view.import.file_name))
        .html();
    Card::new(format!("{text}\n\n{}", reader.mode(view.import.mode))).row([record_home(reader)])
}

/// That all is made, where its progress stood.
#[must_use]
pub fn told_card(reader: &Reader, view: &ImportView) -> Card {
    let text = Say::new(reader.language, "import-told")
        .with_number("count", view.counts.made)
        .with_safe("file", code(&view.import.file_name))
        .html();
    Card::new(format!("{text}\n\n{}", reader.mode(view.import.mode))).row(ways_on(reader))
}

/// What stands under the file with the result.
#[must_use]
pub fn result_card(reader: &Reader, store: &str, view: &ImportView) -> Card {
    let counts = view.counts;
    let title = Say::new(reader.language, "import-result")
        .with_number("count", counts.made)
        .with("store", store)
        .with_safe("file", code(&view.import.file_name))
        .html();
    let mut parts = vec![title];
    if counts.wrong > 0 {
        parts
            .push(Say::new(reader.language, "import-result-wrong").with_number("count", counts.wrong).html());
    }
    if counts.skipped > 0 {
        parts.push(Say::new(reader.language, "import-skipped").with_number("count", counts.skipped).html());
    }
    parts.extend(reader.letters_line(counts.letters_made));
    parts.push(reader.mode(view.import.mode));
    Card::new(parts.join("\n\n")).row(ways_on(reader))
}

/// That nothing was made, by the seller's wish.
#[must_use]
pub fn dropped_card(reader: &Reader, mode: Mode) -> Card {
    let new = CardButton::press(reader.say("link-button-new"), Press::NewLink);
    Card::new(format!("{}\n\n{}", reader.say("import-dropped"), reader.mode(mode)))
        .row([new, home_button(reader)])
}

/// That no row of a file can become a link.
pub(super) fn useless_card(reader: &Reader, file_name: &str, rows: &[ImportRow], mode: Mode) -> Card {
    let count =
        |state| i64::try_from(rows.iter().filter(|row| row.state == state).count()).unwrap_or(i64::MAX);
    let counts = ImportCounts {
        wrong: count(RowState::Wrong),
        skipped: count(RowState::Skipped),
        ..ImportCounts::default()
    };
    let mut parts =
        vec![Say::new(reader.language, "import-useless").with_safe("file", code(file_name)).html()];
    let wrong: Vec<ImportRow> =
        rows.iter().filter(|row| row.state == RowState::Wrong).take(WRONG_MAX).cloned().collect();
    parts.extend(wrong_rows(reader, &counts, &wrong));
    if counts.skipped > 0 {
        parts.push(Say::new(reader.language, "import-skipped").with_number("count", counts.skipped).html());
    }
    parts.push(reader.mode(mode));
    let template = Press::Importing(ImportPress::Template);
    Card::new(parts.join("\n\n"))
        .row([CardButton::press(reader.say("import-button-template"), template)])
        .row([home_button(reader)])
}

pub(super) fn home_button(reader: &Reader) -> CardButton {
    CardButton::press(reader.say("button-home"), Press::Home)
}

/// The rows that cannot be used, as far as there is room.
fn wrong_rows(reader: &Reader, counts: &ImportCounts, shown: &[ImportRow]) -> Option<String> {
    if shown.is_empty() {
        return None;
    }
    let mut lines = vec![Say::new(reader.language, "import-wrong").with_number("count", counts.wrong).html()];
    lines.extend(shown.iter().map(|row| {
        Say::new(reader.language, "import-wrong-row")
            .with_safe("number", reader.count(row.number))
            .with("reason", row.problem.as_str())
            .html()
    }));
    let more = counts.wrong - i64::try_from(shown.len()).unwrap_or(0);
    if more > 0 {
        lines.push(Say::new(reader.language, "import-wrong-more").with_number("count", more).html());
    }
    Some(lines.join("\n"))
}

fn unused_columns(reader: &Reader, titles: &[String]) -> Option<String> {
    const TITLE_CHARACTERS_MAX: usize = 30;
    let unused = LinkSheet::unused_titles(titles);
    if unused.is_empty() {
        return None;
    }
    let names: Vec<String> = unused
        .iter()
        .take(UNUSED_MAX)
        .map(|title| format!("“{}”", cut(title, TITLE_CHARACTERS_MAX)))
        .collect();
    let more = if unused.len() > UNUSED_MAX { " …" } else { "" };
    let columns = format!("{}{more}", names.join(", "));
    Some(Say::new(reader.language, "import-unused").with("columns", columns).html())
}

fn ways_on(reader: &Reader) -> [CardButton; 2] {
    [CardButton::press(reader.say("link-button-links"), Press::RecordLinks), record_home(reader)]
}

fn record_home(reader: &Reader) -> CardButton {
    CardButton::press(reader.say("button-home"), Press::RecordHome)
}
