//! Which step a report is, for an attempt in each state: one row a group of states, one column a
//! status. A state or status without an entry does not compile.

use crate::domain::attempt::AttemptState::{
    self, Authorized, Cancelled, Captured, Challenge, ChargedBack, Creating, Denied, Expired, Failed,
    PartiallyChargedBack, PartiallyRefunded, Pending, Refunded, Reversed, Settled, Unknown,
};
use crate::domain::report::ReportedStatus;

/// What a report does to an attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Step {
    /// Nothing: it is known already, or older than what is known.
    Ignore,
    /// Nothing, and someone should look.
    Alert,
    /// The attempt goes on waiting, in this state.
    Follow(AttemptState),
    /// The money is there.
    Succeed(AttemptState),
    /// A captured card settles; the money is booked already.
    Settle,
    /// The attempt ends without money.
    End(AttemptState),
    /// The attempt ends when the gateway has not known it for long enough.
    EndIfNeverFound,
    /// The money was taken away.
    Reverse,
    /// Money went back to the customer.
    Return,
    /// The success was missed; book it, then the return.
    SucceedThenReturn,
    /// The payment is disputed.
    ChargeBack,
    /// The payment is disputed though it had gone back already.
    ChargeBackAndAlert,
    /// The success was missed; book it, then the dispute.
    SucceedThenChargeBack,
    /// All is returned; more than all is not believed.
    AlertIfMoreReturned,
    /// A reversed payment may be there again: believed at the second pull.
    ConfirmRestoration,
}

impl Step {
    /// Whether the step books or believes money, so that amount, currency, merchant and
    /// transaction must be ours.
    #[must_use]
    pub const fn believes_the_amount(self) -> bool {
        !matches!(self, Self::Ignore | Self::Alert | Self::Follow(_) | Self::End(_) | Self::EndIfNeverFound)
    }
}

/// The step for a report of `status` while the attempt is in `state`.
#[must_use]
pub const fn step(state: AttemptState, status: ReportedStatus) -> Step {
    row(state).column(status)
}

/// One row of the table.
struct Row {
    pending: Step,
    authorize: Step,
    capture: Step,
    settlement: Step,
    deny: Step,
    cancel: Step,
    expire: Step,
    failure: Step,
    partial_refund: Step,
    refund: Step,
    partial_chargeback: Step,
    chargeback: Step,
    not_found: Step,
}

impl Row {
    const fn column(&self, status: ReportedStatus) -> Step {
        match status {
            ReportedStatus::Pending => self.pending,
            ReportedStatus::Authorize => self.authorize,
            ReportedStatus::Capture => self.capture,
            ReportedStatus::Settlement => self.settlement,
            ReportedStatus::Deny => self.deny,
            ReportedStatus::Cancel => self.cancel,
            ReportedStatus::Expire => self.expire,
            ReportedStatus::Failure => self.failure,
            ReportedStatus::PartialRefund => self.partial_refund,
            ReportedStatus::Refund => self.refund,
            ReportedStatus::PartialChargeback => self.partial_chargeback,
            ReportedStatus::Chargeback => self.chargeback,
            ReportedStatus::NotFound => self.not_found,
            ReportedStatus::Unrecognised => Step::Alert,
        }
    }
}

const fn row(state: AttemptState) -> &'static Row {
    match state {
        Creating | Unknown => &UNANSWERED,
        Pending => &WAITING,
        Authorized | Challenge => &RESERVED,
        Denied | Cancelled | Expired | Failed => &DEAD,
        Captured => &CAPTURED,
        Settled => &SETTLED,
        PartiallyRefunded => &PARTIALLY_REFUNDED,
        Refunded => &REFUNDED,
        Reversed => &REVERSED,
        PartiallyChargedBack => &PARTIALLY_CHARGED_BACK,
        ChargedBack => &CHARGED_BACK,
    }
}

const WAITING: Row = Row {
    pending: Step::Follow(Pending),
    authorize: Step::Follow(Authorized),
    capture: Step::Succeed(Captured),
    settlement: Step::Succeed(Settled),
    deny: Step::End(Denied),
    cancel: Step::End(Cancelled),
    expire: Step::End(Expired),
    failure: Step::End(Failed),
    partial_refund: Step::SucceedThenReturn,
    refund: Step::SucceedThenReturn,
    partial_chargeback: Step::SucceedThenChargeBack,
    chargeback: Step::SucceedThenChargeBack,
    not_found: Step::Alert,
};

const UNANSWERED: Row = Row { not_found: Step::EndIfNeverFound, ..WAITING };

const RESERVED: Row = Row { pending: Step::Ignore, authorize: Step::Ignore, ..WAITING };

const DEAD: Row = Row {
    pending: Step::Ignore,
    authorize: Step::Ignore,
    capture: Step::Succeed(Captured),
    settlement: Step::Succeed(Settled),
    deny: Step::Ignore,
    cancel: Step::Ignore,
    expire: Step::Ignore,
    failure: Step::Ignore,
    partial_refund: Step::SucceedThenReturn,
    refund: Step::SucceedThenReturn,
    partial_chargeback: Step::SucceedThenChargeBack,
    chargeback: Step::SucceedThenChargeBack,
    not_found: Step::Ignore,
};

const CAPTURED: Row = Row {
    pending: Step::Ignore,
    authorize: Step::Ignore,
    capture: Step::Ignore,
    settlement: Step::Settle,
    deny: Step::Reverse,
    cancel: Step::Reverse,
    expire: Step::Ignore,
    failure: Step::Ignore,
    partial_refund: Step::Return,
    refund: Step::Return,
    partial_chargeback: Step::ChargeBack,
    chargeback: Step::ChargeBack,
    not_found: Step::Alert,
};

const SETTLED: Row = Row { settlement: Step::Ignore, cancel: Step::Alert, ..CAPTURED };

const PARTIALLY_REFUNDED: Row =
    Row { settlement: Step::Ignore, deny: Step::Alert, cancel: Step::Alert, ..CAPTURED };

const REFUNDED: Row = Row {
    partial_refund: Step::AlertIfMoreReturned,
    refund: Step::AlertIfMoreReturned,
    partial_chargeback: Step::ChargeBackAndAlert,
    chargeback: Step::ChargeBackAndAlert,
    ..PARTIALLY_REFUNDED
};

const REVERSED: Row = Row {
    pending: Step::Ignore,
    authorize: Step::Ignore,
    capture: Step::ConfirmRestoration,
    settlement: Step::ConfirmRestoration,
    deny: Step::Ignore,
    cancel: Step::Ignore,
    expire: Step::Ignore,
    failure: Step::Ignore,
    partial_refund: Step::Alert,
    refund: Step::Alert,
    partial_chargeback: Step::Alert,
    chargeback: Step::Alert,
    not_found: Step::Alert,
};

const PARTIALLY_CHARGED_BACK: Row =
    Row { settlement: Step::Ignore, deny: Step::Alert, cancel: Step::Alert, ..CAPTURED };

const CHARGED_BACK: Row = Row {
    pending: Step::Ignore,
    authorize: Step::Ignore,
    capture: Step::Alert,
    settlement: Step::Alert,
    deny: Step::Ignore,
    cancel: Step::Ignore,
    expire: Step::Ignore,
    failure: Step::Ignore,
    partial_refund: Step::Alert,
    refund: Step::Alert,
    partial_chargeback: Step::Ignore,
    chargeback: Step::Ignore,
    not_found: Step::Alert,
};
