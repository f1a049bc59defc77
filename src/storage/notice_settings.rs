//! How people want to be told, and when their recaps are due. It stands in the rows of the staff.

use chrono::{DateTime, Datelike, NaiveDate, NaiveTime, Utc};
use uuid::Uuid;

use super::query::{execute, fetch_all, fetch_one, fetch_optional};
use super::rows::Reading;
use super::{Reader, StorageError, Writer};
use crate::domain::id::{MerchantId, OrderId, TelegramId};
use crate::domain::merchant::Mode;
use crate::domain::money::{Currency, Money};
use crate::domain::notice_settings::{NoticeSettings, QuietHours, minutes_of, time_at};
use crate::domain::recap::{RecapFigures, TO_SHIP_FOR};

/// The recap of somebody, or of a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PlannedRecap {
    /// The shop.
    pub merchant_id: MerchantId,
    /// The person, or the place's chat.
    pub person: TelegramId,
    /// At which time of the day.
    pub at: NaiveTime,
    /// When it is due.
    pub due_at: Option<DateTime<Utc>>,
    /// The local day of the last one.
    pub last_day: Option<NaiveDate>,
    /// Until when the last one looked.
    pub looked_until: Option<DateTime<Utc>>,
}

#[derive(sqlx::FromRow)]
struct SettingsRow {
    quiet_from: Option<i64>,
    quiet_until: Option<i64>,
    rings_sold_out: bool,
    rings_news: bool,
    rings_questions: bool,
    tells_unpaid: bool,
    recap_at: Option<i64>,
}

#[derive(sqlx::FromRow)]
pub(super) struct RecapRow {
    merchant_id: Uuid,
    telegram_id: i64,
    recap_at: i64,
    recap_due_at: Option<DateTime<Utc>>,
    recap_day: Option<i64>,
    recap_until: Option<DateTime<Utc>>,
}

impl SettingsRow {
    fn read(self) -> NoticeSettings {
        let quiet = self.quiet_from.and_then(time_at).zip(self.quiet_until.and_then(time_at));
        NoticeSettings {
            quiet: quiet.and_then(|(from, until)| QuietHours::new(from, until)),
            rings_sold_out: self.rings_sold_out,
            rings_news: self.rings_news,
            rings_questions: self.rings_questions,
            tells_unpaid: self.tells_unpaid,
            recap_at: self.recap_at.and_then(time_at),
        }
    }
}

impl RecapRow {
    pub(super) fn read(self) -> Result<PlannedRecap, StorageError> {
        let reading = Reading::of("staff", self.telegram_id);
        let day = |day: i64| i32::try_from(day).ok().and_then(NaiveDate::from_num_days_from_ce_opt);
        Ok(PlannedRecap {
            merchant_id: MerchantId(self.merchant_id),
            person: TelegramId(self.telegram_id),
            at: reading.some("recap_at", time_at(self.recap_at))?,
            due_at: self.recap_due_at,
            last_day: self.recap_day.map(|days| reading.some("recap_day", day(days))).transpose()?,
            looked_until: self.recap_until,
        })
    }
}

impl Reader {
    /// How a person wants to be told about a shop; the default for anyone else's chat.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn notice_settings(
        &mut self,
        merchant_id: MerchantId,
        person: TelegramId,
    ) -> Result<NoticeSettings, StorageError> {
        let row = fetch_optional!(
            self,
            SettingsRow,
            "select quiet_from, quiet_until, rings_sold_out, rings_news, rings_questions, tells_unpaid, recap_at
             from staff where merchant_id = $1 and telegram_id = $2",
            merchant_id.0,
            person.0
        )?;
        Ok(row.map(SettingsRow::read).unwrap_or_default())
    }

    /// Who of a shop's staff wants to hear of orders that nobody paid.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn told_of_unpaid(&mut self, merchant_id: MerchantId) -> Result<Vec<TelegramId>, StorageError> {
        let rows = fetch_all!(
            self,
            (i64,),
            "select telegram_id from staff where merchant_id = $1 and tells_unpaid
             order by joined_at, telegram_id",
            merchant_id.0
        )?;
        Ok(rows.into_iter().map(|(person,)| TelegramId(person)).collect())
    }

    /// The recap that is due longest.
    ///
    /// # Errors
    /// When the database cannot be asked, or a row cannot be read.
    pub async fn due_recap(&mut self, now: DateTime<Utc>) -> Result<Option<PlannedRecap>, StorageError> {
        let row = fetch_optional!(
            self,
            RecapRow,
            "select merchant_id, telegram_id, recap_at, recap_due_at, recap_day, recap_until from staff
             where recap_due_at <= $1 and recap_at is not null
             order by recap_due_at, merchant_id, telegram_id limit 1",
            now
        )?;
        match row {
            Some(row) => row.read().map(Some),
            None => self.due_place_recap(now).await,
        }
    }

    /// The recaps of a shop's staff and places.
    ///
    /// # Errors
    /// When the database cannot be asked, or a row cannot be read.
    pub async fn recaps(&mut self, merchant_id: MerchantId) -> Result<Vec<PlannedRecap>, StorageError> {
        let rows = fetch_all!(
            self,
            RecapRow,
            "select merchant_id, telegram_id, recap_at, recap_due_at, recap_day, recap_until from staff
             where merchant_id = $1 and recap_at is not null order by telegram_id",
            merchant_id.0
        )?;
        let mut recaps = rows.into_iter().map(RecapRow::read).collect::<Result<Vec<_>, _>>()?;
        recaps.extend(self.place_recaps(merchant_id).await?);
        Ok(recaps)
    }

    /// Whether the first money that a shop ever saw in a mode came for this order.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn is_first_money(
        &mut self,
        merchant_id: MerchantId,
        mode: Mode,
        order_id: OrderId,
    ) -> Result<bool, StorageError> {
        let first = fetch_optional!(
            self,
            (Uuid,),
            "select order_id from ledger_entries where merchant_id = $1 and mode = $2 and amount_minor > 0
             order by sequence limit 1",
            merchant_id.0,
            mode.code()
        )?;
        Ok(first.is_some_and(|(first,)| first == order_id.0))
    }

    /// What a recap says that looks from one instant until another, and at how things stand now.
    ///
    /// # Errors
    /// When the database cannot be asked, or a row cannot be read.
    pub async fn recap_figures(
        &mut self,
        merchant_id: MerchantId,
        mode: Mode,
        (from, until): (DateTime<Utc>, DateTime<Utc>),
    ) -> Result<RecapFigures, StorageError> {
        // By when the book was written: banks report late, and no payment may fall between two recaps.
        let rows = fetch_all!(
            self,
            (String, i64, i64, i64),
            "select came.currency, cast(count(*) as bigint), cast(coalesce(sum(came.left_minor), 0) as bigint),
                    cast(coalesce(sum(came.was_late), 0) as bigint)
             from (select orders.id, orders.currency, sum(entry.amount_minor) as left_minor,
                          case when orders.late then 1 else 0 end as was_late
                   from orders join ledger_entries entry on entry.order_id = orders.id
                   where orders.merchant_id = $1 and orders.mode = $2 and orders.paid_at is not null
                     and orders.state in ('paid', 'paid_unallocated', 'partially_refunded')
                   group by orders.id, orders.currency, orders.late
                   having min(entry.booked_at) > $3 and min(entry.booked_at) <= $4) came
             group by came.currency order by came.currency",
            merchant_id.0,
            mode.code(),
            from,
            until
        )?;
        let reading = Reading::of("orders", merchant_id);
        let mut figures = RecapFigures::default();
        for (currency, count, sum_minor, late) in rows {
            let currency = reading.some("currency", Currency::parse(&currency))?;
            figures.paid.push((count, Money::new(sum_minor, currency)));
            figures.late += late;
        }
        (figures.unpaid, figures.waiting, figures.to_ship) = fetch_one!(
            self,
            (i64, i64, i64),
            "select cast(coalesce(sum(case when state = 'expired' and not underpaid and customer_erased_at is null
                                            and updated_at > $3 and updated_at <= $4 then 1 else 0 end), 0) as bigint),
                    cast(coalesce(sum(case when state = 'awaiting' then 1 else 0 end), 0) as bigint),
                    cast(coalesce(sum(case when state in ('paid', 'partially_refunded') and shipped_at is null and paid_at > $5
                                           then 1 else 0 end), 0) as bigint)
             from orders where merchant_id = $1 and mode = $2
               and state in ('expired', 'awaiting', 'paid', 'partially_refunded')",
            merchant_id.0,
            mode.code(),
            from,
            until,
            until - TO_SHIP_FOR
        )?;
        figures.needs_answer = self.count_to_answer(merchant_id, mode).await?;
        Ok(figures)
    }
}

impl Reader {
    /// Orders with money that a seller has to decide about: it found nothing left, it is too little, or
    /// there is more than was asked.
    async fn count_to_answer(&mut self, merchant_id: MerchantId, mode: Mode) -> Result<i64, StorageError> {
        let (count,): (i64,) = fetch_one!(
            self,
            (i64,),
            "select cast(count(*) as bigint)
             from (select orders.id
                   from orders join ledger_entries entry on entry.order_id = orders.id
                   where orders.merchant_id = $1 and orders.mode = $2
                     and (orders.state = 'paid_unallocated' or orders.underpaid or orders.overpaid
                          or orders.duplicate_payment)
                   group by orders.id, orders.state, orders.amount_minor
                   having sum(entry.amount_minor) >
                          case when orders.state in ('open', 'awaiting', 'expired', 'closed', 'paid_unallocated')
                               then 0 else orders.amount_minor end) open_cases",
            merchant_id.0,
            mode.code()
        )?;
        Ok(count)
    }
}

impl Writer {
    /// Writes how a person wants to be told, and when the recap is next due.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn save_notice_settings(
        &mut self,
        merchant_id: MerchantId,
        person: TelegramId,
        settings: &NoticeSettings,
    ) -> Result<(), StorageError> {
        execute!(
            self,
            "update staff set quiet_from = $3, quiet_until = $4, rings_sold_out = $5, rings_news = $6,
                 rings_questions = $7, tells_unpaid = $8, recap_at = $9
             where merchant_id = $1 and telegram_id = $2",
            merchant_id.0,
            person.0,
            settings.quiet.map(|quiet| minutes_of(quiet.from())),
            settings.quiet.map(|quiet| minutes_of(quiet.until())),
            settings.rings_sold_out,
            settings.rings_news,
            settings.rings_questions,
            settings.tells_unpaid,
            settings.recap_at.map(minutes_of)
        )?;
        Ok(())
    }

    /// Plans the next recap of a person or a place; `None`: there is to be none.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn plan_recap(
        &mut self,
        merchant_id: MerchantId,
        person: TelegramId,
        due_at: Option<DateTime<Utc>>,
    ) -> Result<(), StorageError> {
        if person.is_shared() {
            return self.plan_place_recap(merchant_id, person, due_at).await;
        }
        execute!(
            self,
            "update staff set recap_due_at = $3 where merchant_id = $1 and telegram_id = $2",
            merchant_id.0,
            person.0,
            due_at
        )?;
        Ok(())
    }

    /// Takes a due recap and plans the next; false when another replica took it.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn take_recap(
        &mut self,
        recap: &PlannedRecap,
        day: NaiveDate,
        next_due_at: DateTime<Utc>,
    ) -> Result<bool, StorageError> {
        if recap.person.is_shared() {
            return self.take_place_recap(recap, day, next_due_at).await;
        }
        let now = self.now();
        let taken = execute!(
            self,
            "update staff set recap_due_at = $4, recap_day = $5, recap_until = $6
             where merchant_id = $1 and telegram_id = $2 and recap_due_at = $3",
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
