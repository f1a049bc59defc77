//! Deleting a link, after a question, and bringing it back within ten minutes.
//!
//! ```text
//! Ani   taps 🗑 Hapus
//! Bot   🗑 Hapus “Kaos polos”? Tautan langsung berhenti menerima pembayaran.
//!       12 pesanan tetap tersimpan. 1 pembeli sedang membayar …
//!       [◀ Tidak jadi] [🗑 Ya, hapus]
//! Ani   taps 🗑 Ya, hapus
//! Bot   🗑 Dihapus …  [↩ Urungkan]
//! Ani   taps ↩ Urungkan
//! Bot   ↩ Tautan kembali … (the link's card)
//! ```
//!
//! Every tap may come twice: the second one finds what the first one did.

use chrono::{DateTime, Utc};

use crate::bot::BotError;
use crate::bot::talk::Talk;
use crate::domain::id::LinkId;
use crate::messaging::buttons::Press;
use crate::messaging::card::{Card, CardButton};
use crate::messaging::texts::Say;
use crate::services::links::{Deletion, LinkView, Restoration};

use super::wizard::with_lead;
use super::wording::Reader;
use super::{any_seat, editing_seat, gone, link_card, reader};

/// Asks, naming what it means. A link that is deleted already shows itself.
pub(super) async fn ask(talk: &mut Talk, id: LinkId) -> Result<(), BotError> {
    let Some(seat) = editing_seat(talk).await? else { return Ok(()) };
    let Some(view) = talk.services.link(&seat, id).await? else { return gone(talk).await };
    let reader = reader(talk, &seat);
    let card = match view.link.deleted_at {
        None => question_card(&reader, &view),
        Some(_) => link_card::details_card(&reader, &view),
    };
    talk.show(card).await
}

/// Deletes.
pub(super) async fn delete(talk: &mut Talk, id: LinkId) -> Result<(), BotError> {
    let Some(seat) = editing_seat(talk).await? else { return Ok(()) };
    let undo_until = match talk.services.delete_link(&seat, id).await? {
        Deletion::Deleted { undo_until } => Some(undo_until),
        Deletion::DeletedBefore { undo_until } => undo_until,
        Deletion::NotFound => return gone(talk).await,
        Deletion::NotAllowed => return talk.show(super::only_looks(talk.language, "link-viewer")).await,
    };
    let Some(view) = talk.services.link(&seat, id).await? else { return gone(talk).await };
    let card = deleted_card(&reader(talk, &seat), &view, undo_until);
    talk.show(card).await
}

/// Brings the link back.
pub(super) async fn restore(talk: &mut Talk, id: LinkId) -> Result<(), BotError> {
    let Some(seat) = any_seat(talk).await? else { return Ok(()) };
    let reader = reader(talk, &seat);
    let card = match talk.services.restore_link(&seat, id).await? {
        Restoration::Restored(view) => {
            with_lead(link_card::details_card(&reader, &view), Some(reader.say("delete-restored")))
        }
        Restoration::TooLate => Card::new(reader.say("delete-too-late")).row(link_card::leaving_row(&reader)),
        Restoration::NotFound => return gone(talk).await,
        Restoration::NotAllowed => super::only_looks(reader.language, "link-viewer"),
    };
    talk.show(card).await
}

/// Asks, naming what deleting means; the safe choice stands left.
#[must_use]
pub fn question_card(reader: &Reader, view: &LinkView) -> Card {
    let text = |key| Say::new(reader.language, key);
    let orders = text("delete-orders").with_number("count", view.orders).html();
    let paying =
        (view.paying_now > 0).then(|| text("delete-paying").with_number("count", view.paying_now).html());
    let lines = [
        Some(text("delete-question").with("name", view.link.item_name.as_str()).html()),
        Some(orders),
        paying,
        Some(reader.say("delete-undo-hint")),
        Some(String::new()),
        Some(reader.mode(view.link.mode)),
    ];
    Card::new(lines.into_iter().flatten().collect::<Vec<_>>().join("\n")).row([
        CardButton::press(reader.say("delete-button-keep"), Press::Link(view.link.id)),
        CardButton::press(reader.say("delete-button-yes"), Press::DeleteYes(view.link.id)),
    ])
}

/// The card of a link that was deleted.
#[must_use]
pub fn deleted_card(reader: &Reader, view: &LinkView, undo_until: Option<DateTime<Utc>>) -> Card {
    let until = match undo_until {
        Some(until) => {
            Say::new(reader.language, "delete-until").with_safe("until", reader.instant(until)).html()
        }
        None => reader.say("delete-no-undo"),
    };
    let lines = [
        Some(reader.say("delete-done")),
        Some(link_card::title(reader, &view.link)),
        Some(Say::new(reader.language, "delete-orders").with_number("count", view.orders).html()),
        (view.orders > 0).then(|| reader.say("delete-orders-where")),
        Some(until),
        Some(reader.mode(view.link.mode)),
    ];
    let undo =
        undo_until.map(|_| CardButton::press(reader.say("delete-button-undo"), Press::Restore(view.link.id)));
    Card::new(lines.into_iter().flatten().collect::<Vec<_>>().join("\n"))
        .row(undo)
        .row([link_card::orders_button(reader, view)])
        .row(link_card::leaving_row(reader))
}
