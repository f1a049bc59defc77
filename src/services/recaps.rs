//! The recap of the day: one for each person and day, whatever restarts, replicas, and changes of the hour or
//! the zone do.

use chrono::{NaiveDate, TimeDelta};

use super::{ServiceError, Services};
use crate::domain::merchant::Merchant;
use crate::domain::notification::SellerMessage;
use crate::domain::recap::next_recap;
use crate::storage::{PlannedRecap, Topic, Writer};

/// How far the first recap looks back.
const FIRST_LOOK: TimeDelta = TimeDelta::hours(24);

/// How far a recap looks back at most, after a time without any.
const LOOK_MAX: TimeDelta = TimeDelta::days(7);

impl Services {
    /// Writes the recap that is due longest, when there is something to say; false when none is due.
    ///
    /// # Errors
    /// When the database cannot be asked; it is due again then.
    pub async fn tell_due_recap(&self) -> Result<bool, ServiceError> {
        let now = self.storage.now().await?;
        if self.storage.read().await?.due_recap(now).await?.is_none() {
            return Ok(false);
        }
        let mut writer = self.storage.write().await?;
        let now = writer.now();
        let Some(recap) = writer.due_recap(now).await? else { return Ok(false) };
        let (Some(merchant), Some(due_at)) = (writer.merchant(recap.merchant_id).await?, recap.due_at) else {
            writer.plan_recap(recap.merchant_id, recap.person, None).await?;
            writer.commit().await?;
            return Ok(true);
        };
        let day = due_at.with_timezone(&merchant.time_zone).date_naive();
        let is_told = recap.last_day.is_some_and(|last_day| last_day >= day);
        let last_day = recap.last_day.map_or(day, |last_day| last_day.max(day));
        let next_due_at = next_recap(recap.at, merchant.time_zone, Some(last_day), now);
        if !writer.take_recap(&recap, last_day, next_due_at).await? {
            writer.roll_back().await?;
            return Ok(true);
        }
        if !is_told {
            let looked_until = recap.looked_until.filter(|until| now - until <= LOOK_MAX);
            let from = looked_until.unwrap_or(now - FIRST_LOOK);
            let message = SellerMessage::Recap { mode: merchant.mode, from, until: now };
            tell_recap(&mut writer, &recap, &message, day).await?;
        }
        writer.commit().await?;
        Ok(true)
    }
}

/// Plans the next recap of everybody in a shop, by the shop's present zone.
pub(super) async fn plan_recaps(writer: &mut Writer, merchant: &Merchant) -> Result<(), ServiceError> {
    let now = writer.now();
    for recap in writer.recaps(merchant.id).await? {
        // One that is due is told first.
        if recap.due_at.is_some_and(|due_at| due_at <= now) {
            continue;
        }
        let due_at = next_recap(recap.at, merchant.time_zone, recap.last_day, now);
        if recap.due_at != Some(due_at) {
            writer.plan_recap(merchant.id, recap.person, Some(due_at)).await?;
        }
    }
    Ok(())
}

/// Says nothing on a day without anything to say, nor to a chat in which nobody is.
async fn tell_recap(
    writer: &mut Writer,
    recap: &PlannedRecap,
    message: &SellerMessage,
    day: NaiveDate,
) -> Result<(), ServiceError> {
    let SellerMessage::Recap { mode, from, until } = message else { return Ok(()) };
    let figures = writer.recap_figures(recap.merchant_id, *mode, (*from, *until)).await?;
    let standing = writer.chat_standing(recap.person).await?;
    if figures.is_empty() || standing.is_some_and(|standing| standing.is_unreachable) {
        return Ok(());
    }
    let key = format!("recap:{}:{day}:{}", recap.merchant_id, recap.person);
    writer.enqueue(recap.merchant_id, recap.person, message, &key).await?;
    writer.ring(Topic::Outbox);
    Ok(())
}
