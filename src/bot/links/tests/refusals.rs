//! Every error of the domain, said in every language.

use crate::bot::links::answers::{Answer, apply_choice, read_answer};
use crate::bot::links::refusals::{
    address_refusal, customer_refusal, limit_refusal, line_refusal, name_refusal, price_refusal,
    reference_refusal, refused, time_refusal,
};
use crate::domain::customer::NamedCustomer;
use crate::domain::expiry::ExpiryError;
use crate::domain::id::TelegramId;
use crate::domain::link_defaults::LinkDefaults;
use crate::domain::merchant::{Merchant, Role, StaffMember};
use crate::domain::money::PriceError;
use crate::domain::one_line::{LineError, LineSetting, read_line};
use crate::domain::reference::ReferenceError;
use crate::domain::slug::SlugError;
use crate::domain::usage_limit::UsageLimitError;
use crate::domain::visible_text::{StoreName, TextError};
use crate::messaging::buttons::DraftChoice;

use super::*;

/// A reason says something in the language, with an example to tap where one helps, and no bare key.
fn check_reason(reason: &str) {
    assert!(reason.contains(' ') && reason.ends_with(['.', '>']), "{reason}");
    assert!(!reason.starts_with("new-"), "{reason}");
    assert!(reason.contains("<code>"), "{reason} has no example");
}

#[test]
fn every_refusal_names_what_is_wrong_and_a_right_example() {
    let text = || "x <i>".to_owned();
    for language in Language::ALL {
        for error in [TextError::Empty, TextError::TooLong { max: 100, length: 120 }, TextError::CardNumber] {
            check_reason(&name_refusal(language, &error));
        }
        for error in [
            PriceError::NotANumber { text: text() },
            PriceError::NoCents,
            PriceError::TooManyDecimals { exponent: 2 },
            PriceError::Zero,
            PriceError::Negative,
            PriceError::TooLarge,
            PriceError::Range,
            PriceError::ForeignDigits,
            PriceError::UnknownCurrency { code: "ABC".to_owned() },
        ] {
            let reason = price_refusal(language, &error, Currency::IDR);
            assert!(reason.contains("<code>"), "{reason}");
            assert!(!reason.contains("<i>"), "{reason}");
        }
        for error in [UsageLimitError::Zero, UsageLimitError::NotWhole, UsageLimitError::TooLarge] {
            assert!(limit_refusal(language, error).contains("<code>"));
        }
        for error in [
            ExpiryError::NotATime { text: text() },
            ExpiryError::NoSuchDate { text: text() },
            ExpiryError::NoSuchTime { text: text() },
            ExpiryError::UnclearDate { text: text() },
            ExpiryError::Past,
            ExpiryError::TooSoon,
            ExpiryError::TooFar,
        ] {
            check_reason(&time_refusal(language, &error));
        }
        for error in [
            ReferenceError::Empty,
            ReferenceError::TooLong { length: 40 },
            ReferenceError::OddCharacters { characters: text() },
        ] {
            check_reason(&reference_refusal(language, &error));
        }
        for error in [
            SlugError::Empty,
            SlugError::TooLong { length: 60 },
            SlugError::OddCharacters { characters: text() },
            SlugError::EdgeDash,
            SlugError::Reserved { name: "orders".to_owned() },
            SlugError::LooksGenerated,
        ] {
            check_reason(&address_refusal(language, &error));
        }
    }
}

#[test]
fn every_slip_in_naming_a_buyer_is_explained() {
    for typed in [
        "",
        &"x".repeat(101),
        "Budi 4111 1111 1111 1111",
        "0812-34",
        "0812345678901234567890",
        "12345678",
        "081234567a",
        "budi@",
        &format!("{}@x.id", "b".repeat(255)),
        "Budi, Sari",
        "08123456 Budi",
        "08123456789, 08123456780",
        "a@b.id, c@d.id",
    ] {
        let error = NamedCustomer::parse(typed).unwrap_err();
        for language in Language::ALL {
            check_reason(&customer_refusal(language, &error));
        }
    }
}

#[test]
fn every_line_that_is_no_link_says_why() {
    let setting =
        |language| LineSetting { now: now(), zone: Tz::Asia__Jakarta, language, currency: Currency::IDR };
    for language in Language::ALL {
        for line in [
            "kaos",
            "150rb",
            "kaos gratis",
            "kaos 75rb untuk Budi",
            "kaos 75rb link:my shop",
            "kaos 75rb 10pcs",
            "kaos 75rb sampai lebaran",
            "kaos -5000",
            "kaos 10.000,50",
            "kaos 150rb x0",
            "kaos 150rb 31/02",
            "kaos 150rb for:budi@",
            "kaos 150rb for:Budi for:Sari",
            "kaos 150rb ref:a ref:b",
            "kaos 150rb link:a link:b",
            "kaos 150rb note:a note:b",
            "kaos 150rb ref:a/b",
            "kaos 150rb link:orders",
            "kaos 150rb 10rb",
        ] {
            let Err(error) = read_line(line, &setting(language)) else { continue };
            check_reason(&line_refusal(language, &error, Currency::IDR));
        }
        for error in [
            LineError::MissingPrice,
            LineError::MissingName,
            LineError::TwoPrices { first: "1".to_owned(), second: "2".to_owned() },
            LineError::NotUnderstood { text: "besok?".to_owned() },
        ] {
            check_reason(&line_refusal(language, &error, Currency::IDR));
        }
    }
}

#[test]
fn what_was_typed_is_kept_but_a_card_number_is_not() {
    let say = |language, typed: &str| refused(&reader_of(language), "Reason.", typed, Mode::Sandbox);
    let html = say(Language::Indonesian, "/new kaos.id <b> 75.00x");
    assert!(html.contains("<code>/new kaos.id &lt;b&gt; 75.00x</code>"), "{html}");
    let html = say(Language::English, "/new 4111 1111 1111 1111");
    assert!(html.starts_with("⚠️ Reason.") && !html.contains("4111"), "{html}");
    assert!(say(Language::English, &"long ".repeat(2_000)).chars().count() < 2_000);
}

fn seat() -> Seat {
    let merchant_id = MerchantId::generate();
    Seat {
        merchant: Merchant {
            id: merchant_id,
            name: StoreName::parse("Toko Ani").unwrap().value,
            language: Language::Indonesian,
            currency: Currency::IDR,
            time_zone: Tz::Asia__Jakarta,
            mode: Mode::Sandbox,
            link_defaults: LinkDefaults::default(),
            face: Default::default(),
            paid_orders: 0,
            methods: Default::default(),
            created_at: now(),
        },
        member: StaffMember {
            merchant_id,
            telegram_id: TelegramId(1),
            role: Role::Owner,
            language: Language::Indonesian,
        },
    }
}

#[test]
fn a_forged_choice_changes_nothing() {
    let seat = seat();
    let question = Question { draft_id: DraftId::generate(), way: Way::Wizard, asked_at: now() };
    let choosing = LinkTalk::ChoosingPrice { question, prices: vec![rupiah(75)], expiries: vec![] };
    let before = full_draft();
    for (choice, state) in [
        (DraftChoice::Price(0), None),
        (DraftChoice::Price(i64::MAX), None),
        (DraftChoice::Price(-5), None),
        (DraftChoice::Limit(0), None),
        (DraftChoice::Limit(1_000_001), None),
        (DraftChoice::ExpiryMinutes(1), None),
        (DraftChoice::ExpiryMinutes(i64::MAX), None),
        (DraftChoice::ExpiryMinutes(-10), None),
        (DraftChoice::Candidate(0), None),
        (DraftChoice::Candidate(9), Some(&choosing)),
        (DraftChoice::Skip, None),
        (DraftChoice::Skip, Some(&choosing)),
        (DraftChoice::Keep, None),
    ] {
        let mut draft = before.clone();
        assert_eq!(apply_choice(&seat, now(), &mut draft, state, choice), None, "{choice:?}");
        assert_eq!(draft, before, "{choice:?}");
    }
}

#[test]
fn choices_and_typed_answers_fill_the_draft() {
    let (seat, reader) = (seat(), reader_of(Language::Indonesian));
    let mut draft = LinkDraft::new();
    let mut read = |field, text: &str| read_answer(&reader, Currency::IDR, field, text, &mut draft);
    assert_eq!(read(DraftField::Name, "Kaos polos"), Answer::Taken(None));
    assert!(matches!(read(DraftField::Name, "Kaos\u{200B} polos"), Answer::Taken(Some(_))));
    assert_eq!(read(DraftField::Price, "75rb"), Answer::Taken(None));
    assert!(matches!(read(DraftField::Price, "75.00"), Answer::Prices(prices) if prices.len() == 3));
    assert_eq!(read(DraftField::Limit, "10x"), Answer::Taken(None));
    assert_eq!(read(DraftField::Expiry, "3hari"), Answer::Taken(None));
    assert_eq!(read(DraftField::Customer, "Budi"), Answer::Taken(None));
    assert_eq!(read(DraftField::Reference, "INV-01"), Answer::Taken(None));
    assert_eq!(read(DraftField::Slug, "Kaos Polos"), Answer::Taken(None));
    assert!(matches!(read(DraftField::Slug, "orders"), Answer::Refused(_)));
    assert_eq!(draft.price, Some(rupiah(75_000)));
    assert_eq!(draft.slug.as_ref().map(Slug::as_str), Some("kaos-polos"));
    let mut choose = |choice| apply_choice(&seat, now(), &mut draft, None, choice);
    assert_eq!(choose(DraftChoice::NoLimit), Some(DraftField::Limit));
    assert_eq!(choose(DraftChoice::ExpiryMinutes(24 * 60)), Some(DraftField::Expiry));
    assert_eq!(draft.usage_limit, None);
    assert_eq!(draft.expires_at, Some(now() + chrono::TimeDelta::days(1)));
}
