//! What becomes of a charge whose answer was lost: never a second one, never a number that nobody has.

#![expect(clippy::unwrap_used, reason = "a story that cannot go on fails")]

use chrono::TimeDelta;
use tautan::domain::attempt::AttemptState;
use tautan::domain::payment_method::PaymentMethod;
use tautan::domain::report::ReportedStatus;
use tautan::services::payments::Choice;

use crate::support::scripted_gateway::ChargeConduct::{self, Lost, Made, Waits};
use crate::support::scripted_gateway::{Mood, number};
use crate::support::test_shop::TestShop;

/// A customer chooses while the bank does this, one charge after another. Gives what came of it, where
/// the charge stands, whether there is a number, and how often the bank was asked to charge.
async fn chooses(script: &[ChargeConduct], mood: Mood) -> (Choice, AttemptState, bool, usize) {
    let shop = TestShop::open().await;
    let token = shop.orders(&shop.link(Some(1)).await).await;
    shop.bank.will(script.iter().cloned());
    shop.bank.is(mood);
    let choice = shop.services.choose_method(&token, PaymentMethod::BcaVa).await.unwrap();
    let attempt = shop.look(&token).await.attempt;
    (choice, attempt.state, attempt.instructions.is_some(), shop.bank.charges_asked())
}

#[tokio::test]
async fn what_was_made_is_found_and_only_what_was_not_is_asked_for_again() {
    let pending = || Made(ReportedStatus::Pending, Some(number()));
    let numberless = || Made(ReportedStatus::Pending, None);
    for (script, expected) in [
        (vec![], (Choice::Charged, AttemptState::Pending, true, 1)),
        (vec![pending()], (Choice::Charged, AttemptState::Pending, true, 1)),
        (vec![numberless()], (Choice::Charged, AttemptState::Pending, true, 2)),
        (vec![numberless(), numberless()], (Choice::Checking, AttemptState::Pending, false, 2)),
        (vec![Lost], (Choice::Charged, AttemptState::Pending, true, 2)),
        (vec![Lost, Lost], (Choice::Checking, AttemptState::Unknown, false, 2)),
        (
            vec![Made(ReportedStatus::Settlement, Some(number()))],
            (Choice::AlreadyPaid, AttemptState::Settled, false, 1),
        ),
        (
            vec![Made(ReportedStatus::Deny, Some(number()))],
            (Choice::MethodRefused, AttemptState::Denied, false, 1),
        ),
    ] {
        assert_eq!(chooses(&script, Mood::Open).await, expected, "{script:?}");
    }
}

#[tokio::test]
async fn a_bank_that_answers_nothing_is_asked_to_charge_once() {
    assert_eq!(chooses(&[Lost], Mood::Mute).await, (Choice::Checking, AttemptState::Unknown, false, 1));
}

#[tokio::test]
async fn a_charge_that_nobody_answered_is_asked_about_in_twenty_seconds() {
    let shop = TestShop::open().await;
    let token = shop.orders(&shop.link(None).await).await;
    shop.bank.will([Lost, Lost]);
    assert_eq!(shop.services.choose_method(&token, PaymentMethod::BcaVa).await.unwrap(), Choice::Checking);
    assert!(!shop.asks_about_one().await);
    shop.clock.advance(TimeDelta::seconds(20));
    assert!(shop.asks_about_one().await);
    assert_eq!(shop.look(&token).await.attempt.state, AttemptState::Pending, "it was asked for again");
}

#[tokio::test]
async fn a_charge_that_is_being_made_is_asked_about_only_when_whoever_makes_it_is_late() {
    let shop = TestShop::open().await;
    let token = shop.orders(&shop.link(None).await).await;
    shop.bank.will([Waits]);
    let (services, by) = (shop.services.clone(), token.clone());
    let choosing =
        tokio::spawn(async move { services.choose_method(&by, PaymentMethod::BcaVa).await.unwrap() });
    shop.bank.asked.notified().await;
    assert!(!shop.asks_about_one().await);
    shop.clock.advance(TimeDelta::seconds(45));
    assert!(shop.asks_about_one().await);
    shop.bank.go_on.notify_one();
    assert_eq!(choosing.await.unwrap(), Choice::Charged);
}

#[tokio::test]
async fn an_account_is_in_trouble_while_it_does_not_answer_and_a_refusal_is_an_answer() {
    let shop = TestShop::open().await;
    let purchase = shop.buys(&shop.link(None).await).await;
    let in_trouble = || shop.services.gateway_health().troubles().contains_key("sandbox");
    for (mood, trouble) in
        [(Mood::Mute, true), (Mood::Refusing, false), (Mood::Mute, true), (Mood::Open, false)]
    {
        shop.bank.is(mood);
        // What it did not answer is asked again in a few seconds.
        shop.clock.advance(TimeDelta::minutes(4));
        shop.asks(&purchase).await;
        assert_eq!(in_trouble(), trouble, "{mood:?}");
    }
}

#[tokio::test]
async fn a_silent_bank_is_asked_after_five_seconds_and_ever_more_rarely_up_to_four_minutes() {
    let shop = TestShop::open().await;
    let purchase = shop.buys(&shop.link(None).await).await;
    shop.bank.is(Mood::Mute);
    shop.asks(&purchase).await;
    for wait in [5, 10, 20, 40, 80, 160, 240, 240].map(TimeDelta::seconds) {
        shop.clock.advance(wait / 2);
        assert!(!shop.asks_about_one().await, "{wait}");
        shop.clock.advance(wait / 2);
        assert!(shop.asks_about_one().await, "{wait}");
    }
}
