//! The buttons of the calendar, with which a day and an hour of a link are chosen.

use chrono::NaiveDate;

use super::{DraftField, decode_key, encode_key};
use crate::domain::id::DraftId;

/// A tap on one of them. Days and hours are those of the shop's zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CalendarPress {
    /// Back to the question that the calendar answers.
    Ask(DraftId, LinkMoment),
    /// The calendar, at the month of this day.
    Month(DraftId, LinkMoment, NaiveDate),
    /// The hours of this day.
    Day(DraftId, LinkMoment, NaiveDate),
    /// Take this hour of that day, 0 to 23, or 24 for the end of the day.
    Hour(DraftId, LinkMoment, NaiveDate, u8),
    /// Nothing: the name of a weekday, or a day that cannot be chosen.
    Nothing,
}

/// What the calendar chooses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LinkMoment {
    /// Until when the link takes payments.
    End,
    /// From when.
    Opening,
}

/// How a day travels.
const DAY_FORMAT: &str = "%Y%m%d";

impl CalendarPress {
    /// The draft, and what is chosen for it.
    #[must_use]
    pub const fn about(self) -> Option<(DraftId, LinkMoment)> {
        match self {
            Self::Ask(draft, moment)
            | Self::Month(draft, moment, _)
            | Self::Day(draft, moment, _)
            | Self::Hour(draft, moment, ..) => Some((draft, moment)),
            Self::Nothing => None,
        }
    }

    pub(super) fn parts(self) -> (&'static str, Vec<String>) {
        let (verb, more) = match self {
            Self::Ask(..) => ("jq", vec![]),
            Self::Month(_, _, day) => ("jm", vec![day_code(day)]),
            Self::Day(_, _, day) => ("jd", vec![day_code(day)]),
            Self::Hour(_, _, day, hour) => ("jh", vec![day_code(day), hour.to_string()]),
            Self::Nothing => ("jn", vec![]),
        };
        let about = self.about().map(|(draft, moment)| [encode_key(draft.0), moment.code().to_owned()]);
        (verb, about.into_iter().flatten().chain(more).collect())
    }

    /// Reads what [`CalendarPress::parts`] gives.
    pub(super) fn read(verb: &str, arguments: &[&str]) -> Option<Self> {
        let about =
            |draft: &str, moment: &str| Some((DraftId(decode_key(draft)?), LinkMoment::parse(moment)?));
        Some(match (verb, arguments) {
            ("jq", [draft, moment]) => {
                let (draft, moment) = about(draft, moment)?;
                Self::Ask(draft, moment)
            }
            ("jm", [draft, moment, day]) => {
                let (draft, moment) = about(draft, moment)?;
                Self::Month(draft, moment, read_day(day)?)
            }
            ("jd", [draft, moment, day]) => {
                let (draft, moment) = about(draft, moment)?;
                Self::Day(draft, moment, read_day(day)?)
            }
            ("jh", [draft, moment, day, hour]) => {
                let (draft, moment) = about(draft, moment)?;
                Self::Hour(draft, moment, read_day(day)?, hour.parse().ok()?)
            }
            ("jn", []) => Self::Nothing,
            _ => return None,
        })
    }
}

impl LinkMoment {
    /// The field of the draft.
    #[must_use]
    pub const fn field(self) -> DraftField {
        match self {
            Self::End => DraftField::Expiry,
            Self::Opening => DraftField::OpensAt,
        }
    }

    const fn code(self) -> &'static str {
        match self {
            Self::End => "e",
            Self::Opening => "o",
        }
    }

    fn parse(code: &str) -> Option<Self> {
        [Self::End, Self::Opening].into_iter().find(|moment| moment.code() == code)
    }
}

fn day_code(day: NaiveDate) -> String {
    day.format(DAY_FORMAT).to_string()
}

/// Four digits of the year, two of the month, two of the day.
fn read_day(code: &str) -> Option<NaiveDate> {
    let is_plain = code.len() == 8 && code.bytes().all(|digit| digit.is_ascii_digit());
    if is_plain { NaiveDate::parse_from_str(code, DAY_FORMAT).ok() } else { None }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::super::Press;
    use super::*;

    #[test]
    fn every_button_of_the_calendar_is_short_and_reads_back() {
        let draft = DraftId(Uuid::from_u128(u128::MAX / 3));
        let day = NaiveDate::from_ymd_opt(2028, 12, 31).unwrap();
        for moment in [LinkMoment::End, LinkMoment::Opening] {
            for press in [
                CalendarPress::Ask(draft, moment),
                CalendarPress::Month(draft, moment, day),
                CalendarPress::Day(draft, moment, day),
                CalendarPress::Hour(draft, moment, day, 24),
                CalendarPress::Nothing,
            ] {
                let data = Press::Calendar(press).encode();
                assert!(data.len() <= 64, "{data}");
                assert_eq!(Press::decode(&data), Some(Press::Calendar(press)));
            }
        }
        let key = encode_key(draft.0);
        for forged in ["20281301", "2028-12-31", "281231", "+2028123", ""] {
            assert_eq!(Press::decode(&format!("v1:jd:{key}:e:{forged}")), None, "{forged}");
        }
    }
}
