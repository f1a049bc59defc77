//! What the payer must do: the number to pay to, the code to scan or the place to go.

use rand::Rng;
use serde_json::{Map, Value, json};

use super::charge_request::ChargeRequest;
use super::payment_method::PaymentMethod;
use super::qris::qr_string;

/// The label of what a scanner reads; pages draw it.
pub(super) const QR_TEXT: &str = "QR text";

#[derive(Debug, Clone, Default)]
pub(super) struct Instructions {
    /// Fields of the charge's answer alone, such as links that are worth something only now.
    pub(super) in_charge: Map<String, Value>,
    /// Fields of every answer and notice.
    pub(super) in_status: Map<String, Value>,
    /// Label and value for the bank's page.
    pub(super) shown: Vec<(&'static str, String)>,
    /// The number that must not be given out twice while it is payable.
    pub(super) payable_number: Option<String>,
}

/// Where answers point to.
pub(super) struct Places<'a> {
    /// Address of the Core API, without `/v2`.
    pub(super) core: &'a str,
    /// Address under which a person reaches the bank's pages.
    pub(super) public: &'a str,
    pub(super) store: &'a str,
    pub(super) merchant_id: &'a str,
    pub(super) transaction_id: &'a str,
}

/// `taken` says whether another payable charge already has this number.
pub(super) fn issue(
    request: &ChargeRequest,
    places: &Places<'_>,
    taken: impl Fn(&str) -> bool,
) -> Instructions {
    let mut instructions = match request.method {
        PaymentMethod::MandiriBill => bill(request, &taken),
        PaymentMethod::QrisGopay | PaymentMethod::QrisShopee => qris(request, places),
        PaymentMethod::Gopay => wallet(request, places, true),
        PaymentMethod::Shopeepay => wallet(request, places, false),
        PaymentMethod::Indomaret | PaymentMethod::Alfamart => counter(request, &taken),
        PaymentMethod::Card | PaymentMethod::Kredivo | PaymentMethod::Akulaku => Instructions::default(),
        method => virtual_account(method, request, &taken),
    };
    let status = instructions.in_status.clone();
    instructions.in_charge.extend(status);
    instructions
}

fn virtual_account(
    method: PaymentMethod,
    request: &ChargeRequest,
    taken: &impl Fn(&str) -> bool,
) -> Instructions {
    let (bank, prefix, own_digits) = method.virtual_account().unwrap_or(("bca", "12345", 11));
    let number = chosen_or_random(prefix, own_digits, request.wanted_number.as_deref(), taken);
    let in_status = if method == PaymentMethod::PermataVa {
        object(json!({"permata_va_number": number}))
    } else {
        object(json!({"va_numbers": [{"bank": bank, "va_number": number}]}))
    };
    let shown = vec![("Virtual account", number.clone())];
    Instructions { in_status, shown, payable_number: Some(number), ..Instructions::default() }
}

fn bill(request: &ChargeRequest, taken: &impl Fn(&str) -> bool) -> Instructions {
    let key = chosen_or_random("", 12, request.wanted_number.as_deref(), taken);
    Instructions {
        in_status: object(json!({"biller_code": "70012", "bill_key": key})),
        shown: vec![("Biller code", "70012".to_owned()), ("Bill key", key.clone())],
        payable_number: Some(key),
        ..Instructions::default()
    }
}

fn qris(request: &ChargeRequest, places: &Places<'_>) -> Instructions {
    let text = qr_string(places.transaction_id, places.merchant_id, places.store, request.gross_amount);
    let acquirer = if request.method == PaymentMethod::QrisShopee { "airpay shopee" } else { "gopay" };
    let actions = json!([
        action("generate-qr-code", "GET", qr_code(places)),
        action("generate-qr-code-v2", "GET", qr_code(places)),
    ]);
    Instructions {
        in_charge: object(json!({"qr_string": text, "actions": actions})),
        in_status: object(json!({"acquirer": acquirer})),
        shown: vec![(QR_TEXT, text)],
        payable_number: None,
    }
}

fn wallet(request: &ChargeRequest, places: &Places<'_>, scannable: bool) -> Instructions {
    let order = format!("{}/v2/{}", places.core, places.transaction_id);
    let deeplink = format!("{}/bank/{}", places.public, request.order_id);
    let mut actions = vec![action("deeplink-redirect", "GET", deeplink)];
    let mut in_charge = object(json!({"channel_response_code": if scannable { "200" } else { "0" },
        "channel_response_message": "Success"}));
    let mut shown = Vec::new();
    if scannable {
        let text = qr_string(places.transaction_id, places.merchant_id, places.store, request.gross_amount);
        actions.insert(0, action("generate-qr-code", "GET", qr_code(places)));
        actions.insert(1, action("generate-qr-code-v2", "GET", qr_code(places)));
        actions.push(action("get-status", "GET", format!("{order}/status")));
        actions.push(action("cancel", "POST", format!("{order}/cancel")));
        // GoPay's answer gives the picture alone; only the bank's page sees the text.
        shown.push((QR_TEXT, text));
    }
    in_charge.insert("actions".to_owned(), json!(actions));
    Instructions { in_charge, shown, ..Instructions::default() }
}

fn counter(request: &ChargeRequest, taken: &impl Fn(&str) -> bool) -> Instructions {
    let store = if request.method == PaymentMethod::Indomaret { "indomaret" } else { "alfamart" };
    let code = chosen_or_random("", 14, None, taken);
    Instructions {
        in_status: object(json!({"store": store, "payment_code": code})),
        shown: vec![("Payment code", code.clone())],
        payable_number: Some(code),
        ..Instructions::default()
    }
}

/// Too long a wish is cut at the end, too short a one is padded on the left, a taken one is replaced by chance.
fn chosen_or_random(
    prefix: &str,
    own_digits: usize,
    wanted: Option<&str>,
    taken: &impl Fn(&str) -> bool,
) -> String {
    let chosen = wanted.map(|digits| {
        let kept: String = digits.chars().take(own_digits).collect();
        format!("{prefix}{kept:0>own_digits$}")
    });
    if let Some(number) = chosen.filter(|number| !taken(number)) {
        return number;
    }
    let mut chance = rand::rng();
    loop {
        let digits: String = (0..own_digits).map(|_| char::from(b'0' + chance.random_range(0..10))).collect();
        let number = format!("{prefix}{digits}");
        if !taken(&number) {
            return number;
        }
    }
}

fn qr_code(places: &Places<'_>) -> String {
    format!("{}/v2/qris/{}/qr-code", places.core, places.transaction_id)
}

fn action(name: &str, method: &str, url: String) -> Value {
    json!({"name": name, "method": method, "url": url})
}

fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(map) => map,
        _ => Map::new(),
    }
}
