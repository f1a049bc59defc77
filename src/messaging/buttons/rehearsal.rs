//! The buttons of a rehearsal. None names the rehearsal: a person has one in each shop, and an old button shows
//! where that is.

use super::{decode_key, encode_key};
use crate::domain::id::LinkId;
use crate::domain::payment_method::PaymentMethod;

/// A tap on one of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RehearsalPress {
    /// Rehearse, or ask whether to go on with what was begun.
    Show,
    /// With a link made for it.
    Sample,
    /// With this link.
    With(LinkId),
    /// Leave what was begun and choose again.
    Anew,
    /// Where it is now.
    GoOn,
    /// The customer gives details.
    FillIn,
    /// The ways to pay.
    Methods,
    /// The customer chooses this one.
    Choose(PaymentMethod),
    /// The customer pays.
    Pay,
    /// Ask whether it was paid elsewhere.
    Check,
    /// The evening's recap.
    Recap,
    /// End it.
    Stop,
}

impl RehearsalPress {
    /// The verb and the arguments.
    pub(super) fn parts(self) -> (&'static str, Vec<String>) {
        match self {
            Self::Show => ("wr", vec![]),
            Self::Sample => ("wrs", vec![]),
            Self::With(link) => ("wrw", vec![encode_key(link.0)]),
            Self::Anew => ("wra", vec![]),
            Self::GoOn => ("wrg", vec![]),
            Self::FillIn => ("wrf", vec![]),
            Self::Methods => ("wrm", vec![]),
            Self::Choose(method) => ("wrc", vec![method.code().to_owned()]),
            Self::Pay => ("wrp", vec![]),
            Self::Check => ("wrk", vec![]),
            Self::Recap => ("wrr", vec![]),
            Self::Stop => ("wrx", vec![]),
        }
    }

    /// Reads what [`RehearsalPress::parts`] gives.
    pub(super) fn read(verb: &str, arguments: &[&str]) -> Option<Self> {
        Some(match (verb, arguments) {
            ("wr", []) => Self::Show,
            ("wrs", []) => Self::Sample,
            ("wrw", [link]) => Self::With(decode_key(link).map(LinkId)?),
            ("wra", []) => Self::Anew,
            ("wrg", []) => Self::GoOn,
            ("wrf", []) => Self::FillIn,
            ("wrm", []) => Self::Methods,
            ("wrc", [method]) => Self::Choose(PaymentMethod::parse(method)?),
            ("wrp", []) => Self::Pay,
            ("wrk", []) => Self::Check,
            ("wrr", []) => Self::Recap,
            ("wrx", []) => Self::Stop,
            _ => return None,
        })
    }
}
