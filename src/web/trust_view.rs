//! Who sells, in a few words that were checked, and where to ask: what a customer looks for who was sent a
//! link by a stranger.

use url::Url;

use super::page::Frame;
use super::page_texts::PageTexts;
use crate::domain::instant_text::display_month;
use crate::domain::language::Language;
use crate::domain::merchant::{Merchant, Mode};
use crate::domain::return_url::ReturnUrl;

/// What is said about the seller.
pub struct TrustView {
    /// The shop.
    pub title: String,
    /// The seller's own chat, as Telegram names it.
    pub chat: Option<ChatView>,
    /// Since when, and how much was sold.
    pub facts: Vec<String>,
    /// What happens next, step by step.
    pub next: Vec<String>,
    /// What stands on the way to the chat.
    pub ask_label: String,
    /// Where the chat with the bot opens with this very item.
    pub ask: Option<Url>,
}

/// A chat name and where it leads.
pub struct ChatView {
    /// The name with its `@`.
    pub name: String,
    /// The chat's address.
    pub href: String,
}

/// How far the reader has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ahead {
    /// Everything: the details are not sent yet, or no method is chosen.
    All,
    /// The payment and what follows.
    Paying,
    /// Nothing that could be told beforehand.
    Nothing,
}

/// A way on to the seller's website, once all is paid.
pub struct ReturnView {
    /// The website.
    pub href: String,
    /// What stands on the button.
    pub label: String,
    /// What is said while the page is about to go there by itself; `#` is a number of seconds.
    pub going: String,
    /// What stands on the button that stops it.
    pub stay: String,
}

impl TrustView {
    /// What is said about a shop where `mode` says whether its money is real.
    #[must_use]
    pub fn new(merchant: &Merchant, mode: Mode, ahead: Ahead, t: PageTexts) -> Self {
        let store = || t.with("store", merchant.name.as_str());
        let opened = merchant.created_at.with_timezone(&merchant.time_zone).date_naive();
        let since = t.with("month", display_month(opened, t.0)).say("pay-trust-since");
        // Practice is no proof of anything, and real orders say nothing about it.
        let is_counted = mode == Mode::Live && merchant.paid_orders > 0;
        let paid = is_counted.then(|| {
            let shown = grouped(merchant.paid_orders, t.0);
            t.count(merchant.paid_orders).with("shown", shown).say("pay-trust-paid")
        });
        let told = || [t.say("pay-trust-next-told"), store().say("pay-trust-next-seller")];
        let next = match ahead {
            Ahead::All => std::iter::once(t.say("pay-trust-next-choose")).chain(told()).collect(),
            Ahead::Paying => told().to_vec(),
            Ahead::Nothing => Vec::new(),
        };
        let chat = merchant.face.chat_name.as_ref();
        Self {
            title: store().say("pay-trust-title"),
            chat: chat.map(|name| ChatView { name: format!("@{}", name.as_str()), href: name.address() }),
            facts: std::iter::once(since).chain(paid).collect(),
            next,
            ask_label: store().say("pay-trust-ask"),
            ask: None,
        }
    }

    /// The same with the way to the chat.
    #[must_use]
    pub fn with_ask(self, ask: Option<Url>) -> Self {
        Self { ask, ..self }
    }
}

impl ReturnView {
    /// The way on to a website.
    #[must_use]
    pub fn new(url: &ReturnUrl, t: PageTexts) -> Self {
        let website = || t.with("website", url.website());
        Self {
            href: url.as_str().to_owned(),
            label: website().say("pay-return"),
            going: website().with("seconds", "#").say("pay-return-going"),
            stay: t.say("pay-return-stay"),
        }
    }
}

impl Frame {
    /// The title of the document. What is practice says so even where nothing but the title is read.
    #[must_use]
    pub fn whole_title(&self) -> String {
        if self.sandbox {
            self.t.with("title", &self.title).say("pay-sandbox-title")
        } else {
            self.title.clone()
        }
    }

    /// The shop's colour as style rules, for screens; nothing for the usual one.
    #[must_use]
    pub fn colours(&self) -> String {
        if self.colour == Default::default() {
            return String::new();
        }
        let rules = [self.colour.light(), self.colour.dark()].map(|shades| {
            let (accent, on, tint) = (shades.accent, shades.on_accent, shades.tint);
            format!(":root{{--accent:{accent};--on:{on};--tint:{tint}}}")
        });
        let [light, dark] = rules;
        format!("@media screen{{{light}@media(prefers-color-scheme:dark){{{dark}}}}}")
    }
}

/// A number with its digits in groups of three: `1.204`, in English `1,204`.
fn grouped(number: i64, language: Language) -> String {
    let point = match language {
        Language::Indonesian => '.',
        Language::English => ',',
    };
    let digits = number.to_string();
    let mut shown = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            shown.push(point);
        }
        shown.push(digit);
    }
    shown
}

#[cfg(test)]
#[path = "trust_view_tests.rs"]
mod tests;
