//! Tautan as it serves, at no pace of its own: with a shop for everybody, links in it and a payment.

use std::net::SocketAddr;
use std::path::Path;

use anyhow::Context;
use tautan::app::config::{MasterKey, Settings, UpdatesBy};
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
use tokio::net::TcpListener;
use url::Url;

use super::staff::{FURNISHED, OPEN};
use super::{FIRST_PERSON, PEOPLE, TELEGRAM_URL, TOKEN};

/// Links in each shop before anybody measures: more than a page.
const LINKS: i64 = 8;

/// Serves until the process is ended. `way` is `polling` or `webhook`.
pub async fn run(way: &str) -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
    let settings = settings(folder.path(), listener.local_addr()?, way)?;
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

fn settings(folder: &Path, address: SocketAddr, way: &str) -> anyhow::Result<Settings> {
    Ok(Settings {
        telegram_token: TOKEN.into(),
        telegram_api_url: Url::parse(&std::env::var(TELEGRAM_URL)?)?,
        telegram_updates: if way == "webhook" { UpdatesBy::Webhook } else { UpdatesBy::Polling },
        base_url: Url::parse(&format!("http://{address}/"))?,
        listen: address,
        data_dir: folder.to_owned(),
        database_url: format!("sqlite:{}", folder.join("tautan.db").display()).into(),
        master_key: MasterKey::generate(),
        admins: Vec::new(),
        shops: ShopPolicy::Anyone,
        trusted_proxies: Vec::new(),
        retention: chrono::TimeDelta::days(365),
        sandbox: None,
        live: None,
        midtrans: MidtransAddresses::default(),
    })
}

async fn furnish(app: &Running, owner: TelegramId) -> anyhow::Result<()> {
    let services = &app.services;
    let shop = NewShop {
        owner,
        name: StoreName::parse("Ani")?.value,
        language: Language::Indonesian,
        currency: Currency::IDR,
        time_zone: chrono_tz::Asia::Jakarta,
    };
    let seat = services.open_shop(shop).await?;
    let mut newest = None;
    for number in 0..LINKS {
        let draft = LinkDraft {
            item_name: Some(ItemName::parse(&format!("Kaos hitam nomor {number}"))?.value),
            price: Some(Money::new(150_000 + number, Currency::IDR)),
            ..LinkDraft::new()
        };
        let Creation::Made(view) = services.create_link(&seat, &draft).await? else {
            anyhow::bail!("no link")
        };
        newest = Some(view.link.slug);
    }
    let slug = newest.context("there are links")?;
    let form = CustomerForm {
        name: "Budi".to_owned(),
        phone: "081234567890".to_owned(),
        email: "budi@example.test".to_owned(),
        ..CustomerForm::default()
    };
    let Placement::Placed(token) = services.place_order(slug.as_str(), &form, &[]).await? else {
        anyhow::bail!("no order")
    };
    services.choose_method(&token, PaymentMethod::BcaVa).await?;
    let page = services.order_page(&token).await?.context("no order")?;
    let order_id = page.attempt.context("no charge")?.gateway_order_id.to_string();
    let bank = app.bank.as_ref().context("a bank inside")?;
    bank.pay(&order_id).await.map_err(|error| anyhow::anyhow!("{error:?}"))?;
    bank.deliver_all().await;
    Ok(())
}
