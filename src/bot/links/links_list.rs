//! The shop's links, newest first, six a page.
//!
//! ```text
//! Ani   /links
//! Bot   🔗 Tautan · 14
//!       [🟢 Kaos polos · 75rb · 3/10]
//!       [⌛ Topi · 50rb · kedaluwarsa]
//!       [◀ Lebih baru] [Lebih lama ▶]
//!       [➕ Tautan baru] [🏠 Beranda]
//! ```

use crate::bot::BotError;
use crate::bot::conversation::Conversation;
use crate::bot::talk::Talk;
use crate::domain::id::LinkId;
use crate::domain::merchant::Mode;
use crate::domain::payment_link::LinkState;
use crate::messaging::buttons::{PageFrom, Press};
use crate::messaging::card::{Card, CardButton};
use crate::messaging::texts::Say;
use crate::services::links::{Cursor, LinkView, Page};

use super::link_card::{leaving_row, state_words};
use super::refusals::cut;
use super::wording::Reader;
use super::{any_seat, reader};

/// The most characters of a name in a row: one of 360 px shows about thirty in all.
const NAME_CHARACTERS_MAX: usize = 16;

/// `/links`. Words behind it are not looked for yet.
///
/// # Errors
/// When the shop or Telegram cannot be asked.
pub async fn links_command(talk: &mut Talk, _arguments: &str) -> Result<(), BotError> {
    talk.go(Conversation::Idle);
    show(talk, Cursor::Start).await
}

/// A page of the list; the first one when the page asked for has become empty.
pub(super) async fn show(talk: &mut Talk, cursor: Cursor<LinkId>) -> Result<(), BotError> {
    let Some(seat) = any_seat(talk).await? else { return Ok(()) };
    let mut page = talk.services.links(&seat, cursor).await?;
    if page.rows.is_empty() && page.total > 0 {
        page = talk.services.links(&seat, Cursor::Start).await?;
    }
    let may_make = seat.member.role.may_change_links();
    let card = links_card(&reader(talk, &seat), &page, seat.merchant.mode, may_make);
    talk.show(card).await
}

/// The newest links that have orders, to choose whose orders to see.
pub(super) async fn pick_for_orders(talk: &mut Talk) -> Result<(), BotError> {
    let Some(seat) = any_seat(talk).await? else { return Ok(()) };
    let views = talk.services.links_with_orders(&seat).await?;
    let card = orders_pick_card(&reader(talk, &seat), &views, seat.merchant.mode);
    talk.show(card).await
}

/// The links that have orders; a deleted one shows that it is.
#[must_use]
pub fn orders_pick_card(reader: &Reader, views: &[LinkView], mode: Mode) -> Card {
    let title = if views.is_empty() { "orders-none" } else { "orders-pick" };
    let mut card = Card::new(format!("{}\n\n{}", reader.say(title), reader.mode(mode)));
    for view in views {
        let icon = if view.link.deleted_at.is_some() { "🗑 " } else { "" };
        let name = cut(view.link.item_name.as_str(), NAME_CHARACTERS_MAX);
        let label = format!("{icon}🧾 {} · {name}", reader.count(view.orders));
        card = card.row([CardButton::press(label, Press::LinkOrders(view.link.id, PageFrom::Start))]);
    }
    card.row(leaving_row(reader))
}

/// A page of the list.
#[must_use]
pub fn links_card(reader: &Reader, page: &Page<LinkView, LinkId>, mode: Mode, may_make: bool) -> Card {
    let new = may_make.then(|| CardButton::press(reader.say("link-button-new"), Press::NewLink));
    let home = CardButton::press(reader.say("link-button-home"), Press::Home);
    let last_row: Vec<CardButton> = new.into_iter().chain([home]).collect();
    if page.rows.is_empty() {
        let html = format!("{}\n\n{}", reader.say("links-empty"), reader.mode(mode));
        return Card::new(html).row(last_row);
    }
    let title = Say::new(reader.language, "links-title").with_safe("total", reader.count(page.total)).html();
    let mut card = Card::new(format!("{title}\n{}\n\n{}", reader.say("links-hint"), reader.mode(mode)));
    for view in &page.rows {
        card = card.row([CardButton::press(row_label(reader, view), Press::Link(view.link.id))]);
    }
    let newer = page.newer.map(|key| {
        CardButton::press(reader.say("links-button-newer"), Press::Links(PageFrom::NewerThan(key)))
    });
    let older = page.older.map(|key| {
        CardButton::press(reader.say("links-button-older"), Press::Links(PageFrom::OlderThan(key)))
    });
    card.row(newer.into_iter().chain(older)).row(last_row)
}

/// `🟢 Kaos polos · 75rb · 3/10`; any other state than open is said in words.
#[must_use]
pub fn row_label(reader: &Reader, view: &LinkView) -> String {
    let (icon, _) = state_words(view.state);
    let used = reader.count(view.link.used);
    let word = match view.state {
        LinkState::Active => match view.link.usage_limit {
            Some(limit) => Say::new(reader.language, "links-row-left")
                .with_safe("used", used)
                .with_safe("limit", reader.count(limit.get()))
                .plain(),
            None => Say::new(reader.language, "links-row-paid").with_safe("used", used).plain(),
        },
        LinkState::Busy => reader.say("links-row-busy"),
        LinkState::Exhausted => reader.say("links-row-exhausted"),
        LinkState::Expired => reader.say("links-row-expired"),
        LinkState::NotOpenYet => reader.say("links-row-not-open"),
        LinkState::Paused => reader.say("links-row-paused"),
        LinkState::Deleted => reader.say("links-row-deleted"),
    };
    let name = cut(view.link.item_name.as_str(), NAME_CHARACTERS_MAX);
    format!("{icon} {name} · {} · {word}", view.link.price.display_short(reader.language))
}
