//! What the database is trusted with, on both of them. Time is moved, never waited for.

#![expect(clippy::unwrap_used, reason = "a story that cannot go on fails")]

use chrono::{DateTime, TimeDelta, Utc};
use tautan::domain::attempt::{AccountCode, AttemptState, GatewayOrderId, PaymentAttempt};
use tautan::domain::clock::ShiftedClock;
use tautan::domain::customer::{CustomerDetails, CustomerName, Email, Phone};
use tautan::domain::id::{AttemptId, DraftId, LinkId, MerchantId, OrderId};
use tautan::domain::language::Language;
use tautan::domain::link_defaults::LinkDefaults;
use tautan::domain::merchant::{Merchant, Mode};
use tautan::domain::money::{Currency, Money};
use tautan::domain::order::{Order, OrderCode, OrderFlags, OrderState, Unit};
use tautan::domain::payment_link::PaymentLink;
use tautan::domain::payment_method::PaymentMethod;
use tautan::domain::reference::Reference;
use tautan::domain::slug::Slug;
use tautan::domain::visible_text::{ItemName, StoreName};
use tautan::storage::Storage;
use tautan::storage::orders::OrderSecrets;

use crate::support::database::TestDatabase;

mod forgetting;
mod inbox;
mod limits;
mod lists;
mod outbox;
mod privacy;
mod pulls;
mod replicas;
mod schema;
mod transactions;

/// How long claims are kept in these stories.
const LEASE: TimeDelta = TimeDelta::seconds(60);

/// An open database with one shop in it.
struct Ground {
    database: TestDatabase,
    clock: ShiftedClock,
    storage: Storage,
    merchant: Merchant,
}

impl Ground {
    async fn lay() -> Self {
        let (database, clock) = (TestDatabase::create().await, ShiftedClock::default());
        let storage = Storage::open(&database.url(), clock.clone()).await.unwrap();
        let mut writer = storage.write().await.unwrap();
        let merchant = Merchant {
            id: MerchantId::generate(),
            name: StoreName::parse("Toko Ani").unwrap().value,
            language: Language::Indonesian,
            currency: Currency::parse("IDR").unwrap(),
            time_zone: chrono_tz::Asia::Jakarta,
            mode: Mode::Sandbox,
            link_defaults: LinkDefaults::default(),
            face: Default::default(),
            paid_orders: 0,
            methods: Default::default(),
            created_at: writer.now(),
        };
        writer.insert_merchant(&merchant).await.unwrap();
        writer.commit().await.unwrap();
        Self { database, clock, storage, merchant }
    }

    /// A link that is not written yet.
    fn link(&self, created_at: DateTime<Utc>) -> PaymentLink {
        PaymentLink {
            id: LinkId::generate(),
            merchant_id: self.merchant.id,
            draft_id: DraftId::generate(),
            mode: Mode::Sandbox,
            reference: Reference::generate(rand::random()),
            slug: Slug::generate(rand::random()),
            item_name: ItemName::parse("Kaos hitam").unwrap().value,
            price: Money::new(150_000, self.merchant.currency),
            usage_limit: None,
            used: 0,
            held: 0,
            offer: Default::default(),
            opens_at: None,
            expires_at: None,
            paused_at: None,
            deleted_at: None,
            customer: None,
            seller_note: None,
            created_at,
        }
    }

    /// Writes a link after a last change to it.
    async fn write_link(&self, change: impl FnOnce(&mut PaymentLink)) -> PaymentLink {
        let mut writer = self.storage.write().await.unwrap();
        let mut link = self.link(writer.now());
        change(&mut link);
        assert!(writer.insert_link(&link).await.unwrap());
        writer.commit().await.unwrap();
        link
    }

    /// Writes an order through a link.
    async fn write_order(&self, link: &PaymentLink) -> Order {
        let mut writer = self.storage.write().await.unwrap();
        let order = Order {
            id: OrderId::generate(),
            merchant_id: self.merchant.id,
            link_id: link.id,
            code: OrderCode::new(&rand::random::<[u8; 8]>()),
            mode: Mode::Sandbox,
            state: OrderState::Open,
            unit: Unit::None,
            flags: OrderFlags::default(),
            customer: CustomerDetails {
                name: CustomerName::parse("Budi Santoso").unwrap(),
                phone: Phone::parse("081234567890").unwrap(),
                email: Email::parse("budi@example.com").unwrap(),
            },
            amount: link.price,
            language: Language::Indonesian,
            paid_at: None,
            paid_with: None,
            hold_until: None,
            changing_until: None,
            line: None,
            has_let_turn_pass: false,
            shipped: None,
            item_name: None,
            goods: Default::default(),
            buyer_note: None,
            created_at: writer.now(),
            version: 0,
        };
        let random = || rand::random::<[u8; 32]>().to_vec();
        let secrets = OrderSecrets { token_hash: random(), token_sealed: random(), form_hash: random() };
        assert!(writer.insert_order(&order, &secrets).await.unwrap());
        writer.commit().await.unwrap();
        order
    }

    /// Writes a charge of a new order, to be asked about after a while.
    async fn write_attempt(&self, due_after: TimeDelta) -> PaymentAttempt {
        let link = self.write_link(|_| {}).await;
        let order = self.write_order(&link).await;
        let mut writer = self.storage.write().await.unwrap();
        let now = writer.now();
        let attempt = PaymentAttempt {
            id: AttemptId::generate(),
            order_id: order.id,
            merchant_id: self.merchant.id,
            account: AccountCode("sandbox".to_owned()),
            mode: Mode::Sandbox,
            gateway_order_id: GatewayOrderId::new(&link.reference, rand::random()),
            transaction_id: None,
            method: PaymentMethod::BcaVa,
            state: AttemptState::Creating,
            amount: order.amount,
            instructions: None,
            pay_by: now + TimeDelta::hours(24),
            returned_minor: 0,
            restoring_since: None,
            created_at: now,
            version: 0,
        };
        writer.insert_attempt(&attempt, now + due_after).await.unwrap();
        writer.commit().await.unwrap();
        attempt
    }

    /// The link as it stands in the database.
    async fn reread(&self, link: &PaymentLink) -> PaymentLink {
        self.storage.read().await.unwrap().link(self.merchant.id, link.id).await.unwrap().unwrap()
    }
}
