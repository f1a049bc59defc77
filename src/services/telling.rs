//! Who is told what: about an order's money one message for each event and each member of staff, and for each
//! place where the shop's payments ring, and what owners alone hear; written in the transaction that makes it true.

use super::ServiceError;
use super::booking::Case;
use crate::domain::apply::{Outcome, Tiding};
use crate::domain::attempt::PaymentAttempt;
use crate::domain::id::{MerchantId, OrderId, TelegramId};
use crate::domain::merchant::Role;
use crate::domain::notification::SellerMessage;
use crate::domain::order::{Order, OrderState, Unit};
use crate::domain::place::PlaceTopic;
use crate::domain::refund::Refund;
use crate::storage::{Topic, Writer};

/// Writes a message for each tiding and each member of staff but the one who did it.
pub(super) async fn tell_staff(
    writer: &mut Writer,
    case: &Case,
    outcome: &Outcome,
    order: &Order,
    actor: Option<TelegramId>,
) -> Result<(), ServiceError> {
    let (before, link, attempt) = (&case.order, &case.link, &case.purchase.attempt);
    let staff = writer.staff(order.merchant_id).await?;
    for tiding in &outcome.tidings {
        let message = SellerMessage::Order {
            order_id: order.id,
            tiding: *tiding,
            attempt_id: Some(attempt.id),
            amount_minor: amount_of(*tiding, outcome, case.purchase.balance_minor),
        };
        let key = dedupe_key(*tiding, before, attempt, outcome.returned_minor);
        for member in staff.iter().filter(|member| Some(member.telegram_id) != actor) {
            let key = format!("{key}:{}", member.telegram_id);
            writer.enqueue(order.merchant_id, member.telegram_id, &message, &key).await?;
        }
        tell_places(writer, order.merchant_id, &message, &key).await?;
    }
    let newly_used = before.unit != Unit::Used && order.unit == Unit::Used;
    let limit = link.usage_limit.filter(|limit| newly_used && link.used + 1 >= limit.get());
    if let Some(limit) = limit {
        let message = SellerMessage::SoldOut { link_id: link.id };
        let key = format!("link:{}:sold_out:{}", link.id, limit.get());
        for member in &staff {
            let key = format!("{key}:{}", member.telegram_id);
            writer.enqueue(order.merchant_id, member.telegram_id, &message, &key).await?;
        }
        tell_places(writer, order.merchant_id, &message, &key).await?;
    }
    if !outcome.tidings.is_empty() {
        writer.ring(Topic::Outbox);
    }
    Ok(())
}

/// Writes to whoever wants to know that an order is not waiting any more and nobody paid it: once for each
/// order, and never when the book may know money of it.
pub(super) async fn tell_unpaid(
    writer: &mut Writer,
    before: OrderState,
    order: &Order,
) -> Result<(), ServiceError> {
    let has_ended = matches!(order.state, OrderState::Open | OrderState::Expired);
    if before != OrderState::Awaiting || !has_ended || order.may_hold_money() {
        return Ok(());
    }
    let message = SellerMessage::Unpaid { order_id: order.id };
    for person in writer.told_of_unpaid(order.merchant_id).await? {
        let key = format!("order:{}:unpaid:{person}", order.id);
        writer.enqueue(order.merchant_id, person, &message, &key).await?;
        writer.ring(Topic::Outbox);
    }
    Ok(())
}

/// Writes to every member of staff that the gateway would not give money back.
pub(super) async fn tell_refund_failed(writer: &mut Writer, refund: &Refund) -> Result<(), ServiceError> {
    let message = SellerMessage::Order {
        order_id: refund.order_id,
        tiding: Tiding::RefundFailed,
        attempt_id: Some(refund.attempt_id),
        amount_minor: refund.amount.minor(),
    };
    let key = format!("refund:{}:failed", refund.id);
    for member in writer.staff(refund.merchant_id).await? {
        let key = format!("{key}:{}", member.telegram_id);
        writer.enqueue(refund.merchant_id, member.telegram_id, &message, &key).await?;
    }
    tell_places(writer, refund.merchant_id, &message, &key).await
}

/// Writes to every owner, but not to `except`, in private. `message` says what each reads, and the owner's chat follows `key`.
pub(super) async fn tell_owners(
    writer: &mut Writer,
    merchant_id: MerchantId,
    except: Option<TelegramId>,
    key: &str,
    message: impl Fn(TelegramId) -> SellerMessage,
) -> Result<(), ServiceError> {
    let staff = writer.staff(merchant_id).await?;
    let owners = staff.iter().filter(|member| member.role == Role::Owner).map(|member| member.telegram_id);
    for owner in owners.filter(|owner| Some(*owner) != except) {
        writer.enqueue(merchant_id, owner, &message(owner), &format!("{key}:{owner}")).await?;
    }
    writer.ring(Topic::Outbox);
    Ok(())
}

/// Writes a message to the places where its kind is told; whoever did what it is about reads it there, too.
async fn tell_places(
    writer: &mut Writer,
    merchant_id: MerchantId,
    message: &SellerMessage,
    key: &str,
) -> Result<(), ServiceError> {
    let Some(topic) = PlaceTopic::of(message) else { return Ok(()) };
    for chat in writer.places_told_of(merchant_id, topic).await? {
        writer.enqueue(merchant_id, chat, message, &format!("{key}:{chat}")).await?;
    }
    Ok(())
}

/// The amount that a tiding is about, in minor units: what came, or what went.
fn amount_of(tiding: Tiding, outcome: &Outcome, balance_minor: i64) -> i64 {
    let amounts = || outcome.ledger.iter().map(|line| line.amount_minor);
    match tiding {
        Tiding::Paid
        | Tiding::PaidLate
        | Tiding::PaidUnallocated
        | Tiding::Underpaid
        | Tiding::Overpaid
        | Tiding::DuplicatePayment
        | Tiding::Restored => amounts().filter(|amount_minor| *amount_minor > 0).sum(),
        Tiding::DuplicateReversed
        | Tiding::Reversed
        | Tiding::PartiallyRefunded
        | Tiding::Refunded
        | Tiding::ChargedBack
        | Tiding::ReturnedByHand
        | Tiding::RefundFailed => amounts().filter(|amount_minor| *amount_minor < 0).map(i64::abs).sum(),
        Tiding::Accepted => balance_minor,
    }
}

/// What makes a message the same as one before: an order is paid once, an attempt can be a second
/// payment or be reversed and restored again, and refunds differ by their sum.
fn dedupe_key(tiding: Tiding, before: &Order, attempt: &PaymentAttempt, returned_minor: i64) -> String {
    match tiding {
        // Whoever was told "do not deliver" must be told that it is paid after all.
        Tiding::Paid | Tiding::PaidLate | Tiding::Overpaid if before.state == OrderState::Reversed => {
            format!("attempt:{}:paid_after_reversal", attempt.id)
        }
        Tiding::Paid | Tiding::PaidLate | Tiding::Overpaid => paid_key(before.id),
        // Restored money can find nothing left, after the order was paid once before.
        Tiding::PaidUnallocated => format!("attempt:{}:unallocated:{}", attempt.id, attempt.version),
        Tiding::Underpaid => format!("attempt:{}:underpaid", attempt.id),
        Tiding::DuplicateReversed => format!("attempt:{}:duplicate_reversed:{}", attempt.id, attempt.version),
        Tiding::DuplicatePayment => format!("attempt:{}:duplicate:{}", attempt.id, attempt.version),
        Tiding::Restored => format!("attempt:{}:restored:{}", attempt.id, attempt.version),
        Tiding::Reversed => format!("attempt:{}:reversed:{}", attempt.id, attempt.version),
        Tiding::PartiallyRefunded | Tiding::Refunded => {
            format!("attempt:{}:returned:{returned_minor}", attempt.id)
        }
        Tiding::ChargedBack => format!("attempt:{}:charged_back:{returned_minor}", attempt.id),
        Tiding::Accepted => format!("order:{}:accepted:{}", before.id, before.version),
        Tiding::ReturnedByHand => format!("attempt:{}:by_hand:{}", attempt.id, attempt.version),
        Tiding::RefundFailed => format!("attempt:{}:refund_failed:{}", attempt.id, attempt.version),
    }
}

/// The head of the keys of the messages that say that an order is paid; the chat follows.
pub(super) fn paid_key(order_id: OrderId) -> String {
    format!("order:{order_id}:paid")
}
