//! What a bot says about itself, and what it may ask about a chat.

use serde_json::{Value, json};

use super::{bot_api::Answer, params::Params, refusal::Refusal, sending::addressee, world::World};

/// `getMe`, with every field that client libraries insist on.
pub(super) fn me(world: &mut World, token: &str) -> Value {
    let mut me = world.bot_user(token);
    for (name, value) in [
        ("can_join_groups", true),
        ("can_read_all_group_messages", false),
        ("supports_inline_queries", true),
        ("can_connect_to_business", false),
        ("has_main_web_app", false),
    ] {
        me[name] = json!(value);
    }
    me
}

/// `getChat`: a `ChatFullInfo` of a private chat.
pub(super) fn chat(world: &mut World, token: &str, params: &Params) -> Answer {
    let person = known(world, token, params)?;
    let mut chat = match world.groups.get(&person) {
        Some(group) => group.to_chat(person),
        None => world.person(person).to_chat(),
    };
    chat["accent_color_id"] = json!(0);
    chat["max_reaction_count"] = json!(11);
    chat["accepted_gift_types"] = json!({
        "unlimited_gifts": false, "limited_gifts": false, "unique_gifts": false, "premium_subscription": false,
        "gifts_from_channels": false,
    });
    Ok(chat)
}

/// `getChatMember`: in a private chat everybody is a member.
pub(super) fn member(world: &mut World, token: &str, params: &Params) -> Answer {
    let person = known(world, token, params)?;
    let wanted = params.int("user_id").unwrap_or_default();
    let bot = world.bot_user(token);
    let user = if bot["id"] == json!(wanted) {
        bot
    } else if wanted == person {
        world.person(person).to_user()
    } else {
        return Err(Refusal::bad("user not found"));
    };
    Ok(json!({ "status": "member", "user": user }))
}

/// `setMyCommands`, `getMyCommands`, `deleteMyCommands`, by scope and language.
pub(super) fn commands(world: &mut World, token: &str, method: &str, params: &Params) -> Answer {
    let scope = params.json("scope")?.unwrap_or_else(|| json!({ "type": "default" }));
    let language = params.text("language_code").unwrap_or_default();
    let mut key = scope["type"].as_str().unwrap_or("default").to_owned();
    if let Some(chat) = scope["chat_id"].as_i64() {
        key = format!("{key}:{chat}");
    }
    let key = format!("{key}|{language}");
    let kept = &mut world.bot(token).commands;
    match method {
        "getMyCommands" => return Ok(kept.get(&key).cloned().unwrap_or_else(|| json!([]))),
        "deleteMyCommands" => {
            kept.remove(&key);
        }
        _ => {
            let list = params.json("commands")?.ok_or_else(|| Refusal::bad("commands is empty"))?;
            check_commands(&list)?;
            kept.insert(key, list);
        }
    }
    Ok(json!(true))
}

/// Names, descriptions, menu buttons: kept by language and chat, given back by the getter.
pub(super) fn keep(world: &mut World, token: &str, method: &str, params: &Params) -> Answer {
    let limit = |name: &str, most: usize| {
        let length = params.text(name).unwrap_or_default().chars().count();
        if length > most { Err(Refusal::bad(format!("{name} is too long"))) } else { Ok(()) }
    };
    limit("description", 512)?;
    limit("short_description", 120)?;
    limit("name", 64)?;
    let chat = params.text("chat_id").unwrap_or_default();
    let language = params.text("language_code").unwrap_or_default();
    let key = |method: &str| format!("{}|{chat}|{language}", method.to_ascii_lowercase());
    if let Some(what) = method.strip_prefix("get") {
        let kept = world.bot(token).settings.get(&key(&format!("set{what}"))).cloned();
        return Ok(match (method, kept) {
            ("getChatMenuButton", kept) => {
                kept.map_or_else(|| json!({ "type": "default" }), |kept| kept["menu_button"].clone())
            }
            (_, Some(kept)) => kept,
            ("getMyName", None) => json!({ "name": world.bot_name(token) }),
            ("getMyDescription", None) => json!({ "description": "" }),
            (_, None) => json!({ "short_description": "" }),
        });
    }
    world.bot(token).settings.insert(key(method), params.to_json());
    Ok(json!(true))
}

/// The commands a person sees: the narrowest scope, the own language first.
pub(super) fn visible_commands(world: &mut World, token: &str, person: i64) -> Value {
    let scopes = [format!("chat:{person}"), "all_private_chats".to_owned(), "default".to_owned()];
    first_commands(world, token, person, scopes)
}

/// The same in a group that the bot is in.
pub(super) fn commands_in_group(world: &mut World, token: &str, person: i64, group: i64) -> Value {
    let scopes = [format!("chat:{group}"), "all_group_chats".to_owned(), "default".to_owned()];
    first_commands(world, token, person, scopes)
}

fn first_commands(world: &mut World, token: &str, person: i64, scopes: [String; 3]) -> Value {
    let language = world.person(person).language_code.clone().unwrap_or_default();
    let short = language.split('-').next().unwrap_or_default().to_owned();
    let kept = &world.bot(token).commands;
    for scope in scopes {
        for tag in [short.as_str(), ""] {
            if let Some(list) = kept.get(&format!("{scope}|{tag}")) {
                return list.clone();
            }
        }
    }
    json!([])
}

fn check_commands(list: &Value) -> Result<(), Refusal> {
    let list = list.as_array().ok_or_else(|| Refusal::bad("can't parse commands JSON object"))?;
    if list.len() > 100 {
        return Err(Refusal::bad("BOT_COMMANDS_TOO_MUCH"));
    }
    for entry in list {
        let name = entry["command"].as_str().unwrap_or_default().trim_start_matches('/');
        let allowed = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
        if name.is_empty() || name.len() > 32 || !name.chars().all(allowed) {
            return Err(Refusal::bad("BOT_COMMAND_INVALID"));
        }
        let length = entry["description"].as_str().unwrap_or_default().chars().count();
        if length == 0 || length > 256 {
            return Err(Refusal::bad("BOT_COMMAND_DESCRIPTION_INVALID"));
        }
    }
    Ok(())
}

fn known(world: &mut World, token: &str, params: &Params) -> Result<i64, Refusal> {
    match addressee(world, token, params) {
        // Asking about a person who blocked the bot is allowed; only speaking is not.
        Err(refusal) if refusal.code == 403 => Ok(params.int("chat_id").unwrap_or_default()),
        other => other,
    }
}
