//! The bank's pages, Snap's page and the controls.

use serde_json::{Value, json};

use super::super::bank_page::{escape, rupiah};
use super::super::{MidtransSettings, MidtransSimulator};
use super::{KEY, Scene, of_type, va};

#[tokio::test]
async fn a_person_pays_on_the_page_and_finds_the_way_back() {
    let scene = Scene::set().await;
    scene.charge(&va("permata", "B-1")).await;
    let page = scene.get("/bank/B-1?back=/orders/abc").send().await.unwrap().text().await.unwrap();
    assert!(page.contains("Simulated bank") && page.contains("Rp 50.000"));
    assert!(page.contains("action=\"./B-1/pay?back=%2Forders%2Fabc\""));
    assert!(page.contains("href=\"/orders/abc\""));
    let answer = scene.post("/bank/B-1/pay?back=%2Forders%2Fabc").send().await.unwrap();
    assert_eq!(answer.status(), 303);
    assert_eq!(answer.headers()["location"], "../B-1?back=%2Forders%2Fabc");
    let page = scene.get("/bank/B-1").send().await.unwrap().text().await.unwrap();
    assert!(page.contains("settlement") && page.contains("Reverse"));
    let again = scene.post("/bank/B-1/pay").send().await.unwrap();
    assert_eq!(again.headers()["location"], "../B-1?refused=pay");
}

#[tokio::test]
async fn only_what_is_possible_is_offered() {
    let scene = Scene::set().await;
    scene.charge(&va("bca", "B-3")).await;
    scene.simulator().pay("B-3").await.unwrap();
    let page = scene.get("/bank/B-3").send().await.unwrap().text().await.unwrap();
    assert!(page.contains("Dispute") && !page.contains("Reverse"), "{page}");
}

#[tokio::test]
async fn the_way_back_never_leaves_the_origin() {
    let scene = Scene::set().await;
    scene.charge(&va("bca", "B-2")).await;
    for back in ["https://evil.test", "//evil.test", "/%5Cevil.test", "/%09/evil.test", "javascript:1"] {
        let page = scene.get(&format!("/bank/B-2?back={back}")).send().await.unwrap().text().await.unwrap();
        assert!(!page.contains("Back to the payment page"), "{back}");
    }
    let hostile = scene.get("/bank/B-2?refused=<script>").send().await.unwrap().text().await.unwrap();
    assert!(!hostile.contains("<script>"));
    assert_eq!(scene.get("/bank/none").send().await.unwrap().status(), 404);
}

#[tokio::test]
async fn a_snap_token_leads_to_a_page_where_a_method_is_chosen() {
    let scene = Scene::set().await;
    let body = json!({"transaction_details": {"order_id": "S-1", "gross_amount": 20_000},
        "enabled_payments": ["credit_card"],
        "callbacks": {"finish": "https://shop.test/thanks?a=1"}, "expiry": {"duration": 2, "unit": "hours"}});
    let answer = scene.post("/snap/v1/transactions").json(&body).send().await.unwrap();
    assert_eq!(answer.status(), 201);
    let answer: Value = answer.json().await.unwrap();
    let (token, url) = (answer["token"].as_str().unwrap(), answer["redirect_url"].as_str().unwrap());
    assert_eq!(scene.status("S-1").await["status_code"], "404", "no method chosen yet");
    let page = scene.client.get(url).send().await.unwrap().text().await.unwrap();
    assert!(page.contains(&format!("{token}/credit_card")) && !page.contains("bca_va"));
    let chosen = scene.post(&format!("/pay/{token}/credit_card")).send().await.unwrap();
    assert_eq!(chosen.headers()["location"], "../../bank/S-1");
    scene.simulator().pay("S-1").await.unwrap();
    assert_eq!(scene.status("S-1").await["transaction_status"], "capture");
    let page = scene.get("/bank/S-1").send().await.unwrap().text().await.unwrap();
    assert!(page.contains(
        "https://shop.test/thanks?a=1&amp;order_id=S-1&amp;status_code=200&amp;transaction_status=capture"
    ));
    assert_eq!(scene.post("/snap/v1/transactions").json(&body).send().await.unwrap().status(), 400);
}

#[tokio::test]
async fn a_payer_who_was_refused_may_try_another_card_until_the_page_is_closed() {
    let scene = Scene::set().await;
    let order = json!({"order_id": "S-2", "gross_amount": 20_000});
    let body = json!({"transaction_details": order, "enabled_payments": ["credit_card"]});
    let answer: Value =
        scene.post("/snap/v1/transactions").json(&body).send().await.unwrap().json().await.unwrap();
    let token = answer["token"].as_str().unwrap();
    let led = scene.get("/bank/S-2?back=/orders/abc").send().await.unwrap();
    assert_eq!(led.headers()["location"], format!("../pay/{token}?back=%2Forders%2Fabc"));
    let page =
        scene.get(&format!("/pay/{token}?back=/orders/abc")).send().await.unwrap().text().await.unwrap();
    assert!(
        page.contains(&format!("{token}/credit_card?back=%2Forders%2Fabc"))
            && page.contains("href=\"/orders/abc\"")
    );
    scene.simulator().pay("S-2").await.unwrap();
    assert_eq!(scene.status("S-2").await["transaction_status"], "capture", "the first method is picked");

    let order = json!({"order_id": "S-3", "gross_amount": 20_000});
    let body = json!({"transaction_details": order, "enabled_payments": ["kredivo", "akulaku"]});
    let answer: Value =
        scene.post("/snap/v1/transactions").json(&body).send().await.unwrap().json().await.unwrap();
    let token = answer["token"].as_str().unwrap();
    scene.post(&format!("/pay/{token}/kredivo")).send().await.unwrap();
    let first = scene.status("S-3").await;
    scene.simulator().deny("S-3").await.unwrap();
    let page = scene.get("/bank/S-3").send().await.unwrap().text().await.unwrap();
    assert!(page.contains("Try another way"), "{page}");
    scene.post(&format!("/pay/{token}/akulaku")).send().await.unwrap();
    let second = scene.status("S-3").await;
    assert_eq!(
        (&second["transaction_status"], &second["payment_type"]),
        (&json!("pending"), &json!("akulaku"))
    );
    assert_ne!(first["transaction_id"], second["transaction_id"]);
    let busy = scene.post(&format!("/snap/v1/transactions/{token}/cancel")).send().await.unwrap();
    assert_eq!(busy.status(), 400);
    scene.simulator().deny("S-3").await.unwrap();
    let closed = scene.post(&format!("/snap/v1/transactions/{token}/cancel")).send().await.unwrap();
    assert_eq!(closed.status(), 200);
    assert_eq!(scene.get(&format!("/pay/{token}")).send().await.unwrap().status(), 404);
    assert!(scene.simulator().pay("S-3").await.is_err());
}

#[tokio::test]
async fn a_wallet_sends_its_payer_back_in_its_own_way() {
    let scene = Scene::set().await;
    for (kind, details, tail) in [
        (
            "gopay",
            json!({"enable_callback": true, "callback_url": "https://shop.test/o"}),
            "?order_id=W-gopay&amp;result=success",
        ),
        ("shopeepay", json!({"callback_url": "https://shop.test/o"}), "\""),
    ] {
        let id = format!("W-{kind}");
        let mut body = of_type(kind, &id);
        body[kind] = details;
        scene.charge(&body).await;
        scene.simulator().pay(&id).await.unwrap();
        let page = scene.get(&format!("/bank/{id}")).send().await.unwrap().text().await.unwrap();
        assert!(page.contains(&format!("https://shop.test/o{tail}")), "{page}");
    }
}

#[tokio::test]
async fn the_controls_do_over_http_what_the_handle_does() {
    let scene = Scene::set().await;
    scene.charge(&va("bca", "C-1")).await;
    let fault = json!({"endpoint": "status", "conduct": {"kind": "server_error", "status": 502}, "times": 1});
    assert_eq!(scene.post("/control/misbehave").json(&fault).send().await.unwrap().status(), 204);
    assert_eq!(scene.get("/v2/C-1/status").send().await.unwrap().status(), 502);
    assert_eq!(scene.post("/control/C-1/pay/49000").send().await.unwrap().status(), 204);
    assert_eq!(scene.post("/control/C-1/pay").send().await.unwrap().status(), 409);
    let view: Value = scene.get("/control/C-1").send().await.unwrap().json().await.unwrap();
    assert_eq!(view["fields"]["payment_amounts"][0]["amount"], "49000.00");
    let journal: Value = scene.get("/control/journal").send().await.unwrap().json().await.unwrap();
    assert!(journal.as_array().unwrap().iter().any(|entry| entry["path"] == "/v2/charge"));
    let stranger = scene.client.get(format!("{}/control/journal", scene.running.url)).send().await.unwrap();
    assert_eq!(stranger.status(), 401);
}

#[tokio::test]
async fn the_routers_work_under_any_prefix() {
    let settings = MidtransSettings {
        server_key: KEY.to_owned(),
        merchant_id: "G000000001".to_owned(),
        notify_url: None,
        public_url: None,
    };
    let simulator = MidtransSimulator::new(settings);
    let both = simulator.core_router().merge(simulator.bank_router());
    let app = axum::Router::new().nest("/simulator/midtrans", both);
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://{}/simulator/midtrans", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, app).await.unwrap() });
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    let charge = client.post(format!("{base}/v2/charge")).basic_auth(KEY, Some(""));
    let answer: Value = charge.json(&of_type("gopay", "P-1")).send().await.unwrap().json().await.unwrap();
    let urls: Vec<&str> =
        answer["actions"].as_array().unwrap().iter().filter_map(|a| a["url"].as_str()).collect();
    let deeplink = format!("{base}/bank/P-1");
    assert!(urls.contains(&deeplink.as_str()), "{urls:?}");
    let picture = client.get(urls[0]).send().await.unwrap();
    assert_eq!(picture.headers()["content-type"], "image/png");
    assert!(picture.bytes().await.unwrap().starts_with(b"\x89PNG"));
    let paid = client.post(format!("{deeplink}/pay")).send().await.unwrap();
    assert_eq!(paid.url().as_str(), deeplink);
    assert!(paid.text().await.unwrap().contains("settlement"));
}

#[test]
fn text_is_escaped_and_money_grouped() {
    assert_eq!(escape("<a href=\"x\">&'"), "&lt;a href=&quot;x&quot;&gt;&amp;&#39;");
    assert_eq!((rupiah(999).as_str(), rupiah(1_234_567).as_str()), ("Rp 999", "Rp 1.234.567"));
}

#[tokio::test]
async fn what_had_ended_is_paid_after_all_and_what_was_taken_back_is_there_again() {
    let scene = Scene::set().await;
    let bank = scene.simulator();
    for (id, end) in [("A-1", "expire"), ("A-2", "cancel"), ("A-3", "deny")] {
        scene.charge(&va("permata", id)).await;
        assert!(bank.pay_after_all(id, None).await.is_err(), "it waits still");
        bank.play(id, end).await.unwrap().unwrap();
        assert!(bank.pay(id).await.is_err(), "{end} is an end");
        bank.pay_after_all(id, None).await.unwrap();
        let status = scene.status(id).await;
        assert_eq!(
            (&status["transaction_status"], &status["status_code"]),
            (&json!("settlement"), &json!("200"))
        );
        bank.reverse(id).await.unwrap();
        bank.pay_after_all(id, Some(40_000)).await.unwrap();
        assert_eq!(scene.status(id).await["payment_amounts"][0]["amount"], "40000.00");
    }
}

#[tokio::test]
async fn a_dispute_about_a_part_grows_to_the_whole_and_never_beyond() {
    let scene = Scene::set().await;
    scene.charge(&of_type("gopay", "D-1")).await;
    let bank = scene.simulator();
    assert!(bank.chargeback_part("D-1", 1).await.is_err(), "nothing is paid");
    bank.pay("D-1").await.unwrap();
    bank.chargeback_part("D-1", 20_000).await.unwrap();
    let status = scene.status("D-1").await;
    assert_eq!(status["transaction_status"], "partial_chargeback");
    assert_eq!(
        (&status["refund_amount"], status["refunds"][0].get("refund_key")),
        (&json!("20000.00"), None)
    );
    assert!(bank.chargeback_part("D-1", 30_001).await.is_err());
    bank.chargeback_part("D-1", 30_000).await.unwrap();
    assert_eq!(scene.status("D-1").await["transaction_status"], "chargeback");
    assert!(bank.chargeback("D-1").await.is_err());
}
