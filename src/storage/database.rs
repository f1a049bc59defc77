//! The only file that names both databases.

use std::fs::File;
use std::ops::{Deref, DerefMut};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};
use sqlx::pool::PoolConnection;
use sqlx::postgres::{PgConnectOptions, PgListener, PgPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{PgPool, Postgres, Sqlite, SqlitePool};

use super::query::{execute, fetch_one};
use super::signals::{Signals, Topic};
use crate::domain::clock::{Clock, ShiftedClock, whole_milliseconds};

/// SQLite before this can corrupt a database when its WAL is reset (release notes of 3.51.3).
const SQLITE_VERSION_MIN: (u32, u32, u32) = (3, 51, 3);

/// The channel on which replicas wake one another.
const CHANNEL: &str = "tautan";

/// How long a statement, a lock or a connection is waited for.
const PATIENCE: Duration = Duration::from_secs(5);

/// The database. Clones share its connections.
#[derive(Debug, Clone)]
pub struct Storage {
    database: Database,
    time: ShiftedClock,
    signals: Signals,
}

#[derive(Debug, Clone)]
enum Database {
    Sqlite { write: SqlitePool, read: SqlitePool, _only_process: Arc<File> },
    Postgres(PgPool),
}

/// Why the database did not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum StorageError {
    /// The driver's own words; they name no values.
    #[error("the database failed: {0}")]
    Database(#[from] sqlx::Error),
    /// The schema could not be brought up to date.
    #[error("the database's schema does not fit this version: {0}")]
    Migration(#[from] sqlx::migrate::MigrateError),
    /// Another process has the file.
    #[error("another process is using {0}; an SQLite file serves one process, PostgreSQL serves several")]
    InUse(PathBuf),
    /// The address names no database that we know.
    #[error("DATABASE_URL must start with sqlite: or postgres:")]
    UnknownDatabase,
    /// The file cannot be opened or locked.
    #[error("the database file cannot be opened: {0}")]
    File(#[from] std::io::Error),
    /// SQLite is too old.
    #[error("SQLite {0} can lose data; 3.51.3 or newer is needed")]
    SqliteTooOld(String),
    /// A row holds what no version of this program writes.
    #[error("row {row} of {table} cannot be read: {reason}")]
    Unreadable {
        /// The table.
        table: &'static str,
        /// The row's key.
        row: String,
        /// What is wrong.
        reason: String,
    },
}

/// Reads. On SQLite each statement sees the newest commit.
#[derive(Debug)]
pub struct Reader {
    pub(super) connection: Connection,
}

#[derive(Debug)]
pub(super) enum Connection {
    Sqlite(PoolConnection<Sqlite>),
    Postgres(PoolConnection<Postgres>),
}

/// One transaction. Dropped without [`Writer::commit`] it leaves nothing behind, and its connection
/// is closed: after a failed commit a connection cannot be trusted again.
#[derive(Debug)]
pub struct Writer {
    reader: Reader,
    now: DateTime<Utc>,
    topics: Vec<Topic>,
    signals: Signals,
    settled: bool,
}

impl Storage {
    /// Opens the database and brings its schema up to date. `time` is the deciding clock's shift, 0
    /// in production.
    ///
    /// # Errors
    /// When it cannot be reached, is in use by another process (SQLite), is too old, or its schema
    /// is newer than this program.
    pub async fn open(url: &str, time: ShiftedClock) -> Result<Self, StorageError> {
        let database = if url.starts_with("sqlite:") {
            Database::open_sqlite(url).await?
        } else if url.starts_with("postgres:") || url.starts_with("postgresql:") {
            Database::open_postgres(url).await?
        } else {
            return Err(StorageError::UnknownDatabase);
        };
        Ok(Self { database, time, signals: Signals::new() })
    }

    /// A connection for reading.
    ///
    /// # Errors
    /// When none comes free in time.
    pub async fn read(&self) -> Result<Reader, StorageError> {
        let connection = match &self.database {
            Database::Sqlite { read, .. } => Connection::Sqlite(read.acquire().await?),
            Database::Postgres(pool) => Connection::Postgres(pool.acquire().await?),
        };
        Ok(Reader { connection })
    }

    /// A transaction.
    ///
    /// # Errors
    /// When no connection comes free in time.
    pub async fn write(&self) -> Result<Writer, StorageError> {
        let connection = match &self.database {
            Database::Sqlite { write, .. } => Connection::Sqlite(write.acquire().await?),
            Database::Postgres(pool) => Connection::Postgres(pool.acquire().await?),
        };
        // The guard stands before the transaction begins: a caller who hangs up in between must not
        // leave an open transaction on a pooled connection.
        let mut writer = Writer {
            reader: Reader { connection },
            now: self.time.now(),
            topics: Vec::new(),
            signals: self.signals.clone(),
            settled: false,
        };
        match writer.reader.connection {
            Connection::Sqlite(_) => {
                execute!(writer.reader, "begin immediate")?;
                writer.now = self.time.now();
            }
            Connection::Postgres(_) => {
                execute!(writer.reader, "begin")?;
                let (now,): (DateTime<Utc>,) =
                    fetch_one!(writer.reader, (DateTime<Utc>,), "select clock_timestamp()")?;
                writer.now = whole_milliseconds(now + self.time.shift());
            }
        }
        Ok(writer)
    }

    /// The deciding time outside a transaction, for what is shown.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn now(&self) -> Result<DateTime<Utc>, StorageError> {
        match &self.database {
            Database::Sqlite { .. } => Ok(self.time.now()),
            Database::Postgres(_) => {
                let mut reader = self.read().await?;
                let (now,): (DateTime<Utc>,) =
                    fetch_one!(reader, (DateTime<Utc>,), "select clock_timestamp()")?;
                Ok(whole_milliseconds(now + self.time.shift()))
            }
        }
    }

    /// The bells that commits ring.
    #[must_use]
    pub const fn signals(&self) -> &Signals {
        &self.signals
    }

    /// Whether the database answers.
    ///
    /// # Errors
    /// When it does not.
    pub async fn check(&self) -> Result<(), StorageError> {
        let mut reader = self.read().await?;
        execute!(reader, "select 1").map(|_| ())
    }

    /// Passes on the rings of other replicas, until the connection breaks. Returns at once on
    /// SQLite, where there are none.
    ///
    /// # Errors
    /// When the connection breaks; workers poll meanwhile.
    pub async fn listen(&self) -> Result<(), StorageError> {
        let Database::Postgres(pool) = &self.database else { return Ok(()) };
        let mut listener = PgListener::connect_with(pool).await?;
        listener.listen(CHANNEL).await?;
        loop {
            let heard = listener.recv().await?;
            if let Some(topic) = Topic::ALL.into_iter().find(|topic| topic.code() == heard.payload()) {
                self.signals.ring(topic);
            }
        }
    }

    /// Closes every connection, after the work on them is done.
    pub async fn close(&self) {
        match &self.database {
            Database::Sqlite { write, read, .. } => {
                read.close().await;
                write.close().await;
            }
            Database::Postgres(pool) => pool.close().await,
        }
    }
}

impl Database {
    async fn open_sqlite(url: &str) -> Result<Self, StorageError> {
        let options = SqliteConnectOptions::from_str(url)?
            .create_if_missing(true)
            .foreign_keys(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .busy_timeout(PATIENCE)
            .pragma("temp_store", "memory")
            .optimize_on_close(true, 400);
        let only_process = lock(options.get_filename())?;
        // Customers' data is its owner's to read; SQLite gives its side files the same mode.
        private_file(options.get_filename())?;
        let write = SqlitePoolOptions::new()
            .max_connections(1)
            .min_connections(1)
            .idle_timeout(None)
            .max_lifetime(None)
            .acquire_timeout(PATIENCE)
            .connect_with(options.clone())
            .await?;
        let (version,): (String,) = sqlx::query_as("select sqlite_version()").fetch_one(&write).await?;
        if parse_version(&version) < SQLITE_VERSION_MIN {
            return Err(StorageError::SqliteTooOld(version));
        }
        sqlx::migrate!("./migrations").run(&write).await?;
        let read = SqlitePoolOptions::new()
            .max_connections(4)
            .acquire_timeout(PATIENCE)
            .connect_with(options.read_only(true).create_if_missing(false))
            .await?;
        Ok(Self::Sqlite { write, read, _only_process: Arc::new(only_process) })
    }

    async fn open_postgres(url: &str) -> Result<Self, StorageError> {
        let options = PgConnectOptions::from_str(url)?.options([
            ("statement_timeout", "15000"),
            ("lock_timeout", "5000"),
            ("idle_in_transaction_session_timeout", "30000"),
        ]);
        let pool =
            PgPoolOptions::new().max_connections(10).acquire_timeout(PATIENCE).connect_with(options).await?;
        sqlx::migrate!("./migrations").run(&pool).await?;
        Ok(Self::Postgres(pool))
    }
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

impl Writer {
    /// The deciding instant of this transaction, in whole milliseconds: the database's clock on
    /// PostgreSQL, so replicas whose clocks differ agree; the process's on SQLite.
    #[must_use]
    pub const fn now(&self) -> DateTime<Utc> {
        self.now
    }

    /// Rings for a worker once the transaction is committed.
    pub fn ring(&mut self, topic: Topic) {
        if !self.topics.contains(&topic) {
            self.topics.push(topic);
        }
    }

    /// Makes the changes true.
    ///
    /// # Errors
    /// When the database cannot promise it. The changes may or may not be there then: ask.
    pub async fn commit(mut self) -> Result<(), StorageError> {
        if matches!(self.reader.connection, Connection::Postgres(_)) {
            for topic in self.topics.clone() {
                execute!(self.reader, "select pg_notify($1, $2)", CHANNEL, topic.code())?;
            }
        }
        execute!(self.reader, "commit")?;
        self.settled = true;
        for topic in &self.topics {
            self.signals.ring(*topic);
        }
        Ok(())
    }

    /// Takes the changes back and keeps the connection.
    ///
    /// # Errors
    /// When the database cannot be asked; nothing is changed all the same.
    pub async fn roll_back(mut self) -> Result<(), StorageError> {
        execute!(self.reader, "rollback")?;
        self.settled = true;
        Ok(())
    }
}

impl Reader {
    /// From here on every read sees the same instant, whatever others commit meanwhile. On SQLite it is
    /// the instant of the first read.
    pub(super) async fn begin_snapshot(&mut self) -> Result<(), StorageError> {
        match self.connection {
            Connection::Sqlite(_) => execute!(self, "begin deferred")?,
            Connection::Postgres(_) => execute!(self, "begin isolation level repeatable read read only")?,
        };
        Ok(())
    }

    /// Keeps the connection from being used again, since a transaction may still be open on it.
    pub(super) fn close_on_drop(&mut self) {
        match &mut self.connection {
            Connection::Sqlite(connection) => connection.close_on_drop(),
            Connection::Postgres(connection) => connection.close_on_drop(),
        }
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        if !self.settled {
            self.reader.close_on_drop();
        }
    }
}

impl Deref for Writer {
    type Target = Reader;

    fn deref(&self) -> &Reader {
        &self.reader
    }
}

impl DerefMut for Writer {
    fn deref_mut(&mut self) -> &mut Reader {
        &mut self.reader
    }
}
