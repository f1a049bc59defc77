//! What is told about a shop's own gateway account.

use super::buttons::{GatewayPress, Press, ShopPlace};
use super::card::{Card, CardButton};
use super::notice_cards::in_shop;
use super::notifications::mode_mark;
use super::texts::{Say, say};
use crate::domain::language::Language;
use crate::domain::merchant::{Merchant, Mode};
use crate::domain::payment_method::PaymentMethod;

/// The notice that an account was connected.
#[must_use]
pub fn connected_notice(merchant: &Merchant, mode: Mode, tail: &str, language: Language) -> Card {
    let key = match mode {
        Mode::Sandbox => "gateway-connected-sandbox",
        Mode::Live => "gateway-connected-live",
    };
    notice(key, merchant, mode, tail, language)
}

/// The notice that the gateway refuses the account's key.
#[must_use]
pub fn key_refused_notice(merchant: &Merchant, mode: Mode, tail: &str, language: Language) -> Card {
    notice("gateway-key-refused", merchant, mode, tail, language)
}

/// The notice that the gateway does not let the account use a method. `mode` and the key's tail name the account.
#[must_use]
pub fn method_refused_notice(
    merchant: &Merchant,
    (mode, tail): (Mode, &str),
    method: &str,
    language: Language,
) -> Card {
    let name = PaymentMethod::parse(method).map_or(method, |known| known.name());
    let text = Say::new(language, "gateway-method-refused").with("tail", tail).with("method", name).html();
    framed(&text, merchant, mode, language)
}

/// What stands in place of the card that led to a form, once the form was used.
#[must_use]
pub fn form_used_card(merchant: &Merchant, language: Language) -> Card {
    let text = Say::new(language, "gateway-form-used").with("store", merchant.name.as_str()).html();
    let back = Press::Gateway(GatewayPress::ShowOf(merchant.id));
    Card::new(text).row([CardButton::press(say(language, "button-back"), back)])
}

fn notice(key: &str, merchant: &Merchant, mode: Mode, tail: &str, language: Language) -> Card {
    framed(&Say::new(language, key).with("tail", tail).html(), merchant, mode, language)
}

fn framed(text: &str, merchant: &Merchant, mode: Mode, language: Language) -> Card {
    Card::new(format!("{text}\n{}", mode_mark(mode, language))).row([in_shop(
        merchant.id,
        "gateway-button-show",
        ShopPlace::Gateway,
        language,
    )])
}
