//! A link while the seller is still describing it.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::customer::NamedCustomer;
use super::id::{BatchId, DraftId};
use super::link_change::{LinkChange, LinkTerms};
use super::merchant::Mode;
use super::money::Money;
use super::offer::Offer;
use super::reference::Reference;
use super::slug::Slug;
use super::usage_limit::UsageLimit;
use super::visible_text::{ItemName, SellerNote};

/// A link being described, in one line or step by step. It is kept as JSON, so fields are only
/// ever added, with a default.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinkDraft {
    /// The draft's key; a link is made from it once.
    pub id: DraftId,
    /// What is sold.
    #[serde(default)]
    pub item_name: Option<ItemName>,
    /// What one payment costs.
    #[serde(default)]
    pub price: Option<Money>,
    /// What is offered beside: pieces, a price to choose, several things, a picture, a message.
    #[serde(default)]
    pub offer: Offer,
    /// How many payments it takes; `None` for as many as come.
    #[serde(default)]
    pub usage_limit: Option<UsageLimit>,
    /// From when it takes payments; `None` from the start.
    #[serde(default)]
    pub opens_at: Option<DateTime<Utc>>,
    /// Until when it takes payments; `None` for good.
    #[serde(default)]
    pub expires_at: Option<DateTime<Utc>>,
    /// For whom it is.
    #[serde(default)]
    pub customer: Option<NamedCustomer>,
    /// The seller's own Order ID; `None` to generate one.
    #[serde(default)]
    pub reference: Option<Reference>,
    /// The seller's own address; `None` to generate one.
    #[serde(default)]
    pub slug: Option<Slug>,
    /// What the team writes down about it for itself.
    #[serde(default)]
    pub seller_note: Option<SellerNote>,
    /// The link that this changes; `None` for a new one.
    #[serde(default)]
    pub change: Option<LinkChange>,
    /// The drafts that it was typed together with, to be made by one tap.
    #[serde(default)]
    pub batch: Option<BatchId>,
}

impl LinkDraft {
    /// An empty draft.
    #[must_use]
    pub fn new() -> Self {
        Self {
            id: DraftId::generate(),
            item_name: None,
            price: None,
            offer: Offer::default(),
            opens_at: None,
            usage_limit: None,
            expires_at: None,
            customer: None,
            reference: None,
            slug: None,
            seller_note: None,
            change: None,
            batch: None,
        }
    }

    /// Whether the money of what it describes is real: a link that is changed keeps its mode, a new one
    /// takes the shop's.
    #[must_use]
    pub fn mode(&self, shop: Mode) -> Mode {
        self.change.as_ref().map_or(shop, |change| change.mode)
    }

    /// Whether a link that it changes would be as it is.
    #[must_use]
    pub fn changes_nothing(&self) -> bool {
        self.change.as_ref().is_some_and(|change| LinkTerms::of_draft(self).as_ref() == Some(&change.before))
    }

    /// Whether nothing needed is missing.
    #[must_use]
    pub const fn is_complete(&self) -> bool {
        self.item_name.is_some() && self.price.is_some()
    }
}

impl Default for LinkDraft {
    fn default() -> Self {
        Self::new()
    }
}
