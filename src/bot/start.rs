//! Opening a shop in four taps. Everything has a default, and typing works too.
//!
//! ```text
//! Ani    /start
//! bot    1/4 Selamat datang … [✓ Bahasa Indonesia] [English] [Lanjut ▶]
//! Ani    taps a language, or Lanjut
//! bot    2/4 Nama toko? [Pakai ‘Ani’]
//! Ani    taps it, or types "Toko Ani"
//! bot    3/4 Toko Anda di mana? [WIB] [WITA] [WIT] [Lainnya]
//! Ani    taps WIB
//! bot    4/4 [🧪 Coba (Sandbox)] [🔑 Sambungkan Midtrans]
//! Ani    taps it
//! bot    Toko Ani buka! [➕ Buat tautan pertama]
//! ```

use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use super::conversation::Conversation;
use super::start_cards::{own_name, step_card, suggested_name};
use super::talk::Talk;
use super::{BotError, gateway, help, home, places, rehearsal, sharing, strangers, team, time_zones};
use crate::domain::language::Language;
use crate::domain::money::Currency;
use crate::domain::visible_text::{StoreName, TextError};
use crate::messaging::buttons::{GatewayPress, Press, TeamPress};
use crate::messaging::card::{Card, CardButton};
use crate::messaging::texts::Say;
use crate::services::admission::Welcome;
use crate::services::merchants::{NewShop, Seat};

/// A shop being described.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StartTalk {
    /// What the talk waits for.
    pub step: StartStep,
    /// What the bot speaks.
    pub language: Language,
    /// The shop's name, once chosen.
    pub name: Option<StoreName>,
    /// What prices will mean.
    pub currency: Currency,
    /// Where the shop is.
    pub time_zone: Tz,
}

/// What the onboarding waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StartStep {
    /// The language; 1 of 4.
    AwaitingLanguage,
    /// The shop's name; 2 of 4.
    AwaitingName,
    /// Currency and time zone; 3 of 4.
    AwaitingZone,
    /// The kind of money; 4 of 4.
    AwaitingMoney,
}

/// `/start`, with or without a parameter.
///
/// # Errors
/// When the shop or Telegram cannot be asked.
pub async fn command(talk: &mut Talk, payload: &str) -> Result<(), BotError> {
    if let Some(token) = payload.strip_prefix("i_").or_else(|| payload.strip_prefix("a_")) {
        return accept(talk, token).await;
    }
    if sharing::start_link(talk, payload).await? {
        return Ok(());
    }
    if let Some(token) = payload.strip_prefix("t_") {
        return team::join(talk, token).await;
    }
    if let Some(named) = payload.strip_prefix("d_") {
        return places::open_from_group(talk, named).await;
    }
    if talk.seat.is_some() {
        let is_plain = payload.is_empty();
        return if is_plain { home::show(talk).await } else { home::unknown_payload(talk).await };
    }
    begin(talk).await
}

/// The first card, for who may open a shop; the private card for who may not.
///
/// # Errors
/// When the shop or Telegram cannot be asked.
pub async fn begin(talk: &mut Talk) -> Result<(), BotError> {
    if !talk.may_open_shop {
        return strangers::show(talk).await;
    }
    let start = StartTalk {
        step: StartStep::AwaitingLanguage,
        language: talk.language,
        name: None,
        currency: Currency::IDR,
        time_zone: Tz::Asia__Jakarta,
    };
    ask(talk, start).await
}

/// Anything else from someone without a shop: the open question again, or the beginning.
///
/// # Errors
/// When the shop or Telegram cannot be asked.
pub async fn resume(talk: &mut Talk) -> Result<(), BotError> {
    match talk.conversation.clone() {
        Conversation::Start(start) if talk.may_open_shop => ask(talk, start).await,
        _ => begin(talk).await,
    }
}

/// What someone without a shop types: an answer to the card, or the beginning.
///
/// # Errors
/// When the shop or Telegram cannot be asked.
pub async fn typed(talk: &mut Talk, text: &str) -> Result<(), BotError> {
    let Conversation::Start(start) = talk.conversation.clone() else {
        return begin(talk).await;
    };
    match start.step {
        StartStep::AwaitingLanguage => language_or_name(talk, start, text).await,
        StartStep::AwaitingMoney => ask(talk, start).await,
        StartStep::AwaitingName => match StoreName::parse(text) {
            Ok(name) => name_chosen(talk, start, name.value).await,
            Err(error) => {
                let reason = name_refusal(talk, &error);
                refuse(talk, &start, reason).await
            }
        },
        StartStep::AwaitingZone => match time_zones::read(text) {
            Some(time_zone) => zone_chosen(talk, start, time_zone).await,
            None => {
                let refusal = time_zones::not_understood(talk, text);
                refuse(talk, &start, refusal).await
            }
        },
    }
}

/// A tap of someone without a shop.
///
/// # Errors
/// When the shop or Telegram cannot be asked.
pub async fn pressed(talk: &mut Talk, press: Press) -> Result<(), BotError> {
    if let Press::Sharing(press) = press {
        return sharing::pressed(talk, press).await;
    }
    if let Some(seat) = talk.seat.clone() {
        // The process may have ended after this very tap had opened the shop.
        if press == Press::StartSandbox && matches!(talk.conversation, Conversation::Start(_)) {
            return say_opened(talk, seat).await;
        }
        talk.toast("button-too-old").await;
        return home::show(talk).await;
    }
    match press {
        // Done before: whoever left the only shop has none.
        Press::Team(TeamPress::RemoveYes(_, person)) if person == talk.person => {
            talk.toast("team-removed-toast").await;
        }
        Press::Help if talk.may_open_shop => return help::show(talk).await,
        Press::HelpTopic(topic) if talk.may_open_shop => return help::topic(talk, topic).await,
        _ => {}
    }
    let Conversation::Start(mut start) = talk.conversation.clone() else {
        return begin(talk).await;
    };
    match press {
        Press::StartLanguage(language) => {
            talk.language = language;
            start.language = language;
            ask(talk, StartTalk { step: StartStep::AwaitingName, ..start }).await
        }
        Press::StartNext => ask(talk, StartTalk { step: StartStep::AwaitingName, ..start }).await,
        Press::StartUseName => {
            let name = suggested_name(talk, &start);
            name_chosen(talk, start, name).await
        }
        Press::StartCurrency(currency) if talk.services.takes_currency(currency) => {
            ask(talk, StartTalk { currency, ..start }).await
        }
        Press::StartZone(choice) => match time_zones::zone_of(choice) {
            Some(time_zone) => zone_chosen(talk, start, time_zone).await,
            None => {
                let card = time_zones::cities_card(talk, Press::StartZone, Press::StartBack);
                talk.go(Conversation::Start(StartTalk { step: StartStep::AwaitingZone, ..start }));
                talk.show(card).await
            }
        },
        Press::StartSandbox => open(talk, start).await,
        Press::Gateway(GatewayPress::StartConnect) => open_and_connect(talk, start).await,
        Press::StartBack => {
            let step = match start.step {
                StartStep::AwaitingLanguage | StartStep::AwaitingName => StartStep::AwaitingLanguage,
                StartStep::AwaitingZone => StartStep::AwaitingName,
                StartStep::AwaitingMoney => StartStep::AwaitingZone,
            };
            ask(talk, StartTalk { step, ..start }).await
        }
        _ => ask(talk, start).await,
    }
}

/// `/new` before `/start`: a shop with every default, then on with the link.
///
/// # Errors
/// When the shop or Telegram cannot be asked.
pub async fn open_with_defaults(talk: &mut Talk) -> Result<(), BotError> {
    let shop = NewShop {
        owner: talk.person,
        name: own_name(talk),
        language: talk.language,
        currency: Currency::IDR,
        time_zone: Tz::Asia__Jakarta,
    };
    let seat = talk.services.open_shop(shop).await?;
    talk.go(Conversation::Idle);
    let opened = talk.words("start-opened-quietly").with("store", seat.merchant.name.as_str()).html();
    talk.seat = Some(seat);
    talk.tell(Card::new(opened).silent()).await?;
    // What comes next is a message of its own.
    talk.card = None;
    Ok(())
}

/// What is wrong with a shop's name, with an example.
#[must_use]
pub fn name_refusal(talk: &Talk, error: &TextError) -> String {
    match error {
        TextError::Empty => talk.say("store-name-empty"),
        TextError::TooLong { max, length } => {
            let number = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
            talk.words("store-name-too-long")
                .with_number("max", number(*max))
                .with_number("length", number(*length))
                .html()
        }
        TextError::CardNumber => talk.say("store-name-card-number"),
    }
}

async fn accept(talk: &mut Talk, token: &str) -> Result<(), BotError> {
    let welcome = talk.services.accept_invitation(talk.person, token).await?;
    let line = match welcome {
        Welcome::Invited => talk.say("start-invited"),
        Welcome::Admin => talk.say("start-admin"),
        Welcome::Invalid => talk.say("start-invitation-invalid"),
    };
    talk.tell(Card::new(line).silent()).await?;
    talk.card = None;
    if talk.seat.is_some() {
        talk.go(Conversation::Idle);
        return home::show(talk).await;
    }
    talk.may_open_shop = talk.services.may_open_shop(talk.person).await?;
    begin(talk).await
}

/// Words at the first card name a language, or else a shop: they are offered as its name on the next.
async fn language_or_name(talk: &mut Talk, mut start: StartTalk, text: &str) -> Result<(), BotError> {
    let named = |language: &Language| {
        let own_name = Say::new(*language, "language-own-name").plain();
        own_name.to_lowercase() == text.trim().to_lowercase()
    };
    start.step = StartStep::AwaitingName;
    if let Some(language) = Language::ALL.into_iter().find(named) {
        talk.language = language;
        return ask(talk, StartTalk { language, ..start }).await;
    }
    match StoreName::parse(text) {
        Ok(name) => ask(talk, StartTalk { name: Some(name.value), ..start }).await,
        Err(error) => {
            let reason = name_refusal(talk, &error);
            talk.go(Conversation::Start(start.clone()));
            refuse(talk, &start, reason).await
        }
    }
}

async fn name_chosen(talk: &mut Talk, start: StartTalk, name: StoreName) -> Result<(), BotError> {
    ask(talk, StartTalk { step: StartStep::AwaitingZone, name: Some(name), ..start }).await
}

async fn zone_chosen(talk: &mut Talk, start: StartTalk, time_zone: Tz) -> Result<(), BotError> {
    ask(talk, StartTalk { step: StartStep::AwaitingMoney, time_zone, ..start }).await
}

async fn open(talk: &mut Talk, start: StartTalk) -> Result<(), BotError> {
    if !talk.may_open_shop {
        return strangers::show(talk).await;
    }
    let seat = open_shop(talk, start).await?;
    say_opened(talk, seat).await
}

async fn say_opened(talk: &mut Talk, seat: Seat) -> Result<(), BotError> {
    let opened = opened_words(talk, &seat);
    talk.seat = Some(seat);
    talk.go(Conversation::Idle);
    let card = Card::new(opened)
        .row([CardButton::press(talk.say("start-button-first-link"), Press::NewLink)])
        .row([rehearsal::button(talk)])
        .row([CardButton::press(talk.say("button-help"), Press::Help), talk.home_button()]);
    talk.show(card).await
}

/// Opens the shop, in sandbox mode like any, and goes on with its accounts.
async fn open_and_connect(talk: &mut Talk, start: StartTalk) -> Result<(), BotError> {
    if !talk.may_open_shop {
        return strangers::show(talk).await;
    }
    let seat = open_shop(talk, start).await?;
    let opened = opened_words(talk, &seat);
    talk.seat = Some(seat.clone());
    gateway::show(talk, &seat, Some(opened)).await
}

fn opened_words(talk: &Talk, seat: &Seat) -> String {
    talk.words("start-opened").with("store", seat.merchant.name.as_str()).html()
}

/// Opens the shop that was described.
async fn open_shop(talk: &Talk, start: StartTalk) -> Result<Seat, BotError> {
    let name = suggested_name(talk, &start);
    let shop = NewShop {
        owner: talk.person,
        name,
        language: start.language,
        currency: start.currency,
        time_zone: start.time_zone,
    };
    Ok(talk.services.open_shop(shop).await?)
}

/// Shows the card of a step and waits for its answer.
async fn ask(talk: &mut Talk, start: StartTalk) -> Result<(), BotError> {
    let card = step_card(talk, &start);
    talk.go(Conversation::Start(start));
    talk.show(card).await
}

/// Says what is wrong with what was typed; the question stays open, with its buttons.
async fn refuse(talk: &mut Talk, start: &StartTalk, reason: String) -> Result<(), BotError> {
    let card = Card { html: reason, ..step_card(talk, start) };
    talk.tell(card).await
}
