//! From an update to the bot's first reply, and how many updates a second one process sustains on SQLite:
//! Tautan beside a bare teloxide bot that says everything back.
//!
//! `cargo bench --bench updates_to_reply` takes about five minutes and prints a table. The pretend Telegram
//! runs in this process; each bot runs in a process of its own (this program again, told its role by a
//! variable), so that the processor's time it takes can be told apart. People walk the same way with either
//! bot: `/start`, a `/new` line, the tap that confirms it, `/links`, an older page, `/stats` with its chart.
//! First they come at the 25 a second that Telegram lets a bot say at all, then as fast as they are answered,
//! then so without the chart, which costs more than all else together.

use std::process::ExitCode;
use std::time::Duration;

use tautan::simulator::telegram::{Person, Phone};

use crowd::{Crowd, Figures, Manner};
use post_office::PostOffice;
use staff::Staff;

mod crowd;
mod echo;
mod post_office;
mod product;
#[path = "../shop/mod.rs"]
mod shop;
mod staff;

/// The variable that tells a process which bot it is: `echo`, `polling` or `webhook`. None: the measuring.
const ROLE: &str = "TAUTAN_BENCH_ROLE";

/// Where the bot finds the pretend Telegram.
const TELEGRAM_URL: &str = "TAUTAN_BENCH_TELEGRAM_URL";

/// How many people chat. The bot process counts on their ids: [`FIRST_PERSON`] and those after it.
const PEOPLE: i64 = 100;

/// The id of the first person.
const FIRST_PERSON: i64 = 700_000;

/// The bot's token; the pretend Telegram takes any.
const TOKEN: &str = "700000003:bench-bench-bench-bench-bench-bench";

/// Updates a second at the calm pace: what Telegram lets a bot send over all chats, with something to spare.
const CALM_PER_SECOND: u32 = 25;

/// The ways people come: at the calm pace, as fast as they are answered, and the same without the chart.
const MANNERS: [(&str, Manner); 3] = [
    ("calm", Manner { lasts: Duration::from_secs(48), per_second: Some(CALM_PER_SECOND), with_chart: true }),
    ("rush", Manner { lasts: Duration::from_secs(20), per_second: None, with_chart: true }),
    ("rush without chart", Manner { lasts: Duration::from_secs(20), per_second: None, with_chart: false }),
];

fn main() -> ExitCode {
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("{error}");
            return ExitCode::FAILURE;
        }
    };
    let outcome = match std::env::var(ROLE).as_deref() {
        Ok("echo") => runtime.block_on(echo::run()),
        Ok(way) => runtime.block_on(product::run(way)),
        Err(_) => runtime.block_on(measure()),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    }
}

async fn measure() -> anyhow::Result<()> {
    println!("{PEOPLE} people; load of the machine before: {}", load());
    let echo = figures_of("echo").await?;
    let polling = figures_of("polling").await?;
    let webhook = figures_of("webhook").await?;
    println!("\n| bot | people come | updates/s | p50 ms | p99 ms | processor ms an update |");
    println!("|---|---|---|---|---|---|");
    for (name, all) in
        [("bare teloxide echo, polling", &echo), ("Tautan, polling", &polling), ("Tautan, webhook", &webhook)]
    {
        for ((manner, _), figures) in MANNERS.iter().zip(all) {
            println!("| {name} | {manner} | {} |", figures.row());
        }
    }
    println!("\nTautan beside the echo, by polling:");
    for ((manner, _), (ours, theirs)) in MANNERS.iter().zip(polling.iter().zip(&echo)) {
        println!("{manner}: {}", ours.ratios(theirs));
    }
    println!("\n| Tautan, polling, calm | p50 ms | p99 ms |\n|---|---|---|");
    for line in polling.first().map(Figures::by_step).unwrap_or_default() {
        println!("{line}");
    }
    println!("\nload of the machine after: {}", load());
    Ok(())
}

/// The same people with one bot, in every manner.
async fn figures_of(role: &str) -> anyhow::Result<Vec<Figures>> {
    let office = PostOffice::open().await?;
    let phones: Vec<Phone> = (0..PEOPLE)
        .map(|number| {
            let person = Person::named(FIRST_PERSON + number, "Ani", "id");
            office.telegram().person(person).with_bot(TOKEN)
        })
        .collect();
    let mut staff = Staff::hire(role, &office.url()).await?;
    for phone in &phones {
        let greets = || {
            phone.says("/help");
            Ok(())
        };
        office.hears_from(phone, greets).await?;
    }
    staff.furnishes().await?;
    let has_buttons = role != "echo";
    let crowd = Crowd::new(office.clone(), phones, has_buttons);
    crowd.warms_up().await?;
    let mut all = Vec::new();
    for (name, manner) in MANNERS {
        let figures = crowd.comes(&staff, manner).await?;
        eprintln!("{role}, {name}: {}", figures.row());
        all.push(figures);
    }
    office.close();
    Ok(all)
}

/// The load averages, as Linux tells them.
fn load() -> String {
    std::fs::read_to_string("/proc/loadavg").unwrap_or_else(|_| "not known".to_owned()).trim().to_owned()
}
