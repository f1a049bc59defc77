//! The settings of new links: what they take where nothing is said, and whether a clear line is asked about.
//!
//! ```text
//! Ani    taps 🔗 Pilihan awal in the settings
//! bot    🔗 Pilihan awal tautan baru: 10 pembayaran, 3 hari …  [1×] [5×] [10× ✓] … [24 jam] [3 hari ✓] …
//! Ani    taps 24 jam
//! bot    ✅ the card again
//! ```

use chrono::TimeDelta;

use super::conversation::Conversation;
use super::settings::{back_button, say_refused};
use super::start_cards::chosen;
use super::talk::Talk;
use super::{BotError, home, start};
use crate::domain::usage_limit::UsageLimit;
use crate::messaging::buttons::{CreatingPress, Press};
use crate::messaging::card::{Card, CardButton};
use crate::services::merchants::{Seat, ShopChange};

/// Payments that new links can take by default.
const LIMITS: [i64; 4] = [1, 5, 10, 50];

/// Minutes that new links can last by default, with their texts.
const LIVES: [(i64, &str); 4] = [
    (24 * 60, "draft-button-day"),
    (3 * 24 * 60, "draft-button-three-days"),
    (7 * 24 * 60, "draft-button-week"),
    (30 * 24 * 60, "defaults-button-month"),
];

/// A tap on a button of the card.
///
/// # Errors
/// When the shop or Telegram cannot be asked.
pub async fn pressed(talk: &mut Talk, press: CreatingPress) -> Result<(), BotError> {
    let Some(seat) = talk.seat.clone() else {
        return start::begin(talk).await;
    };
    let change = match press {
        CreatingPress::DefaultLimit(None) => Some(ShopChange::DefaultLimit(None)),
        // A forged number changes nothing.
        CreatingPress::DefaultLimit(Some(limit)) => LIMITS
            .contains(&limit)
            .then(|| UsageLimit::new(limit).ok())
            .flatten()
            .map(|limit| ShopChange::DefaultLimit(Some(limit))),
        CreatingPress::DefaultLife(None) => Some(ShopChange::DefaultLife(None)),
        CreatingPress::DefaultLife(Some(minutes)) => LIVES
            .iter()
            .any(|(offered, _)| *offered == minutes)
            .then(|| ShopChange::DefaultLife(TimeDelta::try_minutes(minutes))),
        CreatingPress::Unasked(is_unasked) => Some(ShopChange::MakesUnasked(is_unasked)),
        _ => None,
    };
    let Some(change) = change else { return show(talk, &seat).await };
    match talk.services.change_shop(&seat, change).await? {
        Ok(merchant) => {
            let seat = Seat { merchant, member: seat.member };
            talk.seat = Some(seat.clone());
            talk.toast("settings-saved-toast").await;
            show(talk, &seat).await
        }
        Err(refusal) => say_refused(talk, refusal).await,
    }
}

async fn show(talk: &mut Talk, seat: &Seat) -> Result<(), BotError> {
    talk.go(Conversation::Idle);
    let defaults = seat.merchant.link_defaults;
    let limit = defaults.usage_limit.map(UsageLimit::get);
    let life = defaults.life.map(|life| life.num_minutes());
    let creating = |label: String, press| CardButton::press(label, Press::Creating(press));
    let limits = LIMITS.map(|payments| {
        let label = chosen(format!("{payments}×"), limit == Some(payments));
        creating(label, CreatingPress::DefaultLimit(Some(payments)))
    });
    let no_limit = chosen(talk.say("draft-button-no-limit"), limit.is_none());
    let lives = LIVES.map(|(minutes, key)| {
        let label = chosen(talk.say(key), life == Some(minutes));
        creating(label, CreatingPress::DefaultLife(Some(minutes)))
    });
    let no_end = chosen(talk.say("draft-button-no-end"), life.is_none());
    let is_unasked = defaults.makes_unasked;
    let ask_first =
        format!("{} {}", if is_unasked { "⬜" } else { "✅" }, talk.say("defaults-button-ask-first"));
    let text = talk
        .words("defaults")
        .with_safe("asking", talk.say(if is_unasked { "defaults-unasked" } else { "defaults-asked" }))
        .with_safe("mode", home::mode_line(talk, seat.merchant.mode))
        .html();
    let [day, three_days, week, month] = lives;
    let card = Card::new(text)
        .row(limits)
        .row([creating(no_limit, CreatingPress::DefaultLimit(None))])
        .row([day, three_days])
        .row([week, month])
        .row([creating(no_end, CreatingPress::DefaultLife(None))])
        .row([creating(ask_first, CreatingPress::Unasked(!is_unasked))])
        .row([back_button(talk)]);
    talk.show(card).await
}
