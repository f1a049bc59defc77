//! The objects that Core and Snap requests share, checked field by field; every complaint is collected.

use serde_json::{Map, Value};

use super::charge_request::Rejection;
use super::payment_method::PaymentMethod;

const LONGEST_ORDER_ID: usize = 50;
const LONGEST_ITEM_TEXT: usize = 50;
const LONGEST_TEXT: usize = 255;
const LONGEST_BCA_NAME: usize = 30;

#[derive(Debug, Default)]
pub(super) struct Complaints {
    messages: Vec<String>,
}

impl Complaints {
    pub(super) fn add(&mut self, message: String) {
        self.messages.push(message);
    }

    pub(super) fn verdict(self) -> Result<(), Rejection> {
        if self.messages.is_empty() { Ok(()) } else { Err(Rejection::invalid(self.messages)) }
    }

    /// Lengths count characters. `null` is the same as absent.
    pub(super) fn optional_text(
        &mut self,
        object: &Map<String, Value>,
        path: &str,
        name: &str,
        longest: usize,
    ) -> Option<String> {
        match object.get(name)? {
            Value::Null => None,
            Value::String(text) => {
                if text.chars().count() > longest {
                    self.add(format!("{path}{name} size must be between 0 and {longest}"));
                }
                Some(text.clone())
            }
            _ => {
                self.add(format!("{path}{name} must be a string"));
                None
            }
        }
    }

    fn optional_object<'a>(
        &mut self,
        fields: &'a Map<String, Value>,
        path: &str,
        name: &str,
    ) -> Option<&'a Map<String, Value>> {
        match fields.get(name)? {
            Value::Null => None,
            Value::Object(object) => Some(object),
            _ => {
                self.add(format!("{path}{name} must be an object"));
                None
            }
        }
    }
}

/// The order id and the amount in whole rupiah; `("", 0)` in place of what is wrong.
pub(super) fn order(fields: &Map<String, Value>, complaints: &mut Complaints) -> (String, i64) {
    let Some(details) = complaints.optional_object(fields, "", "transaction_details") else {
        complaints.add("transaction_details is required".to_owned());
        return (String::new(), 0);
    };
    let order_id = complaints
        .optional_text(details, "transaction_details.", "order_id", LONGEST_ORDER_ID)
        .unwrap_or_default();
    if order_id.is_empty() {
        complaints.add("transaction_details.order_id is required".to_owned());
    } else if !order_id.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_~.".contains(&byte)) {
        complaints.add("transaction_details.order_id contains a character that is not allowed".to_owned());
    }
    let gross_amount = details.get("gross_amount").and_then(Value::as_i64).unwrap_or(0);
    if gross_amount < 1 {
        complaints.add("transaction_details.gross_amount must be a whole number above 0".to_owned());
    }
    (order_id, gross_amount)
}

/// Items are optional; when they are there, they add up to the amount.
pub(super) fn items(
    fields: &Map<String, Value>,
    gross_amount: i64,
    method: PaymentMethod,
    complaints: &mut Complaints,
) {
    let items = match fields.get("item_details") {
        None | Some(Value::Null) => return,
        Some(Value::Array(items)) => items,
        Some(_) => return complaints.add("item_details must be a list".to_owned()),
    };
    let mut sum = Some(0_i64);
    for item in items {
        let Value::Object(item) = item else {
            complaints.add("item_details must be a list of objects".to_owned());
            continue;
        };
        let name = complaints.optional_text(item, "item_details.", "name", LONGEST_ITEM_TEXT);
        match name {
            Some(name) if name.contains('|') && method == PaymentMethod::Alfamart => {
                complaints.add("item_details.name must not contain |".to_owned());
            }
            Some(name) if !name.is_empty() => {}
            _ => complaints.add("item_details.name is required".to_owned()),
        }
        for text in ["id", "brand", "category", "merchant_name"] {
            complaints.optional_text(item, "item_details.", text, LONGEST_ITEM_TEXT);
        }
        let price = item.get("price").and_then(Value::as_i64);
        let quantity = item.get("quantity").and_then(Value::as_i64).filter(|quantity| *quantity >= 1);
        if price.is_none() {
            complaints.add("item_details.price must be a whole number".to_owned());
        }
        if quantity.is_none() {
            complaints.add("item_details.quantity must be a whole number above 0".to_owned());
        }
        let row = price.zip(quantity).and_then(|(price, quantity)| price.checked_mul(quantity));
        sum = sum.zip(row).and_then(|(sum, row)| sum.checked_add(row));
    }
    if sum.is_some_and(|sum| sum != gross_amount) {
        complaints.add("transaction_details.gross_amount is not equal to the sum of item_details".to_owned());
    }
}

pub(super) fn customer(fields: &Map<String, Value>, method: PaymentMethod, complaints: &mut Complaints) {
    let Some(customer) = complaints.optional_object(fields, "", "customer_details") else { return };
    let longest_name = if method == PaymentMethod::BcaVa { LONGEST_BCA_NAME } else { LONGEST_TEXT };
    for name in ["first_name", "last_name"] {
        complaints.optional_text(customer, "customer_details.", name, longest_name);
    }
    let email = complaints.optional_text(customer, "customer_details.", "email", LONGEST_TEXT);
    if method.checks_email() && email.is_some_and(|email| !is_plain_email(&email)) {
        complaints.add("customer_details.email format is invalid".to_owned());
    }
    if let Some(phone) = complaints.optional_text(customer, "customer_details.", "phone", LONGEST_TEXT) {
        let indonesian = phone.starts_with("+62") || phone.starts_with('0');
        if method == PaymentMethod::BniVa && (!indonesian || phone.len() > 30) {
            complaints.add("customer_details.phone must start with +62 or 0".to_owned());
        }
    }
    for address in ["billing_address", "shipping_address"] {
        if let Some(details) = complaints.optional_object(customer, "customer_details.", address) {
            check_address(details, &format!("customer_details.{address}."), complaints);
        }
    }
}

/// `custom_field1..3` and `metadata`, to be sent back as they came.
pub(super) fn custom_fields(fields: &Map<String, Value>, complaints: &mut Complaints) -> Map<String, Value> {
    let mut echoes = Map::new();
    for name in ["custom_field1", "custom_field2", "custom_field3"] {
        if let Some(text) = complaints.optional_text(fields, "", name, LONGEST_TEXT) {
            echoes.insert(name.to_owned(), Value::String(text));
        }
    }
    if let Some(metadata) = fields.get("metadata").filter(|metadata| !metadata.is_null()) {
        echoes.insert("metadata".to_owned(), metadata.clone());
    }
    echoes
}

fn check_address(address: &Map<String, Value>, path: &str, complaints: &mut Complaints) {
    for name in ["first_name", "last_name", "email", "phone", "address", "city"] {
        complaints.optional_text(address, path, name, LONGEST_TEXT);
    }
    let postal_code = complaints.optional_text(address, path, "postal_code", LONGEST_TEXT);
    if postal_code
        .is_some_and(|code| !code.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == ' '))
    {
        complaints.add(format!("{path}postal_code contains a character that is not allowed"));
    }
    let country = complaints.optional_text(address, path, "country_code", LONGEST_TEXT);
    if country.is_some_and(|country| country != "IDN") {
        complaints.add(format!("{path}country_code must be IDN"));
    }
}

/// Lower-case and no doubled dots, as the acquirers' pattern wants it.
fn is_plain_email(text: &str) -> bool {
    let Some((local, domain)) = text.split_once('@') else { return false };
    let dotted = |part: &str, extra: &[u8]| {
        part.split('.').all(|label| {
            !label.is_empty()
                && label
                    .bytes()
                    .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || extra.contains(&byte))
        })
    };
    dotted(local, b"!#$%&'*+/=?^_`{|}~-") && dotted(domain, b"-") && domain.contains('.')
}
