//! How many letters an address and a shop had lately, and the room that is reserved for one more.

use chrono::{DateTime, Utc};

use super::DueLetter;
use crate::domain::id::{LetterId, MerchantId};
use crate::domain::merchant::Mode;
use crate::storage::query::{execute, fetch_one};
use crate::storage::{Reader, StorageError, Writer};

/// What went out lately, as far as a cap counts it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SentLately {
    /// How many letters.
    pub count: i64,
    /// How many of them are being handed over just now, so that they may still come to nothing.
    pub under_way: i64,
    /// When the newest of them went.
    pub newest: Option<DateTime<Utc>>,
}

/// Who takes it sees what all senders before it have reserved, of every replica.
const RESERVING: &str = "letters:reserving";

impl Reader {
    /// What went to an address since an instant, by its mark, but for one letter: of every shop, whatever address stands
    /// with the link or the order today, with what was reserved ([`Writer::reserve_letter`]) and with what the mail
    /// server was given and said nothing about. Receipts of real money are not counted.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn letters_sent_to(
        &mut self,
        mark: &[u8],
        but: LetterId,
        since: DateTime<Utc>,
    ) -> Result<SentLately, StorageError> {
        let (count, under_way, newest): (i64, i64, Option<DateTime<Utc>>) = fetch_one!(
            self,
            (i64, i64, Option<DateTime<Utc>>),
            "select cast(count(*) as bigint),
                 cast(count(case when letters.settled_at is null and letters.unsure = 0 then 1 end) as bigint),
                 max(letters.settled_at)
             from letters join payment_links on payment_links.id = letters.link_id
             where letters.sent_to_mark = $1 and letters.id <> $2
               and (letters.settled_at is null or letters.settled_at > $3)
               and (letters.kind <> 'receipt' or payment_links.mode <> 'live')",
            mark,
            but.0,
            since
        )?;
        Ok(SentLately { count, under_way, newest })
    }

    /// What the mail server took of a shop since an instant: in real or in play money. Receipts of real money are not
    /// counted.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn letters_sent_of(
        &mut self,
        merchant_id: MerchantId,
        mode: Mode,
        since: DateTime<Utc>,
    ) -> Result<SentLately, StorageError> {
        let (count, newest): (i64, Option<DateTime<Utc>>) = fetch_one!(
            self,
            (i64, Option<DateTime<Utc>>),
            "select cast(count(*) as bigint), max(letters.settled_at) from letters
                 join payment_links on payment_links.id = letters.link_id
             where letters.settled_at > $1 and letters.state = 'sent' and letters.merchant_id = $2
               and payment_links.mode = $3 and (letters.kind <> 'receipt' or payment_links.mode <> 'live')",
            since,
            merchant_id.0,
            mode.code()
        )?;
        Ok(SentLately { count, under_way: 0, newest })
    }
}

impl Writer {
    /// Waits until no other sender reserves, and lets none until the end of the transaction: two that counted at the same
    /// time would both find room for the last letter.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn lock_letter_caps(&mut self) -> Result<(), StorageError> {
        let now = self.now();
        execute!(
            self,
            "insert into duties (name, taken_at) values ($1, $2)
             on conflict (name) do update set taken_at = excluded.taken_at",
            RESERVING,
            now
        )?;
        Ok(())
    }

    /// Counts a letter as one to the address of this mark before it is handed over; false when its lease was over and
    /// somebody else has it. Until [`Writer::settle_letter`] or [`Writer::postpone_letter`] says that it did not go.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn reserve_letter(&mut self, letter: &DueLetter, mark: &[u8]) -> Result<bool, StorageError> {
        let reserved = execute!(
            self,
            "update letters set sent_to_mark = $3
             where id = $1 and leased_until = $2 and settled_at is null",
            letter.id.0,
            letter.leased_until,
            mark
        )?;
        Ok(reserved == 1)
    }
}
