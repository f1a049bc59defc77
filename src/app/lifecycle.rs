//! The life of the process: everything is put together, serves, and ends in order.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use axum::Router;
use secrecy::ExposeSecret;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use url::Url;

use super::config::{MidtransAccount, Settings};
use super::server::ServerParts;
use super::{letters, telegram_intake, workers};
use crate::bot::worker::BotWorker;
use crate::domain::attempt::AccountCode;
use crate::domain::clock::ShiftedClock;
use crate::domain::merchant::Mode;
use crate::gateways::midtrans::{MidtransGateway, MidtransSettings, Timeouts};
use crate::gateways::practice::PracticeBank;
use crate::gateways::{GatewayAccount, GatewayAccounts};
use crate::messaging::email::Mailer;
use crate::messaging::pacer::Pace;
use crate::messaging::telegram::Messenger;
use crate::services::sealing::Sealer;
use crate::services::{ServiceSettings, Services};
use crate::simulator::midtrans::{MidtransSettings as SimulatorSettings, MidtransSimulator, RunningMidtrans};
use crate::storage::Storage;
use crate::web::client::TrustedProxies;
use crate::web::health::PeerHealth;
use crate::web::server::{Limits, serve};

/// How long the process goes on serving after it said that it is about to stop: whoever leads requests
/// to it sees that at `/readyz` and leads them elsewhere.
const RETIREMENT: Duration = Duration::from_secs(1);

/// How long what was begun may take to end. With all else it stays under the ten seconds after which
/// service managers lose their patience.
const GOODBYE: Duration = Duration::from_secs(5);

/// How long the last write, and closing the database, may each take after that.
const LAST_WRITE: Duration = Duration::from_secs(1);

/// What a demo or a test adds to the service.
#[derive(Debug, Default)]
pub struct Extras {
    /// More pages.
    pub pages: Router,
    /// Whether pages may stand in a frame of our own pages.
    pub framed_by_own_pages: bool,
    /// The deciding clock's shift.
    pub time: ShiftedClock,
    /// How fast messages may go out; `None`: as Telegram likes it.
    pub pace: Option<Pace>,
    /// What clients can draw out at most.
    pub limits: Limits,
}

/// A service that runs.
#[derive(Debug)]
pub struct Running {
    /// Where it listens.
    pub address: SocketAddr,
    /// Its use cases.
    pub services: Services,
    /// Its voice in Telegram.
    pub messenger: Messenger,
    /// The pretend bank inside the process, when no sandbox account was given.
    pub bank: Option<MidtransSimulator>,
    running_bank: Option<Bank>,
    retiring: CancellationToken,
    stop: CancellationToken,
    tasks: TaskTracker,
}

/// Puts everything together and starts it on `listener`.
///
/// # Errors
/// When the database cannot be opened, an account's settings cannot be used, or the master key is
/// not the one that sealed this database.
pub async fn start(settings: Settings, listener: TcpListener, extras: Extras) -> anyhow::Result<Running> {
    let address = listener.local_addr()?;
    let storage = Storage::open(settings.database_url.expose_secret(), extras.time.clone())
        .await
        .context("the database cannot be used")?;
    storage.take_back_work().await.context("the database cannot be used")?;
    let running_bank = match settings.sandbox {
        Some(_) => None,
        None => Some(start_bank(&settings.base_url).await?),
    };
    let accounts = accounts(&settings, running_bank.as_ref(), address)?;
    let service_settings = ServiceSettings {
        base_url: settings.base_url.clone(),
        shops: settings.shops,
        admins: settings.admins.clone(),
        sealer: Sealer::new(&settings.master_key.0),
    };
    let services = Services::new(storage, Arc::new(extras.time.clone()), accounts, service_settings);
    let services = match &settings.mail {
        Some(mail) => services.with_mailer(Mailer::new(&mail.server, mail.sender.clone())?),
        None => services,
    };
    services.check_master_key().await.context("the master key cannot be used")?;

    let (retiring, stop) = (CancellationToken::new(), CancellationToken::new());
    let tasks = TaskTracker::new();
    let messenger =
        Messenger::new(telegram_intake::bot(&settings)?).with_pace(extras.pace.unwrap_or(Pace::TELEGRAM));
    let bank = running_bank.as_ref().map(|bank| bank.running.simulator.clone());
    let pages = match &bank {
        Some(bank) => extras.pages.nest("/simulator/midtrans", bank.bank_router()),
        None => extras.pages,
    };
    let peers = PeerHealth::default();
    let telegram = telegram_intake::start(&settings, &services, &messenger, &peers, (&tasks, &stop))?;
    start_workers(&services, &messenger, &tasks, &stop);
    start_letters(&services, &peers, &tasks, &stop);
    tasks.spawn(workers::keep_house(services.clone(), settings.retention, stop.clone()));
    tasks.spawn(workers::watch_disk(services.clone(), peers.clone(), stop.clone()));
    tasks.spawn(workers::watch_books(services.clone(), peers.clone(), stop.clone()));
    let proxies = TrustedProxies::new(&settings.trusted_proxies);
    let parts = ServerParts {
        base_url: settings.base_url.clone(),
        peers,
        proxies: proxies.clone(),
        telegram,
        pages,
        framed_by_own_pages: extras.framed_by_own_pages,
    };
    let app = super::server::router(&services, parts, (&retiring, &stop));
    let serving = serve(listener, app, (extras.limits, proxies), stop.clone());
    tasks.spawn(serving);
    Ok(Running { address, services, messenger, bank, running_bank, retiring, stop, tasks })
}

impl Running {
    /// Says that the process is about to stop, and goes on serving for a second: `/readyz` answers 503,
    /// and every answer closes its connection.
    pub async fn retire(&self) {
        self.retiring.cancel();
        tokio::time::sleep(RETIREMENT).await;
    }

    /// Ends in order: no new request, no new work; what was begun is finished, within
    /// 5 seconds.
    pub async fn stop(self) {
        self.retiring.cancel();
        self.stop.cancel();
        self.tasks.close();
        let ended = tokio::time::timeout(GOODBYE, async {
            self.tasks.wait().await;
            self.services.drain().await;
        });
        if ended.await.is_err() {
            tracing::warn!("something did not end in time; it is taken up again at the next start");
        }
        // Not within that time: a mail server that holds a letter may have used it up.
        match tokio::time::timeout(LAST_WRITE, self.services.write_views()).await {
            Ok(Ok(_)) => {}
            Ok(Err(error)) => tracing::warn!(%error, "the last openings of links were not counted"),
            Err(_) => tracing::warn!("the last openings of links were not counted in time"),
        }
        if let Some(bank) = self.running_bank {
            bank.running.stop().await;
        }
        drop(tokio::time::timeout(LAST_WRITE, self.services.storage().close()).await);
    }
}

/// The pretend bank, and the key it was given.
#[derive(Debug)]
struct Bank {
    running: RunningMidtrans,
    server_key: String,
}

async fn start_bank(base_url: &Url) -> anyhow::Result<Bank> {
    let server_key = format!("SB-Mid-server-{}", hex::encode(rand::random::<[u8; 16]>()));
    let settings = SimulatorSettings {
        server_key: server_key.clone(),
        merchant_id: "G000000001".to_owned(),
        notify_url: None,
        public_url: Some(base_url.join("simulator/midtrans")?),
    };
    let anywhere = SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 0);
    let running =
        MidtransSimulator::start(settings, anywhere).await.context("the simulated bank did not start")?;
    Ok(Bank { running, server_key })
}

/// The operator's accounts: sandbox always, live when a key is given.
fn accounts(
    settings: &Settings,
    bank: Option<&Bank>,
    address: SocketAddr,
) -> anyhow::Result<GatewayAccounts> {
    let mut accounts = Vec::new();
    if let Some(bank) = bank {
        let url = Url::parse(&bank.running.url)?;
        let account = MidtransAccount {
            server_key: bank.server_key.clone().into(),
            api_url: url.clone(),
            snap_url: url,
            merchant_id: None,
        };
        accounts.push(GatewayAccount {
            practice_url: Some(settings.base_url.join("simulator/midtrans/bank/")?),
            forgets: true,
            // The bank is in this process: its notices need not go around by the public address.
            ..account_at(&account, Mode::Sandbox, &local_url(address)?)?
        });
    }
    if let Some(account) = &settings.sandbox {
        accounts.push(account_at(account, Mode::Sandbox, &settings.base_url)?);
    }
    if let Some(account) = &settings.live {
        accounts.push(account_at(account, Mode::Live, &settings.base_url)?);
    }
    let accounts = GatewayAccounts::new(accounts).with_addresses(settings.midtrans.clone());
    Ok(match bank {
        Some(bank) => accounts.with_practice_bank(PracticeBank::new(Url::parse(&bank.running.url)?)?),
        None => accounts,
    })
}

fn account_at(account: &MidtransAccount, mode: Mode, base_url: &Url) -> anyhow::Result<GatewayAccount> {
    let gateway = MidtransGateway::new(MidtransSettings {
        server_key: account.server_key.clone(),
        api_url: account.api_url.clone(),
        snap_url: account.snap_url.clone(),
        merchant_id: account.merchant_id.clone(),
        timeouts: Timeouts::default(),
    })?;
    let code = AccountCode(mode.code().to_owned());
    let notice_url = base_url.join(&format!("webhooks/midtrans/{code}"))?;
    Ok(GatewayAccount {
        code,
        mode,
        gateway: Arc::new(gateway),
        practice_url: None,
        notice_url,
        forgets: false,
    })
}

fn local_url(address: SocketAddr) -> anyhow::Result<Url> {
    let ip = match address.ip() {
        ip if ip.is_unspecified() => IpAddr::V4(Ipv4Addr::LOCALHOST),
        ip => ip,
    };
    Ok(Url::parse(&format!("http://{}/", SocketAddr::new(ip, address.port())))?)
}

/// Letters go out where there is a mail server.
fn start_letters(services: &Services, peers: &PeerHealth, tasks: &TaskTracker, stop: &CancellationToken) {
    let senders = if services.writes_letters() { letters::SENDERS } else { 0 };
    for _ in 0..senders {
        let name = uuid::Uuid::new_v4().to_string();
        tasks.spawn(letters::send_letters(services.clone(), peers.clone(), name, stop.clone()));
    }
}

fn start_workers(services: &Services, messenger: &Messenger, tasks: &TaskTracker, stop: &CancellationToken) {
    let process = uuid::Uuid::new_v4();
    for number in 0..workers::WORKERS_PER_KIND {
        let name = format!("{process}/{number}");
        let (services, stop) = (services.clone(), stop.clone());
        tasks.spawn(workers::pull(services.clone(), name.clone(), stop.clone()));
        let worker = BotWorker::new(services, messenger.clone(), name);
        tasks.spawn(async move { worker.run(stop).await });
    }
    let holds = messenger.pacer().watch_holds();
    tasks.spawn(workers::remember_holds(services.clone(), holds, stop.clone()));
    tasks.spawn(workers::deliver(services.clone(), messenger.clone(), process.to_string(), stop.clone()));
    let files = (services.clone(), messenger.clone(), process.to_string(), stop.clone());
    tasks.spawn(workers::make_links_of_files(files.0, files.1, files.2, files.3));
    tasks.spawn(workers::redraw_shared(services.clone(), messenger.clone(), stop.clone()));
    tasks.spawn(workers::listen(services.clone(), stop.clone()));
    tasks.spawn(workers::release_holds(services.clone(), stop.clone()));
    tasks.spawn(workers::move_lines(services.clone(), stop.clone()));
    tasks.spawn(workers::follow_up(services.clone(), stop.clone()));
    tasks.spawn(workers::write_views(services.clone(), stop.clone()));
    tasks.spawn(workers::tell_recaps(services.clone(), stop.clone()));
}
