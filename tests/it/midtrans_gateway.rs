//! The Midtrans adapter against the pretend Midtrans, over real sockets.

#![expect(clippy::unwrap_used, reason = "a story that cannot go on fails")]

use std::time::Duration;

use chrono::{TimeDelta, Utc};
use reqwest::header::HeaderMap;
use serde_json::json;
use url::Url;

use tautan::domain::attempt::GatewayOrderId;
use tautan::domain::customer::{CustomerDetails, CustomerName, Email, Phone};
use tautan::domain::money::{Currency, Money};
use tautan::domain::payment_method::{MethodKind, PaymentInstructions, PaymentMethod};
use tautan::domain::report::ReportedStatus;
use tautan::domain::visible_text::ItemName;
use tautan::gateways::midtrans::{MidtransGateway, MidtransSettings, Timeouts};
use tautan::gateways::{ChargeRequest, GatewayError, NoticeRejection, PaymentGateway, RefundRequest};
use tautan::simulator::midtrans::{self as simulator, Conduct, Direction, Endpoint, Misbehaviour};
use tautan::simulator::midtrans::{MidtransSimulator, RunningMidtrans};

const KEY: &str = "SB-Mid-server-socket-tests";
const MERCHANT: &str = "G000000001";
/// Nobody listens there: notices of these tests are read from the journal.
const NOWHERE: &str = "http://127.0.0.1:9/webhooks/midtrans/sandbox";

async fn midtrans() -> RunningMidtrans {
    let settings = simulator::MidtransSettings {
        server_key: KEY.to_owned(),
        merchant_id: MERCHANT.to_owned(),
        notify_url: None,
        public_url: None,
    };
    MidtransSimulator::start(settings, ([127, 0, 0, 1], 0).into()).await.unwrap()
}

fn settings(midtrans: &RunningMidtrans) -> MidtransSettings {
    let url = Url::parse(&midtrans.url).unwrap();
    MidtransSettings {
        server_key: KEY.into(),
        api_url: url.clone(),
        snap_url: url,
        merchant_id: Some(MERCHANT.to_owned()),
        timeouts: Timeouts::default(),
    }
}

fn gateway(midtrans: &RunningMidtrans) -> MidtransGateway {
    MidtransGateway::new(settings(midtrans)).unwrap()
}

#[expect(clippy::disallowed_methods, reason = "the pretend Midtrans keeps the time of the day")]
fn request(id: &str, method: PaymentMethod) -> ChargeRequest {
    let asked_at = Utc::now();
    ChargeRequest {
        id: GatewayOrderId::from_text(id),
        method,
        amount: Money::new(50_000, Currency::IDR),
        item_name: ItemName::parse("Kaos hitam, lengan panjang | 𝓡𝓲𝓷𝓪 <b>").unwrap().value,
        lines: Vec::new(),
        customer: CustomerDetails {
            name: CustomerName::parse(&"Ñ".repeat(100)).unwrap(),
            phone: Phone::parse("+1 650 253 0000").unwrap(),
            email: Email::parse("Rina@example.test").unwrap(),
        },
        asked_at,
        pay_by: asked_at + TimeDelta::minutes(15),
        notice_url: Url::parse(NOWHERE).unwrap(),
        return_to: "https://pay.example.test/orders/t0ken".parse().unwrap(),
    }
}

fn id(text: &str) -> GatewayOrderId {
    GatewayOrderId::from_text(text)
}

fn strike(midtrans: &RunningMidtrans, endpoint: Endpoint, conduct: Conduct) {
    midtrans.simulator.misbehave(Misbehaviour::once(endpoint, conduct));
}

#[tokio::test]
async fn every_method_can_be_charged_paid_and_asked_about() {
    let midtrans = midtrans().await;
    let gateway = gateway(&midtrans);
    for (number, offer) in gateway.methods().iter().enumerate() {
        let id = format!("INV-1-{number}");
        let charge = gateway.charge(&request(&id, offer.method)).await.unwrap();
        assert_eq!(charge.status, ReportedStatus::Pending);
        let waiting = gateway.fetch_report(&GatewayOrderId::from_text(&id)).await.unwrap();
        let on_a_page = offer.method.kind() == MethodKind::Redirect;
        let unpaid = if on_a_page { ReportedStatus::NotFound } else { ReportedStatus::Pending };
        assert_eq!((waiting.status, waiting.settled_at), (unpaid, None), "{id}");
        match offer.method.kind() {
            // Codes to scan and ways into an app or to a page are told once.
            MethodKind::Qr | MethodKind::Wallet | MethodKind::Redirect => {}
            _ => assert_eq!(waiting.instructions, Some(charge.instructions), "{id}"),
        }
        midtrans.simulator.pay(&id).await.unwrap();
        if offer.method == PaymentMethod::Card {
            let captured = gateway.fetch_report(&GatewayOrderId::from_text(&id)).await.unwrap();
            assert_eq!(captured.status, ReportedStatus::Capture);
            midtrans.simulator.pay(&id).await.unwrap();
        }
        let paid = gateway.fetch_report(&GatewayOrderId::from_text(&id)).await.unwrap();
        assert_eq!(paid.status, ReportedStatus::Settlement, "{id}");
        assert_eq!(paid.charged, Some(Money::new(50_000, Currency::IDR)));
        assert_eq!(paid.transaction_id == charge.transaction_id, !on_a_page, "{id}");
        assert!(paid.received.is_none_or(|received| received.minor() == 50_000));
        assert!(paid.merchant_matches && paid.settled_at.is_some());
    }
    midtrans.stop().await;
}

#[tokio::test]
async fn a_charge_names_its_notice_address_and_its_key() {
    let midtrans = midtrans().await;
    let gateway = gateway(&midtrans);
    gateway.charge(&request("INV-2", PaymentMethod::Qris)).await.unwrap();
    let journal = midtrans.simulator.journal();
    let headers = &journal[0].headers;
    assert_eq!(headers["x-override-notification"], NOWHERE);
    assert_eq!(headers["idempotency-key"].len(), 36);
    assert!(headers["user-agent"].starts_with("tautan/"));
    assert!(headers["content-type"].starts_with("application/json"));
    midtrans.stop().await;
}

#[tokio::test]
async fn lost_answers_never_make_a_second_charge() {
    let midtrans = midtrans().await;
    let gateway = gateway(&midtrans);
    let faults = [
        Conduct::CutAfterAcceptance,
        Conduct::GarbageJson,
        Conduct::ServerError { status: 503 },
        Conduct::ServerErrorAfterAcceptance { status: 500 },
        Conduct::alter(json!({ "gross_amount": "50001.00" })),
        Conduct::alter(json!({ "order_id": "another" })),
        Conduct::alter(json!({ "merchant_id": "G2" })),
        Conduct::alter(json!({ "qr_string": null })),
    ];
    for (number, fault) in faults.into_iter().enumerate() {
        let request = request(&format!("INV-3-{number}"), PaymentMethod::Qris);
        strike(&midtrans, Endpoint::Charge, fault.clone());
        let lost = gateway.charge(&request).await;
        assert!(matches!(lost, Err(GatewayError::Unreachable(_))), "{fault:?}: {lost:?}");
        let charge = gateway.charge(&request).await.unwrap();
        assert!(matches!(charge.instructions, PaymentInstructions::Qr { .. }));
        let report = gateway.fetch_report(&request.id).await.unwrap();
        assert_eq!(report.status, ReportedStatus::Pending);
        assert_eq!(midtrans.simulator.transactions().len(), number + 1);
    }
    midtrans.stop().await;
}

#[tokio::test]
async fn a_slow_charge_is_given_up_and_found_again() {
    let midtrans = midtrans().await;
    let timeouts = Timeouts { charge: Duration::from_millis(200), ..Timeouts::default() };
    let gateway = MidtransGateway::new(MidtransSettings { timeouts, ..settings(&midtrans) }).unwrap();
    strike(&midtrans, Endpoint::Charge, Conduct::HangAfterAcceptance);
    let lost = gateway.charge(&request("INV-4", PaymentMethod::BcaVa)).await;
    assert!(matches!(lost, Err(GatewayError::Unreachable(_))));
    let charge = gateway.charge(&request("INV-4", PaymentMethod::BcaVa)).await.unwrap();
    let report = gateway.fetch_report(&id("INV-4")).await.unwrap();
    assert_eq!(report.instructions, Some(charge.instructions));
    assert_eq!(midtrans.simulator.transactions().len(), 1);
    midtrans.simulator.release_hangs();
    midtrans.stop().await;
}

#[tokio::test]
async fn a_twin_of_a_running_charge_gets_no_answer() {
    let midtrans = midtrans().await;
    let gateway = gateway(&midtrans);
    let request = request("INV-10", PaymentMethod::BcaVa);
    strike(&midtrans, Endpoint::Charge, Conduct::Hang);
    let second = async {
        midtrans.simulator.wait_until_hanging(1).await;
        let twin = gateway.charge(&request).await;
        midtrans.simulator.release_hangs();
        twin
    };
    let (first, twin) = tokio::join!(gateway.charge(&request), second);
    assert!(matches!(twin, Err(GatewayError::Unreachable(_))), "{twin:?}");
    assert_eq!(first.unwrap(), gateway.charge(&request).await.unwrap());
    midtrans.stop().await;
}

#[tokio::test]
async fn wrong_keys_wrong_amounts_and_haste_are_told_apart() {
    let midtrans = midtrans().await;
    let stranger = MidtransSettings { server_key: "SB-Mid-server-another".into(), ..settings(&midtrans) };
    let refused = MidtransGateway::new(stranger).unwrap().fetch_report(&id("INV-5")).await;
    assert!(matches!(refused, Err(GatewayError::Unauthorized)));
    let gateway = gateway(&midtrans);
    let too_little = Money::new(9_999, Currency::IDR);
    let too_little = ChargeRequest { amount: too_little, ..request("INV-5", PaymentMethod::BcaVa) };
    let refused = gateway.charge(&too_little).await;
    assert!(matches!(refused, Err(GatewayError::Refused { code, .. }) if code == "400"));
    strike(&midtrans, Endpoint::Status, Conduct::TooManyRequests);
    let hasty = gateway.fetch_report(&id("INV-5")).await;
    assert!(
        matches!(hasty, Err(GatewayError::TooManyRequests { retry_after }) if retry_after > TimeDelta::zero())
    );
    assert!(midtrans.simulator.transactions().is_empty());
    midtrans.stop().await;
}

#[tokio::test]
async fn wrong_money_is_reported_as_told() {
    let midtrans = midtrans().await;
    let gateway = gateway(&midtrans);
    gateway.charge(&request("INV-6", PaymentMethod::BcaVa)).await.unwrap();
    midtrans.simulator.pay_amount("INV-6", 49_000).await.unwrap();
    let report = gateway.fetch_report(&id("INV-6")).await.unwrap();
    assert_eq!(report.received, Some(Money::new(49_000, Currency::IDR)));
    strike(&midtrans, Endpoint::Status, Conduct::alter(json!({ "currency": "USD", "merchant_id": "G2" })));
    let report = gateway.fetch_report(&id("INV-6")).await.unwrap();
    assert_eq!(report.charged.unwrap().currency(), Currency::USD);
    assert!(!report.merchant_matches);
    strike(&midtrans, Endpoint::Status, Conduct::GarbageJson);
    let garbage = gateway.fetch_report(&id("INV-6")).await;
    assert!(matches!(garbage, Err(GatewayError::Unreachable(_))));
    midtrans.stop().await;
}

#[tokio::test]
async fn ends_are_reported_and_calling_off_may_be_repeated() {
    let midtrans = midtrans().await;
    let gateway = gateway(&midtrans);
    let unknown = gateway.fetch_report(&id("INV-7")).await.unwrap();
    assert_eq!(unknown.status, ReportedStatus::NotFound);
    gateway.cancel(&id("INV-7"), None).await.unwrap();
    for name in ["INV-7-a", "INV-7-b", "INV-7-c"] {
        gateway.charge(&request(name, PaymentMethod::PermataVa)).await.unwrap();
    }
    for _ in 0..2 {
        gateway.cancel(&id("INV-7-a"), None).await.unwrap();
        assert_eq!(gateway.fetch_report(&id("INV-7-a")).await.unwrap().status, ReportedStatus::Cancel);
    }
    midtrans.simulator.expire("INV-7-b").await.unwrap();
    gateway.cancel(&id("INV-7-b"), None).await.unwrap();
    assert_eq!(gateway.fetch_report(&id("INV-7-b")).await.unwrap().status, ReportedStatus::Expire);
    midtrans.simulator.pay("INV-7-c").await.unwrap();
    gateway.cancel(&id("INV-7-c"), None).await.unwrap();
    assert_eq!(gateway.fetch_report(&id("INV-7-c")).await.unwrap().status, ReportedStatus::Settlement);
    midtrans.simulator.reverse("INV-7-c").await.unwrap();
    assert_eq!(gateway.fetch_report(&id("INV-7-c")).await.unwrap().status, ReportedStatus::Deny);
    midtrans.stop().await;
}

#[tokio::test]
async fn money_goes_back_once_for_each_key() {
    let midtrans = midtrans().await;
    let gateway = gateway(&midtrans);
    gateway.charge(&request("INV-8", PaymentMethod::Qris)).await.unwrap();
    let refund = |key: &str, minor| RefundRequest {
        id: id("INV-8"),
        key: key.to_owned(),
        amount: Money::new(minor, Currency::IDR),
        reason: "Stok habis".to_owned(),
    };
    let unpaid = gateway.refund(&refund("first", 20_000)).await;
    assert!(matches!(unpaid, Err(GatewayError::Refused { code, .. }) if code == "412"));
    midtrans.simulator.pay("INV-8").await.unwrap();
    gateway.refund(&refund("first", 20_000)).await.unwrap();
    gateway.refund(&refund("first", 20_000)).await.unwrap();
    let report = gateway.fetch_report(&id("INV-8")).await.unwrap();
    assert_eq!((report.status, report.returned_minor), (ReportedStatus::PartialRefund, Some(20_000)));
    let too_much = gateway.refund(&refund("second", 30_001)).await;
    assert!(matches!(too_much, Err(GatewayError::Refused { code, .. }) if code == "414"));
    gateway.refund(&refund("third", 30_000)).await.unwrap();
    let report = gateway.fetch_report(&id("INV-8")).await.unwrap();
    assert_eq!((report.status, report.returned_minor), (ReportedStatus::Refund, Some(50_000)));
    midtrans.simulator.advance(Duration::from_secs(6 * 60));
    let repeated = gateway.refund(&refund("third", 30_000)).await;
    assert!(matches!(repeated, Err(GatewayError::AlreadyExists)));
    midtrans.stop().await;
}

#[tokio::test]
async fn genuine_notices_are_taken_and_forged_ones_are_not() {
    let midtrans = midtrans().await;
    let gateway = gateway(&midtrans);
    gateway.charge(&request("INV-9", PaymentMethod::BriVa)).await.unwrap();
    midtrans.simulator.pay("INV-9").await.unwrap();
    strike(&midtrans, Endpoint::Notice, Conduct::ForgeSignature);
    midtrans.simulator.send_notice_again("INV-9").unwrap();
    let verdicts = tokio::time::timeout(Duration::from_secs(20), async {
        loop {
            let sent: Vec<_> = midtrans
                .simulator
                .journal()
                .into_iter()
                .filter(|entry| entry.direction == Direction::Sent)
                .map(|entry| gateway.verify_notice(&HeaderMap::new(), entry.body.as_bytes()))
                .collect();
            if sent.len() >= 3 {
                return sent;
            }
            tokio::task::yield_now().await;
        }
    })
    .await
    .unwrap();
    let genuine: Vec<_> = verdicts.iter().flatten().collect();
    assert!(genuine.iter().all(|notice| notice.gateway_order_id == id("INV-9")));
    let claims: Vec<_> = genuine.iter().map(|notice| notice.claimed_status.as_str()).collect();
    assert_eq!(claims, ["pending", "settlement"]);
    assert!(verdicts.contains(&Err(NoticeRejection::Forged)));
    midtrans.stop().await;
}

#[tokio::test]
async fn answers_of_something_else_are_no_answers() {
    let answers: [(u16, String); 7] = [
        (200, format!(r#"{{"status_code":"404","status_message":"{}"}}"#, "x".repeat(64 * 1024))),
        (302, r#"{"status_code":"404"}"#.to_owned()),
        (404, "<html>Not Found</html>".to_owned()),
        (404, String::new()),
        (200, r#"[{"status_code":"404"}]"#.to_owned()),
        (500, r#"{"status_code":"404"}"#.to_owned()),
        (403, "<html>blocked at the edge</html>".to_owned()),
    ];
    for (status, body) in answers {
        let said = format!("{status} {body:.40}");
        let answer = move || async move {
            let status = axum::http::StatusCode::from_u16(status).unwrap();
            // Whoever follows the redirect finds a perfect answer.
            (status, [("location", "/found")], body)
        };
        let found = || async { r#"{"status_code":"404"}"# };
        let app = axum::Router::new().route("/found", axum::routing::get(found)).fallback(answer);
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/some/prefix/", listener.local_addr().unwrap());
        let server = tokio::spawn(async move { axum::serve(listener, app).await });
        let url = Url::parse(&url).unwrap();
        let gateway = MidtransGateway::new(MidtransSettings {
            server_key: KEY.into(),
            api_url: url.clone(),
            snap_url: url,
            merchant_id: None,
            timeouts: Timeouts::default(),
        })
        .unwrap();
        let report = gateway.fetch_report(&id("INV-11")).await;
        assert!(matches!(report, Err(GatewayError::Unreachable(_))), "{said}: {report:?}");
        let cancelled = gateway.cancel(&id("INV-11"), None).await;
        assert!(matches!(cancelled, Err(GatewayError::Unreachable(_))), "{said}: {cancelled:?}");
        server.abort();
    }
}
