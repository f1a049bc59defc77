//! What a seller writes to a customer, drafted politely in the customer's language: it opens in WhatsApp or
//! Telegram, and the seller sends it or says it otherwise.

use url::Url;

use super::card::{CardButton, cut};
use super::sharing::{chat_url, telegram_url};
use super::texts::{Say, say};
use crate::domain::language::Language;
use crate::domain::money::Money;
use crate::domain::order::{Order, OrderState};
use crate::domain::payment_link::PaymentLink;
use crate::domain::visible_text::StoreName;

/// The most characters of a name in a draft: an address of a button holds some two thousand bytes, and
/// each character may take twelve of them.
const NAME_CHARACTERS_MAX: usize = 32;

/// All that a message to a customer speaks of.
#[derive(Debug, Clone, Copy)]
pub struct CustomerDraft<'a> {
    /// Who writes.
    pub store: &'a StoreName,
    /// What the order came through.
    pub link: &'a PaymentLink,
    /// What it is about.
    pub order: &'a Order,
    /// The order's page, where its token is still known.
    pub address: Option<&'a Url>,
}

/// What a message is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Tone {
    /// Thanks for a payment.
    Thanks,
    /// The goods are on their way.
    Sent,
    /// The order still waits to be paid.
    Reminder,
    /// It was not paid in time, and can be paid again.
    Missed,
    /// Something about the payment must be asked.
    Question,
    /// Nothing but what it is about; the seller goes on.
    About,
}

impl Tone {
    /// What fits an order as it stands. `is_unsettled`: something about its money must be decided.
    #[must_use]
    pub const fn of(order: &Order, is_unsettled: bool) -> Self {
        match order.state {
            _ if is_unsettled => Self::Question,
            OrderState::PaidUnallocated | OrderState::Reversed | OrderState::ChargedBack => Self::Question,
            OrderState::Paid | OrderState::PartiallyRefunded if order.shipped.is_some() => Self::Sent,
            OrderState::Paid => Self::Thanks,
            OrderState::Open | OrderState::Awaiting => Self::Reminder,
            OrderState::Expired => Self::Missed,
            OrderState::PartiallyRefunded | OrderState::Refunded | OrderState::Closed => Self::About,
        }
    }
}

impl CustomerDraft<'_> {
    /// The message, in the customer's language.
    #[must_use]
    pub fn text(&self, tone: Tone) -> String {
        let key = match tone {
            Tone::Thanks => "customer-thanks",
            Tone::Sent => "customer-sent",
            Tone::Reminder => "customer-reminder",
            Tone::Missed => "customer-missed",
            Tone::Question => "customer-question",
            Tone::About => "customer-about",
        };
        let text = self.say(key, self.order.amount);
        let needs_address = matches!(tone, Tone::Reminder | Tone::Missed);
        match self.address.filter(|_| needs_address) {
            Some(address) => format!("{text}\n{address}"),
            None => text,
        }
    }

    /// Opens a chat with the customer in WhatsApp and in Telegram; nothing once the details are erased.
    #[must_use]
    pub fn buttons(&self, tone: Tone, language: Language) -> Vec<CardButton> {
        self.open_with(&self.text(tone), language)
    }

    /// Opens a chat with the customer in WhatsApp alone; `None` once the details are erased.
    #[must_use]
    pub fn whatsapp(&self, tone: Tone, language: Language) -> Option<CardButton> {
        let customer = &self.order.customer;
        let url = chat_url(Some(&customer.phone), &self.text(tone)).filter(|_| !customer.is_erased())?;
        Some(CardButton::url(say(language, "notice-button-whatsapp"), url))
    }

    /// The same with the question where `amount` may be sent back to.
    #[must_use]
    pub fn buttons_to_return(&self, amount: Money, language: Language) -> Vec<CardButton> {
        self.open_with(&self.say("money-by-hand-greeting", amount), language)
    }

    fn say(&self, key: &str, amount: Money) -> String {
        let language = self.order.language;
        Say::new(language, key)
            .with("name", cut(self.order.customer.name.as_str(), NAME_CHARACTERS_MAX))
            .with("store", cut(self.store.as_str(), NAME_CHARACTERS_MAX))
            .with("item", cut(&self.order.title(self.link), NAME_CHARACTERS_MAX))
            .with_safe("amount", amount.display(language))
            .with_safe("code", self.order.code.to_string())
            .plain()
    }

    fn open_with(&self, text: &str, language: Language) -> Vec<CardButton> {
        let customer = &self.order.customer;
        if customer.is_erased() {
            return Vec::new();
        }
        let button = |key: &str, url: Option<Url>| url.map(|url| CardButton::url(say(language, key), url));
        let whatsapp = button("order-button-whatsapp", chat_url(Some(&customer.phone), text));
        let telegram = button("customer-button-telegram", telegram_url(&customer.phone, text));
        whatsapp.into_iter().chain(telegram).collect()
    }
}
