//! T5: whoever chooses a method and leaves gives the place back, whatever happens to the process.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use tautan::app::lifecycle::Running;
use tautan::domain::clock::ShiftedClock;
use tautan::simulator::midtrans::{Conduct, Endpoint, MidtransSettings, MidtransSimulator, Misbehaviour};

use super::chaos::carry_on;
use super::chaos::load::Load;
use super::{Promise, Size, chaos};
use crate::support::database::TestDatabase;
use crate::support::process::Site;
use crate::support::test_app::is_settled;

/// Customers beside each other.
const CUSTOMERS: usize = 24;

/// Minutes that pass between two looks: past the deadlines of QRIS codes and of numbers, and past the
/// ends of their holds by two minutes.
const MINUTES: [i64; 4] = [18, 15, 31, 13];

/// How long a hold may outlive its end.
const PATIENCE: TimeDelta = TimeDelta::minutes(2);

#[tokio::test(flavor = "multi_thread")]
async fn t05_abandoned_holds_come_back() {
    let (limit, kills) = (Size::of_run().pick(150, 1_000, 10_000), Size::of_run().pick(4, 10, 50));
    let mut promise =
        Promise::new(5, "abandoned + kills: 0 held 2 min after their end; used + held <= limit");
    let database = TestDatabase::create().await;
    let site = Site::open(&database.url(), &[]).await;
    let address = site.address().await;
    let mut process = site.start(address).await;
    watch_limit(&database).await;
    let link = site.seller(700_001, "Ani").makes_a_link(&format!("kaos hitam 150rb x{limit}")).await;
    site.bank.misbehave(Misbehaviour::once(Endpoint::Notice, Conduct::Drop).times(u32::MAX));

    let load = Load::start(CUSTOMERS, &[link], &a_bank_without_charges(), chaos::seed());
    for kill in 1..=kills {
        until_held(&database, limit * kill / kills).await;
        process.kill();
        process = site.start(address).await;
    }
    until_held(&database, limit).await;
    drop(load.ends().await);
    process.kill();

    let time = ShiftedClock::default();
    let mut overdue = Vec::new();
    for minutes in MINUTES {
        let house = carry_on(&site, address, &time).await;
        time.advance(TimeDelta::minutes(minutes));
        site.bank.advance(Duration::from_secs(60 * minutes.unsigned_abs()));
        settles(&house, &site).await;
        let now = house.services.storage().now().await.expect("the database answers");
        overdue.extend(hold_ends(&database).await.into_iter().filter(|end| *end + PATIENCE <= now));
        house.stop().await;
    }
    let (held, breaches) = (count_held(&database).await, count_breaches(&database).await);
    let charges = site.bank.transactions().len();
    promise.measured(format!(
        "{charges} abandoned, {kills} kills, {held} held, {} overdue, {breaches} over the limit",
        overdue.len()
    ));
    assert_eq!((held, overdue.len(), breaches), (0, 0, 0));
    // Of some places the bank never heard: their process was killed before it could ask.
    assert!(charges + kills * CUSTOMERS >= limit, "{charges}");
    let house = carry_on(&site, address, &time).await;
    let report = tautan::services::audit::audit(house.services.storage()).await.expect("an audit");
    assert!(report.is_sound(), "{report}");
    house.stop().await;
    the_watch_is_awake(&database).await;
}

/// From now on the database notes every change that puts more on a link than its limit.
async fn watch_limit(database: &TestDatabase) {
    let too_many = "new.usage_limit is not null and new.used + new.held > new.usage_limit";
    let note = "insert into limit_breaches (told) values ('too many');";
    let trigger = "create trigger watch_limit after update on payment_links";
    let statements = if database.is_postgres() {
        vec![
            format!(
                "create function note_breach() returns trigger language plpgsql as
                 $$ begin {note} return new; end $$"
            ),
            format!("{trigger} for each row when ({too_many}) execute function note_breach()"),
        ]
    } else {
        vec![format!("{trigger} when {too_many} begin {note} end")]
    };
    database.execute("create table limit_breaches (told text not null)").await.expect("a table");
    for statement in statements {
        database.execute(&statement).await.expect("a watch");
    }
}

/// Shows that a breach would have been noted.
async fn the_watch_is_awake(database: &TestDatabase) {
    database.execute("update payment_links set held = usage_limit + 1").await.expect("a breach");
    assert_ne!(count_breaches(database).await, 0, "the watch saw nothing");
}

/// Nobody pays: the payer of the load looks at a bank of its own.
fn a_bank_without_charges() -> MidtransSimulator {
    MidtransSimulator::new(MidtransSettings {
        server_key: "nobody's".to_owned(),
        merchant_id: "nobody".to_owned(),
        notify_url: None,
        public_url: None,
    })
}

async fn until_held(database: &TestDatabase, count: usize) {
    let reached = async {
        while count_held(database).await < count {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(600), reached).await.expect("places are taken");
}

async fn count_held(database: &TestDatabase) -> usize {
    let held = database.texts("select cast(coalesce(sum(held), 0) as text) from payment_links").await;
    held.expect("the database answers")[0].parse().expect("a number")
}

async fn count_breaches(database: &TestDatabase) -> usize {
    database.texts("select told from limit_breaches").await.expect("the database answers").len()
}

/// When the holds end that still stand.
async fn hold_ends(database: &TestDatabase) -> Vec<DateTime<Utc>> {
    let ends = database.texts("select cast(hold_until as text) from orders where unit = 'held'").await;
    let parse = |end: &String| {
        let format = "%Y-%m-%d %H:%M:%S%.f%#z";
        let parsed = DateTime::parse_from_rfc3339(end).or_else(|_| DateTime::parse_from_str(end, format));
        parsed.unwrap_or_else(|error| panic!("{end}: {error}")).to_utc()
    };
    ends.expect("the database answers").iter().map(parse).collect()
}

async fn settles(house: &Running, site: &Site) {
    let settled = async {
        while !is_settled(&house.services, &site.telegram, false).await {
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(600), settled).await.expect("everything settles");
}
