//! Every state and every act, and sequences of both kinds of news.

use chrono::TimeDelta;
use proptest::prelude::*;

use super::super::tests::{advance, instant, paid, purchase, report, waiting};
use super::super::{Tiding, apply};
use super::*;
use crate::domain::ledger::EntryKind;
use crate::domain::order::Unit;
use crate::domain::payment_method::RefundWay;
use crate::domain::refund::ByHandBecause;
use crate::domain::report::ReportedStatus;

const ACTS: [SellerAct; 4] = [
    SellerAct::Accept,
    SellerAct::Deliver,
    SellerAct::Refund { amount_minor: 150_000 },
    SellerAct::SentBack { amount_minor: 150_000 },
];

fn terms(way: RefundWay, under_way_minor: i64) -> RefundTerms {
    RefundTerms { way, settled_at: Some(instant(60)), under_way_minor }
}

const fn at_gateway(partial: bool) -> RefundWay {
    RefundWay::AtGateway { window: TimeDelta::days(7), partial }
}

#[test]
fn every_act_in_every_state_is_done_or_refused_with_its_reason() {
    use ActRefusal::{CountedAlready, Disputed, NotCounted, NotPaid, NotSettled, TakenBack, WentBack};
    let orders = OrderState::ALL.map(|state| (accepting(state).err(), delivering(state).err()));
    let expected = [
        (Some(NotPaid), Some(NotPaid)),
        (Some(NotPaid), Some(NotPaid)),
        (Some(CountedAlready), None),
        (None, Some(NotCounted)),
        (Some(WentBack), Some(WentBack)),
        (Some(WentBack), Some(WentBack)),
        (Some(TakenBack), Some(TakenBack)),
        (Some(Disputed), Some(Disputed)),
        (Some(NotPaid), Some(NotPaid)),
        (Some(NotPaid), Some(NotPaid)),
    ];
    assert_eq!(orders, expected);
    let attempts = AttemptState::ALL.map(|state| returning(state).err());
    let mut expected = [Some(NotPaid); 16];
    expected[5] = Some(NotSettled);
    (expected[6], expected[7], expected[8]) = (None, None, Some(WentBack));
    (expected[13], expected[14], expected[15]) = (Some(TakenBack), Some(Disputed), Some(Disputed));
    assert_eq!(attempts, expected);
}

#[test]
fn what_is_refused_changes_nothing_and_what_fits_keeps_the_books_whole() {
    for attempt in AttemptState::ALL {
        for order in OrderState::ALL {
            for unit in [Unit::None, Unit::Held, Unit::Used] {
                for wanted in ACTS {
                    let before = purchase(attempt, order, unit);
                    let Ok(deed) = act(&before, &terms(RefundWay::ByHand, 0), wanted, instant(99)) else {
                        continue;
                    };
                    let after = advance(&before, &deed.outcome);
                    assert!(after.balance_minor >= 0 && after.balance_minor <= before.balance_minor);
                    let counts = wanted == SellerAct::Accept;
                    assert_eq!(after.unit, if counts { Unit::Used } else { unit }, "{wanted:?}");
                }
            }
        }
    }
}

#[test]
fn money_without_a_place_is_accepted_once_and_marked_only_where_nothing_is_free() {
    let mut unallocated = purchase(AttemptState::Settled, OrderState::PaidUnallocated, Unit::None);
    unallocated.free_unit = false;
    let by_hand = terms(RefundWay::ByHand, 0);
    let deed = act(&unallocated, &by_hand, SellerAct::Accept, instant(99)).unwrap();
    let accepted = advance(&unallocated, &deed.outcome);
    assert_eq!((accepted.order, accepted.unit), (OrderState::Paid, Unit::Used));
    assert!(accepted.flags.over_limit && deed.outcome.ledger.is_empty());
    assert_eq!(deed.outcome.tidings, [Tiding::Accepted]);
    let again = act(&accepted, &by_hand, SellerAct::Accept, instant(100));
    assert_eq!(again, Err(ActRefusal::CountedAlready));

    unallocated.free_unit = true;
    let deed = act(&unallocated, &by_hand, SellerAct::Accept, instant(99)).unwrap();
    assert!(!deed.outcome.flags.over_limit, "a place has become free meanwhile");

    let going_back = terms(at_gateway(true), 150_000);
    let refused = act(&unallocated, &going_back, SellerAct::Accept, instant(99));
    assert_eq!(refused, Err(ActRefusal::GoingBack));
}

#[test]
fn a_refund_takes_the_way_of_its_method_and_books_nothing_yet() {
    let whole = SellerAct::Refund { amount_minor: 150_000 };
    let part = SellerAct::Refund { amount_minor: 50_000 };
    let route = |way, wanted, seconds| {
        let deed = act(&paid(), &terms(way, 0), wanted, instant(seconds)).unwrap();
        assert!(deed.outcome.ledger.is_empty() && deed.outcome.tidings.is_empty());
        deed.route.unwrap()
    };
    let last = 60 + 7 * 86_400;
    assert_eq!(route(RefundWay::ByHand, whole, 99), ReturnRoute::ByHand(ByHandBecause::Method));
    assert_eq!(route(at_gateway(true), part, last - 1), ReturnRoute::AtGateway);
    assert_eq!(route(at_gateway(true), whole, last), ReturnRoute::ByHand(ByHandBecause::TooLate));
    assert_eq!(route(at_gateway(false), whole, 99), ReturnRoute::AtGateway);
    assert_eq!(route(at_gateway(false), part, 99), ReturnRoute::ByHand(ByHandBecause::OnlyWhole));

    let mut overpaid = paid();
    (overpaid.attempt_balance_minor, overpaid.balance_minor) = (160_000, 160_000);
    let more = SellerAct::Refund { amount_minor: 160_000 };
    let deed = act(&overpaid, &terms(at_gateway(true), 0), more, instant(99)).unwrap();
    assert_eq!(deed.route, Some(ReturnRoute::ByHand(ByHandBecause::BeyondCharge)));
}

#[test]
fn the_gateway_gives_back_what_it_charged_without_what_went_back_and_what_is_under_way() {
    let mut attempt = paid().attempt;
    attempt.returned_minor = 50_000;
    let route = |partial, amount_minor| {
        route(&attempt, &terms(at_gateway(partial), 30_000), amount_minor, instant(99))
    };
    assert_eq!([route(true, 70_000), route(false, 70_000)], [ReturnRoute::AtGateway; 2]);
    assert_eq!(route(true, 70_001), ReturnRoute::ByHand(ByHandBecause::BeyondCharge));
    assert_eq!(route(false, 69_999), ReturnRoute::ByHand(ByHandBecause::OnlyWhole));
}

#[test]
fn more_than_is_left_is_refused_with_both_numbers() {
    let asks = |amount_minor, under_way_minor| {
        let wanted = SellerAct::Refund { amount_minor };
        act(&paid(), &terms(at_gateway(true), under_way_minor), wanted, instant(99)).map(|deed| deed.route)
    };
    let too_much = |asked_minor, left_minor| Err(ActRefusal::TooMuch { asked_minor, left_minor });
    assert_eq!(asks(150_001, 0), too_much(150_001, 150_000));
    assert_eq!(asks(100_001, 50_000), too_much(100_001, 100_000));
    assert_eq!(asks(1, 150_000), Err(ActRefusal::GoingBack));
    assert_eq!(asks(0, 0), Err(ActRefusal::NotAnAmount));
    assert_eq!(asks(-5, 0), Err(ActRefusal::NotAnAmount));
    assert_eq!(asks(i64::MAX, 0), too_much(i64::MAX, 150_000));
    let empty = Purchase { attempt_balance_minor: 0, ..paid() };
    let wanted = SellerAct::Refund { amount_minor: 1 };
    let refused = act(&empty, &terms(at_gateway(true), 0), wanted, instant(99));
    assert_eq!(refused, Err(ActRefusal::TooMuch { asked_minor: 1, left_minor: 0 }), "nothing is under way");
}

#[test]
fn what_was_sent_by_hand_is_booked_apart_and_the_states_follow() {
    let by_hand = terms(RefundWay::ByHand, 0);
    let part = act(&paid(), &by_hand, SellerAct::SentBack { amount_minor: 50_000 }, instant(99)).unwrap();
    let after = advance(&paid(), &part.outcome);
    assert_eq!(
        (after.attempt.state, after.order),
        (AttemptState::PartiallyRefunded, OrderState::PartiallyRefunded)
    );
    assert_eq!((part.outcome.ledger[0].kind, after.balance_minor), (EntryKind::RefundedByHand, 100_000));
    assert_eq!(after.attempt.returned_minor, 0, "the gateway knows nothing of it");

    let rest = act(&after, &by_hand, SellerAct::SentBack { amount_minor: 100_000 }, instant(99)).unwrap();
    let after = advance(&after, &rest.outcome);
    assert_eq!((after.attempt.state, after.order), (AttemptState::Refunded, OrderState::Refunded));
    assert_eq!((after.unit, after.balance_minor), (Unit::Used, 0), "a sale happened");
    let third = act(&after, &by_hand, SellerAct::SentBack { amount_minor: 1 }, instant(99));
    assert_eq!(third, Err(ActRefusal::WentBack));
    assert!(apply(&after, &report(ReportedStatus::Settlement), instant(99)).ledger.is_empty());
}

#[test]
fn the_second_of_two_payments_goes_back_and_the_order_stays_paid() {
    let mut second = paid();
    second.balance_minor = 300_000;
    second.flags.duplicate_payment = true;
    let sent = SellerAct::SentBack { amount_minor: 150_000 };
    let deed = act(&second, &terms(RefundWay::ByHand, 0), sent, instant(99)).unwrap();
    assert_eq!((deed.outcome.order, deed.outcome.unit), (OrderState::Paid, Unit::Used));
    assert_eq!(deed.outcome.attempt, AttemptState::Refunded);
}

#[derive(Debug, Clone)]
enum News {
    Report(ReportedStatus, Option<i64>, Option<i64>),
    Act(SellerAct, i64),
}

fn news() -> impl Strategy<Value = News> {
    let amount = || 1_i64..200_000;
    let told = (
        prop::sample::select(ReportedStatus::ALL.to_vec()),
        prop::option::of(1_i64..300_000),
        prop::option::of(0_i64..400_000),
    );
    let wanted = prop_oneof![
        Just(SellerAct::Accept),
        Just(SellerAct::Deliver),
        amount().prop_map(|amount_minor| SellerAct::Refund { amount_minor }),
        amount().prop_map(|amount_minor| SellerAct::SentBack { amount_minor }),
    ];
    prop_oneof![
        told.prop_map(|(status, received, returned)| News::Report(status, received, returned)),
        (wanted, prop_oneof![Just(0), 0_i64..200_000]).prop_map(|(act, minor)| News::Act(act, minor)),
    ]
}

proptest! {
    #[test]
    fn no_sequence_of_reports_and_acts_breaks_the_books(
        sequence in prop::collection::vec((news(), 0_i64..10_000), 1..16),
        free_unit: bool,
    ) {
        let mut standing = Purchase { free_unit, ..waiting() };
        for (news, seconds) in sequence {
            let outcome = match news {
                News::Report(status, received, returned_minor) => {
                    let currency = standing.attempt.amount.currency();
                    let mut told = report(status);
                    told.received = received.map(|minor| crate::domain::money::Money::new(minor, currency));
                    told.returned_minor = returned_minor;
                    apply(&standing, &told, instant(seconds))
                }
                News::Act(wanted, under_way_minor) => {
                    let terms = terms(at_gateway(true), under_way_minor);
                    match act(&standing, &terms, wanted, instant(seconds)) {
                        Ok(deed) => deed.outcome,
                        Err(_) => continue,
                    }
                }
            };
            standing = advance(&standing, &outcome);
            prop_assert!(standing.balance_minor >= 0);
            prop_assert!(standing.balance_minor <= standing.captured_minor);
            prop_assert!(standing.unit != Unit::Used || standing.order.has_seen_money());
            prop_assert!(standing.order != OrderState::Paid || standing.unit == Unit::Used);
            prop_assert!(standing.order != OrderState::Reversed || standing.unit == Unit::None);
        }
    }
}

#[test]
fn what_is_on_its_way_back_is_not_delivered() {
    let deliver = |under_way_minor| {
        act(&paid(), &terms(at_gateway(true), under_way_minor), SellerAct::Deliver, instant(99)).err()
    };
    assert_eq!((deliver(0), deliver(1)), (None, Some(ActRefusal::GoingBack)));
}
