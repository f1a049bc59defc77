//! What a customer's page stands on, in one statement each: on SQLite, too, all of a page is of one instant then,
//! and a page costs one turn at the database.

use chrono::{DateTime, Utc};

use self::rows::{LinkPageRow, MarkRow, OrderPageRow, PurchaseRow, read_purchases};
use super::attempts::attempt_columns;
use super::gateway_accounts::{ShopAccount, ShopAccountRow, shop_account_columns};
use super::links::link_columns;
use super::merchants::merchant_columns;
use super::orders::order_columns;
use super::pulls::PlannedPull;
use super::query::{fetch_all, fetch_optional};
use super::waiting_lines::in_line;
use super::{Reader, Storage, StorageError};
use crate::domain::attempt::PaymentAttempt;
use crate::domain::clock::Clock;
use crate::domain::id::{LinkId, OrderId, TelegramId};
use crate::domain::link_question::{LinkQuestion, QUESTION_GAP};
use crate::domain::merchant::Merchant;
use crate::domain::order::Order;
use crate::domain::order_money::OrderMoney;
use crate::domain::payment_link::PaymentLink;
use crate::domain::photo::PhotoFacts;

mod rows;

/// How many of a browser's orders one statement looks for.
pub const KNOWN_AT_ONCE: usize = 8;

/// What a link's page stands on.
#[derive(Debug)]
pub struct LinkRead {
    /// The link.
    pub link: PaymentLink,
    /// Its shop.
    pub merchant: Merchant,
    /// The picture of what is sold.
    pub photo: Option<PhotoFacts>,
    /// The last question about it.
    pub question: Option<LinkQuestion>,
    /// How often its shop was asked within [`QUESTION_GAP`].
    pub asked_of_shop: i64,
    /// When the soonest hold on its units may end, while every unit is taken.
    pub soonest_hold_end: Option<DateTime<Utc>>,
    /// Whether it was made for a rehearsal alone; only said while every unit is taken.
    pub is_sample: bool,
    /// The deciding instant of all this.
    pub now: DateTime<Utc>,
}

/// An order with its charges and its money.
#[derive(Debug)]
pub struct PurchaseRead {
    /// The order.
    pub order: Order,
    /// SHA-256 of its token.
    pub token_hash: Vec<u8>,
    /// Its token, sealed; empty once its customer was erased.
    pub token_sealed: Vec<u8>,
    /// Its charges, oldest first.
    pub attempts: Vec<PaymentAttempt>,
    /// What came of its money and where it went.
    pub money: OrderMoney,
    /// When its charges are asked about that wait for their customer and whose gateway answers.
    pub planned: Vec<PlannedPull>,
}

/// What an order's page stands on.
#[derive(Debug)]
pub struct OrderRead {
    /// The order, its charges and its money.
    pub purchase: PurchaseRead,
    /// The link it came through.
    pub link: PaymentLink,
    /// The shop.
    pub merchant: Merchant,
    /// The account of the shop's own that new charges are made at.
    pub own_account: Option<ShopAccount>,
    /// Whether an owner of the shop is an admin of the instance; only said of a live order of a shop without an
    /// account of its own.
    pub is_of_an_admin: bool,
    /// When the soonest hold on the link's units may end, while every unit is taken.
    pub soonest_hold_end: Option<DateTime<Utc>>,
    /// Whether the link was made for a rehearsal alone; only said while every unit is taken.
    pub is_sample: bool,
    /// How many stand before the order in its link's line.
    pub places_before: i64,
    /// The deciding instant of all this.
    pub now: DateTime<Utc>,
}

/// What the mark of an order's page is made of, without the page.
#[derive(Debug)]
pub struct MarkRead {
    /// The order.
    pub order_id: OrderId,
    /// The order's version.
    pub version: i64,
    /// How many charges it has.
    pub attempts: i64,
    /// The sum of their versions.
    pub versions: i64,
    /// How many movements its money made, those on their way back included.
    pub moves: i64,
    /// What is on its way back, in minor units.
    pub under_way_minor: i64,
    /// How many stand before it in its link's line.
    pub places_before: i64,
    /// The link, while nothing is paid: how it stands is said on the page.
    pub link: Option<PaymentLink>,
    /// The deciding instant of all this.
    pub now: DateTime<Utc>,
}

/// Orders with all that belongs to them, a row for each charge, entry and return: `$which` says which orders.
macro_rules! purchases {
    (columns) => {
        "purchase.*, attempt.*, entry.id, entry.kind, entry.amount_minor, entry.booked_at, entry.sequence,
         refund.id, refund.amount_minor, refund.requested_at"
    };
    (from $which:literal) => {
        concat!(
            " from (select ",
            order_columns!(),
            ", token_hash, token_sealed from orders ",
            $which,
            ") as purchase
             left join (select ",
            attempt_columns!(),
            ", pull_due_at, pull_failures, pulled_at, settled_at from payment_attempts) as attempt
                 on attempt.order_id = purchase.id
             left join ledger_entries as entry on entry.order_id = purchase.id
                 and entry.attempt_id = attempt.id and entry.amount_minor <> 0
             left join refunds as refund on refund.order_id = purchase.id and refund.attempt_id = attempt.id
                 and refund.state in ('requested', 'accepted')"
        )
    };
}

/// What is only worth asking while every unit of `link` is taken: the soonest end of a hold, and whether the link
/// is a rehearsal's.
macro_rules! while_all_is_taken {
    () => {
        "case when link.used + link.held >= link.usage_limit
             then (select min(hold_until) from orders where payment_link_id = link.id and unit = 'held') end,
         case when link.used + link.held >= link.usage_limit
             then (select cast(count(*) as bigint) from rehearsals where link_id = link.id and is_sample)
             else 0 end"
    };
}

/// How many stand before `purchase` in its link's line.
macro_rules! places_before {
    () => {
        concat!(
            "case when purchase.waiting_since is null then 0 else
                 (select cast(count(*) as bigint) from orders as other
                  where other.payment_link_id = purchase.payment_link_id
                    and (other.waiting_since < purchase.waiting_since
                        or (other.waiting_since = purchase.waiting_since and other.id < purchase.id))
                    and ",
            in_line!("other."),
            ") end"
        )
    };
}

impl Storage {
    /// The link with this tail of an address, whoever's it is, with all that its page says.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn read_link_page(&self, slug: &str) -> Result<Option<LinkRead>, StorageError> {
        let asked_after = self.time.now() - QUESTION_GAP;
        let mut reader = self.read().await?;
        let row = fetch_optional!(
            reader,
            LinkPageRow,
            concat!(
                "select link.*, shop.*, current_timestamp, ",
                while_all_is_taken!(),
                ", photo.digest, photo.width, photo.height, question.asked_at, question.declined_at,
                   (select cast(count(*) as bigint) from link_questions
                    where merchant_id = link.merchant_id and asked_at > $2)
                 from (select ",
                link_columns!(),
                " from payment_links where slug = $1) as link
                 join (select ",
                merchant_columns!(),
                " from merchants) as shop on shop.id = link.merchant_id
                 left join link_photos as photo on photo.id = link.photo_id
                     and photo.merchant_id = link.merchant_id
                 left join link_questions as question on question.link_id = link.id"
            ),
            slug,
            asked_after
        )?;
        drop(reader);
        row.map(|row| row.read(self)).transpose()
    }

    /// The order that a token opens, with all that its page says. `admins` are the operator's, where they are
    /// named in the settings.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn read_order_page(
        &self,
        token_hash: &[u8],
        admins: &[TelegramId],
    ) -> Result<Option<OrderRead>, StorageError> {
        // `,1,2,`: a list is no value that both databases take.
        let admins: String = admins.iter().map(|admin| format!("{},", admin.0)).collect();
        let admins = if admins.is_empty() { admins } else { format!(",{admins}") };
        let mut reader = self.read().await?;
        let rows = fetch_all!(
            reader,
            OrderPageRow,
            concat!(
                "select ",
                purchases!(columns),
                ", link.*, shop.*, account.*, current_timestamp, ",
                while_all_is_taken!(),
                ", ",
                places_before!(),
                ", case when purchase.mode = 'live' and account.id is null then
                       (select cast(count(*) as bigint) from staff
                        where staff.merchant_id = purchase.merchant_id and staff.role = 'owner'
                          and case when $2 = ''
                              then exists (select 1 from admins where admins.telegram_id = staff.telegram_id)
                              else $2 like '%,' || cast(staff.telegram_id as text) || ',%' end)
                       else 0 end",
                purchases!(from "where token_hash = $1"),
                " join (select ",
                link_columns!(),
                " from payment_links) as link on link.id = purchase.payment_link_id
                     and link.merchant_id = purchase.merchant_id
                 join (select ",
                merchant_columns!(),
                " from merchants) as shop on shop.id = purchase.merchant_id
                 left join (select ",
                shop_account_columns!(),
                " from gateway_accounts where retired_at is null) as account
                     on account.merchant_id = purchase.merchant_id and account.mode = purchase.mode"
            ),
            token_hash,
            &admins
        )?;
        drop(reader);
        let mut rows = rows.into_iter();
        let Some(first) = rows.next() else { return Ok(None) };
        let purchases = std::iter::once(first.purchase).chain(rows.map(|row| row.purchase));
        let Some(purchase) = read_purchases(purchases)?.pop() else { return Ok(None) };
        Ok(Some(OrderRead {
            purchase,
            link: first.link.read()?,
            merchant: first.merchant.read()?,
            own_account: first.account.map(ShopAccountRow::read).transpose()?,
            is_of_an_admin: first.admins > 0,
            soonest_hold_end: first.soonest_hold_end,
            is_sample: first.samples > 0,
            places_before: first.places_before,
            now: self.deciding(first.read_at),
        }))
    }

    /// What tells whether the page of the order that a token opens would be another one now.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn read_mark(&self, token_hash: &[u8]) -> Result<Option<MarkRead>, StorageError> {
        let mut reader = self.read().await?;
        let row = fetch_optional!(
            reader,
            MarkRow,
            concat!(
                "select link.*, purchase.id, purchase.version,
                     (select cast(count(*) as bigint) from payment_attempts where order_id = purchase.id),
                     (select cast(coalesce(sum(version), 0) as bigint) from payment_attempts
                      where order_id = purchase.id),
                     (select cast(count(*) as bigint) from ledger_entries
                      where order_id = purchase.id and amount_minor <> 0),
                     (select cast(count(*) as bigint) from refunds
                      where order_id = purchase.id and state in ('requested', 'accepted')),
                     (select cast(coalesce(sum(amount_minor), 0) as bigint) from refunds
                      where order_id = purchase.id and state in ('requested', 'accepted')), ",
                places_before!(),
                ", purchase.underpaid or purchase.state not in ('open', 'awaiting', 'expired', 'closed'),
                   purchase.state in ('open', 'awaiting', 'expired', 'closed'), current_timestamp
                 from orders as purchase
                 join (select ",
                link_columns!(),
                " from payment_links) as link on link.id = purchase.payment_link_id
                 where purchase.token_hash = $1"
            ),
            token_hash
        )?;
        drop(reader);
        row.map(|row| row.read(self)).transpose()
    }
}

impl Reader {
    /// Those orders of a link that these tokens open, at most [`KNOWN_AT_ONCE`].
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn known_purchases(
        &mut self,
        link_id: LinkId,
        token_hashes: &[Vec<u8>],
    ) -> Result<Vec<PurchaseRead>, StorageError> {
        // No token has an empty hash.
        let hash = |index: usize| token_hashes.get(index).map_or(&[][..], Vec::as_slice);
        let rows = fetch_all!(
            self,
            PurchaseRow,
            concat!(
                "select ",
                purchases!(columns),
                purchases!(from "where payment_link_id = $1 and token_hash in ($2, $3, $4, $5, $6, $7, $8, $9)")
            ),
            link_id.0,
            hash(0),
            hash(1),
            hash(2),
            hash(3),
            hash(4),
            hash(5),
            hash(6),
            hash(7)
        )?;
        read_purchases(rows)
    }

    /// A link's orders that are paid, may still be paid or have brought some money, newest first, at most 20.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn standing_purchases(&mut self, link_id: LinkId) -> Result<Vec<PurchaseRead>, StorageError> {
        let rows = fetch_all!(
            self,
            PurchaseRow,
            concat!(
                "select ",
                purchases!(columns),
                purchases!(from
                    "where payment_link_id = $1 and (underpaid or (state <> 'closed' and state <> 'expired'))
                     order by id desc limit 20"
                )
            ),
            link_id.0
        )?;
        let mut purchases = read_purchases(rows)?;
        purchases.reverse();
        Ok(purchases)
    }
}
