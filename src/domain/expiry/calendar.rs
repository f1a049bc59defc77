//! Dates and times of day: `25/12`, `2026-12-25 18:00`, `28 nov`, `besok 17.00`, `17:00 WIB`, `jam 5 sore`.

use chrono::{
    DateTime, Datelike, Days, LocalResult, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, TimeZone, Utc,
    Weekday,
};
use chrono_tz::Tz;

use super::{ExpiryError, hour};
use crate::domain::language::Language;

/// The first letters of the months, in both languages.
const MONTHS: [&[&str]; 12] = [
    &["jan"],
    &["feb"],
    &["mar"],
    &["apr"],
    &["mei", "may"],
    &["jun"],
    &["jul"],
    &["agu", "agt", "aug"],
    &["sep"],
    &["okt", "oct"],
    &["nov"],
    &["des", "dec"],
];

/// So many years hold a leap day, this one included (around a century that has none).
const YEARS_WITH_EVERY_DATE: usize = 9;

/// Every instant the lower-case text may mean; `None` when it looks like neither date nor time.
pub(super) fn instants(
    text: &str,
    now: DateTime<Utc>,
    zone: Tz,
    language: Language,
) -> Option<Result<Vec<DateTime<Utc>>, ExpiryError>> {
    let text = separate_iso_time(text);
    let mut words: Vec<&str> = text.split(' ').collect();
    let named_zone = named_zone(words.last()?);
    if named_zone.is_some() {
        words.pop();
    }
    let zone = named_zone.unwrap_or(zone);
    let today = now.with_timezone(&zone).date_naive();
    let time = hour::take(&mut words);
    let dates = if words.is_empty() {
        let time = time.clone()?;
        Ok(vec![next_day_with(time.ok(), now, zone, today)])
    } else {
        dates(&words, today, language)?
    };
    let (dates, time) = match (dates, time.transpose()) {
        (_, Err(error)) | (Err(error), _) => return Some(Err(error)),
        (Ok(dates), Ok(time)) => {
            (dates, time.or_else(|| NaiveTime::from_hms_opt(23, 59, 59)).unwrap_or_default())
        }
    };
    let instants: Vec<_> = dates.into_iter().filter_map(|date| to_utc(date.and_time(time), zone)).collect();
    Some(if instants.is_empty() { Err(ExpiryError::TooFar) } else { Ok(instants) })
}

/// The instant of a local time. Where clocks are set back the later of two; where they are set forward, the
/// first time after the gap: so a link never ends earlier than it says.
pub(super) fn to_utc(local: NaiveDateTime, zone: Tz) -> Option<DateTime<Utc>> {
    const QUARTERS_OF_A_DAY: i64 = 4 * 24;
    (0..=QUARTERS_OF_A_DAY).find_map(|quarters| {
        let shifted = local.checked_add_signed(TimeDelta::minutes(15 * quarters))?;
        match zone.from_local_datetime(&shifted) {
            LocalResult::Single(instant) | LocalResult::Ambiguous(_, instant) => Some(instant.to_utc()),
            LocalResult::None => None,
        }
    })
}

/// `2026-12-25t18:00` becomes two words.
fn separate_iso_time(text: &str) -> String {
    match text.split_once('t') {
        Some((date, time))
            if date.ends_with(|last: char| last.is_ascii_digit())
                && time.starts_with(|first: char| first.is_ascii_digit()) =>
        {
            format!("{date} {time}")
        }
        _ => text.to_owned(),
    }
}

fn named_zone(word: &str) -> Option<Tz> {
    match word {
        "wib" => Some(Tz::Asia__Jakarta),
        "wita" => Some(Tz::Asia__Makassar),
        "wit" => Some(Tz::Asia__Jayapura),
        "utc" => Some(Tz::UTC),
        _ => None,
    }
}

/// Today while the time is still to come, else tomorrow.
fn next_day_with(time: Option<NaiveTime>, now: DateTime<Utc>, zone: Tz, today: NaiveDate) -> NaiveDate {
    let is_over =
        time.and_then(|time| to_utc(today.and_time(time), zone)).is_some_and(|instant| instant <= now);
    if is_over { later(today, 1) } else { today }
}

fn later(day: NaiveDate, days: u64) -> NaiveDate {
    day.checked_add_days(Days::new(days)).unwrap_or(day)
}

/// The dates that the words may mean; `None` when they are no date at all.
fn dates(
    words: &[&str],
    today: NaiveDate,
    language: Language,
) -> Option<Result<Vec<NaiveDate>, ExpiryError>> {
    let text = words.join(" ");
    let candidates = match words {
        ["hari", "ini"] | ["malam", "ini"] | ["today" | "tonight"] => vec![Some(today)],
        ["besok" | "bsk" | "tomorrow"] => vec![Some(later(today, 1))],
        ["lusa"] | ["day", "after", "tomorrow"] => vec![Some(later(today, 2))],
        [day] | [day, "ini" | "depan"] | ["next" | "this", day] if weekday(day).is_some() => {
            vec![next_weekday(weekday(day)?, today)]
        }
        [day, name] if month(name).is_some() => vec![next_date(number(day)?, month(name)?, today)],
        [name, day] => vec![next_date(day_of_month(day)?, month(name)?, today)],
        [day, name, year] if year.len() == 4 && month(name).is_some() => {
            vec![date(number(year)?, month(name)?, number(day)?)]
        }
        [name, day, year] if year.len() == 4 => {
            vec![date(number(year)?, month(name)?, day_of_month(day.trim_end_matches(','))?)]
        }
        [single] => numeric_dates(single, today, language)?,
        _ => return None,
    };
    let dates: Vec<_> = candidates.into_iter().flatten().collect();
    Some(if dates.is_empty() { Err(ExpiryError::NoSuchDate { text }) } else { Ok(dates) })
}

/// Dates made of numbers alone.
fn numeric_dates(word: &str, today: NaiveDate, language: Language) -> Option<Vec<Option<NaiveDate>>> {
    let mark = word.chars().find(|character| matches!(character, '/' | '-' | '.'))?;
    let parts: Vec<&str> = word.split(mark).collect();
    let numbers = parts.iter().map(|part| number(part)).collect::<Option<Vec<u32>>>()?;
    let lengths: Vec<usize> = parts.iter().map(|part| part.len()).collect();
    let month_first = language == Language::English;
    match (numbers.as_slice(), lengths.as_slice()) {
        // With a dash or a dot two numbers are a range or an amount.
        (&[first, second], [1..=2, 1..=2]) if mark == '/' => {
            let swapped = month_first.then(|| next_date(second, first, today));
            Some([Some(next_date(first, second, today)), swapped].into_iter().flatten().collect())
        }
        (&[year, month, day], [4, 1..=2, 1..=2]) => Some(vec![date(year, month, day)]),
        (&[first, second, year], [1..=2, 1..=2, 4]) => {
            let swapped = month_first.then(|| date(year, first, second));
            Some([Some(date(year, second, first)), swapped].into_iter().flatten().collect())
        }
        (&[first, second, third], [1..=2, 1..=2, 2]) => {
            let swapped = month_first.then(|| date(2000 + third, first, second));
            let year_first = (lengths.first() == Some(&2)).then(|| date(2000 + first, second, third));
            let day_first = Some(date(2000 + third, second, first));
            Some([day_first, swapped, year_first].into_iter().flatten().collect())
        }
        _ => None,
    }
}

fn number(text: &str) -> Option<u32> {
    let all_digits = (1..=4).contains(&text.len()) && text.bytes().all(|digit| digit.is_ascii_digit());
    if all_digits { text.parse().ok() } else { None }
}

/// Behind the name of a month only what can be a day: `mar 50` is a thing and its price.
fn day_of_month(text: &str) -> Option<u32> {
    number(text).filter(|day| text.len() <= 2 && (1..=31).contains(day))
}

/// A day of the week by its whole name; the short ones are words of their own (`sun`, `sat`).
fn weekday(name: &str) -> Option<Weekday> {
    Some(match name {
        "senin" | "monday" => Weekday::Mon,
        "selasa" | "tuesday" => Weekday::Tue,
        "rabu" | "wednesday" => Weekday::Wed,
        "kamis" | "thursday" => Weekday::Thu,
        "jumat" | "jum'at" | "jum’at" | "friday" => Weekday::Fri,
        "sabtu" | "saturday" => Weekday::Sat,
        "minggu" | "ahad" | "sunday" => Weekday::Sun,
        _ => return None,
    })
}

/// The next such day, today included.
fn next_weekday(day: Weekday, today: NaiveDate) -> Option<NaiveDate> {
    today.iter_days().take(7).find(|date| date.weekday() == day)
}

/// The month of a name or its first letters, 1 to 12.
fn month(name: &str) -> Option<u32> {
    const FULL_NAMES: &[&str] = &[
        "januari",
        "january",
        "februari",
        "february",
        "maret",
        "march",
        "april",
        "juni",
        "june",
        "juli",
        "july",
        "agustus",
        "august",
        "september",
        "sept",
        "oktober",
        "october",
        "november",
        "desember",
        "december",
    ];
    let known = FULL_NAMES.contains(&name) || MONTHS.iter().any(|names| names.contains(&name));
    let position = MONTHS.iter().position(|names| names.iter().any(|short| name.starts_with(short)))?;
    if known { u32::try_from(position + 1).ok() } else { None }
}

fn date(year: u32, month: u32, day: u32) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)
}

/// The next such day, today included.
fn next_date(day: u32, month: u32, today: NaiveDate) -> Option<NaiveDate> {
    (today.year()..)
        .take(YEARS_WITH_EVERY_DATE)
        .filter_map(|year| NaiveDate::from_ymd_opt(year, month, day))
        .find(|date| *date >= today)
}
