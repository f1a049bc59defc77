//! What a report means for a charge that is paid on a page of the gateway, where its customer may try more
//! than once.
//!
//! Such a gateway knows no charge until something is begun on its page, and one that was refused may be
//! followed by another try, which has a transaction of its own. So neither silence nor a refusal is an end
//! while the page lives, and only money binds a transaction. Nor is it one that a try was called off or ran
//! out: the order's id may be used again then.

use chrono::{DateTime, Utc};

use super::attempt::{AFTER_DEADLINE, AttemptState, PaymentAttempt};
use super::payment_method::PaymentInstructions;
use super::report::{PaymentReport, ReportedStatus};

/// The report as it is to be booked. `is_closed`: the page was called off before the gateway was asked, so
/// that nothing more can be begun on it.
#[must_use]
pub fn read_from_page(
    attempt: &PaymentAttempt,
    report: PaymentReport,
    is_closed: bool,
    now: DateTime<Utc>,
) -> PaymentReport {
    if !is_on_page(attempt) {
        return report;
    }
    // What paid is bound already: a refusal of it is its own, and one of an earlier try is not.
    let binds = moves_money(report.status) || attempt.transaction_id.is_some();
    let transaction_id = report.transaction_id.clone().filter(|_| binds);
    let status = status(attempt, report.status, is_closed, now);
    PaymentReport { status, transaction_id, ..report }
}

/// Whether a charge is paid on a page of the gateway.
#[must_use]
pub const fn is_on_page(attempt: &PaymentAttempt) -> bool {
    matches!(attempt.instructions, Some(PaymentInstructions::Redirect { .. }))
}

/// Whether a status speaks of money that came, or may: calling such a charge off could take a payment away from
/// its customer's order, since a card that was charged and did not settle yet is voided by it.
#[must_use]
pub const fn moves_money(told: ReportedStatus) -> bool {
    !matches!(
        told,
        ReportedStatus::NotFound
            | ReportedStatus::Pending
            | ReportedStatus::Authorize
            | ReportedStatus::Deny
            | ReportedStatus::Failure
            | ReportedStatus::Cancel
            | ReportedStatus::Expire
    )
}

/// Whether a page on which nothing is under way is over, called off or not: nothing can be begun on it any
/// more, since the gateway was told to close it at the customer's deadline.
#[must_use]
pub fn page_is_over(attempt: &PaymentAttempt, now: DateTime<Utc>) -> bool {
    now >= attempt.pay_by + AFTER_DEADLINE
}

fn status(
    attempt: &PaymentAttempt,
    told: ReportedStatus,
    is_closed: bool,
    now: DateTime<Utc>,
) -> ReportedStatus {
    let try_ended = matches!(
        told,
        ReportedStatus::Deny | ReportedStatus::Failure | ReportedStatus::Cancel | ReportedStatus::Expire
    );
    let may_be_tried_again = match attempt.state {
        AttemptState::Creating | AttemptState::Unknown | AttemptState::Pending => {
            try_ended || told == ReportedStatus::NotFound
        }
        AttemptState::Authorized | AttemptState::Challenge => try_ended,
        _ => false,
    };
    if !may_be_tried_again {
        return told;
    }
    match (page_is_over(attempt, now), is_closed, told) {
        (true, _, ReportedStatus::NotFound) => ReportedStatus::Expire,
        (true, ..) | (false, true, ReportedStatus::Expire) => told,
        (false, true, _) => ReportedStatus::Cancel,
        (false, false, _) => ReportedStatus::Pending,
    }
}

#[cfg(test)]
mod tests;
