//! Changing a link that is out in the world.
//!
//! ```text
//! Ani   taps ✏️ Ubah on the link's card
//! Bot   ✏️ Mengubah tautan
//!       Kaos polos · Rp75.000
//!       🔁 Menerima 10 pembayaran …
//!       [✏️ Nama] [💰 Harga] [🔁 Batas] [⏳ Waktu] [👤 Pembeli] [◀ Kembali]
//! Ani   taps 💰 Harga, types 80rb
//! Bot   … 💰 Rp75.000 → Rp80.000            [✅ Simpan] …
//! Ani   taps ✅ Simpan
//! Bot   the link's card, as it is now
//! ```
//!
//! A change is a draft like any other: it survives a restart, and nothing changes before it is saved.

use chrono::TimeDelta;

use crate::bot::BotError;
use crate::bot::conversation::Conversation;
use crate::bot::talk::Talk;
use crate::domain::id::{DraftId, LinkId};
use crate::domain::link_change::{ChangeRefusal, LinkChange, LinkTerms};
use crate::domain::link_draft::LinkDraft;
use crate::domain::payment_link::LinkState;
use crate::domain::usage_limit::UsageLimit;
use crate::messaging::buttons::{DraftField, Press};
use crate::messaging::card::{Card, CardButton};
use crate::messaging::html::{code, escape};
use crate::messaging::price_words::price_words;
use crate::messaging::texts::Say;
use crate::services::link_changes::Changed;
use crate::services::links::LinkView;
use crate::services::merchants::Seat;

use super::confirm_card::{buyer_line, creation_refusal, limit_line, until_line};
use super::wizard::{self, with_lead};
use super::wording::Reader;
use super::{Way, confirm_card, editing_seat, gone, goods, link_card, open_draft, reader};

/// What the buttons of an ended link offer, in hours.
const LONGER_HOURS: [(&str, u16); 3] =
    [("change-button-hour", 1), ("change-button-day", 24), ("change-button-week", 168)];

/// What the buttons of a sold-out link offer, in payments.
const MORE_PAYMENTS: [u16; 3] = [1, 5, 10];

/// How long a link that is over takes payments again for a new price, unless its seller says otherwise.
const REPRICED_FOR: TimeDelta = TimeDelta::hours(24);

/// A tap on a button that changes a link.
///
/// # Errors
/// When the shop or Telegram cannot be asked.
pub(super) async fn pressed(talk: &mut Talk, press: Press) -> Result<(), BotError> {
    let Some(seat) = editing_seat(talk).await? else { return Ok(()) };
    match press {
        Press::Change(id) => begin(talk, &seat, id).await,
        Press::MakeLike(id) => make_like(talk, &seat, id).await,
        Press::ChangeSave(draft, link) => save(talk, &seat, draft, link).await,
        Press::ChangeLeave(draft, link) => leave(talk, draft, link).await,
        Press::SwitchOff(id) => {
            let changed = talk.services.switch_link(&seat, id, true).await?;
            done_at_once(talk, &seat, changed, "change-switched-off").await
        }
        Press::SwitchOn(id) => {
            let changed = talk.services.switch_link(&seat, id, false).await?;
            done_at_once(talk, &seat, changed, "change-switched-on").await
        }
        Press::Extend(id, hours) if LONGER_HOURS.iter().any(|(_, offered)| *offered == hours) => {
            let changed = talk.services.extend_link(&seat, id, TimeDelta::hours(i64::from(hours))).await?;
            done_at_once(talk, &seat, changed, "change-extended").await
        }
        Press::Restock(id, more) if MORE_PAYMENTS.contains(&more) => {
            let changed = talk.services.restock_link(&seat, id, i64::from(more)).await?;
            done_at_once(talk, &seat, changed, "change-restocked").await
        }
        // A forged number changes nothing.
        Press::Extend(id, _) | Press::Restock(id, _) => link_card::show(talk, id).await,
        _ => Ok(()),
    }
}

/// Asks for a new price of a link that is over or sold out. Saved, it is open again: for a day, or for one
/// payment more.
///
/// # Errors
/// When the shop or Telegram cannot be asked.
pub async fn reprice(talk: &mut Talk, id: LinkId) -> Result<(), BotError> {
    let Some(seat) = editing_seat(talk).await? else { return Ok(()) };
    let view = talk.services.link(&seat, id).await?;
    let Some((mut draft, view)) = talk.services.begin_change(&seat, id).await?.zip(view) else {
        return link_card::show(talk, id).await;
    };
    let link = &view.link;
    let is_over = link.expires_at.is_some_and(|expires_at| expires_at <= view.now);
    if is_over {
        draft.expires_at = Some(view.now + REPRICED_FOR);
    }
    let is_taken = |limit: UsageLimit| link.used >= limit.get();
    if link.usage_limit.is_some_and(is_taken) {
        draft.usage_limit = UsageLimit::new(link.used.saturating_add(1)).ok();
    }
    talk.services.keep_draft(talk.person, &draft).await?;
    wizard::ask(talk, &seat, &draft, DraftField::Price, Way::Edit, None).await
}

/// The card of a change: how the link will be, with a button for each thing to change, and one to save when
/// something is different.
pub(super) async fn describe(
    talk: &mut Talk,
    seat: &Seat,
    draft: &LinkDraft,
    change: &LinkChange,
    lead: Option<String>,
) -> Result<(), BotError> {
    talk.go(Conversation::Idle);
    let card = change_card(&reader(talk, seat), draft, change);
    talk.show(with_lead(card, lead)).await?;
    talk.confirms(Some(draft.id));
    Ok(())
}

/// Forgets the change and shows the link as it is.
pub(super) async fn leave(talk: &mut Talk, draft: DraftId, link: LinkId) -> Result<(), BotError> {
    talk.services.discard_draft(talk.person, draft).await?;
    talk.go(Conversation::Idle);
    talk.confirms(None);
    link_card::show(talk, link).await
}

async fn begin(talk: &mut Talk, seat: &Seat, id: LinkId) -> Result<(), BotError> {
    match talk.services.begin_change(seat, id).await? {
        Some(draft) => {
            talk.services.keep_draft(talk.person, &draft).await?;
            confirm_card::show(talk, seat, draft, None).await
        }
        // It is deleted, or none of this shop's: its card says so.
        None => link_card::show(talk, id).await,
    }
}

async fn make_like(talk: &mut Talk, seat: &Seat, id: LinkId) -> Result<(), BotError> {
    let Some(draft) = talk.services.draft_like(seat, id).await? else { return gone(talk).await };
    talk.services.keep_draft(talk.person, &draft).await?;
    let lead = talk.say("change-like-lead");
    confirm_card::show(talk, seat, draft, Some(lead)).await
}

/// Saves. A second tap finds no draft any more, and shows the link that the first one changed.
async fn save(talk: &mut Talk, seat: &Seat, id: DraftId, link: LinkId) -> Result<(), BotError> {
    if talk.services.draft(talk.person, id).await?.is_none() {
        talk.go(Conversation::Idle);
        return link_card::show(talk, link).await;
    }
    let Some(draft) = open_draft(talk, id).await? else { return Ok(()) };
    let reader = reader(talk, seat);
    let changed = talk.services.save_change(seat, &draft).await?;
    let reason = match &changed {
        Changed::Refused(view, refusal) => refusal_words(&reader, view, refusal),
        Changed::NotPayable(_, refusal) => creation_refusal(&reader, &draft, refusal),
        Changed::Done(_) | Changed::Stands(_) | Changed::NotFound | Changed::NotAllowed => {
            talk.services.discard_draft(talk.person, id).await?;
            talk.confirms(None);
            return done_at_once(talk, seat, changed, "change-saved").await;
        }
    };
    confirm_card::show(talk, seat, draft, Some(format!("⚠️ {reason}"))).await
}

/// A change without a question: a word over the chat, and the link's card as it is now.
async fn done_at_once(talk: &mut Talk, seat: &Seat, changed: Changed, key: &str) -> Result<(), BotError> {
    let reader = reader(talk, seat);
    talk.go(Conversation::Idle);
    let card = match changed {
        Changed::Done(view) => {
            talk.toast(key).await;
            link_card::details_card(&reader, &view)
        }
        Changed::Stands(view) => link_card::details_card(&reader, &view),
        Changed::Refused(view, refusal) => {
            let reason = refusal_words(&reader, &view, &refusal);
            with_lead(link_card::details_card(&reader, &view), Some(format!("⚠️ {reason}")))
        }
        Changed::NotPayable(view, _) => link_card::details_card(&reader, &view),
        Changed::NotFound => return gone(talk).await,
        Changed::NotAllowed => super::only_looks(reader.language, "link-viewer"),
    };
    talk.show(card).await
}

/// The rows of a link's card that change it.
#[must_use]
pub(super) fn change_rows(reader: &Reader, view: &LinkView) -> [Vec<CardButton>; 2] {
    let id = view.link.id;
    let button = |key: &str, press| CardButton::press(reader.say(key), press);
    let more: Vec<CardButton> = match view.state {
        LinkState::Expired => {
            LONGER_HOURS.iter().map(|(key, hours)| button(key, Press::Extend(id, *hours))).collect()
        }
        LinkState::Exhausted => MORE_PAYMENTS
            .iter()
            .map(|more| CardButton::press(format!("🔁 +{more}"), Press::Restock(id, *more)))
            .collect(),
        _ => Vec::new(),
    };
    let switch = if view.link.paused_at.is_some() {
        button("change-button-on", Press::SwitchOn(id))
    } else {
        button("change-button-off", Press::SwitchOff(id))
    };
    [more, vec![button("change-button-edit", Press::Change(id)), switch]]
}

/// How the link will be, what is different about it, and what that means for who is paying.
#[must_use]
pub fn change_card(reader: &Reader, draft: &LinkDraft, change: &LinkChange) -> Card {
    let before = &change.before;
    let after = LinkTerms::of_draft(draft).unwrap_or_else(|| before.clone());
    let price = |terms: &LinkTerms| price_words(reader.language, terms.price, &terms.offer.pricing);
    let line = |was: String, is: String| if was == is { is } else { format!("<s>{was}</s>\n{is}") };
    let name = |terms: &LinkTerms| format!("<b>{}</b>", escape(terms.item_name.as_str()));
    let mut lines = vec![
        reader.say("change-title"),
        String::new(),
        line(name(before), name(&after)),
        line(format!("💰 {}", price(before)), format!("💰 {}", price(&after))),
        line(limit_line(reader, before.usage_limit), limit_line(reader, after.usage_limit)),
        line(until_line(reader, before.expires_at), until_line(reader, after.expires_at)),
        line(buyer_line(reader, before.customer.as_ref()), buyer_line(reader, after.customer.as_ref())),
    ];
    lines.extend(goods_lines(reader, before, &after));
    lines.push(String::new());
    if (after.price, &after.offer.pricing) != (before.price, &before.offer.pricing) {
        lines.push(reader.say("change-price-hint"));
    }
    lines.push(reader.mode(change.mode));
    let button = |key: &str, press| CardButton::press(reader.say(key), press);
    let edit = |key: &str, field| button(key, Press::DraftEdit(draft.id, field));
    let save = (!draft.changes_nothing())
        .then(|| button("change-button-save", Press::ChangeSave(draft.id, change.link_id)));
    Card::new(lines.join("\n"))
        .row(save)
        .row([edit("draft-button-name", DraftField::Name), edit("draft-button-price", DraftField::Price)])
        .row([edit("draft-button-limit", DraftField::Limit), edit("draft-button-time", DraftField::Expiry)])
        .row([edit("draft-button-buyer", DraftField::Customer), goods::more_button(reader, draft.id)])
        .row([button("change-button-leave", Press::ChangeLeave(draft.id, change.link_id))])
}

/// What is sold beside, with what of it goes struck out: only some lines of that, since a bill is long.
fn goods_lines(reader: &Reader, before: &LinkTerms, after: &LinkTerms) -> Vec<String> {
    const GOING_MAX: usize = 4;
    let lines = |terms: &LinkTerms| {
        let note = goods::note_line(reader, terms.seller_note.as_ref());
        let goods = goods::lines(reader, terms.price, &terms.offer, terms.opens_at);
        goods.into_iter().chain(note).collect::<Vec<String>>()
    };
    let (was, is) = (lines(before), lines(after));
    let going = was.iter().filter(|line| !is.contains(line)).take(GOING_MAX);
    going.map(|line| format!("<s>{line}</s>")).chain(is.iter().cloned()).collect()
}

/// Why a change cannot be made, as HTML, with the numbers that forbid it.
fn refusal_words(reader: &Reader, view: &LinkView, refusal: &ChangeRefusal) -> String {
    let text = |key| Say::new(reader.language, key);
    match refusal {
        ChangeRefusal::Deleted => reader.say("change-refused-deleted"),
        ChangeRefusal::LimitBelowTaken { used, held } => text("change-refused-limit")
            .with_safe("paid", reader.count(*used))
            .with_number("paying", *held)
            .with_safe("least", reader.count(used.saturating_add(*held)))
            .html(),
        ChangeRefusal::CurrencyIsFixed(currency) => {
            text("change-refused-currency").with("currency", currency.code()).html()
        }
        ChangeRefusal::OpensTooLate => reader.say("goods-refused-opens"),
        ChangeRefusal::ExpiryTooSoon => reader.say("draft-refused-time"),
        ChangeRefusal::HasOrders => text("change-refused-buyer").with_number("count", view.orders).html(),
        ChangeRefusal::SlugGuessable(slug) => {
            text("change-refused-address").with_safe("slug", code(slug.as_str())).html()
        }
    }
}
