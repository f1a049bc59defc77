//! The buttons about numbers: figures of the shop and of a link, and files of orders.

use super::{decode_key, encode_key};
use crate::domain::figures::Period;
use crate::domain::id::LinkId;

/// A tap on a button about numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NumbersPress {
    /// The shop's figures.
    Figures(Period),
    /// The figures of a link.
    LinkFigures(LinkId, Period),
    /// The periods whose orders one can have as a file.
    Exports,
    /// The orders of a period as a file.
    Export(Period),
    /// The whole shop as a file.
    WholeShop,
    /// [`NumbersPress::Exports`], beside the record.
    RecordExports,
    /// [`NumbersPress::Export`], beside the record.
    RecordExport(Period),
}

impl NumbersPress {
    /// What a button under a record asks for; `None` under a card that may change.
    pub(super) const fn beside_record(self) -> Option<Self> {
        match self {
            Self::RecordExports => Some(Self::Exports),
            Self::RecordExport(period) => Some(Self::Export(period)),
            _ => None,
        }
    }

    /// The verb and the arguments.
    pub(super) fn parts(self) -> (&'static str, Vec<String>) {
        let code = |period: Period| period.code().to_owned();
        match self {
            Self::Figures(period) => ("nb", vec![code(period)]),
            Self::LinkFigures(link, period) => ("nl", vec![encode_key(link.0), code(period)]),
            Self::Exports => ("ne", vec![]),
            Self::Export(period) => ("nx", vec![code(period)]),
            Self::WholeShop => ("nw", vec![]),
            Self::RecordExports => ("nr", vec![]),
            Self::RecordExport(period) => ("nf", vec![code(period)]),
        }
    }

    /// Reads what [`NumbersPress::parts`] gives.
    pub(super) fn read(verb: &str, arguments: &[&str]) -> Option<Self> {
        Some(match (verb, arguments) {
            ("nb", [period]) => Self::Figures(Period::parse(period)?),
            ("nl", [id, period]) => Self::LinkFigures(decode_key(id).map(LinkId)?, Period::parse(period)?),
            ("ne", []) => Self::Exports,
            ("nx", [period]) => Self::Export(Period::parse(period)?),
            ("nw", []) => Self::WholeShop,
            ("nr", []) => Self::RecordExports,
            ("nf", [period]) => Self::RecordExport(Period::parse(period)?),
            _ => return None,
        })
    }
}
