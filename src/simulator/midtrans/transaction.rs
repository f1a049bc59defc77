//! One charge: what may happen to it, and how answers and notices describe it.

use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::{Map, Value, json};
use url::Url;
use uuid::Uuid;

use super::clock::wib;
use super::instructions::Instructions;
use super::payment_method::PaymentMethod;

#[derive(Debug, Clone)]
pub(super) struct Transaction {
    pub(super) transaction_id: String,
    pub(super) order_id: String,
    pub(super) merchant_id: String,
    pub(super) gross_amount: i64,
    pub(super) method: PaymentMethod,
    pub(super) instructions: Instructions,
    pub(super) status: Status,
    pub(super) challenged: bool,
    pub(super) created_at: DateTime<Utc>,
    pub(super) expires_at: DateTime<Utc>,
    pub(super) settled_at: Option<DateTime<Utc>>,
    /// Set when the payer sent another sum than was asked.
    pub(super) payment_amounts: Vec<(DateTime<Utc>, i64)>,
    pub(super) refunds: Vec<Refund>,
    /// What the payers' banks dispute, in whole rupiah, part by part.
    pub(super) chargebacks: Vec<(DateTime<Utc>, i64)>,
    /// `custom_field1..3` and `metadata`, as they came.
    pub(super) echoes: Map<String, Value>,
    pub(super) notify_urls: Vec<Url>,
    pub(super) finish_url: Option<Url>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Status {
    Pending,
    Capture,
    Settlement,
    Deny,
    Cancel,
    Expire,
    Refund,
    PartialRefund,
    Chargeback,
    PartialChargeback,
}

#[derive(Debug, Clone)]
pub(super) struct Refund {
    pub(super) id: u32,
    pub(super) uuid: Uuid,
    pub(super) key: String,
    pub(super) amount: i64,
    pub(super) reason: Option<String>,
    pub(super) created_at: DateTime<Utc>,
    pub(super) bank_confirmed_at: Option<DateTime<Utc>>,
}

/// Something that happens at the bank or at the shop's request.
#[derive(Debug, Clone)]
pub(super) enum Change {
    /// With `Some`, the payer sends another sum than was asked, in whole rupiah.
    Pay(Option<i64>),
    /// As [`Change::Pay`], after the charge had ended or its payment was taken back.
    PayAfterAll(Option<i64>),
    Deny,
    Expire,
    Cancel,
    Reverse {
        any_method: bool,
    },
    Challenge,
    Approve,
    Reject,
    Refund {
        key: Option<String>,
        amount: Option<i64>,
        reason: Option<String>,
    },
    /// With `Some`, only this part is disputed, in whole rupiah.
    Chargeback(Option<i64>),
}

/// Why a change does not happen; each has its code in the answer's body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Refusal {
    StatusCannotChange,
    RefundAmount,
    RefundKeyUsed,
}

impl Transaction {
    pub(super) fn apply(&mut self, change: Change, now: DateTime<Utc>) -> Result<(), Refusal> {
        use Status::{Cancel, Capture, Deny, Expire, Pending, Settlement};
        let undecided = self.status == Capture && self.challenged;
        let next = match (change, self.status) {
            (Change::Pay(sent), Pending) => {
                self.payment_amounts.extend(sent.map(|amount| (now, amount)));
                if self.method == PaymentMethod::Card { Capture } else { Settlement }
            }
            // A captured card settles the next day.
            (Change::Pay(None), Capture) if !self.challenged => Settlement,
            (Change::PayAfterAll(sent), Deny | Cancel | Expire) => {
                self.payment_amounts.extend(sent.map(|amount| (now, amount)));
                self.settled_at = Some(now);
                Settlement
            }
            (Change::Deny, Pending) => Deny,
            (Change::Expire, Pending) => Expire,
            (Change::Cancel, Pending | Capture) => Cancel,
            (Change::Reverse { any_method }, Settlement) if any_method || self.method.may_reverse() => Deny,
            (Change::Challenge, Pending) => {
                self.challenged = true;
                Capture
            }
            (Change::Approve, Capture) if undecided => {
                self.challenged = false;
                Capture
            }
            (Change::Deny | Change::Reject, Capture) if undecided => Deny,
            (Change::Chargeback(part), Settlement | Capture | Status::PartialChargeback) => {
                self.dispute(part, now)?
            }
            (Change::Refund { key, amount, reason }, _) => self.refund(key, amount, reason, now)?,
            _ => return Err(Refusal::StatusCannotChange),
        };
        if next == Settlement && self.settled_at.is_none() {
            self.settled_at = Some(now);
        }
        self.status = next;
        Ok(())
    }

    /// The second notice of a refund says when the bank confirmed it.
    pub(super) fn confirm_refunds(&mut self, now: DateTime<Utc>) {
        for refund in &mut self.refunds {
            refund.bank_confirmed_at.get_or_insert(now);
        }
    }

    /// The code that accompanies the status in notices.
    pub(super) fn notice_code(&self) -> &'static str {
        match self.status {
            Status::Pending => "201",
            Status::Capture if self.challenged => "201",
            Status::Deny | Status::Cancel | Status::Expire => "202",
            _ => "200",
        }
    }

    /// The code in the answer to GET status: asking about an expired payment answers 407.
    pub(super) fn answer_code(&self) -> &'static str {
        match self.status {
            Status::Expire => "407",
            Status::Cancel => "200",
            _ => self.notice_code(),
        }
    }

    /// Where the payer goes when the payment is decided, with the state for display; ShopeePay tells none.
    pub(super) fn finish(&self) -> Option<Url> {
        let mut url = self.finish_url.clone().filter(|_| self.status != Status::Pending)?;
        let succeeded = matches!(self.status, Status::Capture | Status::Settlement);
        match self.method {
            PaymentMethod::Shopeepay => {}
            PaymentMethod::Gopay => {
                let result = if succeeded { "success" } else { "failure" };
                url.query_pairs_mut().append_pair("order_id", &self.order_id).append_pair("result", result);
            }
            _ => {
                url.query_pairs_mut()
                    .append_pair("order_id", &self.order_id)
                    .append_pair("status_code", self.notice_code())
                    .append_pair("transaction_status", self.status.name());
            }
        }
        Some(url)
    }

    /// The fields that answers and notices share, all but code, message and signature.
    pub(super) fn describe(&self) -> Map<String, Value> {
        let mut fields = self.echoes.clone();
        let mut put = |name: &str, value: Value| fields.insert(name.to_owned(), value);
        put("transaction_id", json!(self.transaction_id));
        put("order_id", json!(self.order_id));
        put("merchant_id", json!(self.merchant_id));
        put("gross_amount", json!(two_decimals(self.gross_amount)));
        put("currency", json!("IDR"));
        put("payment_type", json!(self.method.payment_type()));
        put("transaction_time", json!(wib(self.created_at)));
        put("transaction_status", json!(self.status));
        put("expiry_time", json!(wib(self.expires_at)));
        if self.method.has_fraud_status() {
            put("fraud_status", json!(if self.challenged { "challenge" } else { "accept" }));
        }
        if let Some(settled_at) = self.settled_at {
            put("settlement_time", json!(wib(settled_at)));
        }
        for (name, value) in &self.instructions.in_status {
            put(name, value.clone());
        }
        self.describe_payment(&mut fields);
        self.describe_refunds(&mut fields);
        fields
    }

    /// What only a payment brings: the sum that came, and the acquirer's marks.
    fn describe_payment(&self, fields: &mut Map<String, Value>) {
        if self.method.virtual_account().is_some() && self.method != PaymentMethod::PermataVa
            || !self.payment_amounts.is_empty()
        {
            let amounts: Vec<Value> = self
                .payment_amounts
                .iter()
                .map(|(paid_at, amount)| json!({"paid_at": wib(*paid_at), "amount": two_decimals(*amount)}))
                .collect();
            fields.insert("payment_amounts".to_owned(), json!(amounts));
        }
        let paid = self.settled_at.is_some() || self.status == Status::Capture;
        let marks = match self.method {
            _ if !paid => return,
            PaymentMethod::QrisGopay => json!({"transaction_type": "off-us", "issuer": "dana"}),
            PaymentMethod::QrisShopee => json!({"transaction_type": "on-us", "issuer": "airpay shopee",
                "shopeepay_reference_number": &self.transaction_id[..8], "reference_id": &self.transaction_id}),
            PaymentMethod::Gopay => json!({"payment_option_type": "GOPAY_WALLET"}),
            PaymentMethod::Shopeepay => json!({"shopeepay_reference_number": &self.transaction_id[..8],
                "reference_id": &self.transaction_id}),
            PaymentMethod::Indomaret => json!({"approval_code": &self.transaction_id[..8]}),
            PaymentMethod::Card => {
                json!({"masked_card": "48111111-1114", "bank": "bni", "card_type": "credit",
                "approval_code": &self.transaction_id[..8], "channel_response_code": "00",
                "channel_response_message": "Approved", "eci": "05"})
            }
            _ => return,
        };
        if let Value::Object(marks) = marks {
            fields.extend(marks);
        }
    }

    fn describe_refunds(&self, fields: &mut Map<String, Value>) {
        if self.refunds.is_empty() && self.chargebacks.is_empty() {
            return;
        }
        // Midtrans lists both as `refund_chargeback`; a dispute has no key of the shop's.
        let first = self.refunds.len() + 1;
        let disputes = self.chargebacks.iter().zip(first..).map(|((at, amount), id)| {
            json!({
                "refund_chargeback_id": id,
                "refund_amount": two_decimals(*amount),
                "created_at": wib(*at),
                "refund_method": "chargeback",
            })
        });
        let listed: Vec<Value> = self.refunds.iter().map(Refund::describe).chain(disputes).collect();
        fields.insert("refunds".to_owned(), json!(listed));
        fields.insert("refund_amount".to_owned(), json!(two_decimals(self.refunded() + self.disputed())));
    }

    /// Disputes a part of what is left, or all of it.
    fn dispute(&mut self, part: Option<i64>, now: DateTime<Utc>) -> Result<Status, Refusal> {
        let left = self.gross_amount - self.disputed();
        let amount = part.unwrap_or(left);
        if amount < 1 || amount > left {
            return Err(Refusal::RefundAmount);
        }
        self.chargebacks.push((now, amount));
        Ok(if amount == left { Status::Chargeback } else { Status::PartialChargeback })
    }

    fn disputed(&self) -> i64 {
        self.chargebacks.iter().map(|(_, amount)| amount).sum()
    }

    fn refunded(&self) -> i64 {
        self.refunds.iter().map(|refund| refund.amount).sum()
    }

    fn refund(
        &mut self,
        key: Option<String>,
        amount: Option<i64>,
        reason: Option<String>,
        now: DateTime<Utc>,
    ) -> Result<Status, Refusal> {
        let key = key.unwrap_or_else(|| Uuid::new_v4().simple().to_string());
        if self.refunds.iter().any(|refund| refund.key == key) {
            return Err(Refusal::RefundKeyUsed);
        }
        let limits = self.method.limits();
        let age_days = self.settled_at.map(|settled_at| (now - settled_at).num_days());
        let open = matches!(self.status, Status::Settlement | Status::PartialRefund)
            && limits.refund_days.zip(age_days).is_some_and(|(window, age)| age < window);
        if !open {
            return Err(Refusal::StatusCannotChange);
        }
        let left = self.gross_amount - self.refunded();
        let amount = amount.unwrap_or(left);
        if amount < 1 || amount > left || (amount < left && !limits.partial_refund) {
            return Err(Refusal::RefundAmount);
        }
        let id = u32::try_from(self.refunds.len()).unwrap_or(u32::MAX).saturating_add(1);
        let (uuid, created_at) = (Uuid::new_v4(), now);
        self.refunds.push(Refund { id, uuid, key, amount, reason, created_at, bank_confirmed_at: None });
        Ok(if amount == left { Status::Refund } else { Status::PartialRefund })
    }
}

impl Refund {
    fn describe(&self) -> Value {
        let mut fields = json!({
            "refund_chargeback_id": self.id,
            "refund_chargeback_uuid": self.uuid,
            "refund_amount": two_decimals(self.amount),
            "created_at": wib(self.created_at),
            "refund_key": self.key,
            "refund_method": "online",
        });
        if let Some(reason) = &self.reason {
            fields["reason"] = json!(reason);
        }
        if let Some(confirmed_at) = self.bank_confirmed_at {
            fields["bank_confirmed_at"] = json!(wib(confirmed_at));
        }
        fields
    }
}

impl Status {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Capture => "capture",
            Self::Settlement => "settlement",
            Self::Deny => "deny",
            Self::Cancel => "cancel",
            Self::Expire => "expire",
            Self::Refund => "refund",
            Self::PartialRefund => "partial_refund",
            Self::Chargeback => "chargeback",
            Self::PartialChargeback => "partial_chargeback",
        }
    }
}

/// Whole rupiah as Midtrans writes them.
pub(super) fn two_decimals(amount: i64) -> String {
    format!("{amount}.00")
}
