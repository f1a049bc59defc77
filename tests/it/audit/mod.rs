//! The audit finds nothing in a shop that only did business, and names the row that was spoiled.

#![expect(clippy::unwrap_used, reason = "a story that cannot go on fails")]

use chrono::TimeDelta;
use tautan::domain::audit::{AuditFault, AuditReport};
use tautan::domain::order::{OrderState, Unit};
use tautan::domain::payment_method::PaymentMethod;
use tautan::domain::report::ReportedStatus;

use crate::support::test_shop::{ANI, Purchase, TestShop};

mod mended_faults;
mod returns;

/// A shop where three customers paid and one is paying.
async fn busy_shop() -> (TestShop, Vec<Purchase>) {
    let shop = TestShop::open().await;
    let link = shop.link(Some(5)).await;
    let mut purchases = Vec::new();
    for _ in 0..3 {
        let purchase = shop.buys(&link).await;
        purchases.push(shop.bank_says(&purchase, ReportedStatus::Settlement).await);
    }
    purchases.push(shop.buys(&link).await);
    (shop, purchases)
}

async fn audit(shop: &TestShop) -> AuditReport {
    shop.services.audit().await.unwrap()
}

/// Spoils a sound shop by one statement; gives the faults that are found then.
async fn spoil(statement: &str) -> (TestShop, Vec<Purchase>, Vec<AuditFault>) {
    let (shop, purchases) = busy_shop().await;
    let before = audit(&shop).await;
    assert!(before.is_sound(), "{before}");
    let touched = shop.database.execute(statement).await.unwrap();
    assert_eq!(touched, 1, "one row is spoiled by {statement}");
    let faults = audit(&shop).await.faults;
    (shop, purchases, faults)
}

fn tables(faults: &[AuditFault]) -> Vec<&'static str> {
    faults.iter().map(|fault| fault.table).collect()
}

#[tokio::test]
async fn a_shop_that_only_did_business_is_sound() {
    let (shop, purchases) = busy_shop().await;
    assert_eq!(purchases[0].order.state, OrderState::Paid);
    assert_eq!(purchases[3].order.unit, Unit::Held);
    let report = audit(&shop).await;
    let sound = "ledger: 3 rows in 1 shop, all sealed; \
                 checked 1 link, 4 orders, 4 charges and 3 messages; no faults";
    assert_eq!(report.to_string(), sound);
}

#[tokio::test]
async fn every_end_a_purchase_can_take_is_sound() {
    let shop = TestShop::open().await;
    let link = shop.link(None).await;
    for status in ReportedStatus::ALL {
        let at_once = shop.buys(&link).await;
        shop.bank_says(&at_once, status).await;
        let after_payment = shop.buys(&link).await;
        let after_payment = shop.bank_says(&after_payment, ReportedStatus::Settlement).await;
        shop.bank_says(&after_payment, status).await;
        let report = audit(&shop).await;
        assert!(report.is_sound(), "after {status:?}: {report}");
    }
    assert!(audit(&shop).await.ledger_entries > 20);
}

#[tokio::test]
async fn parts_and_surpluses_are_sound() {
    let shop = TestShop::open().await;
    let link = shop.link(Some(1)).await;
    let purchase = shop.buys(&link).await;
    // Less came, then the customer pays again, in full and a little more.
    shop.bank.changes(&purchase.attempt.gateway_order_id, |report| {
        report.status = ReportedStatus::Settlement;
        report.received = Some(tautan::domain::money::Money::new(1, purchase.order.amount.currency()));
    });
    let underpaid = shop.asks(&purchase).await;
    assert!(underpaid.order.flags.underpaid);
    assert!(audit(&shop).await.is_sound(), "{}", audit(&shop).await);
    let again = shop.chooses(&purchase.token, PaymentMethod::Qris).await;
    let paid = shop.bank_says(&again, ReportedStatus::Settlement).await;
    assert_eq!(paid.order.state, OrderState::Paid);
    assert!(audit(&shop).await.is_sound(), "{}", audit(&shop).await);
    // A part goes back, then the rest.
    for (status, returned_minor) in
        [(ReportedStatus::PartialRefund, 50_000), (ReportedStatus::Refund, 150_000)]
    {
        shop.bank.changes(&paid.attempt.gateway_order_id, |report| {
            report.status = status;
            report.returned_minor = Some(returned_minor);
        });
        let after = shop.asks(&paid).await;
        assert_eq!(after.attempt.returned_minor, returned_minor);
        assert!(audit(&shop).await.is_sound(), "{}", audit(&shop).await);
    }
}

#[tokio::test]
async fn a_changed_amount_in_the_book_is_named() {
    let (shop, _, faults) =
        spoil("update ledger_entries set amount_minor = amount_minor + 1 where sequence = 2").await;
    assert_eq!(faults[0].table, "ledger_entries");
    assert_eq!(faults[0].row, format!("{}/2", shop.seat.merchant.id));
    assert_eq!(tables(&faults), ["ledger_entries"], "the order has more than it costs, which can be");
}

#[tokio::test]
async fn a_row_torn_out_of_the_book_is_named() {
    let (shop, purchases, faults) = spoil("delete from ledger_entries where sequence = 2").await;
    assert_eq!(faults[0].row, format!("{}/3", shop.seat.merchant.id));
    assert!(faults[0].what.contains("missing"), "{}", faults[0]);
    assert_eq!(tables(&faults), ["ledger_entries", "orders", "payment_attempts"]);
    assert_eq!(faults[1].row, purchases[1].order.id.to_string());
    assert_eq!(faults[2].row, purchases[1].attempt.id.to_string());
}

#[tokio::test]
async fn a_last_row_torn_out_shows_at_the_head_of_the_book() {
    let (shop, _, faults) = spoil("delete from ledger_entries where sequence = 3").await;
    assert_eq!((faults[0].table, faults[0].row.clone()), ("merchants", shop.seat.merchant.id.to_string()));
}

#[tokio::test]
async fn a_seal_from_elsewhere_is_named_at_its_row_and_a_word_that_nobody_knows_too() {
    let seal =
        "update ledger_entries set seal = (select seal from ledger_entries other where other.sequence = 1
                and other.merchant_id = ledger_entries.merchant_id) where sequence = 2";
    let (shop, _, faults) = spoil(seal).await;
    assert_eq!(faults[0].row, format!("{}/2", shop.seat.merchant.id));
    let (shop, _, faults) = spoil("update ledger_entries set kind = 'found' where sequence = 2").await;
    assert_eq!(faults[0].row, format!("{}/2", shop.seat.merchant.id));
    assert!(faults[0].what.contains("kind"), "{}", faults[0]);
}

#[tokio::test]
async fn a_counter_that_does_not_fit_its_orders_is_named() {
    for column in ["used", "held"] {
        let (_, purchases, faults) =
            spoil(&format!("update payment_links set {column} = {column} + 1")).await;
        assert_eq!(tables(&faults), ["payment_links"]);
        assert_eq!(faults[0].row, purchases[0].order.link_id.to_string());
        assert!(faults[0].what.starts_with(column), "{}", faults[0]);
    }
    let (_, _, faults) = spoil("update payment_links set usage_limit = 3").await;
    assert_eq!(tables(&faults), ["payment_links"]);
}

#[tokio::test]
async fn an_order_that_contradicts_the_book_is_named() {
    let one = |change: &str, state: &str| {
        format!(
            "update orders set {change} where state = '{state}'
             and code = (select min(code) from orders where state = '{state}')"
        )
    };
    let changes = [
        ("state = 'refunded'", "paid"),
        ("state = 'open', unit = 'none', paid_at = null", "paid"),
        ("amount_minor = amount_minor + 1", "paid"),
        ("paid_at = null", "paid"),
        ("state = 'stolen'", "paid"),
        ("state = 'paid', unit = 'used'", "awaiting"),
        ("hold_until = null", "awaiting"),
    ];
    for (change, state) in changes {
        let (_, purchases, faults) = spoil(&one(change, state)).await;
        let of_orders: Vec<_> = faults.iter().filter(|fault| fault.table == "orders").collect();
        assert_eq!(of_orders.len(), 1, "{change}: {faults:?}");
        assert!(purchases.iter().any(|purchase| purchase.order.id.to_string() == of_orders[0].row));
    }
}

#[tokio::test]
async fn a_charge_that_contradicts_the_book_is_named() {
    let changes = [
        "state = 'settled'",
        "returned_minor = 5",
        "amount_minor = 1",
        "mode = 'live'",
        "state = 'refunded'",
    ];
    for change in changes {
        let (_, purchases, faults) =
            spoil(&format!("update payment_attempts set {change} where state = 'pending'")).await;
        assert_eq!(tables(&faults), ["payment_attempts"], "{change}");
        assert_eq!(faults[0].row, purchases[3].attempt.id.to_string());
    }
}

#[tokio::test]
async fn a_seller_who_was_never_told_is_named_and_one_who_came_later_is_not_missed() {
    let (shop, purchases) = busy_shop().await;
    let paid = &purchases[1].order;
    let key = format!("order:{}:paid:{ANI}", paid.id);
    shop.database.execute("update notifications set state = 'given_up'").await.unwrap();
    assert!(audit(&shop).await.is_sound(), "the message may be in any state");
    let delete = format!("delete from notifications where dedupe_key = '{key}'");
    assert_eq!(shop.database.execute(&delete).await.unwrap(), 1);
    let faults = audit(&shop).await.faults;
    assert_eq!(tables(&faults), ["notifications"]);
    assert_eq!(faults[0].row, key);
    shop.clock.advance(TimeDelta::hours(1));
    let mut writer = shop.services.storage().write().await.unwrap();
    let newcomer = tautan::domain::merchant::StaffMember {
        telegram_id: tautan::domain::id::TelegramId(9),
        ..shop.seat.member
    };
    writer.insert_staff(&newcomer).await.unwrap();
    writer.commit().await.unwrap();
    assert_eq!(audit(&shop).await.faults, faults);
}

#[tokio::test]
async fn a_unit_kept_with_nothing_to_pay_is_named_once_its_hold_is_over() {
    let (shop, purchases) = busy_shop().await;
    let stranded = "update payment_attempts set state = 'cancelled' where state = 'pending'";
    shop.database.execute(stranded).await.unwrap();
    assert!(audit(&shop).await.is_sound(), "the customer may be changing the method");
    shop.clock.advance(TimeDelta::days(2));
    let faults = audit(&shop).await.faults;
    assert_eq!(tables(&faults), ["orders"]);
    assert_eq!(faults[0].row, purchases[3].order.id.to_string());
}

#[tokio::test]
async fn payments_during_an_audit_make_no_false_alarm() {
    let (shop, _) = busy_shop().await;
    let link = shop.link(None).await;
    let business = async {
        for _ in 0..10 {
            let purchase = shop.buys(&link).await;
            shop.bank_says(&purchase, ReportedStatus::Settlement).await;
        }
    };
    let auditing = async {
        for _ in 0..30 {
            let report = audit(&shop).await;
            assert!(report.is_sound(), "{report}");
        }
    };
    tokio::join!(business, auditing);
    assert_eq!(audit(&shop).await.ledger_entries, 13);
}
