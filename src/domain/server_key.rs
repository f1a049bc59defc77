//! The keys of a Midtrans account: recognised wherever somebody types one, masked before anything is stored,
//! and read with the words that help whoever took the wrong one.

use secrecy::{ExposeSecret, SecretString};

use super::merchant::Mode;

/// What the keys of the sandbox begin with, before the words that all keys have.
const SANDBOX_MARK: &str = "SB-";

/// What a server key begins with, behind [`SANDBOX_MARK`].
const SERVER_WORDS: &str = "Mid-server-";

/// What a client key begins with, behind [`SANDBOX_MARK`].
const CLIENT_WORDS: &str = "Mid-client-";

/// The fewest characters behind those words; Midtrans' own have some twenty.
const OWN_CHARACTERS_MIN: usize = 6;

/// The most characters of a key, to keep what is sent to the gateway short.
const CHARACTERS_MAX: usize = 100;

/// What stands where a character of a key stood. One for each, since Telegram counts characters.
const MASK: u8 = b'*';

/// The server key of a Midtrans account, well formed. `Debug` hides it.
#[derive(Debug, Clone)]
pub struct ServerKey(SecretString);

/// Why a text is no server key of a mode.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ServerKeyFault {
    /// Nothing was typed.
    Empty,
    /// It is the client key, which stands beside it in the dashboard.
    ClientKey,
    /// It is a server key of the other mode.
    OtherMode,
    /// It is none at all, or cut off.
    NoKey,
}

impl ServerKey {
    /// Reads a server key of a mode; blanks around it and inside it (of a line break) are left out.
    ///
    /// # Errors
    /// What it is instead.
    pub fn parse(text: &str, mode: Mode) -> Result<Self, ServerKeyFault> {
        let text: String = text.chars().filter(|character| !is_blank(*character)).collect();
        if text.is_empty() {
            return Err(ServerKeyFault::Empty);
        }
        let Some(found) = Found::at_start(text.as_bytes()).filter(|found| found.end == text.len()) else {
            return Err(ServerKeyFault::NoKey);
        };
        if found.is_client {
            return Err(ServerKeyFault::ClientKey);
        }
        if found.mode != mode {
            return Err(ServerKeyFault::OtherMode);
        }
        if text.len() > CHARACTERS_MAX || text.bytes().any(|byte| byte == MASK) {
            return Err(ServerKeyFault::NoKey);
        }
        // Phones like to change the case of a first letter, and Midtrans minds.
        let mark = if mode == Mode::Sandbox { SANDBOX_MARK } else { "" };
        Ok(Self(format!("{mark}{SERVER_WORDS}{}", &text[found.own..]).into()))
    }

    /// The key, to be sealed or sent.
    #[must_use]
    pub fn reveal(&self) -> &SecretString {
        &self.0
    }

    /// The last four characters, by which its owner knows it again.
    #[must_use]
    pub fn tail(&self) -> String {
        let key = self.0.expose_secret();
        key[key.len().saturating_sub(4)..].to_owned()
    }
}

/// The text with every key of a Midtrans account masked, as long as before; `None` when it holds none.
#[must_use]
pub fn masked_keys(text: &str) -> Option<String> {
    let mut bytes = text.as_bytes().to_vec();
    let mut is_masked = false;
    for found in keys_in(text) {
        // One that was masked before is not masked again.
        is_masked |= bytes[found.own..found.end].iter().any(|byte| *byte != MASK);
        bytes[found.own..found.end].fill(MASK);
    }
    // ASCII took the place of ASCII.
    is_masked.then(|| String::from_utf8(bytes).unwrap_or_default())
}

/// The mode of the first key that a text holds, masked or not; `None` when it holds none.
#[must_use]
pub fn key_in(text: &str) -> Option<Mode> {
    keys_in(text).first().map(|found| found.mode)
}

/// A key in a text, in bytes.
#[derive(Clone, Copy)]
struct Found {
    mode: Mode,
    is_client: bool,
    /// Where its own characters begin.
    own: usize,
    end: usize,
}

impl Found {
    /// The key that the bytes begin with.
    fn at_start(bytes: &[u8]) -> Option<Self> {
        let begins = |at: usize, words: &str| {
            bytes.get(at..at + words.len()).is_some_and(|start| start.eq_ignore_ascii_case(words.as_bytes()))
        };
        let (mode, at) =
            if begins(0, SANDBOX_MARK) { (Mode::Sandbox, SANDBOX_MARK.len()) } else { (Mode::Live, 0) };
        let is_client = begins(at, CLIENT_WORDS);
        if !is_client && !begins(at, SERVER_WORDS) {
            return None;
        }
        let own = at + SERVER_WORDS.len();
        let is_own = |byte: &&u8| byte.is_ascii_alphanumeric() || matches!(**byte, b'-' | b'_' | MASK);
        let length = bytes[own..].iter().take_while(is_own).count();
        (length >= OWN_CHARACTERS_MIN).then_some(Self { mode, is_client, own, end: own + length })
    }
}

fn keys_in(text: &str) -> Vec<Found> {
    let bytes = text.as_bytes();
    let (mut found, mut at) = (Vec::new(), 0);
    while at < bytes.len() {
        match Found::at_start(&bytes[at..]) {
            Some(key) => {
                found.push(Found { own: at + key.own, end: at + key.end, ..key });
                at += key.end;
            }
            None => at += 1,
        }
    }
    found
}

/// Blanks, and the invisible marks that come along when something is copied from a page.
fn is_blank(character: char) -> bool {
    character.is_whitespace() || matches!(character, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_read_for_its_mode_and_anything_else_is_named() {
        for (text, mode, outcome) in [
            ("SB-Mid-server-abcDEF_123-4", Mode::Sandbox, Ok("23-4")),
            ("  Mid-server-abcDEF12345678\n", Mode::Live, Ok("5678")),
            ("\u{200b}SB-Mid-server-abcDEF\n12345678", Mode::Sandbox, Ok("5678")),
            ("", Mode::Live, Err(ServerKeyFault::Empty)),
            (" \u{feff}\n", Mode::Live, Err(ServerKeyFault::Empty)),
            ("Mid-server-abcDEF12345678", Mode::Sandbox, Err(ServerKeyFault::OtherMode)),
            ("SB-Mid-server-abcDEF12345678", Mode::Live, Err(ServerKeyFault::OtherMode)),
            ("SB-Mid-client-abcDEF12345678", Mode::Sandbox, Err(ServerKeyFault::ClientKey)),
            ("Mid-client-abcDEF12345678", Mode::Sandbox, Err(ServerKeyFault::ClientKey)),
            ("Mid-server-abc", Mode::Live, Err(ServerKeyFault::NoKey)),
            ("Mid-server-abcDEF12345678!", Mode::Live, Err(ServerKeyFault::NoKey)),
            ("Mid-server-********", Mode::Live, Err(ServerKeyFault::NoKey)),
            ("G123456789", Mode::Live, Err(ServerKeyFault::NoKey)),
        ] {
            let read = ServerKey::parse(text, mode).map(|key| key.tail());
            assert_eq!(read, outcome.map(str::to_owned), "{text:?}");
        }
        assert!(ServerKey::parse(&format!("Mid-server-{}", "a".repeat(100)), Mode::Live).is_err());
    }

    #[test]
    fn a_key_is_masked_wherever_it_stands_and_known_afterwards() {
        for (text, harmless, mode) in [
            ("ini: SB-Mid-server-rahasia1, ya", "ini: SB-Mid-server-********, ya", Mode::Sandbox),
            (
                "mid-Server-rahasia1 sb-mid-client-x-y_z0",
                "mid-Server-******** sb-mid-client-******",
                Mode::Live,
            ),
            ("🔑Mid-client-rahasia1🔑", "🔑Mid-client-********🔑", Mode::Live),
        ] {
            assert_eq!(masked_keys(text).as_deref(), Some(harmless));
            assert_eq!((key_in(text), key_in(harmless)), (Some(mode), Some(mode)));
            assert_eq!(masked_keys(harmless), None, "once is enough");
            assert_eq!(text.encode_utf16().count(), harmless.encode_utf16().count());
        }
        for text in ["", "SB-Mid-server-", "Mid-server-abc", "kaos mid 75rb", "SB-Mid-server-… ya"] {
            assert_eq!((masked_keys(text), key_in(text)), (None, None), "{text:?}");
        }
    }

    #[test]
    fn a_key_is_not_printed() {
        let key = ServerKey::parse("Mid-server-rahasia12345", Mode::Live).unwrap();
        assert!(!format!("{key:?}").contains("rahasia"));
    }
}
