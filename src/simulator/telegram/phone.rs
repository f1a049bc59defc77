//! A person's side of the chat: says, taps, reads, waits.

use std::{
    fmt::Write,
    sync::Arc,
    time::{Duration, Instant},
};

use serde_json::{Value, json};

use super::{
    Inner, detect, files,
    html::Formatted,
    journal::unix_seconds,
    message::{ButtonKind, ShownFile, ShownMessage, Toast},
    world::{Tap, World},
};

/// How long a tap may be answered.
pub(super) const TAP_LIFETIME: Duration = Duration::from_secs(150);
/// How long a test waits for the bot before it gives up and shows the chat.
const PATIENCE: Duration = Duration::from_secs(60);

/// One person's private chat with a bot: the one that polled or set a webhook last, unless
/// [`with_bot`](Phone::with_bot) names another.
#[derive(Clone)]
pub struct Phone {
    inner: Arc<Inner>,
    person: i64,
    token: Option<String>,
}

/// No button of the chat could be tapped under that label.
#[derive(Debug, thiserror::Error)]
#[error("no button to tap says {label:?}; the chat:\n{transcript}")]
pub struct NoSuchButton {
    /// What was looked for.
    pub label: String,
    /// The chat at that moment.
    pub transcript: String,
}

impl Phone {
    pub(super) fn new(inner: Arc<Inner>, person: i64) -> Self {
        Self { inner, person, token: None }
    }

    /// The same person's chat with the bot of this token.
    #[must_use]
    pub fn with_bot(&self, token: &str) -> Self {
        Self { token: Some(token.to_owned()), ..self.clone() }
    }

    /// The user id, which is the chat id too.
    pub fn id(&self) -> i64 {
        self.person
    }

    /// Sends a text and gives the id of its update. Unblocks the bot first, as the app makes one do.
    pub fn says(&self, text: &str) -> i64 {
        self.unblocks_bot();
        self.sends(|message| {
            let mut formatted = Formatted::plain(text);
            detect::add_links(&mut formatted);
            message.text = formatted.text;
            message.entities = formatted.entities;
        })
    }

    /// Sends a JPEG with words beside it, perhaps none. The bot can fetch it, small and as it is.
    pub fn sends_picture(&self, jpeg: &[u8], caption: &str) -> i64 {
        self.unblocks_bot();
        self.sends_with(|world, message| {
            message.text = caption.to_owned();
            message.file = Some(files::taken_by_person(world, jpeg));
        })
    }

    /// Sends a file as it is. The bot can fetch it when it has at most 20 MB.
    pub fn sends_file(&self, name: &str, media_type: &str, bytes: &[u8]) -> i64 {
        self.sends_captioned_file((name, media_type), bytes, "")
    }

    pub(super) fn sends_captioned_file(
        &self,
        (name, media_type): (&str, &str),
        bytes: &[u8],
        caption: &str,
    ) -> i64 {
        self.unblocks_bot();
        self.sends_with(|world, message| {
            message.text = caption.to_owned();
            message.file = Some(files::sent_by_person(world, name, media_type, bytes.to_vec()));
        })
    }

    /// Sends a picture that is gone before the bot can fetch it.
    pub fn sends_photo(&self) -> i64 {
        self.sends(|message| message.person_media = Some("photo"))
    }

    /// Sends a voice message of two seconds.
    pub fn sends_voice(&self) -> i64 {
        self.sends(|message| message.person_media = Some("voice"))
    }

    /// Taps a button of the newest message that has one with `label` in its text. A button below
    /// the text field says its own text.
    ///
    /// # Errors
    /// When there is none, or it is of a kind that tells the bot nothing (a link, a copy button).
    pub fn presses(&self, label: &str) -> Result<i64, NoSuchButton> {
        let found = self.look(|world, token| {
            let chat = world.chat(token, self.person);
            let mut newest_first = chat.messages.iter().rev().filter(|message| message.from_bot);
            let in_message = newest_first.find_map(|message| {
                let button = message.button(label)?;
                Some((message.message_id, button.clone()))
            });
            let below = chat.reply_keyboard.iter().flatten().find(|button| button.text.contains(label));
            in_message.or_else(|| below.map(|button| (0, button.clone())))
        });
        match found.map(|(message_id, button)| (message_id, button.text, button.kind)) {
            Some((message_id, _, ButtonKind::Callback(data))) => Ok(self.presses_data(message_id, &data)),
            Some((_, text, ButtonKind::Reply)) => Ok(self.says(&text)),
            _ => Err(NoSuchButton { label: label.to_owned(), transcript: self.transcript() }),
        }
    }

    /// Sends callback data as if a button of that message held it: an old button, or a forged one.
    /// A message that is gone is "inaccessible" to the bot.
    pub fn presses_data(&self, message_id: i64, data: &str) -> i64 {
        self.change(|world, token| {
            let message = world.chat(token, self.person).find(message_id).cloned();
            let person = world.person(self.person).clone();
            let message = match message {
                Some(message) => world.message_json(token, self.person, &message),
                None => json!({ "chat": person.to_chat(), "message_id": message_id, "date": 0 }),
            };
            let id = format!("{}", rand::random_range(1_u64 << 60..1 << 62));
            let tap = Tap {
                token: token.to_owned(),
                person: self.person,
                message_id,
                data: data.to_owned(),
                made: Instant::now(),
                answered: false,
            };
            // A demo may run for weeks; what nobody can answer any more is forgotten.
            world.taps.retain(|_, old| old.made.elapsed() < TAP_LIFETIME);
            world.taps.insert(id.clone(), tap);
            let query = json!({
                "id": id, "from": person.to_user(), "message": message, "chat_instance": "1", "data": data,
            });
            world.queue(token, self.person, "callback_query", query)
        })
    }

    /// Blocks the bot: an update tells it, and sending to this person fails from now on.
    pub fn blocks_bot(&self) {
        self.set_blocked(true);
    }

    /// Lets the bot speak again.
    pub fn unblocks_bot(&self) {
        self.set_blocked(false);
    }

    /// The whole chat, oldest first.
    pub fn messages(&self) -> Vec<ShownMessage> {
        self.look(|world, token| world.chat(token, self.person).messages.clone())
    }

    /// How the bot answered taps, oldest first; an empty text only stopped the spinner.
    pub fn toasts(&self) -> Vec<Toast> {
        self.look(|world, token| world.chat(token, self.person).toasts.clone())
    }

    /// Taps the bot has not answered: message id and data.
    pub fn unanswered_taps(&self) -> Vec<(i64, String)> {
        self.taps_since(Duration::MAX)
    }

    /// The same, leaving out taps older than `age`.
    pub(super) fn taps_since(&self, age: Duration) -> Vec<(i64, String)> {
        self.look(|world, token| {
            let open = |tap: &&Tap| !tap.answered && tap.made.elapsed() < age;
            let mine = |tap: &&Tap| tap.token == token && tap.person == self.person && open(tap);
            world.taps.values().filter(mine).map(|tap| (tap.message_id, tap.data.clone())).collect()
        })
    }

    /// Waits until the chat looks as described and gives it back.
    ///
    /// # Panics
    /// After a minute, with the chat in the message.
    pub async fn waits_until(
        &self,
        description: &str,
        predicate: impl Fn(&[ShownMessage]) -> bool,
    ) -> Vec<ShownMessage> {
        let mut changed = self.inner.changed.subscribe();
        let deadline = tokio::time::Instant::now() + PATIENCE;
        loop {
            changed.mark_unchanged();
            let messages = self.messages();
            if predicate(&messages) {
                return messages;
            }
            let woken = tokio::time::timeout_at(deadline, changed.changed()).await;
            assert!(woken.is_ok(), "waited in vain until {description}; the chat:\n{}", self.transcript());
        }
    }

    /// What is in a file of a message; `None` when it was too long ago.
    pub fn opens_file(&self, file: &ShownFile) -> Option<Vec<u8>> {
        self.look(|world, _| {
            let kept = world.files.iter().find(|(known, _)| known.number == file.number);
            kept.map(|(_, bytes)| bytes.clone())
        })
    }

    /// Waits until every update of this chat was taken: confirmed by a later poll, or answered 2xx.
    ///
    /// # Panics
    /// After a minute, with the chat in the message.
    pub async fn settles(&self) {
        self.waits_until("every update was taken", |_| {
            self.look(|world, token| world.bot(token).pending.iter().all(|update| update.chat != self.person))
        })
        .await;
    }

    /// The chat as text: who said what, and the buttons in brackets below.
    pub fn transcript(&self) -> String {
        let name = self.look(|world, _| world.person(self.person).first_name.clone());
        let mut text = String::new();
        for message in self.messages() {
            let who = if message.from_bot { "Bot" } else { &name };
            let media = match (&message.file, message.person_media) {
                (Some(file), _) if file.is_photo => "[photo] ".to_owned(),
                (Some(file), _) => format!("[{}] ", file.file_name),
                (None, Some(media)) => format!("[{media}] "),
                (None, None) => String::new(),
            };
            let indented = message.text.replace('\n', "\n  ");
            let line = format!("{who}: {media}{indented}").replace("\n  \n", "\n\n");
            let _ = writeln!(text, "{}", line.trim_end());
            for row in &message.buttons {
                let labels: Vec<String> = row.iter().map(|button| format!("[{}]", button.text)).collect();
                let _ = writeln!(text, "  {}", labels.join(" "));
            }
        }
        text
    }

    fn sends(&self, fill: impl FnOnce(&mut ShownMessage)) -> i64 {
        self.sends_with(|_, message| fill(message))
    }

    fn sends_with(&self, fill: impl FnOnce(&mut World, &mut ShownMessage)) -> i64 {
        self.change(|world, token| {
            let mut message = world.blank(token, self.person, false);
            fill(world, &mut message);
            let chat = world.chat(token, self.person);
            chat.started = true;
            chat.push(message.clone());
            let content = world.message_json(token, self.person, &message);
            world.queue(token, self.person, "message", content)
        })
    }

    fn set_blocked(&self, blocked: bool) {
        self.change(|world, token| {
            let chat = world.chat(token, self.person);
            if chat.blocked == blocked {
                return;
            }
            chat.blocked = blocked;
            let bot = world.bot_user(token);
            let member = json!({ "status": "member", "user": bot });
            let kicked = json!({ "status": "kicked", "user": bot, "until_date": 0 });
            let (old, new) = if blocked { (member, kicked) } else { (kicked, member) };
            let person = world.person(self.person);
            let content: Value = json!({
                "chat": person.to_chat(), "from": person.to_user(), "date": unix_seconds(),
                "old_chat_member": old, "new_chat_member": new,
            });
            world.queue(token, self.person, "my_chat_member", content);
        });
    }

    /// Looks at the world and the token this phone talks to.
    pub(super) fn look<R>(&self, work: impl FnOnce(&mut World, &str) -> R) -> R {
        self.inner.look(|world| {
            let token = self.token.clone().unwrap_or_else(|| world.latest.clone());
            work(world, &token)
        })
    }

    pub(super) fn change<R>(&self, work: impl FnOnce(&mut World, &str) -> R) -> R {
        self.inner.change(|world| {
            let token = self.token.clone().unwrap_or_else(|| world.latest.clone());
            work(world, &token)
        })
    }
}
