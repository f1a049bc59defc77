//! How money moves: every payment provider stands behind [`PaymentGateway`].

pub mod midtrans;
pub mod practice;

use std::collections::HashMap;
use std::sync::Arc;

use async_trait::async_trait;
use chrono::{DateTime, TimeDelta, Utc};
use reqwest::header::HeaderMap;
use url::Url;

use self::midtrans::MidtransAddresses;
use crate::domain::attempt::{AccountCode, GatewayOrderId};
use crate::domain::customer::CustomerDetails;
use crate::domain::merchant::Mode;
use crate::domain::money::{Currency, Money};
use crate::domain::payment_method::{MethodOffer, PaymentInstructions, PaymentMethod};
use crate::domain::report::{GatewayNotice, PaymentReport, ReportedStatus};
use crate::domain::visible_text::ItemName;

/// The most bytes of a provider's picture of a code to scan. Midtrans' own have a few thousand.
pub const PICTURE_BYTES_MAX: usize = 64 * 1024;

/// A provider of payments. No method has a default: each provider answers every question.
#[async_trait]
pub trait PaymentGateway: Send + Sync + std::fmt::Debug {
    /// The ways to pay that this account offers, in the order of the page.
    fn methods(&self) -> &[MethodOffer];

    /// Which currencies it takes.
    fn accepts(&self, currency: Currency) -> bool;

    /// Asks for a charge. Idempotent by [`ChargeRequest::id`]: asking again after a lost answer
    /// never makes a second one.
    ///
    /// # Errors
    /// See [`GatewayError`]; after [`GatewayError::Unreachable`] the charge may exist.
    async fn charge(&self, request: &ChargeRequest) -> Result<Charge, GatewayError>;

    /// Tells a genuine notice from a forged one. The headers and the body are as they came.
    ///
    /// # Errors
    /// See [`NoticeRejection`].
    fn verify_notice(&self, headers: &HeaderMap, body: &[u8]) -> Result<GatewayNotice, NoticeRejection>;

    /// Asks where a charge stands (the pull). A charge the gateway does not know is a report of
    /// [`ReportedStatus::NotFound`], not an error.
    ///
    /// # Errors
    /// See [`GatewayError`].
    async fn fetch_report(&self, id: &GatewayOrderId) -> Result<PaymentReport, GatewayError>;

    /// Fetches the code to scan that a charge has as a picture, by
    /// [`PaymentInstructions::gateway_picture`]: a PNG of at most [`PICTURE_BYTES_MAX`] bytes.
    ///
    /// # Errors
    /// See [`GatewayError`]; [`GatewayError::Refused`] for an address that is not the provider's own, which
    /// nobody is asked for.
    async fn qr_picture(&self, url: &str) -> Result<Vec<u8>, GatewayError>;

    /// Calls a charge off. `instructions` are those of the charge, for a charge that lives on a page of the
    /// gateway. A charge that can no longer be called off is not an error here.
    ///
    /// # Errors
    /// See [`GatewayError`].
    async fn cancel(
        &self,
        id: &GatewayOrderId,
        instructions: Option<&PaymentInstructions>,
    ) -> Result<CalledOff, GatewayError>;

    /// Sends money back. Idempotent by [`RefundRequest::key`].
    ///
    /// # Errors
    /// See [`GatewayError`]; [`GatewayError::Refused`] says why. [`GatewayError::AlreadyExists`]: the
    /// gateway has a refund of this key, and the next report says what came of it.
    async fn refund(&self, request: &RefundRequest) -> Result<(), GatewayError>;
}

/// A part of what is charged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChargeLine {
    /// What it is.
    pub name: String,
    /// What one of it costs; below zero for what is taken off.
    pub unit_price: Money,
    /// How many of it.
    pub pieces: i64,
}

/// What a gateway is asked to charge.
#[derive(Debug, Clone)]
pub struct ChargeRequest {
    /// The only id the gateway hears.
    pub id: GatewayOrderId,
    /// The way to pay.
    pub method: PaymentMethod,
    /// How much.
    pub amount: Money,
    /// What is bought.
    pub item_name: ItemName,
    /// What the amount is made of; its lines come to the amount.
    pub lines: Vec<ChargeLine>,
    /// Who buys; shortened here to what the provider takes.
    pub customer: CustomerDetails,
    /// When the charge is asked for: the start of its life at the gateway.
    pub asked_at: DateTime<Utc>,
    /// Until when it may be paid.
    pub pay_by: DateTime<Utc>,
    /// Where notices about it go.
    pub notice_url: Url,
    /// Where a wallet or a page of the gateway sends its customer afterwards: the order's page.
    pub return_to: Url,
}

/// A charge that was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Charge {
    /// The gateway's own id.
    pub transaction_id: Option<String>,
    /// Where it stands: waiting, or (rarely) decided at once.
    pub status: ReportedStatus,
    /// What the customer must do.
    pub instructions: PaymentInstructions,
}

/// What came of calling a charge off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CalledOff {
    /// The next report says it.
    Told,
    /// Nobody can pay it any more, though the gateway keeps no charge that a report could speak of: its
    /// customer had begun nothing on the gateway's page, and the page is closed.
    Closed,
}

/// What a gateway is asked to send back.
#[derive(Debug, Clone)]
pub struct RefundRequest {
    /// The charge.
    pub id: GatewayOrderId,
    /// Tells a repeat from a second refund.
    pub key: String,
    /// How much.
    pub amount: Money,
    /// Why, for the gateway's own book; at most 255 characters.
    pub reason: String,
}

/// Why a gateway did not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum GatewayError {
    /// No answer, or one that cannot be read: what was asked may have happened.
    #[error("the gateway did not answer: {0}")]
    Unreachable(String),
    /// It says no, and nothing happened.
    #[error("the gateway refused with code {code}: {reason}")]
    Refused {
        /// The provider's code.
        code: String,
        /// The provider's sentence, in its words; for logs only.
        reason: String,
    },
    /// The account's key is wrong.
    #[error("the gateway does not accept the account's key")]
    Unauthorized,
    /// Asked too often.
    #[error("the gateway asks to slow down")]
    TooManyRequests {
        /// How long it wants to be left alone.
        retry_after: TimeDelta,
    },
    /// The id exists already: ask for a report.
    #[error("the gateway has a charge of this id already")]
    AlreadyExists,
}

impl GatewayError {
    /// Whether the gateway answered what it was asked. Anything else is trouble of the whole account.
    #[must_use]
    pub const fn is_answer(&self) -> bool {
        matches!(self, Self::Refused { .. } | Self::AlreadyExists)
    }
}

/// Why a notice is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NoticeRejection {
    /// It is not JSON of the expected shape, or names a field twice.
    #[error("the notice is malformed")]
    Malformed,
    /// The signature is missing or wrong.
    #[error("the notice is not signed by this account")]
    Forged,
}

/// A gateway account that orders can be paid at.
#[derive(Debug, Clone)]
pub struct GatewayAccount {
    /// Its name here.
    pub code: AccountCode,
    /// Whether its money is real.
    pub mode: Mode,
    /// The provider.
    pub gateway: Arc<dyn PaymentGateway>,
    /// Where a person can play the bank for a charge of this account, if it is a simulated one: the
    /// gateway order id is added as the last segment.
    pub practice_url: Option<Url>,
    /// Where the account's notices go.
    pub notice_url: Url,
    /// Whether the provider forgets its charges when this process ends: the simulated bank. A charge
    /// it does not know has expired.
    pub forgets: bool,
}

/// The book of the operator's accounts, and where those that shops connect are.
#[derive(Debug, Clone, Default)]
pub struct GatewayAccounts {
    accounts: HashMap<AccountCode, GatewayAccount>,
    practice_bank: Option<practice::PracticeBank>,
    addresses: MidtransAddresses,
}

impl GatewayAccounts {
    /// A book of these accounts.
    #[must_use]
    pub fn new(accounts: impl IntoIterator<Item = GatewayAccount>) -> Self {
        let accounts = accounts.into_iter().map(|account| (account.code.clone(), account)).collect();
        Self { accounts, addresses: MidtransAddresses::default(), practice_bank: None }
    }

    /// The same book, where accounts that shops connect are elsewhere than at Midtrans.
    #[must_use]
    pub fn with_addresses(self, addresses: MidtransAddresses) -> Self {
        Self { addresses, ..self }
    }

    /// Where accounts that shops connect are.
    #[must_use]
    pub const fn addresses(&self) -> &MidtransAddresses {
        &self.addresses
    }

    /// The same book with the simulated bank, at which accounts with a [`GatewayAccount::practice_url`] are
    /// paid.
    #[must_use]
    pub fn with_practice_bank(self, bank: practice::PracticeBank) -> Self {
        Self { practice_bank: Some(bank), ..self }
    }

    /// The simulated bank, where it runs in this process.
    #[must_use]
    pub const fn practice_bank(&self) -> Option<&practice::PracticeBank> {
        self.practice_bank.as_ref()
    }

    /// The account of this name.
    #[must_use]
    pub fn get(&self, code: &AccountCode) -> Option<&GatewayAccount> {
        self.accounts.get(code)
    }

    /// The operator's own account for a mode.
    #[must_use]
    pub fn operators(&self, mode: Mode) -> Option<&GatewayAccount> {
        self.accounts.get(&AccountCode(mode.code().to_owned()))
    }

    /// Every account, in no order.
    pub fn all(&self) -> impl Iterator<Item = &GatewayAccount> {
        self.accounts.values()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gateways::midtrans::{MidtransGateway, MidtransSettings, Timeouts};

    fn account(code: &str, mode: Mode) -> GatewayAccount {
        let url = Url::parse("http://127.0.0.1:1/").unwrap();
        let gateway = MidtransGateway::new(MidtransSettings {
            server_key: "SB-Mid-server-EXAMPLE_not_a_real_key_0001".into(),
            api_url: url.clone(),
            snap_url: url.clone(),
            merchant_id: None,
            timeouts: Timeouts::default(),
        });
        GatewayAccount {
            code: AccountCode(code.to_owned()),
            mode,
            gateway: Arc::new(gateway.unwrap()),
            practice_url: None,
            notice_url: url,
            forgets: false,
        }
    }

    #[test]
    fn an_account_is_found_by_its_name_and_the_operators_own_by_its_mode() {
        let of_a_shop = account("shop-7", Mode::Live);
        let accounts = GatewayAccounts::new([of_a_shop, account("live", Mode::Live)]);
        let named = |code: &str| accounts.get(&AccountCode(code.to_owned())).map(|account| &account.code);
        assert_eq!(named("shop-7"), Some(&AccountCode("shop-7".to_owned())));
        assert_eq!(named("Shop-7"), None);
        let operators = |mode| accounts.operators(mode).map(|account| account.code.0.as_str());
        assert_eq!([operators(Mode::Live), operators(Mode::Sandbox)], [Some("live"), None]);
        let mut all: Vec<_> = accounts.all().map(|account| account.code.0.as_str()).collect();
        all.sort_unstable();
        assert_eq!(all, ["live", "shop-7"]);
    }
}
