use chrono::{TimeDelta, TimeZone};

use super::*;
use crate::domain::attempt::GatewayOrderId;
use crate::domain::customer::{CustomerDetails, CustomerName, Email, Phone};
use crate::domain::visible_text::ItemName;

fn request(method: PaymentMethod) -> ChargeRequest {
    let asked_at = Utc.with_ymd_and_hms(2026, 1, 7, 2, 0, 0).unwrap() + TimeDelta::milliseconds(700);
    ChargeRequest {
        id: GatewayOrderId::from_text("INV-7-abcdefghijklm"),
        method,
        amount: Money::new(150_000, Currency::IDR),
        item_name: ItemName::parse("Kaos hitam").unwrap().value,
        lines: Vec::new(),
        customer: CustomerDetails {
            name: CustomerName::parse("Rina").unwrap(),
            phone: Phone::parse("081200000001").unwrap(),
            email: Email::parse("rina@example.test").unwrap(),
        },
        asked_at,
        pay_by: asked_at + TimeDelta::minutes(15),
        notice_url: "https://pay.example.test/webhooks/midtrans/live".parse().unwrap(),
        return_to: "https://pay.example.test/orders/t0ken".parse().unwrap(),
    }
}

#[test]
fn a_charge_by_qris_says_all_that_midtrans_wants() {
    assert_eq!(
        charge_body(&request(PaymentMethod::Qris)).unwrap(),
        json!({
            "payment_type": "qris",
            "qris": { "acquirer": "gopay" },
            "transaction_details": { "order_id": "INV-7-abcdefghijklm", "gross_amount": 150_000 },
            "item_details": [{ "id": "1", "name": "Kaos hitam", "price": 150_000, "quantity": 1 }],
            "customer_details":
                { "first_name": "Rina", "email": "rina@example.test", "phone": "+6281200000001" },
            "custom_expiry":
                { "order_time": "2026-01-07 09:00:00 +0700", "expiry_duration": 15, "unit": "minute" },
        })
    );
}

#[test]
fn each_bank_has_its_form() {
    let part = |method, name: &str| charge_body(&request(method)).unwrap()[name].clone();
    for (method, bank) in [
        (PaymentMethod::BcaVa, "bca"),
        (PaymentMethod::BniVa, "bni"),
        (PaymentMethod::BriVa, "bri"),
        (PaymentMethod::CimbVa, "cimb"),
        (PaymentMethod::PermataVa, "permata"),
    ] {
        assert_eq!(part(method, "payment_type"), "bank_transfer");
        assert_eq!(part(method, "bank_transfer"), json!({ "bank": bank }));
    }
    assert_eq!(part(PaymentMethod::MandiriBill, "payment_type"), "echannel");
    let bill = part(PaymentMethod::MandiriBill, "echannel");
    assert_eq!(bill, json!({ "bill_info1": "Pembelian:", "bill_info2": "Kaos hitam" }));
}

#[test]
fn wallets_know_the_way_back_and_counters_what_it_is_for() {
    let body = |method| charge_body(&request(method)).unwrap();
    let back = "https://pay.example.test/orders/t0ken";
    let gopay = body(PaymentMethod::Gopay);
    assert_eq!(gopay["payment_type"], "gopay");
    assert_eq!(gopay["gopay"], json!({ "enable_callback": true, "callback_url": back }));
    assert_eq!(body(PaymentMethod::Shopeepay)["shopeepay"], json!({ "callback_url": back }));
    for (method, store) in [(PaymentMethod::Indomaret, "indomaret"), (PaymentMethod::Alfamart, "alfamart")] {
        let item_name = ItemName::parse("Kaos | hitam lengan panjang").unwrap().value;
        let body = charge_body(&ChargeRequest { item_name, ..request(method) }).unwrap();
        assert_eq!(body["payment_type"], "cstore");
        assert_eq!(body["cstore"], json!({ "store": store, "message": "Kaos / hitam lengan" }));
        assert_eq!(body["item_details"][0]["name"], "Kaos / hitam lengan panjang");
    }
    assert!(charge_body(&request(PaymentMethod::Card)).is_err(), "a card's number is typed elsewhere");
}

#[test]
fn long_names_are_cut_for_midtrans() {
    let item_name = ItemName::parse(&"ñ".repeat(100)).unwrap().value;
    let body = charge_body(&ChargeRequest { item_name, ..request(PaymentMethod::MandiriBill) }).unwrap();
    assert_eq!(body["item_details"][0]["name"], "ñ".repeat(50));
    assert_eq!(body["echannel"]["bill_info2"], "ñ".repeat(30));
}

#[test]
fn an_odd_life_is_counted_in_seconds_and_none_is_refused() {
    let expiry = |life| {
        let request = request(PaymentMethod::Qris);
        charge_body(&ChargeRequest { pay_by: request.asked_at + life, ..request })
            .map(|body| body["custom_expiry"].clone())
    };
    let order_time = "2026-01-07 09:00:00 +0700";
    assert_eq!(
        expiry(TimeDelta::seconds(901)).unwrap(),
        json!({ "order_time": order_time, "expiry_duration": 901, "unit": "second" })
    );
    assert_eq!(expiry(TimeDelta::seconds(20)).unwrap()["expiry_duration"], 20);
    for life in [TimeDelta::seconds(19), TimeDelta::zero(), TimeDelta::minutes(-15)] {
        assert!(matches!(expiry(life), Err(GatewayError::Refused { .. })));
    }
}

#[test]
fn what_midtrans_cannot_take_is_not_sent() {
    let is_sent = |request: ChargeRequest| charge_body(&request).is_ok();
    let amounts = [Money::new(0, Currency::IDR), Money::new(-1, Currency::IDR), Money::new(1, Currency::USD)];
    for amount in amounts {
        assert!(!is_sent(ChargeRequest { amount, ..request(PaymentMethod::Qris) }));
    }
    for id in ["", ".", "..", "a/b", "a b", "é", &"a".repeat(51)] {
        let id = GatewayOrderId::from_text(id);
        assert!(!is_sent(ChargeRequest { id, ..request(PaymentMethod::Qris) }));
    }
}

#[test]
fn a_refund_names_its_key() {
    let refund = |key: &str| {
        refund_body(&RefundRequest {
            id: GatewayOrderId::from_text("INV-7-abcdefghijklm"),
            key: key.to_owned(),
            amount: Money::new(5_000, Currency::IDR),
            reason: "r".repeat(300),
        })
    };
    let body = refund("refund-1_A").unwrap();
    assert_eq!(body, json!({ "refund_key": "refund-1_A", "amount": 5_000, "reason": "r".repeat(255) }));
    for key in ["", "a b", "a.b", "é"] {
        assert!(refund(key).is_err());
    }
}

#[test]
fn an_operation_has_one_key_of_its_own() {
    let key = idempotency_key(&["charge", "INV-7"]);
    assert_eq!(key, idempotency_key(&["charge", "INV-7"]));
    assert_eq!(key.to_string().len(), 36);
    let others = [
        idempotency_key(&["charge", "INV-8"]),
        idempotency_key(&["refund", "INV-7", "1"]),
        idempotency_key(&["chargeI", "NV-7"]),
    ];
    assert!(!others.contains(&key));
}

#[test]
fn the_lines_of_an_order_come_to_its_amount_or_are_one() {
    let line = |name: &str, minor, pieces| ChargeLine {
        name: name.to_owned(),
        unit_price: Money::new(minor, Currency::IDR),
        pieces,
    };
    let items = |lines| {
        charge_body(&ChargeRequest { lines, ..request(PaymentMethod::Qris) }).unwrap()["item_details"].clone()
    };
    let lines = vec![line("Kaos", 75_000, 2), line("Topi", 10_000, 1), line("Diskon", -10_000, 1)];
    assert_eq!(
        items(lines),
        json!([
            { "id": "1", "name": "Kaos", "price": 75_000, "quantity": 2 },
            { "id": "2", "name": "Topi", "price": 10_000, "quantity": 1 },
            { "id": "3", "name": "Diskon", "price": -10_000, "quantity": 1 },
        ])
    );
    let whole = json!([{ "id": "1", "name": "Kaos hitam", "price": 150_000, "quantity": 1 }]);
    for lines in [
        vec![line("Kaos", 75_000, 1)],
        vec![line("Kaos", i64::MAX, 2)],
        vec![line("Kaos", 150_000, 1), line("Gratis", 0, 0)],
        vec![ChargeLine { unit_price: Money::new(150_000, Currency::USD), ..line("Kaos", 0, 1) }],
    ] {
        assert_eq!(items(lines), whole);
    }
}
