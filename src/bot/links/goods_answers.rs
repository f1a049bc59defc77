//! What an answer says about the price, however it comes about, and about what is sold beside.

use crate::domain::expiry::{ExpiryError, ExpiryReading, parse_expiry};
use crate::domain::link_draft::LinkDraft;
use crate::domain::money::{Currency, Money, Price};
use crate::domain::offer::{BuyerNote, PiecesMax, Pricing, PricingReading, read_pricing};
use crate::domain::one_line::LineSetting;
use crate::messaging::buttons::DraftField;

use super::answers::Answer;
use super::refusals;
use super::wording::Reader;

/// Reads what was typed for the price.
pub(super) fn price(reader: &Reader, currency: Currency, text: &str, draft: &mut LinkDraft) -> Answer {
    let setting = LineSetting { now: reader.now, zone: reader.zone, language: reader.language, currency };
    match read_pricing(text, &setting) {
        Ok(PricingReading::One(Price::Exact(price))) => set_price(draft, price),
        Ok(PricingReading::One(Price::Ambiguous(prices))) => return Answer::Prices(prices),
        Ok(PricingReading::Chosen(chosen)) => {
            draft.price = Some(chosen.shown());
            draft.offer.pricing = Pricing::Chosen(chosen);
        }
        Ok(PricingReading::Bill(bill)) => {
            draft.price = bill.total();
            draft.offer.pricing = Pricing::Bill(bill);
        }
        Err(error) => return Answer::Refused(refusals::pricing_refusal(reader.language, &error, currency)),
    }
    Answer::Taken(None)
}

/// One price. It is for one piece where several are sold.
pub(super) fn set_price(draft: &mut LinkDraft, price: Money) {
    draft.price = Some(price);
    if draft.offer.pricing.pieces_max().is_none() {
        draft.offer.pricing = Pricing::Fixed;
    }
}

/// Reads what was typed for something beside the price.
pub(super) fn read(reader: &Reader, field: DraftField, text: &str, draft: &mut LinkDraft) -> Answer {
    match field {
        DraftField::Pieces => match PiecesMax::parse(text) {
            Ok(_) if draft.offer.pricing.chosen().is_some() => {
                return Answer::Refused(reader.say("goods-wrong-chosen-pieces"));
            }
            Ok(_) if draft.offer.pricing.bill().is_some() => {
                return Answer::Refused(reader.say("goods-wrong-bill-pieces"));
            }
            Ok(most) => draft.offer.pricing = most.map_or(Pricing::Fixed, Pricing::PerPiece),
            Err(_) => return Answer::Refused(reader.say("goods-wrong-pieces")),
        },
        DraftField::OpensAt => match parse_expiry(text, reader.now, reader.zone, reader.language) {
            Ok(ExpiryReading::Never) => draft.opens_at = None,
            Ok(ExpiryReading::At(instant)) => draft.opens_at = Some(instant),
            Ok(ExpiryReading::Ambiguous(_)) => {
                let unclear = ExpiryError::UnclearDate { text: text.to_owned() };
                return Answer::Refused(refusals::opens_refusal(reader.language, &unclear));
            }
            Err(error) => return Answer::Refused(refusals::opens_refusal(reader.language, &error)),
        },
        _ => match BuyerNote::parse(text) {
            Ok(note) => draft.offer.buyer_note = Some(note.value),
            Err(error) => return Answer::Refused(refusals::message_refusal(reader.language, &error)),
        },
    }
    Answer::Taken(None)
}
