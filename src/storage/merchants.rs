//! Shops and the people in them.

use chrono::{DateTime, Utc};

use super::merchant_rows::{MerchantRow, StaffRow};
use super::query::{execute, fetch_all, fetch_one, fetch_optional};
use super::rows::{read_all, read_optional};
use super::{Reader, StorageError, Writer};
use crate::domain::id::{MerchantId, TelegramId};
use crate::domain::language::Language;
use crate::domain::merchant::{Merchant, StaffMember};
use crate::domain::shop_face::ChatName;

/// The columns of a shop, as [`MerchantRow`] reads them.
macro_rules! merchant_columns {
    () => {
        "id, name, language, currency, time_zone, mode, default_limit, default_life_minutes, makes_unasked, \
         created_at, colour, photo_id, chat_name, chat_person, paid_orders, methods"
    };
}
pub(super) use merchant_columns;

impl Reader {
    /// The shop of this key.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn merchant(&mut self, id: MerchantId) -> Result<Option<Merchant>, StorageError> {
        let row = fetch_optional!(
            self,
            MerchantRow,
            concat!("select ", merchant_columns!(), " from merchants where id = $1"),
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

    /// What shops show as this person's chat name, and when it was last confirmed: a row for each shop whose
    /// customers are to read it.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn shown_chat_names(
        &mut self,
        person: TelegramId,
    ) -> Result<Vec<(Option<ChatName>, Option<DateTime<Utc>>)>, StorageError> {
        let rows = fetch_all!(
            self,
            (Option<String>, Option<DateTime<Utc>>),
            "select chat_name, chat_seen_at from merchants where chat_person = $1",
            person.0
        )?;
        Ok(rows
            .into_iter()
            .map(|(name, seen_at)| (name.as_deref().and_then(ChatName::parse), seen_at))
            .collect())
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

    /// Writes what a seller may change about a shop. A chat name that was not shown before is seen now.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn update_merchant(&mut self, merchant: &Merchant) -> Result<(), StorageError> {
        let now = self.now();
        execute!(
            self,
            "update merchants set name = $2, language = $3, currency = $4, time_zone = $5, mode = $6,
                 default_limit = $7, default_life_minutes = $8, makes_unasked = $9, colour = $10, photo_id = $11,
                 chat_name = $12, chat_person = $13, methods = $14,
                 chat_seen_at = case when chat_person = $13 and chat_name = $12 then chat_seen_at else $15 end
             where id = $1",
            merchant.id.0,
            merchant.name.as_str(),
            merchant.language.code(),
            merchant.currency.code(),
            merchant.time_zone.name(),
            merchant.mode.code(),
            merchant.link_defaults.usage_limit.map(|limit| limit.get()),
            merchant.link_defaults.life.map(|life| life.num_minutes()),
            merchant.link_defaults.makes_unasked,
            merchant.face.colour.code(),
            merchant.face.photo.map(|photo| photo.0),
            merchant.face.chat_name.as_ref().map(|name| name.as_str()),
            merchant.face.chat_person.map(|person| person.0),
            merchant.methods.to_json(),
            now
        )?;
        Ok(())
    }

    /// Counts one more real order that was paid.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn count_paid_order(&mut self, id: MerchantId) -> Result<(), StorageError> {
        execute!(self, "update merchants set paid_orders = paid_orders + 1 where id = $1", id.0)?;
        Ok(())
    }

    /// Counts a shop's paid orders again, where a program of an earlier version booked some without counting them.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn recount_paid_orders(&mut self, id: MerchantId) -> Result<(), StorageError> {
        execute!(
            self,
            "update merchants set paid_orders = (select count(*) from orders
                 where orders.merchant_id = merchants.id and orders.mode = 'live' and orders.paid_at is not null)
             where id = $1 and paid_orders < (select count(*) from orders
                 where orders.merchant_id = merchants.id and orders.mode = 'live' and orders.paid_at is not null)",
            id.0
        )?;
        Ok(())
    }

    /// Writes a person's chat name, as it is known now, into the shops whose customers read it, and takes it out
    /// of them where there is none any more.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn set_chat_name(
        &mut self,
        person: TelegramId,
        name: Option<&ChatName>,
    ) -> Result<(), StorageError> {
        let now = self.now();
        execute!(
            self,
            "update merchants set chat_name = $2, chat_seen_at = $3 where chat_person = $1",
            person.0,
            name.map(|name| name.as_str()),
            now
        )?;
        Ok(())
    }

    /// Takes chat names out of shops that were not confirmed since an instant; gives out of how many. Whose they
    /// are stays known: the name comes back as soon as that person is heard of.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn hide_chat_names(&mut self, seen_before: DateTime<Utc>) -> Result<u64, StorageError> {
        execute!(
            self,
            "update merchants set chat_name = null
             where chat_name is not null and (chat_seen_at is null or chat_seen_at < $1)",
            seen_before
        )
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
