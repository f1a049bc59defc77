//! Rows as the database gives them, and how they become what the domain knows.

use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

use super::StorageError;
use crate::domain::attempt::{AccountCode, AttemptState, GatewayOrderId, PaymentAttempt};
use crate::domain::customer::{CustomerDetails, CustomerName, Email, NamedCustomer, Phone};
use crate::domain::id::{AttemptId, DraftId, LinkId, MerchantId, OrderId, PhotoId, TelegramId};
use crate::domain::language::Language;
use crate::domain::link_defaults::LinkDefaults;
use crate::domain::merchant::{Merchant, Mode, Role, StaffMember};
use crate::domain::money::{Currency, Money};
use crate::domain::offer::{BuyerNote, Offer};
use crate::domain::order::{Order, OrderCode, OrderFlags, OrderState, Unit};
use crate::domain::payment_link::PaymentLink;
use crate::domain::payment_method::PaymentMethod;
use crate::domain::reference::Reference;
use crate::domain::shipping::Shipped;
use crate::domain::slug::Slug;
use crate::domain::usage_limit::UsageLimit;
use crate::domain::visible_text::{ItemName, SellerNote, StoreName};

/// Says which row of which table holds what it should not.
pub(super) struct Reading {
    table: &'static str,
    row: String,
}

impl Reading {
    pub(super) fn of(table: &'static str, row: impl ToString) -> Self {
        Self { table, row: row.to_string() }
    }

    pub(super) fn some<T>(&self, column: &str, value: Option<T>) -> Result<T, StorageError> {
        value.ok_or_else(|| StorageError::Unreadable {
            table: self.table,
            row: self.row.clone(),
            reason: format!("column {column} holds no known value"),
        })
    }

    /// A value that is kept as JSON, if there is one.
    pub(super) fn json<T: serde::de::DeserializeOwned>(
        &self,
        column: &str,
        text: Option<&str>,
    ) -> Result<Option<T>, StorageError> {
        text.map(|text| self.some(column, serde_json::from_str(text).ok())).transpose()
    }

    pub(super) fn money(&self, minor: i64, currency: &str) -> Result<Money, StorageError> {
        Ok(Money::new(minor, self.some("currency", Currency::parse(currency))?))
    }
}

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
    created_at: DateTime<Utc>,
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

#[derive(sqlx::FromRow)]
pub(super) struct LinkRow {
    id: Uuid,
    merchant_id: Uuid,
    draft_id: Uuid,
    mode: String,
    reference: String,
    slug: String,
    item_name: String,
    price_minor: i64,
    currency: String,
    usage_limit: Option<i64>,
    used: i64,
    held: i64,
    opens_at: Option<DateTime<Utc>>,
    expires_at: Option<DateTime<Utc>>,
    paused_at: Option<DateTime<Utc>>,
    deleted_at: Option<DateTime<Utc>>,
    customer_name: Option<String>,
    customer_phone: Option<String>,
    customer_email: Option<String>,
    created_at: DateTime<Utc>,
    photo_id: Option<Uuid>,
    pricing: Option<String>,
    buyer_note: Option<String>,
    seller_note: Option<String>,
}

impl LinkRow {
    pub(super) fn read(self) -> Result<PaymentLink, StorageError> {
        let reading = Reading::of("payment_links", self.id);
        let customer = NamedCustomer {
            name: self.customer_name.as_deref().and_then(|name| CustomerName::parse(name).ok()),
            phone: self.customer_phone.as_deref().and_then(|phone| Phone::kept(phone).ok()),
            email: self.customer_email.as_deref().and_then(|email| Email::kept(email).ok()),
        };
        let is_named = customer.name.is_some() || customer.phone.is_some() || customer.email.is_some();
        let usage_limit = match self.usage_limit {
            Some(limit) => Some(reading.some("usage_limit", UsageLimit::new(limit).ok())?),
            None => None,
        };
        let offer = Offer {
            pricing: reading.json("pricing", self.pricing.as_deref())?.unwrap_or_default(),
            photo: self.photo_id.map(PhotoId),
            buyer_note: self.buyer_note.and_then(|note| BuyerNote::try_from(note).ok()),
        };
        Ok(PaymentLink {
            id: LinkId(self.id),
            merchant_id: MerchantId(self.merchant_id),
            draft_id: DraftId(self.draft_id),
            mode: reading.some("mode", Mode::parse(&self.mode))?,
            reference: reading.some("reference", Reference::try_from(self.reference).ok())?,
            slug: reading.some("slug", Slug::try_from(self.slug).ok())?,
            item_name: reading.some("item_name", ItemName::parse(&self.item_name).ok())?.value,
            price: reading.money(self.price_minor, &self.currency)?,
            offer,
            usage_limit,
            used: self.used,
            held: self.held,
            opens_at: self.opens_at,
            expires_at: self.expires_at,
            paused_at: self.paused_at,
            deleted_at: self.deleted_at,
            customer: is_named.then_some(customer),
            seller_note: self.seller_note.and_then(|note| SellerNote::try_from(note).ok()),
            created_at: self.created_at,
        })
    }
}

#[derive(sqlx::FromRow)]
pub(super) struct OrderRow {
    id: Uuid,
    merchant_id: Uuid,
    payment_link_id: Uuid,
    code: String,
    mode: String,
    state: String,
    unit: String,
    late: bool,
    over_limit: bool,
    overpaid: bool,
    underpaid: bool,
    duplicate_payment: bool,
    mismatch: bool,
    customer_name: String,
    customer_phone: String,
    customer_email: String,
    item_name: Option<String>,
    amount_minor: i64,
    currency: String,
    language: String,
    paid_at: Option<DateTime<Utc>>,
    paid_with: Option<String>,
    hold_until: Option<DateTime<Utc>>,
    changing_until: Option<DateTime<Utc>>,
    shipped_at: Option<DateTime<Utc>>,
    shipped_by: Option<i64>,
    version: i64,
    created_at: DateTime<Utc>,
    goods: Option<String>,
    buyer_note: Option<String>,
}

impl OrderRow {
    pub(super) fn read(self) -> Result<Order, StorageError> {
        let reading = Reading::of("orders", self.id);
        let customer =
            read_customer(&reading, &self.customer_name, &self.customer_phone, &self.customer_email)?;
        Ok(Order {
            id: OrderId(self.id),
            merchant_id: MerchantId(self.merchant_id),
            link_id: LinkId(self.payment_link_id),
            code: OrderCode::from_text(&self.code),
            mode: reading.some("mode", Mode::parse(&self.mode))?,
            state: reading.some("state", OrderState::parse(&self.state))?,
            unit: reading.some("unit", Unit::parse(&self.unit))?,
            flags: OrderFlags {
                late: self.late,
                over_limit: self.over_limit,
                overpaid: self.overpaid,
                underpaid: self.underpaid,
                duplicate_payment: self.duplicate_payment,
                mismatch: self.mismatch,
            },
            customer,
            amount: reading.money(self.amount_minor, &self.currency)?,
            language: reading.some("language", Language::parse(&self.language))?,
            paid_at: self.paid_at,
            paid_with: self.paid_with.as_deref().and_then(PaymentMethod::parse),
            hold_until: self.hold_until,
            changing_until: self.changing_until,
            shipped: self.shipped_at.zip(self.shipped_by).map(|(at, by)| Shipped { at, by: TelegramId(by) }),
            goods: reading.json("goods", self.goods.as_deref())?.unwrap_or_default(),
            buyer_note: self.buyer_note.and_then(|note| BuyerNote::try_from(note).ok()),
            item_name: self.item_name.and_then(|name| ItemName::parse(&name).ok()).map(|name| name.value),
            created_at: self.created_at,
            version: self.version,
        })
    }
}

#[derive(sqlx::FromRow)]
pub(super) struct AttemptRow {
    id: Uuid,
    order_id: Uuid,
    merchant_id: Uuid,
    account: String,
    mode: String,
    gateway_order_id: String,
    transaction_id: Option<String>,
    method: String,
    state: String,
    amount_minor: i64,
    currency: String,
    instructions: Option<String>,
    pay_by: DateTime<Utc>,
    returned_minor: i64,
    restoring_since: Option<DateTime<Utc>>,
    version: i64,
    created_at: DateTime<Utc>,
}

impl AttemptRow {
    pub(super) fn read(self) -> Result<PaymentAttempt, StorageError> {
        let reading = Reading::of("payment_attempts", self.id);
        let instructions = match self.instructions.as_deref() {
            Some(text) => Some(reading.some("instructions", serde_json::from_str(text).ok())?),
            None => None,
        };
        Ok(PaymentAttempt {
            id: AttemptId(self.id),
            order_id: OrderId(self.order_id),
            merchant_id: MerchantId(self.merchant_id),
            account: AccountCode(self.account),
            mode: reading.some("mode", Mode::parse(&self.mode))?,
            gateway_order_id: GatewayOrderId::from_text(self.gateway_order_id),
            transaction_id: self.transaction_id,
            method: reading.some("method", PaymentMethod::parse(&self.method))?,
            state: reading.some("state", AttemptState::parse(&self.state))?,
            amount: reading.money(self.amount_minor, &self.currency)?,
            instructions,
            pay_by: self.pay_by,
            returned_minor: self.returned_minor,
            restoring_since: self.restoring_since,
            created_at: self.created_at,
            version: self.version,
        })
    }
}

/// Who buys, as an order keeps it; all three are empty once they were erased.
pub(super) fn read_customer(
    reading: &Reading,
    name: &str,
    phone: &str,
    email: &str,
) -> Result<CustomerDetails, StorageError> {
    if [name, phone, email].iter().all(|detail| detail.is_empty()) {
        return Ok(CustomerDetails::erased());
    }
    Ok(CustomerDetails {
        name: reading.some("customer_name", CustomerName::parse(name).ok())?,
        phone: reading.some("customer_phone", Phone::kept(phone).ok())?,
        email: reading.some("customer_email", Email::kept(email).ok())?,
    })
}

/// Turns at most one row into at most one domain value.
pub(super) fn read_optional<Row, T>(
    row: Option<Row>,
    read: impl FnOnce(Row) -> Result<T, StorageError>,
) -> Result<Option<T>, StorageError> {
    row.map(read).transpose()
}

/// Turns rows into domain values, or the first unreadable one into an error.
pub(super) fn read_all<Row, T>(
    rows: Vec<Row>,
    read: impl FnMut(Row) -> Result<T, StorageError>,
) -> Result<Vec<T>, StorageError> {
    rows.into_iter().map(read).collect()
}
