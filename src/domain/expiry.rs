//! Until when a link takes payments, read the way people say it: `3d`, `2 minggu`, `25/12 17.00`, `besok`.

mod calendar;
mod hour;

use chrono::{DateTime, Months, NaiveDate, NaiveTime, TimeDelta, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::language::Language;

/// The shortest life of a link, in minutes: less is over before the customer has typed a name.
pub const EXPIRY_MIN_MINUTES: i64 = 5;
/// The longest life of a link, in days.
pub const EXPIRY_MAX_DAYS: i64 = 730;

/// Words that people put before a time and that change nothing.
const UNTIL: &[&str] = &["s.d.", "s.d", "s/d", "sd", "sampai", "hingga", "until", "till"];

/// An expiry as it was understood.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum ExpiryReading {
    /// The link does not expire.
    Never,
    /// The link expires at this instant.
    At(DateTime<Utc>),
    /// The text has several meanings, the soonest first and at least two: ask which one was meant.
    Ambiguous(Vec<DateTime<Utc>>),
}

/// Why a text is not an expiry. Only [`ExpiryError::NotATime`] means that it does not even look like one.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ExpiryError {
    /// Neither a duration, nor a date, nor a time of day.
    #[error("{text:?} is not a time")]
    NotATime {
        /// What was typed, without the space around it.
        text: String,
    },
    /// A date that the calendar does not have: `31/02`.
    #[error("there is no date {text:?}")]
    NoSuchDate {
        /// What was typed.
        text: String,
    },
    /// A time that the day does not have: `25:00`.
    #[error("there is no time {text:?}")]
    NoSuchTime {
        /// What was typed.
        text: String,
    },
    /// A date with several meanings, none of which is possible: `01/02/03`.
    #[error("the date {text:?} is not clear")]
    UnclearDate {
        /// What was typed.
        text: String,
    },
    /// Before now.
    #[error("the time is over")]
    Past,
    /// Sooner than [`EXPIRY_MIN_MINUTES`] from now.
    #[error("an expiry is at least {EXPIRY_MIN_MINUTES} minutes away")]
    TooSoon,
    /// Later than [`EXPIRY_MAX_DAYS`] from now.
    #[error("an expiry is at most {EXPIRY_MAX_DAYS} days away")]
    TooFar,
}

/// Reads `text` as it is meant at `now` by someone in `zone`.
///
/// A duration counts real minutes, also over a change of the clocks; only months follow the calendar. A date
/// without a time means the whole of that day: it ends at 23:59:59 there. A date without a year is the next
/// such date, today included. Days come before months, except that English readers may mean the opposite.
pub fn parse_expiry(
    text: &str,
    now: DateTime<Utc>,
    zone: Tz,
    language: Language,
) -> Result<ExpiryReading, ExpiryError> {
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let lower = words.to_lowercase();
    if matches!(
        lower.as_str(),
        "-" | "none"
            | "never"
            | "no expiry"
            | "no limit"
            | "tanpa"
            | "tanpa batas"
            | "selamanya"
            | "unlimited"
            | "bebas"
            | "∞"
    ) {
        return Ok(ExpiryReading::Never);
    }
    let until = lower.split_once(' ').filter(|(first, _)| UNTIL.contains(first));
    let when = until.map_or(lower.as_str(), |(_, when)| when);
    let instants = match durations(counted(when), now, zone, language) {
        Some(instants) => instants?,
        None => calendar::instants(when, now, zone, language)
            .ok_or_else(|| ExpiryError::NotATime { text: words.clone() })??,
    };
    settle(instants, now, words)
}

/// Keeps what lies within bounds.
fn settle(
    mut instants: Vec<DateTime<Utc>>,
    now: DateTime<Utc>,
    text: String,
) -> Result<ExpiryReading, ExpiryError> {
    instants.sort_unstable();
    instants.dedup();
    let possible: Vec<_> =
        instants.iter().copied().filter(|instant| within_bounds(*instant, now).is_ok()).collect();
    match (possible.as_slice(), instants.as_slice()) {
        ([], [instant]) => Err(within_bounds(*instant, now).err().unwrap_or(ExpiryError::TooFar)),
        ([], _) => Err(ExpiryError::UnclearDate { text }),
        ([instant], _) => Ok(ExpiryReading::At(*instant)),
        _ => Ok(ExpiryReading::Ambiguous(possible)),
    }
}

/// Reads a time of the day: `20`, `20.30`, `jam 8 malam`, `8pm`. `None` for anything else.
#[must_use]
pub fn time_of_day(text: &str) -> Option<NaiveTime> {
    hour::alone(text)
}

/// The instant of a time on a day. Where clocks are set back the later of two; where they are set forward, the
/// first one after the gap. `None` past the end of the calendar.
#[must_use]
pub fn instant_at(day: NaiveDate, time: NaiveTime, zone: Tz) -> Option<DateTime<Utc>> {
    calendar::to_utc(day.and_time(time), zone)
}

/// Whether a link made at `now` may expire at `instant`. Both bounds are allowed.
pub fn within_bounds(instant: DateTime<Utc>, now: DateTime<Utc>) -> Result<(), ExpiryError> {
    let life = instant - now;
    if life < TimeDelta::zero() {
        Err(ExpiryError::Past)
    } else if life < TimeDelta::minutes(EXPIRY_MIN_MINUTES) {
        Err(ExpiryError::TooSoon)
    } else if life > TimeDelta::days(EXPIRY_MAX_DAYS) {
        Err(ExpiryError::TooFar)
    } else {
        Ok(())
    }
}

/// Words for one of a unit, as a number and that unit.
fn counted(text: &str) -> &str {
    match text {
        "sejam" => "1 jam",
        "sehari" => "1 hari",
        "seminggu" | "minggu depan" | "next week" | "a week" => "7 hari",
        "sebulan" | "bulan depan" | "next month" | "a month" => "1 bulan",
        "setahun" => "1 tahun",
        other => other,
    }
}

/// How long from now, when the text is a whole number and a unit.
fn durations(
    text: &str,
    now: DateTime<Utc>,
    zone: Tz,
    language: Language,
) -> Option<Result<Vec<DateTime<Utc>>, ExpiryError>> {
    let (negative, text) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
    let unit_start = text.find(|character: char| !character.is_ascii_digit())?;
    let (number, unit) = text.split_at(unit_start);
    if number.is_empty() {
        return None;
    }
    let units = units(unit.trim_start(), language)?;
    if negative {
        return Some(Err(ExpiryError::Past));
    }
    let Ok(count) = number.parse::<u32>() else {
        return Some(Err(ExpiryError::TooFar));
    };
    let ends = units.iter().map(|unit| match unit {
        Unit::Minutes(minutes) => TimeDelta::try_minutes(i64::from(count) * minutes)
            .and_then(|duration| now.checked_add_signed(duration)),
        Unit::Months(months) => count
            .checked_mul(*months)
            .and_then(|months| now.with_timezone(&zone).naive_local().checked_add_months(Months::new(months)))
            .and_then(|local| calendar::to_utc(local, zone)),
    });
    // What lies beyond the calendar is too far as well; another meaning may still be possible.
    let reachable: Vec<_> = ends.flatten().collect();
    Some(if reachable.is_empty() { Err(ExpiryError::TooFar) } else { Ok(reachable) })
}

#[derive(Debug, Clone, Copy)]
enum Unit {
    Minutes(i64),
    Months(u32),
}

/// What a word for a unit may stand for.
fn units(word: &str, language: Language) -> Option<Vec<Unit>> {
    const HOUR: Unit = Unit::Minutes(60);
    const DAY: Unit = Unit::Minutes(24 * 60);
    Some(match word {
        "m" | "min" | "mins" | "minute" | "minutes" | "menit" | "mnt" => vec![Unit::Minutes(1)],
        "j" | "jam" | "hour" | "hours" | "hrs" => vec![HOUR],
        // In Indonesian it may be short for "hari" (day) as well.
        "h" | "hr" if language == Language::Indonesian => vec![HOUR, DAY],
        "h" | "hr" => vec![HOUR],
        "d" | "day" | "days" | "hari" => vec![DAY],
        "w" | "week" | "weeks" | "minggu" | "mgg" => vec![Unit::Minutes(7 * 24 * 60)],
        "bulan" | "bln" | "month" | "months" => vec![Unit::Months(1)],
        "tahun" | "thn" | "year" | "years" | "y" => vec![Unit::Months(12)],
        _ => return None,
    })
}

#[cfg(test)]
mod tests;
