//! What is told about a shop's own gateway account.

use super::buttons::{GatewayPress, Press};
use super::card::{Card, CardButton};
use super::notifications::mode_mark;
use super::texts::{Say, say};
use crate::domain::language::Language;
use crate::domain::merchant::Mode;

/// The notice that an account was connected.
#[must_use]
pub fn connected_notice(mode: Mode, tail: &str, language: Language) -> Card {
    let key = match mode {
        Mode::Sandbox => "gateway-connected-sandbox",
        Mode::Live => "gateway-connected-live",
    };
    notice(key, mode, tail, language)
}

/// The notice that the gateway refuses the account's key.
#[must_use]
pub fn key_refused_notice(mode: Mode, tail: &str, language: Language) -> Card {
    notice("gateway-key-refused", mode, tail, language)
}

/// What stands in place of the card that led to a form, once the form was used.
#[must_use]
pub fn form_used_card(language: Language) -> Card {
    let back = CardButton::press(say(language, "button-back"), Press::Gateway(GatewayPress::Show));
    Card::new(say(language, "gateway-form-used")).row([back])
}

fn notice(key: &str, mode: Mode, tail: &str, language: Language) -> Card {
    let text = Say::new(language, key).with("tail", tail).html();
    let show = Press::Gateway(GatewayPress::RecordShow);
    Card::new(format!("{text}\n{}", mode_mark(mode, language)))
        .row([CardButton::press(say(language, "gateway-button-show"), show)])
}
