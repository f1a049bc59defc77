mod standings;

use super::*;
use crate::domain::id::MerchantId;
use crate::domain::ledger::{EntryKind, LedgerLine};
use crate::domain::merchant::Mode;
use crate::domain::money::Currency;

fn book(rows: i64) -> Vec<(LedgerEntry, Vec<u8>)> {
    let (merchant_id, order_id, attempt_id) =
        (MerchantId::generate(), OrderId::generate(), AttemptId::generate());
    let mut previous = Vec::new();
    (1..=rows)
        .map(|sequence| {
            let entry = LedgerEntry {
                merchant_id,
                sequence,
                order_id,
                attempt_id,
                mode: Mode::Sandbox,
                line: LedgerLine { kind: EntryKind::Captured, amount_minor: 1_000, memo_minor: 0 },
                currency: Currency::parse("IDR").unwrap(),
                booked_at: DateTime::UNIX_EPOCH,
            };
            previous = entry.seal(&previous);
            (entry, previous.clone())
        })
        .collect()
}

fn faults(rows: &[(LedgerEntry, Vec<u8>)]) -> Vec<i64> {
    let mut reading = BookReading::new();
    rows.iter().filter_map(|(entry, seal)| reading.read(entry, seal).map(|_| entry.sequence)).collect()
}

fn awaiting() -> OrderStanding {
    OrderStanding {
        id: OrderId::generate(),
        state: Some(OrderState::Awaiting),
        unit: Some(Unit::Held),
        underpaid: false,
        duplicate_payment: false,
        amount_minor: 1_000,
        has_paid_at: false,
        hold_until: Some(DateTime::UNIX_EPOCH),
        live_attempts: 1,
        balance_minor: 0,
        captured_minor: 0,
        charged_back_minor: 0,
    }
}

fn paid() -> OrderStanding {
    OrderStanding {
        state: Some(OrderState::Paid),
        unit: Some(Unit::Used),
        has_paid_at: true,
        hold_until: None,
        live_attempts: 0,
        balance_minor: 1_000,
        captured_minor: 1_000,
        ..awaiting()
    }
}

#[test]
fn a_book_that_nobody_touched_is_sound_to_its_head() {
    let rows = book(5);
    let mut reading = BookReading::new();
    assert!(rows.iter().all(|(entry, seal)| reading.read(entry, seal).is_none()));
    assert_eq!(reading.sequence(), 5);
    assert_eq!(reading.close(5, &rows[4].1), None);
    assert!(reading.close(6, &rows[4].1).is_some(), "a row is missing at the end");
    assert!(reading.close(5, &rows[3].1).is_some(), "the head is older than the book");
}

#[test]
fn a_changed_row_is_one_fault_and_so_is_a_missing_one() {
    let mut rows = book(5);
    rows[2].0.line.amount_minor = 9_000;
    assert_eq!(faults(&rows), [3]);
    let mut rows = book(5);
    rows.remove(2);
    assert_eq!(faults(&rows), [4], "the row after the gap");
    let mut rows = book(5);
    rows.swap(1, 2);
    assert_eq!(faults(&rows)[0], 3);
}

#[test]
fn the_book_is_followed_again_after_a_row_that_cannot_be_read() {
    let rows = book(4);
    let mut reading = BookReading::new();
    assert_eq!(reading.read(&rows[0].0, &rows[0].1), None);
    reading.skip(2);
    assert_eq!(reading.sequence(), 2);
    assert_eq!(reading.close(2, &rows[1].1), None, "its seal is unknown");
    assert_eq!(reading.read(&rows[2].0, &rows[2].1), None, "one bad row is one fault");
    assert!(reading.read(&rows[3].0, &rows[2].1).is_some(), "the seals count again");
}

#[test]
fn a_paid_order_needs_its_money_and_its_unit() {
    let now = DateTime::UNIX_EPOCH;
    assert_eq!(paid().fault(now), None);
    let short = OrderStanding { balance_minor: 999, ..paid() };
    assert!(short.fault(now).is_some());
    let disputed = OrderStanding { charged_back_minor: 1, ..short };
    assert_eq!(disputed.fault(now), None, "a dispute about a part leaves it paid");
    assert!(OrderStanding { unit: Some(Unit::None), ..paid() }.fault(now).is_some());
    assert!(OrderStanding { has_paid_at: false, ..paid() }.fault(now).is_some());
    let beyond = OrderStanding { balance_minor: 1_001, ..paid() };
    assert!(beyond.fault(now).is_some(), "more is left than ever came");
}

#[test]
fn money_that_came_for_an_unpaid_order_must_be_flagged() {
    let now = DateTime::UNIX_EPOCH;
    let with_money = OrderStanding { balance_minor: 400, captured_minor: 400, ..awaiting() };
    assert!(with_money.fault(now).is_some());
    assert_eq!(OrderStanding { underpaid: true, ..with_money }.fault(now), None);
    let refunded = OrderStanding { state: Some(OrderState::Refunded), ..paid() };
    assert!(refunded.fault(now).is_some());
    assert_eq!(OrderStanding { duplicate_payment: true, ..refunded }.fault(now), None);
}

#[test]
fn a_hold_may_outlive_its_time_only_with_a_charge_that_can_be_paid() {
    let in_time = DateTime::UNIX_EPOCH + GIVING_BACK;
    let late = in_time + TimeDelta::milliseconds(1);
    let stranded = OrderStanding { live_attempts: 0, ..awaiting() };
    assert_eq!(stranded.fault(in_time), None);
    assert!(stranded.fault(late).is_some());
    assert_eq!(awaiting().fault(late), None, "its gateway may be unreachable");
}

#[test]
fn a_limit_may_be_passed_only_with_the_sellers_word() {
    let link = LinkStanding {
        id: LinkId::generate(),
        usage_limit: Some(2),
        used: 2,
        held: 1,
        orders_using: 2,
        orders_holding: 1,
        orders_over_limit: 0,
    };
    assert!(link.fault().is_some());
    assert_eq!(LinkStanding { orders_over_limit: 1, ..link }.fault(), None);
    assert_eq!(LinkStanding { usage_limit: None, ..link }.fault(), None);
    assert!(LinkStanding { usage_limit: None, used: 3, ..link }.fault().is_some());
}

#[test]
fn the_report_reads_like_a_sentence() {
    let mut report = AuditReport { shops: 1, ledger_entries: 12, orders: 1, ..AuditReport::default() };
    let sound = "ledger: 12 rows in 1 shop, all sealed; \
                 checked 0 links, 1 order, 0 charges and 0 messages; no faults";
    assert_eq!(report.to_string(), sound);
    assert!(report.is_sound());
    for sequence in 0..1_002 {
        report.add("ledger_entries", format!("shop/{sequence}"), "the seal does not fit");
    }
    assert_eq!((report.faults.len(), report.further_faults, report.is_sound()), (1_000, 2, false));
    let text = report.to_string();
    assert!(text.starts_with("ledger_entries shop/0: the seal does not fit\n"), "{text}");
    assert!(text.contains("\nand 2 more\nledger: 12 rows in 1 shop, not all sealed;"), "{text}");
    assert!(text.ends_with("1002 faults"), "{text}");
    let mut elsewhere = AuditReport::default();
    elsewhere.add("orders", "1", "it has no money");
    let text = elsewhere.to_string();
    assert!(text.starts_with("orders 1: it has no money\nledger: 0 rows in 0 shops, all sealed;"), "{text}");
}
