//! What the Core API accepts, refuses and answers.

use std::time::Duration;

use serde_json::{Value, json};

use super::{Scene, assert_signed, of_type, va};

#[tokio::test]
async fn a_virtual_account_is_issued_paid_and_found() {
    let scene = Scene::set().await;
    let answer = scene.charge(&va("bri", "INV-1")).await;
    assert_eq!(answer["status_code"], "201");
    assert_eq!(answer["transaction_status"], "pending");
    assert_eq!(answer["gross_amount"], "50000.00");
    assert_eq!(answer["va_numbers"][0]["bank"], "bri");
    scene.simulator().pay("INV-1").await.unwrap();
    let id = answer["transaction_id"].as_str().unwrap();
    for status in [scene.status("INV-1").await, scene.status(id).await] {
        assert_eq!(status["status_code"], "200");
        assert_eq!(status["transaction_status"], "settlement");
        assert_eq!(status["settlement_time"].as_str().unwrap().len(), 19);
        assert_signed(&status);
    }
    scene.running.stop().await;
}

#[tokio::test]
async fn every_method_answers_with_its_own_instructions() {
    let scene = Scene::set().await;
    let mut bill = of_type("echannel", "M-1");
    bill["echannel"] = json!({"bill_info1": "Payment for:", "bill_info2": "debt"});
    let mut counter = of_type("cstore", "M-2");
    counter["cstore"] = json!({"store": "indomaret"});
    let cases = [
        (va("permata", "M-3"), "permata_va_number"),
        (bill, "bill_key"),
        (counter, "payment_code"),
        (of_type("qris", "M-4"), "qr_string"),
        (of_type("gopay", "M-5"), "actions"),
        (of_type("shopeepay", "M-6"), "actions"),
    ];
    for (body, field) in cases {
        let answer = scene.charge(&body).await;
        assert_eq!(answer["status_code"], "201", "{answer}");
        assert!(!answer[field].is_null(), "{field} in {answer}");
    }
    let status = scene.status("M-2").await;
    assert!(status.get("fraud_status").is_none());
}

#[tokio::test]
async fn a_wish_for_a_number_is_cut_padded_or_replaced() {
    let scene = Scene::set().await;
    let number = |answer: Value| answer["va_numbers"][0]["va_number"].as_str().unwrap().to_owned();
    let mut first = va("bni", "W-1");
    first["bank_transfer"]["va_number"] = json!("123");
    assert_eq!(number(scene.charge(&first).await), "9881234500000123");
    first["transaction_details"]["order_id"] = json!("W-2");
    assert_ne!(number(scene.charge(&first).await), "9881234500000123");
    let mut long = va("bni", "W-3");
    long["bank_transfer"]["va_number"] = json!("98765432199");
    assert_eq!(number(scene.charge(&long).await), "9881234598765432");
}

#[tokio::test]
async fn what_midtrans_would_refuse_is_refused() {
    let scene = Scene::set().await;
    let changed = |path: &str, value: Value| {
        let mut body = va("bca", "BAD-1");
        let (parent, name) = path.rsplit_once('/').unwrap();
        let parent = body.pointer_mut(parent).unwrap().as_object_mut().unwrap();
        parent.insert(name.to_owned(), value);
        body
    };
    let cases = [
        (changed("/transaction_details/order_id", json!("a/b")), "400"),
        (changed("/transaction_details/order_id", json!("x".repeat(51))), "400"),
        (changed("/transaction_details/gross_amount", json!("50000")), "400"),
        (changed("/transaction_details/gross_amount", json!(50_000.5)), "400"),
        (changed("/transaction_details/gross_amount", json!(9_999)), "400"),
        (changed("/item_details", json!([{"name": "a", "price": 1, "quantity": 1}])), "400"),
        (changed("/item_details", json!([{"name": "n".repeat(51), "price": 50_000, "quantity": 1}])), "400"),
        (changed("/customer_details", json!({"first_name": "n".repeat(31)})), "400"),
        (changed("/custom_expiry", json!({"expiry_duration": 19, "unit": "second"})), "400"),
        (changed("/custom_expiry", json!({"expiry_duration": 181, "unit": "day"})), "400"),
        (changed("/custom_expiry", json!({"expiry_duration": 1, "unit": "days"})), "400"),
        (
            changed("/custom_expiry", json!({"expiry_duration": 9, "order_time": "2026-01-07 09:00 +0700"})),
            "400",
        ),
        (changed("/custom_field1", json!("x".repeat(256))), "400"),
        (changed("/payment_type", json!("credit_card")), "402"),
        (changed("/payment_type", json!("akulaku")), "402"),
        (changed("/payment_type", json!("barter")), "400"),
    ];
    for (body, code) in cases {
        let answer = scene.charge(&body).await;
        assert_eq!(answer["status_code"], code, "{body} gave {answer}");
    }
    let mut phone = va("bni", "BAD-2");
    phone["customer_details"] = json!({"phone": "62812"});
    assert_eq!(scene.charge(&phone).await["status_code"], "400");
    let mut email = va("permata", "BAD-3");
    email["customer_details"] = json!({"email": "a..b@example.test"});
    assert_eq!(scene.charge(&email).await["status_code"], "400");
    let malformed = scene.post("/v2/charge").body("{").send().await.unwrap();
    assert_eq!(malformed.json::<Value>().await.unwrap()["status_code"], "413");
    let large = scene.post("/v2/charge").body(" ".repeat(16_001)).send().await.unwrap();
    assert_eq!(large.status(), 413);
    assert!(scene.simulator().transactions().is_empty());
}

#[tokio::test]
async fn unknown_fields_are_ignored_and_custom_ones_come_back() {
    let scene = Scene::set().await;
    let mut body = va("cimb", "ECHO-1");
    body["surprise"] = json!({"any": ["thing"]});
    body["custom_field1"] = json!("mine");
    body["metadata"] = json!({"a": 1});
    assert_eq!(scene.charge(&body).await["status_code"], "201");
    let status = scene.status("ECHO-1").await;
    assert_eq!((&status["custom_field1"], &status["metadata"]), (&json!("mine"), &json!({"a": 1})));
}

#[tokio::test]
async fn a_wrong_key_an_unknown_order_and_a_used_id_have_their_codes() {
    let scene = Scene::set().await;
    let url = format!("{}/v2/X/status", scene.running.url);
    for wrong in [scene.client.get(&url).basic_auth("wrong", Some("")), scene.client.get(&url)] {
        let answer = wrong.send().await.unwrap();
        assert_eq!(answer.status(), 401);
        assert_eq!(answer.json::<Value>().await.unwrap()["status_code"], "401");
    }
    assert_eq!(scene.status("X").await["status_code"], "404");
    scene.charge(&va("bca", "X")).await;
    assert_eq!(scene.charge(&va("bca", "X")).await["status_code"], "406");
    assert_eq!(scene.act("/v2/X/expire").await["status_code"], "407");
    assert_eq!(scene.status("X").await["status_code"], "407");
    assert_eq!(scene.charge(&va("bca", "X")).await["status_code"], "201", "an expired id is free again");
    assert_eq!(scene.act("/v2/X/cancel").await["transaction_status"], "cancel");
    assert_eq!(scene.act("/v2/X/cancel").await["status_code"], "412");
}

#[tokio::test]
async fn an_idempotency_key_gives_the_old_answer_for_five_minutes() {
    let scene = Scene::set().await;
    let send = |order: &'static str, bank: &'static str| {
        let request = scene.post("/v2/charge").header("Idempotency-Key", "key-1").json(&va(bank, order));
        async { request.send().await.unwrap().json::<Value>().await.unwrap() }
    };
    let first = send("I-1", "bca").await;
    assert_eq!(send("I-2", "bca").await, first, "whatever the body");
    assert_eq!(send("I-1", "permata").await["status_code"], "406", "Permata ignores the key");
    scene.simulator().advance(Duration::from_secs(5 * 60));
    assert_eq!(send("I-1", "bca").await["status_code"], "406", "failures are not stored");
    assert_eq!(send("I-3", "bca").await["order_id"], "I-3");
}

#[tokio::test]
async fn money_goes_back_only_where_and_as_far_as_it_can() {
    let scene = Scene::set().await;
    let refund = |id: &str, body: Value| {
        let request = scene.post(&format!("/v2/{id}/refund")).json(&body);
        async { request.send().await.unwrap().json::<Value>().await.unwrap() }
    };
    scene.charge(&of_type("qris", "R-1")).await;
    assert_eq!(refund("R-1", json!({})).await["status_code"], "412", "not paid yet");
    scene.simulator().pay("R-1").await.unwrap();
    let part = refund("R-1", json!({"refund_key": "k1", "amount": 20_000, "reason": "size"})).await;
    assert_eq!(
        (&part["transaction_status"], &part["refund_amount"]),
        (&json!("partial_refund"), &json!("20000.00"))
    );
    assert_eq!(refund("R-1", json!({"refund_key": "k1", "amount": 20_000})).await["status_code"], "406");
    assert_eq!(refund("R-1", json!({"amount": 30_001})).await["status_code"], "414");
    assert_eq!(refund("R-1", json!({"amount": 1.5})).await["status_code"], "400");
    assert_eq!(refund("R-1", json!({})).await["transaction_status"], "refund");
    scene.charge(&va("bca", "R-2")).await;
    scene.simulator().pay("R-2").await.unwrap();
    assert_eq!(refund("R-2", json!({})).await["status_code"], "412", "virtual accounts cannot refund");
}
