//! What went wrong between us and Telegram, sorted by what is to be done about it.
//!
//! Telegram tells its errors apart by wording, and the wording changes: only the beginning counts,
//! in lower case.

use chrono::TimeDelta;
use serde::Deserialize;
use teloxide::{ApiError, RequestError};

use crate::domain::id::TelegramId;

/// Why a message did not go out.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SendError {
    /// This chat has heard too much: nothing more goes to it before this time is over.
    #[error("telegram asks to wait {} s for this chat", .0.num_seconds())]
    RetryAfter(TimeDelta),
    /// The person blocked the bot, is gone, or never started it. More tries are in vain.
    #[error("nobody is there any more: {0}")]
    DestinationDead(String),
    /// The request is wrong: our bug. More tries are in vain.
    #[error("telegram refuses the request: {0}")]
    Malformed(String),
    /// The token is wrong or was revoked: nothing can be sent at all.
    #[error("telegram does not know the bot's token")]
    Unauthorized,
    /// No answer that can be understood: it may have gone out.
    #[error("telegram cannot be reached: {0}")]
    Unreachable(String),
    /// The chat has another id now.
    #[error("the chat has moved to {0}")]
    Migrated(TelegramId),
}

/// What it means for a group or a channel that nobody is there any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChatLoss {
    /// The bot was removed, or the chat is gone.
    Left,
    /// The bot may not write there.
    Muted,
    /// The topic is gone or closed; the chat is not.
    Topic,
}

impl SendError {
    /// What it means for a group or a channel; `None` when the message may still go out there.
    #[must_use]
    pub fn chat_loss(&self) -> Option<ChatLoss> {
        let Self::DestinationDead(reason) = self else { return None };
        let begins = |beginnings: &[&str]| beginnings.iter().any(|beginning| reason.starts_with(beginning));
        Some(if begins(LOST_TOPIC) {
            ChatLoss::Topic
        } else if begins(MUTED) {
            ChatLoss::Muted
        } else {
            ChatLoss::Left
        })
    }
}

/// What an answer of Telegram means for a card, including what only means "do it another way".
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Failure {
    /// The message already says this.
    NotModified,
    /// The tap is too old to be answered.
    TooOld,
    /// The message cannot be edited: send another.
    MessageGone,
    /// The message shows a picture, which cannot become a text.
    NoText,
    /// The markup cannot be read: send plain text.
    BadMarkup,
    /// Anything else.
    Send(SendError),
}

impl Failure {
    /// As an error, for calls that know no other way.
    pub(super) fn into_send_error(self) -> SendError {
        match self {
            Self::NotModified => SendError::Malformed("message is not modified".to_owned()),
            Self::TooOld => SendError::Malformed("query is too old".to_owned()),
            Self::MessageGone => SendError::Malformed("the message cannot be edited".to_owned()),
            Self::NoText => SendError::Malformed("there is no text in the message".to_owned()),
            Self::BadMarkup => SendError::Malformed("can't parse entities".to_owned()),
            Self::Send(error) => error,
        }
    }
}

/// Sorts what teloxide says.
pub(super) fn classify(error: &RequestError) -> Failure {
    match error {
        RequestError::RetryAfter(seconds) => retry_after(i64::from(seconds.seconds())),
        RequestError::MigrateToChatId(chat) => Failure::Send(SendError::Migrated(TelegramId(chat.0))),
        RequestError::Api(ApiError::Unknown(description)) => classify_description(None, description),
        RequestError::Api(ApiError::InvalidToken) => Failure::Send(SendError::Unauthorized),
        RequestError::Api(known) => classify_description(None, &known.to_string()),
        RequestError::InvalidJson { raw, .. } => classify_raw(raw),
        // The address of a network error holds the token.
        RequestError::Network(network) => {
            let kind = if network.is_timeout() { "no answer in time" } else { "network" };
            unreachable(kind)
        }
        RequestError::Io(_) => unreachable("reading a file"),
    }
}

/// An answer that teloxide cannot read may still be a plain error of the Bot API.
fn classify_raw(raw: &str) -> Failure {
    #[derive(Deserialize)]
    struct ErrorAnswer {
        ok: bool,
        #[serde(default)]
        error_code: Option<i64>,
        #[serde(default)]
        description: String,
        #[serde(default)]
        parameters: Parameters,
    }
    #[derive(Deserialize, Default)]
    struct Parameters {
        #[serde(default)]
        retry_after: Option<i64>,
        #[serde(default)]
        migrate_to_chat_id: Option<i64>,
    }
    match serde_json::from_str::<ErrorAnswer>(raw) {
        Ok(answer) if !answer.ok => {
            if let Some(seconds) = answer.parameters.retry_after {
                retry_after(seconds)
            } else if let Some(chat) = answer.parameters.migrate_to_chat_id {
                Failure::Send(SendError::Migrated(TelegramId(chat)))
            } else {
                classify_description(answer.error_code, &answer.description)
            }
        }
        _ => unreachable("an answer that is no answer of the Bot API"),
    }
}

/// The table of `reference/telegram.md` section 5. Longer beginnings stand before shorter ones.
fn classify_description(code: Option<i64>, description: &str) -> Failure {
    let text = description.to_lowercase();
    let reason = ["bad request: ", "forbidden: ", "unauthorized: ", "conflict: "]
        .into_iter()
        .find_map(|prefix| text.strip_prefix(prefix))
        .unwrap_or(&text);
    let begins = |beginnings: &[&str]| beginnings.iter().any(|beginning| reason.starts_with(beginning));
    if code.is_some_and(|code| code >= 500)
        || begins(&["internal server error", "bad gateway", "gateway time"])
    {
        unreachable(reason)
    } else if begins(&["too many requests"]) {
        retry_after(
            reason.rsplit(' ').next().and_then(|seconds| seconds.parse().ok()).unwrap_or(DEFAULT_RETRY_S),
        )
    } else if begins(&["message is not modified"]) {
        Failure::NotModified
    } else if begins(&["query is too old", "query id is invalid"]) {
        Failure::TooOld
    } else if begins(GONE) {
        Failure::MessageGone
    } else if begins(&["there is no text in the message"]) {
        Failure::NoText
    } else if begins(&["can't parse entities"]) {
        Failure::BadMarkup
    } else if begins(DEAD) || begins(MUTED) || begins(LOST_TOPIC) {
        Failure::Send(SendError::DestinationDead(reason.to_owned()))
    } else if text == "unauthorized" || text == "not found" || code == Some(401) {
        Failure::Send(SendError::Unauthorized)
    } else if code == Some(409) || text.starts_with("conflict") {
        unreachable(reason)
    } else {
        Failure::Send(SendError::Malformed(reason.to_owned()))
    }
}

/// Seconds to wait when Telegram asks to wait without saying how long.
const DEFAULT_RETRY_S: i64 = 5;

const GONE: &[&str] = &[
    "message to edit not found",
    "message can't be edited",
    "message to delete not found",
    "message can't be deleted",
    "message_id_invalid",
    "message identifier is not specified",
];

const DEAD: &[&str] = &[
    "bot was blocked by the user",
    "user is deactivated",
    "bot was kicked",
    "bot is not a member",
    "the group chat was deleted",
    "group is deactivated",
    "chat not found",
    "private chat not found",
    "user not found",
    "peer_id_invalid",
    "bot can't initiate conversation",
    "bot can't send messages to",
];

const MUTED: &[&str] = &[
    "not enough rights to send",
    "have no rights to send",
    "need administrator rights",
    "chat_write_forbidden",
    "chat_admin_required",
];

const LOST_TOPIC: &[&str] = &["message thread not found", "topic_closed", "topic_deleted"];

fn retry_after(seconds: i64) -> Failure {
    Failure::Send(SendError::RetryAfter(TimeDelta::seconds(seconds.clamp(1, 86_400))))
}

fn unreachable(reason: &str) -> Failure {
    Failure::Send(SendError::Unreachable(reason.to_owned()))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use teloxide::types::{ChatId, Seconds};

    use super::*;

    fn dead(reason: &str) -> Failure {
        Failure::Send(SendError::DestinationDead(reason.to_owned()))
    }

    #[test]
    fn known_wordings_are_sorted_as_the_reference_says() {
        let malformed = |reason: &str| Failure::Send(SendError::Malformed(reason.to_owned()));
        for (description, failure) in [
            ("Forbidden: bot was blocked by the user", dead("bot was blocked by the user")),
            ("Forbidden: user is deactivated", dead("user is deactivated")),
            ("Forbidden: bot was kicked from the group chat", dead("bot was kicked from the group chat")),
            ("Bad Request: chat not found", dead("chat not found")),
            (
                "Forbidden: bot can't initiate conversation with a user",
                dead("bot can't initiate conversation with a user"),
            ),
            ("Bad Request: message is not modified: specified new message content", Failure::NotModified),
            ("Bad Request: query is too old and response timeout expired", Failure::TooOld),
            ("Bad Request: message to edit not found", Failure::MessageGone),
            ("Bad Request: message can't be edited", Failure::MessageGone),
            ("Bad Request: can't parse entities: Unsupported start tag", Failure::BadMarkup),
            ("Bad Request: message is too long", malformed("message is too long")),
            ("Bad Request: BUTTON_DATA_INVALID", malformed("button_data_invalid")),
            ("Unauthorized", Failure::Send(SendError::Unauthorized)),
            ("Not Found", Failure::Send(SendError::Unauthorized)),
            ("Bad Gateway", unreachable("bad gateway")),
            (
                "Conflict: terminated by other getUpdates request",
                unreachable("terminated by other getupdates request"),
            ),
            ("Too Many Requests: retry after 7", retry_after(7)),
        ] {
            let json = serde_json::json!(description);
            let known: ApiError = serde_json::from_value(json).unwrap();
            assert_eq!(classify(&RequestError::Api(known)), failure, "{description}");
        }
    }

    #[test]
    fn an_answer_teloxide_cannot_read_is_still_understood() {
        let unread = |raw: &str| RequestError::InvalidJson {
            source: Arc::new(serde_json::from_str::<i64>("x").unwrap_err()),
            raw: raw.into(),
        };
        for (raw, failure) in [
            (
                r#"{"ok":false,"error_code":429,"description":"Too Many Requests","parameters":{"retry_after":3,"x":1}}"#,
                retry_after(3),
            ),
            (
                r#"{"ok":false,"error_code":403,"description":"Forbidden: bot was blocked by the user","parameters":{}}"#,
                dead("bot was blocked by the user"),
            ),
            (
                r#"{"ok":false,"error_code":400,"description":"x","parameters":{"migrate_to_chat_id":-100,"y":0}}"#,
                Failure::Send(SendError::Migrated(TelegramId(-100))),
            ),
            (r#"{"ok":false,"error_code":502,"description":"Bad Gateway"}"#, unreachable("bad gateway")),
            ("<html>502</html>", unreachable("an answer that is no answer of the Bot API")),
        ] {
            assert_eq!(classify(&unread(raw)), failure, "{raw}");
        }
    }

    #[test]
    fn a_lost_topic_and_a_lost_right_are_no_lost_group() {
        for (description, loss) in [
            ("Bad Request: message thread not found", ChatLoss::Topic),
            ("Bad Request: TOPIC_CLOSED", ChatLoss::Topic),
            ("Bad Request: not enough rights to send text messages to the chat", ChatLoss::Muted),
            ("Bad Request: need administrator rights in the channel chat", ChatLoss::Muted),
            ("Forbidden: bot was kicked from the supergroup chat", ChatLoss::Left),
            ("Forbidden: the group chat was deleted", ChatLoss::Left),
        ] {
            let known: ApiError = serde_json::from_value(serde_json::json!(description)).unwrap();
            let error = classify(&RequestError::Api(known)).into_send_error();
            assert_eq!(error.chat_loss(), Some(loss), "{description}");
        }
        assert_eq!(SendError::Unauthorized.chat_loss(), None);
    }

    #[test]
    fn waits_and_moves_keep_their_figures() {
        assert_eq!(classify(&RequestError::RetryAfter(Seconds::from_seconds(12))), retry_after(12));
        let moved = classify(&RequestError::MigrateToChatId(ChatId(-1)));
        assert_eq!(moved, Failure::Send(SendError::Migrated(TelegramId(-1))));
    }
}
