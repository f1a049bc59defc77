//! Which account is asked and charged: the operator's, which the settings name, or one that a shop connected
//! itself, whose key is sealed in the database. A charge stays with the account it was made at.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use secrecy::SecretString;

use super::Services;
use crate::domain::attempt::AccountCode;
use crate::domain::id::{GatewayAccountId, MerchantId};
use crate::domain::merchant::{Mode, Role};
use crate::gateways::GatewayAccount;
use crate::gateways::midtrans::{MidtransGateway, MidtransSettings, MidtransSettingsError, Timeouts};
use crate::storage::{Reader, ShopAccount, StorageError};

/// Shops' accounts with their keys opened, by the version of the key: each has an HTTP client of its own, which
/// is not built for every question. Clones share it.
#[derive(Debug, Clone, Default)]
pub(crate) struct OpenAccounts(Arc<Mutex<HashMap<GatewayAccountId, (i64, GatewayAccount)>>>);

impl Services {
    /// The account of this name; `None` when nobody has one, or its key was forgotten.
    pub(super) async fn account(&self, code: &AccountCode) -> Result<Option<GatewayAccount>, StorageError> {
        if let Some(account) = self.accounts.get(code) {
            return Ok(Some(account.clone()));
        }
        if code.shop_account().is_none() {
            return Ok(None);
        }
        let mut reader = self.storage.read().await?;
        self.account_in(&mut reader, code).await
    }

    /// The same for who is reading already.
    pub(super) async fn account_in(
        &self,
        reader: &mut Reader,
        code: &AccountCode,
    ) -> Result<Option<GatewayAccount>, StorageError> {
        if let Some(account) = self.accounts.get(code) {
            return Ok(Some(account.clone()));
        }
        let Some(id) = code.shop_account() else { return Ok(None) };
        Ok(reader.shop_account(id).await?.and_then(|account| self.opened(&account)))
    }

    /// The account that new charges of a shop are made at: its own, else the operator's, which takes real
    /// money for shops of admins alone.
    pub(super) async fn charging_account(
        &self,
        reader: &mut Reader,
        merchant_id: MerchantId,
        mode: Mode,
    ) -> Result<Option<GatewayAccount>, StorageError> {
        match reader.shop_account_in_use(merchant_id, mode).await? {
            Some(own) => Ok(self.opened(&own)),
            None => Ok(self.lent_account(reader, merchant_id, mode).await?.cloned()),
        }
    }

    /// The same for who has read already what it takes: the shop's own account in use, and whether an owner of
    /// the shop is an admin.
    pub(super) fn charging_account_of(
        &self,
        own: Option<&ShopAccount>,
        mode: Mode,
        is_of_an_admin: bool,
    ) -> Option<GatewayAccount> {
        match own {
            Some(own) => self.opened(own),
            None => {
                self.accounts.operators(mode).filter(|_| mode == Mode::Sandbox || is_of_an_admin).cloned()
            }
        }
    }

    /// The operator's account, where the shop may use it.
    pub(super) async fn lent_account(
        &self,
        reader: &mut Reader,
        merchant_id: MerchantId,
        mode: Mode,
    ) -> Result<Option<&GatewayAccount>, StorageError> {
        let Some(account) = self.accounts.operators(mode) else { return Ok(None) };
        let is_lent = mode == Mode::Sandbox || self.is_of_an_admin(reader, merchant_id).await?;
        Ok(is_lent.then_some(account))
    }

    async fn is_of_an_admin(
        &self,
        reader: &mut Reader,
        merchant_id: MerchantId,
    ) -> Result<bool, StorageError> {
        let staff = reader.staff(merchant_id).await?;
        for owner in staff.iter().filter(|member| member.role == Role::Owner) {
            // A list of admins is the whole list; without one, whoever claimed the instance.
            let is_admin = if self.settings.admins.is_empty() {
                reader.is_admin(owner.telegram_id).await?
            } else {
                self.settings.admins.contains(&owner.telegram_id)
            };
            if is_admin {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// A shop's account with its key; `None` when that is gone.
    fn opened(&self, account: &ShopAccount) -> Option<GatewayAccount> {
        let mut open = self.open_accounts.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((version, kept)) = open.get(&account.id)
            && *version == account.version
        {
            return Some(kept.clone());
        }
        open.remove(&account.id);
        let sealed = account.sealed_key.as_deref()?;
        let key = self.settings.sealer.open(&sealed_for(account.id), sealed)?;
        let opened = self.account_with(account.id, account.mode, String::from_utf8(key).ok()?.into());
        match opened {
            Ok(opened) => {
                open.insert(account.id, (account.version, opened.clone()));
                Some(opened)
            }
            Err(error) => {
                tracing::error!(account = %account.id, %error, "a shop's account cannot be used");
                None
            }
        }
    }

    /// A shop's account at Midtrans with this key; nothing is sent yet.
    pub(super) fn account_with(
        &self,
        id: GatewayAccountId,
        mode: Mode,
        server_key: SecretString,
    ) -> Result<GatewayAccount, MidtransSettingsError> {
        let address = self.accounts.addresses().of(mode);
        let gateway = MidtransGateway::new(MidtransSettings {
            server_key,
            api_url: address.api_url.clone(),
            snap_url: address.snap_url.clone(),
            // Nobody could check what was typed as one, and a mistake in it would refuse every payment.
            merchant_id: None,
            timeouts: Timeouts::default(),
        })?;
        let code = AccountCode::of_shop(id);
        Ok(GatewayAccount {
            notice_url: self.page_url(&format!("webhooks/midtrans/{code}")),
            code,
            mode,
            gateway: Arc::new(gateway),
            practice_url: None,
            forgets: false,
        })
    }
}

/// What the key of an account is sealed for.
pub(super) fn sealed_for(id: GatewayAccountId) -> String {
    format!("gateway_account:{id}")
}
