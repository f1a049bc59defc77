//! A gateway that says what the story tells it to, for stories about our own books.

#![expect(clippy::unwrap_used, reason = "a story that cannot go on fails")]

use std::collections::{HashMap, VecDeque};
use std::sync::Mutex;

use async_trait::async_trait;
use chrono::TimeDelta;
use reqwest::header::HeaderMap;
use tautan::domain::attempt::GatewayOrderId;
use tautan::domain::money::{Currency, Money};
use tautan::domain::payment_method::{MethodOffer, PaymentInstructions, PaymentMethod, RefundWay};
use tautan::domain::report::{GatewayNotice, PaymentReport, ReportedStatus};
use tautan::gateways::{
    CalledOff, Charge, ChargeRequest, GatewayError, NoticeRejection, PaymentGateway, RefundRequest,
};
use tokio::sync::Notify;

/// The most that a QRIS code takes, in rupiah.
pub const QRIS_MAXIMUM: i64 = 10_000_000;

const OFFERS: [MethodOffer; 2] = [
    MethodOffer {
        method: PaymentMethod::BcaVa,
        minimum_minor: 1,
        maximum_minor: None,
        refund_way: RefundWay::ByHand,
    },
    MethodOffer {
        method: PaymentMethod::Qris,
        minimum_minor: 1,
        maximum_minor: Some(QRIS_MAXIMUM),
        refund_way: RefundWay::AtGateway { window: TimeDelta::days(7), partial: true },
    },
];

/// What it says about each charge.
#[derive(Debug, Default)]
pub struct ScriptedGateway {
    charges: Mutex<Charges>,
    /// Rings when somebody asks for a charge that is kept waiting.
    pub asked: Notify,
    /// Lets one charge that is kept waiting go on.
    pub go_on: Notify,
}

#[derive(Debug, Default)]
struct Charges {
    reports: HashMap<GatewayOrderId, PaymentReport>,
    script: VecDeque<ChargeConduct>,
    asked: usize,
    mood: Mood,
    refunds: Mood,
    calls_nothing_off: bool,
}

/// How it takes to be asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Mood {
    /// It answers them.
    #[default]
    Open,
    /// It does not answer.
    Mute,
    /// It answers that it will not say.
    Refusing,
    /// It wants to be left alone for so many seconds.
    Overrun(i64),
}

/// What becomes of the next charge that is asked for.
#[derive(Debug, Clone)]
pub enum ChargeConduct {
    /// The answer is lost and nothing was made.
    Lost,
    /// The answer is lost; the charge was made and stands like this, told with its number or without.
    Made(ReportedStatus, Option<PaymentInstructions>),
    /// It waits until the story goes on.
    Waits,
}

impl ScriptedGateway {
    /// From now on the charge stands like this.
    pub fn says(&self, id: &GatewayOrderId, status: ReportedStatus) {
        self.changes(id, |report| report.status = status);
    }

    /// Changes what is said about a charge.
    pub fn changes(&self, id: &GatewayOrderId, change: impl FnOnce(&mut PaymentReport)) {
        change(self.charges.lock().unwrap().reports.get_mut(id).expect("a charge that was made"));
    }

    /// What becomes of the next charges, one after another; those that follow go well.
    pub fn will(&self, script: impl IntoIterator<Item = ChargeConduct>) {
        self.charges.lock().unwrap().script.extend(script);
    }

    /// How it takes questions from now on.
    pub fn is(&self, mood: Mood) {
        self.charges.lock().unwrap().mood = mood;
    }

    /// How it takes it to be asked for money back.
    pub fn takes_refunds(&self, mood: Mood) {
        self.charges.lock().unwrap().refunds = mood;
    }

    /// From now on it refuses to call charges off.
    pub fn calls_nothing_off(&self) {
        self.charges.lock().unwrap().calls_nothing_off = true;
    }

    /// How often it was asked to charge.
    pub fn charges_asked(&self) -> usize {
        self.charges.lock().unwrap().asked
    }
}

/// The number that it gives to each charge.
pub fn number() -> PaymentInstructions {
    PaymentInstructions::VirtualAccount { number: "1234567890".to_owned() }
}

impl Mood {
    fn answer(self) -> Result<(), GatewayError> {
        match self {
            Self::Open => Ok(()),
            Self::Mute => Err(silence()),
            Self::Overrun(seconds) => {
                Err(GatewayError::TooManyRequests { retry_after: TimeDelta::seconds(seconds) })
            }
            Self::Refusing => {
                Err(GatewayError::Refused { code: "403".to_owned(), reason: "not now".to_owned() })
            }
        }
    }
}

fn silence() -> GatewayError {
    GatewayError::Unreachable("no answer".to_owned())
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
        let conduct = {
            let mut charges = self.charges.lock().unwrap();
            charges.asked += 1;
            charges.script.pop_front()
        };
        let (status, instructions) = match conduct {
            None => (ReportedStatus::Pending, None),
            Some(ChargeConduct::Lost) => return Err(silence()),
            Some(ChargeConduct::Made(status, ref instructions)) => (status, instructions.clone()),
            Some(ChargeConduct::Waits) => {
                self.asked.notify_one();
                self.go_on.notified().await;
                (ReportedStatus::Pending, None)
            }
        };
        let transaction_id = Some(format!("transaction of {}", request.id));
        let report = PaymentReport {
            transaction_id: transaction_id.clone(),
            instructions,
            ..report(&request.id, status, Some(request.amount))
        };
        self.charges.lock().unwrap().reports.insert(request.id.clone(), report);
        if let Some(ChargeConduct::Made(..)) = conduct {
            return Err(silence());
        }
        Ok(Charge { transaction_id, status, instructions: number() })
    }

    fn verify_notice(&self, _: &HeaderMap, _: &[u8]) -> Result<GatewayNotice, NoticeRejection> {
        Err(NoticeRejection::Forged)
    }

    async fn qr_picture(&self, _: &str) -> Result<Vec<u8>, GatewayError> {
        Err(silence())
    }

    async fn fetch_report(&self, id: &GatewayOrderId) -> Result<PaymentReport, GatewayError> {
        let charges = self.charges.lock().unwrap();
        charges.mood.answer()?;
        let known = charges.reports.get(id).cloned();
        Ok(known.unwrap_or_else(|| report(id, ReportedStatus::NotFound, None)))
    }

    async fn cancel(
        &self,
        id: &GatewayOrderId,
        _: Option<&PaymentInstructions>,
    ) -> Result<CalledOff, GatewayError> {
        let mut charges = self.charges.lock().unwrap();
        if charges.calls_nothing_off {
            return Err(GatewayError::Refused { code: "410".to_owned(), reason: "not now".to_owned() });
        }
        if let Some(report) = charges.reports.get_mut(id)
            && report.status == ReportedStatus::Pending
        {
            report.status = ReportedStatus::Cancel;
        }
        Ok(CalledOff::Told)
    }

    async fn refund(&self, _: &RefundRequest) -> Result<(), GatewayError> {
        self.charges.lock().unwrap().refunds.answer()
    }
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
