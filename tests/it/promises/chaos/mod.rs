//! The chaos runner: the real program under load, killed at random moments and started again; in the
//! end four ledgers must say the same.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use tautan::app::lifecycle::{self, Extras, Running};
use tautan::domain::clock::ShiftedClock;
use tautan::messaging::pacer::Pace;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;
use url::Url;

use self::journals::Journals;
use self::ledgers::Figures;
use self::load::{Answers, Load};
use super::Promise;
use crate::support::database::TestDatabase;
use crate::support::process::{Process, Site};
use crate::support::seller::Seller;
use crate::support::test_app::is_settled;

pub mod faulty_disk;
pub mod journals;
pub mod ledgers;
pub mod load;
mod mischief;
pub mod small_disk;
pub mod trace;

/// Shops, each with a link and a chat of its own: Telegram takes one message a second in a chat.
const SHOPS: i64 = 12;

/// Customers beside each other; most of them type.
const CUSTOMERS: usize = 60;

/// The longest between a start and the next kill, in milliseconds.
const LIFE_MAX_MS: u64 = 150;

/// The longest that a kill waits for an order, when there were fewer orders than kills.
const LIFE_EXTENDED: Duration = Duration::from_secs(1);

/// How often the journals are read, in kills.
const READING: usize = 50;

/// How long everything may take to settle once nobody disturbs any more.
const SETTLING: Duration = Duration::from_secs(120);

/// What a run does.
#[derive(Debug, Clone, Copy)]
pub struct Plan {
    /// Processes beside each other.
    pub replicas: usize,
    /// Processes killed, one by one and at times all at once.
    pub kills: usize,
}

/// People, peers and shops that a run stands on.
pub struct Town {
    pub site: Site,
    pub sellers: Vec<Seller>,
    pub links: Vec<Url>,
    pub journals: Journals,
    /// Messages whose answers were cut off on purpose.
    pub cuts: usize,
}

/// Which random numbers a run uses: those of `TAUTAN_TORTURE_SEED`, or new ones. Printed, so that a
/// failed run can be repeated.
pub fn seed() -> u64 {
    let given = std::env::var("TAUTAN_TORTURE_SEED").ok().map(|seed| seed.parse().expect("a number"));
    let seed = given.unwrap_or_else(rand::random);
    eprintln!("TAUTAN_TORTURE_SEED={seed}");
    seed
}

/// Kills as planned and compares the ledgers.
pub async fn run(promise: &mut Promise, plan: Plan) {
    let seed = seed();
    let database = TestDatabase::create().await;
    let updates = if plan.replicas > 1 { "webhook" } else { "polling" };
    let site = Site::open(&database.url(), &[("TAUTAN_TELEGRAM_UPDATES", updates)]).await;
    let addresses = addresses(&site, plan.replicas).await;
    let mut replicas = start_all(&site, &addresses).await;
    let mut town = Town::open(site).await;

    let load = Load::start(CUSTOMERS, &town.links, &town.site.bank, seed);
    let stop = CancellationToken::new();
    let talk = tokio::spawn(load::chat(town.sellers.clone(), stop.clone()));
    let begun = Instant::now();
    kill_often(&mut town, &mut replicas, &load, plan, seed).await;
    let lasted = begun.elapsed();
    town.make_peace();
    stop.cancel();
    let typed = talk.await.expect("no panic");
    let answers = load.ends().await;
    for replica in replicas {
        let (status, _) = replica.terminate().await;
        assert!(status.success(), "the program ends in order: {status}");
    }

    let aftermath = Aftermath::begin(&town.site, addresses[0]).await;
    aftermath.settles(&town).await;
    town.journals.read(&town.site);
    let services = &aftermath.running.services;
    let mut figures = ledgers::compare(&answers, &town.journals, &town.site.bank, services, &database).await;
    unanswered(&town, &typed, &mut figures);
    aftermath.running.stop().await;
    let said = format!(
        "{} kills in {:.0?}, {} orders answered, {} paid, {} notices, {} repeated messages, {} faults",
        plan.kills,
        lasted,
        figures.orders,
        figures.paid,
        figures.notices,
        figures.repeats,
        figures.faults.len()
    );
    eprintln!("{said}; answers by status: {:?}", answers.statuses);
    promise.measured(said);
    assert!(figures.faults.is_empty(), "{}", figures.faults.join("\n"));
    assert!(figures.repeats <= plan.kills + town.cuts, "repeats come from crashes alone");
    assert!(figures.paid > plan.kills / 2, "there was load: {figures:?}");
}

/// The addresses of so many processes.
pub async fn addresses(site: &Site, count: usize) -> Vec<SocketAddr> {
    let mut addresses = Vec::new();
    while addresses.len() < count {
        let address = site.address().await;
        if !addresses.contains(&address) {
            addresses.push(address);
        }
    }
    addresses
}

/// Starts a process at each address.
pub async fn start_all(site: &Site, addresses: &[SocketAddr]) -> Vec<Process> {
    let mut replicas = Vec::new();
    for address in addresses {
        replicas.push(site.start(*address).await);
    }
    replicas
}

async fn kill_often(town: &mut Town, replicas: &mut [Process], load: &Load, plan: Plan, seed: u64) {
    let mut random = StdRng::seed_from_u64(seed);
    let (mut kills, mut read) = (0, 0);
    while kills < plan.kills {
        let life = random.random_range(0..LIFE_MAX_MS);
        town.make_mischief(&mut random);
        tokio::time::sleep(Duration::from_millis(life)).await;
        // A machine with too much to do gets nothing done in so short a life.
        let born = Instant::now();
        while load.orders() < kills && born.elapsed() < LIFE_EXTENDED {
            tokio::time::sleep(Duration::from_millis(random.random_range(1..20))).await;
        }
        let everyone = random.random_ratio(1, 8);
        let victim = random.random_range(0..replicas.len());
        let victims = if everyone { 0..replicas.len() } else { victim..victim + 1 };
        for process in &mut replicas[victims.clone()] {
            process.kill();
            kills += 1;
        }
        for process in &mut replicas[victims] {
            *process = town.site.start(process.address).await;
        }
        if kills >= read + READING {
            town.journals.read(&town.site);
            read = kills;
        }
    }
}

/// What sellers typed, Telegram gave away, and nobody answered.
fn unanswered(town: &Town, typed: &[(i64, String)], figures: &mut Figures) {
    for seller in &town.sellers {
        let shown = seller.phone.messages();
        for (_, item) in typed.iter().filter(|(id, _)| *id == seller.phone.id()) {
            if !shown.iter().any(|message| message.from_bot && message.text.contains(item)) {
                figures.faults.push(format!("{} typed {item:?} and got no answer", seller.phone.id()));
            }
        }
    }
}

impl Town {
    /// Opens shops by chat, each with a link; one of them sells only fifty.
    pub async fn open(site: Site) -> Self {
        site.bank.set_retry_schedule([200, 1_000, 3_000, 10_000, 60_000].map(Duration::from_millis).to_vec());
        site.telegram.retry_webhooks_after(vec![Duration::from_millis(100), Duration::from_secs(1)]);
        let (mut sellers, mut links) = (Vec::new(), Vec::new());
        for number in 0..SHOPS {
            let seller = site.seller(700_001 + number, "Ani");
            let line = if number == 0 { "kaos hitam 150rb x50" } else { "kaos hitam 150rb" };
            links.push(seller.makes_a_link(line).await);
            sellers.push(seller);
        }
        Self { site, sellers, links, journals: Journals::default(), cuts: 0 }
    }
}

/// A house inside the test that goes on where a process ended, and whose clock can be moved.
pub async fn carry_on(site: &Site, address: SocketAddr, time: &ShiftedClock) -> Running {
    let listener = TcpListener::bind(address).await.expect("the port of a process that ended");
    let extras = Extras { time: time.clone(), pace: Some(Pace::NONE), ..Extras::default() };
    lifecycle::start(site.settings(), listener, extras).await.expect("the house starts")
}

/// The house inside the test, which takes up what the killed ones left, some hours later.
pub struct Aftermath {
    pub running: Running,
    time: ShiftedClock,
}

impl Aftermath {
    pub async fn begin(site: &Site, address: SocketAddr) -> Self {
        let time = ShiftedClock::default();
        Self { running: carry_on(site, address, &time).await, time }
    }

    /// Settles everything, compares the ledgers, and ends.
    pub async fn compares(self, town: &mut Town, answers: &Answers, database: &TestDatabase) -> Figures {
        self.settles(town).await;
        town.journals.read(&town.site);
        let services = &self.running.services;
        let figures = ledgers::compare(answers, &town.journals, &town.site.bank, services, database).await;
        self.running.stop().await;
        figures
    }

    /// Lets leases end, notices come again and gateways be asked, until nothing is on its way.
    async fn settles(&self, town: &Town) {
        for minutes in [0, 2, 11, 11] {
            self.time.advance(chrono::TimeDelta::minutes(minutes));
            town.site.bank.advance(Duration::from_secs(60 * minutes.unsigned_abs()));
            town.site.bank.deliver_all().await;
            let settled = tokio::time::timeout(SETTLING, async {
                while minutes > 0 && !is_settled(&self.running.services, &town.site.telegram, false).await {
                    let mut changes = self.running.services.storage().signals().changes();
                    drop(tokio::time::timeout(Duration::from_millis(50), changes.changed()).await);
                }
            });
            settled.await.expect("everything settles");
        }
    }
}
