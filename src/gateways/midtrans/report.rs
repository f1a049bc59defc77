//! What the answer to "where does it stand?" says.

use chrono::{DateTime, FixedOffset, NaiveDateTime, Utc};

use crate::domain::attempt::GatewayOrderId;
use crate::domain::money::{Currency, Money};
use crate::domain::report::{PaymentReport, ReportedRefund, ReportedStatus};
use crate::gateways::GatewayError;

use super::answer::{Answer, Fields, refusal};
use super::request::WIB_SECONDS;
use super::{amount, instructions, status};

/// The most characters of Midtrans' own id; today's are UUIDs of 36.
const TRANSACTION_ID_MAX: usize = 64;

/// Reads the answer about a charge of ours. Amounts, currency and merchant are reported as told, for the
/// rules to judge; an answer about another charge, or one that cannot be read in full, is no report.
pub(super) fn read(
    id: &GatewayOrderId,
    merchant_id: Option<&str>,
    answer: &Answer,
) -> Result<PaymentReport, GatewayError> {
    let fields = &answer.fields;
    match answer.code {
        404 => return Ok(not_found(id)),
        // 407 is said of a charge whose time is over, 202 of one that was refused or called off.
        200 | 201 | 202 | 407 => {}
        _ => return Err(refusal(answer)),
    }
    let odd = |what: &str| GatewayError::Unreachable(format!("the report has {what}"));
    if fields.order_id.as_deref() != Some(id.as_str()) {
        return Err(odd("another order id"));
    }
    let status = fields.transaction_status.as_deref().ok_or_else(|| odd("no status"))?;
    let currency = fields.currency.as_deref().and_then(Currency::parse);
    let charged = currency.zip(fields.gross_amount.as_deref());
    Ok(PaymentReport {
        gateway_order_id: id.clone(),
        transaction_id: transaction_id(fields)?,
        status: status::read(status, fields.fraud_status.as_deref()),
        charged: charged.and_then(|(currency, amount)| amount::read(amount, currency)),
        received: received(fields, currency)?,
        merchant_matches: merchant_id.is_none() || fields.merchant_id.as_deref() == merchant_id,
        settled_at: fields.settlement_time.as_deref().and_then(read_time),
        returned_minor: returned(fields, currency)?.map(Money::minor),
        refunds: refunds(fields, currency),
        instructions: instructions::repeated(fields),
    })
}

/// Midtrans' own id. Payments are bound to it, so an odd one makes the whole answer unreadable instead of
/// passing as absent.
pub(super) fn transaction_id(fields: &Fields) -> Result<Option<String>, GatewayError> {
    match &fields.transaction_id {
        Some(id) if id.len() > TRANSACTION_ID_MAX || !id.bytes().all(|byte| byte.is_ascii_graphic()) => {
            Err(GatewayError::Unreachable("the answer has an odd transaction id".to_owned()))
        }
        id => Ok(id.clone()),
    }
}

fn not_found(id: &GatewayOrderId) -> PaymentReport {
    PaymentReport {
        gateway_order_id: id.clone(),
        transaction_id: None,
        status: ReportedStatus::NotFound,
        charged: None,
        received: None,
        merchant_matches: true,
        settled_at: None,
        returned_minor: None,
        refunds: Vec::new(),
        instructions: None,
    }
}

/// The sum of the payments that are listed; `None` without any.
fn received(fields: &Fields, currency: Option<Currency>) -> Result<Option<Money>, GatewayError> {
    sum(fields.payment_amounts.iter().flatten().map(|payment| payment.amount.as_deref()), currency)
}

/// The sum that is told, or that of the refunds that are listed; `None` without any.
fn returned(fields: &Fields, currency: Option<Currency>) -> Result<Option<Money>, GatewayError> {
    match fields.refund_amount.as_deref() {
        Some(amount) => sum([Some(amount)].into_iter(), currency),
        None => sum(fields.refunds.iter().flatten().map(|refund| refund.refund_amount.as_deref()), currency),
    }
}

/// The refunds that are listed with a key. Their amounts are summed elsewhere, so one without is left out.
fn refunds(fields: &Fields, currency: Option<Currency>) -> Vec<ReportedRefund> {
    let read = |refund: &super::answer::Refund| {
        let amount = amount::read_listed(refund.refund_amount.as_deref()?, currency?)?;
        Some(ReportedRefund {
            key: refund.refund_key.clone()?,
            amount_minor: amount.minor(),
            bank_confirmed_at: refund.bank_confirmed_at.as_deref().and_then(read_time),
        })
    };
    fields.refunds.iter().flatten().filter_map(read).collect()
}

/// A sum with an unreadable part is not a smaller sum, so it is an error. Without a currency nothing can
/// be summed, and `charged` will not match either.
fn sum<'a>(
    amounts: impl Iterator<Item = Option<&'a str>>,
    currency: Option<Currency>,
) -> Result<Option<Money>, GatewayError> {
    let Some(currency) = currency else { return Ok(None) };
    let mut total = None;
    for amount in amounts {
        let money = amount.and_then(|amount| amount::read_listed(amount, currency));
        let earlier = total.unwrap_or(Money::new(0, currency));
        let Some(more) = money.and_then(|money| earlier.checked_add(money)) else {
            return Err(GatewayError::Unreachable("the report has an unreadable amount".to_owned()));
        };
        total = Some(more);
    }
    Ok(total)
}

/// Midtrans prints Western Indonesian time without saying so.
fn read_time(text: &str) -> Option<DateTime<Utc>> {
    let local = NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M:%S").ok()?;
    let zoned = local.and_local_timezone(FixedOffset::east_opt(WIB_SECONDS)?).single()?;
    Some(zoned.with_timezone(&Utc))
}

#[cfg(test)]
mod tests;
