//! Finding links and orders again: lists by state, by words, and across links.

use super::links::{Cursor, LINKS_PER_PAGE, LinkView, ORDERS_PER_PAGE, Page};
use super::merchants::Seat;
use super::paging::{cut_page, direction};
use super::{ServiceError, Services};
use crate::domain::finding::{LinkFilter, OrderFilter, SearchWords};
use crate::domain::id::{LinkId, OrderId};
use crate::domain::order::Order;
use crate::domain::order_money::OrderMoney;
use crate::storage::{OrdersOf, WantedLinks, WantedOrders};

/// How often a search gets another number when its own is taken.
const NUMBER_TRIES: usize = 4;

/// An order in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedOrder {
    /// The order.
    pub order: Order,
    /// What came of its money and where it went.
    pub money: OrderMoney,
}

impl Services {
    /// A page of the shop's links in its present mode, newest first; deleted ones are left out.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn links(
        &self,
        seat: &Seat,
        filter: LinkFilter,
        words: Option<&SearchWords>,
        cursor: Cursor<LinkId>,
    ) -> Result<Page<LinkView, LinkId>, ServiceError> {
        let wanted = WantedLinks {
            merchant_id: seat.merchant.id,
            mode: seat.merchant.mode,
            filter,
            words: words.cloned(),
            now: self.storage.now().await?,
        };
        let mut reader = self.storage.read().await?;
        let direction = direction(cursor, |id: LinkId| id.0);
        let rows = reader.links_page(&wanted, direction, LINKS_PER_PAGE + 1).await?;
        let total = reader.count_links(&wanted).await?;
        drop(reader);
        let page = cut_page(rows, cursor, LINKS_PER_PAGE, total, |link| link.id);
        let views = self.view_links(page.rows).await?;
        Ok(Page { rows: views, newer: page.newer, older: page.older, total })
    }

    /// The newest links of the shop that have orders, deleted ones among them, at most
    /// [`ORDERS_PER_PAGE`]: a deleted link's orders stay, and so does the way to them.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn links_with_orders(&self, seat: &Seat) -> Result<Vec<LinkView>, ServiceError> {
        let mut reader = self.storage.read().await?;
        let links = reader.links_with_orders(seat.merchant.id, seat.merchant.mode, ORDERS_PER_PAGE).await?;
        drop(reader);
        self.view_links(links).await
    }

    /// A page of all the shop's orders in its present mode, newest first.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn orders(
        &self,
        seat: &Seat,
        filter: OrderFilter,
        words: Option<&SearchWords>,
        cursor: Cursor<OrderId>,
    ) -> Result<Page<ListedOrder, OrderId>, ServiceError> {
        let of = OrdersOf::Shop(seat.merchant.id);
        let wanted = WantedOrders { of, mode: seat.merchant.mode, filter, words: words.cloned() };
        self.orders_page(&wanted, cursor).await
    }

    /// A page of a link's orders, newest first; `None` when the shop has no such link.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn link_orders(
        &self,
        seat: &Seat,
        link_id: LinkId,
        filter: OrderFilter,
        cursor: Cursor<OrderId>,
    ) -> Result<Option<Page<ListedOrder, OrderId>>, ServiceError> {
        let link = self.storage.read().await?.link(seat.merchant.id, link_id).await?;
        let Some(link) = link else { return Ok(None) };
        let wanted = WantedOrders { of: OrdersOf::Link(link_id), mode: link.mode, filter, words: None };
        self.orders_page(&wanted, cursor).await.map(Some)
    }

    /// Keeps a person's search, so that its pages can be turned; gives its number.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn keep_search(&self, seat: &Seat, words: &SearchWords) -> Result<u32, ServiceError> {
        for _ in 0..NUMBER_TRIES {
            let number = rand::random::<u32>().max(1);
            let (person, merchant_id) = (seat.member.telegram_id, seat.merchant.id);
            let mut writer = self.storage.write().await?;
            let is_kept = writer.insert_search(person, merchant_id, number, words.as_str()).await?;
            writer.commit().await?;
            if is_kept {
                return Ok(number);
            }
        }
        Err(ServiceError::Interrupted)
    }

    /// The words of a person's search; `None` when it is forgotten, or was made in another shop.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn kept_search(&self, seat: &Seat, number: u32) -> Result<Option<SearchWords>, ServiceError> {
        let (person, merchant_id) = (seat.member.telegram_id, seat.merchant.id);
        let words = self.storage.read().await?.search_words(person, merchant_id, number).await?;
        Ok(words.and_then(|words| SearchWords::parse(&words).ok()))
    }

    async fn orders_page(
        &self,
        wanted: &WantedOrders,
        cursor: Cursor<OrderId>,
    ) -> Result<Page<ListedOrder, OrderId>, ServiceError> {
        let direction = direction(cursor, |id: OrderId| id.0);
        let mut reader = self.storage.read().await?;
        let rows = reader.orders_page(wanted, direction, ORDERS_PER_PAGE + 1).await?;
        let total = reader.count_wanted_orders(wanted).await?;
        let page = cut_page(rows, cursor, ORDERS_PER_PAGE, total, |order| order.id);
        let mut rows = Vec::with_capacity(page.rows.len());
        for order in page.rows {
            let money = reader.order_money(&order).await?;
            rows.push(ListedOrder { order, money });
        }
        Ok(Page { rows, newer: page.newer, older: page.older, total })
    }
}
