//! What Midtrans answers: the fields we read, leniently typed as theirs are, and the errors behind codes.

use chrono::TimeDelta;
use reqwest::StatusCode;
use reqwest::header::{HeaderMap, RETRY_AFTER};
use serde::{Deserialize, Deserializer};

use crate::gateways::GatewayError;

/// How long to leave Midtrans alone when it does not say.
const USUAL_WAIT: TimeDelta = TimeDelta::seconds(10);
/// The longest wait that we believe.
const LONGEST_WAIT: TimeDelta = TimeDelta::hours(1);
/// The most characters of the provider's sentence that an error carries.
const REASON_CHARACTERS_MAX: usize = 300;

/// A readable answer that is neither a fault, nor about our key, nor about our pace.
#[derive(Debug)]
pub(super) struct Answer {
    /// The code in the body, which rules: Midtrans says most errors under HTTP status 200.
    pub(super) code: u16,
    pub(super) fields: Fields,
}

/// The fields we read; others are ignored. Absent, null and empty are the same.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Fields {
    #[serde(deserialize_with = "text")]
    pub(super) status_code: Option<String>,
    #[serde(deserialize_with = "text")]
    pub(super) status_message: Option<String>,
    pub(super) validation_messages: Option<Vec<String>>,
    #[serde(deserialize_with = "text")]
    pub(super) transaction_id: Option<String>,
    #[serde(deserialize_with = "text")]
    pub(super) order_id: Option<String>,
    #[serde(deserialize_with = "text")]
    pub(super) merchant_id: Option<String>,
    #[serde(deserialize_with = "text")]
    pub(super) gross_amount: Option<String>,
    #[serde(deserialize_with = "text")]
    pub(super) currency: Option<String>,
    #[serde(deserialize_with = "text")]
    pub(super) transaction_status: Option<String>,
    #[serde(deserialize_with = "text")]
    pub(super) fraud_status: Option<String>,
    #[serde(deserialize_with = "text")]
    pub(super) settlement_time: Option<String>,
    pub(super) payment_amounts: Option<Vec<PaymentAmount>>,
    #[serde(deserialize_with = "text")]
    pub(super) refund_amount: Option<String>,
    pub(super) refunds: Option<Vec<Refund>>,
    pub(super) va_numbers: Option<Vec<VaNumber>>,
    #[serde(deserialize_with = "text")]
    pub(super) permata_va_number: Option<String>,
    #[serde(deserialize_with = "text")]
    pub(super) biller_code: Option<String>,
    #[serde(deserialize_with = "text")]
    pub(super) bill_key: Option<String>,
    #[serde(deserialize_with = "text")]
    pub(super) qr_string: Option<String>,
    #[serde(deserialize_with = "text")]
    pub(super) payment_code: Option<String>,
    #[serde(deserialize_with = "text")]
    pub(super) store: Option<String>,
    pub(super) actions: Option<Vec<Action>>,
}

/// An address that a charge comes with.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Action {
    #[serde(deserialize_with = "text")]
    pub(super) name: Option<String>,
    #[serde(deserialize_with = "text")]
    pub(super) url: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct PaymentAmount {
    #[serde(deserialize_with = "text")]
    pub(super) amount: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Refund {
    #[serde(deserialize_with = "text")]
    pub(super) refund_amount: Option<String>,
    #[serde(deserialize_with = "text")]
    pub(super) refund_key: Option<String>,
    #[serde(deserialize_with = "text")]
    pub(super) bank_confirmed_at: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct VaNumber {
    #[serde(deserialize_with = "text")]
    pub(super) bank: Option<String>,
    #[serde(deserialize_with = "text")]
    pub(super) va_number: Option<String>,
}

/// Answers hold customers' numbers, so only their code is ever shown.
impl std::fmt::Debug for Fields {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Fields").field("status_code", &self.status_code).finish_non_exhaustive()
    }
}

impl Answer {
    /// Reads a body. `wait` is what the headers ask for, should the body say "slow down".
    pub(super) fn read(http: StatusCode, body: &[u8], wait: TimeDelta) -> Result<Self, GatewayError> {
        let unreadable = || GatewayError::Unreachable(format!("unreadable answer with HTTP status {http}"));
        // A struct would also be read from a list.
        if body.trim_ascii_start().first() != Some(&b'{') {
            return Err(unreadable());
        }
        let fields: Fields = serde_json::from_slice(body).map_err(|_| unreadable())?;
        let code = fields.status_code.as_deref().and_then(read_code).ok_or_else(unreadable)?;
        let http_agrees = http.is_success() || (http.is_client_error() && code >= 400);
        match code {
            401 => Err(GatewayError::Unauthorized),
            429 => Err(GatewayError::TooManyRequests { retry_after: wait }),
            500.. => Err(GatewayError::Unreachable(format!("code {code}"))),
            _ if !http_agrees => {
                Err(GatewayError::Unreachable(format!("code {code} with HTTP status {http}")))
            }
            _ => Ok(Self { code, fields }),
        }
    }
}

/// Three digits, nothing else.
pub(super) fn read_code(text: &str) -> Option<u16> {
    let is_code = text.len() == 3 && text.bytes().all(|byte| byte.is_ascii_digit());
    is_code.then(|| text.parse().ok()).flatten()
}

/// The error behind a code that no action expects: a "no" if it is one, otherwise something for the pull
/// to find out.
pub(super) fn refusal(answer: &Answer) -> GatewayError {
    match answer.code {
        400..=499 => GatewayError::Refused { code: answer.code.to_string(), reason: reason(&answer.fields) },
        code => GatewayError::Unreachable(format!("unexpected code {code}")),
    }
}

/// What a `Retry-After` in seconds asks for, within reason.
pub(super) fn retry_after(headers: &HeaderMap) -> TimeDelta {
    let seconds = headers.get(RETRY_AFTER).and_then(|value| value.to_str().ok()?.trim().parse::<u32>().ok());
    seconds.map_or(USUAL_WAIT, |seconds| {
        TimeDelta::seconds(seconds.into()).clamp(TimeDelta::seconds(1), LONGEST_WAIT)
    })
}

fn reason(fields: &Fields) -> String {
    line(fields.status_message.iter().chain(fields.validation_messages.iter().flatten()))
}

/// The provider's sentences on one line. They may repeat what we sent, so words that look like an
/// e-mail address or a telephone number are blotted out.
pub(super) fn line<'a>(sentences: impl Iterator<Item = &'a String>) -> String {
    let words = sentences.flat_map(|sentence| sentence.split_whitespace());
    let line = words.map(without_contact).collect::<Vec<_>>().join(" ");
    line.chars().filter(|character| !character.is_control()).take(REASON_CHARACTERS_MAX).collect()
}

fn without_contact(word: &str) -> &str {
    let digits = word.chars().filter(char::is_ascii_digit).count();
    if word.contains('@') || digits >= 6 { "…" } else { word }
}

/// A text, or a number as it is written; empty texts count as absent.
fn text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum TextOrNumber {
        Text(String),
        Number(serde_json::Number),
    }

    let text = match Option::<TextOrNumber>::deserialize(deserializer)? {
        Some(TextOrNumber::Text(text)) => text,
        Some(TextOrNumber::Number(number)) => number.to_string(),
        None => return Ok(None),
    };
    Ok((!text.is_empty()).then_some(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(http: u16, body: &str) -> Result<Answer, GatewayError> {
        Answer::read(StatusCode::from_u16(http).unwrap(), body.as_bytes(), TimeDelta::seconds(7))
    }

    #[test]
    fn the_code_in_the_body_rules() {
        assert_eq!(read(200, r#"{"status_code":"406"}"#).unwrap().code, 406);
        assert_eq!(read(200, r#"{"status_code":201}"#).unwrap().code, 201);
        assert_eq!(read(404, r#"{"status_code":"404"}"#).unwrap().code, 404);
        assert!(matches!(read(200, r#"{"status_code":"401"}"#), Err(GatewayError::Unauthorized)));
        let slow_down = read(200, r#"{"status_code":"429"}"#);
        assert!(
            matches!(slow_down, Err(GatewayError::TooManyRequests { retry_after }) if retry_after.num_seconds() == 7)
        );
    }

    #[test]
    fn what_cannot_be_read_may_have_happened() {
        let bodies = [
            (200, ""),
            (200, "<html>"),
            (404, "Not Found"),
            (200, "[]"),
            (200, r#"["201"]"#),
            (200, "{}"),
            (200, r#"{"status_code":"20"}"#),
            (200, r#"{"status_code":"201","status_code":"200"}"#),
            (200, r#"{"status_code":"201","order_id":{}}"#),
            (200, r#"{"status_code":"201""#),
            (200, r#"{"status_code":"505"}"#),
            (301, r#"{"status_code":"200"}"#),
            (404, r#"{"status_code":"200"}"#),
        ];
        for (http, body) in bodies {
            assert!(matches!(read(http, body), Err(GatewayError::Unreachable(_))), "{http} {body}");
        }
    }

    #[test]
    fn of_an_answer_only_its_code_is_shown() {
        let answer = read(200, r#"{"status_code":"201","permata_va_number":"8778001"}"#).unwrap();
        assert_eq!(
            format!("{answer:?}"),
            r#"Answer { code: 201, fields: Fields { status_code: Some("201"), .. } }"#
        );
    }

    #[test]
    fn a_reason_repeats_no_contact() {
        let body = r#"{"status_code":"400","status_message":"Invalid.",
            "validation_messages":["email rina@example.test is odd","phone +6281200000001\u0007"]}"#;
        let GatewayError::Refused { code, reason } = refusal(&read(200, body).unwrap()) else { panic!() };
        assert_eq!((code.as_str(), reason.as_str()), ("400", "Invalid. email … is odd phone …"));
    }

    #[test]
    fn waits_are_believed_within_reason() {
        let wait = |value: &str| {
            retry_after(&HeaderMap::from_iter([(RETRY_AFTER, value.parse().unwrap())])).num_seconds()
        };
        assert_eq!([wait("30"), wait("0"), wait("999999"), wait("soon"), wait("-5")], [30, 1, 3600, 10, 10]);
    }
}
