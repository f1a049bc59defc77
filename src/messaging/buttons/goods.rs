//! The buttons about what a link sells beside one thing at one price.

use super::{Press, decode_key, encode_key};
use crate::domain::id::DraftId;

/// A tap about what is sold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum GoodsPress {
    /// Picture, pieces, opening and message of a draft.
    More(DraftId),
    /// Ask for a picture.
    Photo(DraftId),
    /// Take the picture off.
    DropPhoto(DraftId),
    /// Ask for a price that the customer chooses.
    Range(DraftId),
    /// Ask for several things.
    Bill(DraftId),
}

/// The verb and the arguments of a press about what is sold.
pub(super) fn parts(press: GoodsPress) -> (&'static str, Vec<String>) {
    let (verb, draft) = match press {
        GoodsPress::More(draft) => ("gm", draft),
        GoodsPress::Photo(draft) => ("gf", draft),
        GoodsPress::DropPhoto(draft) => ("gx", draft),
        GoodsPress::Range(draft) => ("gr", draft),
        GoodsPress::Bill(draft) => ("gb", draft),
    };
    (verb, vec![encode_key(draft.0)])
}

/// Reads what [`parts`] gives.
pub(super) fn read(verb: &str, arguments: &[&str]) -> Option<Press> {
    let [id] = arguments else { return None };
    let press = match verb {
        "gm" => GoodsPress::More,
        "gf" => GoodsPress::Photo,
        "gx" => GoodsPress::DropPhoto,
        "gr" => GoodsPress::Range,
        "gb" => GoodsPress::Bill,
        _ => return None,
    };
    Some(Press::Goods(press(DraftId(decode_key(id)?))))
}
