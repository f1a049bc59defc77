//! Settings from the environment. Every mistake is found at once and said with its mending, before
//! any port opens.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::PathBuf;

use chrono::TimeDelta;
use ipnet::IpNet;
use secrecy::SecretString;
use url::Url;

use crate::domain::id::TelegramId;
use crate::gateways::midtrans::MidtransAddresses;
use crate::messaging::email::{MailSender, MailServer};
use crate::services::admission::ShopPolicy;

mod environment;
mod mail;
pub mod reading;
#[cfg(test)]
mod tests;

pub use environment::Environment;

/// What the process is told.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The bot's token.
    pub telegram_token: SecretString,
    /// Where the Bot API is.
    pub telegram_api_url: Url,
    /// How updates come.
    pub telegram_updates: UpdatesBy,
    /// The public address of the pages, with a closing slash.
    pub base_url: Url,
    /// Where the server listens.
    pub listen: SocketAddr,
    /// Where files are kept.
    pub data_dir: PathBuf,
    /// The database; may hold a password.
    pub database_url: SecretString,
    /// Seals what must be kept but not read: 32 bytes.
    pub master_key: MasterKey,
    /// People who run this instance.
    pub admins: Vec<TelegramId>,
    /// Who may open a shop besides them.
    pub shops: ShopPolicy,
    /// Proxies whose word about a client's address is taken.
    pub trusted_proxies: Vec<IpNet>,
    /// How long customers' names and contacts are kept with their orders.
    pub retention: TimeDelta,
    /// The operator's Midtrans sandbox account; without one the built-in simulator serves.
    pub sandbox: Option<MidtransAccount>,
    /// The operator's Midtrans account for real money.
    pub live: Option<MidtransAccount>,
    /// Where the accounts are that shops connect themselves.
    pub midtrans: MidtransAddresses,
    /// Who sends letters by e-mail; without it, none are sent.
    pub mail: Option<MailSettings>,
}

/// Who sends letters by e-mail.
#[derive(Debug, Clone)]
pub struct MailSettings {
    /// The mail server.
    pub server: MailServer,
    /// Whom letters come from.
    pub sender: MailSender,
}

/// A Midtrans account of the operator's.
#[derive(Debug, Clone)]
pub struct MidtransAccount {
    /// The server key.
    pub server_key: SecretString,
    /// Where the Core API is.
    pub api_url: Url,
    /// Where Snap is.
    pub snap_url: Url,
    /// The merchant id that reports must name, if given.
    pub merchant_id: Option<String>,
}

/// How updates come from Telegram.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UpdatesBy {
    /// We ask.
    Polling,
    /// Telegram calls.
    Webhook,
}

/// The 32 bytes that seal; never shown.
#[derive(Clone)]
pub struct MasterKey(pub(crate) [u8; 32]);

impl std::fmt::Debug for MasterKey {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("MasterKey(…)")
    }
}

impl MasterKey {
    /// A fresh key.
    #[must_use]
    pub fn generate() -> Self {
        Self(rand::random())
    }

    /// The key as it is written into a settings file: 64 hexadecimal digits.
    #[must_use]
    pub fn to_text(&self) -> SecretString {
        hex::encode(self.0).into()
    }

    /// Reads [`MasterKey::to_text`] back.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let bytes = hex::decode(text.trim()).ok()?;
        bytes.try_into().ok().map(Self)
    }
}

/// Everything that is wrong with the settings.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Mistakes {
    /// One sentence each, by the name of the variable.
    pub sentences: BTreeMap<String, String>,
}

impl std::fmt::Display for Mistakes {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        writeln!(formatter, "The settings cannot be used:")?;
        for (name, sentence) in &self.sentences {
            writeln!(formatter, "  {name}: {sentence}")?;
        }
        write!(formatter, "`tautan init` writes a settings file that explains each of them.")
    }
}

impl std::error::Error for Mistakes {}
