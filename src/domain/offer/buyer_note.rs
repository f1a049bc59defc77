//! Words of the seller for whoever has paid.

use serde::{Deserialize, Serialize};

use crate::domain::visible_text::{Cleaned, TextError, clean, clean_within};

/// What customers read once they have paid: 1 to 500 characters on at most 20 lines.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct BuyerNote(String);

impl BuyerNote {
    /// The most characters.
    pub const CHARACTERS_MAX: usize = 500;
    /// The most lines.
    const LINES_MAX: usize = 20;

    /// Reads and cleans what someone typed. Lines stay lines.
    ///
    /// # Errors
    /// As for a name, by the length of all its lines together.
    pub fn parse(text: &str) -> Result<Cleaned<Self>, TextError> {
        let whole = clean_within(text, Self::CHARACTERS_MAX)?;
        let lines: Vec<String> =
            text.lines().map(|line| clean(line).value).filter(|line| !line.is_empty()).collect();
        // More lines than a receipt has room for run on in one.
        let kept = if lines.len() > Self::LINES_MAX { whole.value.clone() } else { lines.join("\n") };
        Ok(Cleaned { value: Self(kept), removed_marks: whole.removed_marks })
    }

    /// The text, lines apart.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for BuyerNote {
    type Error = TextError;

    fn try_from(text: String) -> Result<Self, TextError> {
        Ok(Self::parse(&text)?.value)
    }
}

impl From<BuyerNote> for String {
    fn from(note: BuyerNote) -> Self {
        note.0
    }
}
