//! Lists of links and of a link's orders: newest first, paged by key.

use uuid::Uuid;

use super::links::link_columns;
use super::orders::order_columns;
use super::query::{fetch_all, fetch_one};
use super::rows::{LinkRow, OrderRow, read_all};
use super::{Reader, StorageError};
use crate::domain::id::{LinkId, MerchantId};
use crate::domain::merchant::Mode;
use crate::domain::order::Order;
use crate::domain::payment_link::PaymentLink;

/// From where, and which way, a page is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// From the newest on.
    FromNewest,
    /// Older than this key.
    OlderThan(Uuid),
    /// Newer than this key, the nearest ones.
    NewerThan(Uuid),
}

/// Past every key: where a list that starts at its newest row starts.
const PAST_EVERY_KEY: Uuid = Uuid::max();

impl Reader {
    /// A page of the shop's links, deleted ones left out, newest first.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn links_page(
        &mut self,
        merchant_id: MerchantId,
        mode: Mode,
        direction: Direction,
        rows_max: i64,
    ) -> Result<Vec<PaymentLink>, StorageError> {
        let rows = match direction {
            Direction::FromNewest | Direction::OlderThan(_) => fetch_all!(
                self,
                LinkRow,
                concat!(
                    "select ",
                    link_columns!(),
                    " from payment_links where merchant_id = $1 and mode = $2 and deleted_at is null and id < $3
                      order by id desc limit $4"
                ),
                merchant_id.0,
                mode.code(),
                direction.bound(),
                rows_max
            )?,
            Direction::NewerThan(key) => {
                let mut rows = fetch_all!(
                    self,
                    LinkRow,
                    concat!(
                        "select ",
                        link_columns!(),
                        " from payment_links where merchant_id = $1 and mode = $2 and deleted_at is null
                            and id > $3 order by id limit $4"
                    ),
                    merchant_id.0,
                    mode.code(),
                    key,
                    rows_max
                )?;
                rows.reverse();
                rows
            }
        };
        read_all(rows, LinkRow::read)
    }

    /// The newest links of the shop that have orders, deleted ones among them: whose orders to choose.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn links_with_orders(
        &mut self,
        merchant_id: MerchantId,
        mode: Mode,
        rows_max: i64,
    ) -> Result<Vec<PaymentLink>, StorageError> {
        let rows = fetch_all!(
            self,
            LinkRow,
            concat!(
                "select ",
                link_columns!(),
                " from payment_links where merchant_id = $1 and mode = $2
                    and exists (select 1 from orders where orders.payment_link_id = payment_links.id)
                  order by id desc limit $3"
            ),
            merchant_id.0,
            mode.code(),
            rows_max
        )?;
        read_all(rows, LinkRow::read)
    }

    /// How many links the list of [`Reader::links_page`] has.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn count_links(&mut self, merchant_id: MerchantId, mode: Mode) -> Result<i64, StorageError> {
        let (links,): (i64,) = fetch_one!(
            self,
            (i64,),
            "select cast(count(*) as bigint) from payment_links
             where merchant_id = $1 and mode = $2 and deleted_at is null",
            merchant_id.0,
            mode.code()
        )?;
        Ok(links)
    }

    /// A page of a link's orders, newest first.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn orders_page(
        &mut self,
        link_id: LinkId,
        direction: Direction,
        rows_max: i64,
    ) -> Result<Vec<Order>, StorageError> {
        let rows = match direction {
            Direction::FromNewest | Direction::OlderThan(_) => fetch_all!(
                self,
                OrderRow,
                concat!(
                    "select ",
                    order_columns!(),
                    " from orders where payment_link_id = $1 and id < $2 order by id desc limit $3"
                ),
                link_id.0,
                direction.bound(),
                rows_max
            )?,
            Direction::NewerThan(key) => {
                let mut rows = fetch_all!(
                    self,
                    OrderRow,
                    concat!(
                        "select ",
                        order_columns!(),
                        " from orders where payment_link_id = $1 and id > $2 order by id limit $3"
                    ),
                    link_id.0,
                    key,
                    rows_max
                )?;
                rows.reverse();
                rows
            }
        };
        read_all(rows, OrderRow::read)
    }

    /// A link's orders: all, those that were ever paid, and those that wait for their customer.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn count_orders(&mut self, link_id: LinkId) -> Result<(i64, i64, i64), StorageError> {
        fetch_one!(
            self,
            (i64, i64, i64),
            "select cast(count(*) as bigint),
                    cast(coalesce(sum(case when paid_at is not null then 1 else 0 end), 0) as bigint),
                    cast(coalesce(sum(case when state = 'awaiting' then 1 else 0 end), 0) as bigint)
             from orders where payment_link_id = $1",
            link_id.0
        )
    }
}

impl Direction {
    pub(super) const fn bound(self) -> Uuid {
        match self {
            Self::FromNewest => PAST_EVERY_KEY,
            Self::OlderThan(key) | Self::NewerThan(key) => key,
        }
    }
}
