//! A payment link and the state it is in, which is computed and never stored.

use chrono::{DateTime, Utc};

use super::customer::NamedCustomer;
use super::id::{DraftId, LinkId, MerchantId};
use super::merchant::Mode;
use super::money::Money;
use super::offer::Offer;
use super::reference::Reference;
use super::slug::Slug;
use super::usage_limit::UsageLimit;
use super::visible_text::{ItemName, SellerNote};

/// What is sold, for how much, how often and until when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaymentLink {
    /// The link's key.
    pub id: LinkId,
    /// The shop that sells.
    pub merchant_id: MerchantId,
    /// The description it was made from.
    pub draft_id: DraftId,
    /// Whether its money is real.
    pub mode: Mode,
    /// Its Order ID as the seller sees it.
    pub reference: Reference,
    /// The tail of its address.
    pub slug: Slug,
    /// What is sold.
    pub item_name: ItemName,
    /// What one payment costs: of one piece, or as a suggestion, where the offer says so.
    pub price: Money,
    /// What it offers beside.
    pub offer: Offer,
    /// How many payments it takes, `None` for as many as come.
    pub usage_limit: Option<UsageLimit>,
    /// Payments counted so far.
    pub used: i64,
    /// Customers who are paying now.
    pub held: i64,
    /// From when it takes payments; `None`: from the start.
    pub opens_at: Option<DateTime<Utc>>,
    /// Until when it takes payments; `None`: for good. At this very instant it no longer does.
    pub expires_at: Option<DateTime<Utc>>,
    /// Since when it is switched off.
    pub paused_at: Option<DateTime<Utc>>,
    /// Since when it is deleted.
    pub deleted_at: Option<DateTime<Utc>>,
    /// For whom it is, when the seller said so.
    pub customer: Option<NamedCustomer>,
    /// What the team wrote down about it.
    pub seller_note: Option<SellerNote>,
    /// When it was made.
    pub created_at: DateTime<Utc>,
}

/// How a link stands at an instant. The order of the variants is the order in which they win.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LinkState {
    /// Gone, as the seller wished.
    Deleted,
    /// Switched off by the seller.
    Paused,
    /// Its time has not come.
    NotOpenYet,
    /// Its time is over.
    Expired,
    /// Every payment it takes has been made.
    Exhausted,
    /// Every payment left is being made by someone.
    Busy,
    /// It takes a payment.
    Active,
}

/// So many payments at a time are any network's, however little is left: a family, an office.
const HOLDS_OF_ONE_NETWORK_MIN: i64 = 3;

impl PaymentLink {
    /// How the link stands at `now`.
    #[must_use]
    pub fn state(&self, now: DateTime<Utc>) -> LinkState {
        let limit_reached =
            |taken: i64| self.usage_limit.is_some_and(|usage_limit| taken >= usage_limit.get());
        if self.deleted_at.is_some() {
            LinkState::Deleted
        } else if self.paused_at.is_some() {
            LinkState::Paused
        } else if self.opens_at.is_some_and(|opens_at| now < opens_at) {
            LinkState::NotOpenYet
        } else if self.expires_at.is_some_and(|expires_at| now >= expires_at) {
            LinkState::Expired
        } else if limit_reached(self.used) {
            LinkState::Exhausted
        } else if limit_reached(self.used.saturating_add(self.held)) {
            LinkState::Busy
        } else {
            LinkState::Active
        }
    }

    /// When the clock alone changes how it stands: it opens, or it is over. `None` when it never does.
    #[must_use]
    pub fn next_turn(&self, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        if self.deleted_at.is_some() || self.paused_at.is_some() {
            return None;
        }
        [self.opens_at, self.expires_at].into_iter().flatten().filter(|at| *at > now).min()
    }

    /// Whether it is one customer's own, for one payment: everyone who opens it is that customer.
    #[must_use]
    pub fn is_for_one_named_customer(&self) -> bool {
        self.customer.is_some() && self.usage_limit.is_some_and(|usage_limit| usage_limit.get() == 1)
    }

    /// How many payments one network may have under way at a time, so that nobody can keep a limited
    /// link from everyone else; `None` without a limit. Half of what is left, because thousands of
    /// customers share one address of a mobile carrier.
    #[must_use]
    pub fn holds_of_one_network_max(&self) -> Option<i64> {
        self.remaining().map(|left| (left / 2).max(HOLDS_OF_ONE_NETWORK_MIN))
    }

    /// Payments it can still count, whoever is paying now; `None` without a limit.
    #[must_use]
    pub fn remaining(&self) -> Option<i64> {
        self.usage_limit.map(|usage_limit| (usage_limit.get() - self.used).max(0))
    }
}
