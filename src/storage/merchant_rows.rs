//! Rows of shops and of those who work in them.

use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

use super::StorageError;
use super::columns::by_place;
use super::rows::Reading;
use crate::domain::id::{MerchantId, PhotoId, TelegramId};
use crate::domain::language::Language;
use crate::domain::link_defaults::LinkDefaults;
use crate::domain::merchant::{Merchant, Mode, Role, StaffMember};
use crate::domain::money::Currency;
use crate::domain::shop_colour::ShopColour;
use crate::domain::shop_face::{ChatName, ShopFace};
use crate::domain::usage_limit::UsageLimit;
use crate::domain::visible_text::StoreName;

#[derive(sqlx::FromRow)]
pub(super) struct MerchantRow {
    id: Uuid,
    name: String,
    language: String,
    currency: String,
    time_zone: String,
    mode: String,
    default_limit: Option<i64>,
    default_life_minutes: Option<i64>,
    makes_unasked: bool,
    methods: Option<String>,
    created_at: DateTime<Utc>,
    colour: Option<String>,
    photo_id: Option<Uuid>,
    chat_name: Option<String>,
    chat_person: Option<i64>,
    paid_orders: i64,
}

by_place! { MerchantRow:
    id, name, language, currency, time_zone, mode, default_limit, default_life_minutes, makes_unasked, created_at,
    colour, photo_id, chat_name, chat_person, paid_orders, methods
}

impl MerchantRow {
    pub(super) fn read(self) -> Result<Merchant, StorageError> {
        let reading = Reading::of("merchants", self.id);
        Ok(Merchant {
            id: MerchantId(self.id),
            name: reading.some("name", StoreName::parse(&self.name).ok())?.value,
            language: reading.some("language", Language::parse(&self.language))?,
            currency: reading.some("currency", Currency::parse(&self.currency))?,
            time_zone: reading.some("time_zone", self.time_zone.parse().ok())?,
            mode: reading.some("mode", Mode::parse(&self.mode))?,
            link_defaults: LinkDefaults {
                usage_limit: self.default_limit.and_then(|limit| UsageLimit::new(limit).ok()),
                life: self.default_life_minutes.and_then(TimeDelta::try_minutes),
                makes_unasked: self.makes_unasked,
            },
            face: ShopFace {
                // A colour of a later version is the usual one until then.
                colour: self.colour.as_deref().and_then(ShopColour::parse).unwrap_or_default(),
                photo: self.photo_id.map(PhotoId),
                chat_person: self.chat_person.map(TelegramId),
                chat_name: self.chat_name.as_deref().and_then(ChatName::parse),
            },
            paid_orders: self.paid_orders,
            methods: reading.json("methods", self.methods.as_deref())?.unwrap_or_default(),
            created_at: self.created_at,
        })
    }
}

#[derive(sqlx::FromRow)]
pub(super) struct StaffRow {
    merchant_id: Uuid,
    telegram_id: i64,
    role: String,
    language: String,
}

impl StaffRow {
    pub(super) fn read(self) -> Result<StaffMember, StorageError> {
        let reading = Reading::of("staff", self.telegram_id);
        Ok(StaffMember {
            merchant_id: MerchantId(self.merchant_id),
            telegram_id: TelegramId(self.telegram_id),
            role: reading.some("role", Role::parse(&self.role))?,
            language: reading.some("language", Language::parse(&self.language))?,
        })
    }
}
