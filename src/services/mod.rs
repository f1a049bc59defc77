//! What a shop can do: one method per use case. Everything that the bot, the pages and the workers
//! do to money or links goes through here, and every change is one transaction.

use std::sync::{Arc, OnceLock};

use url::Url;

use crate::domain::clock::Clock;
use crate::gateways::GatewayAccounts;
use crate::messaging::email::Mailer;
use crate::messaging::picture::PictureError;
use crate::storage::{Storage, StorageError};

pub mod admission;
pub mod alerts;
pub mod audit;
pub mod backup;
mod booking;
mod charging;
pub mod checkout;
mod code_pictures;
pub mod customer_questions;
pub mod customers;
pub mod delivery;
pub mod drafts;
pub mod figures;
pub mod finding;
pub mod follow_ups;
pub mod form_stamps;
mod gateway_accounts;
pub mod gateway_health;
pub mod going_live;
pub mod holds;
pub mod housekeeping;
pub mod letters;
pub mod link_changes;
pub mod link_imports;
mod link_making;
pub mod link_questions;
pub mod link_views;
pub mod links;
pub mod living_cards;
pub mod merchants;
pub mod networks;
pub mod notice_settings;
pub mod notices;
pub mod order_export;
pub mod order_page;
pub mod orders;
pub mod own_data;
pub mod own_keys;
pub mod own_order;
mod paging;
pub mod payments;
pub mod photos;
mod place_losses;
pub mod places;
pub mod previews;
pub mod privacy;
pub mod pulls;
pub mod recaps;
pub mod receipts;
pub mod refunds;
mod refused_methods;
pub mod rehearsal;
pub mod sealing;
pub mod seller_acts;
pub mod sharing;
pub mod shipping;
pub mod shop_copy;
mod silence;
pub mod team;
mod telling;
pub mod turns;

/// What every use case needs.
#[derive(Debug, Clone)]
pub struct Services {
    pub(crate) storage: Storage,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) accounts: Arc<GatewayAccounts>,
    pub(crate) settings: Arc<ServiceSettings>,
    pub(crate) running: tokio_util::task::TaskTracker,
    pub(crate) open_accounts: gateway_accounts::OpenAccounts,
    pub(crate) gateway_health: gateway_health::GatewayHealth,
    pub(crate) refused_methods: refused_methods::RefusedMethods,
    pub(crate) code_pictures: code_pictures::CodePictures,
    pub(crate) speaking: delivery::Speaking,
    pub(crate) views: link_views::ViewCounts,
    pub(crate) exports: order_export::ExportsUnderWay,
    pub(crate) gallery: previews::Gallery,
    pub(crate) bot_name: Arc<OnceLock<String>>,
    pub(crate) mailer: Option<Mailer>,
}

/// What the operator decides.
#[derive(Debug)]
pub struct ServiceSettings {
    /// The public address of the pages, with a closing slash.
    pub base_url: Url,
    /// Who may open a shop.
    pub shops: admission::ShopPolicy,
    /// People who may always open a shop and use the operator's own gateway accounts.
    pub admins: Vec<crate::domain::id::TelegramId>,
    /// Seals what must be kept but not read.
    pub sealer: sealing::Sealer,
}

/// Why a use case failed though nobody did anything wrong.
#[derive(Debug, thiserror::Error)]
pub enum ServiceError {
    /// The database could not be asked.
    #[error(transparent)]
    Storage(#[from] StorageError),
    /// Something sealed cannot be opened: the master key is another one.
    #[error("a sealed value cannot be opened with this master key")]
    Unsealable,
    /// A picture could not be drawn.
    #[error(transparent)]
    Picture(#[from] PictureError),
    /// A task was stopped half way by the process ending.
    #[error("the work was interrupted")]
    Interrupted,
}

impl ServiceError {
    /// Whether the same request may succeed later without anybody mending anything.
    #[must_use]
    pub const fn may_pass(&self) -> bool {
        matches!(self, Self::Storage(StorageError::Database(_) | StorageError::NoRoom) | Self::Interrupted)
    }
}

/// [`Services::check_master_key`], for who has only a database.
///
/// # Errors
/// [`ServiceError::Unsealable`] when it is another key.
pub async fn check_master_key(storage: &Storage, sealer: &sealing::Sealer) -> Result<(), ServiceError> {
    const KEY: &str = "master_key_check";
    let mut writer = storage.write().await?;
    let Some(kept) = writer.setting(KEY).await? else {
        let sealed = sealer.seal(KEY, b"tautan");
        writer.set_setting(KEY, &hex::encode(sealed)).await?;
        return Ok(writer.commit().await?);
    };
    writer.roll_back().await?;
    let sealed = hex::decode(kept).map_err(|_| ServiceError::Unsealable)?;
    sealer.open(KEY, &sealed).map(|_| ()).ok_or(ServiceError::Unsealable)
}

impl Services {
    /// Puts the use cases together.
    #[must_use]
    pub fn new(
        storage: Storage,
        clock: Arc<dyn Clock>,
        accounts: GatewayAccounts,
        settings: ServiceSettings,
    ) -> Self {
        Self {
            storage,
            clock,
            accounts: Arc::new(accounts),
            settings: Arc::new(settings),
            running: tokio_util::task::TaskTracker::new(),
            open_accounts: gateway_accounts::OpenAccounts::default(),
            gateway_health: gateway_health::GatewayHealth::default(),
            refused_methods: refused_methods::RefusedMethods::default(),
            code_pictures: code_pictures::CodePictures::default(),
            speaking: delivery::Speaking::default(),
            views: link_views::ViewCounts::default(),
            exports: order_export::ExportsUnderWay::default(),
            gallery: previews::Gallery::default(),
            bot_name: Arc::default(),
            mailer: None,
        }
    }

    /// The database, for what is no use case: conversations and inboxes.
    #[must_use]
    pub const fn storage(&self) -> &Storage {
        &self.storage
    }

    /// Makes sure that the master key is the one that sealed this database; seals a first value in
    /// a new one.
    ///
    /// # Errors
    /// [`ServiceError::Unsealable`] when it is another key.
    pub async fn check_master_key(&self) -> Result<(), ServiceError> {
        check_master_key(&self.storage, &self.settings.sealer).await
    }

    /// The address of a page.
    pub(crate) fn page_url(&self, path: &str) -> Url {
        let mut url = self.settings.base_url.clone();
        if let Ok(mut segments) = url.path_segments_mut() {
            segments.pop_if_empty().extend(path.split('/'));
        }
        url
    }

    /// Where the chat with the bot opens; `None` while Telegram does not say what the bot is called.
    #[must_use]
    pub fn chat_link(&self) -> Option<Url> {
        Url::parse(&format!("https://t.me/{}", self.bot_name.get()?)).ok()
    }

    /// Notes what the bot is called at Telegram, without `@`.
    pub fn name_bot(&self, name: String) {
        let _ = self.bot_name.set(name);
    }

    /// Where the chat with the bot opens and says `/start` with this payload (1 to 64 of A–Z, a–z, 0–9, `_`,
    /// `-`); `None` while Telegram does not say what the bot is called.
    #[must_use]
    pub fn start_link(&self, payload: &str) -> Option<Url> {
        let name = self.bot_name.get()?;
        Url::parse(&format!("https://t.me/{name}?start={payload}")).ok()
    }

    /// The clock for display and pacing.
    #[must_use]
    pub fn clock(&self) -> &dyn Clock {
        self.clock.as_ref()
    }

    /// How the gateway accounts fare.
    #[must_use]
    pub const fn gateway_health(&self) -> &gateway_health::GatewayHealth {
        &self.gateway_health
    }

    /// Waits for payments that are being asked for. Nothing new should be started meanwhile.
    pub async fn drain(&self) {
        self.running.close();
        self.running.wait().await;
    }
}
