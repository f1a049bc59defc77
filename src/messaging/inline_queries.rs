//! Questions typed behind the bot's name in any chat, on their way from Telegram to whoever answers.
//!
//! They go past the inbox. An answer is worth nothing after some seconds, when another letter was typed, so
//! there is nothing to keep for after a crash; and a commit for every letter would make those wait who pay.
//! What must not be lost, the choice of an answer, comes as an update of its own and is stored as all others.

use serde_json::Value;
use tokio::sync::mpsc;

use crate::domain::id::TelegramId;

/// Questions that wait to be answered. More than these are dropped: who typed them has typed on.
const WAITING_MAX: usize = 256;

/// The most characters of a question; Telegram's own limit.
const WORDS_MAX: usize = 256;

/// Somebody types `@bot words` in some chat.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InlineQuery {
    /// What the answer names.
    pub id: String,
    /// Who types.
    pub person: TelegramId,
    /// What the person's app speaks, as an IETF language tag.
    pub language_code: Option<String>,
    /// What was typed so far.
    pub words: String,
}

/// Where questions are put as they come.
#[derive(Debug, Clone)]
pub struct InlineQueue(mpsc::Sender<InlineQuery>);

impl InlineQueue {
    /// A queue and its end.
    #[must_use]
    pub fn new() -> (Self, mpsc::Receiver<InlineQuery>) {
        let (sender, receiver) = mpsc::channel(WAITING_MAX);
        (Self(sender), receiver)
    }

    /// Takes an update that is a question; false for any other, which is to be stored.
    #[must_use]
    pub fn takes(&self, update: &Value) -> bool {
        let Some(query) = update.get("inline_query") else { return false };
        match read(query) {
            Some(query) => {
                if self.0.try_send(query).is_err() {
                    tracing::info!("an inline question was dropped: too many wait");
                }
            }
            None => tracing::warn!("telegram sent an inline question that cannot be read"),
        }
        true
    }
}

fn read(query: &Value) -> Option<InlineQuery> {
    let from = query.get("from")?;
    Some(InlineQuery {
        id: query.get("id")?.as_str()?.to_owned(),
        person: TelegramId(from.get("id")?.as_i64()?),
        language_code: from.get("language_code").and_then(Value::as_str).map(str::to_owned),
        words: query.get("query")?.as_str()?.chars().take(WORDS_MAX).collect(),
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn questions_are_taken_and_all_else_is_left_for_the_inbox() {
        let (queue, mut waiting) = InlineQueue::new();
        let from = json!({"id": 7, "is_bot": false, "first_name": "Ani", "language_code": "id"});
        assert!(
            queue.takes(&json!({"update_id": 1, "inline_query": {"id": "9", "from": from, "query": "kaos"}}))
        );
        let query = waiting.try_recv().unwrap();
        assert_eq!((query.person, query.words.as_str()), (TelegramId(7), "kaos"));
        assert!(
            queue.takes(&json!({"update_id": 1, "inline_query": {"odd": true}})),
            "it would never be one"
        );
        assert!(!queue.takes(&json!({"update_id": 1, "message": {"text": "inline_query"}})));
        assert!(!queue.takes(&json!({"update_id": 1, "chosen_inline_result": {"result_id": "x"}})));
        for _ in 0..2 * WAITING_MAX {
            assert!(queue.takes(&json!({"inline_query": {"id": "9", "from": {"id": 7}, "query": ""}})));
        }
    }
}
