//! From the gateway's notice to the `sendMessage` that rings: real HTTP, a real database on disk, one
//! payment after the other, each of a shop of its own so that no chat's pace is waited for.
//!
//! `cargo bench --bench notice_to_ring` prints the median, the 90th and 99th of a hundred, and the
//! longest. Both round trips inside (the notice in, the pull out) are on loopback.

use std::path::Path;
use std::time::{Duration, SystemTime};

use anyhow::Context;
use tautan::app::config::{MasterKey, MidtransAccount, Settings, UpdatesBy};
use tautan::app::lifecycle::{self, Extras, Running};
use tautan::domain::id::TelegramId;
use tautan::domain::language::Language;
use tautan::domain::link_draft::LinkDraft;
use tautan::domain::money::{Currency, Money};
use tautan::domain::payment_method::PaymentMethod;
use tautan::domain::visible_text::{ItemName, StoreName};
use tautan::gateways::midtrans::MidtransAddresses;
use tautan::messaging::pacer::Pace;
use tautan::services::admission::ShopPolicy;
use tautan::services::checkout::{CustomerForm, Placement};
use tautan::services::links::Creation;
use tautan::services::merchants::NewShop;
use tautan::simulator::midtrans::{
    Direction, JournalEntry, MidtransSettings, MidtransSimulator, RunningMidtrans,
};
use tautan::simulator::telegram::{Person, RunningTelegram, TelegramSimulator};
use tokio::net::TcpListener;
use url::Url;

/// How many payments are timed.
const PAYMENTS: i64 = 200;

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
    let settings = Settings {
        telegram_token: "700000002:bench-bench-bench-bench-bench-bench".into(),
        telegram_api_url: Url::parse(&telegram.url)?,
        telegram_updates: UpdatesBy::Polling,
        base_url: Url::parse(&format!("http://{address}/"))?,
        listen: address,
        data_dir: folder.to_owned(),
        database_url: format!("sqlite:{}", folder.join("tautan.db").display()).into(),
        master_key: MasterKey::generate(),
        admins: Vec::new(),
        shops: ShopPolicy::Anyone,
        trusted_proxies: Vec::new(),
        retention: chrono::TimeDelta::days(365),
        sandbox: Some(MidtransAccount {
            server_key: SERVER_KEY.into(),
            api_url: bank_url.clone(),
            snap_url: bank_url,
            merchant_id: None,
        }),
        live: None,
        midtrans: MidtransAddresses::default(),
    };
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
    let order_id = sell(app, TelegramId(seller)).await?;
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

async fn sell(app: &Running, owner: TelegramId) -> anyhow::Result<String> {
    let services = &app.services;
    let shop = NewShop {
        owner,
        name: StoreName::parse("Ani")?.value,
        language: Language::Indonesian,
        currency: Currency::IDR,
        time_zone: chrono_tz::Asia::Jakarta,
    };
    let seat = services.open_shop(shop).await?;
    let draft = LinkDraft {
        item_name: Some(ItemName::parse("kaos hitam")?.value),
        price: Some(Money::new(150_000, Currency::IDR)),
        ..LinkDraft::new()
    };
    let Creation::Made(view) = services.create_link(&seat, &draft).await? else { anyhow::bail!("no link") };
    let form = CustomerForm {
        name: "Budi".to_owned(),
        phone: "081234567890".to_owned(),
        email: "budi@example.test".to_owned(),
        ..CustomerForm::default()
    };
    let placed = services.place_order(view.link.slug.as_str(), &form, &[]).await?;
    let Placement::Placed(token) = placed else { anyhow::bail!("no order") };
    services.choose_method(&token, PaymentMethod::BcaVa).await?;
    let page = services.order_page(&token).await?.context("no order")?;
    Ok(page.attempt.context("no charge")?.gateway_order_id.to_string())
}
