//! What an operator should look at: things that no rule expects and nobody else can mend.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::id::MerchantId;

/// What kind of trouble it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AlertKind {
    /// A report names another amount, currency, merchant or transaction than the charge's own.
    Mismatch,
    /// A report does not follow from what was known.
    UnexpectedReport,
    /// More went back than ever came.
    ReturnBeyondCaptured,
    /// The gateway does not know a charge that it made.
    ChargeNotKnown,
    /// The gateway does not accept an account's key.
    KeyRefused,
    /// The gateway does not let the operator's account use a method.
    MethodRefused,
    /// A charge belongs to an account that the settings no longer name.
    AccountMissing,
    /// A charge should have been over for more than a day, and the gateway does not say so.
    HoldKept,
    /// A genuine notice names a charge that looks like ours and is unknown here.
    OrphanNotice,
    /// Ledger, units and orders contradict each other.
    BooksDoNotFit,
    /// The database could not be checked, or its disk is nearly full.
    DatabaseTrouble,
    /// A gateway was asked for a return of money and shows none a day later.
    RefundNotShown,
    /// A backup was restored.
    Restored,
}

impl AlertKind {
    /// Every kind.
    pub const ALL: [Self; 13] = [
        Self::Mismatch,
        Self::UnexpectedReport,
        Self::ReturnBeyondCaptured,
        Self::ChargeNotKnown,
        Self::KeyRefused,
        Self::MethodRefused,
        Self::AccountMissing,
        Self::HoldKept,
        Self::OrphanNotice,
        Self::BooksDoNotFit,
        Self::DatabaseTrouble,
        Self::RefundNotShown,
        Self::Restored,
    ];

    /// The word kept in the database.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Mismatch => "mismatch",
            Self::UnexpectedReport => "unexpected_report",
            Self::ReturnBeyondCaptured => "return_beyond_captured",
            Self::ChargeNotKnown => "charge_not_known",
            Self::KeyRefused => "key_refused",
            Self::MethodRefused => "method_refused",
            Self::AccountMissing => "account_missing",
            Self::HoldKept => "hold_kept",
            Self::OrphanNotice => "orphan_notice",
            Self::BooksDoNotFit => "books_do_not_fit",
            Self::DatabaseTrouble => "database_trouble",
            Self::RefundNotShown => "refund_not_shown",
            Self::Restored => "restored",
        }
    }

    /// Reads [`AlertKind::code`] back.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// Whether the same trouble is worth another word a day later. What concerns one charge is said
    /// once for good.
    #[must_use]
    pub const fn recurs(self) -> bool {
        match self {
            Self::Mismatch
            | Self::UnexpectedReport
            | Self::ReturnBeyondCaptured
            | Self::ChargeNotKnown
            | Self::MethodRefused
            | Self::OrphanNotice
            | Self::RefundNotShown
            | Self::Restored => false,
            Self::KeyRefused
            | Self::AccountMissing
            | Self::HoldKept
            | Self::BooksDoNotFit
            | Self::DatabaseTrouble => true,
        }
    }
}

/// Something an operator should look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OperatorAlert {
    /// What kind of trouble.
    pub kind: AlertKind,
    /// What it is about: a gateway order id, an account, a row. Nothing personal.
    pub subject: String,
    /// What was seen, in English and a few words; may be empty.
    pub what: String,
    /// The shop it concerns, when it is one's.
    pub merchant_id: Option<MerchantId>,
}

impl OperatorAlert {
    /// What makes two alerts the same: kind and subject, and the day where the kind recurs.
    #[must_use]
    pub fn dedupe_key(&self, now: DateTime<Utc>) -> String {
        let day = now.timestamp().div_euclid(TimeDelta::days(1).num_seconds());
        match self.kind {
            // Each contradiction about one charge deserves a word: `what` tells them apart.
            AlertKind::UnexpectedReport => format!("{}:{}:{}", self.kind.code(), self.subject, self.what),
            kind if kind.recurs() => format!("{}:{}:{day}", kind.code(), self.subject),
            kind => format!("{}:{}", kind.code(), self.subject),
        }
    }
}

/// An alert as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptAlert {
    /// What kind of trouble.
    pub kind: AlertKind,
    /// What it is about.
    pub subject: String,
    /// What was seen.
    pub what: String,
    /// How often it was seen.
    pub seen: i64,
    /// When it was seen first.
    pub first_seen_at: DateTime<Utc>,
    /// When messages to the admins were written; `None` while there is nobody to tell.
    pub told_at: Option<DateTime<Utc>>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn alert(kind: AlertKind) -> OperatorAlert {
        OperatorAlert { kind, subject: "INV-1".to_owned(), what: String::new(), merchant_id: None }
    }

    #[test]
    fn every_kind_is_read_back() {
        for kind in AlertKind::ALL {
            assert_eq!(AlertKind::parse(kind.code()), Some(kind));
        }
        assert_eq!(AlertKind::parse("mood"), None);
    }

    #[test]
    fn what_recurs_is_said_again_the_next_day_and_the_rest_is_not() {
        let now = DateTime::from_timestamp(1_800_000_000, 0).unwrap_or_default();
        let next_day = now + TimeDelta::days(1);
        for kind in AlertKind::ALL {
            let same = alert(kind).dedupe_key(now) == alert(kind).dedupe_key(next_day);
            assert_eq!(same, !kind.recurs(), "{kind:?}");
        }
        let recurring: Vec<_> = AlertKind::ALL.into_iter().filter(|kind| kind.recurs()).collect();
        let expected = [
            AlertKind::KeyRefused,
            AlertKind::AccountMissing,
            AlertKind::HoldKept,
            AlertKind::BooksDoNotFit,
            AlertKind::DatabaseTrouble,
        ];
        assert_eq!(recurring, expected);
    }
}
