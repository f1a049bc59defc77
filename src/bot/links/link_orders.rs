//! The orders of a link, newest first, eight a page, narrowed by where they stand.
//!
//! ```text
//! Bot   🧾 Pesanan · Kaos polos · 12
//!       [✅ Budi · 75rb · 14.02]
//!       [⏳ Sari · 75rb · 13.58]
//!       [◀ Lebih baru] [Lebih lama ▶]
//!       [✓ Semua] [Lunas] [Menunggu] [Lainnya]
//!       [◀ Tautan] [🏠 Beranda]
//! ```

use crate::bot::BotError;
use crate::bot::finding::shop_orders::{filter_word, row_label};
use crate::bot::finding::{self, filter_rows};
use crate::bot::talk::Talk;
use crate::domain::finding::OrderFilter;
use crate::domain::id::{LinkId, OrderId};
use crate::domain::order::OrderState;
use crate::domain::payment_link::PaymentLink;
use crate::messaging::buttons::{FindingPress, PageFrom, Press};
use crate::messaging::card::{Card, CardButton};
use crate::messaging::texts::Say;
use crate::services::finding::ListedOrder;
use crate::services::links::Page;

use super::wording::Reader;
use super::{any_seat, cursor, gone, reader};

/// A page of a link's orders; the first one when the page asked for has become empty.
pub(in crate::bot) async fn show(
    talk: &mut Talk,
    id: LinkId,
    filter: OrderFilter,
    mut from: PageFrom<OrderId>,
) -> Result<(), BotError> {
    finding::leave(talk);
    let Some(seat) = any_seat(talk).await? else { return Ok(()) };
    let Some(view) = talk.services.link(&seat, id).await? else { return gone(talk).await };
    let Some(mut page) = talk.services.link_orders(&seat, id, filter, cursor(from)).await? else {
        return gone(talk).await;
    };
    if page.rows.is_empty() && page.total > 0 {
        from = PageFrom::Start;
        if let Some(first) = talk.services.link_orders(&seat, id, filter, cursor(from)).await? {
            page = first;
        }
    }
    let card = orders_card(&reader(talk, &seat), &view.link, (filter, from), &page);
    talk.show(card).await
}

/// A page of a link's orders that a filter lets through, and where the page starts.
#[must_use]
pub fn orders_card(
    reader: &Reader,
    link: &PaymentLink,
    (filter, from): (OrderFilter, PageFrom<OrderId>),
    page: &Page<ListedOrder, OrderId>,
) -> Card {
    let is_everything = filter == OrderFilter::All;
    let title =
        Say::new(reader.language, if is_everything { "orders-title" } else { "finding-orders-of-link" })
            .with("name", link.item_name.as_str())
            .with_safe("filter", reader.say(filter_word(filter)))
            .with_safe("total", reader.count(page.total))
            .html();
    let hint = match (page.rows.is_empty(), is_everything) {
        (false, _) => "orders-hint",
        (true, true) => "orders-empty",
        (true, false) => "finding-nothing",
    };
    let mut card = Card::new(format!("{title}\n{}\n\n{}", reader.say(hint), reader.mode(link.mode)));
    for listed in &page.rows {
        let id = listed.order.id;
        let press = match from {
            PageFrom::Start if is_everything => Press::Order(id),
            from => Press::Finding(FindingPress::OrderOfLink(filter, from, id)),
        };
        card = card.row([CardButton::press(row_label(reader, listed), press)]);
    }
    let turn = |key: &str, from| CardButton::press(reader.say(key), list_press(link.id, filter, from));
    let newer = page.newer.map(|key| turn("links-button-newer", PageFrom::NewerThan(key)));
    let older = page.older.map(|key| turn("links-button-older", PageFrom::OlderThan(key)));
    card = card.row(newer.into_iter().chain(older));
    if page.rows.is_empty() && !is_everything {
        let clear = list_press(link.id, OrderFilter::All, PageFrom::Start);
        card = card.row([CardButton::press(reader.say("finding-button-clear"), clear)]);
    }
    if !(page.rows.is_empty() && is_everything) {
        let filters = OrderFilter::OF_LINK
            .map(|other| (filter_word(other), other == filter, list_press(link.id, other, PageFrom::Start)));
        for row in filter_rows(reader, &filters) {
            card = card.row(row);
        }
    }
    card.row([
        CardButton::press(reader.say("link-button-link"), Press::Link(link.id)),
        CardButton::press(reader.say("button-home"), Press::Home),
    ])
}

/// The button that shows a page of a link's orders.
#[must_use]
pub fn list_press(link: LinkId, filter: OrderFilter, from: PageFrom<OrderId>) -> Press {
    match filter {
        OrderFilter::All => Press::LinkOrders(link, from),
        _ => Press::Finding(FindingPress::LinkOrders(link, filter, from)),
    }
}

/// The picture and the word of a state.
#[must_use]
pub const fn state_words(state: OrderState) -> (&'static str, &'static str) {
    match state {
        OrderState::Open => ("📝", "order-state-open"),
        OrderState::Awaiting => ("⏳", "order-state-awaiting"),
        OrderState::Paid => ("✅", "order-state-paid"),
        OrderState::PaidUnallocated => ("❗", "order-state-paid-unallocated"),
        OrderState::PartiallyRefunded => ("↩", "order-state-partially-refunded"),
        OrderState::Refunded => ("↩", "order-state-refunded"),
        OrderState::Reversed => ("⛔", "order-state-reversed"),
        OrderState::ChargedBack => ("⛔", "order-state-charged-back"),
        OrderState::Expired => ("⌛", "order-state-expired"),
        OrderState::Closed => ("▫️", "order-state-closed"),
    }
}
