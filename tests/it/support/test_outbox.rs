//! Shops whose payments only have to be told: the real outbox and its worker between a database and
//! a pretend Telegram, without customers, pages or a bank.

#![expect(clippy::unwrap_used, reason = "a story that cannot go on fails")]

use std::sync::Arc;
use std::time::Duration;

use tautan::app::workers;
use tautan::domain::apply::Tiding;
use tautan::domain::attempt::AccountCode;
use tautan::domain::clock::{ShiftedClock, SystemClock};
use tautan::domain::customer::{CustomerDetails, CustomerName, Email, Phone as PhoneNumber};
use tautan::domain::id::{OrderId, TelegramId};
use tautan::domain::language::Language;
use tautan::domain::link_draft::LinkDraft;
use tautan::domain::merchant::Mode;
use tautan::domain::money::{Currency, Money};
use tautan::domain::notification::SellerMessage;
use tautan::domain::order::{Order, OrderCode, OrderFlags, OrderState, Unit};
use tautan::domain::payment_link::PaymentLink;
use tautan::domain::payment_method::PaymentMethod;
use tautan::domain::visible_text::{ItemName, StoreName};
use tautan::gateways::{GatewayAccount, GatewayAccounts};
use tautan::messaging::pacer::Pace;
use tautan::messaging::telegram::Messenger;
use tautan::services::admission::ShopPolicy;
use tautan::services::links::Creation;
use tautan::services::merchants::NewShop;
use tautan::services::sealing::Sealer;
use tautan::services::{ServiceSettings, Services};
use tautan::simulator::telegram::{Call, Person, Phone, RunningTelegram, TelegramSimulator};
use tautan::storage::Storage;
use tautan::storage::orders::OrderSecrets;
use teloxide::Bot;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use super::database::TestDatabase;
use super::scripted_gateway::ScriptedGateway;
use super::test_app::{TOKEN, any_port};

/// Everything between a payment that was booked and the phone that rings.
pub struct TestOutbox {
    pub clock: ShiftedClock,
    pub services: Services,
    pub telegram: TelegramSimulator,
    pub shops: Vec<TestStall>,
    running: RunningTelegram,
    // Dropped last.
    _database: TestDatabase,
}

/// A shop with one link, and its owner's phone.
#[derive(Clone)]
pub struct TestStall {
    pub link: PaymentLink,
    pub phone: Phone,
}

/// A process that delivers.
pub struct Courier {
    stop: CancellationToken,
    tasks: Vec<JoinHandle<()>>,
}

impl TestOutbox {
    /// A shop for each item, whose owner has spoken to the bot.
    pub async fn open<'a>(items: impl IntoIterator<Item = &'a str>) -> Self {
        let (database, clock) = (TestDatabase::create().await, ShiftedClock::default());
        let storage = Storage::open(&database.url(), clock.clone()).await.unwrap();
        let services = services_over(storage);
        let running = TelegramSimulator::start(any_port()).await.unwrap();
        let telegram = running.simulator.clone();
        let mut shops = Vec::new();
        for (number, item) in (600_001..).zip(items) {
            shops.push(stall(&services, &telegram, number, item).await);
        }
        Self { clock, services, telegram, shops, running, _database: database }
    }

    /// The same with so many shops that sell shirts.
    pub async fn of_shops(count: usize) -> Self {
        Self::open((0..count).map(|_| "Kaos hitam")).await
    }

    /// A process begins to deliver.
    pub fn courier(&self, pace: Pace) -> Courier {
        let client = reqwest::Client::builder().no_proxy().timeout(Duration::from_secs(17)).build().unwrap();
        let bot = Bot::with_client(TOKEN, client).set_api_url(self.running.url.parse().unwrap());
        let messenger = Messenger::new(bot).with_pace(pace);
        let stop = CancellationToken::new();
        // A process of its own shares nothing with the others but the database.
        let services = services_over(self.services.storage().clone());
        let holds = messenger.pacer().watch_holds();
        let name = uuid::Uuid::new_v4().to_string();
        let tasks = vec![
            tokio::spawn(workers::remember_holds(services.clone(), holds, stop.clone())),
            tokio::spawn(workers::deliver(services, messenger, name, stop.clone())),
        ];
        Courier { stop, tasks }
    }

    /// One transaction in which these customers have paid these shops; gives the orders' codes, shop by
    /// shop.
    pub async fn pays(&self, payments: &[(usize, &str)]) -> Vec<OrderCode> {
        let mut payments = payments.to_vec();
        payments.sort_by_key(|(shop, _)| *shop);
        let mut codes = Vec::new();
        let mut writer = self.services.storage().write().await.unwrap();
        for (shop, customer) in payments {
            let stall = &self.shops[shop];
            let order = paid_order(&stall.link, customer, writer.now());
            let random = || rand::random::<[u8; 32]>().to_vec();
            let secrets = OrderSecrets { token_hash: random(), token_sealed: random(), form_hash: random() };
            assert!(writer.insert_order(&order, &secrets).await.unwrap());
            let message = SellerMessage::Order {
                attempt_id: None,
                order_id: order.id,
                tiding: Tiding::Paid,
                amount_minor: order.amount.minor(),
            };
            let chat = TelegramId(stall.phone.id());
            let key = format!("order:{}:paid:{chat}", order.id);
            writer.enqueue(order.merchant_id, chat, &message, &key).await.unwrap();
            codes.push(order.code);
        }
        writer.commit().await.unwrap();
        codes
    }

    /// Something else about an order of the shop.
    pub async fn tells(&self, shop: usize, code: &OrderCode, tiding: Tiding) {
        let stall = &self.shops[shop];
        let mut writer = self.services.storage().write().await.unwrap();
        let order = writer.order_by_code(stall.link.merchant_id, code).await.unwrap().unwrap();
        let message = SellerMessage::Order {
            order_id: order.id,
            tiding,
            attempt_id: None,
            amount_minor: order.amount.minor(),
        };
        let key = format!("{code} {tiding:?}");
        let chat = TelegramId(stall.phone.id());
        writer.enqueue(order.merchant_id, chat, &message, &key).await.unwrap();
        writer.commit().await.unwrap();
    }

    /// Waits until nothing waits for anybody who is there.
    pub async fn is_told(&self, within: Duration) {
        let told = tokio::time::timeout(within, async {
            loop {
                let mut reader = self.services.storage().read().await.unwrap();
                let waiting = reader.count_waiting_notifications().await.unwrap();
                drop(reader);
                if waiting == 0 {
                    return;
                }
                // Nothing rings when the last one is noted.
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        });
        told.await.unwrap_or_else(|_| panic!("not told within {within:?}"));
    }

    /// The texts of the bot's messages in a shop's chat.
    pub fn shown(&self, shop: usize) -> Vec<String> {
        let messages = self.shops[shop].phone.messages();
        messages.into_iter().filter(|message| message.from_bot).map(|message| message.text).collect()
    }

    /// Calls that send or change a message.
    pub fn calls(&self) -> Vec<Call> {
        let speaks = |call: &Call| matches!(call.method.as_str(), "sendMessage" | "editMessageText");
        self.telegram.journal().into_iter().filter(speaks).collect()
    }
}

impl Courier {
    /// Ends in order.
    pub async fn stop(self) {
        self.stop.cancel();
        for task in self.tasks {
            task.await.unwrap();
        }
    }

    /// Ends at once, as a killed process does: nothing more is noted.
    pub async fn crash(self) {
        for task in self.tasks {
            task.abort();
            drop(task.await);
        }
    }
}

/// Which chat a call is for.
pub fn chat_of(call: &Call) -> i64 {
    let chat = &call.body["chat_id"];
    chat.as_i64().or_else(|| chat.as_str().and_then(|text| text.parse().ok())).unwrap()
}

fn services_over(storage: Storage) -> Services {
    let settings = ServiceSettings {
        base_url: "https://pay.example/".parse().unwrap(),
        shops: ShopPolicy::Anyone,
        admins: Vec::new(),
        sealer: Sealer::new(&[7; 32]),
    };
    // Nobody asks this bank anything; without one no link could be made.
    let account = GatewayAccount {
        code: AccountCode("sandbox".to_owned()),
        mode: Mode::Sandbox,
        gateway: Arc::new(ScriptedGateway::default()),
        practice_url: None,
        notice_url: "https://pay.example/webhooks/midtrans/sandbox".parse().unwrap(),
        forgets: false,
    };
    let accounts = GatewayAccounts::new([account]);
    Services::new(storage, Arc::new(SystemClock), accounts, settings)
}

async fn stall(services: &Services, telegram: &TelegramSimulator, owner: i64, item: &str) -> TestStall {
    let shop = NewShop {
        owner: TelegramId(owner),
        name: StoreName::parse("Toko Ani").unwrap().value,
        language: Language::Indonesian,
        currency: Currency::IDR,
        time_zone: chrono_tz::Asia::Jakarta,
    };
    let seat = services.open_shop(shop).await.unwrap();
    let draft = LinkDraft {
        item_name: Some(ItemName::parse(item).unwrap().value),
        price: Some(Money::new(75_000, Currency::IDR)),
        ..LinkDraft::new()
    };
    let Creation::Made(view) = services.create_link(&seat, &draft).await.unwrap() else {
        panic!("the link is made")
    };
    let phone = telegram.person(Person::named(owner, "Ani", "id")).with_bot(TOKEN);
    phone.says("/start");
    TestStall { link: view.link, phone }
}

fn paid_order(link: &PaymentLink, customer: &str, now: chrono::DateTime<chrono::Utc>) -> Order {
    Order {
        id: OrderId::generate(),
        merchant_id: link.merchant_id,
        link_id: link.id,
        code: OrderCode::new(&rand::random::<[u8; 8]>()),
        mode: link.mode,
        state: OrderState::Paid,
        unit: Unit::Used,
        flags: OrderFlags::default(),
        customer: CustomerDetails {
            name: CustomerName::parse(customer).unwrap(),
            phone: PhoneNumber::parse("081234567890").unwrap(),
            email: Email::parse("budi@example.com").unwrap(),
        },
        amount: link.price,
        language: Language::Indonesian,
        paid_at: Some(now),
        paid_with: Some(PaymentMethod::Qris),
        hold_until: None,
        changing_until: None,
        line: None,
        has_let_turn_pass: false,
        shipped: None,
        item_name: None,
        goods: Default::default(),
        buyer_note: None,
        created_at: now,
        version: 0,
    }
}
