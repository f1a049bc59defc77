//! Links that are still being described. They survive a restart and are forgotten after a day.

use super::links::Creation;
use super::merchants::Seat;
use super::{ServiceError, Services};
use crate::domain::id::{BatchId, DraftId, LinkId, TelegramId};
use crate::domain::link_draft::LinkDraft;
use crate::domain::money::{Currency, Money};

/// A draft as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptDraft {
    /// The draft.
    pub draft: LinkDraft,
    /// The link that was made from it, if one was.
    pub link_id: Option<LinkId>,
}

impl Services {
    /// Keeps a draft, or what changed about it.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn keep_draft(&self, person: TelegramId, draft: &LinkDraft) -> Result<(), ServiceError> {
        self.keep_drafts(person, std::slice::from_ref(draft)).await
    }

    /// Keeps several drafts, or none of them.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn keep_drafts(&self, person: TelegramId, drafts: &[LinkDraft]) -> Result<(), ServiceError> {
        let mut writer = self.storage.write().await?;
        for draft in drafts {
            let body = serde_json::to_string(draft).map_err(|_| ServiceError::Interrupted)?;
            writer.save_draft(person, draft.id, draft.batch, &body).await?;
        }
        Ok(writer.commit().await?)
    }

    /// The person's drafts that were typed together, in the order of their lines; empty when they are gone.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn batch(&self, person: TelegramId, id: BatchId) -> Result<Vec<KeptDraft>, ServiceError> {
        let rows = self.storage.read().await?.drafts_of_batch(person, id).await?;
        let kept = |(body, link_id): (String, _)| Some(KeptDraft { draft: read_draft(&body)?, link_id });
        Ok(rows.into_iter().filter_map(kept).collect())
    }

    /// Makes a link of each of the person's drafts that were typed together, each once; what became of
    /// them, in the order of their lines.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn create_batch(
        &self,
        seat: &Seat,
        id: BatchId,
    ) -> Result<Vec<(LinkDraft, Creation)>, ServiceError> {
        let mut made = Vec::new();
        for KeptDraft { draft, .. } in self.batch(seat.member.telegram_id, id).await? {
            let creation = self.create_link(seat, &draft).await?;
            made.push((draft, creation));
        }
        Ok(made)
    }

    /// The person's draft of this key. One that cannot be read any more is `None`.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn draft(&self, person: TelegramId, id: DraftId) -> Result<Option<KeptDraft>, ServiceError> {
        let kept = self.storage.read().await?.draft(person, id).await?;
        Ok(kept.and_then(|(body, link_id)| Some(KeptDraft { draft: read_draft(&body)?, link_id })))
    }

    /// The person's newest draft that no link was made from, for `Continue` on the home card. A link that
    /// was opened for a change and left as it was is nothing to continue.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn unfinished_draft(&self, person: TelegramId) -> Result<Option<LinkDraft>, ServiceError> {
        let bodies = self.storage.read().await?.unfinished_drafts(person, DRAFTS_LOOKED_AT).await?;
        Ok(bodies.iter().filter_map(|body| read_draft(body)).find(|draft| !draft.changes_nothing()))
    }

    /// Throws a draft away, or by the key of a batch all its drafts. Links that were made from them stay.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn discard_draft(&self, person: TelegramId, id: DraftId) -> Result<(), ServiceError> {
        let mut writer = self.storage.write().await?;
        writer.delete_draft(person, id).await?;
        Ok(writer.commit().await?)
    }

    /// The person's last prices, newest first and each once, at most three: buttons of the wizard.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn recent_prices(&self, seat: &Seat) -> Result<Vec<Money>, ServiceError> {
        let rows = self.storage.read().await?.recent_prices(seat.merchant.id, seat.merchant.mode).await?;
        let mut prices: Vec<Money> = Vec::new();
        for (minor, code) in rows {
            let price = Currency::parse(&code).map(|currency| Money::new(minor, currency));
            prices.extend(price.filter(|price| !prices.contains(price)));
        }
        prices.truncate(RECENT_PRICES_MAX);
        Ok(prices)
    }
}

/// How many drafts of the last day are looked at for one to continue.
const DRAFTS_LOOKED_AT: i64 = 20;

/// Prices offered again by the wizard.
const RECENT_PRICES_MAX: usize = 3;

fn read_draft(body: &str) -> Option<LinkDraft> {
    serde_json::from_str(body).ok()
}
