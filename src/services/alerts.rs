//! Telling the operator: each trouble once, in the database and in the admins' chats.

use chrono::{DateTime, TimeDelta, Utc};

use super::{ServiceError, Services};
use crate::domain::alert::{AlertKind, KeptAlert, OperatorAlert};
use crate::domain::apply::Alert;
use crate::domain::attempt::{AccountCode, HOLD_GRACE, PaymentAttempt};
use crate::domain::id::{AlertId, TelegramId};
use crate::domain::language::Language;
use crate::domain::notification::SellerMessage;
use crate::domain::refund::Refund;
use crate::domain::report::ReportedStatus;
use crate::gateways::GatewayError;
use crate::storage::Writer;

/// How long a gateway may be silent about units that should be free, or about money that it said it
/// gives back, before the operator hears.
pub(super) const SILENCE_MAX: TimeDelta = TimeDelta::hours(24);

impl Services {
    /// What the operator should look at: the newest thousand alerts, oldest of them first.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn alerts(&self) -> Result<Vec<KeptAlert>, ServiceError> {
        Ok(self.storage.read().await?.alerts().await?)
    }

    /// Raises an alert in a transaction of its own.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn raise_alert(&self, alert: OperatorAlert) -> Result<(), ServiceError> {
        let mut writer = self.storage.write().await?;
        self.raise(&mut writer, &alert).await?;
        Ok(writer.commit().await?)
    }

    /// Writes an alert and, if it is new, a message for each admin.
    pub(super) async fn raise(&self, writer: &mut Writer, alert: &OperatorAlert) -> Result<(), ServiceError> {
        let Some(id) = writer.insert_alert(alert).await? else { return Ok(()) };
        tracing::error!(alert = alert.kind.code(), subject = %alert.subject, what = %alert.what, "the operator should look");
        self.tell_admins(writer, id, alert).await?;
        Ok(())
    }

    /// Raises what a booking found.
    pub(super) async fn raise_all(
        &self,
        writer: &mut Writer,
        alerts: &[Alert],
        attempt: &PaymentAttempt,
    ) -> Result<(), ServiceError> {
        for alert in alerts {
            self.raise(writer, &about_charge(*alert, attempt)).await?;
        }
        Ok(())
    }

    /// Tells the admins of one alert that was raised when there was nobody to tell; false when
    /// there is none, or still nobody.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn tell_untold_alert(&self) -> Result<bool, ServiceError> {
        let Some((id, alert)) = self.storage.read().await?.untold_alert().await? else { return Ok(false) };
        let mut writer = self.storage.write().await?;
        let told = self.tell_admins(&mut writer, id, &alert).await?;
        writer.commit().await?;
        Ok(told)
    }

    async fn tell_admins(
        &self,
        writer: &mut Writer,
        id: AlertId,
        alert: &OperatorAlert,
    ) -> Result<bool, ServiceError> {
        let admins = self.admins(writer).await?;
        // A message stands under a shop; what concerns the whole instance stands under its oldest.
        let merchant_id = match alert.merchant_id {
            Some(merchant_id) => Some(merchant_id),
            None => writer.oldest_merchant().await?,
        };
        let Some(merchant_id) = merchant_id.filter(|_| !admins.is_empty()) else { return Ok(false) };
        if !writer.mark_alert_told(id).await? {
            return Ok(false);
        }
        let message = SellerMessage::Alert {
            alert: alert.kind,
            subject: alert.subject.clone(),
            what: alert.what.clone(),
        };
        for admin in admins {
            writer.enqueue(merchant_id, admin, &message, &format!("alert:{id}:{admin}")).await?;
        }
        Ok(true)
    }

    /// Raises what a gateway's trouble means for the operator: nothing, until its key is refused or a
    /// unit stays held for over a day.
    pub(super) async fn alert_failure(
        &self,
        attempt: &PaymentAttempt,
        error: &GatewayError,
        now: DateTime<Utc>,
    ) -> Result<(), ServiceError> {
        if matches!(error, GatewayError::Unauthorized) {
            if self.tell_key_refused(attempt.merchant_id, &attempt.account).await? {
                return Ok(());
            }
            return self.raise_alert(about_account(AlertKind::KeyRefused, &attempt.account)).await;
        }
        self.alert_hold_kept(attempt, now).await
    }

    /// Raises that a charge should have been over for more than a day and keeps its unit.
    pub(super) async fn alert_hold_kept(
        &self,
        attempt: &PaymentAttempt,
        now: DateTime<Utc>,
    ) -> Result<(), ServiceError> {
        if !attempt.state.is_live() || now < attempt.pay_by + HOLD_GRACE + SILENCE_MAX {
            return Ok(());
        }
        self.raise_alert(about_account(AlertKind::HoldKept, &attempt.account)).await
    }

    /// Raises each return of this charge's money that a gateway was asked for and does not show.
    pub(super) async fn alert_refunds_not_shown(
        &self,
        writer: &mut Writer,
        attempt: &PaymentAttempt,
        open: &[Refund],
    ) -> Result<(), ServiceError> {
        let now = writer.now();
        for refund in open.iter().filter(|refund| now >= refund.requested_at + SILENCE_MAX) {
            let alert = OperatorAlert {
                kind: AlertKind::RefundNotShown,
                subject: format!("{} {}", attempt.gateway_order_id, refund.key),
                what: String::new(),
                merchant_id: Some(attempt.merchant_id),
            };
            self.raise(writer, &alert).await?;
        }
        Ok(())
    }

    /// Looks at the database's disk, and tells the operator once a day that it is nearly full. Gives
    /// whether there is room.
    ///
    /// # Errors
    /// When neither the disk nor the database can be asked.
    pub async fn watch_disk(&self) -> Result<bool, ServiceError> {
        let Some(free) = self.storage.look_for_room()? else { return Ok(true) };
        let what = format!("{} MB are free, so no new orders are taken", free / (1024 * 1024));
        let subject = "the disk is nearly full".to_owned();
        let alert = OperatorAlert { kind: AlertKind::DatabaseTrouble, subject, what, merchant_id: None };
        self.raise_alert(alert).await?;
        Ok(false)
    }

    /// Raises that a charge belongs to an account that the settings do not name.
    pub(super) async fn alert_missing_account(&self, attempt: &PaymentAttempt) -> Result<(), ServiceError> {
        self.raise_alert(about_account(AlertKind::AccountMissing, &attempt.account)).await
    }

    /// What an admin speaks with the bot; English when nobody asked yet.
    pub(super) async fn admin_language(&self, admin: TelegramId) -> Result<Language, ServiceError> {
        let member = self.storage.read().await?.staff_member(admin).await?;
        Ok(member.map_or(Language::English, |member| member.language))
    }

    async fn admins(&self, writer: &mut Writer) -> Result<Vec<TelegramId>, ServiceError> {
        if !self.settings.admins.is_empty() {
            return Ok(self.settings.admins.clone());
        }
        Ok(writer.admin_ids().await?)
    }
}

fn about_account(kind: AlertKind, account: &AccountCode) -> OperatorAlert {
    OperatorAlert { kind, subject: account.to_string(), what: String::new(), merchant_id: None }
}

fn about_charge(alert: Alert, attempt: &PaymentAttempt) -> OperatorAlert {
    let (kind, what) = match alert {
        Alert::Mismatch => (AlertKind::Mismatch, String::new()),
        Alert::ReturnBeyondCaptured => (AlertKind::ReturnBeyondCaptured, String::new()),
        Alert::Unexpected { status: ReportedStatus::NotFound, .. } => {
            (AlertKind::ChargeNotKnown, String::new())
        }
        Alert::Unexpected { state, status } => {
            (AlertKind::UnexpectedReport, format!("{} → {status:?}", state.code()))
        }
    };
    OperatorAlert {
        kind,
        subject: attempt.gateway_order_id.to_string(),
        what,
        merchant_id: Some(attempt.merchant_id),
    }
}
