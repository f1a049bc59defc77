//! What is kept about customers, to be handed out or erased. Money, states and ledger rows hold
//! nothing personal and stay.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::orders::order_columns;
use super::query::{execute, fetch_all, fetch_one};
use super::rows::{OrderRow, read_all};
use super::{Reader, StorageError, Writer};
use crate::domain::customer::{Email, Phone};
use crate::domain::id::{MerchantId, OrderId, TelegramId};
use crate::domain::order::Order;

/// Orders erased in one go: a shop's whole history must not keep others waiting.
const BATCH: i64 = 200;

/// A table beside the orders that may mention a customer. The statements are bound alike: the phone number as
/// it is kept, the address in small letters, the number's own digits; in a shop its key and who asks, too.
struct Mention {
    table: &'static str,
    count: &'static str,
    count_in_shop: &'static str,
    erase: &'static str,
    erase_in_shop: &'static str,
}

/// The columns of a link that name its customer, emptied.
macro_rules! unnamed_link {
    () => {
        "update payment_links set customer_name = null, customer_phone = null, customer_email = null,
             find_by = null, buyer_note = null, seller_note = null, return_url = null,
             version = version + 1"
    };
}

/// Whether one of these columns repeats the contact as people type it: the digits of the number, whatever
/// stands between them, or the address.
macro_rules! repeats {
    ($column:literal $(, $further:literal)*) => {
        concat!("(", repeats!(@ $column) $(, " or ", repeats!(@ $further))*, ")")
    };
    (@ $column:literal) => {
        concat!(
            "replace(", close_together!($column), ", $3, '') <> ", close_together!($column),
            " or replace(lower(", $column, "), $2, '') <> lower(", $column, ")"
        )
    };
}

/// A column without what people put between digits: what [`Phone`] takes there, and other blanks.
macro_rules! close_together {
    ($column:literal) => {
        close_together!(@ $column, ' ' '-' '.' '(' ')' '/' '\t' '\u{a0}' '\u{202f}' '\u{2010}' '\u{2011}' '\u{2012}'
            '\u{2013}' '\u{2014}' '\u{2015}')
    };
    (@ $text:expr, $sign:literal $($further:literal)*) => {
        close_together!(@ concat!("replace(", $text, ", '", $sign, "', '')"), $($further)*)
    };
    (@ $text:expr,) => {
        $text
    };
}

/// Whether a chat is of somebody who works in this shop alone: what somebody of two shops has begun may be the
/// other shop's.
macro_rules! of_the_shop_alone {
    ($chat:literal) => {
        concat!(
            $chat,
            " in (select telegram_id from staff where merchant_id = $4) and ",
            $chat,
            " not in (select telegram_id from staff where merchant_id <> $4)"
        )
    };
}

macro_rules! mention {
    ($table:literal, $erased:expr, $mentions:expr, of_shop: $of_shop:expr) => {
        Mention {
            table: $table,
            count: concat!("select cast(count(*) as bigint) from ", $table, " where ", $mentions),
            count_in_shop: concat!(
                "select cast(count(*) as bigint) from ",
                $table,
                " where ",
                $mentions,
                " and ",
                $of_shop
            ),
            erase: concat!($erased, " where ", $mentions),
            erase_in_shop: concat!($erased, " where ", $mentions, " and ", $of_shop),
        }
    };
}

/// What counting, handing out and erasing go through.
const MENTIONS: [Mention; 8] = [
    mention!(
        "payment_links",
        unnamed_link!(),
        "(customer_phone = $1 or lower(customer_email) = $2)",
        of_shop: "merchant_id = $4"
    ),
    // What the team noted about a link that is for nobody, or for somebody else.
    mention!(
        "payment_links",
        "update payment_links set find_by = null, seller_note = null, version = version + 1",
        concat!(
            "(customer_phone is null or customer_phone <> $1)
             and (customer_email is null or lower(customer_email) <> $2) and ",
            repeats!("seller_note")
        ),
        of_shop: "merchant_id = $4"
    ),
    mention!(
        "link_drafts",
        "delete from link_drafts",
        repeats!("body"),
        of_shop: of_the_shop_alone!("telegram_id")
    ),
    mention!(
        "conversations",
        "delete from conversations",
        repeats!("body"),
        // The question itself is a talk.
        of_shop: concat!("chat <> $5 and ", of_the_shop_alone!("chat"))
    ),
    mention!(
        "customer_questions",
        "delete from customer_questions",
        repeats!("question", "answer"),
        of_shop: "merchant_id = $4"
    ),
    mention!("searches", "delete from searches", repeats!("words"), of_shop: "merchant_id = $4"),
    mention!(
        "link_import_rows",
        "delete from link_import_rows",
        repeats!("draft", "cells", "problem"),
        of_shop: "import_id in (select id from link_imports where merchant_id = $4)"
    ),
    // What was asked and not answered may be asked again for a while.
    mention!(
        "telegram_updates",
        "update telegram_updates set body = '', repeat_until = null",
        concat!("repeat_until is not null and ", repeats!("body")),
        of_shop: of_the_shop_alone!("chat")
    ),
];

/// Whose data: everything under the phone number, and everything under the e-mail address.
#[derive(Debug, Clone)]
pub struct CustomerContact {
    /// The number, as it is kept.
    pub phone: Option<Phone>,
    /// The address; letters count alike in either case.
    pub email: Option<Email>,
}

impl CustomerContact {
    /// What the columns are compared with. No column holds an empty contact but an erased one, and
    /// those are left out.
    fn words(&self) -> (String, String) {
        let phone = self.phone.as_ref().map(|phone| phone.as_str().to_owned());
        let email = self.email.as_ref().map(|email| email.as_str().to_lowercase());
        (phone.unwrap_or_default(), email.unwrap_or_default())
    }

    /// The digits of the number that stand in it however it is typed: without `+`, and at home without the
    /// country's own. A short one keeps that, since a few digits stand in amounts as well. Empty where no number is
    /// asked for.
    fn digits(&self) -> String {
        /// Mobile numbers of Indonesia have nine digits at least behind the country's.
        const TELLING_DIGITS_MIN: usize = 9;
        let Some(phone) = &self.phone else { return String::new() };
        let digits = phone.as_str().trim_start_matches('+');
        let national = digits.strip_prefix("62").filter(|national| national.len() >= TELLING_DIGITS_MIN);
        national.unwrap_or(digits).to_owned()
    }
}

/// The tables beside the orders that may mention a customer, each as often as it does in another way.
#[must_use]
pub fn tables_with_mentions() -> [&'static str; 8] {
    MENTIONS.map(|mention| mention.table)
}

impl Reader {
    /// A customer's orders, oldest first, those of every shop.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn orders_of_customer(
        &mut self,
        contact: &CustomerContact,
    ) -> Result<Vec<Order>, StorageError> {
        let (phone, email) = contact.words();
        let rows = fetch_all!(
            self,
            OrderRow,
            concat!(
                "select ",
                order_columns!(),
                " from orders where customer_erased_at is null
                   and (customer_phone = $1 or lower(customer_email) = $2) order by id"
            ),
            &phone,
            &email
        )?;
        read_all(rows, OrderRow::read)
    }

    /// How many links name the customer, and how many drafts, talks, questions, searches, rows of files and
    /// updates that may be repeated hold the contact.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn mentions_of_customer(&mut self, contact: &CustomerContact) -> Result<i64, StorageError> {
        let ((phone, email), digits) = (contact.words(), contact.digits());
        let mut mentions = 0;
        for mention in &MENTIONS {
            let (count,): (i64,) = fetch_one!(self, (i64,), mention.count, &phone, &email, &digits)?;
            mentions += count;
        }
        Ok(mentions)
    }

    /// The same of one shop: of drafts, talks and updates those of who works there alone, without the talk of
    /// who asks.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn mentions_in_shop(
        &mut self,
        (shop, asker): (MerchantId, TelegramId),
        contact: &CustomerContact,
    ) -> Result<i64, StorageError> {
        let ((phone, email), digits) = (contact.words(), contact.digits());
        let mut mentions = 0;
        for mention in &MENTIONS {
            let sql = mention.count_in_shop;
            let (count,): (i64,) = fetch_one!(self, (i64,), sql, &phone, &email, &digits, shop.0, asker.0)?;
            mentions += count;
        }
        Ok(mentions)
    }
}

impl Writer {
    /// Erases the customer's details of an order that nobody is paying now; false when someone is, or
    /// they were erased before. The receipt's address stays.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn erase_customer_of(&mut self, id: OrderId) -> Result<bool, StorageError> {
        let now = self.now();
        let erased = execute!(
            self,
            "update orders set customer_name = '', customer_phone = '', customer_email = '', find_by = null,
                 token_sealed = $3, form_hash = token_hash, buyer_note = null, customer_erased_at = $2,
                 version = version + 1
             where id = $1 and customer_erased_at is null and state <> 'awaiting' and unit <> 'held'",
            id.0,
            now,
            Vec::<u8>::new()
        )?;
        if erased == 1 {
            self.forget_followers(id).await?;
            execute!(self, "update payment_attempts set instructions = null where order_id = $1", id.0)?;
        }
        Ok(erased == 1)
    }

    /// Takes away all that [`Reader::mentions_of_customer`] counts; gives how many.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn erase_mentions(&mut self, contact: &CustomerContact) -> Result<u64, StorageError> {
        let ((phone, email), digits) = (contact.words(), contact.digits());
        let mut erased = 0;
        for mention in &MENTIONS {
            erased += execute!(self, mention.erase, &phone, &email, &digits)?;
        }
        Ok(erased)
    }

    /// Takes away all that [`Reader::mentions_in_shop`] counts; gives how many.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn erase_mentions_in_shop(
        &mut self,
        (shop, asker): (MerchantId, TelegramId),
        contact: &CustomerContact,
    ) -> Result<u64, StorageError> {
        let ((phone, email), digits) = (contact.words(), contact.digits());
        let mut erased = 0;
        for mention in &MENTIONS {
            let sql = mention.erase_in_shop;
            erased += execute!(self, sql, &phone, &email, &digits, shop.0, asker.0)?;
        }
        Ok(erased)
    }

    /// Erases the customers of some orders that were made before an instant, and those whom a link
    /// names that was made before and used by nobody since; gives how many orders.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn erase_old_customers(&mut self, made_before: DateTime<Utc>) -> Result<u64, StorageError> {
        let old = fetch_all!(
            self,
            (Uuid,),
            "select id from orders where customer_erased_at is null and created_at < $1
               and state <> 'awaiting' and unit <> 'held' order by created_at, id limit $2",
            made_before,
            BATCH
        )?;
        let mut erased = 0;
        for (id,) in old {
            erased += u64::from(self.erase_customer_of(OrderId(id)).await?);
        }
        execute!(
            self,
            concat!(
                unnamed_link!(),
                " where created_at < $1
                   and (customer_name is not null or customer_phone is not null or customer_email is not null)
                   and not exists (
                       select 1 from orders where payment_link_id = payment_links.id and created_at >= $1)"
            ),
            made_before
        )?;
        Ok(erased)
    }
}
