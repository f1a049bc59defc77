//! The orders of a link, newest first, eight a page.
//!
//! ```text
//! Bot   🧾 Pesanan · Kaos polos · 12
//!       [✅ Budi · 75rb · 14.02]
//!       [⏳ Sari · 75rb · 13.58]
//!       [◀ Lebih baru] [Lebih lama ▶]
//!       [◀ Tautan] [🏠 Beranda]
//! ```

use crate::bot::BotError;
use crate::bot::talk::Talk;
use crate::domain::id::{LinkId, OrderId};
use crate::domain::order::{Order, OrderState};
use crate::domain::payment_link::PaymentLink;
use crate::messaging::buttons::{PageFrom, Press};
use crate::messaging::card::{Card, CardButton};
use crate::messaging::texts::Say;
use crate::services::links::{Cursor, Page};

use super::refusals::cut;
use super::wording::Reader;
use super::{any_seat, gone, reader};

/// The most characters of a customer's name in a row.
const NAME_CHARACTERS_MAX: usize = 14;

/// A page of a link's orders; the first one when the page asked for has become empty.
pub(super) async fn show(talk: &mut Talk, id: LinkId, cursor: Cursor<OrderId>) -> Result<(), BotError> {
    let Some(seat) = any_seat(talk).await? else { return Ok(()) };
    let Some(view) = talk.services.link(&seat, id).await? else { return gone(talk).await };
    let Some(mut page) = talk.services.link_orders(&seat, id, cursor).await? else {
        return gone(talk).await;
    };
    if page.rows.is_empty()
        && page.total > 0
        && let Some(first) = talk.services.link_orders(&seat, id, Cursor::Start).await?
    {
        page = first;
    }
    let card = orders_card(&reader(talk, &seat), &view.link, &page);
    talk.show(card).await
}

/// A page of a link's orders.
#[must_use]
pub fn orders_card(reader: &Reader, link: &PaymentLink, page: &Page<Order, OrderId>) -> Card {
    let title = Say::new(reader.language, "orders-title")
        .with("name", link.item_name.as_str())
        .with_safe("total", reader.count(page.total))
        .html();
    let hint = if page.rows.is_empty() { "orders-empty" } else { "orders-hint" };
    let mut card = Card::new(format!("{title}\n{}\n\n{}", reader.say(hint), reader.mode(link.mode)));
    for order in &page.rows {
        card = card.row([CardButton::press(row_label(reader, order), Press::Order(order.id))]);
    }
    let turn = |key: &str, from| CardButton::press(reader.say(key), Press::LinkOrders(link.id, from));
    let newer = page.newer.map(|key| turn("links-button-newer", PageFrom::NewerThan(key)));
    let older = page.older.map(|key| turn("links-button-older", PageFrom::OlderThan(key)));
    card.row(newer.into_iter().chain(older)).row([
        CardButton::press(reader.say("link-button-link"), Press::Link(link.id)),
        CardButton::press(reader.say("link-button-home"), Press::Home),
    ])
}

/// `✅ Budi · 75rb · 14.02`.
#[must_use]
pub fn row_label(reader: &Reader, order: &Order) -> String {
    let (icon, _) = state_words(order.state);
    let name = cut(order.customer.name.as_str(), NAME_CHARACTERS_MAX);
    let moment = reader.brief(order.paid_at.unwrap_or(order.created_at));
    format!("{icon} {name} · {} · {moment}", order.amount.display_short(reader.language))
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
