//! Who pays a charge that is only practice: the simulated bank by itself, or a person on the page that
//! Midtrans offers for its sandbox.

use std::time::Duration;

use reqwest::{Client, StatusCode, header, redirect};
use url::Url;

use super::GatewayError;
use crate::domain::attempt::GatewayOrderId;
use crate::domain::payment_method::{PaymentInstructions, PaymentMethod};

/// How long the simulated bank may take. It is in this process.
const PATIENCE: Duration = Duration::from_secs(5);

/// Where Midtrans lets a person pay a sandbox charge. No program can do that in the person's place.
const SANDBOX_PAGES: &str = "https://simulator.sandbox.midtrans.com";

/// The simulated bank, as a payer reaches it.
#[derive(Debug, Clone)]
pub struct PracticeBank {
    url: Url,
    http: Client,
}

impl PracticeBank {
    /// The bank at this address, under which its pages are.
    ///
    /// # Errors
    /// When the system has no sockets to give.
    pub fn new(url: Url) -> reqwest::Result<Self> {
        let http = Client::builder()
            .connect_timeout(PATIENCE)
            .timeout(PATIENCE)
            .redirect(redirect::Policy::none())
            .no_proxy()
            .build()?;
        Ok(Self { url, http })
    }

    /// Pays a charge, as its customer would on the bank's page. Once it is paid, nothing happens.
    ///
    /// # Errors
    /// [`GatewayError::Refused`] when the bank knows no such charge, since it forgets them when its process
    /// ends; [`GatewayError::Unreachable`] when it does not answer.
    pub async fn pay(&self, id: &GatewayOrderId) -> Result<(), GatewayError> {
        let mut url = self.url.clone();
        if let Ok(mut segments) = url.path_segments_mut() {
            segments.pop_if_empty().extend(["bank", id.as_str(), "pay"]);
        }
        let unreachable = |error: reqwest::Error| GatewayError::Unreachable(error.without_url().to_string());
        let answer = self.http.post(url).header(header::CONTENT_LENGTH, "0").send().await;
        let status = answer.map_err(unreachable)?.status();
        // The bank's page shows what became of the charge, also when it was paid before.
        if status.is_redirection() {
            return Ok(());
        }
        if status == StatusCode::NOT_FOUND {
            let reason = "no such charge".to_owned();
            return Err(GatewayError::Refused { code: status.as_str().to_owned(), reason });
        }
        Err(GatewayError::Unreachable(format!("the simulated bank answered {status}")))
    }
}

/// The page of Midtrans' where a sandbox charge of this method is paid by hand: where the charge itself leads,
/// if it leads anywhere.
#[must_use]
pub fn sandbox_page(method: PaymentMethod, instructions: Option<&PaymentInstructions>) -> Url {
    let own = match instructions {
        Some(PaymentInstructions::Deeplink { url, .. } | PaymentInstructions::Redirect { url }) => {
            Url::parse(url).ok().filter(|url| url.scheme() == "https")
        }
        _ => None,
    };
    own.unwrap_or_else(|| simulator(method))
}

#[expect(clippy::expect_used, reason = "a test reads the address of every method")]
fn simulator(method: PaymentMethod) -> Url {
    let path = match method {
        PaymentMethod::Qris => "/v2/qris/index",
        PaymentMethod::BcaVa => "/bca/va/index",
        PaymentMethod::BniVa => "/bni/va/index",
        PaymentMethod::BriVa | PaymentMethod::PermataVa | PaymentMethod::CimbVa => "/openapi/va/index",
        PaymentMethod::MandiriBill => "/openapi/va/index?bank=mandiri",
        PaymentMethod::Gopay | PaymentMethod::Shopeepay => "/v2/deeplink/index",
        PaymentMethod::Indomaret => "/indomaret/phoenix/index",
        PaymentMethod::Alfamart => "/alfamart/index",
        PaymentMethod::Card | PaymentMethod::Kredivo | PaymentMethod::Akulaku => "/",
    };
    Url::parse(&format!("{SANDBOX_PAGES}{path}")).expect("an address of ours")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_method_has_a_page_to_practise_on() {
        for method in PaymentMethod::ALL {
            let page = sandbox_page(method, None);
            assert_eq!(page.host_str(), Some("simulator.sandbox.midtrans.com"), "{method:?}");
        }
    }

    #[test]
    fn a_charge_that_leads_somewhere_is_paid_there() {
        let page = |url: &str| {
            let instructions = PaymentInstructions::Redirect { url: url.to_owned() };
            sandbox_page(PaymentMethod::Card, Some(&instructions)).to_string()
        };
        assert_eq!(
            page("https://app.sandbox.midtrans.com/snap/x"),
            "https://app.sandbox.midtrans.com/snap/x"
        );
        assert_eq!(page("javascript:alert(1)"), "https://simulator.sandbox.midtrans.com/");
    }
}
