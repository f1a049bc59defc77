//! Booking a report: one transaction for the order, the ledger, the unit and the messages.

use chrono::{DateTime, Utc};

use super::customers::tell_followers;
use super::telling::{tell_staff, tell_unpaid};
use super::{ServiceError, Services};
use crate::domain::apply::{Alert, Outcome, Purchase, apply};
use crate::domain::attempt::PaymentAttempt;
use crate::domain::id::{AttemptId, TelegramId};
use crate::domain::ledger::LedgerEntry;
use crate::domain::merchant::Mode;
use crate::domain::order::{Order, Unit};
use crate::domain::payment_link::PaymentLink;
use crate::domain::payment_method::PaymentInstructions;
use crate::domain::refund::{Refund, RefundState};
use crate::domain::report::PaymentReport;
use crate::storage::Writer;

/// How often a change is tried whose rows someone else changed meanwhile. Only replicas and requests
/// that run beside a worker on PostgreSQL get there; each try reads anew.
pub(super) const TRIES: u32 = 4;

/// Where an attempt and its order stand after a report was booked.
#[derive(Debug, Clone)]
pub(super) struct Booked {
    pub(super) attempt: PaymentAttempt,
    pub(super) order: Order,
    pub(super) pull_again: bool,
    /// Returns of its money that no report has shown yet.
    pub(super) open_refunds: Vec<Refund>,
    /// When the gateway says the money was there.
    pub(super) settled_at: Option<DateTime<Utc>>,
    pub(super) now: DateTime<Utc>,
}

/// A purchase under its locks: all that the rules look at, and the rows they stand on.
#[derive(Debug, Clone)]
pub(super) struct Case {
    pub(super) order: Order,
    pub(super) link: PaymentLink,
    pub(super) attempts: Vec<PaymentAttempt>,
    pub(super) purchase: Purchase,
}

/// What a report tells beside the money.
#[derive(Debug, Clone, Default)]
pub(super) struct Told {
    transaction_id: Option<String>,
    instructions: Option<PaymentInstructions>,
    settled_at: Option<DateTime<Utc>>,
}

impl Told {
    fn by(report: &PaymentReport) -> Self {
        Self {
            transaction_id: report.transaction_id.clone(),
            instructions: report.instructions.clone(),
            settled_at: report.settled_at,
        }
    }
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
        let Some(case) = open_case(&mut writer, attempt_id).await? else { return Ok(None) };
        let now = writer.now();
        let outcome = apply(&case.purchase, report, now);
        let believed = !outcome.alerts.contains(&Alert::Mismatch);
        let told = if believed { Told::by(report) } else { Told::default() };
        let (attempt, order) = write_outcome(&mut writer, &case, &outcome, &told, None).await?;
        self.write_letters_about(&mut writer, &case, &attempt, &order).await?;
        if believed {
            confirm_refunds(&mut writer, &attempt, report).await?;
        }
        let open_refunds = writer.open_refunds(attempt.id).await?;
        if outcome.cancel_others {
            for other in case.attempts.iter().filter(|other| other.id != attempt.id && other.state.is_live())
            {
                writer.pull_by(other.id, now).await?;
            }
        }
        self.raise_all(&mut writer, &outcome.alerts, &case.purchase.attempt).await?;
        self.alert_refunds_not_shown(&mut writer, &attempt, &open_refunds).await?;
        writer.commit().await?;
        let (pull_again, settled_at) = (outcome.pull_again, report.settled_at);
        Ok(Some(Booked { attempt, order, pull_again, open_refunds, settled_at, now }))
    }
}

/// Takes the locks of a purchase and reads all that the rules look at. Locks are always taken in this
/// order: the shop's book, the link, the order.
pub(super) async fn open_case(
    writer: &mut Writer,
    attempt_id: AttemptId,
) -> Result<Option<Case>, ServiceError> {
    let Some(found) = writer.attempt(attempt_id).await? else { return Ok(None) };
    writer.lock_ledger(found.merchant_id).await?;
    let Some(order) = writer.order(found.merchant_id, found.order_id).await? else { return Ok(None) };
    let Some(link) = writer.lock_link(found.merchant_id, order.link_id).await? else { return Ok(None) };
    // Read again under the locks: what was read before them may be old.
    let Some(order) = writer.order(found.merchant_id, order.id).await? else { return Ok(None) };
    let attempts = writer.attempts(order.id).await?;
    let Some(attempt) = attempts.iter().find(|attempt| attempt.id == attempt_id).cloned() else {
        return Ok(None);
    };
    let purchase = weigh(writer, &attempt, &attempts, &order, &link).await?;
    Ok(Some(Case { order, link, attempts, purchase }))
}

/// Writes what changed, if anything did, and tells the staff; whoever acted knows it already.
pub(super) async fn write_outcome(
    writer: &mut Writer,
    case: &Case,
    outcome: &Outcome,
    told: &Told,
    actor: Option<TelegramId>,
) -> Result<(PaymentAttempt, Order), ServiceError> {
    let attempt = write_attempt(writer, &case.purchase, outcome, told).await?;
    let (before, mut order) = (&case.order, case.order.clone());
    order.state = outcome.order;
    order.unit = outcome.unit;
    order.flags = outcome.flags;
    if outcome.unit != Unit::Held {
        order.hold_until = None;
    }
    if outcome.unit != Unit::None || outcome.order.has_seen_money() {
        order.line = None;
    }
    if order.paid_at.is_none() && outcome.order.has_seen_money() {
        order.paid_at = Some(told.settled_at.unwrap_or(writer.now()));
        order.paid_with = Some(attempt.method);
    }
    // The shop's row is locked already: its book has its head there.
    if before.paid_at.is_none() && order.paid_at.is_some() && order.mode == Mode::Live {
        writer.count_paid_order(order.merchant_id).await?;
    }
    if order != *before && !writer.update_order(&order).await? {
        return Err(ServiceError::Interrupted);
    }
    move_unit(writer, &case.link, before.unit, order.unit).await?;
    for line in &outcome.ledger {
        let entry = LedgerEntry {
            merchant_id: order.merchant_id,
            sequence: 0,
            order_id: order.id,
            attempt_id: attempt.id,
            mode: order.mode,
            line: *line,
            currency: order.amount.currency(),
            booked_at: writer.now(),
        };
        writer.append_ledger(entry).await?;
    }
    tell_staff(writer, case, outcome, &order, actor).await?;
    tell_unpaid(writer, before.state, &order).await?;
    tell_followers(writer, before, &order).await?;
    Ok((attempt, order))
}

async fn write_attempt(
    writer: &mut Writer,
    purchase: &Purchase,
    outcome: &Outcome,
    told: &Told,
) -> Result<PaymentAttempt, ServiceError> {
    let mut attempt = purchase.attempt.clone();
    if attempt.transaction_id.is_none() {
        attempt.transaction_id.clone_from(&told.transaction_id);
    }
    attempt.state = outcome.attempt;
    attempt.returned_minor = outcome.returned_minor;
    attempt.restoring_since = outcome.restoring_since;
    if attempt.instructions.is_none() && attempt.state.is_live() {
        attempt.instructions.clone_from(&told.instructions);
    }
    if attempt != purchase.attempt && !writer.update_attempt(&attempt).await? {
        return Err(ServiceError::Interrupted);
    }
    if let Some(settled_at) = told.settled_at {
        writer.note_settled_at(attempt.id, settled_at).await?;
    }
    Ok(attempt)
}

/// A return of money that the gateway shows is over: its row in the book is written beside this.
async fn confirm_refunds(
    writer: &mut Writer,
    attempt: &PaymentAttempt,
    report: &PaymentReport,
) -> Result<(), ServiceError> {
    for refund in writer.open_refunds(attempt.id).await? {
        let Some(shown) = report.refunds.iter().find(|shown| shown.key == refund.key) else { continue };
        if shown.amount_minor != refund.amount.minor() {
            tracing::error!(refund.id = %refund.id, "the gateway gave back another amount than was asked");
        }
        writer.move_refund(refund.id, refund.state, RefundState::Confirmed, None).await?;
    }
    for shown in &report.refunds {
        if let Some(at) = shown.bank_confirmed_at {
            writer.note_bank_confirmation(attempt.id, &shown.key, at).await?;
        }
    }
    Ok(())
}

/// Gathers all that the rules look at.
async fn weigh(
    writer: &mut Writer,
    attempt: &PaymentAttempt,
    attempts: &[PaymentAttempt],
    order: &Order,
    link: &PaymentLink,
) -> Result<Purchase, ServiceError> {
    let (balance_minor, attempt_balance_minor, captured_minor, memo_minor) =
        writer.balances(order.id, attempt.id).await?;
    let others = || attempts.iter().filter(|other| other.id != attempt.id);
    let free_unit = link.usage_limit.is_none_or(|usage_limit| link.used + link.held < usage_limit.get());
    Ok(Purchase {
        attempt: attempt.clone(),
        order: order.state,
        unit: order.unit,
        flags: order.flags,
        another_is_live: others().any(|other| other.state.is_live()),
        changing_method: order.changing_until.is_some_and(|until| until > writer.now()),
        free_unit,
        captured_minor,
        balance_minor,
        attempt_balance_minor,
        memo_minor,
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
