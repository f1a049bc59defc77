//! The rows of files that links are made from, and what became of each.

use uuid::Uuid;

use super::link_imports::json;
use super::query::{execute, fetch_all};
use super::rows::{Reading, read_all};
use super::{Reader, StorageError, Writer};
use crate::domain::id::{ImportId, LinkId};
use crate::domain::letter::address_of;
use crate::domain::link_draft::LinkDraft;
use crate::domain::link_import::{ImportCounts, ImportRow, RowState};
use crate::domain::slug::Slug;

/// The rows of a file, each with the address of its link.
macro_rules! rows_of_file {
    () => {
        "select lines.number, lines.cells, lines.state, lines.draft, lines.problem, lines.link_id,
             payment_links.slug
         from link_import_rows lines left join payment_links on payment_links.id = lines.link_id
         where lines.import_id = $1"
    };
}

#[derive(sqlx::FromRow)]
struct ImportLineRow {
    number: i64,
    cells: String,
    state: String,
    draft: Option<String>,
    problem: String,
    link_id: Option<Uuid>,
    slug: Option<String>,
}

impl ImportLineRow {
    fn read(self) -> Result<ImportRow, StorageError> {
        let reading = Reading::of("link_import_rows", self.number);
        let draft = self.draft.as_deref().map(serde_json::from_str).transpose();
        let slug =
            self.slug.as_deref().map(|slug| reading.some("slug", Slug::try_from(slug.to_owned()).ok()));
        Ok(ImportRow {
            number: self.number,
            cells: reading.some("cells", serde_json::from_str(&self.cells).ok())?,
            state: reading.some("state", RowState::parse(&self.state))?,
            draft: reading.some("draft", draft.ok())?,
            problem: self.problem,
            made: self.link_id.map(LinkId).zip(slug.transpose()?),
        })
    }
}

impl Reader {
    /// How many rows of a file are how far.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn import_counts(&mut self, id: ImportId) -> Result<ImportCounts, StorageError> {
        let rows = fetch_all!(
            self,
            (String, i64),
            "select state, cast(count(*) as bigint) from link_import_rows where import_id = $1
             group by state order by state",
            id.0
        )?;
        let mut counts = ImportCounts::default();
        for (state, count) in rows {
            match RowState::parse(&state) {
                Some(RowState::Waiting) => counts.waiting = count,
                Some(RowState::Made) => counts.made = count,
                Some(RowState::Wrong) => counts.wrong = count,
                Some(RowState::Skipped) => counts.skipped = count,
                None => {}
            }
        }
        self.count_import_letters(id, &mut counts).await?;
        Ok(counts)
    }

    /// An address stands inside of a draft, so those that may name one are read.
    async fn count_import_letters(
        &mut self,
        id: ImportId,
        counts: &mut ImportCounts,
    ) -> Result<(), StorageError> {
        let rows = fetch_all!(
            self,
            (i64, String, String),
            "select number, state, draft from link_import_rows
             where import_id = $1 and state in ('waiting', 'made') and draft like '%\"email\":\"%'",
            id.0
        )?;
        for (number, state, draft) in rows {
            let draft: Option<LinkDraft> = serde_json::from_str(&draft).ok();
            let draft = Reading::of("link_import_rows", number).some("draft", draft)?;
            if address_of(draft.customer.as_ref()).is_none() {
                continue;
            }
            match RowState::parse(&state) {
                Some(RowState::Waiting) => counts.letters += 1,
                _ => counts.letters_made += 1,
            }
        }
        Ok(())
    }

    /// Rows of a file behind a number, in their order.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn import_rows(
        &mut self,
        id: ImportId,
        after: i64,
        limit: i64,
    ) -> Result<Vec<ImportRow>, StorageError> {
        let rows = fetch_all!(
            self,
            ImportLineRow,
            concat!(rows_of_file!(), " and lines.number > $2 order by lines.number limit $3"),
            id.0,
            after,
            limit
        )?;
        read_all(rows, ImportLineRow::read)
    }

    /// The first rows of a file that are so far.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn import_rows_in(
        &mut self,
        id: ImportId,
        state: RowState,
        limit: i64,
    ) -> Result<Vec<ImportRow>, StorageError> {
        let rows = fetch_all!(
            self,
            ImportLineRow,
            concat!(rows_of_file!(), " and lines.state = $2 order by lines.number limit $3"),
            id.0,
            state.code(),
            limit
        )?;
        read_all(rows, ImportLineRow::read)
    }
}

impl Writer {
    /// Keeps a row of a file.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub(super) async fn insert_import_row(
        &mut self,
        id: ImportId,
        row: &ImportRow,
    ) -> Result<(), StorageError> {
        execute!(
            self,
            "insert into link_import_rows (import_id, number, cells, state, draft, problem, link_id)
             values ($1, $2, $3, $4, $5, $6, null)",
            id.0,
            row.number,
            json(&row.cells),
            row.state.code(),
            row.draft.as_ref().map(json),
            row.problem.as_str()
        )?;
        Ok(())
    }

    /// Writes down what became of a row that waited.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn settle_import_row(
        &mut self,
        id: ImportId,
        number: i64,
        settled: &Result<LinkId, String>,
    ) -> Result<(), StorageError> {
        let (state, link_id, problem) = match settled {
            Ok(link_id) => (RowState::Made, Some(link_id.0), ""),
            Err(problem) => (RowState::Wrong, None, problem.as_str()),
        };
        execute!(
            self,
            "update link_import_rows set state = $3, link_id = $4, problem = $5
             where import_id = $1 and number = $2 and state = 'waiting'",
            id.0,
            number,
            state.code(),
            link_id,
            problem
        )?;
        Ok(())
    }
}
