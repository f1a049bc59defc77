//! A seller makes, shares, lists and deletes links in chat.

#![expect(clippy::unwrap_used, reason = "a story that cannot go on fails")]

use std::sync::Arc;
use std::time::Duration;

use chrono::TimeDelta;
use teloxide::Bot;
use url::Url;

use tautan::app::telegram_polling::TelegramPolling;
use tautan::bot::worker::BotWorker;
use tautan::domain::attempt::AccountCode;
use tautan::domain::clock::ShiftedClock;
use tautan::domain::merchant::Mode;
use tautan::gateways::midtrans::{MidtransGateway, MidtransSettings, Timeouts};
use tautan::gateways::{GatewayAccount, GatewayAccounts};
use tautan::messaging::pacer::Pace;
use tautan::messaging::telegram::Messenger;
use tautan::services::admission::ShopPolicy;
use tautan::services::sealing::Sealer;
use tautan::services::{ServiceSettings, Services};
use tautan::simulator::telegram::{Person, Phone, RunningTelegram, ShownMessage, TelegramSimulator};
use tautan::storage::Storage;

use crate::support::database::TestDatabase;

const TOKEN: &str = "1:story";

/// The bot over a pretend Telegram. Updates are taken and answered when the story says so.
struct Room {
    telegram: RunningTelegram,
    clock: ShiftedClock,
    polling: TelegramPolling,
    worker: BotWorker,
    _database: TestDatabase,
}

impl Room {
    async fn open() -> Self {
        let telegram = TelegramSimulator::start(([127, 0, 0, 1], 0).into()).await.unwrap();
        let database = TestDatabase::create().await;
        let clock = ShiftedClock::default();
        let storage = Storage::open(&database.url(), clock.clone()).await.unwrap();
        let nowhere = Url::parse("http://127.0.0.1:9").unwrap();
        let gateway = MidtransGateway::new(MidtransSettings {
            server_key: "SB-Mid-server-story".into(),
            api_url: nowhere.clone(),
            snap_url: nowhere,
            merchant_id: None,
            timeouts: Timeouts::default(),
        });
        let account = GatewayAccount {
            code: AccountCode(Mode::Sandbox.code().to_owned()),
            mode: Mode::Sandbox,
            gateway: Arc::new(gateway.unwrap()),
            practice_url: None,
            notice_url: Url::parse("http://127.0.0.1:9/webhooks/midtrans/sandbox").unwrap(),
            forgets: false,
        };
        let settings = ServiceSettings {
            base_url: Url::parse("https://bayar.example/").unwrap(),
            shops: ShopPolicy::Anyone,
            admins: vec![],
            sealer: Sealer::new(&[7; 32]),
        };
        let accounts = GatewayAccounts::new([account]);
        let services = Services::new(storage.clone(), Arc::new(clock.clone()), accounts, settings);
        let url = Url::parse(&telegram.url).unwrap();
        let messenger = Messenger::new(Bot::new(TOKEN).set_api_url(url.clone())).with_pace(Pace::NONE);
        let polling = TelegramPolling::new(reqwest::Client::new(), &url, &TOKEN.into(), storage);
        let worker = BotWorker::new(services, messenger, "story");
        Self { telegram, clock, polling, worker, _database: database }
    }

    fn person(&self, id: i64, name: &str, language: &str) -> Phone {
        self.telegram.simulator.person(Person::named(id, name, language)).with_bot(TOKEN)
    }

    /// Takes what people did and answers all of it.
    async fn answers(&self) {
        self.polling.poll_once(Duration::ZERO).await.unwrap();
        while self.worker.run_once().await.unwrap() {}
    }

    async fn says(&self, person: &Phone, text: &str) -> ShownMessage {
        person.says(text);
        self.answers().await;
        last(person)
    }

    async fn presses(&self, person: &Phone, label: &str) -> ShownMessage {
        person.presses(label).unwrap_or_else(|_| panic!("no button {label}:\n{}", person.transcript()));
        self.answers().await;
        last(person)
    }
}

fn last(person: &Phone) -> ShownMessage {
    person.messages().into_iter().rfind(|message| message.from_bot).unwrap()
}

fn labels(message: &ShownMessage) -> Vec<String> {
    message.buttons.iter().flatten().map(|button| button.text.clone()).collect()
}

#[tokio::test]
async fn one_line_makes_a_link_and_a_double_tap_makes_one() {
    let room = Room::open().await;
    let ani = room.person(7, "Ani", "id");
    let card = room.says(&ani, "/new kaos hitam 150rb x10 3hari").await;
    assert!(card.text.contains("kaos hitam · Rp150.000"), "{}", ani.transcript());
    assert!(card.text.contains("10 pembayaran"), "{}", ani.transcript());
    ani.presses("✅ Buat").unwrap();
    ani.presses("✅ Buat").unwrap();
    room.answers().await;
    let link = last(&ani);
    assert!(link.text.contains("https://bayar.example/"), "{}", ani.transcript());
    assert_eq!(link.message_id, card.message_id, "the card is edited in place");
    assert!(ani.unanswered_taps().is_empty());
    let list = room.says(&ani, "/links").await;
    assert!(list.text.contains("Tautan · 1"), "{}", ani.transcript());
}

#[tokio::test]
async fn the_wizard_goes_back_and_survives_wrong_answers() {
    let room = Room::open().await;
    let ani = room.person(7, "Ani", "en");
    room.says(&ani, "/new first 10000").await;
    room.presses(&ani, "✅ Create").await;
    let name = room.says(&ani, "/new").await;
    assert!(name.text.contains("1 of 5"), "{}", ani.transcript());
    let price = room.says(&ani, "T-shirt").await;
    assert!(
        price.text.contains("2 of 5") && labels(&price).contains(&"10k".to_owned()),
        "{}",
        ani.transcript()
    );
    let refused = room.says(&ani, "free").await;
    assert!(refused.text.contains("more than zero"), "{}", ani.transcript());
    let choice = room.says(&ani, "75.00").await;
    assert_eq!(labels(&choice).len(), 4, "{}", ani.transcript());
    let limit = room.presses(&ani, "IDR 75,000").await;
    assert!(limit.text.contains("3 of 5"), "{}", ani.transcript());
    room.presses(&ani, "10×").await;
    let back = room.presses(&ani, "◀ Back").await;
    assert!(back.text.contains("3 of 5") && back.text.contains("Now: 10×"), "{}", ani.transcript());
    room.presses(&ani, "✔️ Keep").await;
    room.presses(&ani, "⏳ 3 days").await;
    let card = room.says(&ani, "Budi, budi@x.id").await;
    assert!(
        card.text.contains("T-shirt · IDR 75,000") && card.text.contains("10 payments"),
        "{}",
        ani.transcript()
    );
    room.presses(&ani, "🔗 Address").await;
    let card = room.says(&ani, "my-shirt").await;
    assert!(card.text.contains("26 random characters"), "{}", ani.transcript());
    room.presses(&ani, "🏷 Order ID").await;
    room.says(&ani, "INV-01").await;
    let link = room.presses(&ani, "✅ Create").await;
    assert!(link.text.contains("https://bayar.example/my-shirt-"), "{}", ani.transcript());
    let draft = room.presses(&ani, "✉️ E-mail").await;
    assert!(draft.text.contains("mailto:budi@x.id?subject="), "{}", ani.transcript());
    let details = room.presses(&ani, "◀ Link").await;
    assert!(details.text.contains("INV-01"), "{}", ani.transcript());
    room.says(&ani, "/new other 5000 ref:INV-01").await;
    let refused = room.presses(&ani, "✅ Create").await;
    assert!(refused.text.contains("INV-01 before"), "{}", ani.transcript());
    room.presses(&ani, "🏷 Order ID").await;
    room.presses(&ani, "🎲 Make one for me").await;
    let link = room.presses(&ani, "✅ Create").await;
    assert!(link.text.contains("Your link is ready"), "{}", ani.transcript());
}

#[tokio::test]
async fn thirty_links_turn_page_by_page_and_one_is_deleted_and_brought_back() {
    let room = Room::open().await;
    let ani = room.person(7, "Ani", "en");
    for number in 1..=30 {
        room.says(&ani, &format!("/new \"Item {number}\" 10000")).await;
        room.presses(&ani, "✅ Create").await;
    }
    let mut page = room.says(&ani, "/links").await;
    let mut seen = vec![];
    loop {
        seen.extend(labels(&page).into_iter().filter(|label| label.contains("Item")));
        if !labels(&page).contains(&"Older ▶".to_owned()) {
            break;
        }
        page = room.presses(&ani, "Older ▶").await;
    }
    assert_eq!(seen.len(), 30, "{seen:?}");
    assert!(
        seen.first().unwrap().contains("Item 30") && seen.last().unwrap().contains("Item 1 "),
        "{seen:?}"
    );
    room.presses(&ani, "◀ Newer").await;
    room.presses(&ani, seen.get(18).unwrap()).await;
    let orders = room.presses(&ani, "🧾 Orders (0)").await;
    assert!(orders.text.contains("No order yet"), "{}", ani.transcript());
    room.presses(&ani, "◀ Link").await;
    let question = room.presses(&ani, "🗑 Delete").await;
    assert!(question.text.contains("No order came through it"), "{}", ani.transcript());
    let deleted = room.presses(&ani, "🗑 Yes, delete").await;
    assert!(deleted.text.contains("Deleted"), "{}", ani.transcript());
    let back = room.presses(&ani, "↩ Undo").await;
    assert!(back.text.contains("The link is back"), "{}", ani.transcript());
    room.presses(&ani, "🗑 Delete").await;
    room.presses(&ani, "🗑 Yes, delete").await;
    room.clock.advance(TimeDelta::minutes(11));
    let late = room.presses(&ani, "↩ Undo").await;
    assert!(late.text.contains("ten minutes are over"), "{}", ani.transcript());
}

#[tokio::test]
async fn a_stranger_s_button_and_an_old_draft_harm_nothing() {
    let room = Room::open().await;
    let (ani, eve) = (room.person(7, "Ani", "en"), room.person(8, "Eve", "en"));
    room.says(&ani, "/new T-shirt 10000").await;
    room.presses(&ani, "✅ Create").await;
    let links = room.says(&ani, "/links").await;
    let data: Vec<_> = links.buttons.iter().flatten().cloned().collect();
    let own = room.says(&eve, "/new Cap 5000").await;
    for button in data {
        if let tautan::simulator::telegram::ButtonKind::Callback(data) = button.kind {
            eve.presses_data(own.message_id, &data);
        }
    }
    room.answers().await;
    assert!(!eve.transcript().contains("T-shirt"), "{}", eve.transcript());
    assert!(eve.toasts().iter().any(|toast| toast.text.contains("Not yours")), "{:?}", eve.toasts());
    room.says(&ani, "/new").await;
    room.clock.advance(TimeDelta::hours(25));
    let gone = room.says(&ani, "Late answer").await;
    assert!(gone.text.contains("This draft is gone"), "{}", ani.transcript());
    let several = room.says(&ani, "/new\nOne 1000\nTwo gratis\nThree 3000").await;
    assert!(ani.transcript().contains("Line 2"), "{}", ani.transcript());
    assert_eq!(labels(&several), ["✅ Create 2 links", "✏️ 1", "✏️ 2", "✖ Cancel"]);
}
