//! What comes after an order was placed: its goods are sent, its customer is written to, and reminded.
//!
//! ```text
//! Bot   🧾 #K7Q2M · Rp75.000 ✅ Lunas …
//!       [📦 Tandai dikirim]
//!       [💬 WhatsApp] [✈️ Telegram]
//! Ani   taps 📦 Tandai dikirim
//! Bot   (a line over the chat) 📦 Ditandai dikirim
//!       (the card) … 📦 Dikirim Sel 24 Nov 14.05 WIB · ditandai Anda
//!       [↩ Belum dikirim]
//! ```

use chrono::{DateTime, Utc};

use super::lead_back_to_orders;
use crate::bot::BotError;
use crate::bot::links::order_card::{order_card, show};
use crate::bot::links::wording::Reader;
use crate::bot::links::{any_seat, gone, money_card, reader};
use crate::bot::talk::Talk;
use crate::domain::id::OrderId;
use crate::domain::shipping::shipping;
use crate::messaging::buttons::{FindingPress, OrderList, PageFrom, Press};
use crate::messaging::card::{Card, CardButton};
use crate::messaging::customer_drafts::{CustomerDraft, Tone};
use crate::messaging::html::code;
use crate::messaging::texts::Say;
use crate::services::orders::OrderView;
use crate::services::shipping::Marking;

/// The most characters that a copy button takes.
const COPY_CHARACTERS_MAX: usize = 256;

/// The rows of an order's card by which its goods are sent and its customer is written to.
#[must_use]
pub fn order_rows(reader: &Reader, view: &OrderView) -> Vec<Vec<CardButton>> {
    let id = view.order.id;
    let button = |key: &str, press| CardButton::press(reader.say(key), Press::Finding(press));
    let ship = match view.order.shipped {
        Some(_) => Some(button("ship-button-undo", FindingPress::Unship(id, None))),
        None => shipping(view.order.state, view.money.staying_minor())
            .is_ok()
            .then(|| button("ship-button", FindingPress::Ship(id, None))),
    };
    let remind = (is_unpaid(view) && !view.order.customer.is_erased())
        .then(|| button("remind-button", FindingPress::Remind(id)));
    let write = draft_of(view).buttons(tone_of(view), reader.language);
    vec![ship.into_iter().chain(remind).collect(), write]
}

/// When the goods were sent, and by whose word.
#[must_use]
pub fn shipped_line(reader: &Reader, view: &OrderView) -> Option<(DateTime<Utc>, String)> {
    let shipped = view.order.shipped?;
    let at = reader.instant(shipped.at);
    let line = if shipped.by == reader.person {
        Say::new(reader.language, "ship-line-mine").with_safe("at", at)
    } else {
        let person = view.shipped_by.clone().unwrap_or_else(|| shipped.by.0.to_string());
        Say::new(reader.language, "ship-line").with_safe("at", at).with("person", person)
    };
    Some((shipped.at, line.html()))
}

/// A warning when goods are on their way and their money is gone, or is leaving.
#[must_use]
pub fn shipped_in_vain(reader: &Reader, view: &OrderView) -> Option<String> {
    view.order.shipped?;
    (view.money.staying_minor() <= 0).then(|| reader.say("ship-gone-line"))
}

/// Notes that the goods were sent, or takes that back.
pub(super) async fn mark(
    talk: &mut Talk,
    id: OrderId,
    list: Option<OrderList>,
    is_shipped: bool,
) -> Result<(), BotError> {
    let Some(seat) = any_seat(talk).await? else { return Ok(()) };
    let marked = if is_shipped {
        talk.services.mark_shipped(&seat, id).await?
    } else {
        talk.services.unmark_shipped(&seat, id).await?
    };
    let reader = reader(talk, &seat);
    let (view, toast, refusal) = match marked {
        Marking::Done(view) if is_shipped => (view, Some("ship-done-toast"), None),
        Marking::Done(view) => (view, Some("ship-undone-toast"), None),
        Marking::DoneBefore(view) => (view, Some("ship-before-toast"), None),
        Marking::Refused(view, refusal) => (view, None, Some(refusal)),
        Marking::NotFound => return gone(talk).await,
        Marking::NotAllowed => {
            talk.toast("ship-viewer-toast").await;
            return show(talk, id).await;
        }
    };
    if let Some(toast) = toast {
        talk.toast(toast).await;
    }
    let mut card = order_card(&reader, &view);
    if let Some(list) = list {
        lead_back_to_orders(&mut card, &reader, &view, (list, PageFrom::Start));
    }
    if let Some(refusal) = refusal {
        card.html = format!("{}\n\n{}", money_card::refusal_text(&reader, &view, refusal), card.html);
    }
    talk.show(card).await
}

/// Shows a reminder for the customer, ready to be sent.
pub(super) async fn remind(talk: &mut Talk, id: OrderId) -> Result<(), BotError> {
    let Some(seat) = any_seat(talk).await? else { return Ok(()) };
    let Some(view) = talk.services.order(&seat, id).await? else { return gone(talk).await };
    let reader = reader(talk, &seat);
    if !is_unpaid(&view) || view.order.customer.is_erased() {
        let mut card = order_card(&reader, &view);
        card.html = format!("{}\n\n{}", reader.say("remind-not-waiting"), card.html);
        return talk.show(card).await;
    }
    let card = reminder_card(&reader, &view);
    talk.show(card).await
}

/// The reminder with the ways to send it.
#[must_use]
pub fn reminder_card(reader: &Reader, view: &OrderView) -> Card {
    let draft = draft_of(view);
    let text = draft.text(tone_of(view));
    let title = Say::new(reader.language, "remind-title").with("customer", view.order.customer.name.as_str());
    let lines = [
        title.html(),
        String::new(),
        code(&text),
        String::new(),
        reader.say("remind-how"),
        reader.mode(view.order.mode),
    ];
    let is_short = text.chars().count() <= COPY_CHARACTERS_MAX;
    let copy = is_short.then(|| CardButton::copy(reader.say("remind-button-copy"), text));
    Card::new(lines.join("\n"))
        .row(draft.buttons(tone_of(view), reader.language))
        .row(copy)
        .row([CardButton::press(reader.say("follow-up-button-auto"), Press::Finding(FindingPress::FollowUp))])
        .row([CardButton::press(reader.say("finding-button-back"), Press::Order(view.order.id))])
}

/// Whether the customer may still pay, and no money came.
fn is_unpaid(view: &OrderView) -> bool {
    view.order.state.may_be_paid() && view.money.received_minor() == 0
}

/// What a message to the order's customer speaks of.
#[must_use]
pub fn draft_of(view: &OrderView) -> CustomerDraft<'_> {
    CustomerDraft { store: &view.store, link: &view.link, order: &view.order, address: view.address.as_ref() }
}

/// What the customer is written to about.
fn tone_of(view: &OrderView) -> Tone {
    let (flags, balance_minor) = (view.order.flags, view.money.balance_minor());
    let is_too_much =
        (flags.overpaid || flags.duplicate_payment) && balance_minor > view.order.amount.minor();
    let is_too_little = flags.underpaid && balance_minor > 0;
    Tone::of(&view.order, flags.mismatch || is_too_much || is_too_little)
}
