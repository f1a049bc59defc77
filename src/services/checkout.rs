//! A customer's way from a link to an order.

use chrono::{DateTime, Utc};

use super::{ServiceError, Services};
use crate::domain::attempt::PaymentAttempt;
use crate::domain::customer::{EmailError, PhoneError};
use crate::domain::language::Language;
use crate::domain::merchant::Merchant;
use crate::domain::money::Money;
use crate::domain::order::{Order, OrderToken};
use crate::domain::payment_link::{LinkState, PaymentLink};
use crate::domain::payment_method::MethodOffer;
use crate::domain::visible_text::TextError;

/// A link as a customer sees it.
#[derive(Debug, Clone)]
pub struct LinkPage {
    /// Who sells.
    pub merchant: Merchant,
    /// What is sold.
    pub link: PaymentLink,
    /// How it stands at `now`.
    pub state: LinkState,
    /// The instant of all this, by the deciding clock.
    pub now: DateTime<Utc>,
    /// This customer's order through the link, when the browser knows one (or the link is for a
    /// named customer and takes one payment), newest first choice: one that can still be paid.
    pub own_order: Option<(OrderToken, Order)>,
    /// When a busy link may take a payment again: the soonest end of a hold.
    pub next_chance: Option<DateTime<Utc>>,
}

/// What the customer typed; fields that the seller preset are ignored.
#[derive(Clone, Default)]
pub struct CustomerForm {
    /// Name as typed.
    pub name: String,
    /// Phone as typed.
    pub phone: String,
    /// E-mail as typed.
    pub email: String,
    /// What the form was made with: a second submit of the same form is the same order.
    pub form_key: String,
    /// The price the page showed, in minor units; a changed price is said, never charged.
    pub shown_price_minor: Option<i64>,
    /// What the customer reads.
    pub language: Option<Language>,
}

/// What became of the form.
#[derive(Debug, Clone)]
pub enum Placement {
    /// There is an order (a new one, or the one this form made before).
    Placed(OrderToken),
    /// Fields to mend; nothing was made.
    Invalid(FieldErrors),
    /// The price is another one now.
    PriceChanged(Money),
    /// The link takes no new order in this state.
    Refused(LinkState),
    /// There is no such link.
    NotFound,
}

/// What is wrong with which field.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FieldErrors {
    /// What is wrong with the name.
    pub name: Option<TextError>,
    /// What is wrong with the phone number.
    pub phone: Option<PhoneError>,
    /// What is wrong with the e-mail address.
    pub email: Option<EmailError>,
}

/// An order as its customer sees it.
#[derive(Debug, Clone)]
pub struct OrderPage {
    /// Who sells.
    pub merchant: Merchant,
    /// What is sold.
    pub link: PaymentLink,
    /// How the link stands at `now`.
    pub link_state: LinkState,
    /// The order.
    pub order: Order,
    /// The charge that waits for the customer, or the newest one.
    pub attempt: Option<PaymentAttempt>,
    /// The methods that take this amount.
    pub offers: Vec<MethodOffer>,
    /// Whether the customer may choose a method (again).
    pub may_choose: bool,
    /// Where a person can play the bank for the charge, if it is a simulated one.
    pub practice_url: Option<url::Url>,
    /// The instant of all this, by the deciding clock.
    pub now: DateTime<Utc>,
}

impl Services {
    /// A link as a customer sees it; `None` when there is none with this slug. `known` are the
    /// orders that the customer's browser remembers. Changes nothing.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn link_page(&self, slug: &str, known: &[OrderToken]) -> Result<Option<LinkPage>, ServiceError> {
        todo!()
    }

    /// Makes an order from the form. No unit is held yet.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn place_order(
        &self,
        slug: &str,
        form: &CustomerForm,
        known: &[OrderToken],
    ) -> Result<Placement, ServiceError> {
        todo!()
    }

    /// An order as its customer sees it; `None` for a token that opens nothing.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn order_page(&self, token: &OrderToken) -> Result<Option<OrderPage>, ServiceError> {
        todo!()
    }

    /// A mark that changes whenever the order's page would: for pages that follow by themselves.
    /// `None` for a token that opens nothing.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn order_mark(&self, token: &OrderToken) -> Result<Option<String>, ServiceError> {
        todo!()
    }
}
