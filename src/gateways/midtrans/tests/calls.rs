//! Calls over a real socket: what is sent, and what each answer comes to.

use std::time::Duration;

use chrono::{DateTime, TimeDelta};
use serde_json::{Value, json};
use tokio::net::TcpSocket;

use super::scripted_midtrans::{Reply, ScriptedMidtrans};
use super::*;
use crate::domain::customer::{CustomerDetails, CustomerName, Email, Phone};
use crate::domain::money::Money;
use crate::domain::payment_method::PaymentMethod;
use crate::domain::report::ReportedStatus;
use crate::domain::visible_text::ItemName;

/// The key in front of a colon, in base 64.
const AUTHORIZATION: &str = "Basic U0ItTWlkLXNlcnZlci1FWEFNUExFX25vdF9hX3JlYWxfa2V5XzAwMDE6";
const UNKNOWN: &str = r#"{"status_code":"404"}"#;
/// Long enough for a machine at work, short enough for a person who waits.
const SOON: Duration = Duration::from_millis(50);

fn id() -> GatewayOrderId {
    GatewayOrderId::from_text("INV-7.a~b_c")
}

fn charge_request() -> ChargeRequest {
    ChargeRequest {
        id: id(),
        method: PaymentMethod::Qris,
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
        notice_url: "https://pay.example.test/webhooks/midtrans/live?a,b".parse().unwrap(),
        return_to: "https://pay.example.test/orders/t0ken".parse().unwrap(),
    }
}

fn charged() -> String {
    json!({
        "status_code": "201", "transaction_status": "pending", "transaction_id": "t-1", "qr_string": "0002",
        "order_id": id().as_str(), "gross_amount": "50000.00", "currency": "IDR",
    })
    .to_string()
}

fn refund_request(key: &str) -> RefundRequest {
    let amount = Money::new(20_000, Currency::IDR);
    RefundRequest { id: id(), key: key.to_owned(), amount, reason: "Stok habis".to_owned() }
}

fn account(url: &str, timeouts: Timeouts) -> MidtransGateway {
    MidtransGateway::new(MidtransSettings { timeouts, ..settings(url) }).unwrap()
}

async fn midtrans(replies: Vec<Reply>) -> (ScriptedMidtrans, MidtransGateway) {
    let midtrans = ScriptedMidtrans::start(replies).await;
    let gateway = account(&midtrans.url, Timeouts::default());
    (midtrans, gateway)
}

/// An HTTP status 200 around this code.
fn code(code: u16) -> Reply {
    Reply::says(200, &json!({ "status_code": code.to_string() }).to_string())
}

/// An outcome in a few words.
fn told<T>(outcome: Result<T, GatewayError>) -> String {
    match outcome {
        Ok(_) => "done".to_owned(),
        Err(GatewayError::Unreachable(what)) => format!("unreachable: {what}"),
        Err(GatewayError::Refused { code, .. }) => format!("refused: {code}"),
        Err(GatewayError::Unauthorized) => "unauthorized".to_owned(),
        Err(GatewayError::TooManyRequests { retry_after }) => format!("wait: {}", retry_after.num_seconds()),
        Err(GatewayError::AlreadyExists) => "exists".to_owned(),
    }
}

#[tokio::test]
async fn every_call_goes_to_its_address_with_the_key() {
    let replies =
        vec![Reply::says(200, &charged()), Reply::says(404, UNKNOWN), code(412), code(407), code(200)];
    let midtrans = ScriptedMidtrans::start(replies).await;
    let gateway = account(&format!("{}/some/prefix/", midtrans.url), Timeouts::default());
    gateway.charge(&charge_request()).await.unwrap();
    assert_eq!(gateway.fetch_report(&id()).await.unwrap().status, ReportedStatus::NotFound);
    gateway.cancel(&id(), None).await.unwrap();
    gateway.refund(&refund_request("r-1")).await.unwrap();
    let lines = [
        "POST /some/prefix/v2/charge",
        "GET /some/prefix/v2/INV-7.a~b_c/status",
        "POST /some/prefix/v2/INV-7.a~b_c/cancel",
        "POST /some/prefix/v2/INV-7.a~b_c/expire",
        "POST /some/prefix/v2/INV-7.a~b_c/refund",
    ];
    assert_eq!(midtrans.lines(), lines);
    for asked in midtrans.asked() {
        assert_eq!(asked.headers["authorization"], AUTHORIZATION, "{}", asked.line);
        assert_eq!(asked.headers["accept"], "application/json", "{}", asked.line);
        let is_post = asked.line.starts_with("POST");
        assert_eq!(asked.headers.contains_key("content-type"), is_post, "{}", asked.line);
    }
}

#[tokio::test]
async fn a_charge_says_its_amount_its_key_and_where_notices_go() {
    let (midtrans, gateway) = midtrans(vec![Reply::says(200, &charged()); 2]).await;
    gateway.charge(&charge_request()).await.unwrap();
    gateway.charge(&charge_request()).await.unwrap();
    let [first, again] = &midtrans.asked()[..] else { panic!("two calls") };
    let body: Value = serde_json::from_str(&first.body).unwrap();
    assert_eq!(body["transaction_details"], json!({ "order_id": "INV-7.a~b_c", "gross_amount": 50_000 }));
    let notice_url = "https://pay.example.test/webhooks/midtrans/live?a%2Cb";
    assert_eq!(first.headers["x-override-notification"], notice_url);
    assert_eq!(first.headers["idempotency-key"], again.headers["idempotency-key"]);
    assert_eq!(first.headers["idempotency-key"].len(), 36);
}

#[tokio::test]
async fn a_refund_is_known_by_its_key() {
    let (midtrans, gateway) = midtrans(vec![code(200); 3]).await;
    for key in ["r-1", "r-1", "r-2"] {
        gateway.refund(&refund_request(key)).await.unwrap();
    }
    let asked = midtrans.asked();
    let body: Value = serde_json::from_str(&asked[0].body).unwrap();
    assert_eq!(body, json!({ "refund_key": "r-1", "amount": 20_000, "reason": "Stok habis" }));
    assert!(!asked[0].headers.contains_key("x-override-notification"));
    let keys: Vec<_> = asked.iter().map(|asked| &asked.headers["idempotency-key"]).collect();
    assert_eq!(keys[0], keys[1]);
    assert_ne!(keys[1], keys[2]);
}

#[tokio::test]
async fn nothing_is_sent_for_an_id_that_would_change_the_address() {
    let (midtrans, gateway) = midtrans(vec![code(200)]).await;
    for odd in ["", "..", "INV/7", "INV 7", "INV?7"] {
        let odd = GatewayOrderId::from_text(odd);
        let refund = RefundRequest { id: odd.clone(), ..refund_request("r-1") };
        assert_eq!(told(gateway.fetch_report(&odd).await), "refused: unsent");
        assert_eq!(told(gateway.cancel(&odd, None).await), "refused: unsent");
        assert_eq!(told(gateway.refund(&refund).await), "refused: unsent");
    }
    assert!(midtrans.asked().is_empty());
}

#[tokio::test]
async fn a_charge_that_cannot_be_called_off_any_more_is_left_to_the_pull() {
    let cases: [(&[u16], &str); 18] = [
        (&[200], "done"),
        (&[404], "done"),
        (&[407], "done"),
        (&[412, 200], "done"),
        (&[412, 404], "done"),
        (&[412, 407], "done"),
        (&[412, 412], "done"),
        (&[412, 411], "refused: 411"),
        (&[412, 500], "unreachable: code 500"),
        (&[201], "unreachable: unexpected code 201"),
        (&[202], "unreachable: unexpected code 202"),
        (&[400], "refused: 400"),
        (&[401], "unauthorized"),
        (&[406], "refused: 406"),
        (&[410], "refused: 410"),
        (&[413], "refused: 413"),
        (&[429], "wait: 10"),
        (&[505], "unreachable: code 505"),
    ];
    for (codes, outcome) in cases {
        let (midtrans, gateway) = midtrans(codes.iter().copied().map(code).collect()).await;
        assert_eq!(told(gateway.cancel(&id(), None).await), outcome, "{codes:?}");
        let actions = midtrans.lines();
        let actions: Vec<_> = actions.iter().filter_map(|line| line.rsplit('/').next()).collect();
        assert_eq!(actions, ["cancel", "expire"][..codes.len()], "{codes:?}");
    }
}

#[tokio::test]
async fn a_page_is_closed_before_its_charge_is_called_off() {
    let page =
        PaymentInstructions::Redirect { url: "https://app.midtrans.com/snap/v3/redirection/1a-2b".into() };
    let canceled = r#"{"canceled_at":"2026-01-07T02:00:00Z"}"#;
    let busy = r#"{"error_messages":["Transaction is on progress"]}"#;
    let cases = [
        (vec![Reply::says(200, canceled), code(404)], Ok(CalledOff::Closed), 2),
        (vec![Reply::says(200, canceled), code(412), code(412)], Ok(CalledOff::Closed), 3),
        (vec![Reply::says(500, canceled)], Err(()), 1),
        (vec![Reply::says(200, "<html>")], Err(()), 1),
        (vec![Reply::says(200, canceled), code(505)], Err(()), 2),
        (vec![Reply::says(400, busy), code(505)], Err(()), 2),
    ];
    let close = "POST /snap/v1/transactions/1a-2b/cancel";
    let lines = [close, "POST /v2/INV-7.a~b_c/cancel", "POST /v2/INV-7.a~b_c/expire"];
    for (replies, outcome, calls) in cases {
        let (midtrans, gateway) = midtrans(replies).await;
        assert_eq!(gateway.cancel(&id(), Some(&page)).await.map_err(|_| ()), outcome);
        assert_eq!(midtrans.lines(), lines[..calls]);
    }
    // What was under way keeps the page open: it is closed once more when that has ended.
    let again = [
        (Reply::says(200, canceled), Ok(CalledOff::Closed)),
        (Reply::says(400, busy), Ok(CalledOff::Told)),
        (Reply::says(503, "{}"), Err(())),
    ];
    for (reply, outcome) in again {
        let (midtrans, gateway) = midtrans(vec![Reply::says(400, busy), code(412), code(200), reply]).await;
        assert_eq!(gateway.cancel(&id(), Some(&page)).await.map_err(|_| ()), outcome);
        assert_eq!(midtrans.lines(), [&lines[..], &[close]].concat());
    }
}

#[tokio::test]
async fn a_card_is_asked_for_at_snap() {
    let page = r#"{"token":"1a-2b","redirect_url":"https://app.midtrans.com/snap/v3/redirection/1a-2b"}"#;
    let (midtrans, gateway) = midtrans(vec![Reply::says(201, page), Reply::says(401, "{}")]).await;
    let request = ChargeRequest { method: PaymentMethod::Card, ..charge_request() };
    let charge = gateway.charge(&request).await.unwrap();
    assert!(matches!(charge.instructions, PaymentInstructions::Redirect { .. }));
    assert_eq!(told(gateway.charge(&request).await), "unauthorized");
    let [asked, _] = &midtrans.asked()[..] else { panic!("two calls") };
    assert_eq!(asked.line, "POST /snap/v1/transactions");
    assert_eq!(asked.headers["authorization"], AUTHORIZATION);
    assert!(asked.headers["x-override-notification"].starts_with("https://pay.example.test/"));
    let body: Value = serde_json::from_str(&asked.body).unwrap();
    assert_eq!(body["enabled_payments"], json!(["credit_card"]));
}

#[tokio::test]
async fn money_went_back_only_if_midtrans_says_so() {
    let cases = [
        (200, "done"),
        (201, "unreachable: unexpected code 201"),
        (202, "unreachable: unexpected code 202"),
        (400, "refused: 400"),
        (401, "unauthorized"),
        (404, "refused: 404"),
        (406, "exists"),
        (407, "refused: 407"),
        (411, "refused: 411"),
        (412, "refused: 412"),
        (414, "refused: 414"),
        (429, "wait: 10"),
        (500, "unreachable: code 500"),
    ];
    for (number, outcome) in cases {
        let (midtrans, gateway) = midtrans(vec![code(number)]).await;
        assert_eq!(told(gateway.refund(&refund_request("r-1")).await), outcome, "{number}");
        assert_eq!(midtrans.asked().len(), 1);
    }
}

#[tokio::test]
async fn the_status_of_http_decides_where_no_code_can() {
    let cases = [
        (200, UNKNOWN, "done"),
        (404, UNKNOWN, "done"),
        // Even a fine answer: the twin of this call still runs, and may yet end otherwise.
        (202, UNKNOWN, "unreachable: an equal request is still being worked on"),
        (302, UNKNOWN, "unreachable: code 404 with HTTP status 302 Found"),
        (401, "<html>", "unauthorized"),
        (403, "<html>", "unreachable: unreadable answer with HTTP status 403 Forbidden"),
        (404, "", "unreachable: unreadable answer with HTTP status 404 Not Found"),
        (412, r#"{"status_code":"412"}"#, "refused: 412"),
        (429, "<html>", "wait: 30"),
        // A fault speaks for nobody: neither for the key nor for the pace.
        (500, r#"{"status_code":"401"}"#, "unreachable: HTTP status 500 Internal Server Error"),
        (503, r#"{"status_code":"429"}"#, "unreachable: HTTP status 503 Service Unavailable"),
        (599, UNKNOWN, "unreachable: HTTP status 599 <unknown status code>"),
        (200, r#"{"status_code":"404""#, "unreachable: unreadable answer with HTTP status 200 OK"),
        (200, r#"{"status_code":"429"}"#, "wait: 30"),
    ];
    for (http_status, body, outcome) in cases {
        let header = "Retry-After: 30\r\nLocation: /found";
        let (midtrans, gateway) =
            midtrans(vec![Reply::with_header(http_status, header, body), Reply::says(200, UNKNOWN)]).await;
        assert_eq!(told(gateway.fetch_report(&id()).await), outcome, "{http_status} {body}");
        assert_eq!(midtrans.asked().len(), 1, "a redirect is not followed");
    }
}

#[tokio::test]
async fn an_answer_is_read_up_to_64_kibibytes() {
    for (bytes, outcome) in [(65_536, "done"), (65_537, "unreachable: the answer is too long")] {
        let body = UNKNOWN.to_owned() + &" ".repeat(bytes - UNKNOWN.len());
        let (_midtrans, gateway) = midtrans(vec![Reply::says(404, &body)]).await;
        assert_eq!(told(gateway.fetch_report(&id()).await), outcome, "{bytes}");
    }
}

#[tokio::test]
async fn a_connection_that_breaks_may_have_brought_the_call() {
    let half = "HTTP/1.1 200 OK\r\nContent-Length: 21\r\n\r\n{\"status_code\"";
    for said in ["", "HTTP/1.1 200", "spoken otherwise\r\n\r\n", half] {
        let (midtrans, gateway) = midtrans(vec![Reply::hangs_up_after(said)]).await;
        let lost = told(gateway.refund(&refund_request("r-1")).await);
        assert_eq!(lost, "unreachable: the connection broke", "{said}");
        assert_eq!(midtrans.asked().len(), 1, "the call is not repeated here");
    }
    // Bound, but nobody listens: the port is free for no one else.
    let socket = TcpSocket::new_v4().unwrap();
    socket.bind(([127, 0, 0, 1], 0).into()).unwrap();
    let nobody = account(&format!("http://{}", socket.local_addr().unwrap()), Timeouts::default());
    assert_eq!(told(nobody.cancel(&id(), None).await), "unreachable: no connection");
}

#[tokio::test]
async fn charges_and_other_calls_are_given_up_by_their_own_clocks() {
    let never = Duration::from_secs(3_600);
    let half = "HTTP/1.1 200 OK\r\nContent-Length: 21\r\n\r\n{\"status_code\"";
    for said in ["", half] {
        let midtrans = ScriptedMidtrans::start(vec![Reply::falls_silent_after(said); 4]).await;
        let timeouts = Timeouts { connect: never, charge: SOON, other: never };
        let charge = account(&midtrans.url, timeouts).charge(&charge_request()).await;
        assert_eq!(told(charge), "unreachable: time-out", "{said}");
        let gateway = account(&midtrans.url, Timeouts { connect: never, charge: never, other: SOON });
        assert_eq!(told(gateway.fetch_report(&id()).await), "unreachable: time-out", "{said}");
        assert_eq!(told(gateway.cancel(&id(), None).await), "unreachable: time-out", "{said}");
        assert_eq!(told(gateway.refund(&refund_request("r-1")).await), "unreachable: time-out", "{said}");
    }
}
