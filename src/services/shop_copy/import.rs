//! Reading a shop's file into another instance.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::io::{BufRead, BufReader, Read};

use data_encoding::BASE64;
use flate2::bufread::MultiGzDecoder;
use serde::Deserialize;
use serde_json::{Map, Value};
use uuid::Uuid;

use super::{FORMAT, TABLES, is_told};
use crate::domain::audit::BookReading;
use crate::domain::id::{MerchantId, TelegramId};
use crate::domain::language::Language;
use crate::domain::merchant::{Role, StaffMember};
use crate::domain::order::OrderToken;
use crate::domain::slug::Slug;
use crate::services::checkout::TOKEN_PURPOSE;
use crate::services::sealing::Sealer;
use crate::storage::schema::{Column, ColumnKind, Table};
use crate::storage::{Storage, StorageError, Writer};

/// The longest line in bytes: no row of a shop comes near.
const LINE_BYTES_MAX: u64 = 1 << 20;

/// Which table a column's keys stand in.
const REFERENCES: [(&str, &str); 4] = [
    ("merchant_id", "merchants"),
    ("payment_link_id", "payment_links"),
    ("order_id", "orders"),
    ("attempt_id", "payment_attempts"),
];

/// Why a shop was not read. Nothing is changed then.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The database could not be asked, or refused a row: a key of the file is another shop's here.
    #[error(transparent)]
    Storage(#[from] StorageError),
    /// The file could not be read or unpacked.
    #[error("the file cannot be read: {0}")]
    File(#[from] std::io::Error),
    /// It is no shop's file, or not a whole one.
    #[error("line {line} of the file: {reason}")]
    Unreadable {
        /// Which line, from 1.
        line: u64,
        /// What is wrong, as the end of a sentence.
        reason: String,
    },
    /// A newer version wrote it.
    #[error("a newer version of Tautan wrote the file; read it with that version or a newer one")]
    Newer,
    /// The shop is here.
    #[error("the shop of this file is here already and is left as it is")]
    Exists,
    /// The book was changed.
    #[error("the book in the file does not fit its seals: {0}")]
    Book(String),
}

/// What was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Imported {
    /// The shop.
    pub merchant_id: MerchantId,
    /// Rows of all tables.
    pub rows: u64,
    /// Links whose address another shop has here: before and after.
    pub readdressed: Vec<(String, String)>,
    /// Charges that gateways are asked about when the service starts.
    pub charges_to_ask: u64,
}

/// Reads a shop's file into a new shop of the same key, owned by a person: all of it or nothing. Orders get
/// new addresses, which nobody knows yet, and the book is held against its seals.
///
/// # Errors
/// [`ImportError`].
pub async fn import_shop(
    storage: &Storage,
    sealer: &Sealer,
    owner: TelegramId,
    file: impl Read + Send,
) -> Result<Imported, ImportError> {
    let mut lines = Lines::new(file);
    let head: Head = lines.value()?;
    if head.tautan_shop > FORMAT {
        return Err(ImportError::Newer);
    }
    let merchant_id = MerchantId(head.shop);
    let mut writer = storage.write().await?;
    if writer.merchant(merchant_id).await?.is_some() {
        writer.roll_back().await?;
        return Err(ImportError::Exists);
    }
    let tables = writer.tables().await?.into_iter().map(|table| (table.name.clone(), table)).collect();
    let mut shop = Shop {
        sealer,
        merchant_id,
        tables,
        keys: HashMap::from([("merchants", HashSet::from([head.shop]))]),
        head: None,
        rows: 0,
        readdressed: Vec::new(),
    };
    loop {
        match lines.value()? {
            Line::Row { table, row } => shop.paste(&mut writer, &table, row, &lines).await?,
            Line::Foot { rows } if rows == shop.rows => break,
            Line::Foot { .. } => return Err(lines.unreadable("rows are missing before it")),
        }
    }
    shop.check_book(&mut writer).await?;
    let language = writer.merchant(merchant_id).await?.map_or(Language::Indonesian, |shop| shop.language);
    let member = StaffMember { merchant_id, telegram_id: owner, role: Role::Owner, language };
    writer.insert_staff(&member).await?;
    let charges_to_ask = writer.pull_shop(merchant_id).await?;
    writer.commit().await?;
    Ok(Imported { merchant_id, rows: shop.rows, readdressed: shop.readdressed, charges_to_ask })
}

#[derive(Deserialize)]
struct Head {
    tautan_shop: i64,
    shop: Uuid,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Line {
    Row { table: String, row: Map<String, Value> },
    Foot { rows: u64 },
}

/// What was read so far.
struct Shop<'a> {
    sealer: &'a Sealer,
    merchant_id: MerchantId,
    tables: BTreeMap<String, Table>,
    /// Keys of the file by table: rows refer to nothing else.
    keys: HashMap<&'static str, HashSet<Uuid>>,
    /// The last place in the book and its seal.
    head: Option<(i64, Vec<u8>)>,
    rows: u64,
    readdressed: Vec<(String, String)>,
}

impl Shop<'_> {
    async fn paste<R: Read>(
        &mut self,
        writer: &mut Writer,
        table: &str,
        mut row: Map<String, Value>,
        lines: &Lines<R>,
    ) -> Result<(), ImportError> {
        let known = TABLES.iter().find(|(name, ..)| *name == table).zip(self.tables.get(table));
        let Some(((name, ..), ours)) = known else { return Err(ImportError::Newer) };
        let mut columns: Vec<Column> = Vec::with_capacity(row.len() + 3);
        for column in row.keys() {
            let known = ours.columns.iter().find(|ours| ours.name == *column && is_told(ours));
            columns.push(known.ok_or(ImportError::Newer)?.clone());
        }
        self.check_keys(name, &row, lines)?;
        match *name {
            "merchants" => self.head = Some(book_head(&row).ok_or_else(|| lines.unreadable("no book"))?),
            "payment_links" => self.readdress(writer, &mut row).await?,
            "orders" => self.give_secrets(&mut row, &mut columns),
            _ => {}
        }
        let values: Vec<Value> =
            columns.iter().map(|column| row.get(&column.name).cloned().unwrap_or_default()).collect();
        writer.paste_row(&Table { name: table.to_owned(), columns }, &values).await?;
        self.rows += 1;
        Ok(())
    }

    /// A row is the shop's own and refers to rows of the file alone, not to what another shop has here.
    fn check_keys<R: Read>(
        &mut self,
        table: &'static str,
        row: &Map<String, Value>,
        lines: &Lines<R>,
    ) -> Result<(), ImportError> {
        for (column, of) in REFERENCES {
            if let Some(value) = row.get(column)
                && !key(value).is_some_and(|key| self.keys.get(of).is_some_and(|keys| keys.contains(&key)))
            {
                return Err(lines.unreadable(&format!("{column} names no row of the file")));
            }
        }
        let own = row.get("id").and_then(key);
        let is_own_shop = table != "merchants" || own == Some(self.merchant_id.0);
        if !is_own_shop || (table != "merchants" && !row.contains_key("merchant_id")) {
            return Err(lines.unreadable("the row is not the shop's"));
        }
        self.keys.entry(table).or_default().extend(own);
        Ok(())
    }

    /// Gives a link another address when somebody has its own here.
    async fn readdress(
        &mut self,
        writer: &mut Writer,
        row: &mut Map<String, Value>,
    ) -> Result<(), ImportError> {
        let slug = row.get("slug").and_then(Value::as_str).unwrap_or_default().to_owned();
        if writer.link_by_slug(&slug).await?.is_some() {
            let other = Slug::generate(rand::random()).as_str().to_owned();
            row.insert("slug".to_owned(), other.clone().into());
            self.readdressed.push((slug, other));
        }
        Ok(())
    }

    /// Gives an order an address of its own, and a form that nobody can send again.
    fn give_secrets(&self, row: &mut Map<String, Value>, columns: &mut Vec<Column>) {
        let token = OrderToken::new(rand::random());
        let secrets = [
            ("token_hash", token.hash().to_vec()),
            ("token_sealed", self.sealer.seal(TOKEN_PURPOSE, token.reveal().as_bytes())),
            ("form_hash", rand::random::<[u8; 32]>().to_vec()),
        ];
        for (name, bytes) in secrets {
            columns.push(Column { name: name.to_owned(), kind: ColumnKind::Bytea });
            row.insert(name.to_owned(), BASE64.encode(&bytes).into());
        }
    }

    async fn check_book(&self, writer: &mut Writer) -> Result<(), ImportError> {
        let Some((sequence, seal)) = &self.head else {
            return Err(ImportError::Book("there is no shop in the file".to_owned()));
        };
        let mut book = BookReading::new();
        loop {
            let rows = writer.book_rows(self.merchant_id, book.sequence()).await?;
            if rows.is_empty() {
                break;
            }
            for (_, row) in rows {
                let row = row?;
                if let Some(fault) = book.read(&row.entry, &row.seal) {
                    return Err(ImportError::Book(format!("row {}: {fault}", row.entry.sequence)));
                }
            }
        }
        book.close(*sequence, seal).map_or(Ok(()), |fault| Err(ImportError::Book(fault)))
    }
}

fn key(value: &Value) -> Option<Uuid> {
    value.as_str()?.parse().ok()
}

fn book_head(row: &Map<String, Value>) -> Option<(i64, Vec<u8>)> {
    let sequence = row.get("ledger_sequence")?.as_i64()?;
    let seal = BASE64.decode(row.get("ledger_seal")?.as_str()?.as_bytes()).ok()?;
    Some((sequence, seal))
}

/// The lines of a packed file.
struct Lines<R: Read> {
    reader: BufReader<MultiGzDecoder<BufReader<R>>>,
    number: u64,
}

impl<R: Read> Lines<R> {
    fn new(file: R) -> Self {
        Self { reader: BufReader::new(MultiGzDecoder::new(BufReader::new(file))), number: 0 }
    }

    fn value<T: serde::de::DeserializeOwned>(&mut self) -> Result<T, ImportError> {
        let mut line = Vec::new();
        self.number += 1;
        (&mut self.reader).take(LINE_BYTES_MAX).read_until(b'\n', &mut line)?;
        if !line.ends_with(b"\n") {
            return Err(self.unreadable("the file ends in the middle"));
        }
        serde_json::from_slice(&line).map_err(|_| self.unreadable("it says nothing known"))
    }

    fn unreadable(&self, reason: &str) -> ImportError {
        ImportError::Unreadable { line: self.number, reason: reason.to_owned() }
    }
}
