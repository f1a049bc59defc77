//! Which ways to pay a shop takes.
//!
//! ```text
//! Ani    taps 💳 Cara bayar in the settings
//! bot    💳 Cara bayar toko …   [✅ QRIS] [✅ BCA] [✅ GoPay] …  [◀ Kembali]
//! Ani    taps ✅ GoPay
//! bot    the same card: [⬜ GoPay], and the links that nobody could pay now, if any
//! ```

use super::conversation::Conversation;
use super::settings::{back_button, say_refused};
use super::talk::Talk;
use super::{BotError, home, start};
use crate::domain::language::Language;
use crate::domain::method_set::MethodSet;
use crate::domain::payment_method::PaymentMethod;
use crate::messaging::buttons::{MethodsPress, Press};
use crate::messaging::card::{Card, CardButton, HALF_WIDTH, cut};
use crate::messaging::html::escape;
use crate::messaging::texts::Say;
use crate::services::merchants::{Seat, ShopChange, ShopRefusal};

/// Methods beside each other.
const METHODS_IN_ROW: usize = 2;

/// The most links that are named because nobody could pay them.
const UNPAYABLE_NAMED: usize = 5;

/// A tap about the shop's ways to pay.
///
/// # Errors
/// When the shop or Telegram cannot be asked.
pub async fn pressed(talk: &mut Talk, press: MethodsPress) -> Result<(), BotError> {
    let Some(seat) = talk.seat.clone() else {
        return start::begin(talk).await;
    };
    let change = match press {
        MethodsPress::ShopMethod(_, method, is_taken) => ShopChange::Method(method, is_taken),
        MethodsPress::ShopAll(_) => ShopChange::AllMethods,
        _ => return show(talk, &seat).await,
    };
    match talk.services.change_shop(&seat, change).await? {
        Ok(merchant) => {
            let seat = Seat { merchant, member: seat.member };
            talk.seat = Some(seat.clone());
            talk.toast("settings-saved-toast").await;
            show(talk, &seat).await
        }
        Err(ShopRefusal::NoMethodLeft) => {
            talk.toast("methods-last-toast").await;
            show(talk, &seat).await
        }
        Err(refusal) => say_refused(talk, refusal).await,
    }
}

async fn show(talk: &mut Talk, seat: &Seat) -> Result<(), BotError> {
    talk.go(Conversation::Idle);
    let merchant = &seat.merchant;
    let offers = talk.services.methods_of_gateway(merchant, merchant.mode).await?;
    let known: Vec<PaymentMethod> = match offers.is_empty() {
        true => PaymentMethod::ALL.to_vec(),
        false => offers.iter().map(|offer| offer.method).collect(),
    };
    let mut parts = vec![talk.say("methods-shop")];
    let refused = talk.services.refused_in_shop(merchant, merchant.mode).await?;
    parts.extend(not_active(talk.language, "methods-not-active", &refused));
    let unpayable = talk.services.unpayable_links(seat, UNPAYABLE_NAMED + 1).await?;
    if !unpayable.is_empty() {
        let named = unpayable.iter().take(UNPAYABLE_NAMED).map(|link| escape(link.item_name.as_str()));
        let more = if unpayable.len() > UNPAYABLE_NAMED { ", …" } else { "" };
        let links = format!("{}{more}", named.collect::<Vec<_>>().join(", "));
        parts.push(talk.words("methods-unpayable").with_safe("links", links).html());
    }
    parts.push(home::mode_line(talk, merchant.mode));
    let shop = merchant.id;
    let tick = |method, is_taken| Press::Methods(MethodsPress::ShopMethod(shop, method, is_taken));
    let all = (!merchant.methods.is_all()).then(|| {
        CardButton::press(talk.say("methods-button-all"), Press::Methods(MethodsPress::ShopAll(shop)))
    });
    let card = ticks(Card::new(parts.join("\n\n")), &known, &merchant.methods, tick);
    talk.show(card.row(all).row([back_button(talk)])).await
}

/// That the gateway refuses methods at the moment, in the words of a text; nothing when it refuses none.
pub(super) fn not_active(language: Language, key: &str, refused: &[PaymentMethod]) -> Option<String> {
    let names: Vec<&str> = refused.iter().map(|method| method.short_name()).collect();
    (!names.is_empty()).then(|| Say::new(language, key).with("methods", names.join(", ")).html())
}

/// The methods as boxes to tick, two beside each other. `press` is told which one, and whether to take it.
pub(super) fn ticks(
    card: Card,
    known: &[PaymentMethod],
    taken: &MethodSet,
    press: impl Fn(PaymentMethod, bool) -> Press,
) -> Card {
    let buttons: Vec<CardButton> = known
        .iter()
        .map(|method| {
            let is_taken = taken.includes(*method);
            let label = format!("{} {}", if is_taken { "✅" } else { "⬜" }, method.short_name());
            CardButton::press(cut(&label, HALF_WIDTH), press(*method, !is_taken))
        })
        .collect();
    buttons.chunks(METHODS_IN_ROW).fold(card, |card, pair| card.row(pair.to_vec()))
}
