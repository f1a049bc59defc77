//! A month as a calendar shows it: weeks from Monday to Sunday.

use chrono::{Datelike, Months, NaiveDate};

/// A week of a month; `None` on the days that belong to the month before or after.
pub type Week = [Option<NaiveDate>; 7];

/// The first day of that day's month.
#[must_use]
pub fn first_of(day: NaiveDate) -> NaiveDate {
    day.with_day(1).unwrap_or(day)
}

/// The first day of the month after that day's.
#[must_use]
pub fn month_after(day: NaiveDate) -> NaiveDate {
    first_of(day).checked_add_months(Months::new(1)).unwrap_or(day)
}

/// The first day of the month before that day's.
#[must_use]
pub fn month_before(day: NaiveDate) -> NaiveDate {
    first_of(day).checked_sub_months(Months::new(1)).unwrap_or(day)
}

/// The weeks of that day's month: four to six.
#[must_use]
pub fn weeks(month: NaiveDate) -> Vec<Week> {
    let first = first_of(month);
    let mut weeks: Vec<Week> = Vec::new();
    for day in first.iter_days().take_while(|day| day.month() == first.month()) {
        let place = day.weekday().num_days_from_monday() as usize;
        if weeks.is_empty() || place == 0 {
            weeks.push([None; 7]);
        }
        if let Some(slot) = weeks.last_mut().and_then(|week| week.get_mut(place)) {
            *slot = Some(day);
        }
    }
    weeks
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_month_has_four_to_six_weeks_and_each_of_its_days_once() {
        for (month, count) in [("2027-02-15", 4), ("2026-11-23", 6), ("2026-12-01", 5), ("2028-02-29", 5)] {
            let weeks = weeks(day(month));
            assert_eq!(weeks.len(), count, "{month}");
            let days: Vec<u32> = weeks.concat().into_iter().flatten().map(|day| day.day()).collect();
            assert_eq!(days, (1..=days.len() as u32).collect::<Vec<_>>());
        }
        let november = weeks(day("2026-11-01"));
        assert_eq!(november[0], [None, None, None, None, None, None, Some(day("2026-11-01"))]);
        assert_eq!(november[5][0], Some(day("2026-11-30")));
    }

    #[test]
    fn months_go_on_over_the_year() {
        assert_eq!(month_after(day("2026-12-31")), day("2027-01-01"));
        assert_eq!(month_before(day("2027-01-31")), day("2026-12-01"));
    }
}
