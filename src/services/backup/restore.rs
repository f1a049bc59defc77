//! Restoring: all rows in one transaction, then whatever went on after the copy is asked about.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use chrono::{DateTime, TimeDelta, Utc};

use super::container::BackupReader;
use super::{BackupError, Foot, Head, Mark};
use crate::domain::alert::{AlertKind, OperatorAlert};
use crate::domain::audit::AuditReport;
use crate::domain::clock::ShiftedClock;
use crate::services::audit::audit_at;
use crate::services::sealing::Sealer;
use crate::storage::schema::{Table, judge};
use crate::storage::{Storage, StorageError, Writer};

/// How far back before the copy charges are asked about that had come to an end in it: longer than
/// any gateway lets a customer pay late.
const LOOK_BACK: TimeDelta = TimeDelta::days(7);

/// What was restored.
#[derive(Debug)]
pub struct Restored {
    /// The instant whose rows are there now.
    pub taken_at: DateTime<Utc>,
    /// Rows of all tables.
    pub rows: u64,
    /// Charges that gateways are asked about when the service starts.
    pub charges_to_ask: u64,
    /// What an audit found.
    pub report: AuditReport,
}

/// Restores a backup into an empty database, on either kind of it. All rows are there or none. Then
/// the schema is brought up to date, the books are audited, and every charge that may have moved on
/// since the copy is due to be asked about.
///
/// # Errors
/// When the database is not empty, the file is no whole backup, was sealed with another key, or is
/// a newer version's.
pub async fn restore(
    database_url: &str,
    time: ShiftedClock,
    sealer: &Sealer,
    file: &Path,
    progress: &mut (dyn FnMut(&str) + Send),
) -> Result<Restored, BackupError> {
    let failed = |error| BackupError::File { file: file.to_owned(), error };
    let open = File::open(file).map_err(failed)?;
    let mut backup = Lines { reader: BackupReader::start(open, sealer.clone()).map_err(failed)?, file };
    let Some(Line::Mark(Mark::Head(head))) = backup.next()? else {
        return Err(unreadable("its head is missing"));
    };
    match judge(&head.steps) {
        Ok(()) => {}
        Err(StorageError::Newer { .. }) => return Err(BackupError::Newer(head.program)),
        Err(_) => return Err(unreadable("its schema is not one of Tautan's")),
    }
    let storage = Storage::open_empty(database_url, time.clone(), &head.steps).await?;
    let (rows, mut writer) = paste(&storage, &mut backup, progress).await?;
    let charges_to_ask = reconcile(&mut writer, &head).await?;
    writer.commit().await?;
    storage.close().await;
    drop(storage);
    let finished = finish(database_url, time, &head, charges_to_ask).await;
    let report = finished.map_err(|error| BackupError::RowsAlone(Box::new(error)))?;
    Ok(Restored { taken_at: head.taken_at, rows, charges_to_ask, report })
}

/// Takes the restored rows to the newest schema, tells the operator, and audits the books.
async fn finish(
    database_url: &str,
    time: ShiftedClock,
    head: &Head,
    charges_to_ask: u64,
) -> Result<AuditReport, BackupError> {
    let storage = Storage::open(database_url, time).await?;
    note(&storage, head, charges_to_ask).await?;
    let report = audit_at(&storage, head.taken_at).await.map_err(|error| match error {
        crate::services::ServiceError::Storage(error) => BackupError::Storage(error),
        other => unreadable(&other.to_string()),
    })?;
    storage.close().await;
    Ok(report)
}

/// Writes every row; the caller commits.
async fn paste<R: Read>(
    storage: &Storage,
    backup: &mut Lines<'_, R>,
    progress: &mut (dyn FnMut(&str) + Send),
) -> Result<(u64, Writer), BackupError> {
    let mut writer = storage.write().await?;
    let known = writer.tables().await?;
    let mut found = Foot { tables: 0, rows: 0 };
    loop {
        match backup.next()? {
            Some(Line::Mark(Mark::Table(table))) => {
                // Names from the file go into statements only when the schema has them.
                let Some(ours) = known.iter().find(|ours| is_same(ours, &table)) else {
                    return Err(unreadable(&format!("there is no such table as its {}", table.name)));
                };
                let rows = paste_table(&mut writer, backup, &table).await?;
                writer.drop_leases(ours).await?;
                progress(&format!("{}: {rows} rows", table.name));
                found.tables += 1;
                found.rows += rows;
            }
            Some(Line::Mark(Mark::Foot(foot))) if foot == found && foot.tables == known.len() => break,
            _ => return Err(unreadable("its tables are not those that it counts")),
        }
    }
    if backup.next()?.is_some() {
        return Err(unreadable("something stands behind its end"));
    }
    Ok((found.rows, writer))
}

/// The databases may keep columns in another order, when steps were taken in another one.
fn is_same(ours: &Table, theirs: &Table) -> bool {
    ours.name == theirs.name
        && ours.columns.len() == theirs.columns.len()
        && theirs.columns.iter().all(|column| ours.columns.contains(column))
}

async fn paste_table<R: Read>(
    writer: &mut Writer,
    backup: &mut Lines<'_, R>,
    table: &Table,
) -> Result<u64, BackupError> {
    let mut rows = 0;
    loop {
        match backup.next()? {
            Some(Line::Row(values)) => writer.paste_row(table, &values).await?,
            Some(Line::Mark(Mark::Rows(counted))) if counted == rows => return Ok(rows),
            _ => return Err(unreadable(&format!("rows of {} are missing", table.name))),
        }
        rows += 1;
    }
}

/// What the copy does not know yet is found out: charges become due, and what the bot was asked before
/// the copy is not answered hours later. In the transaction of the rows: a copy that is there without
/// this would look whole. Whatever it touches was there in the first schema.
async fn reconcile(writer: &mut Writer, head: &Head) -> Result<u64, BackupError> {
    let charges = writer.pull_everything(head.taken_at - LOOK_BACK).await?;
    writer.finish_waiting_updates().await?;
    Ok(charges)
}

/// Leaves word for the operator.
async fn note(storage: &Storage, head: &Head, charges: u64) -> Result<(), BackupError> {
    let mut writer = storage.write().await?;
    let alert = OperatorAlert {
        kind: AlertKind::Restored,
        subject: format!("{}Z", head.taken_at.format("%Y-%m-%d %H:%M:%S")),
        what: format!("{charges} charges may have moved on since then"),
        merchant_id: None,
    };
    writer.insert_alert(&alert).await?;
    Ok(writer.commit().await?)
}

struct Lines<'a, R: Read> {
    reader: BackupReader<R>,
    file: &'a Path,
}

enum Line {
    Mark(Mark),
    Row(Vec<serde_json::Value>),
}

impl<R: Read> Lines<'_, R> {
    fn next(&mut self) -> Result<Option<Line>, BackupError> {
        let failed = |error: io::Error| BackupError::File { file: self.file.to_owned(), error };
        let Some(line) = self.reader.line().map_err(failed)? else { return Ok(None) };
        let read = if line.starts_with('[') {
            serde_json::from_str(&line).map(Line::Row)
        } else {
            serde_json::from_str(&line).map(Line::Mark)
        };
        read.map(Some).map_err(|_| unreadable("a line of it says nothing known"))
    }
}

fn unreadable(reason: &str) -> BackupError {
    BackupError::Unreadable(reason.to_owned())
}
