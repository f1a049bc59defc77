//! The recap of a day: when it comes, and what it says.

use chrono::{DateTime, Days, NaiveDate, NaiveTime, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;

use super::money::Money;

/// How long a paid order is counted among those that are to be sent.
pub const TO_SHIP_FOR: TimeDelta = TimeDelta::days(30);

/// What a recap says. All of it is about one mode.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RecapFigures {
    /// For each currency, how many orders were paid since the last recap and what is left of their money.
    pub paid: Vec<(i64, Money)>,
    /// Orders that ended unpaid since then.
    pub unpaid: i64,
    /// Orders that wait for their customer now.
    pub waiting: i64,
    /// Orders whose money the seller has to decide about.
    pub needs_answer: i64,
    /// Orders paid within [`TO_SHIP_FOR`] whose goods were not marked as sent.
    pub to_ship: i64,
    /// Orders among the paid ones whose money came after its time.
    pub late: i64,
}

impl RecapFigures {
    /// Whether there is nothing to say. Who never marks goods as sent is not told so every day.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        Self { to_ship: 0, ..self.clone() } == Self::default()
    }

    /// How many orders were paid, in whatever currency.
    #[must_use]
    pub fn paid_count(&self) -> i64 {
        self.paid.iter().map(|(count, _)| count).sum()
    }
}

/// When the recap is next due: the next `at` in the zone, on a day after `last_day`, for which there was
/// one. So neither another hour nor another zone gives a day a second one.
#[must_use]
pub fn next_recap(at: NaiveTime, zone: Tz, last_day: Option<NaiveDate>, now: DateTime<Utc>) -> DateTime<Utc> {
    let today = now.with_timezone(&zone).date_naive();
    let first = last_day.and_then(|day| day.succ_opt()).map_or(today, |day| day.max(today));
    (0..3)
        .filter_map(|days| first.checked_add_days(Days::new(days)))
        .filter_map(|day| instant_of(day, at, zone))
        .find(|due_at| *due_at > now)
        .unwrap_or(now + TimeDelta::days(1))
}

/// That time on that day. Where clocks skip it, the same minute an hour or two later.
fn instant_of(day: NaiveDate, at: NaiveTime, zone: Tz) -> Option<DateTime<Utc>> {
    let local = day.and_time(at);
    let tries = (0..4).map(|hours| local + TimeDelta::hours(hours));
    tries
        .filter_map(|time| zone.from_local_datetime(&time).earliest())
        .next()
        .map(|time| time.with_timezone(&Utc))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(hour: u32) -> NaiveTime {
        NaiveTime::from_hms_opt(hour, 0, 0).unwrap()
    }

    fn instant(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    fn day(text: &str) -> Option<NaiveDate> {
        Some(text.parse().unwrap())
    }

    #[test]
    fn the_next_recap_is_today_or_tomorrow_and_never_twice_a_day() {
        let zone = Tz::Asia__Jakarta;
        let (early, sharp) = (instant("2026-11-23T12:00:00Z"), instant("2026-11-23T13:00:00Z"));
        assert_eq!(next_recap(at(20), zone, None, early), sharp);
        assert_eq!(next_recap(at(20), zone, None, sharp), instant("2026-11-24T13:00:00Z"));
        // Told at eight; then the hour is made ten.
        let tomorrow = instant("2026-11-24T15:00:00Z");
        assert_eq!(next_recap(at(22), zone, day("2026-11-23"), sharp), tomorrow);
    }

    #[test]
    fn a_zone_further_west_does_not_bring_the_day_back() {
        let now = instant("2026-11-23T13:00:01Z");
        let told = day("2026-11-23");
        // It is morning of the same day in New York.
        let due_at = next_recap(at(20), Tz::America__New_York, told, now);
        assert_eq!(due_at, instant("2026-11-25T01:00:00Z"));
        // And a day earlier in Samoa, after Kiritimati.
        let told = day("2026-11-24");
        let due_at = next_recap(at(20), Tz::Pacific__Pago_Pago, told, instant("2026-11-24T06:30:00Z"));
        assert_eq!(due_at, instant("2026-11-26T07:00:00Z"));
    }

    #[test]
    fn an_hour_that_the_clocks_skip_comes_an_hour_later() {
        let zone = Tz::Europe__Berlin;
        let time = NaiveTime::from_hms_opt(2, 30, 0).unwrap();
        let due_at = next_recap(time, zone, None, instant("2027-03-28T00:00:00Z"));
        assert_eq!(due_at, instant("2027-03-28T01:30:00Z"));
    }
}
