//! How to pay by each method, in short lines.

use super::page_texts::PageTexts;
use crate::domain::payment_method::PaymentMethod;

/// One way to do it, in steps.
pub struct Guide {
    /// By what, when there is more than one way.
    pub title: Option<String>,
    text: String,
}

impl Guide {
    /// The steps.
    pub fn lines(&self) -> impl Iterator<Item = &str> {
        self.text.lines()
    }
}

/// The ways to pay by a method: with the app, then without.
#[must_use]
pub fn guides(method: PaymentMethod, t: PageTexts) -> Vec<Guide> {
    let app = |text| Guide { title: Some(t.say("pay-how-app")), text };
    let atm = |text| Guide { title: Some(t.say("pay-how-atm")), text };
    let other = |text| Guide { title: Some(t.say("pay-how-other")), text };
    match method {
        PaymentMethod::Qris => vec![Guide { title: None, text: t.say("pay-steps-qris") }],
        PaymentMethod::BcaVa => vec![app(t.say("pay-steps-bca-app")), atm(t.say("pay-steps-bca-atm"))],
        PaymentMethod::BniVa => vec![app(t.say("pay-steps-bni-app")), atm(t.say("pay-steps-bni-atm"))],
        PaymentMethod::BriVa => vec![app(t.say("pay-steps-bri-app")), atm(t.say("pay-steps-bri-atm"))],
        PaymentMethod::PermataVa => {
            vec![app(t.say("pay-steps-permata-app")), other(t.say("pay-steps-permata-other"))]
        }
        PaymentMethod::CimbVa => vec![app(t.say("pay-steps-cimb-app")), other(t.say("pay-steps-cimb-other"))],
        PaymentMethod::MandiriBill => {
            vec![app(t.say("pay-steps-mandiri-app")), atm(t.say("pay-steps-mandiri-atm"))]
        }
    }
}
