//! A link on its way to customers, and customers themselves: pictures to send, and what a customer sees
//! of links and orders in chat.

use super::BotError;
use super::talk::Talk;
use crate::messaging::buttons::SharingPress;

mod pictures;

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
        _ => Ok(()),
    }
}
