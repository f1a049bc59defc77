//! Pages of newest-first lists, by key.

use super::links::{Cursor, Page};
use crate::storage::Direction;

/// Where a page starts, as the storage says it.
pub(super) fn direction<Key>(cursor: Cursor<Key>, uuid: impl Fn(Key) -> uuid::Uuid) -> Direction {
    match cursor {
        Cursor::Start => Direction::FromNewest,
        Cursor::OlderThan(key) => Direction::OlderThan(uuid(key)),
        Cursor::NewerThan(key) => Direction::NewerThan(uuid(key)),
    }
}

/// Makes a page of rows that were read with one more than fits: the one more says whether the list
/// goes on in the direction of reading.
pub(super) fn cut_page<Row, Key: Copy>(
    mut rows: Vec<Row>,
    cursor: Cursor<Key>,
    rows_max: i64,
    total: i64,
    key: impl Fn(&Row) -> Key,
) -> Page<Row, Key> {
    let rows_max = usize::try_from(rows_max).unwrap_or(usize::MAX);
    let goes_on = rows.len() > rows_max;
    if matches!(cursor, Cursor::NewerThan(_)) {
        rows.drain(..rows.len().saturating_sub(rows_max));
    } else {
        rows.truncate(rows_max);
    }
    let (has_newer, has_older) = match cursor {
        Cursor::Start => (false, goes_on),
        Cursor::OlderThan(_) => (true, goes_on),
        Cursor::NewerThan(_) => (goes_on, true),
    };
    let newer = rows.first().map(&key).filter(|_| has_newer);
    let older = rows.last().map(&key).filter(|_| has_older);
    Page { rows, newer, older, total }
}
