//! Whether the disk under the database has room. A full disk stops everything at once, so new orders
//! stop a little earlier: what is left is for the payments that are on their way.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use super::{Storage, StorageError};

/// How many bytes must be free for new orders.
const LEAST_ROOM: u64 = 50 * 1024 * 1024;

/// What is known about the disk. Clones share it.
#[derive(Debug, Clone)]
pub(super) struct Room {
    known: Arc<Known>,
}

#[derive(Debug)]
struct Known {
    /// `None` when the database is elsewhere.
    folder: Option<PathBuf>,
    least: AtomicU64,
}

impl Room {
    /// The room around an SQLite file, or none of ours.
    pub(super) fn around(file: Option<&Path>) -> Self {
        let folder = file.map(|file| match file.parent() {
            Some(folder) if !folder.as_os_str().is_empty() => folder.to_owned(),
            _ => PathBuf::from("."),
        });
        let known = Known { folder, least: AtomicU64::new(LEAST_ROOM) };
        Self { known: Arc::new(known) }
    }
}

impl Storage {
    /// Looks at the disk; gives the bytes that are free when they are too few for new orders.
    /// On PostgreSQL the disk is the database's own to watch.
    ///
    /// # Errors
    /// When the disk cannot be asked.
    pub fn look_for_room(&self) -> Result<Option<u64>, StorageError> {
        let Some(folder) = &self.room.known.folder else { return Ok(None) };
        let disk = rustix::fs::statvfs(folder).map_err(std::io::Error::from)?;
        let free = disk.f_bavail.saturating_mul(disk.f_frsize);
        Ok((free < self.room.known.least.load(Ordering::Relaxed)).then_some(free))
    }

    /// Makes sure that there is room for new orders.
    ///
    /// # Errors
    /// [`StorageError::NoRoom`] when there is not, and when the disk cannot be asked.
    pub fn require_room(&self) -> Result<(), StorageError> {
        self.look_for_room()?.map_or(Ok(()), |_| Err(StorageError::NoRoom))
    }

    /// Changes how many bytes must be free for new orders: 50 MB unless told.
    pub fn keep_free(&self, bytes: u64) {
        self.room.known.least.store(bytes, Ordering::Relaxed);
    }
}
