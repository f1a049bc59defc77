//! Letters to customers by e-mail: which there are, and who gets which.

use super::customer::{Email, NamedCustomer};
use super::merchant::Mode;
use super::order::Order;
use super::payment_link::PaymentLink;

/// The address of the made-up customer with whom sellers rehearse. No letter goes there.
pub const MADE_UP_ADDRESS: &str = "contoh@example.com";

/// What a letter tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LetterKind {
    /// A link that was made for this customer.
    Link,
    /// How to pay by the method that was chosen.
    Instructions,
    /// That an order is paid.
    Receipt,
    /// That nobody paid in time.
    Expiry,
    /// That a unit is free for who waits in line.
    Turn,
}

impl LetterKind {
    /// Every kind.
    pub const ALL: [Self; 5] = [Self::Link, Self::Instructions, Self::Receipt, Self::Expiry, Self::Turn];

    /// The word kept in the database.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Link => "link",
            Self::Instructions => "instructions",
            Self::Receipt => "receipt",
            Self::Expiry => "expiry",
            Self::Turn => "turn",
        }
    }

    /// Reads [`LetterKind::code`] back.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

/// What became of a letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LetterState {
    /// It is not sent yet.
    Waiting,
    /// The mail server took it.
    Sent,
    /// There was nothing to tell any more.
    Void,
    /// Nobody takes it.
    Failed,
}

impl LetterState {
    /// The word kept in the database.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Sent => "sent",
            Self::Void => "void",
            Self::Failed => "failed",
        }
    }

    /// Reads [`LetterState::code`] back.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        [Self::Waiting, Self::Sent, Self::Void, Self::Failed].into_iter().find(|state| state.code() == code)
    }
}

/// Where the letter that brings a link goes: to the address that its seller set.
#[must_use]
pub fn link_address(link: &PaymentLink) -> Option<&Email> {
    address_of(link.customer.as_ref())
}

/// The same for whom a link is to be made for.
#[must_use]
pub fn address_of(customer: Option<&NamedCustomer>) -> Option<&Email> {
    customer?.email.as_ref().filter(|email| email.as_str() != MADE_UP_ADDRESS)
}

/// Where a letter about an order goes. Strangers type addresses that may not be theirs: those get the receipt of
/// what was paid with real money and, who asked to be told, whose turn it is; nothing else. In practice orders cost
/// nothing, so there an address gets letters only when the seller set it.
#[must_use]
pub fn order_address<'a>(kind: LetterKind, order: &'a Order, link: &PaymentLink) -> Option<&'a Email> {
    let address = &order.customer.email;
    let is_real = !address.as_str().is_empty() && address.as_str() != MADE_UP_ADDRESS;
    (is_real && may_get(kind, link.mode, address, link_address(link))).then_some(address)
}

/// Whether a letter may go to an address that stands with an order, when the seller set this one or none.
fn may_get(kind: LetterKind, mode: Mode, address: &Email, set_by_seller: Option<&Email>) -> bool {
    let may_be_typed = match kind {
        LetterKind::Receipt | LetterKind::Turn => mode == Mode::Live,
        LetterKind::Link | LetterKind::Instructions | LetterKind::Expiry => false,
    };
    may_be_typed || set_by_seller == Some(address)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_in_the_database_read_back() {
        for kind in LetterKind::ALL {
            assert_eq!(LetterKind::parse(kind.code()), Some(kind));
        }
        for state in [LetterState::Waiting, LetterState::Sent, LetterState::Void, LetterState::Failed] {
            assert_eq!(LetterState::parse(state.code()), Some(state));
        }
        assert_eq!((LetterKind::parse("spam"), LetterState::parse("spam")), (None, None));
    }

    #[test]
    fn strangers_get_what_real_money_paid_for_or_what_they_wait_for_and_nothing_in_practice() {
        let (own, other) = (Email::parse("budi@kotak.id").unwrap(), Email::parse("citra@kotak.id").unwrap());
        for kind in LetterKind::ALL {
            let is_for_strangers = matches!(kind, LetterKind::Receipt | LetterKind::Turn);
            for set in [None, Some(&other)] {
                assert!(!may_get(kind, Mode::Sandbox, &own, set), "{kind:?}");
                assert_eq!(may_get(kind, Mode::Live, &own, set), is_for_strangers, "{kind:?}");
            }
            assert!(
                may_get(kind, Mode::Sandbox, &own, Some(&own)) && may_get(kind, Mode::Live, &own, Some(&own))
            );
        }
    }
}
