//! The shop's links, newest first, six a page, narrowed by their state or by words.
//!
//! ```text
//! Ani   /links
//! Bot   🔗 Tautan · 14
//!       [🟢 Kaos polos · 75rb · 3/10]
//!       [⌛ Topi · 50rb · lewat]
//!       [◀ Lebih baru] [Lebih lama ▶]
//!       [✓ Semua] [Aktif] [Habis]
//!       [Kedaluwarsa] [Mati]
//!       [🔎 Cari] [➕ Baru] [🏠 Beranda]
//! ```

use crate::bot::BotError;
use crate::bot::finding::{self, filter_rows};
use crate::bot::talk::Talk;
use crate::domain::finding::{LinkFilter, SearchWords};
use crate::domain::id::LinkId;
use crate::domain::merchant::Mode;
use crate::domain::payment_link::LinkState;
use crate::messaging::buttons::{FindingPress, LinkList, PageFrom, Press};
use crate::messaging::card::{Card, CardButton, cut};
use crate::messaging::price_words::price_words_short;
use crate::messaging::texts::Say;
use crate::services::links::{LinkView, Page};

use super::link_card::{leaving_row, state_words};
use super::refusals::shortened;
use super::wording::Reader;
use super::{any_seat, cursor, reader};

/// The most characters of a name in a row: one of 360 px shows about thirty in all.
const NAME_CHARACTERS_MAX: usize = 16;

/// A page of a list as it is shown.
#[derive(Debug, Clone, Copy)]
pub struct ShownLinks<'a> {
    /// Which list.
    pub list: LinkList,
    /// Where the page starts.
    pub from: PageFrom<LinkId>,
    /// The words of a search.
    pub words: Option<&'a SearchWords>,
    /// What is on the page.
    pub page: &'a Page<LinkView, LinkId>,
}

/// A page of a list; the first one when the page asked for has become empty, and all links when the search
/// is forgotten.
pub(in crate::bot) async fn show(
    talk: &mut Talk,
    mut list: LinkList,
    mut from: PageFrom<LinkId>,
) -> Result<(), BotError> {
    finding::leave(talk);
    let Some(seat) = any_seat(talk).await? else { return Ok(()) };
    let mut words = None;
    if let LinkList::Found(number) = list {
        words = talk.services.kept_search(&seat, number).await?;
        if words.is_none() {
            talk.toast("finding-forgotten").await;
            (list, from) = (LinkList::Filtered(LinkFilter::All), PageFrom::Start);
        }
    }
    let filter = match list {
        LinkList::Filtered(filter) => filter,
        LinkList::Found(_) => LinkFilter::All,
    };
    let mut page = talk.services.links(&seat, filter, words.as_ref(), cursor(from)).await?;
    if page.rows.is_empty() && page.total > 0 {
        from = PageFrom::Start;
        page = talk.services.links(&seat, filter, words.as_ref(), cursor(from)).await?;
    }
    let may_make = seat.member.role.may_change_links();
    let shown = ShownLinks { list, from, words: words.as_ref(), page: &page };
    let card = links_card(&reader(talk, &seat), &shown, seat.merchant.mode, may_make);
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
pub fn links_card(reader: &Reader, shown: &ShownLinks<'_>, mode: Mode, may_make: bool) -> Card {
    let (list, page) = (shown.list, shown.page);
    let new = may_make.then(|| CardButton::press(reader.say("link-button-new"), Press::NewLink));
    let home = CardButton::press(reader.say("button-home"), Press::Home);
    let is_everything = list == LinkList::Filtered(LinkFilter::All);
    if is_everything && page.rows.is_empty() {
        let html = format!("{}\n\n{}", reader.say("links-empty"), reader.mode(mode));
        return Card::new(html).row(new.into_iter().chain([home]));
    }
    let mut card = Card::new(format!("{}\n\n{}", heading(reader, shown), reader.mode(mode)));
    for view in &page.rows {
        let id = view.link.id;
        let press = match shown.from {
            PageFrom::Start if is_everything => Press::Link(id),
            from => Press::Finding(FindingPress::Link(list, from, id)),
        };
        card = card.row([CardButton::press(row_label(reader, view), press)]);
    }
    let turn = |key: &str, from| CardButton::press(reader.say(key), list_press(list, from));
    let newer = page.newer.map(|key| turn("links-button-newer", PageFrom::NewerThan(key)));
    let older = page.older.map(|key| turn("links-button-older", PageFrom::OlderThan(key)));
    card = card.row(newer.into_iter().chain(older));
    let all = list_press(LinkList::Filtered(LinkFilter::All), PageFrom::Start);
    let search = |key: &str| CardButton::press(reader.say(key), Press::Finding(FindingPress::AskLinks));
    let LinkList::Filtered(current) = list else {
        let all = CardButton::press(reader.say("link-button-links"), all);
        return card.row([search("finding-button-again"), all]).row([home]);
    };
    if page.rows.is_empty() {
        card = card.row([CardButton::press(reader.say("finding-button-clear"), all)]);
    }
    let filters = LinkFilter::ALL.map(|filter| {
        let press = list_press(LinkList::Filtered(filter), PageFrom::Start);
        (filter_word(filter), filter == current, press)
    });
    for row in filter_rows(reader, &filters) {
        card = card.row(row);
    }
    let new = may_make.then(|| CardButton::press(reader.say("finding-button-new"), Press::NewLink));
    card.row([search("finding-button-search")].into_iter().chain(new).chain([home]))
}

/// The button that shows a page of a list.
#[must_use]
pub fn list_press(list: LinkList, from: PageFrom<LinkId>) -> Press {
    match list {
        LinkList::Filtered(LinkFilter::All) => Press::Links(from),
        _ => Press::Finding(FindingPress::Links(list, from)),
    }
}

/// What the list is of, how long it is, and what can be done with it.
fn heading(reader: &Reader, shown: &ShownLinks<'_>) -> String {
    let total = reader.count(shown.page.total);
    let title = match (shown.list, shown.words) {
        (LinkList::Found(_), Some(words)) => Say::new(reader.language, "finding-links-found")
            .with("words", shortened(words.as_str()))
            .with_safe("total", total),
        (LinkList::Filtered(filter), _) if filter != LinkFilter::All => {
            Say::new(reader.language, "finding-links-title")
                .with_safe("filter", reader.say(filter_word(filter)))
                .with_safe("total", total)
        }
        _ => Say::new(reader.language, "links-title").with_safe("total", total),
    };
    let hint = match shown.list {
        _ if !shown.page.rows.is_empty() => "links-hint",
        LinkList::Filtered(_) => "finding-nothing",
        LinkList::Found(_) => "finding-links-none",
    };
    format!("{}\n{}", title.html(), reader.say(hint))
}

const fn filter_word(filter: LinkFilter) -> &'static str {
    match filter {
        LinkFilter::All => "finding-all",
        LinkFilter::Active => "finding-active",
        LinkFilter::SoldOut => "finding-sold-out",
        LinkFilter::Expired => "finding-expired",
        LinkFilter::Off => "finding-off",
    }
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
    let price = price_words_short(reader.language, view.link.price, &view.link.offer.pricing);
    format!("{icon} {name} · {price} · {word}")
}
