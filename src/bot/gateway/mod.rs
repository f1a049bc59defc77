//! Whose account the shop's money goes through, connecting one's own, and going live.
//!
//! ```text
//! Ani    taps 🔌 Midtrans & mode in the settings
//! bot    🔌 … 🧪 Sandbox: bank latihan · 💵 Live: belum tersambung   [🔑 Sambungkan sandbox] [🔑 Sambungkan live] …
//! Ani    taps 🔑 Sambungkan live
//! bot    🔑 … formulir, 10 menit, sekali pakai   [🔑 Buka formulir] [◀ Kembali]
//! Ani    opens it and pastes her server key there
//! bot    ✅ Midtrans tersambung (live) …1234   [🔌 Midtrans & mode]
//! Ani    taps it, then 🚀 Jualan sungguhan
//! bot    🚀 ✅ … Ketik nama toko, Kaos Ani, untuk mulai.
//! Ani    kaos ani
//! bot    💵 Kaos Ani sekarang live …   [➕ Tautan baru] [🧪 Kembali ke sandbox]
//! ```

mod going_live;
pub mod pasted;

use chrono::{DateTime, Utc};

use super::conversation::Conversation;
use super::settings::{back_button, say_refused};
use super::talk::Talk;
use super::{BotError, home, rehearsal, start};
use crate::domain::id::GatewayAccountId;
use crate::domain::instant_text::display_instant_at;
use crate::domain::merchant::{Mode, Role};
use crate::messaging::buttons::{GatewayPress, Press};
use crate::messaging::card::{Card, CardButton};
use crate::messaging::html;
use crate::messaging::telegram::MessageId;
use crate::services::going_live::{AccountUsed, GatewayOverview, OwnAccount, Removal};
use crate::services::merchants::{Seat, ShopRefusal};
use crate::services::own_keys::{HandedForm, KEY_FORM_LIFE};

pub use going_live::name_typed;

/// A tap on a button about accounts and the mode.
///
/// # Errors
/// When the shop or Telegram cannot be asked.
pub async fn pressed(talk: &mut Talk, press: GatewayPress) -> Result<(), BotError> {
    let Some(seat) = talk.seat.clone() else {
        return start::begin(talk).await;
    };
    if seat.member.role != Role::Owner {
        talk.toast("settings-not-owner-toast").await;
        return say_refused(talk, ShopRefusal::NotOwner).await;
    }
    // The shop of the button was entered before; where that cannot be, nothing is done to another one.
    let press = match press.shop() {
        Some(shop) if shop != seat.merchant.id => GatewayPress::Show,
        _ => press,
    };
    match press {
        GatewayPress::Show
        | GatewayPress::ShowOf(_)
        | GatewayPress::StartConnect
        | GatewayPress::RecordShow => show(talk, &seat, None).await,
        GatewayPress::Connect(_, mode) => hand_form(talk, &seat, mode).await,
        GatewayPress::Remove(_, mode) => ask_remove(talk, &seat, mode).await,
        GatewayPress::RemoveYes(account) => remove(talk, &seat, account).await,
        GatewayPress::GoLive(_) => going_live::show(talk, &seat, None).await,
        GatewayPress::ToSandbox(_) => going_live::to_sandbox(talk, &seat).await,
    }
}

/// The accounts and the mode, with a line on top about what just happened.
pub(super) async fn show(talk: &mut Talk, seat: &Seat, news: Option<String>) -> Result<(), BotError> {
    talk.go(Conversation::Idle);
    let overview = talk.services.gateway_overview(seat).await?;
    let now = talk.services.clock().now();
    let card = overview_card(talk, seat, &overview, now);
    let html = news.map_or(card.html.clone(), |news| format!("{news}\n\n{}", card.html));
    talk.show(Card { html, ..card }).await
}

fn overview_card(talk: &Talk, seat: &Seat, overview: &GatewayOverview, now: DateTime<Utc>) -> Card {
    let accounts = [(Mode::Sandbox, &overview.sandbox), (Mode::Live, &overview.live)];
    let shop = seat.merchant.id;
    let mut lines =
        vec![talk.words("gateway").with("store", seat.merchant.name.as_str()).html(), String::new()];
    lines.extend(accounts.iter().map(|(mode, used)| account_line(talk, seat, *mode, used, now)));
    let own: Vec<(Mode, &OwnAccount)> =
        accounts.iter().filter_map(|(mode, used)| own_of(used).map(|own| (*mode, own))).collect();
    if !own.is_empty() {
        lines.extend([String::new(), talk.say("gateway-notices")]);
        lines.extend(own.iter().map(|(mode, own)| {
            format!("{} {}", talk.say(title_key(*mode)), html::code(own.notice_url.as_str()))
        }));
    }
    lines.extend([String::new(), home::mode_line(talk, seat.merchant.mode)]);
    let mut card = Card::new(lines.join("\n"));
    let button = |key: &str, press| CardButton::press(talk.say(key), Press::Gateway(press));
    for (mode, used) in accounts {
        let (connect, replace, remove, copy) = button_keys(mode);
        card = match own_of(used) {
            Some(own) => card
                .row([
                    button(replace, GatewayPress::Connect(shop, mode)),
                    button(remove, GatewayPress::Remove(shop, mode)),
                ])
                .row([CardButton::copy(talk.say(copy), own.notice_url.as_str())]),
            None => card.row([button(connect, GatewayPress::Connect(shop, mode))]),
        };
    }
    let switch = match seat.merchant.mode {
        Mode::Sandbox => button("gateway-button-go-live", GatewayPress::GoLive(shop)),
        Mode::Live => button("gateway-button-to-sandbox", GatewayPress::ToSandbox(shop)),
    };
    card.row([switch]).row([rehearsal::button(talk)]).row([back_button(talk), talk.home_button()])
}

/// Whose account takes the money of a mode, in a line.
pub(super) fn account_line(
    talk: &Talk,
    seat: &Seat,
    mode: Mode,
    used: &AccountUsed,
    now: DateTime<Utc>,
) -> String {
    let title = talk.say(title_key(mode));
    let instant = |at| display_instant_at(at, now, seat.merchant.time_zone, talk.language);
    let words = match used {
        AccountUsed::Own(own) => match own.refused_at {
            Some(at) => talk
                .words("gateway-account-refused")
                .with("tail", own.tail.as_str())
                .with_safe("at", instant(at))
                .html(),
            None => talk
                .words("gateway-account-own")
                .with("tail", own.tail.as_str())
                .with_safe("at", instant(own.connected_at))
                .html(),
        },
        AccountUsed::Operators => talk.say("gateway-account-operators"),
        AccountUsed::Simulated => talk.say("gateway-account-simulated"),
        AccountUsed::None => talk.say("gateway-account-none"),
    };
    format!("{title} {words}")
}

const fn title_key(mode: Mode) -> &'static str {
    match mode {
        Mode::Sandbox => "gateway-title-sandbox",
        Mode::Live => "gateway-title-live",
    }
}

/// The labels of a mode's buttons: connect, replace, take off, copy the address of its notices.
const fn button_keys(mode: Mode) -> (&'static str, &'static str, &'static str, &'static str) {
    match mode {
        Mode::Sandbox => (
            "gateway-button-connect-sandbox",
            "gateway-button-replace-sandbox",
            "gateway-button-remove-sandbox",
            "gateway-button-copy-sandbox",
        ),
        Mode::Live => (
            "gateway-button-connect-live",
            "gateway-button-replace-live",
            "gateway-button-remove-live",
            "gateway-button-copy-live",
        ),
    }
}

async fn hand_form(talk: &mut Talk, seat: &Seat, mode: Mode) -> Result<(), BotError> {
    talk.go(Conversation::Idle);
    let Some(form) = talk.services.hand_key_form(seat, mode).await? else {
        return say_refused(talk, ShopRefusal::NotOwner).await;
    };
    let words = talk.words(match mode {
        Mode::Sandbox => "gateway-form-sandbox",
        Mode::Live => "gateway-form-live",
    });
    let text = words.with("store", seat.merchant.name.as_str()).html();
    let card = form_card(talk, text, &form).row([gateway_button(talk)]);
    talk.show(card).await?;
    note_card(talk, &form).await
}

/// A card with the button that opens a form.
fn form_card(talk: &Talk, text: String, form: &HandedForm) -> Card {
    let minutes = talk.words("gateway-form-minutes").with_number("minutes", KEY_FORM_LIFE.num_minutes());
    Card::new(format!("{text}\n\n{}", minutes.html()))
        .row([CardButton::url(talk.say("gateway-button-form"), form.url.clone())])
}

/// Remembers which message leads to the form.
async fn note_card(talk: &Talk, form: &HandedForm) -> Result<(), BotError> {
    if let Some(MessageId(message_id)) = talk.card {
        talk.services.note_form_card(form, message_id).await?;
    }
    Ok(())
}

async fn ask_remove(talk: &mut Talk, seat: &Seat, mode: Mode) -> Result<(), BotError> {
    talk.go(Conversation::Idle);
    let overview = talk.services.gateway_overview(seat).await?;
    let (used, title) = match mode {
        Mode::Sandbox => (&overview.sandbox, "gateway-ask-remove-sandbox"),
        Mode::Live => (&overview.live, "gateway-ask-remove-live"),
    };
    let Some(own) = own_of(used) else { return show(talk, seat, None).await };
    let mut text =
        talk.words(title).with("tail", own.tail.as_str()).with("store", seat.merchant.name.as_str()).html();
    if own.paying > 0 {
        let key = if own.refused_at.is_some() { "gateway-remove-blind" } else { "gateway-remove-paying" };
        let paying = talk.words(key).with_number("paying", own.paying).html();
        text = format!("{text}\n\n{paying}");
    }
    let text = home::with_mode(talk, &text, mode);
    let yes = Press::Gateway(GatewayPress::RemoveYes(own.id));
    let card = Card::new(text)
        .row([gateway_button(talk), CardButton::press(talk.say("gateway-button-remove-yes"), yes)]);
    talk.show(card).await
}

async fn remove(talk: &mut Talk, seat: &Seat, account: GatewayAccountId) -> Result<(), BotError> {
    let news = match talk.services.remove_account(seat, account).await? {
        Removal::NotOwner => return say_refused(talk, ShopRefusal::NotOwner).await,
        Removal::NotFound => talk.say("gateway-removed-before"),
        Removal::Removed { paying, went_to_sandbox } => {
            talk.toast("settings-saved-toast").await;
            let mut lines = vec![talk.words("gateway-removed").with_number("paying", paying).html()];
            lines.extend(went_to_sandbox.then(|| talk.say("gateway-removed-to-sandbox")));
            lines.join("\n")
        }
    };
    let seat = match talk.services.seat(talk.person).await? {
        Some(seat) => seat,
        None => seat.clone(),
    };
    talk.seat = Some(seat.clone());
    show(talk, &seat, Some(news)).await
}

fn own_of(used: &AccountUsed) -> Option<&OwnAccount> {
    match used {
        AccountUsed::Own(own) => Some(own),
        AccountUsed::Operators | AccountUsed::Simulated | AccountUsed::None => None,
    }
}

fn gateway_button(talk: &Talk) -> CardButton {
    CardButton::press(talk.say("button-back"), Press::Gateway(GatewayPress::Show))
}
