//! Methods that a gateway does not let an account use.

use chrono::{DateTime, Utc};

use super::query::{execute, fetch_all};
use super::{Reader, StorageError, Writer};
use crate::domain::attempt::AccountCode;
use crate::domain::payment_method::PaymentMethod;

#[derive(sqlx::FromRow)]
struct RefusedMethodRow {
    account: String,
    method: String,
}

impl Reader {
    /// What was refused to which account after `since`. Methods that this program does not know are left out.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn refused_methods(
        &mut self,
        since: DateTime<Utc>,
    ) -> Result<Vec<(AccountCode, PaymentMethod)>, StorageError> {
        let rows = fetch_all!(
            self,
            RefusedMethodRow,
            "select account, method from refused_methods where refused_at > $1",
            since
        )?;
        let known = |row: RefusedMethodRow| {
            PaymentMethod::parse(&row.method).map(|method| (AccountCode(row.account), method))
        };
        Ok(rows.into_iter().filter_map(known).collect())
    }
}

impl Writer {
    /// Notes that a method was refused to an account just now, and forgets what was refused before `since`.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn note_refused_method(
        &mut self,
        account: &AccountCode,
        method: PaymentMethod,
        since: DateTime<Utc>,
    ) -> Result<(), StorageError> {
        let now = self.now();
        execute!(self, "delete from refused_methods where refused_at <= $1", since)?;
        execute!(
            self,
            "insert into refused_methods (account, method, refused_at) values ($1, $2, $3)
             on conflict (account, method) do update set refused_at = excluded.refused_at",
            &account.0,
            method.code(),
            now
        )?;
        Ok(())
    }
}
