//! How the bot comes into groups and channels. Only hashes of tokens are kept.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::query::{execute, fetch_optional};
use super::{Reader, StorageError, Writer};
use crate::domain::id::{MerchantId, TelegramId};
use crate::domain::place::PlaceKind;

/// A link by which an owner brings the bot somewhere, or the wish to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PlaceInvitation {
    /// For which shop.
    pub merchant_id: MerchantId,
    /// Who asked for it.
    pub created_by: TelegramId,
    /// When it was followed.
    pub used_at: Option<DateTime<Utc>>,
}

impl Reader {
    /// An invitation that is not over, or that was followed.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn place_invitation(
        &mut self,
        token_hash: &[u8],
        now: DateTime<Utc>,
    ) -> Result<Option<PlaceInvitation>, StorageError> {
        let row = fetch_optional!(
            self,
            (Uuid, i64, Option<DateTime<Utc>>),
            "select merchant_id, created_by, used_at from place_invitations
             where token_hash = $1 and kind = 'group' and (used_at is not null or expires_at > $2)",
            token_hash,
            now
        )?;
        Ok(row.map(|(merchant_id, created_by, used_at)| PlaceInvitation {
            merchant_id: MerchantId(merchant_id),
            created_by: TelegramId(created_by),
            used_at,
        }))
    }

    /// For which shop a person is about to bring the bot into a channel, with the hash of the wish.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn wished_channel(
        &mut self,
        person: TelegramId,
        now: DateTime<Utc>,
    ) -> Result<Option<(Vec<u8>, MerchantId)>, StorageError> {
        let row = fetch_optional!(
            self,
            (Vec<u8>, Uuid),
            "select token_hash, merchant_id from place_invitations
             where created_by = $1 and kind = 'channel' and used_at is null and expires_at > $2
             order by expires_at desc, token_hash limit 1",
            person.0,
            now
        )?;
        Ok(row.map(|(hash, merchant_id)| (hash, MerchantId(merchant_id))))
    }
}

impl Writer {
    /// Writes an invitation to bring the bot somewhere; earlier ones of the person and kind that nobody
    /// followed are withdrawn.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn insert_place_invitation(
        &mut self,
        token_hash: &[u8],
        merchant_id: MerchantId,
        created_by: TelegramId,
        kind: PlaceKind,
        expires_at: DateTime<Utc>,
    ) -> Result<(), StorageError> {
        execute!(
            self,
            "delete from place_invitations where created_by = $1 and kind = $2 and used_at is null",
            created_by.0,
            kind.code()
        )?;
        execute!(
            self,
            "insert into place_invitations (token_hash, merchant_id, created_by, kind, expires_at)
             values ($1, $2, $3, $4, $5)",
            token_hash,
            merchant_id.0,
            created_by.0,
            kind.code(),
            expires_at
        )?;
        Ok(())
    }

    /// Uses an invitation up; false when it was used before.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn use_place_invitation(&mut self, token_hash: &[u8]) -> Result<bool, StorageError> {
        let now = self.now();
        let used = execute!(
            self,
            "update place_invitations set used_at = $2 where token_hash = $1 and used_at is null",
            token_hash,
            now
        )?;
        Ok(used == 1)
    }

    /// Forgets invitations that were over at an instant; gives how many.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn forget_place_invitations(
        &mut self,
        over_before: DateTime<Utc>,
    ) -> Result<u64, StorageError> {
        execute!(self, "delete from place_invitations where expires_at < $1", over_before)
    }
}
