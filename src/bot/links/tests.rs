//! What the cards about links say, and that every refusal is said in every language.

mod cards;
mod money;
mod refusals;

use chrono::{DateTime, TimeZone, Utc};
use chrono_tz::Tz;

use super::wording::Reader;
use super::*;
use crate::domain::customer::NamedCustomer;
use crate::domain::id::{LinkId, MerchantId, TelegramId};
use crate::domain::language::Language;
use crate::domain::letter::{LetterState, address_of};
use crate::domain::merchant::Mode;
use crate::domain::money::Currency;
use crate::domain::payment_link::PaymentLink;
use crate::domain::reference::Reference;
use crate::domain::slug::Slug;
use crate::domain::usage_limit::UsageLimit;
use crate::domain::visible_text::ItemName;
use crate::messaging::card::ButtonAction;
use crate::services::links::LinkView;
use crate::storage::letters::LetterFate;

/// 22 November 2026, 18:00 in Jakarta.
fn now() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 22, 11, 0, 0).unwrap()
}

fn reader_of(language: Language) -> Reader {
    let zone = Tz::Asia__Jakarta;
    Reader { person: TelegramId(7), language, zone, now: now(), writes_letters: true }
}

fn rupiah(minor: i64) -> Money {
    Money::new(minor, Currency::IDR)
}

fn full_draft() -> LinkDraft {
    LinkDraft {
        item_name: Some(ItemName::parse("Kaos <b>polos</b>").unwrap().value),
        price: Some(rupiah(75_000)),
        usage_limit: Some(UsageLimit::new(1_000).unwrap()),
        expires_at: Some(now() + chrono::TimeDelta::days(3)),
        customer: Some(NamedCustomer::parse("Budi, 0812-3456-789, budi@toko.id").unwrap()),
        reference: Some(Reference::parse("INV.01").unwrap()),
        slug: Some(Slug::parse_own("kaos-polos").unwrap()),
        ..LinkDraft::new()
    }
}

fn link() -> PaymentLink {
    let draft = full_draft();
    PaymentLink {
        id: LinkId::generate(),
        merchant_id: MerchantId::generate(),
        draft_id: draft.id,
        mode: Mode::Sandbox,
        reference: draft.reference.unwrap(),
        slug: draft.slug.unwrap(),
        item_name: ItemName::parse("Kaos polos").unwrap().value,
        price: rupiah(75_000),
        usage_limit: Some(UsageLimit::new(10).unwrap()),
        used: 3,
        held: 1,
        offer: Default::default(),
        opens_at: None,
        expires_at: draft.expires_at,
        paused_at: None,
        deleted_at: None,
        customer: draft.customer,
        seller_note: None,
        created_at: now(),
    }
}

fn view_of(link: PaymentLink) -> LinkView {
    LinkView {
        state: link.state(now()),
        orders: 12,
        paid_orders: 3,
        paying_now: link.held,
        url: "https://bayar.example/kaos-polos".parse().unwrap(),
        now: now(),
        letter: address_of(link.customer.as_ref()).map(|_| LetterFate {
            state: LetterState::Waiting,
            written_at: now(),
            settled_at: None,
        }),
        link,
    }
}

/// What holds for every card: Telegram's limits, and no text without its words.
fn check(card: &Card) {
    // Eight orders, their pages, five filters, and the ways on.
    assert!(card.rows.len() <= 12, "{} rows: {}", card.rows.len(), card.html);
    assert!(card.html.encode_utf16().count() <= 4096, "{}", card.html);
    for button in card.rows.iter().flatten() {
        let characters_max = if button.label.contains(" · ") { 60 } else { 24 };
        let characters = button.label.chars().count();
        assert!((1..=characters_max).contains(&characters), "{}", button.label);
        match &button.action {
            ButtonAction::Press(press) => assert!(press.encode().len() <= 64, "{press:?}"),
            ButtonAction::Copy(text) => assert!((1..=256).contains(&text.chars().count()), "{text}"),
            ButtonAction::Url(url) => assert!(url.scheme() == "https", "{url}"),
            ButtonAction::Share { address, .. } => assert!(address.scheme() == "https", "{address}"),
        }
    }
    // Five numbers stand beside each other where three words do.
    let beside_max =
        |row: &[CardButton]| if row.iter().all(|button| button.label.len() < 10) { 5 } else { 3 };
    assert!(card.rows.iter().all(|row| (1..=beside_max(row)).contains(&row.len())));
}

/// Without the invisible marks that keep Telegram from making links of what people typed.
fn seen(text: &str) -> String {
    text.replace('\u{2060}', "")
}

fn labels(card: &Card) -> Vec<String> {
    card.rows
        .iter()
        .map(|row| row.iter().map(|button| button.label.as_str()).collect::<Vec<_>>().join(" | "))
        .collect()
}

#[test]
fn every_state_of_the_talk_survives_a_restart() {
    let question = Question { draft_id: DraftId::generate(), way: Way::Wizard, asked_at: now() };
    let fields = [
        DraftField::Name,
        DraftField::Price,
        DraftField::Limit,
        DraftField::Expiry,
        DraftField::Customer,
        DraftField::Reference,
        DraftField::Slug,
    ];
    let mut states: Vec<LinkTalk> = fields.iter().map(|field| LinkTalk::awaiting(*field, question)).collect();
    for (field, state) in fields.iter().zip(&states) {
        assert_eq!(state.field(), *field);
        assert_eq!(state.question(), question);
    }
    let edit = Question { way: Way::Edit, ..question };
    states.push(LinkTalk::ChoosingPrice {
        question: edit,
        prices: vec![rupiah(75), rupiah(75_000)],
        expiries: vec![now()],
    });
    states.push(LinkTalk::ChoosingExpiry { question: edit, expiries: vec![now()] });
    for state in states {
        let conversation = Conversation::Link(state);
        let json = serde_json::to_string(&conversation).unwrap();
        assert_eq!(serde_json::from_str::<Conversation>(&json).unwrap(), conversation, "{json}");
    }
}
