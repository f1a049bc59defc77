//! Methods that a gateway does not let an account use: they are not offered again for a day.

use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};

use super::telling::tell_owners;
use super::{ServiceError, Services};
use crate::domain::alert::{AlertKind, OperatorAlert};
use crate::domain::attempt::AccountCode;
use crate::domain::notification::SellerMessage;
use crate::domain::payment_method::PaymentMethod;
use crate::gateways::GatewayAccount;
use crate::storage::Writer;

/// How long a method is not offered. Somebody may have it activated meanwhile.
const HIDDEN: TimeDelta = TimeDelta::days(1);

/// How old what this process has read may be: pages ask each time, and a refusal is rare.
const FRESH: TimeDelta = TimeDelta::minutes(1);

/// What was refused, as last read. Clones share it.
#[derive(Debug, Clone, Default)]
pub(crate) struct RefusedMethods(Arc<Mutex<Option<Read>>>);

#[derive(Debug)]
struct Read {
    at: DateTime<Utc>,
    methods: Vec<(AccountCode, PaymentMethod)>,
}

impl Services {
    /// The methods that were refused to an account within a day.
    pub(super) async fn refused_methods(
        &self,
        account: &GatewayAccount,
    ) -> Result<Vec<PaymentMethod>, ServiceError> {
        let now = self.clock.now();
        if let Some(read) = &*self.lock_refused()
            && (TimeDelta::zero()..FRESH).contains(&(now - read.at))
        {
            return Ok(of(account, &read.methods));
        }
        let methods = self.storage.read().await?.refused_methods(now - HIDDEN).await?;
        let refused = of(account, &methods);
        *self.lock_refused() = Some(Read { at: now, methods });
        Ok(refused)
    }

    /// Notes that the gateway does not let the account use a method, and tells whose account it is, once.
    pub(super) async fn note_refused_method(
        &self,
        account: &GatewayAccount,
        method: PaymentMethod,
    ) -> Result<(), ServiceError> {
        let mut writer = self.storage.write().await?;
        let since = writer.now() - HIDDEN;
        writer.note_refused_method(&account.code, method, since).await?;
        self.tell_method_refused(&mut writer, account, method).await?;
        writer.commit().await?;
        *self.lock_refused() = None;
        tracing::warn!(account = %account.code, method = method.code(), "the account may not use this method");
        Ok(())
    }

    /// The shop's owners, once for each key, since a new one may be of another account; the operator once for good.
    async fn tell_method_refused(
        &self,
        writer: &mut Writer,
        account: &GatewayAccount,
        method: PaymentMethod,
    ) -> Result<(), ServiceError> {
        let Some(id) = account.code.shop_account() else {
            let alert = OperatorAlert {
                kind: AlertKind::MethodRefused,
                subject: format!("{} {}", account.code, method.code()),
                what: String::new(),
                merchant_id: None,
            };
            return self.raise(writer, &alert).await;
        };
        let Some(own) = writer.shop_account(id).await? else { return Ok(()) };
        let key = format!("account:{id}:method:{}:refused:{}", method.code(), own.version);
        let message = |_| SellerMessage::MethodRefused {
            mode: own.mode,
            tail: own.key_tail.clone(),
            method: method.code().to_owned(),
        };
        tell_owners(writer, own.merchant_id, None, &key, message).await
    }

    fn lock_refused(&self) -> std::sync::MutexGuard<'_, Option<Read>> {
        self.refused_methods.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn of(account: &GatewayAccount, methods: &[(AccountCode, PaymentMethod)]) -> Vec<PaymentMethod> {
    methods.iter().filter(|(code, _)| *code == account.code).map(|(_, method)| *method).collect()
}
