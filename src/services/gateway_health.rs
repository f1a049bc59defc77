//! How the gateway accounts fare, as the last calls to them showed, and who may ask one that is in
//! trouble.

use std::collections::BTreeMap;
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
    /// How many ask each account just now.
    asking: BTreeMap<String, usize>,
}

/// How many of one process may ask the same account at once: an account that takes its time leaves
/// somebody free for the others.
pub const ASKING_MAX: usize = 3;

/// Leave to ask an account, until this is dropped.
#[derive(Debug)]
pub(super) struct Leave {
    health: GatewayHealth,
    account: String,
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

    /// Leave to ask an account. One in trouble is asked by one at a time.
    pub(super) fn leave_to_ask(&self, account: &AccountCode) -> Option<Leave> {
        let mut accounts = self.lock();
        if accounts.is_busy(&account.0) {
            return None;
        }
        *accounts.asking.entry(account.0.clone()).or_default() += 1;
        Some(Leave { health: self.clone(), account: account.0.clone() })
    }

    /// The accounts that [`GatewayHealth::leave_to_ask`] would refuse just now.
    pub(super) fn busy(&self) -> Vec<AccountCode> {
        let accounts = self.lock();
        let busy = accounts.asking.keys().filter(|account| accounts.is_busy(account));
        busy.cloned().map(AccountCode).collect()
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

impl Accounts {
    fn is_busy(&self, account: &str) -> bool {
        let most = if self.troubles.contains_key(account) { 1 } else { ASKING_MAX };
        self.asking.get(account).is_some_and(|asking| *asking >= most)
    }
}

impl Drop for Leave {
    fn drop(&mut self) {
        let mut accounts = self.health.lock();
        if let Some(asking) = accounts.asking.get_mut(&self.account) {
            *asking = asking.saturating_sub(1);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn account(code: &str) -> AccountCode {
        AccountCode(code.to_owned())
    }

    #[test]
    fn an_account_in_trouble_is_asked_by_one_at_a_time_and_the_others_go_on() {
        let (health, ours, theirs) = (GatewayHealth::default(), account("ours"), account("theirs"));
        let asking = [health.leave_to_ask(&ours), health.leave_to_ask(&ours)];
        assert!(asking.iter().all(Option::is_some) && health.busy().is_empty());
        health.troubled(&ours, "no answer".to_owned());
        assert!(health.leave_to_ask(&ours).is_none(), "two still ask");
        assert_eq!(health.busy(), std::slice::from_ref(&ours));
        drop(asking);
        let probe = health.leave_to_ask(&ours);
        assert!(probe.is_some() && health.leave_to_ask(&ours).is_none());
        assert!(health.leave_to_ask(&theirs).is_some());
        drop(probe);
        let _probe = health.leave_to_ask(&ours);
        assert_eq!(health.busy(), std::slice::from_ref(&ours), "the next one tries");
        health.well(&ours);
        assert!(health.leave_to_ask(&ours).is_some() && health.troubles().is_empty());
    }

    #[test]
    fn an_account_that_takes_its_time_leaves_somebody_for_the_others() {
        let (health, ours, theirs) = (GatewayHealth::default(), account("ours"), account("theirs"));
        let mut asking: Vec<_> = (0..ASKING_MAX).map(|_| health.leave_to_ask(&ours)).collect();
        assert!(asking.iter().all(Option::is_some));
        assert!(health.leave_to_ask(&ours).is_none() && health.leave_to_ask(&theirs).is_some());
        asking.pop();
        assert!(health.leave_to_ask(&ours).is_some());
    }
}
