//! A database for one test: a new SQLite file, or a new schema on the PostgreSQL server of the run.

use std::env;
use std::path::Path;
use std::thread;

use sqlx::{AssertSqlSafe, ConnectOptions, Connection, PgConnection, SqliteConnection};
use tautan::domain::clock::ShiftedClock;
use tautan::storage::Storage;
use tautan::storage::schema::SchemaStep;
use tempfile::TempDir;
use tokio::runtime;
use uuid::Uuid;

/// Which database the suite runs on: `sqlite` (also when it is not set) or `postgres`.
const KIND: &str = "TAUTAN_TEST_DATABASE";

/// The server for `postgres`, as `postgres://user@host:port/database`.
const POSTGRES_URL: &str = "TAUTAN_TEST_POSTGRES_URL";

/// An empty database of its own, gone when dropped. Two connections to its URL see the same data, as two replicas do.
#[derive(Debug)]
pub struct TestDatabase {
    place: Place,
}

#[derive(Debug)]
enum Place {
    Sqlite { directory: TempDir },
    Postgres { server: String, schema: String },
}

impl TestDatabase {
    /// Makes one of the kind that the run asks for.
    pub async fn create() -> Self {
        match env::var(KIND).as_deref() {
            Err(_) | Ok("sqlite") => Self::sqlite(),
            Ok("postgres") => Self::postgres().await,
            Ok(other) => panic!("{KIND} is {other:?}; it may be sqlite or postgres"),
        }
    }

    /// A new SQLite file in a directory of its own, whatever the run asks for. The file itself is not made yet.
    pub fn sqlite() -> Self {
        Self::sqlite_on(&env::temp_dir())
    }

    /// The same on a disk that the test chose.
    pub fn sqlite_on(disk: &Path) -> Self {
        let directory = TempDir::with_prefix_in("tautan-", disk).expect("a directory for the database");
        Self { place: Place::Sqlite { directory } }
    }

    /// One of the other kind than [`TestDatabase::create`] makes, where the run has both.
    pub async fn of_the_other_kind() -> Option<Self> {
        match env::var(KIND).as_deref() {
            Ok("postgres") => Some(Self::sqlite()),
            _ if env::var(POSTGRES_URL).is_ok() => Some(Self::postgres().await),
            _ => None,
        }
    }

    async fn postgres() -> Self {
        let server = env::var(POSTGRES_URL).unwrap_or_else(|_| {
            panic!("{POSTGRES_URL} is not set: tests/run --only postgres starts a server")
        });
        Self::postgres_at(server).await
    }

    /// A new schema on a server that the test chose.
    pub async fn postgres_at(server: String) -> Self {
        let schema = format!("t_{}", Uuid::new_v4().simple());
        run_on(&server, format!("create schema {schema}")).await.expect("a new schema");
        Self { place: Place::Postgres { server, schema } }
    }

    /// What the app takes as its database URL.
    pub fn url(&self) -> String {
        match &self.place {
            Place::Sqlite { directory } => {
                format!("sqlite://{}", directory.path().join("tautan.sqlite").display())
            }
            Place::Postgres { server, schema } => {
                let separator = if server.contains('?') { '&' } else { '?' };
                format!("{server}{separator}options[search_path]={schema}")
            }
        }
    }

    /// Runs a statement past the house, as a hand in the database would; gives the rows it touched.
    pub async fn execute(&self, statement: &str) -> Result<u64, sqlx::Error> {
        let statement = AssertSqlSafe(statement.to_owned());
        if self.is_postgres() {
            let mut connection = PgConnection::connect(&self.url()).await?;
            Ok(sqlx::query(statement).execute(&mut connection).await?.rows_affected())
        } else {
            let mut connection = SqliteConnection::connect(&self.url()).await?;
            Ok(sqlx::query(statement).execute(&mut connection).await?.rows_affected())
        }
    }

    /// What a query of one text column gives, read past the house.
    pub async fn texts(&self, query: &str) -> Result<Vec<String>, sqlx::Error> {
        let query = AssertSqlSafe(query.to_owned());
        if self.is_postgres() {
            let mut connection = PgConnection::connect(&self.url()).await?;
            sqlx::query_scalar(query).fetch_all(&mut connection).await
        } else {
            let mut connection = SqliteConnection::connect(&self.url()).await?;
            sqlx::query_scalar(query).fetch_all(&mut connection).await
        }
    }

    /// Whether no links are being made out of a file.
    pub async fn makes_no_links(&self) -> bool {
        let query = "select cast(count(*) as text) from link_imports where state = 'making'";
        self.texts(query).await.expect("the database answers") == ["0"]
    }

    /// The steps that its schema has taken.
    pub async fn steps_taken(&self) -> Vec<SchemaStep> {
        let storage =
            Storage::open_beside(&self.url(), ShiftedClock::default()).await.expect("a database of ours");
        let steps = storage.read().await.expect("a reader").steps_taken().await.expect("its steps");
        storage.close().await;
        steps
    }

    /// Whether this is PostgreSQL, for the few stories that several replicas tell.
    pub fn is_postgres(&self) -> bool {
        matches!(self.place, Place::Postgres { .. })
    }
}

impl Drop for TestDatabase {
    /// Best effort: the server of the run goes away as a whole.
    fn drop(&mut self) {
        let Place::Postgres { server, schema } = &self.place else { return };
        let (server, drop_it) = (server.clone(), format!("drop schema if exists {schema} cascade"));
        // A thread of its own, since a test's runtime cannot be waited for from within.
        let dropped = thread::spawn(move || {
            let runtime = runtime::Builder::new_current_thread().enable_all().build().ok()?;
            runtime.block_on(run_on(&server, drop_it)).ok()
        });
        drop(dropped.join());
    }
}

async fn run_on(server: &str, statement: String) -> Result<(), sqlx::Error> {
    let options: sqlx::postgres::PgConnectOptions = server.parse()?;
    // A connection that a test left open must not hold up its end.
    let mut connection: PgConnection = options.options([("lock_timeout", "2s")]).connect().await?;
    sqlx::query(AssertSqlSafe(statement)).execute(&mut connection).await?;
    connection.close().await
}

#[cfg(test)]
mod tests {
    use sqlx::sqlite::SqliteConnectOptions;

    use super::*;

    async fn put_and_count(database: &TestDatabase) -> i64 {
        let statements = ["create table marks (id bigint not null)", "insert into marks (id) values (1)"];
        let count = "select count(*) from marks";
        let url = database.url();
        if database.is_postgres() {
            let mut connection = PgConnection::connect(&url).await.unwrap();
            for statement in statements {
                sqlx::query(statement).execute(&mut connection).await.unwrap();
            }
            let mut second = PgConnection::connect(&url).await.unwrap();
            sqlx::query_scalar(count).fetch_one(&mut second).await.unwrap()
        } else {
            let options: SqliteConnectOptions = url.parse().unwrap();
            let mut connection = options.clone().create_if_missing(true).connect().await.unwrap();
            for statement in statements {
                sqlx::query(statement).execute(&mut connection).await.unwrap();
            }
            let mut second = options.connect().await.unwrap();
            sqlx::query_scalar(count).fetch_one(&mut second).await.unwrap()
        }
    }

    #[tokio::test]
    async fn two_databases_share_nothing() {
        let (one, other) = (TestDatabase::create().await, TestDatabase::create().await);
        assert_ne!(one.url(), other.url());
        assert_eq!(put_and_count(&one).await, 1);
        assert_eq!(put_and_count(&other).await, 1);
    }

    #[tokio::test]
    async fn a_dropped_database_leaves_nothing_behind() {
        let database = TestDatabase::create().await;
        put_and_count(&database).await;
        match &database.place {
            Place::Sqlite { directory } => {
                let path = directory.path().to_owned();
                drop(database);
                assert!(!path.exists());
            }
            Place::Postgres { server, schema } => {
                let (server, schema) = (server.clone(), schema.clone());
                drop(database);
                let mut connection = PgConnection::connect(&server).await.unwrap();
                let left: i64 = sqlx::query_scalar("select count(*) from pg_namespace where nspname = $1")
                    .bind(&schema)
                    .fetch_one(&mut connection)
                    .await
                    .unwrap();
                assert_eq!(left, 0);
            }
        }
    }

    #[test]
    fn the_kind_follows_the_run() {
        let runtime = runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let database = runtime.block_on(TestDatabase::create());
        assert_eq!(database.is_postgres(), env::var(KIND).as_deref() == Ok("postgres"));
        let expected = if database.is_postgres() { "postgres" } else { "sqlite://" };
        assert!(database.url().starts_with(expected), "{}", database.url());
    }
}
