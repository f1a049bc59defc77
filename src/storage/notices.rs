//! Gateway notices, as hints that were written down. Their bodies are not kept: nothing is decided
//! by them, and they name customers.

use uuid::Uuid;

use super::query::{execute, fetch_all, fetch_one};
use super::{Reader, StorageError, Writer};
use crate::domain::attempt::AccountCode;
use crate::domain::id::{AttemptId, NoticeId};
use crate::domain::report::GatewayNotice;

impl Writer {
    /// Writes a notice down; false when the same one was seen before, which is counted.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn store_notice(
        &mut self,
        account: &AccountCode,
        notice: &GatewayNotice,
        attempt_id: Option<AttemptId>,
    ) -> Result<bool, StorageError> {
        let now = self.now();
        let id = NoticeId::generate();
        let (kept,): (Uuid,) = fetch_one!(
            self,
            (Uuid,),
            "insert into gateway_notices (id, account, gateway_order_id, attempt_id, fingerprint, claimed_status,
                 first_seen_at, last_seen_at)
             values ($1, $2, $3, $4, $5, $6, $7, $7)
             on conflict (account, gateway_order_id, fingerprint)
                 do update set seen = gateway_notices.seen + 1, last_seen_at = excluded.last_seen_at
             returning id",
            id.0,
            &account.0,
            notice.gateway_order_id.as_str(),
            attempt_id.map(|attempt_id| attempt_id.0),
            &notice.fingerprint,
            &notice.claimed_status,
            now
        )?;
        Ok(kept == id.0)
    }

    /// Forgets notices that were last seen before an instant; gives how many.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn forget_notices(
        &mut self,
        last_seen_before: chrono::DateTime<chrono::Utc>,
    ) -> Result<u64, StorageError> {
        execute!(self, "delete from gateway_notices where last_seen_at < $1", last_seen_before)
    }
}

impl Reader {
    /// The gateway order ids that genuine notices named and that are unknown here: the newest
    /// thousand, oldest of them first.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn orphans(&mut self) -> Result<Vec<String>, StorageError> {
        let mut rows = fetch_all!(
            self,
            (String, Uuid),
            "select gateway_order_id, id from gateway_notices where attempt_id is null
             order by first_seen_at desc, id desc limit 1000"
        )?;
        rows.reverse();
        let mut ids: Vec<String> = rows.into_iter().map(|(id, _)| id).collect();
        ids.dedup();
        Ok(ids)
    }
}
