//! A picture that a seller sends: for the draft that is open, or the beginning of a link.
//!
//! ```text
//! Ani   (a picture, captioned "kaos polos 75rb")
//! Bot   📝 Sudah benar?  Kaos polos · Rp75.000 … 🖼 Dengan foto
//! Ani   (a picture alone)
//! Bot   🖼 Fotonya sudah saya simpan. … Mau jual apa?
//! ```

use crate::bot::BotError;
use crate::bot::conversation::Conversation;
use crate::bot::home;
use crate::bot::intake::SentPhoto;
use crate::bot::talk::Talk;
use crate::domain::id::PhotoId;
use crate::domain::link_draft::LinkDraft;
use crate::domain::one_line::read_line;
use crate::domain::photo::{Jpeg, PhotoError};
use crate::domain::visible_text::ItemName;
use crate::messaging::buttons::{DraftField, Press};
use crate::messaging::card::{Card, CardButton};
use crate::messaging::files::DownloadFault;
use crate::services::merchants::Seat;

use super::new_link::{Wish, setting, understood};
use super::{Way, confirm_card, editing_seat, open_draft, open_draft_id, reader, wizard};

/// A picture came.
///
/// # Errors
/// When the shop or Telegram cannot be asked.
pub async fn sent(talk: &mut Talk, photo: &SentPhoto) -> Result<(), BotError> {
    // Where something else is asked for, a picture answers nothing.
    if !matches!(talk.conversation, Conversation::Idle | Conversation::Link(_)) {
        return home::no_text(talk).await;
    }
    let Some(seat) = editing_seat(talk).await? else { return Ok(()) };
    if photo.is_of_album && photo.caption.is_empty() && open_draft_has_photo(talk).await? {
        // A link has one picture: of several sent at once, the first.
        return Ok(());
    }
    let kept = match fetch(talk, &seat, photo).await? {
        Ok(kept) => kept,
        Err(key) => {
            let back = open_draft_id(talk)
                .map(|id| CardButton::press(talk.say("home-button-continue"), Press::DraftShow(id)));
            let home = talk.home_button();
            let card = Card::new(talk.say(key)).row(back.into_iter().chain([home]));
            return talk.show_aside(card).await;
        }
    };
    let reading = read_line(&photo.caption, &setting(&reader(talk, &seat), &seat));
    if let Ok(reading) = reading {
        talk.go(Conversation::Idle);
        talk.close_confirm_card().await;
        return understood(talk, &seat, reading, Wish::Guess, Some(kept)).await;
    }
    match open_draft_id(talk) {
        Some(id) => {
            let Some(draft) = open_draft(talk, id).await? else { return Ok(()) };
            attach(talk, &seat, draft, kept).await
        }
        None => begin_with(talk, &seat, &photo.caption, kept).await,
    }
}

async fn open_draft_has_photo(talk: &Talk) -> Result<bool, BotError> {
    let Some(id) = open_draft_id(talk) else { return Ok(false) };
    let kept = talk.services.draft(talk.person, id).await?;
    Ok(kept.is_some_and(|kept| kept.draft.offer.photo.is_some()))
}

/// Puts the picture into the draft and goes on where the talk was.
async fn attach(talk: &mut Talk, seat: &Seat, mut draft: LinkDraft, photo: PhotoId) -> Result<(), BotError> {
    draft.offer.photo = Some(photo);
    talk.services.keep_draft(talk.person, &draft).await?;
    let lead = Some(talk.say("goods-photo-kept"));
    match talk.conversation.clone() {
        Conversation::Link(state) => {
            wizard::ask(talk, seat, &draft, state.field(), state.question().way, lead).await
        }
        _ => {
            talk.close_confirm_card().await;
            confirm_card::show(talk, seat, draft, lead).await
        }
    }
}

/// A new draft that has its picture first. Words beside it are the name.
async fn begin_with(talk: &mut Talk, seat: &Seat, caption: &str, photo: PhotoId) -> Result<(), BotError> {
    let mut draft = LinkDraft::new();
    draft.offer.photo = Some(photo);
    draft.item_name = ItemName::parse(caption).ok().map(|name| name.value);
    talk.services.keep_draft(talk.person, &draft).await?;
    let lead = talk.say("goods-photo-kept");
    let field = if draft.item_name.is_some() { DraftField::Price } else { DraftField::Name };
    wizard::ask(talk, seat, &draft, field, Way::Wizard, Some(lead)).await
}

/// Fetches the picture and keeps it, or says by its key why that cannot be.
pub(in crate::bot) async fn fetch(
    talk: &Talk,
    seat: &Seat,
    photo: &SentPhoto,
) -> Result<Result<PhotoId, &'static str>, BotError> {
    let jpeg = match talk.messenger.download(&photo.file_id, Jpeg::BYTES_MAX).await {
        Ok(bytes) => Jpeg::new(bytes),
        Err(DownloadFault::TooLarge) => Err(PhotoError::TooLarge),
        Err(DownloadFault::Unavailable) => return Ok(Err("goods-photo-away")),
    };
    Ok(match jpeg {
        Ok(jpeg) => Ok(talk.services.keep_photo(seat, jpeg).await?),
        Err(PhotoError::TooLarge) => Err("goods-photo-large"),
        Err(PhotoError::NotJpeg) => Err("goods-photo-odd"),
    })
}
