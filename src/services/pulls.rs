//! The pull: asking gateways where charges stand. Notices make it prompt; the schedule makes it
//! certain, also when no notice ever comes.

use chrono::{DateTime, TimeDelta, Utc};

use super::alerts::SILENCE_MAX;
use super::booking::Booked;
use super::charging::charge_request;
use super::links::UNDO_WINDOW;
use super::silence::{forgot_what_ended, lacks_instructions, read_report};
use super::{ServiceError, Services};
use crate::domain::apply::{NOT_FOUND_PATIENCE, RESTORATION_GAP};
use crate::domain::attempt::{AFTER_DEADLINE, AttemptState, HOLD_GRACE, PaymentAttempt};
use crate::domain::back_off::BackOff;
use crate::domain::gateway_page::{is_on_page, moves_money, page_is_over};
use crate::domain::order::{Order, OrderToken};
use crate::domain::payment_link::PaymentLink;
use crate::domain::payment_method::MethodKind;
use crate::domain::refund::{Refund, RefundState};
use crate::domain::report::ReportedStatus;
use crate::gateways::{CalledOff, GatewayAccount, GatewayError};
use crate::storage::{DuePull, PlannedPull};

/// How long one pull may keep an attempt to itself.
const LEASE: TimeDelta = TimeDelta::seconds(60);

/// How often a waiting charge is asked about when no notice comes: within ten minutes, the asking
/// itself included.
const LOOK_GAP: TimeDelta = TimeDelta::seconds(590);

/// The same while somebody looks at the order's page: within two minutes, the look itself included.
const WATCHED_GAP: TimeDelta = TimeDelta::seconds(75);

/// How soon a charge without an answer is asked about again.
pub(super) const UNKNOWN_GAP: TimeDelta = TimeDelta::seconds(20);

/// How long banks may take a settled payment back (Midtrans: 1 to 5 minutes), and a little.
const REVERSAL_WATCH: TimeDelta = TimeDelta::minutes(6);

/// How often the gateway is asked about what may take days or never come: whether a captured card
/// settled, whether a late refund showed up after all, whether a charge ended that long should have.
const RARE_GAP: TimeDelta = TimeDelta::hours(6);

/// How long after the customer's deadline a charge that ended is asked about for the last time: money
/// that a bank passed on late is found even when its notice never came.
const LAST_LOOK: TimeDelta = TimeDelta::hours(24);

/// How often a gateway is asked whether money that it is giving back is on its way.
const REFUND_GAP: TimeDelta = TimeDelta::minutes(1);

/// How long a charge waits whose gateway did not answer. Everything is asked about within five minutes of its
/// return.
const BACK_OFF: BackOff = BackOff { shortest: TimeDelta::seconds(5), longest: TimeDelta::minutes(4) };

/// What is known about a charge that is due.
struct Due {
    attempt: PaymentAttempt,
    order: Order,
    link: PaymentLink,
}

impl Services {
    /// Asks about one charge that is due; false when none is. `worker` names who asks.
    ///
    /// # Errors
    /// When the database cannot be asked; the charge is asked about again soon, at the latest when the
    /// lease ends.
    pub async fn pull_once(&self, worker: &str) -> Result<bool, ServiceError> {
        let busy = self.gateway_health.busy();
        let Some(pull) = self.storage.claim_pull(worker, LEASE, &busy).await? else { return Ok(false) };
        let pulled = self.pull(&pull).await;
        let mut writer = self.storage.write().await?;
        let next = match &pulled {
            Ok(next) => *next,
            // Kept to the end of its lease, the charge would be deaf to notices that long.
            Err(_) => NextPull::after_failure(writer.now(), pull.failures),
        };
        writer.settle_pull(&pull, next.due_at, next.failures).await?;
        writer.commit().await?;
        pulled.map(|_| true)
    }

    /// Notes that somebody looks at an order's page: a charge that waits for its customer is asked
    /// about sooner. Reads one row a look, and writes once a pull, however many look. A gateway that
    /// does not answer is not asked more often for being watched. When it fails, nothing is lost but
    /// time, and the page should come all the same.
    pub async fn watch_order(&self, token: &OrderToken) {
        if let Err(error) = self.hasten(token).await {
            tracing::debug!(%error, "an open page could not make its order be asked about sooner");
        }
    }

    async fn hasten(&self, token: &OrderToken) -> Result<(), ServiceError> {
        let now = self.storage.now().await?;
        let planned = self.storage.read().await?.planned_pulls(&token.hash()).await?;
        self.hasten_planned(planned, now).await
    }

    /// The same for who has read already when an order's charges are asked about.
    pub(super) async fn hasten_planned(
        &self,
        planned: Vec<PlannedPull>,
        now: DateTime<Utc>,
    ) -> Result<(), ServiceError> {
        let sooner: Vec<_> = planned
            .into_iter()
            .map(|plan| (plan.attempt_id, plan.due_at, (plan.asked_at + WATCHED_GAP).max(now)))
            .filter(|(_, due_at, wished_at)| wished_at < due_at)
            .collect();
        if sooner.is_empty() {
            return Ok(());
        }
        let mut writer = self.storage.write().await?;
        for (attempt_id, _, wished_at) in sooner {
            writer.pull_by(attempt_id, wished_at).await?;
        }
        Ok(writer.commit().await?)
    }

    async fn pull(&self, pull: &DuePull) -> Result<NextPull, ServiceError> {
        let Some(due) = self.due(pull).await? else { return Ok(NextPull::never()) };
        let now = self.storage.now().await?;
        let Some(account) = &self.account(&due.attempt.account).await? else {
            self.alert_missing_account(&due.attempt).await?;
            return Ok(NextPull::after_failure(now, pull.failures));
        };
        let Some(_leave) = self.gateway_health.leave_to_ask(&due.attempt.account) else {
            // Somebody else was faster. It stays due, and is found again when that one is done.
            return Ok(NextPull { due_at: Some(now), failures: pull.failures });
        };
        let (called_off, mut trouble) = self.call_off_if_over(account, &due, now).await?;
        let sent = self.send_refunds(account, &due.attempt).await?;
        trouble = trouble.or(sent.trouble);
        let mut asked = account.gateway.fetch_report(&due.attempt.gateway_order_id).await;
        if let Ok(report) = &asked
            && lacks_instructions(&due.attempt, report)
            && self.ask_again(account, &due, now).await?
        {
            asked = account.gateway.fetch_report(&due.attempt.gateway_order_id).await;
        }
        self.note_health(&due.attempt, asked.as_ref().err().or(trouble.as_ref()));
        let report = match asked {
            // A bank that forgot what it settled has nothing more to say about it.
            Ok(report) if forgot_what_ended(account, &due.attempt, &report) => {
                self.give_up_refunds(&due.attempt, &sent.refused).await?;
                return Ok(NextPull::never());
            }
            Ok(report) => read_report(account, &due.attempt, report, called_off, now),
            Err(error) => {
                self.alert_failure(&due.attempt, &error, now).await?;
                return Ok(failed(&due.attempt, &error, now, pull.failures));
            }
        };
        let Some(booked) = self.book(due.attempt.id, &report).await? else { return Ok(NextPull::never()) };
        self.give_up_refunds(&due.attempt, &sent.refused).await?;
        self.alert_hold_kept(&booked.attempt, booked.now).await?;
        Ok(match trouble {
            Some(error) if is_urgent(&booked) => failed(&due.attempt, &error, now, pull.failures),
            _ => NextPull { due_at: next_pull(&booked), failures: 0 },
        })
    }

    /// Calls a charge off that must not be paid any more; gives what came of it, or why that did not work.
    /// Where it stands is asked all the same: it may not be called off because it was paid.
    async fn call_off_if_over(
        &self,
        account: &GatewayAccount,
        due: &Due,
        now: DateTime<Utc>,
    ) -> Result<(Option<CalledOff>, Option<GatewayError>), ServiceError> {
        if !should_be_called_off(due, now) {
            return Ok((None, None));
        }
        let attempt = &due.attempt;
        match must_be_left(account, due, now).await {
            Ok(true) => return Ok((None, None)),
            Ok(false) => {}
            Err(error) => return Ok((None, Some(error))),
        }
        match account.gateway.cancel(&attempt.gateway_order_id, attempt.instructions.as_ref()).await {
            Ok(called_off) => Ok((Some(called_off), None)),
            Err(error) => {
                tracing::warn!(attempt.id = %attempt.id, %error, "a charge could not be called off");
                Ok((None, Some(error)))
            }
        }
    }

    /// Remembers for `/readyz` whether the account answers.
    fn note_health(&self, attempt: &PaymentAttempt, error: Option<&GatewayError>) {
        match error {
            None => self.gateway_health.well(&attempt.account),
            Some(error) if error.is_answer() => self.gateway_health.well(&attempt.account),
            Some(error) => self.note_trouble(attempt, error),
        }
    }

    /// Remembers for `/readyz` that the account does not answer, if that is what the error says.
    pub(super) fn note_trouble(&self, attempt: &PaymentAttempt, error: &GatewayError) {
        if !error.is_answer() {
            self.gateway_health.troubled(&attempt.account, error.to_string());
        }
    }

    async fn due(&self, pull: &DuePull) -> Result<Option<Due>, ServiceError> {
        let mut reader = self.storage.read().await?;
        let Some(attempt) = reader.attempt(pull.attempt_id).await? else { return Ok(None) };
        let Some(order) = reader.order(attempt.merchant_id, attempt.order_id).await? else { return Ok(None) };
        let Some(link) = reader.link(attempt.merchant_id, order.link_id).await? else { return Ok(None) };
        Ok(Some(Due { attempt, order, link }))
    }

    /// A charge whose answer was lost: the gateway has nothing of it, or does not repeat the
    /// instructions. Asking again by the same id makes no second one. Says whether that helped.
    async fn ask_again(
        &self,
        account: &GatewayAccount,
        due: &Due,
        now: DateTime<Utc>,
    ) -> Result<bool, ServiceError> {
        let in_time = now - due.attempt.created_at < NOT_FOUND_PATIENCE / 2;
        if !in_time || due.order.state.has_seen_money() || due.link.deleted_at.is_some() {
            return Ok(false);
        }
        let return_to = self.return_address(&due.order, &due.link).await?;
        let request = charge_request(account, &due.attempt, (&due.order, &due.link), return_to);
        let Ok(charge) = account.gateway.charge(&request).await else { return Ok(false) };
        self.write_charge(&due.attempt, charge).await?;
        Ok(true)
    }
}

/// When to ask next, and how often the gateway has been asked in vain by now.
#[derive(Clone, Copy)]
struct NextPull {
    due_at: Option<DateTime<Utc>>,
    failures: i64,
}

impl NextPull {
    const fn never() -> Self {
        Self { due_at: None, failures: 0 }
    }

    fn after_failure(now: DateTime<Utc>, failures: i64) -> Self {
        Self { due_at: Some(now + spread(BACK_OFF.after(failures))), failures: failures + 1 }
    }
}

fn failed(attempt: &PaymentAttempt, error: &GatewayError, now: DateTime<Utc>, failures: i64) -> NextPull {
    tracing::warn!(attempt.id = %attempt.id, %error, "a gateway could not be asked");
    let mut next = NextPull::after_failure(now, failures);
    if let GatewayError::TooManyRequests { retry_after } = error {
        next.due_at = next.due_at.map(|due_at| due_at.max(now + *retry_after));
    }
    next
}

/// A wait a little shorter than `gap`, each time another: charges that became due together are not
/// asked about together for ever.
fn spread(gap: TimeDelta) -> TimeDelta {
    gap - TimeDelta::milliseconds(rand::random_range(0..=gap.num_milliseconds().max(8) / 8))
}

/// Whether a charge must not be paid any more: its order is paid, its time is over, or its link is gone for
/// good.
fn should_be_called_off(due: &Due, now: DateTime<Utc>) -> bool {
    let attempt = &due.attempt;
    // Other charges run out by themselves. Of a page that was left alone, the gateway never says so.
    let page_is_over = is_on_page(attempt) && page_is_over(attempt, now);
    attempt.state.is_live()
        && (due.order.state.has_seen_money() || is_over_for_good(due, now) || page_is_over)
}

/// Whether its time and its grace are over, or its link is gone for good.
fn is_over_for_good(due: &Due, now: DateTime<Utc>) -> bool {
    let link_is_gone = due.link.deleted_at.is_some_and(|deleted_at| now >= deleted_at + UNDO_WINDOW);
    now >= due.attempt.pay_by + HOLD_GRACE || link_is_gone
}

/// Whether a charge on a page of the gateway was paid a moment ago, or has its grace and something is under way.
/// Of an order that is paid already, nobody misses it.
async fn must_be_left(account: &GatewayAccount, due: &Due, now: DateTime<Utc>) -> Result<bool, GatewayError> {
    if !is_on_page(&due.attempt) || due.order.state.has_seen_money() {
        return Ok(false);
    }
    let told = account.gateway.fetch_report(&due.attempt.gateway_order_id).await?.status;
    let is_under_way = matches!(told, ReportedStatus::Pending | ReportedStatus::Authorize);
    Ok(moves_money(told) || (is_under_way && !is_over_for_good(due, now)))
}

/// When a charge that waits for its customer is asked about next.
pub(super) fn next_look(attempt: &PaymentAttempt, now: DateTime<Utc>) -> DateTime<Utc> {
    let after_deadline = attempt.pay_by + AFTER_DEADLINE;
    if now < after_deadline {
        return (now + spread(LOOK_GAP)).min(after_deadline);
    }
    let hold_ends = attempt.pay_by + HOLD_GRACE;
    if now < hold_ends {
        return hold_ends;
    }
    // What should be over and is not is asked about ever more rarely, but never forgotten.
    now + ((now - hold_ends) / 4).clamp(AFTER_DEADLINE, RARE_GAP)
}

fn next_pull(booked: &Booked) -> Option<DateTime<Utc>> {
    let (attempt, now) = (&booked.attempt, booked.now);
    if booked.pull_again {
        return Some(now + RESTORATION_GAP);
    }
    if let Some(gap) = refund_gap(&booked.open_refunds, now) {
        return Some(now + gap);
    }
    match attempt.state {
        AttemptState::Creating | AttemptState::Unknown => Some(now + UNKNOWN_GAP),
        // The customer looks at a page without a number.
        AttemptState::Pending
            if attempt.instructions.is_none() && now - attempt.created_at < NOT_FOUND_PATIENCE =>
        {
            Some(now + UNKNOWN_GAP)
        }
        AttemptState::Pending | AttemptState::Authorized | AttemptState::Challenge => {
            Some(next_look(attempt, now))
        }
        AttemptState::Captured => Some(now + RARE_GAP),
        AttemptState::Settled if is_watched(booked) => Some(now + REVERSAL_WATCH),
        // What was never made cannot be paid.
        AttemptState::Denied | AttemptState::Cancelled | AttemptState::Expired => {
            Some(attempt.pay_by + LAST_LOOK).filter(|last| now < *last)
        }
        _ => None,
    }
}

/// How soon to ask about money that is on its way back. What a gateway agreed to and does not show for a
/// day is a person's to look into.
fn refund_gap(open: &[Refund], now: DateTime<Utc>) -> Option<TimeDelta> {
    let is_late =
        |refund: &Refund| refund.state == RefundState::Accepted && now >= refund.requested_at + SILENCE_MAX;
    match open {
        [] => None,
        open if open.iter().all(is_late) => Some(RARE_GAP),
        _ => Some(REFUND_GAP),
    }
}

/// Whether what a gateway did not do for us should be tried again soon: calling off a charge that its
/// customer could still pay, or giving money back.
fn is_urgent(booked: &Booked) -> bool {
    let payable = booked.attempt.state.is_live() && booked.now < booked.attempt.pay_by + HOLD_GRACE;
    payable || !booked.open_refunds.is_empty()
}

/// Whether the bank may still take the payment back: numbers and bills, for a few minutes.
fn is_watched(booked: &Booked) -> bool {
    let by_bank = matches!(
        booked.attempt.method.kind(),
        MethodKind::VirtualAccount | MethodKind::Bill | MethodKind::Counter
    );
    by_bank && booked.settled_at.is_some_and(|settled_at| booked.now < settled_at + REVERSAL_WATCH)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wait_is_up_to_an_eighth_shorter_and_each_time_another() {
        let gap = TimeDelta::minutes(8);
        let waits: Vec<_> = (0..200).map(|_| spread(gap)).collect();
        assert!(waits.iter().all(|wait| (TimeDelta::minutes(7)..=gap).contains(wait)), "{waits:?}");
        let (shortest, longest) = (waits.iter().min().unwrap(), waits.iter().max().unwrap());
        assert!(*longest - *shortest > TimeDelta::seconds(30), "{shortest} to {longest}");
    }
}
