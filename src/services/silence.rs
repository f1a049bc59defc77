//! What it means that a gateway does not know a charge, or does not repeat how to pay it.

use chrono::{DateTime, Utc};

use crate::domain::attempt::{AttemptState, HOLD_GRACE, PaymentAttempt};
use crate::domain::gateway_page::read_from_page;
use crate::domain::report::{PaymentReport, ReportedStatus};
use crate::gateways::{CalledOff, GatewayAccount};

/// The report as it is to be booked. `called_off`: what came of calling the charge off just before the
/// gateway was asked, if it was.
pub(super) fn read_report(
    account: &GatewayAccount,
    attempt: &PaymentAttempt,
    report: PaymentReport,
    called_off: Option<CalledOff>,
    now: DateTime<Utc>,
) -> PaymentReport {
    let is_closed = match called_off {
        Some(CalledOff::Closed) => true,
        // A bank that forgot a page has no page to close any more.
        Some(CalledOff::Told) => account.forgets,
        None => false,
    };
    read_not_found(account, attempt, read_from_page(attempt, report, is_closed, now), now)
}

/// What it means that a gateway does not know a charge that it made. The simulated bank forgets;
/// anywhere else the account may be another one, and an operator should look. Once the time to pay
/// and its grace are over, the unit is given back all the same.
fn read_not_found(
    account: &GatewayAccount,
    attempt: &PaymentAttempt,
    report: PaymentReport,
    now: DateTime<Utc>,
) -> PaymentReport {
    let was_made = attempt.state.is_live() && attempt.instructions.is_some();
    let is_over = now >= attempt.pay_by + HOLD_GRACE;
    if report.status != ReportedStatus::NotFound || !was_made || !(account.forgets || is_over) {
        return report;
    }
    if !account.forgets {
        tracing::error!(attempt.id = %attempt.id, "the gateway no longer knows a charge whose time is over");
    }
    PaymentReport { status: ReportedStatus::Expire, ..report }
}

/// Whether a bank that forgets has nothing more to say about a charge that ended.
pub(super) fn forgot_what_ended(
    account: &GatewayAccount,
    attempt: &PaymentAttempt,
    report: &PaymentReport,
) -> bool {
    account.forgets && report.status == ReportedStatus::NotFound && !attempt.state.is_live()
}

/// Whether a charge's answer was lost and its customer cannot pay without it.
pub(super) fn lacks_instructions(attempt: &PaymentAttempt, report: &PaymentReport) -> bool {
    // Pending, too: the first notice may have been booked before the process that asked ended.
    let lost =
        matches!(attempt.state, AttemptState::Creating | AttemptState::Unknown | AttemptState::Pending);
    let waits = matches!(report.status, ReportedStatus::NotFound | ReportedStatus::Pending);
    lost && waits && attempt.instructions.is_none() && report.instructions.is_none()
}
