//! Recognising payment card numbers, so that none is ever stored or logged by way of a name or a note.

use unicode_normalization::UnicodeNormalization;

/// Card numbers have 13 to 19 digits (ISO/IEC 7812).
const DIGITS_MIN: usize = 13;
const DIGITS_MAX: usize = 19;
/// More than this between two digits and they are two numbers.
const SEPARATORS_MAX: usize = 2;

/// Whether `text` holds 13 to 19 digits with a valid Luhn check digit, also in groups with spaces, dashes,
/// dots, slashes or underscores between. Full-width digits count; neighbours such as a quantity do not hide it.
pub fn contains_card_number(text: &str) -> bool {
    runs_of_groups(text).iter().any(|groups| {
        (0..groups.len()).any(|first| {
            let mut digits = Vec::new();
            groups.iter().skip(first).any(|group| {
                digits.extend_from_slice(group);
                (DIGITS_MIN..=DIGITS_MAX).contains(&digits.len()) && luhn(&digits)
            })
        })
    })
}

/// Digit groups that stand close enough together to be one number.
fn runs_of_groups(text: &str) -> Vec<Vec<Vec<u32>>> {
    let mut runs: Vec<Vec<Vec<u32>>> = Vec::new();
    let mut distance = usize::MAX;
    for character in text.nfkc() {
        match (character.to_digit(10), runs.last_mut()) {
            (Some(digit), Some(groups)) if distance <= SEPARATORS_MAX => {
                match groups.last_mut() {
                    Some(group) if distance == 0 => group.push(digit),
                    _ => groups.push(vec![digit]),
                }
                distance = 0;
            }
            (Some(digit), _) => {
                runs.push(vec![vec![digit]]);
                distance = 0;
            }
            (None, _) if is_separator(character) => distance = distance.saturating_add(1),
            (None, _) => distance = usize::MAX,
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
            (_, doubled) if doubled > 9 => doubled - 9,
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
            "41111111111111110000000000",
        ] {
            assert!(!contains_card_number(text), "{text}");
        }
    }
}
