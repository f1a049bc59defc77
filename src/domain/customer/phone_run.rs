//! Telephone numbers among the words of a line, written in groups: `0812 3456 7890`, `+62 812-3456-789`.

/// Fewer digits behind a zero are a part number, not a telephone.
const DIGITS_MIN: usize = 10;
/// `+62` and the longest number in Indonesia.
const DIGITS_MAX: usize = 14;

/// How many words from the first one on are one telephone number of Indonesia: `08…`, `62 8…`, `+62…`. Zero
/// when none starts there.
#[must_use]
pub fn phone_words(words: &[&str]) -> usize {
    let mut digits = String::new();
    let mut best = 0;
    for (position, word) in words.iter().enumerate() {
        let inside = word.trim_end_matches([',', ';']);
        let is_group = !inside.is_empty()
            && inside.chars().all(|character| character.is_ascii_digit() || "+-().".contains(character));
        // A plus sign starts another number.
        if !is_group || (position > 0 && inside.contains('+')) {
            break;
        }
        digits.extend(inside.chars().filter(char::is_ascii_digit));
        if digits.len() > DIGITS_MAX {
            break;
        }
        let starts_so = digits.starts_with("08")
            || digits.starts_with("628")
            || words.first().is_some_and(|first| first.starts_with("+62"));
        if starts_so && digits.len() >= DIGITS_MIN {
            best = position + 1;
        }
        if inside.len() < word.len() {
            break;
        }
    }
    best
}

/// Which of the words belong to a telephone number.
#[must_use]
pub fn words_in_phones(words: &[&str]) -> Vec<bool> {
    let mut inside = vec![false; words.len()];
    let mut start = 0;
    while let Some(rest) = words.get(start..).filter(|rest| !rest.is_empty()) {
        let count = phone_words(rest);
        for flag in inside.iter_mut().skip(start).take(count) {
            *flag = true;
        }
        start += count.max(1);
    }
    inside
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phone_takes_its_groups_and_no_price() {
        for (text, count) in [
            ("0812 3456 7890", 3),
            ("08123456789", 1),
            ("0812-3456-7890 75rb", 1),
            ("0812 3456 7890 75000", 3),
            ("+62 812 3456 789", 4),
            ("62 812 3456 7890", 4),
            ("62 80000", 0),
            ("08 75000", 0),
            ("75000 0812 3456 7890", 0),
            ("8123456789", 0),
            ("0812 345 +678", 0),
            ("0812 3456 789012", 3),
            ("0812 3456 7890123", 0),
            ("0812 3456 78, 90", 3),
            ("", 0),
        ] {
            assert_eq!(phone_words(&text.split_whitespace().collect::<Vec<_>>()), count, "{text}");
        }
        let words = ["Rina", "0812", "3456", "7890", "75rb"];
        assert_eq!(words_in_phones(&words), [false, true, true, true, false]);
    }
}
