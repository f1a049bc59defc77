use chrono::TimeZone;
use proptest::prelude::*;

use super::*;

fn start() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 22, 7, 2, 0).unwrap()
}

fn key() -> BurstKey {
    BurstKey { merchant_id: MerchantId(uuid::Uuid::nil()), mode: Mode::Sandbox, currency: Currency::IDR }
}

fn payment() -> Waiting {
    Waiting {
        kind: NotificationKind::Payment,
        order_id: Some(OrderId::generate()),
        key: Some(key()),
        missed: false,
    }
}

fn decision_about(order_id: Option<OrderId>) -> Waiting {
    Waiting { kind: NotificationKind::Decision, order_id, ..payment() }
}

fn listed(lines: usize, shown_at: DateTime<Utc>) -> Burst {
    Burst::after_list(key(), 7, lines, shown_at)
}

#[test]
fn the_first_two_ring_and_the_third_begins_a_silent_list() {
    let first = Burst::after_ring(&[], key(), start());
    assert_eq!(next_step(&[payment()], &[], start()), Step::Ring(0, key()));
    assert_eq!(next_step(&[payment()], &[first], start()), Step::Ring(0, key()));
    let second = Burst::after_ring(&[first], key(), start());
    let waiting = [payment(), payment(), payment()];
    let step = Step::NewList { lines: vec![0, 1, 2], key: key(), rings: false };
    assert_eq!(next_step(&waiting, &[second], start()), step);
}

#[test]
fn sixty_quiet_seconds_end_a_burst() {
    let burst = listed(3, start());
    let almost = start() + QUIET - TimeDelta::milliseconds(1);
    assert!(matches!(next_step(&[payment()], &[burst], almost), Step::MoreLines { .. }));
    assert_eq!(next_step(&[payment()], &[burst], start() + QUIET), Step::Ring(0, key()));
    assert_eq!(Burst::after_ring(&[burst], key(), start() + QUIET).rung, 1);
}

#[test]
fn a_list_is_changed_every_five_seconds_at_most() {
    let burst = listed(3, start());
    let almost = start() + EDIT_GAP - TimeDelta::milliseconds(1);
    assert_eq!(next_step(&[payment()], &[burst], almost), Step::Rest(start() + EDIT_GAP));
    let step = Step::MoreLines { lines: vec![0], key: key(), list: burst.list.unwrap() };
    assert_eq!(next_step(&[payment()], &[burst], start() + EDIT_GAP), step);
}

#[test]
fn a_list_takes_twenty_lines_and_the_next_one_rings() {
    let waiting: Vec<Waiting> = (0..30).map(|_| payment()).collect();
    let Step::MoreLines { lines, .. } = next_step(&waiting, &[listed(12, start())], start() + EDIT_GAP)
    else {
        panic!("lines are added");
    };
    assert_eq!(lines.len(), 8);
    let Step::NewList { lines, rings, .. } = next_step(&waiting, &[listed(20, start())], start()) else {
        panic!("a new list is begun");
    };
    assert_eq!((lines.len(), rings), (20, true));
}

#[test]
fn a_decision_overtakes_lines_that_wait_but_not_those_of_its_own_order() {
    let (one, other) = (payment(), payment());
    let burst = listed(3, start());
    let about_one = decision_about(one.order_id);
    let elsewhere = decision_about(Some(OrderId::generate()));
    assert_eq!(next_step(&[one, other, elsewhere], &[burst], start()), Step::Alone(2));
    assert_eq!(next_step(&[one, other, about_one], &[burst], start()), Step::Rest(start() + EDIT_GAP));
    assert_eq!(next_step(&[about_one, other], &[burst], start()), Step::Alone(0));
}

#[test]
fn shops_modes_and_currencies_have_bursts_of_their_own() {
    let dollars = BurstKey { currency: Currency::parse("USD").unwrap(), ..key() };
    let foreign = Waiting { key: Some(dollars), ..payment() };
    assert_eq!(next_step(&[payment(), foreign], &[listed(3, start())], start()), Step::Ring(1, dollars));
}

#[test]
fn the_lines_of_a_list_are_plain_payments_of_its_own_burst() {
    let dollars = BurstKey { currency: Currency::USD, ..key() };
    let foreign = Waiting { key: Some(dollars), ..payment() };
    let news = Waiting { kind: NotificationKind::News, ..payment() };
    let missed = Waiting { missed: true, ..payment() };
    let Step::MoreLines { lines, .. } =
        next_step(&[payment(), foreign, news, missed, payment()], &[listed(3, start())], start() + EDIT_GAP)
    else {
        panic!("lines are added");
    };
    assert_eq!(lines, [0, 4]);
}

#[test]
fn what_was_missed_is_one_list_and_decisions_follow_it() {
    let missed = |message: Waiting| Waiting { missed: true, ..message };
    let (one, other) = (payment(), payment());
    let news = Waiting { kind: NotificationKind::News, ..payment() };
    let waiting = [missed(one), missed(decision_about(one.order_id)), missed(news), missed(other), payment()];
    assert_eq!(next_step(&waiting, &[], start()), Step::Missed(vec![0, 2, 3]));
    let waiting =
        [missed(decision_about(one.order_id)), missed(Waiting { kind: NotificationKind::News, ..one })];
    assert_eq!(next_step(&waiting, &[], start()), Step::Alone(0), "a later word stays behind an earlier");
}

#[test]
fn what_was_told_later_than_planned_counts_from_then() {
    let later = start() + TimeDelta::seconds(9);
    assert_eq!(listed(3, start()).told_at(later), listed(3, later));
    let rung = Burst::after_ring(&[], key(), start()).told_at(later);
    assert_eq!(rung, Burst::after_ring(&[], key(), later));
}

#[test]
fn nothing_waits_for_nothing() {
    assert_eq!(next_step(&[], &[listed(3, start())], start()), Step::Nothing);
}

proptest! {
    /// Whatever comes and however late: every payment is told once, nothing is told before its time,
    /// and no list has more than twenty lines.
    #[test]
    fn every_payment_is_told_exactly_once(gaps_ms in proptest::collection::vec(0_i64..9_000, 1..200)) {
        let mut now = start();
        let (mut arrivals, mut waiting, mut bursts) = (Vec::new(), Vec::new(), Vec::<Burst>::new());
        for gap in gaps_ms {
            now += TimeDelta::milliseconds(gap);
            arrivals.push(now);
        }
        let (count, mut told, mut edited_at) = (arrivals.len(), 0, None::<(i64, DateTime<Utc>)>);
        let (mut now, mut arrivals, mut messages) = (start(), arrivals.into_iter().peekable(), 0);
        while told < count {
            while arrivals.next_if(|at| *at <= now).is_some() {
                waiting.push(payment());
            }
            let step = next_step(&waiting, &bursts, now);
            let (gone, burst) = match step {
                Step::Ring(index, key) => (vec![index], Burst::after_ring(&bursts, key, now)),
                Step::NewList { lines, key, .. } => {
                    messages += 1;
                    edited_at = Some((messages, now));
                    let burst = Burst::after_list(key, messages, lines.len(), now);
                    (lines, burst)
                }
                Step::MoreLines { lines, key, list } => {
                    let (message, at) = edited_at.unwrap();
                    prop_assert!(message == list.message_id && now - at >= EDIT_GAP);
                    edited_at = Some((message, now));
                    let burst = Burst::after_list(key, message, list.lines + lines.len(), now);
                    (lines, burst)
                }
                Step::Rest(until) => {
                    prop_assert!(until > now);
                    now = until;
                    continue;
                }
                Step::Nothing => {
                    now = *arrivals.peek().unwrap();
                    continue;
                }
                other => return Err(TestCaseError::fail(format!("{other:?}"))),
            };
            prop_assert!(!gone.is_empty() && burst.list.is_none_or(|list| list.lines <= LINES_MAX));
            told += gone.len();
            for index in gone.into_iter().rev() {
                waiting.remove(index);
            }
            bursts = vec![burst];
            now += TimeDelta::seconds(1);
        }
        prop_assert_eq!(told, count);
    }
}
