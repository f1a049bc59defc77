//! The database behind one face. This file and `opening.rs` alone name both of them.

use std::collections::BTreeSet;
use std::fs::File;
use std::ops::{Deref, DerefMut};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use chrono::{DateTime, Utc};
use sqlx::pool::PoolConnection;
use sqlx::postgres::PgListener;
use sqlx::{PgPool, Postgres, Sqlite, SqlitePool};

use super::query::{execute, fetch_one};
use super::room::Room;
use super::signals::{Signals, Topic};
use crate::domain::clock::{Clock, ShiftedClock, whole_milliseconds};
use crate::domain::id::{OrderId, TelegramId};

/// The channel on which replicas wake one another.
const CHANNEL: &str = "tautan";

/// The database. Clones share its connections.
#[derive(Debug, Clone)]
pub struct Storage {
    pub(super) database: Database,
    pub(super) time: ShiftedClock,
    pub(super) signals: Signals,
    pub(super) room: Room,
    statements: Statements,
}

/// How many statements were run. Clones count together.
#[derive(Debug, Clone, Default)]
pub(super) struct Statements(Arc<AtomicU64>);

impl Statements {
    pub(super) fn count(&self) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }
}

#[derive(Debug, Clone)]
pub(super) enum Database {
    /// Without a lock on the file it is only read, beside the process that has it.
    Sqlite {
        write: SqlitePool,
        read: SqlitePool,
        _only_process: Option<Arc<File>>,
    },
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
    /// The schema is a newer version's.
    #[error(
        "the database belongs to a newer version of Tautan (its schema is at {theirs}, this version knows {ours}); \
         install that version or a newer one"
    )]
    Newer {
        /// The newest step that the database took.
        theirs: i64,
        /// The newest step that this program knows.
        ours: i64,
    },
    /// The schema is older than this program's, and it may only be read.
    #[error(
        "the database belongs to an older version of Tautan; start the service once, which brings it up to date"
    )]
    Older,
    /// It holds something else.
    #[error(
        "the database holds something that is not Tautan's; give Tautan a database or a schema of its own"
    )]
    Foreign,
    /// It should be empty and is not.
    #[error("the database is not empty ({0} has rows); restore into a new one")]
    NotEmpty(String),
    /// It is empty, but took steps that the copy to be restored does not know.
    #[error(
        "the database is empty, but its tables are newer than the backup; restore into one without tables"
    )]
    Ahead,
    /// The disk is nearly full.
    #[error("the disk is nearly full: no new orders until there is room again")]
    NoRoom,
    /// The file is no SQLite database, or a broken one.
    #[error("the database file is damaged or no SQLite database; put it aside and restore a backup")]
    Damaged,
    /// There is no such file.
    #[error("there is no database at {0}; set TAUTAN_DATA_DIR or DATABASE_URL")]
    Missing(PathBuf),
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
    pub(super) statements: Statements,
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
    changed_orders: BTreeSet<OrderId>,
    /// Chats for which something was written: they are made due last of all, in the order of their
    /// ids, so that no two transactions wait for one another.
    pub(super) told_chats: BTreeSet<TelegramId>,
    signals: Signals,
    settled: bool,
}

impl Storage {
    pub(super) fn over(database: Database, time: ShiftedClock, room: Room) -> Self {
        Self { database, time, signals: Signals::new(), room, statements: Statements::default() }
    }

    /// How many statements were run since it was opened, by whomever: what a page costs is measured by it.
    #[must_use]
    pub fn statements_run(&self) -> u64 {
        self.statements.0.load(Ordering::Relaxed)
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
        Ok(Reader::over(connection, &self.statements))
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
            reader: Reader::over(connection, &self.statements),
            now: self.time.now(),
            topics: Vec::new(),
            changed_orders: BTreeSet::new(),
            told_chats: BTreeSet::new(),
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

    /// The deciding time of a statement that was read at an instant by the database's clock.
    pub(super) fn deciding(&self, read_at: DateTime<Utc>) -> DateTime<Utc> {
        match &self.database {
            Database::Sqlite { .. } => self.time.now(),
            Database::Postgres(_) => whole_milliseconds(read_at + self.time.shift()),
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
            } else if let Ok(order) = heard.payload().parse() {
                self.signals.ring_order(OrderId(order));
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

    /// Rings for the pages that follow an order once the transaction is committed.
    pub(super) fn ring_order(&mut self, id: OrderId) {
        self.changed_orders.insert(id);
    }

    /// Makes the changes true.
    ///
    /// # Errors
    /// When the database cannot promise it. The changes may or may not be there then: ask.
    pub async fn commit(mut self) -> Result<(), StorageError> {
        for chat in std::mem::take(&mut self.told_chats) {
            self.stir(chat).await?;
        }
        if matches!(self.reader.connection, Connection::Postgres(_)) {
            for topic in self.topics.clone() {
                execute!(self.reader, "select pg_notify($1, $2)", CHANNEL, topic.code())?;
            }
            for order in &self.changed_orders {
                execute!(self.reader, "select pg_notify($1, $2)", CHANNEL, order.0.to_string())?;
            }
        }
        execute!(self.reader, "commit")?;
        self.settled = true;
        for topic in &self.topics {
            self.signals.ring(*topic);
        }
        for order in &self.changed_orders {
            self.signals.ring_order(*order);
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
    pub(super) fn over(connection: Connection, statements: &Statements) -> Self {
        Self { connection, statements: statements.clone() }
    }

    pub(super) const fn is_sqlite(&self) -> bool {
        matches!(self.connection, Connection::Sqlite(_))
    }

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
