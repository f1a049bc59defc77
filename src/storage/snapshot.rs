//! Many reads of one instant, for who compares tables with each other.

use std::ops::{Deref, DerefMut};

use super::query::execute;
use super::{Reader, Storage, StorageError};

/// Reads that all see the same instant. Writers do not wait for it, and it does not wait for them.
#[derive(Debug)]
pub struct Snapshot {
    reader: Reader,
    ended: bool,
}

impl Storage {
    /// A connection whose reads all see the same instant.
    ///
    /// # Errors
    /// When none comes free in time.
    pub async fn snapshot(&self) -> Result<Snapshot, StorageError> {
        let mut snapshot = Snapshot { reader: self.read().await?, ended: false };
        snapshot.reader.begin_snapshot().await?;
        Ok(snapshot)
    }
}

impl Snapshot {
    /// Gives the connection back. A snapshot that is dropped instead closes it.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn end(mut self) -> Result<(), StorageError> {
        execute!(self.reader, "rollback")?;
        self.ended = true;
        Ok(())
    }
}

impl Drop for Snapshot {
    fn drop(&mut self) {
        if !self.ended {
            self.reader.close_on_drop();
        }
    }
}

impl Deref for Snapshot {
    type Target = Reader;

    fn deref(&self) -> &Reader {
        &self.reader
    }
}

impl DerefMut for Snapshot {
    fn deref_mut(&mut self) -> &mut Reader {
        &mut self.reader
    }
}
