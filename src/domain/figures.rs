//! What a shop sold in a stretch of time, and how far customers came on their way.

use std::collections::BTreeMap;

use chrono::{DateTime, Datelike, Days, NaiveDate, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;

use super::id::LinkId;
use super::money::{Currency, Money};
use super::visible_text::ItemName;

/// Most lines of bars in a text.
const BARS_MAX: usize = 7;

/// The longest bar of a text, in characters.
const BAR_LENGTH_MAX: i64 = 10;

/// A stretch of time that ends now, or ended with a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Period {
    /// Since midnight.
    Today,
    /// Today and the six days before it.
    SevenDays,
    /// Today and the 29 days before it.
    ThirtyDays,
    /// Since the first day of this month.
    ThisMonth,
    /// The whole month before this one.
    LastMonth,
    /// Since there is anything.
    Always,
}

/// A period at a place: its days in the shop's zone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    /// When it begins.
    pub since: DateTime<Utc>,
    /// When it is over; not part of it.
    pub until: DateTime<Utc>,
    /// When each hour (today) or day of it begins; empty for [`Period::Always`].
    pub slots: Vec<DateTime<Utc>>,
}

/// A payment and what became of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PaidOrder {
    /// The link that it came through.
    pub link_id: LinkId,
    /// When it was paid.
    pub paid_at: DateTime<Utc>,
    /// What is left of it in the book.
    pub left: Money,
}

/// How many came how far.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Funnel {
    /// How often people opened a link's page. Not every browser says what it does, so this is never less than
    /// what they did there.
    pub opened: i64,
    /// Orders that were made: customers who gave their details.
    pub details: i64,
    /// Those of them that chose a method.
    pub method: i64,
    /// Those of them that were paid, whatever came later.
    pub paid: i64,
}

/// What was sold in one currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Total {
    /// What is left of all payments.
    pub sum: Money,
    /// How many payments.
    pub payments: i64,
}

/// An hour or a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Slot {
    /// When it begins.
    pub begins: DateTime<Utc>,
    /// What is left of its payments, in minor units of the first total's currency.
    pub sum_minor: i64,
}

/// A link that sold well.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BestLink {
    /// The link.
    pub id: LinkId,
    /// What it sells.
    pub item_name: ItemName,
    /// What it brought.
    pub total: Total,
}

/// All figures of a period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figures {
    /// Which period.
    pub period: Period,
    /// Its days.
    pub span: Span,
    /// One total for each currency, the shop's own first; never empty.
    pub totals: Vec<Total>,
    /// The way of the customers.
    pub funnel: Funnel,
    /// The first total by hour or day.
    pub slots: Vec<Slot>,
    /// At most five links, the best first. Empty for the figures of one link.
    pub best: Vec<BestLink>,
}

impl Period {
    /// Every period.
    pub const ALL: [Self; 6] =
        [Self::Today, Self::SevenDays, Self::ThirtyDays, Self::ThisMonth, Self::LastMonth, Self::Always];

    /// A letter for buttons.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Today => "t",
            Self::SevenDays => "w",
            Self::ThirtyDays => "d",
            Self::ThisMonth => "m",
            Self::LastMonth => "l",
            Self::Always => "a",
        }
    }

    /// Reads [`Period::code`] back.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|period| period.code() == code)
    }

    /// Its days in a zone, at an instant.
    #[must_use]
    pub fn span(self, now: DateTime<Utc>, zone: Tz) -> Span {
        let today = now.with_timezone(&zone).date_naive();
        let month = today.with_day(1).unwrap_or(today);
        let tomorrow = today + Days::new(1);
        let (first, end) = match self {
            Self::Today => (today, tomorrow),
            Self::SevenDays => (today - Days::new(6), tomorrow),
            Self::ThirtyDays => (today - Days::new(29), tomorrow),
            Self::ThisMonth => (month, tomorrow),
            Self::LastMonth => {
                let last_day = month - Days::new(1);
                (last_day.with_day(1).unwrap_or(last_day), month)
            }
            Self::Always => {
                let until = day_begins(tomorrow, zone);
                return Span { since: DateTime::UNIX_EPOCH, until, slots: Vec::new() };
            }
        };
        let (since, until) = (day_begins(first, zone), day_begins(end, zone));
        let slots = if self == Self::Today {
            let hours = (0..25).map(|hour| since + TimeDelta::hours(hour));
            hours.take_while(|hour| *hour < until).collect()
        } else {
            let days = first.iter_days().take_while(|day| *day < end);
            days.map(|day| day_begins(day, zone)).collect()
        };
        Span { since, until, slots }
    }
}

impl Total {
    const fn nothing(currency: Currency) -> Self {
        Self { sum: Money::new(0, currency), payments: 0 }
    }

    fn add(&mut self, left: Money) {
        self.sum = Money::new(self.sum.minor().saturating_add(left.minor()), self.sum.currency());
        self.payments += 1;
    }

    /// The average payment, rounded down to a whole minor unit; `None` without payments.
    #[must_use]
    pub const fn average(self) -> Option<Money> {
        match self.sum.minor().checked_div(self.payments) {
            Some(minor) => Some(Money::new(minor, self.sum.currency())),
            None => None,
        }
    }
}

impl Funnel {
    /// The steps as they were counted; whoever gave details had the page open, counted or not.
    #[must_use]
    pub fn counted(opened: i64, details: i64, method: i64, paid: i64) -> Self {
        Self { opened: opened.max(details), details, method, paid }
    }

    /// How many of a hundred who opened have paid. `None` when that would say nothing: nobody opened, or
    /// more paid than were seen opening, since not every browser says what it does.
    #[must_use]
    pub const fn paid_percent(self) -> Option<i64> {
        if self.opened == 0 || self.opened < self.paid { None } else { Some(self.paid * 100 / self.opened) }
    }
}

impl Figures {
    /// The slots put together so that they fill seven lines at most: each with the instant at which
    /// the next one begins.
    #[must_use]
    pub fn lines(&self) -> Vec<(Slot, DateTime<Utc>)> {
        let size = self.slots.len().div_ceil(BARS_MAX).max(1);
        let groups: Vec<&[Slot]> = self.slots.chunks(size).collect();
        let ends = groups.iter().skip(1).filter_map(|group| Some(group.first()?.begins));
        let ends: Vec<_> = ends.chain([self.span.until]).collect();
        let sums = groups.iter().filter_map(|group| {
            let sum_minor = group.iter().map(|slot| slot.sum_minor).sum();
            Some(Slot { begins: group.first()?.begins, sum_minor })
        });
        sums.zip(ends).collect()
    }
}

/// Adds payments up by hour or day.
#[must_use]
pub fn by_slot(span: &Span, orders: &[PaidOrder], currency: Currency) -> Vec<Slot> {
    let mut slots: Vec<Slot> =
        span.slots.iter().map(|begins| Slot { begins: *begins, sum_minor: 0 }).collect();
    for order in orders.iter().filter(|order| order.left.currency() == currency) {
        let place = slots.partition_point(|slot| slot.begins <= order.paid_at);
        if let Some(slot) = place.checked_sub(1).and_then(|place| slots.get_mut(place)) {
            slot.sum_minor = slot.sum_minor.saturating_add(order.left.minor());
        }
    }
    slots
}

/// Adds payments up by currency: the preferred one first, the others by how often they were used.
#[must_use]
pub fn by_currency(orders: &[PaidOrder], preferred: Currency) -> Vec<Total> {
    let mut totals = vec![Total::nothing(preferred)];
    for order in orders {
        let currency = order.left.currency();
        let place = totals.iter().position(|total| total.sum.currency() == currency).unwrap_or_else(|| {
            totals.push(Total::nothing(currency));
            totals.len() - 1
        });
        if let Some(total) = totals.get_mut(place) {
            total.add(order.left);
        }
    }
    if let Some((_, others)) = totals.split_first_mut() {
        others.sort_by_key(|total| (-total.payments, total.sum.currency().code()));
    }
    // A shop that changed its currency is shown what it sold in.
    if totals.len() > 1 && totals.first().is_some_and(|total| total.payments == 0) {
        totals.remove(0);
    }
    totals
}

/// The links that brought most in a currency, the best first.
#[must_use]
pub fn best_links(orders: &[PaidOrder], currency: Currency, links_max: usize) -> Vec<(LinkId, Total)> {
    let mut links: BTreeMap<LinkId, Total> = BTreeMap::new();
    for order in orders.iter().filter(|order| order.left.currency() == currency) {
        links.entry(order.link_id).or_insert_with(|| Total::nothing(currency)).add(order.left);
    }
    let mut best: Vec<(LinkId, Total)> = links.into_iter().collect();
    best.sort_by_key(|(link, total)| (-total.sum.minor(), *link));
    best.truncate(links_max);
    best
}

/// A bar of a text: as long as the amount is of the greatest one, and never empty for something.
#[must_use]
pub fn bar(amount: i64, greatest: i64) -> String {
    if amount <= 0 || greatest <= 0 {
        return String::new();
    }
    let length = i128::from(amount) * i128::from(BAR_LENGTH_MAX) / i128::from(greatest);
    "▇".repeat(usize::try_from(length).unwrap_or(0).max(1))
}

/// When a day begins in a zone. Where clocks skip midnight, it begins at the next full hour.
#[must_use]
pub fn day_begins(day: NaiveDate, zone: Tz) -> DateTime<Utc> {
    let first_hours = (0..4).filter_map(|hour| day.and_hms_opt(hour, 0, 0));
    first_hours
        .filter_map(|time| zone.from_local_datetime(&time).earliest())
        .next()
        .map_or_else(|| day.and_time(chrono::NaiveTime::MIN).and_utc(), |begins| begins.with_timezone(&Utc))
}

#[cfg(test)]
mod tests;
