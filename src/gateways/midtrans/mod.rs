//! Midtrans: through its Core API what is paid by a number, a code or an app, through Snap what is typed on
//! a page of its own.
//!
//! Reading order: [`MidtransGateway`] here; `methods` (what is offered), `request` (what we ask),
//! `client` (how it travels), `answer` (what comes back and which errors it means), `charge` and
//! `report` (what an answer says about a charge), `snap` (the page of its own), `qr_picture` (a code that comes as a picture), `notice` (what comes unasked). Nothing here logs: an
//! error carries the provider's code and sentence, never the key, a body or a customer's contact.

mod amount;
mod answer;
mod charge;
mod client;
mod customer;
mod instructions;
mod methods;
mod notice;
mod qr_picture;
mod report;
mod request;
mod snap;
mod status;

use std::time::Duration;

use async_trait::async_trait;
use reqwest::header::HeaderMap;
use secrecy::{ExposeSecret, SecretString};
use url::{Host, Url};

use super::{CalledOff, Charge, ChargeRequest, GatewayError, NoticeRejection, PaymentGateway, RefundRequest};
use crate::domain::attempt::GatewayOrderId;
use crate::domain::merchant::Mode;
use crate::domain::money::Currency;
use crate::domain::payment_method::{MethodKind, MethodOffer, PaymentInstructions};
use crate::domain::report::{GatewayNotice, PaymentReport};

use self::answer::{Answer, refusal};
use self::client::{Call, Client};

/// What a Midtrans account needs.
#[derive(Debug, Clone)]
pub struct MidtransSettings {
    /// The user name of Basic auth (the password is empty) and the key of every signature.
    pub server_key: SecretString,
    /// Where the Core API is, without the `/v2`: [`MidtransSettings::SANDBOX_API`],
    /// [`MidtransSettings::LIVE_API`], or a simulator.
    pub api_url: Url,
    /// Where Snap is, without the `/snap`: cards and pay-later go there.
    pub snap_url: Url,
    /// The merchant that reports must name, to the letter; `None`: not checked.
    pub merchant_id: Option<String>,
    /// How long answers may take.
    pub timeouts: Timeouts,
}

impl MidtransSettings {
    /// Midtrans' own sandbox.
    pub const SANDBOX_API: &str = "https://api.sandbox.midtrans.com";
    /// Where money is real.
    pub const LIVE_API: &str = "https://api.midtrans.com";
    /// Snap of the sandbox.
    pub const SANDBOX_SNAP: &str = "https://app.sandbox.midtrans.com";
    /// Snap where money is real.
    pub const LIVE_SNAP: &str = "https://app.midtrans.com";
}

/// Where Midtrans is, for accounts that shops connect themselves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MidtransAddresses {
    /// Its sandbox.
    pub sandbox: MidtransAddress,
    /// Where money is real.
    pub live: MidtransAddress,
}

/// Where Midtrans is in one mode.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MidtransAddress {
    /// The Core API, without the `/v2`.
    pub api_url: Url,
    /// Snap.
    pub snap_url: Url,
}

impl MidtransAddresses {
    /// The one of a mode.
    #[must_use]
    pub const fn of(&self, mode: Mode) -> &MidtransAddress {
        match mode {
            Mode::Sandbox => &self.sandbox,
            Mode::Live => &self.live,
        }
    }
}

impl Default for MidtransAddresses {
    #[expect(clippy::expect_used, reason = "the addresses are constants that a test reads")]
    fn default() -> Self {
        let address = |api_url: &str, snap_url: &str| MidtransAddress {
            api_url: Url::parse(api_url).expect("an address"),
            snap_url: Url::parse(snap_url).expect("an address"),
        };
        Self {
            sandbox: address(MidtransSettings::SANDBOX_API, MidtransSettings::SANDBOX_SNAP),
            live: address(MidtransSettings::LIVE_API, MidtransSettings::LIVE_SNAP),
        }
    }
}

/// How long we wait for Midtrans; each bound covers a call from start to the answer's last byte.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Timeouts {
    /// For the connection.
    pub connect: Duration,
    /// For a charge, which waits for a bank.
    pub charge: Duration,
    /// For everything else.
    pub other: Duration,
}

impl Default for Timeouts {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(5),
            charge: Duration::from_secs(30),
            other: Duration::from_secs(15),
        }
    }
}

/// Why an account cannot be used at all.
#[derive(Debug, thiserror::Error)]
pub enum MidtransSettingsError {
    /// Empty, or with characters that Basic auth cannot carry.
    #[error("the Midtrans server key must be printable ASCII without a colon")]
    ServerKey,
    /// The key would travel in the clear.
    #[error("the Midtrans address must be https, or http on this machine: {0}")]
    Address(Url),
    /// The HTTP client could not be built.
    #[error("the HTTP client for Midtrans cannot start")]
    Client(#[source] reqwest::Error),
}

/// One account at Midtrans. `Debug` hides the key.
#[derive(Debug)]
pub struct MidtransGateway {
    client: Client,
    server_key: SecretString,
    merchant_id: Option<String>,
}

impl MidtransGateway {
    /// An account with these settings; nothing is sent yet.
    ///
    /// # Errors
    /// When the settings cannot work, whatever Midtrans says.
    pub fn new(settings: MidtransSettings) -> Result<Self, MidtransSettingsError> {
        let key = settings.server_key.expose_secret();
        if key.is_empty() || !key.bytes().all(|byte| byte.is_ascii_graphic() && byte != b':') {
            return Err(MidtransSettingsError::ServerKey);
        }
        for address in [&settings.api_url, &settings.snap_url] {
            if !keeps_secrets(address) {
                return Err(MidtransSettingsError::Address(address.clone()));
            }
        }
        let client =
            Client::new(settings.api_url, settings.snap_url, settings.server_key.clone(), settings.timeouts)
                .map_err(MidtransSettingsError::Client)?;
        Ok(Self { client, server_key: settings.server_key, merchant_id: settings.merchant_id })
    }

    /// Calls one action on a charge.
    async fn ask(&self, id: &GatewayOrderId, action: &str, call: Call<'_>) -> Result<Answer, GatewayError> {
        if !request::is_order_id(id.as_str()) {
            return Err(request::refused_here("the charge's id is not one that Midtrans takes"));
        }
        self.client.send(&["v2", id.as_str(), action], call).await
    }

    /// Ends a charge that is not decided yet, if there is one.
    async fn end(&self, id: &GatewayOrderId) -> Result<(), GatewayError> {
        let cancelled = self.ask(id, "cancel", Call::Post).await?;
        if cancelled.code != 412 {
            return called_off(&cancelled);
        }
        // Some channels take no cancel while the customer may still pay, but can be expired.
        called_off(&self.ask(id, "expire", Call::Post).await?)
    }

    /// Closes a page of Snap's.
    async fn close(&self, token: &str) -> Result<CalledOff, GatewayError> {
        snap::closed(&self.client.send_to_snap(&["transactions", token, "cancel"], Call::Post).await?)
    }
}

#[async_trait]
impl PaymentGateway for MidtransGateway {
    fn methods(&self) -> &[MethodOffer] {
        &methods::OFFERS
    }

    fn accepts(&self, currency: Currency) -> bool {
        currency == Currency::IDR
    }

    async fn charge(&self, request: &ChargeRequest) -> Result<Charge, GatewayError> {
        let on_a_page = request.method.kind() == MethodKind::Redirect;
        let body = if on_a_page { snap::body(request)? } else { request::charge_body(request)? };
        let call = Call::Charge {
            body: &body,
            idempotency_key: request::idempotency_key(&["charge", request.id.as_str()]),
            notice_url: &request.notice_url,
        };
        if on_a_page {
            return snap::read(&self.client.send_to_snap(&["transactions"], call).await?);
        }
        let answer = self.client.send(&["v2", "charge"], call).await?;
        charge::read(request, self.merchant_id.as_deref(), self.client.api_url(), &answer)
    }

    fn verify_notice(&self, _headers: &HeaderMap, body: &[u8]) -> Result<GatewayNotice, NoticeRejection> {
        notice::verify(self.server_key.expose_secret(), body)
    }

    async fn qr_picture(&self, url: &str) -> Result<Vec<u8>, GatewayError> {
        let address = qr_picture::address(url, self.client.api_url())
            .ok_or_else(|| request::refused_here("the picture is not at the account's own address"))?;
        self.client.picture(address).await
    }

    async fn fetch_report(&self, id: &GatewayOrderId) -> Result<PaymentReport, GatewayError> {
        let answer = self.ask(id, "status", Call::Get).await?;
        report::read(id, self.merchant_id.as_deref(), &answer)
    }

    /// The page is closed first: whatever its customer began on it is a charge that the second call finds.
    /// While something is under way there, Midtrans does not close it, so it is closed once more when that
    /// charge is ended: its customer could begin anew.
    async fn cancel(
        &self,
        id: &GatewayOrderId,
        instructions: Option<&PaymentInstructions>,
    ) -> Result<CalledOff, GatewayError> {
        let Some(token) = instructions.and_then(snap::token) else {
            return self.end(id).await.map(|()| CalledOff::Told);
        };
        let page = self.close(&token).await?;
        self.end(id).await?;
        if page == CalledOff::Told { self.close(&token).await } else { Ok(page) }
    }

    async fn refund(&self, request: &RefundRequest) -> Result<(), GatewayError> {
        let body = request::refund_body(request)?;
        let idempotency_key = request::idempotency_key(&["refund", request.id.as_str(), &request.key]);
        let call = Call::PostBody { body: &body, idempotency_key };
        let answer = self.ask(&request.id, "refund", call).await?;
        match answer.code {
            200 => Ok(()),
            406 => Err(GatewayError::AlreadyExists),
            _ => Err(refusal(&answer)),
        }
    }
}

/// Whether a charge is called off, or there is nothing left to call off: it is unknown, expired or
/// already decided, and the pull says which.
fn called_off(answer: &Answer) -> Result<(), GatewayError> {
    match answer.code {
        200 | 404 | 407 | 412 => Ok(()),
        _ => Err(refusal(answer)),
    }
}

fn keeps_secrets(address: &Url) -> bool {
    let on_this_machine = match address.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(ip)) => ip.is_loopback(),
        Some(Host::Ipv6(ip)) => ip.is_loopback(),
        None => false,
    };
    match address.scheme() {
        "https" => address.host().is_some(),
        "http" => on_this_machine,
        _ => false,
    }
}

#[cfg(test)]
mod tests;
