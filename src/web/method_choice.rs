//! The ways to pay that an order's page offers, in groups.

use super::page_texts::PageTexts;
use crate::domain::money::Money;
use crate::domain::payment_method::{MethodKind, MethodOffer, PaymentMethod};
use crate::services::order_page::OrderPage;

/// The buttons to choose from.
pub struct MethodChoice {
    /// Where the choice goes.
    pub action: String,
    /// What is said when there is nothing to choose.
    pub none: String,
    /// The buttons.
    pub groups: Vec<MethodGroup>,
    /// What does not take this amount.
    pub unfit: Vec<UnfitMethod>,
}

/// Methods that ask the same of a customer.
pub struct MethodGroup {
    /// What they ask.
    pub title: String,
    /// The buttons.
    pub methods: Vec<MethodButton>,
}

/// One way to pay.
pub struct MethodButton {
    /// What the form sends.
    pub code: &'static str,
    /// The method's own name.
    pub name: &'static str,
    /// Who can use it.
    pub note: Option<String>,
}

/// A way to pay that does not take the order's amount.
pub struct UnfitMethod {
    /// The method's own name.
    pub name: &'static str,
    /// From or up to which amount it could be.
    pub reason: String,
}

impl MethodChoice {
    /// Every way that the page offers, but for the one that stands.
    #[must_use]
    pub fn new(page: &OrderPage, order_path: &str, t: PageTexts, standing: Option<PaymentMethod>) -> Self {
        let mut groups: Vec<(MethodKind, MethodGroup)> = Vec::new();
        for offer in page.offers.iter().filter(|offer| Some(offer.method) != standing) {
            let button = button(offer.method, t);
            let kind = offer.method.kind();
            match groups.iter_mut().find(|(known, _)| *known == kind) {
                Some((_, group)) => group.methods.push(button),
                None => groups.push((kind, MethodGroup { title: title(kind, t), methods: vec![button] })),
            }
        }
        // Where a method is hidden because the bank refused it, another amount would change nothing.
        let none = if page.unfit.is_empty() { "pay-choose-none-now" } else { "pay-choose-none" };
        Self {
            action: format!("{order_path}/attempts"),
            none: t.with("store", page.merchant.name.as_str()).say(none),
            groups: groups.into_iter().map(|(_, group)| group).collect(),
            unfit: page.unfit.iter().map(|offer| unfit(offer, page.order.amount, t)).collect(),
        }
    }
}

fn unfit(offer: &MethodOffer, amount: Money, t: PageTexts) -> UnfitMethod {
    let shown = |minor: i64| Money::new(minor, amount.currency()).display(t.0);
    let reason = match offer.maximum_minor {
        Some(maximum) if amount.minor() > maximum => {
            t.with("amount", shown(maximum)).say("pay-unfit-at-most")
        }
        _ => t.with("amount", shown(offer.minimum_minor)).say("pay-unfit-from"),
    };
    UnfitMethod { name: offer.method.name(), reason }
}

fn title(kind: MethodKind, t: PageTexts) -> String {
    match kind {
        MethodKind::Qr => t.say("pay-group-qris"),
        MethodKind::VirtualAccount => t.say("pay-group-va"),
        MethodKind::Bill => t.say("pay-group-bill"),
        MethodKind::Wallet => t.say("pay-group-wallet"),
        MethodKind::Counter => t.say("pay-group-counter"),
        MethodKind::Redirect => t.say("pay-group-page"),
    }
}

fn button(method: PaymentMethod, t: PageTexts) -> MethodButton {
    let note = match method {
        PaymentMethod::Qris => Some(t.say("pay-method-qris-note")),
        PaymentMethod::MandiriBill => Some(t.say("pay-method-bill-note")),
        PaymentMethod::PermataVa => Some(t.say("pay-method-permata-note")),
        PaymentMethod::Card => Some(t.say("pay-method-card-note")),
        PaymentMethod::Kredivo | PaymentMethod::Akulaku => Some(t.say("pay-method-later-note")),
        PaymentMethod::Shopeepay => Some(t.say("pay-method-shopeepay-note")),
        PaymentMethod::BcaVa
        | PaymentMethod::BniVa
        | PaymentMethod::BriVa
        | PaymentMethod::CimbVa
        | PaymentMethod::Gopay
        | PaymentMethod::Indomaret
        | PaymentMethod::Alfamart => None,
    };
    MethodButton { code: method.code(), name: method.name(), note }
}
