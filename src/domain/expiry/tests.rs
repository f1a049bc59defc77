//! The times people type, each with its answer, read on Sunday 22 November 2026 at 14:00 in Jakarta.

use chrono::TimeZone;
use proptest::prelude::*;

use super::*;

const JAKARTA: Tz = Tz::Asia__Jakarta;

fn now() -> DateTime<Utc> {
    local("2026-11-22 14:00:00")
}

fn local(text: &str) -> DateTime<Utc> {
    let naive = chrono::NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M:%S").unwrap();
    JAKARTA.from_local_datetime(&naive).unwrap().to_utc()
}

fn read(text: &str, language: Language) -> Result<ExpiryReading, ExpiryError> {
    parse_expiry(text, now(), JAKARTA, language)
}

#[test]
fn times_are_read_in_every_usual_spelling() {
    for (text, instant) in [
        ("5menit", "2026-11-22 14:05:00"),
        ("5m", "2026-11-22 14:05:00"),
        ("30m", "2026-11-22 14:30:00"),
        ("30 min", "2026-11-22 14:30:00"),
        ("3j", "2026-11-22 17:00:00"),
        ("3jam", "2026-11-22 17:00:00"),
        ("3 JAM", "2026-11-22 17:00:00"),
        ("3d", "2026-11-25 14:00:00"),
        ("3hari", "2026-11-25 14:00:00"),
        ("3  hari", "2026-11-25 14:00:00"),
        ("2w", "2026-12-06 14:00:00"),
        ("2minggu", "2026-12-06 14:00:00"),
        ("3 bulan", "2027-02-22 14:00:00"),
        ("730d", "2028-11-21 14:00:00"),
        ("25/12", "2026-12-25 23:59:59"),
        ("22/11", "2026-11-22 23:59:59"),
        ("21/11", "2027-11-21 23:59:59"),
        ("25/12/2026", "2026-12-25 23:59:59"),
        ("25-12-2026", "2026-12-25 23:59:59"),
        ("25.12.2026", "2026-12-25 23:59:59"),
        ("25/12/26", "2026-12-25 23:59:59"),
        ("25/12/2026 17:00", "2026-12-25 17:00:00"),
        ("25/12 17.00", "2026-12-25 17:00:00"),
        ("2026-12-25 18:00", "2026-12-25 18:00:00"),
        ("2026-12-25T18:00", "2026-12-25 18:00:00"),
        ("2026-12-25 18:00 WIB", "2026-12-25 18:00:00"),
        ("2026-12-25 18:00 WIT", "2026-12-25 16:00:00"),
        ("2026-12-25 18:00 WITA", "2026-12-25 17:00:00"),
        ("2026-12-25 18:00 UTC", "2026-12-26 01:00:00"),
        ("2026-12-25", "2026-12-25 23:59:59"),
        ("25 des", "2026-12-25 23:59:59"),
        ("25 December 2026 18:00", "2026-12-25 18:00:00"),
        ("17 agustus 2027", "2027-08-17 23:59:59"),
        ("29/02", "2028-02-29 23:59:59"),
        ("besok", "2026-11-23 23:59:59"),
        ("Tomorrow", "2026-11-23 23:59:59"),
        ("besok 17.00", "2026-11-23 17:00:00"),
        ("besok jam 17:00", "2026-11-23 17:00:00"),
        ("lusa", "2026-11-24 23:59:59"),
        ("s.d. 25/12 17.00", "2026-12-25 17:00:00"),
        ("sampai besok", "2026-11-23 23:59:59"),
        ("hari ini", "2026-11-22 23:59:59"),
        ("17:00", "2026-11-22 17:00:00"),
        ("9:30", "2026-11-23 09:30:00"),
        ("Dec 25", "2026-12-25 23:59:59"),
        ("des 25", "2026-12-25 23:59:59"),
        ("25 desember", "2026-12-25 23:59:59"),
        ("December 25, 2026", "2026-12-25 23:59:59"),
        ("seminggu", "2026-11-29 14:00:00"),
        ("minggu depan", "2026-11-29 14:00:00"),
        ("next week", "2026-11-29 14:00:00"),
        ("sebulan", "2026-12-22 14:00:00"),
        ("until Friday", "2026-11-27 23:59:59"),
        ("sampai jumat", "2026-11-27 23:59:59"),
        ("sampai jumat jam 5 sore WIB", "2026-11-27 17:00:00"),
    ] {
        for language in Language::ALL {
            assert_eq!(read(text, language), Ok(ExpiryReading::At(local(instant))), "{text} {language:?}");
        }
    }
}

#[test]
fn parts_of_the_day_and_days_of_the_week_are_read() {
    for (text, instant) in [
        ("jam 17", "2026-11-22 17:00:00"),
        ("jam 5 sore", "2026-11-22 17:00:00"),
        ("jam 7 malam", "2026-11-22 19:00:00"),
        ("jam 12 siang", "2026-11-23 12:00:00"),
        ("besok jam 11 siang", "2026-11-23 11:00:00"),
        ("besok jam 6 siang", "2026-11-23 06:00:00"),
        ("besok jam 5 siang", "2026-11-23 17:00:00"),
        ("besok jam 1 siang", "2026-11-23 13:00:00"),
        ("besok 12am", "2026-11-23 00:00:00"),
        ("9pm", "2026-11-22 21:00:00"),
        ("jam 12 malam", "2026-11-22 23:59:00"),
        ("besok jam 9 pagi WIB", "2026-11-23 09:00:00"),
        ("5pm", "2026-11-22 17:00:00"),
        ("9 am", "2026-11-23 09:00:00"),
        ("Dec 25 5:30pm", "2026-12-25 17:30:00"),
        ("senin", "2026-11-23 23:59:59"),
        ("tuesday", "2026-11-24 23:59:59"),
        ("rabu", "2026-11-25 23:59:59"),
        ("thursday", "2026-11-26 23:59:59"),
        ("sabtu depan", "2026-11-28 23:59:59"),
        ("ahad", "2026-11-22 23:59:59"),
    ] {
        for language in Language::ALL {
            assert_eq!(read(text, language), Ok(ExpiryReading::At(local(instant))), "{text} {language:?}");
        }
    }
}

#[test]
fn never_has_many_names() {
    for text in ["-", "none", "tanpa batas", " Tanpa  Batas ", "∞", "never"] {
        assert_eq!(read(text, Language::Indonesian), Ok(ExpiryReading::Never), "{text}");
    }
}

#[test]
fn a_time_with_several_meanings_becomes_a_question() {
    let question =
        |instants: &[&str]| Ok(ExpiryReading::Ambiguous(instants.iter().map(|text| local(text)).collect()));
    let at = |instant: &str| Ok(ExpiryReading::At(local(instant)));
    use Language::{English, Indonesian};
    for (text, language, expected) in [
        ("3h", Indonesian, question(&["2026-11-22 17:00:00", "2026-11-25 14:00:00"])),
        ("3h", English, at("2026-11-22 17:00:00")),
        ("24h", English, at("2026-11-23 14:00:00")),
        ("800h", Indonesian, at("2026-12-25 22:00:00")),
        ("3/4", Indonesian, at("2027-04-03 23:59:59")),
        ("3/4", English, question(&["2027-03-04 23:59:59", "2027-04-03 23:59:59"])),
        ("4/4", English, at("2027-04-04 23:59:59")),
        ("12/25", English, at("2026-12-25 23:59:59")),
        ("12/25/26", English, at("2026-12-25 23:59:59")),
        ("3/4/2027", English, question(&["2027-03-04 23:59:59", "2027-04-03 23:59:59"])),
        ("27/01/28", Indonesian, question(&["2027-01-28 23:59:59", "2028-01-27 23:59:59"])),
    ] {
        assert_eq!(read(text, language), expected, "{text} {language:?}");
    }
}

#[test]
fn what_is_no_expiry_is_refused_with_the_reason() {
    for (text, error) in [
        ("31/02", ExpiryError::NoSuchDate { text: "31/02".to_owned() }),
        ("31/02/2027 17:00", ExpiryError::NoSuchDate { text: "31/02/2027".to_owned() }),
        ("2027-13-01", ExpiryError::NoSuchDate { text: "2027-13-01".to_owned() }),
        ("0/0", ExpiryError::NoSuchDate { text: "0/0".to_owned() }),
        ("31 feb", ExpiryError::NoSuchDate { text: "31 feb".to_owned() }),
        ("25:00", ExpiryError::NoSuchTime { text: "25:00".to_owned() }),
        ("25/12 24:00", ExpiryError::NoSuchTime { text: "24:00".to_owned() }),
        ("besok 17.60", ExpiryError::NoSuchTime { text: "17.60".to_owned() }),
        ("01/02/03", ExpiryError::UnclearDate { text: "01/02/03".to_owned() }),
        ("25/12/2025", ExpiryError::Past),
        ("22/11/2026 13:59", ExpiryError::Past),
        ("0001-01-01", ExpiryError::Past),
        ("-3d", ExpiryError::Past),
        ("2m", ExpiryError::TooSoon),
        ("0 hari", ExpiryError::TooSoon),
        ("14:04", ExpiryError::TooSoon),
        ("731d", ExpiryError::TooFar),
        ("3 tahun", ExpiryError::TooFar),
        ("25/12/9999", ExpiryError::TooFar),
        ("9999-12-31 23:59", ExpiryError::TooFar),
        ("99999999999 hari", ExpiryError::TooFar),
        ("4294967295 tahun", ExpiryError::TooFar),
    ] {
        for language in Language::ALL {
            assert_eq!(read(text, language), Err(error.clone()), "{text} {language:?}");
        }
    }
    let month_25 = ExpiryError::NoSuchDate { text: "12/25".to_owned() };
    assert_eq!(read("12/25", Language::Indonesian), Err(month_25));
}

#[test]
fn what_does_not_look_like_a_time_is_quoted_back() {
    for text in [
        "",
        "soon",
        "3",
        "3x",
        "x3",
        "75rb",
        "10-20",
        "17.00",
        "75.000",
        "3.5d",
        "1/2/3/4",
        "12 kaos",
        "٣d",
        "hari",
        "des",
        "150 3d",
        "jam",
        "25/12/2026/1",
        "2026-12",
        "d3",
        "until",
        "3 maroon",
        "9:5",
        "005:00",
        "+5:00",
        "t18:00",
        "2026-12-25t",
        "17tdes",
        "dec 25 26",
        "+5 des",
        "mar 50",
        "mar 025",
    ] {
        let error = ExpiryError::NotATime { text: text.to_owned() };
        assert_eq!(read(text, Language::Indonesian), Err(error), "{text}");
    }
}

#[test]
fn both_bounds_are_allowed() {
    for (delta, allowed) in [
        (TimeDelta::minutes(5), Ok(())),
        (TimeDelta::minutes(5) - TimeDelta::milliseconds(1), Err(ExpiryError::TooSoon)),
        (TimeDelta::zero(), Err(ExpiryError::TooSoon)),
        (TimeDelta::milliseconds(-1), Err(ExpiryError::Past)),
        (TimeDelta::days(730), Ok(())),
        (TimeDelta::days(730) + TimeDelta::milliseconds(1), Err(ExpiryError::TooFar)),
    ] {
        assert_eq!(within_bounds(now() + delta, now()), allowed, "{delta}");
    }
}

#[test]
fn a_change_of_the_clocks_never_shortens_a_link() {
    let berlin = Tz::Europe__Berlin;
    let now = berlin.with_ymd_and_hms(2026, 3, 1, 12, 0, 0).unwrap().to_utc();
    let at = |text| match parse_expiry(text, now, berlin, Language::English) {
        Ok(ExpiryReading::At(instant)) => instant.to_rfc3339(),
        other => panic!("{other:?}"),
    };
    // 02:30 does not exist on that night; the clock goes from 02:00 to 03:00.
    assert_eq!(at("2026-03-29 02:30"), "2026-03-29T01:00:00+00:00");
    // 02:30 happens twice on that one.
    assert_eq!(at("2026-10-25 02:30"), "2026-10-25T01:30:00+00:00");
    assert_eq!(at("2026-10-25"), "2026-10-25T22:59:59+00:00");
}

#[test]
fn a_day_that_a_zone_left_out_is_the_beginning_of_the_next() {
    // Samoa went from 29 to 31 December 2011.
    let missing = |text| chrono::NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M:%S").unwrap();
    for text in ["2011-12-30 00:00:00", "2011-12-30 12:00:00"] {
        let instant = calendar::to_utc(missing(text), Tz::Pacific__Apia).unwrap();
        assert_eq!(instant.to_rfc3339(), "2011-12-30T10:00:00+00:00", "{text}");
    }
}

proptest! {
    #[test]
    fn no_text_makes_the_reader_fall_over(text in "\\PC{0,40}", seconds in -8_000_000_000_000i64..8_000_000_000_000) {
        let now = DateTime::from_timestamp(seconds, 0).unwrap();
        for language in Language::ALL {
            let _ = parse_expiry(&text, now, JAKARTA, language);
        }
    }

    #[test]
    fn every_reading_lies_within_bounds(text in "-?[0-9]{1,4}[/. -]?[0-9]{0,2}[/. -]?([0-9]{0,4}|d|h|w|bulan)( [0-9]{1,2}:[0-9]{2})?") {
        for language in Language::ALL {
            let instants = match read(&text, language) {
                Ok(ExpiryReading::At(instant)) => vec![instant],
                Ok(ExpiryReading::Ambiguous(instants)) => {
                    prop_assert!(instants.len() >= 2);
                    instants
                }
                Ok(ExpiryReading::Never) | Err(_) => vec![],
            };
            for instant in instants {
                prop_assert_eq!(within_bounds(instant, now()), Ok(()));
            }
        }
    }
}
