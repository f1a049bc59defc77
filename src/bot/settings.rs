//! The settings of a shop: language, name, currency, time zone, mode.
//!
//! ```text
//! Ani    /settings
//! bot    ⚙️ … [🌐 …] [🏪 Nama toko] [🕐 Zona waktu] [🔌 Midtrans & mode]
//! Ani    taps Nama toko
//! bot    Ketik nama toko yang baru. [◀ Kembali]
//! Ani    Kaos Ani
//! bot    ✅ … the card again
//! ```

use serde::{Deserialize, Serialize};

use super::conversation::Conversation;
use super::notice_settings::NoticesTalk;
use super::start::name_refusal;
use super::start_cards::{chosen, offered_currencies};
use super::talk::Talk;
use super::{BotError, gateway, home, notice_settings, shop_face, shops, start, time_zones};
use crate::domain::instant_text::zone_name;
use crate::domain::language::Language;
use crate::domain::merchant::Role;
use crate::domain::visible_text::StoreName;
use crate::messaging::buttons::{
    CreatingPress, FacePress, FindingPress, GatewayPress, MethodsPress, NoticesPress, OwnDataPress,
    PlacesPress, Press, TeamPress, ZoneChoice,
};
use crate::messaging::card::{Card, CardButton};
use crate::messaging::texts::Say;
use crate::services::merchants::{Seat, ShopChange, ShopRefusal};

/// What the settings wait for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SettingsTalk {
    /// Another name of the shop.
    AwaitingName,
    /// Another time zone, typed.
    AwaitingZone,
    /// The name of one more shop.
    AwaitingAnotherShop,
    /// Something about notices.
    Notices(NoticesTalk),
    /// The shop's name once more, to go live.
    AwaitingNameToGoLive,
    /// A picture of the shop.
    AwaitingShopPhoto,
}

/// `/settings`.
///
/// # Errors
/// When the shop or Telegram cannot be asked.
pub async fn command(talk: &mut Talk, _arguments: &str) -> Result<(), BotError> {
    show(talk, None).await
}

/// `/language`: the languages to choose from.
///
/// # Errors
/// When Telegram cannot be asked.
pub async fn language_command(talk: &mut Talk, _arguments: &str) -> Result<(), BotError> {
    let card =
        Card::new(talk.say("settings-ask-language")).row(language_buttons(talk)).row([talk.home_button()]);
    talk.show(card).await
}

/// What was typed while the settings wait for it.
///
/// # Errors
/// When the shop or Telegram cannot be asked.
pub async fn typed(talk: &mut Talk, awaited: SettingsTalk, text: &str) -> Result<(), BotError> {
    match awaited {
        SettingsTalk::AwaitingName => match StoreName::parse(text) {
            Ok(name) => change(talk, ShopChange::Name(name.value)).await,
            Err(error) => {
                let refusal = name_refusal(talk, &error);
                talk.tell(Card::new(refusal).row([back_button(talk)])).await
            }
        },
        SettingsTalk::AwaitingAnotherShop => shops::name_typed(talk, text).await,
        SettingsTalk::AwaitingNameToGoLive => gateway::name_typed(talk, text).await,
        SettingsTalk::AwaitingShopPhoto => shop_face::typed(talk).await,
        SettingsTalk::Notices(awaited) => notice_settings::typed(talk, awaited, text).await,
        SettingsTalk::AwaitingZone => match time_zones::read(text) {
            Some(time_zone) => change(talk, ShopChange::TimeZone(time_zone)).await,
            None => {
                let refusal = time_zones::not_understood(talk, text);
                talk.tell(Card::new(refusal).row([back_button(talk)])).await
            }
        },
    }
}

/// A tap on a button of the settings.
///
/// # Errors
/// When the shop or Telegram cannot be asked.
pub async fn pressed(talk: &mut Talk, press: Press) -> Result<(), BotError> {
    match press {
        Press::SettingsLanguage(language) => change_language(talk, language).await,
        Press::SettingsName => {
            let card = Card::new(talk.say("settings-ask-name")).row([back_button(talk)]);
            ask(talk, SettingsTalk::AwaitingName, card).await
        }
        Press::SettingsZone => {
            let card = zones_card(talk);
            ask(talk, SettingsTalk::AwaitingZone, card).await
        }
        Press::SettingsZonePick(choice) => match time_zones::zone_of(choice) {
            Some(time_zone) => change(talk, ShopChange::TimeZone(time_zone)).await,
            None => {
                let card = time_zones::cities_card(talk, Press::SettingsZonePick, Press::Settings);
                ask(talk, SettingsTalk::AwaitingZone, card).await
            }
        },
        Press::SettingsCurrency => {
            let card = currency_card(talk);
            talk.show(card).await
        }
        Press::SettingsCurrencyPick(currency) => change(talk, ShopChange::Currency(currency)).await,
        // Buttons of earlier versions, which do not say which shop they are about.
        Press::SettingsMode | Press::SettingsGoLive | Press::SettingsSandbox => {
            gateway::pressed(talk, GatewayPress::Show).await
        }
        _ => show(talk, None).await,
    }
}

/// The settings card, with a line on top about what just happened.
async fn show(talk: &mut Talk, news: Option<String>) -> Result<(), BotError> {
    talk.go(Conversation::Idle);
    let Some(seat) = talk.seat.clone() else {
        return start::begin(talk).await;
    };
    let merchant = &seat.merchant;
    let now = talk.services.clock().now();
    let place = time_zones::display_name(merchant.time_zone);
    let name = zone_name(now, merchant.time_zone);
    let zone = if place == name { name } else { format!("{place} · {name}") };
    let text = talk
        .words("settings")
        .with_safe("language", talk.say("language-own-name"))
        .with("store", merchant.name.as_str())
        .with_safe("currency", merchant.currency.code())
        .with_safe("zone", zone)
        .with_safe("mode", home::mode_line(talk, merchant.mode))
        .html();
    let text = news.map_or(text.clone(), |news| format!("{news}\n\n{text}"));
    let mut card = Card::new(text).row(language_buttons(talk)).row([
        CardButton::press(talk.say("settings-button-name"), Press::SettingsName),
        CardButton::press(talk.say("settings-button-zone"), Press::SettingsZone),
    ]);
    let show_gateway = Press::Gateway(GatewayPress::Show);
    let mode = CardButton::press(talk.say("gateway-button-show"), show_gateway);
    let currency = CardButton::press(talk.say("settings-button-currency"), Press::SettingsCurrency);
    card = if offered_currencies(talk).len() > 1 { card.row([mode, currency]) } else { card.row([mode]) };
    let defaults = Press::Creating(CreatingPress::Defaults);
    let button = |key: &str, press| CardButton::press(talk.say(key), press);
    card = card
        .row([
            button("settings-button-defaults", defaults),
            button("settings-button-places", Press::Places(PlacesPress::Show)),
        ])
        .row([
            button("settings-button-team", Press::Team(TeamPress::Show)),
            button("settings-button-shops", Press::Team(TeamPress::Shops)),
        ])
        .row([
            button("face-button", Press::Face(FacePress::Show)),
            button("methods-button", Press::Methods(MethodsPress::Shop)),
        ])
        .row([button("settings-button-notices", Press::Notices(NoticesPress::Settings))])
        .row([button("follow-up-button", Press::Finding(FindingPress::FollowUp))])
        .row([button("settings-button-data", Press::OwnData(OwnDataPress::Show)), talk.home_button()]);
    talk.show(card).await
}

async fn ask(talk: &mut Talk, awaited: SettingsTalk, card: Card) -> Result<(), BotError> {
    if !is_owner(talk) {
        talk.toast("settings-not-owner-toast").await;
        return show(talk, None).await;
    }
    talk.go(Conversation::Settings(awaited));
    talk.show(card).await
}

async fn change_language(talk: &mut Talk, language: Language) -> Result<(), BotError> {
    let Some(seat) = talk.seat.clone() else {
        talk.language = language;
        return start::begin(talk).await;
    };
    talk.services.change_language(&seat, language).await?;
    talk.language = language;
    talk.seat = talk.services.seat(talk.person).await?;
    talk.toast("settings-saved-toast").await;
    show(talk, None).await
}

async fn change(talk: &mut Talk, change: ShopChange) -> Result<(), BotError> {
    let Some(seat) = talk.seat.clone() else {
        return start::begin(talk).await;
    };
    let news = match talk.services.change_shop(&seat, change).await? {
        Ok(merchant) => {
            talk.seat = Some(Seat { merchant, member: seat.member });
            talk.toast("settings-saved-toast").await;
            talk.say("settings-saved")
        }
        Err(refusal) => return say_refused(talk, refusal).await,
    };
    show(talk, Some(news)).await
}

/// Says why a change was refused, above the settings as they are.
pub(super) async fn say_refused(talk: &mut Talk, refusal: ShopRefusal) -> Result<(), BotError> {
    let reason = match refusal {
        ShopRefusal::NotOwner => talk.say("settings-not-owner"),
        ShopRefusal::NoLiveAccount => talk.say("settings-no-live-account"),
        ShopRefusal::NoMethodLeft => talk.say("methods-refused-shop"),
        ShopRefusal::CurrencyNotAccepted(currency) => {
            talk.words("settings-currency-not-accepted").with_safe("currency", currency.code()).html()
        }
    };
    show(talk, Some(reason)).await
}

fn zones_card(talk: &Talk) -> Card {
    Card::new(talk.say("settings-ask-zone"))
        .row([
            CardButton::press(talk.say("zone-button-wib"), Press::SettingsZonePick(ZoneChoice::Wib)),
            CardButton::press(talk.say("zone-button-wita"), Press::SettingsZonePick(ZoneChoice::Wita)),
            CardButton::press(talk.say("zone-button-wit"), Press::SettingsZonePick(ZoneChoice::Wit)),
        ])
        .row([CardButton::press(talk.say("zone-button-other"), Press::SettingsZonePick(ZoneChoice::Other))])
        .row([back_button(talk)])
}

fn currency_card(talk: &Talk) -> Card {
    let present = talk.seat.as_ref().map(|seat| seat.merchant.currency);
    let buttons = offered_currencies(talk).into_iter().map(|currency| {
        let label = chosen(currency.code().to_owned(), Some(currency) == present);
        CardButton::press(label, Press::SettingsCurrencyPick(currency))
    });
    Card::new(talk.say("settings-ask-currency")).row(buttons.collect::<Vec<_>>()).row([back_button(talk)])
}

fn language_buttons(talk: &Talk) -> [CardButton; 2] {
    Language::ALL.map(|language| {
        let label = chosen(Say::new(language, "language-own-name").plain(), language == talk.language);
        CardButton::press(label, Press::SettingsLanguage(language))
    })
}

fn is_owner(talk: &Talk) -> bool {
    talk.seat.as_ref().is_some_and(|seat| seat.member.role == Role::Owner)
}

pub(super) fn back_button(talk: &Talk) -> CardButton {
    CardButton::press(talk.say("button-back"), Press::Settings)
}
