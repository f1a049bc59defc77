//! Several links typed at once: one card shows them all, and one tap makes them.
//!
//! ```text
//! Ani   /new kaos 75rb x10
//!       topi 50rb
//! Bot   📝 2 tautan. Sudah benar?
//!       1. kaos · Rp75.000
//!          🔁 10× · ⏳ Tanpa batas waktu
//!       2. topi · Rp50.000 …
//!       [✅ Buat 2 tautan] [✏️ 1] [✏️ 2] [✖ Batal]
//! Ani   taps ✅ Buat 2 tautan
//! Bot   the same message says the addresses
//! ```
//!
//! Each line is a draft of its own, so that one that cannot be made holds up no other, and a second tap makes
//! nothing twice.

use crate::bot::BotError;
use crate::bot::conversation::Conversation;
use crate::bot::talk::Talk;
use crate::domain::id::{BatchId, DraftId};
use crate::domain::letter::address_of;
use crate::domain::link_draft::LinkDraft;
use crate::domain::merchant::Mode;
use crate::domain::one_line::{LineError, LineReading};
use crate::messaging::buttons::{CreatingPress, Press};
use crate::messaging::card::{Card, CardButton};
use crate::messaging::html::code;
use crate::messaging::price_words::price_words;
use crate::messaging::texts::Say;
use crate::services::links::{Creation, LinkView};
use crate::services::merchants::Seat;

use super::confirm_card::creation_refusal;
use super::new_link::{as_kept, draft_from, is_ambiguous, refused_line, remarks};
use super::refusals::line_refusal;
use super::wizard::{self, with_lead};
use super::wording::Reader;
use super::{confirm_card, editing_seat, gone, link_card, reader};

/// Buttons with a line's number that stand beside each other.
const NUMBERS_IN_A_ROW: usize = 5;

/// A line of the card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BatchLine {
    /// It is still a draft.
    Open(LinkDraft),
    /// It is a link.
    Made(LinkView),
}

/// A tap on a button of the card.
pub(super) async fn pressed(talk: &mut Talk, press: CreatingPress) -> Result<(), BotError> {
    let Some(seat) = editing_seat(talk).await? else { return Ok(()) };
    match press {
        CreatingPress::BatchCreate(id) => create(talk, &seat, id).await,
        CreatingPress::BatchDiscard(id) => discard(talk, id).await,
        CreatingPress::Batch(id) => show(talk, &seat, id, None).await,
        _ => Ok(()),
    }
}

/// One card for the lines that were understood, after one message about the others.
pub(super) async fn offer(
    talk: &mut Talk,
    seat: &Seat,
    lines: Vec<(String, Result<LineReading, LineError>)>,
) -> Result<(), BotError> {
    let reader = reader(talk, seat);
    let (mut drafts, mut leads, mut refusals) = (Vec::new(), Vec::new(), Vec::new());
    for ((typed, reading), number) in lines.into_iter().zip(1i64..) {
        match understood(talk, seat, &reader, reading) {
            Ok((mut draft, lead)) => {
                draft.id = DraftId::of(talk.fingerprint.of_line(number));
                drafts.push(draft);
                leads.extend(lead);
            }
            Err(reason) => refusals.push(refused_line(&reader, number, &reason, &typed)),
        }
    }
    if !refusals.is_empty() {
        let count = i64::try_from(refusals.len()).unwrap_or(i64::MAX);
        let title = talk.words("new-lines-title").with_number("count", count).html();
        talk.show(Card::new(format!("{title}\n\n{}", refusals.join("\n\n")))).await?;
        // What was refused stays in sight: the card below is a message of its own.
        talk.card = None;
    }
    let lead = (!leads.is_empty()).then(|| leads.join("\n"));
    match drafts.as_mut_slice() {
        [] => Ok(()),
        [only] => {
            let draft = as_kept(talk, only.clone()).await?;
            talk.services.keep_draft(talk.person, &draft).await?;
            confirm_card::show(talk, seat, draft, lead).await
        }
        several => {
            let id = BatchId::of(talk.fingerprint);
            if talk.services.batch(talk.person, id).await?.is_empty() {
                several.iter_mut().for_each(|draft| draft.batch = Some(id));
                talk.services.keep_drafts(talk.person, several).await?;
            }
            show(talk, seat, id, lead).await
        }
    }
}

/// Shows the drafts that were typed together, from wherever they were left. `lead` is said first.
pub(super) async fn show(
    talk: &mut Talk,
    seat: &Seat,
    id: BatchId,
    lead: Option<String>,
) -> Result<(), BotError> {
    talk.go(Conversation::Idle);
    let lines = lines_of(talk, seat, id).await?;
    if lines.is_empty() {
        return gone(talk).await;
    }
    let is_open = lines.iter().any(|line| matches!(line, BatchLine::Open(_)));
    let card = batch_card(&reader(talk, seat), id, &lines, seat.merchant.mode);
    talk.show(with_lead(card, lead)).await?;
    talk.confirms(is_open.then_some(DraftId(id.0)));
    Ok(())
}

/// Throws all that is still a draft away.
async fn discard(talk: &mut Talk, id: BatchId) -> Result<(), BotError> {
    talk.services.discard_draft(talk.person, DraftId(id.0)).await?;
    talk.go(Conversation::Idle);
    talk.confirms(None);
    let card = wizard::discarded_card(talk);
    talk.show(card).await
}

/// Makes what can be made. What cannot stays a draft, with the reason above the card.
async fn create(talk: &mut Talk, seat: &Seat, id: BatchId) -> Result<(), BotError> {
    let reader = reader(talk, seat);
    let mut reasons = Vec::new();
    for ((draft, creation), number) in talk.services.create_batch(seat, id).await?.iter().zip(1i64..) {
        if let Creation::Refused(refusal) = creation {
            let reason = creation_refusal(&reader, draft, refusal);
            let line = Say::new(reader.language, "new-refused-line").with_number("number", number);
            reasons.push(format!("⚠️ {}", line.with_safe("reason", reason).html()));
        }
    }
    let lead = (!reasons.is_empty()).then(|| reasons.join("\n"));
    show(talk, seat, id, lead).await
}

async fn lines_of(talk: &Talk, seat: &Seat, id: BatchId) -> Result<Vec<BatchLine>, BotError> {
    let mut lines = Vec::new();
    for kept in talk.services.batch(talk.person, id).await? {
        let view = match kept.link_id {
            Some(link_id) => talk.services.link(seat, link_id).await?,
            None => None,
        };
        lines.push(view.map_or(BatchLine::Open(kept.draft), BatchLine::Made));
    }
    Ok(lines)
}

/// The draft of a line and what is to be said about it, or why it is none, as HTML.
fn understood(
    talk: &Talk,
    seat: &Seat,
    reader: &Reader,
    reading: Result<LineReading, LineError>,
) -> Result<(LinkDraft, Option<String>), String> {
    let reading = reading.map_err(|error| line_refusal(reader.language, &error, seat.merchant.currency))?;
    if is_ambiguous(&reading) {
        return Err(reader.say("new-lines-ambiguous"));
    }
    let lead = remarks(reader, &reading);
    let (draft, _, _) = draft_from(reader, seat, reading);
    match draft.price.map(|price| price.currency()) {
        Some(currency) if !talk.services.takes_currency(currency) => {
            Err(talk.words("draft-refused-currency").with("currency", currency.code()).html())
        }
        _ => Ok((draft, lead)),
    }
}

/// Whether a line's link goes, or went, to its customer by e-mail.
fn goes_by_letter(line: &BatchLine) -> bool {
    let customer = match line {
        BatchLine::Open(draft) => &draft.customer,
        BatchLine::Made(view) => &view.link.customer,
    };
    address_of(customer.as_ref()).is_some()
}

/// Every line, the links that were made with their addresses, and one button for all that are left.
#[must_use]
pub fn batch_card(reader: &Reader, id: BatchId, lines: &[BatchLine], mode: Mode) -> Card {
    let open = lines.iter().filter(|line| matches!(line, BatchLine::Open(_))).count();
    let made = lines.len() - open;
    let count = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    let title = match (open, made) {
        (0, _) => Say::new(reader.language, "batch-made").with_number("count", count(made)),
        (_, 0) => Say::new(reader.language, "batch-title").with_number("count", count(open)),
        _ => Say::new(reader.language, "batch-part-made")
            .with_number("made", count(made))
            .with_number("open", count(open)),
    };
    let mut parts = vec![title.html()];
    let (mut edits, mut copies) = (Vec::new(), Vec::new());
    for (line, number) in lines.iter().zip(1usize..) {
        match line {
            BatchLine::Open(draft) => {
                parts.push(open_line(reader, draft, number));
                edits.push(CardButton::press(format!("✏️ {number}"), Press::DraftShow(draft.id)));
            }
            BatchLine::Made(view) => {
                parts.push(made_line(reader, view, number));
                copies.push(CardButton::copy(format!("📋 {number}"), view.url.as_str()));
            }
        }
    }
    parts.extend(reader.letters_line(count(lines.iter().filter(|line| goes_by_letter(line)).count())));
    parts.push(reader.mode(mode));
    let creates = (open > 0).then(|| {
        let label =
            Say::new(reader.language, "batch-button-create").with_number("count", count(open)).plain();
        CardButton::press(label, Press::Creating(CreatingPress::BatchCreate(id)))
    });
    let mut card = Card::new(parts.join("\n\n"));
    for row in copies.chunks(NUMBERS_IN_A_ROW) {
        card = card.row(row.to_vec());
    }
    card = card.row(creates);
    for row in edits.chunks(NUMBERS_IN_A_ROW) {
        card = card.row(row.to_vec());
    }
    let press = |key: &str, press| CardButton::press(reader.say(key), press);
    if open > 0 {
        return card.row([press("draft-button-cancel", Press::Creating(CreatingPress::BatchDiscard(id)))]);
    }
    // The addresses stay in the chat: going elsewhere takes nothing away.
    card.row([press("link-button-links", Press::RecordLinks), press("button-home", Press::RecordHome)])
}

pub(in crate::bot) fn open_line(reader: &Reader, draft: &LinkDraft, number: usize) -> String {
    let limit =
        draft.usage_limit.map_or_else(|| "∞".to_owned(), |limit| format!("{}×", reader.count(limit.get())));
    let price = draft.price.map(|price| price_words(reader.language, price, &draft.offer.pricing));
    let title = Say::new(reader.language, "draft-card-name")
        .with("name", draft.item_name.as_ref().map_or("", |name| name.as_str()))
        .with_safe("price", price.unwrap_or_default());
    let named = draft.customer.as_ref().and_then(|customer| customer.name.as_ref());
    let buyer =
        named.map(|name| Say::new(reader.language, "draft-card-buyer").with("buyer", name.as_str()).html());
    let terms = format!("🔁 {limit} · {}", confirm_card::until_line(reader, draft.expires_at));
    let lines = [Some(format!("{number}. {}", title.html())), Some(terms), buyer];
    lines.into_iter().flatten().collect::<Vec<_>>().join("\n")
}

fn made_line(reader: &Reader, view: &LinkView, number: usize) -> String {
    let title = link_card::title(reader, &view.link);
    format!("{number}. {title}\n{}", code(view.url.as_str()))
}
