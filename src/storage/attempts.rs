//! Charges at a gateway.

use chrono::{DateTime, Utc};

use super::query::{execute, fetch_all, fetch_optional};
use super::rows::{AttemptRow, read_all, read_optional};
use super::{Reader, StorageError, Writer};
use crate::domain::attempt::{GatewayOrderId, PaymentAttempt};
use crate::domain::id::{AttemptId, OrderId};

/// The columns of an attempt, as [`AttemptRow`] reads them.
macro_rules! attempt_columns {
    () => {
        "id, order_id, merchant_id, account, mode, gateway_order_id, transaction_id, method, state, amount_minor, \
         currency, instructions, pay_by, returned_minor, restoring_since, version, created_at"
    };
}
pub(super) use attempt_columns;

impl Reader {
    /// An attempt.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn attempt(&mut self, id: AttemptId) -> Result<Option<PaymentAttempt>, StorageError> {
        let row = fetch_optional!(
            self,
            AttemptRow,
            concat!("select ", attempt_columns!(), " from payment_attempts where id = $1"),
            id.0
        )?;
        read_optional(row, AttemptRow::read)
    }

    /// The attempt that a gateway knows by this id: the exact text, nothing near it.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn attempt_by_gateway_id(
        &mut self,
        id: &GatewayOrderId,
    ) -> Result<Option<PaymentAttempt>, StorageError> {
        let row = fetch_optional!(
            self,
            AttemptRow,
            concat!("select ", attempt_columns!(), " from payment_attempts where gateway_order_id = $1"),
            id.as_str()
        )?;
        read_optional(row, AttemptRow::read)
    }

    /// An order's attempts, oldest first.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn attempts(&mut self, order_id: OrderId) -> Result<Vec<PaymentAttempt>, StorageError> {
        let rows = fetch_all!(
            self,
            AttemptRow,
            concat!("select ", attempt_columns!(), " from payment_attempts where order_id = $1 order by id"),
            order_id.0
        )?;
        read_all(rows, AttemptRow::read)
    }
}

impl Writer {
    /// Writes a new attempt, to be asked about at `pull_due_at` if nothing is heard.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn insert_attempt(
        &mut self,
        attempt: &PaymentAttempt,
        pull_due_at: DateTime<Utc>,
    ) -> Result<(), StorageError> {
        execute!(
            self,
            "insert into payment_attempts (id, order_id, merchant_id, account, mode, gateway_order_id, method,
                 state, amount_minor, currency, pay_by, pull_due_at, created_at, updated_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $13)",
            attempt.id.0,
            attempt.order_id.0,
            attempt.merchant_id.0,
            &attempt.account.0,
            attempt.mode.code(),
            attempt.gateway_order_id.as_str(),
            attempt.method.code(),
            attempt.state.code(),
            attempt.amount.minor(),
            attempt.amount.currency().code(),
            attempt.pay_by,
            pull_due_at,
            attempt.created_at
        )?;
        Ok(())
    }

    /// Writes an attempt's standing, guarded by the version that was read; false when someone else
    /// was faster. A transaction id, once bound, stays.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn update_attempt(&mut self, attempt: &PaymentAttempt) -> Result<bool, StorageError> {
        let now = self.now();
        let instructions = attempt
            .instructions
            .as_ref()
            .map(serde_json::to_string)
            .transpose()
            .map_err(|error| sqlx::Error::Encode(error.into()))?;
        let updated = execute!(
            self,
            "update payment_attempts set state = $3, transaction_id = coalesce(transaction_id, $4),
                 instructions = coalesce($5, instructions), returned_minor = $6, restoring_since = $7,
                 updated_at = $8, version = version + 1
             where id = $1 and version = $2",
            attempt.id.0,
            attempt.version,
            attempt.state.code(),
            attempt.transaction_id.as_deref(),
            instructions,
            attempt.returned_minor,
            attempt.restoring_since,
            now
        )?;
        self.ring_order(attempt.order_id);
        Ok(updated == 1)
    }
}
