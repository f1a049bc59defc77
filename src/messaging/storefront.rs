//! What a link says to those who may buy: one wording for captions, share texts, pictures, messages in
//! other chats, and the card that a customer gets.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use url::Url;

use super::html;
use super::price_words::price_words;
use super::texts::{Say, say};
use crate::domain::instant_text::display_instant_at;
use crate::domain::language::Language;
use crate::domain::merchant::Mode;
use crate::domain::payment_link::{LinkState, PaymentLink};
use crate::domain::visible_text::StoreName;

/// How a link stands, in the eyes of who may buy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It can be paid.
    Open,
    /// Somebody pays for the last one now; it may come free again.
    Taken,
    /// Its only payment was made.
    Paid,
    /// Everything is sold.
    SoldOut,
    /// Its time is over.
    Expired,
    /// Its time has not come.
    NotOpenYet,
    /// The seller switched it off.
    Closed,
    /// The seller deleted it.
    Gone,
}

/// A link as it is shown to those who may buy.
#[derive(Debug, Clone, Copy)]
pub struct Listing<'a> {
    /// What is sold.
    pub link: &'a PaymentLink,
    /// Where it is paid.
    pub url: &'a Url,
    /// Where the shop is.
    pub zone: Tz,
    /// The instant of all that is said.
    pub now: DateTime<Utc>,
}

impl Standing {
    /// How the link stands at `now`.
    #[must_use]
    pub fn of(link: &PaymentLink, now: DateTime<Utc>) -> Self {
        Self::when(link, link.state(now))
    }

    /// How the link stands when it is in this state.
    #[must_use]
    pub fn when(link: &PaymentLink, state: LinkState) -> Self {
        match state {
            LinkState::Active => Self::Open,
            LinkState::Busy => Self::Taken,
            LinkState::Exhausted if link.usage_limit.is_some_and(|limit| limit.get() == 1) => Self::Paid,
            LinkState::Exhausted => Self::SoldOut,
            LinkState::Expired => Self::Expired,
            LinkState::NotOpenYet => Self::NotOpenYet,
            LinkState::Paused => Self::Closed,
            LinkState::Deleted => Self::Gone,
        }
    }

    /// Whether there is any use in opening its page to pay.
    #[must_use]
    pub const fn may_be_paid(self) -> bool {
        matches!(self, Self::Open | Self::Taken)
    }

    const fn key(self) -> Option<&'static str> {
        Some(match self {
            Self::Open => return None,
            Self::Taken => "standing-taken",
            Self::Paid => "standing-paid",
            Self::SoldOut => "standing-sold-out",
            Self::Expired => "standing-expired",
            Self::NotOpenYet => "standing-not-open",
            Self::Closed => "standing-closed",
            Self::Gone => "standing-gone",
        })
    }
}

impl Listing<'_> {
    /// How it stands.
    #[must_use]
    pub fn standing(&self) -> Standing {
        Standing::of(self.link, self.now)
    }

    /// `🏁 Sold out.`; `None` while it can simply be paid.
    #[must_use]
    pub fn standing_line(&self, language: Language) -> Option<String> {
        let opens = self.link.opens_at.map(|at| self.instant(at, language)).unwrap_or_default();
        let key = self.standing().key()?;
        Some(Say::new(language, key).with_safe("opens", opens).plain())
    }

    /// What it costs, where one line must do.
    #[must_use]
    pub fn price(&self, language: Language) -> String {
        price_words(language, self.link.price, &self.link.offer.pricing)
    }

    /// `**Kaos polos** · Rp75.000`.
    #[must_use]
    pub fn title(&self, language: Language) -> String {
        Say::new(language, "link-title")
            .with("name", self.link.item_name.as_str())
            .with_safe("price", self.price(language))
            .html()
    }

    /// What a seller sends along with the address, as plain text: name, price, and the truth about them.
    #[must_use]
    pub fn share_text(&self, language: Language) -> String {
        let named = self.link.customer.as_ref().and_then(|customer| customer.name.as_ref());
        let standing = self.standing_line(language);
        let say = match (named, &standing) {
            // A greeting that asks for money is for a link that takes it.
            (Some(name), None) => Say::new(language, "link-share-for").with("buyer", name.as_str()),
            _ => Say::new(language, "link-share-text"),
        };
        let text =
            say.with("name", self.link.item_name.as_str()).with_safe("price", self.price(language)).plain();
        [Some(text), standing, self.play_money(language)].into_iter().flatten().collect::<Vec<_>>().join("\n")
    }

    /// The text below a picture, as HTML: name, price, address, how it stands. It also says the picture to
    /// those who do not see it.
    #[must_use]
    pub fn caption(&self, language: Language) -> String {
        let lines = [
            Some(self.title(language)),
            Some(html::address(self.url)),
            self.standing_line(language),
            self.until_line(language),
            self.play_money(language),
        ];
        lines.into_iter().flatten().collect::<Vec<_>>().join("\n")
    }

    /// A message about the link in another chat, as HTML: who sells what for how much, and how it stands.
    #[must_use]
    pub fn message(&self, shop: &StoreName, language: Language) -> String {
        let shop = Say::new(language, "storefront-shop").with("shop", shop.as_str()).html();
        let is_payable = self.standing().may_be_paid();
        let lines = [
            Some(self.title(language)),
            Some(shop),
            self.standing_line(language),
            self.until_line(language),
            is_payable.then(|| html::address(self.url)),
            self.play_money(language),
        ];
        lines.into_iter().flatten().collect::<Vec<_>>().join("\n")
    }

    /// `Bayar Rp75.000`.
    #[must_use]
    pub fn pay_label(&self, language: Language) -> String {
        Say::new(language, "storefront-button-pay").with_safe("price", self.price(language)).plain()
    }

    /// `⏳ Until Sat 28 Nov 14:00 WIB`, while that lies ahead of a link that can be paid.
    fn until_line(&self, language: Language) -> Option<String> {
        let expires_at = self.link.expires_at.filter(|_| self.standing().may_be_paid())?;
        let until = self.instant(expires_at, language);
        Some(Say::new(language, "link-until").with_safe("until", until).html())
    }

    /// The mark of a link whose money is not real; what is real needs none in front of customers.
    fn play_money(&self, language: Language) -> Option<String> {
        (self.link.mode == Mode::Sandbox).then(|| say(language, "mode-sandbox"))
    }

    fn instant(&self, at: DateTime<Utc>, language: Language) -> String {
        display_instant_at(at, self.now, self.zone, language)
    }
}

#[cfg(test)]
pub(super) mod tests;
