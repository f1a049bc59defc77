//! Links and orders in chat.

use serde::{Deserialize, Serialize};

use super::BotError;
use super::talk::Talk;
use crate::messaging::buttons::Press;

/// What the bot waits for about links.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LinkTalk {
    /// Nothing yet.
    Nothing,
}

/// `/new`, with or without a description behind it.
///
/// # Errors
/// When the shop or Telegram cannot be asked.
pub async fn new_command(_talk: &mut Talk, _arguments: &str) -> Result<(), BotError> {
    Ok(())
}

/// What was typed while a link talk waits for it.
///
/// # Errors
/// When the shop or Telegram cannot be asked.
pub async fn typed_text(_talk: &mut Talk, _text: &str) -> Result<(), BotError> {
    Ok(())
}

/// A tap on a button about links, drafts or orders.
///
/// # Errors
/// When the shop or Telegram cannot be asked.
pub async fn pressed(_talk: &mut Talk, _press: Press) -> Result<(), BotError> {
    Ok(())
}

/// A start parameter that is about links; false when it is none of ours.
///
/// # Errors
/// When the shop or Telegram cannot be asked.
pub async fn link_payload(_talk: &mut Talk, _payload: &str) -> Result<bool, BotError> {
    Ok(false)
}
