//! Who buys, in what Midtrans and its banks take: shortened, or left out where shortening would lie.

use serde_json::{Map, Value};
use unicode_segmentation::UnicodeSegmentation;

use crate::domain::customer::{CustomerDetails, Email, Phone};
use crate::domain::payment_method::PaymentMethod;

const NAME_MAX: usize = 50;
/// BCA prints the name on its own screens.
const BCA_NAME_MAX: usize = 30;
const EMAIL_MAX: usize = 50;
const PHONE_MAX: usize = 20;

/// The `customer_details` of a charge.
pub(super) fn details(customer: &CustomerDetails, method: PaymentMethod) -> Value {
    let name_max = if method == PaymentMethod::BcaVa { BCA_NAME_MAX } else { NAME_MAX };
    let mut details = Map::new();
    details.insert("first_name".to_owned(), cut(customer.name.as_str(), name_max).into());
    if let Some(email) = email(&customer.email, method) {
        details.insert("email".to_owned(), email.into());
    }
    if let Some(phone) = phone(&customer.phone, method) {
        details.insert("phone".to_owned(), phone.into());
    }
    Value::Object(details)
}

/// Cuts a text to so many UTF-16 units, between characters as people see them.
///
/// Midtrans does not say what it counts. UTF-16 units are never fewer than code points, so what fits by
/// them fits either way. A first character that alone is too long is kept in part: half as many code points,
/// which fit whatever they are.
pub(super) fn cut(text: &str, units_max: usize) -> String {
    let mut kept = String::new();
    let mut units = 0;
    for character in text.graphemes(true) {
        units += character.encode_utf16().count();
        if units > units_max {
            break;
        }
        kept.push_str(character);
    }
    if kept.is_empty() {
        return text.chars().take(units_max / 2).collect();
    }
    kept.trim_end().to_owned()
}

/// Half an address is somebody else's, so one that does not fit is left out.
fn email(email: &Email, method: PaymentMethod) -> Option<&str> {
    let email = email.as_str();
    let is_checked = matches!(method, PaymentMethod::PermataVa | PaymentMethod::Indomaret);
    let taken = !is_checked || is_plain(email);
    (email.len() <= EMAIL_MAX && taken).then_some(email)
}

/// BNI refuses the whole charge for a number that is not Indonesian.
fn phone(phone: &Phone, method: PaymentMethod) -> Option<&str> {
    let phone = phone.as_str();
    let taken = method != PaymentMethod::BniVa || phone.starts_with("+62");
    (phone.len() <= PHONE_MAX && taken).then_some(phone)
}

/// Whether an address passes the stricter, lower-case rule of Permata and Indomaret.
fn is_plain(email: &str) -> bool {
    let Some((local, domain)) = email.split_once('@') else { return false };
    let labels = |part: &str, others: &str| {
        part.split('.').all(|label| {
            let allowed = |character: char| {
                character.is_ascii_lowercase() || character.is_ascii_digit() || others.contains(character)
            };
            !label.is_empty() && label.chars().all(allowed)
        })
    };
    labels(local, "!#$%&'*+/=?^_`{|}~-") && labels(domain, "-") && domain.contains('.')
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::domain::customer::CustomerName;

    fn customer(name: &str, phone: &str, email: &str) -> CustomerDetails {
        CustomerDetails {
            name: CustomerName::parse(name).unwrap(),
            phone: Phone::parse(phone).unwrap(),
            email: Email::parse(email).unwrap(),
        }
    }

    #[test]
    fn what_fits_is_passed_on() {
        assert_eq!(
            details(&customer("Rina Sari", "0812 0000 0001", "rina@example.test"), PaymentMethod::Qris),
            json!({"first_name": "Rina Sari", "email": "rina@example.test", "phone": "+6281200000001"})
        );
    }

    #[test]
    fn names_are_cut_between_whole_characters() {
        assert_eq!(cut("Rina Sari", 5), "Rina");
        assert_eq!(cut("e\u{301}e\u{301}", 3), "e\u{301}");
        assert_eq!(cut("👩‍👩‍👧a", 8), "👩‍👩‍👧");
        assert_eq!(cut("a👩‍👩‍👧", 8), "a");
        assert_eq!(cut("👩‍👩‍👧‍👧👩‍👩‍👧‍👧", 10), "👩‍👩‍👧");
        let long = customer(&"ñ".repeat(100), "0812 0000 0001", "rina@example.test");
        let length = |method| details(&long, method)["first_name"].as_str().unwrap().chars().count();
        assert_eq!([length(PaymentMethod::BcaVa), length(PaymentMethod::Qris)], [30, 50]);
    }

    #[test]
    fn what_a_bank_would_refuse_is_left_out() {
        let field = |phone: &str, email: &str, method, field: &str| {
            details(&customer("Rina", phone, email), method)[field].is_string()
        };
        let indonesian = "0812 0000 0001";
        assert!(field(indonesian, "rina@example.test", PaymentMethod::PermataVa, "email"));
        assert!(!field(indonesian, "Rina@example.test", PaymentMethod::PermataVa, "email"));
        assert!(!field(indonesian, "Rina@example.test", PaymentMethod::Indomaret, "email"));
        assert!(field(indonesian, "Rina@example.test", PaymentMethod::Qris, "email"));
        let plain = "rina.7+kaos@toko-7.example.test";
        assert!(field(indonesian, plain, PaymentMethod::PermataVa, "email"));
        let long = format!("{}@example.test", "r".repeat(60));
        assert!(!field(indonesian, &long, PaymentMethod::Qris, "email"));
        assert!(field(indonesian, "rina@example.test", PaymentMethod::BniVa, "phone"));
        assert!(!field("+1 650 253 0000", "rina@example.test", PaymentMethod::BniVa, "phone"));
        assert!(field("+1 650 253 0000", "rina@example.test", PaymentMethod::BriVa, "phone"));
    }
}
