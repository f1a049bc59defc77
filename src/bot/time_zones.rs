//! Choosing a time zone by tapping a city or typing one.

mod towns;

use chrono_tz::{TZ_VARIANTS, Tz};

use super::talk::Talk;
use crate::domain::card_number::contains_card_number;
use crate::domain::instant_text::zone_name;
use crate::messaging::buttons::{Press, ZoneChoice};
use crate::messaging::card::{Card, CardButton};

/// Cities one can tap. A button that is in a chat names its city by the place here, so new ones go
/// to the end.
const CITIES: [Tz; 12] = [
    Tz::Asia__Singapore,
    Tz::Asia__Kuala_Lumpur,
    Tz::Asia__Bangkok,
    Tz::Asia__Manila,
    Tz::Asia__Hong_Kong,
    Tz::Asia__Tokyo,
    Tz::Asia__Dubai,
    Tz::Asia__Riyadh,
    Tz::Australia__Sydney,
    Tz::Europe__London,
    Tz::Europe__Amsterdam,
    Tz::America__New_York,
];

/// The zone of a button; `None` for the button that shows the cities, or one of no city.
#[must_use]
pub fn zone_of(choice: ZoneChoice) -> Option<Tz> {
    match choice {
        ZoneChoice::Wib => Some(Tz::Asia__Jakarta),
        ZoneChoice::Wita => Some(Tz::Asia__Makassar),
        ZoneChoice::Wit => Some(Tz::Asia__Jayapura),
        ZoneChoice::City(number) => CITIES.get(usize::from(number)).copied(),
        ZoneChoice::Other => None,
    }
}

/// Reads a typed zone: `WITA`, a city, an IANA name, `UTC+8`, `GMT-3`, `+7`.
#[must_use]
pub fn read(text: &str) -> Option<Tz> {
    let typed = text.trim().to_lowercase().replace(' ', "_");
    if let Some(zone) = towns::zone_of_town(text.trim()) {
        return Some(zone);
    }
    if let Some(hours) = read_offset(&typed) {
        return zone_with_offset(hours);
    }
    let is_city =
        |zone: &&Tz| zone.name().rsplit('/').next().is_some_and(|city| city.eq_ignore_ascii_case(&typed));
    let is_name = |zone: &&Tz| zone.name().eq_ignore_ascii_case(&typed);
    TZ_VARIANTS.iter().find(is_name).or_else(|| TZ_VARIANTS.iter().find(is_city)).copied()
}

/// What is said to a place nobody knows. A card number is not said back.
#[must_use]
pub fn not_understood(talk: &Talk, typed: &str) -> String {
    let shown = if contains_card_number(typed) { "…" } else { typed };
    talk.words("zone-not-understood").with("typed", shown).html()
}

/// A zone by the name that people in it use: WIB, WITA, WIT; elsewhere its city.
#[must_use]
pub fn display_name(zone: Tz) -> String {
    match zone {
        Tz::Asia__Jakarta | Tz::Asia__Pontianak => "WIB".to_owned(),
        Tz::Asia__Makassar => "WITA".to_owned(),
        Tz::Asia__Jayapura => "WIT".to_owned(),
        elsewhere => elsewhere.name().replace('_', " "),
    }
}

/// The cities to tap, and that typing works too.
#[must_use]
pub fn cities_card(talk: &Talk, pick: impl Fn(ZoneChoice) -> Press, back: Press) -> Card {
    let now = talk.services.clock().now();
    let buttons: Vec<CardButton> = (0_u8..)
        .zip(CITIES)
        .map(|(number, zone)| {
            let city = zone.name().rsplit('/').next().unwrap_or_default().replace('_', " ");
            CardButton::press(format!("{city} {}", zone_name(now, zone)), pick(ZoneChoice::City(number)))
        })
        .collect();
    buttons
        .chunks(2)
        .fold(Card::new(talk.say("zone-cities")), |card, row| card.row(row.to_vec()))
        .row([CardButton::press(talk.say("button-back"), back)])
}

fn read_offset(typed: &str) -> Option<i32> {
    let rest = typed.strip_prefix("utc").or_else(|| typed.strip_prefix("gmt")).unwrap_or(typed);
    if rest.is_empty() && rest != typed {
        return Some(0);
    }
    let hours = rest.strip_prefix('+').map(|hours| (hours, 1)).or(rest.strip_prefix('-').map(|h| (h, -1)));
    let (hours, sign) = hours?;
    hours.parse::<i32>().ok().filter(|hours| (0..=14).contains(hours)).map(|hours| hours * sign)
}

/// Offsets of Indonesia mean Indonesia; others are zones without summer time, whose IANA names
/// count the other way round (`Etc/GMT-8` is eight hours ahead).
fn zone_with_offset(hours: i32) -> Option<Tz> {
    match hours {
        7 => Some(Tz::Asia__Jakarta),
        8 => Some(Tz::Asia__Makassar),
        9 => Some(Tz::Asia__Jayapura),
        0 => Some(Tz::Etc__UTC),
        1..=14 => format!("Etc/GMT-{hours}").parse().ok(),
        _ => format!("Etc/GMT+{}", -hours).parse().ok(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zones_are_read_as_people_type_them() {
        for (typed, zone) in [
            ("WITA", Tz::Asia__Makassar),
            ("jakarta", Tz::Asia__Jakarta),
            ("Asia/Jayapura", Tz::Asia__Jayapura),
            ("new york", Tz::America__New_York),
            ("UTC+8", Tz::Asia__Makassar),
            ("+7", Tz::Asia__Jakarta),
            ("gmt", Tz::Etc__UTC),
            ("GMT-3", Tz::Etc__GMTPlus3),
            ("UTC+10", Tz::Etc__GMTMinus10),
            ("Bali", Tz::Asia__Makassar),
            ("Kota Bekasi", Tz::Asia__Jakarta),
            ("Kupang", Tz::Asia__Makassar),
        ] {
            assert_eq!(read(typed), Some(zone), "{typed}");
        }
    }

    #[test]
    fn zones_of_indonesia_are_called_as_people_call_them() {
        assert_eq!(display_name(Tz::Asia__Jakarta), "WIB");
        assert_eq!(display_name(Tz::Asia__Makassar), "WITA");
        assert_eq!(display_name(Tz::Asia__Jayapura), "WIT");
        assert_eq!(display_name(Tz::America__New_York), "America/New York");
    }

    #[test]
    fn what_is_no_place_is_none() {
        for typed in ["", "atlantis", "UTC+99", "+", "7"] {
            assert_eq!(read(typed), None, "{typed}");
        }
    }
}
