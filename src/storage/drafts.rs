//! Links that are still being described.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::query::{execute, fetch_all, fetch_optional};
use super::{Reader, StorageError, Writer};
use crate::domain::id::{BatchId, DraftId, LinkId, MerchantId, TelegramId};
use crate::domain::merchant::Mode;

impl Reader {
    /// A person's draft as JSON, and the link that was made from it.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn draft(
        &mut self,
        person: TelegramId,
        id: DraftId,
    ) -> Result<Option<(String, Option<LinkId>)>, StorageError> {
        let row = fetch_optional!(
            self,
            (String, Option<Uuid>),
            "select link_drafts.body, payment_links.id from link_drafts
             left join payment_links on payment_links.draft_id = link_drafts.id
             where link_drafts.id = $1 and link_drafts.telegram_id = $2",
            id.0,
            person.0
        )?;
        Ok(row.map(|(body, link_id)| (body, link_id.map(LinkId))))
    }

    /// A person's newest drafts that no link was made from, newest first, at most `limit`.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn unfinished_drafts(
        &mut self,
        person: TelegramId,
        limit: i64,
    ) -> Result<Vec<String>, StorageError> {
        let rows = fetch_all!(
            self,
            (String,),
            "select body from link_drafts
             where telegram_id = $1 and not exists (
                 select 1 from payment_links where payment_links.draft_id = link_drafts.id)
             order by updated_at desc, id desc limit $2",
            person.0,
            limit
        )?;
        Ok(rows.into_iter().map(|(body,)| body).collect())
    }

    /// A person's drafts that were typed together, as JSON in the order of their lines, each with the link
    /// that was made from it.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn drafts_of_batch(
        &mut self,
        person: TelegramId,
        batch: BatchId,
    ) -> Result<Vec<(String, Option<LinkId>)>, StorageError> {
        let rows = fetch_all!(
            self,
            (String, Option<Uuid>),
            "select link_drafts.body, payment_links.id from link_drafts
             left join payment_links on payment_links.draft_id = link_drafts.id
             where link_drafts.batch_id = $1 and link_drafts.telegram_id = $2
             order by link_drafts.id",
            batch.0,
            person.0
        )?;
        Ok(rows.into_iter().map(|(body, link_id)| (body, link_id.map(LinkId))).collect())
    }

    /// Prices of the shop's newest links (minor units, currency), newest first, repeats included.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn recent_prices(
        &mut self,
        merchant_id: MerchantId,
        mode: Mode,
    ) -> Result<Vec<(i64, String)>, StorageError> {
        fetch_all!(
            self,
            (i64, String),
            "select price_minor, currency from payment_links where merchant_id = $1 and mode = $2
               and pricing is null
             order by id desc limit 20",
            merchant_id.0,
            mode.code()
        )
    }
}

impl Writer {
    /// Keeps a draft, or what changed about it; it stays with those it was typed with.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn save_draft(
        &mut self,
        person: TelegramId,
        id: DraftId,
        batch: Option<BatchId>,
        body: &str,
    ) -> Result<(), StorageError> {
        let now = self.now();
        execute!(
            self,
            "insert into link_drafts (id, telegram_id, body, created_at, updated_at, batch_id)
             values ($1, $2, $3, $4, $4, $5)
             on conflict (id) do update set body = excluded.body, updated_at = excluded.updated_at
             where link_drafts.telegram_id = excluded.telegram_id",
            id.0,
            person.0,
            body,
            now,
            batch.map(|batch| batch.0)
        )?;
        Ok(())
    }

    /// Throws a draft away, or all that were typed together.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn delete_draft(&mut self, person: TelegramId, id: DraftId) -> Result<(), StorageError> {
        execute!(
            self,
            "delete from link_drafts where (id = $1 or batch_id = $1) and telegram_id = $2",
            id.0,
            person.0
        )?;
        Ok(())
    }

    /// Forgets drafts that nobody touched since; gives how many.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn forget_drafts(&mut self, untouched_since: DateTime<Utc>) -> Result<u64, StorageError> {
        execute!(self, "delete from link_drafts where updated_at < $1", untouched_since)
    }
}
