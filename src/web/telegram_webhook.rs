//! Where Telegram brings updates. They are stored and answered; a worker does the rest.

use axum::Router;
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use hmac::{Hmac, Mac};
use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;
use sha2::Sha256;

use super::submitted_form::read_body;
use crate::domain::secret::Secret;
use crate::messaging::inline_queries::InlineQueue;
use crate::messaging::update_envelope::{chat_of, is_group_talk, mask_secrets};
use crate::storage::{Storage, StorageError};

/// The path under the base URL.
pub const TELEGRAM_WEBHOOK_PATH: &str = "/webhooks/telegram";

/// The header in which Telegram shows that it is Telegram.
const SECRET_HEADER: &str = "X-Telegram-Bot-Api-Secret-Token";

/// The most bytes of an update.
const UPDATE_BYTES_MAX: usize = 256 * 1024;

/// What the route needs.
#[derive(Debug, Clone)]
pub struct TelegramWebhook {
    /// Where updates are stored.
    pub storage: Storage,
    /// What [`webhook_secret`] gives.
    pub secret: SecretString,
    /// Where questions go that are typed in other chats; `None`: into the inbox, where nobody answers them.
    pub inline: Option<InlineQueue>,
}

/// The secret that Telegram is to show: 64 hexadecimal digits that follow from the master key and
/// the bot's token, so that every replica knows it and no one else.
#[must_use]
#[expect(clippy::expect_used, reason = "HMAC takes keys of any length (RFC 2104)")]
pub fn webhook_secret(master_key: &[u8; 32], token: &SecretString) -> SecretString {
    let mut mac = Hmac::<Sha256>::new_from_slice(master_key).expect("HMAC takes keys of any length");
    mac.update(b"telegram webhook\0");
    mac.update(token.expose_secret().as_bytes());
    hex::encode(mac.finalize().into_bytes()).into()
}

/// The route, for the router to merge.
pub fn telegram_webhook(webhook: TelegramWebhook) -> Router {
    Router::new().route(TELEGRAM_WEBHOOK_PATH, post(take_update)).with_state(webhook)
}

/// 200 once the update is on disk, and for what is no update: it would never become one. 401 for who
/// is not Telegram; 503 when it cannot be stored: Telegram comes again.
async fn take_update(State(webhook): State<TelegramWebhook>, headers: HeaderMap, body: Body) -> StatusCode {
    // Who is not Telegram gets no word in: the body is read after the secret, and not for long.
    let shown = headers.get(SECRET_HEADER).map_or(&[][..], |value| value.as_bytes());
    if !Secret::new(webhook.secret.expose_secret()).is(shown) {
        return StatusCode::UNAUTHORIZED;
    }
    let body = match read_body(body, UPDATE_BYTES_MAX).await {
        Ok(body) => body,
        Err(status) => return status,
    };
    let Ok(text) = std::str::from_utf8(&body) else {
        return StatusCode::OK;
    };
    let mut update: Value = serde_json::from_str(text).unwrap_or_default();
    let Some((update_id, chat)) = chat_of(&update) else {
        tracing::warn!("telegram sent something that is no update");
        return StatusCode::OK;
    };
    if is_group_talk(&update) || webhook.inline.as_ref().is_some_and(|inline| inline.takes(&update)) {
        return StatusCode::OK;
    }
    let harmless = mask_secrets(&mut update).then(|| update.to_string());
    let stored: Result<(), StorageError> = async {
        let mut writer = webhook.storage.write().await?;
        writer.store_update(update_id, chat, harmless.as_deref().unwrap_or(text)).await?;
        writer.commit().await
    }
    .await;
    match stored {
        Ok(()) => StatusCode::OK,
        Err(error) => {
            tracing::error!(update.id = update_id, %error, "an update could not be stored; it will come again");
            StatusCode::SERVICE_UNAVAILABLE
        }
    }
}

#[cfg(test)]
mod tests {
    use axum::http::Request;
    use tower::ServiceExt;

    use super::*;
    use crate::domain::clock::ShiftedClock;

    async fn stage() -> (tempfile::TempDir, Router, Storage) {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}", folder.path().join("tautan.db").display());
        let storage = Storage::open(&url, ShiftedClock::default()).await.unwrap();
        let webhook =
            TelegramWebhook { storage: storage.clone(), secret: "right".to_owned().into(), inline: None };
        (folder, telegram_webhook(webhook), storage)
    }

    async fn post(router: &Router, secret: Option<&str>, body: impl Into<Body>) -> StatusCode {
        let mut request = Request::post(TELEGRAM_WEBHOOK_PATH);
        if let Some(secret) = secret {
            request = request.header(SECRET_HEADER, secret);
        }
        router.clone().oneshot(request.body(body.into()).unwrap()).await.unwrap().status()
    }

    #[tokio::test]
    async fn only_telegram_is_heard_and_an_update_is_stored_once() {
        let (_folder, router, storage) = stage().await;
        let update = r#"{"update_id":7,"brand_new":{"from":{"id":3}}}"#;
        assert_eq!(post(&router, None, update).await, StatusCode::UNAUTHORIZED);
        assert_eq!(post(&router, Some("wrong"), update).await, StatusCode::UNAUTHORIZED);
        assert_eq!(post(&router, Some("right"), update).await, StatusCode::OK);
        assert_eq!(post(&router, Some("right"), update).await, StatusCode::OK);
        let claimed = storage.claim_chat("test", chrono::TimeDelta::seconds(9)).await.unwrap().unwrap();
        assert_eq!(claimed.updates.len(), 1);
        assert_eq!(claimed.updates[0].body, update);
    }

    #[tokio::test]
    async fn garbage_is_taken_off_telegrams_hands_and_floods_are_not() {
        let (_folder, router, _storage) = stage().await;
        assert_eq!(post(&router, Some("right"), "{").await, StatusCode::OK);
        assert_eq!(post(&router, Some("right"), vec![0xff, 0xfe]).await, StatusCode::OK);
        let flood = vec![b' '; UPDATE_BYTES_MAX + 1];
        assert_eq!(post(&router, Some("right"), flood).await, StatusCode::PAYLOAD_TOO_LARGE);
    }

    #[tokio::test]
    async fn an_update_that_never_ends_is_not_waited_for_and_a_strangers_not_begun() {
        let (_folder, router, _storage) = stage().await;
        let endless = || Body::from_stream(futures::stream::pending::<Result<String, std::io::Error>>());
        assert_eq!(post(&router, Some("wrong"), endless()).await, StatusCode::UNAUTHORIZED);
        // From here on the clock goes as fast as nobody has anything to do.
        tokio::time::pause();
        let started = tokio::time::Instant::now();
        assert_eq!(post(&router, Some("right"), endless()).await, StatusCode::REQUEST_TIMEOUT);
        assert_eq!(started.elapsed().as_secs(), 10);
    }

    #[test]
    fn the_secret_follows_from_key_and_token_and_fits_telegram() {
        let secret = webhook_secret(&[1; 32], &"1:A".to_owned().into());
        let other = webhook_secret(&[1; 32], &"1:B".to_owned().into());
        assert_eq!(secret.expose_secret().len(), 64);
        assert!(!Secret::new(secret.expose_secret()).is(other.expose_secret().as_bytes()));
    }
}
