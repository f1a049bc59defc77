//! What an audit reads: each table in batches by key, beside what the other tables say about it.
//! Words that the domain does not know come as `None`, so that one spoiled row hides no other.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::ledger::{LedgerRow, SealedEntry};
use super::query::{fetch_all, fetch_one};
use super::{Reader, StorageError};
use crate::domain::attempt::AttemptState;
use crate::domain::audit::{AttemptStanding, LinkStanding, OrderStanding};
use crate::domain::id::{AttemptId, LinkId, MerchantId, OrderId, TelegramId};
use crate::domain::order::{OrderState, Unit};

/// Rows of one batch.
pub const BATCH: i64 = 200;

/// The head of a shop's book.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BookHead {
    /// The shop.
    pub merchant_id: MerchantId,
    /// How many rows the book should have.
    pub sequence: i64,
    /// The seal of the last one.
    pub seal: Vec<u8>,
    /// How many real orders it says were paid.
    pub paid_orders: i64,
    /// How many there are.
    pub live_orders_paid: i64,
}

/// A member of staff who should have been told that an order is paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PaidAudience {
    /// The order.
    pub order_id: OrderId,
    /// The person, who was there when the money was booked.
    pub telegram_id: TelegramId,
}

#[derive(sqlx::FromRow)]
struct LinkStandingRow {
    id: Uuid,
    usage_limit: Option<i64>,
    used: i64,
    held: i64,
    orders_using: i64,
    orders_holding: i64,
    orders_over_limit: i64,
}

#[derive(sqlx::FromRow)]
struct OrderStandingRow {
    id: Uuid,
    state: String,
    unit: String,
    underpaid: bool,
    duplicate_payment: bool,
    amount_minor: i64,
    paid_at: Option<DateTime<Utc>>,
    hold_until: Option<DateTime<Utc>>,
    live_attempts: i64,
    balance_minor: i64,
    captured_minor: i64,
    charged_back_minor: i64,
}

#[derive(sqlx::FromRow)]
struct AttemptStandingRow {
    id: Uuid,
    state: String,
    returned_minor: i64,
    strangers: i64,
    balance_minor: i64,
    captured_minor: i64,
    booked_back_minor: i64,
    refunded_minor: i64,
    by_hand_minor: i64,
    asked_refunds_minor: i64,
    asked_by_hand_minor: i64,
}

impl Reader {
    /// The heads of the shops' books, from the shop after `after` on.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn book_heads(&mut self, after: MerchantId) -> Result<Vec<BookHead>, StorageError> {
        let rows = fetch_all!(
            self,
            (Uuid, i64, Vec<u8>, i64, i64),
            "select id, ledger_sequence, ledger_seal, paid_orders,
                    (select cast(count(*) as bigint) from orders
                     where orders.merchant_id = merchants.id and orders.mode = 'live'
                       and orders.paid_at is not null)
             from merchants where id > $1 order by id limit $2",
            after.0,
            BATCH
        )?;
        let head = |(id, sequence, seal, paid_orders, live_orders_paid)| BookHead {
            merchant_id: MerchantId(id),
            sequence,
            seal,
            paid_orders,
            live_orders_paid,
        };
        Ok(rows.into_iter().map(head).collect())
    }

    /// A shop's book from the row after `after` on: each row's place, and the row if it can be read.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn book_rows(
        &mut self,
        merchant_id: MerchantId,
        after: i64,
    ) -> Result<Vec<(i64, Result<SealedEntry, StorageError>)>, StorageError> {
        let rows = fetch_all!(
            self,
            LedgerRow,
            "select merchant_id, sequence, order_id, attempt_id, mode, kind, amount_minor, memo_minor, currency,
                    booked_at, seal
             from ledger_entries where merchant_id = $1 and sequence > $2 order by sequence limit $3",
            merchant_id.0,
            after,
            BATCH
        )?;
        Ok(rows.into_iter().map(|row| (row.sequence, row.read())).collect())
    }

    /// Links beside their orders, from the link after `after` on.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn link_standings(&mut self, after: LinkId) -> Result<Vec<LinkStanding>, StorageError> {
        let rows = fetch_all!(
            self,
            LinkStandingRow,
            "select batch.id, batch.usage_limit, batch.used, batch.held,
                    cast(coalesce(sum(case when orders.unit = 'used' then 1 else 0 end), 0) as bigint)
                        as orders_using,
                    cast(coalesce(sum(case when orders.unit = 'held' then 1 else 0 end), 0) as bigint)
                        as orders_holding,
                    cast(coalesce(sum(case when orders.unit = 'used' and orders.over_limit then 1 else 0 end), 0)
                        as bigint) as orders_over_limit
             from (select id, usage_limit, used, held from payment_links where id > $1 order by id limit $2) batch
             left join orders on orders.payment_link_id = batch.id
             group by batch.id, batch.usage_limit, batch.used, batch.held
             order by batch.id",
            after.0,
            BATCH
        )?;
        Ok(rows.into_iter().map(LinkStandingRow::read).collect())
    }

    /// Orders beside the book, from the order after `after` on.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn order_standings(&mut self, after: OrderId) -> Result<Vec<OrderStanding>, StorageError> {
        let rows = fetch_all!(
            self,
            OrderStandingRow,
            "select batch.id, batch.state, batch.unit, batch.underpaid, batch.duplicate_payment,
                    batch.amount_minor, batch.paid_at, batch.hold_until,
                    (select cast(count(*) as bigint) from payment_attempts
                     where payment_attempts.order_id = batch.id and payment_attempts.state in
                         ('creating', 'unknown', 'pending', 'challenge', 'authorized')) as live_attempts,
                    cast(coalesce(sum(book.amount_minor), 0) as bigint) as balance_minor,
                    cast(coalesce(sum(case when book.kind in ('captured', 'restored')
                                      then book.amount_minor else 0 end), 0) as bigint) as captured_minor,
                    cast(coalesce(sum(case when book.kind = 'charged_back'
                                      then -book.amount_minor else 0 end), 0) as bigint) as charged_back_minor
             from (select id, state, unit, underpaid, duplicate_payment, amount_minor, paid_at, hold_until
                   from orders where id > $1 order by id limit $2) batch
             left join ledger_entries book on book.order_id = batch.id
             group by batch.id, batch.state, batch.unit, batch.underpaid, batch.duplicate_payment,
                      batch.amount_minor, batch.paid_at, batch.hold_until
             order by batch.id",
            after.0,
            BATCH
        )?;
        Ok(rows.into_iter().map(OrderStandingRow::read).collect())
    }

    /// Charges beside their orders and the book, from the charge after `after` on.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn attempt_standings(
        &mut self,
        after: AttemptId,
    ) -> Result<Vec<AttemptStanding>, StorageError> {
        let rows = fetch_all!(
            self,
            AttemptStandingRow,
            "select batch.id, batch.state, batch.returned_minor,
                    (select cast(count(*) as bigint) from orders
                     where orders.id = batch.order_id
                       and (orders.merchant_id <> batch.merchant_id or orders.mode <> batch.mode
                            or orders.amount_minor <> batch.amount_minor
                            or orders.currency <> batch.currency)) as strangers,
                    cast(coalesce(sum(book.amount_minor), 0) as bigint) as balance_minor,
                    cast(coalesce(sum(case when book.kind in ('captured', 'restored')
                                      then book.amount_minor else 0 end), 0) as bigint) as captured_minor,
                    cast(coalesce(sum(case when book.kind in ('refunded', 'charged_back')
                                      then -book.amount_minor else 0 end), 0) as bigint) as booked_back_minor,
                    cast(coalesce(sum(case when book.kind = 'refunded'
                                      then -book.amount_minor else 0 end), 0) as bigint) as refunded_minor,
                    cast(coalesce(sum(case when book.kind = 'refunded_by_hand'
                                      then -book.amount_minor else 0 end), 0) as bigint) as by_hand_minor,
                    (select cast(coalesce(sum(amount_minor), 0) as bigint) from refunds
                     where refunds.attempt_id = batch.id and refunds.way = 'gateway'
                       and refunds.state = 'confirmed') as asked_refunds_minor,
                    (select cast(coalesce(sum(amount_minor), 0) as bigint) from refunds
                     where refunds.attempt_id = batch.id and refunds.way = 'by_hand'
                       and refunds.state = 'confirmed') as asked_by_hand_minor
             from (select id, order_id, merchant_id, mode, state, amount_minor, currency, returned_minor
                   from payment_attempts where id > $1 order by id limit $2) batch
             left join ledger_entries book on book.order_id = batch.order_id and book.attempt_id = batch.id
             group by batch.id, batch.order_id, batch.merchant_id, batch.mode, batch.state, batch.amount_minor,
                      batch.currency, batch.returned_minor
             order by batch.id",
            after.0,
            BATCH
        )?;
        Ok(rows.into_iter().map(AttemptStandingRow::read).collect())
    }

    /// Who should have been told that an order is paid, from the pair after `after` on, ordered by both
    /// keys: the staff who had joined before its money was booked. Orders that were counted in
    /// another way (restored money, the seller's word) are left out.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn paid_audience(
        &mut self,
        after: (OrderId, TelegramId),
    ) -> Result<Vec<PaidAudience>, StorageError> {
        let (after_order, after_person) = after;
        let rows = fetch_all!(
            self,
            (Uuid, i64),
            "select orders.id, staff.telegram_id
             from orders join staff on staff.merchant_id = orders.merchant_id
             where (orders.id > $1 or (orders.id = $1 and staff.telegram_id > $2))
               and orders.id >= $1 and orders.unit = 'used' and orders.accepted_at is null
               and not exists (select 1 from ledger_entries restored
                               where restored.order_id = orders.id and restored.kind = 'restored')
               and staff.joined_at < (select min(captured.booked_at) from ledger_entries captured
                                      where captured.order_id = orders.id and captured.kind = 'captured')
             order by orders.id, staff.telegram_id limit $3",
            after_order.0,
            after_person.0,
            BATCH
        )?;
        let audience = |(order_id, telegram_id)| PaidAudience {
            order_id: OrderId(order_id),
            telegram_id: TelegramId(telegram_id),
        };
        Ok(rows.into_iter().map(audience).collect())
    }

    /// Whether a message with this key was ever written.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn notification_exists(&mut self, dedupe_key: &str) -> Result<bool, StorageError> {
        let (found,): (i64,) = fetch_one!(
            self,
            (i64,),
            "select cast(count(*) as bigint) from notifications where dedupe_key = $1",
            dedupe_key
        )?;
        Ok(found > 0)
    }
}

impl LinkStandingRow {
    const fn read(self) -> LinkStanding {
        LinkStanding {
            id: LinkId(self.id),
            usage_limit: self.usage_limit,
            used: self.used,
            held: self.held,
            orders_using: self.orders_using,
            orders_holding: self.orders_holding,
            orders_over_limit: self.orders_over_limit,
        }
    }
}

impl OrderStandingRow {
    fn read(self) -> OrderStanding {
        OrderStanding {
            id: OrderId(self.id),
            state: OrderState::parse(&self.state),
            unit: Unit::parse(&self.unit),
            underpaid: self.underpaid,
            duplicate_payment: self.duplicate_payment,
            amount_minor: self.amount_minor,
            has_paid_at: self.paid_at.is_some(),
            hold_until: self.hold_until,
            live_attempts: self.live_attempts,
            balance_minor: self.balance_minor,
            captured_minor: self.captured_minor,
            charged_back_minor: self.charged_back_minor,
        }
    }
}

impl AttemptStandingRow {
    fn read(self) -> AttemptStanding {
        AttemptStanding {
            id: AttemptId(self.id),
            state: AttemptState::parse(&self.state),
            returned_minor: self.returned_minor,
            is_of_its_order: self.strangers == 0,
            balance_minor: self.balance_minor,
            captured_minor: self.captured_minor,
            booked_back_minor: self.booked_back_minor,
            refunded_minor: self.refunded_minor,
            by_hand_minor: self.by_hand_minor,
            asked_refunds_minor: self.asked_refunds_minor,
            asked_by_hand_minor: self.asked_by_hand_minor,
        }
    }
}
