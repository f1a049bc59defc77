//! Backups: every row of one instant, from either database, in one sealed file that restores into
//! either.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::ops::ControlFlow;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use rustix::fs::{CWD, RenameFlags, renameat_with};
use rustix::io::Errno;
use serde::{Deserialize, Serialize};

use super::sealing::Sealer;
use crate::storage::schema::{SchemaStep, Table};
use crate::storage::{Snapshot, Storage, StorageError};

pub mod container;
mod restore;

pub use restore::{Restored, restore};

use container::BackupWriter;

/// The first line of a backup.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Head {
    taken_at: DateTime<Utc>,
    program: String,
    steps: Vec<SchemaStep>,
}

/// The last line of a backup.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
struct Foot {
    tables: usize,
    rows: u64,
}

/// Every line of a backup but the rows, which are arrays.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Mark {
    Head(Head),
    /// The rows of this table follow.
    Table(Table),
    /// That many rows of it.
    Rows(u64),
    Foot(Foot),
}

/// Why a backup was not made or not restored.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// The database could not be asked, or refused a row.
    #[error(transparent)]
    Storage(#[from] StorageError),
    /// The file could not be written or read.
    #[error("{}: {error}", file.display())]
    File {
        /// Which one.
        file: PathBuf,
        /// Why.
        error: io::Error,
    },
    /// There is a file of that name.
    #[error("{} exists already and is left as it is; choose another name", .0.display())]
    Exists(PathBuf),
    /// It was made by a newer version.
    #[error("the backup was made by version {0} of Tautan; restore it with that version or a newer one")]
    Newer(String),
    /// The rows are in the database; what followed failed.
    #[error("the rows are restored, but what follows failed: {0}; the service does it when it starts")]
    RowsAlone(Box<Self>),
    /// The lines are not those of a backup.
    #[error("the backup cannot be read: {0}")]
    Unreadable(String),
}

/// What a backup holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BackupSummary {
    /// The instant whose rows it holds.
    pub taken_at: DateTime<Utc>,
    /// Tables.
    pub tables: usize,
    /// Rows of all tables.
    pub rows: u64,
    /// Bytes of the file.
    pub bytes: u64,
}

/// Writes a backup of all rows, as of one instant, into a new file that only its owner may read. The
/// service may go on meanwhile. The file appears whole or not at all. `progress` hears of each table.
///
/// # Errors
/// When the file exists or cannot be written, or the database cannot be read.
pub async fn back_up(
    storage: &Storage,
    sealer: &Sealer,
    file: &Path,
    progress: &mut (dyn FnMut(&str) + Send),
) -> Result<BackupSummary, BackupError> {
    if file.exists() {
        return Err(BackupError::Exists(file.to_owned()));
    }
    let failed = |error| BackupError::File { file: file.to_owned(), error };
    let draft = Draft::create(file).map_err(failed)?;
    let taken_at = storage.now().await?;
    let mut snapshot = storage.snapshot().await?;
    let mut writer =
        BackupWriter::start(BufWriter::new(draft.open.try_clone().map_err(failed)?), sealer.clone())
            .map_err(failed)?;
    let head = Head {
        taken_at,
        program: env!("CARGO_PKG_VERSION").to_owned(),
        steps: snapshot.steps_taken().await?,
    };
    let mut foot = Foot { tables: 0, rows: 0 };
    write_mark(&mut writer, &Mark::Head(head)).map_err(failed)?;
    for table in snapshot.tables().await? {
        let rows = write_table(&mut snapshot, &mut writer, &table).await?.map_err(failed)?;
        progress(&format!("{}: {rows} rows", table.name));
        foot.tables += 1;
        foot.rows += rows;
    }
    snapshot.end().await?;
    write_mark(&mut writer, &Mark::Foot(foot)).map_err(failed)?;
    writer
        .finish()
        .and_then(|file| file.into_inner().map_err(io::IntoInnerError::into_error))
        .map_err(failed)?;
    let bytes = draft.keep_as(file).map_err(|error| match error.kind() {
        io::ErrorKind::AlreadyExists => BackupError::Exists(file.to_owned()),
        _ => failed(error),
    })?;
    Ok(BackupSummary { taken_at, tables: foot.tables, rows: foot.rows, bytes })
}

/// The rows of a table; the inner error is the file's.
async fn write_table<W: Write + Send>(
    snapshot: &mut Snapshot,
    writer: &mut BackupWriter<W>,
    table: &Table,
) -> Result<io::Result<u64>, StorageError> {
    let mut rows = 0;
    let mut written = write_mark(writer, &Mark::Table(table.clone()));
    if written.is_ok() {
        let take = |row| {
            written = writer.line(&serde_json::Value::Array(row).to_string());
            rows += 1;
            if written.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        };
        snapshot.copy_rows(table, take).await?;
    }
    Ok(written.and_then(|()| write_mark(writer, &Mark::Rows(rows))).map(|()| rows))
}

fn write_mark<W: Write>(writer: &mut BackupWriter<W>, mark: &Mark) -> io::Result<()> {
    writer.line(&serde_json::to_string(mark).map_err(io::Error::other)?)
}

/// A file beside the wished one, which goes away unless it is kept.
struct Draft {
    path: PathBuf,
    open: File,
}

impl Draft {
    fn create(wished: &Path) -> io::Result<Self> {
        let mut name = wished.file_name().ok_or(io::ErrorKind::InvalidFilename)?.to_owned();
        name.push(format!(".{}.part", uuid::Uuid::new_v4().simple()));
        let path = wished.with_file_name(name);
        let open = File::options().write(true).create_new(true).mode(0o600).open(&path)?;
        Ok(Self { path, open })
    }

    /// Gives the file its name, on disk for good; gives its bytes.
    fn keep_as(&self, wished: &Path) -> io::Result<u64> {
        self.open.sync_all()?;
        // Neither may replace what someone put there meanwhile: memory cards and shares of Windows know
        // no links, NFS knows no careful renaming.
        match renameat_with(CWD, &self.path, CWD, wished, RenameFlags::NOREPLACE) {
            Err(Errno::INVAL | Errno::NOSYS | Errno::NOTSUP) => fs::hard_link(&self.path, wished)?,
            renamed => renamed?,
        }
        let folder = wished.parent().filter(|folder| !folder.as_os_str().is_empty());
        File::open(folder.unwrap_or_else(|| Path::new(".")))?.sync_all()?;
        Ok(self.open.metadata()?.len())
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        drop(fs::remove_file(&self.path));
    }
}
