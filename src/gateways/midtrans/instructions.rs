//! What the customer must do, as the answers say it.

use url::Url;

use crate::domain::payment_method::{PaymentInstructions, PaymentMethod};

use super::answer::{Action, Fields, VaNumber};
use super::qr_picture;
use super::request::bank;

/// The most digits of a number that is typed at a bank's machine.
const NUMBER_DIGITS_MAX: usize = 40;
/// The most characters of a QR code's text; EMV allows 512.
const QR_CHARACTERS_MAX: usize = 1024;
/// The most bytes of an address that opens an app.
const ADDRESS_BYTES_MAX: usize = 2_000;

/// What a charge by this method tells the customer; `None` when that is missing or odd. `api_url` is where the
/// account's Core API is.
pub(super) fn asked(method: PaymentMethod, fields: &Fields, api_url: &Url) -> Option<PaymentInstructions> {
    match method {
        PaymentMethod::Qris => qr(fields),
        PaymentMethod::MandiriBill => bill(fields),
        PaymentMethod::PermataVa => account(fields.permata_va_number.as_deref()),
        PaymentMethod::BcaVa | PaymentMethod::BniVa | PaymentMethod::BriVa | PaymentMethod::CimbVa => {
            let ours = |number: &&VaNumber| {
                number.bank.as_deref().is_some_and(|name| name.eq_ignore_ascii_case(bank(method)))
            };
            account(fields.va_numbers.as_deref()?.iter().find(ours)?.va_number.as_deref())
        }
        PaymentMethod::Gopay | PaymentMethod::Shopeepay => app(fields, api_url),
        PaymentMethod::Indomaret | PaymentMethod::Alfamart => {
            let is_ours =
                fields.store.as_deref().is_none_or(|store| store.eq_ignore_ascii_case(method.code()));
            counter(method, fields).filter(|_| is_ours)
        }
        // These are asked for at Snap.
        PaymentMethod::Card | PaymentMethod::Kredivo | PaymentMethod::Akulaku => None,
    }
}

/// What a report repeats of it. A report does not always: that of a QR code has no text to scan.
pub(super) fn repeated(fields: &Fields) -> Option<PaymentInstructions> {
    let only_account = || match fields.va_numbers.as_deref()? {
        [number] => account(number.va_number.as_deref()),
        _ => None,
    };
    qr(fields)
        .or_else(|| bill(fields))
        .or_else(|| account(fields.permata_va_number.as_deref()))
        .or_else(only_account)
        .or_else(|| {
            let store = fields.store.as_deref()?;
            let stores = [PaymentMethod::Indomaret, PaymentMethod::Alfamart];
            let method = stores.into_iter().find(|method| store.eq_ignore_ascii_case(method.code()))?;
            counter(method, fields)
        })
}

fn qr(fields: &Fields) -> Option<PaymentInstructions> {
    let payload = fields.qr_string.clone()?;
    let fits = payload.chars().count() <= QR_CHARACTERS_MAX && !payload.contains(char::is_control);
    fits.then_some(PaymentInstructions::Qr { payload })
}

fn bill(fields: &Fields) -> Option<PaymentInstructions> {
    let biller_code = digits(fields.biller_code.as_deref())?;
    Some(PaymentInstructions::Bill { biller_code, bill_key: digits(fields.bill_key.as_deref())? })
}

fn account(number: Option<&str>) -> Option<PaymentInstructions> {
    Some(PaymentInstructions::VirtualAccount { number: digits(number)? })
}

/// Counters print codes of digits, some with letters.
fn counter(method: PaymentMethod, fields: &Fields) -> Option<PaymentInstructions> {
    let code = fields.payment_code.as_deref()?;
    let fits = code.len() <= NUMBER_DIGITS_MAX && code.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let store = method.name().to_owned();
    fits.then(|| PaymentInstructions::CounterCode { store, code: code.to_owned() })
}

/// The address that opens the app. GoPay gives its QR code as a picture of its own only, so there is no text
/// to draw. A picture that we would not ask for is left out: the app can be opened all the same.
fn app(fields: &Fields, api_url: &Url) -> Option<PaymentInstructions> {
    let actions = fields.actions.as_deref()?;
    let leads = |name: &str| {
        let is_named = |action: &&Action| action.name.as_deref() == Some(name);
        actions.iter().find(is_named)?.url.as_deref().filter(|url| url.len() <= ADDRESS_BYTES_MAX)
    };
    let url = leads("deeplink-redirect")?;
    let fits = Url::parse(url).is_ok_and(|url| opens_elsewhere(&url));
    let picture = leads("generate-qr-code").filter(|url| qr_picture::address(url, api_url).is_some());
    fits.then(|| PaymentInstructions::Deeplink {
        url: url.to_owned(),
        qr_payload: None,
        picture_url: picture.map(str::to_owned),
    })
}

/// Whether an address leads to an app or a page, and does not run where it is tapped.
fn opens_elsewhere(url: &Url) -> bool {
    !matches!(url.scheme(), "javascript" | "data" | "vbscript" | "blob" | "file" | "about")
}

fn digits(text: Option<&str>) -> Option<String> {
    let text = text?;
    let fits = (1..=NUMBER_DIGITS_MAX).contains(&text.len());
    (fits && text.bytes().all(|byte| byte.is_ascii_digit())).then(|| text.to_owned())
}
