//! Shops and the people in them.

use chrono::{DateTime, Utc};

use super::query::{execute, fetch_all, fetch_one, fetch_optional};
use super::rows::{MerchantRow, StaffRow, read_all, read_optional};
use super::{Reader, StorageError, Writer};
use crate::domain::id::{MerchantId, TelegramId};
use crate::domain::language::Language;
use crate::domain::merchant::{Merchant, StaffMember};

impl Reader {
    /// The shop of this key.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn merchant(&mut self, id: MerchantId) -> Result<Option<Merchant>, StorageError> {
        let row = fetch_optional!(
            self,
            MerchantRow,
            "select id, name, language, currency, time_zone, mode, default_limit, default_life_minutes,
                    makes_unasked, created_at
             from merchants where id = $1",
            id.0
        )?;
        read_optional(row, MerchantRow::read)
    }

    /// The shop the person entered last, else the one joined first.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn staff_member(&mut self, person: TelegramId) -> Result<Option<StaffMember>, StorageError> {
        let row = fetch_optional!(
            self,
            StaffRow,
            "select merchant_id, telegram_id, role, language from staff
             where telegram_id = $1 order by active_at desc nulls last, joined_at, merchant_id limit 1",
            person.0
        )?;
        read_optional(row, StaffRow::read)
    }

    /// Everybody who works in the shop.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn staff(&mut self, merchant_id: MerchantId) -> Result<Vec<StaffMember>, StorageError> {
        let rows = fetch_all!(
            self,
            StaffRow,
            "select merchant_id, telegram_id, role, language from staff
             where merchant_id = $1 order by joined_at, telegram_id",
            merchant_id.0
        )?;
        read_all(rows, StaffRow::read)
    }

    /// Orders paid since an instant that the book still has money of, that money (minor units), orders waiting,
    /// and links that may still be paid: for the home card. Paid is what the figures say is paid.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn home_figures(
        &mut self,
        merchant: &Merchant,
        since: DateTime<Utc>,
        now: DateTime<Utc>,
    ) -> Result<(i64, i64, i64, i64), StorageError> {
        let (paid, sum): (i64, i64) = fetch_one!(
            self,
            (i64, i64),
            "select cast(count(*) as bigint), cast(coalesce(sum(left_minor), 0) as bigint)
             from (select (select cast(coalesce(sum(amount_minor), 0) as bigint) from ledger_entries
                           where order_id = orders.id) as left_minor
                   from orders
                   where merchant_id = $1 and mode = $2 and currency = $3 and paid_at >= $4) paid
             where left_minor > 0",
            merchant.id.0,
            merchant.mode.code(),
            merchant.currency.code(),
            since
        )?;
        let (waiting,): (i64,) = fetch_one!(
            self,
            (i64,),
            "select cast(count(*) as bigint) from orders
             where merchant_id = $1 and mode = $2 and state = 'awaiting'",
            merchant.id.0,
            merchant.mode.code()
        )?;
        let (links,): (i64,) = fetch_one!(
            self,
            (i64,),
            "select cast(count(*) as bigint) from payment_links
             where merchant_id = $1 and mode = $2 and deleted_at is null and paused_at is null
               and (expires_at is null or expires_at > $3)
               and (usage_limit is null or used < usage_limit)",
            merchant.id.0,
            merchant.mode.code(),
            now
        )?;
        Ok((paid, sum, waiting, links))
    }
}

impl Writer {
    /// Writes a new shop, with the empty seal at the head of its ledger.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn insert_merchant(&mut self, merchant: &Merchant) -> Result<(), StorageError> {
        execute!(
            self,
            "insert into merchants (id, name, language, currency, time_zone, mode, ledger_seal, created_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8)",
            merchant.id.0,
            merchant.name.as_str(),
            merchant.language.code(),
            merchant.currency.code(),
            merchant.time_zone.name(),
            merchant.mode.code(),
            Vec::<u8>::new(),
            merchant.created_at
        )?;
        Ok(())
    }

    /// Writes what a seller may change about a shop.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn update_merchant(&mut self, merchant: &Merchant) -> Result<(), StorageError> {
        execute!(
            self,
            "update merchants set name = $2, language = $3, currency = $4, time_zone = $5, mode = $6,
                 default_limit = $7, default_life_minutes = $8, makes_unasked = $9
             where id = $1",
            merchant.id.0,
            merchant.name.as_str(),
            merchant.language.code(),
            merchant.currency.code(),
            merchant.time_zone.name(),
            merchant.mode.code(),
            merchant.link_defaults.usage_limit.map(|limit| limit.get()),
            merchant.link_defaults.life.map(|life| life.num_minutes()),
            merchant.link_defaults.makes_unasked
        )?;
        Ok(())
    }

    /// Puts a person into a shop.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn insert_staff(&mut self, member: &StaffMember) -> Result<(), StorageError> {
        let now = self.now();
        execute!(
            self,
            "insert into staff (merchant_id, telegram_id, role, language, joined_at) values ($1, $2, $3, $4, $5)",
            member.merchant_id.0,
            member.telegram_id.0,
            member.role.code(),
            member.language.code(),
            now
        )?;
        Ok(())
    }

    /// Changes what the bot speaks with a person.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn set_staff_language(
        &mut self,
        person: TelegramId,
        language: Language,
    ) -> Result<(), StorageError> {
        execute!(self, "update staff set language = $2 where telegram_id = $1", person.0, language.code())?;
        Ok(())
    }

    /// Serialises the opening of a person's shop: the same person's second wish waits here and then
    /// sees the first one's shop.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn lock_person(&mut self, person: TelegramId) -> Result<(), StorageError> {
        execute!(
            self,
            "insert into chats (chat) values ($1) on conflict (chat) do update set chat = excluded.chat",
            person.0
        )?;
        Ok(())
    }
}
