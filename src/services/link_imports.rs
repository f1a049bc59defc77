//! Files that many links are made from: kept row by row, so that each link is made once whatever happens.

use std::collections::HashSet;

use super::links::{Creation, CreationRefusal};
use super::merchants::Seat;
use super::{ServiceError, Services};
use crate::domain::id::{ImportId, LinkId, TelegramId};
use crate::domain::link_draft::LinkDraft;
use crate::domain::link_import::{ImportRow, ImportState, ImportView, LinkImport, RowState};
use crate::domain::merchant::Mode;

/// Rows that a card shows of those that become links.
const SAMPLE_ROWS: i64 = 3;
/// Rows that a card shows of those that do not.
const WRONG_ROWS: i64 = 5;
/// Rows of a result that are read at once.
const ROWS_AT_ONCE: i64 = 250;

/// What became of the word to make a file's links.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ImportStart {
    /// They are being made.
    Begun,
    /// They would be of another mode than was shown; the file waits for another word.
    OtherMode,
    /// It was begun or called off before.
    NotWaiting,
}

impl Services {
    /// What forbids each of these drafts to become a link, all others among them being made: `None` where
    /// nothing does, as far as one can see.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn foresee_links(
        &self,
        seat: &Seat,
        drafts: &[&LinkDraft],
    ) -> Result<Vec<Option<CreationRefusal>>, ServiceError> {
        let now = self.storage.now().await?;
        let mut reader = self.storage.read().await?;
        let account = self.charging_account(&mut reader, seat.merchant.id, seat.merchant.mode).await?;
        let (mut references, mut slugs) = (HashSet::new(), HashSet::new());
        let mut foreseen = Vec::with_capacity(drafts.len());
        for draft in drafts {
            let mut refusal = self.describe(seat, draft, account.as_ref(), now).err();
            if let Some(reference) = draft.reference.as_ref().filter(|_| refusal.is_none())
                && (!references.insert(reference.clone())
                    || reader.reference_is_taken(seat.merchant.id, reference).await?)
            {
                refusal = Some(CreationRefusal::ReferenceTaken(reference.clone()));
            }
            if let Some(slug) = draft.slug.as_ref().filter(|_| refusal.is_none())
                && (!slugs.insert(slug.clone()) || reader.slug_is_taken(slug).await?)
            {
                refusal = Some(CreationRefusal::SlugTaken(slug.clone()));
            }
            foreseen.push(refusal);
        }
        Ok(foreseen)
    }

    /// Keeps a file and its rows; the same message is kept once. Gives the file as it stands.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn keep_import(
        &self,
        import: LinkImport,
        rows: &[ImportRow],
    ) -> Result<Option<ImportView>, ServiceError> {
        let mut writer = self.storage.write().await?;
        writer.insert_import(&import, rows).await?;
        writer.commit().await?;
        self.import_of_message(import.person, import.source_message).await
    }

    /// The file that came in a message, as it stands.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn import_of_message(
        &self,
        person: TelegramId,
        source_message: i64,
    ) -> Result<Option<ImportView>, ServiceError> {
        let import = self.storage.read().await?.import_of_message(person, source_message).await?;
        match import {
            Some(import) => self.view_import(import).await.map(Some),
            None => Ok(None),
        }
    }

    /// A person's file as it stands; `None` when it is forgotten, or another's.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn link_import(
        &self,
        person: TelegramId,
        id: ImportId,
    ) -> Result<Option<ImportView>, ServiceError> {
        let import = self.storage.read().await?.link_import(person, id).await?;
        match import {
            Some(import) => self.view_import(import).await.map(Some),
            None => Ok(None),
        }
    }

    /// Lets the links of a file be made, in the mode that was shown. `card` is the message that shows how far
    /// it is.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn begin_import(
        &self,
        seat: &Seat,
        import: &LinkImport,
        card: Option<i64>,
    ) -> Result<ImportStart, ServiceError> {
        let mut writer = self.storage.write().await?;
        if import.mode != seat.merchant.mode {
            writer.set_import_mode(import.id, seat.merchant.mode).await?;
            writer.commit().await?;
            return Ok(ImportStart::OtherMode);
        }
        let begun = writer.begin_import(import.id, import.mode, card).await?;
        writer.commit().await?;
        Ok(if begun { ImportStart::Begun } else { ImportStart::NotWaiting })
    }

    /// Calls a file off that waits for its seller's word; false when it does not.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn drop_import(&self, id: ImportId) -> Result<bool, ServiceError> {
        self.end_import(id, ImportState::Ready, ImportState::Dropped).await
    }

    /// Notes that a file's result was told, or that there is nobody to tell.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn finish_import(&self, id: ImportId) -> Result<bool, ServiceError> {
        self.end_import(id, ImportState::Making, ImportState::Told).await
    }

    /// Makes the links of at most `limit` rows that wait; gives how many rows there were. What a link cannot
    /// be made from is kept in the words of `say`.
    ///
    /// # Errors
    /// When the database cannot be asked; what was made is found again by its draft.
    pub async fn make_some_of_import(
        &self,
        seat: &Seat,
        import: &LinkImport,
        limit: i64,
        say: impl Fn(&LinkDraft, &CreationRefusal) -> String,
    ) -> Result<usize, ServiceError> {
        // All links of a file are of the mode that was shown, also when the shop went on to the other one.
        let seat = in_mode(seat, import.mode);
        let rows = self.storage.read().await?.import_rows_in(import.id, RowState::Waiting, limit).await?;
        let mut settled: Vec<(i64, Result<LinkId, String>)> = Vec::with_capacity(rows.len());
        for row in &rows {
            let Some(draft) = &row.draft else {
                settled.push((row.number, Err(say(&LinkDraft::new(), &CreationRefusal::Incomplete))));
                continue;
            };
            let outcome = match self.create_link(&seat, draft).await? {
                Creation::Made(view) | Creation::MadeBefore(view) => Ok(view.link.id),
                Creation::Refused(refusal) => Err(say(draft, &refusal)),
            };
            settled.push((row.number, outcome));
        }
        if !settled.is_empty() {
            let mut writer = self.storage.write().await?;
            for (number, outcome) in &settled {
                writer.settle_import_row(import.id, *number, outcome).await?;
            }
            writer.commit().await?;
        }
        Ok(rows.len())
    }

    /// Every row of a file, in order.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn import_rows(&self, id: ImportId) -> Result<Vec<ImportRow>, ServiceError> {
        let mut rows: Vec<ImportRow> = Vec::new();
        loop {
            let after = rows.last().map_or(0, |row| row.number);
            let page = self.storage.read().await?.import_rows(id, after, ROWS_AT_ONCE).await?;
            if page.is_empty() {
                return Ok(rows);
            }
            rows.extend(page);
        }
    }

    /// A file with its figures and first rows.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn view_import(&self, import: LinkImport) -> Result<ImportView, ServiceError> {
        let mut reader = self.storage.read().await?;
        let counts = reader.import_counts(import.id).await?;
        let sample = reader.import_rows_in(import.id, RowState::Waiting, SAMPLE_ROWS).await?;
        let wrong = reader.import_rows_in(import.id, RowState::Wrong, WRONG_ROWS).await?;
        Ok(ImportView { import, counts, sample, wrong })
    }

    async fn end_import(
        &self,
        id: ImportId,
        from: ImportState,
        to: ImportState,
    ) -> Result<bool, ServiceError> {
        let mut writer = self.storage.write().await?;
        let ended = writer.end_import(id, from, to).await?;
        writer.commit().await?;
        Ok(ended)
    }
}

/// The same seat in a shop of that mode.
fn in_mode(seat: &Seat, mode: Mode) -> Seat {
    let mut seat = seat.clone();
    seat.merchant.mode = mode;
    seat
}
