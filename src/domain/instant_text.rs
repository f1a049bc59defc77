//! Instants as people read them, always with the zone: `Sab 28 Nov 14.00 WIB`, `Sat 28 Nov 14:00 WIB`.

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, NaiveTime, Offset, Timelike, Utc};
use chrono_tz::{OffsetName, Tz};

use super::language::Language;

const INDONESIAN_DAYS: [&str; 7] = ["Sen", "Sel", "Rab", "Kam", "Jum", "Sab", "Min"];
const ENGLISH_DAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const INDONESIAN_MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des"];
const ENGLISH_MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// Day, date, time and zone without the year: `Sab 28 Nov 14.00 WIB`.
pub fn display_instant(instant: DateTime<Utc>, zone: Tz, language: Language) -> String {
    format!("{} {}", day_and_month(instant, zone, language), display_time(instant, zone, language))
}

/// Like [`display_instant`], with the year where it is not the year of `now` in that zone:
/// `Sab 28 Nov 2027 14.00 WIB`.
pub fn display_instant_at(
    instant: DateTime<Utc>,
    now: DateTime<Utc>,
    zone: Tz,
    language: Language,
) -> String {
    if instant.with_timezone(&zone).year() == now.with_timezone(&zone).year() {
        return display_instant(instant, zone, language);
    }
    display_instant_with_year(instant, zone, language)
}

/// Like [`display_instant`], always with the year: `Sab 28 Nov 2026 14.00 WIB`.
pub fn display_instant_with_year(instant: DateTime<Utc>, zone: Tz, language: Language) -> String {
    let (date, year) = (day_and_month(instant, zone, language), instant.with_timezone(&zone).year());
    format!("{date} {year} {}", display_time(instant, zone, language))
}

/// The day without the year: `Sab 28 Nov`.
pub fn display_day(instant: DateTime<Utc>, zone: Tz, language: Language) -> String {
    day_and_month(instant, zone, language)
}

/// A day of the calendar without the year: `Sab 28 Nov`.
pub fn display_date(day: NaiveDate, language: Language) -> String {
    let name = weekday_names(language).into_iter().nth(day.weekday().num_days_from_monday() as usize);
    format!("{} {} {}", name.unwrap_or_default(), day.day(), month_name(day, language))
}

/// The month of a day, with the year: `Nov 2026`.
pub fn display_month(day: NaiveDate, language: Language) -> String {
    format!("{} {}", month_name(day, language), day.year())
}

/// The month of a day: `Nov`.
pub fn month_name(day: NaiveDate, language: Language) -> &'static str {
    let months = match language {
        Language::Indonesian => INDONESIAN_MONTHS,
        Language::English => ENGLISH_MONTHS,
    };
    months.into_iter().nth(day.month0() as usize).unwrap_or_default()
}

/// The days of the week from Monday on, in two letters: seven stand beside each other on a small phone.
pub const fn weekday_initials(language: Language) -> [&'static str; 7] {
    match language {
        Language::Indonesian => ["Sn", "Sl", "Rb", "Km", "Jm", "Sb", "Mg"],
        Language::English => ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"],
    }
}

/// The same in three letters.
const fn weekday_names(language: Language) -> [&'static str; 7] {
    match language {
        Language::Indonesian => INDONESIAN_DAYS,
        Language::English => ENGLISH_DAYS,
    }
}

/// The time of day and the zone: `14.02 WIB`, `14:02 WIB`.
pub fn display_time(instant: DateTime<Utc>, zone: Tz, language: Language) -> String {
    let time = instant.with_timezone(&zone).time();
    format!("{} {}", display_time_of_day(time, language), zone_name(instant, zone))
}

/// The time of day alone: `20.00`, `20:00`.
pub fn display_time_of_day(time: NaiveTime, language: Language) -> String {
    let mark = match language {
        Language::Indonesian => '.',
        Language::English => ':',
    };
    format!("{:02}{mark}{:02}", time.hour(), time.minute())
}

/// What people call the zone at that instant: WIB, WITA, WIT, CET or, where there is no name, `UTC+5:30`.
pub fn zone_name(instant: DateTime<Utc>, zone: Tz) -> String {
    let local = instant.with_timezone(&zone);
    match local.offset().abbreviation() {
        Some(name) if name.chars().all(|letter| letter.is_ascii_alphabetic()) => name.to_owned(),
        _ => utc_offset(local.offset().fix()),
    }
}

fn utc_offset(offset: FixedOffset) -> String {
    let minutes = offset.local_minus_utc() / 60;
    let sign = if minutes.is_negative() { '-' } else { '+' };
    match (minutes.abs() / 60, minutes.abs() % 60) {
        (0, 0) => "UTC".to_owned(),
        (hours, 0) => format!("UTC{sign}{hours}"),
        (hours, rest) => format!("UTC{sign}{hours}:{rest:02}"),
    }
}

fn day_and_month(instant: DateTime<Utc>, zone: Tz, language: Language) -> String {
    display_date(instant.with_timezone(&zone).date_naive(), language)
}

#[cfg(test)]
mod tests {
    use chrono::TimeZone;

    use super::*;

    fn instant() -> DateTime<Utc> {
        Utc.with_ymd_and_hms(2026, 11, 28, 7, 2, 0).unwrap()
    }

    #[test]
    fn every_reader_sees_the_own_words_and_marks() {
        for (zone, indonesian, english) in [
            (Tz::Asia__Jakarta, "Sab 28 Nov 14.02 WIB", "Sat 28 Nov 14:02 WIB"),
            (Tz::Asia__Makassar, "Sab 28 Nov 15.02 WITA", "Sat 28 Nov 15:02 WITA"),
            (Tz::Asia__Jayapura, "Sab 28 Nov 16.02 WIT", "Sat 28 Nov 16:02 WIT"),
            (Tz::Europe__Berlin, "Sab 28 Nov 08.02 CET", "Sat 28 Nov 08:02 CET"),
            (Tz::Asia__Singapore, "Sab 28 Nov 15.02 UTC+8", "Sat 28 Nov 15:02 UTC+8"),
            (Tz::Asia__Kathmandu, "Sab 28 Nov 12.47 UTC+5:45", "Sat 28 Nov 12:47 UTC+5:45"),
            (Tz::America__Sao_Paulo, "Sab 28 Nov 04.02 UTC-3", "Sat 28 Nov 04:02 UTC-3"),
            (Tz::UTC, "Sab 28 Nov 07.02 UTC", "Sat 28 Nov 07:02 UTC"),
        ] {
            assert_eq!(display_instant(instant(), zone, Language::Indonesian), indonesian);
            assert_eq!(display_instant(instant(), zone, Language::English), english);
        }
        assert_eq!(display_time(instant(), Tz::Asia__Jakarta, Language::Indonesian), "14.02 WIB");
    }

    #[test]
    fn every_zone_has_a_name_in_letters_or_its_distance() {
        for zone in chrono_tz::TZ_VARIANTS {
            let name = zone_name(instant(), zone);
            let letters = name.strip_prefix("UTC").map_or(name.as_str(), |_| "UTC");
            assert!(letters.chars().all(|letter| letter.is_ascii_alphabetic()), "{zone}: {name}");
        }
    }

    #[test]
    fn the_year_is_said_when_it_is_another_one_there() {
        let zone = Tz::Asia__Jakarta;
        // Already 2027 in Jakarta.
        let new_year = Utc.with_ymd_and_hms(2026, 12, 31, 17, 0, 0).unwrap();
        let said = |instant, now| display_instant_at(instant, now, zone, Language::Indonesian);
        assert_eq!(said(instant(), instant()), "Sab 28 Nov 14.02 WIB");
        assert_eq!(said(new_year, instant()), "Jum 1 Jan 2027 00.00 WIB");
        assert_eq!(said(new_year, new_year), "Jum 1 Jan 00.00 WIB");
    }

    #[test]
    fn every_month_and_day_has_its_name() {
        for month in 1..=12 {
            for day in 1..=7 {
                let instant = Utc.with_ymd_and_hms(2026, month, day, 12, 0, 0).unwrap();
                let english = format!("{} UTC", instant.format("%a %-d %b %H:%M"));
                assert_eq!(display_instant(instant, Tz::UTC, Language::English), english);
                let indonesian = display_instant(instant, Tz::UTC, Language::Indonesian);
                assert_eq!(indonesian.split(' ').map(str::len).collect::<Vec<_>>(), [3, 1, 3, 5, 3]);
            }
        }
    }
}
