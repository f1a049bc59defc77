//! Makes the links of files whose sellers said so, some at a time, and tells how far it is and what came of it.
//! Whoever takes a file up goes on where the last one stopped.

use chrono::TimeDelta;
use tokio_util::sync::CancellationToken;

use super::cards::{progress_card, result_card, told_card};
use super::reading::plain_reason;
use super::result_file::{result, result_name};
use crate::bot::BotError;
use crate::bot::links::confirm_card::creation_refusal;
use crate::bot::links::wording::Reader;
use crate::domain::link_import::LinkImport;
use crate::messaging::card::Card;
use crate::messaging::send_error::SendError;
use crate::messaging::telegram::{Document, MessageId, Messenger};
use crate::services::Services;
use crate::services::merchants::Seat;

/// How long a file is one worker's: longer than some rows and a changed card may take.
const LEASE: TimeDelta = TimeDelta::seconds(60);

/// The same while the result goes out, which may take three minutes.
const LEASE_TO_TELL: TimeDelta = TimeDelta::seconds(240);

/// Rows that are made between two looks at the clock and the lease.
const ROWS_AT_ONCE: i64 = 20;

/// How often the card that shows the progress is changed at most.
const SHOW_GAP: TimeDelta = TimeDelta::seconds(3);

/// How long a file rests when Telegram could not be reached, or something failed.
const REST: TimeDelta = TimeDelta::seconds(15);

/// Takes up one file, makes what is left of it and tells its seller; false when none is due. A stop leaves the
/// rest to whoever starts next.
///
/// # Errors
/// When the database cannot be asked; the file is due again after a rest.
pub async fn make_once(
    services: &Services,
    messenger: &Messenger,
    worker: &str,
    stop: &CancellationToken,
) -> Result<bool, BotError> {
    let Some(import) = services.storage().claim_import(worker, LEASE).await? else { return Ok(false) };
    let outcome = Making { services, messenger, worker, import: &import }.run(stop).await;
    let rest = match outcome {
        Ok(()) => return Ok(true),
        Err(BotError::Send(SendError::RetryAfter(wait))) => wait,
        Err(BotError::Send(error @ (SendError::Unreachable(_) | SendError::Unauthorized))) => {
            tracing::warn!(chat.id = import.person.0, %error, "the result of a file is told later");
            REST
        }
        Err(BotError::Send(error)) => {
            // Nobody to tell, or nothing that Telegram takes: the links are there all the same.
            tracing::warn!(chat.id = import.person.0, %error, "the result of a file is not told");
            services.finish_import(import.id).await?;
            return Ok(true);
        }
        Err(error) => {
            tracing::error!(chat.id = import.person.0, %error, "a file of links is gone on with later");
            REST
        }
    };
    services.storage().defer_import(import.id, worker, rest).await?;
    Ok(true)
}

struct Making<'a> {
    services: &'a Services,
    messenger: &'a Messenger,
    worker: &'a str,
    import: &'a LinkImport,
}

impl Making<'_> {
    async fn run(&self, stop: &CancellationToken) -> Result<(), BotError> {
        let import = self.import;
        let Some(seat) = self.services.seat_in(import.person, import.merchant_id).await? else {
            // Whoever left the shop makes no more links for it, and is told nothing of it.
            self.services.finish_import(import.id).await?;
            return Ok(());
        };
        let reader = Reader {
            person: import.person,
            language: seat.member.language,
            zone: seat.merchant.time_zone,
            now: self.services.clock().now(),
            writes_letters: self.services.writes_letters(),
        };
        let say = |draft: &_, refusal: &_| plain_reason(&creation_refusal(&reader, draft, refusal));
        let mut shown_at = reader.now;
        while self.services.make_some_of_import(&seat, import, ROWS_AT_ONCE, say).await? > 0 {
            let wait = if stop.is_cancelled() { TimeDelta::zero() } else { LEASE };
            let is_ours = self.services.storage().defer_import(import.id, self.worker, wait).await?;
            if stop.is_cancelled() || !is_ours {
                return Ok(());
            }
            let now = self.services.clock().now();
            if now - shown_at >= SHOW_GAP {
                shown_at = now;
                self.show_progress(&reader).await?;
            }
        }
        let is_ours = self.services.storage().defer_import(import.id, self.worker, LEASE_TO_TELL).await?;
        if is_ours { self.tell(&seat, &reader).await } else { Ok(()) }
    }

    /// Nothing depends on it: what Telegram does not take now, the next one shows.
    async fn show_progress(&self, reader: &Reader) -> Result<(), BotError> {
        let view = self.services.view_import(self.import.clone()).await?;
        if view.counts.waiting > 0 {
            self.amend(&self.messenger.for_outbox(), &progress_card(reader, &view)).await;
        }
        Ok(())
    }

    /// The file first: whoever is told twice after a crash has at least been told.
    async fn tell(&self, seat: &Seat, reader: &Reader) -> Result<(), BotError> {
        let view = self.services.view_import(self.import.clone()).await?;
        let rows = self.services.import_rows(self.import.id).await?;
        let document = Document {
            name: result_name(reader, &self.import.file_name),
            bytes: result(reader, self.import, &rows, |slug| self.services.link_url(slug)),
        };
        let card = result_card(reader, seat.merchant.name.as_str(), &view);
        self.messenger.send_document(self.import.person, document, &card).await?;
        self.amend(self.messenger, &told_card(reader, &view)).await;
        self.services.finish_import(self.import.id).await?;
        Ok(())
    }

    async fn amend(&self, messenger: &Messenger, card: &Card) {
        let Some(message) = self.import.card.map(MessageId) else { return };
        if let Err(error) = messenger.amend(self.import.person, message, card).await {
            tracing::debug!(chat.id = self.import.person.0, %error, "the progress of a file is not shown");
        }
    }
}
