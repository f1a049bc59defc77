//! A link made without a question, for a shop that wishes so, and taken back within half a minute.
//!
//! ```text
//! Ani   /new kaos 75rb x10
//! Bot   ✅ Tautan siap dibagikan …            [↩ Urungkan] [📋 Salin] …
//! Ani   taps ↩ Urungkan
//! Bot   ↩ Sudah dibatalkan … 📝 Sudah benar? …
//! ```

use crate::bot::BotError;
use crate::bot::conversation::Conversation;
use crate::bot::talk::Talk;
use crate::domain::id::{DraftId, LinkId};
use crate::domain::link_draft::LinkDraft;
use crate::messaging::buttons::{CreatingPress, Press};
use crate::messaging::card::CardButton;
use crate::services::link_changes::{UNASKED_UNDO, Undone};
use crate::services::links::Creation;
use crate::services::merchants::Seat;

use super::new_link::as_kept;
use super::wizard::with_lead;
use super::{confirm_card, editing_seat, gone, link_card, reader};

/// Makes the link of a kept draft at once. Where it cannot be made, the confirm card says why.
pub(super) async fn make(talk: &mut Talk, seat: &Seat, draft: LinkDraft) -> Result<(), BotError> {
    match talk.services.create_link(seat, &draft).await? {
        Creation::Made(view) | Creation::MadeBefore(view) => {
            let mut card = link_card::made_card(&reader(talk, seat), &view);
            let may_undo = view.link.deleted_at.is_none() && view.now < view.link.created_at + UNASKED_UNDO;
            if may_undo {
                let undo = Press::Creating(CreatingPress::Undo(view.link.id));
                card.rows.insert(0, vec![CardButton::press(talk.say("delete-button-undo"), undo)]);
            }
            talk.show(card).await
        }
        Creation::Refused(refusal) => {
            let card = confirm_card::refused_card(&reader(talk, seat), &draft, seat.merchant.mode, &refusal);
            talk.show(card).await
        }
    }
}

/// Takes it back: it becomes a draft again.
pub(super) async fn undo(talk: &mut Talk, id: LinkId) -> Result<(), BotError> {
    let Some(seat) = editing_seat(talk).await? else { return Ok(()) };
    talk.go(Conversation::Idle);
    match talk.services.undo_making(&seat, id).await? {
        Undone::Draft(mut draft) => {
            draft.id = DraftId::of(talk.fingerprint);
            let draft = as_kept(talk, draft).await?;
            talk.services.keep_draft(talk.person, &draft).await?;
            let lead = talk.say("unasked-undone");
            confirm_card::show(talk, &seat, draft, Some(lead)).await
        }
        Undone::TooLate(view) => {
            let card = link_card::details_card(&reader(talk, &seat), &view);
            let lead = talk.say("unasked-too-late");
            talk.show(with_lead(card, Some(lead))).await
        }
        Undone::NotFound => gone(talk).await,
        Undone::NotAllowed => talk.show(super::only_looks(talk.language, "link-viewer")).await,
    }
}
