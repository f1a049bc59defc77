//! The ways to pay that an order's page offers, in groups.

use super::page_texts::PageTexts;
use crate::domain::payment_method::{MethodKind, PaymentMethod};
use crate::services::order_page::OrderPage;

/// The buttons to choose from.
pub struct MethodChoice {
    /// Where the choice goes.
    pub action: String,
    /// What is said when there is nothing to choose.
    pub none: String,
    /// The buttons.
    pub groups: Vec<MethodGroup>,
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
        Self {
            action: format!("{order_path}/attempts"),
            none: t.with("store", page.merchant.name.as_str()).say("pay-choose-none"),
            groups: groups.into_iter().map(|(_, group)| group).collect(),
        }
    }
}

fn title(kind: MethodKind, t: PageTexts) -> String {
    match kind {
        MethodKind::Qr => t.say("pay-group-qris"),
        MethodKind::VirtualAccount => t.say("pay-group-va"),
        MethodKind::Bill | MethodKind::Counter => t.say("pay-group-bill"),
        MethodKind::Wallet => t.say("pay-open-app"),
        MethodKind::Redirect => t.say("pay-open-page"),
    }
}

fn button(method: PaymentMethod, t: PageTexts) -> MethodButton {
    let note = match method {
        PaymentMethod::Qris => Some(t.say("pay-method-qris-note")),
        PaymentMethod::MandiriBill => Some(t.say("pay-method-bill-note")),
        PaymentMethod::PermataVa => Some(t.say("pay-method-permata-note")),
        PaymentMethod::BcaVa | PaymentMethod::BniVa | PaymentMethod::BriVa | PaymentMethod::CimbVa => None,
    };
    MethodButton { code: method.code(), name: method.name(), note }
}
