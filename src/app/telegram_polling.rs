//! Fetches updates by long polling and stores them. The offset moves on with the commit that holds
//! the rows, so an update is Telegram's until it is ours.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use serde_json::{Value, json};
use tokio_util::sync::CancellationToken;
use url::Url;

use crate::domain::back_off::BackOff;
use crate::messaging::inline_queries::InlineQueue;
use crate::messaging::update_envelope::{ALLOWED_UPDATES, chat_of, is_group_talk, mask_secrets};
use crate::storage::{Storage, StorageError};

/// Where the offset is kept, with the bot's number behind it: another bot counts on its own.
const OFFSET_SETTING: &str = "telegram.offset";

/// How long Telegram holds the line when there is nothing to say; shorter than the client's patience.
const LONG_POLL: Duration = Duration::from_secs(10);

/// How long a poll may take in all.
const PATIENCE: Duration = Duration::from_secs(17);

/// The pauses after failures.
const PAUSES: BackOff = BackOff { shortest: TimeDelta::seconds(5), longest: TimeDelta::seconds(300) };

/// After a week without updates Telegram may number them from anywhere, lower than before: an offset
/// older than this would throw them away.
const OFFSET_GOOD_FOR: TimeDelta = TimeDelta::days(6);

/// The pause before Telegram is asked again, `failures` having come before the latest one.
pub(super) fn pause(failures: i64) -> Duration {
    PAUSES.after(failures).to_std().unwrap_or(LONG_POLL)
}

/// Polls Telegram.
pub struct TelegramPolling {
    client: reqwest::Client,
    /// The address of the methods; holds the token, so it is never printed.
    methods: SecretString,
    storage: Storage,
    offset_setting: String,
    inline: Option<InlineQueue>,
    is_healthy: Arc<AtomicBool>,
}

/// Why a poll brought nothing.
#[derive(Debug, thiserror::Error)]
pub enum PollError {
    /// The line is bad, or the answer is no answer of the Bot API.
    #[error("telegram cannot be reached: {0}")]
    Unreachable(String),
    /// Telegram refuses: 401 for a wrong token, 409 for a second poller or a webhook.
    #[error("telegram refuses to give updates: {code} {description}")]
    Refused {
        /// Telegram's error code, as in HTTP.
        code: i64,
        /// Telegram's words.
        description: String,
        /// How long Telegram asks to wait, in seconds.
        retry_after_s: Option<u64>,
    },
    /// The updates could not be stored; Telegram gives them again.
    #[error(transparent)]
    Storage(#[from] StorageError),
}

#[derive(Deserialize)]
struct Answer {
    ok: bool,
    #[serde(default)]
    result: Value,
    #[serde(default)]
    error_code: i64,
    #[serde(default)]
    description: String,
    #[serde(default)]
    parameters: Parameters,
}

#[derive(Deserialize, Default)]
struct Parameters {
    #[serde(default)]
    retry_after: Option<u64>,
}

/// The next update to ask for, and when that became known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Offset {
    next: i64,
    known_at: DateTime<Utc>,
}

impl TelegramPolling {
    /// A poller for the bot with this token at the Bot API under `api_url`.
    #[must_use]
    pub fn new(client: reqwest::Client, api_url: &Url, token: &SecretString, storage: Storage) -> Self {
        let api_url = api_url.as_str().trim_end_matches('/');
        let methods = format!("{api_url}/bot{}/", token.expose_secret()).into();
        let bot = token.expose_secret().split(':').next().unwrap_or_default();
        let offset_setting = format!("{OFFSET_SETTING}:{bot}");
        let is_healthy = Arc::new(AtomicBool::new(true));
        Self { client, methods, storage, offset_setting, inline: None, is_healthy }
    }

    /// The same poller; questions that are typed in other chats go here instead of into the inbox.
    #[must_use]
    pub fn with_inline(self, inline: InlineQueue) -> Self {
        Self { inline: Some(inline), ..self }
    }

    /// True while polls succeed; for `/readyz` and the log.
    #[must_use]
    pub fn health(&self) -> Arc<AtomicBool> {
        Arc::clone(&self.is_healthy)
    }

    /// Polls until told to stop. Failures are logged when they begin and when they end, and the
    /// pause between tries grows from 5 s to 5 min.
    pub async fn run(&self, stop: CancellationToken) {
        let mut failures = 0;
        loop {
            let polled = tokio::select! {
                () = stop.cancelled() => return,
                polled = self.poll_once(LONG_POLL) => polled,
            };
            let Err(error) = polled else {
                if !self.is_healthy.swap(true, Ordering::Relaxed) {
                    tracing::info!("telegram gives updates again");
                }
                failures = 0;
                continue;
            };
            if self.is_healthy.swap(false, Ordering::Relaxed) {
                tracing::error!(%error, "telegram gives no updates");
            }
            if error.is_webhook_conflict() {
                self.leave_webhook().await;
            }
            tokio::select! {
                () = stop.cancelled() => return,
                () = tokio::time::sleep(error.retry_after().unwrap_or_else(|| pause(failures))) => {}
            }
            failures += 1;
        }
    }

    /// Asks once, waiting at most `wait` for something to come, and stores what came; gives how many
    /// updates that were.
    ///
    /// # Errors
    /// As [`PollError`] says.
    pub async fn poll_once(&self, wait: Duration) -> Result<usize, PollError> {
        let now = self.storage.now().await?;
        let offset = self.storage.read().await?.setting(&self.offset_setting).await?;
        let offset = offset.as_deref().and_then(Offset::read).filter(|offset| offset.is_good_at(now));
        let mut parameters = json!({"timeout": wait.as_secs(), "allowed_updates": ALLOWED_UPDATES});
        if let Some(offset) = offset {
            parameters["offset"] = json!(offset.next);
        }
        let updates = match self.call("getUpdates", &parameters).await? {
            Value::Array(updates) => updates,
            _ => Vec::new(),
        };
        let count = updates.len();
        if count > 0 {
            self.store(updates).await?;
        }
        Ok(count)
    }

    async fn store(&self, updates: Vec<Value>) -> Result<(), StorageError> {
        let mut writer = self.storage.write().await?;
        let mut next = None;
        for mut update in updates {
            let Some((update_id, chat)) = chat_of(&update) else {
                tracing::warn!("telegram sent something that is no update");
                continue;
            };
            next = next.max(Some(update_id + 1));
            if is_group_talk(&update) || self.inline.as_ref().is_some_and(|inline| inline.takes(&update)) {
                continue;
            }
            mask_secrets(&mut update);
            writer.store_update(update_id, chat, &update.to_string()).await?;
        }
        if let Some(next) = next {
            let offset = Offset { next, known_at: writer.now() };
            writer.set_setting(&self.offset_setting, &offset.write()).await?;
        }
        writer.commit().await
    }

    /// The operator chose polling, so a webhook from an earlier setting goes. Waiting updates stay.
    async fn leave_webhook(&self) {
        match self.call("deleteWebhook", &json!({"drop_pending_updates": false})).await {
            Ok(_) => tracing::info!("the webhook was taken off, because updates are polled"),
            Err(error) => tracing::warn!(%error, "the webhook could not be taken off"),
        }
    }

    async fn call(&self, method: &str, parameters: &Value) -> Result<Value, PollError> {
        let address = format!("{}{method}", self.methods.expose_secret());
        // The address holds the token, so errors are stripped of it.
        let unreachable = |error: reqwest::Error| PollError::Unreachable(error.without_url().to_string());
        let request = self.client.post(address).timeout(PATIENCE).json(parameters);
        let body = request.send().await.map_err(unreachable)?.text().await.map_err(unreachable)?;
        let answer: Answer = serde_json::from_str(&body)
            .map_err(|_| PollError::Unreachable("no answer of the Bot API".to_owned()))?;
        if answer.ok {
            return Ok(answer.result);
        }
        Err(PollError::Refused {
            code: answer.error_code,
            description: answer.description,
            retry_after_s: answer.parameters.retry_after,
        })
    }
}

impl std::fmt::Debug for TelegramPolling {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("TelegramPolling").finish_non_exhaustive()
    }
}

impl PollError {
    fn is_webhook_conflict(&self) -> bool {
        matches!(self, Self::Refused { code: 409, description, .. } if description.contains("webhook"))
    }

    fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::Refused { retry_after_s, .. } => retry_after_s.map(Duration::from_secs),
            _ => None,
        }
    }
}

impl Offset {
    fn is_good_at(self, now: DateTime<Utc>) -> bool {
        now - self.known_at < OFFSET_GOOD_FOR
    }

    fn write(self) -> String {
        format!("{}@{}", self.next, self.known_at.timestamp())
    }

    fn read(text: &str) -> Option<Self> {
        let (next, known_at) = text.split_once('@')?;
        let known_at = DateTime::from_timestamp(known_at.parse().ok()?, 0)?;
        Some(Self { next: next.parse().ok()?, known_at })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_offset_reads_back_and_grows_old() {
        let known_at = DateTime::from_timestamp(1_700_000_000, 0).unwrap();
        let offset = Offset { next: 42, known_at };
        assert_eq!(Offset::read(&offset.write()), Some(offset));
        assert!(offset.is_good_at(known_at + TimeDelta::days(5)));
        assert!(!offset.is_good_at(known_at + TimeDelta::days(7)));
        assert_eq!(Offset::read("42"), None);
    }

    #[test]
    fn only_a_conflict_with_a_webhook_takes_the_webhook_off() {
        let refused = |code, description: &str| PollError::Refused {
            code,
            description: description.to_owned(),
            retry_after_s: None,
        };
        let webhook = "Conflict: can't use getUpdates method while webhook is active";
        assert!(refused(409, webhook).is_webhook_conflict());
        assert!(!refused(409, "Conflict: terminated by other getUpdates request").is_webhook_conflict());
        assert!(!refused(401, "Unauthorized").is_webhook_conflict());
    }
}
