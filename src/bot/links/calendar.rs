//! A day and an hour by buttons, for the end of a link and for its opening.
//!
//! ```text
//! Ani   taps 📅 Pilih tanggal under “Sampai kapan bisa dibayar?”
//! Bot   (the same message) 📅 Nov 2026   [Hari ini] [Besok] [Sn] [Sl] … [23] [24] … [Des ▶] [◀ Kembali]
//! Ani   taps 28
//! Bot   🕐 Sab 28 Nov · Sampai jam berapa?   [🌙 Sampai akhir hari] [00.00] … [23.00] [◀ Kembali]
//! Ani   taps 20.00
//! Bot   the next question, or the card that this was asked from
//! ```
//!
//! The question stays open meanwhile: what is typed answers it as ever. Days that are over, or too far away,
//! are dots.

use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveTime, TimeDelta, Utc};

use crate::bot::BotError;
use crate::bot::conversation::Conversation;
use crate::bot::talk::Talk;
use crate::domain::expiry::{EXPIRY_MAX_DAYS, instant_at, within_bounds};
use crate::domain::instant_text::{
    display_date, display_month, display_time_of_day, month_name, weekday_initials, zone_name,
};
use crate::domain::link_draft::LinkDraft;
use crate::domain::merchant::Mode;
use crate::domain::month_grid::{first_of, month_after, month_before, weeks};
use crate::messaging::buttons::{CalendarPress, LinkMoment, Press};
use crate::messaging::card::{Card, CardButton};
use crate::messaging::texts::Say;

use super::questions::{cancel_button, so_far};
use super::wording::Reader;
use super::{LinkTalk, Question, Way, editing_seat, open_draft, reader, wizard};

/// The number of the button that means the last second of a day.
const END_OF_DAY: u8 = 24;

/// Hours beside each other.
const HOURS_IN_ROW: usize = 4;

/// A tap on a button of the calendar.
///
/// # Errors
/// When the shop or Telegram cannot be asked.
pub(super) async fn pressed(talk: &mut Talk, press: CalendarPress) -> Result<(), BotError> {
    let Some((id, moment)) = press.about() else {
        talk.toast("calendar-nothing").await;
        return Ok(());
    };
    let Some(seat) = editing_seat(talk).await? else { return Ok(()) };
    let Some(mut draft) = open_draft(talk, id).await? else { return Ok(()) };
    let way = way(talk, &draft, moment);
    let reader = reader(talk, &seat);
    let mode = draft.mode(seat.merchant.mode);
    let card = match press {
        CalendarPress::Hour(_, _, day, hour) => match instant(&reader, moment, day, hour) {
            Some(at) => {
                match moment {
                    LinkMoment::End => draft.expires_at = Some(at),
                    LinkMoment::Opening => draft.opens_at = Some(at),
                }
                talk.services.keep_draft(talk.person, &draft).await?;
                return wizard::proceed(talk, &seat, draft, moment.field(), way, None).await;
            }
            None => {
                talk.toast("calendar-over").await;
                day_card(&reader, &draft, moment, day, mode)
            }
        },
        CalendarPress::Day(_, _, day) => day_card(&reader, &draft, moment, day, mode),
        CalendarPress::Month(_, _, day) => month_card(&reader, &draft, moment, day, mode),
        CalendarPress::Ask(..) | CalendarPress::Nothing => {
            return wizard::ask(talk, &seat, &draft, moment.field(), way, None).await;
        }
    };
    let question = Question { draft_id: id, way, asked_at: reader.now };
    talk.go(Conversation::Link(LinkTalk::awaiting(moment.field(), question)));
    talk.show(card).await
}

/// The button under a question that opens the calendar, at the month of the present answer.
pub(super) fn calendar_button(reader: &Reader, draft: &LinkDraft, moment: LinkMoment) -> CardButton {
    let at = answer(draft, moment).filter(|at| *at > reader.now).unwrap_or(reader.now);
    let day = at.with_timezone(&reader.zone).date_naive();
    let press = Press::Calendar(CalendarPress::Month(draft.id, moment, first_of(day)));
    CardButton::press(reader.say("calendar-button"), press)
}

/// The days of a month, with the months beside it. A month in which no day can be chosen is the nearest one
/// that has some.
#[must_use]
pub fn month_card(
    reader: &Reader,
    draft: &LinkDraft,
    moment: LinkMoment,
    month: NaiveDate,
    mode: Mode,
) -> Card {
    let today = today(reader);
    let last = today.checked_add_days(Days::new(EXPIRY_MAX_DAYS.unsigned_abs())).unwrap_or(today);
    let month = first_of(month).clamp(first_of(today), first_of(last));
    let press = |press| Press::Calendar(press);
    let day_button =
        |label: String, day| CardButton::press(label, press(CalendarPress::Day(draft.id, moment, day)));
    let nothing = |label: &str| CardButton::press(label, press(CalendarPress::Nothing));

    let near = [(today, "calendar-button-today"), (today + TimeDelta::days(1), "calendar-button-tomorrow")];
    let near = near.into_iter().filter(|(day, _)| is_possible(reader, moment, *day));
    let near = near.map(|(day, key)| day_button(reader.say(key), day));
    let mut card = Card::new(month_text(reader, draft, moment, month, mode))
        .row(near.filter(|_| month == first_of(today)))
        .grid_row(weekday_initials(reader.language).map(nothing));
    for week in weeks(month) {
        let possible = week.map(|day| day.filter(|day| is_possible(reader, moment, *day)));
        if possible.iter().flatten().next().is_some() {
            card =
                card.grid_row(possible.map(|day| {
                    day.map_or_else(|| nothing("·"), |day| day_button(day.day().to_string(), day))
                }));
        }
    }
    let turn = |to: NaiveDate, label: String| {
        CardButton::press(label, press(CalendarPress::Month(draft.id, moment, to)))
    };
    let name = |other: NaiveDate| match other.year() == month.year() {
        true => month_name(other, reader.language).to_owned(),
        false => display_month(other, reader.language),
    };
    let (before, after) = (month_before(month), month_after(month));
    let back = (before >= first_of(today)).then(|| turn(before, format!("◀ {}", name(before))));
    let on = (after <= first_of(last)).then(|| turn(after, format!("{} ▶", name(after))));
    let question = press(CalendarPress::Ask(draft.id, moment));
    card.row(back.into_iter().chain(on))
        .row([CardButton::press(reader.say("draft-button-back"), question), cancel_button(reader, draft.id)])
}

/// The hours of a day; of one that is over by now, its month.
#[must_use]
pub fn day_card(reader: &Reader, draft: &LinkDraft, moment: LinkMoment, day: NaiveDate, mode: Mode) -> Card {
    if !is_possible(reader, moment, day) {
        return month_card(reader, draft, moment, day, mode);
    }
    let key = match moment {
        LinkMoment::End => "calendar-ask-hour-end",
        LinkMoment::Opening => "calendar-ask-hour-opening",
    };
    let date = display_date(day, reader.language);
    // The date as it can be typed, with its year where that is another one.
    let typed = format!("{} {}", day.day(), month_name(day, reader.language));
    let typed = match day.year() == today(reader).year() {
        true => typed,
        false => format!("{typed} {}", day.year()),
    };
    let noon = NaiveTime::from_hms_opt(12, 0, 0).and_then(|noon| instant_at(day, noon, reader.zone));
    let text = Say::new(reader.language, key)
        .with_safe("day", date)
        .with_safe("zone", zone_name(noon.unwrap_or(reader.now), reader.zone))
        .with_safe("typed", typed)
        .html();
    let button = |label: String, hour| {
        CardButton::press(label, Press::Calendar(CalendarPress::Hour(draft.id, moment, day, hour)))
    };
    let end = instant(reader, moment, day, END_OF_DAY);
    let end = end.map(|_| button(reader.say("calendar-button-end-of-day"), END_OF_DAY));
    let hours = (0..END_OF_DAY).filter(|hour| instant(reader, moment, day, *hour).is_some());
    let hours = hours.filter_map(|hour| {
        let time = NaiveTime::from_hms_opt(u32::from(hour), 0, 0)?;
        Some(button(display_time_of_day(time, reader.language), hour))
    });
    let card = Card::new(format!("{text}\n\n{}", reader.mode(mode))).row(end);
    let hours: Vec<CardButton> = hours.collect();
    let card = hours.chunks(HOURS_IN_ROW).fold(card, |card, row| card.grid_row(row.iter().cloned()));
    let back = Press::Calendar(CalendarPress::Month(draft.id, moment, first_of(day)));
    card.row([CardButton::press(reader.say("draft-button-back"), back), cancel_button(reader, draft.id)])
}

fn month_text(
    reader: &Reader,
    draft: &LinkDraft,
    moment: LinkMoment,
    month: NaiveDate,
    mode: Mode,
) -> String {
    let key = match moment {
        LinkMoment::End => "calendar-ask-day-end",
        LinkMoment::Opening => "calendar-ask-day-opening",
    };
    let question = Say::new(reader.language, key)
        .with_safe("month", display_month(month, reader.language))
        .with_safe("today", display_date(today(reader), reader.language))
        .html();
    let now = answer(draft, moment)
        .map(|at| Say::new(reader.language, "draft-now").with_safe("value", reader.instant(at)).html());
    let parts = [so_far(reader, draft), Some(question), now, Some(reader.mode(mode))];
    parts.into_iter().flatten().collect::<Vec<_>>().join("\n\n")
}

/// Where the answer leads: on in the wizard, where the question stands there.
fn way(talk: &Talk, draft: &LinkDraft, moment: LinkMoment) -> Way {
    match &talk.conversation {
        Conversation::Link(state)
            if state.question().draft_id == draft.id && state.field() == moment.field() =>
        {
            state.question().way
        }
        _ => Way::Edit,
    }
}

const fn answer(draft: &LinkDraft, moment: LinkMoment) -> Option<DateTime<Utc>> {
    match moment {
        LinkMoment::End => draft.expires_at,
        LinkMoment::Opening => draft.opens_at,
    }
}

fn today(reader: &Reader) -> NaiveDate {
    reader.now.with_timezone(&reader.zone).date_naive()
}

/// Whether the day has an hour that can be chosen.
fn is_possible(reader: &Reader, moment: LinkMoment, day: NaiveDate) -> bool {
    (0..=END_OF_DAY).any(|hour| instant(reader, moment, day, hour).is_some())
}

/// What an hour of a day means; `None` when that cannot be chosen, now or ever.
fn instant(reader: &Reader, moment: LinkMoment, day: NaiveDate, hour: u8) -> Option<DateTime<Utc>> {
    let time = match (hour, moment) {
        (END_OF_DAY, LinkMoment::End) => NaiveTime::from_hms_opt(23, 59, 59),
        (END_OF_DAY, LinkMoment::Opening) => None,
        _ => NaiveTime::from_hms_opt(u32::from(hour), 0, 0),
    };
    let at = instant_at(day, time?, reader.zone)?;
    within_bounds(at, reader.now).ok().map(|()| at)
}
