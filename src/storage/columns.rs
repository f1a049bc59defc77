//! Several tables in one row: the columns of each are read by their place, since their names repeat.

/// Something that is read from neighbouring columns of a row.
pub(super) trait ByPlace<Row>: Sized {
    /// Reads the columns from `next` on and moves `next` behind them.
    fn read_at(row: &Row, next: &mut usize) -> Result<Self, sqlx::Error>;
}

/// The columns of one table.
pub(super) trait Joined<Row>: ByPlace<Row> {
    /// The same where the whole table may be missing (`left join`): its first column, a key, is null then.
    fn read_if_there(row: &Row, next: &mut usize) -> Result<Option<Self>, sqlx::Error>;
}

/// Reads one column and moves on.
macro_rules! next_column {
    ($row:expr, $next:expr) => {{
        let value = sqlx::Row::try_get($row, *$next)?;
        *$next += 1;
        value
    }};
}

/// Lets a struct be read by place: its columns in the order of the statement, the first of them a key.
macro_rules! by_place {
    ($name:ident: $($field:ident),+ $(,)?) => {
        $crate::storage::columns::by_place!(@in sqlx::sqlite::SqliteRow, $name, $($field),+);
        $crate::storage::columns::by_place!(@in sqlx::postgres::PgRow, $name, $($field),+);

        impl $name {
            /// The columns in the order in which they are read.
            pub(super) const COLUMNS: &'static [&'static str] = &[$(stringify!($field)),+];
        }
    };
    (@in $row:ty, $name:ident, $($field:ident),+) => {
        impl $crate::storage::columns::ByPlace<$row> for $name {
            fn read_at(row: &$row, next: &mut usize) -> Result<Self, sqlx::Error> {
                $(let $field = $crate::storage::columns::next_column!(row, next);)+
                Ok(Self { $($field),+ })
            }
        }

        impl $crate::storage::columns::Joined<$row> for $name {
            fn read_if_there(row: &$row, next: &mut usize) -> Result<Option<Self>, sqlx::Error> {
                let key: Option<uuid::Uuid> = sqlx::Row::try_get(row, *next)?;
                if key.is_some() {
                    return $crate::storage::columns::ByPlace::read_at(row, next).map(Some);
                }
                *next += $name::COLUMNS.len();
                Ok(None)
            }
        }
    };
}

/// Lets a struct of several tables be a row of a statement: each field with how it is read.
macro_rules! row_of {
    ($name:ident { $($field:ident: $how:ident),+ $(,)? }) => {
        $crate::storage::columns::row_of!(@in sqlx::sqlite::SqliteRow, $name { $($field: $how),+ });
        $crate::storage::columns::row_of!(@in sqlx::postgres::PgRow, $name { $($field: $how),+ });
    };
    (@in $row:ty, $name:ident { $($field:ident: $how:ident),+ }) => {
        impl $crate::storage::columns::ByPlace<$row> for $name {
            fn read_at(row: &$row, next: &mut usize) -> Result<Self, sqlx::Error> {
                Ok(Self { $($field: $crate::storage::columns::row_of!(@read $how, row, next)),+ })
            }
        }

        impl<'r> sqlx::FromRow<'r, $row> for $name {
            fn from_row(row: &'r $row) -> Result<Self, sqlx::Error> {
                $crate::storage::columns::ByPlace::read_at(row, &mut 0)
            }
        }
    };
    (@read table, $source:ident, $next:ident) => {
        $crate::storage::columns::ByPlace::read_at($source, $next)?
    };
    (@read joined, $source:ident, $next:ident) => {
        $crate::storage::columns::Joined::read_if_there($source, $next)?
    };
    (@read column, $source:ident, $next:ident) => {
        $crate::storage::columns::next_column!($source, $next)
    };
}

pub(super) use {by_place, next_column, row_of};

#[cfg(test)]
mod tests {
    use crate::storage::attempts::attempt_columns;
    use crate::storage::gateway_accounts::{ShopAccountRow, shop_account_columns};
    use crate::storage::links::link_columns;
    use crate::storage::merchant_rows::MerchantRow;
    use crate::storage::merchants::merchant_columns;
    use crate::storage::orders::order_columns;
    use crate::storage::rows::{AttemptRow, LinkRow, OrderRow};

    #[test]
    fn tables_are_read_in_the_order_of_their_columns() {
        for (read, selected) in [
            (OrderRow::COLUMNS, order_columns!()),
            (LinkRow::COLUMNS, link_columns!()),
            (MerchantRow::COLUMNS, merchant_columns!()),
            (AttemptRow::COLUMNS, attempt_columns!()),
            (ShopAccountRow::COLUMNS, shop_account_columns!()),
        ] {
            assert_eq!(read.to_vec(), selected.split(',').map(str::trim).collect::<Vec<_>>());
        }
    }
}
