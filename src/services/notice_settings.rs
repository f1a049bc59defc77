//! How each person is told about the shop.

use chrono::NaiveTime;

use super::merchants::Seat;
use super::recaps::plan_recaps;
use super::{ServiceError, Services};
use crate::domain::notice_settings::{NoticeKind, NoticeSettings, QuietHours};

/// One thing to change. It is the person's own, whatever the person may do in the shop.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoticeChange {
    /// The hours without a sound.
    Quiet(Option<QuietHours>),
    /// Whether a kind rings, or is told.
    Kind(NoticeKind, bool),
    /// When the recap comes; `None`: never.
    Recap(Option<NaiveTime>),
}

impl Services {
    /// How the person wants to be told.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn notice_settings(&self, seat: &Seat) -> Result<NoticeSettings, ServiceError> {
        let mut reader = self.storage.read().await?;
        Ok(reader.notice_settings(seat.merchant.id, seat.member.telegram_id).await?)
    }

    /// Changes one thing about it.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn change_notices(
        &self,
        seat: &Seat,
        change: NoticeChange,
    ) -> Result<NoticeSettings, ServiceError> {
        let (merchant_id, person) = (seat.merchant.id, seat.member.telegram_id);
        let mut writer = self.storage.write().await?;
        let before = writer.notice_settings(merchant_id, person).await?;
        let after = match change {
            NoticeChange::Quiet(quiet) => NoticeSettings { quiet, ..before },
            NoticeChange::Kind(kind, is_on) => before.with_kind(kind, is_on),
            NoticeChange::Recap(recap_at) => NoticeSettings { recap_at, ..before },
        };
        if after == before {
            writer.roll_back().await?;
            return Ok(after);
        }
        writer.save_notice_settings(merchant_id, person, &after).await?;
        if after.recap_at.is_none() {
            writer.plan_recap(merchant_id, person, None).await?;
        } else if let Some(merchant) = writer.merchant(merchant_id).await? {
            plan_recaps(&mut writer, &merchant).await?;
        }
        writer.commit().await?;
        Ok(after)
    }
}
