//! What a phone shows at one moment: the list of chats, and the one that is open.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::{
    group_state::{Bot, GroupKind, GroupState},
    message::ShownMessage,
    phone::Phone,
    settings,
    world::World,
};

/// How long a tapped button turns when nobody answers.
const SPINNER: Duration = Duration::from_secs(15);
/// How many of the latest messages the page shows.
const SHOWN: usize = 200;
/// How many of the latest toasts the page is told.
const TOASTS: usize = 20;
/// How many characters of a chat's newest message its line in the list holds.
const PREVIEW: usize = 80;

/// The whole page of this phone, with the chat of `opened` in it; the private chat where that is none of the
/// person's.
pub(super) fn of(phone: &Phone, opened: Option<i64>) -> Value {
    let waiting: Vec<Value> = phone
        .taps_since(SPINNER)
        .into_iter()
        .map(|(id, data)| json!({ "message_id": id, "data": data }))
        .collect();
    phone.look(|world, token| {
        let me = phone.id();
        let group = opened.filter(|chat| world.groups.get(chat).is_some_and(|group| is_seen_by(group, me)));
        let commands = match group {
            Some(group) if has_bot(&world.groups[&group]) => {
                settings::commands_in_group(world, token, me, group)
            }
            Some(_) => json!([]),
            None => settings::visible_commands(world, token, me),
        };
        let own = world.chat(token, me);
        let toasts = own.toasts[own.toasts.len().saturating_sub(TOASTS)..].to_vec();
        let blocked = own.blocked && group.is_none();
        let keyboard = if group.is_none() { own.reply_keyboard.clone() } else { Vec::new() };
        let typing = world.chat(token, group.unwrap_or(me)).typing_until;
        json!({
            "me": { "id": me, "name": world.person(me).first_name }, "bot": world.bot_name(token),
            "online": !world.latest.is_empty(), "commands": commands, "chats": chats(world, token, me),
            "group": group.map(|group| opened_group(world, me, group)),
            "messages": messages(world, token, me, group), "toasts": toasts, "waiting": waiting,
            "typing": typing.is_some_and(|until| until > Instant::now()), "blocked": blocked, "keyboard": keyboard,
        })
    })
}

/// Whether the group stands in a person's list.
pub(super) fn is_seen_by(group: &GroupState, person: i64) -> bool {
    group.members.contains(&person) && group.moved_to.is_none() && !group.is_deleted
}

/// The private chat first, then groups and channels.
fn chats(world: &mut World, token: &str, me: i64) -> Vec<Value> {
    let mut found = vec![(me, world.bot_name(token), "private")];
    let groups = world.groups.iter().filter(|(_, group)| is_seen_by(group, me));
    found.extend(groups.map(|(id, group)| (*id, group.title.clone(), kind_name(group.kind))));
    let mut list = Vec::new();
    for (id, title, kind) in found {
        let newest = world.chat(token, id).messages.iter().rev().find(|message| message.from_bot);
        let newest = newest.map(|message| {
            let text: String =
                message.text.lines().next().unwrap_or_default().chars().take(PREVIEW).collect();
            json!({ "message_id": message.message_id, "text": text, "silent": message.silent })
        });
        list.push(json!({ "id": id, "title": title, "kind": kind, "newest": newest }));
    }
    list
}

fn opened_group(world: &mut World, me: i64, id: i64) -> Value {
    let group = &world.groups[&id];
    let topics: Vec<Value> =
        group.topics.iter().map(|(number, topic)| json!({ "number": number, "name": topic.name })).collect();
    let mut shown = json!({
        "id": id, "title": group.title, "kind": kind_name(group.kind), "bot": bot_name(group),
        "is_mine": group.owner == Some(me), "topics": topics,
    });
    let members: Vec<i64> = group.members.iter().copied().collect();
    let named = |person: i64| json!({ "id": person, "name": world.person(person).first_name });
    shown["members"] = members.into_iter().map(named).collect();
    shown
}

/// Messages as they are serialized, with who wrote them and whether that is the person of this phone.
fn messages(world: &mut World, token: &str, me: i64, group: Option<i64>) -> Vec<Value> {
    let all = &world.chat(token, group.unwrap_or(me)).messages;
    let latest: Vec<ShownMessage> = all[all.len().saturating_sub(SHOWN)..].to_vec();
    let is_channel = group.is_some_and(|group| world.groups[&group].is_channel());
    let shown = latest.into_iter().map(|message| {
        let author = match (group, message.author) {
            (Some(_), Some(author)) if !message.from_bot => Some(world.person(author).first_name.clone()),
            (Some(_), None) if message.from_bot && !is_channel => Some(world.bot_name(token)),
            _ => None,
        };
        let is_mine = !message.from_bot && (group.is_none() || message.author == Some(me));
        let mut value = serde_json::to_value(&message).unwrap_or_default();
        value["author"] = json!(author);
        value["is_mine"] = json!(is_mine);
        value
    });
    shown.collect()
}

fn has_bot(group: &GroupState) -> bool {
    !group.is_channel() && matches!(group.bot, Bot::Member | Bot::Admin { .. } | Bot::Restricted)
}

const fn kind_name(kind: GroupKind) -> &'static str {
    match kind {
        GroupKind::Basic | GroupKind::Supergroup => "group",
        GroupKind::Forum => "forum",
        GroupKind::Channel => "channel",
    }
}

/// What the bot is there, as the page says it.
fn bot_name(group: &GroupState) -> &'static str {
    match group.bot {
        Bot::Absent => "absent",
        Bot::Kicked => "kicked",
        Bot::Member => "member",
        Bot::Admin { posts: false } if group.is_channel() => "restricted",
        Bot::Admin { .. } => "admin",
        Bot::Restricted => "restricted",
    }
}
