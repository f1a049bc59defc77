//! Links that are still being described. They survive a restart and are forgotten after a day.

use super::{ServiceError, Services};
use crate::domain::id::{DraftId, LinkId, TelegramId};
use crate::domain::link_draft::LinkDraft;

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
        todo!()
    }

    /// The person's draft of this key. One that cannot be read any more is `None`.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn draft(&self, person: TelegramId, id: DraftId) -> Result<Option<KeptDraft>, ServiceError> {
        todo!()
    }

    /// The person's newest draft that no link was made from, for `Continue` on the home card.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn unfinished_draft(&self, person: TelegramId) -> Result<Option<LinkDraft>, ServiceError> {
        todo!()
    }

    /// Throws a draft away. A link that was made from it stays.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn discard_draft(&self, person: TelegramId, id: DraftId) -> Result<(), ServiceError> {
        todo!()
    }

    /// The person's last prices, newest first and each once, at most three: buttons of the wizard.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn recent_prices(
        &self,
        seat: &super::merchants::Seat,
    ) -> Result<Vec<crate::domain::money::Money>, ServiceError> {
        todo!()
    }
}
