//! The real app between two pretend peers, all on sockets and a database of its own. Dropping it
//! fails the story when anything was left undone or the books do not fit.

use std::net::SocketAddr;
use std::path::Path;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use chrono::TimeDelta;
use ipnet::IpNet;
use secrecy::ExposeSecret;
use serde_json::Value;
use tautan::app::config::reading::own_machine;
use tautan::app::config::{MailSettings, MasterKey, MidtransAccount, Settings, UpdatesBy};
use tautan::app::lifecycle::{self, Extras, Running};
use tautan::domain::clock::ShiftedClock;
use tautan::domain::id::TelegramId;
use tautan::gateways::midtrans::{MidtransAddress, MidtransAddresses};
use tautan::messaging::pacer::Pace;
use tautan::services::Services;
use tautan::services::admission::ShopPolicy;
use tautan::services::backup::{Restored, restore};
use tautan::services::sealing::Sealer;
use tautan::simulator::midtrans::{MidtransSettings, MidtransSimulator, RunningMidtrans};
use tautan::simulator::telegram::{Call, Person, RunningTelegram, TelegramSimulator};
use tautan::web::server::{self, Limits};
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::runtime::Handle;
use url::Url;

use super::botapi_schema;
use super::customer::{Customer, House};
use super::database::TestDatabase;
use super::seller::Seller;
use super::telegram_parser;

/// The key that the app and the pretend Midtrans share.
pub const SERVER_KEY: &str = "SB-Mid-server-stories";

/// How long everything may take to settle. A list of payments is changed every 5 seconds at the most, so many
/// that come one after the other take several times as long.
const PATIENCE: Duration = Duration::from_secs(60);

/// The bot's token; the pretend Telegram takes any.
pub const TOKEN: &str = "700000001:stories-stories-stories-stories-1";

/// What a story changes about the app.
#[derive(Debug, Clone)]
pub struct Options {
    pub updates: UpdatesBy,
    pub shops: ShopPolicy,
    pub admins: Vec<TelegramId>,
    pub live_account: bool,
    /// Whether the app pays practice money at the bank it has in itself, as a new instance does.
    pub own_bank: bool,
    /// How fast the bot may speak; stories do not wait for Telegram's pace unless it is what they
    /// are about.
    pub pace: Pace,
    /// Proxies whose word about a customer's address is taken. Customers come from this machine and
    /// have no address unless the story gives them one: then limits by network hold for them.
    pub trusted_proxies: Vec<IpNet>,
    /// What clients can draw out at most.
    pub limits: Limits,
    /// Where the accounts are that shops connect themselves; nowhere that answers, unless the story says.
    pub midtrans: Option<MidtransAddresses>,
    /// What the story expects to leave undone: messages that cannot be delivered.
    pub leaves_undelivered: bool,
    /// Another Telegram than the pretend one, which is there and idle then.
    pub telegram_url: Option<Url>,
    /// Who sends its letters; without it there are none.
    pub mail: Option<MailSettings>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            updates: UpdatesBy::Polling,
            shops: ShopPolicy::Anyone,
            admins: Vec::new(),
            live_account: false,
            own_bank: false,
            pace: Pace::NONE,
            trusted_proxies: own_machine(),
            limits: Limits::default(),
            midtrans: None,
            leaves_undelivered: false,
            telegram_url: None,
            mail: None,
        }
    }
}

/// The app, its peers and its people.
pub struct TestApp {
    pub telegram: TelegramSimulator,
    pub bank: MidtransSimulator,
    pub base_url: Url,
    running: Option<Running>,
    house: House,
    running_telegram: Option<RunningTelegram>,
    running_bank: Option<RunningMidtrans>,
    settings: Settings,
    time: ShiftedClock,
    options: Options,
    next_person: AtomicI64,
    // Dropped last: the folder and the database that the app used.
    _folder: TempDir,
    database: TestDatabase,
}

impl TestApp {
    pub async fn start() -> Self {
        Self::start_with(Options::default()).await
    }

    pub async fn start_with(options: Options) -> Self {
        let running_telegram = TelegramSimulator::start(any_port()).await.expect("the pretend Telegram");
        let bank_settings = MidtransSettings {
            server_key: SERVER_KEY.to_owned(),
            merchant_id: "G000000001".to_owned(),
            notify_url: None,
            public_url: None,
        };
        let running_bank =
            MidtransSimulator::start(bank_settings, any_port()).await.expect("the pretend Midtrans");
        let listener = server::listen(any_port()).expect("a port");
        let address = listener.local_addr().expect("an address");
        let base_url = Url::parse(&format!("http://{address}/")).expect("an address");
        let database = TestDatabase::create().await;
        let folder = TempDir::with_prefix("tautan-story-").expect("a folder");
        let bank_url = Url::parse(&running_bank.url).expect("an address");
        let account = MidtransAccount {
            server_key: SERVER_KEY.into(),
            api_url: bank_url.clone(),
            snap_url: bank_url,
            merchant_id: Some("G000000001".to_owned()),
        };
        let settings = Settings {
            telegram_token: TOKEN.into(),
            telegram_api_url: match &options.telegram_url {
                Some(elsewhere) => elsewhere.clone(),
                None => Url::parse(&running_telegram.url).expect("an address"),
            },
            telegram_updates: options.updates,
            base_url: base_url.clone(),
            listen: address,
            data_dir: folder.path().to_owned(),
            database_url: database.url().into(),
            master_key: MasterKey::generate(),
            admins: options.admins.clone(),
            shops: options.shops,
            trusted_proxies: options.trusted_proxies.clone(),
            retention: TimeDelta::days(365),
            live: options.live_account.then(|| account.clone()),
            sandbox: (!options.own_bank).then_some(account),
            midtrans: options.midtrans.clone().unwrap_or_else(|| midtrans_at("http://127.0.0.1:9")),
            mail: options.mail.clone(),
        };
        let mut app = Self {
            telegram: running_telegram.simulator.clone(),
            bank: running_bank.simulator.clone(),
            base_url,
            running: None,
            house: House::default(),
            running_telegram: Some(running_telegram),
            running_bank: Some(running_bank),
            settings,
            time: ShiftedClock::default(),
            options,
            next_person: AtomicI64::new(500_001),
            _folder: folder,
            database,
        };
        app.run(listener).await;
        app
    }

    async fn run(&mut self, listener: TcpListener) {
        let extras = self.extras();
        let running =
            lifecycle::start(self.settings.clone(), listener, extras).await.expect("the app starts");
        self.house.set(Some(running.services.clone()));
        if let Some(bank) = &running.bank {
            self.bank = bank.clone();
        }
        self.running = Some(running);
    }

    /// Ends the app in order and starts it again on the same port and database.
    pub async fn restart(&mut self) {
        self.house.set(None);
        self.running.take().expect("the app runs").stop().await;
        let listener = server::listen(self.settings.listen).expect("the same port again");
        self.run(listener).await;
    }

    /// The deciding clock's shift, shared with the app.
    pub fn time(&self) -> ShiftedClock {
        self.time.clone()
    }

    /// The key that seals what this app keeps.
    pub fn sealer(&self) -> Sealer {
        let key = hex::decode(self.settings.master_key.to_text().expose_secret()).expect("digits");
        Sealer::new(&key.try_into().expect("32 bytes"))
    }

    /// Loses the database, restores a backup into another one, and starts again.
    pub async fn restores(&mut self, backup: &Path, into: TestDatabase) -> Restored {
        self.house.set(None);
        self.running.take().expect("the app runs").stop().await;
        let (url, time, sealer) = (into.url(), self.time.clone(), self.sealer());
        let restored = restore(&url, time, &sealer, backup, &mut |_| {}).await.expect("the backup restores");
        self.settings.database_url = url.into();
        self.database = into;
        let listener = server::listen(self.settings.listen).expect("the same port again");
        self.run(listener).await;
        restored
    }

    /// A second app on the same database and with the same peers: another replica. PostgreSQL only.
    pub async fn replica(&self) -> Running {
        let listener = server::listen(any_port()).expect("a port");
        let extras = self.extras();
        lifecycle::start(self.settings.clone(), listener, extras).await.expect("the replica starts")
    }

    fn extras(&self) -> Extras {
        Extras {
            time: self.time.clone(),
            pace: Some(self.options.pace),
            limits: self.options.limits,
            ..Extras::default()
        }
    }

    pub fn services(&self) -> &Services {
        &self.running.as_ref().expect("the app runs").services
    }

    /// Where the pretend Telegram takes calls.
    pub fn telegram_url(&self) -> &Url {
        &self.settings.telegram_api_url
    }

    pub fn database(&self) -> &TestDatabase {
        &self.database
    }

    /// Ani, who sells and speaks Indonesian.
    pub fn ani(&self) -> Seller {
        self.person("Ani", "id")
    }

    /// Sam, who sells and speaks English.
    pub fn sam(&self) -> Seller {
        self.person("Sam", "en")
    }

    pub fn person(&self, name: &str, language_code: &str) -> Seller {
        let id = self.next_person.fetch_add(1, Ordering::SeqCst);
        self.person_of(id, name, language_code)
    }

    pub fn person_of(&self, id: i64, name: &str, language_code: &str) -> Seller {
        Seller::new(self.telegram.person(Person::named(id, name, language_code)), self.base_url.clone())
    }

    /// A customer with a browser of its own.
    pub fn customer(&self) -> Customer {
        Customer::new(self.base_url.clone(), self.bank.clone(), self.house.clone())
    }

    /// Citra buys the last one of a link, and its seller hears of it.
    pub async fn sells_the_last_one(&self, seller: &Seller, link: &Url) {
        let mut citra = self.customer();
        citra.orders(link, "Citra", "QRIS").await;
        citra.pays().await;
        seller.reads("dari Citra").await;
        self.settles().await;
    }

    /// The same, who pays at another bank.
    pub fn customer_of(&self, bank: &MidtransSimulator) -> Customer {
        Customer::new(self.base_url.clone(), bank.clone(), self.house.clone())
    }

    /// Lets time pass, here and at the bank.
    pub fn advance(&self, by: TimeDelta) {
        self.time.advance(by);
        self.bank.advance(by.to_std().expect("time goes on"));
    }

    /// Waits until nothing is on its way any more: no notice, no pull that is due, no message.
    pub async fn settles(&self) {
        self.bank.deliver_all().await;
        let waited = tokio::time::timeout(PATIENCE, async {
            loop {
                let mut changes = self.services().storage().signals().changes();
                let leaves_undelivered = self.options.leaves_undelivered;
                let is_settled = is_settled(self.services(), &self.telegram, leaves_undelivered).await;
                if is_settled && self.database.makes_no_links().await {
                    return;
                }
                // Looks again at the next change, or soon: not every step rings.
                drop(tokio::time::timeout(Duration::from_millis(20), changes.changed()).await);
            }
        });
        waited.await.expect("everything settles within a minute");
    }

    /// What must hold when a story is over.
    async fn finish(&mut self) -> Result<(), String> {
        self.settles().await;
        let report = tautan::services::audit::audit(self.services().storage())
            .await
            .map_err(|error| format!("the books cannot be audited: {error}"))?;
        if let Some(running) = self.running.take() {
            running.stop().await;
        }
        for call in self.telegram.journal() {
            botapi_schema::check_call(&call.method, &as_meant(&call)?)?;
            for key in ["text", "caption"] {
                if let Some(text) = call.body.get(key).and_then(|text| text.as_str())
                    && call.body.get("parse_mode").is_some()
                {
                    telegram_parser::check_html(text)?;
                }
            }
        }
        if let Some(bank) = self.running_bank.take() {
            bank.stop().await;
        }
        if let Some(telegram) = self.running_telegram.take() {
            telegram.stop().await;
        }
        if report.is_sound() { Ok(()) } else { Err(format!("the books do not fit:\n{report}")) }
    }
}

impl Drop for TestApp {
    fn drop(&mut self) {
        if std::thread::panicking() || self.running.is_none() {
            return;
        }
        let finished = tokio::task::block_in_place(|| Handle::current().block_on(self.finish()));
        if let Err(complaint) = finished {
            panic!("{complaint}");
        }
    }
}

/// Whether nothing is on its way. Looks in the order in which things flow: what has left one place has
/// arrived in the next, so that nothing slips by between two looks.
pub async fn is_settled(services: &Services, telegram: &TelegramSimulator, leaves_undelivered: bool) -> bool {
    if telegram.updates_pending() > 0 {
        return false;
    }
    let storage = services.storage();
    let now = storage.now().await.expect("the database answers");
    let mut reader = storage.read().await.expect("the database answers");
    let updates = reader.count_waiting_updates().await.expect("the database answers");
    let due = reader.count_due_pulls(now).await.expect("the database answers");
    let waiting = reader.count_waiting_notifications().await.expect("the database answers");
    let cards = reader.count_due_cards(now).await.expect("the database answers");
    let undelivered = if leaves_undelivered { 0 } else { waiting };
    updates == 0 && due == 0 && cards == 0 && undelivered == 0
}

/// What teloxide sends as a form, because a file may be in it.
const SENT_AS_FORMS: [&str; 4] = ["setWebhook", "sendPhoto", "sendDocument", "editMessageMedia"];

/// The body of a call. Forms hold text alone, and files.
fn as_meant(call: &Call) -> Result<Value, String> {
    let Some(fields) = call.body.as_object().filter(|_| SENT_AS_FORMS.contains(&call.method.as_str())) else {
        return Ok(call.body.clone());
    };
    let is_file = |value: &Value| value.get("media_type").is_some();
    let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let files: Vec<String> =
        fields.iter().filter(|(_, value)| is_file(value)).map(|(name, _)| name.clone()).collect();
    let fields: Vec<(String, String)> = fields
        .iter()
        .filter(|(_, value)| !is_file(value))
        .map(|(name, value)| (name.clone(), text(value)))
        .collect();
    botapi_schema::normalise_form(&call.method, &fields, &files)
}

/// Accounts that shops connect, at one address in both modes.
pub fn midtrans_at(url: &str) -> MidtransAddresses {
    let url = Url::parse(url).expect("an address");
    let address = MidtransAddress { api_url: url.clone(), snap_url: url };
    MidtransAddresses { sandbox: address.clone(), live: address }
}

pub fn any_port() -> SocketAddr {
    ([127, 0, 0, 1], 0).into()
}
