//! "Still available?": a customer asks without a name, the seller answers with one tap.

use chrono::{DateTime, Utc};

use super::links::LinkView;
use super::merchants::Seat;
use super::{ServiceError, Services};
use crate::domain::id::LinkId;
use crate::domain::link_question::{Asking, is_worth_asking};
use crate::domain::notification::SellerMessage;
use crate::domain::payment_link::PaymentLink;
use crate::storage::{Reader, Topic};

/// What became of a seller's no.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Declined {
    /// The page says so for a while.
    Done(LinkView),
    /// There is nothing to decline: the link takes payments, or is gone; how it stands.
    NotAsked(LinkView),
    /// There is no such link in this shop.
    NotFound,
    /// The person may only look.
    NotAllowed,
}

impl Services {
    /// Asks the seller of a link whether there is more, when nobody did lately; what its page says then.
    /// `None` when there is no such link.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn ask_for_more(&self, slug: &str) -> Result<Option<Asking>, ServiceError> {
        self.storage.require_room()?;
        let mut writer = self.storage.write().await?;
        let Some(found) = writer.link_by_slug(slug).await? else { return Ok(None) };
        // Whoever asks about the same link at the same time waits here, and finds it asked.
        let Some(link) = writer.lock_link(found.merchant_id, found.id).await? else { return Ok(None) };
        let now = writer.now();
        let asking = asking(&mut writer, &link, now).await?;
        if asking != Asking::Possible {
            writer.roll_back().await?;
            return Ok(Some(asking));
        }
        writer.note_question(&link).await?;
        let message = SellerMessage::Asked { link_id: link.id };
        let staff = writer.staff(link.merchant_id).await?;
        for member in staff.iter().filter(|member| member.role.may_change_links()) {
            let key = format!("link:{}:asked:{}:{}", link.id, now.timestamp_millis(), member.telegram_id);
            writer.enqueue(link.merchant_id, member.telegram_id, &message, &key).await?;
        }
        writer.ring(Topic::Outbox);
        writer.commit().await?;
        Ok(Some(Asking::Told(now)))
    }

    /// Says no to whoever asked: the page tells it for a while, and asks nobody.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn decline_question(&self, seat: &Seat, id: LinkId) -> Result<Declined, ServiceError> {
        if !seat.member.role.may_change_links() {
            return Ok(Declined::NotAllowed);
        }
        let mut writer = self.storage.write().await?;
        let Some(link) = writer.lock_link(seat.merchant.id, id).await? else {
            writer.roll_back().await?;
            return Ok(Declined::NotFound);
        };
        if !is_worth_asking(&link, writer.now()) {
            writer.roll_back().await?;
            return Ok(Declined::NotAsked(self.view_link(link).await?));
        }
        writer.decline_question(id).await?;
        writer.commit().await?;
        Ok(Declined::Done(self.view_link(link).await?))
    }
}

/// Whether the page of a link offers to ask.
pub(super) async fn asking(
    reader: &mut Reader,
    link: &PaymentLink,
    now: DateTime<Utc>,
) -> Result<Asking, ServiceError> {
    if !is_worth_asking(link, now) {
        return Ok(Asking::Pointless);
    }
    let (question, asked_of_shop) = reader.link_question(link.merchant_id, link.id, now).await?;
    Ok(Asking::about(link, question, asked_of_shop, now))
}
