//! What a link sells beside one thing at one price: the card that offers it, and how cards say it.
//!
//! ```text
//! Ani   taps 🧺 Foto & opsi on the confirm card
//! Bot   🧺 Lengkapi tautan …   [🖼 Foto] [🔢 Jumlah] [🕒 Dibuka] [💬 Pesan] [◀ Kembali]
//! Ani   taps 🔢 Jumlah, types 5
//! Bot   📝 Sudah benar? … 🔢 Sampai 5 buah per pesanan …
//! ```

use chrono::{DateTime, Utc};

use crate::bot::BotError;
use crate::bot::conversation::Conversation;
use crate::bot::talk::Talk;
use crate::domain::id::DraftId;
use crate::domain::link_draft::LinkDraft;
use crate::domain::merchant::Mode;
use crate::domain::money::Money;
use crate::domain::offer::{Bill, Offer, Pricing};
use crate::domain::visible_text::SellerNote;
use crate::messaging::buttons::goods::GoodsPress;
use crate::messaging::buttons::{DraftField, MethodsPress, Press};
use crate::messaging::card::{Card, CardButton, cut};
use crate::messaging::html::escape;
use crate::messaging::texts::Say;
use crate::services::merchants::Seat;

use super::link_methods::methods_line;
use super::questions::{Offers, question_in_words};
use super::wording::Reader;
use super::{LinkTalk, Question, Way, confirm_card, editing_seat, open_draft, reader};

/// The most characters of a name on a line of a bill.
const NAME_CHARACTERS_MAX: usize = 40;
/// The most characters of the message to customers that a card shows.
const NOTE_CHARACTERS_MAX: usize = 120;

/// A tap about what is sold.
///
/// # Errors
/// When the shop or Telegram cannot be asked.
pub(super) async fn pressed(talk: &mut Talk, press: GoodsPress) -> Result<(), BotError> {
    let Some(seat) = editing_seat(talk).await? else { return Ok(()) };
    let (GoodsPress::More(id)
    | GoodsPress::Photo(id)
    | GoodsPress::DropPhoto(id)
    | GoodsPress::Range(id)
    | GoodsPress::Bill(id)) = press;
    let Some(mut draft) = open_draft(talk, id).await? else { return Ok(()) };
    let mode = draft.mode(seat.merchant.mode);
    match press {
        GoodsPress::More(_) => {
            let card = more_card(&reader(talk, &seat), &draft, mode);
            shown_for(talk, id, card).await
        }
        GoodsPress::Photo(_) => {
            let card = photo_card(&reader(talk, &seat), &draft, mode);
            shown_for(talk, id, card).await
        }
        GoodsPress::DropPhoto(_) => {
            draft.offer.photo = None;
            talk.services.keep_draft(talk.person, &draft).await?;
            confirm_card::show(talk, &seat, draft, None).await
        }
        GoodsPress::Range(_) => ask_price(talk, &seat, &draft, "goods-ask-range").await,
        GoodsPress::Bill(_) => ask_price(talk, &seat, &draft, "goods-ask-bill").await,
    }
}

/// The price's question in other words: the answer may be a range or several lines as well.
async fn ask_price(talk: &mut Talk, seat: &Seat, draft: &LinkDraft, key: &str) -> Result<(), BotError> {
    let way = match &talk.conversation {
        Conversation::Link(LinkTalk::AwaitingPrice(question)) if question.draft_id == draft.id => {
            question.way
        }
        _ => Way::Edit,
    };
    let reader = reader(talk, seat);
    let mode = draft.mode(seat.merchant.mode);
    let question = Question { draft_id: draft.id, way, asked_at: reader.now };
    talk.go(Conversation::Link(LinkTalk::AwaitingPrice(question)));
    let field = (DraftField::Price, way);
    talk.show(question_in_words(&reader, draft, field, &Offers::default(), mode, talk.say(key))).await
}

/// Shows a card that belongs to a draft while nothing is asked: a picture that comes now is the draft's.
pub(super) async fn shown_for(talk: &mut Talk, id: DraftId, card: Card) -> Result<(), BotError> {
    talk.go(Conversation::Idle);
    talk.show(card).await?;
    talk.confirms(Some(id));
    Ok(())
}

/// All that can be added to a link.
#[must_use]
pub fn more_card(reader: &Reader, draft: &LinkDraft, mode: Mode) -> Card {
    let mut parts = vec![reader.say("goods-more")];
    let lines =
        draft.price.map(|price| lines(reader, price, &draft.offer, draft.opens_at)).unwrap_or_default();
    let lines: Vec<String> = lines.into_iter().chain(note_line(reader, draft.seller_note.as_ref())).collect();
    if !lines.is_empty() {
        parts.push(lines.join("\n"));
    }
    parts.push(reader.mode(mode));
    let button = |key: &str, press| CardButton::press(reader.say(key), press);
    let edit = |key: &str, field| button(key, Press::DraftEdit(draft.id, field));
    Card::new(parts.join("\n\n"))
        .row([
            button("goods-button-photo", Press::Goods(GoodsPress::Photo(draft.id))),
            edit("goods-button-pieces", DraftField::Pieces),
        ])
        .row([edit("goods-button-note", DraftField::BuyerNote), edit("note-button", DraftField::SellerNote)])
        .row([edit("goods-button-opens", DraftField::OpensAt), edit("return-button", DraftField::ReturnUrl)])
        .row([button("methods-button", Press::Methods(MethodsPress::Draft(draft.id)))])
        .row([
            button("goods-button-range", Press::Goods(GoodsPress::Range(draft.id))),
            button("goods-button-bill", Press::Goods(GoodsPress::Bill(draft.id))),
        ])
        .row([button("draft-button-back", Press::DraftShow(draft.id))])
}

/// Asks for a picture.
#[must_use]
pub fn photo_card(reader: &Reader, draft: &LinkDraft, mode: Mode) -> Card {
    let key = if draft.offer.photo.is_some() { "goods-ask-photo-again" } else { "goods-ask-photo" };
    let button = |key: &str, press| CardButton::press(reader.say(key), press);
    let drop = Press::Goods(GoodsPress::DropPhoto(draft.id));
    Card::new(format!("{}\n\n{}", reader.say(key), reader.mode(mode)))
        .row(draft.offer.photo.map(|_| button("goods-button-drop-photo", drop)))
        .row([button("draft-button-back", Press::DraftShow(draft.id))])
}

/// The button that leads to all this.
#[must_use]
pub fn more_button(reader: &Reader, id: DraftId) -> CardButton {
    CardButton::press(reader.say("goods-button-more"), Press::Goods(GoodsPress::More(id)))
}

/// The buttons under the question for the price.
#[must_use]
pub fn price_buttons(reader: &Reader, id: DraftId) -> Vec<CardButton> {
    let button = |key: &str, press| CardButton::press(reader.say(key), Press::Goods(press));
    vec![
        button("goods-button-range", GoodsPress::Range(id)),
        button("goods-button-bill", GoodsPress::Bill(id)),
    ]
}

/// What a card says of all this: a line for each thing that is set.
#[must_use]
pub fn lines(reader: &Reader, price: Money, offer: &Offer, opens_at: Option<DateTime<Utc>>) -> Vec<String> {
    let text = |key| Say::new(reader.language, key);
    let mut lines = match &offer.pricing {
        Pricing::Fixed => Vec::new(),
        Pricing::PerPiece(most) => {
            let price = price.display(reader.language);
            let count = reader.count(most.get());
            vec![text("goods-pieces").with_safe("count", count).with_safe("price", price).html()]
        }
        Pricing::Chosen(chosen) => {
            let suggested = chosen.suggested.map(|suggested| {
                text("goods-suggested").with_safe("price", suggested.display(reader.language)).html()
            });
            std::iter::once(reader.say("goods-chosen")).chain(suggested).collect()
        }
        Pricing::Bill(bill) => bill_lines(reader, bill),
    };
    if offer.photo.is_some() {
        lines.push(reader.say("goods-photo"));
    }
    if let Some(note) = &offer.buyer_note {
        let shown = cut(note.as_str(), NOTE_CHARACTERS_MAX);
        lines.push(text("goods-note").with("note", shown).html());
    }
    if let Some(url) = &offer.return_url {
        lines.push(text("return-line").with("url", cut(url.as_str(), NOTE_CHARACTERS_MAX)).html());
    }
    lines.extend(methods_line(reader, &offer.methods));
    lines.extend(opens_at.map(|at| text("link-opens").with_safe("opens", reader.instant(at)).html()));
    lines
}

/// What the team wrote down for itself.
#[must_use]
pub fn note_line(reader: &Reader, note: Option<&SellerNote>) -> Option<String> {
    Some(Say::new(reader.language, "note-line").with("note", note?.as_str()).html())
}

/// `▫️ Kaos × 2 · Rp150.000`, and what is taken off.
#[must_use]
pub fn bill_lines(reader: &Reader, bill: &Bill) -> Vec<String> {
    let money =
        |amount: Option<Money>| amount.map(|amount| amount.display(reader.language)).unwrap_or_default();
    let things = bill.lines.iter().map(|line| {
        let count =
            if line.pieces > 1 { format!(" × {}", reader.count(line.pieces)) } else { String::new() };
        format!(
            "▫️ {}{count} · {}",
            escape(&cut(line.name.as_str(), NAME_CHARACTERS_MAX)),
            money(line.total())
        )
    });
    let discount = bill.discount.map(|discount| {
        let discount =
            Say::new(reader.language, "goods-discount-line").with_safe("amount", money(Some(discount)));
        discount.html()
    });
    things.chain(discount).collect()
}
