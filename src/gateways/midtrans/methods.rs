//! What a Midtrans account offers: limits as Midtrans publishes them (whole rupiah), and how money goes
//! back. An account may have fewer methods active; Midtrans then refuses the charge with 402.

use chrono::TimeDelta;

use crate::domain::payment_method::{MethodOffer, PaymentMethod, RefundWay};

/// In the order of the page.
pub(super) const OFFERS: [MethodOffer; 7] = [
    MethodOffer {
        method: PaymentMethod::Qris,
        minimum_minor: 1,
        maximum_minor: Some(10_000_000),
        // A payment from another bank's app goes back for 7 days only, from GoPay's own for 45. Which it
        // will be is not known before it is paid, so the shorter one counts.
        refund_way: RefundWay::AtGateway { window: TimeDelta::days(7), partial: true },
    },
    transfer(PaymentMethod::BcaVa, 10_000, Some(20_000_000_000)),
    transfer(PaymentMethod::MandiriBill, 1, Some(50_000_000_000)),
    transfer(PaymentMethod::BriVa, 1, Some(20_000_000_000)),
    transfer(PaymentMethod::BniVa, 1, None),
    transfer(PaymentMethod::PermataVa, 1, Some(9_999_999_999)),
    transfer(PaymentMethod::CimbVa, 1, Some(250_000_000)),
];

/// Midtrans refunds no transfer, so the seller sends it back.
const fn transfer(method: PaymentMethod, minimum_minor: i64, maximum_minor: Option<i64>) -> MethodOffer {
    MethodOffer { method, minimum_minor, maximum_minor, refund_way: RefundWay::ByHand }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_method_is_offered_once_in_the_order_of_the_page() {
        assert_eq!(OFFERS.map(|offer| offer.method), PaymentMethod::ALL);
    }

    #[test]
    fn limits_hold_at_their_edges() {
        let takes = |method, amount_minor| {
            OFFERS.iter().any(|offer| offer.method == method && offer.takes(amount_minor))
        };
        assert!(takes(PaymentMethod::Qris, 10_000_000) && !takes(PaymentMethod::Qris, 10_000_001));
        assert!(takes(PaymentMethod::BcaVa, 10_000) && !takes(PaymentMethod::BcaVa, 9_999));
        assert!(takes(PaymentMethod::BniVa, i64::MAX) && !takes(PaymentMethod::BniVa, 0));
    }
}
