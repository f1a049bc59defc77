//! Letters by e-mail that wait, and what became of them.

use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

use super::claims::claim;
use super::query::{execute, fetch_all, fetch_one, fetch_optional};
use super::rows::Reading;
use super::{Reader, Storage, StorageError, Writer};
use crate::domain::id::{AttemptId, LetterId, LinkId, MerchantId, OrderId};
use crate::domain::letter::{LetterKind, LetterState};
use crate::domain::merchant::Mode;

mod caps;

pub use caps::SentLately;

/// A letter to be written: what it is about. Where it goes is read when it is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NewLetter {
    /// The shop it speaks for.
    pub merchant_id: MerchantId,
    /// What it tells.
    pub kind: LetterKind,
    /// The link it is about, or that its order came through.
    pub link_id: LinkId,
    /// The order it is about.
    pub order_id: Option<OrderId>,
    /// The charge whose number it tells.
    pub attempt_id: Option<AttemptId>,
}

/// A letter to send, this worker's for the time of the lease.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DueLetter {
    /// Its key.
    pub id: LetterId,
    /// What it is about.
    pub about: NewLetter,
    /// How often it was tried in vain.
    pub failures: i64,
    /// How often the mail server was given it whole and did not say what became of it.
    pub unsure: i64,
    /// When it was written.
    pub created_at: DateTime<Utc>,
    /// The end of the lease.
    pub leased_until: DateTime<Utc>,
}

/// What became of a letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LetterFate {
    /// How it stands.
    pub state: LetterState,
    /// When it was written.
    pub written_at: DateTime<Utc>,
    /// When it went out, or was given up.
    pub settled_at: Option<DateTime<Utc>>,
}

type DueRow = (Uuid, Uuid, String, Uuid, Option<Uuid>, Option<Uuid>, i64, i64, DateTime<Utc>);

impl Storage {
    /// Takes the letter that is due longest and that nobody sends. Those that bring links come after all others: there
    /// may be thousands of them, and somebody waits for a receipt.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn claim_letter(
        &self,
        worker: &str,
        lease: TimeDelta,
    ) -> Result<Option<DueLetter>, StorageError> {
        claim(|| self.letter_is_due(), || self.try_claim_letter(worker, lease)).await
    }

    async fn letter_is_due(&self) -> Result<bool, StorageError> {
        let now = self.now().await?;
        let mut reader = self.read().await?;
        let due = fetch_optional!(
            reader,
            (Uuid,),
            "select id from letters
             where settled_at is null and due_at <= $1 and (leased_until is null or leased_until <= $1)
             order by due_at, id limit 1",
            now
        )?;
        Ok(due.is_some())
    }

    async fn try_claim_letter(
        &self,
        worker: &str,
        lease: TimeDelta,
    ) -> Result<Option<DueLetter>, StorageError> {
        let mut writer = self.write().await?;
        let now = writer.now();
        let leased_until = now + lease;
        let row = fetch_optional!(
            writer,
            DueRow,
            "update letters set leased_by = $1, leased_until = $2
             where id = (select id from letters
                         where settled_at is null and due_at <= $3
                           and (leased_until is null or leased_until <= $3)
                         order by (case when kind = 'link' then 1 else 0 end), due_at, id limit 1)
               and settled_at is null and due_at <= $3 and (leased_until is null or leased_until <= $3)
             returning id, merchant_id, kind, link_id, order_id, attempt_id, failures, unsure, created_at",
            worker,
            leased_until,
            now
        )?;
        writer.commit().await?;
        let Some((id, merchant_id, kind, link_id, order_id, attempt_id, failures, unsure, created_at)) = row
        else {
            return Ok(None);
        };
        let about = NewLetter {
            merchant_id: MerchantId(merchant_id),
            kind: Reading::of("letters", id).some("kind", LetterKind::parse(&kind))?,
            link_id: LinkId(link_id),
            order_id: order_id.map(OrderId),
            attempt_id: attempt_id.map(AttemptId),
        };
        Ok(Some(DueLetter { id: LetterId(id), about, failures, unsure, created_at, leased_until }))
    }
}

impl Reader {
    /// What became of the letters that bring a link, the newest first.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn link_letters(
        &mut self,
        link_id: LinkId,
        limit: i64,
    ) -> Result<Vec<LetterFate>, StorageError> {
        let rows = fetch_all!(
            self,
            (Uuid, String, DateTime<Utc>, Option<DateTime<Utc>>),
            "select id, state, created_at, settled_at from letters where link_id = $1 and kind = 'link'
             order by id desc limit $2",
            link_id.0,
            limit
        )?;
        let read = |(id, state, written_at, settled_at): (Uuid, String, DateTime<Utc>, _)| {
            let state = Reading::of("letters", id).some("state", LetterState::parse(&state))?;
            Ok(LetterFate { state, written_at, settled_at })
        };
        rows.into_iter().map(read).collect()
    }

    /// How many letters are due at an instant, or being sent.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn count_due_letters(&mut self, now: DateTime<Utc>) -> Result<i64, StorageError> {
        let (due,): (i64,) = fetch_one!(
            self,
            (i64,),
            "select cast(count(*) as bigint) from letters
             where settled_at is null and (due_at <= $1 or leased_until > $1)",
            now
        )?;
        Ok(due)
    }
}

impl Writer {
    /// Writes a letter down, to be sent from an instant on; false when it was written before.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn write_letter(
        &mut self,
        letter: &NewLetter,
        due_at: DateTime<Utc>,
        key: &str,
    ) -> Result<bool, StorageError> {
        let now = self.now();
        let inserted = execute!(
            self,
            "insert into letters (id, merchant_id, kind, link_id, order_id, attempt_id, dedupe_key, state,
                 failures, due_at, created_at)
             values ($1, $2, $3, $4, $5, $6, $7, 'waiting', 0, $8, $9)
             on conflict do nothing",
            LetterId::at(now).0,
            letter.merchant_id.0,
            letter.kind.code(),
            letter.link_id.0,
            letter.order_id.map(|id| id.0),
            letter.attempt_id.map(|id| id.0),
            key,
            due_at,
            now
        )?;
        Ok(inserted == 1)
    }

    /// Nothing that brings this link is sent any more; what is being sent just now may still arrive.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn void_link_letters(&mut self, link_id: LinkId) -> Result<(), StorageError> {
        let now = self.now();
        execute!(
            self,
            "update letters set state = 'void', settled_at = $2, leased_by = null, leased_until = null
             where link_id = $1 and kind = 'link' and settled_at is null",
            link_id.0,
            now
        )?;
        Ok(())
    }

    /// Notes what became of a letter, and by the mark of its address to whom it went, if it went out; what
    /// was reserved and did not go counts no more. False when its lease was over and somebody else has it.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn settle_letter(
        &mut self,
        letter: &DueLetter,
        state: LetterState,
        sent_to_mark: Option<&[u8]>,
    ) -> Result<bool, StorageError> {
        let now = self.now();
        let settled = execute!(
            self,
            "update letters set state = $3, settled_at = $4,
                 sent_to_mark = coalesce($5, case when unsure > 0 then sent_to_mark end), leased_by = null, leased_until = null
             where id = $1 and leased_until = $2 and settled_at is null",
            letter.id.0,
            letter.leased_until,
            state.code(),
            now,
            sent_to_mark
        )?;
        if settled == 1 && letter.about.kind == LetterKind::Link {
            // Its card says where the letter is.
            self.stir_cards(letter.about.link_id).await?;
        }
        Ok(settled == 1)
    }

    /// Notes that a letter is tried again at an instant, after so many failures. It was not handed over, so what was
    /// reserved for it is free again.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn postpone_letter(
        &mut self,
        letter: &DueLetter,
        due_at: DateTime<Utc>,
        failures: i64,
    ) -> Result<(), StorageError> {
        execute!(
            self,
            "update letters set due_at = $3, failures = $4, leased_by = null, leased_until = null,
                 sent_to_mark = case when unsure > 0 then sent_to_mark end
             where id = $1 and leased_until = $2 and settled_at is null",
            letter.id.0,
            letter.leased_until,
            due_at,
            failures
        )?;
        Ok(())
    }

    /// Notes that the mail server was given a letter and said nothing about it: it is tried again at an instant, and
    /// counts as sent to the address of this mark.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn postpone_unsure_letter(
        &mut self,
        letter: &DueLetter,
        due_at: DateTime<Utc>,
        sent_to_mark: &[u8],
    ) -> Result<(), StorageError> {
        execute!(
            self,
            "update letters set due_at = $3, unsure = unsure + 1, sent_to_mark = $4, leased_by = null,
                 leased_until = null
             where id = $1 and leased_until = $2 and settled_at is null",
            letter.id.0,
            letter.leased_until,
            due_at,
            sent_to_mark
        )?;
        Ok(())
    }

    /// Lets everything that brings links of a shop, in real or in play money, and was written after an instant wait until
    /// another one; what is being sent goes on.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn postpone_link_letters(
        &mut self,
        merchant_id: MerchantId,
        mode: Mode,
        written_after: DateTime<Utc>,
        due_at: DateTime<Utc>,
    ) -> Result<(), StorageError> {
        execute!(
            self,
            "update letters set due_at = $4
             where merchant_id = $1 and kind = 'link' and settled_at is null and leased_until is null
               and created_at > $3 and due_at < $4
               and link_id in (select id from payment_links where merchant_id = $1 and mode = $2)",
            merchant_id.0,
            mode.code(),
            written_after,
            due_at
        )?;
        Ok(())
    }

    /// Forgets letters that were settled before an instant; gives how many.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn forget_letters(&mut self, settled_before: DateTime<Utc>) -> Result<u64, StorageError> {
        execute!(self, "delete from letters where settled_at < $1", settled_before)
    }
}
