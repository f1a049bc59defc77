//! An order's money: the book and what is on its way back, in one look.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::query::fetch_all;
use super::rows::Reading;
use super::{Reader, StorageError};
use crate::domain::id::AttemptId;
use crate::domain::ledger::EntryKind;
use crate::domain::order::Order;
use crate::domain::order_money::{MoneyMove, OrderMoney};

#[derive(sqlx::FromRow)]
pub(super) struct MoveRow {
    id: Uuid,
    /// The kind in the book; none of a return that is not booked yet.
    kind: Option<String>,
    attempt_id: Uuid,
    amount_minor: i64,
    moved_at: DateTime<Utc>,
}

impl Reader {
    /// Every movement of an order's money; what is only noted moves nothing and is left out. It is one
    /// statement, so that a return is never missing between its request and its booking, and none for
    /// an order that holds no money, as most open pages show.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn order_money(&mut self, order: &Order) -> Result<OrderMoney, StorageError> {
        if !order.may_hold_money() {
            return Ok(OrderMoney::default());
        }
        let rows = fetch_all!(
            self,
            MoveRow,
            "select ledger_entries.id as id, ledger_entries.kind as kind,
                    ledger_entries.attempt_id as attempt_id, ledger_entries.amount_minor as amount_minor,
                    case when ledger_entries.kind = 'captured'
                        then coalesce(payment_attempts.settled_at, ledger_entries.booked_at)
                        else ledger_entries.booked_at end as moved_at,
                    ledger_entries.sequence as place
             from ledger_entries join payment_attempts on payment_attempts.id = ledger_entries.attempt_id
             where ledger_entries.order_id = $1 and ledger_entries.amount_minor <> 0
             union all
             select id, cast(null as text), attempt_id, amount_minor, requested_at, 9223372036854775807
             from refunds where order_id = $1 and state in ('requested', 'accepted')
             order by place, id",
            order.id.0
        )?;
        let moves = rows.into_iter().map(MoveRow::read).collect::<Result<_, _>>()?;
        Ok(OrderMoney { moves })
    }
}

impl MoveRow {
    pub(super) const fn new(
        id: Uuid,
        kind: Option<String>,
        attempt_id: Uuid,
        amount_minor: i64,
        moved_at: DateTime<Utc>,
    ) -> Self {
        Self { id, kind, attempt_id, amount_minor, moved_at }
    }

    pub(super) fn read(self) -> Result<MoneyMove, StorageError> {
        let reading = Reading::of("ledger_entries", self.id);
        let entry = self.kind.map(|kind| reading.some("kind", EntryKind::parse(&kind))).transpose()?;
        Ok(MoneyMove {
            entry,
            attempt_id: AttemptId(self.attempt_id),
            amount_minor: self.amount_minor.abs(),
            at: self.moved_at,
        })
    }
}
