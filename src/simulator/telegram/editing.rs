//! Changing what already stands in a chat, and answering taps.

use serde_json::{Value, json};

use super::{
    bot_api::Answer,
    files,
    keyboard::Markup,
    message::{ShownMessage, Toast},
    params::Params,
    phone::TAP_LIFETIME,
    refusal::Refusal,
    sending::{addressee, admit, caption_of, text_of, write},
    world::World,
};

/// `editMessageText`.
pub(super) fn text(world: &mut World, token: &str, params: &Params) -> Answer {
    edit(world, token, params, |_, message| {
        if message.file.is_some() {
            return Err(Refusal::bad("there is no text in the message to edit"));
        }
        let written = params.text("text").unwrap_or_default();
        let formatted = text_of(params, &written, "entities")?;
        write(message, written, formatted);
        set_markup(message, params)
    })
}

/// `editMessageCaption`.
pub(super) fn caption(world: &mut World, token: &str, params: &Params) -> Answer {
    edit(world, token, params, |_, message| {
        if message.file.is_none() {
            return Err(Refusal::bad("there is no caption in the message to edit"));
        }
        let written = params.text("caption").unwrap_or_default();
        let formatted = caption_of(params, &written, "caption_entities")?;
        write(message, written, formatted);
        set_markup(message, params)
    })
}

/// `editMessageReplyMarkup`.
pub(super) fn reply_markup(world: &mut World, token: &str, params: &Params) -> Answer {
    edit(world, token, params, |_, message| set_markup(message, params))
}

/// `editMessageMedia` with a photo or a document.
pub(super) fn media(world: &mut World, token: &str, params: &Params) -> Answer {
    let media = params.json("media")?.ok_or_else(|| Refusal::bad("media is empty"))?;
    edit(world, token, params, |world, message| {
        let is_photo = match media["type"].as_str() {
            Some("photo") => true,
            Some("document") => false,
            _ => return Err(Refusal::bad("can't parse InputMedia: type must be photo or document")),
        };
        let source = media["media"].as_str().unwrap_or_default();
        message.file = Some(files::take(world, params.attached(source), Some(source.to_owned()), is_photo)?);
        let captioned = Params::read("", "application/json", media.to_string().as_bytes())?;
        let written = captioned.text("caption").unwrap_or_default();
        let formatted = caption_of(&captioned, &written, "caption_entities")?;
        write(message, written, formatted);
        set_markup(message, params)
    })
}

/// `deleteMessage`.
pub(super) fn delete(world: &mut World, token: &str, params: &Params) -> Answer {
    let person = addressee(world, token, params)?;
    let wanted = params.int("message_id").unwrap_or_default();
    let chat = world.chat(token, person);
    let before = chat.messages.len();
    chat.messages.retain(|message| message.message_id != wanted);
    if chat.messages.len() == before {
        return Err(Refusal::bad("message to delete not found"));
    }
    Ok(json!(true))
}

/// `deleteMessages`; unknown ids are skipped, as Telegram skips them.
pub(super) fn delete_several(world: &mut World, token: &str, params: &Params) -> Answer {
    let person = addressee(world, token, params)?;
    let ids = params.json("message_ids")?.unwrap_or_default();
    let ids: Vec<i64> = ids.as_array().into_iter().flatten().filter_map(Value::as_i64).collect();
    world.chat(token, person).messages.retain(|message| !ids.contains(&message.message_id));
    Ok(json!(true))
}

/// `pinChatMessage` and its opposite; without an id the newest pinned one, or all, come off.
pub(super) fn pin(world: &mut World, token: &str, params: &Params, pinned: bool) -> Answer {
    let person = addressee(world, token, params)?;
    let chat = world.chat(token, person);
    match params.int("message_id") {
        Some(wanted) => {
            let name = if pinned { "message to pin not found" } else { "message to unpin not found" };
            chat.find(wanted).ok_or_else(|| Refusal::bad(name))?.pinned = pinned;
        }
        None if pinned => return Err(Refusal::bad("message to pin not found")),
        None => chat.messages.iter_mut().for_each(|message| message.pinned = false),
    }
    Ok(json!(true))
}

/// `setMessageReaction` with at most one emoji.
pub(super) fn react(world: &mut World, token: &str, params: &Params) -> Answer {
    let person = addressee(world, token, params)?;
    let list = params.json("reaction")?.unwrap_or_default();
    let emoji = list[0]["emoji"].as_str().map(str::to_owned);
    let wanted = params.int("message_id").unwrap_or_default();
    let message = world.chat(token, person).find(wanted);
    message.ok_or_else(|| Refusal::bad("message to react not found"))?.reaction = emoji;
    Ok(json!(true))
}

/// `answerCallbackQuery`.
pub(super) fn answer_tap(world: &mut World, token: &str, params: &Params) -> Answer {
    let text = params.text("text").unwrap_or_default();
    if text.chars().count() > 200 {
        return Err(Refusal::bad("MESSAGE_TOO_LONG"));
    }
    let opens = params.text("url").filter(|address| !address.is_empty());
    if opens.as_ref().is_some_and(|address| !address.starts_with("https://t.me/tautan_bot?start=")) {
        return Err(Refusal::bad("URL_INVALID"));
    }
    let id = params.text("callback_query_id").unwrap_or_default();
    let number = world.next_number();
    let tap = world.taps.get_mut(&id).filter(|tap| tap.token == token && tap.made.elapsed() < TAP_LIFETIME);
    let tap = tap.ok_or_else(|| {
        Refusal::bad("query is too old and response timeout expired or query ID is invalid")
    })?;
    tap.answered = true;
    let (person, message_id, data) = (tap.person, tap.message_id, tap.data.clone());
    let toast = Toast {
        number,
        callback_query_id: id,
        message_id,
        data,
        text,
        alert: params.flag("show_alert"),
        opens,
    };
    let toasts = &mut world.chat(token, person).toasts;
    toasts.push(toast);
    if toasts.len() > 500 {
        toasts.remove(0);
    }
    Ok(json!(true))
}

/// Finds the message, lets `change` work on a copy, and refuses an edit that changes nothing.
fn edit(
    world: &mut World,
    token: &str,
    params: &Params,
    change: impl FnOnce(&mut World, &mut ShownMessage) -> Result<(), Refusal>,
) -> Answer {
    if let Some(id) = params.text("inline_message_id") {
        return edit_elsewhere(world, token, &id, change);
    }
    let person = addressee(world, token, params)?;
    let wanted =
        params.int("message_id").ok_or_else(|| Refusal::bad("message identifier is not specified"))?;
    let old = world.chat(token, person).find(wanted).cloned();
    let old = old.ok_or_else(|| Refusal::bad("message to edit not found"))?;
    if !old.from_bot {
        return Err(Refusal::bad("message can't be edited"));
    }
    let mut new = old.clone();
    change(world, &mut new)?;
    refuse_same(&old, &new)?;
    admit(world, person)?;
    new.edited = true;
    if let Some(place) = world.chat(token, person).find(wanted) {
        place.clone_from(&new);
    }
    Ok(world.message_json(token, person, &new))
}

/// The same for a message that a person sent for the bot into another chat: it is answered by `true` alone.
fn edit_elsewhere(
    world: &mut World,
    token: &str,
    id: &str,
    change: impl FnOnce(&mut World, &mut ShownMessage) -> Result<(), Refusal>,
) -> Answer {
    let known = world.inline_messages.get(id).filter(|(owner, _)| owner == token);
    let old = known.map(|(_, message)| message.clone()).ok_or_else(|| Refusal::bad("MESSAGE_ID_INVALID"))?;
    let mut new = old.clone();
    change(world, &mut new)?;
    refuse_same(&old, &new)?;
    new.edited = true;
    world.inline_messages.insert(id.to_owned(), (token.to_owned(), new));
    Ok(json!(true))
}

fn refuse_same(old: &ShownMessage, new: &ShownMessage) -> Result<(), Refusal> {
    let content = |message: &ShownMessage| {
        let file = message.file.as_ref().map(|file| file.file_id.clone());
        (message.text.clone(), message.entities.clone(), message.inline_markup.clone(), file)
    };
    if content(old) != content(new) {
        return Ok(());
    }
    Err(Refusal::bad(
        "message is not modified: specified new message content and reply markup are exactly the same as a \
         current content and reply markup of the message",
    ))
}

fn set_markup(message: &mut ShownMessage, params: &Params) -> Result<(), Refusal> {
    (message.buttons, message.inline_markup) = Markup::read_for_edit(params)?;
    Ok(())
}
