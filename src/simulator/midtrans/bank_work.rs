//! What happens at the bank: the handle's verbs for tests, the demo and the controls.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::MidtransSimulator;
use super::misbehaviour::fields_of;
use super::transaction::{Change, Refusal, Status, Transaction};

/// Why the bank did nothing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SimulatorError {
    /// No charge has this order id or transaction id.
    #[error("the simulated Midtrans knows no order {0}")]
    UnknownOrder(String),
    /// The charge's status does not allow it.
    #[error("order {order_id} is {status}: {action} is not possible")]
    NotPossible {
        /// As given.
        order_id: String,
        /// The present status.
        status: String,
        /// What was asked for.
        action: &'static str,
    },
}

/// How one charge stands.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TransactionView {
    /// The gateway's id.
    pub transaction_id: String,
    /// The shop's id.
    pub order_id: String,
    /// `bank_transfer`, `qris`, …
    pub payment_type: String,
    /// The method as a person calls it.
    pub method: String,
    /// Whole rupiah.
    pub gross_amount: i64,
    /// `pending`, `settlement`, …
    pub status: String,
    /// A captured payment that waits for approval.
    pub challenged: bool,
    /// Whether the bank can take this method's money back.
    pub may_reverse: bool,
    /// Simulator time.
    pub created_at: DateTime<Utc>,
    /// Simulator time.
    pub expires_at: DateTime<Utc>,
    /// Label and value of what the payer needs, such as the virtual account.
    pub instructions: Vec<(String, String)>,
    /// Where Snap sends the payer once the payment is decided.
    pub finish_url: Option<String>,
    /// The fields that status answers and notices carry, without code and signature.
    pub fields: Map<String, Value>,
}

/// With which key a made-up notice is signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Signing {
    /// The server key, as if Midtrans itself erred.
    Genuine,
    /// Another key, as a stranger would.
    Forged,
}

/// Every verb takes an order id or a transaction id and queues the notices that follow from it.
impl MidtransSimulator {
    /// The payer pays what was asked, on Snap's page after picking its first method. A card is captured by the
    /// first call and settled by the second.
    ///
    /// # Errors
    /// All verbs: [`SimulatorError::UnknownOrder`], or [`SimulatorError::NotPossible`] in this status.
    pub async fn pay(&self, order_id: &str) -> Result<(), SimulatorError> {
        self.pick_at_once(order_id);
        self.change(order_id, "paying", Change::Pay(None))
    }

    /// The payer sends another sum, in whole rupiah; it settles, and `payment_amounts` tells the sum.
    ///
    /// # Errors
    /// As [`Self::pay`].
    pub async fn pay_amount(&self, order_id: &str, amount: i64) -> Result<(), SimulatorError> {
        self.change(order_id, "paying", Change::Pay(Some(amount)))
    }

    /// The provider refuses a pending or challenged payment.
    ///
    /// # Errors
    /// As [`Self::pay`].
    pub async fn deny(&self, order_id: &str) -> Result<(), SimulatorError> {
        self.change(order_id, "denying", Change::Deny)
    }

    /// Time runs out now.
    ///
    /// # Errors
    /// As [`Self::pay`].
    pub async fn expire(&self, order_id: &str) -> Result<(), SimulatorError> {
        self.change(order_id, "expiring", Change::Expire)
    }

    /// Cancelled in the dashboard.
    ///
    /// # Errors
    /// As [`Self::pay`].
    pub async fn cancel(&self, order_id: &str) -> Result<(), SimulatorError> {
        self.change(order_id, "cancelling", Change::Cancel)
    }

    /// The bank takes a settlement back: settlement becomes deny.
    ///
    /// # Errors
    /// As [`Self::pay`]; also when the method does not reverse.
    pub async fn reverse(&self, order_id: &str) -> Result<(), SimulatorError> {
        let any_method = self.books(|books| books.any_method_reverses);
        self.change(order_id, "reversing", Change::Reverse { any_method })
    }

    /// Refunded in the dashboard, whole rupiah. Two notices follow; the second has `bank_confirmed_at`.
    ///
    /// # Errors
    /// As [`Self::pay`]; also when the method cannot refund or the amount does not fit.
    pub async fn refund(&self, order_id: &str, amount: i64) -> Result<(), SimulatorError> {
        let change = Change::Refund { key: None, amount: Some(amount), reason: None };
        self.change(order_id, "refunding", change)
    }

    /// The payer disputes a payment.
    ///
    /// # Errors
    /// As [`Self::pay`].
    pub async fn chargeback(&self, order_id: &str) -> Result<(), SimulatorError> {
        self.change(order_id, "charging back", Change::Chargeback(None))
    }

    /// The payer disputes a part of a payment, in whole rupiah.
    ///
    /// # Errors
    /// As [`Self::pay`]; also when more is disputed than is left.
    pub async fn chargeback_part(&self, order_id: &str, amount: i64) -> Result<(), SimulatorError> {
        self.change(order_id, "charging back", Change::Chargeback(Some(amount)))
    }

    /// A charge that was denied, cancelled or has expired is paid all the same, or money that was taken
    /// back is there again. `Some`: another sum than was asked, in whole rupiah.
    ///
    /// # Errors
    /// As [`Self::pay`].
    pub async fn pay_after_all(&self, order_id: &str, amount: Option<i64>) -> Result<(), SimulatorError> {
        self.change(order_id, "paying after all", Change::PayAfterAll(amount))
    }

    /// Paid, but the fraud system wants someone to look: capture with `challenge`.
    ///
    /// # Errors
    /// As [`Self::pay`].
    pub async fn challenge(&self, order_id: &str) -> Result<(), SimulatorError> {
        self.change(order_id, "challenging", Change::Challenge)
    }

    /// A challenged payment is accepted.
    ///
    /// # Errors
    /// As [`Self::pay`].
    pub async fn accept(&self, order_id: &str) -> Result<(), SimulatorError> {
        self.change(order_id, "accepting", Change::Approve)
    }

    /// Queues the notice of the present state once more.
    ///
    /// # Errors
    /// [`SimulatorError::UnknownOrder`].
    pub fn send_notice_again(&self, order_id: &str) -> Result<(), SimulatorError> {
        let now = self.inner.clock.now();
        let sent = self.books(|books| {
            let transaction_id = books.find(order_id)?.transaction_id.clone();
            books.announce(&transaction_id, now);
            Some(())
        });
        self.dispatch();
        sent.ok_or_else(|| SimulatorError::UnknownOrder(order_id.to_owned()))
    }

    /// Queues a notice that lies: `fields` replace the true ones (`null` removes one), then it is signed,
    /// unless `fields`, a JSON object, brings a `signature_key`.
    ///
    /// # Errors
    /// [`SimulatorError::UnknownOrder`].
    ///
    /// # Panics
    /// When `fields` is something else than an object.
    pub fn forge_notice(
        &self,
        order_id: &str,
        fields: Value,
        signing: Signing,
    ) -> Result<(), SimulatorError> {
        let fields = fields_of(fields);
        let sent = self.books(|books| {
            let key = match signing {
                Signing::Genuine => books.server_key.clone(),
                Signing::Forged => format!("{}-forged", books.server_key),
            };
            books.announce_falsely(order_id, &fields, &key)
        });
        self.dispatch();
        sent.ok_or_else(|| SimulatorError::UnknownOrder(order_id.to_owned()))
    }

    /// One charge, by order id (the newest of that id) or transaction id.
    pub fn transaction(&self, order_id: &str) -> Option<TransactionView> {
        self.expire_overdue();
        self.books(|books| books.find(order_id).map(TransactionView::of))
    }

    /// Every charge, oldest first.
    pub fn transactions(&self) -> Vec<TransactionView> {
        self.expire_overdue();
        self.books(|books| books.all().map(TransactionView::of).collect())
    }

    /// The order ids of charges that wait for their payer, oldest first.
    pub fn unpaid(&self) -> Vec<String> {
        let waits = |transaction: &&Transaction| transaction.status == Status::Pending;
        self.books(|books| books.all().filter(waits).map(|waiting| waiting.order_id.clone()).collect())
    }

    fn change(&self, order_id: &str, action: &'static str, change: Change) -> Result<(), SimulatorError> {
        let now = self.inner.clock.now();
        let outcome = self.books(|books| {
            let outcome = books.change(order_id, change, now)?;
            let status = books.find(order_id)?.status.name().to_owned();
            Some((outcome, status))
        });
        self.dispatch();
        let order_id = order_id.to_owned();
        match outcome {
            None => Err(SimulatorError::UnknownOrder(order_id)),
            Some((Ok(()), _)) => Ok(()),
            Some((
                Err(Refusal::StatusCannotChange | Refusal::RefundAmount | Refusal::RefundKeyUsed),
                status,
            )) => Err(SimulatorError::NotPossible { order_id, status, action }),
        }
    }
}

impl TransactionView {
    fn of(transaction: &Transaction) -> Self {
        let shown = &transaction.instructions.shown;
        Self {
            transaction_id: transaction.transaction_id.clone(),
            order_id: transaction.order_id.clone(),
            payment_type: transaction.method.payment_type().to_owned(),
            method: transaction.method.label().to_owned(),
            gross_amount: transaction.gross_amount,
            status: transaction.status.name().to_owned(),
            challenged: transaction.challenged,
            may_reverse: transaction.method.may_reverse(),
            created_at: transaction.created_at,
            expires_at: transaction.expires_at,
            instructions: shown.iter().map(|(label, value)| ((*label).to_owned(), value.clone())).collect(),
            finish_url: transaction.finish().map(String::from),
            fields: transaction.describe(),
        }
    }
}
