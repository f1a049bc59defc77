//! The shop's book: rows that are only ever added, each sealed to the one before.

use chrono::{DateTime, Utc};
use sha2::{Digest, Sha256};

use super::id::{AttemptId, MerchantId, OrderId};
use super::merchant::Mode;
use super::money::Currency;

/// One line to be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LedgerLine {
    /// What happened.
    pub kind: EntryKind,
    /// Money in (positive) or out (negative), in minor units.
    pub amount_minor: i64,
    /// Money that is only noted and stays outside every sum, in minor units.
    pub memo_minor: i64,
}

/// What a ledger row is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum EntryKind {
    /// Money came.
    Captured,
    /// Money went back through the gateway.
    Refunded,
    /// The seller sent money back without the gateway.
    RefundedByHand,
    /// The bank took the payment away.
    Reversed,
    /// A reversed payment is there again.
    Restored,
    /// The customer's bank disputes it.
    ChargedBack,
    /// The gateway says more went back than ever came; a memo.
    ReturnBeyondCaptured,
}

impl EntryKind {
    /// Every kind.
    pub const ALL: [Self; 7] = [
        Self::Captured,
        Self::Refunded,
        Self::RefundedByHand,
        Self::Reversed,
        Self::Restored,
        Self::ChargedBack,
        Self::ReturnBeyondCaptured,
    ];

    /// The word kept in the database.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Captured => "captured",
            Self::Refunded => "refunded",
            Self::RefundedByHand => "refunded_by_hand",
            Self::Reversed => "reversed",
            Self::Restored => "restored",
            Self::ChargedBack => "charged_back",
            Self::ReturnBeyondCaptured => "return_beyond_captured",
        }
    }

    /// Reads [`EntryKind::code`] back.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

/// A row of the book, without the seal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LedgerEntry {
    /// The shop whose book it is.
    pub merchant_id: MerchantId,
    /// Its place in the book, from 1.
    pub sequence: i64,
    /// The order it is about.
    pub order_id: OrderId,
    /// The attempt it is about.
    pub attempt_id: AttemptId,
    /// Whether the money is real.
    pub mode: Mode,
    /// What was booked.
    pub line: LedgerLine,
    /// In which currency.
    pub currency: Currency,
    /// When it was booked, in whole milliseconds.
    pub booked_at: DateTime<Utc>,
}

impl LedgerEntry {
    /// The row's seal: SHA-256 over the seal before it and every field of the row. No field holds
    /// anything personal, so erasing a customer never breaks the chain.
    #[must_use]
    pub fn seal(&self, previous: &[u8]) -> Vec<u8> {
        let text = format!(
            "{}|{}|{}|{}|{}|{}|{}|{}|{}|{}",
            self.merchant_id,
            self.sequence,
            self.order_id,
            self.attempt_id,
            self.mode.code(),
            self.line.kind.code(),
            self.line.amount_minor,
            self.line.memo_minor,
            self.currency.code(),
            self.booked_at.timestamp_millis(),
        );
        Sha256::new().chain_update(previous).chain_update(text.as_bytes()).finalize().to_vec()
    }
}
