//! Admins, and tokens by which people come in. Only hashes of tokens are kept.

use chrono::{DateTime, Utc};

use super::query::{execute, fetch_one, fetch_optional};
use super::{Reader, StorageError, Writer};
use crate::domain::id::TelegramId;

impl Reader {
    /// Whether the person was made an admin by a claim link.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn is_admin(&mut self, person: TelegramId) -> Result<bool, StorageError> {
        let row =
            fetch_optional!(self, (i64,), "select telegram_id from admins where telegram_id = $1", person.0)?;
        Ok(row.is_some())
    }

    /// How many admins came in by a claim link.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn admins(&mut self) -> Result<i64, StorageError> {
        let (admins,): (i64,) = fetch_one!(self, (i64,), "select cast(count(*) as bigint) from admins")?;
        Ok(admins)
    }

    /// Whether the person came in by an invitation.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn was_invited(&mut self, person: TelegramId) -> Result<bool, StorageError> {
        let (used,): (i64,) = fetch_one!(
            self,
            (i64,),
            "select cast(count(*) as bigint) from invitations where used_by = $1",
            person.0
        )?;
        Ok(used > 0)
    }

    /// What a token is for (`shop` or `admin`) and who used it; `None` when it is unknown or over.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn invitation(
        &mut self,
        token_hash: &[u8],
        now: DateTime<Utc>,
    ) -> Result<Option<(String, Option<i64>)>, StorageError> {
        fetch_optional!(
            self,
            (String, Option<i64>),
            "select purpose, used_by from invitations
             where token_hash = $1 and (used_by is not null or expires_at > $2)",
            token_hash,
            now
        )
    }
}

impl Writer {
    /// Writes an invitation.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn insert_invitation(
        &mut self,
        token_hash: &[u8],
        purpose: &str,
        created_by: Option<TelegramId>,
        expires_at: DateTime<Utc>,
    ) -> Result<(), StorageError> {
        execute!(
            self,
            "insert into invitations (token_hash, purpose, created_by, expires_at) values ($1, $2, $3, $4)",
            token_hash,
            purpose,
            created_by.map(|person| person.0),
            expires_at
        )?;
        Ok(())
    }

    /// Forgets claim links that nobody used.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn withdraw_claims(&mut self) -> Result<(), StorageError> {
        execute!(self, "delete from invitations where purpose = 'admin' and used_by is null")?;
        Ok(())
    }

    /// Uses an invitation; false when someone else was faster or its time is over.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn use_invitation(
        &mut self,
        token_hash: &[u8],
        person: TelegramId,
    ) -> Result<bool, StorageError> {
        let now = self.now();
        let used = execute!(
            self,
            "update invitations set used_by = $2, used_at = $3
             where token_hash = $1 and used_by is null and expires_at > $3",
            token_hash,
            person.0,
            now
        )?;
        Ok(used == 1)
    }

    /// Makes a person an admin.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn insert_admin(&mut self, person: TelegramId) -> Result<(), StorageError> {
        let now = self.now();
        execute!(
            self,
            "insert into admins (telegram_id, since) values ($1, $2) on conflict (telegram_id) do nothing",
            person.0,
            now
        )?;
        Ok(())
    }
}
