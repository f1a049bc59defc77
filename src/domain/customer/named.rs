//! The customer a seller names in advance: `for: Budi, 0812…, budi@x.id`, in any order.

use std::fmt;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::{CustomerName, Email, EmailError, Phone, PhoneError, phone_words};
use crate::domain::card_number::contains_card_number;
use crate::domain::visible_text::TextError;

/// What the seller knows of the customer: at least one of the three. The page asks for the rest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NamedCustomer {
    /// What the customer is called.
    pub name: Option<CustomerName>,
    /// Where the customer is called.
    pub phone: Option<Phone>,
    /// Where the receipt goes.
    pub email: Option<Email>,
}

/// The three things one can say about a customer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CustomerField {
    /// A [`CustomerName`].
    Name,
    /// A [`Phone`].
    Phone,
    /// An [`Email`].
    Email,
}

/// A part as it was typed, to quote back to the person who typed it. `Debug` hides it: it is contact data.
#[derive(Clone, PartialEq, Eq)]
pub struct TypedPart(String);

/// Why a text does not name a customer.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum NamedCustomerError {
    /// Nothing between the commas.
    #[error("no customer is named")]
    Empty,
    /// A part was taken for a name and is none.
    #[error("the customer's name cannot be used: {error}")]
    Name {
        /// The part as typed.
        part: TypedPart,
        /// What is wrong with it.
        error: TextError,
    },
    /// A part was taken for a telephone number and is none.
    #[error("the customer's phone number cannot be used: {error}")]
    Phone {
        /// The part as typed.
        part: TypedPart,
        /// What is wrong with it.
        error: PhoneError,
    },
    /// A part was taken for an e-mail address and is none.
    #[error("the customer's e-mail address cannot be used: {error}")]
    Email {
        /// The part as typed.
        part: TypedPart,
        /// What is wrong with it.
        error: EmailError,
    },
    /// Two parts of the same kind.
    #[error("the customer has two of {field:?}")]
    Twice {
        /// What was given twice.
        field: CustomerField,
        /// The second one, as typed.
        part: TypedPart,
    },
}

impl NamedCustomer {
    /// Reads name, phone and e-mail in any order with commas between; one of them suffices. A phone or an
    /// e-mail address behind the name needs no comma: `Budi 0812 3456 7890`.
    pub fn parse(text: &str) -> Result<Self, NamedCustomerError> {
        let mut customer = Self { name: None, phone: None, email: None };
        for part in text.split([',', '\n', ';']).map(str::trim).filter(|part| !part.is_empty()) {
            for piece in pieces(part) {
                customer.add(piece)?;
            }
        }
        if customer == (Self { name: None, phone: None, email: None }) {
            return Err(NamedCustomerError::Empty);
        }
        Ok(customer)
    }

    fn add(&mut self, text: &str) -> Result<(), NamedCustomerError> {
        let part = TypedPart::new(text);
        let field = kind_of(text);
        let twice = match field {
            CustomerField::Name => self.name.is_some(),
            CustomerField::Phone => self.phone.is_some(),
            CustomerField::Email => self.email.is_some(),
        };
        if twice {
            return Err(NamedCustomerError::Twice { field, part });
        }
        match field {
            CustomerField::Name => match CustomerName::parse(text) {
                Ok(name) => self.name = Some(name),
                Err(error) => return Err(NamedCustomerError::Name { part, error }),
            },
            CustomerField::Phone => match Phone::parse(text) {
                Ok(phone) => self.phone = Some(phone),
                Err(error) => return Err(NamedCustomerError::Phone { part, error }),
            },
            CustomerField::Email => match Email::parse(text) {
                Ok(email) => self.email = Some(email),
                Err(error) => return Err(NamedCustomerError::Email { part, error }),
            },
        }
        Ok(())
    }
}

/// A part without its commas, cut before a phone or an e-mail address at its end.
fn pieces(part: &str) -> Vec<&str> {
    // Groups of a card number are no telephone.
    if contains_card_number(part) {
        return vec![part];
    }
    let (mut rest, mut pieces) = (part, Vec::new());
    while let Some((before, tail)) = split_contact(rest) {
        pieces.insert(0, tail);
        rest = before;
    }
    pieces.insert(0, rest);
    pieces
}

fn split_contact(text: &str) -> Option<(&str, &str)> {
    let gaps = text.char_indices().filter(|(_, character)| character.is_whitespace());
    gaps.filter_map(|(gap, _)| text.split_at_checked(gap)).find_map(|(before, tail)| {
        let tail = tail.trim_start();
        let words: Vec<&str> = tail.split_whitespace().collect();
        let is_contact = Email::parse(tail).is_ok() || phone_words(&words) == words.len();
        let before = before.trim_end();
        (is_contact && !words.is_empty() && !before.is_empty()).then_some((before, tail))
    })
}

/// What a part is meant to be, so that a slip in it is explained as what it was meant to be.
fn kind_of(text: &str) -> CustomerField {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let letters = text.chars().filter(|character| character.is_alphabetic()).count();
    if text.contains('@') {
        CustomerField::Email
    } else if digits > 0 && (letters == 0 || (digits >= 6 && digits > letters)) {
        CustomerField::Phone
    } else {
        CustomerField::Name
    }
}

impl TypedPart {
    /// Keeps what was typed.
    pub fn new(text: &str) -> Self {
        Self(text.to_owned())
    }

    /// The part as it was typed.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for TypedPart {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("TypedPart(…)")
    }
}
