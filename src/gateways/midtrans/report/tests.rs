use chrono::{TimeDelta, TimeZone};
use reqwest::StatusCode;
use serde_json::{Value, json};

use super::*;
use crate::domain::payment_method::PaymentInstructions;

fn report(changes: &Value) -> Result<PaymentReport, GatewayError> {
    let mut body = json!({
        "status_code": "200", "transaction_status": "settlement", "transaction_id": "t-1",
        "order_id": "INV-7", "merchant_id": "G1", "gross_amount": "50000.00", "currency": "IDR",
        "settlement_time": "2026-01-07 03:09:30", "payment_type": "qris", "signature_key": "…",
    });
    for (name, value) in changes.as_object().unwrap() {
        body[name] = value.clone();
    }
    let answer = Answer::read(StatusCode::OK, body.to_string().as_bytes(), TimeDelta::zero())?;
    read(&GatewayOrderId::from_text("INV-7"), Some("G1"), &answer)
}

fn rupiah(minor: i64) -> Option<Money> {
    Some(Money::new(minor, Currency::IDR))
}

#[test]
fn a_settlement_is_reported_whole() {
    let expected = PaymentReport {
        gateway_order_id: GatewayOrderId::from_text("INV-7"),
        transaction_id: Some("t-1".to_owned()),
        status: ReportedStatus::Settlement,
        charged: rupiah(50_000),
        received: None,
        merchant_matches: true,
        // Three in the morning in Jakarta is the evening before in Greenwich.
        settled_at: Utc.with_ymd_and_hms(2026, 1, 6, 20, 9, 30).single(),
        returned_minor: None,
        refunds: Vec::new(),
        instructions: None,
    };
    assert_eq!(report(&json!({})).unwrap(), expected);
}

#[test]
fn an_unknown_charge_is_no_error() {
    let told = report(&json!({ "status_code": "404" })).unwrap();
    assert_eq!((told.status, told.charged), (ReportedStatus::NotFound, None));
}

#[test]
fn an_expired_or_refused_charge_is_no_error() {
    let status = |code, word: &str| {
        report(&json!({ "status_code": code, "transaction_status": word })).unwrap().status
    };
    assert_eq!(status("407", "expire"), ReportedStatus::Expire);
    assert_eq!(status("202", "DENY"), ReportedStatus::Deny);
    assert_eq!(status("201", "pending"), ReportedStatus::Pending);
    assert_eq!(status("200", "vanished"), ReportedStatus::Unrecognised);
}

#[test]
fn wrong_money_is_told_as_it_is() {
    let charged = |changes: Value| report(&changes).unwrap().charged;
    assert_eq!(charged(json!({ "gross_amount": "50001.00" })), rupiah(50_001));
    let dollars = charged(json!({ "currency": "USD" }));
    assert_eq!(dollars, Some(Money::new(5_000_000, Currency::USD)));
    for amount in ["50000", "50000.5", "50000.50", "5e4", "-50000.00", ""] {
        assert_eq!(charged(json!({ "gross_amount": amount })), None, "{amount}");
    }
    assert_eq!(charged(json!({ "currency": null })), None);
    assert_eq!(charged(json!({ "currency": "RUPIAH" })), None);
}

#[test]
fn the_merchant_must_be_ours_to_the_letter() {
    for merchant in [json!("G2"), json!("g1"), json!(null)] {
        assert!(!report(&json!({ "merchant_id": merchant })).unwrap().merchant_matches);
    }
}

#[test]
fn payments_and_refunds_are_summed() {
    let told = report(&json!({
        "payment_amounts": [
            { "paid_at": "2026-01-07 03:09:30", "amount": "20000.00" }, { "amount": 30_001 },
        ],
        "refunds": [{ "refund_amount": "10000.00" }, { "refund_amount": "5000" }],
    }))
    .unwrap();
    assert_eq!((told.received, told.returned_minor), (rupiah(50_001), Some(15_000)));
    let told = report(&json!({
        "payment_amounts": [], "refund_amount": "7000.00", "refunds": [{ "refund_amount": "1.00" }],
    }))
    .unwrap();
    assert_eq!((told.received, told.returned_minor), (None, Some(7_000)));
}

#[test]
fn refunds_are_listed_by_the_key_they_were_asked_under() {
    let told = report(&json!({
        "transaction_status": "partial_refund", "refund_amount": "60000.00",
        "refunds": [
            { "refund_amount": "50000.00", "refund_key": "r-1", "bank_confirmed_at": "2026-01-07 03:09:30" },
            { "refund_amount": "9000.00", "refund_key": "r-2" },
            { "refund_amount": "1000.00", "refund_method": "chargeback" },
        ],
    }))
    .unwrap();
    let listed: Vec<_> = told.refunds.iter().map(|shown| (shown.key.as_str(), shown.amount_minor)).collect();
    assert_eq!(listed, [("r-1", 50_000), ("r-2", 9_000)]);
    let confirmed = told.refunds[0].bank_confirmed_at.unwrap();
    assert_eq!(confirmed.to_rfc3339(), "2026-01-06T20:09:30+00:00");
    assert_eq!(told.refunds[1].bank_confirmed_at, None);
}

#[test]
fn what_cannot_be_read_in_full_is_no_report() {
    let changes = [
        json!({ "order_id": "INV-8" }),
        json!({ "order_id": null }),
        json!({ "transaction_status": null }),
        json!({ "transaction_id": "a b" }),
        json!({ "payment_amounts": [{ "amount": "20000.00" }, { "amount": "many" }] }),
        json!({ "payment_amounts": [{}] }),
        json!({ "refunds": [{ "refund_amount": "-1.00" }] }),
        json!({ "status_code": "500" }),
    ];
    for changes in changes {
        assert!(matches!(report(&changes), Err(GatewayError::Unreachable(_))), "{changes}");
    }
    let forbidden = report(&json!({ "status_code": "403" }));
    assert!(matches!(forbidden, Err(GatewayError::Refused { .. })));
}

#[test]
fn an_id_of_midtrans_is_kept_whole_or_not_read() {
    let told = |length| report(&json!({ "transaction_id": "t".repeat(length) }));
    assert_eq!(told(64).unwrap().transaction_id, Some("t".repeat(64)));
    assert!(matches!(told(65), Err(GatewayError::Unreachable(_))));
}

#[test]
fn an_odd_time_is_left_out() {
    for time in ["", "yesterday", "2026-01-07T03:09:30Z", "2026-13-07 03:09:30"] {
        assert_eq!(report(&json!({ "settlement_time": time })).unwrap().settled_at, None);
    }
}

#[test]
fn a_number_that_is_repeated_is_not_lost() {
    let repeated = |changes: Value| report(&changes).unwrap().instructions;
    let account = |number: &str| Some(PaymentInstructions::VirtualAccount { number: number.to_owned() });
    let numbers = json!([{ "bank": "bca", "va_number": "7001" }]);
    assert_eq!(repeated(json!({ "va_numbers": numbers })), account("7001"));
    assert_eq!(repeated(json!({ "permata_va_number": "8778001" })), account("8778001"));
    let bill = PaymentInstructions::Bill { biller_code: "70012".to_owned(), bill_key: "99".to_owned() };
    assert_eq!(repeated(json!({ "biller_code": "70012", "bill_key": "99" })), Some(bill));
    for odd in [json!({ "va_numbers": [] }), json!({ "va_numbers": [{ "va_number": "70 01" }] })] {
        assert_eq!(repeated(odd), None);
    }
}
