//! The few macros that paste one query into both databases' arms. Every statement is a literal and
//! is checked against both drivers' types when it compiles.

/// Runs `$body` with `$connection` bound to whichever database the reader holds.
macro_rules! on_connection {
    ($reader:expr, |$connection:ident| $body:expr) => {{
        $reader.statements.count();
        match &mut $reader.connection {
            $crate::storage::database::Connection::Sqlite(held) => {
                let $connection = &mut **held;
                $body
            }
            $crate::storage::database::Connection::Postgres(held) => {
                let $connection = &mut **held;
                $body
            }
        }
        .map_err($crate::storage::StorageError::from)
    }};
}

/// Runs a statement; gives the number of rows it touched.
macro_rules! execute {
    ($reader:expr, $sql:expr $(, $argument:expr)* $(,)?) => {
        $crate::storage::query::on_connection!($reader, |connection| {
            sqlx::query($sql)$(.bind($argument))*.execute(connection).await.map(|done| done.rows_affected())
        })
    };
}

/// Fetches at most one row of the given shape.
macro_rules! fetch_optional {
    ($reader:expr, $row:ty, $sql:expr $(, $argument:expr)* $(,)?) => {
        $crate::storage::query::on_connection!($reader, |connection| {
            sqlx::query_as::<_, $row>($sql)$(.bind($argument))*.fetch_optional(connection).await
        })
    };
}

/// Fetches exactly one row of the given shape.
macro_rules! fetch_one {
    ($reader:expr, $row:ty, $sql:expr $(, $argument:expr)* $(,)?) => {
        $crate::storage::query::on_connection!($reader, |connection| {
            sqlx::query_as::<_, $row>($sql)$(.bind($argument))*.fetch_one(connection).await
        })
    };
}

/// Fetches all rows of the given shape.
macro_rules! fetch_all {
    ($reader:expr, $row:ty, $sql:expr $(, $argument:expr)* $(,)?) => {
        $crate::storage::query::on_connection!($reader, |connection| {
            sqlx::query_as::<_, $row>($sql)$(.bind($argument))*.fetch_all(connection).await
        })
    };
}

pub(super) use {execute, fetch_all, fetch_one, fetch_optional, on_connection};
