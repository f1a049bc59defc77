//! The four cards by which a shop is opened, and the name and currencies that they offer.

use super::start::{StartStep, StartTalk};
use super::talk::Talk;
use super::time_zones;
use crate::domain::language::Language;
use crate::domain::money::Currency;
use crate::domain::visible_text::StoreName;
use crate::messaging::buttons::{GatewayPress, Press, ZoneChoice};
use crate::messaging::card::{Card, CardButton, cut};
use crate::messaging::texts::Say;

/// What a shop's prices may be in.
const CURRENCIES: [Currency; 2] = [Currency::IDR, Currency::USD];

/// The most characters of the shop's name on a button, beside its other words.
const NAME_CHARACTERS_MAX: usize = 12;

/// The card of the step that a shop being opened waits at.
#[must_use]
pub fn step_card(talk: &Talk, start: &StartTalk) -> Card {
    match start.step {
        StartStep::AwaitingLanguage => language_card(talk),
        StartStep::AwaitingName => name_card(talk, start),
        StartStep::AwaitingZone => zone_card(talk, start),
        StartStep::AwaitingMoney => money_card(talk, start),
    }
}

/// What was typed or chosen as the shop's name so far, else the person's own.
#[must_use]
pub fn suggested_name(talk: &Talk, start: &StartTalk) -> StoreName {
    start.name.clone().unwrap_or_else(|| own_name(talk))
}

/// The person's own name as the shop's, or a plain word where it cannot be one.
#[must_use]
#[expect(clippy::expect_used, reason = "the fallback is a text of ours that a test renders")]
pub fn own_name(talk: &Talk) -> StoreName {
    StoreName::parse(&talk.first_name)
        .or_else(|_| StoreName::parse(&talk.say("store-name-default")))
        .expect("the default name of a shop is a name")
        .value
}

/// Currencies that a connected account takes.
#[must_use]
pub fn offered_currencies(talk: &Talk) -> Vec<Currency> {
    CURRENCIES.into_iter().filter(|currency| talk.services.takes_currency(*currency)).collect()
}

/// A label with a mark when it is the present choice.
#[must_use]
pub fn chosen(label: String, is_chosen: bool) -> String {
    if is_chosen { format!("✓ {label}") } else { label }
}

fn language_card(talk: &Talk) -> Card {
    let choices = Language::ALL.map(|language| {
        let label = chosen(Say::new(language, "language-own-name").plain(), language == talk.language);
        CardButton::press(label, Press::StartLanguage(language))
    });
    Card::new(talk.words("start-welcome").with("name", talk.first_name.as_str()).html())
        .row(choices)
        .row([CardButton::press(talk.say("button-next"), Press::StartNext)])
}

fn name_card(talk: &Talk, start: &StartTalk) -> Card {
    let name = suggested_name(talk, start);
    let label =
        talk.words("start-button-use-name").with("name", cut(name.as_str(), NAME_CHARACTERS_MAX)).plain();
    Card::new(talk.say("start-ask-name"))
        .row([CardButton::press(label, Press::StartUseName)])
        .row([CardButton::press(talk.say("button-back"), Press::StartBack)])
}

fn zone_card(talk: &Talk, start: &StartTalk) -> Card {
    let offered = offered_currencies(talk);
    let currencies = offered.iter().filter(|_| offered.len() > 1).map(|currency| {
        let label = chosen(currency.code().to_owned(), *currency == start.currency);
        CardButton::press(label, Press::StartCurrency(*currency))
    });
    Card::new(talk.words("start-ask-zone").with_safe("currency", start.currency.code()).html())
        .row(currencies.collect::<Vec<_>>())
        .row([
            CardButton::press(talk.say("zone-button-wib"), Press::StartZone(ZoneChoice::Wib)),
            CardButton::press(talk.say("zone-button-wita"), Press::StartZone(ZoneChoice::Wita)),
            CardButton::press(talk.say("zone-button-wit"), Press::StartZone(ZoneChoice::Wit)),
        ])
        .row([CardButton::press(talk.say("zone-button-other"), Press::StartZone(ZoneChoice::Other))])
        .row([CardButton::press(talk.say("button-back"), Press::StartBack)])
}

fn money_card(talk: &Talk, start: &StartTalk) -> Card {
    let name = suggested_name(talk, start);
    let text = talk
        .words("start-ask-money")
        .with("store", name.as_str())
        .with_safe("currency", start.currency.code())
        .with("zone", time_zones::display_name(start.time_zone))
        .html();
    Card::new(text)
        .row([CardButton::press(talk.say("start-button-sandbox"), Press::StartSandbox)])
        .row([CardButton::press(
            talk.say("gateway-button-connect"),
            Press::Gateway(GatewayPress::StartConnect),
        )])
        .row([CardButton::press(talk.say("button-back"), Press::StartBack)])
}
