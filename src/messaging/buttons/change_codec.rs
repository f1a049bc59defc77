//! The letters of the buttons that change a link.

use super::{Press, decode_key, encode_key};
use crate::domain::id::{DraftId, LinkId};

/// The verb and the arguments of a press that changes a link.
pub(super) fn parts(press: Press) -> (&'static str, Vec<String>) {
    match press {
        Press::Change(link) => ("lc", vec![encode_key(link.0)]),
        Press::ChangeSave(draft, link) => ("cs", vec![encode_key(draft.0), encode_key(link.0)]),
        Press::ChangeLeave(draft, link) => ("cx", vec![encode_key(draft.0), encode_key(link.0)]),
        Press::SwitchOff(link) => ("lf", vec![encode_key(link.0)]),
        Press::SwitchOn(link) => ("ln", vec![encode_key(link.0)]),
        Press::Extend(link, hours) => ("lt", vec![encode_key(link.0), hours.to_string()]),
        Press::Restock(link, more) => ("lm", vec![encode_key(link.0), more.to_string()]),
        Press::MakeLike(link) => ("lk", vec![encode_key(link.0)]),
        _ => ("", vec![]),
    }
}

/// Reads what [`parts`] gives.
pub(super) fn read(verb: &str, arguments: &[&str]) -> Option<Press> {
    let draft = |text: &str| decode_key(text).map(DraftId);
    let link = |text: &str| decode_key(text).map(LinkId);
    Some(match (verb, arguments) {
        ("lc", [id]) => Press::Change(link(id)?),
        ("cs", [id, of]) => Press::ChangeSave(draft(id)?, link(of)?),
        ("cx", [id, of]) => Press::ChangeLeave(draft(id)?, link(of)?),
        ("lf", [id]) => Press::SwitchOff(link(id)?),
        ("ln", [id]) => Press::SwitchOn(link(id)?),
        ("lt", [id, hours]) => Press::Extend(link(id)?, hours.parse().ok()?),
        ("lm", [id, more]) => Press::Restock(link(id)?, more.parse().ok()?),
        ("lk", [id]) => Press::MakeLike(link(id)?),
        _ => return None,
    })
}
