//! Orders as a seller sees them.

use super::merchants::Seat;
use super::{ServiceError, Services};
use crate::domain::apply::acts::returning;
use crate::domain::attempt::PaymentAttempt;
use crate::domain::id::{AttemptId, MerchantId, OrderId};
use crate::domain::merchant::Merchant;
use crate::domain::notification::SellerMessage;
use crate::domain::order::{Order, OrderCode};
use crate::domain::payment_link::PaymentLink;
use crate::domain::refund::Refund;

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
    /// What is left in the book of each charge that brought money, in minor units, oldest first.
    pub balances: Vec<(AttemptId, i64)>,
}

impl OrderView {
    /// What is left of the order's money in the book, in minor units.
    #[must_use]
    pub fn balance_minor(&self) -> i64 {
        self.balances.iter().map(|(_, balance_minor)| balance_minor).sum()
    }

    /// What is left of it when all that is on its way back has left, in minor units.
    #[must_use]
    pub fn staying_minor(&self) -> i64 {
        let open = self.refunds.iter().filter(|refund| refund.state.is_open());
        self.balance_minor() - open.map(|refund| refund.amount.minor()).sum::<i64>()
    }

    /// The charges whose money can still be given back, each with how much, in minor units: what is
    /// left in the book without what is on its way already.
    #[must_use]
    pub fn returnable(&self) -> Vec<(&PaymentAttempt, i64)> {
        let under_way = |id: AttemptId| -> i64 {
            let open = self.refunds.iter().filter(|refund| refund.state.is_open());
            open.filter(|refund| refund.attempt_id == id).map(|refund| refund.amount.minor()).sum()
        };
        self.attempts
            .iter()
            .filter(|attempt| returning(attempt.state).is_ok())
            .filter_map(|attempt| {
                let (_, balance_minor) = self.balances.iter().find(|(id, _)| *id == attempt.id)?;
                let left_minor = balance_minor - under_way(attempt.id);
                (left_minor > 0).then_some((attempt, left_minor))
            })
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
            SellerMessage::Order { order_id, .. } => {
                let order = reader.order(merchant_id, *order_id).await?;
                drop(reader);
                let order = self.view_order(order).await?;
                Ok(order.map(|order| MessageSubject { merchant, order: Some(order), link: None }))
            }
            SellerMessage::SoldOut { link_id } => {
                let link = reader.link(merchant_id, *link_id).await?;
                Ok(link.map(|link| MessageSubject { merchant, order: None, link: Some(link) }))
            }
            SellerMessage::Alert { .. } => Ok(Some(MessageSubject { merchant, order: None, link: None })),
        }
    }

    async fn view_order(&self, order: Option<Order>) -> Result<Option<OrderView>, ServiceError> {
        let Some(order) = order else { return Ok(None) };
        let mut reader = self.storage.read().await?;
        let Some(link) = reader.link(order.merchant_id, order.link_id).await? else { return Ok(None) };
        let attempts = reader.attempts(order.id).await?;
        let refunds = reader.refunds(order.id).await?;
        let mut balances = Vec::new();
        for attempt in attempts.iter().filter(|attempt| !attempt.state.is_live() && !attempt.state.is_dead())
        {
            balances.push((attempt.id, reader.attempt_balance(attempt.id).await?));
        }
        Ok(Some(OrderView { order, link, attempts, refunds, balances }))
    }
}
