//! Links that are still being described. They survive a restart and are forgotten after a day.

use super::{ServiceError, Services};
use crate::domain::id::{DraftId, LinkId, TelegramId};
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
        let body = serde_json::to_string(draft).map_err(|_| ServiceError::Interrupted)?;
        let mut writer = self.storage.write().await?;
        writer.save_draft(person, draft.id, &body).await?;
        Ok(writer.commit().await?)
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

    /// Throws a draft away. A link that was made from it stays.
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
    pub async fn recent_prices(&self, seat: &super::merchants::Seat) -> Result<Vec<Money>, ServiceError> {
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
