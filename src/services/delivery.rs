//! Delivering what waits in the outbox: read what is true now, say it in the reader's language,
//! send it, and note what became of it.

use chrono::TimeDelta;

use super::{ServiceError, Services};
use crate::domain::merchant::StaffMember;
use crate::domain::money::Money;
use crate::domain::notification::{Notification, SellerMessage};
use crate::messaging::card::Card;
use crate::messaging::send_error::SendError;
use crate::messaging::telegram::Messenger;
use crate::messaging::{alerts, notifications};
use crate::storage::ClaimedNotification;

/// How long a message is this worker's: longer than Telegram's client waits.
const LEASE: TimeDelta = TimeDelta::seconds(45);

/// The shortest and the longest wait after a send whose outcome is unknown.
const RETRY_GAPS: (TimeDelta, TimeDelta) = (TimeDelta::seconds(1), TimeDelta::seconds(60));

/// How long to wait while the token is refused: only the operator can mend that.
const TOKEN_GAP: TimeDelta = TimeDelta::minutes(1);

impl Services {
    /// Delivers one message that is due; false when none is. `worker` names who delivers.
    ///
    /// # Errors
    /// When the database cannot be asked; the message goes out when the lease ends.
    pub async fn deliver_once(&self, messenger: &Messenger, worker: &str) -> Result<bool, ServiceError> {
        let Some(claimed) = self.storage.claim_notification(worker, LEASE).await? else { return Ok(false) };
        let ClaimedNotification { notification, .. } = claimed;
        let Some(card) = self.say(&notification).await? else {
            self.storage.give_up_notification(notification.id, "what it speaks of is gone").await?;
            return Ok(true);
        };
        match messenger.send(notification.chat, &card).await {
            Ok(message_id) => self.storage.mark_sent(notification.id, message_id.0).await?,
            Err(error) => self.note_failure(&notification, error).await?,
        }
        Ok(true)
    }

    /// The message as its reader should see it; `None` when what it speaks of is gone.
    async fn say(&self, notification: &Notification) -> Result<Option<Card>, ServiceError> {
        let subject = self.message_subject(notification.merchant_id, &notification.message).await?;
        let Some(subject) = subject else { return Ok(None) };
        let staff = self.storage.read().await?.staff(notification.merchant_id).await?;
        let reader = |member: &&StaffMember| member.telegram_id == notification.chat;
        let language = staff.iter().find(reader).map_or(subject.merchant.language, |member| member.language);
        let now = self.storage.now().await?;
        Ok(match &notification.message {
            SellerMessage::Order { tiding, amount_minor, .. } => subject.order.map(|view| {
                let attempt = view.attempts.iter().rev().find(|attempt| !attempt.state.is_dead());
                let news = notifications::OrderNews {
                    merchant: &subject.merchant,
                    link: &view.link,
                    order: &view.order,
                    attempt,
                    tiding: *tiding,
                    amount: Money::new(*amount_minor, view.order.amount.currency()),
                    now,
                };
                notifications::order_notice(&news, language)
            }),
            SellerMessage::SoldOut { .. } => {
                subject.link.map(|link| notifications::sold_out_notice(&link, language))
            }
            SellerMessage::Alert { alert, subject, what } => {
                let language = self.admin_language(notification.chat).await?;
                Some(alerts::alert_notice(*alert, subject, what, language))
            }
        })
    }

    async fn note_failure(&self, notification: &Notification, error: SendError) -> Result<(), ServiceError> {
        let reason = error.to_string();
        let retry = match error {
            SendError::RetryAfter(wait) => Some(wait),
            SendError::DestinationDead(_) | SendError::Malformed(_) => None,
            SendError::Unauthorized => Some(TOKEN_GAP),
            _ => Some(backed_off(notification.attempts)),
        };
        match retry {
            Some(after) => {
                tracing::info!(notification.id = %notification.id, %reason, "a message is sent again later");
                self.storage.retry_notification(notification.id, after, &reason).await?;
            }
            None => {
                tracing::warn!(notification.id = %notification.id, %reason, "a message cannot be delivered");
                self.storage.give_up_notification(notification.id, &reason).await?;
            }
        }
        Ok(())
    }
}

fn backed_off(attempts: i64) -> TimeDelta {
    let doublings = u32::try_from((attempts - 1).clamp(0, 16)).unwrap_or(0);
    let (shortest, longest) = RETRY_GAPS;
    (shortest * 2_i32.saturating_pow(doublings)).min(longest)
}
