//! Midtrans as a shop of the demo has it for itself: one pretend account in the sandbox and one for real money, so
//! that no key that is typed into the demo's form leaves this machine.

use axum::Router;
use url::Url;

use super::loopback;
use crate::gateways::midtrans::{MidtransAddress, MidtransAddresses};
use crate::simulator::midtrans::{MidtransSettings, MidtransSimulator, RunningMidtrans};

/// The key of the shop's sandbox account; the demo's page shows it.
pub(super) const SANDBOX_KEY: &str = "SB-Mid-server-TokoAniLatihan01";
/// The key of the shop's live account, whose money is as pretend as all of the demo.
pub(super) const LIVE_KEY: &str = "Mid-server-TokoAniSungguhan02";

/// The shop's own accounts, which run.
pub(super) struct OwnAccounts {
    sandbox: RunningMidtrans,
    live: RunningMidtrans,
}

impl OwnAccounts {
    /// Starts both, each on a port of its own.
    ///
    /// # Errors
    /// When no port can be had.
    pub(super) async fn start(base_url: &Url) -> anyhow::Result<Self> {
        Ok(Self {
            sandbox: open(base_url, "own-sandbox", SANDBOX_KEY).await?,
            live: open(base_url, "own-live", LIVE_KEY).await?,
        })
    }

    /// Where keys are checked and charges are made.
    ///
    /// # Errors
    /// Never: both have an address.
    pub(super) fn addresses(&self) -> anyhow::Result<MidtransAddresses> {
        let address = |account: &RunningMidtrans| -> anyhow::Result<MidtransAddress> {
            let url = Url::parse(&account.url)?;
            Ok(MidtransAddress { api_url: url.clone(), snap_url: url })
        };
        Ok(MidtransAddresses { sandbox: address(&self.sandbox)?, live: address(&self.live)? })
    }

    /// The pages where a person plays the bank for these accounts.
    pub(super) fn bank_pages(&self) -> Router {
        let pages = |account: &RunningMidtrans| {
            account.simulator.bank_router().merge(account.simulator.bank_list_router())
        };
        Router::new()
            .nest("/simulator/own-sandbox", pages(&self.sandbox))
            .nest("/simulator/own-live", pages(&self.live))
    }

    /// Stops both.
    pub(super) async fn stop(self) {
        self.sandbox.stop().await;
        self.live.stop().await;
    }
}

async fn open(base_url: &Url, name: &str, server_key: &str) -> anyhow::Result<RunningMidtrans> {
    let settings = MidtransSettings {
        server_key: server_key.to_owned(),
        merchant_id: "G000000002".to_owned(),
        notify_url: None,
        public_url: Some(base_url.join(&format!("simulator/{name}"))?),
    };
    Ok(MidtransSimulator::start(settings, loopback()).await?)
}
