//! What is measured: settings that say as little as possible, and a shop that sells something.

use std::net::SocketAddr;
use std::path::Path;

use anyhow::Context;
use tautan::app::config::{MasterKey, Settings, UpdatesBy};
use tautan::domain::id::TelegramId;
use tautan::domain::language::Language;
use tautan::domain::link_draft::LinkDraft;
use tautan::domain::money::{Currency, Money};
use tautan::domain::order::OrderToken;
use tautan::domain::payment_method::PaymentMethod;
use tautan::domain::visible_text::{ItemName, StoreName};
use tautan::gateways::midtrans::MidtransAddresses;
use tautan::services::Services;
use tautan::services::admission::ShopPolicy;
use tautan::services::checkout::{CustomerForm, Placement};
use tautan::services::links::{Creation, LinkView};
use tautan::services::merchants::{NewShop, Seat};
use url::Url;

/// A service on SQLite in this folder, which polls this Telegram, with the bank inside.
pub fn settings(folder: &Path, address: SocketAddr, token: &str, telegram: &str) -> anyhow::Result<Settings> {
    Ok(Settings {
        telegram_token: token.into(),
        telegram_api_url: Url::parse(telegram)?,
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
        sandbox: None,
        live: None,
        mail: None,
        midtrans: MidtransAddresses::default(),
    })
}

/// Opens a shop for somebody.
pub async fn open_shop(services: &Services, owner: TelegramId) -> anyhow::Result<Seat> {
    let shop = NewShop {
        owner,
        name: StoreName::parse("Ani")?.value,
        language: Language::Indonesian,
        currency: Currency::IDR,
        time_zone: chrono_tz::Asia::Jakarta,
    };
    Ok(services.open_shop(shop).await?)
}

/// Makes a link for a thing at a price in rupiah.
pub async fn make_link(services: &Services, seat: &Seat, name: &str, price: i64) -> anyhow::Result<LinkView> {
    let draft = LinkDraft {
        item_name: Some(ItemName::parse(name)?.value),
        price: Some(Money::new(price, Currency::IDR)),
        ..LinkDraft::new()
    };
    let Creation::Made(view) = services.create_link(seat, &draft).await? else { anyhow::bail!("no link") };
    Ok(view)
}

/// Somebody orders through a link and chooses a bank; gives what opens the order, and what the bank knows the
/// charge by.
pub async fn order(services: &Services, link: &LinkView) -> anyhow::Result<(OrderToken, String)> {
    let form = CustomerForm {
        name: "Budi".to_owned(),
        phone: "081234567890".to_owned(),
        email: "budi@example.test".to_owned(),
        ..CustomerForm::default()
    };
    let placed = services.place_order(link.link.slug.as_str(), &form, &[]).await?;
    let Placement::Placed(token) = placed else { anyhow::bail!("no order") };
    services.choose_method(&token, PaymentMethod::BcaVa).await?;
    let page = services.order_page(&token).await?.context("no order")?;
    let charge = page.attempt.context("no charge")?.gateway_order_id.to_string();
    Ok((token, charge))
}
