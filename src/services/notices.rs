//! Gateway notices: verified, stored, and never believed.

use reqwest::header::HeaderMap;

use super::{ServiceError, Services};
use crate::domain::attempt::AccountCode;
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
        todo!()
    }
}
