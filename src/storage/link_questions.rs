//! When sellers were asked whether there is more. Nothing is kept about who asked.

use chrono::{DateTime, Utc};

use super::query::{execute, fetch_one, fetch_optional};
use super::{Reader, StorageError, Writer};
use crate::domain::id::{LinkId, MerchantId};
use crate::domain::link_question::{LinkQuestion, QUESTION_GAP};
use crate::domain::payment_link::PaymentLink;

impl Reader {
    /// The last question about a link, and how often its shop was asked within [`QUESTION_GAP`].
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn link_question(
        &mut self,
        merchant_id: MerchantId,
        link_id: LinkId,
        now: DateTime<Utc>,
    ) -> Result<(Option<LinkQuestion>, i64), StorageError> {
        let row = fetch_optional!(
            self,
            (DateTime<Utc>, Option<DateTime<Utc>>),
            "select asked_at, declined_at from link_questions where link_id = $1",
            link_id.0
        )?;
        let (lately,): (i64,) = fetch_one!(
            self,
            (i64,),
            "select cast(count(*) as bigint) from link_questions where merchant_id = $1 and asked_at > $2",
            merchant_id.0,
            now - QUESTION_GAP
        )?;
        Ok((row.map(|(asked_at, declined_at)| LinkQuestion { asked_at, declined_at }), lately))
    }
}

impl Writer {
    /// Notes that the seller is asked now.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn note_question(&mut self, link: &PaymentLink) -> Result<(), StorageError> {
        let now = self.now();
        execute!(
            self,
            "insert into link_questions (link_id, merchant_id, asked_at) values ($1, $2, $3)
             on conflict (link_id) do update set asked_at = excluded.asked_at, declined_at = null",
            link.id.0,
            link.merchant_id.0,
            now
        )?;
        Ok(())
    }

    /// Notes that the seller said no.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn decline_question(&mut self, link_id: LinkId) -> Result<(), StorageError> {
        let now = self.now();
        execute!(self, "update link_questions set declined_at = $2 where link_id = $1", link_id.0, now)?;
        Ok(())
    }
}
