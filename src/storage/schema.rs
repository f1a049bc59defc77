//! What stands in a database before it is trusted: whose it is, how new its schema is, and which
//! tables it has.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use sqlx::migrate::{MigrateError, Migrator};

use super::query::fetch_all;
use super::{Reader, StorageError};

/// Every step of the schema that this program knows.
static MIGRATOR: Migrator = sqlx::migrate!("./migrations");

/// Where the steps that were taken are noted.
const STEPS_TABLE: &str = "_sqlx_migrations";

/// A step of the schema that a database took.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct SchemaStep {
    /// Its number.
    pub version: i64,
    /// SHA-384 of its statements, in hexadecimal digits.
    pub checksum: String,
}

/// What a column holds: one of the six types that both databases keep alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ColumnKind {
    /// A key.
    Uuid,
    /// A text.
    Text,
    /// A whole number of 64 bits.
    Bigint,
    /// Yes or no.
    Boolean,
    /// An instant in whole milliseconds.
    Timestamptz,
    /// Bytes.
    Bytea,
}

/// A column.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// What it holds.
    pub kind: ColumnKind,
}

/// A table.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Table {
    /// Its name.
    pub name: String,
    /// Its columns, in their order.
    pub columns: Vec<Column>,
}

/// Every step that this program knows, oldest first.
#[must_use]
pub fn known_steps() -> Vec<SchemaStep> {
    let step = |migration: &sqlx::migrate::Migration| SchemaStep {
        version: migration.version,
        checksum: hex::encode(&*migration.checksum),
    };
    MIGRATOR.iter().map(step).collect()
}

/// The whole way to the newest schema.
pub(super) fn all_steps() -> Migrator {
    only(|_| true)
}

/// The way to an older schema: only the given steps.
///
/// # Errors
/// [`StorageError::Newer`] or [`StorageError::Foreign`] when one of them is not known here.
pub(super) fn steps(wanted: &[SchemaStep]) -> Result<Migrator, StorageError> {
    judge(wanted)?;
    Ok(only(|version| wanted.iter().any(|step| step.version == version)))
}

fn only(is_wanted: impl Fn(i64) -> bool) -> Migrator {
    let migrations = MIGRATOR.iter().filter(|migration| is_wanted(migration.version)).cloned().collect();
    // Who opens the database has the lock.
    Migrator { migrations: Cow::Owned(migrations), locking: false, ..Migrator::DEFAULT }
}

/// Whether each of these steps is one of ours.
///
/// # Errors
/// [`StorageError::Newer`] when one is a newer version's, [`StorageError::Foreign`] when one is
/// nobody's.
pub fn judge(taken: &[SchemaStep]) -> Result<(), StorageError> {
    let known: BTreeMap<i64, String> =
        known_steps().into_iter().map(|step| (step.version, step.checksum)).collect();
    let newest = known.keys().next_back().copied().unwrap_or(0);
    for step in taken {
        match known.get(&step.version) {
            Some(checksum) if *checksum == step.checksum => {}
            None if step.version > newest => {
                return Err(StorageError::Newer { theirs: step.version, ours: newest });
            }
            _ => return Err(StorageError::Foreign),
        }
    }
    Ok(())
}

/// What the tables are called that the steps make.
fn tables_of_steps() -> BTreeSet<&'static str> {
    let made = MIGRATOR.iter().flat_map(|step| step.sql.as_str().split("create table ").skip(1));
    made.filter_map(|rest| rest.split([' ', '(']).next()).collect()
}

/// What a failed migration means.
pub(super) fn explain(error: MigrateError) -> StorageError {
    let newest = MIGRATOR.iter().map(|migration| migration.version).max().unwrap_or(0);
    match error {
        MigrateError::VersionMissing(theirs) if theirs > newest => {
            StorageError::Newer { theirs, ours: newest }
        }
        MigrateError::VersionMissing(_) | MigrateError::VersionMismatch(_) => StorageError::Foreign,
        error => StorageError::Migration(error),
    }
}

impl Reader {
    /// Refuses a database that is another program's, or a newer version's. An empty one is welcome.
    pub(super) async fn judge_schema(&mut self) -> Result<(), StorageError> {
        let tables = self.table_names().await?;
        if tables.is_empty() {
            return Ok(());
        }
        if !tables.iter().any(|table| table == STEPS_TABLE) {
            return Err(StorageError::Foreign);
        }
        judge(&self.steps_taken().await?)
    }

    /// The steps that the database took, oldest first.
    ///
    /// # Errors
    /// When the database cannot be asked, or was never ours.
    pub async fn steps_taken(&mut self) -> Result<Vec<SchemaStep>, StorageError> {
        let rows = fetch_all!(
            self,
            (i64, Vec<u8>),
            "select version, checksum from _sqlx_migrations order by version"
        )?;
        let step =
            |(version, checksum): (i64, Vec<u8>)| SchemaStep { version, checksum: hex::encode(checksum) };
        Ok(rows.into_iter().map(step).collect())
    }

    /// Every table of ours with its columns, each after the tables that it refers to. Neither the note
    /// of the steps is among them, nor what an extension or a person put beside them.
    ///
    /// # Errors
    /// When the database cannot be asked, or a column holds what only one database knows.
    pub async fn tables(&mut self) -> Result<Vec<Table>, StorageError> {
        let ours = tables_of_steps();
        let mut names = self.table_names().await?;
        names.retain(|name| ours.contains(name.as_str()));
        let mut tables = Vec::new();
        for name in in_order(names, &self.references().await?) {
            let columns = self.columns(&name).await?;
            tables.push(Table { name, columns });
        }
        Ok(tables)
    }

    async fn table_names(&mut self) -> Result<Vec<String>, StorageError> {
        let rows = if self.is_sqlite() {
            fetch_all!(
                self,
                (String,),
                "select name from sqlite_schema where type = 'table' and name not like 'sqlite%' order by name"
            )?
        } else {
            fetch_all!(
                self,
                (String,),
                "select cast(table_name as text) from information_schema.tables
                 where table_schema = current_schema() and table_type = 'BASE TABLE' order by table_name"
            )?
        };
        Ok(rows.into_iter().map(|(name,)| name).collect())
    }

    /// Which table refers to which.
    async fn references(&mut self) -> Result<Vec<(String, String)>, StorageError> {
        if self.is_sqlite() {
            fetch_all!(
                self,
                (String, String),
                "select tables.name, keys.\"table\" from sqlite_schema tables
                 join pragma_foreign_key_list(tables.name) keys where tables.type = 'table'"
            )
        } else {
            fetch_all!(
                self,
                (String, String),
                "select cast(referring.relname as text), cast(referred.relname as text) from pg_constraint
                 join pg_class referring on referring.oid = conrelid
                 join pg_class referred on referred.oid = confrelid
                 where contype = 'f' and connamespace = to_regnamespace(current_schema())"
            )
        }
    }

    async fn columns(&mut self, table: &str) -> Result<Vec<Column>, StorageError> {
        let rows = if self.is_sqlite() {
            fetch_all!(
                self,
                (String, String),
                "select name, lower(type) from pragma_table_info($1) order by cid",
                table
            )?
        } else {
            fetch_all!(
                self,
                (String, String),
                "select cast(column_name as text), cast(udt_name as text) from information_schema.columns
                 where table_schema = current_schema() and table_name = $1 order by ordinal_position",
                table
            )?
        };
        let column = |(name, word): (String, String)| {
            let kind = ColumnKind::parse(&word).ok_or_else(|| StorageError::Unreadable {
                table: "the schema",
                row: format!("{table}.{name}"),
                reason: format!("columns of type {word} are not known"),
            })?;
            Ok(Column { name, kind })
        };
        rows.into_iter().map(column).collect()
    }
}

impl ColumnKind {
    fn parse(word: &str) -> Option<Self> {
        Some(match word {
            "uuid" => Self::Uuid,
            "text" => Self::Text,
            "bigint" | "int8" => Self::Bigint,
            "boolean" | "bool" => Self::Boolean,
            "timestamptz" => Self::Timestamptz,
            "bytea" => Self::Bytea,
            _ => return None,
        })
    }
}

/// Puts tables behind those that they refer to. A circle is broken anywhere.
fn in_order(mut waiting: Vec<String>, references: &[(String, String)]) -> Vec<String> {
    let mut ordered: Vec<String> = Vec::new();
    while !waiting.is_empty() {
        let is_free = |name: &String| {
            references.iter().all(|(referring, referred)| {
                referring != name || referred == name || ordered.contains(referred)
            })
        };
        let next = waiting.iter().position(is_free).unwrap_or(0);
        ordered.push(waiting.remove(next));
    }
    ordered
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The steps that landed, as `sha384sum` writes and checks them. A step is never edited afterwards: a database
    /// that took it would not be recognised any more.
    const LANDED: &str = include_str!("../../migrations/SHA384SUMS");

    #[test]
    fn steps_that_landed_are_what_they_were() {
        assert_eq!(
            LANDED.lines().count(),
            known_steps().len(),
            "a step is not in the list: `sha384sum *.sql`"
        );
        for line in LANDED.lines() {
            let (checksum, file) = line.split_once("  ").expect("a checksum and a file");
            let version: i64 = file[..4].parse().expect("a file that begins with its version");
            let step = known_steps().into_iter().find(|step| step.version == version);
            assert_eq!(step.map(|step| step.checksum).as_deref(), Some(checksum), "{file}");
        }
    }

    #[test]
    fn a_table_stands_behind_those_it_refers_to() {
        let names = ["attempts", "links", "orders", "shops"].map(str::to_owned).to_vec();
        let references =
            [("attempts", "orders"), ("orders", "links"), ("links", "shops"), ("shops", "shops")]
                .map(|(from, to)| (from.to_owned(), to.to_owned()));
        assert_eq!(in_order(names, &references), ["shops", "links", "orders", "attempts"]);
    }

    #[test]
    fn a_newer_step_and_a_strange_one_are_told_apart() {
        let newer = SchemaStep { version: 9_999, checksum: "00".to_owned() };
        assert!(matches!(judge(&[newer]), Err(StorageError::Newer { theirs: 9_999, .. })));
        let strange = SchemaStep { version: 1, checksum: "00".to_owned() };
        assert!(matches!(judge(&[strange]), Err(StorageError::Foreign)));
        assert!(judge(&known_steps()).is_ok());
    }
}
