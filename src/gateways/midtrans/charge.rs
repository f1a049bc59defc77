//! What the answer to a charge says: what the customer must do, or why there is nothing to do.

use url::Url;

use crate::gateways::{Charge, ChargeRequest, GatewayError};

use super::answer::{Answer, refusal};
use super::report::transaction_id;
use super::{amount, instructions, status};

/// Reads the answer to a charge. An answer about anything else than what was asked is no answer: the
/// pull decides what happened.
pub(super) fn read(
    request: &ChargeRequest,
    merchant_id: Option<&str>,
    api_url: &Url,
    answer: &Answer,
) -> Result<Charge, GatewayError> {
    match answer.code {
        200 | 201 => {}
        406 => return Err(GatewayError::AlreadyExists),
        // A charge that expired: it exists, and the pull says so.
        407 => return Err(GatewayError::Unreachable("unexpected code 407".to_owned())),
        _ => return Err(refusal(answer)),
    }
    let fields = &answer.fields;
    let odd = |what: &str| GatewayError::Unreachable(format!("the answer to a charge has {what}"));
    if fields.order_id.as_deref() != Some(request.id.as_str()) {
        return Err(odd("another order id"));
    }
    if fields.gross_amount.as_deref() != Some(amount::write(request.amount).as_str()) {
        return Err(odd("another amount"));
    }
    if fields.currency.as_deref().is_some_and(|currency| currency != request.amount.currency().code()) {
        return Err(odd("another currency"));
    }
    if merchant_id.is_some() && fields.merchant_id.as_deref() != merchant_id {
        return Err(odd("another merchant"));
    }
    let status = fields.transaction_status.as_deref().ok_or_else(|| odd("no status"))?;
    Ok(Charge {
        transaction_id: transaction_id(fields)?,
        status: status::read(status, fields.fraud_status.as_deref()),
        instructions: instructions::asked(request.method, fields, api_url)
            .ok_or_else(|| odd("no instructions"))?,
    })
}

#[cfg(test)]
mod tests;
