//! The demo: the real app with both simulators on loopback, and one page that shows a seller's
//! phone and a customer's phone beside each other.

mod own_accounts;

use std::net::SocketAddr;
use std::path::PathBuf;

use anyhow::Context;
use axum::Router;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use tokio::net::TcpListener;
use url::Url;

use self::own_accounts::OwnAccounts;
use super::commands::DemoArguments;
use super::config::reading::own_machine;
use super::config::{MailSettings, MasterKey, Settings, UpdatesBy};
use super::lifecycle::{self, Extras, Running};
use crate::messaging::email::{MailSender, MailServer};
use crate::services::admission::ShopPolicy;
use crate::simulator::mail::{MailSimulator, RunningMail};
use crate::simulator::telegram::{RunningTelegram, TelegramSimulator};
use crate::web::server;

/// Any token does for the pretend Telegram; this one says what it is.
const TOKEN: &str = "1000000000:demo-demo-demo-demo-demo-demo-demo";

/// Where letters are read.
const INBOX: &str = "/simulator/mail";

/// A file to make links from.
const PRODUCTS: &str = include_str!("products.csv");

/// A demo that runs.
pub struct RunningDemo {
    /// The one page to open.
    pub url: Url,
    running: Running,
    telegram: RunningTelegram,
    own_accounts: OwnAccounts,
    mail: RunningMail,
    temporary_folder: Option<PathBuf>,
}

/// Starts the demo.
///
/// # Errors
/// When no port can be had or no file can be written.
pub async fn start(arguments: &DemoArguments) -> anyhow::Result<RunningDemo> {
    let listener = listen(arguments.listen)?;
    let address = listener.local_addr()?;
    let (data_dir, temporary_folder) = match &arguments.data_dir {
        Some(folder) => (folder.clone(), None),
        None => {
            let folder = std::env::temp_dir().join(format!("tautan-demo-{}", uuid::Uuid::new_v4()));
            (folder.clone(), Some(folder))
        }
    };
    std::fs::create_dir_all(&data_dir)
        .with_context(|| format!("the folder {} cannot be made", data_dir.display()))?;
    let telegram =
        TelegramSimulator::start(loopback()).await.context("the pretend Telegram did not start")?;
    let base_url = Url::parse(&format!("http://{address}/"))?;
    let own_accounts = OwnAccounts::start(&base_url).await.context("the pretend Midtrans did not start")?;
    let mail = MailSimulator::start(loopback()).await.context("the pretend mail server did not start")?;
    let settings = Settings {
        telegram_token: TOKEN.to_owned().into(),
        telegram_api_url: Url::parse(&telegram.url)?,
        telegram_updates: UpdatesBy::Polling,
        base_url: base_url.clone(),
        listen: address,
        database_url: format!("sqlite:{}", data_dir.join("tautan.db").display()).into(),
        data_dir,
        // Nothing in a demo is secret, and its database may be opened again.
        master_key: MasterKey([0; 32]),
        admins: Vec::new(),
        shops: ShopPolicy::Anyone,
        trusted_proxies: own_machine(),
        retention: chrono::TimeDelta::days(365),
        midtrans: own_accounts.addresses()?,
        sandbox: None,
        live: None,
        mail: Some(mail_settings(&mail)?),
    };
    let pages = Router::new()
        .route("/demo", get(page))
        .route("/demo/products.csv", get(products))
        .nest("/simulator/telegram", telegram.simulator.phone_router())
        .nest(INBOX, mail.simulator.inbox_router(INBOX))
        .merge(own_accounts.bank_pages());
    let extras = Extras { pages, framed_by_own_pages: true, ..Extras::default() };
    let running = lifecycle::start(settings, listener, extras).await?;
    Ok(RunningDemo { url: base_url.join("demo")?, running, telegram, own_accounts, mail, temporary_folder })
}

impl RunningDemo {
    /// Stops it and takes its temporary files away.
    pub async fn stop(self) {
        // Telegram goes first: its long poll would be waited for.
        self.telegram.stop().await;
        self.running.stop().await;
        self.own_accounts.stop().await;
        self.mail.stop().await;
        if let Some(folder) = self.temporary_folder {
            drop(std::fs::remove_dir_all(folder));
        }
    }
}

/// Letters go to the inbox of this process and nowhere else.
fn mail_settings(mail: &RunningMail) -> anyhow::Result<MailSettings> {
    let sender = MailSender::parse("Tautan <pay@tautan.example>").context("the sender is no address")?;
    Ok(MailSettings { server: MailServer::parse(&mail.url)?, sender })
}

/// The wished port, or any other when that one is taken: a demo should start.
fn listen(wished: SocketAddr) -> anyhow::Result<TcpListener> {
    match server::listen(wished) {
        Ok(listener) => Ok(listener),
        Err(_) => server::listen(SocketAddr::new(wished.ip(), 0))
            .with_context(|| format!("no port can be opened at {}", wished.ip())),
    }
}

const fn loopback() -> SocketAddr {
    SocketAddr::new(std::net::IpAddr::V4(std::net::Ipv4Addr::LOCALHOST), 0)
}

async fn page() -> Response {
    let nonce = data_encoding::HEXLOWER.encode(&rand::random::<[u8; 16]>());
    let policy = format!(
        "default-src 'none'; style-src 'nonce-{nonce}'; script-src 'nonce-{nonce}'; frame-src 'self'; \
         img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    );
    let html = include_str!("page.html")
        .replace("{nonce}", &nonce)
        .replace("{sandbox_key}", own_accounts::SANDBOX_KEY)
        .replace("{live_key}", own_accounts::LIVE_KEY);
    let headers = [
        (header::CONTENT_TYPE, "text/html; charset=utf-8".to_owned()),
        (header::CONTENT_SECURITY_POLICY, policy),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    (headers, html).into_response()
}

async fn products() -> Response {
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"products.csv\""),
    ];
    (headers, PRODUCTS).into_response()
}
