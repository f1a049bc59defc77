//! What the operator should look at, and duties that one replica does for all.

use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

use super::query::{execute, fetch_all, fetch_optional};
use super::rows::{Reading, read_all};
use super::{Reader, StorageError, Writer};
use crate::domain::alert::{AlertKind, KeptAlert, OperatorAlert};
use crate::domain::id::{AlertId, MerchantId, TelegramId};

/// Alerts of one batch, newest first.
const ALERTS_MAX: i64 = 1_000;

#[derive(sqlx::FromRow)]
struct AlertRow {
    id: Uuid,
    kind: String,
    subject: String,
    what: String,
    merchant_id: Option<Uuid>,
    seen: i64,
    first_seen_at: DateTime<Utc>,
    told_at: Option<DateTime<Utc>>,
}

impl Reader {
    /// The newest thousand alerts, oldest of them first.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn alerts(&mut self) -> Result<Vec<KeptAlert>, StorageError> {
        let mut rows = fetch_all!(
            self,
            AlertRow,
            "select id, kind, subject, what, merchant_id, seen, first_seen_at, told_at from alerts
             order by first_seen_at desc, id desc limit $1",
            ALERTS_MAX
        )?;
        rows.reverse();
        read_all(rows, |row| Ok(row.read()?.1))
    }

    /// The oldest alert that nobody was told of.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn untold_alert(&mut self) -> Result<Option<(AlertId, OperatorAlert)>, StorageError> {
        let row = fetch_optional!(
            self,
            AlertRow,
            "select id, kind, subject, what, merchant_id, seen, first_seen_at, told_at from alerts
             where told_at is null order by first_seen_at, id limit 1"
        )?;
        let Some(row) = row else { return Ok(None) };
        let merchant_id = row.merchant_id.map(MerchantId);
        let (id, kept) = row.read()?;
        Ok(Some((id, OperatorAlert { kind: kept.kind, subject: kept.subject, what: kept.what, merchant_id })))
    }

    /// The people who came in by a claim link.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn admin_ids(&mut self) -> Result<Vec<TelegramId>, StorageError> {
        let rows = fetch_all!(self, (i64,), "select telegram_id from admins order by telegram_id")?;
        Ok(rows.into_iter().map(|(id,)| TelegramId(id)).collect())
    }

    /// The shop that was opened first.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn oldest_merchant(&mut self) -> Result<Option<MerchantId>, StorageError> {
        let row = fetch_optional!(self, (Uuid,), "select id from merchants order by created_at, id limit 1")?;
        Ok(row.map(|(id,)| MerchantId(id)))
    }
}

impl Writer {
    /// Writes an alert, once for each key; `None` when it was known, which is counted.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn insert_alert(&mut self, alert: &OperatorAlert) -> Result<Option<AlertId>, StorageError> {
        let (now, id) = (self.now(), AlertId::generate());
        let kept = fetch_optional!(
            self,
            (Uuid,),
            "insert into alerts (id, kind, subject, what, dedupe_key, merchant_id, first_seen_at, last_seen_at)
             values ($1, $2, $3, $4, $5, $6, $7, $7)
             on conflict (dedupe_key) do update set seen = alerts.seen + 1, last_seen_at = excluded.last_seen_at
             returning id",
            id.0,
            alert.kind.code(),
            &alert.subject,
            &alert.what,
            alert.dedupe_key(now),
            alert.merchant_id.map(|merchant_id| merchant_id.0),
            now
        )?;
        Ok(kept.filter(|(kept,)| *kept == id.0).map(|_| id))
    }

    /// Notes that messages about an alert were written; false when they were before.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn mark_alert_told(&mut self, id: AlertId) -> Result<bool, StorageError> {
        let now = self.now();
        let told =
            execute!(self, "update alerts set told_at = $2 where id = $1 and told_at is null", id.0, now)?;
        Ok(told == 1)
    }

    /// Forgets alerts that somebody was told of and that were last seen before an instant; gives how many.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn forget_alerts(&mut self, seen_before: DateTime<Utc>) -> Result<u64, StorageError> {
        execute!(self, "delete from alerts where told_at is not null and last_seen_at < $1", seen_before)
    }

    /// Takes up a duty unless some replica did so within the last `gap`; says whether it is ours.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn take_duty(&mut self, name: &str, gap: TimeDelta) -> Result<bool, StorageError> {
        let now = self.now();
        let taken = execute!(
            self,
            "insert into duties (name, taken_at) values ($1, $2)
             on conflict (name) do update set taken_at = excluded.taken_at where duties.taken_at <= $3",
            name,
            now,
            now - gap
        )?;
        Ok(taken == 1)
    }
}

impl AlertRow {
    fn read(self) -> Result<(AlertId, KeptAlert), StorageError> {
        let kind = Reading::of("alerts", self.id).some("kind", AlertKind::parse(&self.kind))?;
        let kept = KeptAlert {
            kind,
            subject: self.subject,
            what: self.what,
            seen: self.seen,
            first_seen_at: self.first_seen_at,
            told_at: self.told_at,
        };
        Ok((AlertId(self.id), kept))
    }
}
