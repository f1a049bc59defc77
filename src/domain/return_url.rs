//! Where a customer may go on once an order is paid: an address of the seller's own.

use serde::{Deserialize, Serialize};
use thiserror::Error;
use url::{Host, Url};

use super::card_number::contains_card_number;

/// An address on the open web: https, a name with a dot, no port, nobody's password, nothing hidden. At most
/// 500 bytes, as browsers write it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ReturnUrl(String);

/// Why a text is no such address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum ReturnUrlError {
    /// It starts with something else than https.
    #[error("it does not start with https")]
    NotHttps,
    /// It names no place on the open web: an IP address, a name without a dot, a port, or a user in front.
    #[error("it is no website's name")]
    NoWebsite,
    /// It holds what no address holds as a browser shows it: blanks, a backslash, a `#`.
    #[error("it holds characters of no address")]
    OddCharacters,
    /// It is longer than 500 bytes.
    #[error("it is longer than {} bytes", ReturnUrl::BYTES_MAX)]
    TooLong,
    /// It holds what looks like the number of a card.
    #[error("it holds the number of a card")]
    CardNumber,
}

impl ReturnUrl {
    /// The longest address, in bytes.
    pub const BYTES_MAX: usize = 500;

    /// Reads what a seller typed; `toko.id/terima-kasih` means the same with `https://` in front.
    ///
    /// The text is judged before it is parsed: parsers of addresses drop line ends, turn backslashes round and
    /// read numbers as IP addresses, each a way to show one website and open another.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn parse(text: &str) -> Result<Self, ReturnUrlError> {
        let text = text.trim();
        if text.len() > Self::BYTES_MAX {
            return Err(ReturnUrlError::TooLong);
        }
        let rest = after_scheme(text)?;
        if !rest.bytes().all(is_plain) {
            return Err(ReturnUrlError::OddCharacters);
        }
        let (host, _) = rest.split_at(rest.find(['/', '?']).unwrap_or(rest.len()));
        if !is_website(host) {
            return Err(ReturnUrlError::NoWebsite);
        }
        let url = Url::parse(&format!("https://{rest}")).map_err(|_| ReturnUrlError::NoWebsite)?;
        let is_as_typed = match url.host() {
            Some(Host::Domain(domain)) => domain.eq_ignore_ascii_case(host),
            _ => false,
        };
        if !is_as_typed || url.port().is_some() || !url.username().is_empty() || url.password().is_some() {
            return Err(ReturnUrlError::NoWebsite);
        }
        let address = String::from(url);
        if address.len() > Self::BYTES_MAX {
            return Err(ReturnUrlError::TooLong);
        }
        if contains_card_number(&address) {
            return Err(ReturnUrlError::CardNumber);
        }
        Ok(Self(address))
    }

    /// The whole address.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The website's name, as people know it: `toko.id`.
    #[must_use]
    pub fn website(&self) -> &str {
        let host = self.0.strip_prefix("https://").unwrap_or(&self.0);
        host.split(['/', '?']).next().unwrap_or_default().trim_start_matches("www.")
    }
}

/// What follows `https://`, which may be left out.
fn after_scheme(text: &str) -> Result<&str, ReturnUrlError> {
    const HTTPS: &str = "https://";
    if text.get(..HTTPS.len()).is_some_and(|start| start.eq_ignore_ascii_case(HTTPS)) {
        return Ok(text.get(HTTPS.len()..).unwrap_or_default());
    }
    let first = text.split(['/', '?', '#']).next().unwrap_or_default();
    let is_bare = !first.contains([':', '\\']) && first.contains('.');
    if is_bare { Ok(text) } else { Err(ReturnUrlError::NotHttps) }
}

/// What stands in an address as browsers write it (RFC 3986, section 2), without `#`, quotes and brackets.
const fn is_plain(byte: u8) -> bool {
    byte.is_ascii_alphanumeric()
        || matches!(
            byte,
            b'-' | b'.'
                | b'_'
                | b'~'
                | b'/'
                | b'?'
                | b':'
                | b'@'
                | b'!'
                | b'$'
                | b'&'
                | b'*'
                | b'+'
                | b','
                | b';'
                | b'='
                | b'%'
        )
}

/// Whether it is the name of a website: labels with dots between them, the last one of letters.
fn is_website(host: &str) -> bool {
    let labels: Vec<&str> = host.split('.').collect();
    let is_label = |label: &&str| {
        (1..=63).contains(&label.len())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    let last = labels.last().copied().unwrap_or_default();
    let is_open = !["local", "localhost", "internal", "onion", "test", "invalid"]
        .iter()
        .any(|closed| last.eq_ignore_ascii_case(closed));
    let is_worded = last.len() >= 2
        && (last.bytes().all(|byte| byte.is_ascii_alphabetic())
            || last.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("xn--")));
    labels.len() >= 2 && host.len() <= 253 && labels.iter().all(is_label) && is_worded && is_open
}

impl TryFrom<String> for ReturnUrl {
    type Error = ReturnUrlError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text)
    }
}

impl From<ReturnUrl> for String {
    fn from(url: ReturnUrl) -> Self {
        url.0
    }
}

#[cfg(test)]
mod tests;
