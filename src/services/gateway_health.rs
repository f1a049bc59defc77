//! How the gateway accounts fare, as the last calls to them showed.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use crate::domain::attempt::AccountCode;

/// Accounts in trouble, and why, in words without secrets. Clones share it.
#[derive(Debug, Clone, Default)]
pub struct GatewayHealth {
    troubles: Arc<Mutex<BTreeMap<String, String>>>,
}

impl GatewayHealth {
    /// Notes that an account does not answer as it should.
    pub(super) fn troubled(&self, account: &AccountCode, reason: String) {
        self.lock().insert(account.0.clone(), reason);
    }

    /// Notes that an account answers.
    pub(super) fn well(&self, account: &AccountCode) {
        self.lock().remove(&account.0);
    }

    /// Every account in trouble.
    #[must_use]
    pub fn troubles(&self) -> BTreeMap<String, String> {
        self.lock().clone()
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, BTreeMap<String, String>> {
        self.troubles.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
