//! Reads the body of a charge as strictly as Midtrans does. Unknown fields are ignored, as there.

use chrono::{DateTime, Duration, Utc};
use serde_json::{Map, Value};
use url::Url;

use super::clock::parse_order_time;
use super::payment_method::{PaymentMethod, SHORTEST_EXPIRY};
use super::request_fields::{Complaints, custom_fields, customer, items, order};

/// A charge that passed every check. Amounts are whole rupiah.
#[derive(Debug, Clone)]
pub(super) struct ChargeRequest {
    pub(super) method: PaymentMethod,
    pub(super) order_id: String,
    pub(super) gross_amount: i64,
    pub(super) expires_at: DateTime<Utc>,
    /// Digits the shop would like to have as virtual account number or bill key.
    pub(super) wanted_number: Option<String>,
    pub(super) echoes: Map<String, Value>,
    /// Where Snap sends the payer afterwards.
    pub(super) finish_url: Option<Url>,
}

/// Why a request is turned away: code and message of the body, and what is wrong field by field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Rejection {
    pub(super) code: u16,
    pub(super) message: String,
    pub(super) validation_messages: Vec<String>,
}

/// Known to Midtrans, but this merchant has not activated them.
const NOT_ACTIVATED: [&str; 12] = [
    "credit_card",
    "akulaku",
    "kredivo",
    "ovo",
    "dana",
    "bca_klikpay",
    "bca_klikbca",
    "bri_epay",
    "cimb_clicks",
    "danamon_online",
    "uob_ezpay",
    "linkaja",
];

impl ChargeRequest {
    pub(super) fn read(body: &[u8], now: DateTime<Utc>) -> Result<Self, Rejection> {
        let value: Value = serde_json::from_slice(body).map_err(|_| {
            Rejection::new(413, "The request cannot be processed due to malformed syntax in the request body")
        })?;
        let Value::Object(fields) = value else {
            return Err(Rejection::invalid(vec!["request body must be an object".to_owned()]));
        };
        let method = payment_method(&fields)?;
        let mut complaints = Complaints::default();
        let (order_id, gross_amount) = order(&fields, &mut complaints);
        let limits = method.limits();
        if gross_amount > 0 && !(limits.least..=limits.most).contains(&gross_amount) {
            complaints.add(format!(
                "transaction_details.gross_amount must be between {} and {}",
                limits.least, limits.most
            ));
        }
        items(&fields, gross_amount, method, &mut complaints);
        customer(&fields, method, &mut complaints);
        let echoes = custom_fields(&fields, &mut complaints);
        let wanted_number = method_details(&fields, method, &mut complaints);
        let finish_url = callback_url(&fields, method);
        let expires_at = expiry(&fields, method, now, &mut complaints);
        complaints.verdict()?;
        Ok(Self { method, order_id, gross_amount, expires_at, wanted_number, echoes, finish_url })
    }
}

impl Rejection {
    pub(super) fn new(code: u16, message: &str) -> Self {
        Self { code, message: message.to_owned(), validation_messages: Vec::new() }
    }

    pub(super) fn invalid(validation_messages: Vec<String>) -> Self {
        let message = "One or more parameters in the payload is invalid.".to_owned();
        Self { code: 400, message, validation_messages }
    }
}

fn payment_method(fields: &Map<String, Value>) -> Result<PaymentMethod, Rejection> {
    let invalid = |text: &str| Err(Rejection::invalid(vec![text.to_owned()]));
    let Some(payment_type) = fields.get("payment_type").and_then(Value::as_str) else {
        return invalid("payment_type is required");
    };
    let choice = |object: &str, name: &str| {
        fields.get(object).and_then(|details| details.get(name)).and_then(Value::as_str)
    };
    match payment_type {
        "bank_transfer" => match choice("bank_transfer", "bank") {
            Some("bca") => Ok(PaymentMethod::BcaVa),
            Some("bni") => Ok(PaymentMethod::BniVa),
            Some("bri") => Ok(PaymentMethod::BriVa),
            Some("cimb") => Ok(PaymentMethod::CimbVa),
            Some("permata") => Ok(PaymentMethod::PermataVa),
            Some(_) => invalid("bank_transfer.bank is not supported"),
            None => invalid("bank_transfer.bank is required"),
        },
        "permata" => Ok(PaymentMethod::PermataVa),
        "echannel" => Ok(PaymentMethod::MandiriBill),
        "qris" => match fields.get("qris").and_then(|details| details.get("acquirer")) {
            None | Some(Value::Null) => Ok(PaymentMethod::QrisGopay),
            Some(Value::String(name)) if name == "gopay" => Ok(PaymentMethod::QrisGopay),
            Some(Value::String(name)) if name == "airpay shopee" => Ok(PaymentMethod::QrisShopee),
            Some(_) => invalid("qris.acquirer must be gopay or airpay shopee"),
        },
        "gopay" => Ok(PaymentMethod::Gopay),
        "shopeepay" => Ok(PaymentMethod::Shopeepay),
        "cstore" => match choice("cstore", "store") {
            Some(store) if store.eq_ignore_ascii_case("indomaret") => Ok(PaymentMethod::Indomaret),
            Some(store) if store.eq_ignore_ascii_case("alfamart") => Ok(PaymentMethod::Alfamart),
            _ => invalid("cstore.store must be indomaret or alfamart"),
        },
        known if NOT_ACTIVATED.contains(&known) => {
            Err(Rejection::new(402, "Payment channel is not activated."))
        }
        _ => invalid("payment_type is not recognized"),
    }
}

/// Where a wallet sends its payer back to.
fn callback_url(fields: &Map<String, Value>, method: PaymentMethod) -> Option<Url> {
    let wallet = matches!(method, PaymentMethod::Gopay | PaymentMethod::Shopeepay);
    let details = fields.get(method.payment_type()).filter(|_| wallet)?;
    let callback = details.get("callback_url")?.as_str()?.parse::<Url>().ok()?;
    // GoPay's payers come back only where the shop asked for it.
    let asked = method != PaymentMethod::Gopay || details.get("enable_callback") == Some(&Value::Bool(true));
    (asked && matches!(callback.scheme(), "http" | "https")).then_some(callback)
}

/// Checks the object that belongs to the method and returns the number the shop would like to have.
fn method_details(
    fields: &Map<String, Value>,
    method: PaymentMethod,
    complaints: &mut Complaints,
) -> Option<String> {
    let empty = Map::new();
    let object = |name: &str| fields.get(name).and_then(Value::as_object).unwrap_or(&empty);
    let digits = |details: &Map<String, Value>, name: &str, complaints: &mut Complaints| {
        let wanted = complaints.optional_text(details, "", name, 255)?;
        if wanted.is_empty() || !wanted.bytes().all(|byte| byte.is_ascii_digit()) {
            complaints.add(format!("{name} must be digits only"));
        }
        Some(wanted)
    };
    match method {
        PaymentMethod::MandiriBill => {
            let details = object("echannel");
            for name in ["bill_info1", "bill_info2"] {
                if complaints.optional_text(details, "echannel.", name, 255).is_none() {
                    complaints.add(format!("echannel.{name} is required"));
                }
            }
            digits(details, "bill_key", complaints)
        }
        PaymentMethod::Indomaret | PaymentMethod::Alfamart => {
            complaints.optional_text(object("cstore"), "cstore.", "message", 20);
            for name in ["alfamart_free_text_1", "alfamart_free_text_2", "alfamart_free_text_3"] {
                complaints.optional_text(object("cstore"), "cstore.", name, 40);
            }
            None
        }
        PaymentMethod::Gopay => {
            let enabled = object("gopay").get("enable_callback");
            if enabled.is_some_and(|value| !value.is_boolean() && !value.is_null()) {
                complaints.add("gopay.enable_callback must be a boolean".to_owned());
            }
            complaints.optional_text(object("gopay"), "gopay.", "callback_url", 255);
            None
        }
        PaymentMethod::Shopeepay => {
            complaints.optional_text(object("shopeepay"), "shopeepay.", "callback_url", 255);
            None
        }
        PaymentMethod::QrisGopay
        | PaymentMethod::QrisShopee
        | PaymentMethod::Card
        | PaymentMethod::Kredivo
        | PaymentMethod::Akulaku => None,
        _ => {
            let details = object("bank_transfer");
            free_texts(details, method, complaints);
            digits(details, "va_number", complaints)
        }
    }
}

fn free_texts(details: &Map<String, Value>, method: PaymentMethod, complaints: &mut Complaints) {
    if let (PaymentMethod::PermataVa, Some(Value::Object(permata))) = (method, details.get("permata")) {
        complaints.optional_text(permata, "bank_transfer.permata.", "recipient_name", 20);
    }
    let Some(Value::Object(free_text)) = details.get("free_text") else { return };
    for kind in ["inquiry", "payment"] {
        let Some(entries) = free_text.get(kind).and_then(Value::as_array) else { continue };
        if entries.len() > 10 {
            complaints.add(format!("bank_transfer.free_text.{kind} must have at most 10 entries"));
        }
        for entry in entries.iter().filter_map(Value::as_object) {
            complaints.optional_text(entry, "bank_transfer.free_text.", "id", 50);
            complaints.optional_text(entry, "bank_transfer.free_text.", "en", 50);
        }
    }
}

/// `order_time` plus a span within the method's bounds; the method's usual span without `custom_expiry`.
fn expiry(
    fields: &Map<String, Value>,
    method: PaymentMethod,
    now: DateTime<Utc>,
    complaints: &mut Complaints,
) -> DateTime<Utc> {
    let limits = method.limits();
    let custom = match fields.get("custom_expiry") {
        None | Some(Value::Null) => return now + Duration::seconds(limits.usual_expiry),
        Some(Value::Object(custom)) => custom,
        Some(_) => {
            complaints.add("custom_expiry must be an object".to_owned());
            return now;
        }
    };
    let start = match complaints.optional_text(custom, "custom_expiry.", "order_time", 255) {
        None => now,
        Some(text) => parse_order_time(&text).unwrap_or_else(|| {
            complaints.add("custom_expiry.order_time must have the form yyyy-MM-dd HH:mm:ss Z".to_owned());
            now
        }),
    };
    let unit = complaints.optional_text(custom, "custom_expiry.", "unit", 255);
    let unit_seconds = match unit.as_deref().unwrap_or("minute") {
        "second" => 1,
        "minute" => 60,
        "hour" => 3600,
        "day" => 24 * 3600,
        _ => {
            complaints.add("custom_expiry.unit must be second, minute, hour or day".to_owned());
            return now;
        }
    };
    let duration = custom.get("expiry_duration").and_then(Value::as_i64);
    let span = duration.and_then(|count| count.checked_mul(unit_seconds)).unwrap_or(0);
    if !(SHORTEST_EXPIRY..=limits.longest_expiry).contains(&span) {
        complaints.add(format!(
            "custom_expiry.expiry_duration must be between {SHORTEST_EXPIRY} and {} seconds",
            limits.longest_expiry
        ));
        return now;
    }
    let end = start + Duration::seconds(span);
    if end <= now {
        complaints.add("custom_expiry must end in the future".to_owned());
    }
    end
}
