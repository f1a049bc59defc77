//! Every state beside every balance that an audit may meet.

use super::*;
use OrderState::{
    Awaiting, ChargedBack, Closed, Expired, Open, Paid, PaidUnallocated, PartiallyRefunded, Refunded,
    Reversed,
};

const NOW: DateTime<Utc> = DateTime::UNIX_EPOCH;

fn settled() -> AttemptStanding {
    AttemptStanding {
        id: AttemptId::generate(),
        state: Some(AttemptState::Settled),
        returned_minor: 0,
        is_of_its_order: true,
        balance_minor: 1_000,
        captured_minor: 1_000,
        booked_back_minor: 0,
        refunded_minor: 0,
        by_hand_minor: 0,
        asked_refunds_minor: 0,
        asked_by_hand_minor: 0,
    }
}

/// 300 went back through the gateway and 200 by hand.
fn half_returned() -> AttemptStanding {
    AttemptStanding {
        state: Some(AttemptState::PartiallyRefunded),
        returned_minor: 500,
        balance_minor: 500,
        booked_back_minor: 500,
        refunded_minor: 300,
        by_hand_minor: 200,
        asked_refunds_minor: 300,
        asked_by_hand_minor: 200,
        ..settled()
    }
}

#[test]
fn a_charge_is_sound_only_with_the_money_that_its_state_speaks_of() {
    let unpaid = [
        AttemptState::Creating,
        AttemptState::Unknown,
        AttemptState::Pending,
        AttemptState::Challenge,
        AttemptState::Authorized,
        AttemptState::Denied,
        AttemptState::Cancelled,
        AttemptState::Expired,
        AttemptState::Failed,
    ];
    let paid = [AttemptState::Captured, AttemptState::Settled];
    let in_part = [AttemptState::PartiallyRefunded, AttemptState::PartiallyChargedBack];
    let gone = [AttemptState::Refunded, AttemptState::Reversed, AttemptState::ChargedBack];
    // The states, then (captured, left) that fit, then those that do not.
    type Money = &'static [(i64, i64)];
    let table: [(&[AttemptState], Money, Money); 4] = [
        (&unpaid, &[(0, 0)], &[(1, 0), (0, 1), (1, 1)]),
        (&paid, &[(1, 1), (9, 5)], &[(0, 0), (9, 0), (9, -1)]),
        (&in_part, &[(9, 1), (9, 9)], &[(9, 0), (9, -1), (9, 10)]),
        (&gone, &[(9, 0)], &[(0, 0), (-1, 0), (9, 1), (9, -1)]),
    ];
    for (states, sound, wrong) in table {
        for &state in states {
            let fault = |&(captured_minor, balance_minor): &(i64, i64)| {
                let state = Some(state);
                AttemptStanding { state, captured_minor, balance_minor, ..settled() }.fault()
            };
            for money in sound {
                assert_eq!(fault(money), None, "{state:?} with {money:?}");
            }
            for money in wrong {
                assert!(fault(money).is_some(), "{state:?} with {money:?}");
            }
        }
    }
}

#[test]
fn a_charge_has_a_state_of_ours_and_is_its_orders() {
    assert_eq!(settled().fault(), None);
    assert!(AttemptStanding { state: None, ..settled() }.fault().is_some());
    assert!(AttemptStanding { is_of_its_order: false, ..settled() }.fault().is_some());
}

#[test]
fn what_went_back_is_what_was_asked_and_what_the_book_says() {
    assert_eq!(half_returned().fault(), None);
    for returned_minor in [499, 501] {
        assert!(AttemptStanding { returned_minor, ..half_returned() }.fault().is_some(), "{returned_minor}");
    }
    for asked_by_hand_minor in [199, 201] {
        let other = AttemptStanding { asked_by_hand_minor, ..half_returned() };
        assert!(other.fault().is_some(), "{asked_by_hand_minor} by hand");
    }
    assert!(AttemptStanding { asked_refunds_minor: 301, ..half_returned() }.fault().is_some());
    let more_by_itself = AttemptStanding { asked_refunds_minor: 299, ..half_returned() };
    assert_eq!(more_by_itself.fault(), None, "a gateway may give back more by itself");
}

#[test]
fn each_state_of_an_order_goes_with_its_units_and_with_a_hold_only_while_one_is_held() {
    let table: [(&[OrderState], &[Unit]); 4] = [
        (&[Open, Expired, Closed, PaidUnallocated, Reversed], &[Unit::None]),
        (&[Awaiting], &[Unit::Held]),
        (&[Paid], &[Unit::Used]),
        (&[PartiallyRefunded, Refunded, ChargedBack], &[Unit::None, Unit::Used]),
    ];
    for (states, fitting) in table {
        for &state in states {
            for unit in [Unit::None, Unit::Held, Unit::Used] {
                let fault =
                    |hold_until| OrderStanding { hold_until, ..awaiting() }.unit_fault(state, unit, NOW);
                let (with_hold, without_hold) = (fault(Some(NOW)), fault(None));
                let fits = fitting.contains(&unit);
                let held = unit == Unit::Held;
                assert_eq!(with_hold.is_none(), fits && held, "{state:?} {unit:?}: {with_hold:?}");
                assert_eq!(without_hold.is_none(), fits && !held, "{state:?} {unit:?}: {without_hold:?}");
            }
        }
    }
}

/// An order that costs 1000: its state and flag, what came, what is left and what is disputed of it.
#[derive(Debug, Clone, Copy)]
struct Money(OrderState, Flag, i64, i64, i64);

#[derive(Debug, Clone, Copy, PartialEq)]
enum Flag {
    Plain,
    Short,
    Twice,
}

fn money_fault(
    Money(state, flag, captured_minor, balance_minor, charged_back_minor): Money,
) -> Option<String> {
    let standing = OrderStanding {
        state: Some(state),
        underpaid: flag == Flag::Short,
        duplicate_payment: flag == Flag::Twice,
        has_paid_at: state.has_seen_money(),
        captured_minor,
        balance_minor,
        charged_back_minor,
        ..awaiting()
    };
    standing.money_fault(state)
}

#[test]
fn each_state_of_an_order_goes_with_the_money_that_is_left() {
    use Flag::{Plain, Short, Twice};
    for state in [Open, Awaiting, Expired, Closed] {
        assert_eq!(money_fault(Money(state, Plain, 0, 0, 0)), None);
        assert_eq!(money_fault(Money(state, Short, 400, 400, 0)), None);
        assert!(money_fault(Money(state, Plain, 400, 0, 0)).is_some(), "what came needs the flag: {state:?}");
    }
    for state in [Paid, PaidUnallocated] {
        for sound in [(1_000, 1_000, 0), (1_001, 1_001, 0), (1_000, 900, 100), (2_000, 1_900, 0)] {
            assert_eq!(
                money_fault(Money(state, Plain, sound.0, sound.1, sound.2)),
                None,
                "{state:?} {sound:?}"
            );
        }
        for wrong in [(1_000, 999, 0), (1_000, 899, 100), (1_000, 0, 999)] {
            let fault = money_fault(Money(state, Twice, wrong.0, wrong.1, wrong.2));
            assert!(fault.is_some(), "{state:?} {wrong:?}");
        }
    }
    assert_eq!(money_fault(Money(PartiallyRefunded, Plain, 1_000, 1, 0)), None);
    assert_eq!(money_fault(Money(PartiallyRefunded, Plain, 1_000, 999, 0)), None);
    for left in [-1, 0, 1_000, 1_001] {
        assert!(money_fault(Money(PartiallyRefunded, Plain, 2_000, left, 0)).is_some(), "{left}");
    }
    for flag in [Short, Twice] {
        assert_eq!(money_fault(Money(PartiallyRefunded, flag, 2_000, 1_000, 0)), None, "{flag:?}");
        assert!(money_fault(Money(PartiallyRefunded, flag, 2_000, 0, 0)).is_some(), "{flag:?}");
    }
    for state in [Refunded, Reversed, ChargedBack] {
        assert_eq!(money_fault(Money(state, Plain, 1_000, 0, 0)), None);
        assert!(money_fault(Money(state, Plain, 1_000, 1, 0)).is_some());
        assert_eq!(money_fault(Money(state, Short, 1_400, 400, 0)), None);
        assert_eq!(money_fault(Money(state, Twice, 2_000, 1_000, 0)), None);
    }
}

#[test]
fn an_order_has_words_of_ours_and_an_instant_of_payment_when_money_came() {
    assert_eq!(awaiting().fault(NOW), None);
    assert!(OrderStanding { state: None, ..awaiting() }.fault(NOW).is_some());
    assert!(OrderStanding { unit: None, ..awaiting() }.fault(NOW).is_some());
    assert!(OrderStanding { has_paid_at: true, ..awaiting() }.fault(NOW).is_some());
    let below_nothing = OrderStanding { balance_minor: -1, underpaid: true, ..awaiting() };
    assert!(below_nothing.fault(NOW).is_some(), "more went back than ever came");
}

#[test]
fn a_links_counters_are_its_orders() {
    let link = LinkStanding {
        id: LinkId::generate(),
        usage_limit: Some(2),
        used: 1,
        held: 1,
        orders_using: 1,
        orders_holding: 1,
        orders_over_limit: 0,
    };
    assert_eq!(link.fault(), None, "exactly its limit");
    let fault = LinkStanding { orders_holding: 2, ..link }.fault();
    assert_eq!(fault.as_deref(), Some("held is 1, but 2 orders hold a unit"));
    for number in [0, 2] {
        assert!(LinkStanding { orders_using: number, ..link }.fault().is_some(), "{number} use");
        assert!(LinkStanding { orders_holding: number, ..link }.fault().is_some(), "{number} hold");
    }
}
