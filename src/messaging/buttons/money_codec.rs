//! The letters of the buttons about money.

use super::{Press, decode_key, encode_key};
use crate::domain::id::{AttemptId, ConfirmationId, OrderId};

/// The verb and the arguments of a press about money; home for any other.
pub(super) fn parts(press: Press) -> (&'static str, Vec<String>) {
    match press {
        Press::Accept(order) => ("ma", vec![encode_key(order.0)]),
        Press::Deliver(order) => ("md", vec![encode_key(order.0)]),
        Press::ReturnOf(order) => ("mo", vec![encode_key(order.0)]),
        Press::Return(attempt, amount_minor) => ("mr", returned(attempt, amount_minor)),
        Press::ReturnAmount(attempt) => ("mt", vec![encode_key(attempt.0)]),
        Press::SentBack(attempt, amount_minor) => ("ms", returned(attempt, Some(amount_minor))),
        Press::RecordAccept(order) => ("ra", vec![encode_key(order.0)]),
        Press::RecordDeliver(order) => ("rd", vec![encode_key(order.0)]),
        Press::RecordReturn(attempt, amount_minor) => ("rr", returned(attempt, amount_minor)),
        Press::RecordSentBack(attempt, amount_minor) => ("rb", returned(attempt, Some(amount_minor))),
        Press::Confirm(confirmation) => ("mc", vec![encode_key(confirmation.0)]),
        _ => ("h", vec![]),
    }
}

/// Reads what [`parts`] gives.
pub(super) fn read(verb: &str, arguments: &[&str]) -> Option<Press> {
    let order = |text: &str| decode_key(text).map(OrderId);
    let attempt = |text: &str| decode_key(text).map(AttemptId);
    let amount_minor = |text: &str| text.parse::<i64>().ok().filter(|amount_minor| *amount_minor > 0);
    let press = match (verb, arguments) {
        ("ma", [id]) => Press::Accept(order(id)?),
        ("md", [id]) => Press::Deliver(order(id)?),
        ("mo", [id]) => Press::ReturnOf(order(id)?),
        ("mr", [id]) => Press::Return(attempt(id)?, None),
        ("mr", [id, amount]) => Press::Return(attempt(id)?, Some(amount_minor(amount)?)),
        ("mt", [id]) => Press::ReturnAmount(attempt(id)?),
        ("ms", [id, amount]) => Press::SentBack(attempt(id)?, amount_minor(amount)?),
        ("mc", [id]) => Press::Confirm(decode_key(id).map(ConfirmationId)?),
        ("ra", [id]) => Press::RecordAccept(order(id)?),
        ("rd", [id]) => Press::RecordDeliver(order(id)?),
        ("rr", [id]) => Press::RecordReturn(attempt(id)?, None),
        ("rr", [id, amount]) => Press::RecordReturn(attempt(id)?, Some(amount_minor(amount)?)),
        ("rb", [id, amount]) => Press::RecordSentBack(attempt(id)?, amount_minor(amount)?),
        _ => return None,
    };
    Some(press)
}

fn returned(attempt: AttemptId, amount_minor: Option<i64>) -> Vec<String> {
    std::iter::once(encode_key(attempt.0)).chain(amount_minor.map(|minor| minor.to_string())).collect()
}
