//! The shops' books. Rows are only ever added.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::query::{execute, fetch_all, fetch_one};
use super::rows::Reading;
use super::{Reader, StorageError, Writer};
use crate::domain::id::{AttemptId, LedgerEntryId, MerchantId, OrderId};
use crate::domain::ledger::{EntryKind, LedgerEntry, LedgerLine};
use crate::domain::merchant::Mode;
use crate::domain::money::Currency;

/// A row of the book with its seal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SealedEntry {
    /// The row.
    pub entry: LedgerEntry,
    /// Its seal.
    pub seal: Vec<u8>,
}

#[derive(sqlx::FromRow)]
pub(super) struct LedgerRow {
    merchant_id: Uuid,
    pub(super) sequence: i64,
    order_id: Uuid,
    attempt_id: Uuid,
    mode: String,
    kind: String,
    amount_minor: i64,
    memo_minor: i64,
    currency: String,
    booked_at: DateTime<Utc>,
    seal: Vec<u8>,
}

impl Reader {
    /// What stands in the ledger: the order's sum, the attempt's sum, all that was captured for the
    /// order, and what memos say of the attempt, in minor units.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn balances(
        &mut self,
        order_id: OrderId,
        attempt_id: AttemptId,
    ) -> Result<(i64, i64, i64, i64), StorageError> {
        fetch_one!(
            self,
            (i64, i64, i64, i64),
            "select cast(coalesce(sum(amount_minor), 0) as bigint),
                    cast(coalesce(sum(case when attempt_id = $2 then amount_minor else 0 end), 0) as bigint),
                    cast(coalesce(sum(case when kind in ('captured', 'restored') then amount_minor else 0 end), 0)
                         as bigint),
                    cast(coalesce(sum(case when attempt_id = $2 then memo_minor else 0 end), 0) as bigint)
             from ledger_entries where order_id = $1",
            order_id.0,
            attempt_id.0
        )
    }

    /// A shop's book from its first row.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn ledger(&mut self, merchant_id: MerchantId) -> Result<Vec<SealedEntry>, StorageError> {
        let rows = fetch_all!(
            self,
            LedgerRow,
            "select merchant_id, sequence, order_id, attempt_id, mode, kind, amount_minor, memo_minor, currency,
                    booked_at, seal
             from ledger_entries where merchant_id = $1 order by sequence",
            merchant_id.0
        )?;
        rows.into_iter().map(LedgerRow::read).collect()
    }
}

impl LedgerRow {
    pub(super) fn read(self) -> Result<SealedEntry, StorageError> {
        let reading = Reading::of("ledger_entries", format!("{}/{}", self.merchant_id, self.sequence));
        let line = LedgerLine {
            kind: reading.some("kind", EntryKind::parse(&self.kind))?,
            amount_minor: self.amount_minor,
            memo_minor: self.memo_minor,
        };
        let entry = LedgerEntry {
            merchant_id: MerchantId(self.merchant_id),
            sequence: self.sequence,
            order_id: OrderId(self.order_id),
            attempt_id: AttemptId(self.attempt_id),
            mode: reading.some("mode", Mode::parse(&self.mode))?,
            line,
            currency: reading.some("currency", Currency::parse(&self.currency))?,
            booked_at: self.booked_at,
        };
        Ok(SealedEntry { entry, seal: self.seal })
    }
}

impl Writer {
    /// Takes the shop's book for the rest of the transaction: who books money does this first, so
    /// that money of one shop is booked one after the other and shops never wait for each other.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn lock_ledger(&mut self, merchant_id: MerchantId) -> Result<(), StorageError> {
        execute!(
            self,
            "update merchants set ledger_sequence = ledger_sequence where id = $1",
            merchant_id.0
        )?;
        Ok(())
    }

    /// Adds a row to the shop's book. `entry.sequence` is found here.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn append_ledger(&mut self, mut entry: LedgerEntry) -> Result<(), StorageError> {
        let (sequence, previous): (i64, Vec<u8>) = fetch_one!(
            self,
            (i64, Vec<u8>),
            "update merchants set ledger_sequence = ledger_sequence + 1 where id = $1
             returning ledger_sequence, ledger_seal",
            entry.merchant_id.0
        )?;
        entry.sequence = sequence;
        let seal = entry.seal(&previous);
        execute!(self, "update merchants set ledger_seal = $2 where id = $1", entry.merchant_id.0, &seal)?;
        execute!(
            self,
            "insert into ledger_entries (id, merchant_id, sequence, order_id, attempt_id, mode, kind, amount_minor,
                 memo_minor, currency, booked_at, seal)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
            LedgerEntryId::generate().0,
            entry.merchant_id.0,
            entry.sequence,
            entry.order_id.0,
            entry.attempt_id.0,
            entry.mode.code(),
            entry.line.kind.code(),
            entry.line.amount_minor,
            entry.line.memo_minor,
            entry.currency.code(),
            entry.booked_at,
            &seal
        )?;
        Ok(())
    }
}
