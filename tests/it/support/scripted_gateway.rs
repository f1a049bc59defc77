//! A gateway that says what the story tells it to, for stories about our own books.

#![expect(clippy::unwrap_used, reason = "a story that cannot go on fails")]

use std::collections::HashMap;
use std::sync::Mutex;

use async_trait::async_trait;
use reqwest::header::HeaderMap;
use tautan::domain::attempt::GatewayOrderId;
use tautan::domain::money::{Currency, Money};
use tautan::domain::payment_method::{MethodOffer, PaymentInstructions, PaymentMethod, RefundWay};
use tautan::domain::report::{GatewayNotice, PaymentReport, ReportedStatus};
use tautan::gateways::{Charge, ChargeRequest, GatewayError, NoticeRejection, PaymentGateway, RefundRequest};

const OFFERS: [MethodOffer; 2] = [offer(PaymentMethod::BcaVa), offer(PaymentMethod::Qris)];

/// What it says about each charge.
#[derive(Debug, Default)]
pub struct ScriptedGateway {
    reports: Mutex<HashMap<GatewayOrderId, PaymentReport>>,
}

impl ScriptedGateway {
    /// From now on the charge stands like this.
    pub fn says(&self, id: &GatewayOrderId, status: ReportedStatus) {
        self.changes(id, |report| report.status = status);
    }

    /// Changes what is said about a charge.
    pub fn changes(&self, id: &GatewayOrderId, change: impl FnOnce(&mut PaymentReport)) {
        change(self.reports.lock().unwrap().get_mut(id).expect("a charge that was made"));
    }
}

#[async_trait]
impl PaymentGateway for ScriptedGateway {
    fn methods(&self) -> &[MethodOffer] {
        &OFFERS
    }

    fn accepts(&self, currency: Currency) -> bool {
        currency.code() == "IDR"
    }

    async fn charge(&self, request: &ChargeRequest) -> Result<Charge, GatewayError> {
        let transaction_id = Some(format!("transaction of {}", request.id));
        let report = PaymentReport {
            transaction_id: transaction_id.clone(),
            ..report(&request.id, ReportedStatus::Pending, Some(request.amount))
        };
        self.reports.lock().unwrap().insert(request.id.clone(), report);
        let instructions = PaymentInstructions::VirtualAccount { number: "1234567890".to_owned() };
        Ok(Charge { transaction_id, status: ReportedStatus::Pending, instructions })
    }

    fn verify_notice(&self, _: &HeaderMap, _: &[u8]) -> Result<GatewayNotice, NoticeRejection> {
        Err(NoticeRejection::Forged)
    }

    async fn fetch_report(&self, id: &GatewayOrderId) -> Result<PaymentReport, GatewayError> {
        let known = self.reports.lock().unwrap().get(id).cloned();
        Ok(known.unwrap_or_else(|| report(id, ReportedStatus::NotFound, None)))
    }

    async fn cancel(&self, id: &GatewayOrderId) -> Result<(), GatewayError> {
        if let Some(report) = self.reports.lock().unwrap().get_mut(id)
            && report.status == ReportedStatus::Pending
        {
            report.status = ReportedStatus::Cancel;
        }
        Ok(())
    }

    async fn refund(&self, _: &RefundRequest) -> Result<(), GatewayError> {
        Ok(())
    }
}

const fn offer(method: PaymentMethod) -> MethodOffer {
    MethodOffer { method, minimum_minor: 1, maximum_minor: None, refund_way: RefundWay::ByHand }
}

/// What a gateway says about a charge when there is nothing special about it.
pub fn report(id: &GatewayOrderId, status: ReportedStatus, charged: Option<Money>) -> PaymentReport {
    PaymentReport {
        gateway_order_id: id.clone(),
        transaction_id: None,
        status,
        charged,
        received: charged,
        merchant_matches: true,
        settled_at: None,
        returned_minor: None,
        refunds: Vec::new(),
        instructions: None,
    }
}
