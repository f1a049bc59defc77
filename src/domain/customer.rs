//! Who buys: name, phone and e-mail, as the customer or the seller typed them.
//!
//! Contact details never reach a log: `Debug` of these types hides the content.

mod named;
mod phone_run;

use std::fmt;

use email_address::{EmailAddress, Options};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::card_number::masked;
use super::visible_text::{TextError, clean, clean_within};

pub use named::{CustomerField, NamedCustomer, NamedCustomerError, TypedPart};
pub use phone_run::{phone_words, words_in_phones};

/// Everything we ask of a customer before a payment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CustomerDetails {
    /// What the customer is called.
    pub name: CustomerName,
    /// Where the customer is called.
    pub phone: Phone,
    /// Where the receipt goes.
    pub email: Email,
}

impl CustomerDetails {
    /// What stands in the place of details that were erased: a dash, and nothing to reach anyone by.
    #[must_use]
    pub fn erased() -> Self {
        Self {
            name: CustomerName("—".to_owned()), phone: Phone(String::new()), email: Email(String::new())
        }
    }

    /// Whether the details were erased.
    #[must_use]
    pub fn is_erased(&self) -> bool {
        self.phone.0.is_empty() && self.email.0.is_empty()
    }
}

/// A person's name: 1 to 100 characters, one line, no card number.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct CustomerName(String);

impl CustomerName {
    /// The most characters in a name.
    pub const CHARACTERS_MAX: usize = 100;

    /// Reads and cleans what someone typed.
    pub fn parse(text: &str) -> Result<Self, TextError> {
        Ok(Self(clean_within(text, Self::CHARACTERS_MAX)?.value))
    }

    /// The cleaned name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A telephone number in the international form of E.164: `+`, then 8 to 15 digits.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Phone(String);

/// Why a text is not a telephone number.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum PhoneError {
    /// Nothing was typed.
    #[error("the phone number is empty")]
    Empty,
    /// Letters or other signs that no telephone number has.
    #[error("a phone number has only digits")]
    NotANumber,
    /// Fewer than 8 digits with the country code.
    #[error("the phone number is too short")]
    TooShort,
    /// More than the 15 digits that E.164 allows.
    #[error("the phone number is too long")]
    TooLong,
    /// It starts neither with `+`, `0` nor `62`, so nobody knows which country it is in.
    #[error("the phone number needs its country code")]
    MissingCountryCode,
}

impl Phone {
    /// Reads `0812-3456-789`, `62812…`, `812…` and `+1 650…`. A number without a country code is Indonesian.
    pub fn parse(text: &str) -> Result<Self, PhoneError> {
        let phone = Self::kept(text)?;
        let digits = phone.0.trim_start_matches('+');
        // The 14 and 15 digits that cards have and telephones hardly do begin with a 3.
        if digits.len() > 13 && masked(digits).is_some() { Err(PhoneError::TooLong) } else { Ok(phone) }
    }

    /// Reads a number that was taken before: what is asked of new ones must not hide old ones.
    pub fn kept(text: &str) -> Result<Self, PhoneError> {
        // Numbers copied from an address book come with invisible direction marks.
        let text = clean(text).value;
        let (plus, rest) = match text.strip_prefix('+') {
            Some(rest) => (true, rest),
            None => (false, text.as_str()),
        };
        let is_layout = |character: char| matches!(character, ' ' | '-' | '.' | '(' | ')' | '/' | '‐'..='―');
        let digits: String = rest.chars().filter(|character| !is_layout(*character)).collect();
        if text.is_empty() {
            return Err(PhoneError::Empty);
        }
        if digits.is_empty() || !digits.bytes().all(|digit| digit.is_ascii_digit()) {
            return Err(PhoneError::NotANumber);
        }
        let international = with_country_code(plus, &digits)?;
        match international.len() {
            ..8 => Err(PhoneError::TooShort),
            8..=15 => Ok(Self(format!("+{international}"))),
            _ => Err(PhoneError::TooLong),
        }
    }

    /// The number with its `+`.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The digits after the `+`.
fn with_country_code(plus: bool, digits: &str) -> Result<String, PhoneError> {
    let abroad = if plus { Some(digits) } else { digits.strip_prefix("00") };
    let national = match abroad {
        Some(abroad) => match abroad.strip_prefix("62") {
            Some(national) => national,
            None if abroad.starts_with('0') => return Err(PhoneError::MissingCountryCode),
            None => return Ok(abroad.to_owned()),
        },
        None => match digits.strip_prefix("62") {
            Some(national) => national,
            None if digits.starts_with(['0', '8']) => digits,
            // So long a number is wrong with any country code.
            None if digits.len() > 15 => return Err(PhoneError::TooLong),
            None => return Err(PhoneError::MissingCountryCode),
        },
    };
    // People write "+62 (0)812" though the zero is only dialled inside the country.
    let subscriber = national.strip_prefix('0').unwrap_or(national);
    if subscriber.starts_with('0') {
        return Err(PhoneError::MissingCountryCode);
    }
    Ok(format!("62{subscriber}"))
}

/// An e-mail address of at most 254 bytes, in ASCII, its domain in lower case.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Email(String);

/// Why a text is not an e-mail address.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum EmailError {
    /// Nothing was typed.
    #[error("the e-mail address is empty")]
    Empty,
    /// More than 254 bytes, which no mail server takes (RFC 5321, erratum 1690).
    #[error("the e-mail address is too long")]
    TooLong,
    /// A line break or other control character: an attempt to write mail headers.
    #[error("the e-mail address contains a control character")]
    ControlCharacter,
    /// It holds what looks like a payment card number, which we never store.
    #[error("the e-mail address contains a card number")]
    CardNumber,
    /// It has not the form `name@shop.id`.
    #[error("this is not an e-mail address")]
    NotAnAddress,
}

impl Email {
    /// The most bytes in an address.
    pub const BYTES_MAX: usize = 254;

    /// Reads one plain address. Quoted names, comments and address literals are legal in mail but not here.
    pub fn parse(text: &str) -> Result<Self, EmailError> {
        let has_card = text.len() <= Self::BYTES_MAX && masked(text).is_some();
        if has_card { Err(EmailError::CardNumber) } else { Self::kept(text) }
    }

    /// Reads an address that was taken before: what is asked of new ones must not hide old ones.
    pub fn kept(text: &str) -> Result<Self, EmailError> {
        let text = text.trim();
        if text.is_empty() {
            return Err(EmailError::Empty);
        }
        if text.len() > Self::BYTES_MAX {
            return Err(EmailError::TooLong);
        }
        if text.chars().any(char::is_control) {
            return Err(EmailError::ControlCharacter);
        }
        let odd = |character: char| !character.is_ascii_graphic() || "\"(),:;<>[]\\".contains(character);
        if text.contains(odd) || text.contains("..") {
            return Err(EmailError::NotAnAddress);
        }
        let options = Options::default().with_required_tld().without_display_text().without_domain_literal();
        EmailAddress::parse_with_options(text, options).map_err(|_| EmailError::NotAnAddress)?;
        match text.split('@').collect::<Vec<_>>().as_slice() {
            [local, domain] => Ok(Self(format!("{local}@{}", domain.to_ascii_lowercase()))),
            _ => Err(EmailError::NotAnAddress),
        }
    }

    /// The address.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for CustomerName {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("CustomerName(…)")
    }
}

impl fmt::Debug for Phone {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Phone(…)")
    }
}

impl fmt::Debug for Email {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Email(…)")
    }
}

impl TryFrom<String> for CustomerName {
    type Error = TextError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text)
    }
}

impl TryFrom<String> for Phone {
    type Error = PhoneError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::kept(&text)
    }
}

impl TryFrom<String> for Email {
    type Error = EmailError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::kept(&text)
    }
}

impl From<CustomerName> for String {
    fn from(name: CustomerName) -> Self {
        name.0
    }
}

impl From<Phone> for String {
    fn from(phone: Phone) -> Self {
        phone.0
    }
}

impl From<Email> for String {
    fn from(email: Email) -> Self {
        email.0
    }
}

#[cfg(test)]
mod tests;
