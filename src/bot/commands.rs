//! What Telegram shows of the bot: the command menu beside the keyboard, and the words of its profile.

use teloxide::payloads::setters::*;
use teloxide::prelude::Requester;
use teloxide::types::{BotCommand, BotCommandScope};

use crate::domain::language::Language;
use crate::messaging::send_error::SendError;
use crate::messaging::telegram::{Messenger, send_error};
use crate::messaging::texts::say;

/// Sets menu and profile for everyone, and for those whose app speaks Indonesian.
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
        let mut in_groups =
            messenger.bot().set_my_commands(menu_of_groups(language)).scope(BotCommandScope::AllGroupChats);
        if let Some(language_code) = language_code {
            in_groups = in_groups.language_code(language_code);
        }
        in_groups.await.map_err(|error| send_error(&error))?;
        set_profile(messenger, language, language_code).await?;
    }
    Ok(())
}

/// Sets what an empty chat says (at most 512 characters) and what the profile and shared links say (120).
async fn set_profile(
    messenger: &Messenger,
    language: Language,
    language_code: Option<&str>,
) -> Result<(), SendError> {
    let bot = messenger.bot();
    let mut description = bot.set_my_description().description(say(language, "bot-description"));
    let mut short = bot.set_my_short_description().short_description(say(language, "bot-short-description"));
    if let Some(language_code) = language_code {
        description = description.language_code(language_code);
        short = short.language_code(language_code);
    }
    description.await.map_err(|error| send_error(&error))?;
    short.await.map_err(|error| send_error(&error))?;
    Ok(())
}

fn menu_of_groups(language: Language) -> Vec<BotCommand> {
    [("alerts", "command-alerts"), ("today", "command-today"), ("help", "command-help")]
        .map(|(command, key)| BotCommand::new(command, say(language, key)))
        .to_vec()
}

fn menu(language: Language) -> Vec<BotCommand> {
    [
        ("new", "command-new"),
        ("links", "command-links"),
        ("stats", "command-stats"),
        ("settings", "command-settings"),
        ("help", "command-help"),
    ]
    .map(|(command, key)| BotCommand::new(command, say(language, key)))
    .to_vec()
}
