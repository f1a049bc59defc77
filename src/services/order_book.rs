//! What the book says of one order's money, for who asks what is still there.

use super::merchants::Seat;
use super::{ServiceError, Services};
use crate::domain::id::OrderId;
use crate::domain::ledger::Movement;

impl Services {
    /// All money of one of the shop's orders that came and went, oldest first.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn order_book(&self, seat: &Seat, id: OrderId) -> Result<Vec<Movement>, ServiceError> {
        Ok(self.storage.read().await?.movements(seat.merchant.id, id).await?)
    }
}
