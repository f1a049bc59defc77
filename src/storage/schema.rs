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

    /// Steps that have landed, as the databases out there took them: never edited again. A new step
    /// is added here when it lands.
    const LANDED: [(i64, &str); 19] = [
        (
            1,
            "7c71f9d682b64f8bee8312d7e369fc745c7b03fed22524af10bf91981e6c20bfb8344aa09b4c769b74cec3d70a99a350",
        ),
        (
            2,
            "5f690db256f55ec2489380e1c01c73b6b98e36bfca7fc9e96472cd2b18aedf948b0d4c4bc95938e7e274a20e84a2fd26",
        ),
        (
            3,
            "6c28112fd4e7c3ef6d9d4517c9ca97a21a299372468441b53958a0a9d95d8ea3b8a5ac0ffded2ce08c545ae81db0c3d2",
        ),
        (
            4,
            "ac0942e69c09cc06b2dd7b541a30b3b100b358c9ba01a4b8345638482a2f22c4091d431201138fd9a6e43ef2aaf68fe9",
        ),
        (
            5,
            "ed23ae9f7dd8d50cd8fb532d7dd06ad2a389e896eb00d5d47bc9fbbefa3f88207a1492905bf9e46ed71f9634d7031136",
        ),
        (
            6,
            "04fa5c9d8d3d6b01fdab91d17145fd87fc1024e468a0125c859004409172378067ebe4e8d0acf662cd0441cd6164bb27",
        ),
        (
            7,
            "d0698fc7f3875f8c79680c85d52da8273b184bbb0688e95150818e6f5f283787897fe05a6b427e44de92d45144f1ea6e",
        ),
        (
            8,
            "9a7da5649022e895f0f69a07c848cc6d1ebd700664736a4126ceaf4bb856339f355829e9f4c74da27ae9fe15c1157053",
        ),
        (
            9,
            "6353dace8162e223989e4342fe8c8e36a3538d16ac63f3587884a21466e7df7a399cb680c4e0b6286c64a3f4cefce2e1",
        ),
        (
            10,
            "0228188565f020851fa9fd237aad2344b93d09ad504669c1514ec40979f22c96e727e8123ab7f329fcaf13dfe4b8dde6",
        ),
        (
            11,
            "2100ddf389e8699525783f833a4ed000721014afe9eb1ebf0a7fabe1cf430a62c085f846160061470a2624543aa64cc1",
        ),
        (
            12,
            "03adc142dc49b0b272a95125ea0c4492f0d675fbb767a350156d6c33a15ffb50c93556b9849b1ec0b7d68029cb2f4da2",
        ),
        (
            13,
            "d9122c075121c585df3082773ce3a2ac18fe8ad1e978d54feb96d9aa7a8618e3c28be7882e60b6ad7fb6da81610c1a48",
        ),
        (
            14,
            "4aa893fe2a7f528594ceaaa3ef09f37fe21d691feef4683d160a3e73c05e7baf46d9169724c79b0c053f9d30c45d577b",
        ),
        (
            15,
            "68b0774ad724e30ad20f76a15014c4af0f0a09b1fada04408ecf43f3da613dad96ef9c30dda5d7adbd209375f5b8fcd5",
        ),
        (
            16,
            "ce37f7187e8b4a0a777a218fd2f9a9e681194173126f2ece1d0d795efdf86706d829d5599363b5bc2f3cdac4ddc8c78a",
        ),
        (
            17,
            "7dda3b301af823ec939e37595ff8468c3a9865e349a7d9fa12e0ad55a9c205cb35d1a95e4e742c246d49eee74aaaa831",
        ),
        (
            18,
            "7a9101e4da92f83cfc6a1df5184cb0d445512f55d204417792e33f68c70fcf8e806286964a148b26a40be320d4255d61",
        ),
        (
            19,
            "bc0926a47c85dab273995d655ee9a2f839536cc4cfbc5e6a64d27871eff2ec9359aeebdb302bd84d5f55e42520482d54",
        ),
    ];

    #[test]
    fn steps_that_landed_are_what_they_were() {
        for (version, checksum) in LANDED {
            let step = known_steps().into_iter().find(|step| step.version == version);
            assert_eq!(step.map(|step| step.checksum).as_deref(), Some(checksum), "migration {version}");
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
