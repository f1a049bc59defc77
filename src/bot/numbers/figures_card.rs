//! Figures as they are read: sums, the way of the customers, bars, and the best links.

use chrono::{DateTime, TimeDelta, Utc};

use crate::bot::links::wording::Reader;
use crate::domain::figures::{Figures, Period, Slot, Total, bar};
use crate::domain::instant_text::{display_day, display_time};
use crate::domain::merchant::Merchant;
use crate::domain::money::Money;
use crate::domain::payment_link::PaymentLink;
use crate::messaging::buttons::{NumbersPress, Press};
use crate::messaging::card::{Card, CardButton, cut};
use crate::messaging::chart::WORDS_MAX;
use crate::messaging::texts::Say;

/// The most characters of an item's name in a line.
const NAME_CHARACTERS_MAX: usize = 24;

/// The periods of the shop's card.
const SHOP_PERIODS: [Period; 4] = [Period::Today, Period::SevenDays, Period::ThirtyDays, Period::ThisMonth];

/// The periods of a link's card.
const LINK_PERIODS: [Period; 4] = [Period::Today, Period::SevenDays, Period::ThirtyDays, Period::Always];

/// The shop's figures.
#[must_use]
pub fn figures_card(reader: &Reader, merchant: &Merchant, figures: &Figures) -> Card {
    let title = Say::new(reader.language, "numbers-title")
        .with("name", merchant.name.as_str())
        .with_safe("period", period_words(reader, figures.period))
        .html();
    let mut parts = vec![title];
    parts.extend(figures_text(reader, figures));
    parts.push(reader.mode(merchant.mode));
    let card = Card::new(parts.join("\n\n"));
    with_periods(reader, card, &SHOP_PERIODS, figures.period, NumbersPress::Figures).row([
        CardButton::press(reader.say("numbers-button-export"), Press::Numbers(NumbersPress::Exports)),
        CardButton::press(reader.say("button-home"), Press::Home),
    ])
}

/// The figures of one link.
#[must_use]
pub fn link_figures_card(reader: &Reader, link: &PaymentLink, figures: &Figures) -> Card {
    let title = Say::new(reader.language, "numbers-title")
        .with("name", link.item_name.as_str())
        .with_safe("period", period_words(reader, figures.period))
        .html();
    let mut parts = vec![title];
    parts.extend(figures_text(reader, figures));
    parts.push(reader.mode(link.mode));
    let card = Card::new(parts.join("\n\n"));
    let press = |period| NumbersPress::LinkFigures(link.id, period);
    with_periods(reader, card, &LINK_PERIODS, figures.period, press).row([
        CardButton::press(reader.say("link-button-link"), Press::Link(link.id)),
        CardButton::press(reader.say("button-home"), Press::Home),
    ])
}

/// The words of a period.
#[must_use]
pub fn period_words(reader: &Reader, period: Period) -> String {
    match period {
        Period::Today => reader.say("numbers-period-today"),
        Period::SevenDays => reader.say("numbers-period-seven"),
        Period::ThirtyDays => reader.say("numbers-period-thirty"),
        Period::ThisMonth => reader.say("numbers-period-month"),
        Period::LastMonth => reader.say("numbers-period-last-month"),
        Period::Always => reader.say("numbers-period-always"),
    }
}

/// The bars of a chart, each with the short word below it: the hour, or the day.
#[must_use]
pub fn chart_bars(reader: &Reader, figures: &Figures) -> Vec<(Slot, String)> {
    let has_many = figures.slots.len() > WORDS_MAX;
    let word = |begins| {
        let day = display_day(begins, reader.zone, reader.language);
        match figures.period {
            Period::Today => hour(reader, begins),
            // `23 Nov`, since the month changes on the way.
            _ if has_many => day.split(' ').skip(1).collect::<Vec<_>>().join(" "),
            // `Sen 23`.
            _ => day.split(' ').take(2).collect::<Vec<_>>().join(" "),
        }
    };
    figures.slots.iter().map(|slot| (*slot, word(slot.begins))).collect()
}

/// Paragraphs: sums, funnel, bars, best links, and what is counted.
fn figures_text(reader: &Reader, figures: &Figures) -> Vec<String> {
    let mut parts = vec![totals(reader, figures), funnel(reader, figures)];
    let bars = bars(reader, figures);
    if !bars.is_empty() {
        parts.push(bars.join("\n"));
    }
    if !figures.best.is_empty() {
        parts.push(best(reader, figures).join("\n"));
    }
    parts.push(reader.say("numbers-counted"));
    parts
}

fn totals(reader: &Reader, figures: &Figures) -> String {
    let line = |total: &Total| {
        let Some(average) = total.average() else { return reader.say("numbers-none") };
        Say::new(reader.language, "numbers-total")
            .with_safe("sum", total.sum.display(reader.language))
            .with_safe("payments", reader.count(total.payments))
            .with_safe("average", average.display(reader.language))
            .html()
    };
    figures.totals.iter().map(line).collect::<Vec<_>>().join("\n")
}

fn funnel(reader: &Reader, figures: &Figures) -> String {
    let funnel = &figures.funnel;
    let way = Say::new(reader.language, "numbers-funnel")
        .with_safe("opened", reader.count(funnel.opened))
        .with_safe("details", reader.count(funnel.details))
        .with_safe("method", reader.count(funnel.method))
        .with_safe("paid", reader.count(funnel.paid))
        .html();
    let share = funnel.paid_percent().map(|percent| {
        Say::new(reader.language, "numbers-share").with_safe("percent", reader.count(percent)).html()
    });
    [Some(way), share].into_iter().flatten().collect::<Vec<_>>().join("\n")
}

/// A line for each stretch of the period; none while nothing was sold.
fn bars(reader: &Reader, figures: &Figures) -> Vec<String> {
    let lines = figures.lines();
    let greatest = lines.iter().map(|(slot, _)| slot.sum_minor).max().unwrap_or(0);
    let Some(total) = figures.totals.first().filter(|_| greatest > 0) else { return Vec::new() };
    let line = |begins, ends, minor| {
        let when = stretch(reader, figures.period, begins, ends);
        let sum = Money::new(minor, total.sum.currency()).display(reader.language);
        match bar(minor, greatest).as_str() {
            "" => format!("{when} –"),
            bar => format!("{when} {bar} {sum}"),
        }
    };
    lines.into_iter().map(|(slot, ends)| line(slot.begins, ends, slot.sum_minor)).collect()
}

/// `08.00–12.00`, `Sen 16 Nov`, or `16 Nov – 20 Nov`.
fn stretch(reader: &Reader, period: Period, begins: DateTime<Utc>, ends: DateTime<Utc>) -> String {
    let (zone, language) = (reader.zone, reader.language);
    if period == Period::Today {
        return format!("{}–{}", hour(reader, begins), hour(reader, ends));
    }
    let (first, last) =
        (display_day(begins, zone, language), display_day(ends - TimeDelta::seconds(1), zone, language));
    if first == last {
        return first;
    }
    let without_weekday = |day: &str| day.split(' ').skip(1).collect::<Vec<_>>().join(" ");
    format!("{} – {}", without_weekday(&first), without_weekday(&last))
}

/// `14.00`.
fn hour(reader: &Reader, at: DateTime<Utc>) -> String {
    display_time(at, reader.zone, reader.language).split(' ').take(1).collect()
}

fn best(reader: &Reader, figures: &Figures) -> Vec<String> {
    let line = |(index, link): (usize, &crate::domain::figures::BestLink)| {
        Say::new(reader.language, "numbers-best-line")
            .with_safe("rank", (index + 1).to_string())
            .with("name", cut(link.item_name.as_str(), NAME_CHARACTERS_MAX))
            .with_safe("sum", link.total.sum.display(reader.language))
            .with_safe("payments", reader.count(link.total.payments))
            .html()
    };
    let lines = figures.best.iter().enumerate().map(line);
    std::iter::once(reader.say("numbers-best-title")).chain(lines).collect()
}

/// Two rows of periods, the present one marked.
fn with_periods(
    reader: &Reader,
    card: Card,
    periods: &[Period],
    present: Period,
    press: impl Fn(Period) -> NumbersPress,
) -> Card {
    let button = |period: &Period| {
        let words = period_words(reader, *period);
        let label = if *period == present { format!("✓ {words}") } else { words };
        CardButton::press(label, Press::Numbers(press(*period)))
    };
    periods.chunks(2).fold(card, |card, pair| card.row(pair.iter().map(button)))
}

#[cfg(test)]
mod tests;
