//! Lists of links: newest first, paged by key, narrowed by state and by words.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::links::link_columns;
use super::query::{fetch_all, fetch_one};
use super::rows::{LinkRow, read_all};
use super::{Reader, StorageError};
use crate::domain::finding::{LinkFilter, SearchWords};
use crate::domain::id::{LinkId, MerchantId};
use crate::domain::merchant::Mode;
use crate::domain::payment_link::PaymentLink;

/// From where, and which way, a page is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// From the newest on.
    FromNewest,
    /// Older than this key.
    OlderThan(Uuid),
    /// Newer than this key, the nearest ones.
    NewerThan(Uuid),
}

/// Which links a list has.
#[derive(Debug, Clone)]
pub struct WantedLinks {
    /// The shop's.
    pub merchant_id: MerchantId,
    /// Made in this mode.
    pub mode: Mode,
    /// In a state that this lets through.
    pub filter: LinkFilter,
    /// With these words in the item's name, the reference or the customer's name.
    pub words: Option<SearchWords>,
    /// The instant that states are computed for.
    pub now: DateTime<Utc>,
}

/// How many orders a link has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct OrderCounts {
    /// In any state.
    pub all: i64,
    /// Those that were ever paid.
    pub paid: i64,
    /// Those that wait for their customer.
    pub awaiting: i64,
}

/// How many links one statement counts for.
const LINKS_AT_ONCE: usize = 10;

/// Past every key: where a list that starts at its newest row starts.
const PAST_EVERY_KEY: Uuid = Uuid::max();

/// Which links are wanted: `$1` shop, `$2` mode, `$3` filter, `$4` now, `$5` to `$7` patterns. The states are
/// those of `PaymentLink::state`, in the order in which they win.
macro_rules! links_wanted {
    () => {
        " from payment_links where merchant_id = $1 and mode = $2 and deleted_at is null
            and ($3 = 'all' or $3 = case when paused_at is not null then 'off'
                                         when opens_at is not null and opens_at > $4 then 'active'
                                         when expires_at is not null and expires_at <= $4 then 'expired'
                                         when usage_limit is not null and used >= usage_limit then 'sold_out'
                                         else 'active' end)
            and ($5 = '%' or (coalesce(find_by, '') || ' ' || lower(item_name) || ' ' || lower(reference) || ' '
                    || lower(coalesce(customer_name, '')) like $5 escape '!'
                and coalesce(find_by, '') || ' ' || lower(item_name) || ' ' || lower(reference) || ' '
                    || lower(coalesce(customer_name, '')) like $6 escape '!'
                and coalesce(find_by, '') || ' ' || lower(item_name) || ' ' || lower(reference) || ' '
                    || lower(coalesce(customer_name, '')) like $7 escape '!'))"
    };
}

impl Reader {
    /// A page of the shop's links, deleted ones left out, newest first.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn links_page(
        &mut self,
        wanted: &WantedLinks,
        direction: Direction,
        rows_max: i64,
    ) -> Result<Vec<PaymentLink>, StorageError> {
        let [first, second, third] = patterns_of(wanted.words.as_ref());
        let rows = match direction {
            Direction::FromNewest | Direction::OlderThan(_) => fetch_all!(
                self,
                LinkRow,
                concat!(
                    "select ",
                    link_columns!(),
                    links_wanted!(),
                    " and id < $8 order by id desc limit $9"
                ),
                wanted.merchant_id.0,
                wanted.mode.code(),
                wanted.filter.code(),
                wanted.now,
                &first,
                &second,
                &third,
                direction.bound(),
                rows_max
            )?,
            Direction::NewerThan(key) => {
                let mut rows = fetch_all!(
                    self,
                    LinkRow,
                    concat!("select ", link_columns!(), links_wanted!(), " and id > $8 order by id limit $9"),
                    wanted.merchant_id.0,
                    wanted.mode.code(),
                    wanted.filter.code(),
                    wanted.now,
                    &first,
                    &second,
                    &third,
                    key,
                    rows_max
                )?;
                rows.reverse();
                rows
            }
        };
        read_all(rows, LinkRow::read)
    }

    /// How many links the list of [`Reader::links_page`] has.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn count_links(&mut self, wanted: &WantedLinks) -> Result<i64, StorageError> {
        let [first, second, third] = patterns_of(wanted.words.as_ref());
        let (links,): (i64,) = fetch_one!(
            self,
            (i64,),
            concat!("select cast(count(*) as bigint)", links_wanted!()),
            wanted.merchant_id.0,
            wanted.mode.code(),
            wanted.filter.code(),
            wanted.now,
            &first,
            &second,
            &third
        )?;
        Ok(links)
    }

    /// The newest links of the shop that have orders, deleted ones among them: whose orders to choose.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn links_with_orders(
        &mut self,
        merchant_id: MerchantId,
        mode: Mode,
        rows_max: i64,
    ) -> Result<Vec<PaymentLink>, StorageError> {
        let rows = fetch_all!(
            self,
            LinkRow,
            concat!(
                "select ",
                link_columns!(),
                " from payment_links where merchant_id = $1 and mode = $2
                    and exists (select 1 from orders where orders.payment_link_id = payment_links.id)
                  order by id desc limit $3"
            ),
            merchant_id.0,
            mode.code(),
            rows_max
        )?;
        read_all(rows, LinkRow::read)
    }

    /// How many orders a link has.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn count_orders(&mut self, link_id: LinkId) -> Result<OrderCounts, StorageError> {
        let counts = self.count_orders_of_each(&[link_id]).await?;
        Ok(counts.get(&link_id).copied().unwrap_or_default())
    }

    /// The same of several links at once; a link without orders is not in it.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn count_orders_of_each(
        &mut self,
        links: &[LinkId],
    ) -> Result<HashMap<LinkId, OrderCounts>, StorageError> {
        let mut counts = HashMap::with_capacity(links.len());
        for some in links.chunks(LINKS_AT_ONCE) {
            // The last chunk's places are filled up with its first key.
            let key = |place: usize| some.get(place).or_else(|| some.first()).map(|link| link.0);
            let rows = fetch_all!(
                self,
                (Uuid, i64, i64, i64),
                "select payment_link_id, cast(count(*) as bigint),
                        cast(sum(case when paid_at is not null then 1 else 0 end) as bigint),
                        cast(sum(case when state = 'awaiting' then 1 else 0 end) as bigint)
                 from orders where payment_link_id in ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
                 group by payment_link_id",
                key(0),
                key(1),
                key(2),
                key(3),
                key(4),
                key(5),
                key(6),
                key(7),
                key(8),
                key(9)
            )?;
            let counted = |(link, all, paid, awaiting)| (LinkId(link), OrderCounts { all, paid, awaiting });
            counts.extend(rows.into_iter().map(counted));
        }
        Ok(counts)
    }
}

impl Direction {
    pub(super) const fn bound(self) -> Uuid {
        match self {
            Self::FromNewest => PAST_EVERY_KEY,
            Self::OlderThan(key) | Self::NewerThan(key) => key,
        }
    }
}

/// The patterns of a search; without words, patterns that anything fits.
pub(super) fn patterns_of(words: Option<&SearchWords>) -> [String; SearchWords::PATTERNS] {
    words.map_or_else(|| std::array::from_fn(|_| "%".to_owned()), SearchWords::patterns)
}
