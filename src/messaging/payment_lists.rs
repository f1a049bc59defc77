//! Messages with a line for each payment: for a burst, and for what someone missed. Every line has
//! its order's code, and twenty of the longest lines fit into one message.

use chrono::{DateTime, Utc};
use unicode_segmentation::UnicodeSegmentation;

use super::buttons::{NoticesPress, Press, ShopPlace};
use super::card::{Card, CardButton};
use super::html;
use super::texts::{Say, say};
use crate::domain::apply::Tiding;
use crate::domain::id::LinkId;
use crate::domain::instant_text::display_time;
use crate::domain::language::Language;
use crate::domain::merchant::{Merchant, Mode};
use crate::domain::money::Money;
use crate::domain::order::OrderCode;

/// The longest name on a line, in UTF-16 units; a message has 4096, and each sign of a name may take a
/// second one that keeps it from becoming a link.
const NAME_MAX: usize = 48;

/// The longest item on a line among those of other links, in UTF-16 units.
const ITEM_MAX: usize = 20;

/// The most lines in the list of what was missed.
pub const MISSED_LINES_MAX: usize = 20;

/// A payment on a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaymentLine {
    /// The link it came through.
    pub link_id: LinkId,
    /// What was bought.
    pub item: String,
    /// The order's code.
    pub code: OrderCode,
    /// The customer, as typed.
    pub customer: String,
    /// How many pieces of it.
    pub pieces: i64,
    /// How much.
    pub amount: Money,
    /// Real or play money.
    pub mode: Mode,
}

/// A line about what was missed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MissedLine {
    /// Something about an order's money.
    Order(Tiding, PaymentLine),
    /// A link took its last payment; this is its item.
    SoldOut(String),
    /// Somebody asked for more of this item.
    Asked(String),
    /// An order was not paid after all.
    Unpaid(PaymentLine),
    /// A recap until an instant, already written out, with so many paid orders.
    Recap(String, i64),
}

/// The message of a burst: its payments, all of one shop, mode and currency, `since` the first. It
/// rings when the message before it was full.
#[must_use]
pub fn burst_list(
    merchant: &Merchant,
    lines: &[PaymentLine],
    since: DateTime<Utc>,
    rings: bool,
    language: Language,
) -> Card {
    let currency = lines.first().map_or(merchant.currency, |line| line.amount.currency());
    let total_minor = lines.iter().fold(0_i64, |sum, line| sum.saturating_add(line.amount.minor()));
    let headline = Say::new(language, "burst-payments")
        .with_number("count", i64::try_from(lines.len()).unwrap_or(i64::MAX))
        .with_safe("total", Money::new(total_minor, currency).display(language))
        .with_safe("since", display_time(since, merchant.time_zone, language))
        .html();
    let mut text = vec![headline];
    let only = lines.first().filter(|first| lines.iter().all(|line| line.link_id == first.link_id));
    // What all of them bought is said once.
    text.extend(only.map(|line| Say::new(language, "burst-item").with("item", line.item.as_str()).html()));
    text.extend(lines.iter().map(|line| match only {
        Some(_) => line.html(language),
        None => line.html_with_item(language),
    }));
    let is_practice = lines.iter().any(|line| line.mode == Mode::Sandbox);
    text.push(say(language, if is_practice { "mode-sandbox" } else { "mode-live" }));
    let in_shop = |place| Press::Notices(NoticesPress::RecordIn(merchant.id, place));
    let button = |key: &str, press| CardButton::press(say(language, key), press);
    let beside = match only {
        Some(line) => button("burst-button-orders", Press::RecordOrders(line.link_id)),
        None => button("burst-button-all", in_shop(ShopPlace::Links)),
    };
    let card =
        Card::new(text.join("\n")).row([button("burst-button-see-all", in_shop(ShopPlace::Paid)), beside]);
    if rings { card } else { card.silent() }
}

/// The list of what someone missed: `lines`, newest first, of `count` in all.
#[must_use]
pub fn missed_list(lines: &[MissedLine], count: usize, language: Language) -> Card {
    let number = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    let mut text = vec![Say::new(language, "missed-headline").with_number("count", number(count)).html()];
    let shown = lines.iter().take(MISSED_LINES_MAX);
    let more = count.saturating_sub(shown.len());
    text.extend(shown.map(|line| line.html(language)));
    if more > 0 {
        text.push(Say::new(language, "missed-more").with_number("count", number(more)).html());
    }
    // They may be of several shops: it leads to the one that the person works in.
    Card::new(text.join("\n")).row([
        CardButton::press(say(language, "burst-button-orders"), Press::RecordOrderLinks),
        CardButton::press(say(language, "burst-button-all"), Press::RecordLinks),
    ])
}

impl PaymentLine {
    fn html(&self, language: Language) -> String {
        let key = if self.pieces > 1 { "line-payment-pieces" } else { "line-payment" };
        Say::new(language, key)
            .with_safe("code", html::code(&self.code.to_string()))
            .with("customer", shortened(&self.customer, NAME_MAX))
            .with_number("pieces", self.pieces)
            .with_safe("amount", self.amount.display(language))
            .html()
    }

    /// The line with what was bought, for lists of several links.
    fn html_with_item(&self, language: Language) -> String {
        Say::new(language, "line-payment-item")
            .with_safe("code", html::code(&self.code.to_string()))
            .with("customer", shortened(&self.customer, NAME_MAX))
            .with("item", many(shortened(&self.item, ITEM_MAX), self.pieces))
            .with_safe("amount", self.amount.display(language))
            .html()
    }

    /// The line with a mark when it is no real money, for lists that mix both.
    fn marked(&self, language: Language) -> String {
        let line = self.html(language);
        match self.mode {
            Mode::Live => line,
            Mode::Sandbox => Say::new(language, "line-practice").with_safe("line", line).html(),
        }
    }
}

impl MissedLine {
    fn html(&self, language: Language) -> String {
        let (tiding, line) = match self {
            Self::SoldOut(item) => {
                return Say::new(language, "missed-sold-out").with("item", shortened(item, NAME_MAX)).html();
            }
            Self::Asked(item) => {
                return Say::new(language, "missed-asked").with("item", shortened(item, NAME_MAX)).html();
            }
            Self::Unpaid(line) => {
                return Say::new(language, "missed-unpaid").with_safe("line", line.marked(language)).html();
            }
            Self::Recap(until, count) => {
                let recap = Say::new(language, "missed-recap").with_safe("until", until.as_str());
                return recap.with_number("count", *count).html();
            }
            Self::Order(tiding, line) => (tiding, line.marked(language)),
        };
        let key = match tiding {
            Tiding::Restored => "missed-restored",
            Tiding::PartiallyRefunded => "missed-partially-refunded",
            Tiding::Refunded => "missed-refunded",
            Tiding::ReturnedByHand => "missed-returned-by-hand",
            _ => "missed-paid",
        };
        Say::new(language, key).with_safe("line", line).html()
    }
}

/// `Kaos × 3`, or the item alone for one.
fn many(item: String, pieces: i64) -> String {
    if pieces > 1 { format!("{item} × {pieces}") } else { item }
}

/// The beginning of a name, cut between characters as people see them to so many UTF-16 units.
fn shortened(name: &str, units_max: usize) -> String {
    if name.encode_utf16().count() <= units_max {
        return name.to_owned();
    }
    let mut room = units_max - 1;
    let fits = |character: &&str| {
        let units = character.encode_utf16().count();
        let fits = units <= room;
        room = room.saturating_sub(units);
        fits
    };
    let beginning: String = name.graphemes(true).take_while(fits).collect();
    format!("{}…", beginning.trim_end())
}

#[cfg(test)]
mod tests;
