//! Accounts at gateways that shops connected themselves. Their keys are sealed.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::columns::by_place;
use super::query::{execute, fetch_all, fetch_one, fetch_optional};
use super::rows::Reading;
use super::{Reader, StorageError, Writer};
use crate::domain::attempt::{AccountCode, GatewayOrderId};
use crate::domain::id::{GatewayAccountId, MerchantId, TelegramId};
use crate::domain::merchant::Mode;

/// An account of a shop's own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShopAccount {
    /// Its key.
    pub id: GatewayAccountId,
    /// Whose it is.
    pub merchant_id: MerchantId,
    /// Whether its money is real.
    pub mode: Mode,
    /// The server key, sealed; `None` once nothing needs it any more.
    pub sealed_key: Option<Vec<u8>>,
    /// The last characters of the server key.
    pub key_tail: String,
    /// Who connected it.
    pub connected_by: TelegramId,
    /// When its key was checked and saved.
    pub connected_at: DateTime<Utc>,
    /// Since when the gateway refuses the key, as far as it was asked.
    pub refused_at: Option<DateTime<Utc>>,
    /// Since when it takes no new charge.
    pub retired_at: Option<DateTime<Utc>>,
    /// Goes up with each change of the key.
    pub version: i64,
}

#[derive(sqlx::FromRow)]
pub(super) struct ShopAccountRow {
    id: Uuid,
    merchant_id: Uuid,
    mode: String,
    sealed_key: Option<Vec<u8>>,
    key_tail: String,
    connected_by: i64,
    connected_at: DateTime<Utc>,
    refused_at: Option<DateTime<Utc>>,
    retired_at: Option<DateTime<Utc>>,
    version: i64,
}

by_place! { ShopAccountRow:
    id, merchant_id, mode, sealed_key, key_tail, connected_by, connected_at, refused_at, retired_at, version
}

impl ShopAccountRow {
    pub(super) fn read(self) -> Result<ShopAccount, StorageError> {
        let mode = Reading::of("gateway_accounts", self.id).some("mode", Mode::parse(&self.mode))?;
        Ok(ShopAccount {
            id: GatewayAccountId(self.id),
            merchant_id: MerchantId(self.merchant_id),
            mode,
            sealed_key: self.sealed_key,
            key_tail: self.key_tail,
            connected_by: TelegramId(self.connected_by),
            connected_at: self.connected_at,
            refused_at: self.refused_at,
            retired_at: self.retired_at,
            version: self.version,
        })
    }
}

/// The columns of [`ShopAccountRow`].
macro_rules! shop_accounts {
    () => {
        concat!("select ", shop_account_columns!(), " from gateway_accounts")
    };
}

/// See [`shop_accounts`].
macro_rules! shop_account_columns {
    () => {
        "id, merchant_id, mode, sealed_key, key_tail, connected_by, connected_at, refused_at, retired_at, version"
    };
}
pub(super) use shop_account_columns;

impl Reader {
    /// The account of this key, in use or not.
    ///
    /// # Errors
    /// When the database cannot be asked, or the row cannot be read.
    pub async fn shop_account(&mut self, id: GatewayAccountId) -> Result<Option<ShopAccount>, StorageError> {
        let row = fetch_optional!(self, ShopAccountRow, concat!(shop_accounts!(), " where id = $1"), id.0)?;
        row.map(ShopAccountRow::read).transpose()
    }

    /// The account that the shop's new charges of a mode are made at.
    ///
    /// # Errors
    /// When the database cannot be asked, or the row cannot be read.
    pub async fn shop_account_in_use(
        &mut self,
        merchant_id: MerchantId,
        mode: Mode,
    ) -> Result<Option<ShopAccount>, StorageError> {
        let row = fetch_optional!(
            self,
            ShopAccountRow,
            concat!(shop_accounts!(), " where merchant_id = $1 and mode = $2 and retired_at is null"),
            merchant_id.0,
            mode.code()
        )?;
        row.map(ShopAccountRow::read).transpose()
    }

    /// The account that a further key of the shop may be of: the one in use, else the one that went out of use
    /// last and still has its key.
    ///
    /// # Errors
    /// When the database cannot be asked, or the row cannot be read.
    pub async fn shop_account_to_renew(
        &mut self,
        merchant_id: MerchantId,
        mode: Mode,
    ) -> Result<Option<ShopAccount>, StorageError> {
        if let Some(account) = self.shop_account_in_use(merchant_id, mode).await? {
            return Ok(Some(account));
        }
        let row = fetch_optional!(
            self,
            ShopAccountRow,
            concat!(
                shop_accounts!(),
                " where merchant_id = $1 and mode = $2 and retired_at is not null and sealed_key is not null
                  order by retired_at desc, id desc limit 1"
            ),
            merchant_id.0,
            mode.code()
        )?;
        row.map(ShopAccountRow::read).transpose()
    }

    /// Accounts that were retired from one instant on and before another, and still have their key, at most so many.
    ///
    /// # Errors
    /// When the database cannot be asked, or a row cannot be read.
    pub async fn retired_accounts(
        &mut self,
        (since, before): (DateTime<Utc>, DateTime<Utc>),
        rows_max: i64,
    ) -> Result<Vec<ShopAccount>, StorageError> {
        let rows = fetch_all!(
            self,
            ShopAccountRow,
            concat!(
                shop_accounts!(),
                " where retired_at >= $1 and retired_at < $2 and sealed_key is not null
                  order by retired_at, id limit $3"
            ),
            since,
            before,
            rows_max
        )?;
        rows.into_iter().map(ShopAccountRow::read).collect()
    }

    /// The newest charge that the gateway is known to have made at an account.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn newest_charge_at(
        &mut self,
        account: &AccountCode,
    ) -> Result<Option<GatewayOrderId>, StorageError> {
        let row = fetch_optional!(
            self,
            (String,),
            "select gateway_order_id from payment_attempts
             where account = $1 and transaction_id is not null order by id desc limit 1",
            &account.0
        )?;
        Ok(row.map(|(id,)| GatewayOrderId::from_text(id)))
    }

    /// How many charges were ever made at an account, how many of them customers may pay now, and when the
    /// gateway is asked about one of them next.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn charges_at(
        &mut self,
        account: &AccountCode,
    ) -> Result<(i64, i64, Option<DateTime<Utc>>), StorageError> {
        fetch_one!(
            self,
            (i64, i64, Option<DateTime<Utc>>),
            "select cast(count(*) as bigint),
                    cast(count(case when state in ('creating', 'unknown', 'pending', 'challenge', 'authorized')
                                    then 1 end) as bigint),
                    min(pull_due_at)
             from payment_attempts where account = $1",
            &account.0
        )
    }

    /// When the last genuine notice came for an account, as far as notices are kept.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn last_notice_at(
        &mut self,
        account: &AccountCode,
    ) -> Result<Option<DateTime<Utc>>, StorageError> {
        let (last,): (Option<DateTime<Utc>>,) = fetch_one!(
            self,
            (Option<DateTime<Utc>>,),
            "select max(last_seen_at) from gateway_notices where account = $1",
            &account.0
        )?;
        Ok(last)
    }

    /// Whether a practice order of the shop was ever paid.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn has_rehearsed(&mut self, merchant_id: MerchantId) -> Result<bool, StorageError> {
        let row = fetch_optional!(
            self,
            (i64,),
            "select cast(1 as bigint) from orders
             where merchant_id = $1 and mode = 'sandbox' and paid_at is not null limit 1",
            merchant_id.0
        )?;
        Ok(row.is_some())
    }
}

impl Writer {
    /// Writes an account that is in use from now on; false when the shop has one for this mode already.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn insert_shop_account(&mut self, account: &ShopAccount) -> Result<bool, StorageError> {
        let written = execute!(
            self,
            "insert into gateway_accounts (id, merchant_id, mode, sealed_key, key_tail, connected_by, connected_at)
             values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing",
            account.id.0,
            account.merchant_id.0,
            account.mode.code(),
            account.sealed_key.as_deref(),
            &account.key_tail,
            account.connected_by.0,
            account.connected_at
        )?;
        Ok(written == 1)
    }

    /// Gives an account another key and takes it into use, guarded by the version that was read; false when
    /// somebody was faster, or another one is in use.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn replace_account_key(&mut self, account: &ShopAccount) -> Result<bool, StorageError> {
        let replaced = execute!(
            self,
            "update gateway_accounts set sealed_key = $3, key_tail = $4, connected_by = $5, connected_at = $6,
                 refused_at = null, retired_at = null, version = version + 1
             where id = $1 and version = $2
               and not exists (select 1 from gateway_accounts other
                               where other.merchant_id = $7 and other.mode = $8 and other.retired_at is null
                                 and other.id <> $1)",
            account.id.0,
            account.version,
            account.sealed_key.as_deref(),
            &account.key_tail,
            account.connected_by.0,
            account.connected_at,
            account.merchant_id.0,
            account.mode.code()
        )?;
        Ok(replaced == 1)
    }

    /// Takes an account out of use; its charges are asked about further. False when it was out of use.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn retire_account(
        &mut self,
        merchant_id: MerchantId,
        id: GatewayAccountId,
    ) -> Result<bool, StorageError> {
        let now = self.now();
        let retired = execute!(
            self,
            "update gateway_accounts set retired_at = $3
             where id = $1 and merchant_id = $2 and retired_at is null",
            id.0,
            merchant_id.0,
            now
        )?;
        Ok(retired == 1)
    }

    /// Forgets the key of an account that is out of use.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn forget_account_key(&mut self, id: GatewayAccountId) -> Result<(), StorageError> {
        execute!(
            self,
            "update gateway_accounts set sealed_key = null, version = version + 1
             where id = $1 and retired_at is not null",
            id.0
        )?;
        Ok(())
    }

    /// Notes that the gateway refuses an account's key; false when that was known, or the key is another one.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn note_key_refused(&mut self, account: &ShopAccount) -> Result<bool, StorageError> {
        let now = self.now();
        let noted = execute!(
            self,
            "update gateway_accounts set refused_at = $3
             where id = $1 and version = $2 and refused_at is null",
            account.id.0,
            account.version,
            now
        )?;
        Ok(noted == 1)
    }
}
