use chrono::{DateTime, TimeDelta};
use reqwest::StatusCode;
use serde_json::{Value, json};

use super::*;
use crate::domain::attempt::GatewayOrderId;
use crate::domain::customer::{CustomerDetails, CustomerName, Email, Phone};
use crate::domain::money::{Currency, Money};
use crate::domain::payment_method::{PaymentInstructions, PaymentMethod};
use crate::domain::report::ReportedStatus;
use crate::domain::visible_text::ItemName;

fn charge(method: PaymentMethod, changes: &Value) -> Result<Charge, GatewayError> {
    let request = ChargeRequest {
        id: GatewayOrderId::from_text("INV-7"),
        method,
        amount: Money::new(50_000, Currency::IDR),
        item_name: ItemName::parse("Kaos").unwrap().value,
        lines: Vec::new(),
        customer: CustomerDetails {
            name: CustomerName::parse("Rina").unwrap(),
            phone: Phone::parse("081200000001").unwrap(),
            email: Email::parse("rina@example.test").unwrap(),
        },
        asked_at: DateTime::UNIX_EPOCH,
        pay_by: DateTime::UNIX_EPOCH + TimeDelta::minutes(15),
        notice_url: "https://pay.example.test/".parse().unwrap(),
        return_to: "https://pay.example.test/orders/t0ken".parse().unwrap(),
    };
    let mut body = json!({
        "status_code": "201", "transaction_status": "pending", "transaction_id": "t-1",
        "order_id": "INV-7", "merchant_id": "G1", "gross_amount": "50000.00", "currency": "IDR",
        "qr_string": "00020101", "permata_va_number": "8778001", "biller_code": "70012",
        "bill_key": "990000000260", "va_numbers": [
            { "bank": "bri", "va_number": "1288" }, { "bank": "bca", "va_number": "7001" },
        ],
        "payment_code": "25709650945026", "actions": [
            { "name": "generate-qr-code", "method": "GET", "url": "https://api.midtrans.com/qr" },
            { "name": "deeplink-redirect", "method": "GET", "url": "gojek://gopay/pay?tref=1" },
        ],
    });
    for (name, value) in changes.as_object().unwrap() {
        body[name] = value.clone();
    }
    let answer = Answer::read(StatusCode::OK, body.to_string().as_bytes(), TimeDelta::zero())?;
    read(&request, Some("G1"), &"https://api.midtrans.com".parse().unwrap(), &answer)
}

#[test]
fn each_method_has_its_instructions() {
    let instructions = |method| charge(method, &json!({})).unwrap().instructions;
    let account = |number: &str| PaymentInstructions::VirtualAccount { number: number.to_owned() };
    assert_eq!(instructions(PaymentMethod::BcaVa), account("7001"));
    assert_eq!(instructions(PaymentMethod::BriVa), account("1288"));
    assert_eq!(instructions(PaymentMethod::PermataVa), account("8778001"));
    let qr = PaymentInstructions::Qr { payload: "00020101".to_owned() };
    assert_eq!(instructions(PaymentMethod::Qris), qr);
    let bill =
        PaymentInstructions::Bill { biller_code: "70012".to_owned(), bill_key: "990000000260".to_owned() };
    assert_eq!(instructions(PaymentMethod::MandiriBill), bill);
    let app = PaymentInstructions::Deeplink {
        url: "gojek://gopay/pay?tref=1".to_owned(),
        qr_payload: None,
        picture_url: Some("https://api.midtrans.com/qr".to_owned()),
    };
    assert_eq!([PaymentMethod::Gopay, PaymentMethod::Shopeepay].map(instructions), [app.clone(), app]);
    for (method, store) in [(PaymentMethod::Indomaret, "Indomaret"), (PaymentMethod::Alfamart, "Alfamart")] {
        let code = "25709650945026".to_owned();
        assert_eq!(instructions(method), PaymentInstructions::CounterCode { store: store.to_owned(), code });
    }
}

#[test]
fn a_picture_that_is_elsewhere_is_left_out_and_the_app_opens_all_the_same() {
    for picture in ["https://elsewhere.example.test/qr", "http://169.254.169.254/", "qr.png", ""] {
        let actions = json!({ "actions": [
            { "name": "generate-qr-code", "url": picture },
            { "name": "deeplink-redirect", "url": "gojek://gopay/pay?tref=1" },
        ] });
        let instructions = charge(PaymentMethod::Gopay, &actions).unwrap().instructions;
        assert_eq!(instructions.gateway_picture(), None, "{picture}");
        assert!(matches!(instructions, PaymentInstructions::Deeplink { .. }), "{picture}");
    }
}

#[test]
fn a_charge_waits_for_the_customer() {
    let charge = charge(PaymentMethod::Qris, &json!({})).unwrap();
    assert_eq!((charge.transaction_id.as_deref(), charge.status), (Some("t-1"), ReportedStatus::Pending));
}

#[test]
fn an_answer_about_something_else_is_left_to_the_pull() {
    let changes = [
        json!({ "order_id": "INV-8" }),
        json!({ "order_id": null }),
        json!({ "gross_amount": "50001.00" }),
        json!({ "gross_amount": "50000" }),
        json!({ "currency": "USD" }),
        json!({ "merchant_id": "G2" }),
        json!({ "transaction_status": null }),
        json!({ "transaction_id": "t".repeat(65) }),
        json!({ "qr_string": null }),
        json!({ "qr_string": "a\nb" }),
        json!({ "status_code": "202", "transaction_status": "deny" }),
        json!({ "status_code": "407" }),
        json!({ "status_code": "505" }),
    ];
    for changes in changes {
        let answer = charge(PaymentMethod::Qris, &changes);
        assert!(matches!(answer, Err(GatewayError::Unreachable(_))), "{changes}");
    }
    for number in ["", "12a4", "12 4", "<b>"] {
        let answer = charge(PaymentMethod::PermataVa, &json!({ "permata_va_number": number }));
        assert!(matches!(answer, Err(GatewayError::Unreachable(_))), "{number}");
    }
    for url in ["", "javascript:alert(1)", "not an address", "data:text/html,x"] {
        let actions = json!({ "actions": [{ "name": "deeplink-redirect", "url": url }] });
        let answer = charge(PaymentMethod::Gopay, &actions);
        assert!(matches!(answer, Err(GatewayError::Unreachable(_))), "{url}");
    }
    let another = charge(PaymentMethod::Indomaret, &json!({ "store": "alfamart" }));
    assert!(matches!(another, Err(GatewayError::Unreachable(_))));
    let elsewhere = charge(PaymentMethod::BniVa, &json!({}));
    assert!(matches!(elsewhere, Err(GatewayError::Unreachable(_))));
}

#[test]
fn a_no_is_a_no() {
    for code in ["400", "402", "403", "408", "409", "410", "413"] {
        let refused = charge(PaymentMethod::Qris, &json!({ "status_code": code }));
        assert!(matches!(refused, Err(GatewayError::Refused { code: told, .. }) if told == code), "{code}");
    }
    let exists = charge(PaymentMethod::Qris, &json!({ "status_code": "406" }));
    assert!(matches!(exists, Err(GatewayError::AlreadyExists)));
}
