//! What we ask of Midtrans: the bodies of a charge and of a refund.

use chrono::{DateTime, FixedOffset, Utc};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::domain::money::{Currency, Money};
use crate::domain::payment_method::PaymentMethod;
use crate::gateways::{ChargeLine, ChargeRequest, GatewayError, RefundRequest};

use super::customer::{self, cut};

/// Western Indonesia's offset in seconds: Midtrans' clock, without daylight saving.
pub(super) const WIB_SECONDS: i32 = 7 * 60 * 60;

/// The most characters of an item's name.
const ITEM_NAME_MAX: usize = 50;
/// How much of the item's name a Mandiri machine shows.
const BILL_TEXT_MAX: usize = 30;
/// The most characters of what a counter's slip says.
const COUNTER_TEXT_MAX: usize = 20;
/// The most characters of a reason for a refund.
const REASON_MAX: usize = 255;
/// Midtrans takes no shorter life of a charge, in seconds.
const LIFE_SECONDS_MIN: i64 = 20;

/// The body of a charge.
pub(super) fn charge_body(request: &ChargeRequest) -> Result<Value, GatewayError> {
    let mut body = base(request)?;
    body["custom_expiry"] = custom_expiry(request.asked_at, request.pay_by)?;
    let (payment_type, detail) = match request.method {
        PaymentMethod::Qris => ("qris", json!({ "acquirer": "gopay" })),
        // The label in front of the name stands on Indonesian machines, at most ten characters.
        PaymentMethod::MandiriBill => (
            "echannel",
            json!({
                "bill_info1": "Pembelian:",
                "bill_info2": cut(request.item_name.as_str(), BILL_TEXT_MAX),
            }),
        ),
        PaymentMethod::Gopay => {
            ("gopay", json!({ "enable_callback": true, "callback_url": request.return_to.as_str() }))
        }
        PaymentMethod::Shopeepay => ("shopeepay", json!({ "callback_url": request.return_to.as_str() })),
        PaymentMethod::Indomaret | PaymentMethod::Alfamart => (
            "cstore",
            json!({
                "store": request.method.code(),
                "message": cut(&without_bars(request.item_name.as_str()), COUNTER_TEXT_MAX),
            }),
        ),
        PaymentMethod::Card | PaymentMethod::Kredivo | PaymentMethod::Akulaku => {
            return Err(refused_here("this method has a page of its own"));
        }
        PaymentMethod::BcaVa
        | PaymentMethod::BniVa
        | PaymentMethod::BriVa
        | PaymentMethod::PermataVa
        | PaymentMethod::CimbVa => ("bank_transfer", json!({ "bank": bank(request.method) })),
    };
    body["payment_type"] = payment_type.into();
    body[payment_type] = detail;
    Ok(body)
}

/// What every charge says: which, how much, what for and by whom.
pub(super) fn base(request: &ChargeRequest) -> Result<Value, GatewayError> {
    if !is_order_id(request.id.as_str()) {
        return Err(refused_here("the charge's id is not one that Midtrans takes"));
    }
    let amount = rupiah(request.amount)?;
    Ok(json!({
        "transaction_details": { "order_id": request.id.as_str(), "gross_amount": amount },
        "item_details": item_details(request, amount),
        "customer_details": customer::details(&request.customer, request.method),
    }))
}

/// Alfamart's counters read a bar as the end of a name.
fn without_bars(name: &str) -> String {
    name.replace('|', "/")
}

/// The lines of the amount, which Midtrans adds up (T22); one line where they would not come to it.
fn item_details(request: &ChargeRequest, amount: i64) -> Vec<Value> {
    let sum = request.lines.iter().try_fold(0i64, |sum, line| {
        let of_line = line.unit_price.minor().checked_mul(line.pieces)?;
        sum.checked_add(of_line).filter(|_| line.unit_price.currency() == Currency::IDR && line.pieces >= 1)
    });
    let detail = |id: usize, name: &str, price: i64, pieces: i64| json!({ "id": id.to_string(), "name": cut(&without_bars(name), ITEM_NAME_MAX), "price": price, "quantity": pieces });
    if sum != Some(amount) {
        return vec![detail(1, request.item_name.as_str(), amount, 1)];
    }
    let line =
        |(id, line): (usize, &ChargeLine)| detail(id, &line.name, line.unit_price.minor(), line.pieces);
    (1..).zip(&request.lines).map(line).collect()
}

/// The body of a refund.
pub(super) fn refund_body(request: &RefundRequest) -> Result<Value, GatewayError> {
    let is_key = |byte: u8| byte.is_ascii_alphanumeric() || b"-_".contains(&byte);
    if request.key.is_empty() || !request.key.bytes().all(is_key) {
        return Err(refused_here("the refund's key is not one that Midtrans takes"));
    }
    Ok(json!({
        "refund_key": request.key,
        "amount": rupiah(request.amount)?,
        "reason": cut(&request.reason, REASON_MAX),
    }))
}

/// Midtrans' name of the bank behind a virtual account; empty for what is none.
pub(super) const fn bank(method: PaymentMethod) -> &'static str {
    match method {
        PaymentMethod::BcaVa => "bca",
        PaymentMethod::BniVa => "bni",
        PaymentMethod::BriVa => "bri",
        PaymentMethod::PermataVa => "permata",
        PaymentMethod::CimbVa => "cimb",
        _ => "",
    }
}

/// The same for the same operation, so that a repeat is known as one, and another for every other:
/// Midtrans shares keys between all its addresses, and gives the old answer whatever the body says.
pub(super) fn idempotency_key(operation: &[&str]) -> Uuid {
    let mut hash = Sha256::new();
    for part in ["tautan"].iter().chain(operation) {
        // The length keeps two lists of parts apart that read the same when joined.
        hash.update(part.len().to_be_bytes());
        hash.update(part);
    }
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&hash.finalize()[..16]);
    uuid::Builder::from_custom_bytes(bytes).into_uuid()
}

/// Whether Midtrans takes a text as an order id: 1 to 50 of `A-Za-z0-9-_~.`. Names that mean a folder in
/// an address are no ids.
pub(super) fn is_order_id(text: &str) -> bool {
    let is_allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"-_~.".contains(&byte);
    (1..=50).contains(&text.len()) && text.bytes().all(is_allowed) && text != "." && text != ".."
}

/// A "no" of our own: the request could not succeed, so it was not sent.
pub(super) fn refused_here(reason: &str) -> GatewayError {
    GatewayError::Refused { code: "unsent".to_owned(), reason: reason.to_owned() }
}

fn rupiah(amount: Money) -> Result<i64, GatewayError> {
    let payable = amount.currency() == Currency::IDR && amount.minor() > 0;
    payable.then_some(amount.minor()).ok_or_else(|| refused_here("Midtrans takes whole rupiah only"))
}

/// Counted from when the charge was asked for, so that a repeat means the same end.
fn custom_expiry(asked_at: DateTime<Utc>, pay_by: DateTime<Utc>) -> Result<Value, GatewayError> {
    let seconds = pay_by.timestamp() - asked_at.timestamp();
    if seconds < LIFE_SECONDS_MIN {
        return Err(refused_here("too little time is left to pay"));
    }
    let (duration, unit) = if seconds % 60 == 0 { (seconds / 60, "minute") } else { (seconds, "second") };
    Ok(json!({ "order_time": in_wib(asked_at)?, "expiry_duration": duration, "unit": unit }))
}

/// An instant as Midtrans' requests write it, by its own clock.
pub(super) fn in_wib(instant: DateTime<Utc>) -> Result<String, GatewayError> {
    let wib = FixedOffset::east_opt(WIB_SECONDS).ok_or_else(|| refused_here("the clock has no such zone"))?;
    Ok(instant.with_timezone(&wib).format("%Y-%m-%d %H:%M:%S %z").to_string())
}

#[cfg(test)]
mod tests;
