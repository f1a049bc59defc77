//! A link in one line, or several links in as many lines.
//!
//! ```text
//! Ani   /new kaos hitam 150rb x10 3hari for:Budi, 0812-3456-789
//! Bot   📝 Sudah benar? …                                              (confirm_card)
//!
//! Ani   /new kaos 75.00
//! Bot   💰 Harga ini bisa berarti beberapa jumlah …        [Rp75] [Rp7.500] [Rp75.000]
//!
//! Ani   /new kaos gratis
//! Bot   ⚠️ Harganya harus lebih dari nol …  Yang tadi diketik: /new kaos gratis
//! ```

use chrono::{DateTime, Utc};

use crate::bot::BotError;
use crate::bot::conversation::Conversation;
use crate::bot::links_by_file::explain_button;
use crate::bot::talk::Talk;
use crate::domain::card_number::contains_card_number;
use crate::domain::expiry::ExpiryReading;
use crate::domain::id::{DraftId, PhotoId};
use crate::domain::link_draft::LinkDraft;
use crate::domain::merchant::Mode;
use crate::domain::money::{Money, Price};
use crate::domain::offer::{Offer, Pricing};
use crate::domain::one_line::{
    LINES_MAX, LineExtras, LineReading, LineSetting, count_lines, read_line, read_lines,
};
use crate::messaging::buttons::{DraftField, Press};
use crate::messaging::card::{Card, CardButton, cut};
use crate::messaging::html::code;
use crate::messaging::texts::Say;
use crate::services::merchants::Seat;

use super::refusals::{line_refusal, refused};
use super::wording::Reader;
use super::{Way, confirm_card, editing_seat, reader, several_links, unasked, wizard};

/// `/new`, with or without a description behind it.
///
/// # Errors
/// When the shop or Telegram cannot be asked.
pub async fn new_command(talk: &mut Talk, arguments: &str) -> Result<(), BotError> {
    if arguments.trim().is_empty() {
        return wizard::begin(talk).await;
    }
    describe(talk, arguments, Wish::Command).await
}

/// Words without a command that read as a link.
///
/// # Errors
/// When the shop or Telegram cannot be asked.
pub async fn offered(talk: &mut Talk, text: &str) -> Result<(), BotError> {
    describe(talk, text, Wish::Guess).await
}

/// How sure it is that a link is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wish {
    /// It was asked for.
    Command,
    /// The words look like one: never made without a question.
    Guess,
}

async fn describe(talk: &mut Talk, arguments: &str, wish: Wish) -> Result<(), BotError> {
    let Some(seat) = editing_seat(talk).await? else { return Ok(()) };
    // Whatever was being asked for before: its draft stays on the home card.
    talk.go(Conversation::Idle);
    let setting = setting(&reader(talk, &seat), &seat);
    let lines = count_lines(arguments);
    if lines > LINES_MAX {
        let count = i64::try_from(lines).unwrap_or(i64::MAX);
        let reason = talk.words("new-lines-too-many").with_number("count", count).html();
        let file = explain_button(&reader(talk, &seat));
        return talk.show(Card::new(format!("⚠️ {reason}")).row([file]).row(mending_row(talk))).await;
    }
    if lines > 1 {
        return several_links::offer(talk, &seat, read_lines(arguments, &setting)).await;
    }
    match read_line(arguments, &setting) {
        Ok(reading) => understood(talk, &seat, reading, wish, None).await,
        Err(error) => {
            let reason = line_refusal(talk.language, &error, seat.merchant.currency);
            let typed = format!("/new {}", arguments.trim());
            let html = refused_without_mode(&reader(talk, &seat), &reason, &typed, seat.merchant.mode);
            talk.show(Card::new(html).row(mending_row(talk))).await
        }
    }
}

/// A refusal above the ways on, or above a question that says the mode itself.
pub(super) fn refused_without_mode(reader: &Reader, reason: &str, typed: &str, mode: Mode) -> String {
    let html = refused(reader, reason, typed, mode);
    html.strip_suffix(&reader.mode(mode)).unwrap_or(&html).trim_end().to_owned()
}

fn mending_row(talk: &Talk) -> [CardButton; 2] {
    [
        CardButton::press(talk.say("button-new"), Press::NewLink),
        CardButton::press(talk.say("button-help"), Press::Help),
    ]
}

/// Asks what is still unclear about a line, or shows how it was understood.
pub(super) async fn understood(
    talk: &mut Talk,
    seat: &Seat,
    reading: LineReading,
    wish: Wish,
    photo: Option<PhotoId>,
) -> Result<(), BotError> {
    let reader = reader(talk, seat);
    let lead = remarks(&reader, &reading);
    let (mut draft, mut prices, expiries) = draft_from(&reader, seat, reading);
    draft.offer.photo = photo;
    // A line that is answered once more, as after an end of the process, describes the same link, with what
    // was changed about it since.
    draft.id = DraftId::of(talk.fingerprint);
    if prices.is_empty() && expiries.is_empty() {
        draft = as_kept(talk, draft).await?;
    }
    let currency = draft.price.or(prices.first().copied()).map(|price| price.currency());
    if let Some(currency) = currency.filter(|currency| !talk.services.takes_currency(*currency)) {
        // All but the price is kept, and the price is asked for again.
        draft.price = None;
        prices.clear();
        talk.services.keep_draft(talk.person, &draft).await?;
        let reason = talk.words("draft-refused-currency").with("currency", currency.code()).html();
        return wizard::ask(talk, seat, &draft, DraftField::Price, Way::Edit, Some(format!("⚠️ {reason}")))
            .await;
    }
    talk.services.keep_draft(talk.person, &draft).await?;
    if !prices.is_empty() {
        return wizard::choose_price(talk, seat, &draft, Way::Edit, prices, expiries, lead).await;
    }
    if !expiries.is_empty() {
        return wizard::choose_expiry(talk, seat, &draft, Way::Edit, expiries, lead).await;
    }
    if wish == Wish::Command && seat.merchant.link_defaults.makes_unasked && lead.is_none() {
        return unasked::make(talk, seat, draft).await;
    }
    confirm_card::show(talk, seat, draft, lead).await
}

/// A draft as it is kept, where it is: people may have gone on with it.
pub(super) async fn as_kept(talk: &Talk, fresh: LinkDraft) -> Result<LinkDraft, BotError> {
    let kept = talk.services.draft(talk.person, fresh.id).await?;
    Ok(kept.map_or(fresh, |kept| kept.draft))
}

/// One line of several that was not understood. A card number in it is not said back.
pub(super) fn refused_line(reader: &Reader, number: i64, reason: &str, typed: &str) -> String {
    /// Ten lines and their reasons stay within Telegram's 4096.
    const CHARACTERS_MAX: usize = 150;
    let reason = Say::new(reader.language, "new-refused-line")
        .with_number("number", number)
        .with_safe("reason", reason);
    if contains_card_number(typed) {
        return reason.html();
    }
    format!("{}\n{}", reason.html(), code(&cut(typed, CHARACTERS_MAX)))
}

/// The draft of a line, with the prices and the expiries that are still to be chosen from. What the line
/// does not say, the shop's defaults do.
pub(in crate::bot) fn draft_from(
    reader: &Reader,
    seat: &Seat,
    reading: LineReading,
) -> (LinkDraft, Vec<Money>, Vec<DateTime<Utc>>) {
    let defaults = seat.merchant.link_defaults;
    let (price, prices) = match reading.price {
        Price::Exact(price) => (Some(price), vec![]),
        Price::Ambiguous(prices) => (None, prices),
    };
    let (expires_at, expiries) = match reading.expiry {
        ExpiryReading::Never if reading.says_expiry => (None, vec![]),
        ExpiryReading::Never => (defaults.life.map(|life| reader.now + life), vec![]),
        ExpiryReading::At(instant) => (Some(instant), vec![]),
        ExpiryReading::Ambiguous(expiries) => (None, expiries),
    };
    let LineExtras { chosen, pieces_max, opens_at, buyer_note, return_url, methods } = reading.extras;
    let each = pieces_max.map_or(Pricing::Fixed, Pricing::PerPiece);
    let pricing = chosen.map_or(each, Pricing::Chosen);
    let draft = LinkDraft {
        item_name: Some(reading.name.value),
        price: chosen.map(|chosen| chosen.shown()).or(price),
        offer: Offer { pricing, photo: None, buyer_note, return_url, methods },
        opens_at,
        usage_limit: if reading.says_limit { reading.usage_limit } else { defaults.usage_limit },
        expires_at,
        customer: reading.customer,
        reference: reading.reference,
        slug: reading.slug,
        seller_note: reading.note,
        ..LinkDraft::new()
    };
    (draft, prices, expiries)
}

/// What is to be said about a line that was understood.
pub(super) fn remarks(reader: &Reader, reading: &LineReading) -> Option<String> {
    reading.name.removed_marks.then(|| reader.say("new-marks-removed"))
}

pub(super) const fn is_ambiguous(reading: &LineReading) -> bool {
    matches!(reading.price, Price::Ambiguous(_)) || matches!(reading.expiry, ExpiryReading::Ambiguous(_))
}

pub(in crate::bot) fn setting(reader: &Reader, seat: &Seat) -> LineSetting {
    LineSetting {
        now: reader.now,
        zone: reader.zone,
        language: reader.language,
        currency: seat.merchant.currency,
    }
}
