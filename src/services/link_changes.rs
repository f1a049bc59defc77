//! Changing a link that is out in the world: its terms, off and on, longer and more of it, and a new one
//! like it.

use chrono::{DateTime, TimeDelta, Utc};

use super::link_making::kept_photo;
use super::links::{CreationRefusal, LinkView};
use super::merchants::Seat;
use super::team::log_link;
use super::{ServiceError, Services};
use crate::domain::id::LinkId;
use crate::domain::link_change::{ChangeRefusal, LinkChange, LinkTerms, change};
use crate::domain::link_draft::LinkDraft;
use crate::domain::payment_link::{LinkState, PaymentLink};
use crate::domain::shop_log::LogEvent;
use crate::domain::usage_limit::UsageLimit;
use crate::storage::Writer;

/// What became of the wish to change a link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Changed {
    /// It is as was asked for, also when it was before.
    Done(LinkView),
    /// It is not over or sold out any more, so nothing was added; how it stands.
    Stands(LinkView),
    /// Its orders, its address or the clock forbid it; how it stands.
    Refused(LinkView, ChangeRefusal),
    /// No account takes such a price; how it stands.
    NotPayable(LinkView, CreationRefusal),
    /// There is no such link in this shop.
    NotFound,
    /// The person may only look.
    NotAllowed,
}

/// How long a link that was made without a question can be taken back.
pub const UNASKED_UNDO: TimeDelta = TimeDelta::seconds(30);

/// What became of the wish to take a link back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Undone {
    /// It is gone; a new draft says what it said, without its Order ID and its address. The caller keeps it.
    Draft(LinkDraft),
    /// Half a minute is over, or somebody ordered: it stays; how it stands.
    TooLate(LinkView),
    /// There is no such link in this shop, or it was deleted in another way.
    NotFound,
    /// The person may only look.
    NotAllowed,
}

/// What the terms of a link become.
enum Wish<'a> {
    /// These, as far as they differ from what the seller saw.
    Terms { before: &'a LinkTerms, after: &'a LinkTerms },
    /// So much longer from now on, when it is over.
    Longer(TimeDelta),
    /// So many payments more than were made, when it is sold out.
    More(i64),
    /// Off, or on again.
    Off(bool),
}

impl Services {
    /// A draft that changes a link, from how it stands now; `None` when the shop has no such link, or it
    /// is deleted. The caller keeps it.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn begin_change(&self, seat: &Seat, id: LinkId) -> Result<Option<LinkDraft>, ServiceError> {
        let link = self.storage.read().await?.link(seat.merchant.id, id).await?;
        let Some(link) = link.filter(|link| link.deleted_at.is_none()) else { return Ok(None) };
        let before = LinkTerms::of(&link);
        let change = LinkChange { link_id: id, mode: link.mode, before: before.clone() };
        Ok(Some(LinkDraft { change: Some(change), ..before.into_draft() }))
    }

    /// A draft of a new link like this one, deleted or not; `None` when the shop has no such link. A time
    /// that is over is left out. The caller keeps it.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn draft_like(&self, seat: &Seat, id: LinkId) -> Result<Option<LinkDraft>, ServiceError> {
        let now = self.storage.now().await?;
        let link = self.storage.read().await?.link(seat.merchant.id, id).await?;
        Ok(link.map(|link| {
            let mut terms = LinkTerms::of(&link);
            terms.expires_at = terms.expires_at.filter(|expires_at| *expires_at > now);
            terms.opens_at = terms.opens_at.filter(|opens_at| *opens_at > now);
            terms.into_draft()
        }))
    }

    /// Takes back a link that was made without a question: within [`UNASKED_UNDO`], and as long as nobody
    /// ordered.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn undo_making(&self, seat: &Seat, id: LinkId) -> Result<Undone, ServiceError> {
        if !seat.member.role.may_change_links() {
            return Ok(Undone::NotAllowed);
        }
        let mut writer = self.storage.write().await?;
        let link = writer.lock_link(seat.merchant.id, id).await?;
        let Some(link) = link else {
            writer.roll_back().await?;
            return Ok(Undone::NotFound);
        };
        if let Some(deleted_at) = link.deleted_at {
            writer.roll_back().await?;
            // The same tap again, as after an end of the process, finds what the first one did.
            let was_undone = deleted_at < link.created_at + UNASKED_UNDO;
            return Ok(if was_undone { undone(&link) } else { Undone::NotFound });
        }
        let orders = writer.count_orders(id).await?.all;
        if orders > 0 || writer.now() >= link.created_at + UNASKED_UNDO {
            writer.roll_back().await?;
            return Ok(Undone::TooLate(self.view_link(link).await?));
        }
        writer.delete_link(seat.merchant.id, id).await?;
        log_link(&mut writer, seat, LogEvent::LinkDeleted, id).await?;
        writer.commit().await?;
        Ok(undone(&link))
    }

    /// Makes the change that a draft describes. What the seller did not touch stays as it is now.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn save_change(&self, seat: &Seat, draft: &LinkDraft) -> Result<Changed, ServiceError> {
        let (Some(LinkChange { link_id, before, .. }), Some(after)) =
            (&draft.change, LinkTerms::of_draft(draft))
        else {
            return Ok(Changed::NotFound);
        };
        self.change_link(seat, *link_id, Wish::Terms { before, after: &after }).await
    }

    /// Lets a link that is over take payments for so much longer from now on. One that is not over stands: the
    /// same tap again adds nothing.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn extend_link(&self, seat: &Seat, id: LinkId, by: TimeDelta) -> Result<Changed, ServiceError> {
        self.change_link(seat, id, Wish::Longer(by)).await
    }

    /// Lets a link that is sold out take so many payments more. One that is not sold out stands: the same tap
    /// again adds nothing.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn restock_link(&self, seat: &Seat, id: LinkId, more: i64) -> Result<Changed, ServiceError> {
        self.change_link(seat, id, Wish::More(more)).await
    }

    /// Switches a link off: no new payment from this instant on, and who is paying may finish. Or on again.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn switch_link(&self, seat: &Seat, id: LinkId, off: bool) -> Result<Changed, ServiceError> {
        self.change_link(seat, id, Wish::Off(off)).await
    }

    async fn change_link(&self, seat: &Seat, id: LinkId, wish: Wish<'_>) -> Result<Changed, ServiceError> {
        if !seat.member.role.may_change_links() {
            return Ok(Changed::NotAllowed);
        }
        let mut writer = self.storage.write().await?;
        let Some(link) = writer.lock_link(seat.merchant.id, id).await? else {
            writer.roll_back().await?;
            return Ok(Changed::NotFound);
        };
        if !is_due(&wish, link.state(writer.now())) {
            writer.roll_back().await?;
            return Ok(Changed::Stands(self.view_link(link).await?));
        }
        let mut changed = match grant(&mut writer, &link, wish).await? {
            Ok(changed) => changed,
            Err(refusal) => {
                writer.roll_back().await?;
                return Ok(Changed::Refused(self.view_link(link).await?, refusal));
            }
        };
        let decides =
            |link: &PaymentLink| (link.price, link.offer.pricing.clone(), link.offer.methods.clone());
        if decides(&changed) != decides(&link) {
            let of = (&seat.merchant, link.mode);
            if let Err(refusal) = self.judge_price(&mut writer, of, changed.price, &changed.offer).await? {
                writer.roll_back().await?;
                return Ok(Changed::NotPayable(self.view_link(link).await?, refusal));
            }
        }
        changed.offer.photo = kept_photo(&mut writer, link.merchant_id, changed.offer.photo).await?;
        writer.update_link(&changed).await?;
        if let Some(before) = link.offer.photo.filter(|before| changed.offer.photo != Some(*before)) {
            writer.forget_photo(before).await?;
        }
        self.rewrite_link_letter(&mut writer, &link, &changed).await?;
        let event = match (link.paused_at, changed.paused_at) {
            (None, Some(_)) => LogEvent::LinkOff,
            (Some(_), None) => LogEvent::LinkOn,
            _ => LogEvent::LinkChanged,
        };
        if changed != link {
            log_link(&mut writer, seat, event, id).await?;
        }
        writer.commit().await?;
        Ok(Changed::Done(self.view_link(changed).await?))
    }
}

fn undone(link: &PaymentLink) -> Undone {
    Undone::Draft(LinkTerms::of(link).into_draft())
}

/// The link as wished, under its lock.
async fn grant(
    writer: &mut Writer,
    link: &PaymentLink,
    wish: Wish<'_>,
) -> Result<Result<PaymentLink, ChangeRefusal>, ServiceError> {
    let now = writer.now();
    let orders = writer.count_orders(link.id).await?.all;
    let terms = LinkTerms::of(link);
    let to = |after: LinkTerms| change(link, &terms, &after, orders > 0, now);
    Ok(match wish {
        Wish::Terms { before, after } => change(link, before, after, orders > 0, now),
        Wish::Longer(by) => to(LinkTerms { expires_at: longer(link, by, now), ..terms.clone() }),
        Wish::More(more) => to(LinkTerms { usage_limit: more_of(link, more), ..terms.clone() }),
        Wish::Off(_) if link.deleted_at.is_some() => Err(ChangeRefusal::Deleted),
        Wish::Off(off) => {
            Ok(PaymentLink { paused_at: off.then(|| link.paused_at.unwrap_or(now)), ..link.clone() })
        }
    })
}

/// Whether a link that stands so still waits for what was offered for it.
const fn is_due(wish: &Wish<'_>, state: LinkState) -> bool {
    match wish {
        Wish::Longer(_) => matches!(state, LinkState::Expired),
        Wish::More(_) => matches!(state, LinkState::Exhausted),
        Wish::Terms { .. } | Wish::Off(_) => true,
    }
}

/// A later end, counted from now: it is asked for once the link is over.
fn longer(link: &PaymentLink, by: TimeDelta, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    link.expires_at.map(|_| now + by)
}

/// So many payments more than are taken; a link without a limit keeps none, and the largest limit stays.
fn more_of(link: &PaymentLink, more: i64) -> Option<UsageLimit> {
    let limit = link.usage_limit?;
    let taken = link.used.saturating_add(link.held);
    Some(UsageLimit::new(limit.get().max(taken).saturating_add(more)).unwrap_or(limit))
}
