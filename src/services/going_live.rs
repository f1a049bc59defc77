//! Whose account a shop's money goes through, what going live needs, and taking an account off.

use chrono::{DateTime, TimeDelta, Utc};
use url::Url;

use super::merchants::{Seat, ShopChange, ShopRefusal};
use super::{ServiceError, Services};
use crate::domain::attempt::AccountCode;
use crate::domain::id::GatewayAccountId;
use crate::domain::merchant::{Merchant, Mode, Role};
use crate::domain::shop_log::{LogEvent, LogSubject};
use crate::storage::{Reader, ShopAccount, Writer};

/// How long the key of an account that is out of use is kept: longer than any of its payments can be given back
/// through the gateway. Counted from when it went out of use, and until nothing is left to ask.
const RETIRED_KEY_KEPT: TimeDelta = TimeDelta::days(190);

/// How long the key of an account that never had a charge is kept: a charge that was begun before it went out of
/// use is made or given up by then.
const UNUSED_KEY_KEPT: TimeDelta = TimeDelta::hours(1);

/// How long after an account went out of use it is looked at for never having had a charge.
const UNUSED_KEY_LOOKED_FOR: TimeDelta = TimeDelta::days(7);

/// Accounts out of use for long that are looked at in one round of forgetting.
const ROUND: i64 = 50;

/// Accounts out of use since lately that are looked at in one round of forgetting.
const LATELY_ROUND: i64 = 500;

/// Whose account new charges of a mode are made at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AccountUsed {
    /// The shop's own.
    Own(Box<OwnAccount>),
    /// The operator's, at the gateway.
    Operators,
    /// The bank inside the process, which moves no money.
    Simulated,
    /// None: nothing can be paid.
    None,
}

/// An account that the shop connected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnAccount {
    /// Its key.
    pub id: GatewayAccountId,
    /// The last characters of the server key.
    pub tail: String,
    /// When the key was checked and saved.
    pub connected_at: DateTime<Utc>,
    /// Since when the gateway refuses the key.
    pub refused_at: Option<DateTime<Utc>>,
    /// Where its notices go.
    pub notice_url: Url,
    /// When the last genuine notice came, as far as notices are kept.
    pub last_notice_at: Option<DateTime<Utc>>,
    /// How many of its charges customers may pay now.
    pub paying: i64,
}

/// The accounts of a shop.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GatewayOverview {
    /// For play money.
    pub sandbox: AccountUsed,
    /// For real money.
    pub live: AccountUsed,
}

/// What going live needs, and what is good to have before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GoLiveChecklist {
    /// The account for real money; going live needs one that is not refused.
    pub live: AccountUsed,
    /// Whether a practice payment was ever heard.
    pub has_rehearsed: bool,
    /// Whether it can be done now.
    pub is_ready: bool,
}

/// What became of the wish to go live by typing the shop's name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum GoingLive {
    /// The shop takes real money.
    Live(Box<Merchant>),
    /// That is not what the shop is called.
    AnotherName,
    /// Something is missing.
    Refused(ShopRefusal),
}

/// What became of taking an account off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Removal {
    /// It takes no new charge.
    Removed {
        /// So many of its charges may still be paid, and are followed to their end.
        paying: i64,
        /// Whether the shop went back to the sandbox, because nothing takes its real money any more.
        went_to_sandbox: bool,
    },
    /// There is no such account in use in this shop.
    NotFound,
    /// Only the owner may.
    NotOwner,
}

impl Services {
    /// Whose accounts the shop uses.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn gateway_overview(&self, seat: &Seat) -> Result<GatewayOverview, ServiceError> {
        let mut reader = self.storage.read().await?;
        let sandbox = self.account_used(&mut reader, seat, Mode::Sandbox).await?;
        let live = self.account_used(&mut reader, seat, Mode::Live).await?;
        Ok(GatewayOverview { sandbox, live })
    }

    /// What going live needs.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn go_live_checklist(&self, seat: &Seat) -> Result<GoLiveChecklist, ServiceError> {
        let mut reader = self.storage.read().await?;
        let live = self.account_used(&mut reader, seat, Mode::Live).await?;
        let has_rehearsed = reader.has_rehearsed(seat.merchant.id).await?;
        let is_ready = match &live {
            AccountUsed::Own(own) => own.refused_at.is_none(),
            AccountUsed::Operators | AccountUsed::Simulated => true,
            AccountUsed::None => false,
        };
        Ok(GoLiveChecklist { live, has_rehearsed, is_ready })
    }

    /// Takes real money from now on, when what was typed is the shop's name; blanks and case do not count.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn go_live(&self, seat: &Seat, typed: &str) -> Result<GoingLive, ServiceError> {
        if folded(typed) != folded(seat.merchant.name.as_str()) {
            return Ok(GoingLive::AnotherName);
        }
        Ok(match self.change_shop(seat, ShopChange::Mode(Mode::Live)).await? {
            Ok(merchant) => GoingLive::Live(Box::new(merchant)),
            Err(refusal) => GoingLive::Refused(refusal),
        })
    }

    /// Takes an account of the shop's off. What customers are paying at it is followed to its end. A shop whose
    /// real money nothing takes any more goes back to the sandbox.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn remove_account(&self, seat: &Seat, id: GatewayAccountId) -> Result<Removal, ServiceError> {
        if seat.member.role != Role::Owner {
            return Ok(Removal::NotOwner);
        }
        let (merchant_id, person) = (seat.merchant.id, seat.member.telegram_id);
        let mut writer = self.storage.write().await?;
        if !writer.retire_account(merchant_id, id).await? {
            writer.roll_back().await?;
            return Ok(Removal::NotFound);
        }
        // A charge that is being made right now still needs the key: housekeeping forgets it later.
        let (_, paying, _) = writer.charges_at(&AccountCode::of_shop(id)).await?;
        writer.log(merchant_id, person, LogEvent::KeysRemoved, LogSubject::default()).await?;
        let went_to_sandbox = self.leave_live(&mut writer, seat).await?;
        writer.commit().await?;
        Ok(Removal::Removed { paying, went_to_sandbox })
    }

    /// Puts a live shop back into the sandbox when no account takes its real money.
    async fn leave_live(&self, writer: &mut Writer, seat: &Seat) -> Result<bool, ServiceError> {
        let merchant_id = seat.merchant.id;
        let Some(merchant) = writer.merchant(merchant_id).await? else { return Ok(false) };
        let is_live = merchant.mode == Mode::Live;
        if !is_live || self.charging_account(writer, merchant_id, Mode::Live).await?.is_some() {
            return Ok(false);
        }
        writer.update_merchant(&Merchant { mode: Mode::Sandbox, ..merchant }).await?;
        let person = seat.member.telegram_id;
        writer.log(merchant_id, person, LogEvent::WentToSandbox, LogSubject::default()).await?;
        Ok(true)
    }

    async fn account_used(
        &self,
        reader: &mut Reader,
        seat: &Seat,
        mode: Mode,
    ) -> Result<AccountUsed, ServiceError> {
        let merchant_id = seat.merchant.id;
        if let Some(own) = reader.shop_account_in_use(merchant_id, mode).await? {
            return Ok(AccountUsed::Own(Box::new(self.own_account(reader, own).await?)));
        }
        Ok(match self.lent_account(reader, merchant_id, mode).await? {
            Some(account) if account.practice_url.is_some() => AccountUsed::Simulated,
            Some(_) => AccountUsed::Operators,
            None => AccountUsed::None,
        })
    }

    async fn own_account(
        &self,
        reader: &mut Reader,
        account: ShopAccount,
    ) -> Result<OwnAccount, ServiceError> {
        let code = AccountCode::of_shop(account.id);
        let (_, paying, _) = reader.charges_at(&code).await?;
        Ok(OwnAccount {
            id: account.id,
            tail: account.key_tail,
            connected_at: account.connected_at,
            refused_at: account.refused_at,
            notice_url: self.page_url(&format!("webhooks/midtrans/{code}")),
            last_notice_at: reader.last_notice_at(&code).await?,
            paying,
        })
    }

    /// Forgets the keys of accounts that never had a charge, and of those that have been out of use for long and
    /// have nothing left to be asked about; gives how many.
    pub(super) async fn forget_retired_keys(&self, writer: &mut Writer) -> Result<u64, ServiceError> {
        let now = writer.now();
        let mut forgotten = 0;
        let lately = (now - UNUSED_KEY_LOOKED_FOR, now - UNUSED_KEY_KEPT);
        for account in writer.retired_accounts(lately, LATELY_ROUND).await? {
            let (charges, ..) = writer.charges_at(&AccountCode::of_shop(account.id)).await?;
            if charges == 0 {
                writer.forget_account_key(account.id).await?;
                forgotten += 1;
            }
        }
        let long_ago = (DateTime::UNIX_EPOCH, now - RETIRED_KEY_KEPT);
        for account in writer.retired_accounts(long_ago, ROUND).await? {
            let (_, paying, due_at) = writer.charges_at(&AccountCode::of_shop(account.id)).await?;
            if paying == 0 && due_at.is_none() {
                writer.forget_account_key(account.id).await?;
                forgotten += 1;
            }
        }
        Ok(forgotten)
    }
}

/// A name as it is compared: one blank between words, no difference of case.
fn folded(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_and_case_of_a_typed_name_do_not_count() {
        assert_eq!(folded("  toko   ANI\n"), folded("Toko Ani"));
        assert_ne!(folded("tokoani"), folded("Toko Ani"));
    }
}
