//! The buttons about links that are made from a file.

use super::{decode_key, encode_key};
use crate::domain::id::ImportId;

/// A tap on one of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ImportPress {
    /// Say how it works.
    Explain,
    /// Send a file to fill in.
    Template,
    /// Make the links of a file.
    Create(ImportId),
    /// Make none of them.
    Discard(ImportId),
}

impl ImportPress {
    pub(super) fn parts(self) -> (&'static str, Vec<String>) {
        match self {
            Self::Explain => ("ie", vec![]),
            Self::Template => ("it", vec![]),
            Self::Create(import) => ("ic", vec![encode_key(import.0)]),
            Self::Discard(import) => ("ix", vec![encode_key(import.0)]),
        }
    }

    /// Reads what [`ImportPress::parts`] gives.
    pub(super) fn read(verb: &str, arguments: &[&str]) -> Option<Self> {
        let import = |text: &str| decode_key(text).map(ImportId);
        Some(match (verb, arguments) {
            ("ie", []) => Self::Explain,
            ("it", []) => Self::Template,
            ("ic", [id]) => Self::Create(import(id)?),
            ("ix", [id]) => Self::Discard(import(id)?),
            _ => return None,
        })
    }
}
