//! What the customer must do to pay, in plain values.

use url::Url;

use super::guides::{Guide, guides};
use super::method_choice::MethodChoice;
use super::page_texts::PageTexts;
use super::qr_picture::QrPicture;
use crate::domain::attempt::{PaymentAttempt, attempts_left};
use crate::domain::instant_text::display_instant_at;
use crate::domain::money::Money;
use crate::domain::payment_method::PaymentInstructions;
use crate::services::links::pay_until;
use crate::services::order_page::OrderPage;

/// What the customer must do.
pub struct Todo {
    /// By which method.
    pub title: String,
    /// Until when, with the zone.
    pub deadline: String,
    /// The same in milliseconds from now, so that a wrong clock in the browser does not matter.
    pub left_ms: i64,
    /// The amount for the clipboard.
    pub amount_plain: String,
    /// Numbers to type.
    pub numbers: Vec<Number>,
    /// A code to scan.
    pub picture: Option<QrPicture>,
    /// The end of the picture's file name.
    pub file_tail: String,
    /// A page or an app of someone else.
    pub outside: Option<OutsideLink>,
    /// Where a person can play the bank.
    pub practice: Option<String>,
    /// Whose name the bank may show, and what must be right.
    pub name_hint: String,
    /// How to do it.
    pub guides: Vec<Guide>,
    /// What to tell the seller when asked.
    pub order_code: String,
    /// Other ways to pay.
    pub choice: Option<MethodChoice>,
    /// What is said about changing: that it is the last time, or that there is none left.
    pub last_change: Option<String>,
}

/// A number to type somewhere.
pub struct Number {
    /// What it is.
    pub label: String,
    /// In groups of four, for the eye.
    pub shown: String,
    /// For the clipboard.
    pub plain: String,
}

/// A page or an app of someone else, opened by a tap: we never redirect there.
pub struct OutsideLink {
    /// Its address.
    pub href: String,
    /// What stands on the button.
    pub label: String,
}

impl Todo {
    /// What `attempt` asks of the customer; `None` when the gateway has not said it.
    #[must_use]
    pub fn new(
        page: &OrderPage,
        attempt: &PaymentAttempt,
        choice: Option<MethodChoice>,
        practice: Option<String>,
        t: PageTexts,
    ) -> Option<Self> {
        let instructions = attempt.instructions.as_ref()?;
        let store = || t.with("store", page.merchant.name.as_str());
        let last_change = match (attempts_left(&page.attempts), &choice) {
            (0, _) => Some(store().say("pay-choose-no-more")),
            (1, Some(_)) => Some(t.say("pay-choose-last")),
            _ => None,
        };
        let pay_until = pay_until(&page.link, attempt);
        let when = display_instant_at(pay_until, page.now, page.merchant.time_zone, t.0);
        Some(Self {
            title: t.with("method", attempt.method.name()).say("pay-do-title"),
            deadline: when,
            left_ms: (pay_until - page.now).num_milliseconds(),
            amount_plain: plain_amount(attempt.amount),
            numbers: numbers(instructions, t),
            picture: picture(instructions, attempt.amount, t),
            file_tail: page.order.code.as_str().to_owned(),
            outside: outside(instructions, t),
            practice,
            name_hint: store().with("amount", attempt.amount.display(t.0)).say("pay-do-name"),
            guides: guides(attempt.method, t),
            order_code: page.order.code.to_string(),
            choice,
            last_change,
        })
    }
}

fn numbers(instructions: &PaymentInstructions, t: PageTexts) -> Vec<Number> {
    let number =
        |label: String, plain: &str| Number { label, shown: in_fours(plain), plain: plain.to_owned() };
    match instructions {
        PaymentInstructions::VirtualAccount { number: digits } => {
            vec![number(t.say("pay-number-label"), digits)]
        }
        PaymentInstructions::Bill { biller_code, bill_key } => {
            vec![
                number(t.say("pay-biller-label"), biller_code),
                number(t.say("pay-bill-key-label"), bill_key),
            ]
        }
        PaymentInstructions::CounterCode { store, code } => {
            vec![number(t.with("store", store).say("pay-counter-label"), code)]
        }
        PaymentInstructions::Qr { .. }
        | PaymentInstructions::Deeplink { .. }
        | PaymentInstructions::Redirect { .. } => Vec::new(),
    }
}

fn picture(instructions: &PaymentInstructions, amount: Money, t: PageTexts) -> Option<QrPicture> {
    let payload = match instructions {
        PaymentInstructions::Qr { payload } => payload,
        PaymentInstructions::Deeplink { qr_payload: Some(payload), .. } => payload,
        _ => return None,
    };
    QrPicture::draw(payload, &t.with("amount", amount.display(t.0)).say("pay-qr-label"))
}

/// The address is the gateway's word, so one that would run in our own page is not offered.
fn outside(instructions: &PaymentInstructions, t: PageTexts) -> Option<OutsideLink> {
    let (url, label) = match instructions {
        PaymentInstructions::Deeplink { url, .. } => (url, t.say("pay-open-app")),
        PaymentInstructions::Redirect { url } => (url, t.say("pay-open-page")),
        _ => return None,
    };
    let url = Url::parse(url).ok()?;
    let runs_here = matches!(url.scheme(), "javascript" | "data" | "vbscript" | "blob" | "file");
    (!runs_here).then(|| OutsideLink { href: url.into(), label })
}

/// `8810 0000 0004 2`: people compare long numbers in groups.
fn in_fours(digits: &str) -> String {
    let characters: Vec<char> = digits.chars().collect();
    if characters.len() <= 8 {
        return digits.to_owned();
    }
    characters.chunks(4).map(String::from_iter).collect::<Vec<_>>().join(" ")
}

/// `150000` or `12.50`: what a bank's form takes.
fn plain_amount(amount: Money) -> String {
    let digits = amount.minor().to_string();
    let exponent = usize::try_from(amount.currency().exponent()).unwrap_or_default();
    if exponent == 0 {
        return digits;
    }
    let padded = format!("{digits:0>width$}", width = exponent + 1);
    let (whole, fraction) = padded.split_at(padded.len() - exponent);
    format!("{whole}.{fraction}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::language::Language;
    use crate::domain::money::Currency;

    #[test]
    fn amounts_and_numbers_are_for_a_banks_form() {
        assert_eq!(plain_amount(Money::new(150_000, Currency::IDR)), "150000");
        assert_eq!(plain_amount(Money::new(1_250, Currency::USD)), "12.50");
        assert_eq!(plain_amount(Money::new(5, Currency::USD)), "0.05");
        assert_eq!(in_fours("8810000000042"), "8810 0000 0004 2");
        assert_eq!(in_fours("70012"), "70012");
    }

    #[test]
    fn an_address_that_would_run_here_is_not_offered() {
        let t = PageTexts(Language::English);
        for (url, offered) in [
            ("https://app.midtrans.com/snap/v4/redirection/x", true),
            ("gojek://gopay/merchanttransfer?tref=1", true),
            ("javascript:alert(1)", false),
            (" JavaScript:alert(1)", false),
            ("data:text/html,x", false),
            ("not a url", false),
        ] {
            let instructions = PaymentInstructions::Redirect { url: url.to_owned() };
            assert_eq!(outside(&instructions, t).is_some(), offered, "{url}");
        }
    }
}
