//! The ways to pay that the simulated acquirers offer, and each one's limits.

use serde::Serialize;

const DAY: i64 = 24 * 3600;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub(super) enum PaymentMethod {
    BcaVa,
    BniVa,
    BriVa,
    CimbVa,
    PermataVa,
    MandiriBill,
    QrisGopay,
    QrisShopee,
    Gopay,
    Shopeepay,
    Indomaret,
    Alfamart,
    /// Reached through Snap alone: the Core API would need the card number on the shop's server.
    Card,
    /// Through Snap alone, too: the payer signs in at the lender.
    Kredivo,
    Akulaku,
}

/// Amounts in whole rupiah, spans in seconds.
#[derive(Debug, Clone, Copy)]
pub(super) struct Limits {
    pub(super) least: i64,
    pub(super) most: i64,
    pub(super) usual_expiry: i64,
    pub(super) longest_expiry: i64,
    /// `None`: the money cannot go back this way.
    pub(super) refund_days: Option<i64>,
    pub(super) partial_refund: bool,
}

/// No method takes a shorter custom expiry, in seconds.
pub(super) const SHORTEST_EXPIRY: i64 = 20;

impl PaymentMethod {
    pub(super) const ALL: [PaymentMethod; 15] = [
        Self::BcaVa,
        Self::BniVa,
        Self::BriVa,
        Self::CimbVa,
        Self::PermataVa,
        Self::MandiriBill,
        Self::QrisGopay,
        Self::QrisShopee,
        Self::Gopay,
        Self::Shopeepay,
        Self::Indomaret,
        Self::Alfamart,
        Self::Card,
        Self::Kredivo,
        Self::Akulaku,
    ];

    pub(super) fn limits(self) -> Limits {
        let (least, most) = match self {
            Self::BcaVa => (10_000, 20_000_000_000),
            // "None" in the table; sixteen digits is what the answer can carry.
            Self::BniVa => (1, 9_999_999_999_999_999),
            Self::BriVa => (1, 20_000_000_000),
            Self::CimbVa => (1, 250_000_000),
            Self::PermataVa => (1, 9_999_999_999),
            Self::MandiriBill => (1, 50_000_000_000),
            Self::QrisGopay | Self::QrisShopee => (1, 10_000_000),
            Self::Gopay | Self::Shopeepay => (1, 20_000_000),
            Self::Indomaret => (10_000, 5_000_000),
            Self::Alfamart => (1, 5_000_000),
            Self::Card => (10_000, 999_999_999),
            Self::Kredivo => (1, 9_999_999_999_999_999),
            Self::Akulaku => (5_000, 9_999_999_999_999_999),
        };
        let (usual_expiry, longest_expiry) = match self {
            Self::QrisGopay | Self::Gopay => (15 * 60, 7 * DAY),
            Self::QrisShopee | Self::Shopeepay => (15 * 60, 5 * DAY),
            Self::Card => (10 * 60, 10 * 60),
            Self::Akulaku => (2 * 3600, 180 * DAY),
            _ => (DAY, 180 * DAY),
        };
        let (refund_days, partial_refund) = match self {
            Self::Gopay | Self::QrisGopay => (Some(45), true),
            Self::Shopeepay | Self::QrisShopee => (Some(365), false),
            Self::Card | Self::Akulaku => (Some(180), true),
            Self::Kredivo => (Some(14), true),
            _ => (None, false),
        };
        Limits { least, most, usual_expiry, longest_expiry, refund_days, partial_refund }
    }

    /// These banks may take a settlement back a few minutes later.
    pub(super) fn may_reverse(self) -> bool {
        matches!(self, Self::PermataVa | Self::MandiriBill | Self::Indomaret)
    }

    /// The value of `payment_type` in answers and notices.
    pub(super) fn payment_type(self) -> &'static str {
        match self {
            Self::BcaVa | Self::BniVa | Self::BriVa | Self::CimbVa | Self::PermataVa => "bank_transfer",
            Self::MandiriBill => "echannel",
            Self::QrisGopay | Self::QrisShopee => "qris",
            Self::Gopay => "gopay",
            Self::Shopeepay => "shopeepay",
            Self::Indomaret | Self::Alfamart => "cstore",
            Self::Card => "credit_card",
            Self::Kredivo => "kredivo",
            Self::Akulaku => "akulaku",
        }
    }

    /// How Snap's `enabled_payments` names the method.
    pub(super) fn snap_name(self) -> &'static str {
        match self {
            Self::BcaVa => "bca_va",
            Self::BniVa => "bni_va",
            Self::BriVa => "bri_va",
            Self::CimbVa => "cimb_va",
            Self::PermataVa => "permata_va",
            Self::MandiriBill => "echannel",
            Self::QrisGopay | Self::QrisShopee => "other_qris",
            Self::Gopay => "gopay",
            Self::Shopeepay => "shopeepay",
            Self::Indomaret => "indomaret",
            Self::Alfamart => "alfamart",
            Self::Card => "credit_card",
            Self::Kredivo => "kredivo",
            Self::Akulaku => "akulaku",
        }
    }

    /// What a person calls it.
    pub(super) fn label(self) -> &'static str {
        match self {
            Self::BcaVa => "BCA virtual account",
            Self::BniVa => "BNI virtual account",
            Self::BriVa => "BRI virtual account",
            Self::CimbVa => "CIMB Niaga virtual account",
            Self::PermataVa => "Permata virtual account",
            Self::MandiriBill => "Mandiri Bill",
            Self::QrisGopay => "QRIS",
            Self::QrisShopee => "QRIS (ShopeePay)",
            Self::Gopay => "GoPay",
            Self::Shopeepay => "ShopeePay",
            Self::Indomaret => "Indomaret",
            Self::Alfamart => "Alfamart",
            Self::Card => "Card",
            Self::Kredivo => "Kredivo",
            Self::Akulaku => "Akulaku",
        }
    }

    /// The bank of `va_numbers`, the prefix of its numbers and how many digits a shop may choose.
    pub(super) fn virtual_account(self) -> Option<(&'static str, &'static str, usize)> {
        match self {
            Self::BcaVa => Some(("bca", "12345", 11)),
            Self::BniVa => Some(("bni", "98812345", 8)),
            Self::BriVa => Some(("bri", "12881", 13)),
            Self::CimbVa => Some(("cimb", "1899", 12)),
            Self::PermataVa => Some(("permata", "852800", 10)),
            _ => None,
        }
    }

    /// Whether the method is picked on Snap's page, where its payer may try again after a refusal.
    pub(super) fn is_snaps_own(self) -> bool {
        matches!(self, Self::Card | Self::Kredivo | Self::Akulaku)
    }

    /// Midtrans ignores `Idempotency-Key` here.
    pub(super) fn ignores_idempotency(self) -> bool {
        matches!(self, Self::PermataVa | Self::Indomaret)
    }

    /// These acquirers check the customer's e-mail address by pattern.
    pub(super) fn checks_email(self) -> bool {
        matches!(self, Self::PermataVa | Self::Indomaret)
    }

    /// Indomaret's answers carry no `fraud_status`.
    pub(super) fn has_fraud_status(self) -> bool {
        self != Self::Indomaret
    }
}
