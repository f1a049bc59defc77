//! Lists of orders, of one link or of the whole shop: newest first, paged by key, narrowed by where the order
//! and its money stand, and by words.

use super::link_lists::patterns_of;
use super::orders::order_columns;
use super::query::{fetch_all, fetch_one};
use super::rows::{OrderRow, read_all};
use super::{Direction, Reader, StorageError};
use crate::domain::finding::{OrderFilter, SearchWords};
use crate::domain::id::{LinkId, MerchantId};
use crate::domain::merchant::Mode;
use crate::domain::order::Order;

/// Whose orders a list has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OrdersOf {
    /// The shop's.
    Shop(MerchantId),
    /// One link's.
    Link(LinkId),
}

/// Which orders a list has.
#[derive(Debug, Clone)]
pub struct WantedOrders {
    /// Whose.
    pub of: OrdersOf,
    /// Made in this mode.
    pub mode: Mode,
    /// Standing as this lets through.
    pub filter: OrderFilter,
    /// With these words in the customer's name or e-mail address or in the code, or with this telephone
    /// number.
    pub words: Option<SearchWords>,
}

/// Which orders are wanted: `$1` shop or link (the column is given), `$2` mode, `$3` filter, `$4` to `$6`
/// patterns, `$7` the pattern of a telephone number or null.
///
/// A problem is a payment without a place, money that the bank took, money on its way back, a return that
/// failed and was not asked for again, and flags with money behind them; what was sent in spite of a flag is
/// decided.
macro_rules! orders_wanted {
    ($column:literal) => {
        concat!(
            " from orders where ",
            $column,
            " = $1 and mode = $2
            and case $3
                when 'paid' then state = 'paid' or state = 'partially_refunded'
                when 'waiting' then state = 'open' or state = 'awaiting'
                when 'other' then state not in ('paid', 'partially_refunded', 'open', 'awaiting')
                when 'to_ship' then (state = 'paid' or state = 'partially_refunded') and shipped_at is null
                    and (select coalesce(sum(amount_minor), 0) from ledger_entries
                         where ledger_entries.order_id = orders.id)
                      > (select coalesce(sum(amount_minor), 0) from refunds
                         where refunds.order_id = orders.id and state in ('requested', 'accepted'))
                when 'problem' then state in ('paid_unallocated', 'reversed', 'charged_back')
                    or (mismatch and shipped_at is null)
                    or (late and (state = 'paid' or state = 'partially_refunded') and shipped_at is null)
                    or ((overpaid or duplicate_payment)
                        and (select coalesce(sum(amount_minor), 0) from ledger_entries
                             where ledger_entries.order_id = orders.id) > orders.amount_minor)
                    or (underpaid and (select coalesce(sum(amount_minor), 0) from ledger_entries
                                       where ledger_entries.order_id = orders.id) > 0)
                    or id in (select order_id from refunds where state in ('requested', 'accepted'))
                    or (shipped_at is null
                        and id in (select order_id from refunds refused where refused.state = 'failed'
                            and not exists (select 1 from refunds later
                                where later.attempt_id = refused.attempt_id and later.id > refused.id))
                        and (select coalesce(sum(amount_minor), 0) from ledger_entries
                             where ledger_entries.order_id = orders.id) > 0)
                else true end
            and ($4 = '%' or (coalesce(find_by, '') || ' ' || lower(customer_name) || ' ' || lower(customer_email) || ' '
                    || lower(code) like $4 escape '!'
                 and coalesce(find_by, '') || ' ' || lower(customer_name) || ' ' || lower(customer_email) || ' '
                    || lower(code) like $5 escape '!'
                 and coalesce(find_by, '') || ' ' || lower(customer_name) || ' ' || lower(customer_email) || ' '
                    || lower(code) like $6 escape '!')
                or customer_phone like $7)"
        )
    };
}

/// Reads a page of `$column`'s orders.
macro_rules! orders_page {
    ($reader:expr, $column:literal, $of:expr, $wanted:expr, $direction:expr, $rows_max:expr) => {{
        let ([first, second, third], phone) = patterns($wanted);
        match $direction {
            Direction::FromNewest | Direction::OlderThan(_) => fetch_all!(
                $reader,
                OrderRow,
                concat!(
                    "select ",
                    order_columns!(),
                    orders_wanted!($column),
                    " and id < $8 order by id desc limit $9"
                ),
                $of,
                $wanted.mode.code(),
                $wanted.filter.code(),
                &first,
                &second,
                &third,
                &phone,
                $direction.bound(),
                $rows_max
            ),
            Direction::NewerThan(key) => fetch_all!(
                $reader,
                OrderRow,
                concat!(
                    "select ",
                    order_columns!(),
                    orders_wanted!($column),
                    " and id > $8 order by id limit $9"
                ),
                $of,
                $wanted.mode.code(),
                $wanted.filter.code(),
                &first,
                &second,
                &third,
                &phone,
                key,
                $rows_max
            )
            .map(|mut rows| {
                rows.reverse();
                rows
            }),
        }
    }};
}

/// Counts `$column`'s orders.
macro_rules! count_orders {
    ($reader:expr, $column:literal, $of:expr, $wanted:expr) => {{
        let ([first, second, third], phone) = patterns($wanted);
        fetch_one!(
            $reader,
            (i64,),
            concat!("select cast(count(*) as bigint)", orders_wanted!($column)),
            $of,
            $wanted.mode.code(),
            $wanted.filter.code(),
            &first,
            &second,
            &third,
            &phone
        )
    }};
}

impl Reader {
    /// A page of orders, newest first.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn orders_page(
        &mut self,
        wanted: &WantedOrders,
        direction: Direction,
        rows_max: i64,
    ) -> Result<Vec<Order>, StorageError> {
        let rows = match wanted.of {
            OrdersOf::Shop(MerchantId(of)) => {
                orders_page!(self, "merchant_id", of, wanted, direction, rows_max)?
            }
            OrdersOf::Link(LinkId(of)) => {
                orders_page!(self, "payment_link_id", of, wanted, direction, rows_max)?
            }
        };
        read_all(rows, OrderRow::read)
    }

    /// How many orders the list of [`Reader::orders_page`] has.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn count_wanted_orders(&mut self, wanted: &WantedOrders) -> Result<i64, StorageError> {
        let (orders,) = match wanted.of {
            OrdersOf::Shop(MerchantId(of)) => count_orders!(self, "merchant_id", of, wanted)?,
            OrdersOf::Link(LinkId(of)) => count_orders!(self, "payment_link_id", of, wanted)?,
        };
        Ok(orders)
    }
}

fn patterns(wanted: &WantedOrders) -> ([String; SearchWords::PATTERNS], Option<String>) {
    let words = wanted.words.as_ref();
    (patterns_of(words), words.and_then(SearchWords::phone_pattern))
}
