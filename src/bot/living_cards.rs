//! Draws a link's card again when the link changed: paid, being paid for, sold out, over, switched off.
//!
//! ```text
//! Bot   Kaos polos · Rp75.000   🟢 Aktif · 0 dari 3 terbayar
//!       Budi taps Bayar on his page
//! Bot   (the same message)      🟢 Aktif · 0 dari 3 terbayar, 1 sedang bayar
//! ```

use chrono::TimeDelta;

use super::BotError;
use super::links::link_card;
use super::links::wording::Reader;
use crate::domain::living_card::{CardFace, LivingCard, ShownLink};
use crate::messaging::card::Card;
use crate::messaging::send_error::SendError;
use crate::messaging::telegram::{Amended, MessageId, Messenger};
use crate::services::Services;

/// How long a card waits when Telegram failed.
const REST: TimeDelta = TimeDelta::seconds(60);

/// Draws a card whose chat is the caller's. It never becomes a new message, and says nothing aloud.
///
/// # Errors
/// When the database cannot be asked; the card is then drawn later.
pub async fn draw(services: &Services, messenger: &Messenger, card: &LivingCard) -> Result<(), BotError> {
    let Some((drawing, shown)) = drawing(services, card).await? else {
        return Ok(services.forget_card(card).await?);
    };
    match messenger.amend(card.chat, MessageId(card.message_id), &drawing).await {
        Ok(Amended::InPlace) => {
            // A deleted link changes no more by itself.
            let shown = Some(shown).filter(|shown| shown.link.deleted_at.is_none());
            Ok(services.note_cards(card.chat, &[(card.message_id, shown)]).await?)
        }
        Ok(Amended::Gone) | Err(SendError::DestinationDead(_)) => Ok(services.forget_card(card).await?),
        Err(SendError::RetryAfter(wait)) => Ok(services.storage().defer_card(card, wait).await?),
        Err(error) => {
            tracing::warn!(chat.id = card.chat.0, %error, "a card is drawn later");
            Ok(services.storage().defer_card(card, REST).await?)
        }
    }
}

/// The card as it is to be, and what it shows; `None` when the person can no longer see the link.
async fn drawing(services: &Services, card: &LivingCard) -> Result<Option<(Card, ShownLink)>, BotError> {
    let Some(seat) = services.seat_at_link(card.chat, card.link_id).await? else { return Ok(None) };
    let Some(view) = services.link(&seat, card.link_id).await? else { return Ok(None) };
    let reader = Reader {
        person: seat.member.telegram_id,
        language: seat.member.language,
        zone: seat.merchant.time_zone,
        now: services.clock().now(),
        writes_letters: services.writes_letters(),
    };
    let drawing = match card.face {
        CardFace::Made => link_card::created_card(&reader, &view),
        CardFace::Details => link_card::details_card(&reader, &view),
    };
    Ok(Some((drawing, ShownLink { at: view.now, link: view.link, face: card.face })))
}
