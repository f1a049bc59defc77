//! Being told of orders that were left unpaid.
//!
//! ```text
//! Ani   taps 🔔 Kabar belum bayar (in the settings)
//! Bot   🔔 Pesanan yang belum dibayar … Sekarang: mati
//!       [✓ Mati] [1 jam] [3 jam]
//!       [6 jam] [12 jam]
//!       [◀ Kembali]
//! ```

use super::filter_mark;
use crate::bot::BotError;
use crate::bot::links::{any_seat, reader};
use crate::bot::talk::Talk;
use crate::messaging::buttons::{FindingPress, Press};
use crate::messaging::card::{Card, CardButton};
use crate::services::follow_ups::FOLLOW_UP_HOURS;

/// When the shop is told, and what else to choose.
pub(super) async fn show(talk: &mut Talk) -> Result<(), BotError> {
    let Some(seat) = any_seat(talk).await? else { return Ok(()) };
    let hours = talk.services.follow_up_hours(&seat).await?;
    let now = match hours {
        Some(hours) => talk.words("follow-up-on").with_safe("hours", hours.to_string()).html(),
        None => talk.say("follow-up-off"),
    };
    let mode = reader(talk, &seat).mode(seat.merchant.mode);
    let html = format!("{}\n\n{mode}", talk.words("follow-up").with_safe("now", now).html());
    let off = (0, talk.say("follow-up-button-off"), hours.is_none());
    let choices = FOLLOW_UP_HOURS.into_iter().map(|choice| {
        let label = talk.words("follow-up-button-hours").with_safe("hours", choice.to_string()).plain();
        (u8::try_from(choice).unwrap_or_default(), label, hours == Some(choice))
    });
    let buttons: Vec<CardButton> = std::iter::once(off)
        .chain(choices)
        .map(|(choice, label, is_current)| {
            let press = Press::Finding(FindingPress::FollowUpAfter(choice));
            CardButton::press(format!("{}{label}", filter_mark(is_current)), press)
        })
        .collect();
    let mut card = Card::new(html);
    for row in buttons.chunks(3) {
        card = card.row(row.iter().cloned());
    }
    let back = CardButton::press(talk.say("finding-button-back"), Press::Settings);
    talk.show(card.row([back])).await
}

/// Chooses after how many hours; 0 for never. Only the owner may.
pub(super) async fn set(talk: &mut Talk, hours: u8) -> Result<(), BotError> {
    let Some(seat) = any_seat(talk).await? else { return Ok(()) };
    let hours = (hours > 0).then(|| i64::from(hours));
    match talk.services.follow_up_after(&seat, hours).await? {
        Ok(()) => talk.toast("settings-saved-toast").await,
        Err(_) => talk.toast("settings-not-owner-toast").await,
    }
    show(talk).await
}
