//! Opening a shop and setting it up.

use chrono_tz::Tz;

use super::{ServiceError, Services};
use crate::domain::id::TelegramId;
use crate::domain::language::Language;
use crate::domain::merchant::{Merchant, Mode, StaffMember};
use crate::domain::money::{Currency, Money};
use crate::domain::visible_text::StoreName;

/// A person and the shop that person works in: who acts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seat {
    /// The shop.
    pub merchant: Merchant,
    /// The person.
    pub member: StaffMember,
}

/// What is needed to open a shop.
#[derive(Debug, Clone)]
pub struct NewShop {
    /// Who opens it.
    pub owner: TelegramId,
    /// Its name.
    pub name: StoreName,
    /// What the bot speaks with the owner, and the pages by default.
    pub language: Language,
    /// What prices mean.
    pub currency: Currency,
    /// What dates mean.
    pub time_zone: Tz,
}

/// One thing about a shop to change.
#[derive(Debug, Clone)]
pub enum ShopChange {
    /// Its name.
    Name(StoreName),
    /// What prices mean from now on.
    Currency(Currency),
    /// What dates mean.
    TimeZone(Tz),
    /// Whether new links take real money.
    Mode(Mode),
}

/// Why a change of a shop is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ShopRefusal {
    /// Only the owner may.
    NotOwner,
    /// No account takes real money for this shop.
    NoLiveAccount,
    /// No connected account takes this currency.
    CurrencyNotAccepted(Currency),
}

/// The figures of the home card.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HomeFigures {
    /// Orders paid since midnight in the shop's zone, in the shop's mode.
    pub paid_today: i64,
    /// Their sum in the shop's currency.
    pub paid_today_sum: Money,
    /// Orders that wait for their customer now.
    pub waiting: i64,
    /// Links that are neither deleted nor used up, whatever their state.
    pub links: i64,
}

impl Services {
    /// The shop the person works in, if any.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn seat(&self, person: TelegramId) -> Result<Option<Seat>, ServiceError> {
        todo!()
    }

    /// Opens a shop in sandbox mode; a person who has one gets that one. The caller has asked
    /// [`Services::may_open_shop`].
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn open_shop(&self, shop: NewShop) -> Result<Seat, ServiceError> {
        todo!()
    }

    /// Changes what the bot speaks with the person (and, for an owner, the shop's pages).
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn change_language(&self, seat: &Seat, language: Language) -> Result<(), ServiceError> {
        todo!()
    }

    /// Changes one thing about the shop.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn change_shop(
        &self,
        seat: &Seat,
        change: ShopChange,
    ) -> Result<Result<Merchant, ShopRefusal>, ServiceError> {
        todo!()
    }

    /// Whether the shop could take real money: the operator has a live account and an admin owns it.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn may_go_live(&self, seat: &Seat) -> Result<bool, ServiceError> {
        todo!()
    }

    /// Whether any connected account takes this currency.
    #[must_use]
    pub fn takes_currency(&self, currency: Currency) -> bool {
        self.accounts.all().any(|account| account.gateway.accepts(currency))
    }

    /// The figures of the home card.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn home_figures(&self, seat: &Seat) -> Result<HomeFigures, ServiceError> {
        todo!()
    }
}
