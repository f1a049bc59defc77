//! Recognising payment card numbers, so that none is ever stored or logged by way of a name or a note.

use unicode_normalization::UnicodeNormalization;

/// Card numbers have 13 to 19 digits (ISO/IEC 7812).
const DIGITS_MIN: usize = 13;
const DIGITS_MAX: usize = 19;
/// More than this between two digits and they are two numbers.
const SEPARATORS_MAX: usize = 2;

/// What stands where a digit of a card number stood.
const MASK: char = '•';

/// A digit of the text, and which of its characters it is.
#[derive(Clone, Copy)]
struct Digit {
    /// `None` for one that was masked.
    value: Option<u32>,
    place: usize,
}

/// Digit groups that stand close enough together to be one number, and whether a `+` stands before them.
struct Run {
    groups: Vec<Vec<Digit>>,
    after_plus: bool,
}

/// Whether `text` holds 13 to 19 digits with a valid Luhn check digit, also in groups with spaces, dashes,
/// dots, slashes or underscores between. Full-width digits count; neighbours such as a quantity do not hide
/// it. What [`masked`] made of one is still known as one.
pub fn contains_card_number(text: &str) -> bool {
    runs_of_groups(text).iter().any(|run| numbers(run, |_| true).next().is_some())
}

/// The text with every digit of a card number masked; `None` when it holds none. For texts in which long
/// numbers are at home: only what an issuer gives out counts (ISO/IEC 7812: 13 digits begin with 4, 14 and 15
/// with 3), and not a telephone number with its `+`.
pub fn masked(text: &str) -> Option<String> {
    let mut places = Vec::new();
    for run in runs_of_groups(text) {
        places.extend(numbers(&run, |digits| is_issued(digits, run.after_plus)).flatten());
    }
    let mask = |(place, character)| if places.contains(&place) { MASK } else { character };
    let harmless: String = text.chars().enumerate().map(mask).collect();
    (harmless != text).then_some(harmless)
}

/// Whether an issuer may have given such a number out, whatever its check digit says.
fn is_issued(digits: &[u32], after_plus: bool) -> bool {
    match (digits.len(), digits.first()) {
        // A telephone number has at most 15 digits (E.164).
        (..=15, _) if after_plus => false,
        (13, first) => first == Some(&4),
        (14 | 15, first) => first == Some(&3),
        _ => true,
    }
}

/// The places of each card number in a run; masked ones count as well.
fn numbers(run: &Run, counts: impl Fn(&[u32]) -> bool) -> impl Iterator<Item = Vec<usize>> {
    (0..run.groups.len()).filter_map(move |first| {
        let mut digits: Vec<Digit> = Vec::new();
        run.groups.iter().skip(first).find_map(|group| {
            digits.extend_from_slice(group);
            let is_long_enough = (DIGITS_MIN..=DIGITS_MAX).contains(&digits.len());
            let places = || digits.iter().map(|digit| digit.place).collect();
            let values: Option<Vec<u32>> = digits.iter().map(|digit| digit.value).collect();
            let is_number = match values {
                Some(values) => luhn(&values) && counts(&values),
                None => digits.iter().all(|digit| digit.value.is_none()),
            };
            (is_long_enough && is_number).then(places)
        })
    })
}

fn runs_of_groups(text: &str) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let mut distance = usize::MAX;
    let mut previous = ' ';
    for (place, character) in text.chars().enumerate() {
        for plain in character.nfkc() {
            let value = plain.to_digit(10);
            if value.is_none() && plain != MASK {
                distance = if is_separator(plain) { distance.saturating_add(1) } else { usize::MAX };
                previous = plain;
                continue;
            }
            let digit = Digit { value, place };
            match runs.last_mut() {
                Some(run) if distance <= SEPARATORS_MAX => match run.groups.last_mut() {
                    Some(group) if distance == 0 => group.push(digit),
                    _ => run.groups.push(vec![digit]),
                },
                _ => runs.push(Run { groups: vec![vec![digit]], after_plus: previous == '+' }),
            }
            distance = 0;
        }
    }
    runs
}

fn is_separator(character: char) -> bool {
    character.is_whitespace() || matches!(character, '-' | '.' | '_' | '/' | '\u{2010}'..='\u{2015}')
}

/// The check digit rule of ISO/IEC 7812-1, annex B.
fn luhn(digits: &[u32]) -> bool {
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(place, digit)| match (place % 2, digit * 2) {
            (0, _) => *digit,
            (_, doubled) if doubled >= 10 => doubled - 9,
            (_, doubled) => doubled,
        })
        .sum();
    sum.is_multiple_of(10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn card_numbers_are_found_however_they_are_grouped() {
        for text in [
            "4111111111111111",
            "4111 1111 1111 1111",
            "4111-1111-1111-1111",
            "4111.1111_1111/1111",
            "card 5500005555555559 please",
            "kaos 10 4111 1111 1111 1111",
            "4111 1111 1111 1111 12/27",
            "378282246310005",
            "４１１１１１１１１１１１１１１１",
            "a4111111111111111b",
        ] {
            assert!(contains_card_number(text), "{text}");
        }
    }

    #[test]
    fn a_masked_number_is_gone_and_still_known_as_one() {
        for (text, expected) in [
            ("pay 4111 1111 1111 1111 now", "pay •••• •••• •••• •••• now"),
            ("10 kaos 4111-1111-1111-1111", "10 kaos ••••-••••-••••-••••"),
            ("378282246310005", "•••••••••••••••"),
            ("４１１１１１１１１１１１１１１１!", "••••••••••••••••!"),
            ("4222222222222", "•••••••••••••"),
        ] {
            assert_eq!(masked(text).as_deref(), Some(expected));
            assert!(contains_card_number(expected), "{expected}");
            assert_eq!(masked(expected), None, "nothing is left to mask");
        }
    }

    #[test]
    fn a_telephone_number_is_masked_nowhere() {
        // All of them pass the check digit.
        for text in [
            "6281234567899",
            "62812345678901",
            "+62 812 3456 7899",
            "for:Hans, +4915112345678",
            "+34123456789015",
        ] {
            assert_eq!(masked(text), None, "{text}");
        }
        assert!(contains_card_number("6281234567899"), "in a name it has no business");
    }

    #[test]
    fn other_numbers_are_left_alone() {
        for text in [
            "",
            "kaos",
            "iPhone 12 Pro 256",
            "4111111111111112",
            "+62 812-3456-7890",
            "75.000.000",
            "411111111111",
            "4111 1111 and 1111 1111",
            "4111a1111b1111c1111",
            "41111111111111110000000000",
        ] {
            assert!(!contains_card_number(text), "{text}");
        }
    }
}
