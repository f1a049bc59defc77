//! What the customer must do to pay, in plain values.

use url::Url;

use super::guides::{Guide, Screen, guides};
use super::in_app::{Browser, WayOut};
use super::method_choice::MethodChoice;
use super::page_texts::PageTexts;
use crate::domain::attempt::{PaymentAttempt, attempts_left};
use crate::domain::instant_text::display_instant_at;
use crate::domain::money::Money;
use crate::domain::payment_method::{MethodKind, PaymentInstructions, PaymentMethod};
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
    /// Whether the amount must be typed, and how exactly.
    pub exact: Option<String>,
    /// What to say to who takes the money.
    pub say_there: Option<String>,
    /// What else must be known before going there.
    pub warning: Option<String>,
    /// A code to scan.
    pub picture: Option<Picture>,
    /// A page or an app of someone else.
    pub outside: Option<OutsideLink>,
    /// The way out of an app's window that may keep a page from opening another app.
    pub way_out: Option<WayOut>,
    /// Where a person can play the bank.
    pub practice: Option<String>,
    /// Whose name the bank may show, and what must be right.
    pub name_hint: Option<String>,
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

/// A code to scan. It is black on white in the dark as well, because scanners want it so.
pub struct Picture {
    /// Where the picture is.
    pub src: String,
    /// What it shows, for those who hear the page.
    pub alt: String,
    /// What the picture is called when it is kept.
    pub file_name: String,
    /// How to scan it.
    pub hint: String,
    /// The text in it, where people can use that.
    pub text: Option<String>,
    /// Whether it comes first: where the page is most likely read on another screen than it is paid on.
    pub is_first: bool,
}

/// A page or an app of someone else, opened by a tap: we never redirect there.
pub struct OutsideLink {
    /// Its address.
    pub href: String,
    /// What stands on the button.
    pub label: String,
    /// Whether the button comes first.
    pub is_first: bool,
    about: String,
}

/// Where a page is drawn for: its order's path, and what shows it.
#[derive(Clone, Copy)]
pub struct Place<'a> {
    /// The order's path.
    pub path: &'a str,
    /// The public address of the pages.
    pub base_url: &'a Url,
    /// What shows the page.
    pub browser: Browser,
}

impl OutsideLink {
    /// What happens there.
    pub fn lines(&self) -> impl Iterator<Item = &str> {
        self.about.lines()
    }
}

impl Todo {
    /// What `attempt` asks of the customer; `None` when the gateway has not said it.
    #[must_use]
    pub fn new(
        page: &OrderPage,
        attempt: &PaymentAttempt,
        choice: Option<MethodChoice>,
        practice: Option<String>,
        (place, t): (Place, PageTexts),
    ) -> Option<Self> {
        let instructions = attempt.instructions.as_ref()?;
        let store = || t.with("store", page.merchant.name.as_str());
        let last_change = match (attempts_left(&page.attempts), &choice) {
            (0, _) => Some(store().say("pay-choose-no-more")),
            (1, Some(_)) => Some(t.say("pay-choose-last")),
            _ => None,
        };
        let pay_until = pay_until(&page.link, attempt);
        let picture = picture(page, attempt, place, t);
        let comes_first = !place.browser.is_desktop || picture.is_none();
        let outside = outside(page, attempt.method, instructions, (comes_first, t));
        let window_on = place.browser.window_on.filter(|_| outside.is_some() || picture.is_some());
        let way_out = window_on.and_then(|telephone| WayOut::of(telephone, place.base_url, place.path));
        let screen = Screen {
            has_code: picture.is_some(),
            takes_any_wallet: picture.is_some() && instructions.scannable().is_none(),
            is_desktop: place.browser.is_desktop,
        };
        let when = display_instant_at(pay_until, page.now, page.merchant.time_zone, t.0);
        Some(Self {
            title: t.with("method", attempt.method.name()).say("pay-do-title"),
            deadline: when,
            left_ms: (pay_until - page.now).num_milliseconds(),
            amount_plain: plain_amount(attempt.amount),
            numbers: numbers(instructions, t),
            exact: is_typed(attempt.method).then(|| t.say("pay-do-exact")),
            say_there: matches!(instructions, PaymentInstructions::CounterCode { .. })
                .then(|| t.say("pay-counter-words")),
            warning: warning(attempt, screen, t),
            picture,
            outside,
            way_out,
            practice,
            name_hint: shows_a_name(attempt.method)
                .then(|| store().with("amount", attempt.amount.display(t.0)).say("pay-do-name")),
            guides: guides(attempt.method, screen, t),
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

/// What can be scanned. On a desk it comes first, since the telephone that pays is another screen; the code of
/// QRIS always does.
fn picture(page: &OrderPage, attempt: &PaymentAttempt, place: Place, t: PageTexts) -> Option<Picture> {
    let instructions = attempt.instructions.as_ref()?;
    let text = instructions.scannable();
    if text.is_none() && !page.has_code_picture {
        return None;
    }
    let is_qris = matches!(instructions, PaymentInstructions::Qr { .. });
    let say =
        |key| t.with("amount", attempt.amount.display(t.0)).with("method", attempt.method.name()).say(key);
    Some(Picture {
        src: format!("{}/qr.png", place.path),
        alt: if is_qris { say("pay-qr-label") } else { say("pay-qr-wallet-label") },
        file_name: format!("{}-{}.png", attempt.method.code(), page.order.code.as_str()),
        hint: match text {
            Some(_) if is_qris => say("pay-qr-same-phone"),
            Some(_) => say("pay-qr-wallet-hint"),
            None => say("pay-qr-any-wallet-hint"),
        },
        text: text.filter(|_| is_qris).map(str::to_owned),
        is_first: is_qris || place.browser.is_desktop,
    })
}

/// The address is the gateway's word, so one that would run in our own page is not offered.
fn outside(
    page: &OrderPage,
    method: PaymentMethod,
    instructions: &PaymentInstructions,
    (is_first, t): (bool, PageTexts),
) -> Option<OutsideLink> {
    let say = |key| t.with("method", method.name()).with("store", page.merchant.name.as_str()).say(key);
    let (url, label, about) = match instructions {
        PaymentInstructions::Deeplink { url, .. } => (url, say("pay-open-app"), say("pay-open-app-hint")),
        PaymentInstructions::Redirect { url } if method == PaymentMethod::Card => {
            (url, say("pay-open-page"), say("pay-open-card-hint"))
        }
        PaymentInstructions::Redirect { url } => (url, say("pay-open-page"), say("pay-open-page-hint")),
        _ => return None,
    };
    let url = Url::parse(url).ok()?;
    let runs_here = matches!(url.scheme(), "javascript" | "data" | "vbscript" | "blob" | "file");
    (!runs_here).then(|| OutsideLink { href: url.into(), label, is_first, about })
}

/// Whether the customer may have to type the amount.
fn is_typed(method: PaymentMethod) -> bool {
    matches!(
        method.kind(),
        MethodKind::VirtualAccount | MethodKind::Bill | MethodKind::Qr | MethodKind::Counter
    )
}

/// Whether an app shows whom the money goes to.
fn shows_a_name(method: PaymentMethod) -> bool {
    matches!(method.kind(), MethodKind::VirtualAccount | MethodKind::Bill | MethodKind::Qr)
}

/// The most that an Alfamart takes in cash, in rupiah, which have no minor units (Midtrans, "minimum and maximum
/// transaction value").
const ALFAMART_CASH_MAX: i64 = 2_500_000;

/// The most that a wallet moves for whom it has not verified, in rupiah (Midtrans, "minimum and maximum transaction
/// value").
const UNVERIFIED_WALLET_MAX: i64 = 2_000_000;

/// What keeps a customer from paying like this, where only the customer can know whether it does.
fn warning(attempt: &PaymentAttempt, screen: Screen, t: PageTexts) -> Option<String> {
    let (method, amount) = (attempt.method, attempt.amount);
    let say = |most, key| {
        let most = Money::new(most, amount.currency()).display(t.0);
        Some(t.with("method", method.name()).with("amount", most).say(key))
    };
    match method.kind() {
        MethodKind::Counter if method == PaymentMethod::Alfamart && amount.minor() > ALFAMART_CASH_MAX => {
            say(ALFAMART_CASH_MAX, "pay-counter-cash")
        }
        MethodKind::Wallet if amount.minor() > UNVERIFIED_WALLET_MAX => {
            say(UNVERIFIED_WALLET_MAX, "pay-wallet-unverified")
        }
        MethodKind::Wallet if screen.is_desktop && !screen.has_code => {
            say(UNVERIFIED_WALLET_MAX, "pay-wallet-needs-phone")
        }
        _ => None,
    }
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
    use crate::domain::order::OrderState;
    use crate::web::samples::order_page;

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
            let page = order_page(OrderState::Awaiting, None);
            let link = outside(&page, PaymentMethod::Card, &instructions, (true, t));
            assert_eq!(link.is_some(), offered, "{url}");
        }
    }
}
