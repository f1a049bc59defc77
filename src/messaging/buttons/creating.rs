//! The buttons about how links are made: several at once, without a question, and by the shop's defaults.

use super::{decode_key, encode_key};
use crate::domain::id::{BatchId, LinkId};

/// A tap on one of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CreatingPress {
    /// Show the drafts that were typed together.
    Batch(BatchId),
    /// Make a link of each.
    BatchCreate(BatchId),
    /// Throw them all away.
    BatchDiscard(BatchId),
    /// Take back a link that was made without a question.
    Undo(LinkId),
    /// The defaults of new links.
    Defaults,
    /// Take so many payments by default; `None` for as many as come.
    DefaultLimit(Option<i64>),
    /// Last so many minutes by default; `None` for good.
    DefaultLife(Option<i64>),
    /// Whether a clear line becomes a link without a question.
    Unasked(bool),
}

impl CreatingPress {
    pub(super) fn parts(self) -> (&'static str, Vec<String>) {
        let number = |number: Option<i64>| number.map(|number| number.to_string()).into_iter().collect();
        match self {
            Self::Batch(batch) => ("b", vec![encode_key(batch.0)]),
            Self::BatchCreate(batch) => ("bc", vec![encode_key(batch.0)]),
            Self::BatchDiscard(batch) => ("bx", vec![encode_key(batch.0)]),
            Self::Undo(link) => ("bu", vec![encode_key(link.0)]),
            Self::Defaults => ("bd", vec![]),
            Self::DefaultLimit(limit) => ("bl", number(limit)),
            Self::DefaultLife(minutes) => ("bt", number(minutes)),
            Self::Unasked(is_unasked) => ("ba", vec![u8::from(is_unasked).to_string()]),
        }
    }

    /// Reads what [`CreatingPress::parts`] gives.
    pub(super) fn read(verb: &str, arguments: &[&str]) -> Option<Self> {
        let batch = |text: &str| decode_key(text).map(BatchId);
        Some(match (verb, arguments) {
            ("b", [id]) => Self::Batch(batch(id)?),
            ("bc", [id]) => Self::BatchCreate(batch(id)?),
            ("bx", [id]) => Self::BatchDiscard(batch(id)?),
            ("bu", [id]) => Self::Undo(decode_key(id).map(LinkId)?),
            ("bd", []) => Self::Defaults,
            ("bl", []) => Self::DefaultLimit(None),
            ("bl", [limit]) => Self::DefaultLimit(Some(limit.parse().ok()?)),
            ("bt", []) => Self::DefaultLife(None),
            ("bt", [minutes]) => Self::DefaultLife(Some(minutes.parse().ok()?)),
            ("ba", ["0"]) => Self::Unasked(false),
            ("ba", ["1"]) => Self::Unasked(true),
            _ => return None,
        })
    }
}
