//! Orders as a seller sees them.

use super::merchants::Seat;
use super::{ServiceError, Services};
use crate::domain::attempt::PaymentAttempt;
use crate::domain::id::OrderId;
use crate::domain::merchant::Merchant;
use crate::domain::notification::SellerMessage;
use crate::domain::order::{Order, OrderCode};
use crate::domain::payment_link::PaymentLink;

/// An order with all that belongs to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderView {
    /// The order.
    pub order: Order,
    /// The link it came through.
    pub link: PaymentLink,
    /// Its charges, oldest first.
    pub attempts: Vec<PaymentAttempt>,
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
        todo!()
    }

    /// The shop's order with this code.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn order_by_code(&self, seat: &Seat, code: &OrderCode) -> Result<Option<OrderView>, ServiceError> {
        todo!()
    }

    /// What a message is about; `None` when that no longer exists.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn message_subject(
        &self,
        merchant_id: crate::domain::id::MerchantId,
        message: &SellerMessage,
    ) -> Result<Option<MessageSubject>, ServiceError> {
        todo!()
    }
}
