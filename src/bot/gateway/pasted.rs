//! A gateway key that somebody sent into the chat, whatever was being asked there. The update was stored without
//! it; here the message goes out of the chat, and whoever may use a key gets the form for it.

use super::form_card;
use crate::bot::BotError;
use crate::bot::talk::Talk;
use crate::domain::merchant::{Mode, Role};
use crate::messaging::card::Card;
use crate::messaging::telegram::MessageId;

/// Takes the message away, says so, and offers the form. The question that is open stays open.
///
/// # Errors
/// When the shop or Telegram cannot be asked.
pub async fn answer(talk: &mut Talk, message: MessageId, mode: Mode) -> Result<(), BotError> {
    let is_gone = talk.messenger.delete(talk.person, message).await;
    let first = talk.say(if is_gone { "gateway-pasted" } else { "gateway-pasted-stays" });
    let owner = talk.seat.clone().filter(|seat| seat.member.role == Role::Owner);
    let form = match &owner {
        Some(seat) => talk.services.hand_key_form(seat, mode).await?,
        None => None,
    };
    let Some(form) = form else {
        let why = talk.say("gateway-pasted-no-owner");
        return talk.show_aside(Card::new(format!("{first}\n\n{why}"))).await;
    };
    let why = talk.words(match mode {
        Mode::Sandbox => "gateway-pasted-form-sandbox",
        Mode::Live => "gateway-pasted-form-live",
    });
    let store = owner.as_ref().map(|seat| seat.merchant.name.as_str()).unwrap_or_default();
    let why = why.with("store", store).html();
    let card = form_card(talk, format!("{first}\n\n{why}"), &form);
    let MessageId(message_id) = talk.messenger.send(talk.person, &card).await?;
    Ok(talk.services.note_form_card(&form, message_id).await?)
}
