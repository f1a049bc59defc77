//! The payments that people rehearse: which link, which order, since when.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::query::{execute, fetch_optional};
use super::{Reader, StorageError, Writer};
use crate::domain::id::{LinkId, MerchantId, OrderId, TelegramId};

/// A rehearsal as it is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KeptRehearsal {
    /// The link that is paid through.
    pub link_id: LinkId,
    /// The made-up customer's order, once there is one.
    pub order_id: Option<OrderId>,
    /// Whether the link was made for it.
    pub is_sample: bool,
    /// Since when.
    pub began_at: DateTime<Utc>,
}

impl Reader {
    /// What the person rehearses in the shop.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn rehearsal(
        &mut self,
        merchant_id: MerchantId,
        person: TelegramId,
    ) -> Result<Option<KeptRehearsal>, StorageError> {
        let row = fetch_optional!(
            self,
            (Uuid, Option<Uuid>, bool, DateTime<Utc>),
            "select link_id, order_id, is_sample, began_at from rehearsals
             where merchant_id = $1 and person = $2",
            merchant_id.0,
            person.0
        )?;
        Ok(row.map(|(link_id, order_id, is_sample, began_at)| KeptRehearsal {
            link_id: LinkId(link_id),
            order_id: order_id.map(OrderId),
            is_sample,
            began_at,
        }))
    }
}

impl Writer {
    /// Keeps what the person rehearses in the shop, in place of what was kept.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn save_rehearsal(
        &mut self,
        merchant_id: MerchantId,
        person: TelegramId,
        rehearsal: &KeptRehearsal,
    ) -> Result<(), StorageError> {
        execute!(
            self,
            "insert into rehearsals (merchant_id, person, link_id, order_id, is_sample, began_at)
             values ($1, $2, $3, $4, $5, $6)
             on conflict (merchant_id, person) do update set link_id = excluded.link_id,
                order_id = excluded.order_id, is_sample = excluded.is_sample, began_at = excluded.began_at",
            merchant_id.0,
            person.0,
            rehearsal.link_id.0,
            rehearsal.order_id.map(|id| id.0),
            rehearsal.is_sample,
            rehearsal.began_at
        )?;
        Ok(())
    }

    /// Forgets what the person rehearses in the shop. The link and the order stay.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn forget_rehearsal(
        &mut self,
        merchant_id: MerchantId,
        person: TelegramId,
    ) -> Result<(), StorageError> {
        execute!(
            self,
            "delete from rehearsals where merchant_id = $1 and person = $2",
            merchant_id.0,
            person.0
        )?;
        Ok(())
    }

    /// Forgets rehearsals that began before an instant, and deletes the links that were made for them; gives how
    /// many rehearsals. The seller's own links and all orders stay.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn forget_rehearsals(&mut self, began_before: DateTime<Utc>) -> Result<u64, StorageError> {
        let now = self.now();
        execute!(
            self,
            "update payment_links set deleted_at = $2, version = version + 1
             where deleted_at is null
               and id in (select link_id from rehearsals where began_at < $1 and is_sample)",
            began_before,
            now
        )?;
        execute!(self, "delete from rehearsals where began_at < $1", began_before)
    }
}
