use chrono::TimeDelta;
use uuid::Uuid;

use super::*;
use crate::domain::attempt::{AccountCode, GatewayOrderId};
use crate::domain::id::{AttemptId, MerchantId, OrderId};
use crate::domain::merchant::Mode;
use crate::domain::money::{Currency, Money};
use crate::domain::payment_method::PaymentMethod;

use ReportedStatus::{
    Authorize, Cancel, Capture, Deny, Expire, Failure, NotFound, Pending, Settlement, Unrecognised,
};

fn page() -> PaymentInstructions {
    PaymentInstructions::Redirect { url: "https://gateway.example.test/pay/t0ken".to_owned() }
}

fn attempt(state: AttemptState, instructions: Option<PaymentInstructions>) -> PaymentAttempt {
    let created_at = DateTime::UNIX_EPOCH;
    PaymentAttempt {
        id: AttemptId(Uuid::nil()),
        order_id: OrderId(Uuid::nil()),
        merchant_id: MerchantId(Uuid::nil()),
        account: AccountCode("live".to_owned()),
        mode: Mode::Live,
        gateway_order_id: GatewayOrderId::from_text("INV-7"),
        transaction_id: None,
        method: PaymentMethod::Card,
        state,
        amount: Money::new(150_000, Currency::IDR),
        instructions,
        pay_by: created_at + TimeDelta::minutes(15),
        returned_minor: 0,
        restoring_since: None,
        created_at,
        version: 1,
    }
}

fn report(status: ReportedStatus) -> PaymentReport {
    PaymentReport {
        gateway_order_id: GatewayOrderId::from_text("INV-7"),
        transaction_id: Some("first-try".to_owned()),
        status,
        charged: None,
        received: None,
        merchant_matches: true,
        settled_at: None,
        returned_minor: None,
        refunds: Vec::new(),
        instructions: None,
    }
}

/// What each word becomes: while the page lives, when its time is over, and once it is closed.
fn read(state: AttemptState, told: ReportedStatus) -> [ReportedStatus; 3] {
    let attempt = attempt(state, Some(page()));
    let over = attempt.pay_by + AFTER_DEADLINE;
    let at = |closed, now| read_from_page(&attempt, report(told), closed, now).status;
    assert_eq!(at(true, over), at(false, over), "what is over is over, closed or not");
    [at(false, over - TimeDelta::milliseconds(1)), at(false, over), at(true, DateTime::UNIX_EPOCH)]
}

#[test]
fn neither_silence_nor_the_end_of_a_try_ends_a_page_that_lives() {
    assert_eq!(read(AttemptState::Pending, NotFound), [Pending, Expire, Cancel]);
    for state in [AttemptState::Pending, AttemptState::Authorized, AttemptState::Challenge] {
        assert_eq!(read(state, Deny), [Pending, Deny, Cancel], "{state:?}");
        assert_eq!(read(state, Failure), [Pending, Failure, Cancel], "{state:?}");
        assert_eq!(read(state, Cancel), [Pending, Cancel, Cancel], "{state:?}");
        assert_eq!(read(state, Expire), [Pending, Expire, Expire], "{state:?}");
        for told in [Pending, Authorize, Capture, Settlement, Unrecognised] {
            assert_eq!(read(state, told), [told; 3], "{state:?} {told:?}");
        }
    }
}

#[test]
fn what_is_decided_is_taken_as_told() {
    for state in [AttemptState::Settled, AttemptState::Captured, AttemptState::Expired] {
        for told in [NotFound, Deny, Failure, Cancel, Expire] {
            assert_eq!(read(state, told), [told; 3], "{state:?} {told:?}");
        }
    }
    // What was reserved was made: a gateway that does not know it is another matter.
    assert_eq!(read(AttemptState::Challenge, NotFound), [NotFound; 3]);
}

#[test]
fn only_money_binds_a_transaction() {
    let mut attempt = attempt(AttemptState::Pending, Some(page()));
    for (told, binds) in
        [(Pending, false), (Deny, false), (Expire, false), (Capture, true), (Settlement, true)]
    {
        let read = read_from_page(&attempt, report(told), false, DateTime::UNIX_EPOCH);
        assert_eq!(read.transaction_id.is_some(), binds, "{told:?}");
    }
    // What paid may be taken back, which must not look like a stranger's.
    (attempt.state, attempt.transaction_id) = (AttemptState::Settled, Some("first-try".to_owned()));
    assert_eq!(read_from_page(&attempt, report(Deny), false, DateTime::UNIX_EPOCH), report(Deny));
}

#[test]
fn a_charge_without_a_page_is_taken_as_told() {
    let number = PaymentInstructions::VirtualAccount { number: "8810".to_owned() };
    for instructions in [None, Some(number)] {
        let attempt = attempt(AttemptState::Pending, instructions);
        for told in [NotFound, Deny, Failure, Pending] {
            for closed in [false, true] {
                let read = read_from_page(&attempt, report(told), closed, DateTime::UNIX_EPOCH);
                assert_eq!(read, report(told), "{told:?} {closed}");
            }
        }
    }
}
