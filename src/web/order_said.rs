//! What an order's page says when there is nothing to choose or to pay, in plain values.

use super::goods_view::{Letter, item_row};
use super::money_rows::{Row, YearShown, money_rows};
use super::page_texts::PageTexts;
use crate::services::order_page::OrderPage;

/// Something said, with a picture of its tone.
pub struct Said {
    /// Which picture.
    pub tone: Tone,
    /// In a few words.
    pub headline: String,
    /// What that means for the reader.
    pub lines: Vec<String>,
    /// What must not be overlooked: money that is too much, or on its way.
    pub highlight: Option<String>,
    /// The facts.
    pub rows: Vec<Row>,
    /// What the seller says to whoever has paid.
    pub letter: Option<Letter>,
    /// Where to go on.
    pub action: Option<Action>,
    /// Whom to ask, and by what.
    pub contact: Option<String>,
    /// Where a person can play the bank.
    pub practice: Option<String>,
    /// After how many milliseconds looking again is worth while, when no event will say so.
    pub look_again_ms: Option<i64>,
}

/// How it is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// All is well.
    Good,
    /// Something is wrong.
    Bad,
    /// Somebody else must do something first.
    Wait,
    /// We are asking just now.
    Asking,
    /// Nothing more is expected here.
    Over,
}

/// A way on.
pub struct Action {
    /// Where to.
    pub href: String,
    /// What stands on the button.
    pub label: String,
}

impl Said {
    /// What is said, with the facts of the order.
    #[must_use]
    pub fn new(page: &OrderPage, tone: Tone, headline: String, lines: Vec<String>, t: PageTexts) -> Self {
        let fact = |label, value: &str| Row { label, value: value.to_owned(), notes: Vec::new() };
        let mut rows = vec![fact(t.say("pay-receipt-from"), page.merchant.name.as_str()), item_row(page, t)];
        rows.extend(money_rows(page, YearShown::WhenAnother, t));
        rows.push(fact(t.say("pay-order-code"), &page.order.code.to_string()));
        Self {
            tone,
            headline,
            lines,
            highlight: None,
            rows,
            letter: Letter::of(page, t),
            action: None,
            contact: None,
            practice: None,
            look_again_ms: None,
        }
    }

    /// The same, told whom to ask about it.
    #[must_use]
    pub fn with_contact(mut self, page: &OrderPage, t: PageTexts) -> Self {
        self.contact = Some(contact(page, t));
        self
    }
}

impl Tone {
    /// The name of its colours in the style sheet.
    #[must_use]
    pub const fn class(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::Bad => "bad",
            Self::Wait | Self::Asking | Self::Over => "wait",
        }
    }

    /// Whether the reader waits for something to change.
    #[must_use]
    pub const fn is_waiting(self) -> bool {
        matches!(self, Self::Wait | Self::Asking)
    }
}

/// Whom to ask about the order, and by which name.
#[must_use]
pub fn contact(page: &OrderPage, t: PageTexts) -> String {
    t.with("store", page.merchant.name.as_str()).with("code", &page.order.code).say("pay-contact")
}
