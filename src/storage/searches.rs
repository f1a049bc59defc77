//! The words that people searched for, each search under a number among the person's own.

use chrono::{DateTime, Utc};

use super::query::{execute, fetch_optional};
use super::{Reader, StorageError, Writer};
use crate::domain::id::{MerchantId, TelegramId};

/// Searches that are kept of one person.
const SEARCHES_OF_PERSON_MAX: i64 = 20;

impl Reader {
    /// The words of a person's search in a shop; `None` when it is forgotten.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn search_words(
        &mut self,
        person: TelegramId,
        merchant_id: MerchantId,
        number: u32,
    ) -> Result<Option<String>, StorageError> {
        let row = fetch_optional!(
            self,
            (String,),
            "select words from searches where telegram_id = $1 and merchant_id = $2 and number = $3",
            person.0,
            merchant_id.0,
            i64::from(number)
        )?;
        Ok(row.map(|(words,)| words))
    }
}

impl Writer {
    /// Keeps the words of a search, and the newest of the person's others; false when the number is taken.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn insert_search(
        &mut self,
        person: TelegramId,
        merchant_id: MerchantId,
        number: u32,
        words: &str,
    ) -> Result<bool, StorageError> {
        let now = self.now();
        let inserted = execute!(
            self,
            "insert into searches (telegram_id, number, merchant_id, words, made_at) values ($1, $2, $3, $4, $5)
             on conflict do nothing",
            person.0,
            i64::from(number),
            merchant_id.0,
            words,
            now
        )?;
        execute!(
            self,
            "delete from searches where telegram_id = $1 and number not in (
                 select number from searches where telegram_id = $1 order by made_at desc, number limit $2)",
            person.0,
            SEARCHES_OF_PERSON_MAX
        )?;
        Ok(inserted == 1)
    }

    /// Forgets searches that were made before an instant; gives how many.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn forget_searches(&mut self, made_before: DateTime<Utc>) -> Result<u64, StorageError> {
        execute!(self, "delete from searches where made_at < $1", made_before)
    }
}
