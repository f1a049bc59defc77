//! Opening a database: as the service, beside it, or empty for a backup.

use std::fs::File;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use sqlx::migrate::Migrator;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{ConnectOptions, Connection as _, PgPool, SqlitePool};

use super::database::{Connection, Database, Statements};
use super::room::Room;
use super::schema::{self, SchemaStep};
use super::{Reader, Storage, StorageError};
use crate::domain::clock::ShiftedClock;

/// SQLite before this can corrupt a database when its WAL is reset (release notes of 3.51.3).
const SQLITE_VERSION_MIN: (u32, u32, u32) = (3, 51, 3);

/// How long a statement, a lock or a connection is waited for.
const PATIENCE: Duration = Duration::from_secs(5);

/// Who holds this lock of the database takes the steps of its schema ("tautan" in ASCII).
const STEPS_LOCK: i64 = 0x7461_7574_616e;

/// Statements that a connection keeps prepared: more than are in use at any time, so that what is seldom asked
/// does not drive out what every update asks.
const STATEMENTS_KEPT: usize = 300;

/// SQLite's words for a file that is broken, and for one that is no database (result codes 11, 26).
const DAMAGED_CODES: [&str; 2] = ["11", "26"];

impl Storage {
    /// Opens the database and brings its schema up to date. `time` is the deciding clock's shift, 0
    /// in production.
    ///
    /// # Errors
    /// When it cannot be reached, is in use by another process (SQLite), is too old, damaged,
    /// somebody else's, or its schema is newer than this program.
    pub async fn open(url: &str, time: ShiftedClock) -> Result<Self, StorageError> {
        Self::open_at(url, time, Target { steps: &schema::all_steps(), must_be_empty: false }).await
    }

    /// Opens an empty database and takes it to an older schema; it is migrated further at the next
    /// [`Storage::open`].
    ///
    /// # Errors
    /// As [`Storage::open`], and when it is not empty, has newer tables or a step is not known here; it
    /// is left as it was then.
    pub async fn open_empty(
        url: &str,
        time: ShiftedClock,
        steps: &[SchemaStep],
    ) -> Result<Self, StorageError> {
        Self::open_at(url, time, Target { steps: &schema::steps(steps)?, must_be_empty: true }).await
    }

    /// Opens the database for reading alone, also while a service runs on it. Nothing is migrated.
    ///
    /// # Errors
    /// As [`Storage::open`], and when there is none.
    pub async fn open_beside(url: &str, time: ShiftedClock) -> Result<Self, StorageError> {
        Self::open_guest(url, time, true).await
    }

    /// Opens the database for a few short changes, also while a service runs on it: SQLite's own
    /// locks keep the two apart. The service's workers do not hear of them. Nothing is migrated.
    ///
    /// # Errors
    /// As [`Storage::open_beside`], and when the schema is not this program's own.
    pub async fn open_to_change(url: &str, time: ShiftedClock) -> Result<Self, StorageError> {
        let storage = Self::open_guest(url, time, false).await?;
        storage.require_newest_schema().await?;
        Ok(storage)
    }

    async fn open_guest(url: &str, time: ShiftedClock, read_only: bool) -> Result<Self, StorageError> {
        let database = match kind(url)? {
            Kind::Sqlite => {
                let options = sqlite_options(url)?.read_only(read_only).create_if_missing(false);
                if !options.get_filename().exists() {
                    return Err(StorageError::Missing(options.get_filename().to_owned()));
                }
                let read = sqlite_pool(options, 2).await?;
                Database::Sqlite { write: read.clone(), read, _only_process: None }
            }
            // A long copy is one long statement.
            Kind::Postgres => Database::Postgres(postgres_pool(url, "0").await?),
        };
        let storage = Self::over(database, time, Room::around(None));
        let mut reader = storage.read().await?;
        reader.judge_schema().await.map_err(read_damage)?;
        if reader.tables().await?.is_empty() {
            return Err(StorageError::Foreign);
        }
        drop(reader);
        Ok(storage)
    }

    async fn open_at(url: &str, time: ShiftedClock, target: Target<'_>) -> Result<Self, StorageError> {
        let database = match kind(url)? {
            Kind::Sqlite => Database::open_sqlite(url, target).await.map_err(read_damage)?,
            Kind::Postgres => Database::open_postgres(url, target).await?,
        };
        let file = match kind(url)? {
            Kind::Sqlite => Some(SqliteConnectOptions::from_str(url)?.get_filename().to_owned()),
            Kind::Postgres => None,
        };
        Ok(Self::over(database, time, Room::around(file.as_deref())))
    }

    /// Refuses a database whose schema is older than this program.
    ///
    /// # Errors
    /// [`StorageError::Older`], or when the database cannot be asked.
    pub async fn require_newest_schema(&self) -> Result<(), StorageError> {
        let taken = self.read().await?.steps_taken().await?;
        if taken == schema::known_steps() { Ok(()) } else { Err(StorageError::Older) }
    }
}

impl Database {
    async fn open_sqlite(url: &str, target: Target<'_>) -> Result<Self, StorageError> {
        let options = sqlite_options(url)?;
        let only_process = lock(options.get_filename())?;
        // Customers' data is its owner's to read; SQLite gives its side files the same mode.
        private_file(options.get_filename())?;
        let write = SqlitePoolOptions::new()
            .max_connections(1)
            .min_connections(1)
            .idle_timeout(None)
            .max_lifetime(None)
            .acquire_timeout(PATIENCE)
            .test_before_acquire(false)
            .connect_with(options.clone())
            .await?;
        let (version,): (String,) = sqlx::query_as("select sqlite_version()").fetch_one(&write).await?;
        if parse_version(&version) < SQLITE_VERSION_MIN {
            return Err(StorageError::SqliteTooOld(version));
        }
        target
            .judge(Reader::over(Connection::Sqlite(write.acquire().await?), &Statements::default()))
            .await?;
        target.steps.run(&write).await.map_err(schema::explain)?;
        let read = sqlite_pool(options.read_only(true).create_if_missing(false), 4).await?;
        Ok(Self::Sqlite { write, read, _only_process: Some(Arc::new(only_process)) })
    }

    async fn open_postgres(url: &str, target: Target<'_>) -> Result<Self, StorageError> {
        // A restore is a few long statements.
        let pool = postgres_pool(url, if target.must_be_empty { "0" } else { "15000" }).await?;
        target
            .judge(Reader::over(Connection::Postgres(pool.acquire().await?), &Statements::default()))
            .await?;
        // A step over a big table may take long, and replicas that start beside this one wait for it. A
        // step itself does not wait long for a table: whoever comes after it would wait with it.
        let mut patient = postgres_options(url, "0", "60000")?.connect().await?;
        sqlx::query("select pg_advisory_lock($1)").bind(STEPS_LOCK).execute(&mut patient).await?;
        sqlx::query("set lock_timeout = 5000").execute(&mut patient).await?;
        target.steps.run(&mut patient).await.map_err(schema::explain)?;
        // Closing gives the lock back.
        patient.close().await?;
        Ok(Self::Postgres(pool))
    }
}

/// Where a database is to be taken.
#[derive(Clone, Copy)]
struct Target<'a> {
    steps: &'a Migrator,
    must_be_empty: bool,
}

impl Target<'_> {
    /// Refuses a database that may not be taken there, before anything is changed in it.
    async fn judge(self, mut reader: Reader) -> Result<(), StorageError> {
        reader.judge_schema().await?;
        if !self.must_be_empty {
            return Ok(());
        }
        let tables = reader.tables().await?;
        for table in &tables {
            if reader.count_rows(table).await? > 0 {
                return Err(StorageError::NotEmpty(table.name.clone()));
            }
        }
        let is_ahead = |step: &SchemaStep| !self.steps.version_exists(step.version);
        if !tables.is_empty() && reader.steps_taken().await?.iter().any(is_ahead) {
            return Err(StorageError::Ahead);
        }
        Ok(())
    }
}

enum Kind {
    Sqlite,
    Postgres,
}

fn kind(url: &str) -> Result<Kind, StorageError> {
    if url.starts_with("sqlite:") {
        Ok(Kind::Sqlite)
    } else if url.starts_with("postgres:") || url.starts_with("postgresql:") {
        Ok(Kind::Postgres)
    } else {
        Err(StorageError::UnknownDatabase)
    }
}

fn sqlite_options(url: &str) -> Result<SqliteConnectOptions, StorageError> {
    Ok(SqliteConnectOptions::from_str(url)?
        .create_if_missing(true)
        .foreign_keys(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .busy_timeout(PATIENCE)
        .statement_cache_capacity(STATEMENTS_KEPT)
        .pragma("temp_store", "memory")
        // What is erased is overwritten in the file, too.
        .pragma("secure_delete", "on")
        .optimize_on_close(true, 400))
}

async fn sqlite_pool(options: SqliteConnectOptions, connections: u32) -> Result<SqlitePool, StorageError> {
    let pool = SqlitePoolOptions::new().max_connections(connections).acquire_timeout(PATIENCE);
    // A file does not hang up.
    let pool = pool.test_before_acquire(false);
    pool.connect_with(options).await.map_err(|error| read_damage(error.into()))
}

async fn postgres_pool(url: &str, statement_timeout: &str) -> Result<PgPool, StorageError> {
    let pool = PgPoolOptions::new().max_connections(10).acquire_timeout(PATIENCE);
    Ok(pool.connect_with(postgres_options(url, statement_timeout, "5000")?).await?)
}

/// The time-outs are in milliseconds, 0 for none.
fn postgres_options(
    url: &str,
    statement_timeout: &str,
    lock_timeout: &str,
) -> Result<PgConnectOptions, StorageError> {
    let options = PgConnectOptions::from_str(url)?.statement_cache_capacity(STATEMENTS_KEPT);
    Ok(options.options([
        ("statement_timeout", statement_timeout),
        ("lock_timeout", lock_timeout),
        ("idle_in_transaction_session_timeout", "30000"),
    ]))
}

/// What SQLite says of a broken file is said so that an operator knows what to do.
fn read_damage(error: StorageError) -> StorageError {
    let damage = |error: &sqlx::Error| {
        let code = error.as_database_error().and_then(|error| error.code().map(|code| code.into_owned()));
        code.is_some_and(|code| DAMAGED_CODES.contains(&code.as_str()))
    };
    let is_damage = match &error {
        StorageError::Database(error)
        | StorageError::Migration(
            sqlx::migrate::MigrateError::Execute(error)
            | sqlx::migrate::MigrateError::ExecuteMigration(error, _),
        ) => damage(error),
        _ => false,
    };
    if is_damage { StorageError::Damaged } else { error }
}

/// Takes the file for this process, until the process ends.
fn lock(database_file: &Path) -> Result<File, StorageError> {
    let mut name = database_file.as_os_str().to_owned();
    name.push(".lock");
    let file = private_file(Path::new(&name))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(std::fs::TryLockError::WouldBlock) => Err(StorageError::InUse(database_file.to_owned())),
        Err(std::fs::TryLockError::Error(error)) => Err(error.into()),
    }
}

/// Opens a file, made readable by its owner alone if it was not there.
fn private_file(file: &Path) -> std::io::Result<File> {
    File::options().create(true).truncate(false).write(true).mode(0o600).open(file)
}

fn parse_version(version: &str) -> (u32, u32, u32) {
    let mut parts = version.split('.').map(|part| part.parse().unwrap_or(0));
    (parts.next().unwrap_or(0), parts.next().unwrap_or(0), parts.next().unwrap_or(0))
}
