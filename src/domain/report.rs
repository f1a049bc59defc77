//! What a gateway says: a notice is a hint, a report is the truth.

use chrono::{DateTime, Utc};

use super::attempt::GatewayOrderId;
use super::money::Money;
use super::payment_method::PaymentInstructions;

/// What the gateway says when it is asked about a charge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaymentReport {
    /// The charge asked about.
    pub gateway_order_id: GatewayOrderId,
    /// The gateway's own id of it.
    pub transaction_id: Option<String>,
    /// Where it stands.
    pub status: ReportedStatus,
    /// What was charged; `None` when the gateway knows no such charge or speaks of a currency that
    /// does not exist, which never counts as a match.
    pub charged: Option<Money>,
    /// What came in: the sum of the payments where the gateway lists them, else what was charged.
    pub received: Option<Money>,
    /// Whether the gateway's merchant is the one this account belongs to.
    pub merchant_matches: bool,
    /// When the money was there, by the gateway's clock.
    pub settled_at: Option<DateTime<Utc>>,
    /// All that went back so far, in minor units; `None` where the gateway gives no sum.
    pub returned_minor: Option<i64>,
    /// The refunds that the gateway lists with the key they were asked under.
    pub refunds: Vec<ReportedRefund>,
    /// What the customer must do, where the gateway repeats it: how a charge whose answer was lost
    /// gets its number back.
    pub instructions: Option<PaymentInstructions>,
}

/// A refund as the gateway lists it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportedRefund {
    /// The key it was asked under; the gateway's own where nobody gave one.
    pub key: String,
    /// How much, in minor units.
    pub amount_minor: i64,
    /// When the bank confirmed it, if it has.
    pub bank_confirmed_at: Option<DateTime<Utc>>,
}

/// A gateway's word for where a charge stands, in our words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ReportedStatus {
    /// It waits for the customer.
    Pending,
    /// Reserved, or held back by fraud control.
    Authorize,
    /// Charged and accepted; settles later.
    Capture,
    /// The money is there.
    Settlement,
    /// Refused; after a settlement: taken away.
    Deny,
    /// Called off.
    Cancel,
    /// Not paid in time.
    Expire,
    /// The gateway could not.
    Failure,
    /// A part went back.
    PartialRefund,
    /// All went back.
    Refund,
    /// A part is disputed.
    PartialChargeback,
    /// All is disputed.
    Chargeback,
    /// The gateway knows no such charge.
    NotFound,
    /// A word that we do not know: never guessed at.
    Unrecognised,
}

impl ReportedStatus {
    /// Every status.
    pub const ALL: [Self; 14] = [
        Self::Pending,
        Self::Authorize,
        Self::Capture,
        Self::Settlement,
        Self::Deny,
        Self::Cancel,
        Self::Expire,
        Self::Failure,
        Self::PartialRefund,
        Self::Refund,
        Self::PartialChargeback,
        Self::Chargeback,
        Self::NotFound,
        Self::Unrecognised,
    ];
}

/// An incoming webhook whose signature holds: a hint that asking is worth while.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GatewayNotice {
    /// The charge it names.
    pub gateway_order_id: GatewayOrderId,
    /// What tells two notices apart and a repeat from a first: status, code and transaction.
    pub fingerprint: String,
    /// What it claims, for the log; nothing is decided by it.
    pub claimed_status: String,
}
