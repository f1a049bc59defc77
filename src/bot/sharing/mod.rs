//! A link on its way to customers, and customers themselves: pictures to send, and what a customer sees
//! of links and orders in chat.

use super::conversation::Conversation;
use super::intake::ChosenArticle;
use super::talk::Talk;
use super::{BotError, home};
use crate::domain::id::LinkId;
use crate::messaging::buttons::{SharingPress, decode_key};

mod customers;
mod inline;
mod pictures;
mod questions;

pub use customers::{CustomerTalk, answer_customer};
pub use inline::answer_query;
pub use pictures::picture_buttons;

/// A tap about sharing, or a customer's. Customers need no shop.
///
/// # Errors
/// When the shop or Telegram cannot be asked.
pub async fn pressed(talk: &mut Talk, press: SharingPress) -> Result<(), BotError> {
    match press {
        SharingPress::Qr(id) => pictures::send_qr(talk, id).await,
        SharingPress::Story(id) => pictures::send_story(talk, id, false).await,
        SharingPress::StoryFile(id) => pictures::send_story(talk, id, true).await,
        SharingPress::Listing(id) => customers::listing_again(talk, id).await,
        SharingPress::Status(id) => customers::order_again(talk, id).await,
        SharingPress::Follow(id) => customers::follow(talk, id, true).await,
        SharingPress::Unfollow(id) => customers::follow(talk, id, false).await,
        SharingPress::Ask(id) => questions::begin(talk, id).await,
        SharingPress::Answer(id) => questions::begin_answer(talk, id).await,
    }
}

/// Words of somebody who looked at something, asks or answers.
///
/// # Errors
/// When the shop or Telegram cannot be asked.
pub async fn typed(talk: &mut Talk, text: &str) -> Result<(), BotError> {
    match talk.conversation {
        Conversation::Customer(CustomerTalk::Asking(id)) => questions::asked(talk, id, text).await,
        Conversation::Customer(CustomerTalk::Answering(id)) => questions::answered(talk, id, text).await,
        _ if talk.seat.is_some() => home::plain_text(talk, text).await,
        _ => answer_customer(talk).await,
    }
}

/// Keeps true what a person sent into another chat.
///
/// # Errors
/// When the database cannot be asked.
pub async fn chosen(talk: &Talk, article: &ChosenArticle) -> Result<(), BotError> {
    let link_id = decode_key(&article.article_id).map(LinkId);
    if let (Some(link_id), Some(message)) = (link_id, &article.inline_message_id) {
        talk.services.note_shared_message(talk.person, link_id, message).await?;
    }
    Ok(())
}

/// What a start link of ours asks for; false when it is none of those known here.
///
/// # Errors
/// When the shop or Telegram cannot be asked.
pub async fn start_link(talk: &mut Talk, payload: &str) -> Result<bool, BotError> {
    let Some((kind, rest)) = payload.split_at_checked(2) else { return Ok(false) };
    match kind {
        "p_" => customers::open_listing(talk, rest).await?,
        "o_" => customers::open_order(talk, rest).await?,
        "l_" => customers::open_own_card(talk, rest).await?,
        "n_" => customers::begin_draft(talk, rest).await?,
        _ => return Ok(false),
    }
    Ok(true)
}
