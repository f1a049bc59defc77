//! Making, looking at and deleting links.

use chrono::{DateTime, TimeDelta, Utc};
use url::Url;

use super::link_changes::UNASKED_UNDO;
use super::link_making::kept_photo;
use super::merchants::Seat;
use super::team::log_link;
use super::{ServiceError, Services};
use crate::domain::attempt::PaymentAttempt;
use crate::domain::id::LinkId;
use crate::domain::link_draft::LinkDraft;
use crate::domain::merchant::Mode;
use crate::domain::money::Currency;
use crate::domain::payment_link::{LinkState, PaymentLink};
use crate::domain::reference::Reference;
use crate::domain::shop_log::LogEvent;
use crate::domain::slug::Slug;
use crate::storage::OrderCounts;
use crate::storage::letters::LetterFate;

/// How long a deleted link can be brought back.
pub const UNDO_WINDOW: TimeDelta = TimeDelta::minutes(10);

/// Links on one page of the list.
pub const LINKS_PER_PAGE: i64 = 6;

/// Orders on one page of a link's list.
pub const ORDERS_PER_PAGE: i64 = 8;

/// Until when a charge can be paid: its own time, or as long as its deleted link can be brought back.
#[must_use]
pub fn pay_until(link: &PaymentLink, attempt: &PaymentAttempt) -> DateTime<Utc> {
    let undo_until = link.deleted_at.map(|deleted_at| deleted_at + UNDO_WINDOW);
    undo_until.map_or(attempt.pay_by, |undo_until| attempt.pay_by.min(undo_until))
}

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
    /// What became of the letter that brings it to its customer; not read for a link in a list.
    pub letter: Option<LetterFate>,
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
    /// Methods take the price, and the shop or the link takes none of those.
    NoMethodTaken,
    /// No connected account takes the currency.
    CurrencyNotAccepted(Currency),
    /// No method of the account takes an amount like this.
    NoMethodForAmount,
    /// It would open when it has ended.
    OpensTooLate,
    /// The most pieces of one order cost more than a link can ask for.
    PiecesTooDear,
    /// No account takes real money for this shop any more.
    NoLiveAccount,
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
#[expect(clippy::large_enum_variant, reason = "made once a tap and never kept")]
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
        if !seat.member.role.may_change_links() {
            return Ok(Creation::Refused(CreationRefusal::NotAllowed));
        }
        // Asked again for every link: who owns the shop may have ceased to be an admin.
        let mut reader = self.storage.read().await?;
        let account = self.charging_account(&mut reader, seat.merchant.id, seat.merchant.mode).await?;
        drop(reader);
        if seat.merchant.mode == Mode::Live && account.is_none() {
            return Ok(Creation::Refused(CreationRefusal::NoLiveAccount));
        }
        let mut writer = self.storage.write().await?;
        let now = writer.now();
        let merchant = &seat.merchant;
        if let Some(link) = writer.link_by_draft(merchant.id, draft.id).await? {
            writer.roll_back().await?;
            return Ok(Creation::MadeBefore(self.view_link(link).await?));
        }
        let link = match self.describe(seat, draft, account.as_ref(), now) {
            Ok(mut link) => {
                link.offer.photo = kept_photo(&mut writer, merchant.id, link.offer.photo).await?;
                link
            }
            Err(refusal) => {
                writer.roll_back().await?;
                return Ok(Creation::Refused(refusal));
            }
        };
        if writer.insert_link(&link).await? {
            log_link(&mut writer, seat, LogEvent::LinkMade, link.id).await?;
            // What was made without a question may be taken back before anybody reads of it.
            let takes_back = merchant.link_defaults.makes_unasked;
            let letter_at = if takes_back { now + UNASKED_UNDO } else { now };
            self.write_link_letter(&mut writer, &link, letter_at).await?;
            writer.commit().await?;
            return Ok(Creation::Made(self.view_link(link).await?));
        }
        let refusal = if writer.reference_is_taken(merchant.id, &link.reference).await? {
            CreationRefusal::ReferenceTaken(link.reference)
        } else {
            CreationRefusal::SlugTaken(link.slug)
        };
        writer.roll_back().await?;
        // On several replicas the other half of a double tap may have committed meanwhile.
        match self.storage.read().await?.link_by_draft(merchant.id, draft.id).await? {
            Some(link) => Ok(Creation::MadeBefore(self.view_link(link).await?)),
            None => Ok(Creation::Refused(refusal)),
        }
    }

    /// An own address with 26 random characters behind it, so that nobody guesses it.
    #[must_use]
    pub fn with_random_suffix(&self, slug: &Slug) -> Slug {
        slug.with_random_suffix(rand::random())
    }

    /// One link of the shop, deleted or not.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn link(&self, seat: &Seat, id: LinkId) -> Result<Option<LinkView>, ServiceError> {
        let link = self.storage.read().await?.link(seat.merchant.id, id).await?;
        match link {
            Some(link) => Ok(Some(self.view_link(link).await?)),
            None => Ok(None),
        }
    }

    /// Deletes a link: no new payment from this instant on; paid orders stay, and customers who are
    /// paying may finish while it can be brought back.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn delete_link(&self, seat: &Seat, id: LinkId) -> Result<Deletion, ServiceError> {
        if !seat.member.role.may_change_links() {
            return Ok(Deletion::NotAllowed);
        }
        let mut writer = self.storage.write().await?;
        let now = writer.now();
        if writer.delete_link(seat.merchant.id, id).await? {
            // When it can no longer be brought back, charges that still wait are called off.
            writer.pull_link_by(id, now + UNDO_WINDOW).await?;
            log_link(&mut writer, seat, LogEvent::LinkDeleted, id).await?;
            writer.commit().await?;
            return Ok(Deletion::Deleted { undo_until: now + UNDO_WINDOW });
        }
        let link = writer.link(seat.merchant.id, id).await?;
        writer.roll_back().await?;
        Ok(match link.and_then(|link| link.deleted_at) {
            Some(deleted_at) => {
                let undo_until = deleted_at + UNDO_WINDOW;
                Deletion::DeletedBefore { undo_until: (now < undo_until).then_some(undo_until) }
            }
            None => Deletion::NotFound,
        })
    }

    /// Brings a deleted link back.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn restore_link(&self, seat: &Seat, id: LinkId) -> Result<Restoration, ServiceError> {
        if !seat.member.role.may_change_links() {
            return Ok(Restoration::NotAllowed);
        }
        let mut writer = self.storage.write().await?;
        let deleted_after = writer.now() - UNDO_WINDOW;
        if writer.restore_link(seat.merchant.id, id, deleted_after).await? {
            log_link(&mut writer, seat, LogEvent::LinkRestored, id).await?;
        }
        let link = writer.link(seat.merchant.id, id).await?;
        writer.commit().await?;
        match link {
            None => Ok(Restoration::NotFound),
            Some(link) if link.deleted_at.is_some() => Ok(Restoration::TooLate),
            Some(link) => Ok(Restoration::Restored(self.view_link(link).await?)),
        }
    }

    /// Where customers open a link.
    #[must_use]
    pub fn link_url(&self, slug: &Slug) -> Url {
        self.page_url(slug.as_str())
    }

    /// A link as the shop sees it now.
    pub(super) async fn view_link(&self, link: PaymentLink) -> Result<LinkView, ServiceError> {
        let now = self.storage.now().await?;
        let counts = self.storage.read().await?.count_orders(link.id).await?;
        let letter = self.link_letter(&link).await?;
        Ok(LinkView { letter, ..self.view_counted(link, counts, now) })
    }

    /// Links as the shop sees them now, in the same order.
    pub(super) async fn view_links(&self, links: Vec<PaymentLink>) -> Result<Vec<LinkView>, ServiceError> {
        let now = self.storage.now().await?;
        let keys: Vec<LinkId> = links.iter().map(|link| link.id).collect();
        let counts = self.storage.read().await?.count_orders_of_each(&keys).await?;
        let view = |link: PaymentLink| {
            let counted = counts.get(&link.id).copied().unwrap_or_default();
            self.view_counted(link, counted, now)
        };
        Ok(links.into_iter().map(view).collect())
    }

    fn view_counted(&self, link: PaymentLink, counts: OrderCounts, now: DateTime<Utc>) -> LinkView {
        let OrderCounts { all: orders, paid: paid_orders, awaiting: paying_now } = counts;
        let url = self.link_url(&link.slug);
        LinkView { state: link.state(now), link, orders, paid_orders, paying_now, url, now, letter: None }
    }
}
