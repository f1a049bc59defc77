//! Gateway notices: verified, stored, and never believed.

use reqwest::header::HeaderMap;

use super::{ServiceError, Services};
use crate::domain::alert::{AlertKind, OperatorAlert};
use crate::domain::attempt::AccountCode;
use crate::domain::report::GatewayNotice;
use crate::gateways::NoticeRejection;

/// What became of a notice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoticeTaken {
    /// Stored; the gateway will be asked.
    Stored,
    /// Genuine, but about a charge we do not know; stored for the operator.
    Orphan,
    /// Not taken.
    Rejected(NoticeRejection),
    /// There is no such account.
    NoSuchAccount,
}

impl Services {
    /// Takes a notice: verifies, stores, arms the pull. When this returns without an error the
    /// notice is on disk.
    ///
    /// # Errors
    /// When the database cannot be asked: the gateway should come again.
    pub async fn take_notice(
        &self,
        account: &AccountCode,
        headers: &HeaderMap,
        body: &[u8],
    ) -> Result<NoticeTaken, ServiceError> {
        let Some(known) = self.account(account).await? else {
            return Ok(NoticeTaken::NoSuchAccount);
        };
        let notice = match known.gateway.verify_notice(headers, body) {
            Ok(notice) => notice,
            Err(rejection) => return Ok(NoticeTaken::Rejected(rejection)),
        };
        let mut writer = self.storage.write().await?;
        // The signature joins its fields without separators, so it means something only for an id
        // that is exactly one of ours, at this very account.
        let attempt = writer.attempt_by_gateway_id(&notice.gateway_order_id).await?;
        let attempt_id = attempt.filter(|attempt| attempt.account == *account).map(|attempt| attempt.id);
        let is_first = writer.store_notice(account, &notice, attempt_id).await?;
        if let Some(attempt_id) = attempt_id {
            writer.arm_pull(attempt_id, !is_first).await?;
        } else if notice.gateway_order_id.looks_ours() {
            self.raise(&mut writer, &orphan(&notice)).await?;
        }
        writer.commit().await?;
        if attempt_id.is_some() {
            return Ok(NoticeTaken::Stored);
        }
        if is_first {
            tracing::info!(account = %account, "a genuine notice names no charge of ours");
        }
        Ok(NoticeTaken::Orphan)
    }
}

fn orphan(notice: &GatewayNotice) -> OperatorAlert {
    OperatorAlert {
        kind: AlertKind::OrphanNotice,
        subject: notice.gateway_order_id.to_string(),
        what: notice.claimed_status.clone(),
        merchant_id: None,
    }
}
