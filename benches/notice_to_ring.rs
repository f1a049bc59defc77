//! From the gateway's notice to the `sendMessage` that rings: real HTTP, a real database on disk, one
//! payment after the other, each of a shop of its own so that no chat's pace is waited for.
//!
//! `cargo bench --bench notice_to_ring` prints the median, the 90th and 99th of a hundred, and the
//! longest. Both round trips inside (the notice in, the pull out) are on loopback.

use std::path::Path;
use std::time::{Duration, SystemTime};

use anyhow::Context;
use tautan::app::config::{MidtransAccount, Settings};
use tautan::app::lifecycle::{self, Extras, Running};
use tautan::domain::id::TelegramId;
use tautan::messaging::pacer::Pace;
use tautan::simulator::midtrans::{
    Direction, JournalEntry, MidtransSettings, MidtransSimulator, RunningMidtrans,
};
use tautan::simulator::telegram::{Person, RunningTelegram, TelegramSimulator};
use tokio::net::TcpListener;
use url::Url;

mod shop;

/// How many payments are timed.
const PAYMENTS: i64 = 200;

/// The bot's token; the pretend Telegram takes any.
const TOKEN: &str = "700000002:bench-bench-bench-bench-bench-bench";

/// The key that the app and the pretend Midtrans share.
const SERVER_KEY: &str = "SB-Mid-server-bench";

fn main() -> anyhow::Result<()> {
    tokio::runtime::Builder::new_multi_thread().enable_all().build()?.block_on(measure())
}

async fn measure() -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let telegram = TelegramSimulator::start(([127, 0, 0, 1], 0).into()).await?;
    let settings = MidtransSettings {
        server_key: SERVER_KEY.to_owned(),
        merchant_id: "G000000001".to_owned(),
        notify_url: None,
        public_url: None,
    };
    let bank = MidtransSimulator::start(settings, ([127, 0, 0, 1], 0).into()).await?;
    let app = start_app(folder.path(), &telegram, &bank).await?;
    let mut times = Vec::new();
    for number in 0..PAYMENTS {
        times.push(time_one(&app, &telegram, &bank, 700_000 + number).await?);
    }
    times.sort_unstable();
    let at = |share: usize| times[(times.len() * share / 100).min(times.len() - 1)];
    println!(
        "notice to ring, {PAYMENTS} payments: median {:?}, p90 {:?}, p99 {:?}, longest {:?}",
        at(50),
        at(90),
        at(99),
        at(100)
    );
    app.stop().await;
    Ok(())
}

async fn start_app(
    folder: &Path,
    telegram: &RunningTelegram,
    bank: &RunningMidtrans,
) -> anyhow::Result<Running> {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
    let address = listener.local_addr()?;
    let bank_url = Url::parse(&bank.url)?;
    let plain = shop::settings(folder, address, TOKEN, &telegram.url)?;
    let account = MidtransAccount {
        server_key: SERVER_KEY.into(),
        api_url: bank_url.clone(),
        snap_url: bank_url,
        merchant_id: None,
    };
    let settings = Settings { sandbox: Some(account), ..plain };
    // The bot has just spoken in each chat, and would let a second pass before it speaks again.
    let extras = Extras { pace: Some(Pace::NONE), ..Extras::default() };
    lifecycle::start(settings, listener, extras).await
}

/// Sells something to someone and times the ring.
async fn time_one(
    app: &Running,
    telegram: &RunningTelegram,
    bank: &RunningMidtrans,
    seller: i64,
) -> anyhow::Result<Duration> {
    let phone = telegram.simulator.person(Person::named(seller, "Ani", "id"));
    // A chat exists once its person has spoken.
    phone.says("/help");
    phone.waits_until("an answer", |messages| messages.iter().any(|message| message.from_bot)).await;
    let seat = shop::open_shop(&app.services, TelegramId(seller)).await?;
    let link = shop::make_link(&app.services, &seat, "kaos hitam", 150_000).await?;
    let (_token, order_id) = shop::order(&app.services, &link).await?;
    bank.simulator.pay(&order_id).await.map_err(|error| anyhow::anyhow!("{error:?}"))?;
    let rung = "💰";
    phone
        .waits_until("the ring", |messages| messages.iter().any(|message| message.text.starts_with(rung)))
        .await;
    let journal = bank.simulator.journal();
    let is_notice = |entry: &&JournalEntry| {
        matches!(entry.direction, Direction::Sent)
            && entry.body.contains(&order_id)
            && entry.body.contains("settlement")
    };
    let notice = journal.iter().find(is_notice).context("the bank sent no notice")?;
    let calls = telegram.simulator.calls_of("sendMessage");
    let ring = calls.iter().rev().find(|call| call.body["chat_id"] == seller).context("nothing was sent")?;
    Ok(ring.wall.duration_since(SystemTime::from(notice.at)).unwrap_or_default())
}
