//! What a gateway's report does to an attempt and its order: the money rules, as pure functions.
//!
//! [`table`] says which step a report is for an attempt in a given state; [`apply`] takes that step
//! over the whole purchase and says what must be written and who must be told. [`acts`] does the same
//! for what a seller decides. Nothing here reads the time, the database or the network, so tests can
//! walk every state, every report and every act.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use self::booking::Booking;
use super::attempt::{AttemptState, PaymentAttempt};
use super::ledger::LedgerLine;
use super::order::{OrderFlags, OrderState, Unit};
use super::report::{PaymentReport, ReportedStatus};

pub mod acts;
mod booking;
pub mod table;
#[cfg(test)]
mod tests;

use table::Step;

/// How long two pulls must lie apart before a reversed payment counts as restored.
pub const RESTORATION_GAP: TimeDelta = TimeDelta::seconds(60);

/// How long a charge that the gateway does not know may still turn up.
pub const NOT_FOUND_PATIENCE: TimeDelta = TimeDelta::minutes(10);

/// All that the rules look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Purchase {
    /// The attempt the report is about.
    pub attempt: PaymentAttempt,
    /// Where its order stands.
    pub order: OrderState,
    /// The order's share of the usage limit.
    pub unit: Unit,
    /// What is known about the order so far.
    pub flags: OrderFlags,
    /// Whether another attempt of the order can still be paid.
    pub another_is_live: bool,
    /// Whether the customer is changing the method right now, which keeps the unit.
    pub changing_method: bool,
    /// Whether the link has a unit left that nobody uses or holds.
    pub free_unit: bool,
    /// Money captured by all attempts of the order so far, in minor units.
    pub captured_minor: i64,
    /// What stands in the ledger for the order now, in minor units.
    pub balance_minor: i64,
    /// The same for the attempt alone: what is left of its money.
    pub attempt_balance_minor: i64,
    /// Returns beyond the attempt's money that were written down already, in minor units.
    pub memo_minor: i64,
}

/// What a report does: the new standing, what to write and whom to tell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// The attempt's new state.
    pub attempt: AttemptState,
    /// Money of the attempt returned so far, in minor units.
    pub returned_minor: i64,
    /// Since when pulls say that a reversed payment is settled after all.
    pub restoring_since: Option<DateTime<Utc>>,
    /// The order's new state.
    pub order: OrderState,
    /// The order's new share of the usage limit.
    pub unit: Unit,
    /// What is known about the order now.
    pub flags: OrderFlags,
    /// What to add to the ledger, in this order.
    pub ledger: Vec<LedgerLine>,
    /// What the seller is to be told, at most once each.
    pub tidings: Vec<Tiding>,
    /// What the operator should look at.
    pub alerts: Vec<Alert>,
    /// Whether every other live attempt of the order is to be called off.
    pub cancel_others: bool,
    /// Whether to ask again after [`RESTORATION_GAP`].
    pub pull_again: bool,
}

/// What a seller is told about an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tiding {
    /// The order is paid.
    Paid,
    /// Money came after its time and found a free unit.
    PaidLate,
    /// Money came and nothing was left.
    PaidUnallocated,
    /// Less came than asked.
    Underpaid,
    /// More came than asked.
    Overpaid,
    /// The order was paid a second time.
    DuplicatePayment,
    /// The bank took one of two payments away; the other pays the order.
    DuplicateReversed,
    /// A reversed payment is there again.
    Restored,
    /// The bank took the payment away: do not deliver.
    Reversed,
    /// A part went back.
    PartiallyRefunded,
    /// All went back.
    Refunded,
    /// The payment is disputed.
    ChargedBack,
    /// A seller counted a payment for which nothing was left.
    Accepted,
    /// A seller sent money back without the gateway.
    ReturnedByHand,
    /// The gateway would not give money back.
    RefundFailed,
}

/// Something no rule expects: an operator should look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Alert {
    /// Amount, currency, merchant or transaction are not ours.
    Mismatch,
    /// The report does not follow from what was known.
    Unexpected {
        /// What was known.
        state: AttemptState,
        /// What was said.
        status: ReportedStatus,
    },
    /// More went back than ever came.
    ReturnBeyondCaptured,
}

/// Applies a report that was pulled at `now`.
#[must_use]
pub fn apply(purchase: &Purchase, report: &PaymentReport, now: DateTime<Utc>) -> Outcome {
    let mut booking = Booking::new(purchase);
    let step = table::step(purchase.attempt.state, report.status);
    if step.believes_the_amount() && !is_ours(&purchase.attempt, report) {
        booking.mismatch();
        return booking.finish();
    }
    match step {
        Step::Ignore => {}
        Step::Alert => booking.unexpected(report.status),
        Step::Follow(state) => booking.follow(state),
        Step::Succeed(state) => booking.succeed(state, report),
        Step::Settle => booking.settle(),
        Step::End(state) => booking.end(state),
        Step::EndIfNeverFound => {
            if now - purchase.attempt.created_at >= NOT_FOUND_PATIENCE {
                booking.end(AttemptState::Failed);
            }
        }
        Step::Reverse => booking.reverse(),
        Step::Return => booking.give_back(report),
        Step::SucceedThenReturn => {
            booking.succeed(AttemptState::Settled, report);
            booking.give_back(report);
        }
        Step::ChargeBack => booking.charge_back(report),
        Step::ChargeBackAndAlert => {
            booking.charge_back(report);
            booking.unexpected(report.status);
        }
        Step::SucceedThenChargeBack => {
            booking.succeed(AttemptState::Settled, report);
            booking.charge_back(report);
        }
        Step::AlertIfMoreReturned => booking.alert_if_more_returned(report),
        Step::ConfirmRestoration => booking.confirm_restoration(report, now),
    }
    booking.finish()
}

/// Whether a report speaks of the charge we made: same amount and currency, our merchant, and the
/// transaction bound to it.
fn is_ours(attempt: &PaymentAttempt, report: &PaymentReport) -> bool {
    report.charged == Some(attempt.amount)
        && report.received.is_none_or(|received| received.currency() == attempt.amount.currency())
        && report.merchant_matches
        && report.gateway_order_id == attempt.gateway_order_id
        && match (&attempt.transaction_id, &report.transaction_id) {
            (Some(bound), Some(told)) => bound == told,
            (Some(_), None) => false,
            (None, _) => true,
        }
}
