//! The lines of customers who wait until a unit of a link comes free.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::orders::order_columns;
use super::query::{fetch_all, fetch_one};
use super::rows::{OrderRow, read_all};
use super::{Reader, StorageError, Writer};
use crate::domain::id::{LinkId, MerchantId, OrderId};
use crate::domain::order::Order;
use crate::domain::waiting_line::TURN_TIME;

/// Who stands in line. A program of an earlier version charges an order that does and leaves its place as it
/// is: who holds a unit, or needs none any more, waits for nothing.
macro_rules! in_line {
    ($order:literal) => {
        concat!(
            $order,
            "waiting_since is not null and ",
            $order,
            "unit = 'none' and ",
            $order,
            "state in ('open', 'expired')"
        )
    };
}
pub(super) use in_line;

impl Reader {
    /// How many customers of an order's link are told before this one; 0 when the order is not in line.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn places_before(&mut self, order: &Order) -> Result<i64, StorageError> {
        let Some(line) = order.line else { return Ok(0) };
        let (before,): (i64,) = fetch_one!(
            self,
            (i64,),
            concat!(
                "select cast(count(*) as bigint) from orders where payment_link_id = $1 and ",
                in_line!(""),
                " and (waiting_since < $2 or (waiting_since = $2 and id < $3))"
            ),
            order.link_id.0,
            line.since,
            order.id.0
        )?;
        Ok(before)
    }

    /// Whether a link was made for a rehearsal alone.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn is_sample_link(&mut self, link_id: LinkId) -> Result<bool, StorageError> {
        let (samples,): (i64,) = fetch_one!(
            self,
            (i64,),
            "select cast(count(*) as bigint) from rehearsals where link_id = $1 and is_sample",
            link_id.0
        )?;
        Ok(samples > 0)
    }

    /// Links in whose line something is to be done: somebody is to be told of a free unit, or was told of one
    /// that is taken. A link that has none left has nothing to tell. At most 100.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn lines_to_move(
        &mut self,
        now: DateTime<Utc>,
    ) -> Result<Vec<(MerchantId, LinkId)>, StorageError> {
        let rows = fetch_all!(
            self,
            (Uuid, Uuid),
            concat!(
                "select merchant_id, id from payment_links
                 where id in (select payment_link_id from orders where ",
                in_line!(""),
                ") and paused_at is null and deleted_at is null and (opens_at is null or opens_at <= $1)
                   and (expires_at is null or expires_at > $1) and (usage_limit is null or used < usage_limit)
                   and case when usage_limit is null or used + held < usage_limit
                       then exists (select 1 from orders
                               where payment_link_id = payment_links.id and turn_told_at is null and ",
                in_line!(""),
                ") and (usage_limit is null or used + held
                               + (select count(*) from orders
                                  where payment_link_id = payment_links.id and turn_told_at > $2 and ",
                in_line!(""),
                ") < usage_limit)
                       else exists (select 1 from orders
                               where payment_link_id = payment_links.id and turn_told_at is not null and ",
                in_line!(""),
                ") end
                 order by id limit 100"
            ),
            now,
            now - TURN_TIME
        )?;
        Ok(rows.into_iter().map(|(merchant_id, id)| (MerchantId(merchant_id), LinkId(id))).collect())
    }

    /// How many in a link's line were told of a free unit lately and have not taken it.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn count_told_lately(
        &mut self,
        link_id: LinkId,
        now: DateTime<Utc>,
    ) -> Result<i64, StorageError> {
        let (told,): (i64,) = fetch_one!(
            self,
            (i64,),
            concat!(
                "select cast(count(*) as bigint) from orders
                 where payment_link_id = $1 and turn_told_at > $2 and ",
                in_line!("")
            ),
            link_id.0,
            now - TURN_TIME
        )?;
        Ok(told)
    }

    /// The first in a link's line who were not told yet, at most so many.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn next_in_line(&mut self, link_id: LinkId, rows_max: i64) -> Result<Vec<Order>, StorageError> {
        let rows = fetch_all!(
            self,
            OrderRow,
            concat!(
                "select ",
                order_columns!(),
                " from orders where payment_link_id = $1 and turn_told_at is null and ",
                in_line!(""),
                " order by waiting_since, id limit $2"
            ),
            link_id.0,
            rows_max
        )?;
        read_all(rows, OrderRow::read)
    }
}

impl Writer {
    /// Takes back what a link's line was told, since every unit is being paid for again; gives whether anybody
    /// was told. Who had less than [`TURN_TIME`] stays first, who let it pass leaves the line: when they were
    /// told stays written, so that their page can say so.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn take_turns_back(&mut self, link_id: LinkId) -> Result<bool, StorageError> {
        let now = self.now();
        let orders = fetch_all!(
            self,
            (Uuid,),
            concat!(
                "update orders set waiting_since = case when turn_told_at > $2 then waiting_since end,
                     turn_told_at = case when turn_told_at <= $2 then turn_told_at end, updated_at = $3,
                     version = version + 1
                 where payment_link_id = $1 and turn_told_at is not null and ",
                in_line!(""),
                " returning id"
            ),
            link_id.0,
            now - TURN_TIME,
            now
        )?;
        let was_told = !orders.is_empty();
        for (order,) in orders {
            self.ring_order(OrderId(order));
        }
        Ok(was_told)
    }
}
