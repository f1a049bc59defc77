//! The gateway answers late, wrongly or not at all: nobody is charged twice, and nothing is forgotten.

use chrono::TimeDelta;
use tautan::domain::attempt::AttemptState;
use tautan::domain::order::OrderState;
use tautan::simulator::midtrans::{Conduct, Endpoint, Misbehaviour};
use tokio::task::JoinHandle;

use crate::support::customer::Customer;
use crate::support::seller::Seller;
use crate::support::test_app::TestApp;

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_is_cut_after_the_charge_was_made_is_found_again() {
    for method in ["BCA Virtual Account", "Permata Virtual Account", "Mandiri Bill Payment", "QRIS"] {
        let app = TestApp::start().await;
        let ani = app.ani();
        let link = ani.makes_a_link("kaos hitam 150rb x1").await;
        app.bank.misbehave(Misbehaviour::once(Endpoint::Charge, Conduct::CutAfterAcceptance));
        let mut budi = app.customer();
        budi.orders(&link, "Budi", method).await;
        if app.order(&budi).await.attempt.is_some_and(|attempt| attempt.instructions.is_none()) {
            app.settles().await;
            app.advance(TimeDelta::seconds(25));
        }
        budi.waits_for(&format!("Bayar dengan {method}")).await;
        assert_eq!(app.bank.transactions().len(), 1, "{method}: one charge");
        budi.pays().await;
        budi.waits_for("Lunas. Terima kasih!").await;
        ani.reads("dari Budi").await;
    }
}

/// A report repeats no QRIS code: only the answer to the charge tells it.
#[tokio::test(flavor = "multi_thread")]
async fn a_qris_code_whose_answers_are_lost_is_asked_for_until_it_is_there() {
    let app = TestApp::start().await;
    let link = app.ani().makes_a_link("kaos hitam 150rb").await;
    app.bank.misbehave(Misbehaviour::once(Endpoint::Charge, Conduct::CutAfterAcceptance));
    let broken = Conduct::ServerError { status: 503 };
    app.bank.misbehave(Misbehaviour::once(Endpoint::Charge, broken).times(u32::MAX));
    let mut budi = app.customer();
    budi.orders(&link, "Budi", "QRIS").await;
    assert!(budi.page.text().contains("Sedang bertanya ke bank"), "{}", budi.page.text());
    app.settles().await;
    app.advance(TimeDelta::seconds(25));
    app.settles().await;
    assert_eq!(app.order(&budi).await.attempt.unwrap().state, AttemptState::Pending, "the bank waits");

    app.bank.behave();
    app.advance(TimeDelta::seconds(25));
    budi.waits_for("Bayar dengan QRIS").await;
    assert!(budi.page.html.contains("<img class=\"qr\""), "{}", budi.page.text());
    assert_eq!(app.bank.transactions().len(), 1, "one charge");
}

#[tokio::test(flavor = "multi_thread")]
async fn without_an_answer_the_page_says_that_it_is_asking_until_the_pull_knows() {
    let troubles = [
        Conduct::ServerError { status: 503 },
        Conduct::ServerErrorAfterAcceptance { status: 500 },
        Conduct::CutAfterAcceptance,
        Conduct::GarbageJson,
    ];
    for trouble in troubles {
        let app = TestApp::start().await;
        let ani = app.ani();
        let link = ani.makes_a_link("kaos hitam 150rb x1").await;
        app.bank.misbehave(Misbehaviour::once(Endpoint::AnyRequest, trouble.clone()).times(50));
        let mut budi = app.customer();
        budi.orders(&link, "Budi", "BCA Virtual Account").await;
        let page = budi.page.text();
        assert!(page.contains("Sedang bertanya ke bank"), "{trouble:?}: {page}");
        assert_eq!(app.order(&budi).await.attempt.unwrap().state, AttemptState::Unknown, "{trouble:?}");
        // Asking for another method meanwhile makes no second charge.
        let choice = budi.page.url.join(&format!("{}/attempts", budi.page.url.path())).unwrap();
        budi.posts(choice, &[("method", "bni_va")]).await;
        assert!(budi.page.text().contains("Sedang bertanya ke bank"), "{}", budi.page.text());

        app.bank.behave();
        app.advance(TimeDelta::seconds(25));
        budi.waits_for("Bayar dengan BCA Virtual Account").await;
        assert_eq!(app.bank.transactions().len(), 1, "{trouble:?}: one charge");
        budi.pays().await;
        budi.waits_for("Lunas. Terima kasih!").await;
        ani.reads("dari Budi").await;
        app.settles().await;
        assert_eq!(app.units(&link).await, (1, 0));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bank_that_keeps_one_waiting_is_waited_for_even_when_the_customer_leaves() {
    let app = TestApp::start().await;
    let (ani, mut budi, gone) = waits_for_the_bank(&app).await;
    // The customer closes the browser while the bank still thinks.
    gone.abort();
    budi.reloads().await;
    assert!(budi.page.text().contains("Sedang bertanya ke bank"), "{}", budi.page.text());

    app.bank.release_hangs();
    budi.waits_for("Bayar dengan BCA Virtual Account").await;
    assert_eq!(app.bank.transactions().len(), 1);
    budi.pays().await;
    ani.reads("dari Budi").await;
}

/// The bank takes the money while its answer to the charge is still on its way.
#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_comes_after_the_money_does_not_undo_it() {
    let app = TestApp::start().await;
    let (ani, budi, asking) = waits_for_the_bank(&app).await;
    budi.pays().await;
    ani.reads("dari Budi").await;
    app.bank.release_hangs();
    assert!(asking.await.expect("it ran").expect("an answer").status().is_redirection());
    let states: Vec<_> = app.attempts(&budi).await.iter().map(|attempt| attempt.state).collect();
    assert_eq!((app.order(&budi).await.order.state, states), (OrderState::Paid, vec![AttemptState::Settled]));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_account_that_does_not_answer_a_charge_is_in_trouble_at_once() {
    let app = TestApp::start().await;
    let link = app.ani().makes_a_link("kaos hitam 150rb").await;
    let in_trouble = || app.services().gateway_health().troubles().contains_key("sandbox");
    app.customer().orders(&link, "Budi", "BCA Virtual Account").await;
    assert!(!in_trouble());
    let away = Conduct::ServerError { status: 503 };
    app.bank.misbehave(Misbehaviour::once(Endpoint::AnyRequest, away).times(20));
    app.customer().orders(&link, "Cici", "BCA Virtual Account").await;
    assert!(in_trouble());
    app.bank.behave();
    app.settles().await;
    app.advance(TimeDelta::minutes(1));
    app.settles().await;
    assert!(!in_trouble());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_charge_whose_customer_has_waited_too_long_is_not_made_after_all() {
    let app = TestApp::start().await;
    let link = app.ani().makes_a_link("kaos hitam 150rb x1").await;
    let away = Conduct::ServerError { status: 503 };
    app.bank.misbehave(Misbehaviour::once(Endpoint::AnyRequest, away).times(u32::MAX));
    let mut budi = app.customer();
    budi.orders(&link, "Budi", "BCA Virtual Account").await;
    let asked = app.bank_was_asked("/charge");
    app.settles().await;
    app.advance(TimeDelta::minutes(6));
    app.settles().await;
    app.bank.behave();
    app.advance(TimeDelta::minutes(5));
    app.settles().await;
    assert_eq!((app.bank_was_asked("/charge"), app.bank.transactions().len()), (asked, 0));
    assert_eq!(app.units(&link).await, (0, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_charge_that_the_bank_never_heard_of_ends_and_frees_the_unit() {
    let app = TestApp::start().await;
    let link = app.ani().makes_a_link("kaos hitam 150rb x1").await;
    app.bank.misbehave(
        Misbehaviour::once(Endpoint::Charge, Conduct::ServerError { status: 503 }).times(u32::MAX),
    );
    let mut budi = app.customer();
    budi.orders(&link, "Budi", "BCA Virtual Account").await;
    assert!(budi.page.text().contains("Sedang bertanya ke bank"), "{}", budi.page.text());
    assert_eq!(app.units(&link).await, (0, 1));
    app.settles().await;
    app.advance(TimeDelta::minutes(11));
    budi.waits_for("Bank gagal menyiapkan percobaan terakhir.").await;
    assert_eq!(app.units(&link).await, (0, 0));
    app.bank.behave();
    budi.presses("BCA Virtual Account").await;
    assert!(budi.page.text().contains("Bayar dengan BCA Virtual Account"), "{}", budi.page.text());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_method_that_the_bank_refuses_leaves_the_others() {
    let app = TestApp::start().await;
    let link = app.ani().makes_a_link("kaos hitam 150rb x1").await;
    let refusal = serde_json::json!({ "status_code": "402", "status_message": "not active" });
    let conduct = Conduct::alter(refusal);
    app.bank.misbehave(Misbehaviour::once(Endpoint::Charge, conduct));
    let mut budi = app.customer();
    budi.orders(&link, "Budi", "BCA Virtual Account").await;
    assert_eq!(budi.page.status, 409);
    assert!(budi.page.text().contains("Bank sedang tidak bisa menerima cara ini."), "{}", budi.page.text());
    assert_eq!(app.units(&link).await, (0, 0));
    budi.presses("BNI Virtual Account").await;
    assert!(budi.page.text().contains("Bayar dengan BNI Virtual Account"), "{}", budi.page.text());
}

/// Banks refuse to call off what has been paid; some with another code than Midtrans writes down.
#[tokio::test(flavor = "multi_thread")]
async fn a_bank_that_calls_no_charge_off_is_asked_whether_it_was_paid() {
    let refusal = serde_json::json!({ "status_code": "410", "status_message": "not now" });
    for conduct in [Conduct::alter(refusal), Conduct::ServerError { status: 503 }] {
        let app = TestApp::start().await;
        let ani = app.ani();
        let link = ani.makes_a_link("kaos hitam 150rb x1").await;
        let mut budi = app.customer();
        budi.orders(&link, "Budi", "BCA Virtual Account").await;
        app.bank.misbehave(Misbehaviour::once(Endpoint::Notice, Conduct::Drop));
        app.bank.pay(&budi.gateway_order_id().await).await.unwrap();
        app.bank.misbehave(Misbehaviour::once(Endpoint::Cancel, conduct.clone()).times(u32::MAX));
        // A question that is on its way would be answered a day later.
        app.settles().await;
        // By the next look the time to pay and its grace are over for more than a day.
        app.advance(TimeDelta::hours(30));
        budi.waits_for("Lunas. Terima kasih!").await;
        ani.reads("dari Budi").await;
        app.settles().await;
        let alerts = app.services().alerts().await.unwrap();
        assert!(alerts.is_empty(), "{conduct:?}: {alerts:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_hour_without_the_bank_loses_no_payment() {
    let app = TestApp::start().await;
    let ani = app.ani();
    let link = ani.makes_a_link("kaos hitam 150rb").await;
    let mut customers = Vec::new();
    for name in ["Budi", "Citra", "Dewi"] {
        let mut customer = app.customer();
        customer.orders(&link, name, "BCA Virtual Account").await;
        customers.push(customer);
    }
    app.settles().await;
    app.bank.misbehave(
        Misbehaviour::once(Endpoint::AnyRequest, Conduct::ServerError { status: 503 }).times(u32::MAX),
    );
    app.bank.misbehave(Misbehaviour::once(Endpoint::Notice, Conduct::Drop).times(u32::MAX));
    for customer in &customers {
        customer.pays().await;
    }
    for _ in 0..6 {
        app.advance(TimeDelta::minutes(10));
        app.settles().await;
    }
    for customer in &customers {
        assert_eq!(app.order(customer).await.order.state, OrderState::Awaiting, "nothing is made up");
    }
    app.bank.behave();
    app.advance(TimeDelta::minutes(5));
    for customer in &customers {
        let notice = ani.reads(&app.order(customer).await.order.code.to_string()).await;
        assert!(!notice.text.contains("terlambat"), "paid in time: {}", notice.text);
    }
    assert_eq!(app.units(&link).await, (3, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_double_click_on_a_method_is_one_charge() {
    let app = TestApp::start().await;
    let link = app.ani().makes_a_link("kaos hitam 150rb x5").await;
    let mut budi = app.customer();
    budi.opens(&link).await;
    budi.fills_in("Budi", "0812-3456-7890", "budi@example.test").await;
    let (action, fields) = budi.page.button("BCA Virtual Account");
    let clicks = (0..6).map(|_| app.request("POST", action.path()).form(&fields).send());
    for answer in futures::future::join_all(clicks).await {
        assert_eq!(answer.unwrap().status(), 303);
    }
    budi.reloads().await;
    budi.waits_for("Bayar dengan BCA Virtual Account").await;
    assert_eq!(app.bank.transactions().len(), 1);
    assert_eq!(app.units(&link).await, (0, 1));
    assert_eq!(app.attempts(&budi).await.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_that_is_sent_twice_is_one_order() {
    let app = TestApp::start().await;
    let link = app.ani().makes_a_link("kaos hitam 150rb x5").await;
    let mut budi = app.customer();
    budi.opens(&link).await;
    let form = budi.page.form("form[action$='/orders']");
    let mut fields = form.hidden.clone();
    for (name, value) in [("name", "Budi"), ("phone", "081234567890"), ("email", "budi@example.test")] {
        fields.push((name.to_owned(), value.to_owned()));
    }
    let clicks = (0..6).map(|_| app.request("POST", form.action.path()).form(&fields).send());
    let mut places = Vec::new();
    for answer in futures::future::join_all(clicks).await {
        let answer = answer.unwrap();
        assert_eq!(answer.status(), 303);
        places.push(answer.headers()["location"].to_str().unwrap().to_owned());
    }
    places.dedup();
    assert_eq!(places.len(), 1, "all lead to the same order");
    assert_eq!(app.orders_made(&link).await, 1);
}

/// A customer whose charge the bank made without an answer yet; the request still waits for it.
async fn waits_for_the_bank(
    app: &TestApp,
) -> (Seller, Customer, JoinHandle<reqwest::Result<reqwest::Response>>) {
    let ani = app.ani();
    let link = ani.makes_a_link("kaos hitam 150rb x1").await;
    let mut budi = app.customer();
    budi.opens(&link).await;
    budi.fills_in("Budi", "0812-3456-7890", "budi@example.test").await;
    app.bank.misbehave(Misbehaviour::once(Endpoint::Charge, Conduct::HangAfterAcceptance));
    let (action, fields) = budi.page.button("BCA Virtual Account");
    let asking = tokio::spawn(app.request("POST", action.path()).form(&fields).send());
    app.bank.wait_until_hanging(1).await;
    (ani, budi, asking)
}
