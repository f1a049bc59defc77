//! Snap, Midtrans' page of its own: cards are typed there and pay-later is agreed on there, so that neither
//! comes to us.
//!
//! Until its customer begins something on the page, Midtrans knows the page but no charge: asked about the
//! charge, it says that there is none, and only the page itself can be called off, by the token at the end of
//! its address.

use reqwest::StatusCode;
use serde::Deserialize;
use serde_json::{Value, json};
use url::Url;

use crate::domain::payment_method::{PaymentInstructions, PaymentMethod};
use crate::domain::report::ReportedStatus;
use crate::gateways::{CalledOff, Charge, ChargeRequest, GatewayError};

use super::answer::line;
use super::keeps_secrets;
use super::request::{base, in_wib, refused_here};

/// Snap takes no shorter life of a page, in minutes.
const LIFE_MINUTES_MIN: i64 = 5;

/// The most bytes of the page's address; Midtrans' own have 75.
const ADDRESS_BYTES_MAX: usize = 500;

/// An answer that is neither a fault, nor about our key, nor about our pace.
#[derive(Debug)]
pub(super) struct SnapAnswer {
    http: StatusCode,
    fields: Fields,
}

/// The fields we read; others are ignored.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Fields {
    redirect_url: Option<String>,
    canceled_at: Option<String>,
    error_messages: Messages,
}

/// A list, or for some errors a single sentence.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Messages {
    List(Vec<String>),
    One(String),
}

impl Default for Messages {
    fn default() -> Self {
        Self::List(Vec::new())
    }
}

impl SnapAnswer {
    pub(super) fn read(http: StatusCode, body: &[u8]) -> Result<Self, GatewayError> {
        let unreadable = || GatewayError::Unreachable(format!("unreadable answer with HTTP status {http}"));
        if body.trim_ascii_start().first() != Some(&b'{') {
            return Err(unreadable());
        }
        let fields = serde_json::from_slice(body).map_err(|_| unreadable())?;
        Ok(Self { http, fields })
    }

    /// Whether a sentence of the error holds one of these words, which are in small letters.
    fn complains_of(&self, words: &[&str]) -> bool {
        let holds = |sentence: &String| {
            let sentence = sentence.to_lowercase();
            words.iter().any(|word| sentence.contains(word))
        };
        match &self.fields.error_messages {
            Messages::List(sentences) => sentences.iter().any(holds),
            Messages::One(sentence) => holds(sentence),
        }
    }

    fn refusal(&self, code: &str) -> GatewayError {
        if !self.http.is_client_error() {
            return GatewayError::Unreachable(format!("unexpected HTTP status {}", self.http));
        }
        let reason = match &self.fields.error_messages {
            Messages::List(sentences) => line(sentences.iter()),
            Messages::One(sentence) => line(std::iter::once(sentence)),
        };
        GatewayError::Refused { code: code.to_owned(), reason }
    }
}

/// What is asked of Snap: a page for one method. Its life is counted from when the charge was asked for,
/// since Midtrans would count it from the customer's first tap on the page.
pub(super) fn body(request: &ChargeRequest) -> Result<Value, GatewayError> {
    let mut body = base(request)?;
    let minutes = (request.pay_by - request.asked_at).num_minutes();
    if minutes < LIFE_MINUTES_MIN {
        return Err(refused_here("too little time is left to pay"));
    }
    body["enabled_payments"] = json!([name(request.method)]);
    if request.method == PaymentMethod::Card {
        body["credit_card"] = json!({ "secure": true });
    }
    let start_time = in_wib(request.asked_at)?;
    body["expiry"] = json!({ "start_time": start_time, "duration": minutes, "unit": "minute" });
    body["page_expiry"] = json!({ "duration": minutes, "unit": "minute" });
    let back = request.return_to.as_str();
    body["callbacks"] = json!({ "finish": back, "error": back });
    Ok(body)
}

/// Snap's name of a method; empty for what is asked for at the Core API.
const fn name(method: PaymentMethod) -> &'static str {
    match method {
        PaymentMethod::Card => "credit_card",
        PaymentMethod::Kredivo => "kredivo",
        PaymentMethod::Akulaku => "akulaku",
        _ => "",
    }
}

/// Reads the answer to a request for a page.
pub(super) fn read(answer: &SnapAnswer) -> Result<Charge, GatewayError> {
    if !answer.http.is_success() {
        // Some pages of Midtrans' speak English here, some Indonesian.
        if answer.complains_of(&["utilized", "sudah digunakan", "has already been taken"]) {
            return Err(GatewayError::AlreadyExists);
        }
        let not_active = answer.complains_of(&["not activated", "payment channel"]);
        return Err(answer.refusal(if not_active { "402" } else { answer.http.as_str() }));
    }
    let odd = || GatewayError::Unreachable("the answer to a charge has no page".to_owned());
    let url = answer.fields.redirect_url.clone().ok_or_else(odd)?;
    let instructions = PaymentInstructions::Redirect { url };
    token(&instructions).ok_or_else(odd)?;
    Ok(Charge { transaction_id: None, status: ReportedStatus::Pending, instructions })
}

/// The token of a page: the end of its address. `None` for what is no page of Snap's.
pub(super) fn token(instructions: &PaymentInstructions) -> Option<String> {
    let PaymentInstructions::Redirect { url } = instructions else { return None };
    let page = Url::parse(url).ok().filter(|page| url.len() <= ADDRESS_BYTES_MAX && keeps_secrets(page))?;
    let last = page.path_segments()?.rfind(|segment| !segment.is_empty())?;
    let is_token = last.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    is_token.then(|| last.to_owned())
}

/// Reads the answer to closing a page. What its customer has begun already is for the charge to say.
pub(super) fn closed(answer: &SnapAnswer) -> Result<CalledOff, GatewayError> {
    if answer.http.is_success() && answer.fields.canceled_at.is_some() {
        return Ok(CalledOff::Closed);
    }
    if answer.complains_of(&["already canceled", "already cancelled"]) {
        return Ok(CalledOff::Closed);
    }
    match answer.refusal(answer.http.as_str()) {
        GatewayError::Refused { .. } => Ok(CalledOff::Told),
        error => Err(error),
    }
}

#[cfg(test)]
mod tests;
