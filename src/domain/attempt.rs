//! One charge at a gateway for an order.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::id::{AttemptId, GatewayAccountId, MerchantId, OrderId};
use super::merchant::Mode;
use super::money::Money;
use super::payment_method::{PaymentInstructions, PaymentMethod};
use super::reference::Reference;

/// One charge at a gateway: a method chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaymentAttempt {
    /// The attempt's key.
    pub id: AttemptId,
    /// The order it pays.
    pub order_id: OrderId,
    /// The shop it pays.
    pub merchant_id: MerchantId,
    /// The gateway account it was made at.
    pub account: AccountCode,
    /// Whether its money is real.
    pub mode: Mode,
    /// The id the gateway knows it by.
    pub gateway_order_id: GatewayOrderId,
    /// The gateway's own id, bound when it is first told; a report about another one is never booked.
    pub transaction_id: Option<String>,
    /// The way to pay.
    pub method: PaymentMethod,
    /// Where it stands.
    pub state: AttemptState,
    /// What was asked.
    pub amount: Money,
    /// What the customer must do, once the gateway has said it.
    pub instructions: Option<PaymentInstructions>,
    /// Until when the customer may pay.
    pub pay_by: DateTime<Utc>,
    /// Money returned so far, in minor units.
    pub returned_minor: i64,
    /// Since when pulls say that a reversed payment is settled after all.
    pub restoring_since: Option<DateTime<Utc>>,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// Grows with every change: what guards an update.
    pub version: i64,
}

/// Where an attempt stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum AttemptState {
    /// The charge is being asked for.
    Creating,
    /// The charge was asked for and no answer came: it may exist.
    Unknown,
    /// The gateway waits for the customer.
    Pending,
    /// A card's payment is held back by fraud control.
    Challenge,
    /// A card's money is reserved.
    Authorized,
    /// A card was charged; settles later.
    Captured,
    /// The money is there.
    Settled,
    /// A part went back.
    PartiallyRefunded,
    /// All went back.
    Refunded,
    /// The bank said no.
    Denied,
    /// Called off before payment.
    Cancelled,
    /// Not paid in time.
    Expired,
    /// The gateway could not.
    Failed,
    /// Paid, and then taken away by the bank.
    Reversed,
    /// A part is disputed.
    PartiallyChargedBack,
    /// All is disputed.
    ChargedBack,
}

impl AttemptState {
    /// Every state.
    pub const ALL: [Self; 16] = [
        Self::Creating,
        Self::Unknown,
        Self::Pending,
        Self::Challenge,
        Self::Authorized,
        Self::Captured,
        Self::Settled,
        Self::PartiallyRefunded,
        Self::Refunded,
        Self::Denied,
        Self::Cancelled,
        Self::Expired,
        Self::Failed,
        Self::Reversed,
        Self::PartiallyChargedBack,
        Self::ChargedBack,
    ];

    /// The word kept in the database.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Creating => "creating",
            Self::Unknown => "unknown",
            Self::Pending => "pending",
            Self::Challenge => "challenge",
            Self::Authorized => "authorized",
            Self::Captured => "captured",
            Self::Settled => "settled",
            Self::PartiallyRefunded => "partially_refunded",
            Self::Refunded => "refunded",
            Self::Denied => "denied",
            Self::Cancelled => "cancelled",
            Self::Expired => "expired",
            Self::Failed => "failed",
            Self::Reversed => "reversed",
            Self::PartiallyChargedBack => "partially_charged_back",
            Self::ChargedBack => "charged_back",
        }
    }

    /// Reads [`AttemptState::code`] back.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }

    /// Whether the customer may still pay this attempt.
    #[must_use]
    pub const fn is_live(self) -> bool {
        matches!(self, Self::Creating | Self::Unknown | Self::Pending | Self::Challenge | Self::Authorized)
    }

    /// Whether it ended without money.
    #[must_use]
    pub const fn is_dead(self) -> bool {
        matches!(self, Self::Denied | Self::Cancelled | Self::Expired | Self::Failed)
    }
}

/// Names a gateway account: in the notice's address, and in the book of accounts.
///
/// `sandbox` and `live` are the operator's own, a key in 32 hexadecimal digits is a shop's.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct AccountCode(pub String);

impl AccountCode {
    /// The name of an account that a shop connected.
    #[must_use]
    pub fn of_shop(id: GatewayAccountId) -> Self {
        Self(id.0.simple().to_string())
    }

    /// The key behind [`AccountCode::of_shop`]; `None` for any other name.
    #[must_use]
    pub fn shop_account(&self) -> Option<GatewayAccountId> {
        let key = uuid::Uuid::try_parse(&self.0).ok()?;
        Some(GatewayAccountId(key)).filter(|id| Self::of_shop(*id) == *self)
    }
}

impl std::fmt::Display for AccountCode {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(formatter)
    }
}

/// The only id sent to a gateway: the link's reference, `-`, and 13 random base32 characters; at
/// most 50, the limit of Midtrans' `order_id`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct GatewayOrderId(String);

impl GatewayOrderId {
    /// Makes an id from 65 of the given random bits.
    #[must_use]
    pub fn new(reference: &Reference, random: [u8; 9]) -> Self {
        let tail = data_encoding::BASE32_NOPAD.encode(&random);
        Self(format!("{reference}-{}", tail[..13].to_lowercase()))
    }

    /// Takes an id as it stands in the database or in a notice; it proves nothing.
    #[must_use]
    pub fn from_text(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// Whether the id has the form that we give to ours: a reference, then 13 random characters.
    #[must_use]
    pub fn looks_ours(&self) -> bool {
        let random = |tail: &str| {
            tail.len() == 13 && tail.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'2'..=b'7'))
        };
        self.0.rsplit_once('-').is_some_and(|(reference, tail)| !reference.is_empty() && random(tail))
    }

    /// The id as sent.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for GatewayOrderId {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// The least time a customer gets, however soon the link ends.
pub const LEAST_TIME_TO_PAY: TimeDelta = TimeDelta::minutes(15);

/// How long after the customer's deadline a unit stays held: late news of a payment made in time
/// still finds it.
pub const HOLD_GRACE: TimeDelta = TimeDelta::minutes(15);

/// How long after the customer's deadline a charge is asked about: Midtrans expires it within 90 s.
pub const AFTER_DEADLINE: TimeDelta = TimeDelta::minutes(2);

/// How many charges one order may ask for.
pub const ATTEMPTS_PER_ORDER_MAX: usize = 5;

/// How many charges an order may still ask for, after those it has asked for.
#[must_use]
pub const fn attempts_left(made: &[PaymentAttempt]) -> usize {
    ATTEMPTS_PER_ORDER_MAX.saturating_sub(made.len())
}

/// Whether the customer of an order with these charges was ever told how to pay: from then on money may
/// come, however late.
#[must_use]
pub fn was_told_how_to_pay(made: &[PaymentAttempt]) -> bool {
    made.iter().any(|attempt| attempt.instructions.is_some())
}

/// Until when a charge made `now` may be paid: its window, cut by the link's end, but never under
/// [`LEAST_TIME_TO_PAY`].
#[must_use]
pub fn pay_by(now: DateTime<Utc>, window: TimeDelta, link_ends: Option<DateTime<Utc>>) -> DateTime<Utc> {
    let by_window = now + window;
    link_ends.map_or(by_window, |link_ends| by_window.min(link_ends.max(now + LEAST_TIME_TO_PAY)))
}
