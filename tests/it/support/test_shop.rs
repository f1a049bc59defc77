//! One shop on a database of its own, whose customers and bank do what the story says.

#![expect(clippy::unwrap_used, reason = "a story that cannot go on fails")]

use std::sync::Arc;

use tautan::domain::attempt::{AccountCode, PaymentAttempt};
use tautan::domain::clock::{ShiftedClock, SystemClock};
use tautan::domain::id::TelegramId;
use tautan::domain::language::Language;
use tautan::domain::link_draft::LinkDraft;
use tautan::domain::merchant::Mode;
use tautan::domain::money::{Currency, Money};
use tautan::domain::order::{Order, OrderToken};
use tautan::domain::payment_link::PaymentLink;
use tautan::domain::payment_method::PaymentMethod;
use tautan::domain::report::ReportedStatus;
use tautan::domain::usage_limit::UsageLimit;
use tautan::domain::visible_text::{ItemName, StoreName};
use tautan::gateways::{GatewayAccount, GatewayAccounts};
use tautan::services::admission::ShopPolicy;
use tautan::services::checkout::{CustomerForm, Placement};
use tautan::services::links::Creation;
use tautan::services::merchants::{NewShop, Seat};
use tautan::services::payments::Choice;
use tautan::services::sealing::Sealer;
use tautan::services::{ServiceSettings, Services};
use tautan::storage::Storage;

use super::database::TestDatabase;
use super::scripted_gateway::ScriptedGateway;

/// Who owns the shop.
pub const ANI: TelegramId = TelegramId(4_001);

/// A shop with all that it stands on.
#[derive(Debug)]
pub struct TestShop {
    pub database: TestDatabase,
    pub clock: ShiftedClock,
    pub bank: Arc<ScriptedGateway>,
    pub services: Services,
    pub seat: Seat,
}

/// A customer's order and its newest charge.
#[derive(Debug)]
pub struct Purchase {
    pub token: OrderToken,
    pub order: Order,
    pub attempt: PaymentAttempt,
}

impl TestShop {
    pub async fn open() -> Self {
        Self::open_at(false).await
    }

    /// A shop whose bank forgets its charges, as the one inside the demo does.
    pub async fn open_at_a_bank_that_forgets() -> Self {
        Self::open_at(true).await
    }

    async fn open_at(forgets: bool) -> Self {
        let (database, clock) = (TestDatabase::create().await, ShiftedClock::default());
        let bank = Arc::new(ScriptedGateway::default());
        let services = services(&database, &clock, &bank, forgets).await;
        let shop = NewShop {
            owner: ANI,
            name: StoreName::parse("Toko Ani").unwrap().value,
            language: Language::Indonesian,
            currency: Currency::parse("IDR").unwrap(),
            time_zone: chrono_tz::Asia::Jakarta,
        };
        let seat = services.open_shop(shop).await.unwrap();
        Self { database, clock, bank, services, seat }
    }

    /// The same shop served by another process. PostgreSQL only.
    pub async fn replica(&self) -> Services {
        services(&self.database, &self.clock, &self.bank, false).await
    }

    /// A link for Rp150.000.
    pub async fn link(&self, usage_limit: Option<i64>) -> PaymentLink {
        self.link_for(150_000, usage_limit).await
    }

    /// A link for another price, in rupiah.
    pub async fn link_for(&self, price: i64, usage_limit: Option<i64>) -> PaymentLink {
        let draft = LinkDraft {
            item_name: Some(ItemName::parse("Kaos hitam").unwrap().value),
            price: Some(Money::new(price, Currency::parse("IDR").unwrap())),
            usage_limit: usage_limit.map(|limit| UsageLimit::new(limit).unwrap()),
            ..LinkDraft::new()
        };
        match self.services.create_link(&self.seat, &draft).await.unwrap() {
            Creation::Made(view) => view.link,
            other => panic!("the link was not made: {other:?}"),
        }
    }

    /// A customer fills the form and chooses a virtual account.
    pub async fn buys(&self, link: &PaymentLink) -> Purchase {
        self.buys_with(link, budi()).await
    }

    /// The same as somebody.
    pub async fn buys_as(&self, link: &PaymentLink, name: &str, phone: &str, email: &str) -> Purchase {
        let (name, phone, email) = (name.to_owned(), phone.to_owned(), email.to_owned());
        self.buys_with(link, CustomerForm { name, phone, email, ..CustomerForm::default() }).await
    }

    /// The same by a form of its own: the same form sent twice is one order.
    pub async fn buys_by_form(&self, link: &PaymentLink, form_key: &str) -> Purchase {
        self.buys_with(link, CustomerForm { form_key: form_key.to_owned(), ..budi() }).await
    }

    async fn buys_with(&self, link: &PaymentLink, form: CustomerForm) -> Purchase {
        let token = self.orders_with(link, form).await;
        self.chooses(&token, PaymentMethod::BcaVa).await
    }

    /// A customer fills the form and has not chosen a method yet.
    pub async fn orders(&self, link: &PaymentLink) -> OrderToken {
        self.orders_with(link, budi()).await
    }

    async fn orders_with(&self, link: &PaymentLink, form: CustomerForm) -> OrderToken {
        match self.services.place_order(link.slug.as_str(), &form, &[]).await.unwrap() {
            Placement::Placed(token) => token,
            other => panic!("the order was not placed: {other:?}"),
        }
    }

    /// The customer chooses a method (again).
    pub async fn chooses(&self, token: &OrderToken, method: PaymentMethod) -> Purchase {
        assert_eq!(self.services.choose_method(token, method).await.unwrap(), Choice::Charged);
        self.look(token).await
    }

    /// The order as it stands.
    pub async fn look(&self, token: &OrderToken) -> Purchase {
        let mut reader = self.services.storage().read().await.unwrap();
        let order = reader.order_by_token(&token.hash()).await.unwrap().expect("an order");
        let attempt = reader.attempts(order.id).await.unwrap().pop().expect("a charge");
        Purchase { token: token.clone(), order, attempt }
    }

    /// The bank says where a charge stands, and we ask.
    pub async fn bank_says(&self, purchase: &Purchase, status: ReportedStatus) -> Purchase {
        self.bank.says(&purchase.attempt.gateway_order_id, status);
        self.asks(purchase).await
    }

    /// Asks the bank about one charge that is due; false when none is.
    pub async fn asks_about_one(&self) -> bool {
        self.services.pull_once("worker").await.unwrap()
    }

    /// We ask the bank about a charge and about everything else that is due.
    pub async fn asks(&self, purchase: &Purchase) -> Purchase {
        let mut writer = self.services.storage().write().await.unwrap();
        let now = writer.now();
        writer.pull_by(purchase.attempt.id, now).await.unwrap();
        writer.commit().await.unwrap();
        while self.asks_about_one().await {}
        self.look(&purchase.token).await
    }
}

async fn services(
    database: &TestDatabase,
    clock: &ShiftedClock,
    bank: &Arc<ScriptedGateway>,
    forgets: bool,
) -> Services {
    let storage = Storage::open(&database.url(), clock.clone()).await.unwrap();
    let account = GatewayAccount {
        code: AccountCode("sandbox".to_owned()),
        mode: Mode::Sandbox,
        gateway: bank.clone(),
        practice_url: None,
        notice_url: "https://pay.example/webhooks/midtrans/sandbox".parse().unwrap(),
        forgets,
    };
    let settings = ServiceSettings {
        base_url: "https://pay.example/".parse().unwrap(),
        shops: ShopPolicy::Anyone,
        admins: Vec::new(),
        sealer: Sealer::new(&[7; 32]),
    };
    Services::new(storage, Arc::new(SystemClock), GatewayAccounts::new([account]), settings)
}

fn budi() -> CustomerForm {
    CustomerForm {
        name: "Budi Santoso".to_owned(),
        phone: "081234567890".to_owned(),
        email: "budi@example.com".to_owned(),
        ..CustomerForm::default()
    }
}
