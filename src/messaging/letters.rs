//! Letters to customers: what they say, as text and as HTML.
//!
//! A [`Sheet`] holds plain words; it becomes HTML in one template, which escapes all of them. It works with pictures
//! off and without any style: a number is text, a button is a link whose address also stands in the text.

use askama::Template;
use chrono::{DateTime, Utc};
use url::Url;

use super::texts::{Say, say};
use crate::domain::instant_text::{display_instant, display_instant_with_year};
use crate::domain::language::Language;
use crate::domain::merchant::{Merchant, Mode};
use crate::domain::money::Money;
use crate::domain::offer::{ChosenPrice, Pricing};
use crate::domain::order::Order;
use crate::domain::payment_link::{LinkState, PaymentLink};
use crate::domain::payment_method::{PaymentInstructions, PaymentMethod};

/// A fact with its name, in plain words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    /// Its name.
    pub label: String,
    /// The fact.
    pub value: String,
    /// What belongs to it, in small letters, a line each.
    pub notes: Vec<String>,
}

impl Fact {
    /// A fact without notes.
    #[must_use]
    pub fn new(label: impl Into<String>, value: impl Into<String>) -> Self {
        Self { label: label.into(), value: value.into(), notes: Vec::new() }
    }
}

/// Who writes, about what, and to whom.
#[derive(Debug, Clone, Copy)]
pub struct LetterFrame<'a> {
    /// The reader's language.
    pub language: Language,
    /// The shop.
    pub merchant: &'a Merchant,
    /// The link.
    pub link: &'a PaymentLink,
    /// The page that the letter leads to.
    pub page: &'a Url,
}

/// A letter in plain words.
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(path = "letter.html", config = "src/messaging/letters/askama.toml")]
pub struct Sheet {
    /// The language's code.
    pub language: &'static str,
    /// What it is about.
    pub subject: String,
    /// That it is practice, if it is.
    pub practice: Option<String>,
    /// Its heading.
    pub title: String,
    /// What it says first.
    pub lines: Vec<String>,
    /// Numbers to copy.
    pub numbers: Vec<Fact>,
    /// The facts.
    pub facts: Vec<Fact>,
    /// What the seller says: a heading, and the words.
    pub note: Option<(String, String)>,
    /// What stands on the button.
    pub button: String,
    /// Where it leads.
    pub page: String,
    /// What it says last, in small letters.
    pub ending: Vec<String>,
}

impl Sheet {
    /// The letter as HTML: every word is escaped there.
    #[must_use]
    pub fn html(&self) -> String {
        self.render().unwrap_or_else(|error| {
            tracing::error!(%error, "a letter could not be drawn");
            String::new()
        })
    }

    /// The letter as plain text.
    #[must_use]
    pub fn text(&self) -> String {
        let mut blocks: Vec<String> = self.practice.iter().cloned().collect();
        blocks.push(self.title.clone());
        blocks.extend(self.lines.iter().cloned());
        let listed = |facts: &[Fact]| {
            let lines = facts.iter().map(|fact| {
                let notes = fact.notes.iter().map(|note| format!("\n  {note}")).collect::<String>();
                format!("{}: {}{notes}", fact.label, fact.value)
            });
            lines.collect::<Vec<_>>().join("\n")
        };
        blocks
            .extend([listed(&self.numbers), listed(&self.facts)].into_iter().filter(|list| !list.is_empty()));
        blocks.extend(self.note.iter().map(|(title, words)| format!("{title}:\n{words}")));
        blocks.push(format!("{}:\n{}", self.button, self.page));
        blocks.push(format!("-- \n{}", self.ending.join("\n")));
        blocks.join("\n\n") + "\n"
    }
}

/// The letter that brings a link to the customer it was made for.
#[must_use]
pub fn link_letter(frame: &LetterFrame<'_>, state: LinkState) -> Sheet {
    let LetterFrame { language, merchant, link, .. } = frame;
    let name = link.customer.as_ref().and_then(|customer| customer.name.as_ref());
    let hello = name.map_or_else(
        || say(*language, "letter-hello-someone"),
        |name| frame.with("name", name.as_str()).key("letter-hello"),
    );
    let mut facts = vec![
        frame.fact("pay-receipt-from", merchant.name.as_str()),
        frame.fact("pay-receipt-item", link.item_name.as_str()),
        frame.fact("pay-amount-label", &price(frame)),
    ];
    let when = |at: DateTime<Utc>| display_instant_with_year(at, merchant.time_zone, *language);
    if let Some(opens_at) = link.opens_at.filter(|_| state == LinkState::NotOpenYet) {
        facts.push(frame.fact("letter-link-opens", &when(opens_at)));
    }
    facts.extend(link.expires_at.map(|expires_at| frame.fact("letter-until", &when(expires_at))));
    Sheet {
        title: frame.store().key("letter-link-title"),
        lines: vec![hello, frame.store().key("letter-link-line")],
        facts,
        button: say(*language, "letter-link-button"),
        ending: frame.ending("letter-link-why"),
        ..frame.sheet(frame.store().key("letter-link-subject"))
    }
}

/// How to pay by the method that the customer chose, until when.
#[must_use]
pub fn instructions_letter(
    frame: &LetterFrame<'_>,
    order: &Order,
    method: PaymentMethod,
    instructions: &PaymentInstructions,
    pay_until: DateTime<Utc>,
) -> Sheet {
    let language = frame.language;
    let amount = order.amount.display(language);
    let (numbers, line) = to_do(frame, instructions);
    let title = frame.with("method", method.name()).and("amount", amount.as_str()).key("letter-do-title");
    let until = display_instant(pay_until, frame.merchant.time_zone, language);
    Sheet {
        title,
        lines: vec![
            frame.with("name", order.customer.name.as_str()).key("letter-hello"),
            line,
            frame.with("until", until).key("letter-do-until"),
        ],
        numbers,
        facts: vec![
            frame.fact("pay-amount-label", &amount),
            frame.fact("pay-receipt-from", frame.merchant.name.as_str()),
            frame.fact("pay-receipt-item", &order.title(frame.link)),
            frame.fact("pay-order-code", &order.code.to_string()),
        ],
        button: say(language, "letter-do-button"),
        ending: frame.ending("letter-link-why"),
        ..frame.sheet(frame.store().and("amount", amount.as_str()).key("letter-do-subject"))
    }
}

/// That the order is paid. `facts` are those of its receipt.
#[must_use]
pub fn receipt_letter(frame: &LetterFrame<'_>, order: &Order, facts: Vec<Fact>, has_file: bool) -> Sheet {
    let line = if has_file { "letter-receipt-line" } else { "letter-receipt-line-page" };
    let language = frame.language;
    let amount = order.amount.display(language);
    let note = order.buyer_note.as_ref().map(|note| {
        let title = frame.store().key("pay-letter");
        (title, note.as_str().to_owned())
    });
    Sheet {
        title: frame.with("amount", amount).key("letter-receipt-title"),
        lines: vec![
            frame.with("name", order.customer.name.as_str()).key("letter-hello"),
            frame.store().key(line),
        ],
        facts,
        note,
        button: say(language, "letter-receipt-button"),
        ending: frame.ending("letter-receipt-why"),
        ..frame.sheet(frame.store().key("letter-receipt-subject"))
    }
}

/// What whoever did not pay in time can still do on the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WayOn {
    /// Choose a method and pay.
    Now,
    /// Come back: the link takes no payment now, and will.
    Later,
    /// Ask the shop.
    None,
}

impl WayOn {
    /// By the link's state, and how many times the order's customer may still choose a method.
    #[must_use]
    pub const fn of(link: LinkState, attempts_left: usize) -> Self {
        match link {
            _ if attempts_left == 0 => Self::None,
            LinkState::Active => Self::Now,
            LinkState::Busy | LinkState::Paused | LinkState::NotOpenYet => Self::Later,
            _ => Self::None,
        }
    }
}

/// That nobody was seen to pay in time.
#[must_use]
pub fn expiry_letter(frame: &LetterFrame<'_>, order: &Order, way_on: WayOn) -> Sheet {
    let language = frame.language;
    let next = match way_on {
        WayOn::Now => "letter-expiry-again",
        WayOn::Later => "letter-expiry-later",
        WayOn::None => "letter-expiry-over",
    };
    Sheet {
        title: say(language, "letter-expiry-title"),
        lines: vec![
            frame.with("name", order.customer.name.as_str()).key("letter-hello"),
            frame.store().key(next),
            say(language, "letter-expiry-paid"),
        ],
        facts: vec![
            frame.fact("pay-receipt-from", frame.merchant.name.as_str()),
            frame.fact("pay-receipt-item", &order.title(frame.link)),
            frame.fact("pay-amount-label", &order.amount.display(language)),
            frame.fact("pay-order-code", &order.code.to_string()),
        ],
        button: say(language, "letter-expiry-button"),
        ending: frame.ending("letter-link-why"),
        ..frame.sheet(frame.store().key("letter-expiry-subject"))
    }
}

/// That a unit is free for who waits in line, until when nobody else hears of it.
#[must_use]
pub fn turn_letter(frame: &LetterFrame<'_>, order: &Order, until: DateTime<Utc>) -> Sheet {
    let language = frame.language;
    let until = display_instant(until, frame.merchant.time_zone, language);
    Sheet {
        title: say(language, "letter-turn-title"),
        lines: vec![
            frame.with("name", order.customer.name.as_str()).key("letter-hello"),
            frame.store().key("letter-turn-line"),
            frame.with("until", until).key("letter-turn-until"),
        ],
        facts: vec![
            frame.fact("pay-receipt-from", frame.merchant.name.as_str()),
            frame.fact("pay-receipt-item", &order.title(frame.link)),
            frame.fact("pay-amount-label", &order.amount.display(language)),
            frame.fact("pay-order-code", &order.code.to_string()),
        ],
        button: say(language, "letter-turn-button"),
        ending: frame.ending("letter-receipt-why"),
        ..frame.sheet(frame.store().key("letter-turn-subject"))
    }
}

/// Words to be put into a text of a letter.
struct Words {
    language: Language,
    values: Vec<(&'static str, String)>,
}

impl Words {
    fn and(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.values.push((name, value.into()));
        self
    }

    /// The text of a key, plain.
    fn key(self, key: &str) -> String {
        let say = Say::new(self.language, key);
        self.values.into_iter().fold(say, |say, (name, value)| say.with(name, value)).plain()
    }
}

impl LetterFrame<'_> {
    fn with(&self, name: &'static str, value: impl Into<String>) -> Words {
        Words { language: self.language, values: Vec::new() }.and(name, value)
    }

    /// With the names of the shop and of what is sold.
    fn store(&self) -> Words {
        self.with("store", self.merchant.name.as_str()).and("item", self.link.item_name.as_str())
    }

    fn fact(&self, key: &str, value: &str) -> Fact {
        Fact::new(say(self.language, key), value)
    }

    fn ending(&self, why: &str) -> Vec<String> {
        let host = self.page.host_str().unwrap_or_default();
        vec![
            self.store().key(why),
            self.store().key("letter-no-answer"),
            self.with("host", host).key("letter-check-address"),
        ]
    }

    fn sheet(&self, subject: String) -> Sheet {
        let is_practice = self.link.mode == Mode::Sandbox;
        let subject = match is_practice {
            true => self.with("subject", subject).key("letter-practice-subject"),
            false => subject,
        };
        Sheet {
            language: self.language.code(),
            subject,
            practice: is_practice.then(|| say(self.language, "letter-practice")),
            title: String::new(),
            lines: Vec::new(),
            numbers: Vec::new(),
            facts: Vec::new(),
            note: None,
            button: String::new(),
            page: self.page.to_string(),
            ending: Vec::new(),
        }
    }
}

fn price(frame: &LetterFrame<'_>) -> String {
    let (link, language) = (frame.link, frame.language);
    match &link.offer.pricing {
        Pricing::Chosen(ChosenPrice { minimum, maximum: Some(maximum), .. }) => frame
            .with("least", minimum.display(language))
            .and("most", maximum.display(language))
            .key("pay-price-between"),
        Pricing::Chosen(ChosenPrice { minimum, .. }) => {
            frame.with("amount", minimum.display(language)).key("pay-price-from")
        }
        Pricing::Fixed | Pricing::PerPiece(_) | Pricing::Bill(_) => Money::display(link.price, language),
    }
}

/// The numbers to type, and what to do.
fn to_do(frame: &LetterFrame<'_>, instructions: &PaymentInstructions) -> (Vec<Fact>, String) {
    let line = |key| say(frame.language, key);
    match instructions {
        PaymentInstructions::VirtualAccount { number } => {
            (vec![frame.fact("pay-number-label", number)], line("letter-do-number"))
        }
        PaymentInstructions::Bill { biller_code, bill_key } => (
            vec![frame.fact("pay-biller-label", biller_code), frame.fact("pay-bill-key-label", bill_key)],
            line("letter-do-bill"),
        ),
        PaymentInstructions::CounterCode { store, code } => {
            let label = frame.with("store", store.as_str()).key("pay-counter-label");
            (vec![Fact::new(label, code)], line("letter-do-counter"))
        }
        PaymentInstructions::Qr { .. } => (Vec::new(), line("letter-do-qr")),
        PaymentInstructions::Deeplink { .. } | PaymentInstructions::Redirect { .. } => {
            (Vec::new(), line("letter-do-page"))
        }
    }
}

#[cfg(test)]
mod tests;
