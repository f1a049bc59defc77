//! Units that are held for orders nobody can pay any more.

use uuid::Uuid;

use super::query::fetch_optional;
use super::{Reader, StorageError};
use crate::domain::id::{MerchantId, OrderId};

impl Reader {
    /// An order that holds a unit though none of its charges can be paid and its customer is not
    /// changing the method: what a process leaves behind that dies between calling one charge off
    /// and making the next.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn stranded_hold(
        &mut self,
        now: chrono::DateTime<chrono::Utc>,
    ) -> Result<Option<(MerchantId, OrderId)>, StorageError> {
        let row = fetch_optional!(
            self,
            (Uuid, Uuid),
            "select merchant_id, id from orders
             where unit = 'held' and (changing_until is null or changing_until <= $1)
               and not exists (
                   select 1 from payment_attempts
                   where payment_attempts.order_id = orders.id
                     and payment_attempts.state in ('creating', 'unknown', 'pending', 'challenge', 'authorized'))
             order by id limit 1",
            now
        )?;
        Ok(row.map(|(merchant_id, order_id)| (MerchantId(merchant_id), OrderId(order_id))))
    }
}
