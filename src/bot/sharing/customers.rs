//! Customers in chat: a link they were sent, an order they made. They need no shop, and are shown nobody's.
//!
//! ```text
//! Budi  opens t.me/…?start=p_kaos
//! Bot   Kaos polos · Rp75.000
//!       🏪 Toko Ani
//!       [Bayar Rp75.000] [🔄 Perbarui]
//! Budi  opens t.me/…?start=o_… from the order's page
//! Bot   🧾 Pesanan #K7Q2M … ⏳ Menunggu pembayaran …
//!       [Bayar Rp75.000] [🔔 Kabari] [🔄 Perbarui]
//! Budi  taps 🔔 Kabari, and pays
//! Bot   🧾 Pesanan #K7Q2M … ✅ Lunas · QRIS · 14.02 WIB
//! ```

use serde::{Deserialize, Serialize};

use crate::bot::BotError;
use crate::bot::conversation::Conversation;
use crate::bot::talk::Talk;
use crate::bot::{home, links, start};
use crate::domain::id::{LinkId, OrderId, QuestionId};
use crate::domain::order::OrderToken;
use crate::messaging::buttons::Press;
use crate::messaging::card::{Card, CardButton};
use crate::messaging::customer_cards::listing_card;
use crate::messaging::storefront::Listing;
use crate::services::customers::ListingView;

/// What a customer looked at last. Who has no shop says everything about that; who has one only asks and
/// answers here. It is also what lets a button show a link again: its key alone opens nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CustomerTalk {
    /// A link. Rows of before name it as they did then.
    #[serde(rename = "offer")]
    Listing(LinkId),
    /// An order.
    Order(OrderId),
    /// A link, and wants to ask about it.
    Asking(LinkId),
    /// A question, and wants to answer it: a seller, who has a shop.
    Answering(QuestionId),
}

/// `/start p_<slug or key>`: a link as customers see it, whoever looks.
pub(super) async fn open_listing(talk: &mut Talk, code: &str) -> Result<(), BotError> {
    match talk.services.listing(code).await? {
        Some(listing) => show_listing(talk, &listing).await,
        None => unknown(talk).await,
    }
}

/// The link once more, as it stands now.
pub(super) async fn listing_again(talk: &mut Talk, id: LinkId) -> Result<(), BotError> {
    if !has_seen(talk, id).await? {
        return not_yours(talk).await;
    }
    match talk.services.listing_of_key(id).await? {
        Some(listing) => show_listing(talk, &listing).await,
        None => unknown(talk).await,
    }
}

/// Whether the chat looked at this link last, by its address, or the person sells it.
pub(super) async fn has_seen(talk: &Talk, id: LinkId) -> Result<bool, BotError> {
    let seen = match talk.conversation {
        Conversation::Customer(CustomerTalk::Listing(seen) | CustomerTalk::Asking(seen)) => Some(seen),
        _ => None,
    };
    Ok(seen == Some(id) || talk.services.seat_at_link(talk.person, id).await?.is_some())
}

/// `/start o_<token>`: an order as its customer sees it.
pub(super) async fn open_order(talk: &mut Talk, token: &str) -> Result<(), BotError> {
    let Some(token) = OrderToken::parse(token) else { return unknown(talk).await };
    match talk.services.open_order_in_chat(&token, talk.person, talk.language).await? {
        Some((id, card)) => show_order(talk, id, card).await,
        None => unknown(talk).await,
    }
}

/// The order once more, as it stands now.
pub(super) async fn order_again(talk: &mut Talk, id: OrderId) -> Result<(), BotError> {
    match talk.services.order_in_chat(id, talk.person, talk.language).await? {
        Some(card) => show_order(talk, id, card).await,
        None => not_yours(talk).await,
    }
}

/// Begins or ends telling the chat what becomes of the order.
pub(super) async fn follow(talk: &mut Talk, id: OrderId, wants_news: bool) -> Result<(), BotError> {
    let reader = (talk.person, talk.language);
    let Some(card) = talk.services.follow_order(id, reader, wants_news).await? else {
        return not_yours(talk).await;
    };
    talk.toast(if wants_news { "customer-followed" } else { "customer-unfollowed" }).await;
    show_order(talk, id, card).await
}

/// Words, pictures or unknown commands of somebody who has no shop and looked at something: they see it again.
///
/// # Errors
/// When the shop or Telegram cannot be asked.
pub async fn answer_customer(talk: &mut Talk) -> Result<(), BotError> {
    match talk.conversation {
        Conversation::Customer(CustomerTalk::Listing(id) | CustomerTalk::Asking(id)) => {
            listing_again(talk, id).await
        }
        Conversation::Customer(CustomerTalk::Order(id)) => order_again(talk, id).await,
        _ => start::begin(talk).await,
    }
}

async fn show_listing(talk: &mut Talk, listing: &ListingView) -> Result<(), BotError> {
    let ListingView { merchant, view } = listing;
    let seen = Listing { link: &view.link, url: &view.url, zone: merchant.time_zone, now: view.now };
    let mut card = listing_card(&seen, &merchant.name, talk.language);
    let is_own = talk.seat.as_ref().is_some_and(|seat| seat.merchant.id == merchant.id);
    let own = is_own.then(|| CardButton::press(talk.say("customer-button-own"), Press::Link(view.link.id)));
    card = card.row(own.into_iter().chain(home_button(talk)));
    remember(talk, CustomerTalk::Listing(view.link.id));
    talk.show_aside(card).await
}

async fn show_order(talk: &mut Talk, id: OrderId, card: Card) -> Result<(), BotError> {
    let card = card.row(home_button(talk));
    remember(talk, CustomerTalk::Order(id));
    talk.show_aside(card).await
}

/// Who has a shop finds the way back to it.
fn home_button(talk: &Talk) -> Option<CardButton> {
    talk.seat.as_ref().map(|_| talk.home_button())
}

/// Who opens a shop goes on with that, and so does who describes a link.
fn remember(talk: &mut Talk, customer: CustomerTalk) {
    if matches!(talk.conversation, Conversation::Idle | Conversation::Customer(_)) {
        talk.go(Conversation::Customer(customer));
    }
}

/// An address that leads nowhere: a seller sees the shop, anyone else is told so.
async fn unknown(talk: &mut Talk) -> Result<(), BotError> {
    if talk.seat.is_some() {
        return home::unknown_payload(talk).await;
    }
    talk.show_aside(Card::new(talk.say("customer-unknown"))).await
}

/// A button of an order or a link that this chat never had, or that is erased.
pub(super) async fn not_yours(talk: &mut Talk) -> Result<(), BotError> {
    talk.toast("customer-not-yours").await;
    unknown(talk).await
}

/// `/start l_<slug or key>`: the seller's own card of a link; customers see what customers see.
pub(super) async fn open_own_card(talk: &mut Talk, code: &str) -> Result<(), BotError> {
    let Some(listing) = talk.services.listing(code).await? else { return unknown(talk).await };
    let is_own = talk.seat.as_ref().is_some_and(|seat| seat.merchant.id == listing.merchant.id);
    if is_own {
        links::pressed(talk, Press::Link(listing.view.link.id)).await
    } else {
        show_listing(talk, &listing).await
    }
}

/// `/start n_<words>`: a link that was begun in another chat, inline.
pub(super) async fn begin_draft(talk: &mut Talk, words: &str) -> Result<(), BotError> {
    if talk.seat.is_none() {
        return start::begin(talk).await;
    }
    let words = data_encoding::BASE64URL_NOPAD.decode(words.as_bytes()).ok();
    let line = words.and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default();
    links::new_command(talk, &line).await
}
