//! Answers the updates in the inbox: a chat at a time and in order, chats beside each other.
//!
//! An update is done when its answer is out. A crash repeats it, so every action is idempotent; a
//! handler that panics harms no other chat.

use std::panic::AssertUnwindSafe;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use chrono::TimeDelta;
use futures::FutureExt;
use tokio::sync::Mutex;
use tokio_util::sync::CancellationToken;

use super::apologies::{self, Asked, REPEAT_FOR, fault_code};
use super::company::{Lateness, Patience, keeping_company};
use super::intake::{self, Arrival, Incoming};
use super::places::arrival::GroupArrival;
use super::retries::{REST_MAX, TRIES_MAX, rest_before_retry};
use super::routes::{Routes, SharedTalk, routes};
use super::talk::{Closed, Talk};
use super::{BotError, living_cards, places};
use crate::domain::id::TelegramId;
use crate::domain::language::Language;
use crate::messaging::send_error::SendError;
use crate::messaging::telegram::Messenger;
use crate::services::Services;
use crate::storage::{ClaimedChat, StorageError, StoredUpdate};

/// How long a chat is this worker's: longer than the slowest answers may take, below.
const LEASE: TimeDelta = TimeDelta::seconds(60);

/// After this long a worker takes no further update of the chat.
const BUDGET: Duration = Duration::from_secs(20);

/// The longest an answer takes. One that is not complete by then is broken off and given again later,
/// since another worker may take the chat when the lease is over.
const ANSWER_MAX: Duration = Duration::from_secs(30);

/// The longest an apology takes, which comes on top of the answer that failed.
const APOLOGY_MAX: Duration = Duration::from_secs(5);

// The last update is taken when the budget is almost spent, and the database wants its time too.
const _: () = assert!(
    BUDGET.as_secs() + ANSWER_MAX.as_secs() + APOLOGY_MAX.as_secs() < LEASE.num_seconds().unsigned_abs()
);

/// How often the inbox is looked at when nobody rings.
const POLL: Duration = Duration::from_secs(1);

/// Answers updates. Clones work beside each other on different chats.
#[derive(Clone)]
pub struct BotWorker {
    services: Services,
    messenger: Messenger,
    routes: Routes,
    name: String,
    patience: Patience,
}

/// What is to become of an update.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Disposition {
    /// It is answered, or there is no answer to it.
    Done,
    /// It is answered, and that is noted: with where the talk stands now.
    Noted,
    /// Its answer failed, and its person may ask for it again.
    Failed,
    /// Telegram could not be reached, or not in time: again after this rest.
    Later(TimeDelta),
}

impl BotWorker {
    /// A worker; `name` tells it from those of other replicas.
    #[must_use]
    pub fn new(services: Services, messenger: Messenger, name: impl Into<String>) -> Self {
        Self { services, messenger, routes: routes(), name: name.into(), patience: Patience::PEOPLES }
    }

    /// The same worker over another tree.
    #[must_use]
    pub fn with_routes(self, routes: Routes) -> Self {
        Self { routes, ..self }
    }

    /// The same worker for people of another patience.
    #[must_use]
    pub fn with_patience(self, patience: Patience) -> Self {
        Self { patience, ..self }
    }

    /// Works until told to stop; an update that was begun is finished first.
    pub async fn run(&self, stop: CancellationToken) {
        while !stop.is_cancelled() {
            match self.run_once().await {
                Ok(true) => {}
                Ok(false) => self.rest(&stop).await,
                Err(error) => {
                    tracing::error!(%error, "the inbox cannot be read");
                    self.rest(&stop).await;
                }
            }
        }
    }

    /// Takes one chat and answers what waits in it, or draws a card anew; false when nothing waits.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn run_once(&self) -> Result<bool, StorageError> {
        let Some(claimed) = self.services.storage().claim_chat(&self.name, LEASE).await? else {
            return self.draw_card().await;
        };
        if claimed.others_wait {
            // One ring wakes one worker.
            self.services.storage().signals().updates().ring();
        }
        self.work(claimed).await?;
        Ok(true)
    }

    /// Draws one card whose link changed; false when there is none. Answers come first.
    async fn draw_card(&self) -> Result<bool, StorageError> {
        let storage = self.services.storage();
        let Some(card) = storage.claim_card(&self.name, LEASE).await? else { return Ok(false) };
        let messenger = self.messenger.for_outbox();
        if let Err(error) = within(ANSWER_MAX, living_cards::draw(&self.services, &messenger, &card)).await {
            tracing::warn!(chat.id = card.chat.0, %error, "a card could not be drawn");
            storage.defer_card(&card, REST_MAX).await?;
        }
        storage.release_chat(card.chat, &self.name).await?;
        Ok(true)
    }

    async fn rest(&self, stop: &CancellationToken) {
        tokio::select! {
            () = stop.cancelled() => {}
            () = self.services.storage().signals().updates().woken() => {}
            () = tokio::time::sleep(POLL) => {}
        }
    }

    async fn work(&self, claimed: ClaimedChat) -> Result<(), StorageError> {
        let (begun, storage) = (tokio::time::Instant::now(), self.services.storage());
        let mut done = None;
        for update in &claimed.updates {
            // Noted before the next one is begun, and the last one together with the end of the turn.
            if let Some(update_id) = done.take() {
                storage.finish_update(update_id).await?;
            }
            if begun.elapsed() >= BUDGET {
                break;
            }
            match self.answer(claimed.chat, update).await {
                Disposition::Done => done = Some(update.update_id),
                Disposition::Noted => {}
                Disposition::Failed => storage.fail_update(update.update_id, REPEAT_FOR).await?,
                Disposition::Later(rest) => return storage.rest_chat(claimed.chat, &self.name, rest).await,
            }
        }
        storage.end_turn(claimed.chat, &self.name, done).await
    }

    async fn answer(&self, chat: TelegramId, update: &StoredUpdate) -> Disposition {
        if chat.is_shared()
            && let Some(arrival) = places::arrival::read(&update.body)
        {
            return self.answer_group(&arrival, update).await;
        }
        let Some(arrival) = intake::read(&update.body) else {
            tracing::debug!(
                update.id = update.update_id,
                chat.id = chat.0,
                "an update that is not for the bot"
            );
            return Disposition::Done;
        };
        let guess = guessed_language(&arrival);
        if update.tries > TRIES_MAX {
            tracing::error!(update.id = update.update_id, update.tries, "giving an update up");
            let asked = Asked { arrival, update_id: update.update_id, apology: None };
            // It brought the process down each time: not once more.
            self.say_sorry(&asked, (guess, &fault_code()), false).await;
            return Disposition::Done;
        }
        if let Err(error) = self.look_at_standing(chat, &arrival).await {
            tracing::warn!(chat.id = chat.0, %error, "whether a chat may be spoken in is not known");
        }
        let storage = self.services.storage();
        let asked = match Asked::find(storage, chat, update.update_id, &arrival).await {
            Ok(Some(asked)) => asked,
            Ok(None) => {
                let language = self.language_of(&arrival).await;
                self.briefly(chat, apologies::say_too_late(&self.messenger, &arrival, language)).await;
                return Disposition::Done;
            }
            Err(error) => {
                let asked = Asked::unknown(arrival, update.update_id);
                return self.handle_fault(&asked, guess, update, error.into()).await;
            }
        };
        Box::pin(self.give_answer(&asked, update)).await
    }

    async fn give_answer(&self, asked: &Asked, update: &StoredUpdate) -> Disposition {
        let chat = asked.arrival.person;
        let spoken = OnceLock::new();
        if asked.apology.is_some() {
            let language = self.language_of(&asked.arrival).await;
            self.briefly(chat, apologies::say_trying(&self.messenger, asked, language)).await;
        }
        let language = || spoken.get().copied().unwrap_or_else(|| guessed_language(&asked.arrival));
        // On the heap: what an answer needs is not moved from frame to frame.
        let dispatched = Box::pin(self.dispatch(asked, update.update_id, &spoken));
        let closed = match within(ANSWER_MAX, dispatched).await {
            Ok(closed) => closed,
            Err(error) => return self.handle_fault(asked, language(), update, error).await,
        };
        if let Some(apology) = asked.apology {
            if let Err(error) = self.services.storage().was_repeated(asked.update_id).await {
                tracing::warn!(chat.id = chat.0, %error, "that an answer was given again is not noted");
            }
            if !closed.drawn.contains(&apology.0) {
                self.briefly(chat, apologies::say_repeated(&self.messenger, asked, language())).await;
            }
        }
        if closed.is_noted { Disposition::Noted } else { Disposition::Done }
    }

    /// What the bot speaks with the person, as far as the shop can be asked.
    async fn language_of(&self, arrival: &Arrival) -> Language {
        let seat = self.services.seat(arrival.person).await.ok().flatten();
        seat.map_or_else(|| guessed_language(arrival), |seat| seat.member.language)
    }

    /// Groups hear no apologies: what fails there is tried again or let go.
    async fn answer_group(&self, arrival: &GroupArrival, update: &StoredUpdate) -> Disposition {
        let (update_id, chat) = (update.update_id, arrival.spot.chat.0);
        if update.tries > TRIES_MAX {
            tracing::error!(update.id = update_id, update.tries, "giving an update up");
            return Disposition::Done;
        }
        let answering = places::in_group::answer(&self.services, &self.messenger, arrival);
        let Err(error) = within(ANSWER_MAX, answering).await else { return Disposition::Done };
        match rest_before_retry(&error, update.tries) {
            Some(rest) => {
                tracing::warn!(update.id = update_id, chat.id = chat, %error, "a group is answered later");
                Disposition::Later(rest)
            }
            None => {
                tracing::warn!(update.id = update_id, chat.id = chat, %error, "a group is not answered");
                Disposition::Done
            }
        }
    }

    /// Whoever speaks is there again, and Telegram's wish to be left alone counts also when another
    /// replica was asked.
    async fn look_at_standing(&self, chat: TelegramId, arrival: &Arrival) -> Result<(), StorageError> {
        let storage = self.services.storage();
        let Some(standing) = storage.read().await?.chat_standing(chat).await? else { return Ok(()) };
        if let Some(held_until) = standing.held_until {
            let wait = held_until - storage.now().await?;
            if wait > TimeDelta::zero() {
                self.messenger.pacer().recall_hold(chat, wait);
            }
        }
        // Who blocked the bot may still send its links elsewhere.
        let is_elsewhere = matches!(arrival.incoming, Incoming::Blocked(true) | Incoming::Chosen(_));
        if standing.is_unreachable && !is_elsewhere {
            storage.welcome_back(chat).await?;
        }
        Ok(())
    }

    /// Answers; notes what the bot speaks with the person as soon as that is known.
    async fn dispatch(
        &self,
        asked: &Asked,
        update_id: i64,
        spoken: &OnceLock<Language>,
    ) -> Result<Closed, BotError> {
        let messenger = self.messenger.for_answer();
        let arrival = &asked.arrival;
        let mut talk = Talk::open(self.services.clone(), messenger.clone(), arrival, asked.update_id).await?;
        let (language, lateness) = (talk.language, Lateness::default());
        spoken.get_or_init(|| language);
        talk.lateness = Lateness::clone(&lateness);
        let talk: SharedTalk = Arc::new(Mutex::new(talk));
        let dependencies = dptree::deps![Arc::clone(&talk), arrival.incoming.clone()];
        let work = Box::pin(async {
            if let std::ops::ControlFlow::Break(outcome) = self.routes.dispatch(dependencies).await {
                outcome?;
            }
            talk.lock().await.close(update_id).await
        });
        // Who blocks the bot, or sent something elsewhere, is not looking.
        if matches!(arrival.incoming, Incoming::Blocked(_) | Incoming::Chosen(_)) {
            return work.await;
        }
        keeping_company(&messenger, (arrival.person, language), (self.patience, &lateness), work).await
    }

    /// Says so where the person can do something about it, and logs once.
    async fn handle_fault(
        &self,
        asked: &Asked,
        language: Language,
        update: &StoredUpdate,
        error: BotError,
    ) -> Disposition {
        let (update_id, chat) = (update.update_id, asked.arrival.person.0);
        if let Some(rest) = rest_before_retry(&error, update.tries) {
            tracing::warn!(update.id = update_id, chat.id = chat, %error, "an answer is given later");
            return Disposition::Later(rest);
        }
        match error {
            BotError::Send(SendError::DestinationDead(reason)) => {
                tracing::info!(update.id = update_id, chat.id = chat, reason, "nobody to answer");
                Disposition::Done
            }
            _ => {
                let code = fault_code();
                tracing::error!(update.id = update_id, chat.id = chat, fault.code = code, %error, "a talk broke off");
                self.say_sorry(asked, (language, &code), true).await;
                // What is asked for again keeps its own row.
                if asked.apology.is_some() { Disposition::Done } else { Disposition::Failed }
            }
        }
    }

    async fn say_sorry(&self, asked: &Asked, (language, code): (Language, &str), may_repeat: bool) {
        let apology = apologies::say_sorry(&self.messenger, asked, (language, code), may_repeat);
        self.briefly(asked.arrival.person, apology).await;
    }

    /// Says something that nothing depends on.
    async fn briefly(&self, chat: TelegramId, saying: impl Future<Output = Result<(), SendError>>) {
        let saying = async { saying.await.map_err(BotError::from) };
        if let Err(error) = within(APOLOGY_MAX, saying).await {
            tracing::warn!(chat.id = chat.0, %error, "a word about a failure did not go out");
        }
    }
}

impl std::fmt::Debug for BotWorker {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("BotWorker").field("name", &self.name).finish_non_exhaustive()
    }
}

/// Breaks off what takes too long, and keeps a panic from going further.
async fn within<Given>(
    limit: Duration,
    work: impl Future<Output = Result<Given, BotError>>,
) -> Result<Given, BotError> {
    match tokio::time::timeout(limit, AssertUnwindSafe(work).catch_unwind()).await {
        Ok(Ok(outcome)) => outcome,
        Ok(Err(_panic)) => Err(BotError::HandlerPanicked),
        Err(_elapsed) => Err(BotError::TookTooLong),
    }
}

/// What the person's app speaks, for when the shop cannot be asked.
fn guessed_language(arrival: &Arrival) -> Language {
    Language::guess(arrival.language_code.as_deref())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn an_answer_that_does_not_come_is_broken_off_before_the_lease_ends() {
        let begun = tokio::time::Instant::now();
        let outcome = within(ANSWER_MAX, std::future::pending::<Result<(), BotError>>()).await;
        assert!(matches!(outcome, Err(BotError::TookTooLong)), "{outcome:?}");
        assert_eq!(begun.elapsed().as_secs(), 30);
    }

    #[tokio::test]
    async fn a_panic_goes_no_further() {
        let outcome = within::<()>(ANSWER_MAX, async { panic!("on purpose") }).await;
        assert!(matches!(outcome, Err(BotError::HandlerPanicked)), "{outcome:?}");
    }
}
