//! T12: the gateway takes a charge and its answer is lost: there is one charge, and it is found.

use std::collections::BTreeSet;

use chrono::TimeDelta;
use tautan::domain::attempt::AttemptState;
use tautan::domain::order::OrderToken;
use tautan::domain::payment_method::{PaymentInstructions, PaymentMethod};
use tautan::simulator::midtrans::{Conduct, Endpoint, Misbehaviour};

use super::buyers::{buy, count_paid, look, pay};
use super::{Promise, Size};
use crate::support::test_app::TestApp;

/// How each lot of customers is answered.
const LOTS: [(PaymentMethod, Endpoint); 6] = [
    // The bank repeats a number when it is asked.
    (PaymentMethod::BcaVa, Endpoint::Charge),
    // It repeats no QRIS code: the charge is asked for again, by the same id.
    (PaymentMethod::Qris, Endpoint::Charge),
    // Not even a question is answered.
    (PaymentMethod::BniVa, Endpoint::AnyRequest),
    // It repeats a counter's code, but not the way into a wallet's app.
    (PaymentMethod::Indomaret, Endpoint::Charge),
    (PaymentMethod::Gopay, Endpoint::Charge),
    // It knows no charge yet, and each new page closes the one before.
    (PaymentMethod::Card, Endpoint::Snap),
];

#[tokio::test(flavor = "multi_thread")]
async fn t12_a_lost_answer_makes_no_second_charge() {
    let lost: usize = Size::of_run().pick(30, 300, 1_000);
    let mut promise =
        Promise::new(12, "1,000 answers cut after acceptance: one charge per attempt, all found");
    let mut app = TestApp::start().await;
    let link = app.ani().makes_a_link("kaos hitam 150rb").await;
    let mut tokens = Vec::new();
    for (method, endpoint) in LOTS {
        app.bank.misbehave(Misbehaviour::once(endpoint, Conduct::CutAfterAcceptance).times(u32::MAX));
        tokens.extend(buy(&app, &link, lost.div_ceil(LOTS.len()), method).await);
        app.settles().await;
        app.advance(TimeDelta::seconds(25));
        app.settles().await;
        // What was being found out is found out by the next process.
        if method == PaymentMethod::Qris {
            app.restart().await;
        }
        app.bank.behave();
    }
    app.advance(TimeDelta::minutes(1));
    app.settles().await;
    let (charges, doubled, unknown) = compare(&app, &tokens).await;
    pay(&app, &tokens).await;
    app.settles().await;
    let paid = count_paid(&app, &tokens).await;
    promise.measured(format!(
        "{} answers cut, {charges} charges, {doubled} doubled, {unknown} not found, {paid} paid",
        tokens.len()
    ));
    assert_eq!((charges, doubled, unknown, paid), (tokens.len(), 0, 0, tokens.len()));
}

/// How many charges the bank made, how many of them for an attempt that has one already, and how many
/// attempts do not know theirs.
async fn compare(app: &TestApp, tokens: &[OrderToken]) -> (usize, usize, usize) {
    let made: Vec<String> =
        app.bank.transactions().into_iter().map(|transaction| transaction.order_id).collect();
    let distinct: BTreeSet<&String> = made.iter().collect();
    let (mut unknown, mut pages) = (0, 0);
    for token in tokens {
        let (order, attempt) = look(app, token).await;
        let is_made = match &attempt.instructions {
            None => false,
            Some(PaymentInstructions::Redirect { url }) => {
                pages += 1;
                reqwest::get(url).await.expect("the bank answers").status() == 200
            }
            Some(_) => distinct.contains(&attempt.gateway_order_id.to_string()),
        };
        unknown += usize::from(!is_made || attempt.state != AttemptState::Pending);
        let attempts = app.services().storage().read().await.expect("the database answers");
        let attempts = { attempts }.attempts(order.id).await.expect("the database answers").len();
        assert_eq!(attempts, 1, "nobody was charged anew");
    }
    (made.len() + pages, made.len() - distinct.len(), unknown)
}
