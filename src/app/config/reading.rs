//! Reading the settings, one after the other, collecting what is wrong.

use std::fs::DirBuilder;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::os::unix::fs::DirBuilderExt;
use std::path::PathBuf;

use chrono::TimeDelta;
use ipnet::IpNet;
use secrecy::SecretString;
use url::{Host, Url};

use super::environment::Environment;
use super::{MasterKey, MidtransAccount, Mistakes, Settings, UpdatesBy};
use crate::domain::id::TelegramId;
use crate::domain::merchant::Mode;
use crate::gateways::midtrans::{MidtransAddress, MidtransAddresses, MidtransSettings};
use crate::services::admission::ShopPolicy;

/// Telegram's own Bot API.
const TELEGRAM_API: &str = "https://api.telegram.org";

impl Settings {
    /// Reads the settings of `tautan serve`.
    ///
    /// # Errors
    /// With every mistake there is.
    pub fn read(environment: &Environment) -> Result<Self, Mistakes> {
        let mut reading = Reading { environment, mistakes: Mistakes::default() };
        environment.check_names(&mut reading.mistakes);
        let telegram_token = reading.telegram_token();
        let base_url = reading.base_url();
        let master_key = reading.master_key();
        let telegram_api_url = reading.url("TAUTAN_TELEGRAM_API_URL", TELEGRAM_API);
        let telegram_updates = reading.telegram_updates();
        let listen = reading.parsed("TAUTAN_LISTEN", "127.0.0.1:8080", "an address like 127.0.0.1:8080");
        let data_dir = reading.data_dir();
        let database_url = reading.database_url(data_dir.as_ref());
        let admins = reading.admins();
        let shops = reading.shops();
        let trusted_proxies = reading.trusted_proxies();
        let retention = reading.retention();
        let sandbox = reading.midtrans(Mode::Sandbox);
        let live = reading.midtrans(Mode::Live);
        let midtrans = reading.midtrans_addresses();
        let mail = reading.mail();
        let mistakes = reading.mistakes;
        let settings = (|| {
            Some(Self {
                telegram_token: telegram_token?.into(),
                telegram_api_url: telegram_api_url?,
                telegram_updates: telegram_updates?,
                base_url: base_url?,
                listen: listen?,
                data_dir: data_dir?,
                database_url: database_url?.into(),
                master_key: master_key?,
                admins,
                shops: shops?,
                trusted_proxies,
                retention: retention?,
                sandbox,
                live,
                midtrans: midtrans?,
                mail,
            })
        })();
        settings.filter(|_| mistakes.sentences.is_empty()).ok_or(mistakes)
    }
}

/// What `tautan verify` and its like need: the database alone.
///
/// # Errors
/// With every mistake there is.
pub fn read_database_url(environment: &Environment) -> Result<SecretString, Mistakes> {
    let mut reading = Reading { environment, mistakes: Mistakes::default() };
    let data_dir = reading.data_dir();
    let url = reading.database_url(data_dir.as_ref());
    url.map(SecretString::from).ok_or(reading.mistakes)
}

/// What backups need: the database, and the key that seals them.
///
/// # Errors
/// With every mistake there is.
pub fn read_backup_settings(environment: &Environment) -> Result<(SecretString, MasterKey), Mistakes> {
    let mut reading = Reading { environment, mistakes: Mistakes::default() };
    let master_key = reading.master_key();
    let data_dir = reading.data_dir();
    let url = reading.database_url(data_dir.as_ref()).map(SecretString::from);
    url.zip(master_key).ok_or(reading.mistakes)
}

pub(super) struct Reading<'a> {
    pub(super) environment: &'a Environment,
    pub(super) mistakes: Mistakes,
}

impl Reading<'_> {
    fn telegram_token(&mut self) -> Option<String> {
        const NAME: &str = "TAUTAN_TELEGRAM_TOKEN";
        let Some(token) = self.environment.secret(NAME, &mut self.mistakes) else {
            self.mistakes.add(NAME, "is missing; @BotFather on Telegram gives you one after /newbot");
            return None;
        };
        let well_formed = token.split_once(':').is_some_and(|(id, secret)| {
            !id.is_empty()
                && id.bytes().all(|byte| byte.is_ascii_digit())
                && secret.len() >= 20
                && secret.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
        });
        if !well_formed {
            // The token itself is never repeated: it would end up in a log.
            self.mistakes.add(NAME, "does not look like a token of @BotFather, which reads 123456:ABC-DEF…");
            return None;
        }
        Some(token)
    }

    fn base_url(&mut self) -> Option<Url> {
        const NAME: &str = "TAUTAN_BASE_URL";
        let Some(text) = self.environment.text(NAME) else {
            self.mistakes
                .add(NAME, "is missing; the public address of your pages, like https://pay.example.com");
            return None;
        };
        let Ok(url) = Url::parse(text) else {
            self.mistakes.add(NAME, format!("{text:?} is no address; write it like https://pay.example.com"));
            return None;
        };
        if url.scheme() != "https" && !is_loopback(&url) {
            self.mistakes.add(NAME, "must start with https://: customers type their details there");
            return None;
        }
        let is_bare = url.query().is_none() && url.fragment().is_none() && url.path() == "/";
        if !is_bare || !url.username().is_empty() || url.password().is_some() {
            self.mistakes
                .add(NAME, "must be a host alone, like https://pay.example.com: no path, user, ? or #");
            return None;
        }
        Some(url)
    }

    fn master_key(&mut self) -> Option<MasterKey> {
        const NAME: &str = "TAUTAN_MASTER_KEY";
        let Some(text) = self.environment.secret(NAME, &mut self.mistakes) else {
            self.mistakes
                .add(NAME, "is missing; `tautan init` makes one; keep it, a backup is useless without it");
            return None;
        };
        let key = MasterKey::parse(&text);
        if key.is_none() {
            self.mistakes.add(NAME, "must be 64 hexadecimal digits, as `tautan init` writes them");
        }
        key
    }

    fn telegram_updates(&mut self) -> Option<UpdatesBy> {
        match self.environment.text("TAUTAN_TELEGRAM_UPDATES").unwrap_or("polling") {
            "polling" => Some(UpdatesBy::Polling),
            "webhook" => Some(UpdatesBy::Webhook),
            other => {
                let sentence = format!("{other:?} is neither polling nor webhook");
                self.mistakes.add("TAUTAN_TELEGRAM_UPDATES", sentence);
                None
            }
        }
    }

    fn data_dir(&mut self) -> Option<PathBuf> {
        const NAME: &str = "TAUTAN_DATA_DIR";
        let folder = PathBuf::from(self.environment.text(NAME).unwrap_or("tautan-data"));
        let made = DirBuilder::new().recursive(true).mode(0o700).create(&folder);
        let writable = made.and_then(|()| {
            // Replicas that start together may share the folder: each tries with a file of its own.
            let probe = folder.join(format!(".tautan-can-write-{:016x}", rand::random::<u64>()));
            std::fs::write(&probe, b"")?;
            std::fs::remove_file(&probe)
        });
        if let Err(error) = writable {
            let sentence = format!("files cannot be written to {}: {error}", folder.display());
            self.mistakes.add(NAME, sentence);
            return None;
        }
        Some(folder)
    }

    fn database_url(&mut self, data_dir: Option<&PathBuf>) -> Option<String> {
        const NAME: &str = "DATABASE_URL";
        match self.environment.secret(NAME, &mut self.mistakes) {
            None => data_dir.map(|folder| format!("sqlite:{}", folder.join("tautan.db").display())),
            Some(url)
                if ["sqlite:", "postgres:", "postgresql:"].iter().any(|scheme| url.starts_with(scheme)) =>
            {
                Some(url)
            }
            Some(_) => {
                self.mistakes
                    .add(NAME, "must start with sqlite: or postgres:, like postgres://tautan@db/tautan");
                None
            }
        }
    }

    fn admins(&mut self) -> Vec<TelegramId> {
        const NAME: &str = "TAUTAN_ADMINS";
        let mut admins = Vec::new();
        for part in split(self.environment.text(NAME)) {
            match part.parse::<i64>() {
                Ok(id) if id > 0 => admins.push(TelegramId(id)),
                _ => {
                    let sentence =
                        format!("{part:?} is no Telegram id; ids are numbers, and the bot tells yours");
                    self.mistakes.add(NAME, sentence);
                }
            }
        }
        admins
    }

    fn shops(&mut self) -> Option<ShopPolicy> {
        match self.environment.text("TAUTAN_SHOPS").unwrap_or("invited") {
            "admins" => Some(ShopPolicy::Admins),
            "invited" => Some(ShopPolicy::Invited),
            "anyone" => Some(ShopPolicy::Anyone),
            other => {
                self.mistakes.add("TAUTAN_SHOPS", format!("{other:?} is none of admins, invited and anyone"));
                None
            }
        }
    }

    fn trusted_proxies(&mut self) -> Vec<IpNet> {
        const NAME: &str = "TAUTAN_TRUSTED_PROXIES";
        let Some(list) = self.environment.text(NAME) else { return own_machine() };
        let mut proxies = Vec::new();
        for part in split(Some(list)) {
            let network =
                part.parse::<IpNet>().or_else(|_| part.parse::<std::net::IpAddr>().map(IpNet::from));
            match network {
                Ok(network) if network.prefix_len() == 0 => {
                    let sentence =
                        format!("{part} trusts the whole internet; name your proxy, like 10.0.0.2");
                    self.mistakes.add(NAME, sentence);
                }
                Ok(network) => proxies.push(network),
                Err(_) => {
                    let sentence = format!("{part:?} is no address or network, like 10.0.0.2 or 10.0.0.0/24");
                    self.mistakes.add(NAME, sentence);
                }
            }
        }
        proxies
    }

    fn retention(&mut self) -> Option<TimeDelta> {
        const NAME: &str = "TAUTAN_RETENTION_DAYS";
        let text = self.environment.text(NAME).unwrap_or("365");
        match text.parse::<i64>() {
            Ok(days @ 30..=3650) => Some(TimeDelta::days(days)),
            _ => {
                self.mistakes
                    .add(NAME, format!("{text:?} must be a number of days from 30 to 3650, like 365"));
                None
            }
        }
    }

    fn midtrans_addresses(&mut self) -> Option<MidtransAddresses> {
        let (sandbox, live) = (self.midtrans_address(Mode::Sandbox), self.midtrans_address(Mode::Live));
        Some(MidtransAddresses { sandbox: sandbox?, live: live? })
    }

    fn midtrans_address(&mut self, mode: Mode) -> Option<MidtransAddress> {
        let (api, snap) = match mode {
            Mode::Sandbox => (MidtransSettings::SANDBOX_API, MidtransSettings::SANDBOX_SNAP),
            Mode::Live => (MidtransSettings::LIVE_API, MidtransSettings::LIVE_SNAP),
        };
        let prefix = midtrans_prefix(mode);
        let api_url = self.url(&format!("{prefix}_API_URL"), api);
        let snap_url = self.url(&format!("{prefix}_SNAP_URL"), snap);
        Some(MidtransAddress { api_url: api_url?, snap_url: snap_url? })
    }

    fn midtrans(&mut self, mode: Mode) -> Option<MidtransAccount> {
        let prefix = midtrans_prefix(mode);
        let key_name = format!("{prefix}_SERVER_KEY");
        let api_name = format!("{prefix}_API_URL");
        let server_key = self.environment.secret(&key_name, &mut self.mistakes);
        let address = self.midtrans_address(mode);
        let server_key = server_key?;
        let api_url = address.as_ref().map(|address| &address.api_url);
        if mode == Mode::Live && server_key.starts_with("SB-") {
            self.mistakes
                .add(&key_name, "is a sandbox key; real money needs the key of the production dashboard");
        }
        if server_key.contains("-client-") {
            self.mistakes.add(&key_name, "is a client key; the server key stands beside it in the dashboard");
        }
        let names_sandbox = |url: &Url| url.host_str().is_some_and(|host| host.contains("sandbox"));
        if mode == Mode::Live && api_url.is_some_and(names_sandbox) {
            self.mistakes.add(&api_name, "is the sandbox's address; leave it out for real money");
        }
        if mode == Mode::Sandbox
            && server_key.starts_with("Mid-server-")
            && api_url.is_some_and(names_sandbox)
        {
            self.mistakes.add(&key_name, "looks like a production key; the sandbox's starts with SB-");
        }
        let merchant_id = self.environment.text(&format!("{prefix}_MERCHANT_ID")).map(str::to_owned);
        let MidtransAddress { api_url, snap_url } = address?;
        Some(MidtransAccount { server_key: server_key.into(), api_url, snap_url, merchant_id })
    }

    fn url(&mut self, name: &str, default: &str) -> Option<Url> {
        let text = self.environment.text(name).unwrap_or(default);
        match Url::parse(text) {
            Ok(url) if url.scheme() == "https" || is_loopback(&url) => Some(url),
            _ => {
                self.mistakes.add(name, format!("{text:?} must be an https address, like {default}"));
                None
            }
        }
    }

    fn parsed(&mut self, name: &str, default: &str, shape: &str) -> Option<SocketAddr> {
        let text = self.environment.text(name).unwrap_or(default);
        let value = text.parse().ok();
        if value.is_none() {
            self.mistakes.add(name, format!("{text:?} is not {shape}"));
        }
        value
    }
}

const fn midtrans_prefix(mode: Mode) -> &'static str {
    match mode {
        Mode::Sandbox => "TAUTAN_MIDTRANS_SANDBOX",
        Mode::Live => "TAUTAN_MIDTRANS_LIVE",
    }
}

/// The networks of this very machine: where the proxy of a small installation stands, and from where
/// nobody outside can come.
pub fn own_machine() -> Vec<IpNet> {
    let addresses = [IpAddr::V4(Ipv4Addr::LOCALHOST), IpAddr::V6(Ipv6Addr::LOCALHOST)];
    addresses
        .into_iter()
        .map(|address| match address {
            IpAddr::V4(_) => IpNet::new(address, 8).unwrap_or(IpNet::from(address)).trunc(),
            IpAddr::V6(_) => IpNet::from(address),
        })
        .collect()
}

fn split(list: Option<&str>) -> impl Iterator<Item = &str> {
    list.unwrap_or_default().split(',').map(str::trim).filter(|part| !part.is_empty())
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        Some(Host::Domain(name)) => name == "localhost",
        None => false,
    }
}
