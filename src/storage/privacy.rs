//! What is kept about customers, to be handed out or erased. Money, states and ledger rows hold
//! nothing personal and stay.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::orders::order_columns;
use super::query::{execute, fetch_all, fetch_one};
use super::rows::{OrderRow, read_all};
use super::{Reader, StorageError, Writer};
use crate::domain::customer::{Email, Phone};
use crate::domain::id::{MerchantId, OrderId};
use crate::domain::order::Order;

/// Orders erased in one go: a shop's whole history must not keep others waiting.
const BATCH: i64 = 200;

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

    /// How many links name the customer, and how many drafts, talks and searches hold the
    /// contact.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn mentions_of_customer(&mut self, contact: &CustomerContact) -> Result<i64, StorageError> {
        let (phone, email) = contact.words();
        let (mentions,): (i64,) = fetch_one!(
            self,
            (i64,),
            "select cast((select count(*) from payment_links
                          where customer_phone = $1 or lower(customer_email) = $2)
                       + (select count(*) from link_drafts where replace(body, $1, '') <> body
                          or replace(lower(body), $2, '') <> lower(body))
                       + (select count(*) from conversations where replace(body, $1, '') <> body
                          or replace(lower(body), $2, '') <> lower(body))
                       + (select count(*) from searches where replace(words, $1, '') <> words
                          or replace(lower(words), $2, '') <> lower(words))
                       + (select count(*) from link_import_rows
                          where replace(draft, $1, '') <> draft or replace(cells, $1, '') <> cells
                          or replace(lower(cells), $2, '') <> lower(cells)) as bigint)",
            &phone,
            &email
        )?;
        Ok(mentions)
    }

    /// The same of one shop; talks are left out, since the question itself is one.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn mentions_in_shop(
        &mut self,
        shop: MerchantId,
        contact: &CustomerContact,
    ) -> Result<i64, StorageError> {
        let (phone, email) = contact.words();
        let (mentions,): (i64,) = fetch_one!(
            self,
            (i64,),
            "select cast((select count(*) from payment_links where merchant_id = $3
                            and (customer_phone = $1 or lower(customer_email) = $2))
                       + (select count(*) from link_drafts
                          where telegram_id in (select telegram_id from staff where merchant_id = $3)
                            and telegram_id not in (select telegram_id from staff where merchant_id <> $3)
                            and (replace(body, $1, '') <> body or replace(lower(body), $2, '') <> lower(body)))
                       + (select count(*) from customer_questions where merchant_id = $3
                            and (replace(question, $1, '') <> question
                             or replace(lower(question), $2, '') <> lower(question)))
                       + (select count(*) from searches where merchant_id = $3
                            and (replace(words, $1, '') <> words
                             or replace(lower(words), $2, '') <> lower(words)))
                       + (select count(*) from link_import_rows
                          where import_id in (select id from link_imports where merchant_id = $3)
                            and (replace(draft, $1, '') <> draft or replace(cells, $1, '') <> cells
                             or replace(lower(cells), $2, '') <> lower(cells))) as bigint)",
            &phone,
            &email,
            shop.0
        )?;
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

    /// Takes the customer's details out of links, and drafts, talks, searches and rows of files that hold them away; gives
    /// how many.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn erase_mentions(&mut self, contact: &CustomerContact) -> Result<u64, StorageError> {
        let (phone, email) = contact.words();
        let links = execute!(
            self,
            "update payment_links set customer_name = null, customer_phone = null, customer_email = null,
                 find_by = null, buyer_note = null, seller_note = null,
                 version = version + 1
             where customer_phone = $1 or lower(customer_email) = $2",
            &phone,
            &email
        )?;
        let drafts = execute!(
            self,
            "delete from link_drafts
             where replace(body, $1, '') <> body or replace(lower(body), $2, '') <> lower(body)",
            &phone,
            &email
        )?;
        let talks = execute!(
            self,
            "delete from conversations
             where replace(body, $1, '') <> body or replace(lower(body), $2, '') <> lower(body)",
            &phone,
            &email
        )?;
        let questions = execute!(
            self,
            "delete from customer_questions
             where replace(question, $1, '') <> question or replace(lower(question), $2, '') <> lower(question)
                or replace(answer, $1, '') <> answer or replace(lower(answer), $2, '') <> lower(answer)",
            &phone,
            &email
        )?;
        let searches = execute!(
            self,
            "delete from searches
             where replace(words, $1, '') <> words or replace(lower(words), $2, '') <> lower(words)",
            &phone,
            &email
        )?;
        let files = execute!(
            self,
            "delete from link_import_rows
             where replace(draft, $1, '') <> draft or replace(cells, $1, '') <> cells
                or replace(lower(cells), $2, '') <> lower(cells)",
            &phone,
            &email
        )?;
        // What was asked and not answered may be asked again for a while.
        let failed = execute!(
            self,
            "update telegram_updates set body = '', repeat_until = null
             where repeat_until is not null
               and (replace(body, $1, '') <> body or replace(lower(body), $2, '') <> lower(body))",
            &phone,
            &email
        )?;
        Ok(links + drafts + talks + questions + searches + files + failed)
    }

    /// The same of one shop: its links, questions and searches, and the drafts and talks of those who work
    /// there alone: what somebody of two shops has begun may be the other shop's.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn erase_mentions_in_shop(
        &mut self,
        shop: MerchantId,
        contact: &CustomerContact,
    ) -> Result<u64, StorageError> {
        let (phone, email) = contact.words();
        let links = execute!(
            self,
            "update payment_links set customer_name = null, customer_phone = null, customer_email = null,
                 find_by = null, buyer_note = null, seller_note = null,
                 version = version + 1
             where merchant_id = $3 and (customer_phone = $1 or lower(customer_email) = $2)",
            &phone,
            &email,
            shop.0
        )?;
        let drafts = execute!(
            self,
            "delete from link_drafts
             where telegram_id in (select telegram_id from staff where merchant_id = $3)
               and telegram_id not in (select telegram_id from staff where merchant_id <> $3)
               and (replace(body, $1, '') <> body or replace(lower(body), $2, '') <> lower(body))",
            &phone,
            &email,
            shop.0
        )?;
        let talks = execute!(
            self,
            "delete from conversations
             where chat in (select telegram_id from staff where merchant_id = $3)
               and chat not in (select telegram_id from staff where merchant_id <> $3)
               and (replace(body, $1, '') <> body or replace(lower(body), $2, '') <> lower(body))",
            &phone,
            &email,
            shop.0
        )?;
        let questions = execute!(
            self,
            "delete from customer_questions
             where merchant_id = $3
               and (replace(question, $1, '') <> question
                or replace(lower(question), $2, '') <> lower(question)
                or replace(answer, $1, '') <> answer or replace(lower(answer), $2, '') <> lower(answer))",
            &phone,
            &email,
            shop.0
        )?;
        let searches = execute!(
            self,
            "delete from searches
             where merchant_id = $3
               and (replace(words, $1, '') <> words or replace(lower(words), $2, '') <> lower(words))",
            &phone,
            &email,
            shop.0
        )?;
        let files = execute!(
            self,
            "delete from link_import_rows
             where import_id in (select id from link_imports where merchant_id = $3)
               and (replace(draft, $1, '') <> draft or replace(cells, $1, '') <> cells
                or replace(lower(cells), $2, '') <> lower(cells))",
            &phone,
            &email,
            shop.0
        )?;
        Ok(links + drafts + talks + questions + searches + files)
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
            "update payment_links set customer_name = null, customer_phone = null, customer_email = null,
                 find_by = null, buyer_note = null, seller_note = null,
                 version = version + 1
             where created_at < $1
               and (customer_name is not null or customer_phone is not null or customer_email is not null)
               and not exists (select 1 from orders where payment_link_id = payment_links.id and created_at >= $1)",
            made_before
        )?;
        Ok(erased)
    }
}
