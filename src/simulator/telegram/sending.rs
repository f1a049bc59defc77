//! New messages from the bot.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::{
    bot_api::Answer,
    detect, files,
    html::{self, Formatted},
    keyboard::Markup,
    message::{Entity, ShownMessage},
    params::Params,
    refusal::Refusal,
    world::World,
};

/// Longest text after parsing, in UTF-16 units.
pub(super) const TEXT_LIMIT: usize = 4096;
/// The effects that everybody may send: 🔥 👍 👎 ❤ 🎉 💩.
const KNOWN_EFFECTS: [&str; 6] = [
    "5104841245755180586",
    "5107584321108051014",
    "5104858069142078462",
    "5159385139981059251",
    "5046509860389126442",
    "5046589136895476101",
];
/// Longest caption after parsing, in UTF-16 units.
pub(super) const CAPTION_LIMIT: usize = 1024;

/// `sendMessage`.
pub(super) fn message(world: &mut World, token: &str, params: &Params) -> Answer {
    let person = addressee(world, token, params)?;
    let written = params.text("text").unwrap_or_default();
    let formatted = text_of(params, &written, "entities")?;
    let markup = Markup::read(params)?;
    admit(world, person)?;
    let mut message = world.blank(token, person, true);
    write(&mut message, written, formatted);
    finish(world, token, person, message, markup, params)
}

/// `sendPhoto` and `sendDocument`.
pub(super) fn file(world: &mut World, token: &str, params: &Params, is_photo: bool) -> Answer {
    let person = addressee(world, token, params)?;
    let name = if is_photo { "photo" } else { "document" };
    let written = params.text("caption").unwrap_or_default();
    let formatted = caption_of(params, &written, "caption_entities")?;
    let markup = Markup::read(params)?;
    let file = files::take(world, params.file(name), params.text(name), is_photo)?;
    admit(world, person)?;
    let mut message = world.blank(token, person, true);
    write(&mut message, written, formatted);
    message.file = Some(file);
    finish(world, token, person, message, markup, params)
}

/// `copyMessage` within or between private chats; answers the new id only.
pub(super) fn copy(world: &mut World, token: &str, params: &Params) -> Answer {
    let person = addressee(world, token, params)?;
    let from = params.int("from_chat_id").unwrap_or_default();
    let wanted = params.int("message_id").unwrap_or_default();
    let source = world.chat(token, from).find(wanted).cloned();
    let source = source.ok_or_else(|| Refusal::bad("message to copy not found"))?;
    let markup = Markup::read(params)?;
    admit(world, person)?;
    let mut message = world.blank(token, person, true);
    message.text = source.text;
    message.entities = source.entities;
    message.html = source.html;
    message.file = source.file;
    let sent = finish(world, token, person, message, markup, params)?;
    Ok(json!({ "message_id": sent["message_id"] }))
}

/// `sendChatAction`: shown for five seconds.
pub(super) fn chat_action(world: &mut World, token: &str, params: &Params) -> Answer {
    let person = addressee(world, token, params)?;
    let action = params.text("action").unwrap_or_default();
    let known = ["typing", "upload_photo", "upload_document", "find_location", "choose_sticker"];
    if !known.contains(&action.as_str()) && !action.starts_with("record_") && !action.starts_with("upload_") {
        return Err(Refusal::bad("wrong parameter action in request"));
    }
    world.chat(token, person).typing_until = Some(Instant::now() + Duration::from_secs(5));
    Ok(json!(true))
}

/// The chat a call is for: a person who has spoken to this bot and has not blocked it, or a group or channel that
/// the bot is in.
pub(super) fn addressee(world: &mut World, token: &str, params: &Params) -> Result<i64, Refusal> {
    let Some(person) = params.int("chat_id") else {
        let missing = params.text("chat_id").is_none_or(|text| text.is_empty());
        return Err(Refusal::bad(if missing { "chat_id is empty" } else { "chat not found" }));
    };
    if let Some(group) = world.groups.get(&person) {
        return group.admits().map(|()| person);
    }
    match world.chats.get(&(token.to_owned(), person)) {
        Some(chat) if chat.blocked => Err(Refusal::blocked()),
        Some(chat) if chat.started => Ok(person),
        _ => Err(Refusal::bad("chat not found")),
    }
}

/// Counts the message or edit against the limits.
pub(super) fn admit(world: &mut World, person: i64) -> Result<(), Refusal> {
    world.pacing.admit(person, Instant::now()).map_err(Refusal::too_many)
}

/// A text of 1 to 4096 units, parsed.
pub(super) fn text_of(params: &Params, written: &str, entities: &str) -> Result<Formatted, Refusal> {
    let formatted = format(params, written, entities)?;
    match formatted.utf16_length() {
        0 => Err(Refusal::bad("message text is empty")),
        length if length > TEXT_LIMIT => Err(Refusal::bad("message is too long")),
        _ => Ok(formatted),
    }
}

/// A caption of at most 1024 units, parsed.
pub(super) fn caption_of(params: &Params, written: &str, entities: &str) -> Result<Formatted, Refusal> {
    let formatted = format(params, written, entities)?;
    if formatted.utf16_length() > CAPTION_LIMIT {
        return Err(Refusal::bad("message caption is too long"));
    }
    Ok(formatted)
}

/// Puts text and formatting into a message.
pub(super) fn write(message: &mut ShownMessage, written: String, formatted: Formatted) {
    message.html = written;
    message.text = formatted.text;
    message.entities = formatted.entities;
}

fn format(params: &Params, written: &str, entities: &str) -> Result<Formatted, Refusal> {
    let mode = params.text("parse_mode").unwrap_or_default();
    let mut formatted = match mode.to_ascii_lowercase().as_str() {
        "" => Formatted { entities: explicit(params, entities)?, ..Formatted::plain(written) },
        "html" => {
            html::parse(written).map_err(|what| Refusal::bad(format!("can't parse entities: {what}")))?
        }
        // The house speaks HTML; Markdown would need a second parser nobody uses.
        _ => return Err(Refusal::bad("unsupported parse_mode")),
    };
    detect::add_links(&mut formatted);
    Ok(formatted)
}

fn explicit(params: &Params, name: &str) -> Result<Vec<Entity>, Refusal> {
    let Some(list) = params.json(name)? else { return Ok(Vec::new()) };
    let read = |value: &Value| {
        let number = |name: &str| value[name].as_u64().and_then(|number| usize::try_from(number).ok());
        let mut entity = Entity::new(value["type"].as_str()?, number("offset")?, number("length")?);
        entity.url = value["url"].as_str().map(str::to_owned);
        Some(entity)
    };
    let unreadable = || Refusal::bad("can't parse MessageEntity");
    list.as_array().ok_or_else(unreadable)?.iter().map(|value| read(value).ok_or_else(unreadable)).collect()
}

/// The effect that a private chat shows; Telegram knows a few, each by a long number.
fn effect(params: &Params) -> Result<Option<String>, Refusal> {
    match params.text("message_effect_id").filter(|id| !id.is_empty()) {
        Some(id) if KNOWN_EFFECTS.contains(&id.as_str()) => Ok(Some(id)),
        Some(_) => Err(Refusal::bad("EFFECT_ID_INVALID")),
        None => Ok(None),
    }
}

fn finish(
    world: &mut World,
    token: &str,
    person: i64,
    mut message: ShownMessage,
    markup: Markup,
    params: &Params,
) -> Answer {
    let reply = params.json("reply_parameters")?;
    let replied = reply.as_ref().and_then(|reply| reply["message_id"].as_i64());
    message.thread = match world.groups.get(&person) {
        Some(group) => group.takes(params)?,
        None if params.int("message_thread_id").is_some() => {
            return Err(Refusal::bad("message thread not found"));
        }
        None => None,
    };
    let careless = reply.as_ref().is_some_and(|reply| reply["allow_sending_without_reply"] == json!(true));
    let chat = world.chat(token, person);
    let original = replied.and_then(|id| chat.find(id).cloned());
    if replied.is_some() && original.is_none() && !careless {
        return Err(Refusal::bad("message to be replied not found"));
    }
    match markup {
        Markup::Absent | Markup::ForceReply => {}
        Markup::Inline { rows, value } => {
            message.buttons = rows;
            message.inline_markup = Some(value);
        }
        Markup::Reply(rows) => {
            message.buttons.clone_from(&rows);
            chat.reply_keyboard = rows;
        }
        Markup::Remove => chat.reply_keyboard.clear(),
    }
    message.silent = params.flag("disable_notification");
    message.effect = effect(params)?;
    chat.typing_until = None;
    chat.push(message.clone());
    let mut answer = world.message_json(token, person, &message);
    if let Some(original) = original {
        answer["reply_to_message"] = world.message_json(token, person, &original);
    }
    Ok(answer)
}
