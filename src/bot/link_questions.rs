//! Answers to "still available?": one tap under the notice, which stays in the chat.
//!
//! ```text
//! Bot   🙋 Seseorang menanyakan kaos yang sudah berakhir   [⏳ +1 jam] [⏳ +24 jam] [💰 Harga baru] [✖ Tidak]
//! Ani   taps +24 jam
//! Bot   (a new message) the link's card, active until tomorrow
//! ```
//!
//! An old button changes nothing: a link that is open again, or gone, is shown as it is.

use super::conversation::Conversation;
use super::talk::Talk;
use super::{BotError, home, links};
use crate::domain::id::LinkId;
use crate::domain::payment_link::LinkState;
use crate::messaging::buttons::{PageFrom, Press, QuestionAnswer};
use crate::messaging::card::{Card, CardButton};
use crate::services::link_questions::Declined;

/// A tap on one of the answers.
///
/// # Errors
/// When the shop or Telegram cannot be asked.
pub async fn pressed(talk: &mut Talk, id: LinkId, answer: QuestionAnswer) -> Result<(), BotError> {
    talk.leave_record();
    let Some(seat) = talk.seat.clone() else { return links::pressed(talk, Press::Link(id)).await };
    let state = talk.services.link(&seat, id).await?.map(|view| view.state);
    match (answer, state) {
        (QuestionAnswer::Longer(hours), Some(LinkState::Expired)) => {
            links::pressed(talk, Press::Extend(id, hours)).await
        }
        (QuestionAnswer::More(more), Some(LinkState::Exhausted)) => {
            links::pressed(talk, Press::Restock(id, more)).await
        }
        (QuestionAnswer::Open, Some(LinkState::Paused)) => links::pressed(talk, Press::SwitchOn(id)).await,
        (QuestionAnswer::Price, Some(LinkState::Expired | LinkState::Exhausted)) => {
            links::change_link::reprice(talk, id).await
        }
        (QuestionAnswer::No, Some(_)) => match talk.services.decline_question(&seat, id).await? {
            Declined::Done(view) => {
                talk.go(Conversation::Idle);
                let item = view.link.item_name.as_str();
                let said = talk.words("asked-declined").with("item", item).html();
                let text = format!("{said}\n{}", home::mode_line(talk, view.link.mode));
                let links = Press::Links(PageFrom::Start);
                let card = Card::new(text).row([
                    CardButton::press(talk.say("notice-button-link"), Press::Link(id)),
                    CardButton::press(talk.say("link-button-links"), links),
                ]);
                talk.show(card).await
            }
            Declined::NotAsked(_) => over(talk, id).await,
            // It says so.
            Declined::NotAllowed => links::pressed(talk, Press::SwitchOn(id)).await,
            Declined::NotFound => links::pressed(talk, Press::Link(id)).await,
        },
        (_, Some(_)) => over(talk, id).await,
        (_, None) => links::pressed(talk, Press::Link(id)).await,
    }
}

/// Nobody waits for an answer any more: the link as it is.
async fn over(talk: &mut Talk, id: LinkId) -> Result<(), BotError> {
    talk.toast("asked-over-toast").await;
    links::pressed(talk, Press::Link(id)).await
}
