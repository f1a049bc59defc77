//! What links sell and what customers ask for, on Sunday 22 November 2026 at 14:00 in Jakarta.

use chrono::TimeZone;

use super::*;
use crate::domain::one_line::LineSetting;
use crate::domain::visible_text::TextError;

fn setting() -> LineSetting {
    let now = Utc.with_ymd_and_hms(2026, 11, 22, 7, 0, 0).unwrap();
    let zone = chrono_tz::Asia::Jakarta;
    LineSetting { now, zone, language: Language::Indonesian, currency: Currency::IDR }
}

fn rupiah(minor: i64) -> Money {
    Money::new(minor, Currency::IDR)
}

fn chosen(minimum: i64, maximum: Option<i64>, suggested: Option<i64>) -> ChosenPrice {
    let [maximum, suggested] = [maximum, suggested].map(|minor| minor.map(rupiah));
    ChosenPrice { minimum: rupiah(minimum), maximum, suggested }
}

fn read(text: &str) -> Result<PricingReading, PricingError> {
    read_pricing(text, &setting())
}

#[test]
fn a_range_is_read_the_way_people_type_it() {
    for (text, expected) in [
        ("50rb-200rb", chosen(50_000, Some(200_000), None)),
        ("50-200rb", chosen(50_000, Some(200_000), None)),
        ("50 rb – 200 rb", chosen(50_000, Some(200_000), None)),
        ("Rp50.000 - Rp200.000", chosen(50_000, Some(200_000), None)),
        ("50rb sampai 200rb", chosen(50_000, Some(200_000), None)),
        ("50000-200000", chosen(50_000, Some(200_000), None)),
        ("mulai 50rb", chosen(50_000, None, None)),
        ("Mulai dari Rp 50.000", chosen(50_000, None, None)),
        ("minimal 50rb saran 100rb", chosen(50_000, None, Some(100_000))),
        ("50rb-200rb, saran: 100rb", chosen(50_000, Some(200_000), Some(100_000))),
        ("from 50k suggested 100k", chosen(50_000, None, Some(100_000))),
    ] {
        assert_eq!(read(text), Ok(PricingReading::Chosen(expected)), "{text}");
    }
    for text in ["200rb-50rb", "50rb-50rb", "50rb-200rb saran 300rb", "mulai 50rb saran 10rb", "50rb-USD 200"]
    {
        assert_eq!(read(text), Err(PricingError::Range), "{text}");
    }
    assert_eq!(read("75rb"), Ok(PricingReading::One(Price::Exact(rupiah(75_000)))));
    assert!(matches!(read("kue-lapis"), Err(PricingError::Price(_))));
}

#[test]
fn a_bill_is_a_thing_a_line_and_a_discount() {
    let Ok(PricingReading::Bill(bill)) = read("Kaos hitam 75rb x2\n2x Topi 50rb\n\nMug x3 10rb\nDiskon 10rb")
    else {
        panic!("no bill");
    };
    let lines: Vec<(String, i64)> =
        bill.lines.iter().map(|line| (line.title(), line.total().unwrap().minor())).collect();
    let expected = [("Kaos hitam × 2", 150_000), ("Topi × 2", 100_000), ("Mug × 3", 30_000)];
    assert_eq!(lines, expected.map(|(title, minor)| (title.to_owned(), minor)));
    assert_eq!(bill.discount, Some(rupiah(10_000)));
    assert_eq!(bill.total(), Some(rupiah(270_000)));
}

#[test]
fn a_bill_that_comes_to_nothing_or_says_too_much_is_refused() {
    let twenty_one = vec!["Kaos 1rb"; 21].join("\n");
    for (text, error) in [
        ("Kaos 75rb\nDiskon 75rb", PricingError::NoTotal),
        ("Kaos 75rb\nDiskon 80rb", PricingError::NoTotal),
        ("Kaos 75rb\nTopi USD 5", PricingError::NoTotal),
        ("Kaos 999999999999 x2\nTopi 5rb", PricingError::NoTotal),
        ("Kaos 75rb\nTopi 5rb 3hari", PricingError::LineTooMuch { number: 2 }),
        ("Kaos 75rb for:Budi\nTopi 5rb", PricingError::LineTooMuch { number: 1 }),
        ("Kaos 75rb\nDiskon 5rb\nDiskon 6rb", PricingError::LineTooMuch { number: 3 }),
        (twenty_one.as_str(), PricingError::TooManyLines),
    ] {
        assert_eq!(read(text), Err(error), "{text}");
    }
    assert!(matches!(read("Kaos 75rb\nTopi"), Err(PricingError::Line { number: 2, .. })));
}

#[test]
fn a_customer_chooses_within_the_range() {
    let pricing = Pricing::Chosen(chosen(50_000, Some(200_000), Some(100_000)));
    let choose = |typed: &str| {
        let chosen = pricing.choose(rupiah(100_000), typed, "", Language::Indonesian);
        chosen.map(|chosen| chosen.amount.minor())
    };
    for (typed, minor) in [("75.000", 75_000), ("75rb", 75_000), ("Rp 200.000", 200_000), ("50000", 50_000)] {
        assert_eq!(choose(typed), Ok(minor), "{typed}");
    }
    for (typed, error) in [
        ("", ChoiceError::Empty),
        ("  ", ChoiceError::Empty),
        ("banyak", ChoiceError::NotANumber),
        ("USD 100", ChoiceError::NotANumber),
        ("49.999", ChoiceError::Below(rupiah(50_000))),
        ("0", ChoiceError::Below(rupiah(50_000))),
        ("-75000", ChoiceError::Below(rupiah(50_000))),
        ("200.001", ChoiceError::Above(rupiah(200_000))),
    ] {
        assert_eq!(choose(typed), Err(error), "{typed}");
    }
    assert!(matches!(choose("75.00"), Err(ChoiceError::Unclear(_))));
}

#[test]
fn pieces_multiply_the_price_and_stay_within_their_bounds() {
    let pricing = Pricing::PerPiece(PiecesMax::try_from(5).unwrap());
    let choose = |pieces: &str| pricing.choose(rupiah(75_000), "", pieces, Language::Indonesian);
    for (typed, pieces) in [("1", 1), ("3", 3), ("x3", 3), ("5 pcs", 5)] {
        assert_eq!(choose(typed), Ok(Chosen { amount: rupiah(75_000 * pieces), pieces }), "{typed}");
    }
    for typed in ["", "0", "6", "-1", "1.5", "99999999999999999999", "dua"] {
        assert!(matches!(choose(typed), Err(ChoiceError::Pieces(_))), "{typed}");
    }
    assert!(!pricing.is_payable_at(rupiah(999_999_999_999)));
    assert_eq!(Pricing::Fixed.choose(rupiah(75_000), "1", "9", Language::Indonesian).unwrap().pieces, 1);
}

#[test]
fn the_most_pieces_are_read_and_one_is_no_choice() {
    let most = |text: &str| PiecesMax::parse(text).map(|most| most.map(PiecesMax::get));
    for (text, expected) in
        [("5", Some(5)), ("x10", Some(10)), ("10 pcs", Some(10)), ("1", None), ("-", None)]
    {
        assert_eq!(most(text), Ok(expected), "{text}");
    }
    for text in ["1001", "banyak", "", "-3", "2,5"] {
        assert!(most(text).is_err(), "{text}");
    }
}

#[test]
fn a_message_keeps_its_lines_and_loses_what_cannot_be_seen() {
    let note = BuyerNote::parse("  Terima\u{200b} kasih!\r\n\n Kami  kirim besok. ").unwrap();
    assert_eq!(note.value.as_str(), "Terima kasih!\nKami kirim besok.");
    assert!(BuyerNote::parse(&"x".repeat(501)).is_err() && BuyerNote::parse("\n \n").is_err());
    assert_eq!(BuyerNote::parse("4111 1111 1111 1111"), Err(TextError::CardNumber));
    assert_eq!(BuyerNote::parse("4111 1111\n1111 1111"), Err(TextError::CardNumber));
}

#[test]
fn what_is_kept_reads_back() {
    let Ok(PricingReading::Bill(bill)) = read("Kaos 75rb x2\nDiskon 10rb") else { panic!("no bill") };
    let priced = [
        Pricing::Fixed,
        Pricing::PerPiece(PiecesMax::try_from(5).unwrap()),
        Pricing::Chosen(chosen(50_000, None, Some(60_000))),
        Pricing::Bill(bill),
    ];
    for pricing in priced {
        let offer = Offer {
            pricing,
            photo: Some(PhotoId::generate()),
            buyer_note: BuyerNote::parse("hai").ok().map(|note| note.value),
            return_url: ReturnUrl::parse("https://toko.id/lunas").ok(),
            methods: MethodSet::parse("qris, bca").unwrap(),
        };
        let json = serde_json::to_string(&offer).unwrap();
        assert_eq!(serde_json::from_str::<Offer>(&json).unwrap(), offer, "{json}");
    }
    assert_eq!(serde_json::from_str::<Offer>("{}").unwrap(), Offer::default());
}
