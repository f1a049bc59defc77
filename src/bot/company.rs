//! What a person sees while an answer is being made: that something happens, and when it takes long, that it
//! does.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use crate::domain::id::TelegramId;
use crate::domain::language::Language;
use crate::messaging::card::Card;
use crate::messaging::telegram::Messenger;
use crate::messaging::texts::say;

/// How long people wait before they are shown something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Patience {
    /// From here on the chat shows that the bot is at work.
    pub quiet: Duration,
    /// From here on it is said, and the answer comes as a message of its own.
    pub unsaid: Duration,
}

/// Telegram shows an action for five seconds.
const SHOWN_FOR: Duration = Duration::from_millis(4_500);

/// Whether the answer is late, shared with who gives it.
pub type Lateness = Arc<AtomicBool>;

impl Patience {
    /// What people have.
    pub const PEOPLES: Self = Self { quiet: Duration::from_millis(300), unsaid: Duration::from_secs(10) };
}

/// Does the work, and keeps the person company meanwhile.
pub async fn keeping_company<Outcome>(
    messenger: &Messenger,
    (person, language): (TelegramId, Language),
    (patience, lateness): (Patience, &Lateness),
    work: impl Future<Output = Outcome>,
) -> Outcome {
    tokio::select! {
        biased;
        outcome = work => outcome,
        never = company(messenger, (person, language), (patience, lateness)) => match never {},
    }
}

async fn company(
    messenger: &Messenger,
    (person, language): (TelegramId, Language),
    (patience, lateness): (Patience, &Lateness),
) -> std::convert::Infallible {
    let begun = tokio::time::Instant::now();
    tokio::time::sleep(patience.quiet).await;
    loop {
        messenger.show_busy(person).await;
        let unsaid = !lateness.load(Ordering::Relaxed);
        let next =
            if unsaid { SHOWN_FOR.min(patience.unsaid.saturating_sub(begun.elapsed())) } else { SHOWN_FOR };
        tokio::time::sleep(next).await;
        if unsaid && begun.elapsed() >= patience.unsaid {
            // Set first: the answer must not take the place of what it comes after.
            lateness.store(true, Ordering::Relaxed);
            let card = Card::new(say(language, "still-working")).silent();
            if let Err(error) = messenger.send(person, &card).await {
                tracing::debug!(chat.id = person.0, %error, "that it takes long is not said");
            }
        }
    }
}
