//! What the simulator keeps of a group or channel, and what the bot may do there.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::{message::ShownMessage, params::Params, refusal::Refusal};

/// Who speaks for an anonymous admin, by Telegram's own number.
const ANONYMOUS_ADMIN: i64 = 1_087_968_824;

/// What a shared chat is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GroupKind {
    /// A small group, which may become a supergroup.
    Basic,
    /// A supergroup without topics.
    Supergroup,
    /// A supergroup with topics.
    Forum,
    /// A channel.
    Channel,
}

/// What the bot is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Bot {
    Absent,
    Kicked,
    Member,
    /// An admin; in a channel, whether it may post.
    Admin {
        posts: bool,
    },
    Restricted,
}

/// A shared chat as the simulator keeps it.
#[derive(Debug)]
pub(super) struct GroupState {
    pub(super) kind: GroupKind,
    pub(super) title: String,
    pub(super) bot: Bot,
    /// Whether members may write; admins always may.
    pub(super) is_open: bool,
    pub(super) is_deleted: bool,
    pub(super) moved_to: Option<i64>,
    /// Topics by their number.
    pub(super) topics: BTreeMap<i64, Topic>,
    /// Who sees it on the phone, and who made it; nobody in a story, where whoever speaks is one.
    pub(super) members: BTreeSet<i64>,
    pub(super) owner: Option<i64>,
}

/// A topic of a forum.
#[derive(Debug)]
pub(super) struct Topic {
    pub(super) name: String,
    pub(super) is_open: bool,
}

impl GroupState {
    /// Without the bot, a member or a topic.
    pub(super) fn new(title: &str, kind: GroupKind) -> Self {
        Self {
            kind,
            title: title.to_owned(),
            bot: Bot::Absent,
            is_open: true,
            is_deleted: false,
            moved_to: None,
            topics: BTreeMap::new(),
            members: BTreeSet::new(),
            owner: None,
        }
    }

    /// A `Chat` of the Bot API.
    pub(super) fn to_chat(&self, id: i64) -> Value {
        let mut chat = json!({ "id": id, "title": self.title, "type": self.type_name() });
        if self.kind == GroupKind::Forum {
            chat["is_forum"] = json!(true);
        }
        chat
    }

    pub(super) fn is_channel(&self) -> bool {
        self.kind == GroupKind::Channel
    }

    fn type_name(&self) -> &'static str {
        match self.kind {
            GroupKind::Basic => "group",
            GroupKind::Supergroup | GroupKind::Forum => "supergroup",
            GroupKind::Channel => "channel",
        }
    }

    /// Whether the bot is there at all.
    pub(super) fn admits(&self) -> Result<(), Refusal> {
        let forbidden = |what: String| Refusal::plain(403, format!("Forbidden: {what}"));
        if let Some(new) = self.moved_to {
            return Err(Refusal::migrated(new));
        }
        if self.is_deleted {
            return Err(forbidden("the group chat was deleted".to_owned()));
        }
        match self.bot {
            Bot::Absent => Err(forbidden(format!("bot is not a member of the {} chat", self.type_name()))),
            Bot::Kicked => Err(forbidden(format!("bot was kicked from the {} chat", self.type_name()))),
            _ => Ok(()),
        }
    }

    /// Whether the bot may send this there; gives the topic.
    pub(super) fn takes(&self, params: &Params) -> Result<Option<i64>, Refusal> {
        let is_admin = matches!(self.bot, Bot::Admin { .. });
        if self.is_channel() && self.bot != (Bot::Admin { posts: true }) {
            return Err(Refusal::bad("need administrator rights in the channel chat"));
        }
        if self.bot == Bot::Restricted || !(self.is_open || is_admin) {
            return Err(Refusal::bad("not enough rights to send text messages to the chat"));
        }
        if params.text("message_effect_id").is_some() {
            return Err(Refusal::bad("EFFECT_ID_INVALID"));
        }
        let Some(thread) = params.int("message_thread_id") else { return Ok(None) };
        match self.topics.get(&thread) {
            Some(topic) if !(topic.is_open || is_admin) => Err(Refusal::bad("TOPIC_CLOSED")),
            Some(_) => Ok(Some(thread)),
            None => Err(Refusal::bad("message thread not found")),
        }
    }

    /// Privacy mode: of what members say, a bot that is no admin hears what is said to it.
    pub(super) fn hears(&self, text: &str) -> bool {
        let is_there = matches!(self.bot, Bot::Member | Bot::Admin { .. } | Bot::Restricted);
        let command = text.strip_prefix('/').map(|rest| rest.split_whitespace().next().unwrap_or_default());
        let is_for_bot =
            command.is_some_and(|word| word.split_once('@').is_none_or(|(_, bot)| bot == "tautan_bot"));
        is_there && (is_for_bot || matches!(self.bot, Bot::Admin { .. }))
    }
}

/// Who wrote a message of a shared chat, as it stands in `from` and `sender_chat`.
pub(super) fn sign(content: &mut Value, message: &ShownMessage, chat: &Value, author: Option<Value>) {
    let is_channel = chat["type"] == "channel";
    match author {
        Some(author) => content["from"] = author,
        None if !message.from_bot => {
            content["from"] = json!({ "id": ANONYMOUS_ADMIN, "is_bot": true, "first_name": "Group", "username": "GroupAnonymousBot" });
            content["sender_chat"] = chat.clone();
        }
        None => {}
    }
    if is_channel {
        content["sender_chat"] = chat.clone();
        if let Some(content) = content.as_object_mut() {
            content.remove("from");
        }
    }
}

/// A `ChatMember` of the Bot API.
pub(super) fn member_json(bot: Bot, user: &Value) -> Value {
    let mut member = match bot {
        Bot::Absent => json!({ "status": "left" }),
        Bot::Kicked => json!({ "status": "kicked", "until_date": 0 }),
        Bot::Member => json!({ "status": "member" }),
        Bot::Restricted => {
            let mut member = json!({ "status": "restricted", "is_member": true, "until_date": 0 });
            for right in [
                "can_send_messages",
                "can_send_audios",
                "can_send_documents",
                "can_send_photos",
                "can_send_videos",
                "can_send_video_notes",
                "can_send_voice_notes",
                "can_send_polls",
                "can_send_other_messages",
                "can_add_web_page_previews",
                "can_change_info",
                "can_invite_users",
                "can_pin_messages",
                "can_manage_topics",
            ] {
                member[right] = json!(false);
            }
            member
        }
        Bot::Admin { posts } => {
            let mut member = json!({ "status": "administrator", "can_post_messages": posts });
            for right in [
                "can_be_edited",
                "is_anonymous",
                "can_manage_chat",
                "can_delete_messages",
                "can_manage_video_chats",
                "can_restrict_members",
                "can_promote_members",
                "can_change_info",
                "can_invite_users",
                "can_post_stories",
                "can_edit_stories",
                "can_delete_stories",
                "can_edit_messages",
                "can_pin_messages",
            ] {
                member[right] = json!(false);
            }
            member
        }
    };
    member["user"] = user.clone();
    member
}
