//! The orders of the whole shop, newest first, eight a page, narrowed by where they stand or by words.
//!
//! ```text
//! Ani   /orders
//! Bot   🧾 Pesanan · 31
//!       [✅ Budi · 75rb · 14.02]
//!       [⏳ Sari · 75rb · 13.58]
//!       [◀ Lebih baru] [Lebih lama ▶]
//!       [✓ Semua] [Lunas] [Menunggu]
//!       [Masalah] [Perlu dikirim]
//!       [🔎 Cari] [🔗 Per tautan] [🏠 Beranda]
//! ```

use super::{filter_rows, leave};
use crate::bot::BotError;
use crate::bot::links::money_lines::standing_words;
use crate::bot::links::refusals::shortened;
use crate::bot::links::wording::Reader;
use crate::bot::links::{any_seat, cursor, reader};
use crate::bot::talk::Talk;
use crate::domain::finding::{OrderFilter, SearchWords};
use crate::domain::id::OrderId;
use crate::domain::merchant::Mode;
use crate::domain::shipping::shipping;
use crate::messaging::buttons::{FindingPress, OrderList, PageFrom, Press};
use crate::messaging::card::{Card, CardButton, cut};
use crate::messaging::texts::Say;
use crate::services::finding::ListedOrder;
use crate::services::links::Page;

/// The most characters of a customer's name in a row.
const NAME_CHARACTERS_MAX: usize = 14;

/// A page of a list as it is shown.
#[derive(Debug, Clone, Copy)]
pub struct ShownOrders<'a> {
    /// Which list.
    pub list: OrderList,
    /// Where the page starts.
    pub from: PageFrom<OrderId>,
    /// The words of a search.
    pub words: Option<&'a SearchWords>,
    /// What is on the page.
    pub page: &'a Page<ListedOrder, OrderId>,
}

/// A page of a list; the first one when the page asked for has become empty, and all orders when the
/// search is forgotten.
pub(super) async fn show(
    talk: &mut Talk,
    mut list: OrderList,
    mut from: PageFrom<OrderId>,
) -> Result<(), BotError> {
    leave(talk);
    let Some(seat) = any_seat(talk).await? else { return Ok(()) };
    let mut words = None;
    if let OrderList::Found(number) = list {
        words = talk.services.kept_search(&seat, number).await?;
        if words.is_none() {
            talk.toast("finding-forgotten").await;
            (list, from) = (OrderList::Filtered(OrderFilter::All), PageFrom::Start);
        }
    }
    let filter = match list {
        OrderList::Filtered(filter) => filter,
        OrderList::Found(_) => OrderFilter::All,
    };
    let mut page = talk.services.orders(&seat, filter, words.as_ref(), cursor(from)).await?;
    if page.rows.is_empty() && page.total > 0 {
        from = PageFrom::Start;
        page = talk.services.orders(&seat, filter, words.as_ref(), cursor(from)).await?;
    }
    let shown = ShownOrders { list, from, words: words.as_ref(), page: &page };
    let card = orders_card(&reader(talk, &seat), &shown, seat.merchant.mode);
    talk.show(card).await
}

/// A page of the list.
#[must_use]
pub fn orders_card(reader: &Reader, shown: &ShownOrders<'_>, mode: Mode) -> Card {
    let (list, page) = (shown.list, shown.page);
    let mut card = Card::new(format!("{}\n\n{}", heading(reader, shown), reader.mode(mode)));
    for listed in &page.rows {
        let press = Press::Finding(FindingPress::Order(list, shown.from, listed.order.id));
        card = card.row([CardButton::press(row_label(reader, listed), press)]);
    }
    let press = |list, from| Press::Finding(FindingPress::Orders(list, from));
    let turn = |key: &str, from| CardButton::press(reader.say(key), press(list, from));
    let newer = page.newer.map(|key| turn("links-button-newer", PageFrom::NewerThan(key)));
    let older = page.older.map(|key| turn("links-button-older", PageFrom::OlderThan(key)));
    card = card.row(newer.into_iter().chain(older));
    let all = press(OrderList::Filtered(OrderFilter::All), PageFrom::Start);
    let search = |key: &str| CardButton::press(reader.say(key), Press::Finding(FindingPress::AskOrders));
    let home = CardButton::press(reader.say("button-home"), Press::Home);
    let OrderList::Filtered(current) = list else {
        let all = CardButton::press(reader.say("order-button-orders"), all);
        return card.row([search("finding-button-again"), all]).row([home]);
    };
    let is_everything = current == OrderFilter::All;
    if page.rows.is_empty() && is_everything {
        let links = CardButton::press(reader.say("link-button-links"), Press::Links(PageFrom::Start));
        return card.row([links, home]);
    }
    if page.rows.is_empty() {
        card = card.row([CardButton::press(reader.say("finding-button-clear"), all)]);
    }
    let filters = OrderFilter::OF_SHOP.map(|filter| {
        let press = press(OrderList::Filtered(filter), PageFrom::Start);
        (filter_word(filter), filter == current, press)
    });
    for row in filter_rows(reader, &filters) {
        card = card.row(row);
    }
    let by_link = CardButton::press(reader.say("finding-button-by-link"), Press::OrderLinks);
    card.row([search("finding-button-search"), by_link, home])
}

/// `✅ Budi · 75rb · 14.02`; goods on their way and money on its way back have pictures of their own.
#[must_use]
pub fn row_label(reader: &Reader, listed: &ListedOrder) -> String {
    let order = &listed.order;
    let (icon, _) = match order.shipped {
        Some(_) if shipping(order.state, listed.money.staying_minor()).is_ok() => ("📦", ""),
        _ => standing_words(order, &listed.money),
    };
    let name = cut(order.customer.name.as_str(), NAME_CHARACTERS_MAX);
    let moment = reader.brief(order.paid_at.unwrap_or(order.created_at));
    format!("{icon} {name} · {} · {moment}", order.amount.display_short(reader.language))
}

/// The word on a filter's button.
#[must_use]
pub const fn filter_word(filter: OrderFilter) -> &'static str {
    match filter {
        OrderFilter::All => "finding-all",
        OrderFilter::Paid => "finding-paid",
        OrderFilter::Waiting => "finding-waiting",
        OrderFilter::Problem => "finding-problem",
        OrderFilter::ToShip => "finding-to-ship",
        OrderFilter::Other => "finding-other",
    }
}

/// What the list is of, how long it is, and what can be done with it.
fn heading(reader: &Reader, shown: &ShownOrders<'_>) -> String {
    let total = reader.count(shown.page.total);
    let is_empty = shown.page.rows.is_empty();
    let (title, hint) = match (shown.list, shown.words) {
        (OrderList::Found(_), Some(words)) => {
            let title = Say::new(reader.language, "finding-orders-found")
                .with("words", shortened(words.as_str()))
                .with_safe("total", total);
            (title, "finding-orders-none")
        }
        (OrderList::Filtered(OrderFilter::All), _) | (OrderList::Found(_), None) => {
            if is_empty {
                return reader.say("orders-none");
            }
            (Say::new(reader.language, "finding-orders-all").with_safe("total", total), "finding-nothing")
        }
        (OrderList::Filtered(filter), _) => {
            let title = Say::new(reader.language, "finding-orders-title")
                .with_safe("filter", reader.say(filter_word(filter)))
                .with_safe("total", total);
            (title, "finding-nothing")
        }
    };
    format!("{}\n{}", title.html(), reader.say(if is_empty { hint } else { "orders-hint" }))
}
