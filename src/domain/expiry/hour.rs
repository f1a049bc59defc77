//! The time of day at the end of a time: `17:00`, `jam 17`, `jam 5 sore`, `5pm`.

use chrono::NaiveTime;

use super::ExpiryError;

type Time = Result<NaiveTime, ExpiryError>;

/// Which half or part of the day an hour is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    /// `am`, `pagi`.
    Morning,
    /// `siang`: noon and after.
    Noon,
    /// `pm`, `sore`.
    Afternoon,
    /// `malam`: the evening, and the hours after midnight.
    Night,
}

/// Takes the time off the end of the words; `None` when none stands there.
pub(super) fn take(words: &mut Vec<&str>) -> Option<Time> {
    let alone = words.len() == 1;
    let (taken, time) = match words.as_slice() {
        [.., hour, part] if part_of_day(part).is_some() => (2, clock(hour, part_of_day(part))?),
        [.., last] if joined_half(last).is_some() => {
            let (hour, part) = joined_half(last)?;
            (1, clock(hour, Some(part))?)
        }
        [.., word, hour] if is_clock_word(word) => (1, clock(hour, None)?),
        // Alone, "17.00" is an amount.
        [.., last] if last.contains(':') || (!alone && last.contains('.')) => (1, clock(last, None)?),
        _ => return None,
    };
    words.truncate(words.len() - taken);
    if words.last().is_some_and(|word| is_clock_word(word)) {
        words.pop();
    }
    Some(time)
}

/// Reads a text that is a time of the day and nothing else.
pub(super) fn alone(text: &str) -> Option<NaiveTime> {
    let text = text.to_lowercase();
    let words: Vec<&str> = text.split_whitespace().skip_while(|word| is_clock_word(word)).collect();
    match words.as_slice() {
        [hour, part] => clock(hour, Some(part_of_day(part)?))?.ok(),
        [joined] => match joined_half(joined) {
            Some((hour, part)) => clock(hour, Some(part))?.ok(),
            None => clock(joined, None)?.ok(),
        },
        _ => None,
    }
}

fn is_clock_word(word: &str) -> bool {
    matches!(word, "jam" | "pukul" | "pkl" | "at")
}

fn part_of_day(word: &str) -> Option<Part> {
    Some(match word {
        "am" | "pagi" => Part::Morning,
        "siang" => Part::Noon,
        "pm" | "sore" => Part::Afternoon,
        "malam" => Part::Night,
        _ => return None,
    })
}

/// `5pm`, `5:30am`.
fn joined_half(word: &str) -> Option<(&str, Part)> {
    let hour = word.strip_suffix("pm").or_else(|| word.strip_suffix("am"))?;
    let part = part_of_day(word.strip_prefix(hour)?)?;
    hour.starts_with(|first: char| first.is_ascii_digit()).then_some((hour, part))
}

/// Hours and minutes, or hours alone; `None` for another shape.
fn clock(text: &str, part: Option<Part>) -> Option<Time> {
    let (hours, minutes) = match text.split_once([':', '.']) {
        Some((hours, minutes)) if minutes.len() == 2 => (hours, minutes),
        None => (text, "00"),
        Some(_) => return None,
    };
    let is_number =
        |part: &str| (1..=2).contains(&part.len()) && part.bytes().all(|digit| digit.is_ascii_digit());
    if !is_number(hours) || !is_number(minutes) {
        return None;
    }
    let (hour, minute) = (hours.parse::<u32>().ok()?, minutes.parse::<u32>().ok()?);
    let (hour, minute) = match (part, hour) {
        (Some(Part::Morning), 12) => (0, minute),
        (Some(Part::Noon | Part::Afternoon), 1..=11) if part == Some(Part::Afternoon) || hour < 6 => {
            (hour + 12, minute)
        }
        (Some(Part::Night), 6..=11) => (hour + 12, minute),
        // Midnight at the end of the day that is spoken of.
        (Some(Part::Night), 12) => (23, 59),
        _ => (hour, minute),
    };
    let time = NaiveTime::from_hms_opt(hour, minute, 0);
    Some(time.ok_or_else(|| ExpiryError::NoSuchTime { text: text.to_owned() }))
}
