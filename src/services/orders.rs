//! Orders as a seller sees them.

use url::Url;

use super::merchants::Seat;
use super::{ServiceError, Services};
use crate::domain::apply::acts::returning;
use crate::domain::attempt::PaymentAttempt;
use crate::domain::id::{AttemptId, MerchantId, OrderId};
use crate::domain::merchant::Merchant;
use crate::domain::notification::SellerMessage;
use crate::domain::order::{Order, OrderCode};
use crate::domain::order_money::OrderMoney;
use crate::domain::payment_link::PaymentLink;
use crate::domain::refund::Refund;
use crate::domain::visible_text::StoreName;

/// An order with all that belongs to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderView {
    /// The order.
    pub order: Order,
    /// The link it came through.
    pub link: PaymentLink,
    /// Its charges, oldest first.
    pub attempts: Vec<PaymentAttempt>,
    /// Returns of its money that were asked for, oldest first.
    pub refunds: Vec<Refund>,
    /// What came of its money and where it went, by the book.
    pub money: OrderMoney,
    /// What the person is called who marked its goods as sent, as far as it is known.
    pub shipped_by: Option<String>,
    /// What the shop is called.
    pub store: StoreName,
    /// The order's page, for its customer; `None` when its token is erased, or sealed by another key.
    pub address: Option<Url>,
}

impl OrderView {
    /// The charges whose money can still be given back, each with how much, in minor units: what is
    /// left in the book without what is on its way already.
    #[must_use]
    pub fn returnable(&self) -> Vec<(&PaymentAttempt, i64)> {
        self.attempts
            .iter()
            .filter(|attempt| returning(attempt.state).is_ok())
            .map(|attempt| (attempt, self.money.staying_of_minor(attempt.id)))
            .filter(|(_, left_minor)| *left_minor > 0)
            .collect()
    }
}

/// What a message in the outbox speaks of, as it stands now.
#[derive(Debug, Clone)]
pub struct MessageSubject {
    /// The shop.
    pub merchant: Merchant,
    /// The order, when it speaks of one.
    pub order: Option<OrderView>,
    /// The link, when it speaks of one alone.
    pub link: Option<PaymentLink>,
}

impl Services {
    /// One order of the shop.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn order(&self, seat: &Seat, id: OrderId) -> Result<Option<OrderView>, ServiceError> {
        let order = self.storage.read().await?.order(seat.merchant.id, id).await?;
        self.view_order(order).await
    }

    /// The shop's order that a charge pays.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn order_of_attempt(
        &self,
        seat: &Seat,
        id: AttemptId,
    ) -> Result<Option<OrderView>, ServiceError> {
        let attempt = self.storage.read().await?.attempt(id).await?;
        match attempt.filter(|attempt| attempt.merchant_id == seat.merchant.id) {
            Some(attempt) => self.order(seat, attempt.order_id).await,
            None => Ok(None),
        }
    }

    /// The shop's order with this code.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn order_by_code(
        &self,
        seat: &Seat,
        code: &OrderCode,
    ) -> Result<Option<OrderView>, ServiceError> {
        let order = self.storage.read().await?.order_by_code(seat.merchant.id, code).await?;
        self.view_order(order).await
    }

    /// What a message is about; `None` when that no longer exists.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn message_subject(
        &self,
        merchant_id: MerchantId,
        message: &SellerMessage,
    ) -> Result<Option<MessageSubject>, ServiceError> {
        let mut reader = self.storage.read().await?;
        let Some(merchant) = reader.merchant(merchant_id).await? else { return Ok(None) };
        match message {
            SellerMessage::Order { order_id, .. }
            | SellerMessage::FollowUp { order_id }
            | SellerMessage::Unpaid { order_id } => {
                let order = reader.order(merchant_id, *order_id).await?;
                drop(reader);
                let order = self.view_order(order).await?;
                Ok(order.map(|order| MessageSubject { merchant, order: Some(order), link: None }))
            }
            SellerMessage::SoldOut { link_id }
            | SellerMessage::LetterFailed { link_id, .. }
            | SellerMessage::Asked { link_id } => {
                let link = reader.link(merchant_id, *link_id).await?;
                Ok(link.map(|link| MessageSubject { merchant, order: None, link: Some(link) }))
            }
            SellerMessage::Alert { .. }
            | SellerMessage::Joined { .. }
            | SellerMessage::Place { .. }
            | SellerMessage::Recap { .. }
            | SellerMessage::CustomerNews { .. }
            | SellerMessage::Question { .. }
            | SellerMessage::KeysConnected { .. }
            | SellerMessage::KeyRefused { .. }
            | SellerMessage::MethodRefused { .. }
            | SellerMessage::Answer { .. } => Ok(Some(MessageSubject { merchant, order: None, link: None })),
        }
    }

    async fn view_order(&self, order: Option<Order>) -> Result<Option<OrderView>, ServiceError> {
        let Some(order) = order else { return Ok(None) };
        let mut reader = self.storage.read().await?;
        let Some(link) = reader.link(order.merchant_id, order.link_id).await? else { return Ok(None) };
        let attempts = reader.attempts(order.id).await?;
        let refunds = reader.refunds(order.id).await?;
        let money = reader.order_money(&order).await?;
        let Some(merchant) = reader.merchant(order.merchant_id).await? else { return Ok(None) };
        let shipped_by = match order.shipped {
            Some(shipped) => reader.person_name(shipped.by).await?,
            None => None,
        };
        let sealed = reader.sealed_token(order.id).await?;
        let address = sealed.and_then(|sealed| self.order_address(&sealed));
        Ok(Some(OrderView {
            order,
            link,
            attempts,
            refunds,
            money,
            shipped_by,
            store: merchant.name,
            address,
        }))
    }
}
