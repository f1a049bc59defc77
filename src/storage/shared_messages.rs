//! Messages about links that were sent into other chats: what they say, and whether that is still so.

use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

use super::claims::claim;
use super::query::{execute, fetch_optional};
use super::{Storage, StorageError, Writer};
use crate::domain::id::{LinkId, MerchantId};
use crate::domain::language::Language;

/// A message in another chat.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SharedMessage {
    /// Telegram's handle of it.
    pub inline_message_id: String,
    /// The shop that sent it.
    pub merchant_id: MerchantId,
    /// The link it is about.
    pub link_id: LinkId,
    /// What it is written in.
    pub language: Language,
    /// The digest of what it says.
    pub shown: String,
    /// How often in a row Telegram failed.
    pub failures: i64,
    /// The link's version when it was claimed: what changes later is looked at again.
    pub link_version: i64,
    /// When it was claimed, by the deciding clock.
    pub claimed_at: DateTime<Utc>,
}

/// What became of looking at a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SharedSettlement {
    /// It says what is true now.
    Shown {
        /// The digest of that.
        shown: String,
        /// When time alone changes what is to be said.
        turns_at: Option<DateTime<Utc>>,
        /// How long it is left alone from the claim on.
        rest: TimeDelta,
    },
    /// Telegram could not be reached, or asks to wait this long.
    Failed(TimeDelta),
    /// It is gone, or cannot be changed any more.
    Gone,
}

impl Writer {
    /// Notes a message that was sent into another chat and has not been looked at; a second time changes
    /// nothing.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn insert_shared_message(
        &mut self,
        inline_message_id: &str,
        (merchant_id, link_id): (MerchantId, LinkId),
        language: Language,
    ) -> Result<(), StorageError> {
        let now = self.now();
        // No version of a link is -1: it is looked at as soon as somebody has time, since the link may have
        // changed between the answer and the choice.
        execute!(
            self,
            "insert into shared_messages (inline_message_id, merchant_id, link_id, language, shown, link_version,
                 not_before, created_at)
             values ($1, $2, $3, $4, '', -1, $5, $5) on conflict (inline_message_id) do nothing",
            inline_message_id,
            merchant_id.0,
            link_id.0,
            language.code(),
            now
        )?;
        Ok(())
    }

    /// Forgets messages that were sent before an instant; gives how many.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn forget_shared_messages(&mut self, sent_before: DateTime<Utc>) -> Result<u64, StorageError> {
        execute!(self, "delete from shared_messages where created_at < $1", sent_before)
    }
}

impl Storage {
    /// Takes a message whose link changed since it was looked at, for the time of the lease.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn claim_shared_message(
        &self,
        lease: TimeDelta,
    ) -> Result<Option<SharedMessage>, StorageError> {
        claim(|| self.shared_message_is_due(), || self.try_claim_shared_message(lease)).await
    }

    async fn shared_message_is_due(&self) -> Result<bool, StorageError> {
        let now = self.now().await?;
        let mut reader = self.read().await?;
        let due = fetch_optional!(
            reader,
            (String,),
            "select shared.inline_message_id from shared_messages shared
             join payment_links links on links.id = shared.link_id
             where shared.not_before <= $1 and (links.version <> shared.link_version or shared.turns_at <= $1)
             limit 1",
            now
        )?;
        Ok(due.is_some())
    }

    async fn try_claim_shared_message(
        &self,
        lease: TimeDelta,
    ) -> Result<Option<SharedMessage>, StorageError> {
        let mut writer = self.write().await?;
        let now = writer.now();
        let claimed = fetch_optional!(
            writer,
            (String, Uuid, Uuid, String, String, i64),
            "update shared_messages set not_before = $2
             where inline_message_id =
                   (select shared.inline_message_id from shared_messages shared
                    join payment_links links on links.id = shared.link_id
                    where shared.not_before <= $1
                      and (links.version <> shared.link_version or shared.turns_at <= $1)
                    order by shared.not_before, shared.inline_message_id limit 1)
               and not_before <= $1
             returning inline_message_id, merchant_id, link_id, language, shown, failures",
            now,
            now + lease
        )?;
        let Some((inline_message_id, merchant_id, link_id, language, shown, failures)) = claimed else {
            writer.roll_back().await?;
            return Ok(None);
        };
        let version =
            fetch_optional!(writer, (i64,), "select version from payment_links where id = $1", link_id)?;
        writer.commit().await?;
        Ok(Some(SharedMessage {
            inline_message_id,
            merchant_id: MerchantId(merchant_id),
            link_id: LinkId(link_id),
            language: Language::parse(&language).unwrap_or(Language::Indonesian),
            shown,
            failures,
            link_version: version.map_or(-1, |(version,)| version),
            claimed_at: now,
        }))
    }

    /// Notes what became of a message that was claimed.
    ///
    /// # Errors
    /// When the database cannot be asked; it is looked at again when the lease ends.
    pub async fn settle_shared_message(
        &self,
        message: &SharedMessage,
        settlement: SharedSettlement,
    ) -> Result<(), StorageError> {
        let mut writer = self.write().await?;
        let now = writer.now();
        let id = message.inline_message_id.as_str();
        match settlement {
            SharedSettlement::Shown { shown, turns_at, rest } => execute!(
                writer,
                "update shared_messages set shown = $2, link_version = $3, turns_at = $4, not_before = $5,
                     failures = 0
                 where inline_message_id = $1",
                id,
                shown,
                message.link_version,
                turns_at,
                message.claimed_at + rest
            )?,
            SharedSettlement::Failed(wait) => execute!(
                writer,
                "update shared_messages set failures = failures + 1, not_before = $2 where inline_message_id = $1",
                id,
                now + wait
            )?,
            SharedSettlement::Gone => {
                execute!(writer, "delete from shared_messages where inline_message_id = $1", id)?
            }
        };
        writer.commit().await
    }
}
