//! A link's card: right after it was made, and with every field.
//!
//! ```text
//! Bot   ✅ Tautan siap dibagikan
//!       Kaos polos · Rp75.000
//!       https://bayar.example/kaos…
//!       🟢 Aktif · 3 dari 10 terbayar, 1 sedang bayar
//!       ⏳ Sampai Sab 28 Nov 14.00 WIB
//!       🧪 Sandbox …
//!       [📋 Salin] [↗ Kirim] [💬 WhatsApp] [🧾 Pesanan (4)] [📄 Detail] [🗑 Hapus] [🔗 Tautan] [🏠 Beranda]
//! ```

use url::Url;

use crate::bot::BotError;
use crate::bot::sharing::picture_buttons;
use crate::bot::talk::Talk;
use crate::domain::figures::Period;
use crate::domain::id::LinkId;
use crate::domain::living_card::CardFace;
use crate::domain::merchant::Mode;
use crate::domain::payment_link::{LinkState, PaymentLink};
use crate::messaging::buttons::{NumbersPress, PageFrom, Press, RehearsalPress};
use crate::messaging::card::{ButtonAction, Card, CardButton};
use crate::messaging::html::code;
use crate::messaging::price_words::price_words;
use crate::messaging::texts::Say;
use crate::services::links::{LinkView, UNDO_WINDOW};

use super::change_link::change_rows;
use super::wording::{Reader, buyer};
use super::{any_seat, gone, goods, link_letter, reader};
use crate::messaging::sharing::{chat_url, share_url};
use crate::messaging::storefront::Listing;

/// The most characters that a copy button takes.
const COPY_CHARACTERS_MAX: usize = 256;

/// The most buttons beside each other whose words can be read.
const BUTTONS_IN_ROW_MAX: usize = 3;

/// The card with every field.
pub(super) async fn show(talk: &mut Talk, id: LinkId) -> Result<(), BotError> {
    show_as(talk, id, details_card).await
}

/// The card of a link that an earlier tap made, or the same tap before the process ended: see [`made_card`].
pub(super) async fn show_made(talk: &mut Talk, id: LinkId) -> Result<(), BotError> {
    show_as(talk, id, made_card).await
}

async fn show_as(talk: &mut Talk, id: LinkId, card: fn(&Reader, &LinkView) -> Card) -> Result<(), BotError> {
    let Some(seat) = any_seat(talk).await? else { return Ok(()) };
    match talk.services.link(&seat, id).await? {
        Some(view) => {
            let card = card(&reader(talk, &seat), &view);
            talk.show(card).await
        }
        None => gone(talk).await,
    }
}

/// The card that says a link is ready to be sent, or every field when it has ended or is switched off by now.
pub(super) fn made_card(reader: &Reader, view: &LinkView) -> Card {
    match view.state {
        LinkState::Active | LinkState::Busy | LinkState::NotOpenYet => created_card(reader, view),
        _ => details_card(reader, view),
    }
}

/// The card of a link that was just made: what one does next is to send it.
#[must_use]
pub fn created_card(reader: &Reader, view: &LinkView) -> Card {
    let lines = [
        reader.say("link-created"),
        title(reader, &view.link),
        code(view.url.as_str()),
        state_line(reader, view),
    ];
    let opens_at = view.link.opens_at.filter(|at| *at > view.now);
    let opens = |at| Say::new(reader.language, "link-opens").with_safe("opens", reader.instant(at)).html();
    let ends = [until_line(reader, view), reader.mode(view.link.mode)];
    let goes_to = link_letter::fate_line(reader, view);
    let lines = lines.into_iter().chain(opens_at.map(opens)).chain(goes_to).chain(ends);
    let lines: Vec<String> = lines.collect();
    let details = CardButton::press(reader.say("link-button-details"), Press::Link(view.link.id));
    let card = Card::new(lines.join("\n")).following(&view.link, CardFace::Made, view.now);
    let mut card = with_buttons(reader, view, card, Some(details));
    // The address of a new link stays in the chat: going elsewhere takes nothing away.
    for button in card.rows.iter_mut().flatten() {
        match button.action {
            ButtonAction::Press(Press::Links(PageFrom::Start)) => {
                button.action = ButtonAction::Press(Press::RecordLinks);
            }
            ButtonAction::Press(Press::Home) => button.action = ButtonAction::Press(Press::RecordHome),
            _ => {}
        }
    }
    card
}

/// The card with every field.
#[must_use]
pub fn details_card(reader: &Reader, view: &LinkView) -> Card {
    let link = &view.link;
    let text = |key| Say::new(reader.language, key);
    let limit = link.usage_limit.map_or_else(
        || reader.say("link-no-limit"),
        |limit| text("link-limit").with_safe("limit", reader.count(limit.get())).html(),
    );
    let used = text("link-used")
        .with_safe("paid", reader.count(link.used))
        .with_safe("paying", reader.count(view.paying_now))
        .html();
    let customer = link.customer.as_ref().map_or_else(
        || reader.say("link-anyone"),
        |customer| text("link-buyer").with("buyer", buyer(customer)).html(),
    );
    let goods = goods::lines(reader, link.price, &link.offer, link.opens_at);
    let lines = [
        Some(title(reader, link)),
        Some(code(view.url.as_str())),
        Some(state_line(reader, view)),
        (!goods.is_empty()).then(|| goods.join("\n")),
        Some(until_line(reader, view)),
        Some(limit),
        Some(used),
        Some(customer),
        link_letter::fate_line(reader, view),
        Some(text("link-reference").with_safe("reference", code(link.reference.as_str())).html()),
        Some(text("link-slug").with_safe("slug", code(link.slug.as_str())).html()),
        goods::note_line(reader, link.seller_note.as_ref()),
        Some(text("link-orders").with_safe("orders", reader.count(view.orders)).html()),
        Some(text("link-made").with_safe("made", reader.instant(link.created_at)).html()),
        Some(reader.mode(link.mode)),
    ];
    let html = lines.into_iter().flatten().collect::<Vec<_>>().join("\n");
    with_buttons(reader, view, Card::new(html).following(link, CardFace::Details, view.now), None)
}

/// Name and price.
#[must_use]
pub(super) fn title(reader: &Reader, link: &PaymentLink) -> String {
    Say::new(reader.language, "link-title")
        .with("name", link.item_name.as_str())
        .with_safe("price", price_words(reader.language, link.price, &link.offer.pricing))
        .html()
}

/// `🟢 Active`: the picture and the word of a state.
#[must_use]
pub const fn state_words(state: LinkState) -> (&'static str, &'static str) {
    match state {
        LinkState::Active => ("🟢", "link-state-active"),
        LinkState::Busy => ("🟡", "link-state-busy"),
        LinkState::Exhausted => ("🏁", "link-state-exhausted"),
        LinkState::Expired => ("⌛", "link-state-expired"),
        LinkState::NotOpenYet => ("🕒", "link-state-not-open"),
        LinkState::Paused => ("⏸", "link-state-paused"),
        LinkState::Deleted => ("🗑", "link-state-deleted"),
    }
}

/// The buttons that take one away from a link: to the list, and home.
pub(in crate::bot) fn leaving_row(reader: &Reader) -> [CardButton; 2] {
    [
        CardButton::press(reader.say("link-button-links"), Press::Links(PageFrom::Start)),
        CardButton::press(reader.say("button-home"), Press::Home),
    ]
}

/// `🧾 Orders (4)`.
pub(super) fn orders_button(reader: &Reader, view: &LinkView) -> CardButton {
    let count = reader.count(view.orders);
    let label = Say::new(reader.language, "link-button-orders").with_safe("count", count).plain();
    CardButton::press(label, Press::LinkOrders(view.link.id, PageFrom::Start))
}

fn state_line(reader: &Reader, view: &LinkView) -> String {
    let (icon, word) = state_words(view.state);
    // A limit is at least 1, so that 0 can stand for none in the text.
    let limit = view.link.usage_limit.map_or(0, |limit| limit.get());
    let usage = Say::new(reader.language, "link-usage")
        .with_number("limit", limit)
        .with_number("paid", view.link.used)
        .with_number("paying", view.paying_now)
        .html();
    Say::new(reader.language, "link-state")
        .with_safe("icon", icon)
        .with_safe("state", reader.say(word))
        .with_safe("usage", usage)
        .html()
}

fn until_line(reader: &Reader, view: &LinkView) -> String {
    let Some(expires_at) = view.link.expires_at else { return reader.say("link-no-end") };
    let key = if expires_at <= view.now { "link-was-until" } else { "link-until" };
    Say::new(reader.language, key).with_safe("until", reader.instant(expires_at)).html()
}

fn with_buttons(reader: &Reader, view: &LinkView, card: Card, details: Option<CardButton>) -> Card {
    let id = view.link.id;
    let orders = orders_button(reader, view);
    if let Some(deleted_at) = view.link.deleted_at {
        let may_return = view.now < deleted_at + UNDO_WINDOW;
        let undo =
            may_return.then(|| CardButton::press(reader.say("delete-button-undo"), Press::Restore(id)));
        return card.row(undo).row([orders]).row(leaving_row(reader));
    }
    let delete = CardButton::press(reader.say("link-button-delete"), Press::Delete(id));
    let like = CardButton::press(reader.say("change-button-like"), Press::MakeLike(id));
    let figures = Press::Numbers(NumbersPress::LinkFigures(id, Period::ThirtyDays));
    let figures = CardButton::press(reader.say("numbers-button-link"), figures);
    let [links, home] = leaving_row(reader);
    let [sending, chats] = sharing_rows(reader, view);
    let [more, changes] = change_rows(reader, view);
    let practice = (view.link.mode == Mode::Sandbox && view.state == LinkState::Active).then(|| {
        let press = Press::Rehearsal(RehearsalPress::With(id));
        CardButton::press(reader.say("link-button-practice"), press)
    });
    let acts: Vec<CardButton> =
        details.into_iter().chain(changes).chain([like, delete]).chain(practice).collect();
    let again = link_letter::again_button(reader, view);
    let card = card.row(again).row(sending).row(chats).row([orders, figures]).row(more);
    acts.chunks(2).fold(card, |card, pair| card.row(pair.to_vec())).row([links, home])
}

fn sharing_rows(reader: &Reader, view: &LinkView) -> [Vec<CardButton>; 2] {
    let link = &view.link;
    let listing = Listing { link, url: &view.url, zone: reader.zone, now: view.now };
    let text = listing.share_text(reader.language);
    let button = |key: &str, url: Option<Url>| url.map(|url| CardButton::url(reader.say(key), url));
    let address = view.url.as_str();
    let copies = address.chars().count() <= COPY_CHARACTERS_MAX;
    let copy = copies.then(|| CardButton::copy(reader.say("link-button-copy"), address));
    let share = share_url(&view.url, &text).map(|address| CardButton {
        label: reader.say("link-button-share"),
        action: ButtonAction::Share { address, query: link.slug.as_str().to_owned() },
    });
    let phone = link.customer.as_ref().and_then(|customer| customer.phone.as_ref());
    let whatsapp = button("link-button-whatsapp", chat_url(phone, &format!("{text}\n{address}")));
    let has_email = link.customer.as_ref().is_some_and(|customer| customer.email.is_some());
    let email =
        has_email.then(|| CardButton::press(reader.say("link-button-email"), Press::LinkShare(link.id)));
    // Telegram refuses a whole card for one address that only this machine can reach.
    let is_public = view.url.scheme() == "https";
    let look = is_public.then(|| CardButton::url(reader.say("link-button-look"), view.url.clone()));
    let second = whatsapp.into_iter().chain(email).chain(look);
    let [qr, story] = picture_buttons(reader.language, link.id);
    let mut chats: Vec<CardButton> = second.collect();
    // The other picture is asked for below the first as well.
    if chats.len() < BUTTONS_IN_ROW_MAX {
        chats.push(story);
    }
    [copy.into_iter().chain(share).chain([qr]).collect(), chats]
}
