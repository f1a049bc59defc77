//! Making, listing, looking at and deleting links.

use chrono::{DateTime, TimeDelta, Utc};
use url::Url;

use super::merchants::Seat;
use super::{ServiceError, Services};
use crate::domain::id::LinkId;
use crate::domain::link_draft::LinkDraft;
use crate::domain::money::Currency;
use crate::domain::order::Order;
use crate::domain::payment_link::{LinkState, PaymentLink};
use crate::domain::reference::Reference;
use crate::domain::slug::Slug;

/// How long a deleted link can be brought back.
pub const UNDO_WINDOW: TimeDelta = TimeDelta::minutes(10);

/// Links on one page of the list.
pub const LINKS_PER_PAGE: i64 = 6;

/// Orders on one page of a link's list.
pub const ORDERS_PER_PAGE: i64 = 8;

/// A link and how it stands now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkView {
    /// The link.
    pub link: PaymentLink,
    /// How it stands.
    pub state: LinkState,
    /// Orders through it, whatever became of them.
    pub orders: i64,
    /// Orders through it that were paid, whatever came later.
    pub paid_orders: i64,
    /// Customers who are paying now.
    pub paying_now: i64,
    /// Where customers open it.
    pub url: Url,
    /// The instant that `state` was computed for.
    pub now: DateTime<Utc>,
}

/// What became of the wish to make a link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Creation {
    /// It was made now.
    Made(LinkView),
    /// It had been made from this draft before: a double tap.
    MadeBefore(LinkView),
    /// It cannot be made; the draft is kept.
    Refused(CreationRefusal),
}

/// Why a link cannot be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CreationRefusal {
    /// Name or price is missing.
    Incomplete,
    /// The shop has used this reference.
    ReferenceTaken(Reference),
    /// The address is taken, by whomever.
    SlugTaken(Slug),
    /// A named customer's link needs an address that cannot be guessed.
    SlugGuessable(Slug),
    /// Less than five minutes are left, or the time is over.
    ExpiryTooSoon,
    /// No connected account takes the currency.
    CurrencyNotAccepted(Currency),
    /// No method of the account takes an amount like this.
    NoMethodForAmount,
    /// The person may only look.
    NotAllowed,
}

/// Where a page of a newest-first list starts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Cursor<Key> {
    /// At the newest.
    #[default]
    Start,
    /// Just after this one, going to older ones.
    OlderThan(Key),
    /// The page that ends just before this one, going to newer ones.
    NewerThan(Key),
}

/// A page of a newest-first list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page<Row, Key> {
    /// The rows, newest first.
    pub rows: Vec<Row>,
    /// Give this to [`Cursor::NewerThan`]; `None` on the newest page.
    pub newer: Option<Key>,
    /// Give this to [`Cursor::OlderThan`]; `None` on the oldest page.
    pub older: Option<Key>,
    /// All rows of the list.
    pub total: i64,
}

/// What became of the wish to delete a link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Deletion {
    /// It takes no payment any more; until this instant it can be brought back.
    Deleted {
        /// The end of the undo window.
        undo_until: DateTime<Utc>,
    },
    /// It was deleted before; until this instant it can be brought back, `None` when that is over.
    DeletedBefore {
        /// The end of the undo window.
        undo_until: Option<DateTime<Utc>>,
    },
    /// There is no such link in this shop.
    NotFound,
    /// The person may only look.
    NotAllowed,
}

/// What became of the wish to bring a link back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Restoration {
    /// It is back, with all that it had (also when it never was away).
    Restored(LinkView),
    /// The ten minutes are over.
    TooLate,
    /// There is no such link in this shop.
    NotFound,
    /// The person may only look.
    NotAllowed,
}

impl Services {
    /// Makes a link from a draft, once.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn create_link(&self, seat: &Seat, draft: &LinkDraft) -> Result<Creation, ServiceError> {
        todo!()
    }

    /// An own address with 26 random characters behind it, so that nobody guesses it.
    #[must_use]
    pub fn with_random_suffix(&self, slug: &Slug) -> Slug {
        todo!()
    }

    /// A page of the shop's links in its present mode, newest first; deleted ones are left out.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn links(
        &self,
        seat: &Seat,
        cursor: Cursor<LinkId>,
    ) -> Result<Page<LinkView, LinkId>, ServiceError> {
        todo!()
    }

    /// One link of the shop, deleted or not.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn link(&self, seat: &Seat, id: LinkId) -> Result<Option<LinkView>, ServiceError> {
        todo!()
    }

    /// A page of a link's orders, newest first; `None` when the shop has no such link.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn link_orders(
        &self,
        seat: &Seat,
        link_id: LinkId,
        cursor: Cursor<crate::domain::id::OrderId>,
    ) -> Result<Option<Page<Order, crate::domain::id::OrderId>>, ServiceError> {
        todo!()
    }

    /// Deletes a link: no new payment from this instant on; paid orders stay, and customers who are
    /// paying may finish while it can be brought back.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn delete_link(&self, seat: &Seat, id: LinkId) -> Result<Deletion, ServiceError> {
        todo!()
    }

    /// Brings a deleted link back.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn restore_link(&self, seat: &Seat, id: LinkId) -> Result<Restoration, ServiceError> {
        todo!()
    }

    /// Where customers open a link.
    #[must_use]
    pub fn link_url(&self, slug: &Slug) -> Url {
        todo!()
    }
}
