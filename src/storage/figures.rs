//! What was sold in a stretch of time, and how far customers came. Every statement here reads one index
//! from the beginning of the time to its end.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::query::{fetch_all, fetch_one};
use super::rows::Reading;
use super::{Reader, StorageError};
use crate::domain::figures::{Funnel, PaidOrder, Span};
use crate::domain::id::{LinkId, MerchantId};
use crate::domain::merchant::Mode;
use crate::domain::visible_text::ItemName;

/// Payments with what is left of them in the book.
macro_rules! paid_orders {
    ($of:literal) => {
        concat!(
            "select payment_link_id, paid_at, currency,
                    (select cast(coalesce(sum(amount_minor), 0) as bigint) from ledger_entries
                     where order_id = orders.id)
             from orders where ",
            $of,
            " and paid_at >= $3 and paid_at < $4"
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

type PaidRow = (Uuid, DateTime<Utc>, String, i64);

impl Reader {
    /// The shop's payments of a span with what is left of them.
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
            PaidRow,
            paid_orders!("merchant_id = $1 and mode = $2"),
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
            PaidRow,
            paid_orders!("payment_link_id = $1 and mode = $2"),
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

    /// What these links of the shop sell; at most five are looked up.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn item_names(
        &mut self,
        merchant_id: MerchantId,
        links: &[LinkId],
    ) -> Result<Vec<(LinkId, ItemName)>, StorageError> {
        let key = |place: usize| links.get(place).map_or(Uuid::nil(), |link| link.0);
        let rows = fetch_all!(
            self,
            (Uuid, String),
            "select id, item_name from payment_links where merchant_id = $1 and id in ($2, $3, $4, $5, $6)",
            merchant_id.0,
            key(0),
            key(1),
            key(2),
            key(3),
            key(4)
        )?;
        let read = |(id, name): (Uuid, String)| {
            let name = ItemName::parse(&name).ok().map(|parsed| parsed.value);
            Ok((LinkId(id), Reading::of("payment_links", id).some("item_name", name)?))
        };
        rows.into_iter().map(read).collect()
    }
}

fn read_paid((link, paid_at, currency, minor): PaidRow) -> Result<PaidOrder, StorageError> {
    let left = Reading::of("orders", paid_at).money(minor, &currency)?;
    Ok(PaidOrder { link_id: LinkId(link), paid_at, left })
}

fn read_funnel((opened, details, method, paid): (i64, i64, i64, i64)) -> Funnel {
    Funnel::counted(opened, details, method, paid)
}
