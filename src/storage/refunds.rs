//! Money that goes back, and the buttons that confirm a seller's act.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::query::{execute, fetch_all, fetch_one, fetch_optional};
use super::rows::{Reading, read_all};
use super::{Reader, StorageError, Writer};
use crate::domain::apply::acts::SellerAct;
use crate::domain::id::{AttemptId, ConfirmationId, MerchantId, OrderId, RefundId, TelegramId};
use crate::domain::money::{Currency, Money};
use crate::domain::refund::{Refund, RefundState, ReturnWay};

/// The columns of a return, as [`RefundRow`] reads them.
macro_rules! refund_columns {
    () => {
        "id, merchant_id, order_id, attempt_id, amount_minor, currency, way, state, refund_key, asked_by, \
         requested_at, settled_at, bank_confirmed_at"
    };
}

/// A button that asks "really?".
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Confirmation {
    /// Its key.
    pub id: ConfirmationId,
    /// The shop.
    pub merchant_id: MerchantId,
    /// Who may press it.
    pub person: TelegramId,
    /// The order it is about.
    pub order_id: OrderId,
    /// The charge it is about, where the act is about one.
    pub attempt_id: Option<AttemptId>,
    /// What it does.
    pub act: SellerAct,
    /// When it was shown.
    pub made_at: DateTime<Utc>,
    /// When it was pressed.
    pub used_at: Option<DateTime<Utc>>,
}

#[derive(sqlx::FromRow)]
struct RefundRow {
    id: Uuid,
    merchant_id: Uuid,
    order_id: Uuid,
    attempt_id: Uuid,
    amount_minor: i64,
    currency: String,
    way: String,
    state: String,
    refund_key: String,
    asked_by: i64,
    requested_at: DateTime<Utc>,
    settled_at: Option<DateTime<Utc>>,
    bank_confirmed_at: Option<DateTime<Utc>>,
}

#[derive(sqlx::FromRow)]
struct ConfirmationRow {
    id: Uuid,
    merchant_id: Uuid,
    telegram_id: i64,
    order_id: Uuid,
    attempt_id: Option<Uuid>,
    act: String,
    made_at: DateTime<Utc>,
    used_at: Option<DateTime<Utc>>,
}

impl Reader {
    /// Every return of an order's money, oldest first.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn refunds(&mut self, order_id: OrderId) -> Result<Vec<Refund>, StorageError> {
        let rows = fetch_all!(
            self,
            RefundRow,
            concat!("select ", refund_columns!(), " from refunds where order_id = $1 order by id"),
            order_id.0
        )?;
        read_all(rows, RefundRow::read)
    }

    /// The returns of a charge's money that the gateway has not shown yet, oldest first.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn open_refunds(&mut self, attempt_id: AttemptId) -> Result<Vec<Refund>, StorageError> {
        let rows = fetch_all!(
            self,
            RefundRow,
            concat!(
                "select ",
                refund_columns!(),
                " from refunds where attempt_id = $1 and state in ('requested', 'accepted') order by id"
            ),
            attempt_id.0
        )?;
        read_all(rows, RefundRow::read)
    }

    /// When the gateway says that a charge's money was there; when it was booked where it did not say.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn settled_at(&mut self, attempt_id: AttemptId) -> Result<Option<DateTime<Utc>>, StorageError> {
        let told: Option<(Option<DateTime<Utc>>,)> = fetch_optional!(
            self,
            (Option<DateTime<Utc>>,),
            "select settled_at from payment_attempts where id = $1",
            attempt_id.0
        )?;
        if let Some((Some(settled_at),)) = told {
            return Ok(Some(settled_at));
        }
        let booked = fetch_optional!(
            self,
            (DateTime<Utc>,),
            "select booked_at from ledger_entries where attempt_id = $1 and kind = 'captured'
             order by booked_at, id limit 1",
            attempt_id.0
        )?;
        Ok(booked.map(|(booked_at,)| booked_at))
    }

    /// What is left of a charge's money in the book, in minor units.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn attempt_balance(&mut self, attempt_id: AttemptId) -> Result<i64, StorageError> {
        let (balance_minor,): (i64,) = fetch_one!(
            self,
            (i64,),
            "select cast(coalesce(sum(amount_minor), 0) as bigint) from ledger_entries where attempt_id = $1",
            attempt_id.0
        )?;
        Ok(balance_minor)
    }

    /// A confirmation, whoever may press it.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn confirmation(&mut self, id: ConfirmationId) -> Result<Option<Confirmation>, StorageError> {
        let row = fetch_optional!(
            self,
            ConfirmationRow,
            "select id, merchant_id, telegram_id, order_id, attempt_id, act, made_at, used_at
             from confirmations where id = $1",
            id.0
        )?;
        row.map(ConfirmationRow::read).transpose()
    }
}

impl Writer {
    /// Writes a confirmation that was not pressed yet.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn insert_confirmation(&mut self, confirmation: &Confirmation) -> Result<(), StorageError> {
        let act =
            serde_json::to_string(&confirmation.act).map_err(|error| sqlx::Error::Encode(error.into()))?;
        execute!(
            self,
            "insert into confirmations (id, merchant_id, telegram_id, order_id, attempt_id, act, made_at)
             values ($1, $2, $3, $4, $5, $6, $7)",
            confirmation.id.0,
            confirmation.merchant_id.0,
            confirmation.person.0,
            confirmation.order_id.0,
            confirmation.attempt_id.map(|id| id.0),
            act,
            confirmation.made_at
        )?;
        Ok(())
    }

    /// Presses a confirmation; false when it was pressed before, is another person's, or was shown at
    /// `shown_after` or earlier.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn use_confirmation(
        &mut self,
        id: ConfirmationId,
        person: TelegramId,
        shown_after: DateTime<Utc>,
    ) -> Result<bool, StorageError> {
        let now = self.now();
        let used = execute!(
            self,
            "update confirmations set used_at = $4
             where id = $1 and telegram_id = $2 and used_at is null and made_at > $3",
            id.0,
            person.0,
            shown_after,
            now
        )?;
        Ok(used == 1)
    }

    /// Forgets confirmations that were shown before an instant.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn forget_confirmations(&mut self, before: DateTime<Utc>) -> Result<u64, StorageError> {
        execute!(self, "delete from confirmations where made_at < $1", before)
    }

    /// Writes a new return of money.
    ///
    /// # Errors
    /// When the database cannot be asked; when there is one of this key.
    pub async fn insert_refund(&mut self, refund: &Refund) -> Result<(), StorageError> {
        execute!(
            self,
            "insert into refunds (id, merchant_id, order_id, attempt_id, amount_minor, currency, way, state,
                 refund_key, asked_by, requested_at, settled_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
            refund.id.0,
            refund.merchant_id.0,
            refund.order_id.0,
            refund.attempt_id.0,
            refund.amount.minor(),
            refund.amount.currency().code(),
            refund.way.code(),
            refund.state.code(),
            &refund.key,
            refund.asked_by.0,
            refund.requested_at,
            refund.settled_at
        )?;
        Ok(())
    }

    /// Moves a return of money from one state to another; false when it is no longer in the first.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn move_refund(
        &mut self,
        id: RefundId,
        from: RefundState,
        to: RefundState,
        failure: Option<&str>,
    ) -> Result<bool, StorageError> {
        let settled_at = (!to.is_open()).then_some(self.now());
        let moved = execute!(
            self,
            "update refunds set state = $3, settled_at = $4, failure = $5 where id = $1 and state = $2",
            id.0,
            from.code(),
            to.code(),
            settled_at,
            failure
        )?;
        Ok(moved == 1)
    }

    /// Notes when the customer's bank confirmed a return.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn note_bank_confirmation(
        &mut self,
        attempt_id: AttemptId,
        key: &str,
        at: DateTime<Utc>,
    ) -> Result<(), StorageError> {
        execute!(
            self,
            "update refunds set bank_confirmed_at = $3
             where attempt_id = $1 and refund_key = $2 and bank_confirmed_at is null",
            attempt_id.0,
            key,
            at
        )?;
        Ok(())
    }

    /// Notes when the gateway says that a charge's money was there; the first word stands.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn note_settled_at(&mut self, id: AttemptId, at: DateTime<Utc>) -> Result<(), StorageError> {
        execute!(
            self,
            "update payment_attempts set settled_at = $2 where id = $1 and settled_at is null",
            id.0,
            at
        )?;
        Ok(())
    }

    /// Notes who counted an order for which nothing was left.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn note_acceptance(&mut self, id: OrderId, by: TelegramId) -> Result<(), StorageError> {
        let now = self.now();
        execute!(
            self,
            "update orders set accepted_by = $2, accepted_at = $3 where id = $1",
            id.0,
            by.0,
            now
        )?;
        Ok(())
    }
}

impl RefundRow {
    fn read(self) -> Result<Refund, StorageError> {
        let reading = Reading::of("refunds", self.id);
        let currency = reading.some("currency", Currency::parse(&self.currency))?;
        Ok(Refund {
            id: RefundId(self.id),
            merchant_id: MerchantId(self.merchant_id),
            order_id: OrderId(self.order_id),
            attempt_id: AttemptId(self.attempt_id),
            amount: Money::new(self.amount_minor, currency),
            way: reading.some("way", ReturnWay::parse(&self.way))?,
            state: reading.some("state", RefundState::parse(&self.state))?,
            key: self.refund_key,
            asked_by: TelegramId(self.asked_by),
            requested_at: self.requested_at,
            settled_at: self.settled_at,
            bank_confirmed_at: self.bank_confirmed_at,
        })
    }
}

impl ConfirmationRow {
    fn read(self) -> Result<Confirmation, StorageError> {
        let reading = Reading::of("confirmations", self.id);
        Ok(Confirmation {
            id: ConfirmationId(self.id),
            merchant_id: MerchantId(self.merchant_id),
            person: TelegramId(self.telegram_id),
            order_id: OrderId(self.order_id),
            attempt_id: self.attempt_id.map(AttemptId),
            act: reading.some("act", serde_json::from_str(&self.act).ok())?,
            made_at: self.made_at,
            used_at: self.used_at,
        })
    }
}
