//! What a shop keeps about one of its customers, for its owner to hand out or erase when the customer asks.
//! Other shops of the instance keep theirs.

use serde_json::Value;

use super::merchants::Seat;
use super::privacy::{CustomerContact, Erasure, customer_as_json};
use super::{ServiceError, Services};
use crate::domain::merchant::Role;
use crate::domain::shop_log::{LogEvent, LogSubject};

/// What a shop keeps about a customer.
#[derive(Debug, Clone, PartialEq)]
pub struct KeptAboutCustomer {
    /// How many of the shop's orders are the customer's.
    pub orders: usize,
    /// Links, drafts, talks, questions, searches, rows of files and updates beside them that repeat the contact.
    pub mentions: i64,
    /// All of it, as JSON.
    pub export: Value,
}

impl KeptAboutCustomer {
    /// Whether the shop keeps nothing.
    #[must_use]
    pub const fn is_nothing(&self) -> bool {
        self.orders == 0 && self.mentions == 0
    }
}

impl Services {
    /// What the shop keeps about a customer; `None` for who does not own it.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn kept_about_customer(
        &self,
        seat: &Seat,
        contact: &CustomerContact,
    ) -> Result<Option<KeptAboutCustomer>, ServiceError> {
        if seat.member.role != Role::Owner {
            return Ok(None);
        }
        let (shop, asker) = (seat.merchant.id, seat.member.telegram_id);
        let mut reader = self.storage.snapshot().await?;
        let mut orders = reader.orders_of_customer(contact).await?;
        orders.retain(|order| order.merchant_id == shop);
        let mentions = reader.mentions_in_shop((shop, asker), contact).await?;
        let export = customer_as_json(&mut reader, &orders, mentions).await?;
        reader.end().await?;
        Ok(Some(KeptAboutCustomer { orders: orders.len(), mentions, export }))
    }

    /// Erases a customer's name, phone number and e-mail address from what the shop keeps. Amounts and books
    /// stay. `None` for who does not own it. Done twice, it erases nothing more.
    ///
    /// # Errors
    /// When the database cannot be asked; what was erased until then stays erased.
    pub async fn erase_customer_of_shop(
        &self,
        seat: &Seat,
        contact: &CustomerContact,
    ) -> Result<Option<Erasure>, ServiceError> {
        if seat.member.role != Role::Owner {
            return Ok(None);
        }
        let (shop, asker) = (seat.merchant.id, seat.member.telegram_id);
        let mut erasure = Erasure::default();
        let mut orders = self.storage.read().await?.orders_of_customer(contact).await?;
        orders.retain(|order| order.merchant_id == shop);
        let mut writer = self.storage.write().await?;
        for order in &orders {
            let erased = u64::from(writer.erase_customer_of(order.id).await?);
            erasure.orders += erased;
            erasure.left += 1 - erased;
        }
        erasure.mentions = writer.erase_mentions_in_shop((shop, asker), contact).await?;
        if erasure.orders + erasure.mentions > 0 {
            writer.log(shop, asker, LogEvent::CustomerErased, LogSubject::default()).await?;
        }
        writer.commit().await?;
        Ok(Some(erasure))
    }
}
