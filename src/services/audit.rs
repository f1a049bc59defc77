//! Whether the books, the counters, the orders and the messages still say the same.

use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

use super::telling::paid_key;
use super::{ServiceError, Services};
use crate::domain::alert::{AlertKind, OperatorAlert};
use crate::domain::audit::{AuditReport, BookReading};
use crate::domain::id::{AttemptId, LinkId, MerchantId, OrderId, TelegramId};
use crate::storage::audit::BookHead;
use crate::storage::{Reader, Storage, StorageError};

/// How often the books are audited.
const AUDIT_GAP: TimeDelta = TimeDelta::hours(1);

/// Looks at every row that money depends on, as of one instant, in batches. Nothing is changed and
/// nobody waits. It needs nothing but the database, so it also runs beside a stopped service.
///
/// # Errors
/// When the database cannot be asked. What it says wrongly is in the report.
pub async fn audit(storage: &Storage) -> Result<AuditReport, ServiceError> {
    audit_at(storage, storage.now().await?).await
}

/// The [`audit`] as of another time: a copy is judged by the time at which it was taken.
///
/// # Errors
/// As [`audit`].
pub async fn audit_at(storage: &Storage, now: DateTime<Utc>) -> Result<AuditReport, ServiceError> {
    let mut snapshot = storage.snapshot().await?;
    let mut report = AuditReport::default();
    audit_books(&mut snapshot, &mut report).await?;
    audit_links(&mut snapshot, &mut report).await?;
    audit_orders(&mut snapshot, &mut report, now).await?;
    audit_attempts(&mut snapshot, &mut report).await?;
    audit_messages(&mut snapshot, &mut report).await?;
    snapshot.end().await?;
    Ok(report)
}

impl Services {
    /// Audits and, when something does not fit, tells the operator of the first bad row. Gives
    /// whether everything fits.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn watch_books(&self) -> Result<bool, ServiceError> {
        self.recount_paid_orders().await?;
        let report = self.audit().await?;
        let Some(first) = report.faults.first() else {
            tracing::info!(orders = report.orders, ledger.rows = report.ledger_entries, "the books fit");
            return Ok(true);
        };
        tracing::error!(faults = report.faults.len(), "the books do not fit:\n{report}");
        let alert = OperatorAlert {
            kind: AlertKind::BooksDoNotFit,
            subject: format!("{} {}", first.table, first.row),
            what: first.what.clone(),
            merchant_id: None,
        };
        self.raise_alert(alert).await?;
        Ok(false)
    }

    /// Counts paid orders again where a program of an earlier version booked some without counting them. Nobody
    /// who writes waits while the shops are looked through.
    async fn recount_paid_orders(&self) -> Result<(), ServiceError> {
        let mut after = MerchantId(Uuid::nil());
        loop {
            let heads = self.storage.read().await?.book_heads(after).await?;
            let Some(last) = heads.last() else { return Ok(()) };
            after = last.merchant_id;
            for head in heads.iter().filter(|head| head.paid_orders < head.live_orders_paid) {
                let mut writer = self.storage.write().await?;
                writer.recount_paid_orders(head.merchant_id).await?;
                writer.commit().await?;
            }
        }
    }

    /// Takes up the hourly audit; false when another replica did within the hour.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn take_up_audit(&self) -> Result<bool, ServiceError> {
        let mut writer = self.storage.write().await?;
        let is_ours = writer.take_duty("audit", AUDIT_GAP).await?;
        writer.commit().await?;
        Ok(is_ours)
    }

    /// The [`audit`] of this service's database.
    ///
    /// # Errors
    /// As [`audit`].
    pub async fn audit(&self) -> Result<AuditReport, ServiceError> {
        audit(&self.storage).await
    }
}

async fn audit_books(reader: &mut Reader, report: &mut AuditReport) -> Result<(), StorageError> {
    let mut after = MerchantId(Uuid::nil());
    loop {
        let heads = reader.book_heads(after).await?;
        let Some(last) = heads.last() else { return Ok(()) };
        after = last.merchant_id;
        for head in &heads {
            report.shops += 1;
            audit_book(reader, report, head).await?;
        }
    }
}

async fn audit_book(
    reader: &mut Reader,
    report: &mut AuditReport,
    head: &BookHead,
) -> Result<(), StorageError> {
    let mut book = BookReading::new();
    loop {
        let rows = reader.book_rows(head.merchant_id, book.sequence()).await?;
        if rows.is_empty() {
            break;
        }
        for (sequence, row) in rows {
            report.ledger_entries += 1;
            let fault = match row {
                Ok(row) => book.read(&row.entry, &row.seal),
                Err(error) => {
                    book.skip(sequence);
                    Some(reason(error))
                }
            };
            if let Some(fault) = fault {
                report.add("ledger_entries", format!("{}/{sequence}", head.merchant_id), fault);
            }
        }
    }
    if let Some(fault) = book.close(head.sequence, &head.seal) {
        report.add("merchants", head.merchant_id, fault);
    }
    // Fewer is what a program of an earlier version leaves behind, until they are counted again.
    if head.paid_orders > head.live_orders_paid {
        let (said, there) = (head.paid_orders, head.live_orders_paid);
        report.add("merchants", head.merchant_id, format!("it says {said} paid orders, there are {there}"));
    }
    Ok(())
}

/// What is wrong with a row that cannot be read; the fault names the row already.
fn reason(error: StorageError) -> String {
    match error {
        StorageError::Unreadable { reason, .. } => reason,
        other => other.to_string(),
    }
}

async fn audit_links(reader: &mut Reader, report: &mut AuditReport) -> Result<(), StorageError> {
    let mut after = LinkId(Uuid::nil());
    loop {
        let standings = reader.link_standings(after).await?;
        let Some(last) = standings.last() else { return Ok(()) };
        after = last.id;
        for standing in &standings {
            report.links += 1;
            if let Some(fault) = standing.fault() {
                report.add("payment_links", standing.id, fault);
            }
        }
    }
}

async fn audit_orders(
    reader: &mut Reader,
    report: &mut AuditReport,
    now: DateTime<Utc>,
) -> Result<(), StorageError> {
    let mut after = OrderId(Uuid::nil());
    loop {
        let standings = reader.order_standings(after).await?;
        let Some(last) = standings.last() else { return Ok(()) };
        after = last.id;
        for standing in &standings {
            report.orders += 1;
            if let Some(fault) = standing.fault(now) {
                report.add("orders", standing.id, fault);
            }
        }
    }
}

async fn audit_attempts(reader: &mut Reader, report: &mut AuditReport) -> Result<(), StorageError> {
    let mut after = AttemptId(Uuid::nil());
    loop {
        let standings = reader.attempt_standings(after).await?;
        let Some(last) = standings.last() else { return Ok(()) };
        after = last.id;
        for standing in &standings {
            report.attempts += 1;
            if let Some(fault) = standing.fault() {
                report.add("payment_attempts", standing.id, fault);
            }
        }
    }
}

async fn audit_messages(reader: &mut Reader, report: &mut AuditReport) -> Result<(), StorageError> {
    let mut after = (OrderId(Uuid::nil()), TelegramId(i64::MIN));
    loop {
        let audience = reader.paid_audience(after).await?;
        let Some(last) = audience.last() else { return Ok(()) };
        after = (last.order_id, last.telegram_id);
        for member in &audience {
            report.notifications += 1;
            let key = format!("{}:{}", paid_key(member.order_id), member.telegram_id);
            if !reader.notification_exists(&key).await? {
                report.add("notifications", key, "it is missing: nobody told them that the order is paid");
            }
        }
    }
}
