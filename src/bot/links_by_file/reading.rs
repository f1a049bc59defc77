//! What a file means for this shop: which rows become links, and what is wrong with the others.

use super::super::BotError;
use super::super::intake::SentDocument;
use super::super::talk::Talk;
use super::cards;
use crate::bot::links::confirm_card::creation_refusal;
use crate::bot::links::new_link::{draft_from, setting};
use crate::bot::links::reader;
use crate::bot::links::refusals::line_refusal;
use crate::bot::links::wording::Reader;
use crate::domain::id::ImportId;
use crate::domain::link_draft::LinkDraft;
use crate::domain::link_import::{ImportRow, ImportState, ImportView, LinkImport, RowState};
use crate::domain::link_sheet::{
    LinkSheet, RowReading, SheetError, SheetRow, read_sheet, without_card_number,
};
use crate::domain::merchant::Mode;
use crate::domain::one_line::LineError;
use crate::messaging::card::{Card, cut};
use crate::messaging::html;
use crate::services::merchants::Seat;

/// The most characters that are kept of a reason.
const REASON_CHARACTERS_MAX: usize = 240;

/// A file as it was understood, not kept yet.
pub(super) struct Understood {
    import: LinkImport,
    rows: Vec<ImportRow>,
}

/// Reads a file for a shop.
pub(super) async fn read(
    talk: &Talk,
    seat: &Seat,
    document: &SentDocument,
    bytes: &[u8],
) -> Result<Result<Understood, SheetError>, BotError> {
    let reader = reader(talk, seat);
    let LinkSheet { separator, titles, rows } = match read_sheet(bytes, &setting(&reader, seat)) {
        Ok(sheet) => sheet,
        Err(error) => return Ok(Err(error)),
    };
    let mut rows: Vec<ImportRow> = rows.into_iter().map(|row| understood(talk, seat, &reader, row)).collect();
    let drafts: Vec<&LinkDraft> = rows.iter().filter_map(|row| row.draft.as_ref()).collect();
    let mut foreseen = talk.services.foresee_links(seat, &drafts).await?.into_iter();
    for row in &mut rows {
        let Some(draft) = &row.draft else { continue };
        if let Some(refusal) = foreseen.next().flatten() {
            row.problem = plain_reason(&creation_refusal(&reader, draft, &refusal));
            (row.state, row.draft) = (RowState::Wrong, None);
        }
    }
    let import = LinkImport {
        id: ImportId::generate(),
        merchant_id: seat.merchant.id,
        person: talk.person,
        source_message: document.message_id,
        file_name: cards::file_name(&document.file_name),
        separator,
        titles,
        mode: seat.merchant.mode,
        state: ImportState::Ready,
        card: None,
        created_at: reader.now,
    };
    Ok(Ok(Understood { import, rows }))
}

impl Understood {
    /// Whether a link can be made from any of it.
    pub(super) fn is_of_use(&self) -> bool {
        self.rows.iter().any(|row| row.state == RowState::Waiting)
    }

    /// Keeps it; gives it as it stands then.
    pub(super) async fn keep(self, talk: &Talk) -> Result<Option<ImportView>, BotError> {
        Ok(talk.services.keep_import(self.import, &self.rows).await?)
    }

    /// Why nothing can be made of it.
    pub(super) fn refusal(&self, reader: &Reader, mode: Mode) -> Card {
        cards::useless_card(reader, &self.import.file_name, &self.rows, mode)
    }
}

/// A reason for a card or a file, as plain text.
pub(super) fn plain_reason(reason: &str) -> String {
    let plain = html::strip(reason).replace('\u{2060}', "");
    let plain = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    cut(&without_card_number(&plain), REASON_CHARACTERS_MAX)
}

fn understood(talk: &Talk, seat: &Seat, reader: &Reader, row: SheetRow) -> ImportRow {
    let SheetRow { number, cells, reading } = row;
    let (state, draft, problem) = match reading {
        RowReading::MadeBefore => (RowState::Skipped, None, String::new()),
        RowReading::Wrong(error) => {
            let reason = match error {
                LineError::MissingPrice => reader.say("import-row-no-price"),
                error => line_refusal(reader.language, &error, seat.merchant.currency),
            };
            (RowState::Wrong, None, plain_reason(&reason))
        }
        RowReading::Link(reading) => {
            let (mut draft, _, _) = draft_from(reader, seat, reading);
            // Whom a link names is nobody's to guess.
            if draft.customer.is_some()
                && let Some(slug) = draft.slug.as_ref().filter(|slug| slug.is_guessable())
            {
                draft.slug = Some(talk.services.with_random_suffix(slug));
            }
            (RowState::Waiting, Some(draft), String::new())
        }
    };
    ImportRow { number, cells, state, draft, problem, made: None }
}
