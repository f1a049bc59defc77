//! All that a database holds, as text: what someone reads who gets hold of a dump.

#![expect(clippy::unwrap_used, reason = "a story that cannot go on fails")]

use std::fmt::Write;

use sqlx::{AssertSqlSafe, Connection, PgConnection, SqliteConnection};

use super::database::TestDatabase;

/// Every value of every column of every table, a line each: `orders.code = K7Q2`. Bytes stand there
/// both as the text that they may be and in hexadecimal digits.
pub async fn dump_of(database: &TestDatabase) -> String {
    let mut dump = String::new();
    for (table, column) in columns(database).await {
        for value in values(database, &table, &column).await {
            let text = String::from_utf8_lossy(&value);
            writeln!(dump, "{table}.{column} = {text}").unwrap();
            if text.chars().any(char::is_control) || matches!(text, std::borrow::Cow::Owned(_)) {
                writeln!(dump, "{table}.{column} = {}", hex::encode(&value)).unwrap();
            }
        }
    }
    dump
}

/// How many rows each table has, by name.
pub async fn row_counts(database: &TestDatabase) -> Vec<(String, i64)> {
    let mut tables: Vec<String> = columns(database).await.into_iter().map(|(table, _)| table).collect();
    tables.dedup();
    let mut counts = Vec::new();
    for table in tables {
        let count = database.texts(&format!("select cast(count(*) as text) from {table}")).await.unwrap();
        counts.push((table, count[0].parse().unwrap()));
    }
    counts
}

async fn columns(database: &TestDatabase) -> Vec<(String, String)> {
    let query = if database.is_postgres() {
        "select table_name || '.' || column_name from information_schema.columns
         where table_schema = current_schema() order by table_name, ordinal_position"
    } else {
        "select tables.name || '.' || columns.name from sqlite_schema tables
         join pragma_table_info(tables.name) columns
         where tables.type = 'table' and tables.name not like 'sqlite%' order by tables.name, columns.cid"
    };
    let names = database.texts(query).await.unwrap();
    let names = names.iter().map(|name| name.split_once('.').unwrap());
    let ours = names.filter(|(table, _)| !table.starts_with("_sqlx"));
    ours.map(|(table, column)| (table.to_owned(), column.to_owned())).collect()
}

async fn values(database: &TestDatabase, table: &str, column: &str) -> Vec<Vec<u8>> {
    if database.is_postgres() {
        let mut connection = PgConnection::connect(&database.url()).await.unwrap();
        let of_type = "select data_type from information_schema.columns
             where table_schema = current_schema() and table_name = $1 and column_name = $2";
        let kind: String =
            sqlx::query_scalar(of_type).bind(table).bind(column).fetch_one(&mut connection).await.unwrap();
        let value = if kind == "bytea" {
            column.to_owned()
        } else {
            format!("convert_to(cast({column} as text), 'UTF8')")
        };
        let query = format!("select {value} from {table} where {column} is not null");
        sqlx::query_scalar(AssertSqlSafe(query)).fetch_all(&mut connection).await.unwrap()
    } else {
        let mut connection = SqliteConnection::connect(&database.url()).await.unwrap();
        let query = format!("select cast({column} as blob) from {table} where {column} is not null");
        sqlx::query_scalar(AssertSqlSafe(query)).fetch_all(&mut connection).await.unwrap()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::support::test_shop::TestShop;

    #[tokio::test]
    async fn a_dump_shows_what_stands_in_each_column() {
        let shop = TestShop::open().await;
        let link = shop.link(Some(3)).await;
        let dump = dump_of(&shop.database).await;
        assert!(dump.contains("merchants.name = Toko Ani\n"), "{dump}");
        assert!(dump.contains(&format!("payment_links.slug = {}\n", link.slug.as_str())), "{dump}");
        assert!(row_counts(&shop.database).await.contains(&("payment_links".to_owned(), 1)));
    }
}
