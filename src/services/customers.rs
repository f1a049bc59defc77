//! What a customer sees and asks for in chat. A customer needs no shop: whoever shows the address of an order
//! may look at it, and be told what becomes of it.

use url::Url;

use super::links::LinkView;
use super::order_page::OrderPage;
use super::sharing::start_code;
use super::{ServiceError, Services};
use crate::domain::id::{LinkId, OrderId, TelegramId};
use crate::domain::language::Language;
use crate::domain::merchant::Merchant;
use crate::domain::notification::SellerMessage;
use crate::domain::order::{Order, OrderToken};
use crate::domain::payment_link::PaymentLink;
use crate::messaging::buttons::decode_key;
use crate::messaging::card::Card;
use crate::messaging::customer_cards::{InLine, OrderStatus, status_card};
use crate::storage::Writer;

/// A link as whoever may buy sees it.
#[derive(Debug, Clone)]
pub struct ListingView {
    /// Who sells.
    pub merchant: Merchant,
    /// What is sold, and how it stands.
    pub view: LinkView,
}

impl Services {
    /// A link by what stands for its address in a start link, whoever's it is.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn listing(&self, code: &str) -> Result<Option<ListingView>, ServiceError> {
        let by_slug = self.storage.read().await?.link_by_slug(code).await?;
        if let Some(link) = by_slug {
            return self.listing_of_link(link).await;
        }
        let Some(id) = decode_key(code).map(LinkId) else { return Ok(None) };
        // The key stands for the address only where that is too long.
        let listing = self.listing_of_key(id).await?;
        Ok(listing.filter(|listing| start_code(&listing.view.link) == code))
    }

    /// A link by its key, whoever's it is. The caller knows that the reader may see it.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn listing_of_key(&self, id: LinkId) -> Result<Option<ListingView>, ServiceError> {
        let link = self.storage.read().await?.link_of_any_shop(id).await?;
        match link {
            Some(link) => self.listing_of_link(link).await,
            None => Ok(None),
        }
    }

    async fn listing_of_link(&self, link: PaymentLink) -> Result<Option<ListingView>, ServiceError> {
        let Some(merchant) = self.storage.read().await?.merchant(link.merchant_id).await? else {
            return Ok(None);
        };
        Ok(Some(ListingView { merchant, view: self.view_link(link).await? }))
    }

    /// An order as the chat of whoever shows its token sees it; the chat may follow it from now on. `None` for
    /// a token that opens nothing.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn open_order_in_chat(
        &self,
        token: &OrderToken,
        chat: TelegramId,
        language: Language,
    ) -> Result<Option<(OrderId, Card)>, ServiceError> {
        let Some(order) = self.storage.read().await?.order_by_token(&token.hash()).await? else {
            return Ok(None);
        };
        let mut writer = self.storage.write().await?;
        writer.note_follower(order.id, chat, language).await?;
        writer.commit().await?;
        let card = self.order_in_chat(order.id, chat, language).await?;
        Ok(card.map(|card| (order.id, card)))
    }

    /// The card of an order that the chat has shown the address of; `None` when it has not, or when the
    /// customer was erased.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn order_in_chat(
        &self,
        order_id: OrderId,
        chat: TelegramId,
        language: Language,
    ) -> Result<Option<Card>, ServiceError> {
        self.customer_news(order_id, (chat, language), false).await
    }

    /// The same as news; `None` when it is to say that it is the customer's turn, and that is over.
    pub(super) async fn customer_news(
        &self,
        order_id: OrderId,
        (chat, language): (TelegramId, Language),
        is_turn: bool,
    ) -> Result<Option<Card>, ServiceError> {
        let mut reader = self.storage.read().await?;
        let Some(follower) = reader.order_follower(order_id, chat).await? else { return Ok(None) };
        let sealed = reader.sealed_token(order_id).await?.unwrap_or_default();
        drop(reader);
        if sealed.is_empty() {
            return Ok(None);
        }
        let token = self.open_token(&sealed)?;
        let Some(page) = self.order_page(&token).await? else { return Ok(None) };
        if is_turn && !page.turn.is_some_and(|turn| turn.is_now) {
            return Ok(None);
        }
        let url = self.page_url(&format!("orders/{}", token.reveal()));
        Ok(Some(card_of(&page, &url, follower.wants_news, language)))
    }

    /// Begins or ends telling a chat what becomes of an order; the order's card, or `None` when the chat never
    /// showed its address.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn follow_order(
        &self,
        order_id: OrderId,
        (chat, language): (TelegramId, Language),
        wants_news: bool,
    ) -> Result<Option<Card>, ServiceError> {
        let mut writer = self.storage.write().await?;
        writer.follow_order(order_id, chat, wants_news).await?;
        writer.commit().await?;
        self.order_in_chat(order_id, chat, language).await
    }
}

/// Writes to every customer's chat that follows the order, when money changed how it stands. Who asked to hear
/// that it is paid also hears when the money goes back.
pub(super) async fn tell_followers(
    writer: &mut Writer,
    before: &Order,
    order: &Order,
) -> Result<(), ServiceError> {
    let is_news = order.state != before.state && order.state.has_seen_money();
    let is_underpaid = order.flags.underpaid && !before.flags.underpaid;
    if !is_news && !is_underpaid {
        return Ok(());
    }
    enqueue_news(writer, before, false).await
}

/// Writes to every customer's chat that follows the order that it is the customer's turn.
pub(super) async fn tell_followers_of_turn(writer: &mut Writer, before: &Order) -> Result<(), ServiceError> {
    enqueue_news(writer, before, true).await
}

/// Once for each chat and step of the order. `before` is how it stood before that step.
async fn enqueue_news(writer: &mut Writer, before: &Order, is_turn: bool) -> Result<(), ServiceError> {
    for follower in writer.order_followers(before.id).await? {
        if follower.wants_news {
            let (order_id, language) = (before.id, follower.language);
            let message = SellerMessage::CustomerNews { order_id, language, is_turn };
            let key = format!("follower:{order_id}:{}:{}", before.version, follower.chat);
            writer.enqueue(before.merchant_id, follower.chat, &message, &key).await?;
        }
    }
    Ok(())
}

fn card_of(page: &OrderPage, url: &Url, is_followed: bool, language: Language) -> Card {
    let status = OrderStatus {
        merchant: &page.merchant,
        link: &page.link,
        order: &page.order,
        money: &page.money,
        url,
        may_pay: page.may_choose || page.attempt.as_ref().is_some_and(|attempt| attempt.state.is_live()),
        is_followed,
        turn: page.turn.map(|turn| if turn.is_now { InLine::Turn } else { InLine::Place(turn.place) }),
        now: page.now,
    };
    status_card(&status, language)
}
