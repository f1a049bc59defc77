//! The confirm card: how the link was understood, and the way to make it.
//!
//! ```text
//! Ani   /new Kaos polos 75rb x10 3hari
//! Bot   📝 Sudah benar?
//!       Kaos polos · Rp75.000
//!       🔁 Menerima 10 pembayaran (yang dihitung pembayaran, bukan kunjungan)
//!       ⏳ Sampai Rab 25 Nov 18.33 WIB
//!       …
//!       [✅ Buat] [✏️ Nama] [💰 Harga] [🔁 Batas] [⏳ Waktu] [👤 Pembeli] [🔗 Alamat] …
//! Ani   taps ✅ Buat
//! Bot   the same message becomes the link's card
//! ```

use chrono::{DateTime, Utc};

use crate::bot::BotError;
use crate::bot::conversation::Conversation;
use crate::bot::shop_methods::not_active;
use crate::bot::talk::Talk;
use crate::domain::customer::NamedCustomer;
use crate::domain::id::DraftId;
use crate::domain::link_draft::LinkDraft;
use crate::domain::merchant::Mode;
use crate::domain::usage_limit::UsageLimit;
use crate::messaging::buttons::{CreatingPress, DraftChoice, DraftField, MethodsPress, Press};
use crate::messaging::card::{Card, CardButton};
use crate::messaging::html::code;
use crate::messaging::price_words::price_words;
use crate::messaging::texts::Say;
use crate::services::drafts::KeptDraft;
use crate::services::links::{Creation, CreationRefusal};
use crate::services::merchants::Seat;

use super::wording::{Reader, buyer};
use super::{Way, change_link, editing_seat, goods, link_card, open_draft, reader, wizard};

/// The draft's card, from wherever it was left.
pub(super) async fn reopen(talk: &mut Talk, id: DraftId) -> Result<(), BotError> {
    let Some(seat) = editing_seat(talk).await? else { return Ok(()) };
    let Some(draft) = open_draft(talk, id).await? else { return Ok(()) };
    show(talk, &seat, draft, None).await
}

/// Shows the card, or asks for what is still missing. `lead` is said first.
pub(super) async fn show(
    talk: &mut Talk,
    seat: &Seat,
    mut draft: LinkDraft,
    lead: Option<String>,
) -> Result<(), BotError> {
    if let Some(change) = &draft.change {
        return change_link::describe(talk, seat, &draft, change, lead).await;
    }
    if draft.item_name.is_none() {
        return wizard::ask(talk, seat, &draft, DraftField::Name, Way::Wizard, lead).await;
    }
    if draft.price.is_none() {
        return wizard::ask(talk, seat, &draft, DraftField::Price, Way::Wizard, lead).await;
    }
    let mut said: Vec<String> = lead.into_iter().collect();
    if let Some(slug) = draft.slug.as_ref().filter(|slug| slug.is_guessable())
        && draft.customer.is_some()
    {
        draft.slug = Some(talk.services.with_random_suffix(slug));
        talk.services.keep_draft(talk.person, &draft).await?;
        said.push(talk.say("draft-suffix-added"));
    }
    talk.go(Conversation::Idle);
    let mut card = confirm_card(&reader(talk, seat), &draft, draft.mode(seat.merchant.mode));
    let refused = talk.services.only_refused(&seat.merchant, &draft).await?;
    if let Some(warning) = not_active(talk.language, "methods-only-not-active", &refused) {
        said.push(warning);
        let methods = Press::Methods(MethodsPress::Draft(draft.id));
        card.rows.insert(0, vec![CardButton::press(talk.say("methods-button"), methods)]);
    }
    for lead in said.iter().rev() {
        card.html = format!("{lead}\n\n{}", card.html);
    }
    let draft_id = draft.id;
    talk.show(card).await?;
    talk.confirms(Some(draft_id));
    Ok(())
}

/// Makes the link. A second tap, or a tap after a crash, shows the link that the first one made.
pub(super) async fn create(talk: &mut Talk, id: DraftId) -> Result<(), BotError> {
    let Some(seat) = editing_seat(talk).await? else { return Ok(()) };
    if let Some(KeptDraft { link_id: Some(link_id), .. }) = talk.services.draft(talk.person, id).await? {
        talk.go(Conversation::Idle);
        talk.confirms(None);
        return link_card::show_made(talk, link_id).await;
    }
    let Some(draft) = open_draft(talk, id).await? else { return Ok(()) };
    match talk.services.create_link(&seat, &draft).await? {
        Creation::Made(view) | Creation::MadeBefore(view) => {
            talk.go(Conversation::Idle);
            talk.confirms(None);
            let card = link_card::made_card(&reader(talk, &seat), &view);
            talk.show(card).await?;
        }
        Creation::Refused(refusal) => {
            let card = refused_card(&reader(talk, &seat), &draft, draft.mode(seat.merchant.mode), &refusal);
            talk.go(Conversation::Idle);
            talk.show(card).await?;
        }
    }
    Ok(())
}

/// How the link was understood, with a button for each thing to change.
#[must_use]
pub fn confirm_card(reader: &Reader, draft: &LinkDraft, mode: Mode) -> Card {
    let title = if draft.is_complete() { "draft-card-title" } else { "draft-card-missing" };
    let html = format!("{}\n\n{}", reader.say(title), description(reader, draft, mode));
    let button = |key: &str, press| CardButton::press(reader.say(key), press);
    let create = match draft.batch {
        // It is made with those it was typed with.
        Some(batch) => Some(button("batch-button-back", Press::Creating(CreatingPress::Batch(batch)))),
        None => draft.is_complete().then(|| button("draft-button-create", Press::DraftCreate(draft.id))),
    };
    let suffix = has_guessable_address(draft)
        .then(|| button("draft-button-suffix", Press::DraftSet(draft.id, DraftChoice::Suffix)));
    change_rows(reader, draft, Card::new(html).row(create).row(suffix))
}

/// The confirm card of a draft that could not become a link: why, and the way to mend it first.
#[must_use]
pub fn refused_card(reader: &Reader, draft: &LinkDraft, mode: Mode, refusal: &CreationRefusal) -> Card {
    if *refusal == CreationRefusal::NotAllowed {
        return super::only_looks(reader.language, "link-viewer");
    }
    let html =
        format!("⚠️ {}\n\n{}", creation_refusal(reader, draft, refusal), description(reader, draft, mode));
    let button = |key: &str, press| CardButton::press(reader.say(key), press);
    let edit = |key: &str, field| button(key, Press::DraftEdit(draft.id, field));
    let suffix = || button("draft-button-suffix", Press::DraftSet(draft.id, DraftChoice::Suffix));
    let mend = match refusal {
        CreationRefusal::SlugTaken(_) | CreationRefusal::SlugGuessable(_) => vec![suffix()],
        CreationRefusal::OpensTooLate => vec![edit("goods-button-opens", DraftField::OpensAt)],
        CreationRefusal::NoMethodTaken => {
            let methods = Press::Methods(MethodsPress::Draft(draft.id));
            vec![button("methods-button", methods), edit("draft-button-price", DraftField::Price)]
        }
        CreationRefusal::PiecesTooDear => vec![edit("goods-button-pieces", DraftField::Pieces)],
        CreationRefusal::ReferenceTaken(_) => vec![edit("draft-button-reference", DraftField::Reference)],
        CreationRefusal::ExpiryTooSoon => {
            let minutes = |days: i64| Press::DraftSet(draft.id, DraftChoice::ExpiryMinutes(days * 24 * 60));
            vec![button("draft-button-day", minutes(1)), button("draft-button-week", minutes(7))]
        }
        CreationRefusal::Incomplete
        | CreationRefusal::CurrencyNotAccepted(_)
        | CreationRefusal::NoMethodForAmount
        | CreationRefusal::NoLiveAccount
        | CreationRefusal::NotAllowed => vec![edit("draft-button-price", DraftField::Price)],
    };
    change_rows(reader, draft, Card::new(html).row(mend))
}

/// Why the link cannot be made, as HTML.
pub(in crate::bot) fn creation_refusal(
    reader: &Reader,
    draft: &LinkDraft,
    refusal: &CreationRefusal,
) -> String {
    let text = |key| Say::new(reader.language, key);
    match refusal {
        CreationRefusal::Incomplete => reader.say("draft-refused-incomplete"),
        CreationRefusal::ReferenceTaken(reference) => {
            text("draft-refused-reference").with_safe("reference", code(reference.as_str())).html()
        }
        CreationRefusal::SlugTaken(slug) => {
            text("draft-refused-address").with_safe("slug", code(slug.as_str())).html()
        }
        CreationRefusal::SlugGuessable(slug) => {
            text("draft-refused-guessable").with_safe("slug", code(slug.as_str())).html()
        }
        CreationRefusal::ExpiryTooSoon => reader.say("draft-refused-time"),
        CreationRefusal::CurrencyNotAccepted(currency) => {
            text("draft-refused-currency").with("currency", currency.code()).html()
        }
        CreationRefusal::NoMethodForAmount => {
            let price = draft.price.map(|price| price.display(reader.language)).unwrap_or_default();
            text("draft-refused-amount").with_safe("price", price).html()
        }
        CreationRefusal::NoMethodTaken => {
            let price = draft.price.map(|price| price.display(reader.language)).unwrap_or_default();
            text("methods-refused").with_safe("price", price).html()
        }
        CreationRefusal::OpensTooLate => reader.say("goods-refused-opens"),
        CreationRefusal::PiecesTooDear => reader.say("goods-refused-dear"),
        CreationRefusal::NoLiveAccount => reader.say("draft-refused-live"),
        CreationRefusal::NotAllowed => reader.say("link-viewer"),
    }
}

/// Every field as it was understood, one to a line.
fn description(reader: &Reader, draft: &LinkDraft, mode: Mode) -> String {
    let text = |key| Say::new(reader.language, key);
    let title = text("draft-card-name");
    let title = match &draft.item_name {
        Some(name) => title.with("name", name.as_str()),
        None => title.with_safe("name", reader.say("draft-card-no-name")),
    };
    let price = draft.price.map_or_else(
        || reader.say("draft-card-no-price"),
        |price| price_words(reader.language, price, &draft.offer.pricing),
    );
    let reference = draft.reference.as_ref().map_or_else(
        || reader.say("draft-card-reference-made"),
        |reference| text("draft-card-reference").with_safe("reference", code(reference.as_str())).html(),
    );
    let address = draft.slug.as_ref().map_or_else(
        || reader.say("draft-card-address-made"),
        |slug| text("draft-card-address").with_safe("slug", code(slug.as_str())).html(),
    );
    let title = title.with_safe("price", price).html();
    let goods = draft.price.map(|price| goods::lines(reader, price, &draft.offer, draft.opens_at));
    let mut lines = vec![title];
    lines.extend(goods.unwrap_or_default());
    lines.extend([
        limit_line(reader, draft.usage_limit),
        until_line(reader, draft.expires_at),
        buyer_line(reader, draft.customer.as_ref()),
    ]);
    let is_new = draft.change.is_none();
    lines.extend(reader.letter_line(draft.customer.as_ref()).filter(|_| is_new));
    lines.extend([reference, address]);
    lines.extend(goods::note_line(reader, draft.seller_note.as_ref()));
    if has_guessable_address(draft) {
        lines.push(reader.say("draft-card-guessable"));
    }
    lines.push(reader.mode(mode));
    lines.join("\n")
}

/// How many payments it takes.
pub(super) fn limit_line(reader: &Reader, limit: Option<UsageLimit>) -> String {
    let Some(limit) = limit else { return reader.say("draft-card-no-limit") };
    let number = reader.count(limit.get());
    let line = Say::new(reader.language, "draft-card-limit").with_number("count", limit.get());
    line.with_safe("number", number).html()
}

/// Until when it takes them.
pub(super) fn until_line(reader: &Reader, expires_at: Option<DateTime<Utc>>) -> String {
    let Some(at) = expires_at else { return reader.say("draft-card-no-end") };
    Say::new(reader.language, "draft-card-until").with_safe("until", reader.instant(at)).html()
}

/// For whom it is.
pub(super) fn buyer_line(reader: &Reader, customer: Option<&NamedCustomer>) -> String {
    let Some(customer) = customer else { return reader.say("draft-card-anyone") };
    Say::new(reader.language, "draft-card-buyer").with("buyer", buyer(customer)).html()
}

fn has_guessable_address(draft: &LinkDraft) -> bool {
    draft.slug.as_ref().is_some_and(|slug| slug.is_guessable())
}

fn change_rows(reader: &Reader, draft: &LinkDraft, card: Card) -> Card {
    let edit = |key: &str, field| CardButton::press(reader.say(key), Press::DraftEdit(draft.id, field));
    let cancel = if draft.batch.is_some() { "batch-button-drop" } else { "draft-button-cancel" };
    let cancel = CardButton::press(reader.say(cancel), Press::DraftCancel(draft.id));
    card.row([edit("draft-button-name", DraftField::Name), edit("draft-button-price", DraftField::Price)])
        .row([edit("draft-button-limit", DraftField::Limit), edit("draft-button-time", DraftField::Expiry)])
        .row([
            edit("draft-button-buyer", DraftField::Customer),
            edit("draft-button-address", DraftField::Slug),
        ])
        .row([edit("draft-button-reference", DraftField::Reference), goods::more_button(reader, draft.id)])
        .row([cancel])
}
