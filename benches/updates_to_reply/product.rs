//! Tautan as it serves, at no pace of its own: with a shop for everybody, links in it and a payment.

use anyhow::Context;
use tautan::app::config::{Settings, UpdatesBy};
use tautan::app::lifecycle::{self, Extras, Running};
use tautan::domain::id::TelegramId;
use tautan::messaging::pacer::Pace;
use tokio::net::TcpListener;

use super::shop;
use super::staff::{FURNISHED, OPEN};
use super::{FIRST_PERSON, PEOPLE, TELEGRAM_URL, TOKEN};

/// Links in each shop before anybody measures: more than a page.
const LINKS: i64 = 8;

/// Serves until the process is ended. `way` is `polling` or `webhook`.
pub async fn run(way: &str) -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
    let telegram = std::env::var(TELEGRAM_URL)?;
    let plain = shop::settings(folder.path(), listener.local_addr()?, TOKEN, &telegram)?;
    let telegram_updates = if way == "webhook" { UpdatesBy::Webhook } else { UpdatesBy::Polling };
    let settings = Settings { telegram_updates, ..plain };
    // Telegram's pace would be what is measured.
    let extras = Extras { pace: Some(Pace::NONE), ..Extras::default() };
    let app = lifecycle::start(settings, listener, extras).await?;
    println!("{OPEN}");
    tokio::task::spawn_blocking(|| std::io::stdin().read_line(&mut String::new())).await??;
    for person in FIRST_PERSON..FIRST_PERSON + PEOPLE {
        furnish(&app, TelegramId(person)).await?;
    }
    println!("{FURNISHED}");
    std::future::pending().await
}

async fn furnish(app: &Running, owner: TelegramId) -> anyhow::Result<()> {
    let services = &app.services;
    let seat = shop::open_shop(services, owner).await?;
    let mut newest = None;
    for number in 0..LINKS {
        let name = format!("Kaos hitam nomor {number}");
        newest = Some(shop::make_link(services, &seat, &name, 150_000 + number).await?);
    }
    let (_token, order_id) = shop::order(services, &newest.context("there are links")?).await?;
    let bank = app.bank.as_ref().context("a bank inside")?;
    bank.pay(&order_id).await.map_err(|error| anyhow::anyhow!("{error:?}"))?;
    bank.deliver_all().await;
    Ok(())
}
