//! The shops' logs. Rows are only ever added.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::link_lists::Direction;
use super::query::{execute, fetch_all};
use super::{Reader, StorageError, Writer};
use crate::domain::id::{LinkId, LogEntryId, MerchantId, OrderId, TelegramId};
use crate::domain::money::{Currency, Money};
use crate::domain::shop_log::{LogEntry, LogEvent, LogSubject};

/// A line with the names of what it is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedLogEntry {
    /// The line.
    pub entry: LogEntry,
    /// What the one who did it is called, as far as it is known.
    pub person_name: Option<String>,
    /// What the other person is called.
    pub about_name: Option<String>,
    /// What the link sells, or the order bought.
    pub item: Option<String>,
    /// The order's code.
    pub code: Option<String>,
    /// The money.
    pub amount: Option<Money>,
}

#[derive(sqlx::FromRow)]
struct LogRow {
    id: Uuid,
    merchant_id: Uuid,
    person: i64,
    event: String,
    link_id: Option<Uuid>,
    order_id: Option<Uuid>,
    amount_minor: Option<i64>,
    about: Option<i64>,
    happened_at: DateTime<Utc>,
    person_name: Option<String>,
    about_name: Option<String>,
    item: Option<String>,
    code: Option<String>,
    currency: Option<String>,
}

impl LogRow {
    /// `None` for an event of a newer version.
    fn read(self) -> Option<NamedLogEntry> {
        let entry = LogEntry {
            id: LogEntryId(self.id),
            merchant_id: MerchantId(self.merchant_id),
            person: TelegramId(self.person),
            event: LogEvent::parse(&self.event)?,
            subject: LogSubject {
                link_id: self.link_id.map(LinkId),
                order_id: self.order_id.map(OrderId),
                amount_minor: self.amount_minor,
                about: self.about.map(TelegramId),
            },
            at: self.happened_at,
        };
        let currency = self.currency.as_deref().and_then(Currency::parse);
        Some(NamedLogEntry {
            entry,
            person_name: self.person_name,
            about_name: self.about_name,
            item: self.item,
            code: self.code,
            amount: self.amount_minor.zip(currency).map(|(minor, currency)| Money::new(minor, currency)),
        })
    }
}

/// The lines with the names of what they are about.
macro_rules! log_lines {
    () => {
        "select log.id, log.merchant_id, log.person, log.event, log.link_id, log.order_id, log.amount_minor,
                log.about, log.happened_at, doer.name as person_name, other.name as about_name,
                coalesce(orders.item_name, links.item_name) as item, orders.code as code,
                orders.currency as currency
         from shop_log log
         left join people doer on doer.telegram_id = log.person
         left join people other on other.telegram_id = log.about
         left join payment_links links on links.id = log.link_id
         left join orders on orders.id = log.order_id"
    };
}

impl Reader {
    /// A page of a shop's log, newest first; lines of a newer version are left out.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn log_page(
        &mut self,
        merchant_id: MerchantId,
        direction: Direction,
        rows_max: i64,
    ) -> Result<Vec<NamedLogEntry>, StorageError> {
        let rows = match direction {
            Direction::FromNewest | Direction::OlderThan(_) => fetch_all!(
                self,
                LogRow,
                concat!(
                    log_lines!(),
                    " where log.merchant_id = $1 and log.id < $2 order by log.id desc limit $3"
                ),
                merchant_id.0,
                direction.bound(),
                rows_max
            )?,
            Direction::NewerThan(key) => {
                let mut rows = fetch_all!(
                    self,
                    LogRow,
                    concat!(
                        log_lines!(),
                        " where log.merchant_id = $1 and log.id > $2 order by log.id limit $3"
                    ),
                    merchant_id.0,
                    key,
                    rows_max
                )?;
                rows.reverse();
                rows
            }
        };
        Ok(rows.into_iter().filter_map(LogRow::read).collect())
    }
}

impl Writer {
    /// Adds a line to a shop's log, at this transaction's time.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn log(
        &mut self,
        merchant_id: MerchantId,
        person: TelegramId,
        event: LogEvent,
        subject: LogSubject,
    ) -> Result<(), StorageError> {
        let now = self.now();
        execute!(
            self,
            "insert into shop_log (id, merchant_id, person, event, link_id, order_id, amount_minor, about,
                 happened_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
            LogEntryId::at(now).0,
            merchant_id.0,
            person.0,
            event.code(),
            subject.link_id.map(|link_id| link_id.0),
            subject.order_id.map(|order_id| order_id.0),
            subject.amount_minor,
            subject.about.map(|about| about.0),
            now
        )?;
        Ok(())
    }
}
