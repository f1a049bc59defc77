//! Rows as the database gives them, and how they become what the domain knows.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::StorageError;
use super::columns::by_place;
use crate::domain::attempt::{AccountCode, AttemptState, GatewayOrderId, PaymentAttempt};
use crate::domain::customer::{CustomerDetails, CustomerName, Email, NamedCustomer, Phone};
use crate::domain::id::{AttemptId, DraftId, LinkId, MerchantId, OrderId, PhotoId, TelegramId};
use crate::domain::language::Language;
use crate::domain::merchant::Mode;
use crate::domain::money::{Currency, Money};
use crate::domain::offer::{BuyerNote, Offer};
use crate::domain::order::{Order, OrderCode, OrderFlags, OrderState, Unit};
use crate::domain::payment_link::PaymentLink;
use crate::domain::payment_method::PaymentMethod;
use crate::domain::reference::Reference;
use crate::domain::return_url::ReturnUrl;
use crate::domain::shipping::Shipped;
use crate::domain::slug::Slug;
use crate::domain::usage_limit::UsageLimit;
use crate::domain::visible_text::{ItemName, SellerNote};
use crate::domain::waiting_line::PlaceInLine;

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
    return_url: Option<String>,
    methods: Option<String>,
}

by_place! { LinkRow:
    id, merchant_id, draft_id, mode, reference, slug, item_name, price_minor, currency, usage_limit, used, held,
    opens_at, expires_at, paused_at, deleted_at, customer_name, customer_phone, customer_email, created_at,
    photo_id, pricing, buyer_note, seller_note, return_url, methods
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
            return_url: self.return_url.and_then(|url| ReturnUrl::try_from(url).ok()),
            methods: reading.json("methods", self.methods.as_deref())?.unwrap_or_default(),
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
    waiting_since: Option<DateTime<Utc>>,
    turn_told_at: Option<DateTime<Utc>>,
}

by_place! { OrderRow:
    id, merchant_id, payment_link_id, code, mode, state, unit, late, over_limit, overpaid, underpaid,
    duplicate_payment, mismatch, customer_name, customer_phone, customer_email, item_name, amount_minor, currency,
    language, paid_at, paid_with, hold_until, changing_until, shipped_at, shipped_by, version, created_at, goods,
    buyer_note, waiting_since, turn_told_at
}

impl OrderRow {
    pub(super) const fn id(&self) -> Uuid {
        self.id
    }

    /// By the columns and what [`in_line`](super::waiting_lines) asks beside them.
    fn place_in_line(&self) -> Option<PlaceInLine> {
        let waits = self.unit == "none" && matches!(self.state.as_str(), "open" | "expired");
        let since = self.waiting_since.filter(|_| waits)?;
        Some(PlaceInLine { since, told_at: self.turn_told_at })
    }

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
            line: self.place_in_line(),
            has_let_turn_pass: self.waiting_since.is_none() && self.turn_told_at.is_some(),
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

by_place! { AttemptRow:
    id, order_id, merchant_id, account, mode, gateway_order_id, transaction_id, method, state, amount_minor,
    currency, instructions, pay_by, returned_minor, restoring_since, version, created_at
}

impl AttemptRow {
    pub(super) const fn id(&self) -> Uuid {
        self.id
    }

    pub(super) const fn created_at(&self) -> DateTime<Utc> {
        self.created_at
    }

    /// Whether its customer can still pay it.
    pub(super) fn is_live(&self) -> bool {
        AttemptState::parse(&self.state).is_some_and(AttemptState::is_live)
    }

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
