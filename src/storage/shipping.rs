//! Orders whose goods were sent, and orders that wait so long that the seller is told.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::orders::order_columns;
use super::query::{execute, fetch_all, fetch_one, fetch_optional};
use super::rows::{OrderRow, read_all};
use super::{Reader, StorageError, Writer};
use crate::domain::id::{MerchantId, OrderId, TelegramId};
use crate::domain::order::Order;

impl Reader {
    /// What a person is called, as far as it is known.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn person_name(&mut self, person: TelegramId) -> Result<Option<String>, StorageError> {
        let row =
            fetch_optional!(self, (String,), "select name from people where telegram_id = $1", person.0)?;
        Ok(row.map(|(name,)| name))
    }

    /// After how many hours without payment the shop is told of an order; `None`: never.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn follow_up_hours(&mut self, merchant_id: MerchantId) -> Result<Option<i64>, StorageError> {
        let (hours,): (Option<i64>,) = fetch_one!(
            self,
            (Option<i64>,),
            "select follow_up_hours from merchants where id = $1",
            merchant_id.0
        )?;
        Ok(hours)
    }

    /// The shops that want to be told of unpaid orders, each with after how many hours.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn shops_that_follow_up(&mut self) -> Result<Vec<(MerchantId, i64)>, StorageError> {
        let rows = fetch_all!(
            self,
            (Uuid, i64),
            "select id, follow_up_hours from merchants where follow_up_hours is not null order by id"
        )?;
        Ok(rows.into_iter().map(|(id, hours)| (MerchantId(id), hours)).collect())
    }

    /// A shop's unpaid orders from before an instant that nobody was told of, oldest first.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn orders_to_follow_up(
        &mut self,
        merchant_id: MerchantId,
        made_before: DateTime<Utc>,
        rows_max: i64,
    ) -> Result<Vec<Order>, StorageError> {
        let rows = fetch_all!(
            self,
            OrderRow,
            concat!(
                "select ",
                order_columns!(),
                " from orders where merchant_id = $1 and followed_up_at is null
                    and (state = 'open' or state = 'awaiting' or state = 'expired') and created_at <= $2
                  order by created_at, id limit $3"
            ),
            merchant_id.0,
            made_before,
            rows_max
        )?;
        read_all(rows, OrderRow::read)
    }
}

impl Writer {
    /// Notes that an order's goods were sent; false when that was noted before.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn mark_shipped(&mut self, id: OrderId, person: TelegramId) -> Result<bool, StorageError> {
        let now = self.now();
        let marked = execute!(
            self,
            "update orders set shipped_at = $2, shipped_by = $3, version = version + 1
             where id = $1 and shipped_at is null",
            id.0,
            now,
            person.0
        )?;
        self.ring_order(id);
        Ok(marked == 1)
    }

    /// Takes that note back; false when there is none.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn unmark_shipped(&mut self, id: OrderId) -> Result<bool, StorageError> {
        let unmarked = execute!(
            self,
            "update orders set shipped_at = null, shipped_by = null, version = version + 1
             where id = $1 and shipped_at is not null",
            id.0
        )?;
        self.ring_order(id);
        Ok(unmarked == 1)
    }

    /// Decides after how many hours the shop is told of unpaid orders. Those that have waited as long
    /// already are not told of: nobody asked while they did.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn set_follow_up(
        &mut self,
        merchant_id: MerchantId,
        hours: Option<i64>,
        waiting_since: DateTime<Utc>,
    ) -> Result<(), StorageError> {
        let now = self.now();
        execute!(self, "update merchants set follow_up_hours = $2 where id = $1", merchant_id.0, hours)?;
        execute!(
            self,
            "update orders set followed_up_at = $3 where merchant_id = $1 and followed_up_at is null
               and (state = 'open' or state = 'awaiting' or state = 'expired') and created_at <= $2",
            merchant_id.0,
            waiting_since,
            now
        )?;
        Ok(())
    }

    /// Notes that the shop is told of an unpaid order now; false when it was told before, or the order
    /// does not wait any more.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn take_up_follow_up(&mut self, id: OrderId) -> Result<bool, StorageError> {
        let now = self.now();
        let taken = execute!(
            self,
            "update orders set followed_up_at = $2
             where id = $1 and followed_up_at is null and (state = 'open' or state = 'awaiting' or state = 'expired')",
            id.0,
            now
        )?;
        Ok(taken == 1)
    }
}
