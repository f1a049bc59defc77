//! Whole tables as JSON, the same from both databases: what a backup is made of. The only
//! statements that are put together at run time; their names come from the schema itself.

use std::ops::ControlFlow;

use chrono::{DateTime, Utc};
use data_encoding::BASE64;
use futures::TryStreamExt;
use serde_json::Value;
use sqlx::{AssertSqlSafe, Row};
use uuid::Uuid;

use super::query::{execute, fetch_one, on_connection};
use super::schema::{Column, ColumnKind, Table};
use super::{Reader, StorageError, Writer};

/// Which rows of a table, in which order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RowsOf {
    /// The column that says whose they are.
    pub column: &'static str,
    /// Whose.
    pub key: Uuid,
    /// The columns that order them.
    pub order_by: &'static str,
}

impl Reader {
    /// Hands out each row of a table as one JSON value a column, in the order of the table's columns,
    /// until the taker has enough. Keys and bytes are text, instants milliseconds.
    ///
    /// # Errors
    /// When the database cannot be asked or a value is not what its column says.
    pub async fn copy_rows(
        &mut self,
        table: &Table,
        take: impl FnMut(Vec<Value>) -> ControlFlow<()>,
    ) -> Result<(), StorageError> {
        self.copy_rows_of(table, None, take).await
    }

    /// [`Reader::copy_rows`] of some rows alone, in an order.
    ///
    /// # Errors
    /// As [`Reader::copy_rows`].
    pub async fn copy_rows_of(
        &mut self,
        table: &Table,
        of: Option<RowsOf>,
        mut take: impl FnMut(Vec<Value>) -> ControlFlow<()>,
    ) -> Result<(), StorageError> {
        let mut statement = format!("select {} from {}", names(&table.columns), quoted(&table.name));
        if let Some(RowsOf { column, order_by, .. }) = of {
            statement = format!("{statement} where {} = $1 order by {order_by}", quoted(column));
        }
        on_connection!(self, |connection| {
            let query = sqlx::query(AssertSqlSafe(statement));
            let query = match of {
                Some(RowsOf { key, .. }) => query.bind(key),
                None => query,
            };
            let mut rows = query.fetch(connection);
            async {
                while let Some(row) = rows.try_next().await? {
                    let mut values = Vec::with_capacity(table.columns.len());
                    for (index, column) in table.columns.iter().enumerate() {
                        let value = match column.kind {
                            ColumnKind::Uuid => {
                                row.try_get::<Option<Uuid>, _>(index)?.map(|id| id.to_string().into())
                            }
                            ColumnKind::Text => row.try_get::<Option<String>, _>(index)?.map(Value::from),
                            ColumnKind::Bigint => row.try_get::<Option<i64>, _>(index)?.map(Value::from),
                            ColumnKind::Boolean => row.try_get::<Option<bool>, _>(index)?.map(Value::from),
                            ColumnKind::Timestamptz => row
                                .try_get::<Option<DateTime<Utc>>, _>(index)?
                                .map(|instant| instant.timestamp_millis().into()),
                            ColumnKind::Bytea => row
                                .try_get::<Option<Vec<u8>>, _>(index)?
                                .map(|bytes| BASE64.encode(&bytes).into()),
                        };
                        values.push(value.unwrap_or(Value::Null));
                    }
                    if take(values).is_break() {
                        break;
                    }
                }
                Ok::<_, sqlx::Error>(())
            }
            .await
        })
    }

    /// How many rows a table has.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn count_rows(&mut self, table: &Table) -> Result<i64, StorageError> {
        let statement = format!("select cast(count(*) as bigint) from {}", quoted(&table.name));
        let (rows,): (i64,) = fetch_one!(self, (i64,), AssertSqlSafe(statement.clone()))?;
        Ok(rows)
    }
}

impl Writer {
    /// Writes a row as [`Reader::copy_rows`] gave it.
    ///
    /// # Errors
    /// When the database refuses it, or a value is not what its column says.
    pub async fn paste_row(&mut self, table: &Table, values: &[Value]) -> Result<(), StorageError> {
        let places: Vec<String> = (1..=table.columns.len()).map(|place| format!("${place}")).collect();
        let statement = format!(
            "insert into {} ({}) values ({})",
            quoted(&table.name),
            names(&table.columns),
            places.join(", ")
        );
        if values.len() != table.columns.len() {
            return Err(misfit(table, "the row has another number of values"));
        }
        on_connection!(self, |connection| {
            let mut query = sqlx::query(AssertSqlSafe(statement));
            for (column, value) in table.columns.iter().zip(values) {
                let unfit = || misfit(table, &format!("column {} holds something else", column.name));
                query = match column.kind {
                    ColumnKind::Uuid => {
                        query.bind(text(value, |text| text.parse::<Uuid>().ok()).ok_or_else(unfit)?)
                    }
                    ColumnKind::Text => {
                        query.bind(text(value, |text| Some(text.to_owned())).ok_or_else(unfit)?)
                    }
                    ColumnKind::Bigint => query.bind(optional(value, Value::as_i64).ok_or_else(unfit)?),
                    ColumnKind::Boolean => query.bind(optional(value, Value::as_bool).ok_or_else(unfit)?),
                    ColumnKind::Timestamptz => query.bind(
                        optional(value, |value| value.as_i64().and_then(DateTime::from_timestamp_millis))
                            .ok_or_else(unfit)?,
                    ),
                    ColumnKind::Bytea => {
                        query.bind(text(value, |text| BASE64.decode(text.as_bytes()).ok()).ok_or_else(unfit)?)
                    }
                };
            }
            query.execute(connection).await.map(|_| ())
        })
    }

    /// Lets go of every lease in a table that has them: who held them is gone.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn drop_leases(&mut self, table: &Table) -> Result<(), StorageError> {
        let leases = table.columns.iter().filter(|column| column.name.starts_with("leased_"));
        let leases: Vec<String> = leases.map(|column| quoted(&column.name)).collect();
        if !leases.is_empty() {
            let nulls: Vec<String> = leases.iter().map(|lease| format!("{lease} = null")).collect();
            let held: Vec<String> = leases.iter().map(|lease| format!("{lease} is not null")).collect();
            let statement = format!(
                "update {} set {} where {}",
                quoted(&table.name),
                nulls.join(", "),
                held.join(" or ")
            );
            execute!(self, AssertSqlSafe(statement.clone()))?;
        }
        Ok(())
    }
}

/// A value that may be null; `None` when it is neither null nor what it should be.
#[expect(clippy::option_option, reason = "an empty column is no misfit")]
fn optional<T>(value: &Value, read: impl FnOnce(&Value) -> Option<T>) -> Option<Option<T>> {
    if value.is_null() { Some(None) } else { read(value).map(Some) }
}

#[expect(clippy::option_option, reason = "an empty column is no misfit")]
fn text<T>(value: &Value, read: impl FnOnce(&str) -> Option<T>) -> Option<Option<T>> {
    optional(value, |value| value.as_str().and_then(read))
}

fn misfit(table: &Table, reason: &str) -> StorageError {
    StorageError::Unreadable {
        table: "the backup",
        row: format!("of {}", table.name),
        reason: reason.to_owned(),
    }
}

fn names(columns: &[Column]) -> String {
    columns.iter().map(|column| quoted(&column.name)).collect::<Vec<_>>().join(", ")
}

/// A name as both databases take it. Names of a backup are checked against the schema before.
fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}
