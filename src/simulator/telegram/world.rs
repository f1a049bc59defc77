//! Everything the pretend Telegram knows: persons, bots, chats, and what waits for delivery.

use std::{
    collections::{BTreeMap, HashMap, HashSet, VecDeque},
    time::{Duration, Instant},
};

use serde_json::{Value, json};

use super::{
    group_state::{self, GroupState},
    journal::{Call, unix_seconds},
    message::{ShownButton, ShownFile, ShownMessage, Toast},
    misbehaviour::{self, Fault, Misbehaviour},
    pacing::Pacing,
};

/// How many calls the journal keeps; a demo may run for weeks.
const JOURNAL_LIMIT: usize = 20_000;
const MESSAGES_LIMIT: usize = 2_000;
/// How many updates are kept for delivering them again.
const PAST_LIMIT: usize = 1_000;
const FILES_LIMIT_BYTES: usize = 32 << 20;

/// A person with a phone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// Telegram's user id, which is also the id of the private chat.
    pub id: i64,
    /// Never empty at Telegram.
    pub first_name: String,
    /// The rest of the name.
    pub last_name: Option<String>,
    /// Without the `@`.
    pub username: Option<String>,
    /// IETF tag, such as `id` or `en`.
    pub language_code: Option<String>,
}

impl Person {
    /// Somebody with a first name and a language only.
    pub fn named(id: i64, first_name: &str, language_code: &str) -> Self {
        Self {
            id,
            first_name: first_name.to_owned(),
            last_name: None,
            username: None,
            language_code: Some(language_code.to_owned()),
        }
    }

    /// A `User` of the Bot API.
    pub(super) fn to_user(&self) -> Value {
        let mut user = json!({ "id": self.id, "is_bot": false, "first_name": self.first_name });
        self.add_optional(&mut user);
        if let Some(language) = &self.language_code {
            user["language_code"] = json!(language);
        }
        user
    }

    /// A private `Chat` of the Bot API.
    pub(super) fn to_chat(&self) -> Value {
        let mut chat = json!({ "id": self.id, "type": "private", "first_name": self.first_name });
        self.add_optional(&mut chat);
        chat
    }

    fn add_optional(&self, value: &mut Value) {
        for (name, content) in [("last_name", &self.last_name), ("username", &self.username)] {
            if let Some(content) = content {
                value[name] = json!(content);
            }
        }
    }
}

/// Where and how a bot wants its updates pushed.
#[derive(Clone, Debug, Default)]
pub(super) struct Webhook {
    pub(super) url: String,
    pub(super) secret: Option<String>,
    pub(super) max_connections: i64,
    pub(super) last_error: Option<(i64, String)>,
}

/// An update on its way to a bot.
#[derive(Clone, Debug)]
pub(super) struct Pending {
    pub(super) update_id: i64,
    pub(super) chat: i64,
    pub(super) kind: &'static str,
    pub(super) value: Value,
    /// How often it is still to be delivered; 2 for a duplicated one.
    pub(super) copies: u32,
    pub(super) held: bool,
    /// Held back or delayed on request, so an offset beyond it confirms nothing until it was seen.
    pub(super) late: bool,
    pub(super) delivered: bool,
    pub(super) in_flight: bool,
    pub(super) attempts: usize,
    pub(super) not_before: Instant,
}

/// One bot, known by its token.
#[derive(Debug, Default)]
pub(super) struct Bot {
    pub(super) id: i64,
    pub(super) webhook: Option<Webhook>,
    /// Rises with each poll and each change of the webhook, which ends the older poll or pusher.
    pub(super) generation: u64,
    pub(super) allowed: Option<Vec<String>>,
    pub(super) pending: VecDeque<Pending>,
    /// The latest updates as they were queued, for delivering them again.
    pub(super) past: VecDeque<Pending>,
    /// Command lists by "scope|language".
    pub(super) commands: BTreeMap<String, Value>,
    /// Name, descriptions and menu buttons by method, chat and language.
    pub(super) settings: BTreeMap<String, Value>,
}

/// One private chat.
#[derive(Debug, Default)]
pub(super) struct Chat {
    pub(super) messages: Vec<ShownMessage>,
    pub(super) toasts: Vec<Toast>,
    /// The person spoke first, so the bot may speak.
    pub(super) started: bool,
    pub(super) blocked: bool,
    pub(super) reply_keyboard: Vec<Vec<ShownButton>>,
    /// What the bot offered for the latest inline query.
    pub(super) offered: Vec<Value>,
    pub(super) typing_until: Option<Instant>,
    last_message_id: i64,
}

impl Chat {
    /// The next number. The first is picked at random, so a restarted simulator never reuses one
    /// that a bot with a longer memory still wants to edit.
    pub(super) fn next_message_id(&mut self) -> i64 {
        if self.last_message_id == 0 {
            self.last_message_id = rand::random_range(1..1_000_000) * 1000;
        }
        self.last_message_id += 1;
        self.last_message_id
    }

    pub(super) fn find(&mut self, message_id: i64) -> Option<&mut ShownMessage> {
        self.messages.iter_mut().find(|message| message.message_id == message_id)
    }

    pub(super) fn push(&mut self, message: ShownMessage) {
        self.messages.push(message);
        if self.messages.len() > MESSAGES_LIMIT {
            self.messages.remove(0);
        }
    }
}

/// A tap that the bot may answer.
#[derive(Clone, Debug)]
pub(super) struct Tap {
    pub(super) token: String,
    pub(super) person: i64,
    pub(super) message_id: i64,
    pub(super) data: String,
    pub(super) made: Instant,
    pub(super) answered: bool,
}

/// The whole state, behind one lock.
#[derive(Default)]
pub(super) struct World {
    pub(super) persons: BTreeMap<i64, Person>,
    pub(super) bots: HashMap<String, Bot>,
    /// The token the phones talk to; empty until a bot shows up.
    pub(super) latest: String,
    pub(super) revoked: HashSet<String>,
    pub(super) chats: BTreeMap<(String, i64), Chat>,
    /// Groups and channels by their id.
    pub(super) groups: BTreeMap<i64, GroupState>,
    pub(super) taps: HashMap<String, Tap>,
    /// Who asked which inline query, by its id.
    pub(super) inline_queries: HashMap<String, (String, i64)>,
    /// Messages that persons sent for a bot into other chats: whose they are, by their id.
    pub(super) inline_messages: HashMap<String, (String, ShownMessage)>,
    pub(super) files: VecDeque<(ShownFile, Vec<u8>)>,
    /// Files by the path that a bot was told.
    pub(super) fetchable: HashMap<String, u64>,
    pub(super) journal: VecDeque<Call>,
    pub(super) rules: Vec<Misbehaviour>,
    pub(super) pacing: Pacing,
    pub(super) retry_schedule: Vec<Duration>,
    last_update_id: i64,
    last_number: u64,
}

impl World {
    /// Nobody yet; retries of webhooks after 0, 2, 4 … 60 seconds.
    pub(super) fn new() -> Self {
        Self {
            retry_schedule: [0, 2, 4, 8, 16, 32, 60].map(Duration::from_secs).to_vec(),
            // At random for the same reason as message ids: bots dedupe by it for days.
            last_update_id: rand::random_range(100_000_000..1_000_000_000),
            ..Self::default()
        }
    }

    /// The bot behind this token. The first bot ever inherits what persons said before it came.
    pub(super) fn bot(&mut self, token: &str) -> &mut Bot {
        if !self.bots.contains_key(token) {
            let mut bot = Bot::default();
            if self.latest.is_empty() && !token.is_empty() {
                bot = self.bots.remove("").unwrap_or_default();
                self.latest = token.to_owned();
                let waiting: Vec<i64> =
                    self.chats.keys().filter(|key| key.0.is_empty()).map(|key| key.1).collect();
                for person in waiting {
                    if let Some(chat) = self.chats.remove(&(String::new(), person)) {
                        self.chats.insert((token.to_owned(), person), chat);
                    }
                }
                self.taps.values_mut().for_each(|tap| tap.token = token.to_owned());
                self.inline_queries.values_mut().for_each(|query| query.0 = token.to_owned());
            }
            bot.id = token.split(':').next().and_then(|id| id.parse().ok()).unwrap_or_default();
            self.bots.insert(token.to_owned(), bot);
        }
        self.bots.entry(token.to_owned()).or_default()
    }

    /// The chat of a person with a bot, made when it is missing.
    pub(super) fn chat(&mut self, token: &str, person: i64) -> &mut Chat {
        self.chats.entry((token.to_owned(), person)).or_default()
    }

    /// Counts toasts and files.
    pub(super) fn next_number(&mut self) -> u64 {
        self.last_number += 1;
        self.last_number
    }

    /// Puts an update into the bot's queue and gives its id.
    pub(super) fn queue(&mut self, token: &str, chat: i64, kind: &'static str, content: Value) -> i64 {
        self.last_update_id += 1;
        let update_id = self.last_update_id;
        let now = Instant::now();
        let fault = misbehaviour::take(&mut self.rules, None, chat, &content.to_string());
        let mut value = json!({ "update_id": update_id });
        value[kind] = content;
        let mut update = Pending {
            update_id,
            chat,
            kind,
            value,
            copies: 1,
            held: false,
            late: matches!(fault, Some(Fault::HoldUpdate | Fault::DelayUpdate(_))),
            delivered: false,
            in_flight: false,
            attempts: 0,
            not_before: now,
        };
        match &fault {
            Some(Fault::DuplicateUpdate) => update.copies = 2,
            Some(Fault::HoldUpdate) => update.held = true,
            Some(Fault::DelayUpdate(wait)) => update.not_before = now + *wait,
            _ => {}
        }
        let bot = self.bot(token);
        let again = Pending { late: true, held: false, copies: 1, not_before: now, ..update.clone() };
        if bot.past.len() == PAST_LIMIT {
            bot.past.pop_front();
        }
        bot.past.push_back(again);
        let pending = &mut bot.pending;
        let before_last = pending.len().saturating_sub(1);
        match fault {
            Some(Fault::ReorderUpdate) => pending.insert(before_last, update),
            _ => pending.push_back(update),
        }
        update_id
    }

    /// The bot as a `User`.
    pub(super) fn bot_user(&mut self, token: &str) -> Value {
        let name = self.bot_name(token);
        json!({ "id": self.bot(token).id, "is_bot": true, "first_name": name, "username": "tautan_bot" })
    }

    /// The name on top of the chat.
    pub(super) fn bot_name(&mut self, token: &str) -> String {
        let set = self.bot(token).settings.get("setmyname||").and_then(|value| value["name"].as_str());
        set.filter(|name| !name.is_empty()).unwrap_or("Tautan").to_owned()
    }

    /// A person, made up when nobody registered one.
    pub(super) fn person(&mut self, id: i64) -> &Person {
        self.persons.entry(id).or_insert_with(|| Person::named(id, "Ani", "en"))
    }

    /// A `Message` of the Bot API.
    pub(super) fn message_json(&mut self, token: &str, person: i64, message: &ShownMessage) -> Value {
        let bot = self.bot_user(token);
        if let Some(state) = self.groups.get(&person) {
            let chat = state.to_chat(person);
            let mut content = message.to_json(&chat, &bot);
            let author = message.author.map(|author| self.person(author).to_user());
            group_state::sign(&mut content, message, &chat, author);
            return content;
        }
        let someone = self.person(person);
        let from = if message.from_bot { bot } else { someone.to_user() };
        message.to_json(&someone.to_chat(), &from)
    }

    /// A fresh message of this chat with number and date.
    pub(super) fn blank(&mut self, token: &str, person: i64, from_bot: bool) -> ShownMessage {
        ShownMessage::new(self.chat(token, person).next_message_id(), from_bot, unix_seconds())
    }

    /// Keeps a file, forgetting the oldest when there are too many.
    pub(super) fn keep_file(&mut self, file: ShownFile, bytes: Vec<u8>) {
        self.files.push_back((file, bytes));
        while self.files.iter().map(|(_, bytes)| bytes.len()).sum::<usize>() > FILES_LIMIT_BYTES {
            self.files.pop_front();
        }
    }

    /// Writes a call down.
    pub(super) fn record(&mut self, call: Call) {
        self.journal.push_back(call);
        if self.journal.len() > JOURNAL_LIMIT {
            self.journal.pop_front();
        }
    }
}
