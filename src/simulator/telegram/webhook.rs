//! Pushing updates: in order for each chat, again and again until a 2xx comes back.

use std::{
    collections::HashSet,
    sync::Arc,
    time::{Duration, Instant},
};

use serde_json::{Value, json};
use tokio::time::sleep_until;

use super::{
    Inner,
    bot_api::Answer,
    journal::unix_seconds,
    params::Params,
    refusal::Refusal,
    updates::drop_unwanted,
    world::{Webhook, World},
};

/// `setWebhook`; an empty address takes the webhook away.
pub(super) fn set(inner: &Arc<Inner>, token: &str, params: &Params) -> Answer {
    let address = params.text("url").unwrap_or_default();
    if address.is_empty() {
        return delete(inner, token, params);
    }
    let secret = params.text("secret_token");
    if let Some(secret) = &secret {
        let allowed = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
        if secret.is_empty() || secret.len() > 256 || !secret.chars().all(allowed) {
            return Err(Refusal::bad("secret token contains unallowed characters"));
        }
    }
    if !acceptable(&address) {
        return Err(Refusal::bad("bad webhook: An HTTPS URL must be provided for webhook"));
    }
    let max_connections = params.int("max_connections").unwrap_or(40).clamp(1, 100);
    let generation = inner.change(|world| {
        forget_pending(world, token, params);
        let bot = world.bot(token);
        if let Some(allowed) = params.texts("allowed_updates") {
            bot.allowed = Some(allowed);
        }
        bot.webhook = Some(Webhook { url: address, secret, max_connections, last_error: None });
        bot.generation += 1;
        bot.pending.iter_mut().for_each(|update| update.in_flight = false);
        let generation = bot.generation;
        token.clone_into(&mut world.latest);
        generation
    });
    tokio::spawn(push(inner.clone(), token.to_owned(), generation));
    Ok(json!(true))
}

/// `deleteWebhook`.
pub(super) fn delete(inner: &Inner, token: &str, params: &Params) -> Answer {
    inner.change(|world| {
        forget_pending(world, token, params);
        let bot = world.bot(token);
        if bot.webhook.take().is_some() {
            bot.generation += 1;
            bot.pending.iter_mut().for_each(|update| update.in_flight = false);
        }
    });
    Ok(json!(true))
}

/// `getWebhookInfo`.
pub(super) fn info(world: &mut World, token: &str) -> Value {
    let bot = world.bot(token);
    let hook = bot.webhook.clone().unwrap_or_default();
    let mut info = json!({
        "url": hook.url, "has_custom_certificate": false, "pending_update_count": bot.pending.len(),
    });
    if bot.webhook.is_some() {
        info["max_connections"] = json!(hook.max_connections);
        info["ip_address"] = json!("127.0.0.1");
    }
    if let Some(allowed) = &bot.allowed {
        info["allowed_updates"] = json!(allowed);
    }
    if let Some((date, message)) = hook.last_error {
        info["last_error_date"] = json!(date);
        info["last_error_message"] = json!(message);
    }
    info
}

fn forget_pending(world: &mut World, token: &str, params: &Params) {
    if params.flag("drop_pending_updates") {
        world.bot(token).pending.clear();
    }
}

/// Telegram wants HTTPS; plain HTTP passes only to this machine.
fn acceptable(address: &str) -> bool {
    let Ok(parsed) = url::Url::parse(address) else { return false };
    let loopback = match parsed.host() {
        Some(url::Host::Ipv4(host)) => host.is_loopback(),
        Some(url::Host::Ipv6(host)) => host.is_loopback(),
        Some(url::Host::Domain(host)) => host == "localhost",
        None => false,
    };
    parsed.scheme() == "https" || (parsed.scheme() == "http" && loopback)
}

struct Delivery {
    update_id: i64,
    value: Value,
    hook: Webhook,
}

async fn push(inner: Arc<Inner>, token: String, generation: u64) {
    let mut changed = inner.changed.subscribe();
    loop {
        changed.mark_unchanged();
        let Some((ready, next)) = inner.look(|world| take_ready(world, &token, generation)) else { return };
        for delivery in ready {
            tokio::spawn(deliver(inner.clone(), token.clone(), delivery));
        }
        let wake = next.unwrap_or_else(|| Instant::now() + Duration::from_secs(3600));
        tokio::select! {
            _ = changed.changed() => {}
            () = sleep_until(wake.into()) => {}
            () = inner.closed.cancelled() => return,
        }
    }
}

/// The first waiting update of each chat that has none on its way; `None` ends the pusher.
fn take_ready(world: &mut World, token: &str, generation: u64) -> Option<(Vec<Delivery>, Option<Instant>)> {
    let bot = world.bot(token);
    if bot.generation != generation {
        return None;
    }
    let hook = bot.webhook.clone()?;
    drop_unwanted(bot);
    let now = Instant::now();
    let (mut ready, mut next) = (Vec::new(), None::<Instant>);
    let mut busy: HashSet<i64> =
        bot.pending.iter().filter(|update| update.in_flight).map(|update| update.chat).collect();
    for update in bot.pending.iter_mut().filter(|update| !update.held) {
        if !busy.insert(update.chat) {
            continue;
        }
        if update.not_before > now {
            next = Some(next.map_or(update.not_before, |next| next.min(update.not_before)));
            continue;
        }
        update.in_flight = true;
        ready.push(Delivery { update_id: update.update_id, value: update.value.clone(), hook: hook.clone() });
    }
    Some((ready, next))
}

async fn deliver(inner: Arc<Inner>, token: String, delivery: Delivery) {
    let mut request = inner.http.post(&delivery.hook.url).json(&delivery.value);
    if let Some(secret) = &delivery.hook.secret {
        request = request.header("X-Telegram-Bot-Api-Secret-Token", secret);
    }
    let failure = match request.send().await {
        Ok(answer) if answer.status().is_success() => None,
        Ok(answer) => Some(format!("Wrong response from the webhook: {}", answer.status())),
        Err(_) => Some("Connection refused".to_owned()),
    };
    inner.change(|world| {
        let schedule = world.retry_schedule.clone();
        let bot = world.bot(&token);
        let Some(index) = bot.pending.iter().position(|update| update.update_id == delivery.update_id) else {
            return;
        };
        let update = &mut bot.pending[index];
        update.in_flight = false;
        match failure {
            None if update.copies > 1 => update.copies -= 1,
            None => {
                bot.pending.remove(index);
            }
            Some(message) => {
                let wait = schedule.get(update.attempts).or(schedule.last()).copied().unwrap_or_default();
                update.attempts += 1;
                update.not_before = Instant::now() + wait;
                if let Some(hook) = &mut bot.webhook {
                    hook.last_error = Some((unix_seconds(), message));
                }
            }
        }
    });
}
