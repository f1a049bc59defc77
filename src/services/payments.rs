//! Charging, asking the gateway, and booking what it says.

use super::{ServiceError, Services};
use crate::domain::order::OrderToken;
use crate::domain::payment_link::LinkState;
use crate::domain::payment_method::PaymentMethod;

/// What became of a customer's choice of method. In every case the order's page shows what is true.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Choice {
    /// Instructions are there.
    Charged,
    /// The same method was chosen before and still stands.
    Standing,
    /// The gateway has not answered: the page says that we are checking.
    Checking,
    /// The earlier charge could not be called off: its number is still valid.
    EarlierStillValid,
    /// The earlier charge turned out to be paid.
    AlreadyPaid,
    /// The gateway refuses this method now; another one may do.
    MethodRefused,
    /// The order has seen too many charges.
    TooManyAttempts,
    /// The link takes no payment in this state; nothing was charged.
    Refused(LinkState),
    /// The order can no longer be paid.
    OrderOver,
    /// No such order or method.
    NotFound,
}

impl Services {
    /// Charges the order by a method: reserves the unit, calls off an earlier charge, asks the
    /// gateway. Runs to its end even when the customer hangs up.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn choose_method(&self, token: &OrderToken, method: PaymentMethod) -> Result<Choice, ServiceError> {
        todo!()
    }
}
