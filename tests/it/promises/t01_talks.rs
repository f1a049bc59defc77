//! T1 in chat: the process is killed while people are in the middle of something, at every step of every
//! talk that has several; nobody loses a word, and nothing happens twice.

use std::time::Duration;

use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use tautan::services::audit::audit;
use tautan::storage::Storage;

use self::doing::{Town, results};
use self::script::TALKS;
use super::chaos;
use super::{Promise, Size};
use crate::support::database::TestDatabase;
use crate::support::process::Process;

mod doing;
mod script;

/// The longest between a step and the kill. An answer takes some ten milliseconds, so that some kills come
/// before it, some in its middle and some after it.
const LIFE_MAX_MS: u64 = 120;

/// What must be there in the end, as a query of one text and what it gives.
const ENDS: [(&str, &str); 14] = [
    // Those made beforehand, Opa's, Wati's, Lia's three, Gina's, Feri's sixty, Wulan's and the rehearsed one.
    ("select cast(count(*) as text) from payment_links", "81"),
    ("select cast(count(*) as text) from merchants", "15"),
    ("select cast(count(*) as text) from payment_links where paused_at is null and deleted_at is null", "79"),
    (
        "select cast(price_minor as text) from payment_links where item_name = 'topi' order by 1",
        "25000 60000",
    ),
    ("select cast(amount_minor as text) from refunds", "50000"),
    ("select name from merchants where name like 'Toko%' order by name", "Toko Opa Toko Sari Baru"),
    ("select name from merchants where name like 'Kue%'", "Kue Wulan"),
    ("select cast(count(*) as text) from link_import_rows where state = 'made'", "60"),
    ("select state from link_imports order by created_at", "told dropped"),
    (
        "select cast(count(distinct item_name) as text) from payment_links where item_name like 'Barang%'",
        "60",
    ),
    ("select gone_because from places", "taken_off"),
    ("select mode from gateway_accounts where retired_at is null", "live"),
    ("select mode from merchants where name = 'Lola'", "sandbox"),
    ("select cast(count(*) as text) from payment_attempts", "2"),
];

#[tokio::test(flavor = "multi_thread")]
async fn t01_no_talk_is_lost_by_kills_at_any_step() {
    let mut promise =
        Promise::new(1, "every step of fifteen talks is answered and done once, by kill -9 at each");
    let rounds = Size::of_run().pick(1, 3, 20);
    let mut random = StdRng::seed_from_u64(chaos::seed());
    let (mut steps, mut kills) = (0, 0);
    for _ in 0..rounds {
        let (walked, killed) = all_talks(&mut random).await;
        steps += walked;
        kills += killed;
    }
    promise.measured(format!("{steps} steps, {kills} kills, 0 lost, 0 doubled"));
}

/// Everybody talks at once, a step at a time; gives how many steps and how many kills there were.
async fn all_talks(random: &mut StdRng) -> (usize, usize) {
    let database = TestDatabase::create().await;
    let town = Town::open(&database.url()).await;
    let address = town.site.address().await;
    let mut process = town.site.start(address).await;
    town.prepares().await;
    let (mut walked, mut kills) = (0, 0);
    for number in 0..TALKS.iter().map(|talk| talk.steps.len()).max().unwrap_or(0) {
        let mut awaited = Vec::new();
        for (talk, person) in TALKS.iter().zip(&town.people) {
            let Some((does, words)) = talk.steps.get(number) else { continue };
            awaited.push(town.does(person, *does, words).await);
        }
        tokio::time::sleep(Duration::from_millis(random.random_range(0..LIFE_MAX_MS))).await;
        process.kill();
        kills += 1;
        if database.is_postgres() {
            ends_leases(&database).await;
        }
        process = town.site.start(address).await;
        walked += awaited.len();
        for one in awaited {
            town.answers(one).await;
        }
    }
    compares(process, &town, &database).await;
    (walked, kills)
}

/// Others may be at work on this database, so leases of a minute have to run out. Nobody waits for it here.
async fn ends_leases(database: &TestDatabase) {
    for run_out in [
        "update chats set leased_by = null, leased_until = null where leased_by is not null",
        "update link_imports set due_at = now() where leased_by is not null and state = 'making'",
        "update payment_attempts set leased_by = null, leased_until = null, pull_due_at = now()
         where leased_by is not null",
    ] {
        database.execute(run_out).await.expect("the database answers");
    }
}

/// What is there in the end, and that nobody was told of a fault.
async fn compares(process: Process, town: &Town, database: &TestDatabase) {
    for person in &town.people {
        person.phone.waits_until("answered taps", |_| person.phone.unanswered_taps().is_empty()).await;
        let chat = person.phone.transcript();
        for word in ["Maaf, ada gangguan", "belum jelas", "Maksudnya", "sudah lama", "sudah tidak ada"] {
            assert!(!chat.contains(word), "{word:?} in the chat of {}:\n{chat}", person.phone.id());
        }
    }
    let files: Vec<String> = town.people.iter().flat_map(results).collect();
    // Told twice is better than never: the second one says the same.
    assert!((1..=2).contains(&files.len()), "{} files", files.len());
    for file in &files {
        assert_eq!((file.matches("http://").count(), file), (60, &files[0]));
    }
    assert!(process.terminate().await.0.success());
    for (query, goal) in ENDS {
        let found = database.texts(query).await.unwrap_or_else(|error| panic!("{query}: {error}"));
        assert_eq!(found.join(" "), goal, "{query}");
    }
    let storage = Storage::open_beside(&database.url(), Default::default()).await.expect("our database");
    let report = audit(&storage).await.expect("the books can be read");
    assert!(report.is_sound(), "{report}");
}
