//! A link as a picture: a QR code to print, and one for a story.
//!
//! ```text
//! Ani   taps ▦ QR below a link
//! Bot   [picture of a QR code]
//!       Kaos polos · Rp75.000
//!       https://bayar.example/kaos…
//!       🧪 Sandbox …
//!       [🖼 Story] [◀ Tautan]
//! Ani   taps 🖼 Story
//! Bot   [picture of 1080 × 1920]
//!       [📎 Ukuran penuh] [▦ QR] [◀ Tautan]
//! ```
//!
//! A picture is there to be sent on, so it stays in the chat; what its buttons ask for comes as a message of
//! its own.

use crate::bot::BotError;
use crate::bot::links::link_gone;
use crate::bot::talk::Talk;
use crate::domain::id::LinkId;
use crate::domain::language::Language;
use crate::domain::visible_text::StoreName;
use crate::messaging::buttons::{Press, SharingPress};
use crate::messaging::card::{Card, CardButton};
use crate::messaging::picture;
use crate::messaging::send_error::SendError;
use crate::messaging::share_pictures::{digest, qr_picture, story_picture};
use crate::messaging::storefront::Listing;
use crate::messaging::telegram::{PictureKind, PictureSource};
use crate::messaging::texts::say;
use crate::services::sharing::listing_of;

/// The buttons on a link's card that ask for its pictures.
#[must_use]
pub fn picture_buttons(language: Language, id: LinkId) -> [CardButton; 2] {
    [
        button(language, "share-button-qr", SharingPress::Qr(id)),
        button(language, "share-button-story", SharingPress::Story(id)),
    ]
}

/// Sends the QR code.
pub(super) async fn send_qr(talk: &mut Talk, id: LinkId) -> Result<(), BotError> {
    let story = button(talk.language, "share-button-story", SharingPress::Story(id));
    send(
        talk,
        id,
        (PictureKind::Photo, "qr"),
        |listing, _, language| qr_picture(listing, language),
        vec![story],
    )
    .await
}

/// Sends the picture for a story, as a photo or in full size as a file.
pub(super) async fn send_story(talk: &mut Talk, id: LinkId, is_file: bool) -> Result<(), BotError> {
    let qr = button(talk.language, "share-button-qr", SharingPress::Qr(id));
    let full = button(talk.language, "share-button-full", SharingPress::StoryFile(id));
    let (kind, buttons) = match is_file {
        true => (PictureKind::Document, vec![qr]),
        false => (PictureKind::Photo, vec![full, qr]),
    };
    send(talk, id, (kind, "story"), story_picture, buttons).await
}

/// A picture that Telegram has is sent by its handle; another is drawn and uploaded.
async fn send(
    talk: &mut Talk,
    id: LinkId,
    (kind, name): (PictureKind, &str),
    drawing: fn(&Listing<'_>, &StoreName, Language) -> Option<String>,
    buttons: Vec<CardButton>,
) -> Result<(), BotError> {
    let Some(seat) = talk.seat.clone() else { return link_gone(talk).await };
    let Some(view) = talk.services.link(&seat, id).await? else { return link_gone(talk).await };
    talk.answer_tap(None).await;
    let listing = listing_of(&seat, &view);
    let back = CardButton::press(talk.say("link-button-link"), Press::RecordLink(id));
    let card = Card::new(listing.caption(talk.language)).row(buttons).row([back.clone()]);
    let Some(svg) = drawing(&listing, &seat.merchant.name, talk.language) else {
        return no_picture(talk, back).await;
    };
    let digest = digest(talk.messenger.bot_number(), &format!("{kind:?} {svg}"));
    let file_name = format!("{name}-{}.png", view.link.slug.as_str());
    let kind = (kind, file_name.as_str());
    if let Some(file_id) = talk.services.sent_picture(&digest).await? {
        let known = PictureSource::Known(file_id);
        match talk.messenger.send_picture(talk.person, &known, kind, &card).await {
            Ok(_) => return Ok(()),
            // Telegram has lost it: it is drawn again.
            Err(SendError::Malformed(reason)) => tracing::info!(reason, "a picture's handle is good no more"),
            Err(error) => return Err(error.into()),
        }
    }
    talk.messenger.say_uploading(talk.person, kind.0).await;
    let png = match picture::draw(svg).await {
        Ok(png) => png,
        Err(error) => {
            tracing::error!(%error, link.id = %id, "a picture of a link could not be drawn");
            return no_picture(talk, back).await;
        }
    };
    let sent = talk.messenger.send_picture(talk.person, &PictureSource::Drawn(png), kind, &card).await?;
    if let Some(file_id) = sent.file_id {
        talk.services.remember_picture(&digest, &file_id).await?;
    }
    Ok(())
}

async fn no_picture(talk: &mut Talk, back: CardButton) -> Result<(), BotError> {
    talk.show_aside(Card::new(talk.say("share-picture-failed")).row([back])).await
}

fn button(language: Language, key: &str, press: SharingPress) -> CardButton {
    CardButton::press(say(language, key), Press::Sharing(press))
}
