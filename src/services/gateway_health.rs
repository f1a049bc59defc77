//! How the gateway accounts fare, as the last calls to them showed, and who may ask one that is in
//! trouble.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};

use crate::domain::attempt::AccountCode;

/// Accounts in trouble, and why, in words without secrets. Clones share it.
#[derive(Debug, Clone, Default)]
pub struct GatewayHealth {
    accounts: Arc<Mutex<Accounts>>,
}

#[derive(Debug, Default)]
struct Accounts {
    troubles: BTreeMap<String, String>,
    /// Accounts in trouble that somebody is asking just now.
    probed: BTreeSet<String>,
}

/// Leave to ask an account, until this is dropped.
#[derive(Debug)]
pub(super) struct Leave {
    probing: Option<(GatewayHealth, String)>,
}

impl GatewayHealth {
    /// Notes that an account does not answer as it should.
    pub(super) fn troubled(&self, account: &AccountCode, reason: String) {
        self.lock().troubles.insert(account.0.clone(), reason);
    }

    /// Notes that an account answers.
    pub(super) fn well(&self, account: &AccountCode) {
        self.lock().troubles.remove(&account.0);
    }

    /// Leave to ask an account. One in trouble is asked by one at a time, so that a gateway that lets
    /// everybody wait does not hold up those who would ask another.
    pub(super) fn leave_to_ask(&self, account: &AccountCode) -> Option<Leave> {
        let mut accounts = self.lock();
        if !accounts.troubles.contains_key(&account.0) {
            return Some(Leave { probing: None });
        }
        let is_first = accounts.probed.insert(account.0.clone());
        is_first.then(|| Leave { probing: Some((self.clone(), account.0.clone())) })
    }

    /// The accounts that [`GatewayHealth::leave_to_ask`] would refuse just now.
    pub(super) fn busy(&self) -> Vec<AccountCode> {
        let accounts = self.lock();
        let probed = accounts.probed.iter().filter(|account| accounts.troubles.contains_key(*account));
        probed.cloned().map(AccountCode).collect()
    }

    /// Every account in trouble.
    #[must_use]
    pub fn troubles(&self) -> BTreeMap<String, String> {
        self.lock().troubles.clone()
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Accounts> {
        self.accounts.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Leave {
    fn drop(&mut self) {
        if let Some((health, account)) = self.probing.take() {
            health.lock().probed.remove(&account);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_account_in_trouble_is_asked_by_one_at_a_time_and_the_others_by_everybody() {
        let health = GatewayHealth::default();
        let (ours, theirs) = (AccountCode("ours".to_owned()), AccountCode("theirs".to_owned()));
        let asking = [health.leave_to_ask(&ours), health.leave_to_ask(&ours)];
        assert!(asking.iter().all(Option::is_some), "a well account is everybody's");
        health.troubled(&ours, "no answer".to_owned());
        let probe = health.leave_to_ask(&ours);
        assert!(probe.is_some() && health.leave_to_ask(&ours).is_none());
        assert_eq!(health.busy(), std::slice::from_ref(&ours));
        assert!(health.leave_to_ask(&theirs).is_some() && health.leave_to_ask(&theirs).is_some());
        drop(asking);
        assert!(health.leave_to_ask(&ours).is_none(), "the probe is still under way");
        drop(probe);
        let probe = health.leave_to_ask(&ours);
        assert!(probe.is_some(), "the next one may try");
        health.well(&ours);
        assert!(health.busy().is_empty());
        assert!(health.leave_to_ask(&ours).is_some() && health.troubles().is_empty());
    }
}
