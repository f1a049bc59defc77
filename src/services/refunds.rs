//! Sending money back through a gateway: asked for in one transaction, sent by the worker that pulls,
//! booked only when a report shows it. A crash between any two of these loses nothing and sends nothing
//! twice, because the gateway knows each return by its key.

use super::telling::tell_refund_failed;
use super::{ServiceError, Services};
use crate::domain::attempt::PaymentAttempt;
use crate::domain::id::RefundId;
use crate::domain::refund::RefundState;
use crate::gateways::{GatewayAccount, GatewayError, RefundRequest};

/// The reason in the gateway's own book.
const REASON: &str = "Given back by the shop";

/// What became of asking for money back.
#[derive(Debug, Default)]
pub(super) struct SentRefunds {
    /// What the gateway would not do, with its words. A lost answer may stand behind the "no" to a
    /// repeat, so only the report that follows decides.
    pub(super) refused: Vec<(RefundId, String)>,
    /// Why the gateway could not be asked.
    pub(super) trouble: Option<GatewayError>,
}

impl Services {
    /// Asks the gateway for every return of this charge's money that it has not said yes to. What it does
    /// not answer may have happened: the report that follows shows it, or it is asked again by its key.
    pub(super) async fn send_refunds(
        &self,
        account: &GatewayAccount,
        attempt: &PaymentAttempt,
    ) -> Result<SentRefunds, ServiceError> {
        let mut sent = SentRefunds::default();
        let open = self.storage.read().await?.open_refunds(attempt.id).await?;
        for refund in open.into_iter().filter(|refund| refund.state == RefundState::Requested) {
            let request = RefundRequest {
                id: attempt.gateway_order_id.clone(),
                key: refund.key.clone(),
                amount: refund.amount,
                reason: REASON.to_owned(),
            };
            match account.gateway.refund(&request).await {
                Ok(()) | Err(GatewayError::AlreadyExists) => {
                    let mut writer = self.storage.write().await?;
                    writer
                        .move_refund(refund.id, RefundState::Requested, RefundState::Accepted, None)
                        .await?;
                    writer.commit().await?;
                }
                Err(GatewayError::Refused { code, reason }) => {
                    tracing::warn!(refund.id = %refund.id, code, reason, "a gateway gives no money back");
                    sent.refused.push((refund.id, format!("{code} {reason}")));
                }
                Err(error) => {
                    tracing::warn!(refund.id = %refund.id, %error, "a gateway was asked for money back in vain");
                    sent.trouble = Some(error);
                    break;
                }
            }
        }
        Ok(sent)
    }

    /// Gives up returns that the gateway refused and that its report does not show either, and tells the
    /// staff, who can send the money by hand.
    pub(super) async fn give_up_refunds(
        &self,
        attempt: &PaymentAttempt,
        refused: &[(RefundId, String)],
    ) -> Result<(), ServiceError> {
        if refused.is_empty() {
            return Ok(());
        }
        let mut writer = self.storage.write().await?;
        writer.lock_ledger(attempt.merchant_id).await?;
        for refund in writer.open_refunds(attempt.id).await? {
            let Some((_, reason)) = refused.iter().find(|(id, _)| *id == refund.id) else { continue };
            let (from, to) = (RefundState::Requested, RefundState::Failed);
            // Where nothing is left, what took it away was told already.
            let is_left = writer.attempt_balance(attempt.id).await? > 0;
            if writer.move_refund(refund.id, from, to, Some(reason)).await? && is_left {
                tell_refund_failed(&mut writer, &refund).await?;
            }
        }
        Ok(writer.commit().await?)
    }
}
