//! Updates from Telegram: committed before they are acknowledged, worked off chat by chat.

use chrono::{DateTime, TimeDelta, Utc};

use super::claims::claim;
use super::query::{execute, fetch_all, fetch_one, fetch_optional};
use super::{Reader, Storage, StorageError, Topic, Writer};
use crate::domain::id::TelegramId;

/// How long an update is remembered, so that its repeat is known as one: Telegram keeps updates for
/// a day, and numbers restart after a silent week.
const MEMORY: TimeDelta = TimeDelta::hours(48);

/// The most updates of one chat that are handed out at once.
const BATCH_MAX: i64 = 20;

/// A chat that is this worker's for a while.
#[derive(Debug, Clone)]
pub struct ClaimedChat {
    /// The chat.
    pub chat: TelegramId,
    /// Its waiting updates, in the order to be handled.
    pub updates: Vec<StoredUpdate>,
    /// Whether another chat waits for a worker.
    pub others_wait: bool,
}

/// An update as it came.
#[derive(Debug, Clone)]
pub struct StoredUpdate {
    /// Telegram's number.
    pub update_id: i64,
    /// The JSON as it came.
    pub body: String,
    /// How often it was handed out, this time included.
    pub tries: i64,
}

impl Writer {
    /// Stores an update; false when it is known already.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn store_update(
        &mut self,
        update_id: i64,
        chat: TelegramId,
        body: &str,
    ) -> Result<bool, StorageError> {
        let now = self.now();
        let fresh = execute!(
            self,
            "insert into telegram_updates (update_id, chat, body, received_at) values ($1, $2, $3, $4)
             on conflict (update_id) do nothing",
            update_id,
            chat.0,
            body,
            now
        )?;
        execute!(self, "insert into chats (chat) values ($1) on conflict (chat) do nothing", chat.0)?;
        self.ring(Topic::Updates);
        Ok(fresh == 1)
    }

    /// Notes that an update is done with, together with what it changed. It is remembered by its number;
    /// what was said in it is forgotten.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn finish_update(&mut self, update_id: i64) -> Result<(), StorageError> {
        let now = self.now();
        execute!(
            self,
            "update telegram_updates set done_at = $2, body = '' where update_id = $1",
            update_id,
            now
        )?;
        Ok(())
    }
}

impl Storage {
    /// Takes the chat whose update has waited longest and that nobody works on, for the time of the
    /// lease; `None` when there is none.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn claim_chat(
        &self,
        worker: &str,
        lease: TimeDelta,
    ) -> Result<Option<ClaimedChat>, StorageError> {
        claim(|| self.chat_is_waiting(), || self.try_claim_chat(worker, lease)).await
    }

    async fn chat_is_waiting(&self) -> Result<bool, StorageError> {
        let now = self.now().await?;
        self.read().await?.has_waiting_chat(now).await
    }

    async fn try_claim_chat(
        &self,
        worker: &str,
        lease: TimeDelta,
    ) -> Result<Option<ClaimedChat>, StorageError> {
        let mut writer = self.write().await?;
        let now = writer.now();
        let claimed = fetch_optional!(
            writer,
            (i64,),
            "update chats set leased_by = $1, leased_until = $2
             where chat = (select telegram_updates.chat from telegram_updates
                           join chats free on free.chat = telegram_updates.chat
                           where telegram_updates.done_at is null
                             and (free.leased_until is null or free.leased_until <= $3)
                           order by telegram_updates.received_at, telegram_updates.update_id limit 1)
               and (leased_until is null or leased_until <= $3)
             returning chat",
            worker,
            now + lease,
            now
        )?;
        let Some((chat,)) = claimed else {
            writer.roll_back().await?;
            return Ok(None);
        };
        // Only the oldest one is sure to be tried; those behind it must not pay for its failures.
        execute!(
            writer,
            "update telegram_updates set tries = tries + 1
             where update_id in (select update_id from telegram_updates where chat = $1 and done_at is null
                                 order by received_at, update_id limit 1)",
            chat
        )?;
        let rows = fetch_all!(
            writer,
            (i64, String, i64),
            "select update_id, body, tries from telegram_updates where chat = $1 and done_at is null
             order by received_at, update_id limit $2",
            chat,
            BATCH_MAX
        )?;
        let others_wait = writer.has_waiting_chat(now).await?;
        writer.commit().await?;
        let updates = rows
            .into_iter()
            .map(|(update_id, body, tries)| StoredUpdate { update_id, body, tries })
            .collect();
        Ok(Some(ClaimedChat { chat: TelegramId(chat), updates, others_wait }))
    }

    /// Notes that an update is done with, as [`Writer::finish_update`] does.
    ///
    /// # Errors
    /// When the database cannot be asked; the update is handed out again later.
    pub async fn finish_update(&self, update_id: i64) -> Result<(), StorageError> {
        let mut writer = self.write().await?;
        writer.finish_update(update_id).await?;
        writer.commit().await
    }

    /// Notes that an update is done with though its answer failed: for this long its person may ask for it
    /// again, and what was said in it is kept.
    ///
    /// # Errors
    /// When the database cannot be asked; the update is handed out again later.
    pub async fn fail_update(&self, update_id: i64, repeat_for: TimeDelta) -> Result<(), StorageError> {
        let mut writer = self.write().await?;
        let now = writer.now();
        execute!(
            writer,
            "update telegram_updates set done_at = $2, repeat_until = $3 where update_id = $1",
            update_id,
            now,
            now + repeat_for
        )?;
        writer.commit().await
    }

    /// What an update asked whose answer failed, as JSON; `None` when it is not this chat's, was repeated
    /// since, or is too old.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn failed_update(
        &self,
        update_id: i64,
        chat: TelegramId,
    ) -> Result<Option<String>, StorageError> {
        let now = self.now().await?;
        let mut reader = self.read().await?;
        let row = fetch_optional!(
            reader,
            (String,),
            "select body from telegram_updates where update_id = $1 and chat = $2 and repeat_until > $3",
            update_id,
            chat.0,
            now
        )?;
        Ok(row.map(|(body,)| body))
    }

    /// Whether a chat's talk went on, or its person entered another shop, since the answer to an update failed.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn talk_went_on(&self, update_id: i64, chat: TelegramId) -> Result<bool, StorageError> {
        let mut reader = self.read().await?;
        let row = fetch_optional!(
            reader,
            (i64,),
            "select update_id from telegram_updates
             where update_id = $1 and chat = $2
               and (exists (select 1 from conversations
                            where conversations.chat = $2 and updated_at > telegram_updates.done_at)
                 or exists (select 1 from staff
                            where telegram_id = $2 and active_at > telegram_updates.done_at))",
            update_id,
            chat.0
        )?;
        Ok(row.is_some())
    }

    /// Notes that an update whose answer failed was answered by asking again; what was said in it is
    /// forgotten.
    ///
    /// # Errors
    /// When the database cannot be asked; its person may ask once more then.
    pub async fn was_repeated(&self, update_id: i64) -> Result<(), StorageError> {
        let mut writer = self.write().await?;
        execute!(
            writer,
            "update telegram_updates set body = '', repeat_until = null where update_id = $1",
            update_id
        )?;
        writer.commit().await
    }

    /// Gives a chat back before its lease is over. Updates may have come for it meanwhile: who gives it back
    /// looks for work next.
    ///
    /// # Errors
    /// When the database cannot be asked; the lease ends by itself.
    pub async fn release_chat(&self, chat: TelegramId, worker: &str) -> Result<(), StorageError> {
        self.end_turn(chat, worker, None).await
    }

    /// Gives a chat back, and notes that the last of its updates is done with.
    ///
    /// # Errors
    /// When the database cannot be asked; the lease ends by itself, and the update is handed out again.
    pub async fn end_turn(
        &self,
        chat: TelegramId,
        worker: &str,
        done: Option<i64>,
    ) -> Result<(), StorageError> {
        let mut writer = self.write().await?;
        if let Some(update_id) = done {
            writer.finish_update(update_id).await?;
        }
        execute!(
            writer,
            "update chats set leased_by = null, leased_until = null where chat = $1 and leased_by = $2",
            chat.0,
            worker
        )?;
        writer.commit().await
    }

    /// Lets a chat rest for a while before anybody takes it again.
    ///
    /// # Errors
    /// When the database cannot be asked; the lease ends by itself.
    pub async fn rest_chat(
        &self,
        chat: TelegramId,
        worker: &str,
        rest: TimeDelta,
    ) -> Result<(), StorageError> {
        let mut writer = self.write().await?;
        let until = writer.now() + rest;
        execute!(
            writer,
            "update chats set leased_by = null, leased_until = $3 where chat = $1 and leased_by = $2",
            chat.0,
            worker,
            until
        )?;
        writer.commit().await
    }

    /// Forgets updates that Telegram can no longer repeat, and what was said in those that their people can
    /// no longer ask for again; gives how many of the first.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn forget_updates(&self) -> Result<u64, StorageError> {
        let mut writer = self.write().await?;
        let now = writer.now();
        let before = now - MEMORY;
        execute!(
            writer,
            "update telegram_updates set body = '', repeat_until = null where repeat_until <= $1",
            now
        )?;
        let forgotten = execute!(
            writer,
            "delete from telegram_updates where received_at < $1 and done_at is not null",
            before
        )?;
        writer.commit().await?;
        Ok(forgotten)
    }
}

impl Reader {
    /// Whether a chat that nobody has waits for a worker.
    async fn has_waiting_chat(&mut self, now: DateTime<Utc>) -> Result<bool, StorageError> {
        let waiting = fetch_optional!(
            self,
            (i64,),
            "select telegram_updates.chat from telegram_updates
             join chats free on free.chat = telegram_updates.chat
             where telegram_updates.done_at is null and (free.leased_until is null or free.leased_until <= $1)
             limit 1",
            now
        )?;
        Ok(waiting.is_some())
    }

    /// When an update came; `None` when it is not known any more.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn update_came_at(&mut self, update_id: i64) -> Result<Option<DateTime<Utc>>, StorageError> {
        let row = fetch_optional!(
            self,
            (DateTime<Utc>,),
            "select received_at from telegram_updates where update_id = $1",
            update_id
        )?;
        Ok(row.map(|(came_at,)| came_at))
    }

    /// How many updates wait to be answered.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn count_waiting_updates(&mut self) -> Result<i64, StorageError> {
        let (waiting,): (i64,) = fetch_one!(
            self,
            (i64,),
            "select cast(count(*) as bigint) from telegram_updates where done_at is null"
        )?;
        Ok(waiting)
    }
}
