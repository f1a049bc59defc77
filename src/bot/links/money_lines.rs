//! What became of an order's money: one line for all that came, went back or was taken, as the book says
//! it, and what is still there.

use chrono::{DateTime, Utc};

use crate::domain::id::AttemptId;
use crate::domain::ledger::EntryKind;
use crate::domain::money::Money;
use crate::domain::order::{Order, OrderState};
use crate::domain::order_money::{MoneyMove, OrderMoney};
use crate::domain::payment_method::PaymentMethod;
use crate::domain::refund::RefundState;
use crate::messaging::texts::Say;
use crate::services::orders::OrderView;

use super::link_orders::state_words;
use super::wording::Reader;

/// How many movements a card lists: the newest ones.
const MOVEMENTS_SHOWN: usize = 20;

/// What came and went, what is on its way, and what failed, each with when.
pub(super) fn money_lines(reader: &Reader, view: &OrderView) -> Vec<(DateTime<Utc>, String)> {
    let earlier = view.money.booked().count().saturating_sub(MOVEMENTS_SHOWN);
    let came_and_went = view.money.booked().skip(earlier);
    let came_and_went = came_and_went.filter_map(|step| Some((step.at, booked_line(reader, view, step)?)));
    came_and_went.chain(return_lines(reader, view)).collect()
}

/// The picture and the word of where the order stands; while money is going back, that is the word.
pub(in crate::bot) fn standing_words(order: &Order, money: &OrderMoney) -> (&'static str, &'static str) {
    let is_going_back = money.under_way_minor() > 0 && money.staying_minor() < order.amount.minor();
    let yields =
        !matches!(order.state, OrderState::Awaiting | OrderState::Reversed | OrderState::ChargedBack);
    match (is_going_back && yields, money.staying_minor() > 0) {
        (true, true) => ("🔄", "order-state-part-going-back"),
        (true, false) => ("🔄", "order-state-going-back"),
        (false, _) => state_words(order.state),
    }
}

fn booked_line(reader: &Reader, view: &OrderView, step: &MoneyMove) -> Option<String> {
    let key = match step.entry? {
        EntryKind::Captured => "money-line-came",
        EntryKind::Restored => "money-line-came-again",
        EntryKind::Refunded => "money-line-returned",
        EntryKind::RefundedByHand => "money-line-by-hand",
        EntryKind::Reversed => "money-line-taken-back",
        EntryKind::ChargedBack => "money-line-disputed",
        // Only noted: no money of the order moved.
        EntryKind::ReturnBeyondCaptured => return None,
    };
    let method = method_of(view, step.attempt_id).map_or("", PaymentMethod::name);
    Some(line(reader, view, key, (step.amount_minor, step.at)).with("method", method).html())
}

/// The returns that the book does not show, each with when it was asked for: those on their way, and those
/// that failed.
fn return_lines(reader: &Reader, view: &OrderView) -> Vec<(DateTime<Utc>, String)> {
    let under_way =
        view.money.under_way().map(|step| (step.at, "money-line-under-way", step.amount_minor, step.at));
    let failed = view.refunds.iter().filter(|refund| refund.state == RefundState::Failed).map(|refund| {
        let failed_at = refund.settled_at.unwrap_or(refund.requested_at);
        (refund.requested_at, "money-line-failed", refund.amount.minor(), failed_at)
    });
    let told =
        |(asked_at, key, amount_minor, at)| (asked_at, line(reader, view, key, (amount_minor, at)).html());
    under_way.chain(failed).map(told).collect()
}

fn line<'key>(
    reader: &Reader,
    view: &OrderView,
    key: &'key str,
    (amount_minor, at): (i64, DateTime<Utc>),
) -> Say<'key> {
    let amount = Money::new(amount_minor, view.order.amount.currency());
    Say::new(reader.language, key)
        .with_safe("amount", amount.display(reader.language))
        .with_safe("at", reader.instant(at))
}

/// What is left when all that is on its way has gone; not said of an order that is simply paid.
pub(super) fn still_there(reader: &Reader, view: &OrderView) -> Option<String> {
    let staying_minor = view.money.staying_minor();
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
