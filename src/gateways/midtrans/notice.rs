//! Tells Midtrans' notices from forged ones.
//!
//! The signature covers the order id, the code, the amount and our key, joined without marks between
//! them, and **not** the status. So the shapes are checked before the hash, and even a genuine notice is
//! only a hint that asking is worth while.

mod unique_object;

use sha2::{Digest, Sha256, Sha512};
use subtle::Choice;

use crate::domain::attempt::GatewayOrderId;
use crate::domain::report::GatewayNotice;
use crate::domain::secret::Secret;
use crate::gateways::NoticeRejection;

use self::unique_object::{Field, UniqueObject};
use super::answer::read_code;
use super::request::is_order_id;
use super::{amount, status};

/// The most bytes of a notice; Midtrans' own have a few kilobytes.
const NOTICE_BYTES_MAX: usize = 256 * 1024;
/// The length of a SHA-512, in bytes.
const SIGNATURE_BYTES: usize = 64;

/// Reads a notice that was signed with the key.
pub(super) fn verify(server_key: &str, body: &[u8]) -> Result<GatewayNotice, NoticeRejection> {
    if body.len() > NOTICE_BYTES_MAX {
        return Err(NoticeRejection::Malformed);
    }
    let UniqueObject(fields) = serde_json::from_slice(body).map_err(|_| NoticeRejection::Malformed)?;
    let text = |name: &str| fields.get(name).and_then(Field::as_text);
    let order_id = text("order_id").filter(|id| is_order_id(id)).ok_or(NoticeRejection::Malformed)?;
    let code = text("status_code").filter(|code| read_code(code).is_some());
    let code = code.ok_or(NoticeRejection::Malformed)?;
    let amounts = fields.get("gross_amount").map(signed_amounts).unwrap_or_default();
    if amounts.is_empty() {
        return Err(NoticeRejection::Malformed);
    }
    let signature = match fields.get("signature_key") {
        Some(Field::Text(text)) => read_signature(text).ok_or(NoticeRejection::Forged)?,
        _ => return Err(NoticeRejection::Forged),
    };
    let genuine = amounts.iter().fold(Choice::from(0), |genuine, amount| {
        genuine | sign([order_id, code, amount, server_key]).compare(&signature)
    });
    if !bool::from(genuine) {
        return Err(NoticeRejection::Forged);
    }
    let claimed_status = text("transaction_status").map_or("unknown", status::known_word);
    Ok(GatewayNotice {
        gateway_order_id: GatewayOrderId::from_text(order_id),
        fingerprint: format!("{claimed_status}:{code}:{}", short_hash(text("transaction_id"))),
        claimed_status: claimed_status.to_owned(),
    })
}

/// The texts that Midtrans may have signed for an amount. A text stands for itself; a number, which one
/// of Midtrans' pages shows, may have been signed as it is written or with its two decimals.
fn signed_amounts(field: &Field) -> Vec<String> {
    match field {
        Field::Text(text) if amount::is_exact(text) => vec![text.clone()],
        Field::Number(number) => match amount::with_two_decimals(number) {
            Some(exact) => vec![exact, number.clone()],
            None => Vec::new(),
        },
        _ => Vec::new(),
    }
}

fn read_signature(text: &str) -> Option<[u8; SIGNATURE_BYTES]> {
    let mut signature = [0; SIGNATURE_BYTES];
    hex::decode_to_slice(text, &mut signature).ok()?;
    Some(signature)
}

fn sign(parts: [&str; 4]) -> Secret {
    let mut hash = Sha512::new();
    for part in parts {
        hash.update(part);
    }
    Secret::new(hash.finalize().to_vec())
}

/// Keeps a fingerprint short whatever was sent as the id.
fn short_hash(transaction_id: Option<&str>) -> String {
    transaction_id.map_or_else(|| "none".to_owned(), |id| hex::encode(&Sha256::digest(id)[..16]))
}

#[cfg(test)]
mod tests;
