//! An order as a line of a file: everything about it that a seller takes home.

use chrono::{DateTime, Utc};

use super::customer::CustomerDetails;
use super::id::OrderId;
use super::money::Money;
use super::order::{OrderCode, OrderState};
use super::payment_method::PaymentMethod;
use super::reference::Reference;
use super::visible_text::ItemName;

/// One order with its money.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderLine {
    /// The order's key.
    pub id: OrderId,
    /// When the details were given.
    pub created_at: DateTime<Utc>,
    /// What people read aloud.
    pub code: OrderCode,
    /// Where it stands.
    pub state: OrderState,
    /// What was ordered, as it was called then.
    pub item_name: ItemName,
    /// The Order ID of its link.
    pub reference: Reference,
    /// Who buys.
    pub customer: CustomerDetails,
    /// What it costs.
    pub amount: Money,
    /// All that came, by the book, in minor units of the amount's currency.
    pub came_minor: i64,
    /// All that went again, by the book, in minor units, never negative.
    pub went_minor: i64,
    /// When the money came.
    pub paid_at: Option<DateTime<Utc>>,
    /// How it came.
    pub paid_with: Option<PaymentMethod>,
}

/// Where a file goes on: after this line.
pub type LinePlace = (DateTime<Utc>, OrderId);

impl OrderLine {
    /// Its place among the lines, which are in the order in which the orders were made.
    #[must_use]
    pub const fn place(&self) -> LinePlace {
        (self.created_at, self.id)
    }
}
