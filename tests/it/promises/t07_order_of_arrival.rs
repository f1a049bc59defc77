//! T7: in whatever order reports arrive, and however often, the standing is what the specification says.

use chrono::TimeDelta;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use tautan::domain::attempt::AttemptState;
use tautan::domain::order::OrderState;
use tautan::domain::report::ReportedStatus as Status;
use tautan::simulator::midtrans::{Conduct, Direction, Endpoint, Misbehaviour};

use self::house::HouseWorld;
use self::model::{Model, Word};
use super::{Promise, Size};
use crate::support::test_app::TestApp;
use crate::support::test_shop::TestShop;

mod house;
mod model;
mod tries;

const PRICE: i64 = 150_000;
const PAY_BY: i64 = 3_600;

/// What happens to a charge, in the order in which it happens.
const LIVES: [&[Status]; 6] = [
    &[Status::Pending, Status::Settlement, Status::PartialRefund, Status::Refund, Status::Chargeback],
    &[Status::Pending, Status::Authorize, Status::Capture, Status::Settlement, Status::Deny],
    &[Status::Pending, Status::Authorize, Status::Capture, Status::Cancel, Status::Settlement],
    &[Status::Pending, Status::Expire, Status::Settlement, Status::Deny, Status::Settlement],
    &[Status::NotFound, Status::Pending, Status::Failure, Status::Settlement, Status::PartialChargeback],
    &[Status::Pending, Status::Cancel, Status::Unrecognised, Status::Capture, Status::Refund],
];

/// One event: which charge, what is said, seconds since the event before, and units that are free from now on.
type Event = (usize, Word, i64, Option<i64>);

#[test]
fn t07_every_permutation_of_a_life_stands_as_the_model_says() {
    let mut promise = Promise::new(7, "all permutations of a life = model of the specification");
    let starts =
        [AttemptState::Creating, AttemptState::Pending, AttemptState::Challenge, AttemptState::Cancelled];
    let mut tried = 0;
    for life in LIVES {
        for order in permutations(life.len()) {
            for start in starts {
                for free in [0, 1] {
                    let events: Vec<Event> =
                        order.iter().map(|index| (0, word(life[*index], Some(60)), 70, None)).collect();
                    compare([start, AttemptState::Cancelled], free, &events).unwrap();
                    tried += 1;
                }
            }
        }
    }
    promise.measured(format!("{tried} permutations with their starts, 0 differ"));
}

#[test]
fn t07_random_sequences_stand_as_the_model_says() {
    let mut promise = Promise::new(7, "100,000 random sequences = model of the specification");
    let cases = Size::of_run().pick(2_000, 20_000, 100_000);
    let mut runner = TestRunner::new(Config { cases, failure_persistence: None, ..Config::default() });
    let starts = (any_state(), any_state());
    let events = prop::collection::vec(any_event(), 1..14);
    let outcome = runner.run(&(starts, 0_i64..3, events), |((one, other), free, events)| {
        compare([one, other], free, &events).map_err(TestCaseError::fail)
    });
    promise.measured(format!("{cases} sequences over two charges of one order"));
    outcome.unwrap();
}

/// Through the services and the database: the bank says it, we ask, and it is booked.
#[tokio::test(flavor = "multi_thread")]
async fn t07_every_permutation_is_booked_as_the_model_says() {
    let mut promise = Promise::new(7, "permutations through the database = model");
    let count = Size::of_run().pick(12, 120, 120);
    let shop = TestShop::open().await;
    let link = shop.link(None).await;
    let mut booked = 0;
    for life in &LIVES[..2] {
        for order in permutations(life.len()).into_iter().step_by(120 / count) {
            let mut purchase = shop.buys_by_form(&link, &format!("buyer {booked}")).await;
            let mut model = Model::new([AttemptState::Pending, AttemptState::Cancelled], 1, PRICE, PAY_BY);
            for (step, index) in order.iter().enumerate() {
                purchase = shop.bank_says(&purchase, life[*index]).await;
                model.hear(0, word(life[*index], None), i64::try_from(step).unwrap());
            }
            let stands = (purchase.attempt.state, purchase.order.state, purchase.order.unit);
            assert_eq!(stands, (model.charges[0].state, model.order, model.unit), "{life:?} as {order:?}");
            assert_eq!(purchase.attempt.returned_minor, model.charges[0].returned, "{life:?} as {order:?}");
            booked += 1;
        }
    }
    let report = tautan::services::audit::audit(shop.services.storage()).await.unwrap();
    promise.measured(format!("{booked} lives booked, {} faults in the books", report.faults.len()));
    assert!(report.is_sound(), "{report}");
}

/// Over HTTP: the truth is one, and its notices arrive in every order.
#[tokio::test(flavor = "multi_thread")]
async fn t07_notices_in_any_order_end_in_the_same_truth() {
    let mut promise = Promise::new(7, "notices in every order: one truth, one message of each kind");
    let app = TestApp::start().await;
    let ani = app.ani();
    let link = ani.makes_a_link("kaos hitam 150rb").await;
    for (number, order) in permutations(3).into_iter().enumerate() {
        let mut customer = app.customer();
        app.bank.misbehave(Misbehaviour::once(Endpoint::Notice, Conduct::Drop).times(3));
        let before = dropped(&app).len();
        customer.orders(&link, &format!("Pembeli {number}"), "Permata Virtual Account").await;
        let id = customer.gateway_order_id().await;
        customer.pays().await;
        app.bank.reverse(&id).await.unwrap();
        let notices = dropped(&app).split_off(before);
        assert_eq!(notices.len(), 3, "pending, settlement and deny");
        for index in order {
            let request = app.request("POST", "webhooks/midtrans/sandbox");
            let request = request.header("content-type", "application/json").body(notices[index].clone());
            assert_eq!(request.send().await.unwrap().status(), 200);
            app.advance(TimeDelta::seconds(11));
            app.settles().await;
        }
        // The bank says "deny" whenever it is asked; nobody ever saw the settlement.
        let order = app.order(&customer).await.order;
        assert_eq!(order.state, OrderState::Open);
        app.bank.behave();
    }
    promise.measured("6 orders of arrival: 6 × the same standing");
    assert_eq!(ani.count("dari Pembeli"), 0, "{}", ani.phone.transcript());
    assert_eq!(app.units(&link).await, (0, 0));
}

/// Lets the house and the model hear the same, and compares them after every word.
fn compare(states: [AttemptState; 2], free: i64, events: &[Event]) -> Result<(), String> {
    let mut model = Model::new(states, free, PRICE, PAY_BY);
    let mut house = HouseWorld::new(&model, PRICE, PAY_BY);
    let mut now = 0;
    for (index, (which, word, seconds, free)) in events.iter().enumerate() {
        now += seconds;
        if let Some(free) = free {
            model.free = *free;
            house.set_free(*free);
        }
        model.hear(*which, *word, now);
        let seen = house.hear(*which, *word, now);
        if *seen != model {
            return Err(format!("after event {index} of {events:#?}\nhouse: {seen:#?}\nmodel: {model:#?}"));
        }
        if model.sum() < 0 || model.charges.iter().any(|charge| charge.balance < 0) {
            return Err(format!("more went back than came: {model:#?}"));
        }
    }
    Ok(())
}

fn word(status: Status, settled_at: Option<i64>) -> Word {
    let returned = (status == Status::PartialRefund && settled_at.is_some()).then_some(50_000);
    Word { status, is_ours: true, received: PRICE, returned, settled_at }
}

fn any_state() -> impl Strategy<Value = AttemptState> {
    use AttemptState::{
        Authorized, Cancelled, Challenge, Creating, Denied, Expired, Failed, Pending, Unknown,
    };
    let states = [Creating, Unknown, Pending, Challenge, Authorized, Denied, Cancelled, Expired, Failed];
    prop::sample::select(states.to_vec())
}

fn any_event() -> impl Strategy<Value = Event> {
    let received = prop_oneof![6 => Just(PRICE), 1 => 1..PRICE, 1 => PRICE + 1..2 * PRICE];
    let returned = prop_oneof![1 => Just(None), 2 => (0..2 * PRICE).prop_map(Some)];
    let settled_at = prop_oneof![1 => Just(None), 2 => (0..2 * PAY_BY).prop_map(Some)];
    let word = (prop::sample::select(Status::ALL.to_vec()), received, returned, settled_at, 0..20);
    let word = word.prop_map(|(status, received, returned, settled_at, chance)| Word {
        status,
        is_ours: chance > 0,
        received,
        returned,
        settled_at,
    });
    let free = prop_oneof![4 => Just(None), 1 => (0_i64..3).prop_map(Some)];
    (0_usize..2, word, prop_oneof![Just(59_i64), Just(60), 0_i64..700], free)
}

fn permutations(length: usize) -> Vec<Vec<usize>> {
    if length == 0 {
        return vec![Vec::new()];
    }
    let mut all = Vec::new();
    for shorter in permutations(length - 1) {
        for place in 0..length {
            let mut longer = shorter.clone();
            longer.insert(place, length - 1);
            all.push(longer);
        }
    }
    all
}

fn dropped(app: &TestApp) -> Vec<String> {
    let journal = app.bank.journal();
    let dropped = journal.iter().filter(|entry| entry.direction == Direction::Dropped);
    dropped.map(|entry| entry.body.clone()).collect()
}
