//! How the Bot API says no.

use serde_json::{Value, json};

/// One refusal: the code, the sentence after it, and the machine-readable part when there is one.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Refusal {
    /// HTTP status and `error_code`.
    pub(super) code: u16,
    /// The whole `description`, with its "Bad Request: " in front.
    pub(super) description: String,
    /// `parameters`, such as `retry_after` in seconds.
    pub(super) parameters: Option<Value>,
}

impl Refusal {
    /// 400 with "Bad Request: " put in front.
    pub(super) fn bad(what: impl AsRef<str>) -> Self {
        Self::plain(400, format!("Bad Request: {}", what.as_ref()))
    }

    /// Any code with a description of its own.
    pub(super) fn plain(code: u16, description: impl Into<String>) -> Self {
        Self { code, description: description.into(), parameters: None }
    }

    /// 404, which Telegram gives for unknown methods and malformed tokens.
    pub(super) fn not_found() -> Self {
        Self::plain(404, "Not Found")
    }

    /// 403 for a person who blocked the bot.
    pub(super) fn blocked() -> Self {
        Self::plain(403, "Forbidden: bot was blocked by the user")
    }

    /// 429 with the seconds to wait.
    pub(super) fn too_many(retry_after: u64) -> Self {
        Self {
            code: 429,
            description: format!("Too Many Requests: retry after {retry_after}"),
            parameters: Some(json!({ "retry_after": retry_after })),
        }
    }

    /// 400 for a group that became a supergroup.
    pub(super) fn migrated(new_chat: i64) -> Self {
        let mut refusal = Self::bad("group chat was upgraded to a supergroup chat");
        refusal.parameters = Some(json!({ "migrate_to_chat_id": new_chat }));
        refusal
    }

    /// The envelope that goes over the wire.
    pub(super) fn to_json(&self) -> Value {
        let mut envelope = json!({ "ok": false, "error_code": self.code, "description": self.description });
        if let Some(parameters) = &self.parameters {
            envelope["parameters"] = parameters.clone();
        }
        envelope
    }
}
