//! What a Midtrans account offers: limits as Midtrans publishes them (whole rupiah), and how money goes
//! back. An account may have fewer methods active; Midtrans then refuses the charge with 402.

use chrono::TimeDelta;

use crate::domain::payment_method::{MethodOffer, PaymentMethod, RefundWay};

/// In the order of the page.
pub(super) const OFFERS: [MethodOffer; 14] = [
    // A payment from another bank's app goes back for 7 days only, from GoPay's own for 45. Which it
    // will be is not known before it is paid, so the shorter one counts.
    refundable(PaymentMethod::Qris, 1, Some(10_000_000), (7, true)),
    // Wallets of unverified users take 2 million at most. Nobody tells us which it is.
    refundable(PaymentMethod::Gopay, 1, Some(20_000_000), (45, true)),
    // One page of Midtrans' promises returns of a part, another denies them.
    refundable(PaymentMethod::Shopeepay, 1, Some(20_000_000), (365, false)),
    transfer(PaymentMethod::BcaVa, 10_000, Some(20_000_000_000)),
    transfer(PaymentMethod::MandiriBill, 1, Some(50_000_000_000)),
    transfer(PaymentMethod::BriVa, 1, Some(20_000_000_000)),
    transfer(PaymentMethod::BniVa, 1, None),
    transfer(PaymentMethod::PermataVa, 1, Some(9_999_999_999)),
    transfer(PaymentMethod::CimbVa, 1, Some(250_000_000)),
    transfer(PaymentMethod::Indomaret, 10_000, Some(5_000_000)),
    // Cash is taken up to 2.5 million, the rest by card at the counter.
    transfer(PaymentMethod::Alfamart, 1, Some(5_000_000)),
    refundable(PaymentMethod::Card, 10_000, Some(999_999_999), (180, true)),
    refundable(PaymentMethod::Kredivo, 1, None, (14, true)),
    refundable(PaymentMethod::Akulaku, 5_000, None, (180, true)),
];

/// Midtrans refunds no transfer and nothing paid at a counter, so the seller sends it back.
const fn transfer(method: PaymentMethod, minimum_minor: i64, maximum_minor: Option<i64>) -> MethodOffer {
    MethodOffer { method, minimum_minor, maximum_minor, refund_way: RefundWay::ByHand }
}

/// Midtrans sends it back for so many days, a part of it too or only all.
const fn refundable(
    method: PaymentMethod,
    minimum_minor: i64,
    maximum_minor: Option<i64>,
    (days, partial): (i64, bool),
) -> MethodOffer {
    let refund_way = RefundWay::AtGateway { window: TimeDelta::days(days), partial };
    MethodOffer { method, minimum_minor, maximum_minor, refund_way }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::payment_method::MethodKind;

    #[test]
    fn every_method_is_offered_once_in_the_order_of_the_page() {
        assert_eq!(OFFERS.map(|offer| offer.method), PaymentMethod::ALL);
    }

    #[test]
    fn limits_hold_at_their_edges() {
        let takes = |method, amount_minor| {
            OFFERS.iter().any(|offer| offer.method == method && offer.takes(amount_minor))
        };
        for (method, least, most) in [
            (PaymentMethod::Qris, 1, 10_000_000),
            (PaymentMethod::Gopay, 1, 20_000_000),
            (PaymentMethod::BcaVa, 10_000, 20_000_000_000),
            (PaymentMethod::BniVa, 1, i64::MAX),
            (PaymentMethod::Indomaret, 10_000, 5_000_000),
            (PaymentMethod::Alfamart, 1, 5_000_000),
            (PaymentMethod::Card, 10_000, 999_999_999),
            (PaymentMethod::Akulaku, 5_000, i64::MAX),
        ] {
            assert!(takes(method, least) && !takes(method, least - 1), "{method:?}");
            assert!(takes(method, most) && (most == i64::MAX || !takes(method, most + 1)), "{method:?}");
        }
    }

    #[test]
    fn what_is_paid_by_hand_goes_back_by_hand() {
        for offer in OFFERS {
            let by_hand = offer.refund_way == RefundWay::ByHand;
            let by_number = matches!(
                offer.method.kind(),
                MethodKind::VirtualAccount | MethodKind::Bill | MethodKind::Counter
            );
            assert_eq!(by_hand, by_number, "{:?}", offer.method);
        }
    }
}
