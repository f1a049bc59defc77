//! A file of links on its way: what was understood of it, and how far making its links is.

use chrono::{DateTime, Utc};

use super::id::{ImportId, LinkId, MerchantId, TelegramId};
use super::link_draft::LinkDraft;
use super::link_sheet::Separator;
use super::merchant::Mode;
use super::slug::Slug;

/// A file of links.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkImport {
    /// Its key.
    pub id: ImportId,
    /// The shop that its links are for.
    pub merchant_id: MerchantId,
    /// Who sent it, and the private chat.
    pub person: TelegramId,
    /// The number of the message that it came in: the same message again is the same file.
    pub source_message: i64,
    /// What it was called.
    pub file_name: String,
    /// What set its cells apart.
    pub separator: Separator,
    /// The names of its columns as written; empty where it names none.
    pub titles: Vec<String>,
    /// The mode its links are made in.
    pub mode: Mode,
    /// How far it is.
    pub state: ImportState,
    /// The message that shows how far it is.
    pub card: Option<i64>,
    /// When it came.
    pub created_at: DateTime<Utc>,
}

/// How far a file of links is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ImportState {
    /// Understood, and waiting for the seller's word.
    Ready,
    /// Its links are being made, or its result is still to be told.
    Making,
    /// Made and told.
    Told,
    /// The seller called it off before a link was made.
    Dropped,
}

/// A row of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportRow {
    /// Its number in the spreadsheet.
    pub number: i64,
    /// Its cells as written.
    pub cells: Vec<String>,
    /// How far it is.
    pub state: RowState,
    /// What its link is made from, once; `None` where none can be.
    pub draft: Option<LinkDraft>,
    /// Why no link was made from it, as plain text in the seller's language; empty where nothing is wrong.
    pub problem: String,
    /// The link that was made from it, and its address.
    pub made: Option<(LinkId, Slug)>,
}

/// How far a row is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RowState {
    /// A link is still to be made from it.
    Waiting,
    /// Its link is made.
    Made,
    /// No link can be made from it.
    Wrong,
    /// A link had been made from it before the file came.
    Skipped,
}

/// How many rows are how far.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ImportCounts {
    /// Links that are still to be made.
    pub waiting: i64,
    /// Links that were made.
    pub made: i64,
    /// Rows that cannot be used.
    pub wrong: i64,
    /// Rows that were links before.
    pub skipped: i64,
    /// Those that wait whose links go to their customers by e-mail.
    pub letters: i64,
    /// Those that were made whose links go to their customers by e-mail.
    pub letters_made: i64,
}

/// A file of links as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportView {
    /// The file.
    pub import: LinkImport,
    /// How many of its rows are how far.
    pub counts: ImportCounts,
    /// The first rows that links are made from.
    pub sample: Vec<ImportRow>,
    /// The first rows that cannot be used.
    pub wrong: Vec<ImportRow>,
}

impl ImportState {
    /// The name that it is kept by.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Ready => "ready",
            Self::Making => "making",
            Self::Told => "told",
            Self::Dropped => "dropped",
        }
    }

    /// Reads what [`ImportState::code`] gives.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        [Self::Ready, Self::Making, Self::Told, Self::Dropped].into_iter().find(|state| state.code() == code)
    }
}

impl RowState {
    /// The name that it is kept by.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Made => "made",
            Self::Wrong => "wrong",
            Self::Skipped => "skipped",
        }
    }

    /// Reads what [`RowState::code`] gives.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        [Self::Waiting, Self::Made, Self::Wrong, Self::Skipped].into_iter().find(|state| state.code() == code)
    }
}

impl ImportCounts {
    /// Links that the file makes, made or not yet.
    #[must_use]
    pub const fn links(&self) -> i64 {
        self.waiting + self.made
    }
}
