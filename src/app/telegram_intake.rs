//! How this process hears from Telegram, and the little that Telegram is told about the bot itself.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use axum::Router;
use secrecy::{ExposeSecret, SecretString};
use teloxide::Bot;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use url::Url;

use super::config::{Settings, UpdatesBy};
use super::telegram_polling::{self, TelegramPolling};
use super::telegram_webhook::set_webhook;
use super::workers;
use crate::bot::commands;
use crate::messaging::inline_queries::InlineQueue;
use crate::messaging::telegram::Messenger;
use crate::services::Services;
use crate::web::health::PeerHealth;
use crate::web::telegram_webhook::{
    TELEGRAM_WEBHOOK_PATH, TelegramWebhook, telegram_webhook, webhook_secret,
};

/// What `/readyz` calls a bot whose webhook or commands Telegram has not taken.
const INTRODUCTION: &str = "telegram settings";

/// How often Telegram's health is copied to `/readyz`.
const HEALTH_GAP: Duration = Duration::from_secs(5);

/// Starts to hear: polls, or tells Telegram where to call. Gives the routes that Telegram needs
/// here. Telegram being away stops nothing: pages work without it.
///
/// # Errors
/// When the base URL cannot hold the webhook's path.
pub fn start(
    settings: &Settings,
    services: &Services,
    messenger: &Messenger,
    peers: &PeerHealth,
    (tasks, stop): (&TaskTracker, &CancellationToken),
) -> anyhow::Result<Router> {
    let (inline, questions) = InlineQueue::new();
    tasks.spawn(workers::answer_inline(services.clone(), messenger.clone(), questions, stop.clone()));
    let secret = webhook_secret(&settings.master_key.0, &settings.telegram_token);
    let webhook = match settings.telegram_updates {
        UpdatesBy::Polling => None,
        UpdatesBy::Webhook => {
            let url = settings.base_url.join(TELEGRAM_WEBHOOK_PATH.trim_start_matches('/'))?;
            Some((url, secret.clone()))
        }
    };
    if webhook.is_none() {
        let polling = TelegramPolling::new(
            reqwest::Client::new(),
            &settings.telegram_api_url,
            &settings.telegram_token,
            services.storage().clone(),
        )
        .with_inline(inline.clone());
        tasks.spawn(watch(polling.health(), peers.clone(), stop.clone()));
        let stop = stop.clone();
        tasks.spawn(async move { polling.run(stop).await });
    }
    let routes = match &webhook {
        // A route that nobody is to call is one that nobody can flood.
        None => Router::new(),
        Some(_) => telegram_webhook(TelegramWebhook {
            storage: services.storage().clone(),
            secret,
            inline: Some(inline),
        }),
    };
    tasks.spawn(introduce((services.clone(), messenger.clone()), webhook, peers.clone(), stop.clone()));
    Ok(routes)
}

/// The bot's client: connects in 5 s, gives up after 17 s.
///
/// # Errors
/// When TLS cannot be set up.
pub fn bot(settings: &Settings) -> anyhow::Result<Bot> {
    let client = reqwest::Client::builder()
        .connect_timeout(Duration::from_secs(5))
        .timeout(Duration::from_secs(17))
        .tcp_nodelay(true)
        .build()?;
    let token = settings.telegram_token.expose_secret();
    Ok(Bot::with_client(token, client).set_api_url(settings.telegram_api_url.clone()))
}

/// Tells Telegram where to call and which commands there are, until it has heard.
async fn introduce(
    (services, messenger): (Services, Messenger),
    webhook: Option<(Url, SecretString)>,
    peers: PeerHealth,
    stop: CancellationToken,
) {
    let mut failures = 0;
    loop {
        let introduced = async {
            if let Some((url, secret)) = &webhook {
                set_webhook(&messenger, url.clone(), secret).await?;
            }
            if let Some(name) = messenger.username().await {
                services.name_bot(name);
            }
            commands::set(&messenger).await
        };
        let Err(error) = introduced.await else {
            peers.well(INTRODUCTION);
            return;
        };
        tracing::warn!(%error, "telegram does not take what it is told about the bot; trying again");
        peers.troubled(INTRODUCTION, error.to_string());
        tokio::select! {
            () = stop.cancelled() => return,
            () = tokio::time::sleep(telegram_polling::pause(failures)) => {}
        }
        failures += 1;
    }
}

/// Copies the poller's health to where `/readyz` looks.
async fn watch(is_healthy: Arc<AtomicBool>, peers: PeerHealth, stop: CancellationToken) {
    while !stop.is_cancelled() {
        if is_healthy.load(Ordering::Relaxed) {
            peers.well("telegram");
        } else {
            peers.troubled("telegram", "telegram gives no updates");
        }
        tokio::select! {
            () = stop.cancelled() => {}
            () = tokio::time::sleep(HEALTH_GAP) => {}
        }
    }
}
