//! Which ways to pay a link takes, out of those that its shop takes.
//!
//! ```text
//! Ani   taps 💳 Cara bayar on the card of what can be added
//! Bot   💳 Cara bayar tautan ini …   [✅ QRIS] [✅ BCA] …  [◀ Kembali]
//! Ani   taps ✅ QRIS
//! Bot   the same card: [⬜ QRIS]
//! ```

use crate::bot::BotError;
use crate::bot::shop_methods::{not_active, ticks};
use crate::bot::talk::Talk;
use crate::domain::link_draft::LinkDraft;
use crate::domain::merchant::Mode;
use crate::domain::method_set::MethodSet;
use crate::domain::payment_method::{MethodOffer, PaymentMethod};
use crate::messaging::buttons::{MethodsPress, Press};
use crate::messaging::card::{Card, CardButton};
use crate::messaging::texts::Say;
use crate::services::merchants::Seat;

use super::wording::Reader;
use super::{editing_seat, goods, open_draft, reader};

/// A tap about a link's ways to pay.
///
/// # Errors
/// When the shop or Telegram cannot be asked.
pub(super) async fn pressed(talk: &mut Talk, press: MethodsPress) -> Result<(), BotError> {
    let Some(seat) = editing_seat(talk).await? else { return Ok(()) };
    let (MethodsPress::Draft(id) | MethodsPress::DraftMethod(id, ..) | MethodsPress::DraftAll(id)) = press
    else {
        return Ok(());
    };
    let Some(mut draft) = open_draft(talk, id).await? else { return Ok(()) };
    let mode = draft.mode(seat.merchant.mode);
    let mut offers = talk.services.methods_of_gateway(&seat.merchant, mode).await?;
    offers.retain(|offer| seat.merchant.methods.includes(offer.method));
    let wanted = match press {
        MethodsPress::DraftMethod(_, method, is_taken) => draft.offer.methods.with(method, is_taken),
        MethodsPress::DraftAll(_) => MethodSet::default(),
        _ => draft.offer.methods.clone(),
    };
    if wanted != draft.offer.methods {
        if offers.iter().any(|offer| wanted.includes(offer.method)) {
            draft.offer.methods = wanted;
            talk.services.keep_draft(talk.person, &draft).await?;
        } else {
            talk.toast("methods-last-toast").await;
        }
    }
    let mut card = methods_card(&reader(talk, &seat), &draft, &offers, mode);
    if let Some(warning) = refused_warning(talk, &seat, &draft).await? {
        card.html = format!("{warning}\n\n{}", card.html);
    }
    goods::shown_for(talk, id, card).await
}

/// That the gateway refuses at the moment what this link is to be paid by: some of it, or all.
async fn refused_warning(talk: &Talk, seat: &Seat, draft: &LinkDraft) -> Result<Option<String>, BotError> {
    let only = talk.services.only_refused(&seat.merchant, draft).await?;
    if !only.is_empty() {
        return Ok(not_active(talk.language, "methods-only-not-active", &only));
    }
    let mode = draft.mode(seat.merchant.mode);
    let mut refused = talk.services.refused_in_shop(&seat.merchant, mode).await?;
    refused.retain(|method| draft.offer.methods.includes(*method));
    Ok(not_active(talk.language, "methods-not-active", &refused))
}

/// The methods that shop and account take, as boxes to tick for the link of a draft.
#[must_use]
pub fn methods_card(reader: &Reader, draft: &LinkDraft, offers: &[MethodOffer], mode: Mode) -> Card {
    let taken = &draft.offer.methods;
    let mut parts = vec![reader.say("methods-link")];
    let takes = |offer: &MethodOffer| draft.price.is_none_or(|price| offer.takes(price.minor()));
    if !offers.iter().any(|offer| taken.includes(offer.method) && takes(offer)) {
        let price = draft.price.map(|price| price.display(reader.language)).unwrap_or_default();
        parts.push(Say::new(reader.language, "methods-refused").with_safe("price", price).html());
    }
    parts.push(reader.mode(mode));
    let known: Vec<PaymentMethod> = offers.iter().map(|offer| offer.method).collect();
    let press = |press| Press::Methods(press);
    let tick = |method, is_taken| press(MethodsPress::DraftMethod(draft.id, method, is_taken));
    let all = (!taken.is_all()).then(|| {
        CardButton::press(reader.say("methods-button-all"), press(MethodsPress::DraftAll(draft.id)))
    });
    ticks(Card::new(parts.join("\n\n")), &known, taken, tick)
        .row(all)
        .row([CardButton::press(reader.say("draft-button-back"), Press::DraftShow(draft.id))])
}

/// `💳 Cara bayar: QRIS, BCA`; nothing where every way is taken.
#[must_use]
pub fn methods_line(reader: &Reader, taken: &MethodSet) -> Option<String> {
    let names: Vec<&str> = taken.methods().into_iter().map(PaymentMethod::short_name).collect();
    let line = Say::new(reader.language, "methods-line").with("methods", names.join(", "));
    (!taken.is_all()).then(|| line.html())
}
