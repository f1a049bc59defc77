//! Groups, topics and channels where a shop's payments ring. Rows stay when a place is gone.

use chrono::{DateTime, Datelike, Utc};
use uuid::Uuid;

use super::notice_settings::PlannedRecap;
use super::query::{execute, fetch_all, fetch_optional};
use super::rows::{Reading, read_all};
use super::{Reader, StorageError, Writer};
use crate::domain::id::{MerchantId, PlaceId, TelegramId};
use crate::domain::language::Language;
use crate::domain::notice_settings::{minutes_of, time_at};
use crate::domain::place::{Place, PlaceKind, PlaceLoss, PlaceTopic};

#[derive(sqlx::FromRow)]
struct PlaceRow {
    id: Uuid,
    merchant_id: Uuid,
    chat: i64,
    thread: Option<i64>,
    title: String,
    kind: String,
    language: String,
    tells_payments: bool,
    tells_problems: bool,
    recap_at: Option<i64>,
    added_by: i64,
    added_at: DateTime<Utc>,
    gone_because: Option<String>,
}

impl PlaceRow {
    fn read(self) -> Result<Place, StorageError> {
        let reading = Reading::of("places", self.id);
        Ok(Place {
            id: PlaceId(self.id),
            merchant_id: MerchantId(self.merchant_id),
            chat: TelegramId(self.chat),
            thread: self.thread,
            title: self.title,
            kind: reading.some("kind", PlaceKind::parse(&self.kind))?,
            language: reading.some("language", Language::parse(&self.language))?,
            tells_payments: self.tells_payments,
            tells_problems: self.tells_problems,
            recap_at: self.recap_at.and_then(time_at),
            added_by: TelegramId(self.added_by),
            added_at: self.added_at,
            gone: self.gone_because.as_deref().map(PlaceLoss::parse),
        })
    }
}

/// The places, as they are read, where something holds.
macro_rules! places_where {
    ($condition:literal) => {
        concat!(
            "select id, merchant_id, chat, thread, title, kind, language, tells_payments, tells_problems,
                    recap_at, added_by, added_at, gone_because
             from places where ",
            $condition
        )
    };
}

impl Reader {
    /// The places of a shop, the oldest first, those that are gone among them.
    ///
    /// # Errors
    /// When the database cannot be asked, or a row cannot be read.
    pub async fn places(&mut self, merchant_id: MerchantId) -> Result<Vec<Place>, StorageError> {
        let sql = places_where!("merchant_id = $1 order by added_at, id");
        read_all(fetch_all!(self, PlaceRow, sql, merchant_id.0)?, PlaceRow::read)
    }

    /// One place of a shop.
    ///
    /// # Errors
    /// When the database cannot be asked, or the row cannot be read.
    pub async fn place(
        &mut self,
        merchant_id: MerchantId,
        id: PlaceId,
    ) -> Result<Option<Place>, StorageError> {
        let sql = places_where!("merchant_id = $1 and id = $2");
        fetch_optional!(self, PlaceRow, sql, merchant_id.0, id.0)?.map(PlaceRow::read).transpose()
    }

    /// What a shop has in a chat, also when that is gone.
    ///
    /// # Errors
    /// When the database cannot be asked, or the row cannot be read.
    pub async fn place_at(
        &mut self,
        merchant_id: MerchantId,
        chat: TelegramId,
    ) -> Result<Option<Place>, StorageError> {
        let sql = places_where!("merchant_id = $1 and chat = $2");
        fetch_optional!(self, PlaceRow, sql, merchant_id.0, chat.0)?.map(PlaceRow::read).transpose()
    }

    /// What all shops have in a chat, also what is gone.
    ///
    /// # Errors
    /// When the database cannot be asked, or a row cannot be read.
    pub async fn places_in(&mut self, chat: TelegramId) -> Result<Vec<Place>, StorageError> {
        let sql = places_where!("chat = $1 order by added_at, id");
        read_all(fetch_all!(self, PlaceRow, sql, chat.0)?, PlaceRow::read)
    }

    /// The recap of a place that is due longest.
    ///
    /// # Errors
    /// When the database cannot be asked, or a row cannot be read.
    pub(super) async fn due_place_recap(
        &mut self,
        now: DateTime<Utc>,
    ) -> Result<Option<PlannedRecap>, StorageError> {
        let row = fetch_optional!(
            self,
            super::notice_settings::RecapRow,
            "select merchant_id, chat as telegram_id, recap_at, recap_due_at, recap_day, recap_until from places
             where recap_due_at <= $1 and recap_at is not null and gone_at is null
             order by recap_due_at, id limit 1",
            now
        )?;
        row.map(super::notice_settings::RecapRow::read).transpose()
    }

    /// The recaps of a shop's places.
    ///
    /// # Errors
    /// When the database cannot be asked, or a row cannot be read.
    pub(super) async fn place_recaps(
        &mut self,
        merchant_id: MerchantId,
    ) -> Result<Vec<PlannedRecap>, StorageError> {
        let rows = fetch_all!(
            self,
            super::notice_settings::RecapRow,
            "select merchant_id, chat as telegram_id, recap_at, recap_due_at, recap_day, recap_until from places
             where merchant_id = $1 and recap_at is not null and gone_at is null order by id",
            merchant_id.0
        )?;
        read_all(rows, super::notice_settings::RecapRow::read)
    }
}

impl Writer {
    /// Writes a place as it is now, over what the shop had in that chat. What it keeps of its recap stays; while
    /// the place is gone, none is due, and whoever brings it back plans the next.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn save_place(&mut self, place: &Place) -> Result<(), StorageError> {
        let now = self.now();
        execute!(
            self,
            "insert into places (id, merchant_id, chat, thread, title, kind, language, tells_payments,
                 tells_problems, recap_at, added_by, added_at, gone_at, gone_because)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, case when $13 is null then null else $14 end, $13)
             on conflict (merchant_id, chat) do update set thread = excluded.thread, title = excluded.title,
                 language = excluded.language, tells_payments = excluded.tells_payments,
                 tells_problems = excluded.tells_problems, recap_at = excluded.recap_at,
                 added_by = excluded.added_by, added_at = excluded.added_at,
                 gone_because = excluded.gone_because,
                 recap_due_at = case when excluded.gone_because is null then places.recap_due_at end,
                 gone_at = case when excluded.gone_because is null then null
                                else coalesce(places.gone_at, excluded.gone_at) end",
            place.id.0,
            place.merchant_id.0,
            place.chat.0,
            place.thread,
            &place.title,
            place.kind.code(),
            place.language.code(),
            place.tells_payments,
            place.tells_problems,
            place.recap_at.map(minutes_of),
            place.added_by.0,
            place.added_at,
            place.gone.map(PlaceLoss::code),
            now
        )?;
        Ok(())
    }

    /// Lets a chat that nobody was in be told again what comes from now on.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn reach_place(&mut self, chat: TelegramId) -> Result<(), StorageError> {
        execute!(
            self,
            "update outbox_chats set unreachable_since = null, failures = 0 where chat = $1",
            chat.0
        )?;
        Ok(())
    }

    /// Gives up what waits for a shop's place.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn drop_notices_of_place(
        &mut self,
        merchant_id: MerchantId,
        chat: TelegramId,
    ) -> Result<(), StorageError> {
        let now = self.now();
        execute!(
            self,
            "update notifications set state = 'given_up', failure = 'the place is gone', settled_at = $3
             where merchant_id = $1 and chat = $2 and state = 'pending'",
            merchant_id.0,
            chat.0,
            now
        )?;
        Ok(())
    }

    /// Lets the next payments of a shop begin a list of their own: the last one stands in another topic.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn end_bursts(
        &mut self,
        merchant_id: MerchantId,
        chat: TelegramId,
    ) -> Result<(), StorageError> {
        execute!(
            self,
            "delete from payment_bursts where merchant_id = $1 and chat = $2",
            merchant_id.0,
            chat.0
        )?;
        Ok(())
    }

    /// Where a shop's messages of a kind go beside its people.
    ///
    /// # Errors
    /// When the database cannot be asked, or a row cannot be read.
    pub async fn places_told_of(
        &mut self,
        merchant_id: MerchantId,
        topic: PlaceTopic,
    ) -> Result<Vec<TelegramId>, StorageError> {
        let places = self.places(merchant_id).await?;
        let told = places.iter().filter(|place| place.gone.is_none() && place.tells(topic));
        Ok(told.map(|place| place.chat).collect())
    }

    /// Takes a group's new id over. A shop that has something there already keeps the newer.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub(super) async fn move_places(&mut self, old: TelegramId, new: TelegramId) -> Result<(), StorageError> {
        execute!(
            self,
            "delete from places where chat = $2 and gone_at is not null
               and merchant_id in (select merchant_id from places where chat = $1)",
            old.0,
            new.0
        )?;
        execute!(
            self,
            "update places set chat = $2 where chat = $1
               and merchant_id not in (select merchant_id from places where chat = $2)",
            old.0,
            new.0
        )?;
        execute!(self, "delete from places where chat = $1", old.0)?;
        Ok(())
    }

    /// Plans the next recap of a place; `None`: there is to be none.
    pub(super) async fn plan_place_recap(
        &mut self,
        merchant_id: MerchantId,
        chat: TelegramId,
        due_at: Option<DateTime<Utc>>,
    ) -> Result<(), StorageError> {
        execute!(
            self,
            "update places set recap_due_at = $3 where merchant_id = $1 and chat = $2",
            merchant_id.0,
            chat.0,
            due_at
        )?;
        Ok(())
    }

    /// Takes the due recap of a place and plans the next; false when another replica took it.
    pub(super) async fn take_place_recap(
        &mut self,
        recap: &PlannedRecap,
        day: chrono::NaiveDate,
        next_due_at: DateTime<Utc>,
    ) -> Result<bool, StorageError> {
        let now = self.now();
        let taken = execute!(
            self,
            "update places set recap_due_at = $4, recap_day = $5, recap_until = $6
             where merchant_id = $1 and chat = $2 and recap_due_at = $3",
            recap.merchant_id.0,
            recap.person.0,
            recap.due_at,
            next_due_at,
            i64::from(day.num_days_from_ce()),
            now
        )?;
        Ok(taken == 1)
    }
}
