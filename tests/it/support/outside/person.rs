//! Somebody who chats through the outside server, which is told every word of an update.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use serde_json::{Value, json};

use super::emulator::Emulator;
use super::gate::{Gate, KeptMessage};
use crate::support::test_app::TOKEN;

/// How long an answer may take, on a machine that is busy with other tests.
const PATIENCE: Duration = Duration::from_secs(60);

/// A person with a private chat.
pub struct OutsidePerson {
    emulator: Arc<Emulator>,
    gate: Gate,
    id: i64,
    name: &'static str,
    /// Numbers of what the person does; far from those of the bot's messages.
    next: AtomicI64,
}

impl OutsidePerson {
    pub fn new(emulator: Arc<Emulator>, gate: Gate, id: i64, name: &'static str) -> Self {
        Self { emulator, gate, id, name, next: AtomicI64::new(1_000_000) }
    }

    /// Says something and waits for a message with these words that was not there.
    pub async fn says(&self, text: &str, words: &str) -> KeptMessage {
        let before = self.gate.messages(self.id);
        let message = json!({
            "message_id": self.next(), "date": 1_700_000_000, "text": text, "from": self.user(), "chat": self.chat(),
        });
        self.emulator.enqueue(TOKEN, json!({ "message": message })).await;
        self.reads_since(&before, words).await
    }

    /// Taps the newest button with this label, and waits until the tap is answered and a message with these
    /// words is there that was not.
    pub async fn presses(&self, label: &str, words: &str) -> KeptMessage {
        let before = self.gate.messages(self.id);
        let found = before.iter().rev().find_map(|message| Some((message, data_of(message, label)?)));
        let (message, data) = found.unwrap_or_else(|| panic!("no button says {label:?}: {before:#?}"));
        let id = self.next().to_string();
        let query = json!({
            "id": id, "from": self.user(), "chat_instance": "1", "data": data,
            "message": {
                "message_id": message.message_id, "date": 1_700_000_000, "chat": self.chat(), "text": "a card",
            },
        });
        self.emulator.enqueue(TOKEN, json!({ "callback_query": query })).await;
        let shown = self.reads_since(&before, words).await;
        self.until(&format!("an answer to the tap on {label:?}"), || {
            self.gate.is_answered(&id).then_some(())
        })
        .await;
        shown
    }

    /// Types behind the bot's name in another chat; gives what is offered.
    pub async fn asks_inline(&self, words: &str) -> Vec<Value> {
        let id = self.next().to_string();
        let query = json!({ "id": id, "from": self.user(), "query": words, "offset": "" });
        self.emulator.enqueue(TOKEN, json!({ "inline_query": query })).await;
        let offered = self.until("an offer", || self.gate.offered(&id)).await;
        offered.as_array().cloned().unwrap_or_default()
    }

    /// Waits for a message with these words, whenever it came.
    pub async fn reads(&self, words: &str) -> KeptMessage {
        self.reads_since(&[], words).await
    }

    async fn reads_since(&self, before: &[KeptMessage], words: &str) -> KeptMessage {
        let look = || {
            let messages = self.gate.messages(self.id);
            let is_it = |message: &KeptMessage| message.text().contains(words) && !before.contains(message);
            messages.into_iter().rev().find(is_it)
        };
        self.until(&format!("a message with {words:?}"), look).await
    }

    async fn until<Seen>(&self, what: &str, look: impl Fn() -> Option<Seen>) -> Seen {
        let mut changes = self.gate.changes();
        let looking = async {
            loop {
                changes.mark_unchanged();
                if let Some(seen) = look() {
                    return seen;
                }
                drop(changes.changed().await);
            }
        };
        let seen = tokio::time::timeout(PATIENCE, looking).await;
        seen.unwrap_or_else(|_| {
            panic!(
                "waited in vain for {what}; faults: {:#?}; the chat: {:#?}",
                self.gate.faults(),
                self.gate.messages(self.id)
            )
        })
    }

    fn next(&self) -> i64 {
        self.next.fetch_add(1, Ordering::SeqCst)
    }

    fn user(&self) -> Value {
        json!({ "id": self.id, "is_bot": false, "first_name": self.name, "language_code": "id" })
    }

    fn chat(&self) -> Value {
        json!({ "id": self.id, "type": "private", "first_name": self.name })
    }
}

/// What the newest button with this label tells the bot.
fn data_of(message: &KeptMessage, label: &str) -> Option<String> {
    let buttons = message.keyboard.as_array()?.iter().filter_map(Value::as_array).flatten();
    let mut with_label =
        buttons.filter(|button| button["text"].as_str().is_some_and(|text| text.contains(label)));
    with_label.find_map(|button| button["callback_data"].as_str().map(str::to_owned))
}
