//! Orders: one customer's purchase each.

use super::query::{execute, fetch_optional};
use super::rows::{OrderRow, read_optional};
use super::{Reader, StorageError, Writer};
use crate::domain::finding::fold;
use crate::domain::id::{LinkId, MerchantId, OrderId};
use crate::domain::order::{Order, OrderCode};

/// The columns of an order, as [`OrderRow`] reads them.
macro_rules! order_columns {
    () => {
        "id, merchant_id, payment_link_id, code, mode, state, unit, late, over_limit, overpaid, underpaid, \
         duplicate_payment, mismatch, customer_name, customer_phone, customer_email, item_name, \
         amount_minor, currency, language, paid_at, paid_with, hold_until, changing_until, shipped_at, \
         shipped_by, version, created_at, goods, buyer_note, waiting_since, turn_told_at"
    };
}
pub(super) use order_columns;

impl Reader {
    /// An order of the shop.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn order(
        &mut self,
        merchant_id: MerchantId,
        id: OrderId,
    ) -> Result<Option<Order>, StorageError> {
        let row = fetch_optional!(
            self,
            OrderRow,
            concat!("select ", order_columns!(), " from orders where id = $1 and merchant_id = $2"),
            id.0,
            merchant_id.0
        )?;
        read_optional(row, OrderRow::read)
    }

    /// The shop's order with this code.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn order_by_code(
        &mut self,
        merchant_id: MerchantId,
        code: &OrderCode,
    ) -> Result<Option<Order>, StorageError> {
        let row = fetch_optional!(
            self,
            OrderRow,
            concat!("select ", order_columns!(), " from orders where code = $1 and merchant_id = $2"),
            code.as_str(),
            merchant_id.0
        )?;
        read_optional(row, OrderRow::read)
    }

    /// The order that a token opens.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn order_by_token(&mut self, token_hash: &[u8]) -> Result<Option<Order>, StorageError> {
        let row = fetch_optional!(
            self,
            OrderRow,
            concat!("select ", order_columns!(), " from orders where token_hash = $1"),
            token_hash
        )?;
        read_optional(row, OrderRow::read)
    }

    /// The order that a form made before.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn order_by_form(
        &mut self,
        link_id: LinkId,
        form_hash: &[u8],
    ) -> Result<Option<Order>, StorageError> {
        let row = fetch_optional!(
            self,
            OrderRow,
            concat!(
                "select ",
                order_columns!(),
                " from orders where payment_link_id = $1 and form_hash = $2"
            ),
            link_id.0,
            form_hash
        )?;
        read_optional(row, OrderRow::read)
    }

    /// The sealed token of an order.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn sealed_token(&mut self, id: OrderId) -> Result<Option<Vec<u8>>, StorageError> {
        let row = fetch_optional!(self, (Vec<u8>,), "select token_sealed from orders where id = $1", id.0)?;
        Ok(row.map(|(sealed,)| sealed))
    }
}

/// What is written about a new order beside the order itself.
#[derive(Debug, Clone)]
pub struct OrderSecrets {
    /// SHA-256 of the token.
    pub token_hash: Vec<u8>,
    /// The token, sealed.
    pub token_sealed: Vec<u8>,
    /// SHA-256 of the form's key: one form makes one order.
    pub form_hash: Vec<u8>,
}

impl Writer {
    /// Writes a new order; false when its form made one before or its code is taken.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn insert_order(
        &mut self,
        order: &Order,
        secrets: &OrderSecrets,
    ) -> Result<bool, StorageError> {
        // Plain data always becomes text.
        let goods =
            (!order.goods.is_plain()).then(|| serde_json::to_string(&order.goods).unwrap_or_default());
        let inserted = execute!(
            self,
            "insert into orders (id, merchant_id, payment_link_id, code, token_hash, token_sealed, form_hash, mode,
                 state, unit, late, over_limit, overpaid, underpaid, duplicate_payment, mismatch,
                 customer_name, customer_phone, customer_email, item_name, amount_minor, currency, language,
                 created_at, updated_at, find_by, goods, buyer_note, waiting_since)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, false, false, false, false, false, false,
                 $11, $12, $13, $14, $15, $16, $17, $18, $18, $19, $20, $21, $22)
             on conflict do nothing",
            order.id.0,
            order.merchant_id.0,
            order.link_id.0,
            order.code.as_str(),
            &secrets.token_hash,
            &secrets.token_sealed,
            &secrets.form_hash,
            order.mode.code(),
            order.state.code(),
            order.unit.code(),
            order.customer.name.as_str(),
            order.customer.phone.as_str(),
            order.customer.email.as_str(),
            order.item_name.as_ref().map(|item_name| item_name.as_str()),
            order.amount.minor(),
            order.amount.currency().code(),
            order.language.code(),
            order.created_at,
            fold(order.customer.name.as_str()),
            goods,
            order.buyer_note.as_ref().map(|note| note.as_str()),
            order.line.map(|line| line.since)
        )?;
        Ok(inserted == 1)
    }

    /// Writes an order's standing, guarded by the version that was read; false when someone else
    /// was faster. The order's own version in memory stays as it was.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn update_order(&mut self, order: &Order) -> Result<bool, StorageError> {
        let now = self.now();
        let updated = execute!(
            self,
            "update orders set state = $3, unit = $4, late = $5, over_limit = $6, overpaid = $7, underpaid = $8,
                 duplicate_payment = $9, mismatch = $10, paid_at = $11, paid_with = $12, hold_until = $13,
                 changing_until = $14, updated_at = $15, waiting_since = $16, turn_told_at = $17,
                 version = version + 1
             where id = $1 and version = $2",
            order.id.0,
            order.version,
            order.state.code(),
            order.unit.code(),
            order.flags.late,
            order.flags.over_limit,
            order.flags.overpaid,
            order.flags.underpaid,
            order.flags.duplicate_payment,
            order.flags.mismatch,
            order.paid_at,
            order.paid_with.map(|method| method.code()),
            order.hold_until,
            order.changing_until,
            now,
            order.line.map(|line| line.since),
            order.line.and_then(|line| line.told_at)
        )?;
        self.ring_order(order.id);
        Ok(updated == 1)
    }

    /// Closes orders that were left lying with nothing held; gives how many.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn close_orders(
        &mut self,
        untouched_since: chrono::DateTime<chrono::Utc>,
    ) -> Result<u64, StorageError> {
        execute!(
            self,
            "update orders set state = 'closed', waiting_since = null, turn_told_at = null, version = version + 1
             where state = 'open' and unit = 'none' and updated_at < $1",
            untouched_since
        )
    }
}
