//! The made-up customer pays: here where the bank is simulated, on the gateway's page where it is not.

use std::time::Duration;

use url::Url;

use super::super::merchants::Seat;
use super::super::{ServiceError, Services};
use super::Rehearsal;
use crate::domain::attempt::{AttemptState, PaymentAttempt};
use crate::domain::merchant::Mode;
use crate::gateways::GatewayError;
use crate::gateways::practice::sandbox_page;

/// How long to wait for the news of a payment, which comes by the way of all news: notice, pull, booking.
const NEWS_PATIENCE: Duration = Duration::from_secs(6);

/// Who pays.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Payer {
    /// The bank in this house, by one tap.
    SimulatedBank,
    /// A person, on this page of the gateway's.
    Page(Url),
    /// Nobody yet: the gateway has not answered.
    Nobody,
}

/// What became of paying.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Played {
    /// It is paid and booked.
    Paid,
    /// It is paid, and the news is on its way.
    OnItsWay,
    /// There is nothing to pay, or the bank here cannot do it.
    NotHere,
    /// The bank forgot the charge: it was started anew since.
    Forgotten,
    /// The bank did not answer.
    BankSilent,
}

impl Services {
    /// Who pays the charge that waits.
    #[must_use]
    pub fn rehearsal_payer(&self, attempt: &PaymentAttempt) -> Payer {
        if attempt.mode != Mode::Sandbox || attempt.state != AttemptState::Pending {
            return Payer::Nobody;
        }
        let account = self.accounts.get(&attempt.account);
        match account.filter(|account| account.practice_url.is_some()).and(self.accounts.practice_bank()) {
            Some(_) => Payer::SimulatedBank,
            None => Payer::Page(sandbox_page(attempt.method, attempt.instructions.as_ref())),
        }
    }

    /// The made-up customer pays at the simulated bank; waits a little for the news, which comes by the way
    /// of all news.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn pay_rehearsal(&self, seat: &Seat) -> Result<Played, ServiceError> {
        let Some(rehearsal) = self.rehearsal(seat).await? else { return Ok(Played::NotHere) };
        if rehearsal.is_paid() {
            return Ok(Played::Paid);
        }
        // Who asks the bank from time to time may have learnt of it before the customer came to pay.
        let Some(attempt) = rehearsal.waiting_charge() else {
            return Ok(if rehearsal.lost_its_charge() { Played::Forgotten } else { Played::NotHere });
        };
        let (Payer::SimulatedBank, Some(bank)) =
            (self.rehearsal_payer(attempt), self.accounts.practice_bank())
        else {
            return Ok(Played::NotHere);
        };
        if !seat.member.role.may_change_links() {
            return Ok(Played::NotHere);
        }
        match bank.pay(&attempt.gateway_order_id).await {
            Ok(()) => {
                let is_paid = self.await_news(seat, Rehearsal::is_paid).await?;
                Ok(if is_paid { Played::Paid } else { Played::OnItsWay })
            }
            Err(GatewayError::Refused { .. }) => {
                self.ask_soon(attempt).await?;
                self.await_news(seat, |rehearsal| rehearsal.waiting_charge().is_none()).await?;
                Ok(Played::Forgotten)
            }
            Err(error) => {
                tracing::warn!(attempt.id = %attempt.id, %error, "the simulated bank could not be paid at");
                Ok(Played::BankSilent)
            }
        }
    }

    /// Asks the gateway whether it was paid, and waits a little for the answer.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn check_rehearsal(&self, seat: &Seat) -> Result<(), ServiceError> {
        let Some(rehearsal) = self.rehearsal(seat).await? else { return Ok(()) };
        let Some(attempt) = rehearsal.waiting_charge().filter(|_| !rehearsal.is_paid()) else {
            return Ok(());
        };
        self.ask_soon(attempt).await?;
        let before = attempt.version;
        let is_news = |rehearsal: &Rehearsal| {
            rehearsal.is_paid() || rehearsal.waiting_charge().is_none_or(|attempt| attempt.version != before)
        };
        self.await_news(seat, is_news).await.map(|_| ())
    }

    async fn ask_soon(&self, attempt: &PaymentAttempt) -> Result<(), ServiceError> {
        let mut writer = self.storage.write().await?;
        let now = writer.now();
        writer.pull_by(attempt.id, now).await?;
        Ok(writer.commit().await?)
    }

    /// Waits until the rehearsal is as wished, or for a while; says whether it is.
    async fn await_news(
        &self,
        seat: &Seat,
        is_wished: impl Fn(&Rehearsal) -> bool,
    ) -> Result<bool, ServiceError> {
        let mut changes = self.storage.signals().changes();
        let news = async {
            loop {
                if Box::pin(self.rehearsal(seat)).await?.is_none_or(|rehearsal| is_wished(&rehearsal)) {
                    return Ok(true);
                }
                // The bell may be another process's: looks again soon in any case.
                drop(tokio::time::timeout(Duration::from_millis(250), changes.changed()).await);
            }
        };
        tokio::time::timeout(NEWS_PATIENCE, news).await.unwrap_or(Ok(false))
    }
}
