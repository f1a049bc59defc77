//! Opening a shop and setting it up, in chat: the real bot, the real database, a pretend Telegram.

use std::sync::Arc;
use std::time::Duration;

use chrono::TimeDelta;
use futures::future::BoxFuture;
use tautan::app::telegram_polling::TelegramPolling;
use tautan::bot::routes::{Routes, SharedTalk};
use tautan::bot::worker::BotWorker;
use tautan::bot::{BotError, commands};
use tautan::domain::clock::ShiftedClock;
use tautan::domain::id::TelegramId;
use tautan::gateways::GatewayAccounts;
use tautan::messaging::card::Card;
use tautan::messaging::pacer::Pace;
use tautan::messaging::telegram::Messenger;
use tautan::services::admission::ShopPolicy;
use tautan::services::sealing::Sealer;
use tautan::services::{ServiceSettings, Services};
use tautan::simulator::telegram::{Fault, Misbehaviour, Person, Phone, RunningTelegram, TelegramSimulator};
use tautan::storage::Storage;

use crate::support::database::TestDatabase;
use crate::support::{botapi_schema, telegram_parser};

const TOKEN: &str = "4242:AAtest-token-of-nobody";
const ADMIN: i64 = 7;

/// The bot with everything it needs, worked by hand.
pub struct Stage {
    pub telegram: RunningTelegram,
    clock: ShiftedClock,
    messenger: Messenger,
    polling: TelegramPolling,
    worker: BotWorker,
    database: TestDatabase,
}

impl Stage {
    pub async fn open(shops: ShopPolicy) -> Self {
        let database = TestDatabase::create().await;
        let telegram = TelegramSimulator::start(([127, 0, 0, 1], 0).into()).await.expect("the stage works");
        let clock = ShiftedClock::default();
        let storage = Storage::open(&database.url(), clock.clone()).await.expect("the stage works");
        let settings = ServiceSettings {
            base_url: "https://pay.example/".parse().expect("an address"),
            shops,
            admins: vec![TelegramId(ADMIN)],
            sealer: Sealer::new(&[7; 32]),
        };
        let accounts = GatewayAccounts::default();
        let services = Services::new(storage.clone(), Arc::new(clock.clone()), accounts, settings);
        let api_url: url::Url = telegram.url.parse().expect("an address");
        let client = reqwest::Client::builder().no_proxy().build().expect("a client");
        let bot = teloxide::Bot::with_client(TOKEN, client.clone()).set_api_url(api_url.clone());
        let messenger = Messenger::new(bot).with_pace(Pace::NONE);
        let polling = TelegramPolling::new(client, &api_url, &TOKEN.to_owned().into(), storage);
        let worker = BotWorker::new(services, messenger.clone(), "test");
        let stage = Self { telegram, clock, messenger, polling, worker, database };
        stage.works().await;
        stage
    }

    pub fn person(&self, id: i64, name: &str, language: &str) -> Phone {
        self.telegram.simulator.person(Person::named(id, name, language)).with_bot(TOKEN)
    }

    /// Fetches and answers until nothing is left to do.
    pub async fn works(&self) {
        loop {
            let fetched = self.polling.poll_once(Duration::ZERO).await.expect("the stage works");
            let mut answered = false;
            while self.worker.run_once().await.expect("the stage works") {
                answered = true;
            }
            if fetched == 0 && !answered {
                self.checks_every_call();
                return;
            }
        }
    }

    /// Telegram would have understood every call, and read every text.
    fn checks_every_call(&self) {
        for call in self.telegram.simulator.journal() {
            botapi_schema::check_call(&call.method, &call.body).expect("a call that Telegram takes");
            if let (Some(text), Some(_)) = (call.body["text"].as_str(), call.body.get("parse_mode")) {
                telegram_parser::check_html(text).expect("a text that Telegram reads");
            }
        }
    }

    pub async fn says(&self, phone: &Phone, text: &str) {
        phone.says(text);
        self.works().await;
    }

    pub async fn presses(&self, phone: &Phone, label: &str) {
        phone.presses(label).expect("a button");
        self.works().await;
        assert_eq!(phone.unanswered_taps(), [], "{label} was not answered");
    }

    /// The same stage with a worker of another kind.
    pub fn with_worker(self, change: impl FnOnce(BotWorker) -> BotWorker) -> Self {
        let worker = change(self.worker.clone());
        Self { worker, ..self }
    }
}

fn last_text(phone: &Phone) -> String {
    phone.messages().last().map(|message| message.text.clone()).unwrap_or_default()
}

#[tokio::test]
async fn a_shop_opens_in_four_taps() {
    let stage = Stage::open(ShopPolicy::Anyone).await;
    let ani = stage.person(42, "Ani", "id");
    stage.says(&ani, "/start").await;
    for label in ["Lanjut ▶", "Pakai “Ani”", "WITA", "🧪 Coba (Sandbox)"] {
        stage.presses(&ani, label).await;
    }
    assert!(last_text(&ani).contains("Ani sudah buka"), "{}", ani.transcript());
    assert_eq!(ani.messages().len(), 2, "tapping edits one card:\n{}", ani.transcript());
    stage.presses(&ani, "🏠 Beranda").await;
    assert!(last_text(&ani).contains("belum ada pembayaran"), "{}", ani.transcript());
    stage.says(&ani, "/settings").await;
    assert!(last_text(&ani).contains("WITA"), "{}", ani.transcript());
}

#[tokio::test]
async fn typing_works_as_well_as_tapping_and_bad_answers_keep_the_question_open() {
    let stage = Stage::open(ShopPolicy::Anyone).await;
    let ben = stage.person(43, "Ben", "id");
    stage.says(&ben, "/start").await;
    stage.presses(&ben, "English").await;
    stage.says(&ben, &"x".repeat(51)).await;
    assert!(last_text(&ben).contains("51 characters"), "{}", ben.transcript());
    stage.says(&ben, "<b>Ben & Co</b>").await;
    assert!(last_text(&ben).contains("3/4"), "{}", ben.transcript());
    stage.presses(&ben, "◀ Back").await;
    stage.says(&ben, "Ben & Co").await;
    stage.says(&ben, "atlantis").await;
    assert!(last_text(&ben).contains("atlantis"), "{}", ben.transcript());
    ben.sends_photo();
    stage.works().await;
    assert!(last_text(&ben).contains("Please type it"), "{}", ben.transcript());
    stage.says(&ben, "tokyo").await;
    assert!(last_text(&ben).contains("Asia/Tokyo"), "{}", ben.transcript());
    stage.presses(&ben, "🧪 Try it (sandbox)").await;
    assert!(last_text(&ben).contains("Ben & Co is open"), "{}", ben.transcript());
}

#[tokio::test]
async fn strangers_hear_their_id_and_an_invitation_lets_one_in() {
    let stage = Stage::open(ShopPolicy::Invited).await;
    let admin = stage.person(ADMIN, "Root", "en");
    let ani = stage.person(42, "Ani", "en");
    for words in ["/start", "/new shirt 75k", "hello", "/invite", "/start i_wrong"] {
        stage.says(&ani, words).await;
    }
    assert!(ani.transcript().contains("Your id is 42"), "{}", ani.transcript());
    assert!(!ani.transcript().contains("1/4"), "{}", ani.transcript());
    stage.says(&admin, "/invite").await;
    let token = last_text(&admin).rsplit("i_").next().unwrap().trim().to_owned();
    stage.says(&ani, &format!("/start i_{token}")).await;
    assert!(last_text(&ani).contains("1/4"), "{}", ani.transcript());
    let late = stage.person(44, "Late", "en");
    stage.says(&late, &format!("/start i_{token}")).await;
    assert!(late.transcript().contains("used up"), "{}", late.transcript());
    assert!(!late.transcript().contains("1/4"), "{}", late.transcript());
}

#[tokio::test]
async fn settings_change_and_old_or_forged_buttons_are_kind() {
    let stage = Stage::open(ShopPolicy::Anyone).await;
    let ani = stage.person(42, "Ani", "en");
    stage.says(&ani, "/start").await;
    let first_card = ani.messages().last().unwrap().message_id;
    for label in
        ["Next ▶", "Use “Ani”", "WIB", "🧪 Try it (sandbox)", "🏠 Home", "⚙️ Settings", "🏪 Shop name"]
    {
        stage.presses(&ani, label).await;
    }
    stage.says(&ani, "Ani’s Shirts").await;
    assert!(last_text(&ani).contains("Shop: Ani’s Shirts"), "{}", ani.transcript());
    stage.presses(&ani, "Bahasa Indonesia").await;
    assert!(last_text(&ani).contains("Bahasa: Bahasa Indonesia"), "{}", ani.transcript());
    stage.presses(&ani, "🔌 Midtrans & mode").await;
    stage.presses(&ani, "🚀 Jualan sungguhan").await;
    assert!(last_text(&ani).contains("⬜ 💵 Live: belum tersambung"), "{}", ani.transcript());
    for forged in ["v1:s5", "v1:eg", "v0:x", "garbage", "v1:l:AAAAAAAAAAAAAAAAAAAAAA"] {
        ani.presses_data(first_card, forged);
        stage.works().await;
        assert_eq!(ani.unanswered_taps(), [], "{forged}");
    }
    assert!(!ani.transcript().contains("gangguan"), "{}", ani.transcript());
    stage.says(&ani, "/cancel").await;
    stage.says(&ani, "/nonsense").await;
    assert!(last_text(&ani).contains("nonsense"), "{}", ani.transcript());
    stage.says(&ani, "apa kabar?").await;
    assert!(last_text(&ani).contains("kaos hitam 150rb"), "{}", ani.transcript());
}

#[tokio::test]
async fn a_start_link_of_another_time_leads_home_and_says_so() {
    let stage = Stage::open(ShopPolicy::Anyone).await;
    let ani = stage.person(42, "Ani", "en");
    stage.says(&ani, "/new shirt 75k").await;
    stage.says(&ani, "/start promo_2024").await;
    assert!(last_text(&ani).contains("I don’t know what that link was for."), "{}", ani.transcript());
    assert!(last_text(&ani).contains("no payment yet"), "{}", ani.transcript());
    stage.says(&ani, "/start").await;
    assert!(!last_text(&ani).contains("that link"), "{}", ani.transcript());
}

#[tokio::test]
async fn who_blocks_the_bot_is_noted_until_they_come_back() {
    let stage = Stage::open(ShopPolicy::Anyone).await;
    let ani = stage.person(42, "Ani", "en");
    stage.says(&ani, "/new shirt 75k").await;
    let unreachable = "select cast(chat as text) from outbox_chats where unreachable_since is not null";
    for (is_blocked, expected) in [(true, vec!["42"]), (false, vec![])] {
        if is_blocked {
            ani.blocks_bot()
        } else {
            ani.unblocks_bot()
        }
        stage.works().await;
        assert_eq!(stage.database.texts(unreachable).await.unwrap(), expected);
    }
}

#[tokio::test]
async fn a_panicking_handler_harms_nobody_else() {
    let stage = Stage::open(ShopPolicy::Anyone).await;
    let worker = stage.worker.clone().with_routes(panicking_for(42));
    let stage = Stage { worker, ..stage };
    let (ani, budi) = (stage.person(42, "Ani", "id"), stage.person(43, "Budi", "id"));
    ani.says("one");
    ani.says("two");
    budi.says("three");
    stage.works().await;
    assert_eq!(ani.transcript().matches("Kode").count(), 2, "{}", ani.transcript());
    assert!(last_text(&budi).contains("fine"), "{}", budi.transcript());
}

#[tokio::test]
async fn an_answer_that_telegram_does_not_take_is_given_later() {
    let stage = Stage::open(ShopPolicy::Anyone).await;
    let ani = stage.person(42, "Ani", "id");
    let budi = stage.person(43, "Budi", "id");
    stage.telegram.simulator.misbehave(Misbehaviour::on("sendMessage", Fault::CutBefore).in_chat(42));
    ani.says("/start");
    budi.says("/start");
    stage.works().await;
    assert!(last_text(&budi).contains("1/4"), "{}", budi.transcript());
    assert_eq!(ani.messages().len(), 1);
    stage.telegram.simulator.behave();
    stage.clock.advance(TimeDelta::seconds(61));
    stage.works().await;
    assert!(last_text(&ani).contains("1/4"), "{}", ani.transcript());
}

#[tokio::test]
async fn an_update_that_comes_twice_is_answered_once_and_help_interrupts_nothing() {
    let stage = Stage::open(ShopPolicy::Anyone).await;
    let ani = stage.person(42, "Ani", "en");
    stage.telegram.simulator.misbehave(Misbehaviour::new(Fault::DuplicateUpdate).always());
    stage.says(&ani, "/start").await;
    assert_eq!(ani.messages().len(), 2, "{}", ani.transcript());
    stage.presses(&ani, "Next ▶").await;
    stage.says(&ani, "/help").await;
    stage.presses(&ani, "🧪 Sandbox, live").await;
    assert!(ani.transcript().contains("the bank is a pretend one"), "{}", ani.transcript());
    stage.says(&ani, "Ani’s Shirts").await;
    assert!(last_text(&ani).contains("3/4"), "{}", ani.transcript());
    assert_eq!(ani.transcript().matches("Use “Ani”").count(), 0, "{}", ani.transcript());
    assert_eq!(ani.transcript().matches("🏠 Home").count(), 1, "{}", ani.transcript());
}

#[tokio::test]
async fn the_menu_is_set_in_both_languages() {
    let stage = Stage::open(ShopPolicy::Anyone).await;
    commands::set(&stage.messenger).await.unwrap();
    // For private chats and for groups: for everybody, in Indonesian and in English.
    assert_eq!(stage.telegram.simulator.calls_of("setMyCommands").len(), 6);
    for method in ["setMyDescription", "setMyShortDescription"] {
        let languages: Vec<_> = stage.telegram.simulator.calls_of(method);
        assert_eq!(languages.len(), 3, "{method}");
        assert!(languages.iter().all(|call| call.succeeded()), "{languages:?}");
    }
}

/// A tree that panics for one person and answers the others.
fn panicking_for(person: i64) -> Routes {
    fn answer(talk: SharedTalk, person: i64) -> BoxFuture<'static, Result<(), BotError>> {
        Box::pin(async move {
            let mut talk = talk.lock().await;
            assert_ne!(talk.person, TelegramId(person), "this handler panics on purpose");
            talk.tell(Card::new("fine")).await
        })
    }
    dptree::endpoint(move |talk: SharedTalk| answer(talk, person))
}
