//! A whole shop in one file, for its owner to keep and for another instance to read.
//!
//! The file is packed (gzip) and holds a JSON value a line. The first line is `{"tautan_shop":1, "shop":
//! <key>, "taken_at": <instant>}`, the last one `{"rows": <how many>}`. Each line between them is a row:
//! `{"table": <name>, "row": {<column>: <value>, …}}`, with the tables and columns of `migrations/`, and each
//! row behind those that it refers to. Keys are text, instants milliseconds since 1970 in UTC, money minor
//! units, seals base64. Whatever else is bytes in the database is a secret or the fingerprint of one and is
//! not in the file; neither is how a charge is to be paid, nor who works in the shop, nor its own gateway
//! accounts, nor files of links, rehearsals and letters under way, nor the groups and channels where its payments ring:
//! another instance has another bot, which is in none of them.

use std::io::Write;
use std::ops::ControlFlow;

use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::{Map, Value, json};

use super::merchants::Seat;
use super::{ServiceError, Services};
use crate::storage::schema::{Column, ColumnKind, Table};
use crate::storage::{RowsOf, Snapshot, StorageError};

mod import;

pub use import::{ImportError, Imported, import_shop};

/// The version of the file that this program writes and reads.
const FORMAT: i64 = 1;

/// A table of a shop: its name, the column with the shop's key, and the columns that order its rows.
type ShopTable = (&'static str, &'static str, &'static str);

/// What a shop is, each table behind those that it refers to.
const TABLES: [ShopTable; 7] = [
    ("merchants", "id", "id"),
    ("payment_links", "merchant_id", "id"),
    ("orders", "merchant_id", "id"),
    ("payment_attempts", "merchant_id", "id"),
    ("refunds", "merchant_id", "id"),
    ("ledger_entries", "merchant_id", "sequence"),
    ("link_views", "merchant_id", "payment_link_id, quarter"),
];

/// Bytes that are no secret: the seals of the book, which prove it.
const SEALS: [&str; 2] = ["ledger_seal", "seal"];

/// What belongs to the instance that asks the gateway, how a charge is to be paid, which picture a link or the
/// shop shows (pictures are bytes), and whose chat customers read of: only that person may say so.
const LEFT_OUT: [&str; 10] = [
    "chat_name",
    "chat_person",
    "chat_seen_at",
    "instructions",
    "leased_by",
    "leased_until",
    "photo_id",
    "pull_due_at",
    "pulled_at",
    "pull_failures",
];

/// A shop's file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShopCopy {
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// How many rows it holds.
    pub rows: u64,
}

impl Services {
    /// Everything about the shop, as of one instant. `None` for who does not own it.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn copy_shop(&self, seat: &Seat) -> Result<Option<ShopCopy>, ServiceError> {
        if !seat.member.role.may_take_shop() {
            return Ok(None);
        }
        let taken_at = self.storage.now().await?;
        let mut copy = Lines::new();
        let shop = seat.merchant.id;
        copy.line(&json!({
            "tautan_shop": FORMAT, "shop": shop.to_string(), "taken_at": taken_at.timestamp_millis(),
        }));
        let mut snapshot = self.storage.snapshot().await?;
        let mut rows = 0;
        for (table, of) in shop_tables(&mut snapshot, shop.0).await? {
            snapshot
                .copy_rows_of(&table, Some(of), |values| {
                    rows += 1;
                    copy.line(&row_line(&table, values));
                    ControlFlow::Continue(())
                })
                .await?;
        }
        snapshot.end().await?;
        copy.line(&json!({ "rows": rows }));
        let bytes = copy.finish().map_err(|_| ServiceError::Interrupted)?;
        Ok(Some(ShopCopy { bytes, rows }))
    }
}

/// Whether a column stands in the file.
fn is_told(column: &Column) -> bool {
    let is_secret = column.kind == ColumnKind::Bytea && !SEALS.contains(&column.name.as_str());
    !is_secret && !LEFT_OUT.contains(&column.name.as_str())
}

/// The shop's tables with the columns that stand in the file.
async fn shop_tables(
    snapshot: &mut Snapshot,
    shop: uuid::Uuid,
) -> Result<Vec<(Table, RowsOf)>, StorageError> {
    let mut known = snapshot.tables().await?;
    let tables = TABLES.into_iter().filter_map(|(name, of, order_by)| {
        let mut table = known.swap_remove(known.iter().position(|table| table.name == name)?);
        table.columns.retain(is_told);
        Some((table, RowsOf { column: of, key: shop, order_by }))
    });
    Ok(tables.collect())
}

fn row_line(table: &Table, values: Vec<Value>) -> Value {
    let row: Map<String, Value> =
        table.columns.iter().map(|column| column.name.clone()).zip(values).collect();
    json!({ "table": table.name, "row": row })
}

/// Packs lines in memory. Writing there does not fail; if it does, [`Lines::finish`] says so.
struct Lines {
    packer: GzEncoder<Vec<u8>>,
    failed: bool,
}

impl Lines {
    fn new() -> Self {
        Self { packer: GzEncoder::new(Vec::new(), Compression::fast()), failed: false }
    }

    fn line(&mut self, value: &Value) {
        self.failed |= writeln!(self.packer, "{value}").is_err();
    }

    fn finish(self) -> std::io::Result<Vec<u8>> {
        if self.failed {
            return Err(std::io::ErrorKind::OutOfMemory.into());
        }
        self.packer.finish()
    }
}
