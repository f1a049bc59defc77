//! Amounts as Midtrans writes them: whole digits, a dot and two more (`"50000.00"`).

use crate::domain::money::{Currency, Money};

/// Whether a text is digits, a dot and exactly two digits.
pub(super) fn is_exact(text: &str) -> bool {
    split(text).is_some_and(|(_, cents)| cents.len() == 2)
}

/// Writes a number without cents, or with one digit of them, the way Midtrans signs it.
pub(super) fn with_two_decimals(text: &str) -> Option<String> {
    let text = if text.contains('.') { text.to_owned() } else { format!("{text}.0") };
    let (_, cents) = split(&text)?;
    match cents.len() {
        1 => Some(format!("{text}0")),
        2 => Some(text),
        _ => None,
    }
}

/// Reads an amount of a currency; `None` when it is not [exact](is_exact), does not fit, or has a
/// fraction of the smallest unit.
pub(super) fn read(text: &str, currency: Currency) -> Option<Money> {
    let (whole, cents) = split(text).filter(|(_, cents)| cents.len() == 2)?;
    let hundredths = format!("{whole}{cents}").parse::<i64>().ok()?;
    let minor = match currency.exponent() {
        exponent @ (0 | 1) => {
            let step = if exponent == 0 { 100 } else { 10 };
            (hundredths % step == 0).then_some(hundredths / step)?
        }
        exponent => hundredths.checked_mul(10_i64.checked_pow(exponent - 2)?)?,
    };
    Some(Money::new(minor, currency))
}

/// Reads an amount from a list inside an answer, where whole numbers occur too.
pub(super) fn read_listed(text: &str, currency: Currency) -> Option<Money> {
    read(&with_two_decimals(text)?, currency)
}

/// Writes an amount of rupiah.
pub(super) fn write(money: Money) -> String {
    format!("{}.00", money.minor())
}

fn split(text: &str) -> Option<(&str, &str)> {
    let (whole, cents) = text.split_once('.')?;
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    (digits(whole) && digits(cents)).then_some((whole, cents))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn rupiah_have_no_cents() {
        assert_eq!(read("50000.00", Currency::IDR), Some(Money::new(50_000, Currency::IDR)));
        assert_eq!(read("50000.50", Currency::IDR), None);
        assert_eq!(read("12.50", Currency::USD), Some(Money::new(1250, Currency::USD)));
    }

    #[test]
    fn anything_but_two_decimals_is_refused() {
        let odd =
            ["", ".", "1", "1.", ".00", "1.0", "1.000", "-1.00", "+1.00", "1,00", "1.00 ", "1e2.00", "١.00"];
        for text in odd.into_iter().chain(["99999999999999999999.00", "1.00.00"]) {
            assert_eq!(read(text, Currency::IDR), None, "{text}");
        }
    }

    #[test]
    fn numbers_get_two_decimals() {
        assert_eq!(with_two_decimals("10000").as_deref(), Some("10000.00"));
        assert_eq!(with_two_decimals("10000.5").as_deref(), Some("10000.50"));
        assert_eq!(with_two_decimals("10000.25").as_deref(), Some("10000.25"));
        for text in ["", "-1", "1e5", "1.234", "1."] {
            assert_eq!(with_two_decimals(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(minor in 0..=9_000_000_000_000_000_i64) {
            let money = Money::new(minor, Currency::IDR);
            prop_assert_eq!(read(&write(money), Currency::IDR), Some(money));
        }
    }
}
