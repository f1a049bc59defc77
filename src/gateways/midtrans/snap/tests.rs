use chrono::{TimeDelta, TimeZone, Utc};

use super::*;
use crate::domain::attempt::GatewayOrderId;
use crate::domain::customer::{CustomerDetails, CustomerName, Email, Phone};
use crate::domain::money::{Currency, Money};
use crate::domain::visible_text::ItemName;

const PAGE: &str = "https://app.sandbox.midtrans.com/snap/v3/redirection/1a2b-3c4d";

fn request(method: PaymentMethod, life: TimeDelta) -> ChargeRequest {
    let asked_at = Utc.with_ymd_and_hms(2026, 1, 7, 2, 0, 0).unwrap();
    ChargeRequest {
        id: GatewayOrderId::from_text("INV-7-abcdefghijklm"),
        method,
        amount: Money::new(150_000, Currency::IDR),
        item_name: ItemName::parse("Kaos | hitam").unwrap().value,
        lines: Vec::new(),
        customer: CustomerDetails {
            name: CustomerName::parse("Rina").unwrap(),
            phone: Phone::parse("081200000001").unwrap(),
            email: Email::parse("rina@example.test").unwrap(),
        },
        asked_at,
        pay_by: asked_at + life,
        notice_url: "https://pay.example.test/webhooks/midtrans/live".parse().unwrap(),
        return_to: "https://pay.example.test/orders/t0ken".parse().unwrap(),
    }
}

fn answer(http: u16, body: &str) -> SnapAnswer {
    SnapAnswer::read(StatusCode::from_u16(http).unwrap(), body.as_bytes()).unwrap()
}

#[test]
fn a_page_is_asked_for_with_one_method_and_an_end() {
    assert_eq!(
        body(&request(PaymentMethod::Card, TimeDelta::seconds(15 * 60 + 59))).unwrap(),
        json!({
            "transaction_details": { "order_id": "INV-7-abcdefghijklm", "gross_amount": 150_000 },
            "item_details": [{ "id": "1", "name": "Kaos / hitam", "price": 150_000, "quantity": 1 }],
            "customer_details":
                { "first_name": "Rina", "email": "rina@example.test", "phone": "+6281200000001" },
            "enabled_payments": ["credit_card"],
            "credit_card": { "secure": true },
            "expiry": { "start_time": "2026-01-07 09:00:00 +0700", "duration": 15, "unit": "minute" },
            "page_expiry": { "duration": 15, "unit": "minute" },
            "callbacks": {
                "finish": "https://pay.example.test/orders/t0ken",
                "error": "https://pay.example.test/orders/t0ken",
            },
        })
    );
    for (method, name) in [(PaymentMethod::Kredivo, "kredivo"), (PaymentMethod::Akulaku, "akulaku")] {
        let body = body(&request(method, TimeDelta::minutes(15))).unwrap();
        assert_eq!((&body["enabled_payments"], body.get("credit_card")), (&json!([name]), None));
    }
    let too_short = body(&request(PaymentMethod::Card, TimeDelta::seconds(299)));
    assert!(matches!(too_short, Err(GatewayError::Refused { .. })));
}

#[test]
fn a_page_that_is_given_is_where_to_pay() {
    let charge =
        read(&answer(201, &json!({ "token": "1a2b-3c4d", "redirect_url": PAGE }).to_string())).unwrap();
    assert_eq!(charge.instructions, PaymentInstructions::Redirect { url: PAGE.to_owned() });
    assert_eq!((charge.transaction_id, charge.status), (None, ReportedStatus::Pending));
    assert_eq!(token(&charge.instructions).as_deref(), Some("1a2b-3c4d"));
    for odd in [
        "http://app.midtrans.com/pay/1",
        "javascript:alert(1)",
        "https://app.midtrans.com/",
        "x",
        "https://a.test/p%20p",
    ] {
        let answer = answer(201, &json!({ "redirect_url": odd }).to_string());
        assert!(matches!(read(&answer), Err(GatewayError::Unreachable(_))), "{odd}");
    }
    assert!(matches!(read(&answer(201, "{}")), Err(GatewayError::Unreachable(_))));
}

#[test]
fn errors_of_either_shape_are_told_apart() {
    let error = |http: u16, messages: Value| {
        read(&answer(http, &json!({ "error_messages": messages }).to_string())).unwrap_err()
    };
    for used in [
        "transaction_details.order_id has been paid and utilized, please use another order ID",
        "transaction_details.order_id sudah digunakan",
    ] {
        assert!(matches!(error(400, json!([used])), GatewayError::AlreadyExists), "{used}");
        assert!(matches!(error(400, json!(used)), GatewayError::AlreadyExists), "{used}");
    }
    let code = |error| match error {
        GatewayError::Refused { code, .. } => code,
        other => panic!("{other:?}"),
    };
    assert_eq!(code(error(400, json!(["Payment channel is not activated."]))), "402");
    assert_eq!(code(error(400, json!(["gross_amount is odd"]))), "400");
    assert_eq!(code(read(&answer(404, "{}")).unwrap_err()), "404");
    assert!(matches!(read(&answer(302, "{}")), Err(GatewayError::Unreachable(_))));
    for unreadable in ["", "<html>", "[]", "{", r#"{"redirect_url":7}"#] {
        let read = SnapAnswer::read(StatusCode::OK, unreadable.as_bytes());
        assert!(matches!(read, Err(GatewayError::Unreachable(_))), "{unreadable}");
    }
}

#[test]
fn a_page_is_closed_only_if_midtrans_says_so() {
    let told = |http, body: &str| closed(&answer(http, body));
    let done = told(200, r#"{"canceled_at":"2026-01-07T02:00:00Z"}"#);
    assert!(matches!(done, Ok(CalledOff::Closed)));
    let again = told(400, r#"{"error_messages":["token already canceled"]}"#);
    assert!(matches!(again, Ok(CalledOff::Closed)));
    for message in ["Transaction is on progress", "token not found"] {
        let open = told(400, &json!({ "error_messages": [message] }).to_string());
        assert!(matches!(open, Ok(CalledOff::Told)), "{message}");
    }
    assert!(matches!(told(200, "{}"), Err(GatewayError::Unreachable(_))));
}
