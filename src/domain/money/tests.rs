//! How money is shown, and that it reads back.

use proptest::prelude::*;

use super::*;

fn rupiah(minor: i64) -> Money {
    Money::new(minor, Currency::IDR)
}

#[test]
fn a_rupiah_has_no_minor_unit_here_though_iso_4217_lists_two_digits() {
    assert_eq!(iso_currency::Currency::IDR.exponent(), Some(2));
    assert_eq!(Currency::IDR.exponent(), 0);
    assert_eq!(Currency::USD.exponent(), 2);
    assert_eq!(Currency::parse("JPY").unwrap().exponent(), 0);
    assert_eq!(Currency::parse("KWD").unwrap().exponent(), 3);
}

#[test]
fn only_codes_one_can_trade_in_are_currencies() {
    assert_eq!(Currency::parse("idr"), Some(Currency::IDR));
    assert_eq!(format!("{} {:?}", Currency::IDR, Currency::USD), "IDR USD");
    for code in ["", "ID", "IDRR", "QQQ", "XXX", "XAU", "XTS", "CHE", "ⅠDR"] {
        assert_eq!(Currency::parse(code), None, "{code}");
    }
}

#[test]
fn amounts_are_written_the_way_of_the_reader() {
    let dollars = Money::new(123_456_789, Currency::USD);
    let dinars = Money::new(12_505, Currency::parse("KWD").unwrap());
    for (money, indonesian, english) in [
        (rupiah(75_000), "Rp75.000", "IDR 75,000"),
        (rupiah(1), "Rp1", "IDR 1"),
        (rupiah(0), "Rp0", "IDR 0"),
        (rupiah(-75_000), "-Rp75.000", "-IDR 75,000"),
        (rupiah(999_999_999_999), "Rp999.999.999.999", "IDR 999,999,999,999"),
        (Money::new(1250, Currency::USD), "USD 12,50", "USD 12.50"),
        (Money::new(5, Currency::USD), "USD 0,05", "USD 0.05"),
        (Money::new(1200, Currency::USD), "USD 12,00", "USD 12.00"),
        (Money::new(0, Currency::USD), "USD 0,00", "USD 0.00"),
        (dollars, "USD 1.234.567,89", "USD 1,234,567.89"),
        (dinars, "KWD 12,505", "KWD 12.505"),
    ] {
        assert_eq!(money.display(Language::Indonesian), indonesian);
        assert_eq!(money.display(Language::English), english);
    }
}

#[test]
fn a_button_shows_the_short_form_only_when_it_is_exact() {
    for (minor, indonesian, english) in [
        (75_000, "75rb", "75k"),
        (1_500, "1,5rb", "1.5k"),
        (150_000, "150rb", "150k"),
        (1_500_000, "1,5jt", "1.5m"),
        (1_250_000, "1,25jt", "1.25m"),
        (2_000_000, "2jt", "2m"),
        (75_250, "Rp75.250", "IDR 75,250"),
        (1_255_000, "Rp1.255.000", "IDR 1,255,000"),
        (999, "Rp999", "IDR 999"),
        (-75_000, "-Rp75.000", "-IDR 75,000"),
        (2_000_000_000, "Rp2.000.000.000", "IDR 2,000,000,000"),
    ] {
        assert_eq!(rupiah(minor).display_short(Language::Indonesian), indonesian);
        assert_eq!(rupiah(minor).display_short(Language::English), english);
    }
    assert_eq!(Money::new(7_500_000, Currency::USD).display_short(Language::English), "USD 75,000.00");
}

#[test]
fn sums_stay_within_one_currency_and_within_range() {
    assert_eq!(rupiah(5).checked_add(rupiah(7)), Some(rupiah(12)));
    assert_eq!(rupiah(5).checked_sub(rupiah(7)), Some(rupiah(-2)));
    assert_eq!(rupiah(5).checked_add(Money::new(7, Currency::USD)), None);
    assert_eq!(rupiah(5).checked_sub(Money::new(7, Currency::USD)), None);
    assert_eq!(rupiah(i64::MAX).checked_add(rupiah(1)), None);
    assert_eq!(rupiah(i64::MIN).checked_sub(rupiah(1)), None);
}

#[test]
fn money_is_stored_as_a_number_and_a_code() {
    let json = serde_json::to_string(&rupiah(75_000)).unwrap();
    assert_eq!(json, r#"{"minor":75000,"currency":"IDR"}"#);
    assert_eq!(serde_json::from_str::<Money>(&json).unwrap(), rupiah(75_000));
    assert!(serde_json::from_str::<Money>(r#"{"minor":75000,"currency":"QQQ"}"#).is_err());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn what_is_shown_reads_back_as_the_same_amount(
        digits in 0u32..15,
        random in any::<u64>(),
        code in prop::sample::select(vec!["IDR", "USD", "JPY", "KWD", "SGD"]),
        language in prop::sample::select(Language::ALL.to_vec()),
    ) {
        let currency = Currency::parse(code).unwrap();
        let max = PRICE_MAX_MAJOR * 10i64.pow(currency.exponent());
        let bound = 10u64.pow(digits).saturating_mul(10).min(u64::try_from(max).unwrap());
        let money = Money::new(i64::try_from(random % bound).unwrap() + 1, currency);
        let read = parse_price(&money.display(language), Currency::IDR, language);
        prop_assert_eq!(read, Ok(Price::Exact(money)));
    }

    #[test]
    fn short_forms_read_back_as_the_same_amount(
        step in prop::sample::select(vec![1i64, 100, 1_000, 10_000, 100_000]),
        count in 1i64..10_000,
        language in prop::sample::select(Language::ALL.to_vec()),
    ) {
        let money = rupiah(step * count);
        let read = parse_price(&money.display_short(language), Currency::IDR, language);
        prop_assert_eq!(read, Ok(Price::Exact(money)));
    }
}
