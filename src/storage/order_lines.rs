//! Orders of a span as lines of a file, page by page.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::query::fetch_all;
use super::rows::{Reading, read_all, read_customer};
use super::{Reader, StorageError};
use crate::domain::figures::Span;
use crate::domain::id::{MerchantId, OrderId};
use crate::domain::merchant::Mode;
use crate::domain::order::{OrderCode, OrderState};
use crate::domain::order_line::{LinePlace, OrderLine};
use crate::domain::payment_method::PaymentMethod;
use crate::domain::reference::Reference;
use crate::domain::visible_text::ItemName;

#[derive(sqlx::FromRow)]
struct LineRow {
    id: Uuid,
    created_at: DateTime<Utc>,
    code: String,
    state: String,
    item_name: String,
    reference: String,
    customer_name: String,
    customer_phone: String,
    customer_email: String,
    amount_minor: i64,
    currency: String,
    came_minor: i64,
    went_minor: i64,
    paid_at: Option<DateTime<Utc>>,
    paid_with: Option<String>,
}

impl Reader {
    /// The shop's orders that were made in a span, oldest first, from after a place on.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn order_lines(
        &mut self,
        merchant_id: MerchantId,
        mode: Mode,
        span: &Span,
        after: Option<LinePlace>,
        rows_max: i64,
    ) -> Result<Vec<OrderLine>, StorageError> {
        let (after_at, after_id) = after.unwrap_or((span.since, OrderId(Uuid::nil())));
        let rows = fetch_all!(
            self,
            LineRow,
            "select orders.id as id, orders.created_at as created_at, orders.code as code, orders.state as state,
                    coalesce(orders.item_name, link.item_name) as item_name, link.reference as reference,
                    orders.customer_name as customer_name, orders.customer_phone as customer_phone,
                    orders.customer_email as customer_email, orders.amount_minor as amount_minor,
                    orders.currency as currency, orders.paid_at as paid_at, orders.paid_with as paid_with,
                    (select cast(coalesce(sum(case when amount_minor > 0 then amount_minor else 0 end), 0) as bigint)
                     from ledger_entries where order_id = orders.id) as came_minor,
                    (select cast(coalesce(sum(case when amount_minor < 0 then -amount_minor else 0 end), 0) as bigint)
                     from ledger_entries where order_id = orders.id) as went_minor
             from orders join payment_links link on link.id = orders.payment_link_id
             where orders.merchant_id = $1 and orders.mode = $2
               and orders.created_at < $3 and (orders.created_at, orders.id) > ($4, $5)
             order by orders.created_at, orders.id limit $6",
            merchant_id.0,
            mode.code(),
            span.until,
            after_at,
            after_id.0,
            rows_max
        )?;
        read_all(rows, LineRow::read)
    }
}

impl LineRow {
    fn read(self) -> Result<OrderLine, StorageError> {
        let reading = Reading::of("orders", self.id);
        let item_name = ItemName::parse(&self.item_name).ok().map(|parsed| parsed.value);
        Ok(OrderLine {
            id: OrderId(self.id),
            created_at: self.created_at,
            code: OrderCode::from_text(&self.code),
            state: reading.some("state", OrderState::parse(&self.state))?,
            item_name: reading.some("item_name", item_name)?,
            reference: reading.some("reference", Reference::parse(&self.reference).ok())?,
            customer: read_customer(
                &reading,
                &self.customer_name,
                &self.customer_phone,
                &self.customer_email,
            )?,
            amount: reading.money(self.amount_minor, &self.currency)?,
            came_minor: self.came_minor,
            went_minor: self.went_minor,
            paid_at: self.paid_at,
            paid_with: self.paid_with.as_deref().and_then(PaymentMethod::parse),
        })
    }
}
