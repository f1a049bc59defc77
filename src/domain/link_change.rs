//! Changing a link that is out in the world: what may change, and what its orders forbid.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::customer::NamedCustomer;
use super::id::LinkId;
use super::link_draft::LinkDraft;
use super::merchant::Mode;
use super::money::{Currency, Money};
use super::offer::{Offer, opens_before_it_ends};
use super::payment_link::PaymentLink;
use super::slug::Slug;
use super::usage_limit::UsageLimit;
use super::visible_text::{ItemName, SellerNote};

/// The least time that must be left when a link is made or changed. What the seller typed was at least
/// five minutes away; reading the confirm card may take its time.
pub const LEAST_LIFE: TimeDelta = TimeDelta::minutes(1);

/// A change that is being described, as its draft keeps it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinkChange {
    /// The link.
    pub link_id: LinkId,
    /// Whether its money is real; a link keeps that.
    pub mode: Mode,
    /// What the seller saw when the change began.
    pub before: LinkTerms,
}

/// What of a link its seller can change. Kept as JSON, so fields are only ever added, with a default.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinkTerms {
    /// What is sold.
    pub item_name: ItemName,
    /// What one payment costs.
    pub price: Money,
    /// What is offered beside.
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
    /// What the team wrote down about it.
    #[serde(default)]
    pub seller_note: Option<SellerNote>,
}

/// Why a change cannot be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ChangeRefusal {
    /// The link is deleted.
    Deleted,
    /// More is paid, or being paid for, than the new limit.
    LimitBelowTaken {
        /// Payments counted so far.
        used: i64,
        /// Customers who are paying now.
        held: i64,
    },
    /// Orders and their money are in this currency.
    CurrencyIsFixed(Currency),
    /// Less than a minute would be left.
    ExpiryTooSoon,
    /// It would open when it has ended.
    OpensTooLate,
    /// Others have ordered through it: a link of one named customer would show them to that customer.
    HasOrders,
    /// A named customer's link needs an address that cannot be guessed.
    SlugGuessable(Slug),
}

impl LinkTerms {
    /// The terms of a link.
    #[must_use]
    pub fn of(link: &PaymentLink) -> Self {
        Self {
            item_name: link.item_name.clone(),
            price: link.price,
            offer: link.offer.clone(),
            opens_at: link.opens_at,
            usage_limit: link.usage_limit,
            expires_at: link.expires_at,
            customer: link.customer.clone(),
            seller_note: link.seller_note.clone(),
        }
    }

    /// The terms that a draft describes; `None` while name or price is missing.
    #[must_use]
    pub fn of_draft(draft: &LinkDraft) -> Option<Self> {
        Some(Self {
            item_name: draft.item_name.clone()?,
            price: draft.price?,
            offer: draft.offer.clone(),
            opens_at: draft.opens_at,
            usage_limit: draft.usage_limit,
            expires_at: draft.expires_at,
            customer: draft.customer.clone(),
            seller_note: draft.seller_note.clone(),
        })
    }

    /// A draft with these terms; how they become a link, or a change of one, is for the caller.
    #[must_use]
    pub fn into_draft(self) -> LinkDraft {
        LinkDraft {
            item_name: Some(self.item_name),
            price: Some(self.price),
            offer: self.offer,
            opens_at: self.opens_at,
            usage_limit: self.usage_limit,
            expires_at: self.expires_at,
            customer: self.customer,
            seller_note: self.seller_note,
            ..LinkDraft::new()
        }
    }
}

/// The link after a change from the terms that the seller saw to the ones that were asked for. What the
/// seller did not touch stays as it is now, also when somebody else changed it meanwhile. `has_orders`:
/// whether anybody ordered through it.
///
/// # Errors
/// When its orders, its address or the clock forbid it.
pub fn change(
    link: &PaymentLink,
    before: &LinkTerms,
    after: &LinkTerms,
    has_orders: bool,
    now: DateTime<Utc>,
) -> Result<PaymentLink, ChangeRefusal> {
    if link.deleted_at.is_some() {
        return Err(ChangeRefusal::Deleted);
    }
    let mut changed = link.clone();
    if after.item_name != before.item_name {
        changed.item_name = after.item_name.clone();
    }
    let reprices = after.price != before.price || after.offer.pricing != before.offer.pricing;
    if reprices {
        if after.price.currency() != link.price.currency() {
            return Err(ChangeRefusal::CurrencyIsFixed(link.price.currency()));
        }
        // A price and how it comes about are one thing.
        changed.price = after.price;
        changed.offer.pricing = after.offer.pricing.clone();
    }
    change_offer(&mut changed.offer, &before.offer, &after.offer);
    if after.seller_note != before.seller_note {
        changed.seller_note.clone_from(&after.seller_note);
    }
    if after.usage_limit != before.usage_limit {
        if after.usage_limit.is_some_and(|limit| limit.get() < link.used.saturating_add(link.held)) {
            return Err(ChangeRefusal::LimitBelowTaken { used: link.used, held: link.held });
        }
        changed.usage_limit = after.usage_limit;
    }
    if after.expires_at != before.expires_at {
        if after.expires_at.is_some_and(|expires_at| expires_at < now + LEAST_LIFE) {
            return Err(ChangeRefusal::ExpiryTooSoon);
        }
        changed.expires_at = after.expires_at;
    }
    if after.opens_at != before.opens_at {
        changed.opens_at = after.opens_at;
    }
    if !opens_before_it_ends(changed.opens_at, changed.expires_at)
        && (changed.opens_at, changed.expires_at) != (link.opens_at, link.expires_at)
    {
        return Err(ChangeRefusal::OpensTooLate);
    }
    if after.customer != before.customer {
        if after.customer.is_some() && link.slug.is_guessable() {
            return Err(ChangeRefusal::SlugGuessable(link.slug.clone()));
        }
        changed.customer = after.customer.clone();
    }
    let becomes_personal = changed.is_for_one_named_customer()
        && (!link.is_for_one_named_customer() || changed.customer != link.customer);
    if becomes_personal && has_orders {
        return Err(ChangeRefusal::HasOrders);
    }
    Ok(changed)
}

/// What is offered beside the price, where the seller touched it.
fn change_offer(changed: &mut Offer, before: &Offer, after: &Offer) {
    if after.photo != before.photo {
        changed.photo = after.photo;
    }
    if after.buyer_note != before.buyer_note {
        changed.buyer_note.clone_from(&after.buyer_note);
    }
    if after.return_url != before.return_url {
        changed.return_url.clone_from(&after.return_url);
    }
    if after.methods != before.methods {
        changed.methods.clone_from(&after.methods);
    }
}

#[cfg(test)]
mod tests;
