//! What was sold in a stretch of time, and how far customers came. Every statement here reads one index
//! from the beginning of the time to its end.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::query::{fetch_all, fetch_one};
use super::rows::Reading;
use super::{Reader, StorageError};
use crate::domain::figures::{BestLink, Funnel, PaidOrder, Span, Total};
use crate::domain::id::{LinkId, MerchantId};
use crate::domain::merchant::Mode;
use crate::domain::money::{Currency, Money};
use crate::domain::visible_text::ItemName;

/// Payments with what is left of them in the book, where something is left.
macro_rules! paid_orders {
    ($of:literal) => {
        concat!(
            "select orders.paid_at, orders.currency, cast(sum(entry.amount_minor) as bigint)
             from orders join ledger_entries entry on entry.order_id = orders.id
             where ",
            $of,
            " and orders.paid_at >= $3 and orders.paid_at < $4
             group by orders.id, orders.paid_at, orders.currency
             having sum(entry.amount_minor) > 0
             order by orders.paid_at, orders.id"
        )
    };
}

/// How many opened, and of those who gave their details how many went on.
macro_rules! funnel {
    ($views_of:literal, $orders_of:literal) => {
        concat!(
            "select (select cast(coalesce(sum(views), 0) as bigint) from link_views
                     where ",
            $views_of,
            " and quarter >= $3 and quarter < $4),
                    cast(count(*) as bigint),
                    cast(coalesce(sum(case when exists (select 1 from payment_attempts attempt
                        where attempt.order_id = orders.id) then 1 else 0 end), 0) as bigint),
                    cast(coalesce(sum(case when paid_at is not null then 1 else 0 end), 0) as bigint)
             from orders where ",
            $orders_of,
            " and created_at >= $3 and created_at < $4"
        )
    };
}

#[derive(sqlx::FromRow)]
struct BestRow {
    id: Uuid,
    item_name: String,
    currency: String,
    sum_minor: i64,
    payments: i64,
}

impl Reader {
    /// The shop's payments of a span that it still has money of, oldest first.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn paid_orders(
        &mut self,
        merchant_id: MerchantId,
        mode: Mode,
        span: &Span,
    ) -> Result<Vec<PaidOrder>, StorageError> {
        let rows = fetch_all!(
            self,
            (DateTime<Utc>, String, i64),
            paid_orders!("orders.merchant_id = $1 and orders.mode = $2"),
            merchant_id.0,
            mode.code(),
            span.since,
            span.until
        )?;
        rows.into_iter().map(read_paid).collect()
    }

    /// The same for one link.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn paid_orders_of_link(
        &mut self,
        link_id: LinkId,
        mode: Mode,
        span: &Span,
    ) -> Result<Vec<PaidOrder>, StorageError> {
        let rows = fetch_all!(
            self,
            (DateTime<Utc>, String, i64),
            paid_orders!("orders.payment_link_id = $1 and orders.mode = $2"),
            link_id.0,
            mode.code(),
            span.since,
            span.until
        )?;
        rows.into_iter().map(read_paid).collect()
    }

    /// How far the shop's customers of a span came.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn funnel(
        &mut self,
        merchant_id: MerchantId,
        mode: Mode,
        span: &Span,
    ) -> Result<Funnel, StorageError> {
        let row = fetch_one!(
            self,
            (i64, i64, i64, i64),
            funnel!("merchant_id = $1 and mode = $2", "merchant_id = $1 and mode = $2"),
            merchant_id.0,
            mode.code(),
            span.since,
            span.until
        )?;
        Ok(read_funnel(row))
    }

    /// The same for one link.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn funnel_of_link(
        &mut self,
        link_id: LinkId,
        mode: Mode,
        span: &Span,
    ) -> Result<Funnel, StorageError> {
        let row = fetch_one!(
            self,
            (i64, i64, i64, i64),
            funnel!("payment_link_id = $1 and mode = $2", "payment_link_id = $1 and mode = $2"),
            link_id.0,
            mode.code(),
            span.since,
            span.until
        )?;
        Ok(read_funnel(row))
    }

    /// The links that brought most in a span: those in one currency first, by what is left of their
    /// payments.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn best_links(
        &mut self,
        merchant_id: MerchantId,
        mode: Mode,
        span: &Span,
        preferred: Currency,
        rows_max: i64,
    ) -> Result<Vec<BestLink>, StorageError> {
        let rows = fetch_all!(
            self,
            BestRow,
            "select link.id as id, link.item_name as item_name, sold.currency as currency,
                    cast(sum(sold.left_minor) as bigint) as sum_minor, cast(count(*) as bigint) as payments
             from (select orders.payment_link_id, orders.currency, sum(entry.amount_minor) as left_minor
                   from orders join ledger_entries entry on entry.order_id = orders.id
                   where orders.merchant_id = $1 and orders.mode = $2
                     and orders.paid_at >= $3 and orders.paid_at < $4
                   group by orders.id, orders.payment_link_id, orders.currency
                   having sum(entry.amount_minor) > 0) sold
             join payment_links link on link.id = sold.payment_link_id
             group by link.id, link.item_name, sold.currency
             order by case when sold.currency = $5 then 0 else 1 end, sum(sold.left_minor) desc, link.id
             limit $6",
            merchant_id.0,
            mode.code(),
            span.since,
            span.until,
            preferred.code(),
            rows_max
        )?;
        rows.into_iter().map(BestRow::read).collect()
    }
}

impl BestRow {
    fn read(self) -> Result<BestLink, StorageError> {
        let reading = Reading::of("payment_links", self.id);
        let item_name = ItemName::parse(&self.item_name).ok().map(|parsed| parsed.value);
        let sum = reading.money(self.sum_minor, &self.currency)?;
        Ok(BestLink {
            id: LinkId(self.id),
            item_name: reading.some("item_name", item_name)?,
            total: Total { sum, payments: self.payments },
        })
    }
}

fn read_paid((paid_at, currency, minor): (DateTime<Utc>, String, i64)) -> Result<PaidOrder, StorageError> {
    let left: Money = Reading::of("orders", paid_at).money(minor, &currency)?;
    Ok(PaidOrder { paid_at, left })
}

const fn read_funnel((opened, details, method, paid): (i64, i64, i64, i64)) -> Funnel {
    Funnel { opened, details, method, paid }
}
