//! Delivering what waits in the outbox, chat by chat: read what is true now, say it in the reader's
//! language, send it, and note what became of it.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use chrono::TimeDelta;

use super::{ServiceError, Services};
use crate::domain::back_off::BackOff;
use crate::domain::burst::{Burst, BurstKey, Step, Waiting, next_step};
use crate::domain::id::{NotificationId, TelegramId};
use crate::domain::notification::{Notification, NotificationKind, SellerMessage};
use crate::messaging::gateway_cards::form_used_card;
use crate::messaging::payment_lists::{MISSED_LINES_MAX, missed_list};
use crate::messaging::send_error::SendError;
use crate::messaging::telegram::{Amended, MessageId, Messenger};
use crate::storage::{ClaimedQueue, QueueClaim, Settlement, WaitingNotification};

mod places;
mod wording;

/// How long a chat is this process's. Short, so that what a crash left behind is taken up within
/// seconds; while Telegram has a message, the lease is renewed.
const LEASE: TimeDelta = TimeDelta::milliseconds(3_500);

/// How often a lease is renewed.
const RENEWAL: Duration = Duration::from_secs(1);

/// How long a message waits that may not have arrived.
const BACK_OFF: BackOff = BackOff { shortest: TimeDelta::seconds(1), longest: TimeDelta::seconds(60) };

/// How long to wait while the token is refused: only the operator can mend that.
const TOKEN_GAP: TimeDelta = TimeDelta::minutes(1);

/// How often it is tried to note what was sent, while the database is away: what is not noted is sent
/// twice.
const NOTE_TRIES: u32 = 12;

/// The longest wait for the chat's turn, for a change that nothing depends on.
const FORM_CARD_PATIENCE: Duration = Duration::from_secs(2);

/// What a delivery of one step came to.
enum Outcome {
    Told {
        ids: Vec<NotificationId>,
        message_id: i64,
        burst: Option<Burst>,
    },
    /// What it speaks of is gone.
    Void(Vec<NotificationId>),
    /// The list is gone: its further lines begin another.
    ListGone(BurstKey),
    Failed {
        ids: Vec<NotificationId>,
        error: SendError,
    },
}

/// Chats that this process is speaking in. A lease that ended while the database was away does not
/// let a second worker of the same process in.
#[derive(Debug, Clone, Default)]
pub(crate) struct Speaking(Arc<Mutex<HashSet<TelegramId>>>);

/// One chat being spoken in, until this is dropped.
#[derive(Debug)]
struct Turn(Speaking, TelegramId);

impl Services {
    /// Takes a chat that is due, for [`Services::deliver`].
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn claim_delivery(&self, worker: &str) -> Result<QueueClaim, ServiceError> {
        Ok(self.storage.claim_queue(worker, LEASE).await?)
    }

    /// Does the next step in a claimed chat and gives it back.
    ///
    /// # Errors
    /// When the database cannot be asked; the message goes out when the lease ends.
    pub async fn deliver(
        &self,
        messenger: &Messenger,
        worker: &str,
        queue: ClaimedQueue,
    ) -> Result<(), ServiceError> {
        let Some(_turn) = self.speaking.begin(queue.chat) else { return Ok(()) };
        let missed = |message: &WaitingNotification| {
            queue.returned_at.is_some_and(|returned| message.notification.created_at <= returned)
        };
        let waiting: Vec<Waiting> =
            queue.waiting.iter().map(|message| as_waiting(message, missed(message))).collect();
        let step = next_step(&waiting, &queue.bursts, queue.now);
        let delivering = self.take_step(messenger, &queue, step.clone());
        match self.while_leased(queue.chat, worker, delivering).await? {
            Ok(outcome) => self.note(messenger, worker, &queue, outcome).await,
            Err(settlement) => self.settle(queue.chat, worker, settlement).await,
        }
    }

    /// Sends what the step says; a settlement at once when there is nothing to send.
    async fn take_step(
        &self,
        messenger: &Messenger,
        queue: &ClaimedQueue,
        step: Step,
    ) -> Result<Result<Outcome, Settlement<'static>>, ServiceError> {
        let outcome = match step {
            Step::Nothing => return Ok(Err(Settlement::Idle)),
            Step::Rest(until) => return Ok(Err(Settlement::Resting(until))),
            Step::Alone(index) => self.send_alone(messenger, queue, index, None).await?,
            Step::Ring(index, key) => {
                let burst = Burst::after_ring(&queue.bursts, key, queue.now);
                self.send_alone(messenger, queue, index, Some(burst)).await?
            }
            Step::NewList { lines, key, rings } => {
                let lines = pick(queue, &lines);
                self.send_list(messenger, queue, (key, rings), &lines).await?
            }
            Step::MoreLines { lines, key, list } => {
                let lines = pick(queue, &lines);
                self.add_lines(messenger, queue, (key, list.message_id), &lines).await?
            }
            Step::Missed(indexes) => self.send_missed(messenger, queue, &pick(queue, &indexes)).await?,
        };
        Ok(Ok(outcome))
    }

    async fn send_alone(
        &self,
        messenger: &Messenger,
        queue: &ClaimedQueue,
        index: usize,
        burst: Option<Burst>,
    ) -> Result<Outcome, ServiceError> {
        let Some(message) = queue.waiting.get(index) else { return Ok(Outcome::Void(Vec::new())) };
        let ids = vec![message.notification.id];
        let Some(card) = self.say(&message.notification).await? else { return Ok(Outcome::Void(ids)) };
        let sent = messenger.send(queue.chat, &card).await;
        if let SellerMessage::KeysConnected { card: Some(led_there), .. } = &message.notification.message
            && sent.is_ok()
        {
            self.close_form_card(messenger, &message.notification, MessageId(*led_there)).await;
        }
        Ok(told(sent, ids, |_| burst))
    }

    /// The form that a card leads to is used up, and the card says so. Nothing depends on it: what was sent
    /// before must be noted, whatever comes of this.
    async fn close_form_card(
        &self,
        messenger: &Messenger,
        notification: &Notification,
        led_there: MessageId,
    ) {
        let chat = notification.chat;
        let Ok(language) = self.reader_language(notification.merchant_id, chat).await else { return };
        let Ok(mut reader) = self.storage.read().await else { return };
        let Ok(Some(merchant)) = reader.merchant(notification.merchant_id).await else { return };
        drop(reader);
        let pause = messenger.pacer().pause(chat).to_std().unwrap_or_default();
        tokio::time::sleep(pause.min(FORM_CARD_PATIENCE)).await;
        let amended = messenger.amend(chat, led_there, &form_used_card(&merchant, language)).await;
        tracing::debug!(chat.id = chat.0, ?amended, "a form was used, and its card told so");
    }

    async fn send_list(
        &self,
        messenger: &Messenger,
        queue: &ClaimedQueue,
        (key, rings): (BurstKey, bool),
        lines: &[WaitingNotification],
    ) -> Result<Outcome, ServiceError> {
        let ids = ids_of(lines);
        let Some(card) = self.say_burst(queue.chat, key.merchant_id, lines, rings).await? else {
            return Ok(Outcome::Void(ids));
        };
        let sent = messenger.send(queue.chat, &card).await;
        Ok(told(sent, ids, |message_id| Some(Burst::after_list(key, message_id, lines.len(), queue.now))))
    }

    /// Changes the list so that it has the new lines too. Repeating it changes nothing more.
    async fn add_lines(
        &self,
        messenger: &Messenger,
        queue: &ClaimedQueue,
        (key, message_id): (BurstKey, i64),
        more: &[WaitingNotification],
    ) -> Result<Outcome, ServiceError> {
        let ids = ids_of(more);
        let mut lines = self.storage.read().await?.told_by_message(queue.chat, message_id).await?;
        lines.extend_from_slice(more);
        let Some(card) = self.say_burst(queue.chat, key.merchant_id, &lines, false).await? else {
            return Ok(Outcome::Void(ids));
        };
        let amended = messenger.amend(queue.chat, MessageId(message_id), &card).await;
        if amended == Ok(Amended::Gone) {
            return Ok(Outcome::ListGone(key));
        }
        let burst = Burst::after_list(key, message_id, lines.len(), queue.now);
        Ok(told(amended.map(|_| MessageId(message_id)), ids, |_| Some(burst)))
    }

    async fn send_missed(
        &self,
        messenger: &Messenger,
        queue: &ClaimedQueue,
        missed: &[WaitingNotification],
    ) -> Result<Outcome, ServiceError> {
        let mut lines = Vec::new();
        for message in missed.iter().rev() {
            if lines.len() == MISSED_LINES_MAX {
                break;
            }
            lines.extend(self.missed_line(message).await?);
        }
        let Some(first) = missed.first().filter(|_| !lines.is_empty()) else {
            return Ok(Outcome::Void(ids_of(missed)));
        };
        let language = self.reader_language(first.notification.merchant_id, queue.chat).await?;
        let card = missed_list(&lines, missed.len(), language);
        Ok(told(messenger.send(queue.chat, &card).await, ids_of(missed), |_| None))
    }
}

/// Noting what became of it.
impl Services {
    async fn note(
        &self,
        messenger: &Messenger,
        worker: &str,
        queue: &ClaimedQueue,
        outcome: Outcome,
    ) -> Result<(), ServiceError> {
        let chat = queue.chat;
        match outcome {
            Outcome::Told { ids, message_id, burst } => {
                let pause = messenger.pacer().pause(chat);
                self.settle(chat, worker, Settlement::Told { ids: &ids, message_id, burst, pause }).await
            }
            Outcome::Void(ids) => {
                let failure = "what it speaks of is gone";
                self.settle(chat, worker, Settlement::GivenUp { ids: &ids, failure }).await
            }
            Outcome::ListGone(key) => {
                // A burst that rang and has no list: the waiting lines begin one.
                let burst = Burst::without_list(key, queue.now);
                let pause = messenger.pacer().pause(chat);
                let settlement = Settlement::Told { ids: &[], message_id: 0, burst: Some(burst), pause };
                self.settle(chat, worker, settlement).await
            }
            Outcome::Failed { ids, error } => self.note_failure(worker, queue, &ids, error).await,
        }
    }

    async fn note_failure(
        &self,
        worker: &str,
        queue: &ClaimedQueue,
        ids: &[NotificationId],
        error: SendError,
    ) -> Result<(), ServiceError> {
        let failure = error.to_string();
        let settlement = match error {
            SendError::RetryAfter(wait) => Settlement::Held(wait),
            SendError::DestinationDead(_) if queue.chat.is_shared() => {
                self.note_lost_place(queue, ids, &error).await?
            }
            SendError::DestinationDead(_) => {
                tracing::info!(chat.id = queue.chat.0, failure, "nobody is there; what waits is kept");
                Settlement::Unreachable
            }
            SendError::Migrated(new) => {
                tracing::info!(chat.id = queue.chat.0, new.id = new.0, "a chat has a new id");
                Settlement::Moved(new)
            }
            SendError::Malformed(_) => {
                tracing::error!(chat.id = queue.chat.0, failure, "a message cannot be delivered");
                let is_tried = |message: &&WaitingNotification| ids.contains(&message.notification.id);
                let mut tried = queue.waiting.iter().filter(is_tried);
                // A list that is refused must not take its payments with it: each is tried on its own.
                if tried.any(|message| message.notification.kind != NotificationKind::Decision) {
                    Settlement::Apart { ids }
                } else {
                    Settlement::GivenUp { ids, failure: &failure }
                }
            }
            SendError::Unauthorized => Settlement::Failed { ids, failure: &failure, wait: TOKEN_GAP },
            SendError::Unreachable(_) => {
                let wait = BACK_OFF.after(queue.failures);
                tracing::info!(chat.id = queue.chat.0, failure, "a message is sent again later");
                Settlement::Failed { ids, failure: &failure, wait }
            }
        };
        self.settle(queue.chat, worker, settlement).await
    }

    /// Notes it, also when the database is away for a moment.
    async fn settle(
        &self,
        chat: TelegramId,
        worker: &str,
        settlement: Settlement<'_>,
    ) -> Result<(), ServiceError> {
        for attempt in 1..=NOTE_TRIES {
            match self.storage.settle_queue(chat, worker, settlement).await {
                Ok(true) => return Ok(()),
                Ok(false) => {
                    tracing::warn!(
                        chat.id = chat.0,
                        "a chat was someone else's before its message was noted"
                    );
                    return Ok(());
                }
                Err(error) if attempt == NOTE_TRIES => return Err(error.into()),
                Err(_) => tokio::time::sleep(Duration::from_millis(100) * attempt).await,
            }
        }
        Ok(())
    }

    /// Keeps the lease while something takes long.
    async fn while_leased<T>(&self, chat: TelegramId, worker: &str, doing: impl Future<Output = T>) -> T {
        let renewing = async {
            loop {
                tokio::time::sleep(RENEWAL).await;
                let renewed = self.storage.renew_queue(chat, worker, LEASE).await;
                if !matches!(renewed, Ok(true)) {
                    tracing::warn!(chat.id = chat.0, ?renewed, "a lease was not renewed");
                }
            }
        };
        tokio::select! {
            done = doing => done,
            never = renewing => never,
        }
    }
}

impl Speaking {
    fn begin(&self, chat: TelegramId) -> Option<Turn> {
        let is_first = self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(chat);
        is_first.then(|| Turn(self.clone(), chat))
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        self.0.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.1);
    }
}

fn as_waiting(message: &WaitingNotification, missed: bool) -> Waiting {
    let merchant_id = message.notification.merchant_id;
    Waiting {
        kind: message.notification.kind,
        order_id: message.notification.message.order_id(),
        key: message.order.as_ref().map(|order| BurstKey {
            merchant_id,
            mode: order.mode,
            currency: order.currency,
        }),
        missed,
    }
}

fn pick(queue: &ClaimedQueue, indexes: &[usize]) -> Vec<WaitingNotification> {
    indexes.iter().filter_map(|index| queue.waiting.get(*index)).cloned().collect()
}

fn ids_of(messages: &[WaitingNotification]) -> Vec<NotificationId> {
    messages.iter().map(|message| message.notification.id).collect()
}

fn told(
    sent: Result<MessageId, SendError>,
    ids: Vec<NotificationId>,
    burst: impl FnOnce(i64) -> Option<Burst>,
) -> Outcome {
    match sent {
        Ok(MessageId(message_id)) => Outcome::Told { ids, message_id, burst: burst(message_id) },
        Err(error) => Outcome::Failed { ids, error },
    }
}
