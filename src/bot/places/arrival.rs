//! What comes from groups and channels and is for the bot: commands, taps, a new id, and whether it may write
//! there. Read leniently, field by field: Telegram has more kinds of chats and members than matter here.

use serde::Deserialize;

use crate::bot::intake::Command;
use crate::domain::id::TelegramId;
use crate::domain::place::PlaceKind;
use crate::messaging::buttons::Press;
use crate::messaging::telegram::MessageId;
use crate::services::places::Spot;

/// An update from a group or a channel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupArrival {
    /// Where.
    pub spot: Spot,
    /// Who speaks; `None`: somebody in the name of the group or of a channel.
    pub speaker: Option<Speaker>,
    /// What is asked.
    pub asked: GroupAsked,
}

/// Somebody in a group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Speaker {
    /// Who.
    pub person: TelegramId,
    /// What the person's app speaks, as an IETF language tag.
    pub language_code: Option<String>,
}

/// What an update from a group asks of the bot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum GroupAsked {
    /// A command, with the name of the bot that it is for, where one was written.
    Command(Command, Option<String>),
    /// A tap on a button of ours; `None` for one that we no longer know.
    Press {
        /// The tap to be answered.
        callback_id: String,
        /// The message whose button was pressed.
        card: MessageId,
        /// What it asks.
        press: Option<Press>,
    },
    /// Whether the bot may write there from now on.
    Standing(Standing),
    /// The group has another id now.
    Moved {
        /// Until now.
        old: TelegramId,
        /// From now on.
        new: TelegramId,
    },
}

/// Whether the bot may write somewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It may.
    Writes,
    /// It is there and may not.
    Muted,
    /// It is not there.
    Away,
}

#[derive(Deserialize)]
struct RawUpdate {
    message: Option<RawMessage>,
    callback_query: Option<RawTap>,
    my_chat_member: Option<RawChange>,
}

#[derive(Deserialize)]
struct RawMessage {
    #[serde(default)]
    message_id: i64,
    message_thread_id: Option<i64>,
    #[serde(default)]
    is_topic_message: bool,
    from: Option<RawUser>,
    sender_chat: Option<serde::de::IgnoredAny>,
    chat: RawChat,
    text: Option<String>,
    migrate_to_chat_id: Option<i64>,
    migrate_from_chat_id: Option<i64>,
}

#[derive(Deserialize)]
struct RawTap {
    id: String,
    from: RawUser,
    message: Option<RawMessage>,
    data: Option<String>,
}

#[derive(Deserialize)]
struct RawChange {
    chat: RawChat,
    from: RawUser,
    new_chat_member: RawMember,
}

#[derive(Deserialize)]
struct RawMember {
    status: String,
    is_member: Option<bool>,
    can_send_messages: Option<bool>,
    can_post_messages: Option<bool>,
}

#[derive(Deserialize)]
struct RawChat {
    id: i64,
    #[serde(rename = "type", default)]
    kind: String,
    #[serde(default)]
    title: String,
}

#[derive(Deserialize)]
struct RawUser {
    id: i64,
    #[serde(default)]
    is_bot: bool,
    language_code: Option<String>,
}

/// Reads a stored update; `None` for what is not from a group or channel, or not for the bot.
#[must_use]
pub fn read(body: &str) -> Option<GroupArrival> {
    let update: RawUpdate = serde_json::from_str(body).ok()?;
    if let Some(tap) = update.callback_query {
        return read_tap(tap);
    }
    if let Some(change) = update.my_chat_member {
        let spot = spot_of(&change.chat, None)?;
        let asked = GroupAsked::Standing(standing(spot.kind, &change.new_chat_member));
        return Some(GroupArrival { spot, speaker: speaker(change.from), asked });
    }
    let message = update.message?;
    let spot = spot_of(&message.chat, message.message_thread_id.filter(|_| message.is_topic_message))?;
    let chat = spot.chat;
    let moved = match (message.migrate_to_chat_id, message.migrate_from_chat_id) {
        (Some(new), _) => Some((chat, TelegramId(new))),
        (None, Some(old)) => Some((TelegramId(old), chat)),
        (None, None) => None,
    };
    let asked = match moved {
        Some((old, new)) => GroupAsked::Moved { old, new },
        None => read_command(message.text.as_deref()?)?,
    };
    // What is said in the name of a group or channel comes with a stand-in for its author.
    let speaker = message.from.filter(|_| message.sender_chat.is_none()).and_then(speaker);
    Some(GroupArrival { spot, speaker, asked })
}

fn read_tap(tap: RawTap) -> Option<GroupArrival> {
    let message = tap.message?;
    let spot = spot_of(&message.chat, message.message_thread_id.filter(|_| message.is_topic_message))?;
    let asked = GroupAsked::Press {
        callback_id: tap.id,
        card: MessageId(message.message_id),
        press: tap.data.as_deref().and_then(Press::decode),
    };
    Some(GroupArrival { spot, speaker: speaker(tap.from), asked })
}

fn read_command(text: &str) -> Option<GroupAsked> {
    let (word, arguments) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
    let word = word.strip_prefix('/')?;
    let (name, bot) = match word.split_once('@') {
        Some((name, bot)) => (name, Some(bot.to_owned())),
        None => (word, None),
    };
    let command = Command { name: name.to_lowercase(), arguments: arguments.trim().to_owned() };
    Some(GroupAsked::Command(command, bot))
}

fn spot_of(chat: &RawChat, thread: Option<i64>) -> Option<Spot> {
    let kind = match chat.kind.as_str() {
        "group" | "supergroup" => PlaceKind::Group,
        "channel" => PlaceKind::Channel,
        _ => return None,
    };
    let chat_id = TelegramId(chat.id);
    chat_id.is_shared().then(|| Spot { chat: chat_id, thread, title: chat.title.clone(), kind })
}

fn speaker(user: RawUser) -> Option<Speaker> {
    (!user.is_bot).then_some(Speaker { person: TelegramId(user.id), language_code: user.language_code })
}

fn standing(kind: PlaceKind, member: &RawMember) -> Standing {
    let may_write = match (kind, member.status.as_str()) {
        (_, "left" | "kicked") => return Standing::Away,
        (_, "restricted") if member.is_member == Some(false) => return Standing::Away,
        (_, "restricted") => member.can_send_messages == Some(true),
        (PlaceKind::Channel, "administrator") => member.can_post_messages == Some(true),
        (PlaceKind::Channel, status) => status == "creator",
        (PlaceKind::Group, _) => true,
    };
    if may_write { Standing::Writes } else { Standing::Muted }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn group(kind: &str) -> Value {
        json!({"id": -7, "type": kind, "title": "Tim"})
    }

    #[test]
    fn commands_are_read_and_talk_is_not() {
        let said = |text: &str| {
            let message = json!({"message_id": 1, "date": 1, "chat": group("supergroup"), "text": text,
                "from": {"id": 5, "is_bot": false, "first_name": "A"}, "message_thread_id": 9, "is_topic_message": true});
            read(&json!({"update_id": 1, "message": message}).to_string())
        };
        let arrival = said("/Alerts@tautan_bot now").unwrap();
        let command = Command { name: "alerts".to_owned(), arguments: "now".to_owned() };
        assert_eq!(arrival.asked, GroupAsked::Command(command, Some("tautan_bot".to_owned())));
        assert_eq!((arrival.spot.thread, arrival.speaker.unwrap().person), (Some(9), TelegramId(5)));
        assert_eq!(said("halo /alerts"), None);
    }

    #[test]
    fn private_chats_are_read_elsewhere_and_anonymous_admins_are_nobody() {
        let private = json!({"update_id": 1, "message": {"message_id": 1, "text": "/alerts", "chat": {"id": 5, "type": "private"}}});
        assert_eq!(read(&private.to_string()), None);
        let message = json!({"message_id": 1, "chat": group("supergroup"), "sender_chat": group("supergroup"),
            "from": {"id": 1_087_968_824, "is_bot": true, "first_name": "Group"}, "text": "/alerts"});
        let arrival = read(&json!({"update_id": 1, "message": message}).to_string()).unwrap();
        assert_eq!(arrival.speaker, None);
    }

    #[test]
    fn it_is_known_where_the_bot_may_write() {
        for (kind, member, standing) in [
            ("group", json!({"status": "member"}), Standing::Writes),
            ("group", json!({"status": "left"}), Standing::Away),
            ("supergroup", json!({"status": "kicked"}), Standing::Away),
            (
                "supergroup",
                json!({"status": "restricted", "is_member": true, "can_send_messages": false}),
                Standing::Muted,
            ),
            ("supergroup", json!({"status": "restricted", "is_member": false}), Standing::Away),
            ("channel", json!({"status": "administrator", "can_post_messages": true}), Standing::Writes),
            ("channel", json!({"status": "administrator", "can_post_messages": false}), Standing::Muted),
            ("channel", json!({"status": "administrator"}), Standing::Muted),
        ] {
            let change = json!({"chat": group(kind), "from": {"id": 5}, "new_chat_member": member});
            let arrival = read(&json!({"update_id": 1, "my_chat_member": change}).to_string()).unwrap();
            assert_eq!(arrival.asked, GroupAsked::Standing(standing), "{kind} {member}");
        }
    }

    #[test]
    fn both_halves_of_a_move_say_the_same() {
        for message in [
            json!({"chat": group("group"), "migrate_to_chat_id": -1008}),
            json!({"chat": {"id": -1008, "type": "supergroup"}, "migrate_from_chat_id": -7}),
        ] {
            let arrival = read(&json!({"update_id": 1, "message": message}).to_string()).unwrap();
            let moved = GroupAsked::Moved { old: TelegramId(-7), new: TelegramId(-1008) };
            assert_eq!(arrival.asked, moved);
        }
    }
}
