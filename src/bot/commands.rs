//! The command menu that Telegram shows beside the keyboard.

use teloxide::payloads::setters::*;
use teloxide::prelude::Requester;
use teloxide::types::{BotCommand, BotCommandScope};

use crate::domain::language::Language;
use crate::messaging::send_error::SendError;
use crate::messaging::telegram::{Messenger, send_error};
use crate::messaging::texts::say;

/// Sets the menu for everyone, and for those whose app speaks Indonesian.
///
/// # Errors
/// When Telegram cannot be asked; the commands work without their menu.
pub async fn set(messenger: &Messenger) -> Result<(), SendError> {
    for (language, language_code) in
        [(Language::English, None), (Language::Indonesian, Some("id")), (Language::English, Some("en"))]
    {
        let mut request =
            messenger.bot().set_my_commands(menu(language)).scope(BotCommandScope::AllPrivateChats);
        if let Some(language_code) = language_code {
            request = request.language_code(language_code);
        }
        request.await.map_err(|error| send_error(&error))?;
    }
    Ok(())
}

fn menu(language: Language) -> Vec<BotCommand> {
    [
        ("new", "command-new"),
        ("links", "command-links"),
        ("settings", "command-settings"),
        ("help", "command-help"),
    ]
    .map(|(command, key)| BotCommand::new(command, say(language, key)))
    .to_vec()
}
