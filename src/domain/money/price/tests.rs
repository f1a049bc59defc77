//! The prices people type, each with its answer.

use proptest::prelude::*;

use super::*;

const BOTH: [Language; 2] = Language::ALL;

fn read(text: &str, language: Language) -> Result<Price, PriceError> {
    parse_price(text, Currency::IDR, language)
}

fn rupiah(minor: i64) -> Money {
    Money::new(minor, Currency::IDR)
}

fn not_a_number(text: &str) -> Result<Price, PriceError> {
    Err(PriceError::NotANumber { text: text.to_owned() })
}

#[test]
fn rupiah_are_read_in_every_usual_spelling() {
    for (text, minor) in [
        ("75000", 75_000),
        ("75.000", 75_000),
        ("75,000", 75_000),
        ("75rb", 75_000),
        ("@75rb", 75_000),
        ("75k/pcs", 75_000),
        ("75rb/pcs", 75_000),
        ("Rp75.000 / buah", 75_000),
        ("75 rb", 75_000),
        ("75ribu", 75_000),
        ("75 RIBU", 75_000),
        ("75k", 75_000),
        ("75K", 75_000),
        ("10rb", 10_000),
        ("1,5jt", 1_500_000),
        ("1.5jt", 1_500_000),
        ("1,25 jt", 1_250_000),
        ("0,5jt", 500_000),
        ("2juta", 2_000_000),
        ("75,5rb", 75_500),
        ("1.000.000rb", 1_000_000_000),
        ("1,5 miliar", 1_500_000_000),
        ("Rp75.000", 75_000),
        ("Rp 75.000,-", 75_000),
        ("Rp. 75.000", 75_000),
        ("rp75rb", 75_000),
        ("75.000,-", 75_000),
        ("Rp75.000,00", 75_000),
        ("Rp1.234.567", 1_234_567),
        ("IDR 75000", 75_000),
        ("idr75000", 75_000),
        ("75000 IDR", 75_000),
        ("75.000 rupiah", 75_000),
        ("  75000 ", 75_000),
        ("1", 1),
        ("999.999.999.999", 999_999_999_999),
    ] {
        for language in BOTH {
            assert_eq!(read(text, language), Ok(Price::Exact(rupiah(minor))), "{text} {language:?}");
        }
    }
}

#[test]
fn other_currencies_have_their_own_minor_units() {
    for (text, minor, code) in [
        ("USD 12.50", 1_250, "USD"),
        ("USD 12,50", 1_250, "USD"),
        ("usd12.5", 1_250, "USD"),
        ("$12.50", 1_250, "USD"),
        ("$ 12", 1_200, "USD"),
        ("US$12", 1_200, "USD"),
        ("12.50 USD", 1_250, "USD"),
        ("USD 1,234.56", 123_456, "USD"),
        ("USD 1.234,56", 123_456, "USD"),
        ("USD 1,000", 100_000, "USD"),
        ("USD 1.5k", 150_000, "USD"),
        ("USD 999,999,999,999.00", 99_999_999_999_900, "USD"),
        ("SGD 5", 500, "SGD"),
        ("JPY 1.200", 1_200, "JPY"),
    ] {
        let money = Money::new(minor, Currency::parse(code).unwrap());
        for language in BOTH {
            assert_eq!(read(text, language), Ok(Price::Exact(money)), "{text} {language:?}");
        }
    }
    assert_eq!(
        parse_price("12.50", Currency::USD, Language::English),
        Ok(Price::Exact(Money::new(1_250, Currency::USD)))
    );
}

#[test]
fn a_price_with_several_meanings_becomes_a_question() {
    let question = |amounts: &[i64]| Ok(Price::Ambiguous(amounts.iter().copied().map(rupiah).collect()));
    for language in BOTH {
        assert_eq!(read("75.00", language), question(&[75, 7_500, 75_000]));
        assert_eq!(read("75,00", language), question(&[75, 7_500, 75_000]));
        assert_eq!(read("Rp75.00", language), question(&[75, 7_500, 75_000]));
        assert_eq!(read("1.500rb", language), question(&[1_500, 1_500_000]));
        assert_eq!(read("1,250jt", language), question(&[1_250_000, 1_250_000_000]));
    }
    assert_eq!(read("1,5m", Language::Indonesian), question(&[1_500_000, 1_500_000_000]));
    assert_eq!(read("1.5m", Language::English), Ok(Price::Exact(rupiah(1_500_000))));
}

#[test]
fn what_is_not_a_price_is_refused_with_the_reason() {
    for (text, error) in [
        ("10.000,50", PriceError::NoCents),
        ("10,000.50", PriceError::NoCents),
        ("75.5", PriceError::NoCents),
        ("75.50", PriceError::NoCents),
        ("1,5555rb", PriceError::NoCents),
        ("0", PriceError::Zero),
        ("0.00", PriceError::Zero),
        ("0rb", PriceError::Zero),
        ("000", PriceError::Zero),
        ("free", PriceError::Zero),
        ("GRATIS", PriceError::Zero),
        ("USD 0.00", PriceError::Zero),
        ("-5000", PriceError::Negative),
        ("−5000", PriceError::Negative),
        ("-Rp5.000", PriceError::Negative),
        ("Rp-5.000", PriceError::Negative),
        ("- 5rb", PriceError::Negative),
        ("12345678901234567890", PriceError::TooLarge),
        ("1000000000000", PriceError::TooLarge),
        ("1.000.000.000.000", PriceError::TooLarge),
        ("1000000jt", PriceError::TooLarge),
        ("10-20rb", PriceError::Range),
        ("10rb-20rb", PriceError::Range),
        ("10 – 20rb", PriceError::Range),
        ("Rp10.000-Rp20.000", PriceError::Range),
        ("７５０００", PriceError::ForeignDigits),
        ("٧٥٠٠٠", PriceError::ForeignDigits),
        ("7５rb", PriceError::ForeignDigits),
        ("QQQ 5000", PriceError::UnknownCurrency { code: "QQQ".to_owned() }),
        ("€20", PriceError::UnknownCurrency { code: "€".to_owned() }),
        ("20 €", PriceError::UnknownCurrency { code: "€".to_owned() }),
        ("kue-lapis", PriceError::NotANumber { text: "kue-lapis".to_owned() }),
        ("INV 01", PriceError::NotANumber { text: "INV 01".to_owned() }),
        ("USD 12.5050 ", PriceError::NotANumber { text: "USD 12.5050".to_owned() }),
    ] {
        for language in BOTH {
            assert_eq!(read(text, language), Err(error.clone()), "{text} {language:?}");
        }
    }
    assert_eq!(read("USD 1,234.567", Language::English), Err(PriceError::TooManyDecimals { exponent: 2 }));
}

#[test]
fn what_is_no_number_at_all_is_quoted_back() {
    for text in [
        "",
        "abc",
        "1e6",
        "1_000",
        "7.5000",
        "75.",
        ".75",
        "75..000",
        "1.00.000",
        "75 000",
        "75rbb",
        "~75rb",
        "rb",
        "08123456789",
        "0.500",
        "Rp",
        "$",
        "75x",
        "75rb/bulan",
        "75-abc",
        "kaos-75",
        "usd",
        "+75",
        "10.000.00",
        "1.000,000.000",
        "nan",
        "∞",
    ] {
        for language in BOTH {
            assert_eq!(read(text, language), not_a_number(text), "{text} {language:?}");
        }
    }
}

proptest! {
    #[test]
    fn no_text_makes_the_reader_fall_over(text in "\\PC{0,40}") {
        for language in BOTH {
            let _ = read(&text, language);
        }
    }

    #[test]
    fn every_reading_lies_within_bounds(text in "(Rp|USD |-)?[0-9.,]{1,24}( ?(rb|jt|k|m))?") {
        for language in BOTH {
            let amounts = match read(&text, language) {
                Ok(Price::Exact(money)) => vec![money],
                Ok(Price::Ambiguous(several)) => {
                    prop_assert!(several.len() >= 2);
                    several
                }
                Err(_) => vec![],
            };
            for money in amounts {
                let max = PRICE_MAX_MAJOR * 10i64.pow(money.currency().exponent());
                prop_assert!((1..=max).contains(&money.minor()));
            }
        }
    }
}
