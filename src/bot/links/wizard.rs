//! Describing a link step by step, and changing one thing of a description.
//!
//! ```text
//! Ani   /new
//! Bot   ➕ Tautan baru · 1 dari 5   Mau jual apa?                         [✖ Batal]
//! Ani   Kaos polos
//! Bot   ➕ Tautan baru · 2 dari 5   Berapa harganya?        [75rb] [50rb] [◀ Kembali] [✖ Batal]
//! Ani   taps 75rb
//! Bot   (the same message) 3 dari 5  Berapa pembayaran yang diterima?      [1×] [5×] [10×] [∞ …]
//! Ani   0
//! Bot   ⚠️ Tautan menerima paling sedikit 1 pembayaran. …                  (still 3 dari 5)
//! Ani   taps 10×, 3 hari, Siapa saja
//! Bot   📝 Sudah benar? …
//! ```
//!
//! The draft is kept after every answer, so a restart in the middle loses nothing. Buttons carry their
//! answer: an old one still means what it said.

use chrono::{DateTime, TimeDelta, Utc};

use crate::bot::BotError;
use crate::bot::conversation::Conversation;
use crate::bot::talk::Talk;
use crate::domain::id::DraftId;
use crate::domain::link_draft::LinkDraft;
use crate::domain::money::Money;
use crate::messaging::buttons::{DraftChoice, DraftField, PageFrom, Press};
use crate::messaging::card::{Card, CardButton};
use crate::messaging::texts::Say;
use crate::services::merchants::Seat;

use super::answers::{Answer, apply_choice, read_answer};
use super::new_link::refused_without_mode;
use super::questions::{Offers, choice_card, question_card, suffix_card};
use super::wording::Reader;
use super::{
    LinkTalk, Question, Way, change_link, confirm_card, editing_seat, open_draft, reader, several_links,
};

/// A draft that nobody touched for so long is forgotten.
const PATIENCE: TimeDelta = TimeDelta::hours(24);

/// The questions of the wizard, in order.
pub(super) const STEPS: [DraftField; 5] =
    [DraftField::Name, DraftField::Price, DraftField::Limit, DraftField::Expiry, DraftField::Customer];

/// Starts with an empty draft.
pub(super) async fn begin(talk: &mut Talk) -> Result<(), BotError> {
    let Some(seat) = editing_seat(talk).await? else { return Ok(()) };
    let draft = LinkDraft::new();
    talk.services.keep_draft(talk.person, &draft).await?;
    ask(talk, &seat, &draft, DraftField::Name, Way::Wizard, None).await
}

/// Asks for one field. `lead` is said first.
pub(super) async fn ask(
    talk: &mut Talk,
    seat: &Seat,
    draft: &LinkDraft,
    field: DraftField,
    way: Way,
    lead: Option<String>,
) -> Result<(), BotError> {
    let card = asking(talk, seat, draft, field, way).await?;
    talk.show(with_lead(card, lead)).await
}

/// A button of the confirm card: change one field.
pub(super) async fn edit(talk: &mut Talk, id: DraftId, field: DraftField) -> Result<(), BotError> {
    let Some(seat) = editing_seat(talk).await? else { return Ok(()) };
    let Some(draft) = open_draft(talk, id).await? else { return Ok(()) };
    ask(talk, &seat, &draft, field, Way::Edit, None).await
}

/// One step back; what was answered later stays answered.
pub(super) async fn back(talk: &mut Talk, id: DraftId) -> Result<(), BotError> {
    let Some(seat) = editing_seat(talk).await? else { return Ok(()) };
    let Some(draft) = open_draft(talk, id).await? else { return Ok(()) };
    let earlier =
        state_about(talk, id).filter(|state| state.question().way == Way::Wizard).and_then(|state| {
            let step = STEPS.iter().position(|field| *field == state.field())?;
            STEPS.get(step.checked_sub(1)?).copied()
        });
    match earlier {
        Some(field) => ask(talk, &seat, &draft, field, Way::Wizard, None).await,
        None => confirm_card::show(talk, &seat, draft, None).await,
    }
}

/// Throws the draft away.
pub(super) async fn cancel(talk: &mut Talk, id: DraftId) -> Result<(), BotError> {
    let Some(draft) = open_draft(talk, id).await? else { return Ok(()) };
    if let Some(change) = draft.change {
        return change_link::leave(talk, id, change.link_id).await;
    }
    talk.services.discard_draft(talk.person, id).await?;
    talk.go(Conversation::Idle);
    talk.confirms(None);
    // The others that were typed with it stay.
    if let (Some(batch), Some(seat)) = (draft.batch, talk.seat.clone())
        && !talk.services.batch(talk.person, batch).await?.is_empty()
    {
        return several_links::show(talk, &seat, batch, None).await;
    }
    let card = discarded_card(talk);
    talk.show(card).await
}

/// Says that a draft is thrown away.
pub(super) fn discarded_card(talk: &Talk) -> Card {
    let button = |key: &str, press| CardButton::press(talk.say(key), press);
    Card::new(talk.say("draft-cancelled"))
        .row([button("draft-button-restart", Press::NewLink)])
        .row([button("link-button-links", Press::Links(PageFrom::Start)), button("button-home", Press::Home)])
}

/// An answer by button. One that no longer fits (or is forged) changes nothing and shows the draft.
pub(super) async fn choose(talk: &mut Talk, id: DraftId, choice: DraftChoice) -> Result<(), BotError> {
    let Some(seat) = editing_seat(talk).await? else { return Ok(()) };
    let Some(mut draft) = open_draft(talk, id).await? else { return Ok(()) };
    let state = state_about(talk, id);
    let way = state.as_ref().map_or(Way::Edit, |state| state.question().way);
    let later = match &state {
        Some(LinkTalk::ChoosingPrice { expiries, .. }) => expiries.clone(),
        _ => Vec::new(),
    };
    let taken = match choice {
        DraftChoice::Suffix => add_suffix(talk, &mut draft),
        other => apply_choice(&seat, talk.services.clock().now(), &mut draft, state.as_ref(), other),
    };
    match taken {
        Some(field) => {
            talk.services.keep_draft(talk.person, &draft).await?;
            if field == DraftField::Price && !later.is_empty() {
                return choose_expiry(talk, &seat, &draft, way, later, None).await;
            }
            proceed(talk, &seat, draft, field, way, None).await
        }
        // The candidates were in the talk, and the talk has moved on: ask again, nothing is guessed.
        None if matches!(choice, DraftChoice::Candidate(_)) && draft.item_name.is_some() => {
            let field = if draft.price.is_none() { DraftField::Price } else { DraftField::Expiry };
            ask(talk, &seat, &draft, field, Way::Wizard, None).await
        }
        None => confirm_card::show(talk, &seat, draft, None).await,
    }
}

/// What was typed while a question is open.
///
/// # Errors
/// When the shop or Telegram cannot be asked.
pub async fn typed_text(talk: &mut Talk, text: &str) -> Result<(), BotError> {
    let Conversation::Link(state) = talk.conversation.clone() else { return Ok(()) };
    let Some(seat) = editing_seat(talk).await? else { return Ok(()) };
    let question = state.question();
    let reader = reader(talk, &seat);
    if reader.now - question.asked_at > PATIENCE {
        talk.services.discard_draft(talk.person, question.draft_id).await?;
    }
    let Some(mut draft) = open_draft(talk, question.draft_id).await? else { return Ok(()) };
    let (field, way) = (state.field(), question.way);
    // A link keeps its currency, whatever the shop reckons in by now.
    let currency = match (&draft.change, draft.price) {
        (Some(_), Some(price)) => price.currency(),
        _ => seat.merchant.currency,
    };
    let answer = read_answer(&reader, currency, field, text, &mut draft);
    match taken_by_an_account(talk, field, &draft, answer) {
        Answer::Taken(lead) => {
            talk.services.keep_draft(talk.person, &draft).await?;
            match state {
                LinkTalk::ChoosingPrice { expiries, .. } if !expiries.is_empty() => {
                    choose_expiry(talk, &seat, &draft, way, expiries, lead).await
                }
                _ => proceed(talk, &seat, draft, field, way, lead).await,
            }
        }
        Answer::Prices(prices) => {
            let expiries = match state {
                LinkTalk::ChoosingPrice { expiries, .. } => expiries,
                _ => Vec::new(),
            };
            choose_price(talk, &seat, &draft, way, prices, expiries, None).await
        }
        Answer::Expiries(expiries) => choose_expiry(talk, &seat, &draft, way, expiries, None).await,
        Answer::Refused(reason) => {
            let mut card = asking(talk, &seat, &draft, field, way).await?;
            // The talk stays where it was: with the candidates that were offered, if any.
            talk.go(Conversation::Link(state));
            // The question stays in sight below what is wrong with the answer.
            card.html = format!(
                "{}\n\n{}",
                refused_without_mode(&reader, &reason, text, draft.mode(seat.merchant.mode)),
                card.html
            );
            talk.show(card).await
        }
    }
}

/// Offers the prices that a text can mean.
pub(super) async fn choose_price(
    talk: &mut Talk,
    seat: &Seat,
    draft: &LinkDraft,
    way: Way,
    prices: Vec<Money>,
    expiries: Vec<DateTime<Utc>>,
    lead: Option<String>,
) -> Result<(), BotError> {
    let reader = reader(talk, seat);
    let labels = prices.iter().map(|price| price.display(reader.language)).collect();
    let question = talk.say("draft-which-price");
    let card = choice_card(&reader, draft.id, &question, labels, draft.mode(seat.merchant.mode));
    let question = Question { draft_id: draft.id, way, asked_at: reader.now };
    talk.go(Conversation::Link(LinkTalk::ChoosingPrice { question, prices, expiries }));
    talk.show(with_lead(card, lead)).await
}

/// Offers the instants that a text can mean.
pub(super) async fn choose_expiry(
    talk: &mut Talk,
    seat: &Seat,
    draft: &LinkDraft,
    way: Way,
    expiries: Vec<DateTime<Utc>>,
    lead: Option<String>,
) -> Result<(), BotError> {
    let reader = reader(talk, seat);
    let labels: Vec<String> = expiries.iter().map(|at| far_and_when(&reader, *at)).collect();
    let question = talk.words("draft-which-time").with_safe("times", either(&reader, &labels)).html();
    let card = choice_card(&reader, draft.id, &question, labels, draft.mode(seat.merchant.mode));
    let question = Question { draft_id: draft.id, way, asked_at: reader.now };
    talk.go(Conversation::Link(LinkTalk::ChoosingExpiry { question, expiries }));
    talk.show(with_lead(card, lead)).await
}

/// `3 hours or 3 days`: how far away each of the instants is.
fn either(reader: &Reader, labels: &[String]) -> String {
    let mut times = labels.iter().map(|label| label.split(" · ").next().unwrap_or_default().to_owned());
    let first = times.next().unwrap_or_default();
    times.fold(first, |first, second| {
        let or = Say::new(reader.language, "draft-or");
        or.with_safe("first", first).with_safe("second", second).html()
    })
}

/// `3 hours · Mon 23 Nov 05:40 WIB`: what tells `3h` in hours from `3h` in days. A date that is no
/// whole number of hours or days away stands alone.
fn far_and_when(reader: &Reader, at: DateTime<Utc>) -> String {
    // The text was read a moment before the reader's now.
    let minutes = (at - reader.now + TimeDelta::seconds(30)).num_minutes();
    let (key, count) = match minutes {
        minutes if minutes > 0 && minutes % (24 * 60) == 0 => ("draft-days-away", minutes / (24 * 60)),
        minutes if minutes > 0 && minutes % 60 == 0 => ("draft-hours-away", minutes / 60),
        _ => return reader.instant(at),
    };
    let far = Say::new(reader.language, key).with_number("count", count).plain();
    format!("{far} · {}", reader.instant(at))
}

/// On from an answered field.
pub(super) async fn proceed(
    talk: &mut Talk,
    seat: &Seat,
    draft: LinkDraft,
    field: DraftField,
    way: Way,
    lead: Option<String>,
) -> Result<(), BotError> {
    let next = STEPS.iter().position(|step| *step == field).and_then(|step| STEPS.get(step + 1)).copied();
    match (way, next) {
        (Way::Wizard, Some(next)) => ask(talk, seat, &draft, next, Way::Wizard, lead).await,
        (Way::Edit, _) | (Way::Wizard, None) => {
            let offers_suffix = field == DraftField::Slug
                && draft.customer.is_none()
                && draft.slug.as_ref().is_some_and(|slug| slug.is_guessable());
            if offers_suffix {
                talk.go(Conversation::Idle);
                let card = suffix_card(&reader(talk, seat), &draft, draft.mode(seat.merchant.mode));
                return talk.show(with_lead(card, lead)).await;
            }
            confirm_card::show(talk, seat, draft, lead).await
        }
    }
}

/// Moves the talk to the question and draws it.
async fn asking(
    talk: &mut Talk,
    seat: &Seat,
    draft: &LinkDraft,
    field: DraftField,
    way: Way,
) -> Result<Card, BotError> {
    let prices = match field {
        DraftField::Price => talk.services.recent_prices(seat).await?,
        _ => Vec::new(),
    };
    let reader = reader(talk, seat);
    let question = Question { draft_id: draft.id, way, asked_at: reader.now };
    talk.go(Conversation::Link(LinkTalk::awaiting(field, question)));
    let own = |price: &&Money| price.currency() == seat.merchant.currency;
    let offers = Offers {
        prices: prices.iter().filter(own).take(3).copied().collect(),
        defaults: seat.merchant.link_defaults,
    };
    Ok(question_card(&reader, draft, field, way, &offers, draft.mode(seat.merchant.mode)))
}

/// Puts random characters behind an own address. It is offered behind the last question, so that there is
/// only the confirm card to go to.
fn add_suffix(talk: &Talk, draft: &mut LinkDraft) -> Option<DraftField> {
    let slug = draft.slug.as_ref().filter(|slug| slug.is_guessable())?;
    draft.slug = Some(talk.services.with_random_suffix(slug));
    Some(DraftField::Reference)
}

/// An answer, refused when it is a price in a currency that no connected account takes.
fn taken_by_an_account(talk: &Talk, field: DraftField, draft: &LinkDraft, answer: Answer) -> Answer {
    let currency = match (&answer, field) {
        (Answer::Taken(_), DraftField::Price) => draft.price.map(|price| price.currency()),
        (Answer::Prices(prices), _) => prices.first().map(|price| price.currency()),
        _ => None,
    };
    match currency.filter(|currency| !talk.services.takes_currency(*currency)) {
        Some(currency) => {
            Answer::Refused(talk.words("draft-refused-currency").with("currency", currency.code()).html())
        }
        None => answer,
    }
}

/// The open question, when it is about this draft.
fn state_about(talk: &Talk, id: DraftId) -> Option<LinkTalk> {
    match &talk.conversation {
        Conversation::Link(state) if state.question().draft_id == id => Some(state.clone()),
        _ => None,
    }
}

pub(super) fn with_lead(mut card: Card, lead: Option<String>) -> Card {
    if let Some(lead) = lead {
        card.html = format!("{lead}\n\n{}", card.html);
    }
    card
}
