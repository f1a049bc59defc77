//! Forms that ask one person for a gateway key. Only hashes of their tokens are kept.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::query::{execute, fetch_optional};
use super::rows::Reading;
use super::{Reader, StorageError, Writer};
use crate::domain::id::{MerchantId, TelegramId};
use crate::domain::merchant::Mode;

/// A form as it was handed out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KeyForm {
    /// The shop whose account it connects.
    pub merchant_id: MerchantId,
    /// Real or play money.
    pub mode: Mode,
    /// Who asked for it.
    pub person: TelegramId,
    /// The message that leads to it.
    pub card: Option<i64>,
    /// How often a key was tried by it.
    pub tries: i64,
    /// Until when it works.
    pub expires_at: DateTime<Utc>,
    /// When it connected an account.
    pub used_at: Option<DateTime<Utc>>,
}

#[derive(sqlx::FromRow)]
struct KeyFormRow {
    merchant_id: Uuid,
    mode: String,
    person: i64,
    card: Option<i64>,
    tries: i64,
    expires_at: DateTime<Utc>,
    used_at: Option<DateTime<Utc>>,
}

impl Reader {
    /// The form of a token, whether it still works or not.
    ///
    /// # Errors
    /// When the database cannot be asked, or the row cannot be read.
    pub async fn key_form(&mut self, token_hash: &[u8]) -> Result<Option<KeyForm>, StorageError> {
        let row = fetch_optional!(
            self,
            KeyFormRow,
            "select merchant_id, mode, person, card, tries, expires_at, used_at from key_forms
             where token_hash = $1",
            token_hash
        )?;
        let Some(row) = row else { return Ok(None) };
        let mode = Reading::of("key_forms", row.merchant_id).some("mode", Mode::parse(&row.mode))?;
        Ok(Some(KeyForm {
            merchant_id: MerchantId(row.merchant_id),
            mode,
            person: TelegramId(row.person),
            card: row.card,
            tries: row.tries,
            expires_at: row.expires_at,
            used_at: row.used_at,
        }))
    }
}

impl Writer {
    /// Writes a form. Earlier ones of the person that were not used stop working.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn insert_key_form(&mut self, token_hash: &[u8], form: &KeyForm) -> Result<(), StorageError> {
        execute!(self, "delete from key_forms where person = $1 and used_at is null", form.person.0)?;
        execute!(
            self,
            "insert into key_forms (token_hash, merchant_id, mode, person, card, expires_at)
             values ($1, $2, $3, $4, $5, $6)",
            token_hash,
            form.merchant_id.0,
            form.mode.code(),
            form.person.0,
            form.card,
            form.expires_at
        )?;
        Ok(())
    }

    /// Notes which message leads to a form.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn note_form_card(&mut self, token_hash: &[u8], card: i64) -> Result<(), StorageError> {
        execute!(self, "update key_forms set card = $2 where token_hash = $1", token_hash, card)?;
        Ok(())
    }

    /// Counts a try; false when the form is used, over, or was tried too often.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn try_key_form(&mut self, token_hash: &[u8], tries_max: i64) -> Result<bool, StorageError> {
        let now = self.now();
        let tried = execute!(
            self,
            "update key_forms set tries = tries + 1
             where token_hash = $1 and used_at is null and expires_at > $2 and tries < $3",
            token_hash,
            now,
            tries_max
        )?;
        Ok(tried == 1)
    }

    /// Uses a form up; false when somebody was faster. One whose time ran out while its key was being checked
    /// still counts: it was tried in time.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn use_key_form(&mut self, token_hash: &[u8]) -> Result<bool, StorageError> {
        let now = self.now();
        let used = execute!(
            self,
            "update key_forms set used_at = $2 where token_hash = $1 and used_at is null",
            token_hash,
            now
        )?;
        Ok(used == 1)
    }

    /// Forgets forms that were over before an instant; gives how many.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn forget_key_forms(&mut self, before: DateTime<Utc>) -> Result<u64, StorageError> {
        execute!(self, "delete from key_forms where expires_at < $1", before)
    }
}
