//! T11: the gateway is away, or its notices never come: no payment is lost, and each is known soon.

use chrono::{DateTime, TimeDelta, Utc};
use futures::StreamExt;
use tautan::domain::order::OrderToken;
use tautan::domain::payment_method::PaymentMethod;
use tautan::simulator::midtrans::{Conduct, Endpoint, Misbehaviour};
use url::Url;

use super::buyers::{buy, count_paid, look, pay};
use super::{Promise, Size};
use crate::support::test_app::{Options, TestApp};

/// How far time moves between two looks.
const STEP: TimeDelta = TimeDelta::seconds(10);

/// What a gateway does that is away.
fn ways_to_be_away() -> [Conduct; 6] {
    [
        Conduct::ServerError { status: 503 },
        Conduct::TooManyRequests,
        Conduct::ServerError { status: 401 },
        Conduct::GarbageJson,
        Conduct::CutAfterAcceptance,
        Conduct::CutBeforeAcceptance,
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn t11_an_hour_without_the_gateway_loses_nothing() {
    let buyers = Size::of_run().pick(40, 200, 1_000);
    let mut promise = Promise::new(11, "gateway away 1 h: 0 lost, final <= 5 min after its return");
    let (app, link, tokens) = paid_unheard(buyers).await;
    for conduct in ways_to_be_away() {
        app.bank.behave();
        app.bank.misbehave(Misbehaviour::once(Endpoint::AnyRequest, conduct.clone()).times(u32::MAX));
        app.advance(TimeDelta::minutes(10));
        app.settles().await;
        assert_eq!(count_paid(&app, &tokens).await, 0, "{conduct:?}: nothing is made up");
    }
    app.bank.behave();
    let waited = until_paid(&app, &tokens, TimeDelta::minutes(10)).await;
    promise.measured(format!("{buyers} of {buyers} final {} s after the return", waited.num_seconds()));
    assert!(waited <= TimeDelta::minutes(5), "{waited}");
    assert_eq!(app.units(&link).await, (i64::try_from(buyers).unwrap(), 0));
}

/// A gateway that takes requests and lets them wait is worse than one that refuses them: each worker
/// that asks it is one less for the others.
#[tokio::test(flavor = "multi_thread")]
async fn t11_a_gateway_that_lets_everybody_wait_is_asked_by_one_at_a_time() {
    let buyers = Size::of_run().pick(20, 100, 500);
    let mut promise = Promise::new(11, "gateway hangs: one waits for it; final <= 5 min after its return");
    let (app, _link, tokens) = paid_unheard(buyers).await;
    let unwell = Conduct::ServerError { status: 503 };
    app.bank.misbehave(Misbehaviour::once(Endpoint::Status, unwell).times(u32::MAX));
    app.advance(TimeDelta::minutes(10));
    app.settles().await;
    app.bank.behave();
    app.bank.misbehave(Misbehaviour::once(Endpoint::Notice, Conduct::Drop).times(u32::MAX));
    app.bank.misbehave(Misbehaviour::once(Endpoint::Status, Conduct::Hang).times(u32::MAX));
    let asked = app.bank_was_asked("/status");
    app.advance(TimeDelta::minutes(5));
    app.bank.wait_until_hanging(1).await;
    // Another worker finds nothing to do, though the others are due.
    assert!(!app.services().pull_once("another").await.expect("the database answers"));
    assert_eq!(due_now(&app).await, i64::try_from(buyers).unwrap());
    let held = app.bank_was_asked("/status") - asked;
    app.bank.behave();
    app.bank.release_hangs();
    let waited = until_paid(&app, &tokens, TimeDelta::minutes(10)).await;
    promise.measured(format!("{held} waited; {buyers} final {} s after the return", waited.num_seconds()));
    assert_eq!(held, 1);
    assert!(waited <= TimeDelta::minutes(5), "{waited}");
}

#[tokio::test(flavor = "multi_thread")]
async fn t11_payments_are_found_without_notices() {
    let buyers = Size::of_run().pick(40, 200, 1_000);
    let mut promise = Promise::new(11, "notices suppressed: 0 lost, found <= 10 min");
    let app = unhurried().await;
    let link = app.ani().makes_a_link("kaos hitam 150rb").await;
    app.bank.misbehave(Misbehaviour::once(Endpoint::Notice, Conduct::Drop).times(u32::MAX));
    let tokens = buy(&app, &link, buyers, PaymentMethod::BcaVa).await;
    app.settles().await;
    pay(&app, &tokens).await;
    let waited = until_paid(&app, &tokens, TimeDelta::minutes(20)).await;
    promise.measured(format!("{buyers} of {buyers} found after {} s", waited.num_seconds()));
    assert!(waited <= TimeDelta::minutes(10), "{waited}");
}

#[tokio::test(flavor = "multi_thread")]
async fn t11_an_open_page_hears_of_its_payment_within_two_minutes() {
    let buyers = Size::of_run().pick(20, 60, 200);
    let mut promise = Promise::new(11, "notices suppressed, page open: found <= 2 min, asked <= 1 in 75 s");
    let app = TestApp::start().await;
    let link = app.ani().makes_a_link("kaos hitam 150rb").await;
    app.bank.misbehave(Misbehaviour::once(Endpoint::Notice, Conduct::Drop).times(u32::MAX));
    let tokens = buy(&app, &link, buyers, PaymentMethod::BcaVa).await;
    app.settles().await;

    // Pages without script come again every 20 seconds; these do twice as often.
    let begun = now(&app).await;
    for _ in 0..60 {
        reload(&app, &tokens).await;
        app.advance(STEP);
        app.settles().await;
    }
    // What the pages themselves took is time as well.
    let seconds = usize::try_from((now(&app).await - begun).num_seconds()).unwrap();
    let asked = app.bank_was_asked("/status");
    let asked_each = asked / buyers;
    let (fewest, most) = (seconds / 120, seconds / 75 + 1);
    pay(&app, &tokens).await;
    let mut waited = TimeDelta::zero();
    while count_paid(&app, &tokens).await < buyers && waited < TimeDelta::minutes(10) {
        reload(&app, &tokens).await;
        app.advance(STEP);
        app.settles().await;
        waited += STEP;
    }
    let found = waited.num_seconds();
    promise.measured(format!("found after {found} s; each asked about {asked_each} times in {seconds} s"));
    assert!(waited <= TimeDelta::minutes(2), "{waited}");
    assert!((fewest..=most).contains(&asked_each), "{asked} questions about {buyers} charges in {seconds} s");
}

/// The page with script holds a stream and asks for nothing itself.
#[tokio::test(flavor = "multi_thread")]
async fn t11_an_open_stream_is_an_open_page() {
    let mut promise = Promise::new(11, "notices suppressed, stream open: told <= 2 min");
    let app = TestApp::start().await;
    let link = app.ani().makes_a_link("kaos hitam 150rb").await;
    app.bank.misbehave(Misbehaviour::once(Endpoint::Notice, Conduct::Drop).times(u32::MAX));
    let tokens = buy(&app, &link, 1, PaymentMethod::BcaVa).await;
    app.settles().await;
    let path = format!("/orders/{}/events", tokens[0].reveal());
    let stream = app.request("GET", &path).send().await.expect("the stream opens");
    let mut events = stream.bytes_stream();
    pay(&app, &tokens).await;
    app.advance(TimeDelta::seconds(100));
    let told = async {
        while let Some(piece) = events.next().await {
            if String::from_utf8_lossy(&piece.expect("the stream holds")).contains("event: changed")
                && look(&app, &tokens[0]).await.0.state.has_seen_money()
            {
                return;
            }
        }
        panic!("the stream ended");
    };
    tokio::time::timeout(std::time::Duration::from_secs(20), told).await.expect("the page is told");
    promise.measured("told within 100 s and a look");
}

/// An app whose messages nobody waits for: Telegram takes a thousand of them for one chat at its own pace.
async fn unhurried() -> TestApp {
    TestApp::start_with(Options { leaves_undelivered: true, ..Options::default() }).await
}

/// Orders that are paid, and notices that never come.
async fn paid_unheard(buyers: usize) -> (TestApp, Url, Vec<OrderToken>) {
    let app = unhurried().await;
    let link = app.ani().makes_a_link("kaos hitam 150rb").await;
    let tokens = buy(&app, &link, buyers, PaymentMethod::BcaVa).await;
    app.settles().await;
    app.bank.misbehave(Misbehaviour::once(Endpoint::Notice, Conduct::Drop).times(u32::MAX));
    pay(&app, &tokens).await;
    (app, link, tokens)
}

async fn now(app: &TestApp) -> DateTime<Utc> {
    app.services().storage().now().await.expect("the database answers")
}

async fn due_now(app: &TestApp) -> i64 {
    let now = now(app).await;
    let mut reader = app.services().storage().read().await.expect("the database answers");
    reader.count_due_pulls(now).await.expect("the database answers")
}

async fn reload(app: &TestApp, tokens: &[OrderToken]) {
    for token in tokens {
        let page = app.request("GET", &format!("/orders/{}", token.reveal())).send().await;
        assert!(page.expect("the page comes").status().is_success());
    }
}

/// Lets time pass until all are paid, `longest` at most; gives how long that took.
async fn until_paid(app: &TestApp, tokens: &[OrderToken], longest: TimeDelta) -> TimeDelta {
    let mut waited = TimeDelta::zero();
    loop {
        app.settles().await;
        if count_paid(app, tokens).await == tokens.len() || waited >= longest {
            return waited;
        }
        app.advance(STEP);
        waited += STEP;
    }
}
