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
    /// Genuine, but about a charge we do not know; stored for the operator, unless it is about a shop's own
    /// account.
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
        let is_shops = account.shop_account().is_some();
        if is_shops && attempt_id.is_none() {
            writer.roll_back().await?;
            // A shop may sell elsewhere by the same account, and may sign whatever it likes by its key: neither
            // is the operator's to look at, nor ours to keep.
            tracing::debug!(account = %account, "a shop's account speaks of a charge that is not ours");
            return Ok(NoticeTaken::Orphan);
        }
        let notice = if is_shops { without_transaction(notice) } else { notice };
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

/// The notice, told apart from others by what it claims alone. The gateway's id of the charge is not signed: whoever
/// has the key could make a new row of each one they make up.
fn without_transaction(notice: GatewayNotice) -> GatewayNotice {
    let claim = notice.fingerprint.rsplit_once(':').map(|(claim, _)| claim.to_owned());
    GatewayNotice { fingerprint: claim.unwrap_or(notice.fingerprint), ..notice }
}

fn orphan(notice: &GatewayNotice) -> OperatorAlert {
    OperatorAlert {
        kind: AlertKind::OrphanNotice,
        subject: notice.gateway_order_id.to_string(),
        what: notice.claimed_status.clone(),
        merchant_id: None,
    }
}
