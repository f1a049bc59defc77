//! Finding links and orders again: lists narrowed by state, and search by words.
//!
//! ```text
//! Ani   kaos
//! Bot   🔎 “kaos” · 3 tautan
//!       [🟢 Kaos polos · 75rb · 3/10] …
//! Ani   /orders 0812-3456-7890
//! Bot   🔎 “0812-3456-7890” · 2 pesanan
//! ```
//!
//! A row carries the place of its list, so that the way back leads to the same page. The words of a search do
//! not fit into a button: they are kept, and their number travels.

use serde::{Deserialize, Serialize};

use super::BotError;
use super::conversation::Conversation;
use super::links::link_card::details_card;
use super::links::links_list::{self, list_press};
use super::links::order_card::order_card;
use super::links::refusals::shortened;
use super::links::wording::Reader;
use super::links::{any_seat, cursor, gone, link_card, link_orders, reader};
use super::talk::Talk;
use crate::domain::finding::{LinkFilter, OrderFilter, SearchWords};
use crate::domain::id::{LinkId, OrderId};
use crate::domain::order::OrderCode;
use crate::domain::visible_text::TextError;
use crate::messaging::buttons::{FindingPress, LinkList, OrderList, PageFrom, Press};
use crate::messaging::card::{ButtonAction, Card, CardButton};
use crate::messaging::html::code;
use crate::services::merchants::Seat;
use crate::services::orders::OrderView;

pub mod after_sale;
mod follow_up;
pub mod shop_orders;

/// What words are awaited for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FindingTalk {
    /// To look for links.
    AwaitingLinkWords,
    /// To look for orders.
    AwaitingOrderWords,
}

/// `/links`, alone or with words to look for.
///
/// # Errors
/// When the shop or Telegram cannot be asked.
pub async fn links_command(talk: &mut Talk, words: &str) -> Result<(), BotError> {
    talk.go(Conversation::Idle);
    if words.trim().is_empty() {
        return links_list::show(talk, LinkList::Filtered(LinkFilter::All), PageFrom::Start).await;
    }
    search_links(talk, words).await
}

/// `/search`, alone or with words to look for.
///
/// # Errors
/// When the shop or Telegram cannot be asked.
pub async fn search_command(talk: &mut Talk, words: &str) -> Result<(), BotError> {
    talk.go(Conversation::Idle);
    if words.trim().is_empty() {
        return ask(talk, FindingTalk::AwaitingLinkWords).await;
    }
    search_links(talk, words).await
}

/// `/orders`, alone or with a code, a name or a telephone number.
///
/// # Errors
/// When the shop or Telegram cannot be asked.
pub async fn orders_command(talk: &mut Talk, words: &str) -> Result<(), BotError> {
    talk.go(Conversation::Idle);
    if words.trim().is_empty() {
        return shop_orders::show(talk, OrderList::Filtered(OrderFilter::All), PageFrom::Start).await;
    }
    search_orders(talk, words).await
}

/// A tap on a button of a list, or on a row of one.
///
/// # Errors
/// When the shop or Telegram cannot be asked.
pub async fn pressed(talk: &mut Talk, press: FindingPress) -> Result<(), BotError> {
    leave(talk);
    match press {
        FindingPress::Links(list, from) => links_list::show(talk, list, from).await,
        FindingPress::Link(list, from, id) => show_link(talk, list_press(list, from), id).await,
        FindingPress::AskLinks => ask(talk, FindingTalk::AwaitingLinkWords).await,
        FindingPress::Orders(list, from) => shop_orders::show(talk, list, from).await,
        FindingPress::LinkOrders(link, filter, from) => link_orders::show(talk, link, filter, from).await,
        FindingPress::Order(list, from, id) => show_order(talk, id, (list, from)).await,
        FindingPress::OrderOfLink(filter, from, id) => show_order_of_link(talk, id, (filter, from)).await,
        FindingPress::AskOrders => ask(talk, FindingTalk::AwaitingOrderWords).await,
        FindingPress::Ship(id, list) => after_sale::mark(talk, id, list, true).await,
        FindingPress::Unship(id, list) => after_sale::mark(talk, id, list, false).await,
        FindingPress::Remind(id) => after_sale::remind(talk, id).await,
        FindingPress::FollowUp => follow_up::show(talk).await,
        FindingPress::FollowUpAfter(hours) => follow_up::set(talk, hours).await,
    }
}

/// The words that were asked for.
///
/// # Errors
/// When the shop or Telegram cannot be asked.
pub async fn typed(talk: &mut Talk, awaited: FindingTalk, text: &str) -> Result<(), BotError> {
    match awaited {
        FindingTalk::AwaitingLinkWords => search_links(talk, text).await,
        FindingTalk::AwaitingOrderWords => search_orders(talk, text).await,
    }
}

/// Shows what plain words find: an order by its `#` code, or links. False when they find nothing, and
/// nothing was said.
///
/// # Errors
/// When the shop or Telegram cannot be asked.
pub async fn found_by(talk: &mut Talk, text: &str) -> Result<bool, BotError> {
    let Some(seat) = talk.seat.clone() else { return Ok(false) };
    if text.trim().starts_with('#') && show_order_by_code(talk, &seat, text).await? {
        return Ok(true);
    }
    let Ok(words) = SearchWords::parse(text) else { return Ok(false) };
    let page = talk.services.links(&seat, LinkFilter::All, Some(&words), cursor(PageFrom::Start)).await?;
    if page.total == 0 {
        return Ok(false);
    }
    let number = talk.services.keep_search(&seat, &words).await?;
    links_list::show(talk, LinkList::Found(number), PageFrom::Start).await?;
    Ok(true)
}

/// Words are no longer awaited.
pub(super) fn leave(talk: &mut Talk) {
    if matches!(talk.conversation, Conversation::Finding(_)) {
        talk.go(Conversation::Idle);
    }
}

/// The way to the orders of the whole shop.
pub(super) fn orders_button(talk: &Talk) -> CardButton {
    CardButton::press(talk.say("finding-button-orders"), orders_press())
}

fn orders_press() -> Press {
    Press::Finding(FindingPress::Orders(OrderList::Filtered(OrderFilter::All), PageFrom::Start))
}

/// Rows of filters, each with its word, whether it is the current one, and its button.
pub(super) fn filter_rows(reader: &Reader, filters: &[(&'static str, bool, Press)]) -> Vec<Vec<CardButton>> {
    let button = |(word, is_current, press): &(&'static str, bool, Press)| {
        CardButton::press(format!("{}{}", filter_mark(*is_current), reader.say(word)), *press)
    };
    // Four stand two by two; of five, the shorter words share a row.
    let per_row = if filters.len() == 4 { 2 } else { 3 };
    filters.chunks(per_row).map(|row| row.iter().map(button).collect()).collect()
}

/// Stands before the choice that holds now.
const fn filter_mark(is_current: bool) -> &'static str {
    if is_current { "✓ " } else { "" }
}

async fn search_links(talk: &mut Talk, text: &str) -> Result<(), BotError> {
    let Some(seat) = any_seat(talk).await? else { return Ok(()) };
    match SearchWords::parse(text) {
        Ok(words) => {
            let number = talk.services.keep_search(&seat, &words).await?;
            links_list::show(talk, LinkList::Found(number), PageFrom::Start).await
        }
        Err(error) => refuse(talk, FindingTalk::AwaitingLinkWords, &error).await,
    }
}

async fn search_orders(talk: &mut Talk, text: &str) -> Result<(), BotError> {
    let Some(seat) = any_seat(talk).await? else { return Ok(()) };
    leave(talk);
    if show_order_by_code(talk, &seat, text).await? {
        return Ok(());
    }
    let words = match SearchWords::parse(text) {
        Ok(words) => words,
        Err(error) => return refuse(talk, FindingTalk::AwaitingOrderWords, &error).await,
    };
    let is_code =
        text.starts_with('#') || (text.len() == 5 && text.bytes().any(|byte| byte.is_ascii_digit()));
    let page = talk.services.orders(&seat, OrderFilter::All, Some(&words), cursor(PageFrom::Start)).await?;
    if is_code && page.total == 0 {
        let shown = code(&shortened(&OrderCode::from_text(text).to_string()));
        let lines = talk.words("orders-no-such").with_safe("code", shown).html();
        let reader = reader(talk, &seat);
        let card = Card::new(format!("{lines}\n\n{}", reader.mode(seat.merchant.mode)))
            .row([orders_button(talk)])
            .row(link_card::leaving_row(&reader));
        return talk.show(card).await;
    }
    let number = talk.services.keep_search(&seat, &words).await?;
    shop_orders::show(talk, OrderList::Found(number), PageFrom::Start).await
}

/// False when the words are no order's code.
async fn show_order_by_code(talk: &mut Talk, seat: &Seat, text: &str) -> Result<bool, BotError> {
    let wanted = OrderCode::from_text(text);
    let Some(view) = talk.services.order_by_code(seat, &wanted).await? else { return Ok(false) };
    let card = order_card(&reader(talk, seat), &view);
    talk.show(card).await?;
    Ok(true)
}

async fn ask(talk: &mut Talk, awaited: FindingTalk) -> Result<(), BotError> {
    let key = match awaited {
        FindingTalk::AwaitingLinkWords => "finding-ask-links",
        FindingTalk::AwaitingOrderWords => "finding-ask-orders",
    };
    await_words(talk, awaited, key).await
}

/// Words that cannot be looked for: says why, and goes on waiting.
async fn refuse(talk: &mut Talk, awaited: FindingTalk, error: &TextError) -> Result<(), BotError> {
    match error {
        TextError::Empty => ask(talk, awaited).await,
        TextError::TooLong { .. } => await_words(talk, awaited, "finding-words-long").await,
        TextError::CardNumber => await_words(talk, awaited, "finding-words-card").await,
    }
}

async fn await_words(talk: &mut Talk, awaited: FindingTalk, key: &str) -> Result<(), BotError> {
    let Some(seat) = any_seat(talk).await? else { return Ok(()) };
    let list = match awaited {
        FindingTalk::AwaitingLinkWords => Press::Links(PageFrom::Start),
        FindingTalk::AwaitingOrderWords => orders_press(),
    };
    talk.go(Conversation::Finding(awaited));
    let html = format!("{}\n\n{}", talk.say(key), reader(talk, &seat).mode(seat.merchant.mode));
    let back = CardButton::press(talk.say("finding-button-back"), list);
    talk.show(Card::new(html).row([back])).await
}

async fn show_link(talk: &mut Talk, back: Press, id: LinkId) -> Result<(), BotError> {
    let Some(seat) = any_seat(talk).await? else { return Ok(()) };
    let Some(view) = talk.services.link(&seat, id).await? else { return gone(talk).await };
    let mut card = details_card(&reader(talk, &seat), &view);
    lead_back(&mut card, Press::Links(PageFrom::Start), back, talk.say("finding-button-back"));
    talk.show(card).await
}

async fn show_order(
    talk: &mut Talk,
    id: OrderId,
    place: (OrderList, PageFrom<OrderId>),
) -> Result<(), BotError> {
    let Some(seat) = any_seat(talk).await? else { return Ok(()) };
    let Some(view) = talk.services.order(&seat, id).await? else { return gone(talk).await };
    let reader = reader(talk, &seat);
    let mut card = order_card(&reader, &view);
    lead_back_to_orders(&mut card, &reader, &view, place);
    talk.show(card).await
}

async fn show_order_of_link(
    talk: &mut Talk,
    id: OrderId,
    (filter, from): (OrderFilter, PageFrom<OrderId>),
) -> Result<(), BotError> {
    let Some(seat) = any_seat(talk).await? else { return Ok(()) };
    let Some(view) = talk.services.order(&seat, id).await? else { return gone(talk).await };
    let mut card = order_card(&reader(talk, &seat), &view);
    let usual = Press::LinkOrders(view.link.id, PageFrom::Start);
    let back = link_orders::list_press(view.link.id, filter, from);
    lead_back(&mut card, usual, back, talk.say("finding-button-back"));
    talk.show(card).await
}

/// Lets an order's card lead back to a list of the shop's orders, also after its goods were marked as sent:
/// whoever sends one order after the other goes on with the list.
fn lead_back_to_orders(
    card: &mut Card,
    reader: &Reader,
    view: &OrderView,
    (list, from): (OrderList, PageFrom<OrderId>),
) {
    let usual = Press::LinkOrders(view.link.id, PageFrom::Start);
    let back = Press::Finding(FindingPress::Orders(list, from));
    lead_back(card, usual, back, reader.say("finding-button-back"));
    for button in card.rows.iter_mut().flatten() {
        if let ButtonAction::Press(Press::Finding(
            FindingPress::Ship(_, place) | FindingPress::Unship(_, place),
        )) = &mut button.action
        {
            *place = Some(list);
        }
    }
}

/// Lets the button that usually leads to the whole list lead back to where one came from.
fn lead_back(card: &mut Card, usual: Press, back: Press, label: String) {
    let usual = ButtonAction::Press(usual);
    if let Some(button) = card.rows.iter_mut().flatten().find(|button| button.action == usual) {
        *button = CardButton::press(label, back);
    }
}

#[cfg(test)]
mod tests;
