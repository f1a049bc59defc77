//! Files that links are made from. A worker takes a file for the time of a lease, so one that dies
//! leaves it to another.

use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

use super::claims::claim;
use super::query::{execute, fetch_optional};
use super::rows::{Reading, read_optional};
use super::{Reader, Storage, StorageError, Writer};
use crate::domain::id::{ImportId, MerchantId, TelegramId};
use crate::domain::link_import::{ImportRow, ImportState, LinkImport};
use crate::domain::link_sheet::Separator;
use crate::domain::merchant::Mode;

/// What a file is read by.
macro_rules! file_columns {
    () => {
        "id, merchant_id, person, source_message, file_name, separator, titles, mode, state, card, created_at"
    };
}

#[derive(sqlx::FromRow)]
struct ImportFileRow {
    id: Uuid,
    merchant_id: Uuid,
    person: i64,
    source_message: i64,
    file_name: String,
    separator: String,
    titles: String,
    mode: String,
    state: String,
    card: Option<i64>,
    created_at: DateTime<Utc>,
}

impl ImportFileRow {
    fn read(self) -> Result<LinkImport, StorageError> {
        let reading = Reading::of("link_imports", self.id);
        Ok(LinkImport {
            id: ImportId(self.id),
            merchant_id: MerchantId(self.merchant_id),
            person: TelegramId(self.person),
            source_message: self.source_message,
            file_name: self.file_name,
            separator: reading.some("separator", Separator::parse(&self.separator))?,
            titles: reading.some("titles", serde_json::from_str(&self.titles).ok())?,
            mode: reading.some("mode", Mode::parse(&self.mode))?,
            state: reading.some("state", ImportState::parse(&self.state))?,
            card: self.card,
            created_at: self.created_at,
        })
    }
}

impl Reader {
    /// A person's file; `None` when it is forgotten, or another's.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn link_import(
        &mut self,
        person: TelegramId,
        id: ImportId,
    ) -> Result<Option<LinkImport>, StorageError> {
        let row = fetch_optional!(
            self,
            ImportFileRow,
            concat!("select ", file_columns!(), " from link_imports where id = $1 and person = $2"),
            id.0,
            person.0
        )?;
        read_optional(row, ImportFileRow::read)
    }

    /// The file that came in a message.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn import_of_message(
        &mut self,
        person: TelegramId,
        source_message: i64,
    ) -> Result<Option<LinkImport>, StorageError> {
        let row = fetch_optional!(
            self,
            ImportFileRow,
            concat!(
                "select ",
                file_columns!(),
                " from link_imports where person = $1 and source_message = $2"
            ),
            person.0,
            source_message
        )?;
        read_optional(row, ImportFileRow::read)
    }

    /// Whose a file is.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn shop_of_import(&mut self, id: ImportId) -> Result<Option<MerchantId>, StorageError> {
        let row = fetch_optional!(self, (Uuid,), "select merchant_id from link_imports where id = $1", id.0)?;
        Ok(row.map(|(shop,)| MerchantId(shop)))
    }
}

impl Writer {
    /// Keeps a file and its rows; false, and nothing is kept, when the same message was read before.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn insert_import(
        &mut self,
        import: &LinkImport,
        rows: &[ImportRow],
    ) -> Result<bool, StorageError> {
        let now = self.now();
        let inserted = execute!(
            self,
            "insert into link_imports (id, merchant_id, person, source_message, file_name, separator, titles,
                 mode, state, card, due_at, leased_by, created_at, touched_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, null, null, $11, $11)
             on conflict (person, source_message) do nothing",
            import.id.0,
            import.merchant_id.0,
            import.person.0,
            import.source_message,
            import.file_name.as_str(),
            import.separator.code(),
            json(&import.titles),
            import.mode.code(),
            import.state.code(),
            import.card,
            now
        )?;
        if inserted == 0 {
            return Ok(false);
        }
        for row in rows {
            self.insert_import_row(import.id, row).await?;
        }
        Ok(true)
    }

    /// Takes a file that waits for its seller's word to be made, in this mode, shown by this message; false
    /// when it does not wait.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn begin_import(
        &mut self,
        id: ImportId,
        mode: Mode,
        card: Option<i64>,
    ) -> Result<bool, StorageError> {
        let now = self.now();
        let begun = execute!(
            self,
            "update link_imports set state = 'making', card = $3, due_at = $4, touched_at = $4
             where id = $1 and mode = $2 and state = 'ready'",
            id.0,
            mode.code(),
            card,
            now
        )?;
        Ok(begun == 1)
    }

    /// Makes a file that waits be made in another mode.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn set_import_mode(&mut self, id: ImportId, mode: Mode) -> Result<(), StorageError> {
        execute!(
            self,
            "update link_imports set mode = $2 where id = $1 and state = 'ready'",
            id.0,
            mode.code()
        )?;
        Ok(())
    }

    /// Ends a file that is so far; false when it is not.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn end_import(
        &mut self,
        id: ImportId,
        from: ImportState,
        to: ImportState,
    ) -> Result<bool, StorageError> {
        let now = self.now();
        let ended = execute!(
            self,
            "update link_imports set state = $3, due_at = null, leased_by = null, touched_at = $4
             where id = $1 and state = $2",
            id.0,
            from.code(),
            to.code(),
            now
        )?;
        Ok(ended == 1)
    }

    /// Forgets files that nobody touched since and that are not being made; gives how many.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn forget_imports(&mut self, untouched_since: DateTime<Utc>) -> Result<u64, StorageError> {
        execute!(
            self,
            "delete from link_import_rows where import_id in (
                 select id from link_imports where touched_at < $1 and state <> 'making')",
            untouched_since
        )?;
        execute!(
            self,
            "delete from link_imports where touched_at < $1 and state <> 'making'",
            untouched_since
        )
    }
}

impl Storage {
    /// Takes a file that is being made, for the time of the lease; `None` when none is due.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn claim_import(
        &self,
        worker: &str,
        lease: TimeDelta,
    ) -> Result<Option<LinkImport>, StorageError> {
        claim(|| self.import_is_due(), || self.try_claim_import(worker, lease)).await
    }

    async fn import_is_due(&self) -> Result<bool, StorageError> {
        let now = self.now().await?;
        let mut reader = self.read().await?;
        let due = fetch_optional!(
            reader,
            (Uuid,),
            "select id from link_imports where due_at <= $1 and state = 'making' limit 1",
            now
        )?;
        Ok(due.is_some())
    }

    async fn try_claim_import(
        &self,
        worker: &str,
        lease: TimeDelta,
    ) -> Result<Option<LinkImport>, StorageError> {
        let mut writer = self.write().await?;
        let now = writer.now();
        let claimed = fetch_optional!(
            writer,
            ImportFileRow,
            concat!(
                "update link_imports set leased_by = $1, due_at = $2
                 where id = (select id from link_imports where due_at <= $3 and state = 'making'
                             order by due_at, id limit 1)
                   and due_at <= $3 and state = 'making'
                 returning ",
                file_columns!()
            ),
            worker,
            now + lease,
            now
        )?;
        writer.commit().await?;
        read_optional(claimed, ImportFileRow::read)
    }

    /// Lets a worker's file be due after a time: keeps it for so long, or gives it back. False when another
    /// worker has it.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn defer_import(
        &self,
        id: ImportId,
        worker: &str,
        wait: TimeDelta,
    ) -> Result<bool, StorageError> {
        let mut writer = self.write().await?;
        let until = writer.now() + wait;
        let kept = execute!(
            writer,
            "update link_imports set due_at = $3 where id = $1 and leased_by = $2 and state = 'making'",
            id.0,
            worker,
            until
        )?;
        writer.commit().await?;
        Ok(kept == 1)
    }
}

/// Lists and drafts have only what JSON can say.
pub(super) fn json(value: &impl serde::Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}
