//! What someone is to be told, as it waits in the outbox. Texts are made when it is sent, in the
//! reader's language and from what is true then.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::alert::AlertKind;
use super::apply::Tiding;
use super::id::{LinkId, MerchantId, NotificationId, OrderId, TelegramId};

/// A message that must reach someone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notification {
    /// Its key.
    pub id: NotificationId,
    /// The shop it speaks of.
    pub merchant_id: MerchantId,
    /// The private chat it goes to.
    pub chat: TelegramId,
    /// What it says.
    pub message: SellerMessage,
    /// How often it was tried.
    pub attempts: i64,
    /// When it was written.
    pub created_at: DateTime<Utc>,
}

/// What a seller's chat is told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum SellerMessage {
    /// Something about an order's money.
    Order {
        /// The order.
        order_id: OrderId,
        /// What about it.
        tiding: Tiding,
        /// The amount it is about, in minor units of the order's currency.
        amount_minor: i64,
    },
    /// The link's last payment was made.
    SoldOut {
        /// The link.
        link_id: LinkId,
    },
    /// Something an operator should look at; goes to admins.
    Alert {
        /// What kind of trouble.
        alert: AlertKind,
        /// What it is about.
        subject: String,
        /// What was seen; may be empty.
        what: String,
    },
}
