//! A gateway that does as it is told, so that the routes can be tried without a network.

use async_trait::async_trait;
use reqwest::header::HeaderMap;

use crate::domain::attempt::GatewayOrderId;
use crate::domain::money::Currency;
use crate::domain::payment_method::{MethodOffer, PaymentInstructions, PaymentMethod, RefundWay};
use crate::domain::report::{GatewayNotice, PaymentReport, ReportedStatus};
use crate::gateways::{
    CalledOff, Charge, ChargeRequest, GatewayError, NoticeRejection, PaymentGateway, RefundRequest,
};

const OFFERS: [MethodOffer; 2] = [offer(PaymentMethod::BcaVa), offer(PaymentMethod::BniVa)];

const fn offer(method: PaymentMethod) -> MethodOffer {
    MethodOffer { method, minimum_minor: 1, maximum_minor: None, refund_way: RefundWay::ByHand }
}

/// Charges by BCA, refuses BNI, and takes notices whose body is `genuine <id>`.
#[derive(Debug)]
pub struct PretendGateway;

#[async_trait]
impl PaymentGateway for PretendGateway {
    fn methods(&self) -> &[MethodOffer] {
        &OFFERS
    }

    fn accepts(&self, currency: Currency) -> bool {
        currency == Currency::IDR
    }

    async fn charge(&self, request: &ChargeRequest) -> Result<Charge, GatewayError> {
        if request.method == PaymentMethod::BniVa {
            return Err(GatewayError::Refused { code: "402".to_owned(), reason: "not active".to_owned() });
        }
        Ok(Charge {
            transaction_id: Some("t-1".to_owned()),
            status: ReportedStatus::Pending,
            instructions: PaymentInstructions::VirtualAccount { number: "8810000000042".to_owned() },
        })
    }

    fn verify_notice(&self, _headers: &HeaderMap, body: &[u8]) -> Result<GatewayNotice, NoticeRejection> {
        let text = std::str::from_utf8(body).map_err(|_| NoticeRejection::Malformed)?;
        match text.split_once(' ') {
            Some(("genuine", id)) => Ok(GatewayNotice {
                gateway_order_id: GatewayOrderId::from_text(id),
                fingerprint: text.to_owned(),
                claimed_status: "settlement".to_owned(),
            }),
            Some(_) => Err(NoticeRejection::Forged),
            None => Err(NoticeRejection::Malformed),
        }
    }

    async fn qr_picture(&self, url: &str) -> Result<Vec<u8>, GatewayError> {
        Err(GatewayError::Unreachable(format!("nobody asks for {url}")))
    }

    async fn fetch_report(&self, id: &GatewayOrderId) -> Result<PaymentReport, GatewayError> {
        Err(GatewayError::Unreachable(format!("nobody asks about {id}")))
    }

    async fn cancel(
        &self,
        _id: &GatewayOrderId,
        _: Option<&PaymentInstructions>,
    ) -> Result<CalledOff, GatewayError> {
        Ok(CalledOff::Told)
    }

    async fn refund(&self, _request: &RefundRequest) -> Result<(), GatewayError> {
        Ok(())
    }
}
