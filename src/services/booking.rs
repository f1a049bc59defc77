//! Booking a report: one transaction for the order, the ledger, the unit and the messages.

use chrono::{DateTime, Utc};

use super::{ServiceError, Services};
use crate::domain::apply::{Alert, Outcome, Purchase, Tiding, apply};
use crate::domain::attempt::PaymentAttempt;
use crate::domain::id::{AttemptId, OrderId};
use crate::domain::ledger::LedgerEntry;
use crate::domain::notification::SellerMessage;
use crate::domain::order::{Order, OrderState, Unit};
use crate::domain::payment_link::PaymentLink;
use crate::domain::report::PaymentReport;
use crate::storage::{Topic, Writer};

/// How often a change is tried whose rows someone else changed meanwhile. Only replicas and requests
/// that run beside a worker on PostgreSQL get there; each try reads anew.
pub(super) const TRIES: u32 = 4;

/// Where an attempt and its order stand after a report was booked.
#[derive(Debug, Clone)]
pub(super) struct Booked {
    pub(super) attempt: PaymentAttempt,
    pub(super) order: Order,
    pub(super) pull_again: bool,
    /// When the gateway says the money was there.
    pub(super) settled_at: Option<DateTime<Utc>>,
    pub(super) now: DateTime<Utc>,
}

impl Services {
    /// Books what a gateway said about an attempt; `None` when there is no such attempt. Booking
    /// the same report twice changes nothing the second time, so who met someone else half way
    /// looks and books again.
    pub(super) async fn book(
        &self,
        attempt_id: AttemptId,
        report: &PaymentReport,
    ) -> Result<Option<Booked>, ServiceError> {
        for _ in 1..TRIES {
            match self.book_once(attempt_id, report).await {
                Err(ServiceError::Interrupted) => {}
                booked => return booked,
            }
        }
        self.book_once(attempt_id, report).await
    }

    async fn book_once(
        &self,
        attempt_id: AttemptId,
        report: &PaymentReport,
    ) -> Result<Option<Booked>, ServiceError> {
        let mut writer = self.storage.write().await?;
        let Some(found) = writer.attempt(attempt_id).await? else { return Ok(None) };
        // Locks are always taken in this order: the shop's book, the link, the order.
        writer.lock_ledger(found.merchant_id).await?;
        let Some(order) = writer.order(found.merchant_id, found.order_id).await? else { return Ok(None) };
        let Some(link) = writer.lock_link(found.merchant_id, order.link_id).await? else { return Ok(None) };
        // Read again under the locks: what was read before them may be old.
        let Some(order) = writer.order(found.merchant_id, order.id).await? else { return Ok(None) };
        let attempts = writer.attempts(order.id).await?;
        let Some(attempt) = attempts.iter().find(|attempt| attempt.id == attempt_id).cloned() else {
            return Ok(None);
        };
        let now = writer.now();
        let purchase = weigh(&mut writer, &attempt, &attempts, &order, &link).await?;
        let outcome = apply(&purchase, report, now);
        let booked = self.write_outcome(&mut writer, &purchase, &outcome, report, (order, link)).await?;
        if outcome.cancel_others {
            for other in attempts.iter().filter(|other| other.id != attempt.id && other.state.is_live()) {
                writer.pull_by(other.id, now).await?;
            }
        }
        self.raise_all(&mut writer, &outcome.alerts, &attempt).await?;
        writer.commit().await?;
        Ok(Some(booked))
    }

    /// Writes what changed, if anything did.
    async fn write_outcome(
        &self,
        writer: &mut Writer,
        purchase: &Purchase,
        outcome: &Outcome,
        report: &PaymentReport,
        (mut order, link): (Order, PaymentLink),
    ) -> Result<Booked, ServiceError> {
        let now = writer.now();
        let mut attempt = purchase.attempt.clone();
        let believed = !outcome.alerts.contains(&Alert::Mismatch);
        if attempt.transaction_id.is_none() && believed {
            attempt.transaction_id = report.transaction_id.clone();
        }
        attempt.state = outcome.attempt;
        attempt.returned_minor = outcome.returned_minor;
        attempt.restoring_since = outcome.restoring_since;
        if attempt.instructions.is_none() && attempt.state.is_live() && believed {
            attempt.instructions = report.instructions.clone();
        }
        if attempt != purchase.attempt && !writer.update_attempt(&attempt).await? {
            return Err(ServiceError::Interrupted);
        }
        let before = order.clone();
        order.state = outcome.order;
        order.unit = outcome.unit;
        order.flags = outcome.flags;
        if outcome.unit != Unit::Held {
            order.hold_until = None;
        }
        if order.paid_at.is_none() && outcome.order.has_seen_money() {
            order.paid_at = Some(report.settled_at.unwrap_or(now));
            order.paid_with = Some(attempt.method);
        }
        if order != before && !writer.update_order(&order).await? {
            return Err(ServiceError::Interrupted);
        }
        move_unit(writer, &link, before.unit, order.unit).await?;
        for line in &outcome.ledger {
            let entry = LedgerEntry {
                merchant_id: order.merchant_id,
                sequence: 0,
                order_id: order.id,
                attempt_id: attempt.id,
                mode: order.mode,
                line: *line,
                currency: order.amount.currency(),
                booked_at: now,
            };
            writer.append_ledger(entry).await?;
        }
        tell_staff(writer, &order, &link, outcome, (&before, &attempt)).await?;
        Ok(Booked { attempt, order, pull_again: outcome.pull_again, settled_at: report.settled_at, now })
    }
}

/// Gathers all that the rules look at.
async fn weigh(
    writer: &mut Writer,
    attempt: &PaymentAttempt,
    attempts: &[PaymentAttempt],
    order: &Order,
    link: &PaymentLink,
) -> Result<Purchase, ServiceError> {
    let (balance_minor, attempt_balance_minor, captured_minor) =
        writer.balances(order.id, attempt.id).await?;
    let others = || attempts.iter().filter(|other| other.id != attempt.id);
    let free_unit = link.usage_limit.is_none_or(|usage_limit| link.used + link.held < usage_limit.get());
    Ok(Purchase {
        attempt: attempt.clone(),
        order: order.state,
        unit: order.unit,
        flags: order.flags,
        // An underpaid attempt brought money that does not pay the order.
        paid_by_another: order.state != OrderState::Reversed
            && order.state.has_seen_money()
            && balance_minor > attempt_balance_minor,
        another_is_live: others().any(|other| other.state.is_live()),
        changing_method: order.changing_until.is_some_and(|until| until > writer.now()),
        free_unit,
        captured_minor,
        balance_minor,
        attempt_balance_minor,
    })
}

/// Keeps the link's counters in step with the order's unit.
async fn move_unit(
    writer: &mut Writer,
    link: &PaymentLink,
    before: Unit,
    after: Unit,
) -> Result<(), ServiceError> {
    let held = i64::from(after == Unit::Held) - i64::from(before == Unit::Held);
    let used = i64::from(after == Unit::Used) - i64::from(before == Unit::Used);
    if (held, used) != (0, 0) && !writer.move_units(link.id, held, used).await? {
        tracing::error!(link.id = %link.id, "the link's counters do not fit its orders");
        return Err(ServiceError::Interrupted);
    }
    Ok(())
}

/// Writes a message for each tiding and each member of staff.
async fn tell_staff(
    writer: &mut Writer,
    order: &Order,
    link: &PaymentLink,
    outcome: &Outcome,
    (before, attempt): (&Order, &PaymentAttempt),
) -> Result<(), ServiceError> {
    let staff = writer.staff(order.merchant_id).await?;
    for tiding in &outcome.tidings {
        let moved_minor: i64 = outcome.ledger.iter().map(|line| line.amount_minor).sum();
        let message =
            SellerMessage::Order { order_id: order.id, tiding: *tiding, amount_minor: moved_minor.abs() };
        for member in &staff {
            let key = dedupe_key(*tiding, before, attempt, outcome.returned_minor);
            let key = format!("{key}:{}", member.telegram_id);
            writer.enqueue(order.merchant_id, member.telegram_id, &message, &key).await?;
        }
    }
    let newly_used = before.unit != Unit::Used && order.unit == Unit::Used;
    let limit = link.usage_limit.filter(|limit| newly_used && link.used + 1 >= limit.get());
    if let Some(limit) = limit {
        let message = SellerMessage::SoldOut { link_id: link.id };
        for member in &staff {
            let key = format!("link:{}:sold_out:{}:{}", link.id, limit.get(), member.telegram_id);
            writer.enqueue(order.merchant_id, member.telegram_id, &message, &key).await?;
        }
    }
    if !outcome.tidings.is_empty() {
        writer.ring(Topic::Outbox);
    }
    Ok(())
}

/// What makes a message the same as one before: an order is paid once, an attempt can be a second
/// payment or be reversed and restored again, and refunds differ by their sum.
fn dedupe_key(tiding: Tiding, before: &Order, attempt: &PaymentAttempt, returned_minor: i64) -> String {
    match tiding {
        // Whoever was told "do not deliver" must be told that it is paid after all.
        Tiding::Paid | Tiding::PaidLate if before.state == OrderState::Reversed => {
            format!("attempt:{}:paid_after_reversal", attempt.id)
        }
        Tiding::Paid | Tiding::PaidLate => paid_key(before.id),
        // Restored money can find nothing left, after the order was paid once before.
        Tiding::PaidUnallocated => format!("attempt:{}:unallocated:{}", attempt.id, attempt.version),
        Tiding::Underpaid => format!("attempt:{}:underpaid", attempt.id),
        Tiding::DuplicateReversed => format!("attempt:{}:duplicate_reversed:{}", attempt.id, attempt.version),
        Tiding::Overpaid => format!("attempt:{}:overpaid", attempt.id),
        Tiding::DuplicatePayment => format!("attempt:{}:duplicate", attempt.id),
        Tiding::Restored => format!("attempt:{}:restored:{}", attempt.id, attempt.version),
        Tiding::Reversed => format!("attempt:{}:reversed:{}", attempt.id, attempt.version),
        Tiding::PartiallyRefunded | Tiding::Refunded => {
            format!("attempt:{}:returned:{returned_minor}", attempt.id)
        }
        Tiding::ChargedBack => format!("attempt:{}:charged_back:{returned_minor}", attempt.id),
    }
}

/// The head of the keys of the messages that say that an order is paid; the chat follows.
pub(super) fn paid_key(order_id: OrderId) -> String {
    format!("order:{order_id}:paid")
}
