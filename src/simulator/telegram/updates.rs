//! Getting updates by asking: the long poll and its conflicts.

use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tokio::time::sleep_until;

use super::{Inner, bot_api::Answer, params::Params, refusal::Refusal, world::World};

/// Waits up to `timeout` seconds for updates from `offset` on; a newer poll ends this one.
pub(super) async fn get_updates(inner: &Inner, token: &str, params: &Params) -> Answer {
    let mut changed = inner.changed.subscribe();
    let generation = inner.change(|world| begin(world, token, params))?;
    let seconds = params.int("timeout").and_then(|seconds| u64::try_from(seconds).ok()).unwrap_or(0).min(50);
    let deadline = Instant::now() + Duration::from_secs(seconds);
    loop {
        changed.mark_unchanged();
        let (found, next) = inner.look(|world| collect(world, token, params, generation))?;
        if !found.is_empty() || Instant::now() >= deadline {
            return Ok(Value::Array(found));
        }
        let wake = next.map_or(deadline, |next| next.min(deadline));
        tokio::select! {
            _ = changed.changed() => {}
            () = sleep_until(wake.into()) => {}
            () = inner.closed.cancelled() => return Ok(json!([])),
        }
    }
}

fn begin(world: &mut World, token: &str, params: &Params) -> Result<u64, Refusal> {
    let bot = world.bot(token);
    if bot.webhook.is_some() {
        return Err(Refusal::plain(
            409,
            "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
        ));
    }
    if let Some(allowed) = params.texts("allowed_updates") {
        bot.allowed = Some(allowed);
    }
    if let Some(offset) = params.int("offset") {
        if offset < 0 {
            let kept = usize::try_from(-offset).unwrap_or(usize::MAX);
            let forgotten = bot.pending.len().saturating_sub(kept);
            bot.pending.drain(..forgotten);
        } else {
            bot.pending.retain(|update| update.update_id >= offset || (update.late && !update.delivered));
        }
    }
    bot.generation += 1;
    let generation = bot.generation;
    token.clone_into(&mut world.latest);
    Ok(generation)
}

type Found = (Vec<Value>, Option<Instant>);

fn collect(world: &mut World, token: &str, params: &Params, generation: u64) -> Result<Found, Refusal> {
    let bot = world.bot(token);
    if bot.generation != generation {
        let who = if bot.webhook.is_some() { "setWebhook request" } else { "other getUpdates request" };
        return Err(Refusal::plain(
            409,
            format!("Conflict: terminated by {who}; make sure that only one bot instance is running"),
        ));
    }
    drop_unwanted(bot);
    let limit =
        params.int("limit").and_then(|limit| usize::try_from(limit).ok()).unwrap_or(100).clamp(1, 100);
    let now = Instant::now();
    let mut found = Vec::new();
    for update in bot.pending.iter_mut().filter(|update| !update.held && update.not_before <= now).take(limit)
    {
        update.delivered = true;
        for _ in 0..update.copies {
            found.push(update.value.clone());
        }
    }
    let next = bot.pending.iter().filter(|update| !update.held).map(|update| update.not_before).min();
    Ok((found, next))
}

/// Telegram never queues what a bot did not ask for.
pub(super) fn drop_unwanted(bot: &mut super::world::Bot) {
    if let Some(allowed) = bot.allowed.as_ref().filter(|allowed| !allowed.is_empty()) {
        bot.pending.retain(|update| allowed.iter().any(|kind| kind == update.kind));
    }
}
