//! The cards that ask for one field of a draft.

use crate::bot::links_by_file::explain_button;
use crate::domain::id::DraftId;
use crate::domain::link_defaults::LinkDefaults;
use crate::domain::link_draft::LinkDraft;
use crate::domain::merchant::Mode;
use crate::domain::money::Money;
use crate::domain::usage_limit::UsageLimit;
use crate::messaging::buttons::{DraftChoice, DraftField, LinkMoment, Press};
use crate::messaging::card::{Card, CardButton};
use crate::messaging::html::escape;
use crate::messaging::price_words::price_words;
use crate::messaging::texts::Say;

use super::wizard::STEPS;
use super::wording::{Reader, buyer};
use super::{Way, calendar, goods};

const MINUTES_A_DAY: i64 = 24 * 60;

/// What the shop's own ways offer as answers.
#[derive(Debug, Clone, Default)]
pub struct Offers {
    /// The prices of its last links.
    pub prices: Vec<Money>,
    /// What it chose for new links.
    pub defaults: LinkDefaults,
}

/// Asks for a field.
#[must_use]
pub fn question_card(
    reader: &Reader,
    draft: &LinkDraft,
    field: DraftField,
    way: Way,
    offers: &Offers,
    mode: Mode,
) -> Card {
    let question = reader.say(question_key(field, &offers.prices));
    question_in_words(reader, draft, (field, way), offers, mode, question)
}

/// The same with a question of one's own, as HTML.
#[must_use]
pub fn question_in_words(
    reader: &Reader,
    draft: &LinkDraft,
    (field, way): (DraftField, Way),
    offers: &Offers,
    mode: Mode,
    question: String,
) -> Card {
    let step = STEPS.iter().zip(1i64..).find(|(step, _)| **step == field).map(|(_, number)| number);
    let title = match (way, step) {
        (Way::Wizard, Some(number)) => {
            Say::new(reader.language, "draft-step").with_number("step", number).html()
        }
        _ => reader.say("draft-editing"),
    };
    let title = match so_far(reader, draft).filter(|_| way == Way::Wizard && field != DraftField::Name) {
        Some(so_far) => format!("{title}\n{so_far}"),
        None => title,
    };
    let mut parts = vec![title, question];
    let now = present_value(reader, draft, field);
    if let Some(value) = &now {
        parts.push(Say::new(reader.language, "draft-now").with("value", value.as_str()).html());
    }
    parts.push(reader.mode(mode));
    let mut card = Card::new(parts.join("\n\n"));
    for row in choice_rows(reader, draft, field, offers) {
        card = card.row(row);
    }
    let set = |key: &str, choice| CardButton::press(reader.say(key), Press::DraftSet(draft.id, choice));
    if way == Way::Wizard && now.is_some() {
        card = card.row([set("draft-button-keep", DraftChoice::Keep)]);
    }
    let back = CardButton::press(reader.say("draft-button-back"), Press::DraftBack(draft.id));
    let is_first = way == Way::Wizard && field == DraftField::Name;
    if is_first {
        card = card.row([explain_button(reader)]);
    }
    let navigation = [(!is_first).then_some(back), Some(cancel_button(reader, draft.id))];
    card.row(navigation.into_iter().flatten())
}

/// Asks which of several readings was meant; the question is HTML.
#[must_use]
pub fn choice_card(reader: &Reader, id: DraftId, question: &str, labels: Vec<String>, mode: Mode) -> Card {
    let html = format!("{question}\n\n{}", reader.mode(mode));
    let mut card = Card::new(html);
    for (label, number) in labels.into_iter().zip(0u8..6) {
        card = card.row([CardButton::press(label, Press::DraftSet(id, DraftChoice::Candidate(number)))]);
    }
    card.row([cancel_button(reader, id)])
}

/// Offers random characters behind an own address that anyone could guess.
#[must_use]
pub fn suffix_card(reader: &Reader, draft: &LinkDraft, mode: Mode) -> Card {
    let slug = draft.slug.as_ref().map(|slug| slug.as_str()).unwrap_or_default();
    let question = Say::new(reader.language, "draft-ask-suffix").with("slug", slug).html();
    let add = Press::DraftSet(draft.id, DraftChoice::Suffix);
    let back = Press::DraftEdit(draft.id, DraftField::Slug);
    Card::new(format!("{question}\n\n{}", reader.mode(mode)))
        .row([CardButton::press(reader.say("draft-button-suffix"), add)])
        .row([CardButton::press(reader.say("draft-button-no-suffix"), Press::DraftShow(draft.id))])
        .row([CardButton::press(reader.say("draft-button-back"), back), cancel_button(reader, draft.id)])
}

/// Throws the draft away.
pub(super) fn cancel_button(reader: &Reader, id: DraftId) -> CardButton {
    CardButton::press(reader.say("draft-button-cancel"), Press::DraftCancel(id))
}

/// Name and price, as far as they are known: what the question is about.
pub(super) fn so_far(reader: &Reader, draft: &LinkDraft) -> Option<String> {
    let name = draft.item_name.as_ref()?.as_str();
    let Some(price) = draft.price else { return Some(format!("<b>{}</b>", escape(name))) };
    let title = Say::new(reader.language, "link-title").with("name", name);
    Some(title.with_safe("price", price_words(reader.language, price, &draft.offer.pricing)).html())
}

const fn question_key(field: DraftField, prices: &[Money]) -> &'static str {
    match field {
        DraftField::Name => "draft-ask-name",
        DraftField::Price if prices.is_empty() => "draft-ask-price",
        DraftField::Price => "draft-ask-price-recent",
        DraftField::Limit => "draft-ask-limit",
        DraftField::Expiry => "draft-ask-time",
        DraftField::Customer => "draft-ask-buyer",
        DraftField::Reference => "draft-ask-reference",
        DraftField::Slug => "draft-ask-address",
        DraftField::Pieces => "goods-ask-pieces",
        DraftField::OpensAt => "goods-ask-opens",
        DraftField::BuyerNote => "goods-ask-note",
        DraftField::SellerNote => "note-ask",
        DraftField::ReturnUrl => "return-ask",
    }
}

/// The answer that stands, as people read it.
fn present_value(reader: &Reader, draft: &LinkDraft, field: DraftField) -> Option<String> {
    match field {
        DraftField::Name => draft.item_name.as_ref().map(|name| name.as_str().to_owned()),
        DraftField::Price => {
            draft.price.map(|price| price_words(reader.language, price, &draft.offer.pricing))
        }
        DraftField::Limit => draft.usage_limit.map(|limit| format!("{}×", reader.count(limit.get()))),
        DraftField::Expiry => draft.expires_at.map(|at| reader.instant(at)),
        DraftField::Customer => draft.customer.as_ref().map(buyer),
        DraftField::Reference => draft.reference.as_ref().map(|reference| reference.as_str().to_owned()),
        DraftField::Slug => draft.slug.as_ref().map(|slug| slug.as_str().to_owned()),
        DraftField::Pieces => draft.offer.pricing.pieces_max().map(|most| reader.count(most.get())),
        DraftField::OpensAt => draft.opens_at.map(|at| reader.instant(at)),
        DraftField::BuyerNote => draft.offer.buyer_note.as_ref().map(|note| note.as_str().to_owned()),
        DraftField::SellerNote => draft.seller_note.as_ref().map(|note| note.as_str().to_owned()),
        DraftField::ReturnUrl => draft.offer.return_url.as_ref().map(|url| url.as_str().to_owned()),
    }
}

/// The quick answers of a field; what the shop chose for new links stands first.
fn choice_rows(
    reader: &Reader,
    draft: &LinkDraft,
    field: DraftField,
    offers: &Offers,
) -> Vec<Vec<CardButton>> {
    let id = draft.id;
    let button = |label: String, choice| CardButton::press(label, Press::DraftSet(id, choice));
    let said = |key: &str, choice| button(reader.say(key), choice);
    let starred = |label: String, choice| vec![button(format!("⭐ {label}"), choice)];
    let times = |payments: i64| button(format!("{payments}×"), DraftChoice::Limit(payments));
    match field {
        DraftField::Name => vec![],
        DraftField::Price => {
            let label = |price: &Money| price.display_short(reader.language);
            let price = |price: &Money| button(label(price), DraftChoice::Price(price.minor()));
            vec![offers.prices.iter().map(price).collect(), goods::price_buttons(reader, id)]
        }
        DraftField::Limit => {
            let own = offers.defaults.usage_limit.map(UsageLimit::get);
            let others = [1, 5, 10].into_iter().filter(|payments| Some(*payments) != own);
            vec![
                own.map_or_else(Vec::new, |own| starred(format!("{own}×"), DraftChoice::Limit(own))),
                others.map(times).collect(),
                vec![said("draft-button-no-limit", DraftChoice::NoLimit)],
            ]
        }
        DraftField::Expiry => {
            let own = offers.defaults.life.map(|life| life.num_minutes());
            let days = |(key, days): (&str, i64)| said(key, DraftChoice::ExpiryMinutes(days * MINUTES_A_DAY));
            let starred_own = own.map_or_else(Vec::new, |own| {
                let count =
                    Say::new(reader.language, "draft-days-away").with_number("count", own / MINUTES_A_DAY);
                starred(count.plain(), DraftChoice::ExpiryMinutes(own))
            });
            let offered = [("draft-button-day", 1), ("draft-button-three-days", 3), ("draft-button-week", 7)];
            let others = offered.into_iter().filter(|(_, days)| Some(days * MINUTES_A_DAY) != own);
            let no_end = said("draft-button-no-end", DraftChoice::NoExpiry);
            let mut rows: Vec<Vec<CardButton>> =
                others.map(days).chain([no_end]).collect::<Vec<_>>().chunks(2).map(<[_]>::to_vec).collect();
            rows.insert(0, starred_own);
            rows.push(vec![calendar::calendar_button(reader, draft, LinkMoment::End)]);
            rows
        }
        DraftField::Customer => vec![vec![said("draft-button-nobody", DraftChoice::Skip)]],
        DraftField::Pieces => {
            let pieces = |pieces: i64| button(pieces.to_string(), DraftChoice::Pieces(pieces));
            vec![[3, 5, 10].map(pieces).to_vec(), vec![said("goods-button-one-piece", DraftChoice::Skip)]]
        }
        DraftField::OpensAt => vec![
            vec![calendar::calendar_button(reader, draft, LinkMoment::Opening)],
            vec![said("goods-button-opens-now", DraftChoice::Skip)],
        ],
        DraftField::BuyerNote => vec![vec![said("goods-button-no-note", DraftChoice::Skip)]],
        DraftField::SellerNote => vec![vec![said("note-button-none", DraftChoice::Skip)]],
        DraftField::ReturnUrl => vec![vec![said("return-button-none", DraftChoice::Skip)]],
        DraftField::Reference | DraftField::Slug => {
            vec![vec![said("draft-button-generate", DraftChoice::Skip)]]
        }
    }
}
