//! What an answer says about a draft, typed or tapped.

use chrono::{DateTime, TimeDelta, Utc};

use crate::domain::customer::NamedCustomer;
use crate::domain::expiry::{ExpiryReading, parse_expiry, within_bounds};
use crate::domain::link_draft::LinkDraft;
use crate::domain::money::{Currency, Money, PRICE_MAX_MAJOR};
use crate::domain::offer::{PiecesMax, Pricing};
use crate::domain::reference::Reference;
use crate::domain::return_url::ReturnUrl;
use crate::domain::slug::Slug;
use crate::domain::usage_limit::UsageLimit;
use crate::domain::visible_text::{ItemName, SellerNote};
use crate::messaging::buttons::{DraftChoice, DraftField};
use crate::services::merchants::Seat;

use super::wording::Reader;
use super::{LinkTalk, goods_answers, refusals};

/// What became of a typed answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// It is in the draft; perhaps there is something to say about it, as HTML.
    Taken(Option<String>),
    /// It can mean several prices.
    Prices(Vec<Money>),
    /// It can mean several instants.
    Expiries(Vec<DateTime<Utc>>),
    /// It cannot be used: why, with an example, as HTML.
    Refused(String),
}

/// Reads what was typed for a field into the draft. `currency` is the shop's.
pub fn read_answer(
    reader: &Reader,
    currency: Currency,
    field: DraftField,
    text: &str,
    draft: &mut LinkDraft,
) -> Answer {
    match field {
        DraftField::Name => match ItemName::parse(text) {
            Ok(name) => {
                draft.item_name = Some(name.value);
                Answer::Taken(name.removed_marks.then(|| reader.say("new-marks-removed")))
            }
            Err(error) => Answer::Refused(refusals::name_refusal(reader.language, &error)),
        },
        DraftField::Price => goods_answers::price(reader, currency, text, draft),
        DraftField::Limit => match UsageLimit::parse_optional(text) {
            Ok(usage_limit) => take(&mut draft.usage_limit, usage_limit),
            Err(error) => Answer::Refused(refusals::limit_refusal(reader.language, error)),
        },
        DraftField::Expiry => match parse_expiry(text, reader.now, reader.zone, reader.language) {
            Ok(ExpiryReading::Never) => take(&mut draft.expires_at, None),
            Ok(ExpiryReading::At(instant)) => take(&mut draft.expires_at, Some(instant)),
            Ok(ExpiryReading::Ambiguous(expiries)) => Answer::Expiries(expiries),
            Err(error) => Answer::Refused(refusals::time_refusal(reader.language, &error)),
        },
        DraftField::Customer => match NamedCustomer::parse(text) {
            Ok(customer) => take(&mut draft.customer, Some(customer)),
            Err(error) => Answer::Refused(refusals::customer_refusal(reader.language, &error)),
        },
        DraftField::Reference => match Reference::parse(text) {
            Ok(reference) => take(&mut draft.reference, Some(reference)),
            Err(error) => Answer::Refused(refusals::reference_refusal(reader.language, &error)),
        },
        DraftField::SellerNote => match SellerNote::parse(text) {
            Ok(note) => take(&mut draft.seller_note, Some(note.value)),
            Err(error) => Answer::Refused(refusals::note_refusal(reader.language, &error)),
        },
        DraftField::ReturnUrl => match ReturnUrl::parse(text) {
            Ok(url) => take(&mut draft.offer.return_url, Some(url)),
            Err(error) => Answer::Refused(refusals::return_refusal(reader.language, error)),
        },
        DraftField::Pieces | DraftField::OpensAt | DraftField::BuyerNote => {
            goods_answers::read(reader, field, text, draft)
        }
        DraftField::Slug => match Slug::parse_own(text) {
            Ok(slug) => take(&mut draft.slug, Some(slug)),
            Err(error) => Answer::Refused(refusals::address_refusal(reader.language, &error)),
        },
    }
}

/// Puts a tapped answer into the draft and names the field it answers; `None`, and nothing changed, when it
/// answers nothing now or is forged.
pub fn apply_choice(
    seat: &Seat,
    now: DateTime<Utc>,
    draft: &mut LinkDraft,
    state: Option<&LinkTalk>,
    choice: DraftChoice,
) -> Option<DraftField> {
    match (choice, state) {
        (DraftChoice::Candidate(number), Some(LinkTalk::ChoosingPrice { prices, .. })) => {
            goods_answers::set_price(draft, *prices.get(usize::from(number))?);
            Some(DraftField::Price)
        }
        (DraftChoice::Candidate(number), Some(LinkTalk::ChoosingExpiry { expiries, .. })) => {
            draft.expires_at = Some(*expiries.get(usize::from(number))?);
            Some(DraftField::Expiry)
        }
        (DraftChoice::Skip, Some(state)) => leave_out(draft, state),
        (DraftChoice::Keep, Some(state)) => Some(state.field()),
        (choice, _) => apply_value(seat, now, draft, choice),
    }
}

/// The choices that carry their own value and mean the same at any time.
fn apply_value(
    seat: &Seat,
    now: DateTime<Utc>,
    draft: &mut LinkDraft,
    choice: DraftChoice,
) -> Option<DraftField> {
    match choice {
        DraftChoice::Price(minor) => {
            let currency = seat.merchant.currency;
            let largest = PRICE_MAX_MAJOR.checked_mul(10i64.checked_pow(currency.exponent())?)?;
            if !(1..=largest).contains(&minor) {
                return None;
            }
            goods_answers::set_price(draft, Money::new(minor, currency));
            Some(DraftField::Price)
        }
        DraftChoice::Limit(payments) => {
            draft.usage_limit = Some(UsageLimit::new(payments).ok()?);
            Some(DraftField::Limit)
        }
        DraftChoice::Pieces(pieces) => {
            if !matches!(draft.offer.pricing, Pricing::Fixed | Pricing::PerPiece(_)) {
                return None;
            }
            draft.offer.pricing = Pricing::PerPiece(PiecesMax::try_from(pieces).ok()?);
            Some(DraftField::Pieces)
        }
        DraftChoice::NoLimit => {
            draft.usage_limit = None;
            Some(DraftField::Limit)
        }
        DraftChoice::ExpiryMinutes(minutes) => {
            let expires_at = now.checked_add_signed(TimeDelta::try_minutes(minutes)?)?;
            within_bounds(expires_at, now).ok()?;
            draft.expires_at = Some(expires_at);
            Some(DraftField::Expiry)
        }
        DraftChoice::NoExpiry => {
            draft.expires_at = None;
            Some(DraftField::Expiry)
        }
        DraftChoice::Candidate(_) | DraftChoice::Skip | DraftChoice::Keep | DraftChoice::Suffix => None,
    }
}

fn leave_out(draft: &mut LinkDraft, state: &LinkTalk) -> Option<DraftField> {
    let field = state.field();
    match field {
        DraftField::Customer => draft.customer = None,
        DraftField::Reference => draft.reference = None,
        DraftField::Slug => draft.slug = None,
        DraftField::Pieces => {
            if draft.offer.pricing.pieces_max().is_some() {
                draft.offer.pricing = Pricing::Fixed;
            }
        }
        DraftField::OpensAt => draft.opens_at = None,
        DraftField::BuyerNote => draft.offer.buyer_note = None,
        DraftField::SellerNote => draft.seller_note = None,
        DraftField::ReturnUrl => draft.offer.return_url = None,
        DraftField::Name | DraftField::Price | DraftField::Limit | DraftField::Expiry => return None,
    }
    Some(field)
}

fn take<T>(slot: &mut Option<T>, value: Option<T>) -> Answer {
    *slot = value;
    Answer::Taken(None)
}
