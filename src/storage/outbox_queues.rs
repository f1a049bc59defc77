//! What became of a claimed chat, and who is there to be told. Whoever settles must still hold the
//! lease: a worker that was away too long finds that the chat is someone else's, and changes nothing.

use chrono::{DateTime, TimeDelta, Utc};

use super::query::{execute, fetch_optional};
use super::{Reader, Storage, StorageError, Topic, Writer};
use crate::domain::burst::Burst;
use crate::domain::id::{NotificationId, TelegramId};

/// What was done with a claimed chat.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Settlement<'a> {
    /// These are told by one message.
    Told {
        /// The messages of the outbox.
        ids: &'a [NotificationId],
        /// Telegram's number of the message that tells them.
        message_id: i64,
        /// The run of payments they belong to.
        burst: Option<Burst>,
        /// How long the chat rests now.
        pause: TimeDelta,
    },
    /// These can never be told.
    GivenUp {
        /// The messages of the outbox.
        ids: &'a [NotificationId],
        /// Why.
        failure: &'a str,
    },
    /// These can never be lines of one message: each is a message of its own from now on.
    Apart {
        /// The messages of the outbox.
        ids: &'a [NotificationId],
    },
    /// Telegram failed, or may have: again after a while.
    Failed {
        /// The messages of the outbox that were tried.
        ids: &'a [NotificationId],
        /// Why.
        failure: &'a str,
        /// How long the chat rests now.
        wait: TimeDelta,
    },
    /// It was not the chat's turn: nothing goes out for so long.
    Held(TimeDelta),
    /// Nothing is to be said before this instant, unless something else comes.
    Resting(DateTime<Utc>),
    /// Nothing is to be said.
    Idle,
    /// Nobody is there any more.
    Unreachable,
    /// The chat has another id now.
    Moved(TelegramId),
}

/// Whether a chat can be spoken in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ChatStanding {
    /// Telegram asked to leave it alone until then.
    pub held_until: Option<DateTime<Utc>>,
    /// Whether nobody was there when a message was sent last.
    pub is_unreachable: bool,
}

impl Reader {
    /// Whether a chat can be spoken in; `None` when nothing is known against it.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn chat_standing(&mut self, chat: TelegramId) -> Result<Option<ChatStanding>, StorageError> {
        let found = fetch_optional!(
            self,
            (Option<DateTime<Utc>>, Option<DateTime<Utc>>),
            "select held_until, unreachable_since from outbox_chats
             where chat = $1 and (held_until is not null or unreachable_since is not null)",
            chat.0
        )?;
        Ok(found.map(|(held_until, unreachable_since)| ChatStanding {
            held_until,
            is_unreachable: unreachable_since.is_some(),
        }))
    }
}

impl Storage {
    /// Notes what was done with a claimed chat and gives it back; false when it was no longer this
    /// worker's, and nothing is noted.
    ///
    /// # Errors
    /// When the database cannot be asked; the chat is claimed again when the lease ends.
    pub async fn settle_queue(
        &self,
        chat: TelegramId,
        worker: &str,
        settlement: Settlement<'_>,
    ) -> Result<bool, StorageError> {
        let mut writer = self.write().await?;
        let now = writer.now();
        // The lock comes first: what is enqueued meanwhile waits, and is seen below or stirs anew.
        let held = execute!(
            writer,
            "update outbox_chats set leased_by = leased_by where chat = $1 and leased_by = $2",
            chat.0,
            worker
        )?;
        if held == 0 {
            writer.roll_back().await?;
            return Ok(false);
        }
        match settlement {
            Settlement::Told { ids, message_id, burst, pause } => {
                for id in ids {
                    writer.settle_as_told(*id, message_id).await?;
                }
                if let Some(burst) = burst {
                    writer.save_burst(chat, &burst.told_at(now)).await?;
                }
                writer.forget_failures(chat).await?;
                writer.give_back(chat, Some(now + pause), None).await?;
            }
            Settlement::GivenUp { ids, failure } => {
                for id in ids {
                    writer.settle_as_given_up(*id, failure).await?;
                }
                writer.give_back(chat, None, None).await?;
            }
            Settlement::Apart { ids } => {
                for id in ids {
                    writer.set_apart(*id).await?;
                }
                writer.give_back(chat, None, None).await?;
            }
            Settlement::Failed { ids, failure, wait } => {
                writer.note_failures(chat, ids, failure).await?;
                writer.give_back(chat, Some(now + wait), None).await?;
            }
            Settlement::Held(wait) => writer.give_back(chat, Some(now + wait), None).await?,
            Settlement::Resting(until) => writer.give_back(chat, None, Some(until)).await?,
            Settlement::Idle => writer.give_back(chat, None, None).await?,
            Settlement::Unreachable => {
                writer.mark_unreachable(chat).await?;
                writer.give_back(chat, None, None).await?;
            }
            Settlement::Moved(new) => writer.move_chat(chat, new).await?,
        }
        // The next one may go now.
        writer.ring(Topic::Outbox);
        writer.commit().await?;
        Ok(true)
    }

    /// Keeps a claimed chat for longer; false when it is no longer this worker's.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn renew_queue(
        &self,
        chat: TelegramId,
        worker: &str,
        lease: TimeDelta,
    ) -> Result<bool, StorageError> {
        let mut writer = self.write().await?;
        let until = writer.now() + lease;
        let renewed = execute!(
            writer,
            "update outbox_chats set due_at = $3
             where chat = $1 and leased_by = $2 and unreachable_since is null",
            chat.0,
            worker,
            until
        )?;
        writer.commit().await?;
        Ok(renewed == 1)
    }

    /// Remembers that Telegram asked to leave a chat alone for a while, for other replicas and the
    /// next start.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn hold_chat(&self, chat: TelegramId, wait: TimeDelta) -> Result<(), StorageError> {
        let mut writer = self.write().await?;
        let until = writer.now() + wait;
        execute!(
            writer,
            "insert into outbox_chats (chat, held_until, not_before) values ($1, $2, $2)
             on conflict (chat) do update set
                 held_until = case when outbox_chats.held_until > $2 then outbox_chats.held_until else $2 end,
                 not_before = case when outbox_chats.not_before > $2 then outbox_chats.not_before else $2 end,
                 due_at = case when outbox_chats.leased_by is null and outbox_chats.due_at < $2 then $2
                               else outbox_chats.due_at end",
            chat.0,
            until
        )?;
        writer.commit().await
    }

    /// Notes that someone is there again: what waited is told, as a list.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn welcome_back(&self, chat: TelegramId) -> Result<(), StorageError> {
        let mut writer = self.write().await?;
        let now = writer.now();
        let returned = execute!(
            writer,
            "update outbox_chats set unreachable_since = null, returned_at = $2, leased_by = null, failures = 0
             where chat = $1 and unreachable_since is not null",
            chat.0,
            now
        )?;
        if returned == 0 {
            return writer.roll_back().await;
        }
        writer.stir(chat).await?;
        writer.commit().await
    }

    /// Notes that a group has another id: what waits, all that comes and its places go there.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn chat_moved(&self, old: TelegramId, new: TelegramId) -> Result<(), StorageError> {
        let mut writer = self.write().await?;
        // What a worker has claimed must end as moved, too: the row may not be there yet.
        writer.stir(old).await?;
        writer.move_chat(old, new).await?;
        writer.commit().await
    }

    /// Notes that nobody is in a chat any more.
    ///
    /// # Errors
    /// When the database cannot be asked; the next message finds out.
    pub async fn chat_is_unreachable(&self, chat: TelegramId) -> Result<(), StorageError> {
        let mut writer = self.write().await?;
        writer.mark_unreachable(chat).await?;
        writer.commit().await
    }
}

impl Writer {
    /// Gives a claimed chat back. It is due again at `planned`, or at once when something came
    /// meanwhile or nothing is planned; never before `not_before`; not at all when nothing waits.
    pub(super) async fn give_back(
        &mut self,
        chat: TelegramId,
        not_before: Option<DateTime<Utc>>,
        planned: Option<DateTime<Utc>>,
    ) -> Result<(), StorageError> {
        let floor = not_before.unwrap_or_else(|| self.now());
        execute!(
            self,
            "update outbox_chats set not_before = case when not_before > $2 then not_before else $2 end
             where chat = $1",
            chat.0,
            floor
        )?;
        execute!(
            self,
            "update outbox_chats set leased_by = null, stirred = false,
                 due_at = case when unreachable_since is not null then null
                               when not exists (select 1 from notifications
                                                where notifications.chat = $1 and state = 'pending') then null
                               when not stirred and $2 > not_before then $2
                               else not_before end
             where chat = $1",
            chat.0,
            planned
        )?;
        Ok(())
    }

    async fn settle_as_told(&mut self, id: NotificationId, message_id: i64) -> Result<(), StorageError> {
        let now = self.now();
        execute!(
            self,
            "update notifications set state = 'sent', telegram_message_id = $2, settled_at = $3, failure = null
             where id = $1 and state = 'pending'",
            id.0,
            message_id,
            now
        )?;
        Ok(())
    }

    async fn set_apart(&mut self, id: NotificationId) -> Result<(), StorageError> {
        execute!(
            self,
            "update notifications set kind = 'decision' where id = $1 and state = 'pending'",
            id.0
        )?;
        Ok(())
    }

    async fn save_burst(&mut self, chat: TelegramId, burst: &Burst) -> Result<(), StorageError> {
        let list = burst.list;
        execute!(
            self,
            "insert into payment_bursts (chat, merchant_id, mode, currency, rung, told_at,
                 list_message_id, list_lines, list_shown_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
             on conflict (chat, merchant_id, mode, currency) do update set
                 rung = excluded.rung, told_at = excluded.told_at, list_message_id = excluded.list_message_id,
                 list_lines = excluded.list_lines, list_shown_at = excluded.list_shown_at",
            chat.0,
            burst.key.merchant_id.0,
            burst.key.mode.code(),
            burst.key.currency.code(),
            i64::from(burst.rung),
            burst.told_at,
            list.map(|list| list.message_id),
            list.map_or(0, |list| i64::try_from(list.lines).unwrap_or(i64::MAX)),
            list.map(|list| list.shown_at)
        )?;
        Ok(())
    }

    async fn forget_failures(&mut self, chat: TelegramId) -> Result<(), StorageError> {
        execute!(self, "update outbox_chats set failures = 0 where chat = $1 and failures > 0", chat.0)?;
        Ok(())
    }

    async fn note_failures(
        &mut self,
        chat: TelegramId,
        ids: &[NotificationId],
        failure: &str,
    ) -> Result<(), StorageError> {
        for id in ids {
            execute!(
                self,
                "update notifications set failure = $2 where id = $1 and state = 'pending'",
                id.0,
                failure
            )?;
        }
        execute!(self, "update outbox_chats set failures = failures + 1 where chat = $1", chat.0)?;
        Ok(())
    }

    async fn mark_unreachable(&mut self, chat: TelegramId) -> Result<(), StorageError> {
        self.unfollow_all(chat).await?;
        let now = self.now();
        execute!(
            self,
            "insert into outbox_chats (chat, unreachable_since) values ($1, $2)
             on conflict (chat) do update set due_at = null,
                 unreachable_since = coalesce(outbox_chats.unreachable_since, excluded.unreachable_since)",
            chat.0,
            now
        )?;
        Ok(())
    }

    /// Lets what waits, and all that comes, go to the chat's new id.
    async fn move_chat(&mut self, old: TelegramId, new: TelegramId) -> Result<(), StorageError> {
        execute!(
            self,
            "update outbox_chats set moved_to = $2, due_at = null, leased_by = null where chat = $1",
            old.0,
            new.0
        )?;
        // Whoever moved here before must not go round by the old id.
        execute!(self, "update outbox_chats set moved_to = $2 where moved_to = $1", old.0, new.0)?;
        execute!(
            self,
            "update notifications set chat = $2 where chat = $1 and state = 'pending'",
            old.0,
            new.0
        )?;
        // The old chat's messages cannot be changed from the new one.
        execute!(self, "delete from payment_bursts where chat = $1", old.0)?;
        self.move_places(old, new).await?;
        self.stir(new).await
    }
}
