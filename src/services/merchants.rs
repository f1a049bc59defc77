//! Opening a shop and setting it up.

use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;

use super::link_making::kept_photo;
use super::recaps::plan_recaps;
use super::{ServiceError, Services};
use crate::domain::figures::Period;
use crate::domain::id::{MerchantId, PhotoId, TelegramId};
use crate::domain::language::Language;
use crate::domain::link_defaults::LinkDefaults;
use crate::domain::merchant::{Merchant, Mode, Role, StaffMember};
use crate::domain::method_set::MethodSet;
use crate::domain::money::{Currency, Money};
use crate::domain::payment_method::PaymentMethod;
use crate::domain::shop_colour::ShopColour;
use crate::domain::shop_face::{ChatName, ShopFace};
use crate::domain::shop_log::{LogEvent, LogSubject};
use crate::domain::usage_limit::UsageLimit;
use crate::domain::visible_text::StoreName;
use crate::storage::{Reader, Writer};

/// A person and the shop that person works in: who acts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seat {
    /// The shop.
    pub merchant: Merchant,
    /// The person.
    pub member: StaffMember,
}

impl Seat {
    /// The shop the person works in, if any.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn of(reader: &mut Reader, person: TelegramId) -> Result<Option<Self>, ServiceError> {
        let Some(member) = reader.staff_member(person).await? else { return Ok(None) };
        let merchant = reader.merchant(member.merchant_id).await?;
        Ok(merchant.map(|merchant| Self { merchant, member }))
    }
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

impl NewShop {
    /// Opens the shop, in sandbox mode.
    pub(super) async fn open(self, writer: &mut Writer, id: MerchantId) -> Result<Seat, ServiceError> {
        let merchant = Merchant {
            id,
            name: self.name,
            language: self.language,
            currency: self.currency,
            time_zone: self.time_zone,
            mode: Mode::Sandbox,
            link_defaults: LinkDefaults::default(),
            face: ShopFace::default(),
            paid_orders: 0,
            methods: MethodSet::default(),
            created_at: writer.now(),
        };
        let member = StaffMember {
            merchant_id: merchant.id,
            telegram_id: self.owner,
            role: Role::Owner,
            language: self.language,
        };
        writer.insert_merchant(&merchant).await?;
        writer.insert_staff(&member).await?;
        Ok(Seat { merchant, member })
    }
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
    /// The colour of its pages.
    Colour(ShopColour),
    /// Its picture, which is kept already.
    Photo(Option<PhotoId>),
    /// The owner whose chat name its customers read, as Telegram just said it.
    ChatName(Option<(TelegramId, ChatName)>),
    /// Whether new links take real money.
    Mode(Mode),
    /// How many payments new links take where nothing is said; `None` for as many as come.
    DefaultLimit(Option<UsageLimit>),
    /// How long new links last where nothing is said; `None` for good.
    DefaultLife(Option<TimeDelta>),
    /// Whether a clear line becomes a link without a question.
    MakesUnasked(bool),
    /// Whether a way to pay is taken.
    Method(PaymentMethod, bool),
    /// Every way to pay is taken, also those that come later.
    AllMethods,
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
    /// None of the ways to pay that the shop's account has would be left.
    NoMethodLeft,
}

/// The figures of the home card.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HomeFigures {
    /// Orders paid since midnight in the shop's zone, in the shop's mode.
    pub paid_today: i64,
    /// What is left of their money after returns, in the shop's currency.
    pub paid_today_sum: Money,
    /// Orders that wait for their customer now.
    pub waiting: i64,
    /// Links that are neither deleted nor used up, whatever their state.
    pub links: i64,
}

/// How long a chat name that is shown need not be confirmed again.
const CHAT_NAME_GAP: TimeDelta = TimeDelta::days(1);

impl Services {
    /// The shop the person works in, if any.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn seat(&self, person: TelegramId) -> Result<Option<Seat>, ServiceError> {
        Seat::of(&mut self.storage.read().await?, person).await
    }

    /// Opens a shop in sandbox mode; a person who has one gets that one. The caller has asked
    /// [`Services::may_open_shop`].
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn open_shop(&self, shop: NewShop) -> Result<Seat, ServiceError> {
        let mut writer = self.storage.write().await?;
        writer.lock_person(shop.owner).await?;
        if writer.staff_member(shop.owner).await?.is_some() {
            writer.roll_back().await?;
            return self.seat(shop.owner).await?.ok_or(ServiceError::Interrupted);
        }
        let seat = shop.open(&mut writer, MerchantId::generate()).await?;
        writer.commit().await?;
        Ok(seat)
    }

    /// Changes what the bot speaks with the person (and, for an owner, the shop's pages).
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn change_language(&self, seat: &Seat, language: Language) -> Result<(), ServiceError> {
        let mut writer = self.storage.write().await?;
        writer.set_staff_language(seat.member.telegram_id, language).await?;
        if seat.member.role == Role::Owner {
            // Read again: what the seat remembers may have been changed meanwhile.
            if let Some(merchant) = writer.merchant(seat.merchant.id).await? {
                writer.update_merchant(&Merchant { language, ..merchant }).await?;
            }
        }
        Ok(writer.commit().await?)
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
        if seat.member.role != Role::Owner {
            return Ok(Err(ShopRefusal::NotOwner));
        }
        let mut writer = self.storage.write().await?;
        let Some(mut merchant) = writer.merchant(seat.merchant.id).await? else {
            return Ok(Err(ShopRefusal::NotOwner));
        };
        let before = merchant.clone();
        match change {
            ShopChange::Name(name) => merchant.name = name,
            ShopChange::TimeZone(time_zone) => merchant.time_zone = time_zone,
            ShopChange::Currency(currency) if self.takes_currency(currency) => merchant.currency = currency,
            ShopChange::Currency(currency) => {
                writer.roll_back().await?;
                return Ok(Err(ShopRefusal::CurrencyNotAccepted(currency)));
            }
            ShopChange::Colour(colour) => merchant.face.colour = colour,
            ShopChange::Photo(photo) => {
                merchant.face.photo = kept_photo(&mut writer, merchant.id, photo).await?;
            }
            ShopChange::ChatName(shown) => {
                (merchant.face.chat_person, merchant.face.chat_name) = shown.unzip();
            }
            ShopChange::Mode(mode) => merchant.mode = mode,
            ShopChange::DefaultLimit(limit) => merchant.link_defaults.usage_limit = limit,
            ShopChange::DefaultLife(life) => merchant.link_defaults.life = life,
            ShopChange::MakesUnasked(makes_unasked) => {
                merchant.link_defaults.makes_unasked = makes_unasked;
            }
            ShopChange::AllMethods => merchant.methods = MethodSet::default(),
            ShopChange::Method(method, is_taken) => {
                merchant.methods = merchant.methods.with(method, is_taken);
                if !self.has_method(&mut writer, &merchant).await? {
                    writer.roll_back().await?;
                    return Ok(Err(ShopRefusal::NoMethodLeft));
                }
            }
        }
        // The same wish again, as after an end of the process, is nothing to write down.
        if merchant == before {
            writer.roll_back().await?;
            return Ok(Ok(merchant));
        }
        if merchant.mode == Mode::Live
            && seat.merchant.mode == Mode::Sandbox
            && !self.may_go_live(&mut writer, merchant.id).await?
        {
            writer.roll_back().await?;
            return Ok(Err(ShopRefusal::NoLiveAccount));
        }
        writer.update_merchant(&merchant).await?;
        if let Some(before) = before.face.photo.filter(|before| merchant.face.photo != Some(*before)) {
            writer.forget_photo(before).await?;
        }
        let event = event_of(seat.merchant.mode, merchant.mode);
        writer.log(merchant.id, seat.member.telegram_id, event, LogSubject::default()).await?;
        if merchant.time_zone != seat.merchant.time_zone {
            plan_recaps(&mut writer, &merchant).await?;
        }
        writer.commit().await?;
        Ok(Ok(merchant))
    }

    /// Notes what a person is called in public at Telegram now, for the shops that show it: `shown`, by
    /// [`Reader::shown_chat_names`]. Gives whether there was anything to note.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn note_chat_name(
        &self,
        person: TelegramId,
        name: Option<&ChatName>,
        shown: &[(Option<ChatName>, Option<DateTime<Utc>>)],
    ) -> Result<bool, ServiceError> {
        if shown.is_empty() {
            return Ok(false);
        }
        let due_since = self.storage.now().await? - CHAT_NAME_GAP;
        let is_due = |(shown, seen_at): &(Option<ChatName>, Option<DateTime<Utc>>)| {
            shown.as_ref() != name || (name.is_some() && seen_at.is_none_or(|seen_at| seen_at < due_since))
        };
        if !shown.iter().any(is_due) {
            return Ok(false);
        }
        let mut writer = self.storage.write().await?;
        writer.set_chat_name(person, name).await?;
        writer.commit().await?;
        Ok(true)
    }

    /// Whether the shop could take real money: it has a live account of its own that the gateway does not
    /// refuse, or the operator has one and an admin owns the shop.
    async fn may_go_live(&self, reader: &mut Reader, merchant_id: MerchantId) -> Result<bool, ServiceError> {
        if let Some(own) = reader.shop_account_in_use(merchant_id, Mode::Live).await? {
            return Ok(own.refused_at.is_none());
        }
        Ok(self.lent_account(reader, merchant_id, Mode::Live).await?.is_some())
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
        self.figures_today(&seat.merchant).await
    }

    /// The same of a shop, whoever asks.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn figures_today(&self, merchant: &Merchant) -> Result<HomeFigures, ServiceError> {
        let now = self.storage.now().await?;
        let midnight = Period::Today.span(now, merchant.time_zone).since;
        let mut reader = self.storage.read().await?;
        let (paid_today, sum_minor, waiting, links) = reader.home_figures(merchant, midnight, now).await?;
        let paid_today_sum = Money::new(sum_minor, merchant.currency);
        Ok(HomeFigures { paid_today, paid_today_sum, waiting, links })
    }
}

/// What the shop's log says of settings whose mode was `before` and is `after`.
const fn event_of(before: Mode, after: Mode) -> LogEvent {
    match (before, after) {
        (Mode::Sandbox, Mode::Live) => LogEvent::WentLive,
        (Mode::Live, Mode::Sandbox) => LogEvent::WentToSandbox,
        _ => LogEvent::SettingsChanged,
    }
}
