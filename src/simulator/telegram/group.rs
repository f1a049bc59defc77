//! Groups, supergroups with topics, and channels, as a story sees them: who does and says what there.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use serde_json::json;

use super::{
    Inner, NoSuchButton, Phone,
    group_state::{Bot, GroupKind, GroupState, Topic, member_json},
    journal::unix_seconds,
    message::{ButtonKind, ShownMessage},
    world::{Tap, World},
};

/// How long a test waits for the bot before it gives up.
const PATIENCE: Duration = Duration::from_secs(60);

/// A shared chat with the bot in it, or not.
#[derive(Clone)]
pub struct Group {
    inner: Arc<Inner>,
    id: i64,
}

impl Group {
    pub(super) fn open(inner: Arc<Inner>, id: i64, title: &str, kind: GroupKind) -> Self {
        let state = GroupState::new(title, kind);
        inner.change(|world| world.groups.insert(id, state));
        Self { inner, id }
    }

    /// The handle of one that is there already.
    pub(super) fn known(inner: Arc<Inner>, id: i64) -> Self {
        Self { inner, id }
    }

    /// The chat's id, below zero.
    pub fn id(&self) -> i64 {
        self.id
    }

    /// Somebody adds the bot: as a member, to a channel as an admin who may post.
    pub fn adds_bot(&self, by: &Phone) {
        let is_channel = self.look(|world, _| world.groups[&self.id].is_channel());
        self.set_bot(by, if is_channel { Bot::Admin { posts: true } } else { Bot::Member });
    }

    /// Somebody follows a `startgroup` address and picks this group: the bot comes and hears the parameter.
    pub fn is_picked(&self, by: &Phone, address: &str) {
        let parameter = address.split("startgroup=").nth(1).unwrap_or_default();
        if self.look(|world, _| matches!(world.groups[&self.id].bot, Bot::Absent | Bot::Kicked)) {
            self.adds_bot(by);
        }
        self.says(by, &format!("/start@tautan_bot {parameter}"));
    }

    /// Somebody makes the bot an admin; in a channel it may post or not.
    pub fn makes_bot_admin(&self, by: &Phone, posts: bool) {
        self.set_bot(by, Bot::Admin { posts });
    }

    /// Somebody removes the bot.
    pub fn removes_bot(&self, by: &Phone) {
        self.set_bot(by, Bot::Kicked);
    }

    /// Somebody takes the right to write from the bot.
    pub fn mutes_bot(&self, by: &Phone) {
        self.set_bot(by, Bot::Restricted);
    }

    /// Members may not write any more; nobody tells the bot.
    pub fn closes(&self) {
        self.change_state(|state| state.is_open = false);
    }

    /// The chat is deleted; nobody tells the bot.
    pub fn is_deleted(&self) {
        self.change_state(|state| state.is_deleted = true);
    }

    /// Opens a topic; gives its number.
    pub fn opens_topic(&self) -> i64 {
        self.opens_topic_called("Topik")
    }

    pub(super) fn opens_topic_called(&self, name: &str) -> i64 {
        let number = rand::random_range(2..1_000_000);
        let topic = Topic { name: name.to_owned(), is_open: true };
        self.change_state(|state| state.topics.insert(number, topic));
        number
    }

    /// Closes a topic.
    pub fn closes_topic(&self, number: i64) {
        self.change_state(|state| {
            if let Some(topic) = state.topics.get_mut(&number) {
                topic.is_open = false;
            }
        });
    }

    /// Deletes a topic.
    pub fn deletes_topic(&self, number: i64) {
        self.change_state(|state| state.topics.remove(&number));
    }

    /// Becomes a supergroup, which has another id; `is_told`: the bot hears of it by the two service messages.
    #[must_use]
    pub fn upgrades(&self, is_told: bool) -> Self {
        let new = Self { inner: Arc::clone(&self.inner), id: self.id - 1_000_000_000_000 };
        self.inner.change(|world| {
            let token = world.latest.clone();
            let Some(old) = world.groups.get_mut(&self.id) else { return };
            old.moved_to = Some(new.id);
            let state = GroupState {
                bot: old.bot,
                is_open: old.is_open,
                is_deleted: old.is_deleted,
                members: old.members.clone(),
                owner: old.owner,
                ..GroupState::new(&old.title, GroupKind::Supergroup)
            };
            world.groups.insert(new.id, state);
            let halves = [(self.id, "migrate_to_chat_id", new.id), (new.id, "migrate_from_chat_id", self.id)];
            for (chat, field, other) in halves.into_iter().filter(|_| is_told) {
                let message = world.blank(&token, chat, false);
                let mut content = world.message_json(&token, chat, &message);
                content[field] = json!(other);
                if let Some(content) = content.as_object_mut() {
                    content.remove("text");
                }
                world.queue(&token, chat, "message", content);
            }
        });
        new
    }

    /// A member says something; the bot hears of it what privacy mode lets through.
    pub fn says(&self, by: &Phone, text: &str) {
        self.say(Some(by.id()), None, text);
    }

    /// The same in a topic.
    pub fn says_in(&self, topic: i64, by: &Phone, text: &str) {
        self.say(Some(by.id()), Some(topic), text);
    }

    /// An admin says something in the name of the group.
    pub fn says_anonymously(&self, text: &str) {
        self.say(None, None, text);
    }

    /// Somebody taps a button of the newest message that has one with `label` in its text.
    ///
    /// # Errors
    /// When there is none that tells the bot anything.
    pub fn presses(&self, by: &Phone, label: &str) -> Result<(), NoSuchButton> {
        let messages = self.messages();
        let found = messages.iter().rev().filter(|message| message.from_bot).find_map(|message| {
            message.button(label).map(|button| (message.message_id, button.kind.clone()))
        });
        match found {
            Some((message_id, ButtonKind::Callback(data))) => {
                self.presses_data(by, message_id, &data);
                Ok(())
            }
            _ => Err(NoSuchButton { label: label.to_owned(), transcript: self.transcript() }),
        }
    }

    /// Sends callback data as if a button of that message held it.
    pub fn presses_data(&self, by: &Phone, message_id: i64, data: &str) {
        self.inner.change(|world| {
            let token = world.latest.clone();
            let Some(message) = world.chat(&token, self.id).find(message_id).cloned() else { return };
            let message = world.message_json(&token, self.id, &message);
            let id = format!("{}", rand::random_range(1_u64 << 60..1 << 62));
            let tap = Tap {
                token: token.clone(),
                person: by.id(),
                message_id,
                data: data.to_owned(),
                made: Instant::now(),
                answered: false,
            };
            world.taps.insert(id.clone(), tap);
            let user = world.person(by.id()).to_user();
            let query =
                json!({ "id": id, "from": user, "message": message, "chat_instance": "2", "data": data });
            world.queue(&token, self.id, "callback_query", query);
        });
    }

    /// What stands there, oldest first.
    pub fn messages(&self) -> Vec<ShownMessage> {
        self.look(|world, token| world.chat(token, self.id).messages.clone())
    }

    /// How many messages of the bot's hold these words.
    pub fn count(&self, words: &str) -> usize {
        let messages = self.messages();
        messages.iter().filter(|message| message.from_bot && message.text.contains(words)).count()
    }

    /// Waits for a message of the bot's with these words; gives the newest such.
    ///
    /// # Panics
    /// After a minute, with what stands there in the message.
    pub async fn reads(&self, words: &str) -> ShownMessage {
        let mut changed = self.inner.changed.subscribe();
        let deadline = tokio::time::Instant::now() + PATIENCE;
        loop {
            changed.mark_unchanged();
            let found = self.messages().into_iter().rev();
            if let Some(message) =
                found.into_iter().find(|message| message.from_bot && message.text.contains(words))
            {
                return message;
            }
            let woken = tokio::time::timeout_at(deadline, changed.changed()).await;
            assert!(woken.is_ok(), "waited in vain for {words:?}; the group:\n{}", self.transcript());
        }
    }

    /// What stands there, as text.
    pub fn transcript(&self) -> String {
        let line = |message: &ShownMessage| {
            let who = if message.from_bot { "Bot" } else { "—" };
            let labels: Vec<String> =
                message.buttons.iter().flatten().map(|button| format!("[{}]", button.text)).collect();
            format!("{who} ({:?}): {} {}\n", message.thread, message.text, labels.join(" "))
        };
        self.messages().iter().map(line).collect()
    }

    pub(super) fn say(&self, author: Option<i64>, thread: Option<i64>, text: &str) {
        self.inner.change(|world| {
            let token = world.latest.clone();
            let mut message = world.blank(&token, self.id, false);
            text.clone_into(&mut message.text);
            (message.author, message.thread) = (author, thread);
            world.chat(&token, self.id).push(message.clone());
            if world.groups[&self.id].hears(text) {
                let kind = if world.groups[&self.id].is_channel() { "channel_post" } else { "message" };
                let content = world.message_json(&token, self.id, &message);
                world.queue(&token, self.id, kind, content);
            }
        });
    }

    fn set_bot(&self, by: &Phone, bot: Bot) {
        self.inner.change(|world| {
            let token = world.latest.clone();
            let user = world.bot_user(&token);
            let from = world.person(by.id()).to_user();
            let Some(state) = world.groups.get_mut(&self.id) else { return };
            let (old, new) = (member_json(state.bot, &user), member_json(bot, &user));
            state.bot = bot;
            let content = json!({
                "chat": state.to_chat(self.id), "from": from, "date": unix_seconds(),
                "old_chat_member": old, "new_chat_member": new,
            });
            world.queue(&token, self.id, "my_chat_member", content);
        });
    }

    fn change_state<R>(&self, change: impl FnOnce(&mut GroupState) -> R) {
        self.inner.change(|world| {
            world.groups.get_mut(&self.id).map(change);
        });
    }

    fn look<R>(&self, work: impl FnOnce(&mut World, &str) -> R) -> R {
        self.inner.look(|world| {
            let token = world.latest.clone();
            work(world, &token)
        })
    }
}
