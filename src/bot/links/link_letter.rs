//! The letter that brings a link to its customer: where it is, and sending it once more.
//!
//! ```text
//! Bot   …
//!       ⚠️ Surel ke budi@toko.id tidak sampai.
//!       [✉️ Kirim surel lagi] …
//! Ani   taps ✉️ Kirim surel lagi
//! Bot   the same card: ✉️ Tautannya dikirim lewat surel ke budi@toko.id.
//! ```

use crate::bot::BotError;
use crate::bot::talk::Talk;
use crate::domain::id::LinkId;
use crate::domain::letter::{LetterState, link_address};
use crate::messaging::buttons::Press;
use crate::messaging::card::CardButton;
use crate::messaging::html::code;
use crate::messaging::texts::Say;
use crate::services::letters::{SentAgain, did_not_go, may_be_brought};
use crate::services::links::LinkView;

use super::wording::Reader;
use super::{editing_seat, gone, link_card};

/// Sends it once more, when it did not arrive.
pub(super) async fn send_again(talk: &mut Talk, id: LinkId) -> Result<(), BotError> {
    let Some(seat) = editing_seat(talk).await? else { return Ok(()) };
    match talk.services.send_link_again(&seat, id).await? {
        SentAgain::Going => talk.toast("letter-again-toast").await,
        SentAgain::NotNeeded => {}
        SentAgain::Enough => talk.toast("letter-enough-toast").await,
        SentAgain::NotFound => return gone(talk).await,
        SentAgain::NotAllowed => return talk.show(super::only_looks(talk.language, "link-viewer")).await,
    }
    link_card::show(talk, id).await
}

/// Where the letter goes, went, or could not go.
pub(super) fn fate_line(reader: &Reader, view: &LinkView) -> Option<String> {
    let (letter, email) = (view.letter?, link_address(&view.link)?);
    let key = match letter.state {
        LetterState::Waiting => "letter-goes-to",
        LetterState::Sent => "letter-went-to",
        LetterState::Failed => "letter-not-sent",
        // A link that takes nothing any more is not brought to anybody, and nobody misses it.
        LetterState::Void if may_be_brought(view.state) => "letter-not-sent",
        LetterState::Void => return None,
    };
    let at = reader.instant(letter.settled_at.unwrap_or(letter.written_at));
    Some(Say::new(reader.language, key).with_safe("email", code(email.as_str())).with_safe("at", at).html())
}

/// The way to send it once more, when it did not arrive.
pub(super) fn again_button(reader: &Reader, view: &LinkView) -> Option<CardButton> {
    let is_wanted = view.letter.is_some_and(|letter| did_not_go(letter.state)) && may_be_brought(view.state);
    let button = || CardButton::press(reader.say("letter-button-again"), Press::LinkLetter(view.link.id));
    is_wanted.then(button)
}
