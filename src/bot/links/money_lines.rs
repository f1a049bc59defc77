//! What became of an order's money: one line for all that came, went back or was taken, as the book says
//! it, and what is still there.

use crate::domain::id::AttemptId;
use crate::domain::ledger::{EntryKind, Movement};
use crate::domain::money::Money;
use crate::domain::order::OrderState;
use crate::domain::payment_method::PaymentMethod;
use crate::domain::refund::{Refund, RefundState};
use crate::messaging::texts::Say;
use crate::services::orders::OrderView;

use super::link_orders::state_words;
use super::wording::Reader;

/// How many movements a card lists: the newest ones.
const MOVEMENTS_SHOWN: usize = 20;

/// What came and went, oldest first; what is on its way or failed; then what is still there while
/// something is unsettled.
pub(super) fn money_lines(reader: &Reader, view: &OrderView, book: &[Movement]) -> Vec<String> {
    let newest = book.len().saturating_sub(MOVEMENTS_SHOWN);
    let came_and_went = book.iter().skip(newest).filter_map(|movement| movement_line(reader, view, movement));
    let under_way = view.refunds.iter().filter_map(|refund| refund_line(reader, refund));
    came_and_went.chain(under_way).chain(still_there(reader, view)).collect()
}

/// The picture and the word of where the order stands; while money is going back, that is the word.
pub(super) fn standing_words(view: &OrderView) -> (&'static str, &'static str) {
    let state = view.order.state;
    let is_going_back = view.refunds.iter().any(|refund| refund.state.is_open())
        && view.staying_minor() < view.order.amount.minor();
    let yields = !matches!(state, OrderState::Awaiting | OrderState::Reversed | OrderState::ChargedBack);
    match (is_going_back && yields, view.staying_minor() > 0) {
        (true, true) => ("⏳", "order-state-part-going-back"),
        (true, false) => ("⏳", "order-state-going-back"),
        (false, _) => state_words(state),
    }
}

fn movement_line(reader: &Reader, view: &OrderView, movement: &Movement) -> Option<String> {
    let key = match movement.kind {
        EntryKind::Captured => "money-line-came",
        EntryKind::Restored => "money-line-came-again",
        EntryKind::Refunded => "money-line-returned",
        EntryKind::RefundedByHand => "money-line-by-hand",
        EntryKind::Reversed => "money-line-taken-back",
        EntryKind::ChargedBack => "money-line-disputed",
        // Only noted: no money of the order moved.
        EntryKind::ReturnBeyondCaptured => return None,
    };
    let amount = Money::new(movement.amount_minor.abs(), view.order.amount.currency());
    let line = Say::new(reader.language, key)
        .with_safe("amount", amount.display(reader.language))
        .with_safe("at", reader.instant(movement.at))
        .with("method", method_of(view, movement.attempt_id).map_or("", PaymentMethod::name));
    Some(line.html())
}

/// A return that the book does not show: one on its way, or one that failed.
fn refund_line(reader: &Reader, refund: &Refund) -> Option<String> {
    let (key, at) = match refund.state {
        RefundState::Requested | RefundState::Accepted => ("money-line-under-way", refund.requested_at),
        RefundState::Failed => ("money-line-failed", refund.settled_at.unwrap_or(refund.requested_at)),
        RefundState::Confirmed => return None,
    };
    let line = Say::new(reader.language, key)
        .with_safe("amount", refund.amount.display(reader.language))
        .with_safe("at", reader.instant(at));
    Some(line.html())
}

/// What is left when all that is on its way has gone; not said of an order that is simply paid.
fn still_there(reader: &Reader, view: &OrderView) -> Option<String> {
    let staying_minor = view.staying_minor();
    let is_plain = view.order.state == OrderState::Paid && staying_minor == view.order.amount.minor();
    (staying_minor > 0 && !is_plain).then(|| {
        let amount = Money::new(staying_minor, view.order.amount.currency());
        Say::new(reader.language, "money-line-still-there")
            .with_safe("amount", amount.display(reader.language))
            .html()
    })
}

fn method_of(view: &OrderView, id: AttemptId) -> Option<PaymentMethod> {
    view.attempts.iter().find(|attempt| attempt.id == id).map(|attempt| attempt.method)
}
