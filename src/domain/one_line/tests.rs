//! Lines sellers type, each with its reading, on Sunday 22 November 2026 at 14:00 in Jakarta.

use chrono::{TimeDelta, TimeZone};
use proptest::prelude::*;

use super::*;
use crate::domain::method_set::MethodSet;
use crate::domain::money::Money;

fn setting(language: Language) -> LineSetting {
    let now = Utc.with_ymd_and_hms(2026, 11, 22, 7, 0, 0).unwrap();
    LineSetting { now, zone: Tz::Asia__Jakarta, language, currency: Currency::IDR }
}

fn read(text: &str) -> Result<LineReading, LineError> {
    read_line(text, &setting(Language::Indonesian))
}

fn rupiah(minor: i64) -> Price {
    Price::Exact(Money::new(minor, Currency::IDR))
}

/// Name, price, limit and life of a line that has nothing else.
fn parts(text: &str) -> (String, Price, Option<i64>, Option<TimeDelta>) {
    let setting = setting(Language::Indonesian);
    let reading = read_line(text, &setting).unwrap_or_else(|error| panic!("{text}: {error:?}"));
    let life = match reading.expiry {
        ExpiryReading::Never => None,
        ExpiryReading::At(instant) => Some(instant - setting.now),
        question => panic!("{text}: {question:?}"),
    };
    (reading.name.value.as_str().to_owned(), reading.price, reading.usage_limit.map(UsageLimit::get), life)
}

#[test]
fn a_line_is_read_from_the_right() {
    let hours = TimeDelta::hours;
    for (text, name, price, limit, life) in [
        ("/new kaos hitam 150rb x10 3d", "kaos hitam", 150_000, Some(10), Some(hours(72))),
        ("/baru@toko_bot kaos hitam 150rb", "kaos hitam", 150_000, None, None),
        ("kaos hitam 150rb 3d x10", "kaos hitam", 150_000, Some(10), Some(hours(72))),
        ("Kaos polos 75000 10x 3 hari", "Kaos polos", 75_000, Some(10), Some(hours(72))),
        ("Kaos polos 75 rb ×10 3jam", "Kaos polos", 75_000, Some(10), Some(hours(3))),
        ("Kaos 1,5 jt x1", "Kaos", 1_500_000, Some(1), None),
        ("Kaos Rp 75.000,- 30m", "Kaos", 75_000, None, Some(TimeDelta::minutes(30))),
        ("Kaos Rp 75 rb", "Kaos", 75_000, None, None),
        ("Kaos Rp75.000 ∞ -", "Kaos", 75_000, None, None),
        ("Kaos IDR 75000 tanpa batas", "Kaos", 75_000, None, None),
        ("Kaos 3 hari 75rb", "Kaos 3 hari", 75_000, None, None),
        ("iPhone 12 5jt", "iPhone 12", 5_000_000, None, None),
        ("\"iPhone 12\" 5jt", "iPhone 12", 5_000_000, None, None),
        ("“Paket 75rb” 5jt x2", "Paket 75rb", 5_000_000, Some(2), None),
        ("Kaos \"Merdeka\" 75rb", "Kaos \"Merdeka\"", 75_000, None, None),
        ("TV 24\" 2jt", "TV 24\"", 2_000_000, None, None),
        ("\"voucher 50rb\" 45rb", "voucher 50rb", 45_000, None, None),
        ("mug 75000 Dec 25 17:00", "mug", 75_000, None, Some(hours(33 * 24 + 3))),
        ("mug 75000 jam 5 sore", "mug", 75_000, None, Some(hours(3))),
        ("mug 75000 seminggu", "mug", 75_000, None, Some(hours(7 * 24))),
        ("jam 20000", "jam", 20_000, None, None),
        ("jam 20", "jam", 20, None, None),
        ("TV 4K 5jt", "TV 4K", 5_000_000, None, None),
        ("Kabel 2m 20rb", "Kabel 2m", 20_000, None, None),
        ("jersey 2024 150rb", "jersey 2024", 150_000, None, None),
        ("kaos @75rb", "kaos", 75_000, None, None),
        ("kaos 75k/pcs x10", "kaos", 75_000, Some(10), None),
        ("kaos XXL 75000", "kaos XXL", 75_000, None, None),
        ("kaos TOP 75000", "kaos TOP", 75_000, None, None),
        ("150rb kaos hitam", "kaos hitam", 150_000, None, None),
        ("75 rb kaos hitam x10", "kaos hitam", 75_000, Some(10), None),
        ("kaos 75rb besok 14.00", "kaos", 75_000, None, Some(hours(24))),
        ("kaos 75rb besok jam 14.00 WIB x5", "kaos", 75_000, Some(5), Some(hours(24))),
        ("kaos 75rb 2026-11-23 15:00", "kaos", 75_000, None, Some(hours(25))),
        ("kaos 75rb 23 nov 2026 14.00", "kaos", 75_000, None, Some(hours(24))),
        ("kaos\u{200B} 75rb\u{200B} x10\u{202C}", "kaos", 75_000, Some(10), None),
        ("<b>kaos</b> 75rb", "<b>kaos</b>", 75_000, None, None),
        ("kaos 75rb, x10, 3d", "kaos", 75_000, Some(10), Some(hours(72))),
        ("kaos - 75rb", "kaos", 75_000, None, None),
        ("kaos: 75rb", "kaos", 75_000, None, None),
        ("kaos = 75rb!", "kaos", 75_000, None, None),
        ("kaos 75rb x 10", "kaos", 75_000, Some(10), None),
        ("kaos 75rb 10 x", "kaos", 75_000, Some(10), None),
        ("kaos 75rb s.d. besok jam 14.00 WIB", "kaos", 75_000, None, Some(hours(24))),
        ("Tiket 25/12 100rb", "Tiket 25/12", 100_000, None, None),
        ("12 kaos 75rb", "12 kaos", 75_000, None, None),
        ("kaos TOP 75 rb", "kaos TOP", 75_000, None, None),
        ("seri 5000 5000", "seri 5000", 5_000, None, None),
        ("kaos 500 45", "kaos 500", 45, None, None),
        ("Kabel 2m 20000", "Kabel 2m", 20_000, None, None),
    ] {
        assert_eq!(parts(text), (name.to_owned(), rupiah(price), limit, life), "{text}");
    }
}

#[test]
fn other_currencies_stand_apart_or_joined() {
    let dollars = Price::Exact(Money::new(1_250, Currency::USD));
    for text in ["Kaos USD 12.50", "Kaos $12.50", "Kaos usd12.50 x10", "Kaos 12.50 USD"] {
        let reading = read(text).unwrap();
        assert_eq!((reading.name.value.as_str(), &reading.price), ("Kaos", &dollars), "{text}");
    }
    let thai = LineSetting { currency: Currency::parse("THB").unwrap(), ..setting(Language::English) };
    let reading = read_line("Shirt THB 250", &thai).unwrap();
    assert_eq!(
        (reading.name.value.as_str(), reading.price),
        ("Shirt", Price::Exact(Money::new(25_000, thai.currency)))
    );
}

#[test]
fn questions_are_kept_as_questions() {
    let reading = read("kaos 75.00 x10 3h").unwrap();
    assert!(matches!(reading.price, Price::Ambiguous(amounts) if amounts.len() == 3));
    assert!(matches!(reading.expiry, ExpiryReading::Ambiguous(instants) if instants.len() == 2));
    let english = read_line("shirt 75k 3h", &setting(Language::English)).unwrap();
    assert!(matches!(english.expiry, ExpiryReading::At(_)));
}

#[test]
fn an_m_is_minutes_behind_a_price_and_a_million_without_one() {
    let english = setting(Language::English);
    let reading = read_line("laptop 2m", &english).unwrap();
    assert_eq!((reading.price, reading.expiry), (rupiah(2_000_000), ExpiryReading::Never));
    let reading = read_line("laptop 2m 30m", &english).unwrap();
    assert_eq!(reading.price, rupiah(2_000_000));
    assert_eq!(reading.expiry, ExpiryReading::At(english.now + TimeDelta::minutes(30)));
}

#[test]
fn keyed_parts_may_stand_anywhere_behind_the_name() {
    let customer = NamedCustomer::parse("Budi Santoso, 0812-3456-789, budi@x.id").unwrap();
    for text in [
        "kaos 75rb x10 ref:INV-01 link:kaos-hitam for:Budi Santoso, 0812-3456-789, budi@x.id",
        "kaos ref:INV-01 75rb link:\"Kaos Hitam\" x10 for: budi@x.id, Budi Santoso, +62 812 3456 789",
        "kaos for:\"Budi Santoso, 08123456789, budi@x.id\" 75rb ref: INV-01, x10 LINK:kaos-hitam",
        "/new kaos 75rb x10 untuk:Budi Santoso, 08123456789, budi@x.id ref:INV-01 link:kaos-hitam",
    ] {
        let reading = read(text).unwrap_or_else(|error| panic!("{text}: {error:?}"));
        assert_eq!(reading.name.value.as_str(), "kaos", "{text}");
        assert_eq!(reading.price, rupiah(75_000), "{text}");
        assert_eq!(reading.usage_limit.map(UsageLimit::get), Some(10), "{text}");
        assert_eq!(reading.customer.as_ref(), Some(&customer), "{text}");
        assert_eq!(reading.reference.as_ref().map(Reference::as_str), Some("INV-01"), "{text}");
        assert_eq!(reading.slug.as_ref().map(Slug::as_str), Some("kaos-hitam"), "{text}");
    }
    let noted = read("kaos 75rb note:\"titip tetangga\" x10").unwrap();
    assert_eq!(noted.note.unwrap().as_str(), "titip tetangga");
    assert_eq!(noted.usage_limit.map(UsageLimit::get), Some(10));
}

#[test]
fn a_bad_line_names_its_bad_part() {
    let price = |text: &str, error| LineError::Price { text: text.to_owned(), error };
    let limit = |text: &str, error| LineError::Limit { text: text.to_owned(), error };
    let expiry = |text: &str, error| LineError::Expiry { text: text.to_owned(), error };
    let not_understood = |text: &str| LineError::NotUnderstood { text: text.to_owned() };
    let not_a_number = |text: &str| price(text, PriceError::NotANumber { text: text.to_owned() });
    let two = |first: &str, second: &str| LineError::TwoPrices {
        first: first.to_owned(),
        second: second.to_owned(),
    };
    let no_date = |text: &str| expiry(text, ExpiryError::NoSuchDate { text: text.to_owned() });
    for (text, error) in [
        ("", LineError::MissingPrice),
        ("/new", LineError::MissingPrice),
        ("kaos", LineError::MissingPrice),
        ("kaos 3XL", LineError::MissingPrice),
        ("kaos x10 3d", LineError::MissingPrice),
        ("12 kaos", LineError::MissingPrice),
        ("\"75rb\"", LineError::MissingPrice),
        ("75rb", LineError::MissingName),
        ("75rb x10 3d", LineError::MissingName),
        ("kaos 0", price("0", PriceError::Zero)),
        ("kaos gratis", price("gratis", PriceError::Zero)),
        ("kaos -5000", price("-5000", PriceError::Negative)),
        ("kaos 1e6", not_a_number("1e6")),
        ("kaos 7.5000", not_a_number("7.5000")),
        ("kaos ７５０００", price("７５０００", PriceError::ForeignDigits)),
        ("kaos 20-10rb", price("20-10rb", PriceError::Range)),
        ("kaos 20rb - 10rb", price("10rb", PriceError::Range)),
        ("kaos 10.000,50 x3", price("10.000,50", PriceError::NoCents)),
        ("kaos 12345678901234567890", price("12345678901234567890", PriceError::TooLarge)),
        ("kaos 75rb x0", limit("x0", UsageLimitError::Zero)),
        ("kaos 75rb x1.5", limit("x1.5", UsageLimitError::NotWhole)),
        ("kaos 75rb x-3", limit("x-3", UsageLimitError::NotWhole)),
        ("kaos 75rb 1000001x", limit("1000001x", UsageLimitError::TooLarge)),
        ("kaos 75rb 2m", expiry("2m", ExpiryError::TooSoon)),
        ("kaos 75rb 3 tahun", expiry("3 tahun", ExpiryError::TooFar)),
        ("kaos 75rb 31/02", no_date("31/02")),
        ("kaos 75rb 25/12/2025 x3", expiry("25/12/2025", ExpiryError::Past)),
        ("kaos 75rb 25:00", expiry("25:00", ExpiryError::NoSuchTime { text: "25:00".to_owned() })),
        ("kaos 75rb 01/02/03", expiry("01/02/03", ExpiryError::UnclearDate { text: "01/02/03".to_owned() })),
        ("kaos 75rb 1.5d", not_understood("1.5d")),
        ("kaos 75rb merah", not_understood("merah")),
        ("kaos 75rb x10 x5", not_understood("x10")),
        ("kaos 75rb 3d 5d", not_understood("3d")),
        ("kaos 150rb 10", two("150rb", "10")),
        ("kaos 75rb 17.00", two("75rb", "17.00")),
        ("laptop 1jt 500rb", two("1jt", "500rb")),
        ("- 75rb", LineError::MissingName),
        ("150rb iPhone 12", two("150rb", "12")),
        ("kaos 75rb ref:A ref:B", LineError::Repeated { keyword: "ref" }),
        ("kaos 75rb ref:", LineError::Reference { text: String::new(), error: ReferenceError::Empty }),
        (
            "kaos 75rb link:orders",
            LineError::Slug {
                text: "orders".to_owned(),
                error: SlugError::Reserved { name: "orders".to_owned() },
            },
        ),
        ("\"\u{200B}\" 75rb", LineError::Name { text: String::new(), error: TextError::Empty }),
        (
            "4111 1111 1111 1111 75rb",
            LineError::Name { text: "4111 1111 1111 1111".to_owned(), error: TextError::CardNumber },
        ),
    ] {
        assert_eq!(read(text), Err(error), "{text}");
    }
}

#[test]
fn what_may_be_meant_otherwise_is_refused_rather_than_guessed() {
    let two = |first: &str, second: &str| LineError::TwoPrices {
        first: first.to_owned(),
        second: second.to_owned(),
    };
    let pieces = |text: &str| LineError::Pieces { text: text.to_owned() };
    let price = |text: &str, error| LineError::Price { text: text.to_owned(), error };
    let until = "sampai lebaran".to_owned();
    for (text, error) in [
        ("mug 75000 25", two("75000", "25")),
        ("voucher 50rb 45rb", two("50rb", "45rb")),
        ("kabel 2m 10", two("2m", "10")),
        ("kabel 2m 17.00", two("2m", "17.00")),
        ("satu kaos hitam 50 ribu 20rb", two("50 ribu", "20rb")),
        ("2 kaos 50rb sama topi 20rb", two("50rb", "20rb")),
        ("2 kaos 50 ribu sama topi 20rb", two("50 ribu", "20rb")),
        ("Ibu Rina, 0812 3456 7890", LineError::MissingPrice),
        ("Ibu Rina +62 812 3456 7890", LineError::MissingPrice),
        ("Ibu Rina, 0812-3456-7890", LineError::MissingPrice),
        ("kaos 75rb 10pcs", pieces("10pcs")),
        ("kaos 75rb 12 buah", pieces("12 buah")),
        ("kaos 75rb link:my shop", LineError::Spaced { text: "shop".to_owned() }),
        ("kaos 75rb untuk Budi", LineError::NotUnderstood { text: "untuk Budi".to_owned() }),
        (
            "kaos 75rb sampai lebaran",
            LineError::Expiry { text: until.clone(), error: ExpiryError::NotATime { text: until.clone() } },
        ),
        ("tea €20", price("€20", PriceError::UnknownCurrency { code: "€".to_owned() })),
        ("kaos 75rbu", price("75rbu", PriceError::NotANumber { text: "75rbu".to_owned() })),
    ] {
        assert_eq!(read(text), Err(error), "{text}");
    }
}

#[test]
fn what_only_resembles_a_price_a_limit_or_a_value_is_none() {
    let not_understood = |text: &str| LineError::NotUnderstood { text: text.to_owned() };
    for (text, error) in [
        ("kaos 25/12", LineError::MissingPrice),
        ("kaos abc123", LineError::MissingPrice),
        ("tour 3d2n", LineError::MissingPrice),
        ("tv jam 20", LineError::MissingPrice),
        ("kaos 75rb pcs", not_understood("pcs")),
        ("kaos 75rb x1a", not_understood("x1a")),
        ("kaos 75000 TOP", not_understood("TOP")),
        (
            "kaos 75rb ref: for:Budi",
            LineError::Reference { text: String::new(), error: ReferenceError::Empty },
        ),
    ] {
        assert_eq!(read(text), Err(error), "{text}");
    }
}

#[test]
fn a_bad_customer_is_named_without_reaching_a_log() {
    match read("kaos 75rb for:Budi, budi@x") {
        Err(LineError::Customer { text, error: NamedCustomerError::Email { part, .. } }) => {
            assert_eq!((text.as_str(), part.as_str()), ("Budi, budi@x", "budi@x"));
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn removed_marks_are_reported() {
    assert!(read("ka\u{202E}os 75rb").unwrap().name.removed_marks);
    assert!(!read("kaos 75rb").unwrap().name.removed_marks);
}

#[test]
fn several_lines_are_several_links() {
    let text = "/new\nkaos 75rb\n\n  topi 50rb x3 \r\nsalah\n";
    let readings = read_lines(text, &setting(Language::Indonesian));
    let names: Vec<_> = readings
        .iter()
        .map(|(line, reading)| {
            (line.as_str(), reading.as_ref().map(|reading| reading.name.value.as_str()).ok())
        })
        .collect();
    assert_eq!(names, [("kaos 75rb", Some("kaos")), ("topi 50rb x3", Some("topi")), ("salah", None)]);
    let many = "kaos 75rb\n".repeat(12);
    assert_eq!(read_lines(&many, &setting(Language::Indonesian)).len(), LINES_MAX);
    assert_eq!(count_lines(&many), 12);
}

proptest! {
    #[test]
    fn no_text_makes_the_reader_fall_over(text in "\\PC{0,80}") {
        for language in Language::ALL {
            let _ = read_line(&text, &setting(language));
            let _ = read_lines(&text, &setting(language));
        }
    }

    #[test]
    fn no_mix_of_known_words_makes_the_reader_fall_over(
        words in prop::collection::vec(prop::sample::select(vec![
            "kaos", "75rb", "75", "rb", "Rp", "x10", "3d", "3", "hari", "-", "∞", "\"", "\"a b\"", "for:", "ref:",
            "link:x", "note:", "25/12", "17.00", "2m", "besok", "USD", "12.50", "\n", "–", "1e6", "٣",
        ]), 0..12),
    ) {
        for language in Language::ALL {
            let _ = read_lines(&words.join(" "), &setting(language));
        }
    }

    #[test]
    fn a_line_made_of_shown_values_reads_back(
        name in "[A-Za-z]{1,10}( [A-Za-z]{1,10}){0,3}",
        minor in 1i64..=999_999_999_999,
        limit in 1i64..=1_000_000,
        days in 1i64..=730,
        language in prop::sample::select(Language::ALL.to_vec()),
    ) {
        let setting = setting(language);
        let money = Money::new(minor, Currency::IDR);
        let line = format!("/new \"{name}\" {} x{limit} {days}d", money.display(language));
        let reading = read_line(&line, &setting).map_err(|error| TestCaseError::fail(format!("{line}: {error}")))?;
        prop_assert_eq!(reading.name.value.as_str(), name);
        prop_assert_eq!(reading.price, Price::Exact(money));
        prop_assert_eq!(reading.usage_limit.map(UsageLimit::get), Some(limit));
        prop_assert_eq!(reading.expiry, ExpiryReading::At(setting.now + TimeDelta::days(days)));
    }
}

#[test]
fn what_a_line_says_beside_is_taken_out() {
    let read = |text: &str| read(text).unwrap_or_else(|error| panic!("{text}: {error:?}"));
    let range = |text: &str| {
        let reading = read(text);
        let chosen = reading.extras.chosen.unwrap_or_else(|| panic!("{text}"));
        let minor = |money: Option<Money>| money.map(Money::minor);
        let name = reading.name.value.to_string();
        assert_eq!(reading.price, Price::Exact(chosen.minimum), "{text}");
        (name, chosen.minimum.minor(), minor(chosen.maximum), minor(chosen.suggested), reading.usage_limit)
    };
    let x3 = UsageLimit::new(3).ok();
    for (text, expected) in [
        ("kaos 10-20rb", ("kaos", 10_000, Some(20_000), None, None)),
        ("kaos 10 - 20rb x3 3d", ("kaos", 10_000, Some(20_000), None, x3)),
        ("donasi mulai 50rb", ("donasi", 50_000, None, None, None)),
        (
            "donasi masjid 50rb-200rb saran 100rb x3",
            ("donasi masjid", 50_000, Some(200_000), Some(100_000), x3),
        ),
    ] {
        let (name, low, high, suggested, limit) = range(text);
        assert_eq!((name.as_str(), low, high, suggested, limit), expected, "{text}");
    }
    for text in ["kalender 2026-2027 75rb", "\"10-20rb\" 75rb", "kaos S-XL 75rb"] {
        assert_eq!(read(text).extras, LineExtras::default(), "{text}");
    }
    let reading = read("kaos 75rb qty:5 buka:besok jam 9 pesan:\"Terima kasih!\" x10");
    assert_eq!(reading.extras.pieces_max.map(|most| most.get()), Some(5));
    assert_eq!(reading.extras.buyer_note.map(String::from).as_deref(), Some("Terima kasih!"));
    assert_eq!(reading.extras.opens_at, Some(Utc.with_ymd_and_hms(2026, 11, 23, 2, 0, 0).unwrap()));
    assert_eq!(reading.usage_limit.map(UsageLimit::get), Some(10));
}

#[test]
fn ways_to_pay_end_where_something_else_begins() {
    let qris_and_bca = MethodSet::parse("qris, bca").unwrap();
    for text in [
        "kaos 1rb x10 bayar: qris, bca",
        "kaos 1rb bayar:qris,bca x10",
        "kaos 1rb bayar: QRIS dan bank BCA x10 3d",
    ] {
        let reading = read(text).unwrap();
        assert_eq!(reading.extras.methods, qris_and_bca, "{text}");
        assert_eq!(reading.usage_limit.map(|limit| limit.get()), Some(10), "{text}");
    }
    for (text, word) in
        [("kaos 1rb bayar: tunai", "tunai"), ("kaos 1rb pay: qris, x10", "x10"), ("kaos 1rb bayar:", "")]
    {
        assert_eq!(read(text), Err(LineError::Methods { text: word.to_owned() }), "{text}");
    }
    assert_eq!(read("kaos 150rb bayar: qris pay: bca"), Err(LineError::Repeated { keyword: "pay" }));
}
